"""The function chart: what each person contributes to the whole task, target beside result (ORG-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_, msg
from salescli.core.money import divide
from salescli.core.report import Column, Report
from salescli.kpi.reads import rank
from salescli.staff.reads_post import holders

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("post", N_("Position")),
    Column("unit", N_("Department")),
    Column("target", N_("Target"), "amount", total=True),
    Column("target_share", N_("Share of the target"), "percent"),
    Column("value", N_("Sales"), "amount", total=True),
    Column("share", N_("Share of the sales"), "percent"),
)


def functions(r: Reader, period: Period) -> Report:
    """Each person's share in the office's target and sales of a period. ORG-04. Raises SalesError (exit 7) for who sees no amounts."""
    ranked = rank(r, period, "sales_amount", "staff")
    keys = [column.key for column in ranked.columns]
    places = [keys.index(name) for name in ("key", "value", "target")]
    figures = {row[places[0]]: (row[places[1]], row[places[2]]) for row in ranked.rows}
    sales = sum(value or 0 for value, _target in figures.values())
    wanted = sum(target or 0 for _value, target in figures.values())
    rows: list[tuple[Any, ...]] = []
    for person in holders(r):
        value, target = figures.pop(person.code, (None, None))
        if value is not None or target is not None or person.post:
            rows.append((person.code, person.name, person.post, person.unit, target, _share(target, wanted), value, _share(value, sales)))
    rows += [
        (key, None, None, None, target, _share(target, wanted), value, _share(value, sales)) for key, (value, target) in figures.items()
    ]
    return Report(
        name="staff-functions",
        title=msg(N_("Function chart {period}: shares in the whole task"), period=period.name),
        columns=COLUMNS,
        rows=sorted(rows, key=lambda row: (-(row[6] or 0), row[0] or "")),
        as_of=r.today.isoformat(),
        empty=msg(N_("No sales and no targets in {period}."), period=period.name),
        beyond_own=ranked.beyond_own,
    )


def _share(part: int | None, whole: int) -> int | None:
    """A part of the whole in 1/10,000."""
    return divide(part * 10_000, whole) if part is not None and whole else None
