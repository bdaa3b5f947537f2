"""Goods going out in parts, coming back, replaced: stock moves and what the customer owes follow (ORD-13, ORD-15, ORD-17, AR-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.ar.actions import Money, post_receipt, post_receivable, told
from salescli.ar.reads_credit import promised
from salescli.ar.rules_credit import SHIPMENT
from salescli.core.dates import due_date
from salescli.core.errors import Problem, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.money import amount_text
from salescli.core.posting import posting_day
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.schema import id_of
from salescli.core.tax import prices_are_net
from salescli.core.text import clean_or_none
from salescli.order import rules_life
from salescli.order.actions import keep_delivered
from salescli.order.actions_agreed import check_contract_delivery
from salescli.order.actions_batches import check_named, coming_back, named_batches
from salescli.order.actions_confirm import still_needed
from salescli.order.actions_cost import keep_costs
from salescli.order.actions_follow import carrier_of
from salescli.order.actions_gifts import warn_gifts
from salescli.order.actions_new import Found, bad_record, credit, days_of, open_order, party_of
from salescli.order.reads_life import Place, had_on, matching, place_of, progress_of
from salescli.order.states import DeliveryKind, OrderState
from salescli.order.tables import Delivery, DeliveryLine
from salescli.stock.actions_label import laid_on
from salescli.stock.actions_moves import Going, move_many, release
from salescli.stock.reads_available import available
from salescli.stock.reads_lots import batches_moved
from salescli.stock.states import MoveKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.ar.rules import Applied
    from salescli.core.lines import TypedLine
    from salescli.core.report import Change
    from salescli.core.writer import Writer
    from salescli.order.rules_life import Progress
    from salescli.order.tables import SalesOrder
    from salescli.stock.actions_label import Wish

DELIVERIES, RETURNS = "DN", "RT"
"""Number series of delivery notes and of returns; what is owed or owed back for them bears the same number."""


class Shipping(NamedTuple):
    """How goods go out; `paid`: the money comes with them; `batch`: of goods kept by batch this one."""

    day: date | None = None
    carrier: str | None = None
    waybill: str | None = None
    paid: bool = False
    method: str | None = None
    batch: str | None = None


class Part(NamedTuple):
    """A quantity (1/1,000) of an order line that moves, and what that makes of amount and tax (1/100)."""

    line: Progress
    quantity: int
    amount: int
    tax: int


def deliver(w: Writer, number: str, lines: Sequence[TypedLine], shipping: Shipping) -> Done:
    """Hand goods of a confirmed order over: all that is left, or what is named. ORD-06, ORD-13, ORD-17, AR-01, AR-03, PRD-05.

    Raises SalesError: 3 unknown, 4 more than ordered, too little stock, a batch not for sale, credit, 5 needs approval, 6 not confirmed,
    7 another day.
    """
    found, day = open_order(w, number), posting_day(w, shipping.day)
    raise_if(rules_life.check_accepted(found.row.number, found.row.state))
    raise_if(rules_life.check_day(found.row.number, found.row.date, day))
    place = place_of(w.reader, found.terms.warehouse_id)
    parts = _going_out(w, found, lines)
    wishes = named_batches(w, [p.line.product_id for p in parts], lines, shipping.batch)
    raise_if(check_named(w, wishes, place, day))
    warnings = _check_goods(w, found, parts, place, shipping, day)
    return _send(w, found, parts, place, shipping, day, warnings, wishes, instead=_instead(w, found, parts))


def _instead(w: Writer, found: Found, parts: Sequence[Part]) -> Delivery | None:
    """The return that goods named after everything went out replace: they are sold anew, and are none of the rest. ORD-15."""
    if any(p.line.rest or p.quantity > p.line.back - p.line.replaced for p in parts):
        return None
    back = select(Delivery).where(Delivery.order_id == found.id, Delivery.kind == DeliveryKind.RETURN.value)
    return w.session.exec(back.order_by(col(Delivery.date).desc(), col(Delivery.id).desc())).first()


def _going_out(w: Writer, found: Found, lines: Sequence[TypedLine]) -> list[Part]:
    """The parts to hand over; nothing named is all that is left. Raises SalesError naming everything that may not go."""
    known = progress_of(w.reader, found.id)
    chosen = _chosen(w, found, known, lines) if lines else [(line, line.rest) for line in known if line.rest]
    if not chosen:
        text, hint = (
            N_("{order} is delivered in full"),
            N_("what came back is replaced by naming it: salescli order deliver {order} SKU=QTY"),
        )
        raise_if([problem("nothing_left", text, rule="ORD-13", hint=hint, order=found.row.number)])
    over = w.policy("order.over_delivery_pct")
    raise_if(
        p
        for line, quantity in chosen
        for p in rules_life.check_over_delivery(found.row.number, line, quantity, over, _beside(known, line) if lines else ())
    )
    return [_part(line, quantity, line.out + quantity) for line, quantity in chosen]


def _beside(known: Sequence[Progress], line: Progress) -> list[Progress]:
    """The lines before one that hold the same product: named goods fill them first."""
    return [x for x in known if x.product_id == line.product_id and x.line_no < line.line_no]


def _part(line: Progress, quantity: int, out: int) -> Part:
    return Part(line, quantity, *map(abs, line.worth(out)))


def _chosen(w: Writer, found: Found, known: Sequence[Progress], lines: Sequence[TypedLine]) -> list[tuple[Progress, int]]:
    """What is named, laid on the order's lines in their order; a product on two lines fills the first one first."""
    chosen = []
    wishes, problems = _wished(w, found, known, lines)
    raise_if(problems)
    for fit, rest in wishes:
        for line in fit[:-1]:
            part = min(rest, max(0, line.quantity - line.out))
            if part:
                chosen.append((line, part))
            rest -= part
        if rest or len(fit) == 1:
            chosen.append((fit[-1], rest))
    return chosen


def _wished(
    w: Writer, found: Found, known: Sequence[Progress], lines: Iterable[TypedLine]
) -> tuple[list[tuple[list[Progress], int]], list[Problem]]:
    """The lines of each product named and how much of it; the same product named twice, by whatever name, is one wish."""
    sums: dict[int, tuple[list[Progress], int]] = {}
    problems = []
    for typed in lines:
        fit = matching(w.reader, known, typed.sku)
        if not fit:
            problems.append(rules_life.not_ordered(found.row.number, typed.sku))
            continue
        _fit, before = sums.get(fit[0].product_id, (fit, 0))
        sums[fit[0].product_id] = (fit, before + typed.quantity)
    return list(sums.values()), problems


def _check_goods(w: Writer, found: Found, parts: Sequence[Part], place: Place, shipping: Shipping, day: date) -> list[Problem]:
    """Credit at the moment of shipment, and goods nobody else was promised. ORD-06, ORD-12."""
    row, amount = found.row, _worth(w, parts)
    problems = [*check_contract_delivery(w, found, _going(parts)), *_promised_to_others(w, found, parts, place, day)]
    warnings = bad_record(w, party_of(w, row.customer_id))
    if amount and not shipping.paid:
        more = _beyond(w, found.id, parts) if not found.terms.cash else amount
        verdict = credit(w, row, found.terms, SHIPMENT, more)
        problems += still_needed(w, verdict.problems)
        warnings += verdict.warnings if w.actor.sees_prices else ()
    raise_if(problems)
    return warnings


def _going(parts: Sequence[Part]) -> dict[int, tuple[str, int]]:
    """SKU and quantity of the parts, by product."""
    sums: dict[int, tuple[str, int]] = {}
    for p in parts:
        sums[p.line.product_id] = (p.line.sku, p.quantity + sums.get(p.line.product_id, ("", 0))[1])
    return sums


def _beyond(w: Writer, order_id: int, parts: Sequence[Part]) -> int:
    """What a delivery adds to what credit counts already as promised: beyond the order, or in place of what came back."""
    known = promised(w.reader, order_id)
    return sum(max(0, _worth(w, [p]) - known.get(p.line.line_id, 0)) for p in parts)


def _worth(w: Writer, parts: Iterable[Part]) -> int:
    """What the parts are worth on paper: with their tax in a book of net prices."""
    net = prices_are_net(w.reader)
    return sum(p.amount + (p.tax if net else 0) for p in parts)


def _promised_to_others(w: Writer, found: Found, parts: Sequence[Part], place: Place, day: date, *, own: bool = True) -> list[Problem]:
    """Goods reserved for other documents stay theirs (without `own` the order's own too), and expired ones stay here. ORD-12, PRD-05."""
    sums: dict[int, int] = {}
    names = {p.line.product_id: p.line.sku for p in parts}
    for p in parts:
        sums[p.line.product_id] = sums.get(p.line.product_id, 0) + p.quantity
    held = "SELECT coalesce(sum(quantity), 0) FROM reservation WHERE document = :n AND product_id = :p AND warehouse_id = :w"
    problems = []
    for product, quantity in sums.items():
        there = available(w.reader, product, place.id, day)
        free = there.available + (int(w.reader.value(held, n=found.row.number, p=product, w=place.id)) if own else 0)
        if quantity > free:
            problems.append(rules_life.not_free(found.row.number, names[product], place.code, quantity, max(0, free), there))
    return problems


def _send(
    w: Writer, found: Found, parts: Sequence[Part], place: Place, shipping: Shipping, day: date, warnings: Sequence[Problem],
    wishes: Sequence[Wish | None] = (), *, instead: Delivery | None = None,
) -> Done:  # fmt: skip
    row, spelling = found.row, carrier_of(w, shipping.carrier)
    note = _write(w, found, parts, place, day, DeliveryKind.DELIVERY, carrier=spelling.kept, waybill=shipping.waybill, instead=instead)
    for p in parts if instead is None else ():
        release(w, row.number, p.line.line_no, p.quantity)
    going = laid_on([Going(p.line.product_id, place.id, -p.quantity, None, p.line.line_no) for p in parts], wishes)
    move_many(w, MoveKind.DELIVERY, going, day=day, document=note.number)
    keep_costs(w, note.number)
    keep_delivered(w, row.id)
    w.session.refresh(row)
    changes, due = _claim(w, found, note, _worth(w, parts), day, shipping)
    priced = due and w.actor.sees_prices
    text = N_("{delivery}: {amount:amount} of {order} delivered, due {due}") if priced else N_("{delivery}: goods of {order} delivered")
    left = row.state == OrderState.CONFIRMED and any(line.rest for line in progress_of(w.reader, found.id))
    return Done(
        msg(text, delivery=note.number, order=row.number, amount=_worth(w, parts), due=due),
        document=note.number,
        changes=(*changes, *batches_moved(w.reader, note.number)),
        next=(f"salescli order print {note.number} -o {note.number}.pdf",
              f"salescli order deliver {row.number}" if left else f"salescli order show {row.number}"),
        facts={"order": row.number, "amount": _shown(w, _worth(w, parts)), "due": due, "complete": not left},
        warnings=(*warnings, *spelling.notes(note.number)),
    )  # fmt: skip


def _write(
    w: Writer, found: Found, parts: Sequence[Part], place: Place, day: date, kind: DeliveryKind,
    *, carrier: str | None = None, waybill: str | None = None, reason: str | None = None, instead: Delivery | None = None,
) -> Delivery:  # fmt: skip
    out = kind is DeliveryKind.DELIVERY
    note = w.add(
        Delivery(
            number=w.number(DELIVERIES if out else RETURNS, day), order_id=found.id, date=day, kind=kind.value, warehouse_id=place.id,
            carrier=carrier, waybill=clean_or_none(waybill, C_("waybill"), 80), reason=reason,
            replaces_id=id_of(instead) if instead else None,
        )
    )  # fmt: skip
    w.session.add_all(
        DeliveryLine(delivery_id=id_of(note), order_line_id=p.line.line_id, quantity=p.quantity, amount=p.amount, tax=p.tax) for p in parts
    )
    w.session.flush()
    w.document = note.number
    return note


def _claim(w: Writer, found: Found, note: Delivery, amount: int, day: date, shipping: Shipping) -> tuple[tuple[Change, ...], str | None]:
    """What is owed for a delivery, and the money that came with it. AR-01, AR-02, AR-03, ORD-17."""
    if amount <= 0:
        return (), None
    row = found.row
    due = due_date(day, 0 if shipping.paid else days_of(w, row, found.terms))
    claim, applied = post_receivable(
        w, customer_id=row.customer_id, amount=amount, day=day, due=due, number=note.number, staff_id=_owner(w, row),
        order_number=row.number, delivery_number=note.number,
    )  # fmt: skip
    if shipping.paid and claim.kept_open:
        method = clean_or_none(shipping.method, C_("method"), 40) or "cash"
        _receipt, more = post_receipt(w, Money(row.customer_id, claim.kept_open, day, method=method, pays=[id_of(claim)]))
        applied = [*applied, *more]
    return _told(w, applied), due.isoformat()


# --- back again -----------------------------------------------------------------------------------------------------------


def take_back(w: Writer, number: str, lines: Sequence[TypedLine], reason: str, *, day: date | None = None, exchange: bool = False) -> Done:
    """Goods come back to the batches they left: stock takes them, a credit note gives their amount back; with `exchange` the same goes out
    anew. ORD-15, STK-05.

    Raises SalesError: 3 unknown, 4 more than went out and is still there, or no reason, 6 nothing went out, 7 another day.
    """
    found, on = open_order(w, number), posting_day(w, day)
    why = clean_or_none(reason, C_("reason"))
    if why is None:
        raise_if([problem("no_reason", N_("a return needs a reason"), rule="ORD-15", hint=N_('--reason "…"'))])
    known = progress_of(w.reader, found.id)
    chosen = _coming_back(w, found, known, lines)
    raise_if(
        p for line, quantity in chosen for p in rules_life.check_back_on(found.row.number, line, quantity, had_on(w.reader, line, on), on)
    )
    parts = [_part(line, quantity, line.out - quantity) for line, quantity in chosen]
    place = place_of(w.reader, found.terms.warehouse_id)
    note = _write(w, found, parts, place, on, DeliveryKind.RETURN, reason=why)
    wishes = coming_back(w, found.row.number, found.id, lines)
    going = [Going(p.line.product_id, place.id, p.quantity, p.line.unit_cost, p.line.line_no) for p in parts]
    move_many(w, MoveKind.RETURN, laid_on(going, wishes), day=on, document=note.number, reason=why)
    changes = _credit(w, found, note, _worth(w, parts), on)
    if exchange:
        return _replace_goods(w, found, note, chosen, place, on)
    text = N_("{delivery}: {amount:amount} of {order} came back") if w.actor.sees_prices else N_("{delivery}: goods of {order} came back")
    return Done(
        msg(text, delivery=note.number, order=found.row.number, amount=_worth(w, parts)),
        document=note.number,
        changes=(*changes, *batches_moved(w.reader, note.number)),
        next=(f"salescli order show {found.row.number}",),
        facts={"order": found.row.number, "amount": _shown(w, _worth(w, parts))},
        warnings=tuple(warn_gifts(w.reader, found.row.number, found.id)),
    )


def _coming_back(w: Writer, found: Found, known: Sequence[Progress], lines: Sequence[TypedLine]) -> list[tuple[Progress, int]]:
    """What is named, laid on the lines that went out, the last one first filled. Raises SalesError naming every excess."""
    chosen = []
    wishes, problems = _wished(w, found, known, lines)
    for fit, rest in wishes:
        for line in fit[:-1]:
            part = min(rest, line.out)
            if part > 0:
                chosen.append((line, part))
                rest -= part
        if rest or len(fit) == 1:
            problems += rules_life.check_return(found.row.number, fit[-1], rest, fit[:-1])
            chosen.append((fit[-1], rest))
    raise_if(problems)
    return chosen


def _credit(w: Writer, found: Found, note: Delivery, amount: int, day: date) -> tuple[Change, ...]:
    """The credit note of a return. ORD-15, AR-01."""
    if amount <= 0:
        return ()
    row = found.row
    _claim_row, applied = post_receivable(
        w, customer_id=row.customer_id, amount=-amount, day=day, due=day, number=note.number, staff_id=_owner(w, row),
        order_number=row.number, delivery_number=note.number, note=note.reason,
    )  # fmt: skip
    return _told(w, applied)


def _owner(w: Writer, row: SalesOrder) -> int | None:
    """Who answers for what is owed: whoever sees the order through, its taker, else the customer's owner. AR-02."""
    return row.responsible_id or row.staff_id or party_of(w, row.customer_id).staff_id


def _told(w: Writer, applied: Iterable[Applied]) -> tuple[Change, ...]:
    """What it changed of the customer's debts, for who may see prices. ORG-07."""
    return told(w, applied) if w.actor.sees_prices else ()


def _shown(w: Writer, amount: int) -> str | None:
    return amount_text(amount) if w.actor.sees_prices else None


def _replace_goods(w: Writer, found: Found, back: Delivery, chosen: Sequence[tuple[Progress, int]], place: Place, day: date) -> Done:
    """The same goods go out again, on a note and a receivable of their own; what is promised to the rest of the order stays. ORD-15."""
    now = {line.line_id: line for line in progress_of(w.reader, found.id)}
    parts = [_part(now[line.line_id], quantity, now[line.line_id].out + quantity) for line, quantity in chosen]
    raise_if(_promised_to_others(w, found, parts, place, day, own=False))
    done = _send(w, found, parts, place, Shipping(), day, (), instead=back)
    text = N_("{back}: goods of {order} came back; {out}: the same went out anew")
    return done._replace(message=msg(text, back=back.number, order=found.row.number, out=done.document))
