"""Quotes as lists and one by one, within the reader's scope, with cost, margin, rival price and deviation (QUO-01..06)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find_optional
from salescli.core.money import line_amount, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.tax import prices_are_net
from salescli.price.rules import PathPolicy, deviation, net_price
from salescli.quote import rules
from salescli.quote.rules_payment import Term, plan_text
from salescli.quote.states import Anchor, Basis, QuoteState, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.dates import Period
    from salescli.core.reader import Reader


class QuoteRow(NamedTuple):
    """A quote with its last version and the names around it."""

    id: int
    number: str
    day: str
    customer_id: int
    customer: str
    customer_name: str
    staff_id: int
    staff: str
    lead: str | None
    channel: str | None
    state: str
    version: int
    version_id: int
    valid_until: str
    sent_on: str | None
    confirmed_on: str | None
    lost_reason: str | None
    rival: str | None
    became: str | None

    def shown(self, day: date) -> QuoteState:
        """The state on a day."""
        return shown(self.state, self.valid_until, day.isoformat())


_QUOTE = """
SELECT q.id, q.number, q.day, q.customer_id, c.code, c.name, q.staff_id, s.code, l.number, q.channel, q.state, q.version, v.id,
       v.valid_until, q.sent_on, q.confirmed_on, q.lost_reason, q.rival, q.became
FROM quote q
JOIN quote_version v ON v.quote_id = q.id AND v.version_no = q.version
JOIN customer c ON c.id = q.customer_id
JOIN staff s ON s.id = q.staff_id
LEFT JOIN lead l ON l.id = q.lead_id
WHERE {terms}
ORDER BY q.day DESC, q.id DESC"""


def seen(r: Reader) -> str:
    """SQL for the quotes a reader may see: his own, and those for his customers."""
    return f"({condition(r.actor, 'orders', 'q.staff_id')} OR {condition(r.actor, 'customers', 'c.staff_id')})"


def quote(r: Reader, number: str) -> QuoteRow:
    """One quote by number. Raises SalesError (exit 3) for one that is not there or not the reader's to see."""
    found = r.first(QuoteRow, _QUOTE.format(terms=f"{seen(r)} AND lower(q.number) = :number"), number=number.strip().lower())
    if found is None:
        fail("quote_not_found", N_("there is no quote {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli quote list"), number=number)
    return found


def select(r: Reader, terms: str, **params: Any) -> list[QuoteRow]:
    """Quotes that meet SQL terms on `q`, `v`, `c`, within the reader's scope."""
    return r.rows(QuoteRow, _QUOTE.format(terms=f"{seen(r)} AND {terms}"), **params)


class Line(NamedTuple):
    """A line of a version."""

    line_no: int
    sku: str
    name: str
    unit: str | None
    quantity: int
    unit_price: int
    discount: int
    amount: int
    tax: int
    list_price: int | None
    floor_price: int | None
    unit_cost: int | None
    rival_price: int | None
    price_source: str | None
    promo_number: str | None
    promo_discount: int
    gift: int
    spec: str | None

    def facts(self) -> rules.LineFacts:
        """The line as approval sees it."""
        listed, floor = (None, None) if self.gift else (self.list_price, self.floor_price)  # gifts were approved with their plan
        return rules.LineFacts(self.sku, self.quantity, self.unit_price, self.discount, self.amount, listed, floor, self.unit_cost)


LINE = """SELECT x.line_no, p.sku, p.name, p.unit, x.quantity, x.unit_price, x.discount, x.amount, x.tax, x.list_price, p.floor_price,
       x.unit_cost, {rival}, x.price_source, x.promo_number, x.promo_discount, x.gift, p.spec
FROM {table} x JOIN product p ON p.id = x.product_id WHERE x.version_id = :id ORDER BY x.line_no"""


def lines_of(r: Reader, version_id: int) -> list[Line]:
    """The lines of a version."""
    return r.rows(Line, LINE.format(table="quote_line", rival="x.rival_price"), id=version_id)


def plan_of(r: Reader, version_id: int, table: str = "quote_payment") -> list[Term]:
    """The payment plan of a version of a quote (or, by its table, of a contract)."""
    sql = f"SELECT basis, share, amount, anchor, days, due FROM {table} WHERE version_id = :id ORDER BY term_no"
    return [
        Term(Basis(basis), share, amount, Anchor(anchor), days, date.fromisoformat(due) if due else None)
        for basis, share, amount, anchor, days, due in r.tuples(sql, id=version_id)
    ]


def sections_of(r: Reader, version_id: int) -> dict[str, str | None]:
    """The written sections of a version (F-13)."""
    row = r.tuples(f"SELECT {', '.join(rules.SECTIONS)} FROM quote_version WHERE id = :id", id=version_id)[0]
    return dict(zip(rules.SECTIONS, row, strict=True))


def figures_of(r: Reader, version_id: int) -> rules.Figures:
    """A version in figures. QUO-05."""
    lines = lines_of(r, version_id)
    return rules.figures([line.facts() for line in lines], tax=sum(line.tax for line in lines) if prices_are_net(r) else 0)


def path_policy(r: Reader, day: date) -> PathPolicy:
    """approval.path.AP-01, price.deviation_steps and price.margin_floor_pct on a day."""
    return PathPolicy(
        tuple(r.policy("approval.path.AP-01", day)), tuple(r.policy("price.deviation_steps", day)), r.policy("price.margin_floor_pct", day)
    )


def posts_for(r: Reader, found: rules.Figures, day: date) -> tuple[str, ...]:
    """Who must approve a version with these figures. QUO-02, QUO-05, X-01."""
    return rules.quote_posts(found, path_policy(r, day), skip_manager=r.policy("quote.skip_manager_at_list", day))


# --- lists --------------------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("quote", N_("Quote")),
    Column("date", N_("Date"), "date"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("By")),
    Column("version", N_("Version"), "int"),
    Column("state", N_("State"), "code"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("margin_pct", N_("Margin %"), "percent"),
    Column("valid_until", N_("Valid until"), "date"),
    Column("became", N_("Became")),
)


class Wanted(NamedTuple):
    """Which quotes a list holds; None narrows nothing."""

    customer: str | None = None
    staff: str | None = None
    period: Period | None = None
    state: str | None = None
    open: bool = False


def listing(r: Reader, wanted: Wanted, as_of: date | None = None) -> Report:
    """Quotes, newest first, with state and figures on a day. QUO-06."""
    day = as_of or r.today
    terms, params = _terms(r, wanted, day)
    found = [(row, row.shown(day)) for row in r.rows(QuoteRow, _QUOTE.format(terms=" AND ".join(terms)), **params)]
    rows = [_list_row(r, row, state) for row, state in found if wanted.state in (None, state.value)]
    return Report(
        name="quote-list",
        title=msg(N_("Quotes")),
        columns=COLUMNS,
        rows=rows,
        as_of=day.isoformat(),
        empty=msg(N_("No quotes. Make one: salescli quote new CUSTOMER SKU=QTY")),
        beyond_own=r.actor.visible("orders") is None,
    )


def _terms(r: Reader, wanted: Wanted, day: date) -> tuple[list[str], dict[str, Any]]:
    terms: list[str] = [seen(r), "q.day <= :day"]
    params: dict[str, Any] = {"day": day}
    customer, staff = find_optional(r, "customer", wanted.customer), find_optional(r, "staff", wanted.staff)
    if customer:
        terms.append(f"q.customer_id = {customer.id:d}")
    if staff:
        terms.append(f"q.staff_id = {staff.id:d}")
    if wanted.open:
        terms.append("q.state NOT IN ('lost', 'converted')")
    if wanted.period:
        terms.append("q.day BETWEEN :first AND :last")
        params |= {"first": wanted.period.start, "last": wanted.period.end}
    return terms, params


def _list_row(r: Reader, row: QuoteRow, state: QuoteState) -> tuple[Any, ...]:
    found = figures_of(r, row.version_id)
    money = (found.total, found.margin) if r.actor.sees_prices else (None, None)
    return (row.number, row.day, row.customer, row.customer_name, row.staff, row.version, state.value, *money, row.valid_until, row.became)


# --- one quote ----------------------------------------------------------------------------------------------------------

LINES = (
    Column("line", N_("No."), "int"),
    Column("sku", N_("SKU")),
    Column("name", N_("Product")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("unit", N_("Unit")),
    Column("list_price", N_("List price"), "price"),
    Column("unit_price", N_("Unit price"), "price"),
    Column("discount_pct", N_("Discount %"), "percent"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("deviation_pct", N_("Below list %"), "percent"),
    Column("unit_cost", N_("Unit cost"), "price"),
    Column("margin_pct", N_("Margin %"), "percent"),
    Column("rival_price", N_("Rival price"), "price"),
    Column("promo_discount", N_("Promotion takes off"), "amount"),
    Column("promotion", N_("Promotion")),
)
_PRICES = frozenset(c.key for c in LINES if c.kind in ("price", "amount", "percent"))
_PROMOTED = ("promo_discount", "promotion")


def lines_shown(lines: Sequence[Line], *, prices: bool, without: Sequence[str] = ()) -> tuple[tuple[Column, ...], list[tuple[Any, ...]]]:
    """Columns and rows of the lines of a quote or contract; what plans took off has columns where one gave something. QUO-01, PRO-02."""
    left_out = {*without, *(() if any(line.promo_number for line in lines) else _PROMOTED)}
    kept = [i for i, c in enumerate(LINES) if c.key not in left_out]
    rows = [tuple(cells[i] for i in kept) for cells in (_line_row(line, prices=prices) for line in lines)]
    return tuple(LINES[i] for i in kept), rows


def _line_row(line: Line, *, prices: bool) -> tuple[Any, ...]:
    """A line as people read it; what a plan took off is not earned."""
    net = net_price(line.unit_price, line.discount)
    off = deviation(line.list_price, net) if line.list_price else None
    row = (
        line.line_no, line.sku, line.name, line.quantity, line.unit, line.list_price, line.unit_price, line.discount, line.amount, off,
        line.unit_cost, _earned(line, net), line.rival_price, line.promo_discount or None, line.promo_number,
    )  # fmt: skip
    return row if prices else tuple(None if c.key in _PRICES else cell for c, cell in zip(LINES, row, strict=True))


def _earned(line: Line, net: int) -> int | None:
    """The part of a line's price that is not cost, after what a plan took off (1/10,000)."""
    if line.unit_cost is None:
        return None
    if not line.promo_discount:
        return rate_of(net - line.unit_cost, net)
    return rate_of(line.amount - line_amount(line.quantity, line.unit_cost), line.amount)


def detail(r: Reader, number: str, version: int | None = None) -> Report:
    """A quote: its lines, sections, payment plan, approval path, negotiation and versions. QUO-01..06.

    Raises SalesError (exit 3): no such quote, no such version.
    """
    row = quote(r, number)
    version_id = (row if version is None else at_version(r, row, version)).version_id
    found, lines = figures_of(r, version_id), lines_of(r, version_id)
    columns, rows = lines_shown(lines, prices=r.actor.sees_prices)
    return Report(
        name="quote-show",
        title=msg(N_("Quote {number}, version {version}, for {customer} {name}: {state:code}"), number=row.number,
                  version=version or row.version, customer=row.customer, name=row.customer_name, state=row.shown(r.today).value),
        columns=columns,
        rows=rows,
        totals={**_totals(found), **tax_of(r, lines)} if r.actor.sees_prices else {"amount": None},
        figures=(TAX, Column("cost", N_("Total cost"), "amount"), Column("margin_pct", N_("Margin %"), "percent")),
        notes=tuple(_notes(r, row, version_id, found)),
        as_of=r.today.isoformat(),
        beyond_own=r.actor.visible("orders") is None,
    )  # fmt: skip


TAX = Column("tax", N_("Tax in the total"), "amount")


def tax_of(r: Reader, lines: Sequence[Line]) -> dict[str, int]:
    """What a book of net prices puts on top of the lines, said beside their total; nothing where prices bear their tax."""
    return {"tax": sum(line.tax for line in lines)} if prices_are_net(r) else {}


def _totals(found: rules.Figures) -> dict[str, int | None]:
    return {"amount": found.total, "cost": found.cost, "margin_pct": found.margin}


def at_version(r: Reader, row: QuoteRow, version: int) -> QuoteRow:
    """The quote with another of its versions in the place of the last. Raises SalesError (3) for one it does not have."""
    found = r.tuples("SELECT id, valid_until FROM quote_version WHERE quote_id = :id AND version_no = :no", id=row.id, no=version)
    if not found:
        text = N_("{number} has no version {version}; its last is {last}")
        hint = N_("salescli quote show {number}")
        fail("version_not_found", text, kind=Kind.NOT_FOUND, hint=hint, number=row.number, version=version, last=row.version)
    return row._replace(version=version, version_id=found[0][0], valid_until=found[0][1])


def _notes(r: Reader, row: QuoteRow, version_id: int, found: rules.Figures) -> list[Message]:
    until = r.value("SELECT valid_until FROM quote_version WHERE id = :id", id=version_id)
    notes = [msg(N_("by {staff}, valid until {day}"), staff=row.staff, day=until)]
    labels = {"need": N_("need: {text}"), "configuration": N_("configuration: {text}"), "time_cost": N_("time and cost: {text}"),
              "after_sales": N_("after-sales: {text}")}  # fmt: skip
    notes += [msg(labels[name], text=text) for name, text in sections_of(r, version_id).items() if text]
    if r.actor.sees_prices:
        from salescli.price.foreign import notes as foreign_notes

        notes += foreign_notes(r, "quote_version", version_id, found.total)
        notes += plan_text(plan_of(r, version_id))
        if row.state in (QuoteState.DRAFT, QuoteState.RETURNED, QuoteState.IN_REVIEW):
            text = N_("approved by, in order: {posts:code}; furthest below list {off:pct} per cent")
            notes.append(msg(text, posts=",".join(posts_for(r, found, r.today)), off=found.deviation))
    return [*notes, *refused(r, row.number), *_fate(row), *talks(r, row.id), *_versions(r, row)]


_REFUSED = """
SELECT a.state, p.decided_on, s.code, p.reason FROM approval a
LEFT JOIN approval_step p ON p.approval_id = a.id AND p.decision = 'refused'
LEFT JOIN staff s ON s.id = p.decided_by
WHERE a.document = :number ORDER BY a.id DESC LIMIT 1"""


def refused(r: Reader, number: str) -> list[Message]:
    """Who refused the last request about a document, and why; nothing once another was filed. QUO-02, CTR-02."""
    found = r.tuples(_REFUSED, number=number)
    if not found or found[0][0] != "refused":
        return []
    _state, day, staff, why = found[0]
    return [msg(N_("refused by {staff} on {day}: {why}"), staff=staff or "-", day=day or "-", why=why or "-")]


def _fate(row: QuoteRow) -> list[Message]:
    known = (
        (N_("sent on {value}"), row.sent_on),
        (N_("confirmed by the customer on {value}"), row.confirmed_on),
        (N_("lost: {value}"), row.lost_reason),
        (N_("lost to {value}"), row.rival),
        (N_("became {value}"), row.became),
        (N_("from lead {value}"), row.lead),
    )
    return [msg(text, value=value) for text, value in known if value]


def talks(r: Reader, quote_id: int) -> list[Message]:
    """The rounds of the negotiation. QUO-04."""
    sql = """SELECT t.day, t.topic, t.text, t.bottom_line, t.concession, s.code FROM quote_talk t JOIN staff s ON s.id = t.staff_id
             WHERE t.quote_id = :id ORDER BY t.id"""
    notes = []
    for day, topic, text, bottom, given, staff in r.tuples(sql, id=quote_id):
        notes.append(msg(N_("{day} {staff} on {topic:code}: {text}"), day=day, staff=staff, topic=topic, text=text))
        if bottom is not None and r.actor.sees_prices:
            notes.append(msg(N_("the customer's bottom line: {amount:amount}"), amount=bottom))
        if given:
            notes.append(msg(N_("conceded: {text}"), text=given))
    return notes


def _versions(r: Reader, row: QuoteRow) -> list[Message]:
    if row.version == 1:
        return []
    sql = """SELECT v.version_no, v.day, s.code, v.reason FROM quote_version v JOIN staff s ON s.id = v.made_by
             WHERE v.quote_id = :id ORDER BY 1"""
    plain, reasoned = N_("version {no} of {day} by {staff}"), N_("version {no} of {day} by {staff}: {reason}")
    return [
        msg(reasoned if reason else plain, no=no, day=day, staff=staff, reason=reason)
        for no, day, staff, reason in r.tuples(sql, id=row.id)
    ]
