"""What contracts ask for on the day list: signing, filing, delivery, payments, balances, ends, disputes (CTR-01, CTR-06, CTR-08)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.i18n import C_, N_, Message, msg

if TYPE_CHECKING:
    from salescli.contract.reads import ContractRow
    from salescli.core.reader import Reader

CONTRACT = C_("contract")


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Everything contracts ask of their owners. CTR-01, CTR-06, CTR-08."""
    terms = f"{agenda.condition(r, 'orders', 'k.staff_id')} AND k.ended_on IS NULL AND k.day <= :day"
    if not r.value(f"SELECT 1 FROM contract k WHERE {terms} LIMIT 1", day=agenda.day):
        return []  # nothing to load the reads of contracts for
    from salescli.contract import reads

    return [task for row in reads.select(r, terms, day=agenda.day) for task in _tasks(r, row, agenda.day)]


def _tasks(r: Reader, row: ContractRow, day: date) -> list[Task]:
    soon = day + timedelta(r.policy("reminder.lead_days", day))
    return [*_papers(r, row, day), *(_execution(r, row, day, soon) if row.in_force else ()), *_deposit(r, row, soon, day)]


def _task(row: ContractRow, day: date, due_on: str | None, text: Message, rule: str) -> Task:
    late = max(0, (day - date.fromisoformat(due_on)).days) if due_on else 0
    return Task(CONTRACT, due_on, row.number, row.customer, text, rule, late, row.staff)


def _papers(r: Reader, row: ContractRow, day: date) -> list[Task]:
    """Approved and not signed; signed and not filed; ending soon."""
    from salescli.contract.states import VersionState

    found = []
    if row.last_state == VersionState.APPROVED:
        text = msg(
            N_("{customer}: the contract is approved: salescli contract sign {number}"), customer=row.customer_name, number=row.number
        )
        found.append(_task(row, day, None, text, "CTR-02"))
    if row.force_signed and not row.filed_on:
        signed = date.fromisoformat(row.force_signed)
        until = signed + timedelta(r.policy("contract.file_days", signed))
        text = msg(N_("{customer}: file the signed paper: salescli contract file {number}"), customer=row.customer_name, number=row.number)
        found.append(_task(row, day, until.isoformat(), text, "CTR-01"))
    warn_from = day + timedelta(r.policy("contract.expiry_days", day))
    if row.in_force and row.ends_on and row.ends_on <= warn_from.isoformat():
        text = msg(N_("{customer}: the contract ends on {day}; renew or end it"), customer=row.customer_name, day=row.ends_on)
        found.append(_task(row, day, row.ends_on, text, "CTR-06"))
    return found


def _execution(r: Reader, row: ContractRow, day: date, soon: date) -> list[Task]:
    """Goods and payments that are due or late, and what is not solved."""
    from salescli.contract import reads, reads_progress
    from salescli.contract.states import OF_AREAS

    done = reads_progress.progress(r, row.number, row.agreed_id, reads.total(r, row.agreed_id), day)
    found = []
    if row.delivery_on and row.delivery_on <= soon.isoformat() and not done.goods_complete and row.kind not in OF_AREAS:
        text = msg(N_("{customer}: the contract promises delivery by {day}"), customer=row.customer_name, day=row.delivery_on)
        found.append(_task(row, day, row.delivery_on, text, "CTR-06"))
    payment = reads_progress.payment_of(r, row, done, day)
    if payment and payment.day and payment.day <= soon:
        text = msg(N_("{customer}: payment {no} of the contract, {amount:amount} open"), customer=row.customer_name, no=payment.no,
                   amount=payment.open)  # fmt: skip
        found.append(_task(row, day, payment.day.isoformat(), text, "CTR-06"))
    sql = "SELECT number, kind, text, day FROM contract_issue WHERE contract_id = :id AND solved_on IS NULL ORDER BY id"
    for number, kind, content, since in r.tuples(sql, id=row.id):
        text = msg(N_("{customer}: {kind:code} {issue} is not solved: {text}"), customer=row.customer_name, kind=kind, issue=number,
                   text=content.splitlines()[0][:60])  # fmt: skip
        found.append(_task(row, day, since, text, "CTR-06"))
    return found


def _deposit(r: Reader, row: ContractRow, soon: date, day: date) -> list[Task]:
    """The balance after a deposit. CTR-08."""
    sql = "SELECT balance_on, total - amount FROM deposit WHERE contract_id = :id AND settled_on IS NULL AND balance_on <= :soon"
    return [
        _task(
            row,
            day,
            until,
            msg(N_("{customer}: balance of the deposit, {amount:amount}"), customer=row.customer_name, amount=rest),
            "CTR-08",
        )
        for until, rest in r.tuples(sql, id=row.id, soon=soon)
    ]
