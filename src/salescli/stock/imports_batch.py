"""Opening stock batch by batch: the rows of one product, warehouse and day are one opening (STK-02, STK-05, PRD-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import OTHER_VALUES
from salescli.core.jobs_columns import Column
from salescli.core.money import divide
from salescli.core.record import NamedTuple
from salescli.core.text import folded
from salescli.stock.rules_batch import NO_BATCH, Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.jobs import Job
    from salescli.core.reader import Reader
    from salescli.stock.reads_balance import Item

COLUMNS = (
    Column("batch", "text", N_("Batch of goods kept by batch; a row for each."), ("批次", "批号", "批次号", "生产批号"), longest=60),
    Column("made_on", "date", N_("Day the batch was made."), ("生产日期",)),
    Column("expires_on", "date", N_("Last day of sale; default: by shelf life."), ("有效期", "有效期至", "到期日期", "失效日期")),
    Column("mark", "text", N_("The supplier's own number for the batch."), ("供应商批号", "原厂批号"), longest=80),
)
NOT_BY_BATCH = N_("this product is not kept by batch: salescli product edit SKU --batches")
EXPIRY_MISSING = N_("goods with a shelf life need the day they were made or expire")
EXPIRY_BEFORE_MADE = N_("it expires before it was made")


class Part(NamedTuple):
    """What a row says of a batch; days as ISO text. No code: goods without a batch."""

    code: str | None
    quantity: int
    made_on: str | None = None
    expires_on: str | None = None
    mark: str | None = None


class Opened(NamedTuple):
    """An opening of one product in one warehouse on a day: its rows' places, quantity, unit cost and batches."""

    places: tuple[int, ...]
    item: Item
    day: str
    quantity: int
    unit_cost: int | None
    parts: tuple[Part, ...]

    @property
    def by_batch(self) -> bool:
        """Whether any of its rows names a batch."""
        return any(part.code for part in self.parts)


class Line(NamedTuple):
    """A row of the file as a part of an opening."""

    place: int
    item: Item
    day: str
    quantity: int
    unit_cost: int | None
    part: Part


def parts_of(job: Job, products: Sequence[int | None]) -> list[Part]:
    """What each row says of a batch; faults of rows that do not fit their product. PRD-05."""
    columns = [job.table.column(key) for key in ("batch", "made_on", "expires_on", "mark", "quantity")]
    kept = dict(job.w.reader.tuples("SELECT id, coalesce(shelf_days, 0) FROM product WHERE batch_tracked = 1"))
    found: list[Part] = []
    for place, (product, code, made, expires, mark, quantity) in enumerate(zip(products, *columns, strict=True)):
        part = Part(None if code == NO_BATCH else code, quantity or 0, made, expires, mark)
        if product is not None and any(part[:1] + part[2:]):
            part = _checked(job, place, part, kept.get(product))
        found.append(part)
    return found


def _checked(job: Job, place: int, part: Part, shelf: int | None) -> Part:
    """The part with its last day; `shelf` None: the product is not kept by batch, 0: without a shelf life."""
    if shelf is None:
        job.fault(place, "batch", "not_by_batch", NOT_BY_BATCH)
        return part
    if part.expires_on is None and part.made_on is not None and shelf:
        part = part._replace(expires_on=(date.fromisoformat(part.made_on) + timedelta(days=shelf)).isoformat())
    if part.code and shelf and part.expires_on is None:
        job.fault(place, "expires_on", "expiry_missing", EXPIRY_MISSING)
    if part.made_on and part.expires_on and part.expires_on < part.made_on:
        job.fault(place, "expires_on", "expiry_before_made", EXPIRY_BEFORE_MADE)
    return part


def gathered(lines: Iterable[Line]) -> list[Opened]:
    """The openings the rows make together; where costs differ from batch to batch, at their average."""
    groups: dict[tuple[Item, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.item, line.day), []).append(line)
    return [
        Opened(tuple(x.place for x in rows), item, day, sum(x.quantity for x in rows), _cost(rows), tuple(x.part for x in rows))
        for (item, day), rows in groups.items()
    ]


def _cost(rows: Sequence[Line]) -> int | None:
    known = [(x.quantity, x.unit_cost) for x in rows if x.unit_cost is not None]
    total = sum(quantity for quantity, _cost in known)
    if not known:
        return None
    return divide(sum(quantity * cost for quantity, cost in known), total) if len(known) > 1 and total else known[0][1]


_OPENED = """
SELECT m.product_id, m.warehouse_id, b.code, sum(n.quantity) FROM stock_move m JOIN batch_move n ON n.move_id = m.id
JOIN batch b ON b.id = n.batch_id WHERE m.date < :day OR m.date = :day AND m.kind = 'opening'
GROUP BY m.product_id, m.warehouse_id, b.code HAVING sum(n.quantity) <> 0"""


def opened_batches(r: Reader, day: date) -> dict[Item, dict[str, int]]:
    """What opens a day of each batch, by item and folded code."""
    found: dict[Item, dict[str, int]] = {}
    for product, warehouse, code, quantity in r.tuples(_OPENED, day=day):
        found.setdefault((product, warehouse), {})[folded(code)] = quantity
    return found


class Batches:
    """The batches of the book; those of the file are entered when it is written."""

    def __init__(self, job: Job) -> None:
        self.job = job
        sql = "SELECT product_id, code, id, made_on, expires_on, mark FROM batch"
        self.known: dict[tuple[int, str], tuple[Any, ...]] = {
            (product, folded(code)): tuple(rest) for product, code, *rest in job.w.reader.tuples(sql)
        }

    def check(self, opened: Opened) -> None:
        """A batch that says other days than the book is a fault without --update."""
        for place, part in zip(opened.places, opened.parts, strict=True):
            known = self.known.get((opened.item[0], folded(part.code or "")), (None, None, None, None))
            fields = [name for name, old, new in zip(_LABEL, known[1:], part[2:], strict=True) if new and old and new != old]
            if fields and not self.job.options.update:
                names = [self.job.table.header.name_of(name) for name in fields]
                self.job.fault(place, fields[0], "other_values", OTHER_VALUES, code=part.code, fields=names)

    def write(self, openings: Sequence[Opened]) -> None:
        """Enter the batches that are new, and what the file knows better of the others."""
        from salescli.stock.tables_batch import Batch

        fresh: dict[tuple[int, str], dict[str, Any]] = {}
        for opened in openings:
            for part in opened.parts:
                if part.code:
                    self._note(fresh, (opened.item[0], folded(part.code)), part)
        first = self.job.w.insert_records(Batch, list(fresh.values())) if fresh else 0
        self.known |= {key: (first + i, None, None, None) for i, key in enumerate(fresh)}

    def _note(self, fresh: dict[tuple[int, str], dict[str, Any]], key: tuple[int, str], part: Part) -> None:
        from salescli.stock.tables_batch import Batch

        said = {name: value for name, value in zip(_LABEL, part[2:], strict=True) if value}
        if key not in self.known:
            empty = dict.fromkeys(_LABEL)
            fresh.setdefault(key, {"product_id": key[0], "code": part.code, **empty}).update(said)
            return
        row = self.job.w.get(Batch, self.known[key][0])
        for name, value in said.items():
            setattr(row, name, value if name == "mark" else date.fromisoformat(value))
        self.job.w.add(row)

    def shares(self, opened: Opened) -> tuple[Share, ...]:
        """The batches of an opening as the book knows them."""
        product = opened.item[0]
        sums: dict[int, int] = {}
        for part in opened.parts:
            if part.code:
                row_id = self.known[product, folded(part.code)][0]
                sums[row_id] = sums.get(row_id, 0) + part.quantity
        return tuple(Share(batch, quantity) for batch, quantity in sums.items())


_LABEL = ("made_on", "expires_on", "mark")
