"""What happens to a signed contract: deposit, problems and disputes, its end (CTR-01, CTR-06, CTR-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.contract import reads, reads_progress, rules
from salescli.contract.actions import load
from salescli.contract.states import IssueKind, VersionState
from salescli.contract.tables import ContractIssue, Deposit
from salescli.core.approval import waiting_on
from salescli.core.errors import Kind, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.text import NOTE, clean

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def deposit(w: Writer, number: str, amount: int, total: int, balance_on: date, way: str) -> Done:
    """Write the deposit sheet of a contract; its total is checked against the contract's. CTR-08, F-12.

    Raises SalesError: 2 no way of payment, 3 no such contract, 4 another total or an impossible amount, 6 there is one already.
    """
    row, seen = load(w, number)
    known = w.reader.value("SELECT number FROM deposit WHERE contract_id = :id", id=row.id)
    if known:
        text = N_("{number} has the deposit sheet {known} already")
        hint = N_("once the balance came: salescli contract deposit {number} --settled")
        fail("deposit_there", text, kind=Kind.STATE, rule="CTR-08", hint=hint, number=row.number, known=known)
    raise_if(rules.check_deposit(seen.number, reads.total(w.reader, seen.agreed_id), total, amount))
    if balance_on < w.today:
        text = N_("the balance would have been due on {day}, which is past")
        fail("balance_past", text, kind=Kind.USAGE, rule="CTR-08", day=balance_on.isoformat())
    made = w.add(
        Deposit(
            number=w.number("DP"), contract_id=row.id or 0, day=w.today, staff_id=w.actor.id, amount=amount, total=total,
            balance_on=balance_on, way=clean(way, C_("way"), 80), settled_on=w.today if amount == total else None,
        )
    )  # fmt: skip
    text = N_("deposit {deposit} of {amount:amount} for {number}; balance {rest:amount} due on {day}")
    return Done(
        msg(text, deposit=made.number, amount=amount, number=row.number, rest=total - amount, day=balance_on.isoformat()),
        document=row.number,
        next=(f"salescli contract deposit {row.number} --settled",),
        facts={"deposit": made.number},
    )


def deposit_or_settle(
    w: Writer, number: str, amount: int | None, total: int | None, balance: date | None, way: str | None, *, settled: bool
) -> Done:
    """Write the sheet, or note that its balance came. CTR-08. Raises SalesError: 2 something not said; else as the two."""
    if settled:
        return settle_deposit(w, number)
    if amount is None or total is None or balance is None or way is None:
        text, hint = N_("a deposit sheet says amount, total, day of the balance and way of payment"), N_("AMOUNT --total --balance --way")
        fail("deposit_incomplete", text, kind=Kind.USAGE, rule="CTR-08", hint=hint)
    return deposit(w, number, amount, total, balance, way)


def settle_deposit(w: Writer, number: str) -> Done:
    """Note that the balance after a deposit came. CTR-08. Raises SalesError: 3, 6 no sheet, or settled already."""
    row, _seen = load(w, number)
    sheet = w.session.exec(select(Deposit).where(Deposit.contract_id == row.id, col(Deposit.settled_on).is_(None))).first()
    if sheet is None:
        fail("no_open_deposit", N_("{number} has no deposit whose balance is open"), kind=Kind.STATE, rule="CTR-08",
             hint=N_("salescli contract show {number}"), number=row.number)  # fmt: skip
    sheet.settled_on = w.today
    late = max(0, (w.today - sheet.balance_on).days)
    text = N_("the balance of {deposit} came, {late} {late:day|days} late") if late else N_("the balance of {deposit} came")
    return Done(msg(text, deposit=sheet.number, late=late), document=row.number)


def report_issue(w: Writer, number: str, text: str, kind: IssueKind) -> Done:
    """Note a problem, risk or dispute of a contract. CTR-06. Raises SalesError: 2 nothing said, 3 no such contract."""
    row, _seen = load(w, number)
    made = w.add(
        ContractIssue(number=w.number("CI"), contract_id=row.id or 0, day=w.today, staff_id=w.actor.id, kind=kind.value,
                      text=clean(text, C_("text"), NOTE, lines=True))
    )  # fmt: skip
    return Done(
        msg(N_("{issue}: {kind:code} noted with {number}"), issue=made.number, kind=kind.value, number=row.number),
        document=row.number,
        next=(f"salescli contract solve {made.number} TEXT",),
        facts={"issue": made.number},
    )


def solve(w: Writer, issue: str, text: str) -> Done:
    """Note how a problem or dispute was solved. CTR-06. Raises SalesError: 2 nothing said, 3 no such issue, 6 solved already."""
    sql = """SELECT i.id, k.number, i.solved_on FROM contract_issue i JOIN contract k ON k.id = i.contract_id
             WHERE lower(i.number) = :number"""
    found = w.reader.tuples(sql, number=issue.strip().lower())
    if not found:
        fail("issue_not_found", N_("there is no issue {issue}"), kind=Kind.NOT_FOUND, hint=N_("salescli contract execute"), issue=issue)
    issue_id, number, solved = found[0]
    load(w, number)
    if solved:
        fail("issue_solved", N_("{issue} was solved on {day} already"), kind=Kind.STATE, rule="CTR-06",
             hint=N_("salescli contract show {number}"), issue=issue, day=solved, number=number)  # fmt: skip
    row = w.get(ContractIssue, issue_id)
    row.solution, row.solved_on = clean(text, C_("solution"), NOTE, lines=True), w.today
    return Done(msg(N_("{issue} of {number} is solved"), issue=row.number, number=number), document=number)


def terminate(w: Writer, number: str, reason: str) -> Done:
    """End a contract before its time, or drop a draft, for a reason; what is open under it is said. CTR-01.

    Raises SalesError: 2 no reason, 3 no such contract, 6 ended already or being reviewed.
    """
    row, seen = load(w, number)
    found = []
    if seen.ended_on:
        text = N_("{number} ended on {day} already")
        hint = N_("salescli contract show {number}")
        found.append(problem("contract_ended", text, kind=Kind.STATE, rule="CTR-01", hint=hint, number=seen.number, day=seen.ended_on))
    elif seen.last_state == VersionState.IN_REVIEW:
        text, hint = N_("{number} is being reviewed as {request}"), N_("salescli withdraw {request}")
        found.append(problem("contract_in_review", text, kind=Kind.STATE, rule="CTR-02", hint=hint, number=seen.number,
                             request=waiting_on(w.reader, seen.number)))  # fmt: skip
    raise_if(found)
    row.ended_on, row.end_reason = w.today, clean(reason, C_("reason"), NOTE, lines=True)
    total = reads.total(w.reader, seen.agreed_id)
    done = reads_progress.progress(w.reader, seen.number, seen.agreed_id, total, w.today)
    text = N_("contract {number} is ended; shipped {shipped:amount} of {total:amount}, paid {paid:amount}")
    return Done(msg(text, number=row.number, shipped=done.shipped, total=total, paid=done.paid), document=row.number)
