"""Orders of a file that the book has already: the same, or changed as far as goods are not delivered yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import OTHER_VALUES
from salescli.core.jobs_rows import select_in
from salescli.core.record import NamedTuple
from salescli.order.imports_orders import HEAD, Group
from salescli.order.states import OrderState

if TYPE_CHECKING:
    from salescli.core.jobs import Job
    from salescli.order.imports_lines import Lines
    from salescli.order.imports_write import Shipment

NOT_IMPORTED = N_("{order} was not imported; change it with salescli order edit")
NOT_OPEN = N_("{order} is {state:code} and is not changed by an import")
DELIVERED = N_("{order}: delivered goods are not changed by an import ({fields}); they are taken back with salescli order return")
FEWER = N_("{order} has {count} {count:line|lines} in the book, {found} in the file; an import takes no line away")
FIELDS = ("sku", "quantity", "unit_price", "discount_pct", "amount", "delivered")

AT_ONCE = 2_000
"""Orders compared at a time, so that a second import of 100,000 lines needs no more memory than the first."""

SEVERAL_DAYS = "…"
"""Stands for the delivery day of a line that went out in parts."""


class Line(NamedTuple):
    """A line of the book: id, what `FIELDS` names."""

    id: int
    values: tuple[Any, ...]


class Standing(NamedTuple):
    """An order of the book: id, state, import, what `HEAD` names, its lines in order, how many deliveries it has."""

    id: int
    state: str
    import_id: int | None
    head: tuple[Any, ...]
    lines: list[Line]
    deliveries: int


class Change(NamedTuple):
    """What the file says otherwise: new values of the head, of lines by their id, places of added lines and of lines delivered now."""

    group: Group
    order: Standing
    head: dict[str, Any]
    lines: dict[int, int]
    added: list[int]
    shipped: list[int]


def compared(job: Job, groups: Sequence[Group], lines: Lines) -> tuple[list[Group], list[Change]]:
    """New orders, and changed ones; the same are counted as skipped, changes without --update are faults."""
    fresh: list[Group] = []
    changes: list[Change] = []
    if job.w.reader.value("SELECT id FROM sales_order LIMIT 1") is None:
        return list(groups), changes
    for start in range(0, len(groups), AT_ONCE):
        _compare(job, groups[start : start + AT_ONCE], lines, fresh, changes)
    return fresh, changes


def _compare(job: Job, groups: Sequence[Group], lines: Lines, fresh: list[Group], changes: list[Change]) -> None:
    standing = _standing(job, [group.number for group in groups])
    for group in groups:
        order = standing.get(group.number)
        if order is None:
            fresh.append(group)
            continue
        change = _change(group, order, lines)
        if not (change.head or change.lines or change.added or change.shipped or len(order.lines) > len(group.places)):
            job.skipped += 1
        elif not job.options.update:
            job.fault(group.places[0], "order", "other_values", OTHER_VALUES, code=group.number, fields=_fields(job, change, lines))
        elif _may_change(job, change, lines):
            changes.append(change)


def _standing(job: Job, numbers: Sequence[str]) -> dict[str, Standing]:
    """The orders of the book under these numbers."""
    reader = job.w.reader
    sql = """SELECT number, id, state, import_id, date, customer_id, staff_id, promised, channel, region FROM sales_order
             WHERE number IN ({marks})"""
    heads = {number: (i, state, imported, tuple(head)) for number, i, state, imported, *head in select_in(reader, sql, numbers)}
    ids = [row[0] for row in heads.values()]
    days: dict[int, dict[str, int]] = defaultdict(dict)
    sql = """SELECT p.order_line_id, d.date, sum(p.quantity) FROM delivery d JOIN delivery_line p ON p.delivery_id = d.id
             WHERE d.kind = 'delivery' AND d.order_id IN ({marks}) GROUP BY p.order_line_id, d.date"""
    for line_id, day, quantity in select_in(reader, sql, ids):
        days[line_id][day] = quantity
    lines: dict[int, list[Line]] = defaultdict(list)
    sql = """SELECT order_id, id, product_id, quantity, unit_price, discount, amount FROM order_line
             WHERE order_id IN ({marks}) ORDER BY order_id, line_no"""
    for order_id, line_id, *values in select_in(reader, sql, ids):
        lines[order_id].append(Line(line_id, (*values, _delivered(days.get(line_id), values[1]))))
    sql = "SELECT order_id, count(*) FROM delivery WHERE kind = 'delivery' AND order_id IN ({marks}) GROUP BY order_id"
    sent = dict(select_in(reader, sql, ids))
    return {n: Standing(i, state, imp, head, lines[i], sent.get(i, 0)) for n, (i, state, imp, head) in heads.items()}


def _delivered(days: dict[str, int] | None, quantity: int) -> str | None:
    """The day a line was delivered, None before, `SEVERAL_DAYS` when it went out in parts."""
    if not days:
        return None
    [(day, sent), *more] = days.items()
    return SEVERAL_DAYS if more or sent != quantity else day


def _change(group: Group, order: Standing, lines: Lines) -> Change:
    head = {
        key: new for key, new, old in zip(HEAD, group.head, order.head, strict=True) if new is not None and new != old
    }  # fmt: skip
    change = Change(group, order, head, {}, group.places[len(order.lines) :], [])
    for place, line in zip(group.places, order.lines, strict=False):
        if lines.values(place) != line.values[:5]:
            change.lines[line.id] = place
        if lines.delivered[place] not in (None, line.values[5]):
            change.shipped.append(place)
    return change


def _fields(job: Job, change: Change, lines: Lines) -> list[str]:
    """The columns in which file and book differ, as the file calls them."""
    found = list(change.head)
    by_id = {line.id: line for line in change.order.lines}
    for line_id, place in change.lines.items():
        found += [k for k, new, old in zip(FIELDS, lines.values(place), by_id[line_id].values, strict=False) if new != old]
    found += ["delivered"] if change.shipped else []
    found += ["sku"] if change.added or len(change.order.lines) > len(change.group.places) else []
    return [job.table.header.name_of(key) for key in dict.fromkeys(found)]


def _may_change(job: Job, change: Change, lines: Lines) -> bool:
    """Name what an import must not do to an order that stands."""
    group, order = change.group, change.order
    place = group.places[0]
    sent = {line.id for line in order.lines if line.values[5] is not None}
    before = len(job.faults)
    if order.import_id is None:
        job.fault(place, "order", "not_imported", NOT_IMPORTED, order=group.number)
    elif order.state != OrderState.CONFIRMED:
        job.fault(place, "order", "wrong_state", NOT_OPEN, order=group.number, state=order.state)
    if len(order.lines) > len(group.places):
        job.fault(place, "order", "fewer_lines", FEWER, order=group.number, count=len(order.lines), found=len(group.places))
    moved = sent & change.lines.keys() or {i for i, line in _pairs(change) if i in change.shipped and line.values[5] is not None}
    if moved or (order.deliveries and change.head.keys() & {"customer", "date"}):
        job.fault(place, "order", "delivered", DELIVERED, order=group.number, fields=_fields(job, change, lines))
    return len(job.faults) == before


def _pairs(change: Change) -> list[tuple[int, Line]]:
    return list(zip(change.group.places, change.order.lines, strict=False))


def update(job: Job, changes: Sequence[Change], lines: Lines) -> None:
    """Write what changed: heads and open lines in place, added lines, new deliveries with their receivables."""
    if not changes:
        return
    from salescli.order.actions import keep_delivered
    from salescli.order.imports_write import Standing as Owed
    from salescli.order.imports_write import Terms, check_numbers, insert_deliveries, post_receivables, shipments

    terms, owed = Terms(job), Owed(job, [change.group.number for change in changes])
    for change in changes:
        _update_head(job, change)
        ids = _update_lines(job, change, lines)
        places = sorted({*change.shipped, *(i for i in change.added if lines.delivered[i] is not None)})
        sent: list[Shipment] = shipments(job, change.group, places, lines, terms, owed, change.order.deliveries + 1)
        check_numbers(job, sent)
        job.check()
        insert_deliveries(job, [sent], lines, [change.order.id], ids)
        post_receivables(job, [change.group], [sent])
        keep_delivered(job.w, change.order.id)


def _update_head(job: Job, change: Change) -> None:
    from salescli.order.tables import SalesOrder

    if not change.head:
        return
    order = job.w.get(SalesOrder, change.order.id)
    for key, value in change.head.items():
        day = date.fromisoformat(value) if key in ("date", "promised") else value
        setattr(order, {"customer": "customer_id", "staff": "staff_id"}.get(key, key), day)
    job.w.add(order)


def _update_lines(job: Job, change: Change, lines: Lines) -> dict[int, int]:
    """Change and add lines; the ids of all the order's lines by place."""
    from salescli.order.tables import OrderLine

    ids = {place: line.id for place, line in _pairs(change)}
    for line_id, place in change.lines.items():
        job.w.add(_filled(job.w.get(OrderLine, line_id), lines, place))
    for line_no, place in enumerate(change.added, len(change.order.lines) + 1):
        line = OrderLine(order_id=change.order.id, line_no=line_no, product_id=0, quantity=0, unit_price=0, amount=0)
        ids[place] = job.w.add(_filled(line, lines, place)).id or 0
    return ids


def _filled(line: Any, lines: Lines, place: int) -> Any:
    line.product_id, line.quantity, line.unit_price, line.discount, line.amount = lines.values(place)
    line.tax, line.amount_given = lines.tax[place], bool(lines.given[place])
    return line
