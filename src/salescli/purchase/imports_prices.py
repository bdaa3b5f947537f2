"""Import of suppliers' price lists (PRD-04)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_PRODUCT_FIRST, Known, Names, compare
from salescli.core.jobs_table import Fault, Layout
from salescli.core.text import folded
from salescli.price.rules_table import Rule
from salescli.purchase import rules_prices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.core.jobs_rows import Plan

COLUMNS = (
    Column("supplier", "text", N_("Supplier: code or name."), ("供应商", "供应商编码", "供应商编号", "供应商名称"), required=True),
    Column(
        "sku", "code", N_("Article number."), ("商品编码", "产品编码", "商品编号", "产品编号", "编码", "货号"), required=True, longest=60
    ),
    Column("unit_price", "price", N_("What he asks for one."), ("单价", "进价", "采购价", "价格", "含税单价"), required=True, least=0),
    Column("min_qty", "quantity", N_("From this quantity on, in the base unit."), ("起订量", "最小数量", "数量起点", "阶梯数量"), least=0),
    Column("valid_from", "date", N_("First day it holds (default: today)."), ("生效日期", "开始日期", "起始日期")),
    Column("valid_to", "date", N_("Last day it holds."), ("失效日期", "结束日期", "截止日期")),
)
UNKNOWN_SUPPLIER = N_("there is no supplier of this code or name; import the suppliers first")
DAYS = N_("it would end before it begins")


def run(job: Job) -> None:
    """Compare the file with the price lists; write rows that are new or changed. PRD-04."""
    column, reader = job.table.column, job.w.reader
    rows = reader.tuples("SELECT id, code, name FROM supplier")
    suppliers = Names(rows, folded)
    known = {text: found for text in set(column("supplier")) if text is not None and (found := suppliers.get(text)) is not None}
    whom = job.resolve("supplier", known, "unknown_supplier", UNKNOWN_SUPPLIER)
    products = {folded(sku): row_id for row_id, sku in reader.tuples("SELECT id, sku FROM product")}
    goods = job.resolve("sku", products, "unknown_product", UNKNOWN_PRODUCT_FIRST, fold=folded)
    first = [day or job.w.today.isoformat() for day in column("valid_from")]
    least = [quantity or 0 for quantity in column("min_qty")]
    keys = [None if None in key[:2] else key for key in zip(whom, goods, least, first, strict=True)]
    values = {"unit_price": column("unit_price"), "valid_to": column("valid_to")}
    plan = compare(job, keys, _known(job), values, key_column="sku", name=lambda i: str(column("sku")[i]))
    _check(job, plan, keys)
    if job.start():
        _write(job, plan, keys)


def _known(job: Job) -> dict[Any, Known]:
    sql = "SELECT id, supplier_id, product_id, min_qty, valid_from, unit_price, valid_to FROM supplier_price"
    return {tuple(key): Known(i, {"unit_price": price, "valid_to": last}) for i, *key, price, last in job.w.reader.tuples(sql)}


def _check(job: Job, plan: Plan, keys: Sequence[Any]) -> None:
    """Name rows that end before they begin, and rows that would tie with one of the book or the file."""
    standing: dict[Any, list[Rule]] = {}
    changing = {change.id for change in plan.changed}
    for (supplier, product, least, first), row in _known(job).items():
        if row.id not in changing:
            standing.setdefault((supplier, product), []).append(_rule(least, row.values["unit_price"], first, row.values["valid_to"]))
    codes = dict(job.w.reader.tuples("SELECT id, code FROM supplier"))
    column = job.table.column
    for place in sorted([*plan.new, *(change.place for change in plan.changed)]):
        supplier, product, least, first = keys[place]
        last = column("valid_to")[place]
        if last is not None and last < first:
            job.fault(place, "valid_to", "offer_days", DAYS)
            continue
        fresh = _rule(least, column("unit_price")[place], first, last)
        others = standing.setdefault((supplier, product), [])
        for found in rules_prices.check_tie(codes[supplier], str(column("sku")[place]), fresh, others):
            job.faults.append(Fault(job.table.rows[place], "valid_from", found.code, found.message))
        others.append(fresh)


def _rule(least: int, price: int | None, first: str, last: str | None) -> Rule:
    return Rule(0, None, None, None, least, None, price, first, last)


def _write(job: Job, plan: Plan, keys: Sequence[Any]) -> None:
    from salescli.purchase.tables import SupplierPrice

    prices, ends = job.table.column("unit_price"), job.table.column("valid_to")
    for place in plan.new:
        supplier, product, least, first = keys[place]
        job.w.session.add(
            SupplierPrice(
                supplier_id=supplier, product_id=product, min_qty=least, unit_price=prices[place], valid_from=date.fromisoformat(first),
                valid_to=_day(ends[place]), import_id=job.import_id,
            )
        )  # fmt: skip
    for change in plan.changed:
        row = job.w.get(SupplierPrice, change.id)
        row.unit_price = change.values.get("unit_price", row.unit_price)
        row.valid_to = _day(change.values["valid_to"]) if "valid_to" in change.values else row.valid_to
    job.w.session.flush()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


KIND = Kind("supplier-prices", Layout(COLUMNS), run)
