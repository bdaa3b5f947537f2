"""What a customer is by his orders, his tags and his record; how many there are of each kind (CUS-04, CUS-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.customer import reads_pool
from salescli.customer.reads_owner import DEALT
from salescli.customer.rules_standing import standing, warn_bad_record
from salescli.customer.states import Grouping, Standing

if TYPE_CHECKING:
    from salescli.core.reader import Reader

DEALT_STATES = "('confirmed', 'closed')"

SHOW = (
    Column("standing", N_("Standing"), "code"),
    Column("tags", N_("Tags")),
    Column("bad_since", N_("Bad record since"), "date"),
    Column("bad_reason", N_("Bad record")),
    Column("locked_until", N_("Locked until"), "date"),
    Column("days_left", N_("Days to the pool"), "int"),
)
"""Columns of `customer show` that this file fills."""


class Record(NamedTuple):
    """What the columns of SHOW tell of one customer."""

    standing: str
    tags: str | None
    bad_since: str | None
    bad_reason: str | None
    locked_until: str | None
    days_left: int | None


def first_order(r: Reader, customer_id: int) -> date | None:
    """The day of the first confirmed order."""
    day = r.value("SELECT kept_first_order FROM customer WHERE id = :id", id=customer_id)
    return date.fromisoformat(day) if day else None


def standing_of(r: Reader, customer_id: int) -> Standing:
    """Potential, new, existing, sleeping or archived, as of the reader's day. CUS-04."""
    pooled, archived = r.tuples("SELECT staff_id IS NULL, archived_on IS NOT NULL FROM customer WHERE id = :id", id=customer_id)[0]
    first = first_order(r, customer_id)
    return standing(first, r.policy("customer.new_days"), r.today, pooled=bool(pooled), archived=bool(archived))


def tags(r: Reader, customer_id: int) -> list[str]:
    """The customer's free tags."""
    return r.column("SELECT tag FROM customer_tag WHERE customer_id = :id ORDER BY tag", id=customer_id)


def record(r: Reader, customer_id: int) -> Record:
    """Standing, tags, bad record, lock and days left of one customer. CUS-04, CUS-06, LED-11."""
    bad_on, bad_reason = r.tuples("SELECT bad_on, bad_reason FROM customer WHERE id = :id", id=customer_id)[0]
    idle = reads_pool.facts_of(r, "customer", customer_id)
    lock = idle.locked_until if idle.locked_until and idle.locked_until >= r.today.isoformat() else None
    words = ", ".join(tags(r, customer_id)) or None
    return Record(standing_of(r, customer_id).value, words, bad_on, bad_reason, lock, reads_pool.left(r, idle, r.today))


def bad_record(r: Reader, customer_id: int) -> tuple[Message, ...]:
    """The sentence quotes and orders show of a customer with a bad record. CUS-04."""
    code, name, bad_on, reason = r.tuples("SELECT code, name, bad_on, bad_reason FROM customer WHERE id = :id", id=customer_id)[0]
    return tuple(p.message for p in warn_bad_record(code, name, date.fromisoformat(bad_on) if bad_on else None, reason))


# --- how many of each kind ----------------------------------------------------------------------------------------------------

CLASSES = (
    Column("name", N_("Name")),
    Column("customers", N_("Customers"), "int", total=True),
    Column("dealt", N_("With orders"), "int", total=True),
    Column("pool", N_("In the pool"), "int", total=True),
)

FREQUENCIES = (C_("never"), C_("once"), C_("two_to_five"), C_("six_or_more"))
"""Confirmed orders within the last 365 days."""

_JOINS = {
    "frequency": f"""LEFT JOIN (SELECT o.customer_id, count(*) AS orders FROM sales_order o
                     WHERE o.state IN {DEALT_STATES} AND o.date > :year GROUP BY o.customer_id) y ON y.customer_id = c.id""",
    "tag": "JOIN customer_tag t ON t.customer_id = c.id",
}
_NAMES = {
    "class": "c.customer_class",
    "kind": "c.kind",
    "region": "c.region",
    "industry": "c.industry",
    "source": "c.source",
    "staff": "(SELECT s.code FROM staff s WHERE s.id = c.staff_id)",
    "standing": """CASE WHEN c.staff_id IS NULL THEN 'sleeping' WHEN c.kept_first_order IS NULL THEN 'potential'
                    WHEN c.kept_first_order >= :new THEN 'new' ELSE 'existing' END""",
    "frequency": """CASE WHEN y.orders IS NULL THEN 'never' WHEN y.orders = 1 THEN 'once'
                    WHEN y.orders < 6 THEN 'two_to_five' ELSE 'six_or_more' END""",
    "tag": "t.tag",
}
_CODED = (Grouping.STANDING, Grouping.FREQUENCY, Grouping.SOURCE)
_CLASSES = """
SELECT {name} AS name, count(*), sum(CASE WHEN {dealt} THEN 1 ELSE 0 END), sum(CASE WHEN c.staff_id IS NULL THEN 1 ELSE 0 END)
FROM customer c {joins} WHERE c.archived_on IS NULL AND {scope} GROUP BY 1 ORDER BY 2 DESC, 1"""


def classes(r: Reader, by: Grouping) -> Report:
    """How many customers there are of each kind, with orders and in the pool; by tag one counts under each of his. CUS-06."""
    params: dict[str, date] = {}
    if by is Grouping.STANDING:
        params["new"] = r.today - timedelta(r.policy("customer.new_days"))
    if by is Grouping.FREQUENCY:
        params["year"] = r.today - timedelta(365)
    sql = _CLASSES.format(
        name=_NAMES[by.value], dealt=DEALT, joins=_JOINS.get(by.value, ""), scope=condition(r.actor, "customers", "c.staff_id")
    )
    name = CLASSES[0]._replace(kind="code") if by in _CODED else CLASSES[0]
    return Report(
        name="customer-classes",
        title=msg(N_("Customers by {by:code}"), by=by.value),
        columns=(name, *CLASSES[1:]),
        rows=r.tuples(sql, **params),
        totals={"customers": None, "dealt": None, "pool": None} if by is Grouping.TAG else {},
        as_of=r.today.isoformat(),
        empty=msg(N_("No customers yet.")),
        beyond_own=r.actor.visible("customers") != (r.actor.id,),
    )
