"""Orders made of a quote or a contract: changed, they keep what was agreed; they go no further than the contract (CTR-06, QUO-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.contract.reads_progress import agreed, delivered, ordered
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.lookup import find
from salescli.core.money import divide
from salescli.order.actions_pricing import Line
from salescli.order.reads_life import progress_of
from salescli.order.rules_life import allowed
from salescli.order.states import OrderState
from salescli.order.tables import OrderLine
from salescli.order.tables_life import CapacityAnswer, OrderReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.writer import Writer
    from salescli.order.actions_new import Found


def keep_agreed(w: Writer, found: Found, lines: Sequence[Line]) -> list[Line]:
    """The lines typed for an order of a quote or contract: without a price of their own they bear the agreed one, with their part of what
    a plan took off. Gifts stay while nothing shrinks. QUO-06, PRO-08.
    """
    rows = w.session.exec(select(OrderLine).where(OrderLine.order_id == found.id)).all() if found.terms.origin else []
    known = {row.product_id: row for row in rows if not row.gift}
    skus = dict(
        w.reader.tuples("SELECT p.id, p.sku FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = :i", i=found.id)
    )
    kept, wanted = [], {row.product_id: 0 for row in known.values()}
    for line in lines:
        product = find(w.reader, "product", line.sku).id if known else 0
        wanted[product] = wanted.get(product, 0) + line.quantity
        row = known.get(product)
        kept.append(_as_agreed(line, row) if row and line.price is None and not line.discount else line)
    if not any(line.agreed for line in kept) or any(wanted[row.product_id] < row.quantity for row in known.values()):
        return kept
    gifts = (Line(skus[x.product_id], x.quantity, 0, promo_number=x.promo_number, gift=True, agreed=True) for x in rows if x.gift)
    return [*kept, *gifts]


def grows(w: Writer, found: Found, lines: Sequence[Line]) -> bool:
    """Whether lines typed anew ask for more of some goods: what was answered about less is asked anew. ORD-01."""
    left = goods_of(w, found)
    for line in lines:
        product = 0 if line.gift else find(w.reader, "product", line.sku).id
        left[product] = left.get(product, 0) - (0 if line.gift else line.quantity)
    return any(quantity < 0 for quantity in left.values())


def lapse_capacity(w: Writer, found: Found) -> None:
    """What the warehouse answered was said of less: it is asked anew. ORD-01, ORD-07."""
    known = select(CapacityAnswer).where(CapacityAnswer.order_id == found.id, col(CapacityAnswer.lapsed_on).is_(None))
    for answer in w.session.exec(known).all():
        answer.lapsed_on = w.today


_NAMED = """SELECT DISTINCT l.product_id FROM contract_line l JOIN contract_version v ON v.id = l.version_id
            JOIN contract k ON k.id = v.contract_id WHERE k.number = :number AND v.version_no <= k.in_force"""


def check_contract_delivery(w: Writer, found: Found, going: Mapping[int, tuple[str, int]]) -> list[Problem]:
    """Nothing goes out beyond what the contract agrees now: an amendment may have cut what was ordered before. CTR-06.

    `going`: SKU and quantity (1/1,000) by product. The office's allowance for over-delivery holds here too.
    """
    number = found.terms.origin or ""
    terms = w.reader.tuples(_CONTRACT, number=number) if number else []
    if not terms:
        return []
    limit, went = agreed(w.reader, terms[0][0]), delivered(w.reader, number, w.today)
    named, over = set(w.reader.column(_NAMED, number=number)), w.policy("order.over_delivery_pct")
    text = N_("{sku}: {number} agrees {agreed:qty} now, {delivered:qty} of it are delivered; {quantity:qty} more go beyond it")
    hint = N_('less of it: salescli order deliver {order} {sku}=QTY; give up the rest: salescli order close {order} --reason "…"')
    return [
        problem("beyond_contract", text, rule="CTR-06", hint=hint, sku=sku, number=number, agreed=limit.get(product, 0),
                delivered=went.get(product, (0, 0, ""))[0], quantity=quantity, order=found.row.number)
        for product, (sku, quantity) in going.items()
        if product in named and went.get(product, (0, 0, ""))[0] + quantity > allowed(limit.get(product, 0), over)
    ]  # fmt: skip


TICKS = {"quantities": ("scope_check",), "goods": ("spec_check", "design_check")}
"""What the acceptance report ticks for the goods of an order (F-10): other goods or quantities are ticked anew."""


def goods_of(w: Writer, found: Found) -> dict[int, int]:
    """What an order sells, by product (1/1,000); gifts are the plans' business."""
    sql = "SELECT product_id, sum(quantity) FROM order_line WHERE order_id = :i AND gift = 0 GROUP BY 1"
    return dict(w.reader.tuples(sql, i=found.id))


def lapse_ticks(w: Writer, found: Found, before: dict[int, int]) -> list[Problem]:
    """Take back the ticks of the acceptance report that were set for other goods than the draft holds now. ORD-02, CTR-04, F-10."""
    report = w.session.exec(select(OrderReport).where(OrderReport.order_id == found.id)).first()
    now = goods_of(w, found)
    if report is None or now == before:
        return []
    changed = ["quantities", *(["goods"] if set(now) != set(before) else [])]
    names = [tick for what in changed for tick in TICKS[what] if getattr(report, tick)]
    for tick in names:
        setattr(report, tick, False)
    if not names:
        return []
    text = N_("{order}: what the report ticked has changed and is ticked anew: {ticks:code}")
    hint = N_("salescli order submit {order} {options}")
    options = " ".join(f"--{tick.removesuffix('_check')}" for tick in names)
    return [problem("ticks_lapsed", text, rule="ORD-02", hint=hint, order=found.row.number, ticks=",".join(names), options=options)]


def _as_agreed(line: Line, row: OrderLine) -> Line:
    off = divide(row.promo_discount * min(line.quantity, row.quantity), row.quantity) if row.quantity else 0
    return line._replace(price=row.unit_price, discount=row.discount, promo_discount=off, promo_number=row.promo_number, agreed=True)


_CONTRACT = """
SELECT v.id, k.ended_on, v.starts_on, v.ends_on FROM contract k
JOIN contract_version v ON v.contract_id = k.id AND v.version_no = k.in_force WHERE k.number = :number"""


def check_contract_left(w: Writer, found: Found) -> list[Problem]:
    """An order of a contract takes no more than the contract agrees, all its orders added up, while it holds. CTR-02, CTR-06."""
    number = found.terms.origin or ""
    terms = w.reader.tuples(_CONTRACT, number=number) if number else []
    if not terms:
        return []
    version, ended, first, last = terms[0]
    day = w.today.isoformat()
    if ended or (last and last < day) or (first and first > day):
        text, hint = (
            N_("{number} does not hold today: from {first} until {last}"),
            N_("salescli contract show {number}; without it: salescli order new"),
        )
        return [problem("contract_not_in_force", text, kind=Kind.STATE, rule="CTR-02", hint=hint, number=number, first=first,
                        last=ended or last)]  # fmt: skip
    limit, taken = agreed(w.reader, version), ordered(w.reader, number, w.today)
    for line in progress_of(w.reader, found.id) if found.row.state == OrderState.CLOSED else ():
        taken[line.product_id] = taken.get(line.product_id, 0) + line.rest  # a closed order gave its rest up; opened again it wants it
    mine = w.reader.tuples(
        "SELECT DISTINCT p.id, p.sku FROM order_line l JOIN product p ON p.id = l.product_id WHERE l.order_id = :i ORDER BY p.sku",
        i=found.id,
    )
    text = N_("{sku}: {quantity:qty} ordered under {number}, {agreed:qty} agreed")
    hint = N_("less of it: salescli order edit {order} {sku}=QTY; more takes an amendment: salescli contract edit {number} --help")
    return [
        problem("more_than_agreed", text, rule="CTR-06", hint=hint, sku=sku, quantity=taken.get(product, 0), agreed=limit[product],
                number=number, order=found.row.number)
        for product, sku in mine
        if product in limit and taken.get(product, 0) > limit[product]
    ]  # fmt: skip
