"""What is owed to suppliers, on any day, and what is to be paid next (AR-16)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.agenda import Agenda, Task
from salescli.core.dates import days_between
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.purchase.rules import Band, Credit, Debt, Settled, band_of, bands, settle, unpaid_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader


class Claim(NamedTuple):
    """A payable as it is listed."""

    id: int
    number: str
    supplier_id: int
    purchase_id: int | None
    date: str
    due: str
    amount: int


class Account(NamedTuple):
    """A supplier's payables and what payments and returns leave of them."""

    claims: dict[int, Claim]
    settled: Settled


_CLAIMS = """
SELECT id, number, supplier_id, purchase_id, date, due_date, amount FROM payable WHERE date <= :day AND {one} ORDER BY due_date, id"""
# A payment for a purchase waits there until it is over; then its rest pays whatever else is due.
_PAID = """
SELECT m.supplier_id, m.purchase_id, m.amount, p.id IS NOT NULL AND (p.ended_on IS NULL OR p.ended_on > :day)
FROM supplier_payment m LEFT JOIN purchase p ON p.id = m.purchase_id WHERE m.date <= :day AND {one}"""


def accounts(r: Reader, day: date, supplier_id: int | None = None) -> dict[int, Account]:
    """Every supplier's account at the end of a day. AR-16."""
    one = "1 = 1" if supplier_id is None else f"supplier_id = {supplier_id:d}"
    debts: dict[int, dict[int, Claim]] = defaultdict(dict)
    credits: dict[int, list[Credit]] = defaultdict(list)
    for claim in r.rows(Claim, _CLAIMS.format(one=one), day=day):
        if claim.amount > 0:
            debts[claim.supplier_id][claim.id] = claim
        else:
            credits[claim.supplier_id].append(Credit(-claim.amount, claim.purchase_id))
    for supplier, purchase, amount, keeps in r.tuples(_PAID.format(one=one.replace("supplier_id", "m.supplier_id")), day=day):
        credits[supplier].append(Credit(amount, purchase, bool(keeps)))
    return {
        supplier: Account(
            debts[supplier],
            settle([Debt(c.id, c.due, c.amount, c.purchase_id) for c in debts[supplier].values()], credits[supplier]),
        )
        for supplier in sorted({*debts, *credits})
    }


def account(r: Reader, supplier_id: int, day: date) -> Account:
    """One supplier's account; empty when nothing ever passed."""
    return accounts(r, day, supplier_id).get(supplier_id) or Account({}, Settled({}, {}, 0))


def paid_for(r: Reader, found: Account, purchase_id: int) -> int:
    """Money that was paid for a purchase: by name, or because its receipts were due first; in 1/100."""
    owned = {c.id: c.amount for c in found.claims.values() if c.purchase_id == purchase_id}
    covered = sum(owned.values()) - sum(found.settled.open.get(id_, 0) for id_ in owned)
    sql = "SELECT coalesce(-sum(amount), 0) FROM payable WHERE purchase_id = :id AND amount < 0"
    returned = min(int(r.value(sql, id=purchase_id)), sum(owned.values()))
    return max(0, covered - returned) + found.settled.advances.get(purchase_id, 0)


# --- reports ------------------------------------------------------------------------------------------------------------


def payables(r: Reader, as_of: date | None = None, reference: str | None = None) -> Report:
    """What is owed at the end of a day, by supplier and days late; total = not due + bands - in advance. AR-16."""
    day, one = as_of or r.today, find_optional(r, "supplier", reference)
    found = bands(r.policy("ar.bands", day))
    names = {row_id: (code, name) for row_id, code, name in r.tuples("SELECT id, code, name FROM supplier")}
    rows = []
    for supplier, each in accounts(r, day, one.id if one else None).items():
        sums = _by_band(each, found, day)
        before = sum(each.settled.advances.values()) + each.settled.over
        if any(sums) or before:
            rows.append((*names[supplier], sum(sums) - before, *sums, before))
    return Report(
        name="purchase-payables",
        title=msg(N_("Payables, {day}"), day=day.isoformat()),
        columns=_columns(found),
        rows=sorted(rows, key=lambda row: ([-figure for figure in row[-2:2:-1]], row[0])),
        as_of=day.isoformat(),
        empty=msg(N_("Nothing is owed to suppliers on {day}."), day=day.isoformat()),
    )


def _by_band(found: Account, columns: Sequence[Band], day: date) -> list[int]:
    sums = [0] * len(columns)
    for claim_id, amount in found.settled.open.items():
        late = max(0, days_between(date.fromisoformat(found.claims[claim_id].due), day))
        sums[band_of(columns, late)] += amount
    return sums


def _columns(found: Sequence[Band]) -> tuple[Column, ...]:
    titles = [N_("Not due"), *(f"{b.first}-{b.last}" if b.last is not None else f">{b.first - 1}" for b in found[1:])]
    return (
        Column("supplier", N_("Supplier")),
        Column("name", N_("Name")),
        Column("total", N_("Total"), "amount", total=True),
        *(Column(band.key, title, "amount", total=True) for band, title in zip(found, titles, strict=True)),
        Column("advance", N_("In advance"), "amount", total=True),
    )


OPEN = (
    Column("number", N_("Payable")),
    Column("supplier", N_("Supplier")),
    Column("purchase", N_("Purchase")),
    Column("date", N_("Date"), "date"),
    Column("due_date", N_("Due"), "date"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("open", N_("Unpaid"), "amount", total=True),
    Column("late_days", N_("Days late"), "int"),
)


def open_payables(r: Reader, as_of: date | None = None, reference: str | None = None) -> Report:
    """Every payable with something open, the first due first. AR-16."""
    day, one = as_of or r.today, find_optional(r, "supplier", reference)
    codes = dict(r.tuples("SELECT id, code FROM supplier"))
    numbers = dict(r.tuples("SELECT id, number FROM purchase"))
    rows = []
    for each in accounts(r, day, one.id if one else None).values():
        for id_, left in each.settled.open.items():
            c = each.claims[id_]
            late = max(0, days_between(date.fromisoformat(c.due), day))
            rows.append((c.number, codes[c.supplier_id], numbers.get(c.purchase_id or 0), c.date, c.due, c.amount, left, late))
    return Report(
        name="purchase-payables",
        title=msg(N_("Payables, {day}"), day=day.isoformat()),
        columns=OPEN,
        rows=sorted(rows, key=lambda row: (row[4], row[0])),
        as_of=day.isoformat(),
        empty=msg(N_("Nothing is owed to suppliers on {day}."), day=day.isoformat()),
    )


# --- day list -----------------------------------------------------------------------------------------------------------


class _Next(NamedTuple):
    due: str
    amount: int
    ref: str
    supplier_id: int


def due(r: Reader, agenda: Agenda) -> list[Task]:
    """Parts of payment plans, and payables without one, due within the days of the reminder. AR-16."""
    names = dict(r.tuples("SELECT id, name FROM supplier"))
    last = (agenda.day + timedelta(days=r.policy("reminder.lead_days", agenda.day))).isoformat()
    return [_task(item, names[item.supplier_id], agenda.day) for item in _next(r, agenda.day) if item.due <= last]


def _next(r: Reader, day: date) -> list[_Next]:
    """What is to be paid: a purchase with a plan by its plan, all else by its payables."""
    found = accounts(r, day)
    plans: dict[tuple[int, int, str], list[tuple[str, int]]] = defaultdict(list)
    sql = """SELECT p.id, p.supplier_id, p.number, x.due_date, x.amount FROM payment_plan x JOIN purchase p ON p.id = x.purchase_id
             WHERE p.state = 'ordered'"""
    for purchase, supplier, number, when, amount in r.tuples(sql):
        plans[purchase, supplier, number].append((when, amount))
    items = [
        _Next(when, amount, number, supplier)
        for (purchase, supplier, number), parts in plans.items()
        for when, amount in unpaid_parts(parts, paid_for(r, found.get(supplier) or account(r, supplier, day), purchase))
    ]
    planned = {purchase for purchase, _supplier, _number in plans}
    for supplier, each in found.items():
        for id_, left in each.settled.open.items():
            claim = each.claims[id_]
            if claim.purchase_id not in planned:
                items.append(_Next(claim.due, left, claim.number, supplier))
    return items


def _task(item: _Next, name: str, day: date) -> Task:
    late = max(0, days_between(date.fromisoformat(item.due), day))
    text = msg(N_("pay {supplier} {amount:amount}, due {due}"), supplier=name, amount=item.amount, due=item.due)
    return Task(C_("payable_due"), item.due, item.ref, None, text, "AR-16", late, None)
