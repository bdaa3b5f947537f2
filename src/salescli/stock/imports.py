"""Import of opening stock: what lies in a warehouse at the beginning of a day (STK-02)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import OTHER_VALUES, TWICE, Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_PRODUCT_FIRST, Names
from salescli.core.jobs_table import Layout
from salescli.core.text import folded
from salescli.stock import imports_batch
from salescli.stock.imports_batch import Batches, Line, Opened, gathered, opened_batches, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.stock.reads_balance import Item, OpeningState
    from salescli.stock.reads_balance import Opened as OpenedNow

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
    *imports_batch.COLUMNS,
)
LEFT_OUT = ("名称", "商品名称", "备注")
MAIN = "MAIN"

UNKNOWN_WAREHOUSE = N_("there is no warehouse of this code or name; --create makes it")
IN_FUTURE = N_("it lies in the future")


def run(job: Job) -> None:
    """Compare the openings with the book and set those that are new or, with --update, other."""
    made, batches = _Warehouses(job), Batches(job)
    wanted = _different(job, gathered(_lines(job, made)), batches)
    if not job.start():
        return
    made.write(job)
    batches.write(wanted)
    from salescli.stock.actions import Opening, set_openings
    from salescli.stock.actions_promised import give_up

    by_day: dict[str, list[Opening]] = defaultdict(list)
    for line in wanted:
        product, warehouse = line.item
        by_day[line.day].append(Opening(product, made.real(warehouse), line.quantity, line.unit_cost, batches.shares(line)))
    for day, openings in sorted(by_day.items()):
        set_openings(job.w, openings, day=date.fromisoformat(day), import_id=job.import_id)
    job.warnings += give_up(job.w)


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
            self.fresh = {-n: text for n, text in enumerate({folded(text): text for text in reversed(lost)}.values(), 1)}
            numbers = {folded(text): number for number, text in self.fresh.items()}
            self.ids |= {text: numbers[folded(text)] for text in lost}

    def write(self, job: Job) -> None:
        from salescli.stock.tables import Warehouse

        for number, code in self.fresh.items():
            self.written[number] = job.w.add(Warehouse(code=code, name=code)).id or 0

    def real(self, warehouse: int) -> int:
        """The id in the book."""
        return self.written.get(warehouse, warehouse)


def _lines(job: Job, warehouses: _Warehouses) -> list[Line]:
    table = job.table
    products = _products(job)
    parts = parts_of(job, products)
    today = job.w.today.isoformat()
    standing = dict(_standing(job))
    lines: list[Line] = []
    first: dict[tuple[Item, str, str | None], int] = {}
    for place, (product, text, day, quantity, cost) in enumerate(
        zip(products, table.column("warehouse"), table.column("date"), table.column("quantity"), table.column("unit_cost"), strict=True)
    ):
        warehouse, part = warehouses.ids[text or MAIN], parts[place]
        if warehouse is None:
            job.fault(place, "warehouse", "unknown_warehouse", UNKNOWN_WAREHOUSE)
        if day is not None and day > today:
            job.fault(place, "date", "in_future", IN_FUTURE)
        if product is None or warehouse is None or quantity is None:
            continue
        item = (product, warehouse)
        line = Line(place, item, day or standing.get(item) or today, quantity, cost, part)
        key = (item, line.day, folded(part.code) if part.code else None)
        if key in first:
            job.fault(place, "sku", "key_twice", TWICE, code=table.column("sku")[place], row=table.rows[first[key]])
            continue
        first[key] = place
        lines.append(line)
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


def _different(job: Job, openings: Sequence[Opened], batches: Batches) -> list[Opened]:
    """The openings the book does not say already; other values without --update are faults."""
    from salescli.stock.reads_balance import opening_state

    states: dict[str, OpeningState] = {}
    by_batch: dict[str, dict[Item, dict[str, int]]] = {}
    wanted = []
    for line in openings:
        if line.day not in states:
            states[line.day] = opening_state(job.w.reader, date.fromisoformat(line.day))
            by_batch[line.day] = opened_batches(job.w.reader, date.fromisoformat(line.day))
        batches.check(line)
        now = states[line.day].of(line.item)
        fields = _other(line, now, by_batch[line.day].get(line.item, {}))
        if now.recorded and not fields:
            job.skipped += len(line.places)
            continue
        if not now.recorded:
            job.added += len(line.places)
        elif job.options.update:
            job.changed += len(line.places)
        else:
            facts = {"code": job.table.column("sku")[line.places[0]], "fields": [job.table.header.name_of(fields[0])]}
            job.fault(line.places[0], fields[0], "other_values", OTHER_VALUES, **facts)
            continue
        wanted.append(line)
    return wanted


def _other(line: Opened, now: OpenedNow, batches: dict[str, int]) -> list[str]:
    """The columns in which an opening says something else than the book."""
    found = ["quantity"] if now.opened != line.quantity else []
    if line.unit_cost is not None and line.unit_cost != now.unit_cost:
        found.append("unit_cost")
    if line.by_batch and {folded(part.code): part.quantity for part in line.parts if part.code} != batches:
        found.append("batch")
    return found


KIND = Kind("stock", Layout(COLUMNS, left_out=LEFT_OUT), run)
