"""What lies there batch by batch, and how much of it may be sold (STK-05, PRD-05)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from salescli.core.i18n import C_
from salescli.core.money import quantity_text
from salescli.core.report import Change
from salescli.stock.reads_balance import held
from salescli.stock.rules_batch import NO_BATCH, Lot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.stock.reads_balance import Item

FIT = "(b.blocked IS NULL AND (b.expires_on IS NULL OR b.expires_on >= :day))"
"""SQL: a batch `b` that may be sold on `:day`; the same as `rules_batch.may_be_sold`. PRD-05."""

UNFIT = f"""
SELECT i.product_id, i.warehouse_id, i.kept_quantity - coalesce(f.quantity, 0) AS quantity
FROM stock_item i JOIN product p ON p.id = i.product_id AND p.batch_tracked = 1
LEFT JOIN (SELECT b.product_id, n.warehouse_id, sum(n.kept_quantity) AS quantity FROM batch_item n JOIN batch b ON b.id = n.batch_id
           WHERE n.kept_quantity > 0 AND {FIT} GROUP BY b.product_id, n.warehouse_id) f
    ON f.product_id = i.product_id AND f.warehouse_id = i.warehouse_id"""
"""SQL: what of each product kept by batch lies in each warehouse and may not be sold on `:day`: expired, blocked, without a batch."""

_FIT = f"""SELECT coalesce(sum(n.kept_quantity), 0) FROM batch b JOIN batch_item n ON n.batch_id = b.id
WHERE b.product_id = :p AND {FIT}"""


def unfit(r: Reader, product_id: int, warehouse_id: int | None, on_hand: int, day: date) -> int:
    """What of `on_hand` may not be sold on a day; nothing for a product not kept by batch. PRD-05."""
    if not on_hand or not r.value("SELECT batch_tracked FROM product WHERE id = :p", p=product_id):
        return 0
    here = "" if warehouse_id is None else f" AND n.warehouse_id = {warehouse_id:d}"
    return on_hand - int(r.value(_FIT + here, p=product_id, day=day))


_LOTS = """
SELECT b.id, b.code, b.made_on, b.expires_on, b.blocked, coalesce(n.kept_quantity, 0) FROM batch b
LEFT JOIN batch_item n ON n.batch_id = b.id AND n.warehouse_id = :w
WHERE b.product_id = :p AND (n.kept_quantity > 0 OR b.id IN ({named})) ORDER BY b.id"""
_LATER = "SELECT count(*) FROM stock_move WHERE product_id = :p AND warehouse_id = :w AND date > :day"
_STEPS = """
SELECT m.date, m.id, m.quantity, n.batch_id, n.quantity FROM stock_move m LEFT JOIN batch_move n ON n.move_id = m.id
WHERE m.product_id = :p AND m.warehouse_id = :w ORDER BY m.date, m.id"""


def lots_of(r: Reader, item: Item, day: date, named: Iterable[int] = ()) -> list[Lot]:
    """The batches of an item with the least there is of each from `day` on, goods without a batch last; `named` ones though empty."""
    place = {"p": item[0], "w": item[1]}
    lots = r.rows(Lot, _LOTS.format(named=", ".join(str(int(each)) for each in named) or "NULL"), **place)
    lots.append(Lot(None, NO_BATCH, None, None, None, held(r, item).quantity - sum(lot.quantity for lot in lots)))
    if r.value(_LATER, day=day, **place):
        least = _least(r.tuples(_STEPS, **place), day.isoformat())
        lots = [lot._replace(quantity=max(0, min(lot.quantity, least.get(lot.batch_id, 0)))) for lot in lots]
    return lots


def _least(steps: Iterable[tuple[str, int, int, int | None, int | None]], day: str) -> dict[int | None, int]:
    """The least quantity of each batch at the end of a day or after any later movement; what came later was not there then."""
    now: dict[int | None, int] = {}
    least: dict[int | None, int] | None = None
    for (date_, _move, quantity), parts in groupby(steps, key=lambda step: step[:3]):
        if date_ > day and least is None:
            least = dict(now)
        moved: dict[int | None, int] = {}
        for *_step, batch, part in parts:
            if part is not None:
                moved[batch] = moved.get(batch, 0) + part
        moved[None] = quantity - sum(moved.values())
        for batch, part in moved.items():
            now[batch] = now.get(batch, 0) + part
            if least is not None:
                least[batch] = min(least.get(batch, 0), now[batch])
    return now if least is None else least


# --- what a document moved --------------------------------------------------------------------------------------------------

_MOVED = """
SELECT p.sku, sum(n.quantity), b.code, b.expires_on FROM stock_move m JOIN batch_move n ON n.move_id = m.id
JOIN batch b ON b.id = n.batch_id JOIN product p ON p.id = b.product_id
WHERE m.document = :number GROUP BY p.sku, b.code, b.expires_on ORDER BY p.sku, b.expires_on, b.code"""


def batches_moved(r: Reader, document: str) -> list[Change]:
    """What a document moved of which batch, as its answer tells it."""
    return [
        Change(f"{C_('batch')} {sku}", None, f"{quantity_text(abs(quantity))} · {code}" + (f" · {expires}" if expires else ""))
        for sku, quantity, code, expires in r.tuples(_MOVED, number=document)
    ]
