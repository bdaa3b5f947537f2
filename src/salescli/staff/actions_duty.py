"""Writes of the duty roster: groups and their members, single days, the rotation over a period (LED-06)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find
from salescli.core.report import Change, Done
from salescli.core.text import clean
from salescli.core.workdays import calendar
from salescli.staff import reads_duty, rules_duty
from salescli.staff.tables_duty import DutyDay, DutyGroup, DutyMember

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.writer import Writer


def set_group(w: Writer, name: str, members: Sequence[str] | None, on: Sequence[date]) -> Done:
    """Make or change a group (`members`: all of them, in their order) and give it these days. LED-06.

    Raises SalesError: 2 a new group without members, 3 nobody of that name, 4 somebody left or is named twice.
    """
    wanted = clean(name, C_("duty_group"), 80)
    group = _group(w, wanted)
    if group is None and members is None:
        fail("duty_group_unknown", N_("there is no duty group {group}"), kind=Kind.NOT_FOUND,
             hint=N_("make it: salescli staff duty set {group} --members A,B"), group=wanted)  # fmt: skip
    group = group or w.add(DutyGroup(name=wanted, position=_next_place(w)))
    changes = [] if members is None else [_set_members(w, group, members)]
    changes += [_set_day(w, day, group) for day in sorted(set(on))]
    changes = [change for change in changes if change.before != change.after]
    w.session.flush()
    w.document = group.name
    text = N_("duty group {group}: {members}")
    return Done(
        msg(text, group=group.name, members=_codes(w, group)), group.name, tuple(changes),
        next=("salescli staff duty rotate --period this-month", "salescli staff duty today"),
    )  # fmt: skip


def _group(w: Writer, name: str) -> DutyGroup | None:
    found = w.session.exec(select(DutyGroup)).all()
    return next((group for group in found if group.name.casefold() == name.casefold()), None)


def _next_place(w: Writer) -> int:
    return int(w.reader.value("SELECT coalesce(max(position), 0) + 1 FROM duty_group"))


def _members(w: Writer, group: DutyGroup) -> list[DutyMember]:
    return list(w.session.exec(select(DutyMember).where(DutyMember.group_id == group.id).order_by(col(DutyMember.position))))


def _codes(w: Writer, group: DutyGroup) -> list[str]:
    return next((list(found.members) for found in reads_duty.groups(w.reader) if found.id == group.id), [])


def _set_members(w: Writer, group: DutyGroup, typed: Sequence[str]) -> Change:
    """Replace the members; who stays keeps his record, so that his turn is not lost."""
    before = _codes(w, group)
    people = [find(w.reader, "staff", reference) for word in typed for reference in word.replace("，", ",").split(",") if reference.strip()]
    raise_if(rules_duty.check_members(group.name, [person.code for person in people], _gone(w, people), _twice(people)))
    assert group.id is not None
    places = {person.id: place for place, person in enumerate(people, 1)}
    held = {row.staff_id: row for row in _members(w, group)}
    for staff_id, row in held.items():
        if staff_id not in places:
            w.session.delete(row)
    for staff_id, place in places.items():
        if staff_id in held:
            held[staff_id].position = place
        else:
            w.add(DutyMember(group_id=group.id, staff_id=staff_id, position=place))
    w.session.flush()
    return Change(C_("members"), ", ".join(before) or None, ", ".join(person.code for person in people) or None)


def _gone(w: Writer, people: Sequence[Row]) -> list[str]:
    sql = "SELECT code FROM staff WHERE id = :id AND left_on < :today"
    return [code for person in people if (code := w.reader.value(sql, id=person.id, today=w.today))]


def _twice(people: Sequence[Row]) -> list[str]:
    return [code for code, count in Counter(person.code for person in people).items() if count > 1]


def _set_day(w: Writer, day: date, group: DutyGroup) -> Change:
    """Give a day to a group, whoever had it."""
    row = w.session.exec(select(DutyDay).where(DutyDay.day == day)).first()
    before = w.get(DutyGroup, row.group_id).name if row else None
    assert group.id is not None
    if row:
        row.group_id = group.id
    else:
        w.add(DutyDay(day=day, group_id=group.id))
    return Change(day.isoformat(), before, group.name)


def rotate(w: Writer, span: Period, first: str | None, *, replace: bool = False, every_day: bool = False) -> Done:
    """Give the working days of a period to the groups in turn; a day that has a group keeps it unless `replace`. LED-06.

    Begins with `first`, else with the group after the one that had the last day before. Raises SalesError (exit 4) without groups.
    """
    groups = {group.name: group for group in w.session.exec(select(DutyGroup).order_by(col(DutyGroup.position)))}
    if not groups:
        fail("no_duty_group", N_("there is no duty group yet"), rule="LED-06",
             hint=N_("make one: salescli staff duty set GROUP --members A,B"))  # fmt: skip
    days = [day for day in _days(w, span, every_day=every_day) if replace or not _has_group(w, day)]
    start = _first(w, span, list(groups), first)
    changes = [_set_day(w, day, groups[name]) for day, name in rules_duty.rota(days, list(groups), start)]
    w.session.flush()
    w.document = span.name
    text = N_("{days} {days:day|days} of {period} {days:has|have} their group: {groups}")
    if not changes:
        text = N_("every day of {period} still to come has its group already; to deal them anew: --replace")
    return Done(
        msg(text, days=len(changes), period=span.name, groups=list(groups)), span.name, tuple(changes),
        next=(f"salescli staff duty list --period {span.name}",), facts={"days": len(changes)},
    )  # fmt: skip


def _days(w: Writer, span: Period, *, every_day: bool) -> list[date]:
    """The days still to come that are worked, or all of them."""
    from datetime import timedelta

    start = max(span.start, w.today)
    if every_day:
        return [start + timedelta(n) for n in range((span.end - start).days + 1)]
    return calendar(w.reader).between(start, span.end)


def _has_group(w: Writer, day: date) -> bool:
    return reads_duty.group_of(w.reader, day) is not None


def _first(w: Writer, span: Period, names: list[str], first: str | None) -> str:
    """The group to begin with."""
    if first is not None:
        found = _group(w, clean(first, C_("duty_group"), 80))
        if found is None:
            fail("duty_group_unknown", N_("there is no duty group {group}"), kind=Kind.NOT_FOUND,
                 hint=N_("salescli staff duty list"), group=first)  # fmt: skip
        return found.name
    sql = """SELECT g.name FROM duty_day d JOIN duty_group g ON g.id = d.group_id WHERE d.day < :start ORDER BY d.day DESC LIMIT 1"""
    last = w.reader.value(sql, start=max(span.start, w.today))
    return names[(names.index(last) + 1) % len(names)] if last else names[0]
