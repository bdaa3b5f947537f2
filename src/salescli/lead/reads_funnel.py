"""The funnel: what stands in each stage, what entered it, what of that went on, and how long it took (LED-13, K-24, CLI.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.dates import days_between
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find
from salescli.core.money import rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.lead.reads_source import left_out
from salescli.lead.states import FORWARD, SORTED_OUT, STAGES

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("stage", N_("Stage"), "code"),
    Column("open_count", N_("Open leads"), "int", total=True),
    Column("open_amount", N_("Open amount"), "amount", total=True),
    Column("entered", N_("Came in"), "int"),
    Column("left_forward", N_("Went on"), "int"),
    Column("conversion_pct", N_("Conversion"), "percent"),
    Column("median_days", N_("Median days"), "int"),
)

_STAGES = ", ".join(f"'{stage}'" for stage in STAGES)
_ONWARD = ", ".join(sorted(f"'{a}>{b}'" for a, b in FORWARD))

_OPEN_NOW = f"""
SELECT l.stage, count(*), sum(coalesce(l.amount, 0)) FROM lead l
WHERE l.closed IS NULL AND l.stage IN ({_STAGES}) AND {{scope}} GROUP BY l.stage"""

# A past day: the stage before the first move after it, else today's. Leads closed since were open then; each kind has its own index.
_OPEN_THEN = """
SELECT p.stage, count(*), sum(coalesce(p.amount, 0)) FROM (
    SELECT coalesce((SELECT c.former FROM stage_change c WHERE c.lead_id = l.id AND c.day > :day ORDER BY c.day, c.id LIMIT 1), l.stage)
           AS stage, l.amount AS amount
    FROM lead l WHERE l.id IN (SELECT o.id FROM lead o WHERE o.closed IS NULL UNION ALL SELECT k.id FROM lead k WHERE k.closed > :day)
      AND l.created <= :day AND NOT {sorted_out} AND {scope}) p
GROUP BY p.stage"""

_SORTED_OUT = f"SELECT n.id FROM lead n WHERE n.state {SORTED_OUT}"

# What entered a stage in the period, each lead once per stage: when it came in, when it left, whether it ever went on from there.
# Moves of a lead are written in the order of their days, so the next move is the earliest one written later.
_ENTERED = f"""
SELECT e.stage, e.day, e.left_on, e.onward, count(*) FROM (
    SELECT c.stage AS stage, c.day AS day,
           coalesce((SELECT min(x.day) FROM stage_change x WHERE x.lead_id = c.lead_id AND x.day >= c.day AND x.id > c.id),
                    (SELECT g.closed FROM lead g WHERE g.id = c.lead_id)) AS left_on,
           CASE WHEN EXISTS (SELECT 1 FROM stage_change f WHERE f.lead_id = c.lead_id AND f.day >= c.day AND f.id > c.id
                             AND f.former = c.stage AND f.former || '>' || f.stage IN ({_ONWARD})) THEN 1 ELSE 0 END AS onward
    FROM stage_change c
    WHERE c.day BETWEEN :start AND :end AND c.stage IN ({_STAGES}) AND c.lead_id NOT IN ({_SORTED_OUT}) AND {{scope}}
      AND NOT EXISTS (SELECT 1 FROM stage_change b WHERE b.lead_id = c.lead_id AND b.day BETWEEN :start AND c.day AND b.stage = c.stage
                      AND b.id < c.id)) e
GROUP BY e.stage, e.day, e.left_on, e.onward"""

_ENDED = """
SELECT c.stage, count(*), sum(coalesce(l.amount, 0)) FROM stage_change c JOIN lead l ON l.id = c.lead_id
WHERE c.day BETWEEN :start AND :end AND c.stage IN ('won', 'lost') AND {scope} GROUP BY c.stage"""


_LEFT_OUT = f"""
SELECT count(DISTINCT c.lead_id) FROM stage_change c WHERE c.day BETWEEN :start AND :end AND c.lead_id IN ({_SORTED_OUT}) AND {{scope}}"""


class Stay(NamedTuple):
    """Leads that entered a stage on a day, left it on a day (None: still there) and went on from it or not."""

    stage: str
    day: str
    left_on: str | None
    onward: int
    leads: int

    @property
    def days(self) -> int | None:
        """Days between coming in and leaving."""
        return days_between(date.fromisoformat(self.day), date.fromisoformat(self.left_on)) if self.left_on else None


class Held(NamedTuple):
    """What stands in a stage."""

    leads: int = 0
    amount: int = 0


def funnel(r: Reader, period: Period, staff: str | None = None) -> Report:
    """The five stages: open at the period's end (or today), entered in the period, of those gone on until today, median days of a stay.

    Conversion is what went on ÷ what entered the stage in the period, a lead counted once per stage. Leads belong to today's owner; those
    that were sorted out as invalid or a duplicate count nowhere, as in `lead sources`. LED-13, K-24.
    """
    who = find(r, "staff", staff) if staff else None
    scope = condition(r.actor, "customers", "l.staff_id") + (f" AND l.staff_id = {who.id:d}" if who else "")
    everything = who is None and r.actor.visible("customers") is None
    mine = "1 = 1" if everything else f"c.lead_id IN (SELECT l.id FROM lead l WHERE {scope})"
    day = min(period.end, r.today)
    now = open_on(r, scope, day)
    stays = r.rows(Stay, _ENTERED.format(scope=mine), start=period.start, end=day)
    rows = [_row(stage.value, now.get(stage.value, Held()), [s for s in stays if s.stage == stage]) for stage in STAGES]
    title = N_("Funnel {period} of {staff}") if who else N_("Funnel {period}")
    return Report(
        name="lead-funnel",
        title=msg(title, period=period.name, staff=who and who.code),
        columns=COLUMNS,
        rows=[row if r.actor.sees_prices else (*row[:2], None, *row[3:]) for row in rows],
        notes=(*_ended(r, scope, period), *left_out(r.value(_LEFT_OUT.format(scope=mine), start=period.start, end=day))),
        as_of=day.isoformat(),
    )


def open_on(r: Reader, scope: str, day: date) -> dict[str, Held]:
    """Open leads and their amounts by stage at the end of a day; paused ones are in no stage."""
    sql = _OPEN_NOW if day >= r.today else _OPEN_THEN
    rows = r.tuples(sql.format(scope=scope, sorted_out=f"l.state {SORTED_OUT}"), day=day)
    return {stage: Held(count, amount) for stage, count, amount in rows}


def _row(stage: str, now: Held, stays: Sequence[Stay]) -> tuple[str | int | None, ...]:
    entered = sum(s.leads for s in stays)
    onward = sum(s.leads for s in stays if s.onward)
    return (stage, now.leads, now.amount, entered, onward, rate_of(onward, entered), median_days(stays))


def median_days(stays: Sequence[Stay]) -> int | None:
    """The middle of the stays that have ended, half up; None while none has."""
    days = sorted((s.days, s.leads) for s in stays if s.days is not None)
    total = sum(count for _days, count in days)
    if not total:
        return None
    return (_nth(days, (total - 1) // 2) + _nth(days, total // 2) + 1) // 2


def _nth(days: Sequence[tuple[int, int]], place: int) -> int:
    """The stay at a place when all are laid out in order."""
    passed = 0
    for length, count in days:
        passed += count
        if place < passed:
            return length
    raise IndexError(place)


def _ended(r: Reader, scope: str, period: Period) -> tuple[Message, ...]:
    found = {stage: (count, amount) for stage, count, amount in r.tuples(_ENDED.format(scope=scope), start=period.start, end=period.end)}
    won, lost = found.get("won", (0, 0)), found.get("lost", (0, 0))
    text = N_("{period}: {won} won ({amount:amount}), {lost} lost") if r.actor.sees_prices else N_("{period}: {won} won, {lost} lost")
    return (msg(text, period=period.name, won=won[0], amount=won[1], lost=lost[0]),)
