"""Commands of the group `pool`: moving what is due, of leads and customers alike, and the room each person has (LED-11)."""

from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("pool")


@app.write(
    "run",
    help=N_(
        "Move every customer and lead that is due into the pool; made for cron.\n\n"
        "A second run, or one after days missed, does what is left. A list that would lose more than the share pool.max_share is left "
        "alone and named (exit 4); --anyway STAFF goes on for it. One a run may always go."
    ),
    example=("salescli pool run", "salescli pool run --dry-run", "salescli pool run --anyway LI"),
    rules=("LED-11",),
    right="pool.run",
)
def run(
    w: "Writer",
    anyway: Annotated[
        list[str] | None, typer.Option("--anyway", metavar=N_("STAFF"), help=N_("Go on for this person's list; may be repeated."))
    ] = None,
) -> "Done":
    from salescli.lead import actions_pool

    return actions_pool.run(w, anyway or ())


@app.report(
    "quota",
    help=N_("How much each person holds, claimed and locked, beside the caps."),
    example="salescli pool quota",
    rules=("LED-11",),
)
def quota(r: "Reader") -> "Report":
    from salescli.customer import reads_pool

    return reads_pool.quota(r)
