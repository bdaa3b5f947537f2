"""Taking an order down, changing it while nothing binds anybody yet (ORD-02, ORD-09, ORD-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlmodel import select

from salescli.ar.reads_credit import credit_facts, credit_policy, who_sees
from salescli.ar.rules_credit import ENTRY, Verdict, Wanted, check_credit, veiled
from salescli.contract.reads_agreed import Agreed
from salescli.core.approval import waiting_on
from salescli.core.errors import Kind, Problem, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import amount_text
from salescli.core.posting import posting_day
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.schema import id_of, typed_text
from salescli.core.tax import document_amount
from salescli.core.text import clean_or_none
from salescli.customer.rules_standing import check_active, warn_bad_record
from salescli.order import rules_life
from salescli.order.actions_entry import ahead
from salescli.order.actions_grown import by_day, changed_since, last_day
from salescli.order.actions_pricing import Buyer, Costed, Line, price_lines, priced
from salescli.order.reads import visible
from salescli.order.states import OrderKind, OrderState
from salescli.order.tables import OrderLine, SalesOrder
from salescli.order.tables_life import OrderTerms
from salescli.price.foreign import Foreign, foreign
from salescli.price.reads_offlist import check_document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer


class Head(NamedTuple):
    """What an order says beside its lines; None keeps what is there, or takes the usual."""

    promised: date | None = None
    channel: str | None = None
    source: str | None = None
    region: str | None = None
    customer_ref: str | None = None
    note: str | None = None
    staff: str | None = None
    warehouse: str | None = None
    cash: bool | None = None
    days: int | None = None
    confirmed_on: date | None = None
    reason: str | None = None
    loss: str | None = None
    explanation: str | None = None
    day: date | None = None
    kind: OrderKind = OrderKind.SALE
    origin: str | None = None
    currency: str | None = None
    foreign: Foreign | None = None


class Party(NamedTuple):
    """The customer of an order, as the order needs him."""

    id: int
    code: str
    name: str
    staff_id: int | None
    region: str | None
    credit_limit: int | None
    credit_days: int | None
    bad_on: str | None
    bad_reason: str | None
    archived_on: str | None
    archived_reason: str | None


_PARTY = """SELECT id, code, name, staff_id, region, credit_limit, credit_days, bad_on, bad_reason, archived_on, archived_reason
            FROM customer WHERE id = :id"""


def party_of(w: Writer, customer_id: int) -> Party:
    """The customer of an order."""
    return w.reader.rows(Party, _PARTY, id=customer_id)[0]


def new(w: Writer, customer: str, lines: Sequence[Line], head: Head) -> Done:
    """Take an order down as a draft, priced. Raises as `create` does. ORD-10."""
    order, warnings = create(w, find(w.reader, "customer", customer).id, lines, head)
    who = party_of(w, order.customer_id)
    total = total_of(w, id_of(order))
    return Done(
        msg(
            N_("{order}: {customer} {name} orders {amount:amount}, a draft"),
            order=order.number,
            customer=who.code,
            name=who.name,
            amount=total,
        ),
        document=order.number,
        next=(f"salescli order show {order.number}", f"salescli order confirm {order.number}"),
        facts={"customer": who.code, "amount": amount_text(total)},
        warnings=tuple(warnings),
    )


def create(w: Writer, customer_id: int, lines: Sequence[Line], head: Head) -> tuple[SalesOrder, list[Problem]]:
    """Write a draft order with its lines and terms; quotes, contracts and cash sales make theirs here. ORD-02, ORD-10.

    Raises SalesError: 2 unfit text, 3 unknown product, person or warehouse, 4 goods without a price, 6 an archived customer, 7 another day
    without the right.
    """
    who, day = party_of(w, customer_id), posting_day(w, head.day)
    archived = w.today.fromisoformat(who.archived_on) if who.archived_on else None
    raise_if([*check_active(who.code, who.name, archived, who.archived_reason), *rules_life.check_promise(day, head.promised),
              *rules_life.check_confirmed_day(head.confirmed_on, w.today)])  # fmt: skip
    costed = price_lines(w.reader, Buyer(who.id, day, head.channel, head.region), _kinds(lines, head))
    taker = find_optional(w.reader, "staff", head.staff)
    order = w.add(
        SalesOrder(
            number=w.number("SO", day), date=day, customer_id=who.id, staff_id=taker.id if taker else _taker(w, who),
            state=OrderState.DRAFT.value, promised=head.promised, region=clean_or_none(head.region, C_("region"), 80),
            channel=clean_or_none(head.channel, C_("channel"), 40), source=clean_or_none(head.source, C_("source"), 80),
            customer_ref=clean_or_none(head.customer_ref, C_("customer_ref"), 80),
            note=clean_or_none(head.note, C_("note"), 4000, lines=True),
        )
    )  # fmt: skip
    w.document = order.number
    _set_currency(w, order, head)
    terms = _terms(w, order, who, head)
    write_lines(w, order, costed)
    return order, [*bad_record(w, who), *at_entry(w, order, terms, costed), *ahead(w, order, terms)]


def _set_currency(w: Writer, order: SalesOrder, head: Head) -> list[Change]:
    """The currency the total is said in beside the book's: the one agreed, or the one typed at the rate of the order's day. PRC-08."""
    if head.currency is None and head.foreign is None:
        return []
    before, own = order.currency, head.foreign or (foreign(w, head.currency, order.date) if head.currency else None)
    order.currency, order.exchange_rate = own or (None, None)
    w.session.flush()
    return [Change(C_("currency"), before, order.currency)] if before != order.currency else []


def _kinds(lines: Sequence[Line], head: Head) -> list[Line]:
    return [line._replace(free=True) for line in lines] if head.kind is OrderKind.FREE else list(lines)


def _taker(w: Writer, who: Party) -> int | None:
    """Whoever writes the order took it, if he sells; an office clerk writes for the customer's owner. AR-02."""
    sells = not w.actor.roles.isdisjoint(("rep", "supervisor", "manager", "director"))
    return w.actor.id if sells else who.staff_id


def _terms(w: Writer, order: SalesOrder, who: Party, head: Head) -> OrderTerms:
    place, loss = find_optional(w.reader, "warehouse", head.warehouse), find_optional(w.reader, "staff", head.loss)
    cash = head.cash if head.cash is not None else head.kind is OrderKind.CASH
    return w.add(
        OrderTerms(
            order_id=id_of(order), kind=head.kind.value, warehouse_id=place.id if place else None, origin=head.origin, cash=cash,
            credit_days=head.days, confirmed_on=head.confirmed_on, norm_reason=clean_or_none(head.reason, C_("reason"), 4000, lines=True),
            explanation=clean_or_none(head.explanation, C_("explanation"), 4000, lines=True), loss_id=loss.id if loss else None,
        )
    )  # fmt: skip


def write_lines(w: Writer, order: SalesOrder, costed: Sequence[Costed]) -> None:
    """Put the lines of a draft in place of what was there."""
    for row in w.session.exec(select(OrderLine).where(OrderLine.order_id == order.id)).all():
        w.session.delete(row)
    w.session.flush()
    w.session.add_all(
        OrderLine(
            order_id=id_of(order), line_no=no, product_id=line.resolved.product_id, quantity=line.wanted.quantity,
            unit_price=line.unit_price,
            discount=line.wanted.discount, amount=line.amount, tax=line.tax, unit_cost=line.resolved.cost, note=line.wanted.note,
            list_price=line.resolved.list_price, price_source=line.resolved.source.value, promo_discount=line.wanted.promo_discount,
            promo_number=line.wanted.promo_number, gift=line.wanted.gift or line.wanted.free,
            grown_on=line.wanted.day if line.wanted.day != order.date else None,
        )
        for no, line in enumerate(costed, 1)
    )  # fmt: skip
    w.session.flush()


def bad_record(w: Writer, who: Party) -> list[Problem]:
    """What the file says against the customer, shown with every order of his. ORD-04."""
    return warn_bad_record(who.code, who.name, w.today.fromisoformat(who.bad_on) if who.bad_on else None, who.bad_reason)


def at_entry(w: Writer, order: SalesOrder, terms: OrderTerms, costed: Sequence[Costed]) -> list[Problem]:
    """What stands against an order already while it is a draft, said as a warning: it stops at confirming. ORD-06, PRC-05."""
    if terms.kind == OrderKind.FREE.value:
        return []
    agreed = Agreed(w.reader, terms.origin, id_of(order), order.date)
    lines = [x for x in priced(costed) if not agreed.covers(x.resolved.product_id, x.unit_price, x.discount, x.quantity)]
    prices = check_document(w.reader, order.number, lines)
    verdict = credit(w, order, terms, ENTRY)
    since = changed_since(w, order, ((x.resolved, x.wanted.quantity, x.wanted.day or order.date) for x in costed if _by_table(x)))
    return [*(_later(p, order) for p in prices), *since, *verdict.problems, *verdict.warnings]


def _by_table(line: Costed) -> bool:
    """Whether the price table says what a line costs."""
    return not (line.wanted.gift or line.wanted.free or line.wanted.agreed)


def _later(found: Problem, order: SalesOrder) -> Problem:
    """An approval of a price is asked for when the order is confirmed."""
    if found.ask is None:
        return found
    hint = N_('it is asked for at confirming: salescli order confirm {order} --request "reason"')
    return found._replace(hint=msg(hint, order=order.number))


def credit(w: Writer, order: SalesOrder, terms: OrderTerms | None, point: str, amount: int | None = None) -> Verdict:
    """What credit says of an order today; without figures to who may not see the customer's account. ORD-05, ORD-06, ORG-07."""
    facts = credit_facts(w.reader, order.customer_id, w.today)
    found = check_credit(facts, _wanted(w, order, terms, point, amount), credit_policy(w.reader))
    owner = w.reader.value("SELECT staff_id FROM customer WHERE id = :id", id=order.customer_id)
    if not any(found) or w.actor.sees("receivables", owner):
        return found
    people = who_sees(w.reader, owner)
    return Verdict(*([veiled(p, facts, order.number, people) for p in each] for each in found))


def _wanted(w: Writer, order: SalesOrder, terms: OrderTerms | None, point: str, amount: int | None) -> Wanted:
    """What the order asks of credit; `amount` where it is not the whole of it."""
    whole = total_of(w, id_of(order))
    return Wanted(
        order.number, whole if amount is None else amount, whole, w.today, point, bool(terms and terms.cash), days_of(w, order, terms)
    )


def days_of(w: Writer, order: SalesOrder, terms: OrderTerms | None) -> int:
    """Days to pay after delivery: none for cash, else the order's own, else the customer's, else those of new customers. AR-03."""
    if terms and terms.cash:
        return 0
    if terms and terms.credit_days is not None:
        return terms.credit_days
    own = w.reader.value("SELECT credit_days FROM customer WHERE id = :id", id=order.customer_id)
    return int(own if own is not None else w.policy("ar.new_terms_days"))


def total_of(w: Writer, order_id: int) -> int:
    """What an order is worth on paper, in 1/100: the sum of its rounded lines, with the tax on top in a book of net prices."""
    amount = document_amount(w.reader)
    return int(w.reader.value(f"SELECT coalesce(sum({amount}), 0) FROM order_line l WHERE l.order_id = :id", id=order_id))


# --- finding and changing ------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """An order with its terms; an imported one has none until it is touched."""

    row: SalesOrder
    terms: OrderTerms

    @property
    def id(self) -> int:
        """The id of the order, which is in the book."""
        return id_of(self.row)


def open_order(w: Writer, number: str) -> Found:
    """The order of that number, upper or lower case, if the acting person may see it. Raises SalesError (3)."""
    sql = f"SELECT o.id FROM sales_order o WHERE o.number IN (:n, :up, :low) AND {visible(w.reader)} ORDER BY o.number <> :n"
    typed = number.strip()
    order_id = w.reader.value(sql, n=typed, up=typed.upper(), low=typed.lower())
    if order_id is None:
        _unknown(number)
    row = w.get(SalesOrder, order_id)
    terms = w.session.exec(select(OrderTerms).where(OrderTerms.order_id == order_id)).first()
    w.document = row.number
    return Found(row, terms or w.add(OrderTerms(order_id=order_id)))


def _unknown(number: str) -> NoReturn:
    text, hint = N_("there is no order {order}"), N_("salescli order list --period 2026, or --customer NAME")
    fail("order_not_found", text, kind=Kind.NOT_FOUND, hint=hint, order=number)


_OWN = {
    "promised": "promised",
    "channel": "channel",
    "source": "source",
    "region": "region",
    "customer_ref": "customer_ref",
    "note": "note",
}
_TERMS = {"cash": "cash", "days": "credit_days", "confirmed_on": "confirmed_on", "reason": "norm_reason", "explanation": "explanation"}


def edit(w: Writer, number: str, lines: Sequence[Line], head: Head) -> Done:
    """Change a draft; lines given take the place of all lines. ORD-10: what was issued is not changed any more.

    Raises SalesError: 6 for an order that is no draft, or one a request waits on; else as `create`.
    """
    from salescli.order.actions_agreed import goods_of, grows, keep_agreed, lapse_capacity, lapse_ticks

    found = open_order(w, number)
    row = found.row
    raise_if([*rules_life.check_draft(row.number, row.state), *rules_life.check_waiting(row.number, waiting_on(w.reader, row.number)),
              *rules_life.check_new_promise(row.date, head.promised, w.today),
              *rules_life.check_confirmed_day(head.confirmed_on, w.today)])  # fmt: skip
    changes = [*_set(row, head, _OWN), *_set(found.terms, head, _TERMS), *_refer(w, found, head), *_set_currency(w, row, head)]
    before, warnings = total_of(w, found.id), bad_record(w, party_of(w, row.customer_id))
    if lines:
        typed, sold = keep_agreed(w, found, lines), goods_of(w, found)
        more = grows(w, found, typed)
        if more:
            lapse_capacity(w, found)
        wanted = by_day(w, row, _kinds(typed, head._replace(kind=OrderKind(found.terms.kind))))
        buyer = Buyer(row.customer_id, row.date, row.channel, row.region, row.number, last_day(wanted))
        costed = price_lines(w.reader, buyer, wanted)
        write_lines(w, row, costed)
        warnings += [*lapse_ticks(w, found, sold), *at_entry(w, row, found.terms, costed)]
    warnings += ahead(w, row, found.terms)
    after = total_of(w, found.id)
    if after != before:
        changes.append(Change(C_("amount"), amount_text(before), amount_text(after)))
    return Done(
        msg(N_("{order} is changed"), order=row.number),
        document=row.number,
        changes=tuple(changes),
        next=(f"salescli order confirm {row.number}",),
        warnings=tuple(warnings),
    )


def _set(row: SalesOrder | OrderTerms, head: Head, fields: dict[str, str]) -> list[Change]:
    changes = []
    for given, column in fields.items():
        value, before = getattr(head, given), getattr(row, column)
        if value is None or value == before:
            continue
        setattr(row, column, typed_text(row, column, value) if isinstance(value, str) else value)
        changes.append(Change(column, _text(before), _text(value)))
    return changes


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _refer(w: Writer, found: Found, head: Head) -> list[Change]:
    """Changes of whoever and wherever an order refers to."""
    changes = []
    place, loss, taker = (find_optional(w.reader, "warehouse", head.warehouse), find_optional(w.reader, "staff", head.loss),
                          find_optional(w.reader, "staff", head.staff))  # fmt: skip
    if place:
        found.terms.warehouse_id = place.id
        changes.append(Change(C_("warehouse"), None, place.code))
    if loss:
        found.terms.loss_id = loss.id
        changes.append(Change(C_("loss"), None, loss.code))
    if taker:
        found.row.staff_id = taker.id
        changes.append(Change(C_("staff"), None, taker.code))
    return changes
