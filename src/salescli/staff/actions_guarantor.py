"""Writes about papers of the sales staff: labour contract with the agreed task, joint guarantor (ORG-05, X-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.core import changes
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_or_none, clean_phone
from salescli.staff.tables_guarantor import Employment, Guarantor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salescli.core.writer import Writer


def set_guarantor(w: Writer, staff: str, name: str, since: date | None, until: date, *, phone: str | None, relation: str | None) -> Done:
    """Record who answers jointly for somebody until a day; he follows an earlier one. ORG-05.

    Raises SalesError: 2 no good text, 3 nobody of that name, 4 the record is off, the days are over or the wrong way round.
    """
    person, first = find(w.reader, "staff", staff), since or w.today
    raise_if([*check_kept(w), *_check_days(first, until, w.today)])
    former = _end(w, person.id)
    row = w.add(
        Guarantor(
            staff_id=person.id, name=clean(name, C_("guarantor"), 80), phone=clean_phone(phone), since=first, until=until,
            relation=clean_or_none(relation, C_("relation"), 80),
        )
    )  # fmt: skip
    w.document = person.code
    return Done(
        msg(N_("{guarantor} answers jointly for {staff} {name} until {until}"), guarantor=row.name, staff=person.code, name=person.name,
            until=until.isoformat()),
        person.code,
        (Change(C_("guarantor"), former, row.name),),
        next=("salescli staff guarantor list --missing",),
        warnings=(_legal_note(),),
    )  # fmt: skip


def check_kept(w: Writer) -> list[Problem]:
    """The guarantor record is off unless the office switched it on. X-22."""
    if w.policy("staff.guarantor"):
        return []
    text = N_("the guarantor record is off: a joint guarantee for employees can break labour law")
    hint = N_("ask a lawyer, then: salescli policy set staff.guarantor yes")
    return [problem("guarantor_off", text, rule="X-22", hint=hint)]


def _check_days(first: date, until: date, today: date) -> list[Problem]:
    if until >= first and until >= today:
        return []
    text = N_("the guarantee would end on {until}, before it began or before today")
    return [problem("guarantor_days", text, rule="ORG-05", hint=N_("name a later last day: --until DAY"), until=until.isoformat())]


def _end(w: Writer, staff_id: int) -> str | None:
    """End what stands; whose it was."""
    standing = select(Guarantor).where(Guarantor.staff_id == staff_id, col(Guarantor.ended_on).is_(None))
    former = None
    for row in w.session.exec(standing):
        row.ended_on, former = w.today, row.name
    return former


def _legal_note() -> Problem:
    text = N_("whether a guarantor may be asked of an employee is a question of labour law; this is a record, no claim")
    return problem("guarantor_law", text, rule="X-22")


def end_guarantor(w: Writer, staff: str) -> Done:
    """Note that nobody answers for somebody any more. ORG-05. Raises SalesError: 3 nobody of that name, 6 there was none."""
    person = find(w.reader, "staff", staff)
    former = _end(w, person.id)
    if former is None:
        hint = N_("what papers there are: salescli staff guarantor list")
        fail("no_guarantor", N_("nobody answers for {staff}"), kind=Kind.STATE, rule="ORG-05", hint=hint, staff=person.code)
    w.document = person.code
    text = N_("{guarantor} no longer answers for {staff} {name}")
    return Done(msg(text, guarantor=former, staff=person.code, name=person.name), person.code, (Change(C_("guarantor"), former, None),))


FIELDS: dict[str, changes.Read] = {
    "contract_no": lambda text: clean(text, C_("contract_no"), 80),
    "task_text": lambda text: clean_or_none(text, C_("task_text"), NOTE, lines=True),
}


def set_contract(w: Writer, staff: str, file: Mapping[str, Any]) -> Done:
    """Record the labour contract and the sales task written into it, or change them. ORG-05, X-35.

    Raises SalesError: 2 no number for a new one, 3 nobody of that name, 4 it ends before it begins or the task is negative.
    """
    person = find(w.reader, "staff", staff)
    values = changes.read_fields(file, FIELDS)
    row = w.session.exec(select(Employment).where(Employment.staff_id == person.id)).first()
    if row is None and "contract_no" not in values:
        fail("contract_number", N_("{staff} has no labour contract here yet: say its --number"), kind=Kind.USAGE, rule="ORG-05",
             staff=person.code)  # fmt: skip
    since = values.get("since") or (row.since if row else w.today)
    until = values.get("until", row.until if row else None)
    raise_if([*changes.negative(values, {"task_amount": "amount"}), *_check_contract(since, until)])
    found = _keep(w, row, person.id, {"since": since, **values})
    w.document = person.code
    return Done(
        msg(N_("the labour contract of {staff} {name} is recorded"), staff=person.code, name=person.name),
        person.code, found, next=("salescli staff guarantor list --missing",),
    )  # fmt: skip


def _check_contract(since: date, until: date | None) -> list[Problem]:
    if until is None or until >= since:
        return []
    text = N_("the contract would end on {until}, before {since}")
    hint = N_("name a later last day: --until DAY")
    return [problem("contract_days", text, rule="ORG-05", hint=hint, until=until.isoformat(), since=since.isoformat())]


def _keep(w: Writer, row: Employment | None, staff_id: int, values: Mapping[str, Any]) -> tuple[Change, ...]:
    units = {"task_amount": "amount"}
    if row is not None:
        return changes.apply(row, values, units)
    w.add(Employment(staff_id=staff_id, **values))
    return tuple(Change(name, None, changes.words(value, units.get(name))) for name, value in values.items() if value is not None)
