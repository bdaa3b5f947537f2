"""Import of products (PRD-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import Known, Plan, compare
from salescli.core.jobs_table import Layout
from salescli.core.phonetic import pinyin
from salescli.core.text import folded
from salescli.product.reads_price import list_price_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.core.reader import Reader

COLUMNS = (
    Column(
        "sku",
        "code",
        N_("Article number."),
        ("商品编码", "产品编码", "商品编号", "产品编号", "编码", "货号", "基本条码", "条码", "产品ID", "商品ID"),
        required=True,
        longest=60,
    ),
    Column("name", "text", N_("Name."), ("商品名称", "产品名称", "名称", "品名"), required=True),
    Column("category", "text", N_("Category."), ("类别", "分类", "商品类别", "产品类别"), longest=80),
    Column("unit", "text", N_("Unit, such as pc or box."), ("单位", "基本单位", "计量单位"), longest=20),
    Column("list_price", "price", N_("List price."), ("标价", "销售价", "定价", "单价", "售价"), least=0),
    Column("cost", "price", N_("Cost of one unit."), ("成本", "成本价", "采购价", "进价"), least=0),
    Column("tax_rate", "percent", N_("Tax rate in per cent."), ("税率",), least=0, most=10_000),
    Column("floor_price", "price", N_("Lowest unit price allowed; no approval goes below it."), ("最低售价", "最低价", "底价"), least=0),
    Column("barcode", "code", N_("Barcode."), ("条形码", "国标码"), longest=60),
    Column("spec", "text", N_("Specification."), ("规格", "规格型号")),
    Column("note", "note", N_("Remark."), ("备注", "说明"), longest=4000),
    Column("active", "flag", N_("1 = sold, 0 = no longer."), ("状态", "启用")),
    Column("pack_unit", "text", N_("Larger unit, such as box."), ("副单位", "大单位", "辅助单位"), longest=20),
    Column("pack_ratio", "quantity", N_("Base units in the larger unit."), ("比例", "换算比例", "装箱数"), least=1),
    Column("volume", "quantity", N_("Litres of one base unit."), ("体积", "体积(升)"), least=0),
    Column("weight", "quantity", N_("Kilograms of one base unit."), ("重量", "基础重量", "基础重量(kg)"), least=0),
    Column("shelf_days", "count", N_("Shelf life in days."), ("保质期", "保质期(天)"), least=1, most=36500),
    Column("batch_tracked", "flag", N_("1 = stock is kept by batch."), ("批号", "批次管理")),
    Column("is_new", "flag", N_("1 = a new item."), ("新品",)),
    Column("no_discount", "flag", N_("1 = promotions never cut its price."), ("不打折", "不参与折扣")),
    Column("is_gift", "flag", N_("1 = it may be given away."), ("赠品",)),
    Column("channels", "text", N_("The only channels it is sold on."), ("渠道", "销售渠道")),
    Column("function", "note", N_("What it does."), ("功能", "用途"), longest=4000),
    Column("features", "note", N_("Its features."), ("特点", "产品特点"), longest=4000),
    Column("strengths", "note", N_("Why it is better than others."), ("优势", "卖点"), longest=4000),
)

# Columns other systems hand out that have no place of their own here: they go into the note.
REMARKS = (
    "型号", "颜色", "品牌", "副条码", "多属性", "零售价", "仓位货架", "制造商", "扩展1", "扩展2", "扩展3",
)  # fmt: skip
LEFT_OUT = ("序列号", "排序", "仓库1", "仓库2", "仓库3", "仓库4", "仓库5")

FIELDS = (
    "sku", "name", "category", "unit", "list_price", "cost", "tax_rate", "floor_price", "barcode", "spec", "note", "active", "pinyin",
)  # fmt: skip
COMPARED = FIELDS[1:-1]
FLAGS = ("batch_tracked", "is_new", "no_discount", "is_gift")
MORE = ("pack_unit", "pack_ratio", "volume", "weight", "shelf_days", *FLAGS, "channels", "function", "features", "strengths")
"""Columns beyond those a row of another import makes a product from."""

PACK_INCOMPLETE = N_("a larger unit needs its name and how many base units it holds")
IN_BATCHES = N_("goods of it lie in batches; it stays kept by batch until they are gone")
PACK_SMALL = N_("a larger unit holds more than one base unit")


def run(job: Job) -> None:
    """Compare the file with the book and write new products and what changed."""
    from salescli.product.tables import Product

    table = job.table
    skus = [folded(sku) if sku else None for sku in table.column("sku")]
    values = {key: table.column(key) for key in (*COMPARED, *MORE)}
    _check_packs(job, values)
    _check_batches(job, skus, values["batch_tracked"])
    plan = compare(job, skus, _known(job.w.reader), values, key_column="sku", name=lambda i: str(table.column("sku")[i]))
    job.extras["list_prices"] = _new_list_prices(job, plan)
    if not job.start():
        return
    insert(job, _rows(job, plan), [tuple(_more(values, key, i) for key in MORE) for i in plan.new])
    for change in plan.changed:
        product = job.w.get(Product, change.id)
        for field, value in change.values.items():
            setattr(product, field, value)
        product.pinyin = pinyin(product.name)
        job.w.add(product)


def _more(values: dict[str, list[Any]], key: str, place: int) -> Any:
    value = values[key][place]
    return 0 if value is None and key in FLAGS else value


def _check_packs(job: Job, values: dict[str, list[Any]]) -> None:
    """Name and content of a larger unit come together. PRD-01."""
    for place, (name, ratio) in enumerate(zip(values["pack_unit"], values["pack_ratio"], strict=True)):
        if (name is None) != (ratio is None):
            job.fault(place, "pack_unit", "pack_incomplete", PACK_INCOMPLETE)
        elif ratio is not None and ratio <= 1000:
            job.fault(place, "pack_ratio", "pack_small", PACK_SMALL)


_IN_BATCHES = """
SELECT p.sku FROM product p JOIN batch b ON b.product_id = p.id JOIN batch_item n ON n.batch_id = b.id
WHERE p.batch_tracked = 1 GROUP BY p.sku HAVING sum(n.kept_quantity) > 0"""


def _check_batches(job: Job, skus: Sequence[str | None], flags: Sequence[Any]) -> None:
    """Goods that lie in batches keep them. STK-05."""
    if 0 not in flags:
        return
    held = {folded(sku) for sku in job.w.reader.column(_IN_BATCHES)}
    for place, (sku, flag) in enumerate(zip(skus, flags, strict=True)):
        if flag == 0 and sku in held:
            job.fault(place, "batch_tracked", "batches_held", IN_BATCHES)


def _new_list_prices(job: Job, plan: Plan) -> dict[int, tuple[int, str, int]]:
    """List prices that would change, taken out of the plan: place -> product, SKU, price. They wait for approval. PRC-03."""
    priced = dict(job.w.reader.tuples(f"SELECT p.id, {list_price_on()} FROM product p", day=job.w.today))
    found = {}
    for change in plan.changed:
        if priced.get(change.id) is not None and "list_price" in change.values:
            found[change.place] = (change.id, str(job.table.column("sku")[change.place]), change.values.pop("list_price"))
    return found


def _known(r: Reader) -> dict[Any, Known]:
    """The products of the book; their list price is today's."""
    keys = (*COMPARED, *MORE)
    names = ", ".join(list_price_on() if key == "list_price" else f"p.{key}" for key in keys)
    found = r.tuples(f"SELECT p.id, p.sku, {names} FROM product p", day=r.today)
    return {folded(sku): Known(row_id, dict(zip(keys, rest, strict=True))) for row_id, sku, *rest in found}


def _rows(job: Job, plan: Plan) -> list[tuple[Any, ...]]:
    columns = [job.table.column(key) for key in FIELDS[:-2]]
    active = job.table.column("active")
    names = job.table.column("name")
    return [(*(c[i] for c in columns), 1 if active[i] is None else active[i], pinyin(names[i])) for i in plan.new]


def insert(job: Job, rows: list[tuple[Any, ...]], more: list[tuple[Any, ...]] | None = None) -> dict[str, int]:
    """Insert products given as FIELDS (and MORE); their ids by SKU."""

    first = job.w.next_id("product")
    columns = FIELDS if more is None else (*FIELDS, *MORE)
    whole = rows if more is None else [(*row, *rest) for row, rest in zip(rows, more, strict=True)]
    job.insert("product", columns, [(first + n, *row) for n, row in enumerate(whole)])
    return {row[0]: first + n for n, row in enumerate(rows)}


KIND = Kind("products", Layout(COLUMNS, remarks=REMARKS, left_out=LEFT_OUT), run)
