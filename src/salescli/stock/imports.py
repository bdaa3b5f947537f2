"""Import of opening stock: what lies in a warehouse at the beginning of a day (STK-02)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.i18n import N_
from salescli.core.jobs import OTHER_VALUES, TWICE, Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_PRODUCT_FIRST, Names
from salescli.core.jobs_table import Layout
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.stock.reads_balance import Item, OpeningState

COLUMNS = (
    Column(
        "sku",
        "code",
        N_("Article number or barcode."),
        ("商品编码", "产品编码", "商品编号", "产品编号", "编码", "货号", "条码", "基本条码"),
        required=True,
        longest=60,
    ),
    Column(
        "quantity",
        "quantity",
        N_("Quantity at the beginning of the day."),
        ("数量", "期初数量", "库存", "库存数量", "期初库存"),
        required=True,
        least=0,
    ),
    Column("warehouse", "code", N_("Warehouse; default MAIN. --create makes missing ones."), ("仓库", "仓库编码", "仓库名称"), longest=40),
    Column("unit_cost", "price", N_("Cost of one unit; default: the product's."), ("单价", "成本", "成本价", "单位成本"), least=0),
    Column("date", "date", N_("Day; default: of the opening that stands already, else --date."), ("日期", "期初日期")),
)
LEFT_OUT = ("名称", "商品名称", "备注")
MAIN = "MAIN"

UNKNOWN_WAREHOUSE = N_("there is no warehouse of this code or name; --create makes it")
IN_FUTURE = N_("it lies in the future")


class _Line(NamedTuple):
    """A row of the file as an opening."""

    place: int
    item: Item
    day: str
    quantity: int
    unit_cost: int | None


def run(job: Job) -> None:
    """Compare the openings with the book and set those that are new or, with --update, other."""
    made = _Warehouses(job)
    lines = _lines(job, made)
    wanted = _different(job, lines)
    if not job.start():
        return
    made.write(job)
    from salescli.stock.actions import Opening, set_openings

    by_day: dict[str, list[Opening]] = defaultdict(list)
    for line in wanted:
        product, warehouse = line.item
        by_day[line.day].append(Opening(product, made.real(warehouse), line.quantity, line.unit_cost))
    for day, openings in sorted(by_day.items()):
        set_openings(job.w, openings, day=date.fromisoformat(day), import_id=job.import_id)


class _Warehouses:
    """Warehouses by code or name; with --create missing ones get a negative id until they are written."""

    def __init__(self, job: Job) -> None:
        known = Names(job.w.reader.tuples("SELECT id, code, name FROM warehouse"), folded)
        texts = dict.fromkeys(text or MAIN for text in job.table.column("warehouse"))
        self.ids = {text: known.get(text) for text in texts}
        self.fresh: dict[int, str] = {}
        self.written: dict[int, int] = {}
        if job.options.create:
            lost = [text for text, found in self.ids.items() if found is None]
            self.fresh = {-n: text for n, text in enumerate(lost, 1)}
            self.ids |= {text: number for number, text in self.fresh.items()}

    def write(self, job: Job) -> None:
        from salescli.stock.tables import Warehouse

        for number, code in self.fresh.items():
            self.written[number] = job.w.add(Warehouse(code=code, name=code)).id or 0

    def real(self, warehouse: int) -> int:
        """The id in the book."""
        return self.written.get(warehouse, warehouse)


def _lines(job: Job, warehouses: _Warehouses) -> list[_Line]:
    table = job.table
    products = _products(job)
    today = job.w.today.isoformat()
    standing = dict(_standing(job))
    lines: list[_Line] = []
    first: dict[tuple[Item, str], int] = {}
    for place, (product, text, day, quantity, cost) in enumerate(
        zip(products, table.column("warehouse"), table.column("date"), table.column("quantity"), table.column("unit_cost"), strict=True)
    ):
        warehouse = warehouses.ids[text or MAIN]
        if warehouse is None:
            job.fault(place, "warehouse", "unknown_warehouse", UNKNOWN_WAREHOUSE)
        if day is not None and day > today:
            job.fault(place, "date", "in_future", IN_FUTURE)
        if product is None or warehouse is None or quantity is None:
            continue
        item = (product, warehouse)
        when = day or standing.get(item) or today
        if (item, when) in first:
            row = table.rows[first[item, when]]
            job.fault(place, "sku", "key_twice", TWICE, code=table.column("sku")[place], row=row)
            continue
        first[item, when] = place
        lines.append(_Line(place, item, when, quantity, cost))
    return lines


def _products(job: Job) -> list[Any]:
    """Product ids by SKU, else by a barcode only one product has."""
    names = Names(job.w.reader.tuples("SELECT id, sku, barcode FROM product"), folded)
    skus = job.table.column("sku")
    known = {sku: found for sku in set(skus) if sku is not None and (found := names.get(sku)) is not None}
    return job.resolve("sku", known, "unknown_sku", UNKNOWN_PRODUCT_FIRST)


def _standing(job: Job) -> list[tuple[Item, str]]:
    """The day of the newest opening of every item."""
    sql = "SELECT product_id, warehouse_id, max(date) FROM stock_move WHERE kind = 'opening' GROUP BY product_id, warehouse_id"
    return [((product, warehouse), day) for product, warehouse, day in job.w.reader.tuples(sql)]


def _different(job: Job, lines: Sequence[_Line]) -> list[_Line]:
    """The lines the book does not say already; other values without --update are faults."""
    from salescli.stock.reads_balance import opening_state

    states: dict[str, OpeningState] = {}
    wanted = []
    for line in lines:
        if line.day not in states:
            states[line.day] = opening_state(job.w.reader, date.fromisoformat(line.day))
        now = states[line.day].of(line.item)
        same_cost = line.unit_cost is None or line.unit_cost == now.unit_cost
        if now.recorded and now.opened == line.quantity and same_cost:
            job.skipped += 1
            continue
        if now.recorded and not job.options.update:
            field = "quantity" if now.opened != line.quantity else "unit_cost"
            facts = {"code": job.table.column("sku")[line.place], "fields": [job.table.header.name_of(field)]}
            job.fault(line.place, field, "other_values", OTHER_VALUES, **facts)
        elif now.recorded:
            job.changed += 1
            wanted.append(line)
        else:
            job.added += 1
            wanted.append(line)
    return wanted


KIND = Kind("stock", Layout(COLUMNS, left_out=LEFT_OUT), run)
