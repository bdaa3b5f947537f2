"""Late arrivals, the month's pot and its shares (ORG-10, X-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.approval import Ask, granted
from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.staff.rules_attendance import Pot, pot

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

LIST = (
    Column("number", N_("Number")),
    Column("date", N_("Date"), "date"),
    Column("staff", N_("Staff")),
    Column("kind", N_("Kind"), "code"),
    Column("minutes", N_("Minutes"), "int"),
    Column("excuse", N_("Excuse")),
    Column("fine", N_("Fine proposed"), "amount", total=True),
    Column("leader", N_("Leader")),
)

_LIST = """
SELECT a.number, a.day, s.code, a.kind, a.minutes, a.excuse, a.fine, l.code
FROM attendance a JOIN staff s ON s.id = a.staff_id LEFT JOIN staff l ON l.id = a.leader_id
WHERE a.day BETWEEN :start AND :end AND {scope} ORDER BY a.day, s.code, a.id"""


def listing(r: Reader, period: Period) -> Report:
    """Late arrivals and early leaving of a period, of oneself, one's team, or everybody. ORG-10."""
    scope = condition(r.actor, "customers", "a.staff_id")
    return Report(
        name="staff-attendance-list",
        title=msg(N_("Attendance {period}"), period=period.name),
        columns=LIST,
        rows=r.tuples(_LIST.format(scope=scope), start=period.start, end=period.end),
        notes=(LEGAL,),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody came late or left early in {period}."), period=period.name),
    )


LEGAL = msg(N_("Fines can break labour law. These are proposals: nothing is posted to anybody's wage (X-22)."))


class _Sums(NamedTuple):
    code: str
    fines: int
    unexcused: int


def month_pot(r: Reader, period: Period) -> Pot:
    """The fines of a period and how they are shared: reps who were here all the period and never late without excuse. ORG-10."""
    sums = r.rows(
        _Sums,
        """SELECT s.code, sum(a.fine), sum(CASE WHEN a.excuse IS NULL THEN 1 ELSE 0 END) FROM attendance a
           JOIN staff s ON s.id = a.staff_id WHERE a.day BETWEEN :start AND :end GROUP BY s.code ORDER BY s.code""",
        start=period.start, end=period.end,
    )  # fmt: skip
    reps = r.column(
        """SELECT s.code FROM staff s WHERE coalesce(s.hired, '0001-01-01') <= :start AND coalesce(s.left_on, '9999-12-31') >= :end
           AND EXISTS (SELECT 1 FROM staff_role x WHERE x.staff_id = s.id AND x.role = 'rep') ORDER BY s.code""",
        start=period.start, end=period.end,
    )  # fmt: skip
    return pot({row.code: row.fines for row in sums if row.fines}, reps, [row.code for row in sums if row.unexcused])


def ask(period: Period, found: Pot) -> Ask:
    """What an approval of a month's pot freezes (AP-13)."""
    return Ask("AP-13", f"POT-{period.name}", {"fines": dict(found.fines), "shares": dict(found.shares)})


POT = (
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("times", N_("Times"), "int", total=True),
    Column("excused", N_("Excused"), "int", total=True),
    Column("fine", N_("Fine proposed"), "amount", total=True),
    Column("share", N_("Share of the pot"), "amount", total=True),
    Column("leader", N_("Leader")),
)

_TIMES = """
SELECT s.code, s.name, l.code, count(a.id), coalesce(sum(CASE WHEN a.excuse IS NOT NULL THEN 1 ELSE 0 END), 0)
FROM staff s
LEFT JOIN staff l ON l.id = s.superior_id
LEFT JOIN attendance a ON a.staff_id = s.id AND a.day BETWEEN :start AND :end
WHERE {scope} GROUP BY s.code, s.name, l.code ORDER BY s.code"""


def pot_report(r: Reader, period: Period) -> Report:
    """The month's pot: who was late how often, the fines proposed, equal shares of those who never were. ORG-10, RPT-24."""
    found = month_pot(r, period)
    rows = [
        (code, name, times, excused, found.fines.get(code, 0), found.shares.get(code, 0), leader)
        for code, name, leader, times, excused in r.tuples(
            _TIMES.format(scope=condition(r.actor, "customers", "s.id")), start=period.start, end=period.end
        )
        if times or code in found.shares
    ]
    return Report(
        name="staff-attendance-pot",
        title=msg(N_("Attendance pot {period}"), period=period.name),
        columns=POT,
        rows=rows,
        notes=(*_notes(r, period, found), LEGAL),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody came late or left early in {period}."), period=period.name),
    )


def _notes(r: Reader, period: Period, found: Pot) -> tuple[Message, ...]:
    if r.policy("penalty.mode", period.end) == "off" and not found.total:
        return (msg(N_("Fines are off: what is recorded costs nothing (penalty.mode).")),)
    if found.left_over:
        return (msg(N_("Nobody was always in time: {amount:amount} stay in the pot."), amount=found.left_over),)
    if found.total and granted(r, ask(period, found)):
        return (msg(N_("This pot is approved.")),)
    return (msg(N_("Not approved yet: salescli staff attendance propose --period {period} --request REASON"), period=period.name),)
