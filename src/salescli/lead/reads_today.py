"""What leads and the front desk put on the day list (VIS-08, VIS-09, LED-06, LED-09, LED-13, LED-16)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.agenda import Agenda, Task, cut_each
from salescli.core.dates import days_between, week_of
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.lead.reads_stall import Stalled, stalled
from salescli.lead.rules import days_in_stage
from salescli.lead.states import INQUIRIES, STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.reader import Reader

CONTACT, STALLED, TO_ASK, INQUIRY = C_("lead_contact"), C_("lead_stalled"), C_("stall_question"), C_("inquiry")
UNTOUCHED, COMMENTED, INVITED = C_("lead_untouched"), C_("lead_comment"), C_("lead_invited")
SHEET, COUNT = C_("confirmation_sheet"), C_("desk_count")

DESK_DAYS = 30
"""How far back the front desk is reminded of a count it did not tell."""


class Found(NamedTuple):
    """A lead something is to be done about: the day it counts from, number, customer, who, whose, more."""

    day: str
    number: str
    customer: str | None
    name: str
    staff: str | None
    more: str | None = None


def leads(r: Reader, agenda: Agenda) -> list[Task]:
    """Contacts due, stalled leads, unanswered inquiries, leads given and untouched, comments, invitations. VIS-08, VIS-09, LED-13."""
    parts = (_contacts, _unanswered, _untouched, _stalled, _comments, _invited)
    return [task for part in parts for task in part(r, agenda)]


def desk(r: Reader, agenda: Agenda) -> list[Task]:
    """Confirmation sheets missing, counts of the front desk not told. LED-06, LED-09."""
    return [*_sheets(r, agenda), *_counts(r, agenda)]


def _task(agenda: Agenda, kind: str, found: Found, text: Message, rule: str, days: int = 0) -> Task:
    """A line due `days` after the day found."""
    due = date.fromisoformat(found.day) + timedelta(days)
    late = max(days_between(due, agenda.day), 0)
    return Task(kind, due.isoformat(), found.number, found.customer, text, rule, late, found.staff)


_LEAD = """
SELECT {day}, l.number, c.code, coalesce(l.company, l.name), s.code, {more}
FROM {source} LEFT JOIN staff s ON s.id = l.staff_id LEFT JOIN customer c ON c.id = l.customer_id
WHERE l.closed IS NULL AND {where}"""


def _find(r: Reader, agenda: Agenda, where: str, *, day: str, more: str = "NULL", source: str = "lead l", **params: object) -> list[Found]:
    scope = f"l.staff_id IS NOT NULL AND {agenda.condition(r, 'customers', 'l.staff_id')}"
    sql = _LEAD.format(day=day, more=more, source=source, where=f"{where} AND {scope}")
    return r.rows(Found, sql, today=agenda.day, **params)


_NOT_INVITED = "NOT EXISTS (SELECT 1 FROM invitation v WHERE v.lead_id = l.id AND v.wanted = l.next_on AND v.arrived_on IS NULL)"


def _contacts(r: Reader, agenda: Agenda) -> Iterable[Task]:
    for found in _find(r, agenda, f"l.next_on <= :today AND {_NOT_INVITED}", day="l.next_on", more="l.stage"):
        text = msg(N_("{name}: next contact ({stage:code})"), name=found.name, stage=found.more)
        yield _task(agenda, CONTACT, found, text, "VIS-08")


_SILENT = "NOT EXISTS (SELECT 1 FROM interaction i WHERE i.lead_number = l.number)"


_MOVES = "'assigned', 'claimed', 'transferred', 'handed_over'"
_ASKED = ", ".join(f"'{source}'" for source in INQUIRIES)
_NEW = f"""l.stage_since >= :fresh AND l.stage IN ({", ".join(f"'{stage}'" for stage in STAGES)}) AND NOT EXISTS (
    SELECT 1 FROM owner_change x WHERE x.lead_number = l.number AND x.move IN ({_MOVES}))"""


def _unanswered(r: Reader, agenda: Agenda) -> Iterable[Task]:
    """Nobody has been in touch and no day is set: inquiries; other new leads until they stand still. By the numbers of that day."""
    where = f"l.created <= :today AND l.next_on IS NULL AND {_SILENT} AND (l.source IN ({_ASKED}) OR {_NEW})"
    fresh = agenda.day - timedelta(r.policy("stage.stall_days", agenda.day))
    found = _find(r, agenda, where, day="l.created", more="l.source", fresh=fresh)
    for lead in found:
        if lead.more in INQUIRIES:
            text = msg(N_("{name}: answer the inquiry ({source:code})"), name=lead.name, source=lead.more)
            yield _task(agenda, INQUIRY, lead, text, "VIS-08", r.policy("inquiry.answer_days", date.fromisoformat(lead.day)))
    others = [lead for lead in found if lead.more not in INQUIRIES]
    yield from cut_each(others, partial(_filed, r, agenda), lambda lead: lead.staff, UNTOUCHED, "VIS-08", "salescli lead list")


def _filed(r: Reader, agenda: Agenda, found: Found) -> Task:
    text = msg(N_("{name}: filed on {day}, not contacted yet"), name=found.name, day=found.day)
    return _task(agenda, UNTOUCHED, found, text, "VIS-08", r.policy("lead.first_contact_days", date.fromisoformat(found.day)))


_GIVEN = """lead l JOIN owner_change o ON o.id = (SELECT max(x.id) FROM owner_change x WHERE x.lead_number = l.number)"""


def _untouched(r: Reader, agenda: Agenda) -> Iterable[Task]:
    """Given to somebody who has not been in touch since."""
    where = f"""o.move IN ({_MOVES}) AND o.day <= :today AND NOT EXISTS (
        SELECT 1 FROM interaction i WHERE i.lead_number = l.number AND i.day >= o.day AND i.staff_id = l.staff_id)"""
    for found in _find(r, agenda, where, day="o.day", more="o.move", source=_GIVEN):
        text = msg(N_("{name}: {move:code} on {day}, not contacted yet"), name=found.name, move=found.more, day=found.day)
        yield _task(agenda, UNTOUCHED, found, text, "LED-13", r.policy("lead.first_contact_days", date.fromisoformat(found.day)))


def _stalled(r: Reader, agenda: Agenda) -> Iterable[Task]:
    """Standing still without a reason given for this stay: for who has the lead, and for his superior, who asks."""
    limit = r.policy("stage.stall_days", agenda.day)
    whose = "l.staff_id IS NOT NULL"
    if agenda.staff_id is not None:
        whose = f"l.staff_id IN (SELECT x.id FROM staff x WHERE {agenda.staff_id:d} IN (x.id, x.superior_id))"
    where = f"{whose} AND {condition(r.actor, 'customers', 'l.staff_id')}"
    unasked: dict[int | None, list[Stalled]] = {}
    for lead in stalled(r, where, agenda.day, limit):
        if lead.explained:
            continue
        if agenda.staff_id in (None, lead.staff_id):
            text = msg(N_("{name}: {days} {days:day|days} in {stage:code}; say why"), **_stay(lead, agenda.day))
            yield _task(agenda, STALLED, Found(lead.since, lead.number, None, lead.name, lead.staff), text, "LED-13", limit)
        if agenda.staff_id != lead.staff_id and lead.superior and not lead.asked(limit):
            unasked.setdefault(lead.staff_id, []).append(lead)
    for leads in unasked.values():
        yield _to_ask(agenda, leads, limit)


def _to_ask(agenda: Agenda, leads: list[Stalled], limit: int) -> Task:
    """One line for a superior about the leads of one of his people, the longest named; a comment settles a lead."""
    first = leads[0]
    text = N_("{name} of {staff}: {days} {days:day|days} in {stage:code}, no reason given; ask: salescli lead comment {number} TEXT")
    if len(leads) > 1:
        text = N_(
            "{count} leads of {staff} stand still without a reason, the longest {name}, {days} {days:day|days} in {stage:code}; "
            "ask: salescli lead comment {number} TEXT"
        )
    said = msg(text, staff=first.staff, count=len(leads), number=first.number, **_stay(first, agenda.day))
    return _task(agenda, TO_ASK, Found(first.since, first.number, None, first.name, first.superior), said, "LED-13", limit)


def _stay(lead: Stalled, day: date) -> dict[str, str | int]:
    return {"name": lead.name, "days": days_in_stage(date.fromisoformat(lead.since), day), "stage": lead.stage}


_COMMENT = "lead l JOIN lead_comment k ON k.lead_id = l.id"


def _comments(r: Reader, agenda: Agenda) -> Iterable[Task]:
    """A superior said something and the owner has neither answered nor followed since."""
    where = """k.staff_id <> l.staff_id AND k.day <= :today
        AND NOT EXISTS (SELECT 1 FROM lead_comment m WHERE m.lead_id = l.id AND m.id > k.id)
        AND NOT EXISTS (SELECT 1 FROM interaction i WHERE i.lead_number = l.number AND i.day > k.day AND i.staff_id = l.staff_id)"""
    for found in _find(r, agenda, where, day="k.day", more="k.text", source=_COMMENT):
        yield _task(agenda, COMMENTED, found, msg(N_("{name}: comment: {text}"), name=found.name, text=found.more), "LED-13")


_INVITATION = "lead l JOIN invitation v ON v.lead_id = l.id"


def _invited(r: Reader, agenda: Agenda) -> Iterable[Task]:
    """Invited for the day, or for a day gone without anybody noting whether they came; the latest invitation counts."""
    where = """v.wanted <= :today AND v.arrived_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM invitation n WHERE n.lead_id = l.id AND n.id > v.id)"""
    for found in _find(r, agenda, where, day="v.wanted", source=_INVITATION):
        today = found.day == agenda.day.isoformat()
        text = N_("{name}: comes today, invited") if today else N_("{name}: invited for {day}; did they come?")
        yield _task(agenda, INVITED, found, msg(text, name=found.name, day=found.day), "LED-16")


# --- the front desk ---------------------------------------------------------------------------------------------------------------

_SHEETS = """
SELECT p.day, p.number, NULL, p.name, s.code, NULL FROM reception p JOIN staff s ON s.id = p.staff_id
WHERE p.entrance = 'visitor' AND p.confirmed_on IS NULL AND p.research = 0 AND p.day <= :today AND {scope}"""


def _sheets(r: Reader, agenda: Agenda) -> Iterable[Task]:
    for found in r.rows(Found, _SHEETS.format(scope=agenda.condition(r, "customers", "p.staff_id")), today=agenda.day):
        yield _task(agenda, SHEET, found, msg(N_("{name}: fill the confirmation sheet"), name=found.name), "LED-06")


_UNTOLD = """
SELECT p.day, count(*), d.told_on FROM reception p LEFT JOIN desk_report d ON d.day = p.day WHERE p.day BETWEEN :since AND :today
GROUP BY p.day, d.told_on, d.visitors, d.new_visitors, d.calls
HAVING d.told_on IS NULL OR d.visitors + d.calls <> count(*)
    OR d.calls <> sum(CASE WHEN p.entrance = 'caller' THEN 1 ELSE 0 END)
    OR d.new_visitors <> sum(CASE WHEN p.entrance = 'visitor' AND p.known = 0 THEN 1 ELSE 0 END)
ORDER BY p.day"""
_DESK = "SELECT s.code FROM staff s JOIN staff_role x ON x.staff_id = s.id WHERE x.role IN ({roles}) AND s.id = :id"


def _counts(r: Reader, agenda: Agenda) -> Iterable[Task]:
    """Days with visitors or calls whose count the front desk did not tell, or not all of it; weekly ones are due on Sunday."""
    rhythm = r.policy("frontdesk.report", agenda.day)
    staff = _desk_person(r, agenda)
    if rhythm == "off" or (agenda.staff_id is not None and staff is None):
        return
    for day, count, told in r.tuples(_UNTOLD, since=agenda.day - timedelta(DESK_DAYS), today=agenda.day):
        due = week_of(date.fromisoformat(day)).end.isoformat() if rhythm == "weekly" else day
        found = Found(due, day, None, day, staff)
        again = N_("more came on {day} after its count was told, {count} in the register by now: tell it again")
        text = again if told else N_("tell the count of {day}: {count} in the register")
        yield _task(agenda, COUNT, found, msg(text, day=day, count=count), "LED-09")


def _desk_person(r: Reader, agenda: Agenda) -> str | None:
    """The agenda's person, when he acts as front desk (X-21)."""
    roles = ", ".join(f"'{role}'" for role in r.policy("rolemap.FD"))
    code: str | None = r.value(_DESK.format(roles=roles), id=agenda.staff_id) if agenda.staff_id is not None else None
    return code
