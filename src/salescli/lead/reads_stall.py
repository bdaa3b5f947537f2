"""Leads that stand still and why, what superiors asked, objections heard and answered (LED-12, LED-13)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find, holding, part_pattern
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.lead.rules import days_in_stage
from salescli.lead.states import STAGES

if TYPE_CHECKING:
    from salescli.core.reader import Reader

LAST_CONTACT = "(SELECT max(i.day) FROM interaction i WHERE i.lead_number = l.number AND i.review <> 'rejected')"

COLUMNS = (
    Column("lead", N_("Lead")),
    Column("name", N_("Name")),
    Column("staff", N_("Staff")),
    Column("stage", N_("Stage"), "code"),
    Column("days_in_stage", N_("Days in stage"), "int"),
    Column("over_days", N_("Over the limit"), "int"),
    Column("intent", N_("Intent"), "code"),
    Column("reason", N_("Reason"), "code"),
    Column("said_on", N_("Said on"), "date"),
    Column("last_contact", N_("Last contact"), "date"),
    Column("comment", N_("Last comment")),
    Column("amount", N_("Amount"), "amount", total=True),
)

_IN_STAGES = ", ".join(f"'{stage}'" for stage in STAGES)
_REASON = """
LEFT JOIN follow_up f ON f.id = (
    SELECT max(g.id) FROM follow_up g WHERE g.lead_id = l.id AND g.stall_reason IS NOT NULL AND g.stage = l.stage)
LEFT JOIN interaction v ON v.id = f.interaction_id"""
STALLED = f"l.closed IS NULL AND l.stage IN ({_IN_STAGES}) AND l.stage_since < :since"

_SQL = f"""
SELECT l.number, coalesce(l.company, l.name), s.code, l.stage, l.stage_since, l.intent, f.stall_reason, v.day, {LAST_CONTACT},
       (SELECT c.text FROM lead_comment c WHERE c.lead_id = l.id ORDER BY c.day DESC, c.id DESC LIMIT 1),
       (SELECT max(c.day) FROM lead_comment c WHERE c.lead_id = l.id AND c.staff_id <> l.staff_id), l.amount, l.staff_id, p.code
FROM lead l LEFT JOIN staff s ON s.id = l.staff_id LEFT JOIN staff p ON p.id = s.superior_id{_REASON}
WHERE {STALLED} AND {{where}} ORDER BY l.stage_since, l.id"""


class Stalled(NamedTuple):
    """A lead that stands in its stage for longer than the limit; `reason`, `said_on`: what its rep said last about this stage.

    `asked_on`: when somebody else last commented; `superior`: who is to ask.
    """

    number: str
    name: str
    staff: str | None
    stage: str
    since: str
    intent: str | None
    reason: str | None
    said_on: str | None
    last_contact: str | None
    comment: str | None
    asked_on: str | None
    amount: int | None
    staff_id: int | None
    superior: str | None

    def asked(self, limit: int) -> bool:
        """Whether somebody else said something since it stood still, after `limit` days."""
        return self.asked_on is not None and date.fromisoformat(self.asked_on) > date.fromisoformat(self.since) + timedelta(limit)

    @property
    def explained(self) -> bool:
        """Whether a reason was given for this stay."""
        return self.said_on is not None and self.said_on >= self.since


def stalled(r: Reader, where: str, day: date, days: int, **params: Any) -> list[Stalled]:
    """Leads in an open stage for more than `days` on a day, the longest first; `where` is SQL on `l`. LED-13."""
    return r.rows(Stalled, _SQL.format(where=where), since=day - timedelta(days), **params)


def stall_list(r: Reader, staff: str | None = None, *, days: int | None = None, unexplained: bool = False) -> Report:
    """The stall list: who stands still for how long, with which intent, why, and what the superior said. LED-13, ST-03, K-24."""
    limit = r.policy("stage.stall_days") if days is None else days
    where = f"{condition(r.actor, 'customers', 'l.staff_id')} AND l.staff_id IS NOT NULL"  # in the pool nobody is asked
    who = find(r, "staff", staff).id if staff else None
    found = stalled(r, where + (" AND l.staff_id = :staff" if who else ""), r.today, limit, staff=who)
    found = [s for s in found if not (unexplained and s.explained)]
    return Report(
        name="lead-stall",
        title=msg(N_("Leads standing still for more than {days} {days:day|days}"), days=limit),
        columns=COLUMNS,
        rows=[_row(r, s, limit) for s in found],
        notes=_why(found),
        as_of=r.today.isoformat(),
        empty=msg(N_("No lead stands still for more than {days} {days:day|days}."), days=limit),
        beyond_own=any(s.staff_id not in r.actor.team for s in found),
    )


def _row(r: Reader, s: Stalled, limit: int) -> tuple[Any, ...]:
    days = days_in_stage(date.fromisoformat(s.since), r.today)
    reason, said = (s.reason, s.said_on) if s.explained else (None, None)
    amount = s.amount if r.actor.sees_prices else None
    return (s.number, s.name, s.staff, s.stage, days, days - limit, s.intent, reason, said, s.last_contact, s.comment, amount)


def _why(found: list[Stalled]) -> tuple[Message, ...]:
    """How many for each reason, the unexplained first. LED-13."""
    counted = Counter((s.intent, s.reason) for s in found if s.explained)
    silent = sum(not s.explained for s in found)
    unexplained = [msg(N_("{count} without a reason"), count=silent)] if silent else []
    reasons = [
        msg(N_("{count}: {reason:code} (intent {intent:code})"), count=count, reason=reason, intent=intent)
        for (intent, reason), count in counted.most_common()
    ]
    return (*unexplained, *reasons)


# --- objections -----------------------------------------------------------------------------------------------------------------

OBJECTIONS = (
    Column("lead", N_("Lead")),
    Column("position", N_("No."), "int"),
    Column("date", N_("Date"), "date"),
    Column("staff", N_("Staff")),
    Column("stage", N_("Stage"), "code"),
    Column("objection", N_("Objection")),
    Column("answer", N_("Answer")),
    Column("answered", N_("Answered"), "date"),
)

_OBJECTIONS = """
SELECT l.number, b.position, b.day, s.code, l.stage, b.text, b.answer, b.answered_on
FROM objection b JOIN lead l ON l.id = b.lead_id JOIN staff s ON s.id = b.staff_id
WHERE {where} ORDER BY b.day DESC, b.id DESC{limit}"""


def objections(r: Reader, text: str | None = None, *, unanswered: bool = False, limit: int | None = None) -> Report:
    """Objections heard and what was answered, newest first, to learn from. LED-12."""
    terms = [condition(r.actor, "customers", "l.staff_id")] + ["b.answer IS NULL"] * unanswered
    terms += [f"({holding('b.text', text)} OR {holding('b.answer', text)})"] if text else []
    sql = _OBJECTIONS.format(where=" AND ".join(terms), limit=f" LIMIT {limit:d}" if limit else "")
    return Report(
        name="lead-objections",
        title=msg(N_("Objections and answers")),
        columns=OBJECTIONS,
        rows=r.tuples(sql, part=part_pattern(text) if text else None),
        as_of=r.today.isoformat(),
        empty=msg(N_("No objection fits. Note one: salescli lead objection NUMBER TEXT")),
    )
