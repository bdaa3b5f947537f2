"""How fast stock turns over and what it is worth on a day (STK-04, STK-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.i18n import N_, msg
from salescli.core.money import QUANTITY_ONE, divide
from salescli.core.report import Column, Report
from salescli.stock.reads import goods, value_note
from salescli.stock.reads_places import away

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.i18n import Message
    from salescli.core.reader import Reader

TURNOVER = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("out", N_("Gone out"), "quantity", total=True),
    Column("cost", N_("At cost"), "amount", total=True),
    Column("value", N_("Stock value"), "amount", total=True),
    Column("turnover", N_("Turnover a year"), "quantity"),
    Column("days", N_("Days of stock"), "int"),
)

_TURNOVER = """
SELECT p.sku, p.name, coalesce(-sum(CASE WHEN m.quantity < 0 AND m.kind = 'delivery' THEN m.quantity END), 0),
       coalesce(-sum(CASE WHEN m.quantity < 0 AND m.kind = 'delivery' THEN m.value END), 0),
       (SELECT coalesce(sum(x.value), 0) FROM stock_move x WHERE x.product_id = p.id AND x.date < :first),
       (SELECT coalesce(sum(x.value), 0) FROM stock_move x WHERE x.product_id = p.id AND x.date <= :last)
FROM product p LEFT JOIN stock_move m ON m.product_id = p.id AND m.date BETWEEN :first AND :last
WHERE {scope}
GROUP BY p.id, p.sku, p.name ORDER BY p.sku"""


def turnover(r: Reader, period: Period) -> Report:
    """How often the mean stock of a period went out, by year, and how many days it lasts. STK-04."""
    days = days_between(period.start, min(period.end, r.today)) + 1
    found = r.tuples(_TURNOVER.format(scope=condition(r.actor, "stock", "NULL")), first=period.start, last=period.end)
    rows = [_turnover(row, max(days, 1), priced=r.actor.sees_prices) for row in found if row[2] or row[5]]
    return Report(
        name="stock-turnover",
        title=msg(N_("Turnover of stock in {period}"), period=period.name),
        columns=TURNOVER,
        rows=sorted(rows, key=lambda row: (row[5] is None, row[5] or 0, row[0])),
        empty=msg(N_("No goods moved in {period}."), period=period.name),
    )


def _turnover(row: tuple[Any, ...], days: int, *, priced: bool) -> tuple[Any, ...]:
    """Cost of what went out by the mean of opening and closing value, brought to 365 days; quantity units for three decimals."""
    sku, name, out, cost, opening, closing = row
    mean = opening + closing
    rate = divide(cost * 2 * 365 * QUANTITY_ONE, mean * days) if mean > 0 else None
    lasts = divide(closing * days, cost) if cost > 0 else None
    return (sku, name, out, cost if priced else None, closing if priced else None, rate, lasts)


def value(r: Reader, as_of: date | None = None, by: str = "category") -> Report:
    """What the stock was worth on a day, equal to the ledger's sum. STK-08."""
    key = {"category": "coalesce(p.category, '-')", "warehouse": "w.code", "product": "p.sku"}[by]
    day = as_of or r.today
    sql = f"""SELECT {key}, sum(m.quantity), coalesce(sum(m.value), 0), count(*) - count(m.value)
              FROM stock_move m JOIN product p ON p.id = m.product_id
              JOIN warehouse w ON w.id = m.warehouse_id WHERE m.date <= :day AND {condition(r.actor, "stock", "NULL")}
              GROUP BY {key} ORDER BY {key}"""
    rows = r.tuples(sql, day=day)
    return Report(
        name="stock-value",
        title=msg(N_("Stock value on {day}"), day=day.isoformat()),
        columns=(
            Column("key", N_("Key")),
            Column("quantity", N_("Quantity"), "quantity", total=True),
            Column("value", N_("Stock value"), "amount", total=True),
        ),
        rows=[(k, q, v if r.actor.sees_prices else None) for k, q, v, _unknown in rows],
        notes=tuple(_value_notes(r, day, unknown=any(row[3] for row in rows))) if r.actor.sees_prices else (),
        as_of=day.isoformat(),
        empty=msg(N_("No goods are kept here.")),
    )


def _value_notes(r: Reader, day: date, *, unknown: bool) -> Iterator[Message]:
    """What the sum does not hold: goods of unknown cost, and what is on its way between two warehouses. STK-05, STK-08."""
    if unknown:
        yield from value_note(goods(r, as_of=day))
    quantity, worth = away(r, day)
    if quantity:
        text = N_("not in it, on the way between warehouses: {quantity:qty} worth {value:amount} (salescli stock transfers)")
        yield msg(text, quantity=quantity, value=worth)
