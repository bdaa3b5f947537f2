"""Sensitive acts from the append-only log and the changes of hands: exports, transfers, archives, allocations, deletions (ORG-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.staff.reads_office import sees

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.dates import Period
    from salescli.core.reader import Reader

EXPORT, OWNER_CHANGE, ARCHIVE, DEVIATION, DELETE = ACTS = (
    C_("export"), C_("owner_change"), C_("archive"), C_("deviating_allocation"), C_("delete")
)  # fmt: skip


class Act(NamedTuple):
    """One sensitive act: day, clock where the log has it, who did it (code), kind, the thing, what was done, the reason given."""

    day: str
    at: str | None
    staff: str | None
    kind: str
    ref: str | None
    detail: str | None
    reason: str | None


PARTS = """'staff_role', 'command_grant', 'duty_member', 'customer_tag', 'reservation', 'order_line', 'quote_line', 'quote_payment',
      'contract_line', 'contract_payment', 'payment_plan', 'bill_line'"""
"""Rows that an ordinary edit or delivery puts others in place of: nothing is lost with them."""

# Each part selects the columns of Act and the id of whoever did it as `who`; the days are :start and :end.
_LOGGED = """
SELECT h.day, h.at, h.staff, '{kind}', h.document, {detail}, NULL, s.id
FROM history h LEFT JOIN staff s ON s.code = h.staff
WHERE h.day BETWEEN :start AND :end AND {where}"""

_PARTS: dict[str, str] = {
    # Rows beyond one's own that left the tool: one line each by the log (DAT-02, X-15).
    EXPORT: _LOGGED.format(kind=EXPORT, detail="h.verb || coalesce(' > ' || h.after, '')", where="h.tbl IS NULL AND h.verb LIKE 'export%'"),
    OWNER_CHANGE: """
SELECT h.day, NULL, o.code, 'owner_change', coalesce(c.code, h.lead_number), coalesce(f.code, '-') || ' > ' || coalesce(n.code, '-'),
       h.reason, o.id
FROM owner_change h
LEFT JOIN staff o ON o.id = h.operator_id
LEFT JOIN staff f ON f.id = h.former_id
LEFT JOIN staff n ON n.id = h.owner_id
LEFT JOIN customer c ON c.id = h.customer_id
WHERE h.day BETWEEN :start AND :end AND h.move IN ('transferred', 'assigned', 'handed_over', 'merged', 'returned')""",
    ARCHIVE: _LOGGED.format(
        kind=ARCHIVE,
        detail="json_extract(h.after, '$.name')",
        where="""h.tbl = 'customer' AND h.before IS NOT NULL AND h.after IS NOT NULL AND h.last_id IS NULL
      AND json_extract(h.after, '$.archived_on') IS NOT NULL AND json_extract(h.before, '$.archived_on') IS NULL""",
    ),
    # A visitor given to somebody else than the rules say (LED-09), a second claim a leader let stand (LED-04).
    DEVIATION: """
SELECT p.day, p.time, f.code, 'deviating_allocation', p.number, coalesce(d.code, '-') || ' > ' || s.code, p.deviation, f.id
FROM reception p
JOIN staff s ON s.id = p.staff_id
LEFT JOIN staff d ON d.id = p.due_id
LEFT JOIN staff f ON f.id = p.filed_by
WHERE p.day BETWEEN :start AND :end AND p.deviation IS NOT NULL
UNION ALL
SELECT h.day, NULL, o.code, 'deviating_allocation', h.lead_number, '- > ' || coalesce(n.code, '-'), h.reason, o.id
FROM owner_change h
LEFT JOIN staff o ON o.id = h.operator_id
LEFT JOIN staff n ON n.id = h.owner_id
WHERE h.day BETWEEN :start AND :end AND h.move = 'created' AND h.lead_number IS NOT NULL AND h.reason IS NOT NULL""",
    DELETE: _LOGGED.format(
        kind=DELETE,
        detail="h.tbl",
        where=f"""h.tbl IS NOT NULL AND h.before IS NOT NULL AND h.after IS NULL
      AND h.tbl NOT IN ({PARTS})""",
    ),
}  # fmt: skip


def acts(r: Reader, start: date, end: date, kinds: tuple[str, ...] = ACTS, staff_id: int | None = None) -> list[Act]:
    """Sensitive acts of people the reader may look at, the newest first. ORG-09."""
    found: list[Act] = []
    for kind in kinds:
        who = f"x.who = {staff_id:d}" if staff_id is not None else f"({sees(r, 'x.who')})"
        sql = f"""WITH x(day, at, staff, kind, ref, detail, reason, who) AS ({_PARTS[kind]})
                  SELECT day, at, staff, kind, ref, detail, reason FROM x WHERE {who}"""
        found += r.rows(Act, sql, start=start, end=end)
    return sorted(found, key=lambda act: (act.day, act.at or "", act.kind, act.ref or ""), reverse=True)


COLUMNS = (
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time"), "time"),
    Column("staff", N_("Done by")),
    Column("act", N_("Act"), "code"),
    Column("ref", N_("Document")),
    Column("detail", N_("What")),
    Column("reason", N_("Reason")),
)


def violations(r: Reader, period: Period, staff: str | None, act: str | None) -> Report:
    """The violation report: who did what that must be traceable, of oneself, one's team, or everybody. ORG-09.

    Raises SalesError (exit 3) for somebody unknown.
    """
    person = find(r, "staff", staff) if staff else None
    found = acts(r, period.start, period.end, (act,) if act else ACTS, person.id if person else None)
    if person is not None and not r.value(f"SELECT {sees(r, str(person.id))}"):
        found = []
    return Report(
        name="staff-violations",
        title=msg(N_("Sensitive acts {period}"), period=period.name),
        columns=COLUMNS,
        rows=[(a.day, _clock(a.at), *a[2:]) for a in found],
        notes=(msg(N_("The log is append-only and chained; prove it: salescli history --verify")),),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing of that kind in {period}."), period=period.name),
    )


def _clock(at: str | None) -> str | None:
    """Hours and minutes of the log's time stamp."""
    return at[11:16] if at and "T" in at else at
