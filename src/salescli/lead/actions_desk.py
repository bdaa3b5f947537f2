"""The front desk: visitors and callers go to the earlier rep, the duty group or stay, and everything is counted (LED-06..09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import require
from salescli.core.errors import Problem, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none, clean_phone
from salescli.customer import reads_owner
from salescli.customer.actions_owner import change_owner as change_customer_owner
from salescli.customer.actions_visit import clean_time
from salescli.customer.states import Channel, OwnerMove
from salescli.customer.tables import Customer
from salescli.customer.tables_contact import Interaction
from salescli.lead import reads_desk, rules_desk
from salescli.lead.actions import file_lead
from salescli.lead.actions_owner import change_owner
from salescli.lead.reads_duty import OnDuty, next_on_duty
from salescli.lead.reads_match import Wanted, matches
from salescli.lead.reads_source import find_source
from salescli.lead.rules_desk import Candidates, Due
from salescli.lead.rules_match import Match, earlier_ones, rightful
from salescli.lead.states import Entrance, Ground, Source
from salescli.lead.tables import Lead
from salescli.lead.tables_desk import Reception

if TYPE_CHECKING:
    from salescli.core.writer import Writer


class Arrival(NamedTuple):
    """A visitor (F-04) or caller (F-03) as typed. `named`: the rep he asks for; `staff`: who gets him when the front desk chooses."""

    name: str
    phone: str | None = None
    named: str | None = None
    need: str | None = None
    channel: str | None = None
    staff: str | None = None
    reason: str | None = None
    time: str | None = None
    minutes: int | None = None
    invited: bool = False


class _Known(NamedTuple):
    """Who he is to the book already: every match, the one that counts, and whose he is."""

    found: list[Match]
    best: Match | None
    holder: Due | None


class _Turn(NamedTuple):
    """Whose turn it is when nobody knows him: the make-up due and the next one on duty."""

    make_up: reads_desk.MakeUp | None
    duty: OnDuty | None


def receive(w: Writer, entrance: Entrance, arrival: Arrival) -> Done:
    """Enter a visitor or caller: the book is asked for the earlier rep, and who gets him follows. LED-06, LED-08, LED-10, X-05, X-21.

    Raises SalesError: 2 a caller without a number, 3 unknown rep, 4 nobody on duty, or another rep than the rules say without a reason.
    """
    _require_desk(w)
    name, phone = clean(arrival.name, C_("name")), clean_phone(arrival.phone)
    raise_if(rules_desk.check_caller(phone) if entrance is Entrance.CALL else [])
    known, turn = _known(w, name, phone), _turn(w)
    found = rules_desk.due(entrance, _candidates(w, arrival, known, turn))
    staff_id, deviation = _allocate(w, arrival, found)
    lead = _lead(w, arrival._replace(reason=deviation or "LED-06"), known, staff_id, name, phone, entrance)
    row = w.add(
        Reception(
            number=w.number("RE"), day=w.today, time=clean_time(arrival.time), entrance=entrance.value, name=name, phone=phone,
            need=clean_or_none(arrival.need, C_("need"), NOTE, lines=True), known=known.best is not None,
            earlier_id=known.holder.staff_id if known.holder else None, named_id=_named(w, arrival),
            duty_group=turn.duty.group if turn.duty and found and found.ground is Ground.DUTY else None,
            due_id=found.staff_id if found else None, ground=(found.ground if found and not deviation else Ground.CHOSEN).value,
            staff_id=staff_id, deviation=deviation, lead_id=lead.id if lead else None, customer_id=_customer(known, lead),
            minutes=arrival.minutes, invited=arrival.invited, filed_by=w.actor.id or None, **_sheet(w, arrival, entrance),
        )
    )  # fmt: skip
    _record(w, row, lead)
    if turn.make_up and found and found.ground is Ground.MAKE_UP:
        w.get(Reception, turn.make_up.id).made_up_by = row.number
    w.session.flush()
    w.document = row.number
    return _done(w, row, lead, known)


def _require_desk(w: Writer) -> None:
    """Whoever acts as front desk (rolemap.FD), or stands above it. X-21."""
    if not reads_desk.acts_as_desk(w.reader):
        require(w.actor, "lead.desk", w.verb)


def _known(w: Writer, name: str, phone: str | None) -> _Known:
    found = matches(w.reader, Wanted(name, None, phone))
    strong = [m for m in found if not m.weak]
    held = rightful(found, w.today, w.policy("pool.idle_days"))
    best = held.match if held else next((m for m in strong if m.open), strong[0] if strong else None)
    return _Known(found, best, Due(held.staff_id, held.ground) if held else None)


def _turn(w: Writer) -> _Turn:
    return _Turn(reads_desk.make_up_due(w.reader), next_on_duty(w.reader, w.today))


def _named(w: Writer, arrival: Arrival) -> int | None:
    return find(w.reader, "staff", arrival.named).id if arrival.named else None


def _candidates(w: Writer, arrival: Arrival, known: _Known, turn: _Turn) -> Candidates:
    desk = w.actor.id if reads_desk.acts_as_desk(w.reader) else None
    make_up = turn.make_up.staff_id if turn.make_up else None
    return Candidates(known.holder, _named(w, arrival), desk, make_up, turn.duty.staff_id if turn.duty else None)


def _allocate(w: Writer, arrival: Arrival, found: Due | None) -> tuple[int, str | None]:
    """Who gets him, and the reason when that is not who should. LED-06, LED-09."""
    chosen = find(w.reader, "staff", arrival.staff) if arrival.staff else None
    reason = clean_or_none(arrival.reason, C_("reason"), NOTE, lines=True)
    due_code = reads_owner.code_of(w.reader, found.staff_id if found else None)
    raise_if(rules_desk.check_allocation(found, due_code, chosen.id if chosen else None, chosen.code if chosen else None, reason))
    if chosen is None:
        assert found is not None
        return found.staff_id, None
    return chosen.id, reason if found and chosen.id != found.staff_id else None


def _lead(
    w: Writer, arrival: Arrival, known: _Known, staff_id: int, name: str, phone: str | None, entrance: Entrance
) -> Lead | None:  # fmt: skip
    """The open lead he is; one from the pool goes to who gets him; a stranger becomes a new lead; a customer needs none.

    A customer out of the pool goes to who gets him as a lead does; one whose file is put away comes as somebody new. LED-06, X-05.
    """
    match = known.best
    if match and match.customer_id and match.kind == "customer" and match.open:
        customer = w.get(Customer, match.customer_id)
        if customer.staff_id is None:
            change_customer_owner(w, customer, staff_id, OwnerMove.ASSIGNED, arrival.reason)
        return None
    if match and match.open:
        lead = w.get(Lead, w.reader.value("SELECT id FROM lead WHERE number = :number", number=match.number))
        if lead.staff_id is None:
            change_owner(w, lead, staff_id, OwnerMove.ASSIGNED, arrival.reason)
        return lead
    source = find_source(w.reader, arrival.channel) if arrival.channel else _usual(entrance)
    values = {"name": name, "phone": phone, "need": clean_or_none(arrival.need, C_("need"), NOTE, lines=True)}
    return file_lead(w, values, source=source, owner_id=staff_id)


def _usual(entrance: Entrance) -> str:
    return (Source.WALK_IN if entrance is Entrance.VISIT else Source.PHONE).value


def _customer(known: _Known, lead: Lead | None) -> int | None:
    if lead is not None:
        return lead.customer_id
    return known.best.customer_id if known.best else None


def _sheet(w: Writer, arrival: Arrival, entrance: Entrance) -> dict[str, Any]:
    """The channel asked already; a caller's is asked at once, a visitor's is confirmed by his rep (F-05)."""
    if not arrival.channel:
        return {}
    return {"channel": find_source(w.reader, arrival.channel), "confirmed_on": w.today if entrance is Entrance.CALL else None}


def _record(w: Writer, row: Reception, lead: Lead | None) -> None:
    """The contact in everybody's log: a visitor's with the rep who received him, a caller's with who took the call. LED-10."""
    visit = row.entrance == Entrance.VISIT
    w.add(
        Interaction(
            number=w.number("VS"), day=w.today, time=row.time, channel=(Channel.RECEPTION if visit else Channel.CALL).value,
            staff_id=row.staff_id if visit else w.actor.id, customer_id=row.customer_id, lead_number=lead.number if lead else None,
            contact=row.name[:80], content=row.need, minutes=row.minutes, document=row.number, in_depth=False, entered=w.today,
            entered_by=w.actor.id or None,
        )
    )  # fmt: skip
    if lead is not None and lead.next_on is None:
        lead.next_on = w.today


def _done(w: Writer, row: Reception, lead: Lead | None, known: _Known) -> Done:
    staff = reads_owner.person(w.reader, row.staff_id)
    following = [f"salescli lead confirm {row.number} --source SOURCE"] if row.entrance == Entrance.VISIT else []
    following += [f"salescli lead invite {lead.number} --on DATE"] if lead and not row.invited else []
    return Done(
        _sentence(row, staff.code, staff.name),
        document=row.number,
        next=tuple(following),
        facts={"staff": staff.code, "ground": row.ground, "known": row.known, "lead": lead.number if lead else None},
        warnings=(*rules_desk.introduction(row.minutes, w.policy("call.intro_max_min")), *_remarks(w, row), *earlier_ones(known.found)),
    )


def _sentence(row: Reception, code: str, name: str) -> Message:
    text = N_("{number} {visitor}: new, goes to {staff} {name} ({ground:code})")
    if row.known:
        text = N_("{number} {visitor}: known, goes to {staff} {name} ({ground:code})")
    return msg(text, number=row.number, visitor=row.name, staff=code, name=name, ground=row.ground)


def _remarks(w: Writer, row: Reception) -> list[Problem]:
    """What the front desk should know: no number left, and a count told too early. LED-08, LED-09."""
    found = []
    if not row.phone:
        text = N_("{number} left no telephone number; without one nobody finds out whether he was here before")
        found.append(problem("no_contact", text, rule="LED-08", number=row.number))
    if w.reader.value("SELECT 1 FROM desk_report WHERE day = :day", day=row.day):
        text, hint = N_("the count of {day} was told already; tell it again"), N_("salescli lead desk-tell --on {day}")
        found.append(problem("count_stale", text, rule="LED-09", hint=hint, day=row.day.isoformat()))
    return found
