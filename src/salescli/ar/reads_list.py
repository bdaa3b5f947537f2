"""Lists of receivables and of receipts (AR-01, AR-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.ar.reads_as_of import anything_since
from salescli.ar.states import money_state, owed_state
from salescli.core.access import condition
from salescli.core.dates import Period, month_of
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

RECEIVABLES = (
    Column("receivable", N_("Receivable")),
    Column("date", N_("Date"), "date"),
    Column("due_date", N_("Due"), "date"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Staff")),
    Column("kind", N_("Kind"), "code"),
    Column("order", N_("Order")),
    Column("invoice_no", N_("Invoice")),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("open", N_("Open"), "amount", total=True),
    Column("state", N_("State"), "code"),
)
RECEIPTS = (
    Column("receipt", N_("Receipt")),
    Column("date", N_("Date"), "date"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("Staff")),
    Column("method", N_("Method")),
    Column("account", N_("Account")),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("unallocated", N_("Unallocated"), "amount", total=True),
    Column("state", N_("State"), "code"),
    Column("note", N_("Remark")),
)


class Wanted(NamedTuple):
    """Which documents a list holds; what is None or False narrows nothing. `customer` and `staff` as people type them."""

    period: Period | None = None
    customer: str | None = None
    staff: str | None = None
    open: bool = False

    def days(self, day: date) -> Period | None:
        """The period asked for; the month of `day` when nothing else narrows the list."""
        return self.period or (None if self.customer or self.staff or self.open else month_of(day))


class _Receivable(NamedTuple):
    number: str
    date: str
    due_date: str
    customer: str
    customer_name: str
    staff: str | None
    staff_id: int | None
    kind: str
    order_number: str | None
    invoice_no: str | None
    amount: int
    held: int
    open: int


_RECEIVABLES = """
SELECT r.number, r.date, r.due_date, c.code, c.name, s.code, r.staff_id, r.kind, r.order_number, r.invoice_no, r.amount, r.held,
       {open} AS open
FROM receivable r JOIN customer c ON c.id = r.customer_id LEFT JOIN staff s ON s.id = r.staff_id
WHERE NOT r.date > :day AND {where}
ORDER BY r.date DESC, r.number DESC {few}"""
_OWED = "SELECT sum(r.amount), sum({open}) FROM receivable r WHERE NOT r.date > :day AND {where}"

_REVERSED = """CASE WHEN p.reverses_id IS NOT NULL OR EXISTS (SELECT 1 FROM receipt v WHERE v.reverses_id = p.id AND v.date <= :day)
            THEN 1 ELSE 0 END"""
_RECEIPTS = f"""
SELECT p.number, p.date, c.code, c.name, s.code, c.staff_id, p.method, p.account, p.amount, p.held,
       {_REVERSED},
       {{open}} AS rest, p.note
FROM receipt p JOIN customer c ON c.id = p.customer_id LEFT JOIN staff s ON s.id = c.staff_id
WHERE NOT p.date > :day AND {{where}}
ORDER BY p.date DESC, p.number DESC {{few}}"""
_RECEIVED = f"""SELECT sum(p.amount), sum(CASE WHEN {_REVERSED} = 1 THEN 0 ELSE {{open}} END)
FROM receipt p JOIN customer c ON c.id = p.customer_id WHERE NOT p.date > :day AND {{where}}"""


ALIASES = {"receivable": "r", "receipt": "p"}

_LATER = "(SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.{0} = {1}.id AND a.date > :day)"
_OPEN_THEN = {
    "receivable": f"r.kept_open + {_LATER.format('receivable_id', 'r')} - {_LATER.format('credit_id', 'r')}",
    "receipt": f"p.kept_open + {_LATER.format('receipt_id', 'p')}",
}
_TOUCHED = {
    "receivable": """r.id IN (SELECT id FROM receivable WHERE kept_open <> 0 UNION SELECT receivable_id FROM allocation WHERE date > :day
                     UNION SELECT credit_id FROM allocation WHERE date > :day)""",
    "receipt": "p.id IN (SELECT id FROM receipt WHERE kept_open <> 0 UNION SELECT receipt_id FROM allocation WHERE date > :day)",
}


class _Receipt(NamedTuple):
    number: str
    date: str
    customer: str
    customer_name: str
    staff: str | None
    staff_id: int | None
    method: str | None
    account: str | None
    amount: int
    held: int
    reversed_: int
    rest: int
    note: str | None


def _query(r: Reader, wanted: Wanted, day: date, table: str, owner: str) -> tuple[dict[str, str], dict[str, object]]:
    """Conditions and open amount of a list, and their parameters; `owner` is the column with the id of whose row it is."""
    customer, staff = find_optional(r, "customer", wanted.customer), find_optional(r, "staff", wanted.staff)
    name, days, since = ALIASES[table], wanted.days(day), anything_since(r, day)
    tests = [condition(r.actor, "receivables", owner)]
    params: dict[str, object] = {"day": day}
    if days:
        tests.append(f"{name}.date BETWEEN :first AND :last")
        params |= {"first": days.start, "last": days.end}
    if customer:
        tests.append(f"{name}.customer_id = {customer.id}")
    if staff:
        tests.append(f"{owner} = {staff.id}")
    if wanted.open and not since:
        tests.append(f"{name}.kept_open <> 0")
    elif wanted.open and not customer:
        tests.append(_TOUCHED[table])
    return {"where": " AND ".join(tests), "open": _OPEN_THEN[table] if since else f"{name}.kept_open"}, params


def _few(wanted: Wanted, limit: int | None) -> str:
    """SQL that reads no more than is shown; of what is open some rows fall away only when they are read."""
    return f"LIMIT {limit:d}" if limit and not wanted.open else ""


def _sums(r: Reader, sql: str, params: dict[str, object], rest: str) -> dict[str, int | str | None]:
    """The totals of a list of which only a part was read."""
    ((amount, open_),) = r.tuples(sql, **params)
    return {"amount": amount, rest: open_}


def receivables(r: Reader, wanted: Wanted, as_of: date | None = None, limit: int | None = None) -> Report:
    """Receivables and credit notes, the newest first, with what is open at the end of a day (default: today). AR-01.

    `limit`: no more rows are needed; the totals cover all.
    """
    day, few = as_of or r.today, _few(wanted, limit)
    parts, params = _query(r, wanted, day, "receivable", "r.staff_id")
    found = r.rows(_Receivable, _RECEIVABLES.format(few=few, **parts), **params)
    shown = [row for row in found if row.open or not wanted.open]
    team = r.actor.own_or_team()
    return Report(
        name="ar-list",
        title=msg(N_("Receivables")),
        columns=RECEIVABLES,
        rows=[_receivable_row(row, day.isoformat()) for row in shown],
        totals=_sums(r, _OWED.format(**parts), params, "open") if few and len(found) == limit else {},
        as_of=day.isoformat(),
        empty=_empty(wanted),
        beyond_own=any(row.staff_id not in team for row in shown),
    )


def _empty(wanted: Wanted) -> Message:
    if not (wanted.customer or wanted.staff or wanted.open or wanted.period):
        return msg(N_("Nothing this month. Other months: --period 2026-10; a customer's: --customer CODE; what is open: --open"))
    return msg(N_("Nothing fits."))


def _receivable_row(row: _Receivable, day: str) -> tuple[object, ...]:
    if row.amount > 0:
        state = owed_state(row.amount, row.open, overdue=row.due_date < day)
    else:
        state = money_state(-row.amount, -row.open, held=bool(row.held), reversed_=False)
    return (
        row.number, row.date, row.due_date, row.customer, row.customer_name, row.staff, row.kind, row.order_number, row.invoice_no,
        row.amount, row.open, state.value,
    )  # fmt: skip


def receipts(r: Reader, wanted: Wanted, as_of: date | None = None, limit: int | None = None) -> Report:
    """Receipts, the newest first, with what is not applied of them at the end of a day (default: today). AR-12.

    `limit`: no more rows are needed; the totals cover all.
    """
    day, few = as_of or r.today, _few(wanted, limit)
    parts, params = _query(r, wanted, day, "receipt", "c.staff_id")
    found = r.rows(_Receipt, _RECEIPTS.format(few=few, **parts), **params)
    shown = [row for row in found if (row.rest and not row.reversed_) or not wanted.open]
    team = r.actor.own_or_team()
    return Report(
        name="ar-receipts",
        title=msg(N_("Receipts")),
        columns=RECEIPTS,
        rows=[_receipt_row(row) for row in shown],
        totals=_sums(r, _RECEIVED.format(**parts), params, "unallocated") if few and len(found) == limit else {},
        as_of=day.isoformat(),
        empty=_empty(wanted),
        beyond_own=any(row.staff_id not in team for row in shown),
    )


def _receipt_row(row: _Receipt) -> tuple[object, ...]:
    """A reversed receipt and its reversal cancel out: nothing of either waits for a receivable."""
    state = money_state(row.amount, row.rest, held=bool(row.held), reversed_=bool(row.reversed_))
    rest = 0 if row.reversed_ else row.rest
    return (
        row.number, row.date, row.customer, row.customer_name, row.staff, row.method, row.account, row.amount, rest, state.value, row.note,
    )  # fmt: skip
