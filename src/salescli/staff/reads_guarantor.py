"""Labour contracts with the agreed task, joint guarantors: what is there, what is missing, what ends soon (ORG-05, F-20)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.reader import Reader

GUARANTOR, CONTRACT, TASK = C_("guarantor"), C_("labour_contract"), C_("agreed_task")

SALES = ("rep", "supervisor")
"""Roles of sales staff, whose papers ORG-05 asks for."""


class Papers(NamedTuple):
    """A person and what his file holds."""

    id: int
    code: str
    name: str
    contract_no: str | None
    contract_until: str | None
    task: int | None
    task_text: str | None
    guarantor: str | None
    phone: str | None
    until: str | None


_PAPERS = f"""
SELECT s.id, s.code, s.name, e.contract_no, e.until, e.task_amount, e.task_text, g.name, g.phone, g.until
FROM staff s
LEFT JOIN employment e ON e.staff_id = s.id
LEFT JOIN guarantor g ON g.id = (SELECT max(x.id) FROM guarantor x WHERE x.staff_id = s.id AND x.ended_on IS NULL)
WHERE coalesce(s.left_on, '9999-12-31') >= :day
  AND EXISTS (SELECT 1 FROM staff_role x WHERE x.staff_id = s.id AND x.role IN {SALES})
ORDER BY s.code"""


def papers(r: Reader, day: date | None = None) -> list[Papers]:
    """The papers of the sales staff."""
    return r.rows(Papers, _PAPERS, day=day or r.today)


def missing(p: Papers, day: date, *, guarantor: bool) -> list[str]:
    """What a file lacks on a day: contract, agreed task, and a guarantor while the office keeps that record. ORG-05, X-22."""
    today = day.isoformat()
    lacks = [CONTRACT] * (p.contract_no is None or _over(p.contract_until, today)) + [TASK] * (p.task is None and p.task_text is None)
    return lacks + [GUARANTOR] * (guarantor and (p.guarantor is None or _over(p.until, today)))


def _over(until: str | None, today: str) -> bool:
    return until is not None and until < today


class Ending(NamedTuple):
    """A paper that ends soon, or has ended: whose, what, when."""

    staff_id: int
    staff: str
    name: str
    what: str
    until: str


def ending(r: Reader, day: date) -> list[Ending]:
    """Guarantors and contracts that end within `staff.expiry_days`, or have ended. ORG-05."""
    last = (day + timedelta(r.policy("staff.expiry_days", day))).isoformat()
    kept = r.policy("staff.guarantor", day)
    found = []
    for p in papers(r, day):
        days = [(CONTRACT, p.contract_until), *([(GUARANTOR, p.until)] if kept else [])]
        found += [Ending(p.id, p.code, p.name, what, until) for what, until in days if until is not None and until <= last]
    return found


COLUMNS = (
    Column("staff", N_("Staff")),
    Column("name", N_("Full name")),
    Column("contract", N_("Labour contract")),
    Column("contract_until", N_("Contract until"), "date"),
    Column("task", N_("Agreed task"), "amount"),
    Column("task_text", N_("Task in words")),
    Column("guarantor", N_("Guarantor")),
    Column("phone", N_("Guarantor's phone")),
    Column("until", N_("Answers until"), "date"),
    Column("missing", N_("Missing"), "code"),
)


def listing(r: Reader, *, only_missing: bool = False) -> Report:
    """The papers of the sales staff; `only_missing`: files that lack something. ORG-05."""
    kept = r.policy("staff.guarantor")
    rows = [(p, missing(p, r.today, guarantor=kept)) for p in papers(r)]
    return Report(
        name="staff-guarantor-list",
        title=msg(N_("Papers of the sales staff")),
        columns=COLUMNS,
        rows=[(*p[1:], ",".join(lacks) or None) for p, lacks in rows if lacks or not only_missing],
        notes=() if kept else (_off(),),
        as_of=r.today.isoformat(),
        empty=msg(N_("Every file is complete.")) if only_missing else None,
    )


def _off() -> Message:
    return msg(N_("The guarantor record is off; it may break labour law: salescli policy explain staff.guarantor"))
