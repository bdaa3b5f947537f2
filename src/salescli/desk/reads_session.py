"""Who is signed in, and who decides for whom."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from salescli.core import signin
from salescli.core.access import SESSION
from salescli.core.i18n import N_, msg
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.reader import Reader

WHOAMI = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("roles", N_("Roles"), "code"),
    Column("proof", N_("Proved by"), "code"),
    Column("os_account", N_("OS account")),
    Column("until", N_("Until"), "time"),
    Column("book", N_("Book")),
)


def whoami(r: Reader) -> Report:
    """The acting person, what proved him, and how long a sign-in still counts. ORG-07."""
    actor = r.actor
    live = signin.session(r) if actor.proof == SESSION else None
    until = datetime.fromisoformat(live.expires).astimezone().strftime("%Y-%m-%d %H:%M:%S") if live else None
    row = (actor.code, actor.name, ",".join(sorted(actor.roles)), actor.proof, actor.os_account, until, str(signin.book_of(r)))
    return Report("whoami", msg(N_("Who is at work here")), WHOAMI, [row], record=True)


DEPUTIES = (
    Column("staff", N_("Staff")),
    Column("deputy", N_("Deputy")),
    Column("since", N_("From"), "date"),
    Column("until", N_("Until"), "date"),
    Column("reason", N_("Reason")),
)

_DEPUTIES = """
SELECT s.code, p.code, d.since, d.until, d.reason
FROM deputy d JOIN staff s ON s.id = d.staff_id JOIN staff p ON p.id = d.deputy_id
WHERE d.until >= :today ORDER BY d.since, s.code, p.code"""


def deputies(r: Reader) -> Report:
    """Who decides for whom, today and later. RULEBOOK §27."""
    rows = r.tuples(_DEPUTIES, today=r.today)
    empty = msg(N_("Nobody has a deputy: salescli staff deputise STAFF DEPUTY --until DAY"))
    return Report("staff-deputies", msg(N_("Deputies")), DEPUTIES, rows, as_of=r.today.isoformat(), empty=empty)
