"""Invitations and who came: the arrival rate (LED-16, K-25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.money import rate_of
from salescli.core.report import Column, Report
from salescli.lead.states import InvitationState

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.reader import Reader

By = Literal["staff", "source"]

COLUMNS = (
    Column("key", N_("Key")),
    Column("name", N_("Name")),
    Column("invited", N_("Invited"), "int", total=True),
    Column("arrived", N_("Arrived"), "int", total=True),
    Column("missed", N_("Did not come"), "int", total=True),
    Column("waiting", N_("To come"), "int", total=True),
    Column("arrival_pct", N_("Arrival rate"), "percent"),
)

_KEYS = {"staff": ("s.code", "s.name"), "source": ("l.source", "l.source")}
_SQL = """
SELECT {key}, {name}, count(*), count(v.arrived_on),
       sum(CASE WHEN v.arrived_on IS NULL AND v.wanted < :today THEN 1 ELSE 0 END),
       sum(CASE WHEN v.arrived_on IS NULL AND v.wanted >= :today THEN 1 ELSE 0 END)
FROM invitation v JOIN lead l ON l.id = v.lead_id JOIN staff s ON s.id = v.staff_id
WHERE v.wanted BETWEEN :start AND :end AND {where} GROUP BY {key}, {name} ORDER BY {key}"""


def arrivals(r: Reader, period: Period, by: By = "staff", staff: str | None = None) -> Report:
    """Invitations for days of the period: came, did not, still to come; the rate is of those whose day has come. LED-16, K-25."""
    key, name = _KEYS[by]
    who = find(r, "staff", staff).id if staff else None
    where = condition(r.actor, "customers", "v.staff_id") + (" AND v.staff_id = :staff" if who else "")
    rows = r.tuples(_SQL.format(key=key, name=name, where=where), start=period.start, end=period.end, today=r.today, staff=who)
    arrived, missed = sum(row[3] for row in rows), sum(row[4] for row in rows)
    return Report(
        name="lead-arrivals",
        title=msg(N_("Invitations and arrivals {period}"), period=period.name),
        columns=COLUMNS,
        rows=[(*row, rate_of(row[3], row[3] + row[4])) for row in rows],
        totals={"arrival_pct": rate_of(arrived, arrived + missed)},
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody is invited for {period}. Invite: salescli lead invite NUMBER --on DATE"), period=period.name),
    )


def state_of(wanted: date, arrived_on: date | None, today: date) -> InvitationState:
    """What became of an invitation; computed, never stored. LED-16."""
    if arrived_on is not None:
        return InvitationState.ARRIVED
    return InvitationState.MISSED if wanted < today else InvitationState.WAITING
