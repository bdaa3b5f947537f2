"""Commands of the group `staff candidate`: who applies, his tests, what becomes of him."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from salescli.core.commands import Group
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from salescli.core.reader import Reader
    from salescli.core.report import Done, Report
    from salescli.core.writer import Writer

app = Group("candidate")

CandidateArgument = Annotated[
    str, typer.Argument(metavar=N_("CANDIDATE"), help=N_("Number of the candidate, such as CA-202611-0001."))
]  # fmt: skip
Vacancy = Annotated[str, typer.Argument(metavar=N_("VACANCY"), help=N_("Number of the vacancy, such as VA-202611-0001."))]


@app.write(
    "add",
    help=N_("Enter somebody who applies."),
    example='salescli staff candidate add VA-202611-0001 "Xu Jing" --phone 13600001111 --channel fair',
    rules=("ORG-11",),
    right="staff.edit",
)
def add(
    w: "Writer",
    vacancy: Vacancy,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("Full name."))],
    phone: Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Telephone number."))] = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar=N_("TEXT"), help=N_("How he heard of us."))] = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))] = None,
) -> "Done":
    from salescli.staff import actions_recruitment

    return actions_recruitment.add_candidate(w, vacancy, name, phone=phone, channel=channel, note=note)


@app.write(
    "score",
    help=N_("Note scores (0-100) of papers, interview and sales role-play."),
    example="salescli staff candidate score CA-202611-0001 --papers 70 --interview 80 --role-play 75",
    rules=("ORG-11",),
    right="staff.edit",
)
def score(
    w: "Writer",
    candidate: CandidateArgument,
    papers: Annotated[int | None, typer.Option("--papers", min=0, max=100, help=N_("His papers."))] = None,
    interview: Annotated[int | None, typer.Option("--interview", min=0, max=100, help=N_("The structured interview."))] = None,
    role_play: Annotated[int | None, typer.Option("--role-play", min=0, max=100, help=N_("The sales role-play test."))] = None,
) -> "Done":
    from salescli.staff import actions_recruitment

    given = {"screening": papers, "interview": interview, "role_play": role_play}
    return actions_recruitment.score(w, candidate, {trial: points for trial, points in given.items() if points is not None})


VerdictName = Literal["hire", "reserve", "refuse", "withdrew"]
VERDICTS = {"hire": "hired_candidate", "reserve": "reserved", "refuse": "refused", "withdrew": "withdrew"}


@app.write(
    "decide",
    help=N_("Take a candidate on, keep him in reserve, or refuse him."),
    example=("salescli staff candidate decide CA-202611-0001 hire", "salescli staff candidate decide CA-202611-0002 refuse"),
    rules=("ORG-11",),
    right="staff.edit",
)
def decide(
    w: "Writer",
    candidate: CandidateArgument,
    verdict: Annotated[VerdictName, typer.Argument(metavar=N_("DECISION"), help=N_("What is decided."))],
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))] = None,
) -> "Done":
    from salescli.staff import actions_recruitment
    from salescli.staff.states import Verdict

    return actions_recruitment.decide(w, candidate, Verdict(VERDICTS[verdict]), reason)


@app.report(
    "list",
    help=N_("Candidates with their scores, the best first."),
    example=("salescli staff candidate list", "salescli staff candidate list VA-202611-0001 --undecided"),
    rules=("ORG-11",),
    right="staff.edit",
)
def list_(
    r: "Reader",
    vacancy: Annotated[str | None, typer.Argument(metavar=N_("VACANCY"), help=N_("Only this vacancy."))] = None,
    undecided: Annotated[bool, typer.Option("--undecided", help=N_("Only those not decided yet."))] = False,
) -> "Report":
    from salescli.staff.reads_recruitment import candidates

    return candidates(r, vacancy, undecided=undecided)
