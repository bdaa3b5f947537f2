"""Import of returns: what came back of delivered orders, as it was, without moving stock (ORD-15, DAT-02)."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_CUSTOMER_FIRST, UNKNOWN_PRODUCT_FIRST, Names
from salescli.core.jobs_table import Fault, Layout
from salescli.core.record import NamedTuple
from salescli.core.text import folded
from salescli.order.reads_life import progress_of
from salescli.order.rules_life import check_return
from salescli.order.states import DeliveryKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salescli.core.jobs import Job
    from salescli.order.rules_life import Progress

COLUMNS = (
    Column(
        "order",
        "code",
        N_("Order the goods come back from."),
        ("订单号", "订单编号", "订单ID", "单号", "单据编号"),
        required=True,
        longest=60,
    ),
    Column("customer", "text", N_("Customer, where several orders bear the number."), ("客户", "客户编号", "客户编码", "客户ID")),
    Column("ordered", "date", N_("Day of the order, where several bear the number."), ("订单日期", "下单日期")),
    Column(
        "sku",
        "code",
        N_("Article number; default: all that was delivered."),
        ("商品编码", "产品编码", "商品编号", "产品编号", "货号", "产品ID"),
        longest=60,
    ),
    Column("quantity", "quantity", N_("Quantity; default: all that was delivered."), ("数量", "退货数量"), least=1),
    Column("date", "date", N_("Day it came back (default: today)."), ("退货日期", "退回日期", "日期")),
    Column("reason", "text", N_("Why it came back."), ("退货原因", "退回原因")),
    Column("returned", "flag", N_("1 = it came back; other rows are passed over."), ("退回", "是否退回", "退货")),
)

NO_ORDER = N_("the book has no order of this number and customer; import the orders first")
SEVERAL = N_("{count} orders bear this number: {orders}; name customer and day of the order")
NOT_HELD = N_("{order} holds no {sku}")
NOTHING_OUT = N_("nothing of {order} was delivered")
TO_COME = N_("it came back in the future")
TOO_EARLY = N_("it came back before {order} was delivered ({day})")
HOW_MANY = N_("a quantity needs its article number")

MOST_NAMED = 4
"""Orders of one number that are listed."""


class _Order(NamedTuple):
    """An order of the book that a number may mean; `owner` answers for what is owed back."""

    id: int
    number: str
    customer_id: int
    customer: str
    date: str
    owner: int | None
    delivered: str | None


class _Back(NamedTuple):
    """Goods of one order line that come back."""

    place: int
    line: Progress
    quantity: int


_ORDERS = """
SELECT o.id, o.number, o.customer_id, c.code, o.date, coalesce(o.responsible_id, o.staff_id, c.staff_id),
       (SELECT min(d.date) FROM delivery d WHERE d.order_id = o.id AND d.kind = 'delivery')
FROM sales_order o JOIN customer c ON c.id = o.customer_id
WHERE (o.number = :number OR (o.number > :low AND o.number < :high)) AND o.state IN ('confirmed', 'closed') ORDER BY o.id"""
_STANDING = """
SELECT x.order_line_id, x.quantity, d.date FROM delivery d JOIN delivery_line x ON x.delivery_id = d.id
WHERE d.order_id = :id AND d.kind = 'return'"""


def run(job: Job) -> None:
    """Find the order of each row and what of it comes back; write one return and one credit note for each order and day. ORD-15."""
    column = job.table.column
    sql = "SELECT id, code, name FROM customer UNION ALL SELECT customer_id, code, NULL FROM customer_alias"
    names = Names(job.w.reader.tuples(sql), folded)
    known = {text: found for text in set(column("customer")) if text is not None and (found := names.get(text)) is not None}
    customers = job.resolve("customer", known, "unknown_customer", UNKNOWN_CUSTOMER_FIRST)
    products = {folded(sku): sku for sku in job.w.reader.column("SELECT sku FROM product")}
    goods = job.resolve("sku", products, "unknown_sku", UNKNOWN_PRODUCT_FIRST, fold=folded)
    back = _Found(job)
    faulty = {fault.row for fault in job.faults}
    for place, number in enumerate(column("order")):
        if column("returned")[place] == 0:
            job.skipped += 1
        elif job.table.rows[place] not in faulty:
            back.take(place, number, customers[place], goods[place])
    job.added = len(back.notes)
    if job.start():
        _write(job, back)


class _Found:
    """What the rows make of the orders they mean: for each order, day and reason what comes back."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.today = job.w.today.isoformat()
        self.notes: defaultdict[tuple[int, str, str | None], list[_Back]] = defaultdict(list)
        self.orders: dict[int, _Order] = {}
        self._lines: dict[int, list[Progress]] = {}
        self._standing: dict[int, list[tuple[int, int, str]]] = {}

    def take(self, place: int, number: str, customer: int | None, sku: str | None) -> None:
        """Add what a row says; name what is wrong with it."""
        job = self.job
        order = self._order(place, number, customer)
        if order is None:
            return
        day = job.table.column("date")[place] or self.today
        quantity = job.table.column("quantity")[place]
        if day > self.today:
            job.fault(place, "date", "return_to_come", TO_COME)
        elif order.delivered is None:
            job.fault(place, "order", "nothing_delivered", NOTHING_OUT, order=order.number)
        elif day < order.delivered:
            job.fault(place, "date", "return_too_early", TOO_EARLY, order=order.number, day=order.delivered)
        elif quantity is not None and sku is None:
            job.fault(place, "quantity", "quantity_alone", HOW_MANY)
        else:
            self._lay(place, order, day, sku, quantity)

    def _order(self, place: int, number: str, customer: int | None) -> _Order | None:
        """The one order a row means. A number that was split means all its parts until customer or day choose one."""
        rows = self.job.w.reader.rows(_Order, _ORDERS, number=number, low=f"{number}/", high=f"{number}0")
        ordered = self.job.table.column("ordered")[place]
        fit = [row for row in rows if customer in (None, row.customer_id) and ordered in (None, row.date)]
        if not fit:
            self.job.fault(place, "order", "unknown_order", NO_ORDER)
        elif len(fit) > 1:
            told = [f"{row.number} {row.customer} {row.date}" for row in fit[:MOST_NAMED]] + (["…"] if len(fit) > MOST_NAMED else [])
            self.job.fault(place, "order", "several_orders", SEVERAL, count=len(fit), orders=told)
        else:
            self.orders[fit[0].id] = fit[0]
            return fit[0]
        return None

    def _lay(self, place: int, order: _Order, day: str, sku: str | None, quantity: int | None) -> None:
        lines = [line for line in self._progress(order.id) if sku in (None, line.sku)]
        if not lines:
            self.job.fault(place, "sku", "not_ordered", NOT_HELD, order=order.number, sku=sku)
            return
        if self._stands(order.id, lines, quantity, self.job.table.column("date")[place]):
            self.job.skipped += 1
            return
        reason = self.job.table.column("reason")[place]
        parts = list(_parts(lines, quantity))
        problems = [p for line, part in parts for p in check_return(order.number, line, part)]
        self.job.faults += [Fault(self.job.table.rows[place], "order" if sku is None else "sku", p.code, p.message) for p in problems]
        for line, part in parts if not problems else ():
            self.notes[order.id, day, reason].append(_Back(place, line, part))
            self._count(order.id, line, part)

    def _progress(self, order_id: int) -> list[Progress]:
        """The lines of an order, what earlier rows bring back already counted."""
        if order_id not in self._lines:
            self._lines[order_id] = progress_of(self.job.w.reader, order_id)
            self._standing[order_id] = list(self.job.w.reader.tuples(_STANDING, id=order_id))
        return self._lines[order_id]

    def _stands(self, order_id: int, lines: Sequence[Progress], quantity: int | None, day: str | None) -> bool:
        """Whether the book holds this return already: all that was delivered came back, or so much on that day."""
        if quantity is None:
            return any(line.back for line in lines) and not any(line.out for line in lines)
        ids = {line.line_id for line in lines}
        same = [row for row in self._standing[order_id] if row[0] in ids and row[1] == quantity and day in (None, row[2])]
        if same:
            self._standing[order_id].remove(same[0])
        return bool(same)

    def _count(self, order_id: int, line: Progress, quantity: int) -> None:
        amount, tax = line.worth(line.out - quantity)
        counted = line._replace(back=line.back + quantity, booked=line.booked + amount, booked_tax=line.booked_tax + tax)
        self._lines[order_id] = [counted if each.line_id == line.line_id else each for each in self._lines[order_id]]


def _parts(lines: Sequence[Progress], quantity: int | None) -> Iterator[tuple[Progress, int]]:
    """What comes back of which line: all that is out, or a quantity laid on the lines in their order."""
    if quantity is None:
        yield from ((line, line.out) for line in lines if line.out)
        return
    rest = quantity
    for line in lines[:-1]:
        part = min(rest, line.out)
        if part:
            yield line, part
        rest -= part
    if rest:
        yield lines[-1], rest


# --- writing ------------------------------------------------------------------------------------------------------------


def _write(job: Job, found: _Found) -> None:
    """Returns numbered ORDER/R1, ORDER/R2, …, and a credit note of the same number for each."""
    from salescli.ar.actions_many import NewReceivable, post_many
    from salescli.core.tax import prices_are_net
    from salescli.order.imports_write import DELIVERY, PART

    parts: list[tuple[int, int, int, int, int]] = []
    credits: list[NewReceivable] = []
    rows, first = [], job.w.next_id("delivery")
    net, numbers = prices_are_net(job.w.reader), _Numbers(job)
    for delivery_id, ((order_id, day, reason), goods) in enumerate(found.notes.items(), first):
        order, number = found.orders[order_id], numbers.next(found.orders[order_id])
        rows.append((delivery_id, number, order_id, day, DeliveryKind.RETURN.value, job.import_id, reason))
        worth = [(back, *_worth(back)) for back in goods]
        parts += [(delivery_id, back.line.line_id, back.quantity, amount, tax) for back, amount, tax in worth]
        owed = sum(amount + (tax if net else 0) for _back, amount, tax in worth)
        if owed:
            credits.append(
                NewReceivable(
                    customer_id=order.customer_id, date=day, due_date=day, amount=-owed, number=number, staff_id=order.owner,
                    order_number=order.number, delivery_number=number, note=reason, import_id=job.import_id,
                )
            )  # fmt: skip
    job.insert("delivery", (*DELIVERY, "reason"), rows)
    job.insert("delivery_line", PART, zip(count(job.w.next_id("delivery_line")), *zip(*parts, strict=True), strict=False))
    if credits:
        post_many(job.w, credits, [])


def _worth(back: _Back) -> tuple[int, int]:
    """Amount and tax of what comes back."""
    amount, tax = back.line.worth(back.line.out - back.quantity)
    return -amount, -tax


class _Numbers:
    """Numbers of imported returns, after those an order has already."""

    def __init__(self, job: Job) -> None:
        self.reader = job.w.reader
        self.used: dict[int, int] = {}

    def next(self, order: _Order) -> str:
        """ORDER/R1 and on."""
        if order.id not in self.used:
            sql = "SELECT count(*) FROM delivery WHERE order_id = :id AND kind = 'return' AND number LIKE :like"
            self.used[order.id] = self.reader.value(sql, id=order.id, like="%/R%")
        self.used[order.id] += 1
        return f"{order.number}/R{self.used[order.id]}"


KIND = Kind("returns", Layout(COLUMNS), run)
