"""One lead whole: its file, and its log of contacts, comments, stages, owners, objections (LED-02, LED-12, LED-13, F-07, F-14)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.access import mask
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import Row, find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.lead.reads import weights_of
from salescli.lead.reads_stall import LAST_CONTACT
from salescli.lead.rules import days_in_stage
from salescli.lead.rules_score import score
from salescli.lead.states import STAGES, Intent, Stage

if TYPE_CHECKING:
    from salescli.core.reader import Reader

RECENT = 5
"""Log lines shown under a lead's file; the rest: lead log."""

SHOW = (
    Column("lead", N_("Lead")),
    Column("name", N_("Name")),
    Column("company", N_("Company")),
    Column("phone", N_("Phone")),
    Column("tax_no", N_("Tax number")),
    Column("region", N_("Region")),
    Column("source", N_("Source"), "code"),
    Column("created", N_("Filed on"), "date"),
    Column("filed_by", N_("Filed by")),
    Column("staff", N_("Staff")),
    Column("assigned_by", N_("Assigned by")),
    Column("customer", N_("Customer")),
    Column("state", N_("State"), "code"),
    Column("stage", N_("Stage"), "code"),
    Column("days_in_stage", N_("Days in stage"), "int"),
    Column("intent", N_("Intent"), "code"),
    Column("score", N_("Score"), "int"),
    Column("need", N_("Need")),
    Column("spec", N_("Specification")),
    Column("quantity", N_("Quantity")),
    Column("use", N_("Use")),
    Column("pain", N_("Real pain")),
    Column("equipment", N_("Size and equipment list")),
    Column("solution", N_("Solution")),
    Column("amount", N_("Amount"), "amount"),
    Column("expected", N_("Expected"), "date"),
    Column("next_on", N_("Next contact"), "date"),
    Column("last_contact", N_("Last contact"), "date"),
    Column("closed", N_("Closed"), "date"),
    Column("lost_reason", N_("Reason")),
    Column("alternative", N_("Offered instead")),
    Column("duplicate_of", N_("Duplicate of")),
    Column("note", N_("Note")),
)

_SHOW = f"""
SELECT l.number AS lead, l.name, l.company, l.phone, l.tax_no, l.region, l.source, l.created, f.code AS filed_by, s.code AS staff,
       a.code AS assigned_by, c.code AS customer, l.state, l.stage, l.stage_since AS days_in_stage, l.intent, l.staff_id AS score,
       l.need, l.spec, l.quantity, l.use, l.pain, l.equipment, l.solution, l.amount, l.expected, l.next_on,
       {LAST_CONTACT} AS last_contact, l.closed, l.lost_reason, l.alternative, l.duplicate_of, l.note
FROM lead l
LEFT JOIN staff s ON s.id = l.staff_id
LEFT JOIN staff f ON f.id = l.filed_by
LEFT JOIN staff a ON a.id = l.assigned_by
LEFT JOIN customer c ON c.id = l.customer_id
WHERE l.id = :id"""


def detail(r: Reader, reference: str) -> Report:
    """A lead's file (F-14) with its latest log lines. LED-02, LED-12. Raises SalesError (exit 3) outside the reader's scope."""
    found = find(r, "lead", reference)
    keys = [column.key for column in SHOW]
    file = dict(zip(keys, r.tuples(_SHOW, id=found.id)[0], strict=True))
    owner, since = file["score"], date.fromisoformat(file["days_in_stage"])
    last = date.fromisoformat(file["last_contact"]) if file["last_contact"] else None
    stage = Stage(file["stage"])
    file["days_in_stage"] = days_in_stage(since, r.today) if stage in STAGES else None
    file["score"] = score(weights_of(r), stage, Intent(file["intent"]) if file["intent"] else None, last, r.today)
    file["phone"] = file["phone"] if r.actor.sees_phones_of(owner) else mask(file["phone"])
    file["amount"] = file["amount"] if r.actor.sees_prices else None
    return Report(
        name="lead-show",
        title=msg(N_("{number} {name}"), number=found.code, name=found.name),
        columns=SHOW,
        rows=[tuple(file.values())],
        notes=_recent(r, found),
        as_of=r.today.isoformat(),
        record=True,
        beyond_own=owner not in r.actor.team,
    )


def _recent(r: Reader, lead: Row) -> tuple[Message, ...]:
    lines = entries(r, lead)
    shown = [msg(N_("{day} {kind:code} {staff}: {text}"), day=e.day, kind=e.kind, staff=e.staff, text=_said(e)) for e in lines[-RECENT:]]
    more = (
        [msg(N_("all {count} {count:line|lines}: salescli lead log {number}"), count=len(lines), number=lead.code)]
        if len(lines) > RECENT
        else []
    )
    return (*shown, *more)


def _said(e: Entry) -> str | Message | None:
    if e.kind == STAGE:
        return msg(N_("{former:code} to {stage:code}"), former=e.former, stage=e.stage) if e.former else msg(N_("filed"))
    if e.kind == OWNER:
        return msg(N_("{move:code}, {former} to {owner}"), move=e.ref, former=e.former, owner=e.stage)
    return e.text


# --- the log ------------------------------------------------------------------------------------------------------------------

FOLLOW_UP, COMMENT, STAGE, OWNER = C_("follow_up"), C_("comment"), C_("stage"), C_("owner")
OBJECTION, ANSWER, INVITATION, ARRIVAL = C_("objection"), C_("answer"), C_("invitation"), C_("arrival")


class Entry(NamedTuple):
    """One line of a lead's log."""

    day: str
    kind: str
    ref: str | None
    staff: str | None
    text: str | None
    former: str | None = None
    stage: str | None = None
    intent: str | None = None
    stall: str | None = None
    next_on: str | None = None
    promise: str | None = None


LOG = (
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Kind"), "code"),
    Column("ref", N_("Document"), "code"),
    Column("staff", N_("Staff")),
    Column("text", N_("Text")),
    Column("former", N_("Former"), "code"),
    Column("stage", N_("Stage or owner"), "code"),
    Column("intent", N_("Intent"), "code"),
    Column("stall", N_("Stands still because"), "code"),
    Column("next_on", N_("Next contact"), "date"),
    Column("promise", N_("Promise")),
)

_LOGS = (
    f"""SELECT o.day, '{OWNER}', o.move, p.code, o.reason, f.code, n.code FROM owner_change o LEFT JOIN staff p ON p.id = o.operator_id
        LEFT JOIN staff f ON f.id = o.former_id LEFT JOIN staff n ON n.id = o.owner_id
        WHERE o.lead_number = :number ORDER BY o.day, o.id""",
    f"""SELECT i.day, '{FOLLOW_UP}', i.number, s.code, coalesce(i.content, i.need), NULL, f.stage, f.intent, f.stall_reason,
               i.next_on, f.promise
        FROM interaction i JOIN staff s ON s.id = i.staff_id LEFT JOIN follow_up f ON f.interaction_id = i.id
        WHERE i.lead_number = :number ORDER BY i.day, i.id""",
    f"""SELECT b.day, '{OBJECTION}', CAST(b.position AS TEXT), s.code, b.text FROM objection b JOIN staff s ON s.id = b.staff_id
        WHERE b.lead_id = :id ORDER BY b.position""",
    f"""SELECT b.answered_on, '{ANSWER}', CAST(b.position AS TEXT), s.code, b.answer FROM objection b JOIN staff s ON s.id = b.staff_id
        WHERE b.lead_id = :id AND b.answer IS NOT NULL ORDER BY b.position""",
    f"""SELECT v.made_on, '{INVITATION}', v.wanted, s.code, v.note FROM invitation v JOIN staff s ON s.id = v.staff_id
        WHERE v.lead_id = :id ORDER BY v.id""",
    f"""SELECT v.arrived_on, '{ARRIVAL}', v.wanted, s.code, v.note FROM invitation v JOIN staff s ON s.id = v.staff_id
        WHERE v.lead_id = :id AND v.arrived_on IS NOT NULL ORDER BY v.id""",
    f"""SELECT g.day, '{STAGE}', NULL, s.code, g.reason, g.former, g.stage FROM stage_change g LEFT JOIN staff s ON s.id = g.staff_id
        WHERE g.lead_id = :id ORDER BY g.id""",
    f"""SELECT c.day, '{COMMENT}', i.number, s.code, c.text FROM lead_comment c JOIN staff s ON s.id = c.staff_id
        LEFT JOIN interaction i ON i.id = c.interaction_id WHERE c.lead_id = :id ORDER BY c.day, c.id""",
)


def entries(r: Reader, lead: Row) -> list[Entry]:
    """Everything said and done about a lead, in the order of the days."""
    found = [Entry(*row) for sql in _LOGS for row in r.tuples(sql, id=lead.id, number=lead.code)]
    return sorted(found, key=lambda entry: entry.day)


def log(r: Reader, reference: str) -> Report:
    """The log of a lead: every contact with stage, intent and reason, every comment, move, owner, objection and answer. LED-12, LED-13.

    An owner line has the move as document, the former owner as from and the new one as stage.
    """
    lead = find(r, "lead", reference)
    return Report(
        name="lead-log",
        title=msg(N_("Log of {number} {name}"), number=lead.code, name=lead.name),
        columns=LOG,
        rows=[tuple(entry) for entry in entries(r, lead)],
        as_of=r.today.isoformat(),
    )
