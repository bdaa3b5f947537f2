"""What was agreed beside the lines of an order, in words, and what goods given free cost (ORD-02, ORD-09, ORD-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.order.reads import visible
from salescli.order.states import OrderKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.dates import Period
    from salescli.core.reader import Reader


class _Terms(NamedTuple):
    kind: str | None
    origin: str | None
    warehouse: str | None
    cash: int | None
    days: int | None
    channel: str | None
    source: str | None
    customer_ref: str | None
    norm_reason: str | None
    explanation: str | None
    answers: str | None
    loss: int | None
    note: str | None
    reason: str | None
    responsible: str | None


_LOSS = """(SELECT -sum(m.value) FROM delivery d JOIN stock_move m ON m.document = d.number WHERE d.order_id = o.id)"""
"""What left the house with an order and stayed out, at the cost of the ledger: what comes back is no loss, a new cost changes it."""

_TERMS = f"""
SELECT t.kind, t.origin, w.code, t.cash, t.credit_days, o.channel, o.source, o.customer_ref, t.norm_reason, t.explanation, a.code,
       CASE WHEN t.kind = '{OrderKind.FREE.value}' THEN {_LOSS} END,
       o.note, o.reason, s.code
FROM sales_order o
LEFT JOIN order_terms t ON t.order_id = o.id
LEFT JOIN warehouse w ON w.id = t.warehouse_id
LEFT JOIN staff a ON a.id = t.loss_id
LEFT JOIN staff s ON s.id = o.responsible_id AND s.id <> coalesce(o.staff_id, 0)
WHERE o.id = :id"""

_SAID = (
    ("origin", N_("made from {value}")),
    ("warehouse", N_("leaves from {value}")),
    ("days", N_("{value} {value:day|days} to pay")),
    ("channel", N_("channel: {value}")),
    ("source", N_("source: {value}")),
    ("customer_ref", N_("the customer's number: {value}")),
    ("norm_reason", N_("takes longer than usual because: {value}")),
    ("note", N_("note: {value}")),
    ("reason", N_("reason of the last change: {value}")),
    ("responsible", N_("{value} sees it through")),
)


def notes(r: Reader, order_id: int) -> list[Message]:
    """Everything that was typed beside the lines of an order. ORD-02, ORD-09."""
    terms = r.rows(_Terms, _TERMS, id=order_id)[0]
    found = [msg(text, value=getattr(terms, name)) for name, text in _SAID if getattr(terms, name) is not None]
    if terms.cash:
        found.append(msg(N_("paid when the goods go")))
    if terms.kind == OrderKind.FREE.value:
        text = N_("given free: {why}; {staff} answers for it")
        found.append(msg(text, why=terms.explanation or "-", staff=terms.answers or "-"))
        if terms.loss is not None and r.actor.sees_prices:
            found.append(msg(N_("the goods given cost {loss:amount}"), loss=terms.loss))
    return [*found, *_answers(r, order_id)]


_ANSWERS = """
SELECT a.day, s.code, a.answer, a.ready_on, a.note, a.outcome, a.lapsed_on FROM capacity_answer a LEFT JOIN staff s ON s.id = a.staff_id
WHERE a.order_id = :id ORDER BY a.id"""


def _answers(r: Reader, order_id: int) -> Iterator[Message]:
    """What the warehouse answered, and what was agreed with the customer about it. ORD-07."""
    for day, staff, answer, ready, note, outcome, lapsed in r.tuples(_ANSWERS, id=order_id):
        text = N_("{day} {staff}: {answer:code}, ready on {ready}") if ready else N_("{day} {staff}: {answer:code}")
        yield msg(text, day=day, staff=staff, answer=answer, ready=ready)
        if note:
            yield msg(N_("note: {value}"), value=note)
        if outcome:
            yield msg(N_("settled with the customer: {value}"), value=outcome)
        if lapsed:
            yield msg(N_("asked for anew on {day}: the order wants more"), day=lapsed)


LOSSES = (
    Column("order", N_("Order")),
    Column("date", N_("Date"), "date"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Staff")),
    Column("answers", N_("Answers for it")),
    Column("explanation", N_("Explanation")),
    Column("loss", N_("Loss"), "amount", total=True),
)

_LOSSES = """
SELECT o.number, o.date, c.code, c.name, s.code, a.code, t.explanation, {loss}
FROM order_terms t
JOIN sales_order o ON o.id = t.order_id
JOIN customer c ON c.id = o.customer_id
LEFT JOIN staff s ON s.id = o.staff_id
LEFT JOIN staff a ON a.id = t.loss_id
WHERE t.kind = :kind AND o.date BETWEEN :first AND :last AND {visible}
ORDER BY o.date DESC, o.id DESC"""


def losses(r: Reader, period: Period) -> Report:
    """Orders of goods given free, who answers for each and what left the house for it, at cost. ORD-09."""
    rows = r.tuples(_LOSSES.format(visible=visible(r), loss=_LOSS), kind=OrderKind.FREE.value, first=period.start, last=period.end)
    return Report(
        name="order-losses",
        title=msg(N_("Goods given free in {period}"), period=period.name),
        columns=LOSSES,
        rows=rows if r.actor.sees_prices else [(*row[:-1], None) for row in rows],
        empty=msg(N_("No goods were given free in {period}."), period=period.name),
        beyond_own=r.actor.visible("orders") is None,
    )
