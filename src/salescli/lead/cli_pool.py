"""Commands of the group `lead` about leads in and out of the pool (LED-11)."""

from typing import TYPE_CHECKING

from salescli.core.commands import Group, Reason
from salescli.core.i18n import N_
from salescli.customer.cli_pool import Until, pool_report
from salescli.lead.cli import Lead

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("lead")


pool_report(
    app,
    "lead",
    N_(
        "The pool of leads nobody follows; with --mine your own and the days left.\n\n"
        "Days count from the last contact, the start of ownership or the import, whichever is latest. "
        "A lead that is a customer goes with him."
    ),
    ("salescli lead pool", "salescli lead pool --mine", "salescli lead pool --soon --staff LI"),
)


@app.write(
    "claim",
    help=N_("Take a lead out of the pool for yourself."),
    example="salescli lead claim LD-202611-0001",
    rules=("LED-11",),
    right="customer.claim",
)
def claim(w: "Writer", lead: Lead) -> "Done":
    from salescli.lead import actions_pool

    return actions_pool.claim(w, lead)


@app.write(
    "release",
    help=N_("Give a lead back to the pool."),
    example='salescli lead release LD-202611-0001 --reason "not my region"',
    rules=("LED-11",),
    right="lead.edit",
)
def release(w: "Writer", lead: Lead, reason: Reason) -> "Done":
    from salescli.lead import actions_pool

    return actions_pool.release(w, lead, reason)


@app.write(
    "lock",
    help=N_("Keep a lead from the pool for a while."),
    example='salescli lead lock LD-202611-0001 --until +30d --reason "tender in October"',
    rules=("LED-11",),
    right="lead.edit",
)
def lock(w: "Writer", lead: Lead, reason: Reason, until: Until = None) -> "Done":
    from salescli.lead import actions_pool

    return actions_pool.lock(w, lead, until, reason)


@app.write(
    "unlock",
    help=N_("Let the days to the pool count again."),
    example="salescli lead unlock LD-202611-0001",
    rules=("LED-11",),
    right="lead.edit",
)
def unlock(w: "Writer", lead: Lead) -> "Done":
    from salescli.lead import actions_pool

    return actions_pool.unlock(w, lead)


@app.report(
    "owners",
    help=N_("Who held a lead when, who gave it to whom, and why."),
    example="salescli lead owners LD-202611-0001",
    rules=("LED-11", "ORG-09"),
)
def owners(r: "Reader", lead: Lead) -> "Report":
    from salescli.customer import reads_owner

    return reads_owner.owners_of_lead(r, lead)
