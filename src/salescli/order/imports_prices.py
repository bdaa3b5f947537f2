"""What open orders of a file say about prices: nobody approved them, so lines below the floor or off the list are told (PRC-05, PRC-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_, msg
from salescli.core.jobs_rows import select_in
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.jobs import Job

TOLD = 3
"""Lines named in the answer; the price check shows them all."""


class _Line(NamedTuple):
    """A line nothing of which went out: net price and list price in 1/10,000, whether it is below the floor or off the list."""

    order: str
    line_no: int
    sku: str
    day: str
    price: int
    floor: int | None
    below: int
    off: int


_OPEN = """
SELECT * FROM (
  SELECT o.number, l.line_no, p.sku, o.date, (l.amount * 100000 + l.quantity / 2) / l.quantity, p.floor_price,
         coalesce(l.amount < (p.floor_price * l.quantity + 50000) / 100000, 1 = 0) AS below, coalesce({price} <> {listed}, 1 = 0) AS off
  FROM sales_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id
  WHERE {which} AND o.kept_delivered_on IS NULL AND l.gift = 0
    AND NOT EXISTS (SELECT 1 FROM delivery_line x WHERE x.order_line_id = l.id)) AS x
WHERE below OR off"""


def warn_prices(job: Job, changed: Iterable[int]) -> None:
    """Say how many lines of the file's open orders lie below the floor, and how many off the list price. PRC-05, PRC-06, PRC-09."""
    from salescli.price.reads_check import NET_PRICE, list_price_of_line

    sql = _OPEN.replace("{price}", NET_PRICE).replace("{listed}", list_price_of_line(job.w.reader))
    found = [*job.w.reader.tuples(sql.replace("{which}", "o.import_id = :id"), id=job.import_id)]
    found += select_in(job.w.reader, sql.replace("{which}", "o.id IN ({marks})"), changed)
    lines = [_Line(*row) for row in found]
    job.warnings += [*_below([line for line in lines if line.below]), *_off([line for line in lines if line.off and not line.below])]


def _below(lines: list[_Line]) -> list[Problem]:
    if not lines:
        return []
    text = N_("{count:,} {count:line|lines} of open orders {count:lies|lie} below the lowest price, which nobody may sell at: {lines}")
    named = [
        msg(N_("{order} line {line} {sku} at {price:price}, lowest {floor:price}"), order=x.order, line=x.line_no, sku=x.sku, price=x.price,
            floor=x.floor)
        for x in lines[:TOLD]
    ]  # fmt: skip
    return [problem("imported_below_floor", text, rule="PRC-09", hint=_CHECK, count=len(lines), lines=named, period=_period(lines))]


def _off(lines: list[_Line]) -> list[Problem]:
    if not lines:
        return []
    text = N_("{count:,} {count:line|lines} of open orders {count:bears|bear} another price than the list's, without approval")
    return [problem("imported_off_list", text, rule="PRC-05", hint=_CHECK, count=len(lines), period=_period(lines))]


_CHECK = N_("look at them: salescli price check --by line --net --faults --period {period}")


def _period(lines: list[_Line]) -> str:
    days = [line.day for line in lines]
    return f"{min(days)}..{max(days)}"
