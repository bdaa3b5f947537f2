"""The four-theme investigation of customers: the newest one, what it lacks, whether it still counts (CUS-03, F-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer.reads_owner import dealt
from salescli.customer.rules_care import FIRST_DEAL, is_stale, missing_themes

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class Investigated(NamedTuple):
    """What is known of a customer before he orders; `missing` themes of F-09, `stale`: too old to rely on."""

    number: str
    day: date
    staff: str
    missing: tuple[str, ...]
    stale: bool

    @property
    def complete(self) -> bool:
        """Whether all four themes are there and the investigation still counts."""
        return not self.missing and not self.stale


_FIELDS = ("profile", "rivals", "relation", *FIRST_DEAL)
_NEWEST = f"""
SELECT v.number, v.day, s.code, {", ".join(f'v."{name}"' for name in _FIELDS)}
FROM investigation v JOIN staff s ON s.id = v.staff_id WHERE v.customer_id = :id AND v.day <= :day ORDER BY v.day DESC, v.id DESC LIMIT 1"""


def investigation_of(r: Reader, customer_id: int) -> Investigated | None:
    """The newest investigation of a customer; None when nobody has looked into him. What ORD-01 asks for. CUS-03."""
    rows = r.tuples(_NEWEST, id=customer_id, day=r.today)
    if not rows:
        return None
    number, made, staff, *texts = rows[0]
    missing = missing_themes(dict(zip(_FIELDS, texts, strict=True)), dealt=dealt(r, customer_id))
    on = date.fromisoformat(made)
    return Investigated(number, on, staff, tuple(missing), is_stale(on, r.today, r.policy("investigation.valid_days")))


SHOW = (
    Column("number", N_("Investigation")),
    Column("date", N_("Date"), "date"),
    Column("staff", N_("Staff")),
    Column("reported_to", N_("Reported to")),
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("profile", N_("Profile")),
    Column("rivals", N_("Rivals")),
    Column("relation", N_("Relation to us")),
    Column("history", N_("History")),
    Column("head", N_("Head")),
    Column("character", N_("Character")),
    Column("capital", N_("Capital")),
    Column("banks", N_("Banks")),
    Column("staff_count", N_("Employees"), "int"),
    Column("output", N_("Monthly output")),
    Column("ability", N_("Trading ability")),
    Column("rival_deals", N_("Deals with our rivals")),
    Column("business", N_("Business")),
    Column("missing", N_("Missing"), "code"),
    Column("current", N_("Current"), "bool"),
)

_SHOW = f"""
SELECT v.number, v.day, s.code, t.code, c.code, c.name, {", ".join(f'v."{name}"' for name in _FIELDS)}
FROM investigation v JOIN customer c ON c.id = v.customer_id JOIN staff s ON s.id = v.staff_id LEFT JOIN staff t ON t.id = v.reported_to
WHERE v.customer_id = :id ORDER BY v.day DESC, v.id DESC"""


def detail(r: Reader, reference: str) -> Report:
    """The investigation of a customer, as it stands, and the days of the earlier ones. CUS-03."""
    customer = find(r, "customer", reference)
    rows, known = r.tuples(_SHOW, id=customer.id), investigation_of(r, customer.id)
    newest = [(*rows[0], ",".join(known.missing) or None, int(not known.stale))] if rows and known else []
    return Report(
        name="customer-investigation",
        title=msg(N_("Investigation of {code} {name}"), code=customer.code, name=customer.name),
        columns=SHOW,
        rows=newest,
        notes=tuple(msg(N_("earlier: {number} of {day} by {staff}"), number=row[0], day=row[1], staff=row[2]) for row in rows[1:]),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody has looked into {code} {name}: salescli customer investigate {code} --profile …"), code=customer.code,
                  name=customer.name),
        record=True,
    )  # fmt: skip


MISSING, STALE, GAPS, CURRENT = C_("missing"), C_("stale"), C_("gaps"), C_("current")
LIST = (
    Column("customer", N_("Customer")),
    Column("name", N_("Name")),
    Column("staff", N_("Owner")),
    Column("investigated", N_("Investigated"), "date"),
    Column("state", N_("State"), "code"),
    Column("missing", N_("Missing"), "code"),
)

_EVERY = """SELECT c.id, c.code, c.name, s.code, c.staff_id FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
            WHERE c.archived_on IS NULL AND c.staff_id IS NOT NULL AND {scope} ORDER BY c.code"""


def listing(r: Reader) -> Report:
    """Customers whose investigation is missing, too old, or has gaps. CUS-03."""
    rows = r.tuples(_EVERY.format(scope=condition(r.actor, "customers", "c.staff_id")))
    seen = set(r.column("SELECT DISTINCT customer_id FROM investigation"))
    found = [(row, investigation_of(r, row[0]) if row[0] in seen else None) for row in rows]
    wanted = [
        (*row[1:4], known.day.isoformat() if known else None, _state(known), ",".join(known.missing) or None if known else None)
        for row, known in found
        if known is None or not known.complete
    ]
    return Report(
        name="customer-investigations",
        title=msg(N_("Investigations to be made")),
        columns=LIST,
        rows=wanted,
        as_of=r.today.isoformat(),
        empty=msg(N_("Every customer is looked into.")),
        beyond_own=any(row[4] not in r.actor.team for row in rows),
    )


def _state(known: Investigated | None) -> str:
    return MISSING if known is None else STALE if known.stale else GAPS if known.missing else CURRENT
