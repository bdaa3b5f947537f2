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

if TYPE_CHECKING:
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
    Column("floor_price", "price", N_("Lowest price without approval."), ("最低售价", "最低价", "底价"), least=0),
    Column("barcode", "code", N_("Barcode."), ("条形码", "国标码"), longest=60),
    Column("spec", "text", N_("Specification."), ("规格", "规格型号")),
    Column("note", "note", N_("Remark."), ("备注", "说明"), longest=4000),
    Column("active", "flag", N_("1 = sold, 0 = no longer."), ("状态", "启用")),
)

# Columns other systems hand out that have no place of their own here: they go into the note.
REMARKS = (
    "型号", "颜色", "品牌", "基础重量", "基础重量(kg)", "保质期", "保质期(天)", "副单位", "副条码", "比例", "多属性", "零售价",
    "仓位货架", "制造商", "扩展1", "扩展2", "扩展3",
)  # fmt: skip
LEFT_OUT = ("序列号", "批号", "排序", "仓库1", "仓库2", "仓库3", "仓库4", "仓库5")

FIELDS = (
    "sku", "name", "category", "unit", "list_price", "cost", "tax_rate", "floor_price", "barcode", "spec", "note", "active", "pinyin",
)  # fmt: skip
COMPARED = FIELDS[1:-1]


def run(job: Job) -> None:
    """Compare the file with the book and write new products and what changed."""
    from salescli.product.tables import Product

    skus = [folded(sku) if sku else None for sku in job.table.column("sku")]
    values = {key: job.table.column(key) for key in COMPARED}
    plan = compare(job, skus, _known(job.w.reader), values, key_column="sku", name=lambda i: str(job.table.column("sku")[i]))
    if not job.start():
        return
    insert(job, _rows(job, plan))
    for change in plan.changed:
        product = job.w.get(Product, change.id)
        for field, value in change.values.items():
            setattr(product, field, value)
        product.pinyin = pinyin(product.name)
        job.w.add(product)


def _known(r: Reader) -> dict[Any, Known]:
    names = ", ".join(COMPARED)
    found = r.tuples(f"SELECT id, sku, {names} FROM product")
    return {folded(sku): Known(row_id, dict(zip(COMPARED, rest, strict=True))) for row_id, sku, *rest in found}


def _rows(job: Job, plan: Plan) -> list[tuple[Any, ...]]:
    columns = [job.table.column(key) for key in FIELDS[:-2]]
    active = job.table.column("active")
    names = job.table.column("name")
    return [(*(c[i] for c in columns), 1 if active[i] is None else active[i], pinyin(names[i])) for i in plan.new]


def insert(job: Job, rows: list[tuple[Any, ...]]) -> dict[str, int]:
    """Insert products given as FIELDS; their ids by SKU."""
    from salescli.product.tables import Product

    first = job.w.next_id(Product)
    job.insert(Product, FIELDS, [(first + n, *row) for n, row in enumerate(rows)])
    return {row[0]: first + n for n, row in enumerate(rows)}


KIND = Kind("products", Layout(COLUMNS, remarks=REMARKS, left_out=LEFT_OUT), run)
