"""How far a contract is executed: ordered, shipped, invoiced, paid, late; the customer's record; what went wrong (CTR-06, CTR-07)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.contract.states import OF_AREAS
from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.tax import document_amount, prices_are_net
from salescli.quote.reads import plan_of
from salescli.quote.rules_payment import Term, due_day

if TYPE_CHECKING:
    from salescli.contract.reads import ContractRow
    from salescli.core.reader import Reader


class Progress(NamedTuple):
    """A contract's execution in 1/100: what it is worth, and what of it was ordered, shipped (less returns), invoiced, paid."""

    total: int
    orders: int
    ordered: int
    shipped: int
    invoiced: int
    paid: int
    delivered_on: str | None
    goods_complete: bool

    @property
    def complete(self) -> bool:
        """Everything agreed is delivered and paid."""
        return self.total > 0 and self.goods_complete and self.paid >= self.total


_ORDERS = """SELECT o.id FROM sales_order o JOIN order_terms t ON t.order_id = o.id
             WHERE t.origin = :number AND o.state IN ('confirmed', 'closed') AND o.date <= :day"""
_DELIVERED = """SELECT l.product_id, sum(CASE WHEN d.kind = 'return' THEN -x.quantity ELSE x.quantity END),
       sum(CASE WHEN d.kind = 'return' THEN -(x.amount{tax}) ELSE x.amount{tax} END), max(d.date)
FROM delivery d JOIN delivery_line x ON x.delivery_id = d.id JOIN order_line l ON l.id = x.order_line_id
WHERE d.order_id IN ({orders}) AND d.date <= :day GROUP BY l.product_id"""

_OWED = f"""SELECT coalesce(sum(CASE WHEN v.invoice_no IS NOT NULL AND coalesce(v.invoice_date, v.date) <= :day
                         THEN v.amount ELSE 0 END), 0),
       coalesce(sum((SELECT coalesce(sum(a.amount), 0) FROM allocation a
                     WHERE a.receivable_id = v.id AND a.receipt_id IS NOT NULL AND a.date <= :day)), 0)
FROM receivable v JOIN sales_order o ON o.number = v.order_number WHERE o.id IN ({_ORDERS}) AND v.date <= :day"""


def delivered(r: Reader, number: str, day: date) -> dict[int, tuple[int, int, str]]:
    """By product: quantity delivered under a contract less returns, its amount, and the last day."""
    tax = " + x.tax" if prices_are_net(r) else ""
    rows = r.tuples(_DELIVERED.format(tax=tax, orders=_ORDERS), number=number, day=day)
    return {product: (quantity, amount, last) for product, quantity, amount, last in rows}


def agreed(r: Reader, version_id: int) -> dict[int, int]:
    """By product: the quantity a version agrees."""
    return dict(r.tuples("SELECT product_id, sum(quantity) FROM contract_line WHERE version_id = :id GROUP BY product_id", id=version_id))


_TAKEN = """sum(CASE WHEN o.state = 'closed' THEN coalesce((
    SELECT sum(CASE WHEN d.kind = 'return' OR d.replaces_id IS NOT NULL THEN 0 ELSE x.quantity END) FROM delivery_line x
    JOIN delivery d ON d.id = x.delivery_id WHERE x.order_line_id = l.id), 0) ELSE l.quantity END)
FROM sales_order o JOIN order_terms t ON t.order_id = o.id JOIN order_line l ON l.order_id = o.id
WHERE t.origin = :number AND o.state <> 'cancelled'"""


def ordered(r: Reader, number: str, day: date) -> dict[int, int]:
    """By product: the quantity ordered under a contract, drafts too; of a closed order what went out."""
    return dict(r.tuples(f"SELECT l.product_id, {_TAKEN} AND o.date <= :day GROUP BY l.product_id", number=number, day=day))


def ordered_at(r: Reader, number: str, *, but: int) -> dict[tuple[int, int, int], int]:
    """By product, unit price and discount: the quantity that the orders of a quote or contract hold, without one of them."""
    sql = f"SELECT l.product_id, l.unit_price, l.discount, {_TAKEN} AND o.id <> :but AND l.gift = 0 GROUP BY 1, 2, 3"
    return {(product, price, discount): taken for product, price, discount, taken in r.tuples(sql, number=number, but=but)}


def progress(r: Reader, number: str, version_id: int, total: int, day: date) -> Progress:
    """A contract's execution at the end of a day; paid is the money allocated to its orders' receivables (a
    credit note for returned goods is none), or what came by the deposit sheet before there were any. CTR-06, CTR-08.
    """
    orders, worth = r.tuples(
        f"SELECT count(DISTINCT l.order_id), coalesce(sum({document_amount(r)}), 0) FROM order_line l WHERE l.order_id IN ({_ORDERS})",
        number=number, day=day,
    )[0]  # fmt: skip
    went = delivered(r, number, day) if orders else {}
    invoiced, paid = r.tuples(_OWED, number=number, day=day)[0] if orders else (0, 0)
    wanted = agreed(r, version_id)
    down = """SELECT coalesce(max(CASE WHEN b.settled_on <= :day THEN b.total ELSE b.amount END), 0) FROM deposit b
              JOIN contract k ON k.id = b.contract_id WHERE k.number = :number AND b.day <= :day"""
    return Progress(
        total=total,
        orders=orders,
        ordered=worth,
        shipped=sum(amount for _quantity, amount, _last in went.values()),
        invoiced=invoiced,
        paid=max(paid, r.value(down, number=number, day=day)),
        delivered_on=max((last for *_rest, last in went.values()), default=None),
        goods_complete=bool(wanted) and all(went.get(product, (0, 0, ""))[0] >= quantity for product, quantity in wanted.items()),
    )


class Due(NamedTuple):
    """The first payment of a plan that is not paid in full: its term, the day, what of it is missing, how late it is."""

    no: int
    term: Term
    day: date | None
    open: int
    late_days: int


def next_payment(plan: list[Term], paid: int, signed_on: date | None, delivered_on: date | None, today: date) -> Due | None:
    """What is to be paid next under a plan: money counts for what is due first, what has no day yet comes last as planned. CTR-06."""
    left = paid
    dated = [(due_day(term, signed_on, delivered_on), no, term) for no, term in enumerate(plan, 1)]
    for day, no, term in sorted(dated, key=lambda each: each[0] or date.max):
        if left >= term.amount:
            left -= term.amount
            continue
        return Due(no, term, day, term.amount - left, max(0, (today - day).days) if day else 0)
    return None


def payment_of(r: Reader, row: ContractRow, done: Progress, day: date) -> Due | None:
    """What is to be paid next of a contract in force; goods count as delivered on the day the last of them went out."""
    signed = date.fromisoformat(row.signed_on) if row.signed_on else None
    went = date.fromisoformat(done.delivered_on) if done.delivered_on and done.goods_complete else None
    return next_payment(plan_of(r, row.agreed_id, "contract_payment"), done.paid, signed, went, day)


def late_delivery(row: ContractRow, done: Progress, day: date) -> int:
    """Days the goods are late against the contract's delivery day."""
    if row.delivery_on is None or row.kind in OF_AREAS:
        return 0
    end = date.fromisoformat(done.delivered_on) if done.goods_complete and done.delivered_on else day
    return max(0, (end - date.fromisoformat(row.delivery_on)).days)


def issues(r: Reader, contract_id: int) -> list[Message]:
    """What went wrong with a contract, and what became of it. CTR-06."""
    sql = "SELECT number, day, kind, text, solved_on, solution FROM contract_issue WHERE contract_id = :id ORDER BY id"
    notes = []
    for number, day, kind, text, solved, solution in r.tuples(sql, id=contract_id):
        said = (
            N_("{number} {day} {kind:code}: {text}; solved on {solved}: {solution}") if solved else N_("{number} {day} {kind:code}: {text}")
        )
        notes.append(msg(said, number=number, day=day, kind=kind, text=text, solved=solved, solution=solution))
    return notes


def deposit_notes(r: Reader, contract_id: int) -> list[Message]:
    """The deposit sheet of a contract. CTR-08, F-12."""
    sql = "SELECT number, amount, total, balance_on, way, settled_on FROM deposit WHERE contract_id = :id"
    notes = []
    for number, amount, total, balance_on, way, settled in r.tuples(sql, id=contract_id):
        text = N_("deposit {number}: {amount:amount} of {total:amount} by {way}; balance {rest:amount} due on {day}")
        notes.append(msg(text, number=number, amount=amount, total=total, way=way, rest=total - amount, day=balance_on))
        if settled:
            notes.append(msg(N_("the balance came on {day}"), day=settled))
    return notes if r.actor.sees_prices else []


def panel(r: Reader, customer_id: int) -> list[Message]:
    """The customer's purchases and credit, as shown when a contract is entered. CTR-07."""
    if not r.actor.sees_prices:
        return []
    sql = f"""SELECT count(DISTINCT o.id), coalesce(sum({document_amount(r)}), 0), max(o.date)
              FROM sales_order o JOIN order_line l ON l.order_id = o.id
              WHERE o.customer_id = :id AND o.state IN ('confirmed', 'closed')"""
    orders, amount, last = r.tuples(sql, id=customer_id)[0]
    bought = (
        N_("bought before: {count} {count:order|orders}, {amount:amount}, the last on {day}")
        if orders
        else N_("a new customer: nothing bought before")
    )
    limit, days, owner = r.tuples("SELECT credit_limit, credit_days, staff_id FROM customer WHERE id = :id", id=customer_id)[0]
    credit = (
        N_("credit limit {limit:amount}, {days} {days:day|days}")
        if limit is not None
        else N_("credit was never evaluated: cash at delivery")
    )
    owed = r.tuples(
        """SELECT coalesce(sum(kept_open), 0), coalesce(sum(CASE WHEN due_date < :day AND kept_open > 0 THEN kept_open ELSE 0 END), 0)
           FROM receivable WHERE customer_id = :id AND kept_open <> 0""",
        id=customer_id, day=r.today,
    )[0]  # fmt: skip
    account = [msg(N_("open {open:amount}, of it overdue {overdue:amount}"), open=owed[0], overdue=owed[1])]
    return [
        msg(bought, count=orders, amount=amount, day=last),
        msg(credit, limit=limit, days=days),
        *(account if r.actor.sees("receivables", owner) else []),
    ]
