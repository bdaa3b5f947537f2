"""The ageing table: what is owed by age, per customer, staff member, region or receivable (AR-04)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from salescli.ar.reads_as_of import claims, sources
from salescli.ar.rules import Band, bands, edges
from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.reader import Reader

By = Literal["customer", "staff", "region", "receivable"]
Basis = Literal["due", "invoice"]

AGED_BY: dict[str, str] = {"due": "due_date", "invoice": "date"}


class _View(NamedTuple):
    """How one --by reads: key of a claim and of money, what the key joins to, and the two texts that name it."""

    claim_key: str
    money_key: str
    join: str
    key: str
    name: str
    title: str


VIEWS: dict[str, _View] = {
    "customer": _View("x.customer_id", "s.customer_id", "LEFT JOIN customer n ON n.id = g.key", "n.code", "n.name", N_("Customer")),
    "staff": _View("x.staff_id", "c.staff_id", "LEFT JOIN staff n ON n.id = g.key", "n.code", "n.name", N_("Staff")),
    "region": _View("c.region", "c.region", "", "g.key", "g.key", N_("Region")),
    "receivable": _View(
        "x.id",
        "s.number",
        "JOIN receivable r ON r.id = g.key JOIN customer n ON n.id = r.customer_id",
        "r.number",
        "n.name",
        N_("Receivable"),
    ),
}


def aging(r: Reader, as_of: date | None = None, by: By = "customer", basis: Basis = "due") -> Report:
    """What is owed at the end of a day by age, the oldest first; total = not due + bands - unallocated. AR-04.

    `basis` "invoice" counts days from the receivable's date. Only what the reader may see is in rows and totals.
    """
    day = as_of or r.today
    columns = bands(r.policy("ar.bands", day))
    table: dict[tuple[str | None, str | None], list[int]] = defaultdict(lambda: [0] * (len(columns) + 1))
    for key, name, *owed in _claims(r, day, VIEWS[by], AGED_BY[basis], columns):
        table[key, name][:-1] = owed
    for key, name, rest in _money(r, day, by):
        table[key, name][-1] += rest
    rows = [(key, name, sum(figures[:-1]) - figures[-1], *figures) for (key, name), figures in table.items() if any(figures)]
    return Report(
        name="ar-aging",
        title=msg(N_("Receivables by age, {day}"), day=day.isoformat()),
        columns=_columns(VIEWS[by], columns),
        rows=sorted(rows, key=_oldest_first),
        as_of=day.isoformat(),
        empty=msg(
            N_("Nothing is owed on {day}. Receivables come from deliveries, or: salescli import receivables FILE"), day=day.isoformat()
        ),
        beyond_own=bool(rows) and beyond_own(r),
    )


def _columns(view: _View, found: Sequence[Band]) -> tuple[Column, ...]:
    titles = {"not_due": N_("Not due")}
    days = [Column(b.key, titles.get(b.key) or _days(b), "amount", total=True) for b in found]
    return (
        Column("key", view.title),
        Column("name", N_("Name")),
        Column("total", N_("Total"), "amount", total=True),
        *days,
        Column("unallocated", N_("Unallocated"), "amount", total=True),
    )


def _days(band: Band) -> str:
    """A band's heading is figures: the same in every language."""
    return f"{band.first}-{band.last}" if band.last is not None else f">{band.first - 1}"


def _oldest_first(row: tuple[str | None, str | None, int, *tuple[int, ...]]) -> tuple[object, ...]:
    """Who owes most for longest comes first (AR-04): by the oldest band, then the next younger, then by key."""
    key, _name, _total, *figures = row
    return ([-figure for figure in figures[-2::-1]], key is None, key)


def _claims(
    r: Reader, day: date, view: _View, aged_by: str, columns: Sequence[Band]
) -> list[tuple[str | None, str | None, *tuple[int, ...]]]:
    """Open receivables summed by key and band."""
    limits = edges(columns, day)
    names = [f"edge{place}" for place in range(len(limits))]
    tests = [f"x.{aged_by} >= :{name}" for name in names]
    younger = [None, *(f"x.{aged_by} < :{name}" for name in names)]
    sums = ", ".join(
        f"sum(CASE WHEN {' AND '.join(filter(None, (test, after)))} THEN x.open ELSE 0 END) AS b{place}"
        for place, (test, after) in enumerate(zip([*tests, None], younger, strict=True))
    )
    join = "JOIN customer c ON c.id = x.customer_id" if "c." in view.claim_key else ""
    sql = f"""SELECT {view.key}, {view.name}, {", ".join(f"g.b{place}" for place in range(len(columns)))}
              FROM (SELECT {view.claim_key} AS key, {sums} FROM ({claims(r, day)}) x {join}
                    WHERE {condition(r.actor, "receivables", "x.staff_id")} GROUP BY {view.claim_key}) g {view.join}"""
    return r.tuples(sql, day=day, **dict(zip(names, limits, strict=True)))


def _money(r: Reader, day: date, by: By) -> list[tuple[str | None, str | None, int]]:
    """Unallocated money, under the customer's owner and region; by receivable each receipt and credit note stands for itself."""
    mine = condition(r.actor, "receivables", "c.staff_id")
    if by == "receivable":
        sql = f"""SELECT s.number, c.name, sum(s.rest) FROM ({sources(r, day, numbered=True)}) s JOIN customer c ON c.id = s.customer_id
                  WHERE {mine} GROUP BY s.number, c.name"""
        return r.tuples(sql, day=day)
    view = VIEWS[by]
    sql = f"""SELECT {view.key}, {view.name}, g.rest
              FROM (SELECT {view.money_key} AS key, sum(s.rest) AS rest FROM ({sources(r, day)}) s JOIN customer c ON c.id = s.customer_id
                    WHERE {mine} GROUP BY {view.money_key}) g {view.join}"""
    return r.tuples(sql, day=day)


def beyond_own(r: Reader) -> bool:
    """Whether the reader sees open receivables that are neither his own nor his team's."""
    if r.actor.visible("receivables") is not None:
        return False
    team = ", ".join(map(str, r.actor.own_or_team())) or "0"
    sql = f"SELECT 1 FROM receivable WHERE kept_open <> 0 AND (staff_id IS NULL OR staff_id NOT IN ({team})) LIMIT 1"
    return r.value(sql) is not None
