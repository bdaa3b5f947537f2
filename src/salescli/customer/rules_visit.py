"""Decisions about contacts with customers: what a record must hold, points, deadlines of calls and revisits (VIS-01..08, X-06, X-20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.money import divide
from salescli.core.record import NamedTuple
from salescli.customer.states import REVIEW_MOVES, Channel, Review

IN_DEPTH = (C_("need"), C_("feedback"), C_("next_step"))
"""What the record of an in-depth visit says, besides the day of the next contact (F-06)."""


def check_day(day: date, today: date, limit: int, *, may: bool) -> list[Problem]:
    """A visit has happened, and it is recorded soon (`may`: late as well). VIS-01."""
    if day > today:
        text = N_("{day} lies in the future; a visit is recorded when it has happened")
        hint = N_("make an appointment: salescli visit appoint CUSTOMER --on {day} --purpose TEXT")
        return [problem("future_visit", text, rule="VIS-01", hint=hint, day=day.isoformat())]
    if (today - day).days > limit and not may:
        text = N_("{day} is {days} {days:day|days} ago; a contact is recorded within {limit} {limit:day|days}")
        hint = N_("the limit: salescli policy show visit.backdate_days")
        return [problem("visit_late", text, rule="VIS-01", hint=hint, day=day.isoformat(), days=(today - day).days, limit=limit)]
    return []


def check_filled(filled: dict[str, str | None], next_on: date | None, *, in_depth: bool) -> list[Problem]:
    """An in-depth visit is recorded with need, feedback, next step and its day; a short one says so. VIS-01, F-06."""
    if not in_depth:
        return []
    missing = [name for name in IN_DEPTH if not says(filled.get(name))] + ([] if next_on else ["next_on"])
    options = {"need": "--need", "feedback": "--feedback", "next_step": "--step", "next_on": "--next"}
    hint = N_("add it, or say --short for a visit that went into nothing")
    return [
        problem("visit_incomplete", N_("the record of a visit needs {option}: {field:code}"), rule="VIS-01", hint=hint, field=name,
                option=options[name])
        for name in missing
    ]  # fmt: skip


def says(text: str | None) -> bool:
    """Whether a text holds a word or a figure: a dot is put down to keep a customer, not to tell of him."""
    return any(sign.isalnum() for sign in text or "")


def check_said(said: Iterable[str | None], channel: Channel, *, in_depth: bool) -> list[Problem]:
    """A call, message or short visit says something; an empty one would settle what is due and hold the pool. VIS-01, VIS-06, F-07."""
    if in_depth or any(says(text) for text in said):
        return []
    after_sales = channel is Channel.AFTER_SALES
    text = N_("the record of this contact ({channel:code}) says nothing")
    hint = N_("say how the goods are used and what he thinks: --usage TEXT --opinion TEXT") if after_sales else N_("add it: --talk TEXT")
    return [problem("nothing_said", text, rule="VIS-06" if after_sales else "VIS-01", hint=hint, channel=channel.value)]


def check_next(day: date, next_on: date | None) -> list[Problem]:
    """The next contact lies after this one. VIS-08."""
    if next_on is None or next_on > day:
        return []
    text = N_("the next contact {next} does not lie after this one, {day}")
    hint = N_("name a later day, such as --next +7d")
    return [problem("next_too_early", text, rule="VIS-08", hint=hint, next=next_on.isoformat(), day=day.isoformat())]


def warn_gap(day: date, next_on: date, least: int, most: int) -> list[Problem]:
    """Neither too hasty nor too slow; `most` is the gap for prospects, the class's interval for the others. VIS-08, X-20."""
    gap = (next_on - day).days
    if least <= gap <= most:
        return []
    hasty = N_("the next contact is {gap} {gap:day|days} away, sooner than {least} {least:day|days}")
    slow = N_("the next contact is {gap} {gap:day|days} away, later than {most} {most:day|days}")
    return [problem("gap", hasty if gap < least else slow, rule="VIS-08", gap=gap, least=least, most=most)]


def check_joint(staff: int, joint: int | None, code: str) -> list[Problem]:
    """Nobody accompanies himself. PLN-07."""
    if joint is None or joint != staff:
        return []
    return [problem("joint_self", N_("{staff} cannot accompany himself"), kind=Kind.USAGE, rule="PLN-07", staff=code)]


# --- the superior's word ------------------------------------------------------------------------------------------------------


class Judged(NamedTuple):
    """A record and who judges it: `superior` says whether he stands above its author, `wrote` whether he wrote it down for him."""

    number: str
    review: str
    author: str
    own: bool
    superior: bool
    wrote: bool = False


def check_review(record: Judged, to: Review) -> list[Problem]:
    """A superior accepts or rejects, never the author or who wrote it down for him, and only once. VIS-01, ORG-03."""
    found = []
    if record.own:
        text = N_("{number} is your own record; somebody above you judges it")
        hint = N_("it stands on your superior's day list")
        found.append(problem("own_record", text, kind=Kind.FORBIDDEN, rule="ORG-03", hint=hint, number=record.number))
    elif record.wrote:
        text = N_("{number} was written down by you for {author}; the next superior judges it")
        hint = N_("it stands on the day list of your own superior")
        found.append(problem("own_record", text, kind=Kind.FORBIDDEN, rule="ORG-03", hint=hint, number=record.number, author=record.author))
    elif not record.superior:
        text = N_("{number} was written by {author}, who is not of your team")
        hint = N_("a superior of {author} judges it: salescli staff show {author}")
        found.append(
            problem("not_your_team", text, kind=Kind.FORBIDDEN, rule="VIS-01", hint=hint, number=record.number, author=record.author)
        )
    if (Review(record.review), to) not in REVIEW_MOVES:
        text = N_("{number} is {state:code} already")
        hint = N_("read it: salescli visit show {number}")
        found.append(problem("visit_judged", text, kind=Kind.STATE, rule="VIS-01", hint=hint, number=record.number, state=record.review))
    return found


def check_editable(number: str, review: str, *, own: bool) -> list[Problem]:
    """The author mends what is not accepted yet; what was rejected waits again afterwards. VIS-01."""
    if not own:
        text = N_("{number} is somebody else's record")
        hint = N_("its author mends it: salescli visit show {number}")
        return [problem("not_your_record", text, kind=Kind.FORBIDDEN, rule="VIS-01", hint=hint, number=number)]
    if review == Review.ACCEPTED:
        text = N_("{number} is accepted and stays as it is")
        hint = N_("say the rest in a record of its own: salescli visit add CUSTOMER")
        return [problem("visit_accepted", text, kind=Kind.STATE, rule="VIS-01", hint=hint, number=number)]
    return []


def days_late(day: date, entered: date, channel: str, *, on_trip: bool) -> int:
    """How many days after its time a visit record came: on a trip the same day, else the next morning. X-13, VIS-10."""
    if channel != Channel.VISIT:
        return 0
    return max((entered - day).days - (0 if on_trip else 1), 0)


# --- points -------------------------------------------------------------------------------------------------------------------


def required_points(target: int, present: int, total: int, *, pro_rata: bool) -> int:
    """The month's points: the target, for newcomers and leave by the share of working days they were there, half up. VIS-02, X-06."""
    if not pro_rata or total <= 0:
        return target
    return divide(target * min(max(present, 0), total), total)


def shortfall(points: int, required: int) -> int:
    """Points missing. VIS-02."""
    return max(required - points, 0)


def is_penalised(short: int, limit: int, *, over: bool) -> bool:
    """Whether the office is to be cleaned once: the month is over and `limit` points or more are missing. VIS-02, X-06."""
    return over and short >= limit


def average(count: int, days: int) -> int | None:
    """Visits per working day in 1/100, half up; None before the first working day. VIS-02."""
    return divide(100 * count, days) if days > 0 else None


# --- deadlines ----------------------------------------------------------------------------------------------------------------


class Window(NamedTuple):
    """The first and the last day something may be done in time."""

    earliest: date
    latest: date

    def late(self, day: date) -> int:
        """Days past the last one."""
        return max((day - self.latest).days, 0)


def first_call_window(delivered: date, least: int, most: int) -> Window:
    """The first after-sales call comes between day `least` and day `most` after hand-over. VIS-05, X-20."""
    return Window(delivered + timedelta(least), delivered + timedelta(most))


def warn_call_early(delivered: date | None, day: date, least: int) -> list[Problem]:
    """Warning: a call before its time does not count as the first after-sales call. VIS-05."""
    if delivered is None or (day - delivered).days >= least:
        return []
    text = N_("{days} {days:day|days} after the delivery of {delivered} is too early: the first call counts from {earliest}")
    return [problem("call_early", text, rule="VIS-05", days=(day - delivered).days, delivered=delivered.isoformat(),
                    earliest=(delivered + timedelta(least)).isoformat())]  # fmt: skip
