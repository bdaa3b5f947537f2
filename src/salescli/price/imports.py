"""Import of prices: the whole file is one price change form; a product's first price is free (PRC-03, PRC-08)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_, msg
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_CUSTOMER_FIRST, UNKNOWN_PRODUCT_FIRST, Known, Names, compare
from salescli.core.jobs_table import Fault, Layout
from salescli.core.text import folded
from salescli.price import reads_facts, rules_request
from salescli.price.rules_request import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.errors import Problem
    from salescli.core.jobs import Job

COLUMNS = (
    Column(
        "sku", "code", N_("Article number."), ("商品编码", "产品编码", "商品编号", "产品编号", "编码", "货号"), required=True, longest=60
    ),
    Column("unit_price", "price", N_("Unit price."), ("单价", "价格", "售价", "销售价", "新价格"), required=True, least=0),
    Column("valid_from", "date", N_("First day it holds."), ("生效日期", "开始日期", "起始日期"), required=True),
    Column("customer", "text", N_("Only for this customer: code or name."), ("客户", "客户编号", "客户编码", "客户名称")),
    Column("customer_class", "text", N_("Only for customers of this class."), ("客户等级", "客户级别", "等级", "级别"), longest=40),
    Column("channel", "text", N_("Only on this channel."), ("渠道", "销售渠道"), longest=40),
    Column("min_qty", "quantity", N_("From this quantity on, in the base unit."), ("起订量", "最小数量", "数量起点", "阶梯数量"), least=0),
    Column("valid_to", "date", N_("Last day it holds."), ("失效日期", "结束日期", "截止日期")),
    Column("currency", "code", N_("Currency, where it is not the book's."), ("币种", "货币"), longest=3),
)

BOTH = N_("a price is for a customer or for a class, not both")
ASKED = N_("the same is asked for already in {number}")
DECIDED = N_("this price is decided already with another figure; ask for one from another day on")
BAD_CURRENCY = N_("a currency has three letters, as in USD")


def run(job: Job) -> None:
    """Compare the file with the price table, write first prices, and file one form for everything else. PRC-03."""
    wanted = _wanted(job)
    keys = [None if want is None else _key(want) for want in wanted]
    prices = {"unit_price": [None if want is None else want.price for want in wanted]}
    ids = {want.product_id for want in wanted if want is not None}
    plan = compare(job, keys, _known(job, ids), prices, key_column="sku", name=lambda i: str(job.table.column("sku")[i]))
    for change in plan.changed:
        job.fault(change.place, "unit_price", "price_decided", DECIDED)
    fresh = [(place, want) for place in plan.new if (want := wanted[place]) is not None]
    free = _never_priced(job, ids)
    first = [want for _place, want in fresh if want.general and want.product_id in free]
    asked = [(place, want) for place, want in fresh if not (want.general and want.product_id in free)]
    _check(job, asked)
    if not job.start():
        return
    from salescli.price.actions_request import first_prices

    first_prices(job.w, first, job.import_id)
    if asked:
        file_form(job, [want for _place, want in asked])


def file_form(job: Job, wanted: Sequence[Wanted]) -> None:
    """One form, and one request, for every price of the file; said in the import's answer. PRC-03."""
    from salescli.core.errors import problem
    from salescli.price.actions_request import file_change

    filed = file_change(job.w, wanted, f"import {job.source.name}", import_id=job.import_id)
    job.w.document = job.source.name
    text = N_(
        "{count:,} {count:price|prices} {count:waits|wait} as {number} ({request}) until they are approved "
        "and {to_tell:,} {to_tell:buyer|buyers} {to_tell:is|are} told"
    )
    told = problem("prices_filed", text, rule="PRC-03", hint=N_("salescli price show {number}"), count=len(wanted), number=filed.number,
                   request=filed.request, to_tell=filed.to_tell)  # fmt: skip
    job.warnings += [told, *filed.warnings]


def _wanted(job: Job) -> list[Wanted | None]:
    """The rows as prices; None where something cannot be read."""
    table = job.table
    products = {folded(sku): row_id for row_id, sku in job.w.reader.tuples("SELECT id, sku FROM product")}
    goods = job.resolve("sku", products, "unknown_product", UNKNOWN_PRODUCT_FIRST, fold=folded)
    sql = "SELECT id, code, name FROM customer UNION ALL SELECT customer_id, code, NULL FROM customer_alias"
    names = Names(job.w.reader.tuples(sql), folded)
    known = {text: found for text in set(table.column("customer")) if text is not None and (found := names.get(text)) is not None}
    customers = job.resolve("customer", known, "unknown_customer", UNKNOWN_CUSTOMER_FIRST)
    own = job.w.reader.value("SELECT value FROM meta WHERE key = 'currency'")
    columns = [
        table.column(key) for key in ("sku", "unit_price", "valid_from", "valid_to", "customer_class", "channel", "min_qty", "currency")
    ]
    lost = [customer is None and text is not None for customer, text in zip(customers, table.column("customer"), strict=True)]
    return [
        None if lost[place] else _row(job, place, goods[place], customers[place], [column[place] for column in columns], own)
        for place in range(len(table))
    ]


def _row(job: Job, place: int, product: int | None, customer: int | None, cells: Sequence[Any], own: str | None) -> Wanted | None:
    sku, price, first, last, customer_class, channel, min_qty, currency = cells
    if product is None or price is None or first is None:
        return None
    if customer is not None and customer_class is not None:
        job.fault(place, "customer_class", "one_buyer", BOTH)
    code = currency.upper() if currency else None
    if code is not None and not (len(code) == 3 and code.isascii() and code.isalpha()):
        job.fault(place, "currency", "bad_currency", BAD_CURRENCY)
    until = date.fromisoformat(last) if last else None
    code = None if code == own else code
    return Wanted(product, sku, price, date.fromisoformat(first), until, customer, customer_class, channel, min_qty or 0, code)


def _key(want: Wanted) -> tuple[Any, ...]:
    """All but the price."""
    scope = (want.customer_id, folded(want.customer_class or ""), folded(want.channel or ""), want.min_qty, want.currency)
    return (want.product_id, *scope, want.valid_from.isoformat(), want.valid_to.isoformat() if want.valid_to else None)


def _known(job: Job, ids: set[int]) -> dict[Any, Known]:
    """Prices decided, and those asked for and not yet written: the same file twice asks for nothing twice."""
    found: dict[Any, Known] = {}
    for product, lines in reads_facts.pending_of(job.w.reader, ids).items():
        found |= {_key_of(product, line.rule): Known(line.rule.id, {"unit_price": line.rule.unit_price}) for line in lines}
    for product, rules in reads_facts.rules_of(job.w.reader, ids).items():
        found |= {_key_of(product, rule): Known(rule.id, {"unit_price": rule.unit_price}) for rule in rules}
    return found


def _key_of(product: int, rule: Any) -> tuple[Any, ...]:
    scope = (rule.customer_id, folded(rule.customer_class or ""), folded(rule.channel or ""), rule.min_qty, rule.currency)
    return (product, *scope, rule.valid_from, rule.valid_to)


def _never_priced(job: Job, ids: set[int]) -> set[int]:
    """Products without any price: their first one is free."""
    rules = reads_facts.rules_of(job.w.reader, ids)
    pending = reads_facts.pending_of(job.w.reader, ids)
    priced = set(job.w.reader.column("SELECT id FROM product WHERE list_price IS NOT NULL"))
    return {product for product in ids if product not in priced and product not in rules and product not in pending}


def _check(job: Job, asked: Sequence[tuple[int, Wanted]]) -> None:
    """Name what the form would be refused for, row by row. PRC-03, PRC-04, PRC-08, PRC-09."""
    ids = {want.product_id for _place, want in asked}
    reader, today = job.w.reader, job.w.today
    rules, pending = reads_facts.rules_of(reader, ids), reads_facts.pending_of(reader, ids)
    facts = reads_facts.basis_of(reader, ids, today)
    buyers = reads_facts.buyers_of(reader, ids, today, job.w.policy("price.recent_days"))
    notice = job.w.policy("price.notice_days")
    for place, found in rules_request.check_each_other([want for _place, want in asked]):
        _name(job, asked[place][0], [found])
    for place, want in asked:
        count = len(reads_facts.to_tell([want], buyers))
        known = rules.get(want.product_id, ())
        before = reads_facts.price_before(known, want, None, facts[want.product_id].list_price)
        _name(job, place, rules_request.check_dates(want, rules_request.earliest(today, notice, count), notice, count))
        _name(job, place, rules_request.check_price(want, facts[want.product_id].floor_price, before))
        _name(job, place, rules_request.check_ties(want, known, pending.get(want.product_id, ())))


def _name(job: Job, place: int, problems: Sequence[Problem]) -> None:
    for found in problems:
        column = "valid_from" if found.rule == "PRC-04" else "unit_price"
        job.faults.append(Fault(job.table.rows[place], column, found.code, found.message))


KIND = Kind("prices", Layout(COLUMNS), run)


class ListPrices:
    """What a products file says about list prices that stand already: one form for all of them, no price changes by itself. PRC-03."""

    def __init__(self) -> None:
        self._wanted: list[Wanted] = []

    def plan(self, job: Job) -> None:
        """Make the form's lines, valid from the first day they may be."""
        changes: dict[int, tuple[int, str, int]] = job.extras.get("list_prices", {})
        if not changes:
            return
        reader, today = job.w.reader, job.w.today
        ids = {product for product, _sku, _price in changes.values()}
        buyers = reads_facts.buyers_of(reader, ids, today, job.w.policy("price.recent_days"))
        pending = reads_facts.pending_of(reader, ids)
        for place, (product, sku, price) in changes.items():
            day = rules_request.earliest(today, job.w.policy("price.notice_days"), len(buyers.get(product, ())))
            same = [
                line for line in pending.get(product, ()) if not any((line.rule.customer_id, line.rule.customer_class, line.rule.channel))
            ]
            if any(line.rule.unit_price == price for line in same):
                continue  # asked for already
            if same:
                job.faults.append(Fault(job.table.rows[place], "list_price", "price_asked", msg(ASKED, number=same[0].number)))
            self._wanted.append(Wanted(product, sku, price, day))

    def write(self, job: Job) -> None:
        """File the form. Raises SalesError as `file_change` does."""
        if self._wanted:
            file_form(job, self._wanted)
