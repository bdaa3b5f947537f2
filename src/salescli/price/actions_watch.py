"""What is noted about prices: corrections, rivals' prices, exchange rates, papers lent (PRC-01, PRC-06, PRC-07, PRC-08)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.price import reads_watch
from salescli.price.actions_request import currency_code
from salescli.price.states import LoanKind
from salescli.price.tables_watch import ExchangeRate, PriceCorrection, PriceLoan, RivalPrice

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def correct(w: Writer, order: str, line_no: int, cause: str, measure: str) -> Done:
    """Note why a line left the price table and what was done about it. PRC-06. Raises SalesError: 2 no text, 3 no such line."""
    number = reads_watch.order_line(w.reader, order, line_no)
    row = PriceCorrection(
        order_number=number,
        line_no=line_no,
        day=w.today,
        cause=clean(cause, C_("cause"), NOTE, lines=True),
        measure=clean(measure, C_("measure"), NOTE, lines=True),
        staff_id=w.actor.id,
    )
    w.add(row)
    w.document = number
    text = N_("the price of {order} line {line} is noted as corrected")
    return Done(msg(text, order=number, line=line_no), number, next=("salescli price check --by line --faults",))


class Seen(NamedTuple):
    """What was seen at a rival's: price and cost in 1/10,000."""

    unit_price: int
    region: str | None = None
    cost: int | None = None
    day: date | None = None
    source: str | None = None
    note: str | None = None


def add_rival(w: Writer, product: str, rival: str, seen: Seen) -> Done:
    """Note what a rival asks for the like of a product. PRC-01, PRC-06. Raises SalesError: 2 no price, a day to come, 3 no such product."""
    goods = find(w.reader, "product", product)
    day = seen.day or w.today
    if seen.unit_price <= 0:
        fail("price_not_positive", N_("a rival's price is more than nothing"), kind=Kind.USAGE, rule="PRC-01")
    if day > w.today:
        fail("day_to_come", N_("{day} is still to come"), kind=Kind.USAGE, rule="PRC-01", day=day.isoformat())
    name = clean(rival, C_("rival"), 80)
    w.add(
        RivalPrice(
            product_id=goods.id, rival=name, region=clean_or_none(seen.region, C_("region"), 80), day=day, unit_price=seen.unit_price,
            cost=seen.cost, source=clean_or_none(seen.source, C_("source")), note=clean_or_none(seen.note, C_("note"), NOTE, lines=True),
            staff_id=w.actor.id,
        )
    )  # fmt: skip
    w.document = goods.code
    text = N_("{rival} asks {price:price} for the like of {sku}")
    return Done(msg(text, rival=name, price=seen.unit_price, sku=goods.code), goods.code, next=(f"salescli price rivals {goods.code}",))


def set_rate(w: Writer, currency: str, rate: int, day: date | None = None, source: str | None = None) -> Done:
    """Note what 100 units of a currency cost from a day on (1/10,000 of the book's). PRC-08.

    Raises SalesError: 2 no currency, or the book's own, 6 another rate stands for that day.
    """
    code = currency_code(w, currency)
    if code is None:
        fail("own_currency", N_("{currency} is the book's own currency"), kind=Kind.USAGE, rule="PRC-08", currency=currency.upper())
    if rate <= 0:
        fail("rate_not_positive", N_("an exchange rate is more than nothing"), kind=Kind.USAGE, rule="PRC-08")
    on = day or w.today
    known = w.reader.value("SELECT rate FROM exchange_rate WHERE currency = :c AND day = :d", c=code, d=on)
    if known is not None and known != rate:
        text = N_("{currency} stands at {rate:price} on {day} already; documents may rest on it")
        fail("rate_known", text, kind=Kind.STATE, rule="PRC-08", hint=N_("give it from another day on: --on DATE"), currency=code,
             rate=known, day=on.isoformat())  # fmt: skip
    if known is None:
        w.add(ExchangeRate(currency=code, day=on, rate=rate, source=clean_or_none(source, C_("source"))))
    w.document = code
    text = N_("100 {currency} cost {rate:price} from {day} on")
    return Done(msg(text, currency=code, rate=rate, day=on.isoformat()), code, next=("salescli price rates",))


class Lending(NamedTuple):
    """A paper that leaves the house: to whom, until when, who answers for it."""

    kind: str
    title: str
    recipient: str
    due: date | None = None
    customer: str | None = None
    staff: str | None = None
    note: str | None = None


def lend(w: Writer, wanted: Lending) -> Done:
    """Note a paper that leaves the house. A price list does not (PRC-07); a drawing and a sample book are due back.

    Raises SalesError: 2 no text, due before today, 3 no such person, 4 a price list.
    """
    if wanted.kind == "price_list":
        fail(
            "price_list_stays",
            N_("the price list is not lent out; a quote names prices"),
            rule="PRC-07",
            hint=N_("salescli quote new CUSTOMER SKU=QTY; one price: salescli price quote-for CUSTOMER SKU QTY"),
        )
    due = wanted.due
    if due is None and wanted.kind != LoanKind.CATALOGUE:
        due = w.today + timedelta(days=w.policy("price.loan_days"))
    if due is not None and due < w.today:
        fail("due_past", N_("{day} is over; a paper is due back on a day to come"), kind=Kind.USAGE, rule="PRC-07", day=due.isoformat())
    customer, staff = find_optional(w.reader, "customer", wanted.customer), find_optional(w.reader, "staff", wanted.staff)
    row = w.add(
        PriceLoan(
            number=w.number("LN"), kind=wanted.kind, title=clean(wanted.title, C_("title")),
            recipient=clean(wanted.recipient, C_("recipient")),
            customer_id=customer.id if customer else None, staff_id=staff.id if staff else w.actor.id, lent_on=w.today, due=due,
            note=clean_or_none(wanted.note, C_("note"), NOTE, lines=True),
        )
    )  # fmt: skip
    w.document = row.number
    text = N_("{number}: {title} went to {recipient}; due back on {day}") if due else N_("{number}: {title} was given to {recipient}")
    return Done(
        msg(text, number=row.number, title=row.title, recipient=row.recipient, day=due.isoformat() if due else ""),
        row.number,
        next=(f"salescli price loan back {row.number}",) if due else ("salescli price loan list",),
    )


def take_back(w: Writer, number: str) -> Done:
    """Note that a paper came back. PRC-07. Raises SalesError: 3 no such loan, 6 it is back, or was given for good."""
    loan = reads_watch.loan(w.reader, number)
    if loan.returned_on is not None or loan.due is None:
        text = N_("{number} came back on {day}") if loan.returned_on else N_("{number} was given for good; nothing comes back")
        fail(
            "not_lent",
            text,
            kind=Kind.STATE,
            rule="PRC-07",
            hint=N_("salescli price loan list"),
            number=loan.number,
            day=loan.returned_on or "",
        )
    w.get(PriceLoan, loan.id).returned_on = w.today
    w.document = loan.number
    late = max(0, (w.today - type(w.today).fromisoformat(loan.due)).days)
    text = N_("{number} {title} is back, {days} {days:day|days} late") if late else N_("{number} {title} is back")
    return Done(msg(text, number=loan.number, title=loan.title, days=late), loan.number, next=("salescli price loan list",))
