"""Options of commands that move goods kept by batch: declared once (STK-05, PRD-05)."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import option
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.stock.actions_label import Label

BatchIn = Annotated[
    str | None, typer.Option("--batch", metavar=N_("BATCH"), help=N_("Batch of the goods kept by batch; or SKU=QTY#BATCH line by line."))
]
BatchOut = Annotated[
    str | None,
    typer.Option("--batch", metavar=N_("BATCH"), help=N_("Of this batch (default: the first to expire); or SKU=QTY#BATCH line by line.")),
]
Made = Annotated[date | None, option("day", "--made", help=N_("Day the batch was made; the shelf life gives the last day of sale."))]
Expires = Annotated[date | None, option("day", "--expires", help=N_("Last day the batch may be sold."))]
Mark = Annotated[str | None, typer.Option("--mark", metavar=N_("TEXT"), help=N_("The supplier's own number for the batch."))]


class OnLabel(NamedTuple):
    """What the label of goods that come in says, as typed; in the order `label` takes it."""

    batch: BatchIn = None
    made: Made = None
    expires: Expires = None
    mark: Mark = None


UNLABELLED = OnLabel()


def label(batch: str | None, made: date | None, expires: date | None, mark: str | None) -> "Label":
    """What was typed of a batch's label."""
    from salescli.stock.actions_label import Label

    return Label(batch, made, expires, mark)
