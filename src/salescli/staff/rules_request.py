"""Requests inside the office and between two companies: by when, and who answers whom (ORG-02, ORG-12, ORG-13)."""

from __future__ import annotations

from datetime import date, timedelta

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.staff.states import RequestState


class Between(NamedTuple):
    """A question between two companies: our side's person, whether he leads people, the last day there is, and the day asked for."""

    staff: str
    leads: bool
    latest: date
    due: date


def answer_by(day: date, days: int) -> date:
    """The last day of a question between two companies: by default the same one. ORG-13."""
    return day + timedelta(days)


def check_between(q: Between) -> list[Problem]:
    """Between two companies supervisors ask supervisors, and the answer comes the same day. ORG-13."""
    found = []
    if not q.leads:
        text = N_("{staff} leads nobody: questions between two companies run from supervisor to supervisor")
        hint = N_("name his superior: salescli staff show {staff}")
        found.append(problem("no_supervisor", text, rule="ORG-13", hint=hint, staff=q.staff))
    if q.due > q.latest:
        text = N_("such a question is answered by {latest}, not by {due}")
        hint = N_("leave out --due")
        found.append(problem("answer_late", text, rule="ORG-13", hint=hint, latest=q.latest.isoformat(), due=q.due.isoformat()))
    return found


def check_due(due: date, today: date) -> list[Problem]:
    """A request is due today at the earliest."""
    if due >= today:
        return []
    return [problem("request_due_passed", N_("the day {due} has passed already"), kind=Kind.USAGE, rule="ORG-12", due=due.isoformat())]


def skips(asker: str, superior: str | None, to: str, above: tuple[str, ...]) -> list[Problem]:
    """Warning: a request to somebody above one's own superior skips a level. ORG-02."""
    if superior is None or to == superior or to not in above:
        return []
    text = N_("{asker} reports to {superior}: the request to {to} skips a level")
    return [problem("request_skips", text, rule="ORG-02", asker=asker, superior=superior, to=to)]


def state(answered: str | None, withdrawn: str | None) -> RequestState:
    """Where a request stands, from its two days."""
    if withdrawn:
        return RequestState.WITHDRAWN
    return RequestState.ANSWERED if answered else RequestState.OPEN


def check_open(number: str, now: RequestState) -> list[Problem]:
    """Only an open request is answered or withdrawn."""
    if now is RequestState.OPEN:
        return []
    text = N_("{number} is {state:code} already")
    hint = N_("open ones: salescli staff request list")
    return [problem("request_not_open", text, kind=Kind.STATE, rule="ORG-12", hint=hint, number=number, state=now)]


def late_days(due: date, answered: date | None, day: date) -> int:
    """Days past its day: of an open request as of `day`, of an answered one for good. ORG-12, ORG-13."""
    return max(0, ((answered or day) - due).days)
