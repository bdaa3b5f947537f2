"""The price table as lists: what holds on a day, how it came about, the forms and whom they concern (PRC-03, PRC-04, PRC-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import condition, mask
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import folded
from salescli.price.rules_request import ChangeFacts, shown_state
from salescli.price.rules_table import Asked, Rule, candidates, source
from salescli.price.states import PriceSource

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

SCOPE = (
    Column("customer", N_("Customer")),
    Column("customer_class", N_("Class")),
    Column("channel", N_("Sales channel")),
    Column("min_qty", N_("From quantity"), "quantity"),
    Column("currency", N_("Currency")),
)


def need_prices(r: Reader) -> None:
    """Refuse (exit 7) who may not see prices. ORG-07."""
    if not r.actor.sees_prices:
        hint = N_("who sees prices and who gives the right: salescli staff list")
        fail("no_prices", N_("{staff} may not see prices"), kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, staff=r.actor.code)


def seen(r: Reader, alias: str = "c") -> str:
    """SQL: prices for everybody, and those of customers the reader sees."""
    return f"({alias}.id IS NULL OR {condition(r.actor, 'customers', f'{alias}.staff_id')})"


# --- what holds -----------------------------------------------------------------------------------------------------------

LIST = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("source", N_("Price kind"), "code"),
    *SCOPE,
    Column("unit_price", N_("Price"), "price"),
    Column("valid_from", N_("Valid from"), "date"),
    Column("valid_to", N_("Valid to"), "date"),
    Column("document", N_("Document")),
)


class Wanted(NamedTuple):
    """Which prices a list holds; None narrows nothing."""

    product: str | None = None
    customer: str | None = None
    customer_class: str | None = None
    channel: str | None = None
    special: bool = False


_PRODUCTS = "SELECT id, sku, name, list_price FROM product WHERE active = 1 AND {terms} ORDER BY sku"
_RULES = """
SELECT g.product_id, c.code, h.number, g.id, g.customer_id, g.customer_class, g.channel, g.min_qty, g.currency, g.unit_price, g.valid_from,
       g.valid_to
FROM price_rule g LEFT JOIN customer c ON c.id = g.customer_id LEFT JOIN price_change h ON h.id = g.change_id
WHERE g.valid_from <= :day AND (g.valid_to IS NULL OR g.valid_to >= :day) AND {terms} AND {seen}"""


def listing(r: Reader, wanted: Wanted, day: date) -> Report:
    """Prices that hold on a day, product by product, the list price first; of each scope and break only the one that holds. PRC-08."""
    need_prices(r)
    product, customer = find_optional(r, "product", wanted.product), find_optional(r, "customer", wanted.customer)
    only = f"= {product.id:d}" if product else "IS NOT NULL"
    rows: list[tuple[Any, ...]] = []
    rules = _in_force(r, f"g.product_id {only}", day)
    for product_id, sku, name, first in r.tuples(_PRODUCTS.format(terms=f"id {only}")):
        rows += [(sku, name, *line) for line in _lines(rules.get(product_id, {}), first) if _shown(line, wanted, customer)]
    return Report(
        name="price-list",
        title=msg(N_("Prices on {day}"), day=day.isoformat()),
        columns=LIST,
        rows=rows,
        as_of=day.isoformat(),
        empty=msg(N_("No price fits. Ask for one: salescli price request SKU=PRICE --reason TEXT")),
        beyond_own=r.actor.visible("customers") is None and any(row[3] for row in rows),
    )


_Known = dict[tuple[Any, ...], list[tuple[Rule, str | None, str | None]]]


def _in_force(r: Reader, terms: str, day: date) -> dict[int, _Known]:
    """Rows that are valid on a day: by product, then by scope, with the customer's code and the form's number."""
    found: dict[int, _Known] = {}
    for product, code, number, *rest in r.tuples(_RULES.format(terms=terms, seen=seen(r)), day=day):
        rule = Rule(*rest)
        scope = (rule.customer_id, folded(rule.customer_class or ""), folded(rule.channel or ""), rule.currency)
        found.setdefault(product, {}).setdefault(scope, []).append((rule, code, number))
    return found


def _lines(known: _Known, first: int | None) -> list[tuple[Any, ...]]:
    """The lines of a product after SKU and name; the first price stands in where no list price was decided."""
    lines = []
    for entries in known.values():
        by_id = {rule.id: (code, number) for rule, code, number in entries}
        sample = entries[0][0]
        asked = Asked(
            sample.customer_id, sample.customer_class, sample.channel, _ANY, max(e[0].valid_from for e in entries), sample.currency
        )
        for rule in candidates([e[0] for e in entries], asked):
            if rule.unit_price is not None:
                lines.append((source(rule).value, *_scope(rule, by_id[rule.id][0]), rule.unit_price, rule.valid_from, rule.valid_to,
                              by_id[rule.id][1]))  # fmt: skip
    if first is not None and not any(line[0] == PriceSource.LIST for line in lines):
        lines.append((PriceSource.LIST.value, None, None, None, None, None, first, None, None, None))
    return sorted(lines, key=_order)


_ANY = 10**15
"""A quantity every break is reached by."""


def _scope(rule: Rule, code: str | None) -> tuple[Any, ...]:
    return (code, rule.customer_class, rule.channel, rule.min_qty or None, rule.currency)


def _order(line: tuple[Any, ...]) -> tuple[Any, ...]:
    return (line[0] != PriceSource.LIST, line[1] or "", line[2] or "", line[3] or "", line[5] or "", line[4] or 0)


def _shown(line: tuple[Any, ...], wanted: Wanted, customer: Any) -> bool:
    """Whether a line is asked for; the list price stays, to compare with, unless only special prices are wanted."""
    if line[0] == PriceSource.LIST:
        return not wanted.special
    pairs = ((customer.code if customer else None, line[1]), (wanted.customer_class, line[2]), (wanted.channel, line[3]))
    return all(asked is None or (has is not None and folded(asked) == folded(has)) for asked, has in pairs)


# --- how it came about ------------------------------------------------------------------------------------------------------

HISTORY = (
    Column("valid_from", N_("Valid from"), "date"),
    Column("valid_to", N_("Valid to"), "date"),
    Column("source", N_("Price kind"), "code"),
    *SCOPE,
    Column("old_price", N_("Old price"), "price"),
    Column("unit_price", N_("Price"), "price"),
    Column("change_pct", N_("Change %"), "percent"),
    Column("document", N_("Document")),
    Column("reason", N_("Reason")),
    Column("staff", N_("Requester")),
)
_HISTORY = """
SELECT c.code, h.number, h.reason, s.code,
       (SELECT min(l.old_price) FROM price_change_line l WHERE l.change_id = g.change_id AND l.product_id = g.product_id
          AND l.min_qty = g.min_qty AND coalesce(l.customer_id, 0) = coalesce(g.customer_id, 0)
          AND coalesce(l.customer_class, '') = coalesce(g.customer_class, '') AND coalesce(l.channel, '') = coalesce(g.channel, '')
          AND coalesce(l.currency, '') = coalesce(g.currency, '')),
       g.id, g.customer_id, g.customer_class, g.channel, g.min_qty, g.currency, g.unit_price, g.valid_from, g.valid_to
FROM price_rule g LEFT JOIN customer c ON c.id = g.customer_id LEFT JOIN price_change h ON h.id = g.change_id
LEFT JOIN staff s ON s.id = h.staff_id
WHERE g.product_id = :product AND {seen} ORDER BY g.valid_from DESC, g.id DESC"""


def history(r: Reader, reference: str) -> Report:
    """Every price a product ever had, the latest first, with the form that brought it. PRC-03."""
    need_prices(r)
    product = find(r, "product", reference)
    rows: list[tuple[Any, ...]] = []
    for code, number, reason, staff, old, *rest in r.tuples(_HISTORY.format(seen=seen(r)), product=product.id):
        rule = Rule(*rest)
        size = rate_of(rule.unit_price - old, old) if rule.unit_price is not None and old else None
        rows.append(
            (rule.valid_from, rule.valid_to, source(rule).value, *_scope(rule, code), old, rule.unit_price, size, number, reason, staff)
        )
    first = r.value("SELECT list_price FROM product WHERE id = :id", id=product.id)
    if first is not None:
        rows.append((None, None, PriceSource.LIST.value, *(None,) * 6, first, None, None, None, None))
    return Report(
        name="price-history",
        title=msg(N_("Prices of {sku} {name}"), sku=product.code, name=product.name),
        columns=HISTORY,
        rows=rows,
        empty=msg(N_("{sku} never had a price."), sku=product.code),
    )


# --- forms ------------------------------------------------------------------------------------------------------------------

CHANGES = (
    Column("number", N_("Document")),
    Column("date", N_("Date"), "date"),
    Column("staff", N_("Requester")),
    Column("state", N_("State"), "code"),
    Column("lines", N_("Prices"), "int"),
    Column("valid_from", N_("Valid from"), "date"),
    Column("to_tell", N_("To tell"), "int"),
    Column("told", N_("Told"), "int"),
    Column("request", N_("Request")),
    Column("reason", N_("Reason")),
)
_FORMS = """
SELECT h.id, h.number, h.day, s.code, h.state, h.request, h.reason, h.basis, h.written_on, h.notice_days,
       (SELECT count(*) FROM price_change_line l WHERE l.change_id = h.id),
       (SELECT min(l.valid_from) FROM price_change_line l WHERE l.change_id = h.id),
       (SELECT min(g.valid_from) FROM price_rule g WHERE g.change_id = h.id),
       (SELECT max(coalesce(g.valid_to, '9999-12-31')) FROM price_rule g WHERE g.change_id = h.id),
       (SELECT count(*) FROM price_notice n WHERE n.change_id = h.id),
       (SELECT count(*) FROM price_notice n WHERE n.change_id = h.id AND n.notified_on IS NOT NULL),
       (SELECT p.post FROM approval a JOIN approval_step p ON p.approval_id = a.id
        WHERE a.number = h.request AND p.decision IS NULL ORDER BY p.position LIMIT 1)
FROM price_change h JOIN staff s ON s.id = h.staff_id WHERE {terms} ORDER BY h.day DESC, h.id DESC"""


class Form(NamedTuple):
    """A price change form as it stands."""

    id: int
    number: str
    day: str
    staff: str
    state: str
    request: str | None
    reason: str
    basis: str | None
    written_on: str | None
    notice_days: int
    lines: int
    asked_from: str | None
    first_day: str | None
    last_day: str | None
    to_tell: int
    told: int
    post: str | None

    def shown(self, day: date) -> str:
        """Its state of ST-11 on a day."""
        facts = ChangeFacts(self.state, self.post, self.written_on is not None, self.first_day, self.last_day)
        return shown_state(facts, day).value


def changes(r: Reader, state: str | None = None) -> Report:
    """Price change forms, newest first, and how they stand. PRC-03, ST-11."""
    need_prices(r)
    forms = r.rows(Form, _FORMS.format(terms="1 = 1"))
    rows = [
        (f.number, f.day, f.staff, f.shown(r.today), f.lines, f.first_day or f.asked_from, f.to_tell, f.told, f.request, f.reason)
        for f in forms
    ]
    return Report(
        name="price-changes",
        title=msg(N_("Price change forms")),
        columns=CHANGES,
        rows=[row for row in rows if state is None or row[3] == state],
        as_of=r.today.isoformat(),
        empty=msg(N_("No price change was asked for. Ask: salescli price request SKU=PRICE --reason TEXT")),
    )


def form(r: Reader, number: str) -> Form:
    """The form of that number. Raises SalesError (exit 3)."""
    found = r.first(Form, _FORMS.format(terms="upper(h.number) = :number"), number=number.strip().upper())
    if found is None:
        fail(
            "change_not_found",
            N_("there is no price change {number}"),
            kind=Kind.NOT_FOUND,
            hint=N_("salescli price changes"),
            number=number,
        )
    return found


SHOW = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    *SCOPE,
    Column("old_price", N_("Old price"), "price"),
    Column("new_price", N_("New price"), "price"),
    Column("change_pct", N_("Change %"), "percent"),
    Column("valid_from", N_("Valid from"), "date"),
    Column("valid_to", N_("Valid to"), "date"),
    Column("cost", N_("Cost price"), "price"),
    Column("margin_pct", N_("Margin %"), "percent"),
    Column("sold", N_("Sold in 90 days"), "quantity"),
    Column("rival_price", N_("Rival's price"), "price"),
)
_LINES = """
SELECT p.sku, p.name, c.code, l.customer_class, l.channel, l.min_qty, l.currency, l.old_price, l.new_price, l.valid_from, l.valid_to,
       l.cost, l.sold, l.rival_price
FROM price_change_line l JOIN product p ON p.id = l.product_id LEFT JOIN customer c ON c.id = l.customer_id
WHERE l.change_id = :id AND {seen} ORDER BY l.line_no"""


def show(r: Reader, number: str) -> Report:
    """A price change form (F-15): prices old and new, size, reason, basis, from when, and whom it is told. PRC-01, PRC-03."""
    need_prices(r)
    found = form(r, number)
    rows = [_form_row(*row) for row in r.tuples(_LINES.format(seen=seen(r)), id=found.id)]
    return Report(
        name="price-show",
        title=msg(N_("Price change {number}: {state:code}"), number=found.number, state=found.shown(r.today)),
        columns=SHOW,
        rows=rows,
        notes=tuple(_form_notes(found)),
        as_of=r.today.isoformat(),
    )


def _form_row(*row: Any) -> tuple[Any, ...]:
    sku, name, *scope, old, new, valid_from, valid_to, cost, sold, rival = row
    scope[3] = scope[3] or None
    size = rate_of(new - old, old) if old and new is not None else None
    earned = rate_of(new - cost, new) if new and cost is not None else None
    return (sku, name, *scope, old, new, size, valid_from, valid_to, cost, earned, sold, rival)


def _form_notes(f: Form) -> list[Message]:
    notes = [msg(N_("asked for by {staff} on {day}: {reason}"), staff=f.staff, day=f.day, reason=f.reason)]
    if f.basis:
        notes.append(msg(N_("based on: {basis}"), basis=f.basis))
    if f.request:
        notes.append(msg(N_("request {request}"), request=f.request))
    if f.to_tell:
        text = N_("told {told} of {count} recent {count:buyer|buyers}, {days} {days:day|days} ahead: salescli price notices {number}")
        notes.append(msg(text, told=f.told, count=f.to_tell, days=f.notice_days, number=f.number))
    if f.first_day:
        notes.append(msg(N_("in the price table from {day} on"), day=f.first_day))
    return notes


NOTICES = (
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Owner")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("last_bought", N_("Last bought"), "date"),
    Column("notified_on", N_("Notified on"), "date"),
    Column("way", N_("Way of notice")),
)
_NOTICES = """
SELECT c.code, c.name, s.code, p.name, p.phone, n.last_bought, n.notified_on, n.way, c.staff_id
FROM price_notice n JOIN customer c ON c.id = n.customer_id LEFT JOIN staff s ON s.id = c.staff_id
LEFT JOIN contact p ON p.customer_id = c.id AND p.main = 1
WHERE n.change_id = :id AND {scope} ORDER BY c.code"""


def notices(r: Reader, number: str) -> Report:
    """Whom a price change is told: recent buyers the reader sees, and who was told when. PRC-04."""
    need_prices(r)
    found = form(r, number)
    rows = r.tuples(_NOTICES.format(scope=condition(r.actor, "customers", "c.staff_id")), id=found.id)
    return Report(
        name="price-notices",
        title=msg(N_("To be told of {number}"), number=found.number),
        columns=NOTICES,
        rows=[(*row[:4], row[4] if r.actor.sees_phones_of(row[8]) else mask(row[4]), *row[5:8]) for row in rows],
        empty=msg(N_("Nobody has to be told of {number}."), number=found.number),
        beyond_own=r.actor.visible("customers") is None,
    )
