"""The sheet a key account is reviewed with, drawn from the records, and which accounts are due (CUS-12)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.dates import add_months, days_between
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Column, Figure, Report
from salescli.core.tax import document_amount
from salescli.core.text import folded
from salescli.customer.reads_file import file_of
from salescli.customer.reads_plan import key_classes
from salescli.customer.rules_care import mean_score, warn_stale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader
    from salescli.core.report import CellKind

LIST = (
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("class", N_("Class")),
    Column("staff", N_("Owner")),
    Column("last", N_("Last review"), "date"),
    Column("due", N_("Due"), "date"),
    Column("late_days", N_("Days late"), "int"),
    Column("verified", N_("Last verified"), "date"),
    Column("stale", N_("Stale"), "bool"),
)

_KEYS = """
SELECT c.code, c.name, c.customer_class, s.code, c.staff_id, coalesce(c.since, c.created), c.verified_on,
       (SELECT max(v.day) FROM account_review v WHERE v.customer_id = c.id)
FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
WHERE c.archived_on IS NULL AND lower(c.customer_class) IN ({classes}) AND {scope}"""


def accounts(r: Reader, whose: str, day: date) -> list[tuple[Any, ...]]:
    """Key accounts with the day their review is due, in no order; `whose` is SQL on c.staff_id. CUS-12."""
    names = [folded(name) for name in key_classes(r, day)]
    if not names:
        return []
    marks = ", ".join(f":k{n}" for n in range(len(names)))
    limit = r.policy("customer.verify_days", day)
    rows = r.tuples(_KEYS.format(classes=marks, scope=whose), **{f"k{n}": name for n, name in enumerate(names)})
    found = []
    for code, name, customer_class, staff, staff_id, since, verified, last in rows:
        due = _due(r, _day(last or since))
        stale = verified is None or days_between(date.fromisoformat(verified), day) > limit
        late = max((day - due).days, 0) if due else 0
        found.append((code, name, customer_class, staff, last, due.isoformat() if due else None, late, verified, int(stale), staff_id))
    return found


def _due(r: Reader, begun: date | None) -> date | None:
    """When a key account is looked at again: so long after the last time, or after it became ours, as the office's number was that day."""
    return None if begun is None else add_months(begun, r.policy("customer.review_months", begun))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def listing(r: Reader, *, due: bool = False) -> Report:
    """Key accounts and when they are reviewed, the latest first. CUS-12."""
    rows = accounts(r, condition(r.actor, "customers", "c.staff_id"), r.today)
    today = r.today.isoformat()
    kept = [row for row in rows if not due or (row[5] is not None and row[5] <= today)]
    return Report(
        name="customer-review-list",
        title=msg(N_("Reviews of key accounts")),
        columns=LIST,
        rows=[row[:9] for row in sorted(kept, key=lambda row: (-row[6], row[5] or "", row[0]))],
        notes=(msg(N_("key accounts are customers of the classes {classes}"), classes=list(key_classes(r))),),
        as_of=today,
        empty=msg(N_("No key account is to be reviewed.")),
        beyond_own=any(row[9] not in r.actor.team for row in rows),
    )


SHEET = (Column("part", N_("Part"), "code"), Column("item", N_("Item"), "code"), Column("value", N_("Value"), "figure"))
TRADE, MONEY, CONTACTS, OPINION, FILE = C_("trade"), C_("money"), C_("contacts"), C_("satisfaction"), C_("file")


def sheet(r: Reader, reference: str) -> Report:
    """What the records say of one customer: orders, money, contacts, promises, opinion, file. CUS-12."""
    customer = find(r, "customer", reference)
    rows = [row for part in (_trade, _money, _contacts, _opinion, _file) for row in part(r, customer.id)]
    file, limit = file_of(r, customer.id), r.policy("customer.verify_days")
    verified = date.fromisoformat(file.verified) if file.verified else None
    warnings = warn_stale(customer.code, verified, file.missing, r.today, limit)
    return Report(
        name="customer-review-sheet",
        title=msg(N_("Review of {code} {name}"), code=customer.code, name=customer.name),
        columns=SHEET,
        rows=rows,
        notes=tuple(w.message for w in warnings),
        as_of=r.today.isoformat(),
        beyond_own=file.staff_id not in r.actor.team,
    )


Row = tuple[str, str, Figure]


def _cells(part: str, kinds: tuple[tuple[str, CellKind], ...], values: tuple[Any, ...]) -> Iterator[Row]:
    for (item, kind), value in zip(kinds, values, strict=True):
        yield part, item, Figure(kind, value)


YEAR = 365
_YEAR_OF = """
SELECT count(*), min(x.date), max(x.date), sum(x.amount) FROM (
    SELECT o.date, (SELECT sum({amount}) FROM order_line l WHERE l.order_id = o.id) AS amount FROM sales_order o
    WHERE o.customer_id = :id AND o.state IN ('confirmed', 'closed') AND o.date > :since AND o.date <= :until AND {scope}) AS x"""


def _trade(r: Reader, customer_id: int) -> Iterator[Row]:
    sql = _YEAR_OF.format(amount=document_amount(r), scope=condition(r.actor, "orders", "o.staff_id"))
    since = r.today - timedelta(YEAR)
    now = r.tuples(sql, id=customer_id, since=since, until=r.today)[0]
    before = r.tuples(sql, id=customer_id, since=since - timedelta(YEAR), until=since)[0]
    shown = r.actor.sees_prices
    kinds: tuple[tuple[str, CellKind], ...] = ((C_("orders_year"), "int"), (C_("ordered_year"), "amount"),
                                              (C_("ordered_year_before"), "amount"), (C_("last_order"), "date"))  # fmt: skip
    yield from _cells(TRADE, kinds, (now[0], (now[3] or 0) if shown else None, (before[3] or 0) if shown else None, now[2]))


def _money(r: Reader, customer_id: int) -> Iterator[Row]:
    scope = condition(r.actor, "receivables", "x.staff_id")
    sql = f"""SELECT coalesce(sum(x.kept_open), 0),
                     coalesce(sum(CASE WHEN x.kept_open > 0 AND x.due_date < :day THEN x.kept_open ELSE 0 END), 0),
                     min(CASE WHEN x.kept_open > 0 AND x.due_date < :day THEN x.due_date END)
              FROM receivable x WHERE x.customer_id = :id AND x.kept_open <> 0 AND {scope}"""
    values = r.tuples(sql, id=customer_id, day=r.today)[0]
    yield from _cells(MONEY, ((C_("open_amount"), "amount"), (C_("overdue_amount"), "amount"), (C_("oldest_overdue"), "date")), values)


def _contacts(r: Reader, customer_id: int) -> Iterator[Row]:
    since = r.today - timedelta(YEAR)
    sql = """SELECT sum(CASE WHEN channel = 'visit' THEN 1 ELSE 0 END), count(*), max(day),
                    sum(CASE WHEN complaint IS NOT NULL THEN 1 ELSE 0 END)
             FROM interaction WHERE customer_id = :id AND day > :since AND review <> 'rejected'"""
    visits, count, last, complaints = r.tuples(sql, id=customer_id, since=since)[0]
    promises = r.value("SELECT count(*) FROM promise WHERE customer_id = :id AND state = 'open'", id=customer_id)
    kinds: tuple[tuple[str, CellKind], ...] = ((C_("visits_year"), "int"), (C_("contacts_year"), "int"), (C_("last_contact"), "date"),
                                              (C_("complaints_year"), "int"), (C_("open_promises"), "int"))  # fmt: skip
    yield from _cells(CONTACTS, kinds, (visits or 0, count, last, complaints or 0, promises))


def _opinion(r: Reader, customer_id: int) -> Iterator[Row]:
    sql = "SELECT sum(score), count(*), max(day) FROM survey WHERE customer_id = :id AND day > :since"
    total, count, last = r.tuples(sql, id=customer_id, since=r.today - timedelta(YEAR))[0]
    values = (mean_score(total or 0, count), last)
    yield from _cells(OPINION, ((C_("mean_score"), "amount"), (C_("last_survey"), "date")), values)
    last_review = r.value("SELECT max(day) FROM account_review WHERE customer_id = :id", id=customer_id)
    plan = r.value("SELECT plan FROM account_review WHERE customer_id = :id ORDER BY day DESC, id DESC LIMIT 1", id=customer_id)
    yield from _cells(FILE, ((C_("last_review"), "date"), (C_("last_plan"), "text")), (last_review, plan))


def _file(r: Reader, customer_id: int) -> Iterator[Row]:
    found = file_of(r, customer_id)
    sql = "SELECT next_need, next_service_on, kept_next_on FROM customer WHERE id = :id"
    need, service, following = r.tuples(sql, id=customer_id)[0]
    kinds: tuple[tuple[str, CellKind], ...] = ((C_("verified_on"), "date"), (C_("next_need"), "text"), (C_("next_service_on"), "date"),
                                              (C_("next_contact"), "date"))  # fmt: skip
    yield from _cells(FILE, kinds, (found.verified, need, service, following))
