"""Filing a price change form: the only way a price gets into the price table (PRC-03, F-15, AP-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.approval import Ask
from salescli.core.approval_write import file_request
from salescli.core.dates import quarter_of
from salescli.core.errors import Kind, Problem, fail, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import parse_price, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.price import reads_facts, rules_request
from salescli.price.rules_request import Wanted
from salescli.price.tables import PriceChange, PriceChangeLine, PriceNotice, PriceRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.writer import Writer
    from salescli.price.reads_facts import Basis
    from salescli.price.rules_table import Rule

KIND = "AP-03"


class Scope(NamedTuple):
    """Whom the prices of a form are for, and on which days, as typed."""

    customer: str | None = None
    customer_class: str | None = None
    channel: str | None = None
    min_qty: int = 0
    currency: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class Filed(NamedTuple):
    """A form that waits: its number, that of the request, how many customers are to be told, warnings."""

    number: str
    request: str
    to_tell: int
    warnings: tuple[Problem, ...]


def request(w: Writer, words: Sequence[str], scope: Scope, reason: str, basis: str | None = None, *, end: bool = False) -> Done:
    """File a form for prices typed as SKU=PRICE (or SKU alone with `end`: the scope's own price ends). PRC-03, F-15.

    Raises SalesError: 2 unreadable, 3 no such product or customer, 4 too early (PRC-04), a tie (PRC-08), below the floor (PRC-09),
    5 never: the form itself is the request, 6 asked for already.
    """
    wanted = _wanted(w, words, scope, end=end)
    filed = file_change(w, wanted, reason, basis)
    first = min(want.valid_from for want in wanted)
    text = (
        N_(
            "price change {number} is filed as {request}; valid from {day} once it is approved "
            "and {count} recent {count:buyer|buyers} {count:is|are} told"
        )
        if filed.to_tell
        else N_("price change {number} is filed as {request}; valid from {day} once it is approved")
    )
    return Done(
        msg(text, number=filed.number, request=filed.request, day=first.isoformat(), count=filed.to_tell),
        document=filed.number,
        next=(f"salescli price show {filed.number}",),
        facts={"request": filed.request, "valid_from": first.isoformat(), "to_tell": filed.to_tell},
        warnings=filed.warnings,
    )


def _wanted(w: Writer, words: Sequence[str], scope: Scope, *, end: bool) -> list[Wanted]:
    """The prices as typed, each with the first day it may hold where none was said."""
    customer = find_optional(w.reader, "customer", scope.customer)
    customer_class = clean_or_none(scope.customer_class, C_("customer_class"), 40)
    if customer and customer_class:
        fail("one_buyer", N_("a price is for a customer or for a class, not both"), kind=Kind.USAGE, rule="PRC-08")
    channel = clean_or_none(scope.channel, C_("channel"), 40)
    currency = currency_code(w, scope.currency)
    if scope.min_qty < 0:
        fail("min_qty_negative", N_("a quantity break cannot be negative"), kind=Kind.USAGE, rule="PRC-08")
    found = []
    for reference, price in _pairs(words, end=end):
        product = find(w.reader, "product", reference)
        want = Wanted(product.id, product.code, price, scope.valid_from or w.today, scope.valid_to, customer.id if customer else None,
                      customer_class, channel, scope.min_qty, currency)  # fmt: skip
        found.append(want)
    if scope.valid_from is None:
        first = _earliest(w, found)
        found = [want._replace(valid_from=first) for want in found]
    return found


def _pairs(words: Sequence[str], *, end: bool) -> list[tuple[str, int | None]]:
    """SKU and price of each word: SKU=PRICE, or SKU PRICE when there is one; with `end` only SKUs."""
    if end:
        return [(word, None) for word in words]
    if len(words) == 2 and not any("=" in word for word in words):
        words = [f"{words[0]}={words[1]}"]
    pairs: list[tuple[str, int | None]] = []
    for word in words:
        reference, equals, price = word.rpartition("=")
        if not equals:
            text = N_('write a price as SKU=PRICE, as in TN2325=138; "{typed}" has none')
            fail("no_new_price", text, kind=Kind.USAGE, rule="PRC-03", typed=word)
        pairs.append((reference, _price(price)))
    return pairs


def _price(text: str) -> int:
    from salescli.core.unreadable import Unreadable

    try:
        price = parse_price(text)
    except Unreadable as error:
        fail("bad_price", error.message.text, kind=Kind.USAGE, **error.message.facts)
    if price < 0:
        fail("price_negative", N_("a price cannot be negative: {price:price}"), kind=Kind.USAGE, price=price)
    return price


def currency_code(w: Writer, text: str | None) -> str | None:
    """A currency's code as typed; the book's own is None. Raises SalesError (usage) for what is no code."""
    if text is None:
        return None
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        fail("bad_currency", N_('"{typed}" is no currency; write three letters, as in USD'), kind=Kind.USAGE, rule="PRC-08", typed=text)
    return None if code == w.reader.value("SELECT value FROM meta WHERE key = 'currency'") else code


def _earliest(w: Writer, wanted: Sequence[Wanted]) -> date:
    return rules_request.earliest(w.today, w.policy("price.notice_days"), len(_to_tell(w, wanted)))


def _to_tell(w: Writer, wanted: Sequence[Wanted]) -> dict[int, str]:
    buyers = reads_facts.buyers_of(w.reader, (want.product_id for want in wanted), w.today, w.policy("price.recent_days"))
    return reads_facts.to_tell(wanted, buyers)


# --- the form -----------------------------------------------------------------------------------------------------------


def file_change(w: Writer, wanted: Sequence[Wanted], reason: str, basis: str | None = None, import_id: int | None = None) -> Filed:
    """Write a form with its lines and notice list and file the request AP-03 for it. Nothing reaches the price table. PRC-01..04, PRC-08.

    Raises SalesError: 2 no reason, 4 too early, a tie, below the floor, nobody to decide, 6 asked for already.
    """
    ids = {want.product_id for want in wanted}
    facts = reads_facts.basis_of(w.reader, ids, w.today)
    known = reads_facts.rules_of(w.reader, ids)
    classes = reads_facts.classes_of(w.reader, {want.customer_id for want in wanted if want.customer_id is not None})
    before = [_before(want, known, classes, facts) for want in wanted]
    raise_if(_check(w, wanted, known, facts, before))
    form = w.add(
        PriceChange(
            number=w.number("PC"),
            day=w.today,
            staff_id=w.actor.id,
            reason=clean(reason, C_("reason"), NOTE, lines=True),
            basis=clean_or_none(basis, C_("basis"), NOTE, lines=True),
            notice_days=w.policy("price.notice_days"),
            import_id=import_id,
        )
    )
    assert form.id is not None
    w.insert_records(
        PriceChangeLine, [_line(form.id, n, want, old, facts) for n, (want, old) in enumerate(zip(wanted, before, strict=True), 1)]
    )
    told = add_notices(w, form.id, wanted)
    approval = file_request(
        w, Ask(KIND, form.number, {"lines": [list(want) for want in wanted]}), _summary(form.number, wanted, before), reason
    )
    form.request = approval.number
    w.document = form.number
    return Filed(form.number, approval.number, told, tuple(_warnings(w, wanted)))


def _before(want: Wanted, known: Mapping[int, Sequence[Rule]], classes: Mapping[int, str | None], facts: Mapping[int, Basis]) -> int | None:
    customer_class = classes.get(want.customer_id) if want.customer_id is not None else None
    return reads_facts.price_before(known.get(want.product_id, ()), want, customer_class, facts[want.product_id].list_price)


def _check(
    w: Writer, wanted: Sequence[Wanted], known: Mapping[int, Sequence[Rule]], facts: Mapping[int, Basis], before: Sequence[int | None]
) -> list[Problem]:
    pending = reads_facts.pending_of(w.reader, facts)
    days, notice = w.policy("price.recent_days"), w.policy("price.notice_days")
    buyers = reads_facts.buyers_of(w.reader, facts, w.today, days)
    problems = [found for _place, found in rules_request.check_each_other(wanted)]
    for want, old in zip(wanted, before, strict=True):
        count = len(reads_facts.to_tell([want], buyers))
        problems += rules_request.check_dates(want, rules_request.earliest(w.today, notice, count), notice, count)
        problems += rules_request.check_price(want, facts[want.product_id].floor_price, old)
        problems += rules_request.check_ties(want, known.get(want.product_id, ()), pending.get(want.product_id, ()))
    return problems


def _line(change_id: int, line_no: int, want: Wanted, old: int | None, facts: Mapping[int, Basis]) -> dict[str, object]:
    known = facts[want.product_id]
    return {
        "change_id": change_id, "line_no": line_no, "product_id": want.product_id, "customer_id": want.customer_id,
        "customer_class": want.customer_class, "channel": want.channel, "min_qty": want.min_qty, "currency": want.currency,
        "valid_from": want.valid_from.isoformat(), "valid_to": want.valid_to.isoformat() if want.valid_to else None,
        "old_price": old, "new_price": want.price, "cost": known.cost, "sold": known.sold, "rival_price": known.rival_price,
    }  # fmt: skip


def add_notices(w: Writer, change_id: int, wanted: Sequence[Wanted]) -> int:
    """Put recent buyers who are not yet there on a form's notice list; how many are on it. PRC-04."""
    there = set(w.reader.column("SELECT customer_id FROM price_notice WHERE change_id = :id", id=change_id))
    fresh = {customer: day for customer, day in _to_tell(w, wanted).items() if customer not in there}
    w.insert_records(PriceNotice, [{"change_id": change_id, "customer_id": c, "last_bought": day} for c, day in sorted(fresh.items())])
    return len(there) + len(fresh)


def _summary(number: str, wanted: Sequence[Wanted], before: Sequence[int | None]) -> Message:
    want, old = wanted[0], before[0]
    if len(wanted) > 1:
        text = N_("price change {number}: {count} {count:price|prices}, first {sku} {new:price}, from {day} on")
        return msg(text, number=number, count=len(wanted), sku=want.sku, new=want.price or 0, day=want.valid_from.isoformat())
    if want.price is None:
        text = N_("price change {number}: the special price of {sku} ends on {day}")
    elif old:
        text = N_("price change {number}: {sku} {old:price} -> {new:price} ({size:pct} per cent) from {day} on")
    else:
        text = N_("price change {number}: {sku} {new:price} from {day} on")
    size = rate_of((want.price or 0) - old, old) if old else 0
    return msg(text, number=number, sku=want.sku, old=old or 0, new=want.price or 0, size=size, day=want.valid_from.isoformat())


def _warnings(w: Writer, wanted: Iterable[Wanted]) -> list[Problem]:
    """Products whose prices change too often. PRC-02."""
    most = w.policy("price.max_changes_per_quarter")
    by_quarter: dict[Period, dict[int, Wanted]] = {}
    for want in wanted:
        by_quarter.setdefault(quarter_of(want.valid_from), {})[want.product_id] = want
    warnings: list[Problem] = []
    for span, products in by_quarter.items():
        counts = reads_facts.changes_in(w.reader, products, span.start, span.end)
        for product, want in products.items():
            warnings += rules_request.warn_changes(want.sku, counts.get(product, 0), most, want.valid_from)
    return warnings


def first_prices(w: Writer, wanted: Sequence[Wanted], import_id: int | None) -> None:
    """Write list prices of products that never had one: the first price is free. PRC-03."""
    w.insert_records(
        PriceRule,
        [
            {"product_id": want.product_id, "unit_price": want.price, "valid_from": want.valid_from.isoformat(),
             "valid_to": want.valid_to.isoformat() if want.valid_to else None, "import_id": import_id}
            for want in wanted
        ],
    )  # fmt: skip
