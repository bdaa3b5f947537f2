"""What happens around an order: capacity answers, issues, carriers, where the goods are (ORD-07, ORD-08, ORD-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.core import changes
from salescli.core.errors import Kind, fail, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.report import Change, Done
from salescli.core.tasks_write import close_tasks_of, open_task
from salescli.core.text import NOTE, clean, clean_code, clean_or_none
from salescli.order.actions_new import Found, open_order
from salescli.order.reads_life import find_parcel
from salescli.order.rules_carrier import Spelt, spelt
from salescli.order.states import Answer, DeliveryKind, IssueKind, OrderState, TrackState
from salescli.order.tables import Delivery
from salescli.order.tables_life import CapacityAnswer, Carrier, OrderIssue, TrackEvent

if TYPE_CHECKING:
    from datetime import date, time

    from salescli.core.writer import Writer


# --- capacity -------------------------------------------------------------------------------------------------------------


def answer_capacity(w: Writer, number: str, *, change: bool, ready_on: date | None, note: str | None) -> Done:
    """Say whether an order can be done and by when, or what has to change; a change is the taker's task of today. ORD-07, X-33.

    Raises SalesError: 2 a change without a word on it, 6 an order that is over.
    """
    found = open_order(w, number)
    row, why = found.row, clean_or_none(note, C_("note"), NOTE, lines=True)
    _still_on(found)
    if change and why is None:
        fail("no_change_named", N_("say what has to change: --note"), kind=Kind.USAGE, rule="ORD-07")
    answer = Answer.CHANGE if change else Answer.CONFIRMED
    w.add(CapacityAnswer(order_id=found.id, day=w.today, staff_id=w.actor.id, answer=answer.value, ready_on=ready_on, note=why))
    if change:
        text = N_("{order}: {note}; talk to the customer at once, then: salescli order settle {order} TEXT")
        _negotiate(w, found, msg(text, order=row.number, note=why))
    text = N_("{order}: {answer:code}, ready on {day}") if ready_on else N_("{order}: {answer:code}")
    following = f'salescli order settle {row.number} "what was agreed"' if change else f"salescli order confirm {row.number}"
    return Done(
        msg(text, order=row.number, answer=answer.value, day=ready_on.isoformat() if ready_on else None),
        document=row.number,
        next=(following,),
    )


def _still_on(found: Found) -> None:
    if found.row.state in (OrderState.CANCELLED, OrderState.CLOSED):
        text = N_("{order} is {state:code}")
        hint = N_("salescli order show {order}")
        raise_if([problem("order_over", text, kind=Kind.STATE, rule="ORD-07", hint=hint, order=found.row.number, state=found.row.state)])


def _negotiate(w: Writer, found: Found, text: Message) -> None:
    taker = found.row.responsible_id or found.row.staff_id
    if taker is not None:
        open_task(w, taker, text.render(), w.today, document=found.row.number, rule="ORD-07")


def settle_change(w: Writer, number: str, outcome: str, promised: date | None) -> Done:
    """Note what was agreed with the customer about a change; his task is done, a new promise stands. ORD-07.

    Raises SalesError: 4 a promise before the order, 5 one beyond the usual months of an order taken on (ORD-03), 6 nothing to settle.
    """
    from salescli.order.actions_confirm import check_norm
    from salescli.order.rules_life import check_new_promise

    found = open_order(w, number)
    row = found.row
    last = w.session.exec(select(CapacityAnswer).where(CapacityAnswer.order_id == row.id).order_by(CapacityAnswer.id.desc())).first()  # type: ignore[union-attr]
    if last is None or last.answer != Answer.CHANGE or last.settled_on is not None:
        fail("nothing_to_settle", N_("no change is asked of {order}"), kind=Kind.STATE, rule="ORD-07",
             hint=N_("salescli order show {order}"), order=row.number)  # fmt: skip
    raise_if(check_new_promise(row.date, promised, w.today))
    last.outcome, last.settled_on = clean(outcome, C_("outcome"), NOTE, lines=True), w.today
    before = row.promised
    row.promised = promised or last.ready_on or row.promised
    if row.state == OrderState.CONFIRMED and row.promised != before:
        found.terms.norm_reason = last.outcome
        raise_if(check_norm(w, found))
    close_tasks_of(w, row.number, "ORD-07", last.outcome)
    changed = [Change(C_("promised"), _day(before), _day(row.promised))] if before != row.promised else []
    following = "confirm" if row.state == OrderState.DRAFT else "show"
    text = N_("{order}: the change is settled with the customer")
    return Done(
        msg(text, order=row.number), document=row.number, changes=tuple(changed), next=(f"salescli order {following} {row.number}",)
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- issues ---------------------------------------------------------------------------------------------------------------


def open_issue(w: Writer, number: str, kind: IssueKind, text: str) -> Done:
    """Note something that goes wrong with an order; its taker hears of it as a task. ORD-04, ORD-08."""
    found = open_order(w, number)
    said = clean(text, C_("text"), NOTE, lines=True)
    row = w.add(OrderIssue(number=w.number("OI"), order_id=found.id, day=w.today, staff_id=w.actor.id, kind=kind.value, text=said))
    taker = found.row.responsible_id or found.row.staff_id
    if taker is not None and taker != w.actor.id:
        open_task(w, taker, f"{found.row.number}: {said}"[:NOTE], w.today, document=row.number, rule="ORD-08")
    w.document = row.number
    return Done(
        msg(N_("issue {number} of {order} is noted: {kind:code}"), number=row.number, order=found.row.number, kind=kind.value),
        document=row.number,
        next=(f'salescli order solve {row.number} "what was done"',),
    )


def solve_issue(w: Writer, number: str, solution: str) -> Done:
    """Note how an issue was solved; its task is done. ORD-08. Raises SalesError: 3 no such issue, 6 solved already."""
    row = w.session.exec(select(OrderIssue).where(OrderIssue.number == number.strip().upper())).first()
    if row is None:
        fail("issue_not_found", N_("there is no issue {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli order issues"), number=number)
    if row.solved_on is not None:
        text = N_("issue {number} was solved on {day}")
        day = row.solved_on.isoformat()
        fail("issue_solved", text, kind=Kind.STATE, rule="ORD-08", hint=N_("salescli order issues"), number=row.number, day=day)
    row.solution, row.solved_on = clean(solution, C_("solution"), NOTE, lines=True), w.today
    close_tasks_of(w, row.number, "ORD-08", row.solution)
    w.document = row.number
    return Done(msg(N_("issue {number} is solved"), number=row.number), document=row.number, next=("salescli order issues --open",))


# --- carriers and where the goods are -----------------------------------------------------------------------------------------


def add_carrier(w: Writer, code: str, name: str, *, phone: str | None = None, site: str | None = None, active: bool | None = None) -> Done:
    """Enter a carrier, or change what is said of the one with that code: None keeps, an empty text empties. ORD-14."""
    typed = clean_code(code, C_("code")).upper()
    row = w.session.exec(select(Carrier).where(Carrier.code == typed)).first()
    said = clean(name, C_("name"), 80)
    given: dict[str, Any] = {"phone": phone, "site": site, "active": active}
    read = {"phone": changes.line(C_("phone"), 60), "site": changes.line(C_("site"))}
    fields = {"name": said} | changes.read_fields(given, read)
    if row is None:
        row = w.add(Carrier(code=typed, **fields))
        text = N_("carrier {code} {name} is entered")
    else:
        changes.apply(row, fields)
        text = N_("carrier {code} {name} is changed")
    w.document = row.code
    return Done(msg(text, code=row.code, name=row.name), document=row.code, next=("salescli order carriers",))


_USED = "SELECT DISTINCT carrier FROM (SELECT carrier FROM delivery WHERE carrier IS NOT NULL ORDER BY id DESC LIMIT 2000) AS d"


def carrier_of(w: Writer, text: str | None) -> Spelt:
    """A carrier as he is kept: his code, if the office lists him by that code or name, else as he was written before. ORD-14."""
    typed = clean_or_none(text, C_("carrier"), 80)
    if typed is None:
        return Spelt()
    listed = w.reader.tuples("SELECT code, name FROM carrier ORDER BY active DESC, code")
    return spelt(typed, {name: code for code, called in listed for name in (called, code)}, w.reader.column(_USED))


def track(
    w: Writer,
    number: str,
    state: TrackState,
    *,
    place: str | None = None,
    note: str | None = None,
    carrier: str | None = None,
    waybill: str | None = None,
    day: date | None = None,
    at: time | None = None,
) -> Done:
    """Note where the goods of a delivery are; carrier and waybill when they are known only now. ORD-14, ORD-16.

    `number` is a delivery, or an order whose last delivery is meant. Raises SalesError: 3 none, 4 a day before it or to come.
    """
    parcel, on = find_parcel(w.reader, number), day or w.today
    if parcel.kind != DeliveryKind.DELIVERY:
        hint = N_("salescli order track ORDER names its deliveries")
        fail("no_delivery", N_("{number} is a return"), kind=Kind.STATE, rule="ORD-14", hint=hint, number=parcel.number)
    if not parcel.date <= on.isoformat() <= w.today.isoformat():
        text = N_("{day} lies before the delivery of {delivered}, or is still to come")
        fail("track_day", text, rule="ORD-14", hint=N_("leave --on out for today"), day=on.isoformat(), delivered=parcel.date)
    row = w.get(Delivery, parcel.id)
    spelling = carrier_of(w, carrier)
    row.carrier = spelling.kept or row.carrier
    row.waybill = clean_or_none(waybill, C_("waybill"), 80) or row.waybill
    w.add(
        TrackEvent(
            delivery_id=parcel.id, day=on, time=at.strftime("%H:%M") if at else None, state=state.value,
            place=clean_or_none(place, C_("place")), note=clean_or_none(note, C_("note"), NOTE, lines=True), staff_id=w.actor.id or None,
        )
    )  # fmt: skip
    w.document = parcel.number
    return Done(
        msg(N_("{delivery} of {order}: {state:code}"), delivery=parcel.number, order=parcel.order, state=state.value),
        document=parcel.number,
        next=(f"salescli order track {parcel.order}",),
        warnings=tuple(spelling.notes(parcel.number)),
    )
