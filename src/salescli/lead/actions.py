"""Filing a lead and keeping its file: who filed first owns it, doubles are refused naming the holder (LED-01, LED-02, LED-04, LED-10)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.access import Scope, require
from salescli.core.alike import normal_name, normal_phone
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find
from salescli.core.phonetic import pinyin
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_code, clean_or_none, clean_phone
from salescli.customer import reads_owner
from salescli.customer.reads_archive import check_in_use
from salescli.customer.states import OwnerMove
from salescli.lead import rules
from salescli.lead.reads_match import Wanted, matches
from salescli.lead.reads_source import find_source
from salescli.lead.rules_match import Match, check_filing, check_override, earlier_ones
from salescli.lead.states import Intent, LeadState, Source, Stage
from salescli.lead.tables import Lead, StageChange

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.writer import Writer


def clean_quantity(text: str) -> str | None:
    """How much he needs, in words or figures; plain figures are above nought. LED-12. Raises SalesError (usage, exit 2)."""
    said = clean_or_none(text, C_("quantity"))
    figures = unicodedata.normalize("NFKC", said or "").replace(",", "").strip()
    if re.fullmatch(r"-?\d+(\.\d+)?", figures):
        if float(figures) <= 0:
            fail("no_quantity", N_('"{typed}" is no quantity somebody needs'), kind=Kind.USAGE, hint=N_("as in --quantity 12"), typed=said)
        return figures
    return said


FIELDS: dict[str, changes.Read] = {
    "name": lambda text: clean(text, C_("name")),
    "company": changes.line(C_("company")),
    "phone": clean_phone,
    "tax_no": lambda text: clean_code(text, C_("tax_no")).upper() if text.strip() else None,
    "region": changes.line(C_("region"), 80),
    "need": changes.remark(C_("need")),
    "spec": changes.remark(C_("spec")),
    "quantity": clean_quantity,
    "use": changes.line(C_("use")),
    "pain": changes.remark(C_("pain")),
    "equipment": changes.remark(C_("equipment")),
    "solution": changes.remark(C_("solution")),
    "note": changes.remark(C_("note")),
}
UNITS = {C_("amount"): "amount"}
CLEARABLE = (*[name for name in FIELDS if name != "name"], "amount", C_("expected"), C_("intent"))
IDENTITY = ("name", "company", "phone", "tax_no")
"""Fields that make somebody the same as somebody else."""


# --- finding and knowing ----------------------------------------------------------------------------------------------------


def load(w: Writer, reference: str) -> Lead:
    """The lead a reference means. Raises SalesError (exit 3) when nothing or several fit in the reader's scope."""
    return w.get(Lead, find(w.reader, "lead", reference).id)


def anybodys(w: Writer, number: str) -> Lead:
    """The lead with this number whoever holds it, else what the reference means in one's own scope."""
    found = w.reader.value("SELECT id FROM lead WHERE number = :number", number=number.strip().upper())
    return w.get(Lead, found) if found is not None else load(w, number)


def load_in_hand(w: Writer, reference: str) -> Lead:
    """The lead, open, and the acting person's to work: his own, or of those below him. Raises SalesError: 3, 4 in the pool, 6, 7."""
    lead = load(w, reference)
    owner = reads_owner.code_of(w.reader, lead.staff_id)
    leader = w.actor.may("lead.assign")
    hand = rules.check_in_hand(lead.number, lead.staff_id, owner, w.actor.visible("customers"), leader=leader)
    raise_if([*rules.check_open(standing(w, lead)), *hand])
    w.document = lead.number
    return lead


_CONTACTED = "SELECT 1 FROM interaction WHERE lead_number = :number LIMIT 1"
_PAUSED_FROM = "SELECT former FROM stage_change WHERE lead_id = :id AND stage = 'paused' ORDER BY id DESC LIMIT 1"
_UNANSWERED = "SELECT 1 FROM objection WHERE lead_id = :id AND answer IS NULL LIMIT 1"


def standing(w: Writer, lead: Lead) -> rules.Standing:
    """What the rules must know of a lead."""
    own = ("phone", "intent", "need", "spec", "quantity", "use", "pain", "solution", "equipment", "amount", "expected")
    filled = {name for name in own if getattr(lead, name) is not None}
    facts = {
        "customer": lead.customer_id is not None,
        "contacted": w.reader.value(_CONTACTED, number=lead.number) is not None,
        "objections_answered": w.reader.value(_UNANSWERED, id=lead.id) is None,
    }
    return rules.Standing(
        number=lead.number,
        state=LeadState(lead.state),
        stage=Stage(lead.stage),
        stage_since=lead.stage_since,
        intent=Intent(lead.intent) if lead.intent else None,
        filled=filled | {name for name, known in facts.items() if known},
        closed=lead.closed,
        owner=reads_owner.code_of(w.reader, lead.staff_id),
        before_pause=_before_pause(w, lead),
    )


def _before_pause(w: Writer, lead: Lead) -> Stage | None:
    """The stage a paused lead stood in; it is taken up again there or before, or brought on as from there."""
    if lead.stage != Stage.PAUSED:
        return None
    former: str | None = w.reader.value(_PAUSED_FROM, id=lead.id)
    return Stage(former) if former else None


# --- filing -----------------------------------------------------------------------------------------------------------------


def add(
    w: Writer,
    name: str,
    file: Mapping[str, Any],
    *,
    source: str | None,
    staff: str | None = None,
    customer: str | None = None,
    override: str | None = None,
) -> Done:
    """File a lead: its source is asked, the first who files it owns it, a second claim is refused naming holder and log.

    `staff` files it for somebody of one's own team; `customer` makes it an opportunity with a customer one has; `override` is a leader's
    reason to let a second claim stand. LED-01, LED-02, LED-04, LED-10, X-05.
    Raises SalesError: 2 no source or no good text, 3 unknown source, staff or customer, 4 known already or cap reached, 7 not yours.
    """
    values = read({"name": name, **file})
    code = find_source(w.reader, source)
    owner = _owner(w, staff)
    buyer = find(w.reader, "customer", customer) if customer else None
    known = matches(w.reader, _wanted(values), customer_id=buyer.id if buyer else None)
    if override is not None:
        require(w.actor, "lead.assign", w.verb)
        override = clean(override, C_("reason"), NOTE)
    raise_if([*_check_claim(w, known, override), *_check_entrance(w, owner, code), *_check_buyer(w, buyer, owner)])
    lead = file_lead(w, values, source=code, owner_id=owner.id, customer_id=buyer.id if buyer else None, reason=override)
    return Done(
        msg(N_("{number} {name} is filed, owner {staff}"), number=lead.number, name=lead.name, staff=owner.code),
        document=lead.number,
        next=(f"salescli lead follow {lead.number} TEXT --next +3d", f"salescli lead show {lead.number}"),
        facts={"staff": owner.code, "source": code, "stage": lead.stage},
        warnings=tuple(_told(known, overridden=override is not None)),
    )


def file_lead(
    w: Writer,
    values: Mapping[str, Any],
    *,
    source: str,
    owner_id: int | None,
    customer_id: int | None = None,
    reason: str | None = None,
) -> Lead:
    """Insert a lead with its first stage and its first owner. Raises SalesError (exit 4) when the owner holds as many as he may."""
    from salescli.lead.actions_owner import change_owner

    lead = w.add(
        Lead(
            number=w.number("LD"), source=source, filed_by=w.actor.id or None, created=w.today, stage_since=w.today,
            customer_id=customer_id, state=(LeadState.CONVERTED if customer_id else LeadState.NEW).value, **values, **sounds(values),
        )
    )  # fmt: skip
    w.document = lead.number
    assert lead.id is not None
    w.add(StageChange(lead_id=lead.id, day=w.today, stage=lead.stage, staff_id=w.actor.id or None))
    change_owner(w, lead, owner_id, OwnerMove.CREATED, reason)
    return lead


def read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as kept. Raises SalesError (usage, exit 2) for text that cannot be kept and for a negative amount."""
    values = changes.read_fields(typed, FIELDS)
    if (values.get("amount") or 0) < 0:
        fail("negative", N_("the amount is negative"), kind=Kind.USAGE)
    return values


def sounds(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns derived from name, company and phone."""
    return {
        "normal_name": normal_name(values.get("company") or values.get("name")),
        "normal_phone": normal_phone(values.get("phone")),
        "pinyin": pinyin(values.get("company") or values.get("name")),
    }


def _wanted(values: Mapping[str, Any]) -> Wanted:
    return Wanted(values["name"], values.get("company"), values.get("phone"), values.get("tax_no"))


def _owner(w: Writer, staff: str | None) -> Row:
    """For whom it is filed: oneself, or somebody of one's team."""
    actor = w.actor
    if staff is None:
        return Row(actor.id, actor.code, actor.name)
    found = find(w.reader, "staff", staff)
    if found.id != actor.id and not (actor.may("lead.desk") or (actor.may("lead.assign") and _above(w, found.id))):
        fail("not_your_team", N_("{staff} is not of your team; you may not file leads for others"), kind=Kind.FORBIDDEN, rule="LED-05",
             hint=N_("file it for yourself, or ask the leader"), staff=found.code)  # fmt: skip
    return found


def _above(w: Writer, staff_id: int) -> bool:
    return w.actor.scope("customers") is Scope.ALL or staff_id in w.actor.team


def _check_claim(w: Writer, known: Sequence[Match], override: str | None) -> list[Problem]:
    """A second claim is refused, unless a leader of whoever holds the first lets it stand. LED-04, X-05."""
    if override is None:
        return check_filing(known, by_leader=False)
    return check_override(known, None if w.actor.scope("customers") is Scope.ALL else w.actor.team)


def _check_entrance(w: Writer, owner: Row, source: str) -> list[Problem]:
    """The front desk gives visitors and callers to others by the register only, where the rules say to whom. LED-06, LED-09."""
    if owner.id == w.actor.id or source not in (Source.WALK_IN, Source.PHONE) or (w.actor.may("lead.assign") and _above(w, owner.id)):
        return []
    text = N_("who gets a visitor or caller is found by the register, not chosen")
    hint = N_("salescli lead reception NAME --phone NUMBER, or salescli lead call NAME --phone NUMBER")
    return [problem("by_register", text, rule="LED-06", hint=hint)]


def _check_buyer(w: Writer, buyer: Row | None, owner: Row) -> list[Problem]:
    """An opportunity with a customer belongs to who holds the customer. X-05, LED-10."""
    if buyer is None:
        return []
    holder = w.reader.value("SELECT staff_id FROM customer WHERE id = :id", id=buyer.id)
    if holder is None or holder == owner.id:
        return check_in_use(w.reader, buyer.id)
    text = N_("{customer} {name} is the customer of {holder}; an opportunity with him is his")
    hint = N_("file it for him: --staff {holder}")
    return [problem("not_your_customer", text, rule="LED-10", hint=hint, customer=buyer.code, name=buyer.name,
                    holder=reads_owner.code_of(w.reader, holder))]  # fmt: skip


def _told(known: Sequence[Match], *, overridden: bool) -> list[Problem]:
    """Warnings of doubles that did not block, and of second claims a leader let stand: nothing is left to be decided about these."""
    stand = [claim._replace(hint=None) for claim in check_filing(known, by_leader=False)] if overridden else []
    return [*earlier_ones(known), *stand]


# --- the file ---------------------------------------------------------------------------------------------------------------


def edit(
    w: Writer, reference: str, file: Mapping[str, Any], *, source: str | None = None, clear: Sequence[str] = (), override: str | None = None
) -> Done:
    """Change a lead's file (F-14); a name, telephone or tax number that somebody else has is refused as in `add`. LED-02, LED-12.

    Raises SalesError: 2 no good text, 3 no such lead or source, 4 in the pool or known already, 6 closed, 7 not yours.
    """
    lead = load_in_hand(w, reference)
    values = read(file) | changes.cleared(clear, CLEARABLE)
    if source is not None:
        values["source"] = find_source(w.reader, source)
    if override is not None:
        require(w.actor, "lead.assign", w.verb)
        override = clean(override, C_("reason"), NOTE)
    known = _known_elsewhere(w, lead, values)
    raise_if(_check_claim(w, known, override))
    found = changes.apply(lead, values, UNITS)
    if any(name in values for name in IDENTITY):
        changes.apply(lead, sounds({name: getattr(lead, name) for name in IDENTITY}))
    w.session.flush()
    if override is not None:
        w.note(lead.number, override)
    text = N_("{number} {name} is changed") if found else N_("{number} {name}: nothing to change")
    return Done(
        msg(text, number=lead.number, name=lead.name),
        document=lead.number,
        changes=tuple(changes.masked(w.actor, lead.staff_id, change) for change in found),
        next=(f"salescli lead show {lead.number}",),
        warnings=tuple(_told(known, overridden=override is not None)),
    )


def _known_elsewhere(w: Writer, lead: Lead, values: Mapping[str, Any]) -> list[Match]:
    """Only what changes is looked for elsewhere: an imported double may still be put in order."""
    after = {name: values.get(name, getattr(lead, name)) for name in IDENTITY}
    changed = {name for name in IDENTITY if after[name] != getattr(lead, name)}
    if not changed:
        return []
    named = changed & {"name", "company"}
    wanted = Wanted(
        after["name"] if named else "",
        after["company"] if named else None,
        after["phone"] if "phone" in changed else None,
        after["tax_no"] if "tax_no" in changed else None,
    )
    return matches(w.reader, wanted, but=lead.number, customer_id=lead.customer_id)


def screen(w: Writer, reference: str, to: LeadState, *, reason: str | None = None, of: str | None = None) -> Done:
    """Sort a lead: screened or a target customer to work; invalid or a duplicate (of which) with a reason. LED-03, ST-01.

    Raises SalesError: 2 no reason or no other lead named, 3 no such lead, 6 closed or no such move, 7 not yours.
    """
    lead = load_in_hand(w, reference)
    other = anybodys(w, of) if of and to is LeadState.DUPLICATE else None
    raise_if([*rules.check_state_move(standing(w, lead), to), *_check_sorted_out(lead, to, reason, other)])
    before = lead.state
    lead.state = to.value
    if to in (LeadState.INVALID, LeadState.DUPLICATE):
        lead.closed, lead.next_on, lead.lost_reason = w.today, None, reason or lead.lost_reason
        lead.duplicate_of = other.number if other else None
    w.session.flush()
    text = N_("{number} {name} is {state:code} (was {before:code})")
    following = () if lead.closed else (f"salescli lead nurture {lead.number} TEXT --due +7d",)
    return Done(msg(text, number=lead.number, name=lead.name, state=lead.state, before=before), document=lead.number, next=following,
                facts={"state": lead.state, "before": before})  # fmt: skip


def _check_sorted_out(lead: Lead, to: LeadState, reason: str | None, other: Lead | None) -> list[Problem]:
    if to is LeadState.INVALID and not reason:
        return [problem("no_reason", N_("say why it is invalid: --reason"), kind=Kind.USAGE, rule="LED-03")]
    if to is LeadState.DUPLICATE and (other is None or other.id == lead.id):
        return [problem("duplicate_of", N_("say of which lead it is a duplicate: --of NUMBER"), kind=Kind.USAGE, rule="LED-10")]
    return rules.check_stands(other.number, other.state) if other else []


def nurture(w: Writer, reference: str, text: str, due: Any) -> Done:
    """Give the lead's owner something to do to bring it on: material to send, a question to settle. LED-03.

    Raises SalesError: 2 no text or a day that is over, 3 no such lead, 6 closed, 7 not yours.
    """
    from salescli.core.tasks_write import open_task

    lead = load_in_hand(w, reference)
    wanted = clean(text, C_("task"), NOTE, lines=True)
    if due < w.today:
        fail("due_past", N_("the day {due} is over"), kind=Kind.USAGE, rule="LED-03", due=due.isoformat())
    task = open_task(w, lead.staff_id or w.actor.id, wanted, due, document=lead.number, rule="LED-03")
    w.document = lead.number
    return Done(
        msg(N_("task {task} for {number} {name}, due {due}"), task=task.number, number=lead.number, name=lead.name, due=due.isoformat()),
        document=task.number,
        facts={"lead": lead.number},
    )
