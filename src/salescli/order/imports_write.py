"""New orders of a file go into the book: orders, lines, deliveries, receivables, all in bulk."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any

from salescli.core.dates import due_date
from salescli.core.i18n import N_
from salescli.core.jobs_bulk import unindexed
from salescli.core.jobs_rows import select_in
from salescli.core.record import NamedTuple
from salescli.core.tax import prices_are_net
from salescli.order.states import DeliveryKind, OrderState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salescli.core.jobs import Job
    from salescli.order.imports_lines import Lines
    from salescli.order.imports_orders import Group

DUE_DISAGREES = N_("the lines delivered on {day} are due on different days (row {row})")
DUE_BEFORE = N_("due before the delivery of {day}")
NUMBER_TAKEN = N_("the receivable {number} is in the book with another customer, date or amount")

ORDER = (
    "number", "date", "customer_id", "staff_id", "state", "promised", "region", "channel", "import_id", "kept_delivered_on",
)  # fmt: skip
LINE = ("order_id", "line_no", "product_id", "quantity", "unit_price", "discount", "amount", "tax", "amount_given", "unit_cost")
DELIVERY = ("number", "order_id", "date", "kind", "import_id")
PART = ("delivery_id", "order_line_id", "quantity", "amount", "tax")


class Shipment(NamedTuple):
    """Lines of an order delivered on one day, and the receivable that makes: None when it stands already or is worth nothing."""

    number: str
    date: str
    places: Sequence[int]
    due: str
    amount: int
    posts: bool


class Terms:
    """When a delivery is due and who owns the receivable: facts about customers, read once."""

    def __init__(self, job: Job) -> None:
        reader = job.w.reader
        self._days = dict(reader.tuples("SELECT id, credit_days FROM customer WHERE credit_days IS NOT NULL"))
        self._default = int(reader.policy("ar.new_terms_days") or 0)
        self._owners = dict(reader.tuples("SELECT id, staff_id FROM customer WHERE staff_id IS NOT NULL"))
        self._known: dict[tuple[str, int], str] = {}
        self.net = prices_are_net(reader)

    def due(self, customer: int, delivered: str) -> str:
        """The last day of payment: delivery and the customer's credit days, else those of new customers."""
        key = (delivered, self._days.get(customer, self._default))
        if key not in self._known:
            self._known[key] = due_date(date.fromisoformat(delivered), key[1]).isoformat()
        return self._known[key]

    def owner(self, group: Group) -> int | None:
        """The row's staff, else the customer's, else nobody (`check` lists those)."""
        return group.staff or self._owners.get(group.customer)


class Standing:
    """Receivables in the book that a delivery of these orders may turn out to be; each serves once."""

    def __init__(self, job: Job, numbers: Sequence[str]) -> None:
        self._equal: dict[tuple[Any, ...], int] = defaultdict(int)
        if _any_receivable(job):
            sql = "SELECT customer_id, order_number, date, amount FROM receivable WHERE order_number IN ({marks})"
            for key in select_in(job.w.reader, sql, numbers):
                self._equal[key] += 1

    def take(self, customer: int, order: str, day: str, amount: int) -> bool:
        """Whether such a receivable stands already; it is used up then."""
        key = (customer, order, day, amount)
        if not self._equal or not self._equal[key]:
            return False
        self._equal[key] -= 1
        return True


def _any_receivable(job: Job) -> bool:
    return job.w.reader.value("SELECT id FROM receivable LIMIT 1") is not None


def check_numbers(job: Job, deliveries: Iterable[Shipment]) -> None:
    """Name the deliveries whose receivable would bear a number that another one has."""
    if not _any_receivable(job):
        return
    posting = {shipment.number: shipment.places[0] for shipment in deliveries if shipment.posts}
    for (number,) in select_in(job.w.reader, "SELECT number FROM receivable WHERE number IN ({marks})", posting):
        job.fault(posting[number], "order", "number_taken", NUMBER_TAKEN, number=number)


def plan_deliveries(job: Job, groups: Sequence[Group], lines: Lines) -> list[list[Shipment]]:
    """The deliveries of each new order, by day, with what they make the customer owe; faults: due days that cannot be."""
    terms, standing = Terms(job), Standing(job, [group.number for group in groups])
    deliveries = [shipments(job, group, group.places, lines, terms, standing) for group in groups]
    check_numbers(job, chain.from_iterable(deliveries))
    return deliveries


def shipments(
    job: Job, group: Group, places: Sequence[int], lines: Lines, terms: Terms, standing: Standing, first: int = 1
) -> list[Shipment]:
    """The deliveries of an order's lines at `places`, numbered ORDER/first and on."""
    delivered, has_due = lines.delivered, job.table.has("due")
    by_day: dict[str, list[int]] = {}
    for place in places:
        if (on := delivered[place]) is not None:
            by_day.setdefault(on, []).append(place)
    result = []
    for number, day in enumerate(sorted(by_day), first):
        same = by_day[day]
        amount = sum([lines.amount[i] for i in same])
        if terms.net:
            amount += sum([lines.tax[i] for i in same])
        due = (has_due and _due(job, same, lines, day)) or terms.due(group.customer, day)
        name = f"{group.number}/{number}"
        posts = amount != 0 and not standing.take(group.customer, group.number, day, amount)
        result.append(Shipment(name, day, same, due, amount, posts))
    return result


def _due(job: Job, places: Sequence[int], lines: Lines, day: str) -> str | None:
    """The due day the rows of a delivery name, if any."""
    named = [place for place in places if lines.due[place] is not None]
    if not named:
        return None
    due = lines.due[named[0]]
    for place in named:
        if lines.due[place] != due:
            job.fault(place, "due", "due_disagrees", DUE_DISAGREES, day=day, row=job.table.rows[named[0]])
        elif due is not None and due < day:
            job.fault(place, "due", "due_before_delivery", DUE_BEFORE, day=day)
    return due


def insert(job: Job, groups: Sequence[Group], lines: Lines, deliveries: Sequence[Sequence[Shipment]]) -> None:
    """Write new orders with all that hangs on them; one table after the other, so that little stands in memory at once."""
    if not groups:
        return
    sent = sum(map(len, deliveries))
    rows = {
        "sales_order": len(groups),
        "order_line": len(lines.product),
        "delivery": sent,
        "delivery_line": len(lines.product),
        "receivable": sent,
    }
    with unindexed(job.w.reader.connection, rows):
        first = _insert_orders(job, groups, lines, deliveries)
        line_ids = _insert_lines(job, groups, lines, first)
        insert_deliveries(job, deliveries, lines, range(first, first + len(groups)), line_ids)
        post_receivables(job, groups, deliveries)
    keep_orders(job)


def keep_orders(job: Job) -> None:
    """First and last order and days with orders of every customer this import is about. CUS-04, CUS-13."""
    from salescli.order.reads_kept import KEEP_ORDERS

    sql = f"{KEEP_ORDERS} WHERE id IN (SELECT o.customer_id FROM sales_order o WHERE o.import_id = ?)"
    job.w.reader.connection.execute(sql, (job.import_id,))


def _insert_orders(job: Job, groups: Sequence[Group], lines: Lines, deliveries: Sequence[Sequence[Shipment]]) -> int:

    first, import_id, state = job.w.next_id("sales_order"), job.import_id, OrderState.CONFIRMED.value
    delivered = lines.delivered
    rows = []
    for order_id, (number, places, day, customer, staff, promised, channel, region), sent in zip(
        count(first), groups, deliveries, strict=False
    ):
        done = sent[-1].date if sent and (len(sent) == 1 == len(places) or None not in [delivered[i] for i in places]) else None
        rows.append((order_id, number, day, customer, staff, state, promised, region, channel, import_id, done))
    job.insert("sales_order", ORDER, rows)
    return first


def _insert_lines(job: Job, groups: Sequence[Group], lines: Lines, first_order: int) -> list[int]:
    """The lines of new orders; their ids by place in the file."""

    costs = dict(job.w.reader.tuples("SELECT id, cost FROM product WHERE cost IS NOT NULL"))
    first = job.w.next_id("order_line")
    order = [place for group in groups for place in group.places]
    ids = [0] * len(lines.product)
    for line_id, place in enumerate(order, first):
        ids[place] = line_id
    of_order = chain.from_iterable(repeat(n, len(group.places)) for n, group in enumerate(groups, first_order))
    line_no = chain.from_iterable(range(1, len(group.places) + 1) for group in groups)
    columns = [_in_order(column, order) for column in lines[:7]]
    known_costs = map(costs.get, _in_order(lines.product, order))
    job.insert("order_line", LINE, zip(count(first), of_order, line_no, *columns, known_costs))
    return ids


def _in_order(column: Sequence[Any] | Mapping[int, Any], order: Sequence[int]) -> Iterable[Any]:
    """The values of a column at these places."""
    return map(column.__getitem__, order)


def insert_deliveries(
    job: Job, deliveries: Sequence[Sequence[Shipment]], lines: Lines, order_ids: Sequence[int], line_ids: Sequence[int] | Mapping[int, int]
) -> None:
    """Write deliveries and what of each line they carry: all of it."""

    kind, import_id = DeliveryKind.DELIVERY.value, job.import_id
    first = job.w.next_id("delivery")
    flat = [(order_id, shipment) for order_id, sent in zip(order_ids, deliveries, strict=True) for shipment in sent]
    rows = (
        (delivery_id, shipment.number, order_id, shipment.date, kind, import_id)
        for delivery_id, (order_id, shipment) in enumerate(flat, first)
    )
    job.insert("delivery", DELIVERY, rows)
    order = [place for _order_id, shipment in flat for place in shipment.places]
    of_delivery = chain.from_iterable(repeat(n, len(shipment.places)) for n, (_order_id, shipment) in enumerate(flat, first))
    figures = (_in_order(column, order) for column in (line_ids, lines.quantity, lines.amount, lines.tax))
    job.insert("delivery_line", PART, zip(count(job.w.next_id("delivery_line")), of_delivery, *figures))


def post_receivables(job: Job, groups: Sequence[Group], deliveries: Sequence[Sequence[Shipment]]) -> None:
    """Post what the deliveries make the customers owe."""
    from salescli.ar.actions_many import NewReceivable, post_many

    terms, import_id = Terms(job), job.import_id
    rows = [
        NewReceivable(
            customer_id=group.customer,
            date=shipment.date,
            due_date=shipment.due,
            amount=shipment.amount,
            number=shipment.number,
            staff_id=terms.owner(group),
            order_number=group.number,
            delivery_number=shipment.number,
            import_id=import_id,
        )
        for group, sent in zip(groups, deliveries, strict=True)
        for shipment in sent
        if shipment.posts
    ]
    if rows:
        post_many(job.w, rows, [])
