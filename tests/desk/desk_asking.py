"""A command that needs approval, registered by the tests: `grant DOCUMENT --price P --kind AP-01 [--request REASON]`."""

from __future__ import annotations

from typing import Annotated

import typer

from salescli.core.approval import Ask, needed
from salescli.core.commands import Group
from salescli.core.errors import raise_if
from salescli.core.i18n import msg
from salescli.core.report import Done

app = Group("grant")
SETTLED: list[tuple[str, str]] = []


@app.write("grant", help="A write that needs approval.", example="salescli grant D1 --price 5", request=True)
def grant(
    w,
    document: Annotated[str, typer.Argument()],
    price: Annotated[int, typer.Option("--price")] = 1,
    kind: Annotated[str, typer.Option("--kind")] = "AP-01",
):
    """Price below the list."""
    w.number("XX")
    w.note(document, "half done")
    ask = Ask(kind, document, {"document": document, "price": price})
    raise_if(
        needed(w.reader, ask, "below_list", "{document} at {price:amount} is below the list", rule="PRC-06", document=document, price=price)
    )
    return Done(msg("done"), document)


def settled(w, approval):
    """What a room would do once its request is settled."""
    SETTLED.append((approval.document, approval.state))
    w.note(approval.document, f"room told: {approval.state}")
    return msg("{document} goes on", document=approval.document)
