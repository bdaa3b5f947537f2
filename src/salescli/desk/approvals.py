"""Deciding requests, and telling the room a request came from what became of it (DAT-01, RULEBOOK §22)."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from salescli.core import approval as engine
from salescli.core import approval_write
from salescli.core.i18n import N_, Message, msg
from salescli.core.report import Done
from salescli.desk.reads_inbox import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from salescli.core.tables_office import Approval
    from salescli.core.writer import Writer

    Settled = Callable[[Writer, Approval], Message | None]

HANDLERS: dict[str, str] = {
    "AP-01": "salescli.quote.actions_review:settled",
    "AP-02": "salescli.contract.actions_review:settled",
    "AP-03": "salescli.price.actions_settle:settled",
    "AP-04": "salescli.promo.actions_life:settled",
}
"""Kind -> "module:function". `settled(w, approval) -> Message | None` is called in the deciding transaction once a request is
approved, refused or withdrawn (`approval.state`); it does what follows in its room and says so. It must not check the rights of
whoever decided: those were the approval's. A kind that is not here has its content granted, and the requester says his command again.
"""


def approve(w: Writer, number: str, note: str | None) -> Done:
    """Approve the level a request waits at; the last one grants it. ORG-02, ORG-03, DAT-01. Raises as approval_write.decide."""
    row = approval_write.decide(w, number, approve=True, reason=note)
    if row.state == "approved":
        return _settled(w, row, N_("{number} is approved: {summary}"))
    request = approval_write.find_waiting(w, row.number)
    level = engine.level_of(w.reader, request)
    people = approval_write.codes_of(w, level) if level else []
    text = N_("{number} is approved on your level and waits now for {role:code} ({people})")
    return Done(msg(text, number=row.number, role=level.role if level else request.post, people=people), row.number,
                next=("salescli inbox",))  # fmt: skip


def refuse(w: Writer, number: str, reason: str) -> Done:
    """Refuse a request for a reason; it goes back to its author. DAT-01. Raises as approval_write.decide."""
    row = approval_write.decide(w, number, approve=False, reason=reason)
    return _settled(w, row, N_("{number} is refused: {summary}"))


def withdraw(w: Writer, number: str) -> Done:
    """Take a waiting request back. DAT-01. Raises as approval_write.withdraw."""
    return _settled(w, approval_write.withdraw(w, number), N_("{number} is withdrawn: {summary}"))


def _settled(w: Writer, row: Approval, text: str) -> Done:
    """What became of a request, and what its room made of it."""
    said = msg(text, number=row.number, summary=spoken(w.reader, row))
    then = _tell(w, row)
    if then:
        said = msg(N_("{said}; {then}"), said=said, then=then)
    return Done(said, row.number, next=("salescli inbox",), facts={"state": row.state, "subject": row.document})


def _tell(w: Writer, row: Approval) -> Message | None:
    place = HANDLERS.get(row.kind)
    if place is None:
        return None
    module, _colon, name = place.partition(":")
    settled: Settled = getattr(import_module(module), name)
    return settled(w, row)
