"""Commands of the group `policy`: the office's rules and numbers."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from salescli.core.commands import AsOf, Group, option
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("policy")

Key = Annotated[str, typer.Argument(metavar=N_("KEY"), help=N_("Parameter, such as ar.doubtful_months."))]


@app.report(
    "list",
    help=N_("Every number the office may change, with its value today."),
    example=("salescli policy list --changed", "salescli policy list --group ar --as-of 2026-01-01"),
)
def list_(
    r: "Reader",
    group: Annotated[str | None, typer.Option("--group", metavar=N_("GROUP"), help=N_("Only this group, such as ar or visit."))] = None,
    changed: Annotated[bool, typer.Option("--changed", help=N_("Only those that differ from the default."))] = False,
    as_of: AsOf = None,
) -> "Report":
    from salescli.policy.reads import listing

    return listing(r, group=group, changed=changed, on=as_of)


@app.report("show", help=N_("One parameter: value, bounds, default, source."), example="salescli policy show ar.doubtful_months")
def show(r: "Reader", key: Key, as_of: AsOf = None) -> "Report":
    from salescli.policy.reads import detail

    return detail(r, key, on=as_of)


@app.write(
    "set",
    help=N_("Change a parameter from a day on; earlier days keep their value."),
    example=(
        "salescli policy set ar.doubtful_months 9 --from 2027-01-01",
        'salescli policy set ar.bands 30,60,90 --reason "board of 3 November"',
    ),
    rules=("ORG-07",),
    right="policy.set",
)
def set_value(
    w: "Writer",
    key: Key,
    value: Annotated[str, typer.Argument(metavar=N_("VALUE"), help=N_("The new value; salescli policy show KEY tells what it takes."))],
    since: Annotated[date | None, option("day", "--from", help=N_("The first day it counts (default: today)."))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))] = None,
) -> "Done":
    from salescli.policy import actions

    return actions.set_value(w, key, value, since=since, reason=reason)


@app.report(
    "history",
    help=N_("Who changed which parameter, from when, and why."),
    example=("salescli policy history", "salescli policy history ar.doubtful_months"),
    rules=("ORG-09",),
)
def history(
    r: "Reader", key: Annotated[str | None, typer.Argument(metavar=N_("KEY"), help=N_("Only this parameter, its default included."))] = None
) -> "Report":
    from salescli.policy.reads import changes

    return changes(r, key)


@app.report(
    "explain",
    help=N_("A rule of the rulebook: title, source, its numbers today, where the program carries it."),
    example="salescli policy explain AR-08",
)
def explain(
    r: "Reader", rule: Annotated[str, typer.Argument(metavar=N_("RULE"), help=N_("Rule id, such as AR-08."))], as_of: AsOf = None
) -> "Report":
    from salescli.policy.reads import explanation

    return explanation(r, rule, on=as_of)
