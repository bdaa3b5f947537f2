"""Vacancies and candidates with their scores (ORG-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.staff.rules_recruitment import average
from salescli.staff.states import Trial

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class Vacancy(NamedTuple):
    """A vacancy with the post's standard."""

    id: int
    number: str
    post: str
    standard: int | None
    wanted: int
    opened: str
    needed_by: str | None
    channels: str | None
    reason: str | None
    staff: str
    closed_on: str | None
    candidates: int
    hired: int


_VACANCIES = """
SELECT v.id, v.number, p.name, p.standard, v.wanted, v.opened, v.needed_by, v.channels, v.reason, s.code, v.closed_on,
       (SELECT count(*) FROM candidate c WHERE c.vacancy_id = v.id),
       (SELECT count(*) FROM candidate c WHERE c.vacancy_id = v.id AND c.verdict = 'hired_candidate')
FROM vacancy v JOIN post p ON p.id = v.post_id JOIN staff s ON s.id = v.staff_id"""


def vacancy(r: Reader, number: str) -> Vacancy:
    """The vacancy of that number. Raises SalesError (exit 3)."""
    found = r.rows(Vacancy, f"{_VACANCIES} WHERE v.number = :number", number=number.strip().upper())
    if not found:
        fail("vacancy_not_found", N_("there is no vacancy {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli staff vacancy list"),
             number=number)  # fmt: skip
    return found[0]


VACANCY_LIST = (
    Column("number", N_("Number")),
    Column("post", N_("Position")),
    Column("wanted", N_("Wanted"), "int", total=True),
    Column("hired", N_("Taken on"), "int", total=True),
    Column("candidates", N_("Candidates"), "int", total=True),
    Column("opened", N_("Opened"), "date"),
    Column("needed_by", N_("Needed by"), "date"),
    Column("channels", N_("Channels")),
    Column("reason", N_("Reason")),
    Column("staff", N_("In charge")),
    Column("closed", N_("Closed"), "date"),
)


def vacancies(r: Reader, *, closed: bool = False) -> Report:
    """Vacancies, the oldest first. ORG-11."""
    where = "" if closed else " WHERE v.closed_on IS NULL"
    rows = r.rows(Vacancy, f"{_VACANCIES}{where} ORDER BY v.opened, v.id")
    return Report(
        name="staff-vacancy-list",
        title=msg(N_("Vacancies")),
        columns=VACANCY_LIST,
        rows=[
            (v.number, v.post, v.wanted, v.hired, v.candidates, v.opened, v.needed_by, v.channels, v.reason, v.staff, v.closed_on)
            for v in rows
        ],
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody is sought. Open a vacancy: salescli staff vacancy add POST")),
    )


class Candidate(NamedTuple):
    """A candidate with his vacancy."""

    id: int
    number: str
    name: str
    phone: str | None
    vacancy: str
    post: str
    standard: int | None
    channel: str | None
    applied: str
    verdict: str | None
    decided_on: str | None
    reason: str | None


_CANDIDATES = """
SELECT c.id, c.number, c.name, c.phone, v.number, p.name, p.standard, c.channel, c.applied, c.verdict, c.decided_on, c.reason
FROM candidate c JOIN vacancy v ON v.id = c.vacancy_id JOIN post p ON p.id = v.post_id"""


def candidate(r: Reader, number: str) -> Candidate:
    """The candidate of that number. Raises SalesError (exit 3)."""
    found = r.rows(Candidate, f"{_CANDIDATES} WHERE c.number = :number", number=number.strip().upper())
    if not found:
        fail("candidate_not_found", N_("there is no candidate {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli staff candidate list"),
             number=number)  # fmt: skip
    return found[0]


def scores(r: Reader, candidate_id: int) -> dict[str, int]:
    """The scores of a candidate by step."""
    return dict(r.tuples("SELECT trial, score FROM candidate_trial WHERE candidate_id = :id ORDER BY id", id=candidate_id))


def standard_of(r: Reader, found: Candidate) -> int:
    """The least role-play score: the post's own, else the office's. ORG-11."""
    return found.standard if found.standard is not None else int(r.policy("recruit.pass"))


CANDIDATE_LIST = (
    Column("number", N_("Number")),
    Column("name", N_("Name")),
    Column("vacancy", N_("Vacancy")),
    Column("post", N_("Position")),
    Column("channel", N_("Heard from")),
    Column("applied", N_("Applied"), "date"),
    Column("screening", N_("Papers"), "int"),
    Column("interview", N_("Interview"), "int"),
    Column("role_play", N_("Role-play"), "int"),
    Column("average", N_("Mean"), "int"),
    Column("standard", N_("Least role-play score"), "int"),
    Column("verdict", N_("Decision"), "code"),
    Column("decided", N_("Decided"), "date"),
    Column("reason", N_("Reason")),
    Column("phone", N_("Phone")),
)


def candidates(r: Reader, number: str | None = None, *, undecided: bool = False) -> Report:
    """Candidates of a vacancy or of all, the best mean first. ORG-11. Raises SalesError (exit 3)."""
    terms = ["v.number = :number"] * (number is not None) + ["c.verdict IS NULL"] * undecided
    where = f" WHERE {' AND '.join(terms)}" if terms else ""
    wanted = {"number": vacancy(r, number).number} if number else {}
    rows = [_candidate_row(r, c) for c in r.rows(Candidate, f"{_CANDIDATES}{where} ORDER BY c.id", **wanted)]
    return Report(
        name="staff-candidate-list",
        title=msg(N_("Candidates")),
        columns=CANDIDATE_LIST,
        rows=sorted(rows, key=lambda row: (-(row[9] if isinstance(row[9], int) else -1), str(row[0]))),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody applied. Enter somebody: salescli staff candidate add VACANCY NAME")),
    )


def _candidate_row(r: Reader, c: Candidate) -> tuple[object, ...]:
    found = scores(r, c.id)
    steps = tuple(found.get(trial.value) for trial in Trial)
    return (
        c.number, c.name, c.vacancy, c.post, c.channel, c.applied, *steps, average(found), standard_of(r, c), c.verdict, c.decided_on,
        c.reason, c.phone,
    )  # fmt: skip
