"""Entering what suppliers ask, and pricing purchases by it (PRD-04)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, Problem, fail, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.money import price_text, quantity_text
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.price.rules_table import Rule
from salescli.purchase import rules, rules_prices
from salescli.purchase.reads_prices import price_list, proposed
from salescli.purchase.tables import SupplierPrice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.lines import TypedLine
    from salescli.core.lookup import Row
    from salescli.core.writer import Writer


class Good(NamedTuple):
    """A line of a new purchase: base units, its price, and what the supplier's list asks."""

    id: int
    sku: str
    quantity: int
    price: int
    list_price: int | None


def priced(w: Writer, supplier_id: int, lines: Sequence[TypedLine]) -> tuple[list[Good], list[Problem]]:
    """The products meant, at the price typed, else the supplier's for that quantity, else their cost; and what to say about it. PRD-04.

    Raises SalesError: 2 lines that say nothing or have no price, 3 no such product.
    """
    found = [(find(w.reader, "product", line.sku), line) for line in lines]
    lists = price_list(w.reader, supplier_id, {p.id for p, _line in found})
    goods, said = [], []
    wanted: list[tuple[str, int, int | None]] = []
    for p, line in found:
        asked = proposed(lists.get(p.id, ()), line.quantity, line.price or 0, w.today).list_price
        cost = w.reader.value("SELECT cost FROM product WHERE id = :id", id=p.id)
        price = next((known for known in (line.price, asked, cost) if known is not None), None)
        wanted.append((p.code, line.quantity, price))
        beside = proposed(lists.get(p.id, ()), line.quantity, price or 0, w.today)
        said += rules_prices.warn_price(p.code, line.quantity, price or 0, beside)
        goods.append(Good(p.id, p.code, line.quantity, price or 0, asked))
    raise_if(rules.check_lines(wanted))
    return goods, said


def offer(w: Writer, supplier: str, lines: Sequence[TypedLine], first: date | None = None, last: date | None = None) -> Done:
    """Enter what a supplier asks: SKU=QTY@PRICE is the price from that quantity on; the same break of the same day is corrected. PRD-04.

    Raises SalesError: 2 no price, no quantity, days the wrong way round; 3 no such supplier or product; 4 two prices that could tie.
    """
    whom, start = find(w.reader, "supplier", supplier), first or w.today
    named = [(find(w.reader, "product", line.sku), line) for line in lines]
    raise_if(rules_prices.check_offer([(p.code, line.quantity, line.price) for p, line in named], start, last))
    changed = []
    for p, line in named:
        changed.append(_enter(w, whom, p, line, start, last))
    w.document = whom.code
    text = (
        N_("{supplier}: {count} {count:price|prices} {count:is|are} entered, from {day} on")
        if last is None
        else N_("{supplier}: {count} {count:price|prices} from {day} to {last}")
    )
    facts = {"supplier": whom.code, "count": len(named), "day": start.isoformat(), "last": last.isoformat() if last else None}
    return Done(msg(text, **facts), whom.code, changes=tuple(changed), next=(f"salescli purchase supplier prices {whom.code}",))


def _enter(w: Writer, whom: Row, goods: Row, line: TypedLine, first: date, last: date | None) -> Change:
    known = price_list(w.reader, whom.id, [goods.id]).get(goods.id, [])
    same = [rule for rule in known if (rule.min_qty, rule.valid_from) == (line.quantity, first.isoformat())]
    others = [rule for rule in known if rule not in same]
    end = last.isoformat() if last else None
    fresh = Rule(0, None, None, None, line.quantity, None, line.price, first.isoformat(), end)
    raise_if(rules_prices.check_tie(whom.code, goods.code, fresh, others))
    name = f"{goods.code} {quantity_text(line.quantity)}+"
    if not same:
        w.add(
            SupplierPrice(
                supplier_id=whom.id, product_id=goods.id, min_qty=line.quantity, unit_price=line.price or 0, valid_from=first, valid_to=last
            )
        )  # fmt: skip
        return Change(name, None, price_text(line.price or 0))
    row = w.get(SupplierPrice, same[0].id)
    before, row.unit_price, row.valid_to = row.unit_price, line.price or 0, last
    w.session.flush()
    return Change(name, price_text(before), price_text(line.price or 0))


def end(w: Writer, supplier: str, skus: Sequence[str], day: date | None = None) -> Done:
    """A supplier no longer asks these prices: they hold until the day before `day`; what would only begin then is taken away. PRD-04.

    Raises SalesError: 3 no such supplier or product, 4 nothing of it holds then.
    """
    whom, on = find(w.reader, "supplier", supplier), day or w.today
    changed: list[Change] = []
    for p in [find(w.reader, "product", sku) for sku in skus]:
        of_product = select(SupplierPrice).where(SupplierPrice.supplier_id == whom.id, SupplierPrice.product_id == p.id)
        rows = [row for row in w.session.exec(of_product) if row.valid_to is None or row.valid_to >= on]
        if not rows:
            text, hint = N_("{supplier} asks no price for {sku} on {day}"), N_("salescli purchase supplier prices {supplier} --all")
            fail("no_offer", text, kind=Kind.REFUSED, rule="PRD-04", hint=hint, supplier=whom.code, sku=p.code, day=on.isoformat())
        changed += [_over(w, p, row, on) for row in rows]
    w.document = whom.code
    text = N_("{supplier}: {count} {count:price|prices} {count:ends|end} before {day}")
    return Done(msg(text, supplier=whom.code, count=len(changed), day=on.isoformat()), whom.code, changes=tuple(changed))


def _over(w: Writer, goods: Row, row: SupplierPrice, on: date) -> Change:
    change = Change(f"{goods.code} {quantity_text(row.min_qty)}+", price_text(row.unit_price), None)
    if row.valid_from >= on:
        w.session.delete(row)
    else:
        row.valid_to = on - timedelta(1)
    w.session.flush()
    return change
