"""The way from a first contact to the money, step by step, each with the command that does it (ORD-19)."""

from __future__ import annotations

from salescli.core.i18n import N_, _, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report


class Step(NamedTuple):
    """A step of the office's work: what happens, who does it, with which command, by which rules."""

    what: str
    who: str
    command: str
    rules: str


STEPS = (
    Step(N_("File a lead"), "REP", "salescli lead add", "LED-01"),
    Step(N_("Follow it, move it through the stages"), "REP", "salescli lead follow; salescli lead stage", "LED-13"),
    Step(N_("Make it a customer"), "REP", "salescli lead convert", "LED-16"),
    Step(N_("Investigate the customer"), "REP", "salescli customer investigate", "CUS-03"),
    Step(N_("Evaluate his credit"), "FIN", "salescli customer edit --credit-limit --credit-days", "CUS-05"),
    Step(N_("Quote a price, have it approved, send it"), "REP", "salescli quote new; salescli quote submit", "QUO-01"),
    Step(N_("Sign a contract"), "REP", "salescli contract new; salescli contract sign", "CTR-01"),
    Step(N_("Take the order down"), "REP", "salescli order new", "ORD-02"),
    Step(N_("Hand it in with its report, in full intake"), "REP", "salescli order submit", "ORD-02"),
    Step(N_("Answer whether it can be done"), "WH", "salescli order capacity", "ORD-07"),
    Step(N_("Take it on: price, credit, goods checked and reserved"), "REP", "salescli order confirm", "ORD-01"),
    Step(N_("Plan what goes out, pick it"), "WH", "salescli order dispatch; salescli order pick", "ORD-13"),
    Step(N_("Hand the goods over, print the note"), "WH", "salescli order deliver; salescli order print", "ORD-13"),
    Step(N_("Follow the goods, tell the customer"), "REP", "salescli order ship; salescli order track", "ORD-14"),
    Step(N_("Take goods back or exchange them"), "WH", "salescli order return", "ORD-15"),
    Step(N_("Write the invoice"), "FIN", "salescli order invoice", "ORD-17"),
    Step(N_("Ask for the money, book it"), "REP", "salescli ar overdue; salescli ar receipt", "AR-03"),
    Step(N_("Close what is delivered and paid"), "REP", "salescli order close --finished", "ORD-10"),
    Step(N_("Care for the customer afterwards"), "REP", "salescli customer visit; salescli service open", "VIS-05"),
    Step(N_("Look at the figures"), "MGR", "salescli kpi rank", "KPI-01"),
)

COLUMNS = (
    Column("no", N_("No."), "int"),
    Column("step", N_("Step")),
    Column("who", N_("Who"), "code"),
    Column("command", N_("Command")),
    Column("rule", N_("Rule")),
)


def flow(known: frozenset[str]) -> Report:
    """The steps whose commands this program has, in their order. ORD-19. `known`: the groups there are."""
    steps = [step for step in STEPS if step.command.split()[1] in known]
    return Report(
        name="flow",
        title=msg(N_("From the first word to the money")),
        columns=COLUMNS,
        rows=[(no, _(step.what), step.who, step.command, step.rules) for no, step in enumerate(steps, 1)],
    )
