"""Plans as a list, one by one, on a document's lines, and month by month (PRO-01, PRO-02, PRO-06, PRO-08)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.promo.reads_around import benefit, state_of
from salescli.promo.reads_load import Loaded, load, plan
from salescli.promo.reads_plans import uses
from salescli.promo.reads_result import compare, figures
from salescli.promo.states import HELD, ScopeKind
from salescli.stock.reads_available import available

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("plan", N_("Plan")),
    Column("name", N_("Name")),
    Column("kind", N_("Kind"), "code"),
    Column("state", N_("State"), "code"),
    Column("date_from", N_("From"), "date"),
    Column("date_to", N_("To"), "date"),
    Column("benefit", N_("What it gives")),
    Column("owner", N_("Owner")),
    Column("theme", N_("Theme"), "bool"),
    Column("priority", N_("Priority"), "int"),
    Column("orders", N_("Orders"), "int"),
)


class Wanted(NamedTuple):
    """Which plans a list holds; None narrows nothing. `state` as shown; `sku` a product's id."""

    kind: str | None = None
    state: str | None = None
    period: Period | None = None
    theme: bool = False
    staff_id: int | None = None


def listing(r: Reader, wanted: Wanted, as_of: date | None = None) -> Report:
    """Plans in the order of their first days, with state and use. PRO-01, PRO-02, PRO-06."""
    day = as_of or r.today
    found = [one for one in load(r) if _fits(one, wanted, day)]
    return Report(
        name="promo-list",
        title=msg(N_("Promotion plans")),
        columns=COLUMNS,
        rows=[_row(r, one, day) for one in found],
        as_of=day.isoformat(),
        empty=msg(N_("No promotion plans. Make one: salescli promo plan --help")),
    )


def _fits(found: Loaded, wanted: Wanted, day: date) -> bool:
    row = found.row
    return (
        wanted.kind in (None, row.kind)
        and wanted.state in (None, state_of(row, day).value)
        and (not wanted.theme or bool(row.theme))
        and wanted.staff_id in (None, row.staff_id)
        and (wanted.period is None or (row.date_from <= wanted.period.end.isoformat() and wanted.period.start.isoformat() <= row.last_day))
    )


def _row(r: Reader, found: Loaded, day: date) -> tuple[Any, ...]:
    row = found.row
    return (
        row.number, row.name, row.kind, state_of(row, day).value, row.date_from, row.date_to, benefit(found), row.staff, bool(row.theme),
        row.priority, uses(r, row.number),
    )  # fmt: skip


# --- one plan -----------------------------------------------------------------------------------------------------------

ONE = (
    *COLUMNS,
    Column("audience", N_("Audience")),
    Column("form", N_("Form")),
    Column("media", N_("Media")),
    Column("goods", N_("Goods")),
    Column("goal", N_("Expected effect")),
    Column("classes", N_("Classes")),
    Column("channels", N_("Channels")),
    Column("regions", N_("Regions")),
    Column("stackable", N_("May be combined"), "bool"),
    Column("max_orders", N_("Orders in all"), "int"),
    Column("max_customer_orders", N_("Orders per customer"), "int"),
    Column("request", N_("Request")),
    Column("started_on", N_("Started"), "date"),
    Column("reason", N_("Reason")),
)


def detail(r: Reader, number: str, as_of: date | None = None) -> Report:
    """One plan with its preparations, gifts, sales and evaluation. PRO-01, PRO-03, PRO-04, PRO-08, F-17."""
    day = as_of or r.today
    found = plan(r, number)
    row = found.row
    scopes = [_joined(found.scope(kind)) for kind in (ScopeKind.CLASS, ScopeKind.CHANNEL, ScopeKind.REGION)]
    cells = (
        *_row(r, found, day), row.audience, row.form, row.media, _goods(found), row.goal, *scopes, bool(row.stackable), row.max_orders,
        row.max_customer_orders, row.request, row.started_on, row.reason,
    )  # fmt: skip
    return Report(
        name="promo-show",
        title=msg(N_("Promotion {number} {name}"), number=row.number, name=row.name),
        columns=ONE,
        rows=[cells],
        notes=(*_preparations(r, row.id), *_gift_stock(r, found), *_sales(r, found, day), *_results(r, row.id)),
        as_of=day.isoformat(),
        record=True,
    )


def _joined(values: tuple[str, ...]) -> str | None:
    return ", ".join(values) or None


def _goods(found: Loaded) -> Message | str | None:
    named = [sku for _product, sku in found.products] + list(found.scope(ScopeKind.CATEGORY)) + [part.sku for part in found.parts]
    if not named and found.row.all_goods:
        return msg(N_("all goods"))
    return ", ".join(named) or None


def _preparations(r: Reader, plan_id: int) -> Iterator[Message]:
    """The checklist with owners; done is what its task says. PRO-03."""
    sql = """SELECT c.kind, s.code, c.due, c.task, t.state FROM promo_check c JOIN staff s ON s.id = c.staff_id
             LEFT JOIN task t ON t.number = c.task WHERE c.plan_id = :id ORDER BY c.id"""
    for kind, staff, due, task, state in r.tuples(sql, id=plan_id):
        facts = {"what": kind, "staff": staff, "due": due, "task": task, "state": state}
        if task is None:
            yield msg(N_("{what:code}: {staff} by {due}"), **facts)
        else:
            yield msg(N_("{what:code}: {staff} by {due}, {task} is {state:code}"), **facts)


def _gift_stock(r: Reader, found: Loaded) -> Iterator[Message]:
    """Gifts are stock: what is free, what was given in orders. PRO-08."""
    sql = """SELECT coalesce(sum(l.quantity), 0) FROM order_line l JOIN sales_order o ON o.id = l.order_id
             WHERE l.gift = 1 AND l.product_id = :p AND o.state <> 'cancelled' AND ',' || l.promo_number || ',' LIKE '%,' || :n || ',%'"""
    for gift in found.gifts:
        free, given = available(r, gift.product_id).available, r.value(sql, p=gift.product_id, n=found.row.number)
        yield msg(N_("gift {sku}: {free:qty} free in stock, {given:qty} given in orders"), sku=gift.sku, free=free, given=given)


def _sales(r: Reader, found: Loaded, day: date) -> Iterator[Message]:
    """What was sold so far beside as many days before, for who sees prices. PRO-04."""
    if found.row.state not in HELD or not r.actor.sees_prices or found.row.date_from > day.isoformat():
        return
    now, before = compare(r, found, day)
    text = N_(
        "sold so far {amount:amount} to {customers} {customers:customer|customers}; {before:amount} to {count} in as many days before"
    )
    yield msg(text, amount=now.amount, customers=now.customers, before=before.amount, count=before.customers)


def _results(r: Reader, plan_id: int) -> Iterator[Message]:
    sql = """SELECT x.day, s.code, x.amount, x.before_amount, x.satisfaction, x.lesson FROM promo_result x
             JOIN staff s ON s.id = x.staff_id WHERE x.plan_id = :id ORDER BY x.id"""
    text = N_("evaluated on {day} by {staff}: {amount:amount}, before {before:amount}; satisfaction {score:pct} of 5; lesson: {lesson}")
    for day, staff, amount, before, score, lesson in r.tuples(sql, id=plan_id):
        yield msg(text, day=day, staff=staff, amount=amount, before=before, score=score, lesson=lesson)


# --- the months ---------------------------------------------------------------------------------------------------------

CALENDAR = (
    Column("month", N_("Month")),
    Column("themes", N_("Theme activities"), "int"),
    Column("wanted", N_("Wanted"), "int"),
    Column("missing", N_("Missing"), "int"),
    Column("plans", N_("Plans")),
    Column("amount", N_("Amount"), "amount"),
)


def calendar(r: Reader, period: Period) -> Report:
    """Each month's company-wide theme activities, what is missing, and what they sold. PRO-06."""
    found = load(r, "p.theme = 1 AND p.state NOT IN ('draft', 'refused', 'cancelled')")
    return Report(
        name="promo-calendar",
        title=msg(N_("Theme activities {period}"), period=period.name),
        columns=CALENDAR,
        rows=[_month(r, month, found) for month in _months(period)],
        as_of=r.today.isoformat(),
    )


def _months(period: Period) -> Iterator[Period]:
    from salescli.core.dates import add_months, month_of

    day = period.start.replace(day=1)
    while day <= period.end:
        yield month_of(day)
        day = add_months(day, 1)


def _month(r: Reader, month: Period, themes: list[Loaded]) -> tuple[Any, ...]:
    held = themes_in(themes, month)
    wanted = r.policy("promo.theme_per_month", min(month.end, r.today))
    amount = sum(_amount(r, one) for one in held) if r.actor.sees_prices else None
    names = ", ".join(f"{one.row.number} {one.row.name}" for one in held) or None
    return (month.name, len(held), wanted, max(0, wanted - len(held)) or None, names, amount)


def themes_in(themes: list[Loaded], month: Period) -> list[Loaded]:
    """The theme activities that fall into a month: by their first day."""
    return [one for one in themes if month.start.isoformat() <= one.row.date_from <= month.end.isoformat()]


def _amount(r: Reader, found: Loaded) -> int:
    from salescli.promo.reads_result import spans

    now, _before = spans(found, r.today)
    return figures(r, found, now).amount
