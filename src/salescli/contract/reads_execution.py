"""Contracts in force and how far each is executed: shipped, invoiced, paid, late (CTR-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.contract import reads, reads_progress
from salescli.core.i18n import N_, Message, msg
from salescli.core.money import rate_of
from salescli.core.report import Column, Report
from salescli.quote.rules_payment import when_text

if TYPE_CHECKING:
    from datetime import date

    from salescli.contract.reads import ContractRow
    from salescli.core.reader import Reader

EXECUTION = (
    Column("contract", N_("Contract")),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("state", N_("State"), "code"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("ordered_pct", N_("Ordered %"), "percent"),
    Column("shipped_pct", N_("Shipped %"), "percent"),
    Column("invoiced_pct", N_("Invoiced %"), "percent"),
    Column("paid_pct", N_("Paid %"), "percent"),
    Column("delivery", N_("Delivery by"), "date"),
    Column("late_days", N_("Delivery late, days"), "int"),
    Column("payment_due", N_("Next payment"), "date"),
    Column("payment_late", N_("Payment late, days"), "int"),
    Column("issues", N_("Open issues"), "int"),
)


def execution(r: Reader, number: str | None, *, late: bool = False, as_of: date | None = None) -> Report:
    """Contracts in force and how far they are executed; `late` keeps what is behind. CTR-06.

    Raises SalesError (exit 3): no such contract.
    """
    day = as_of or r.today
    found = (
        [reads.contract(r, number)]
        if number
        else reads.select(r, "k.in_force IS NOT NULL AND k.ended_on IS NULL AND k.day <= :day", day=day)
    )
    rows = [_execution_row(r, row, day) for row in found]
    return Report(
        name="contract-execute",
        title=msg(N_("Execution of contracts")),
        columns=EXECUTION,
        rows=[row for row in rows if not late or row[10] or row[12]],
        notes=tuple(note for row in found if number for note in _plan_notes(r, row, day)),
        as_of=day.isoformat(),
        empty=msg(N_("No contract in force is late.") if late else N_("No contract in force.")),
        beyond_own=r.actor.visible("orders") is None,
    )


def _execution_row(r: Reader, row: ContractRow, day: date) -> tuple[Any, ...]:
    total = reads.total(r, row.agreed_id)
    done = reads_progress.progress(r, row.number, row.agreed_id, total, day)
    due = reads_progress.payment_of(r, row, done, day)
    shares = [rate_of(part, total) for part in (done.ordered, done.shipped, done.invoiced, done.paid)]
    issues_open = r.value("SELECT count(*) FROM contract_issue WHERE contract_id = :id AND solved_on IS NULL", id=row.id)
    return (
        row.number, row.customer, row.customer_name, reads.state(r, row, day).value, total if r.actor.sees_prices else None, *shares,
        row.delivery_on, reads_progress.late_delivery(row, done, day),
        due.day.isoformat() if due and due.day else None, due.late_days if due else 0, issues_open,
    )  # fmt: skip


def _plan_notes(r: Reader, row: ContractRow, day: date) -> list[Message]:
    """One contract's payments with their days, its orders, and what went wrong."""
    done = reads_progress.progress(r, row.number, row.agreed_id, reads.total(r, row.agreed_id), day)
    due = reads_progress.payment_of(r, row, done, day)
    sql = """SELECT o.number FROM sales_order o JOIN order_terms t ON t.order_id = o.id WHERE t.origin = :number ORDER BY o.id"""
    orders = r.column(sql, number=row.number)
    notes = [msg(N_("orders: {orders}"), orders=orders)] if orders else []
    if due and r.actor.sees_prices:
        text = N_("payment {no} ({when}): {open:amount} still to come, due {day}, {late} {late:day|days} late")
        notes.append(msg(text, no=due.no, when=when_text(due.term), open=due.open, day=due.day.isoformat() if due.day else None,
                         late=due.late_days))  # fmt: skip
    return [*notes, *reads_progress.issues(r, row.id), *reads_progress.deposit_notes(r, row.id)]
