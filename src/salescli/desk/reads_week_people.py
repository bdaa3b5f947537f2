"""What requests between colleagues and companies put into a week (ORG-12, ORG-13)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.i18n import C_, N_, msg
from salescli.desk.week import DONE, LATE, MISSING, OPEN, Line, Week
from salescli.staff.reads_request import SELECT, Request

if TYPE_CHECKING:
    from salescli.core.reader import Reader

REQUEST = C_("internal_request")


def requests(r: Reader, week: Week) -> list[Line]:
    """Requests answered in the week, after their day as late; those open and due, past their day as missing. ORG-12, ORG-13."""
    span = {"start": week.period.start, "end": week.period.end}
    where = f"""{week.condition("q.to_id")} AND q.withdrawn_on IS NULL
        AND ((q.answered_on IS NULL AND q.due <= :end) OR q.answered_on BETWEEN :start AND :end)"""
    return [_line(row, r.today) for row in r.rows(Request, SELECT.format(where=where), **span)]


def _line(row: Request, day: date) -> Line:
    late = row.late(day) > 0
    section = (LATE if late else DONE) if row.answered_on else (MISSING if late else OPEN)
    text = msg(N_("{asker}: {text}"), asker=row.asked_by, text=row.text)
    return Line(section, row.to, row.answered_on or row.due, REQUEST, row.number, None, text, "ORG-13" if row.company else "ORG-12")
