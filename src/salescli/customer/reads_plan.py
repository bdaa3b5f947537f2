"""The contact plan: how often customers of each class are contacted, and how far the office is behind (CUS-10, VIS-07)."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition
from salescli.core.i18n import N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salescli.core.reader import Reader


def key_classes(r: Reader, day: date | None = None) -> tuple[str, ...]:
    """Classes whose customers are key accounts, as the office names them. CUS-06."""
    names = (r.policy("customer.key_classes", day) or "").replace("，", ",").replace("、", ",").split(",")
    return tuple(name.strip() for name in names if name.strip())


class Plan(NamedTuple):
    """Days between contacts by class (lower case): an agreed interval, else the key accounts' or the normal one."""

    normal: int
    agreed: Mapping[str, int] = MappingProxyType({})

    def days(self, customer_class: str | None) -> int:
        """The interval of a class."""
        return self.agreed.get(folded(customer_class), self.normal) if customer_class else self.normal

    def cutoff(self, day: date, column: str) -> tuple[str, dict[str, Any]]:
        """SQL of the day up to which the last contact is too long ago, by the class in `column`, and its parameters."""
        when = " ".join(f"WHEN :class{n} THEN :cut{n}" for n in range(len(self.agreed)))
        params: dict[str, Any] = {"cut": day - timedelta(self.normal)}
        for n, (name, days) in enumerate(self.agreed.items()):
            params |= {f"class{n}": name, f"cut{n}": day - timedelta(days)}
        return (f"CASE lower({column}) {when} ELSE :cut END" if when else ":cut"), params


def plan_of(r: Reader, day: date | None = None) -> Plan:
    """The office's plan on a day. CUS-10."""
    agreed = {folded(name): r.policy("revisit.key_days", day) for name in key_classes(r, day)}
    agreed |= {folded(name): days for name, days in r.tuples("SELECT customer_class, days FROM contact_plan")}
    return Plan(r.policy("revisit.normal_days", day), agreed)


def interval_of(r: Reader, customer_class: str | None, day: date | None = None) -> int:
    """Days between contacts with customers of a class. CUS-10, VIS-07."""
    return plan_of(r, day).days(customer_class)


COLUMNS = (
    Column("class", N_("Class")),
    Column("days", N_("Days between contacts"), "int"),
    Column("channel", N_("Channel"), "code"),
    Column("key", N_("Key account"), "bool"),
    Column("customers", N_("Customers"), "int", total=True),
    Column("overdue", N_("Overdue"), "int", total=True),
    Column("never", N_("Never contacted"), "int", total=True),
)

_CLASSES = """
SELECT c.customer_class, count(*),
       sum(CASE WHEN coalesce(c.kept_contact_on, c.owner_since, c.created) < {cutoff} THEN 1 ELSE 0 END),
       sum(CASE WHEN c.kept_contact_on IS NULL THEN 1 ELSE 0 END)
FROM customer c WHERE c.staff_id IS NOT NULL AND c.archived_on IS NULL AND {scope} GROUP BY c.customer_class"""


class _Class(NamedTuple):
    name: str | None
    customers: int
    overdue: int
    never: int

    @property
    def key(self) -> str:
        """The class as it is compared: case does not count."""
        return folded(self.name or "")


def overview(r: Reader) -> Report:
    """Every class in use or planned, its interval, and how many of its customers were not contacted in time. CUS-10."""
    plan, day = plan_of(r), r.today
    cutoff, params = plan.cutoff(day, "c.customer_class")
    found = r.rows(_Class, _CLASSES.format(cutoff=cutoff, scope=condition(r.actor, "customers", "c.staff_id")), **params)
    planned = r.tuples("SELECT customer_class, channel FROM contact_plan ORDER BY customer_class")
    channels, known = {folded(name): channel for name, channel in planned}, {row.key for row in found}
    rows = [*found, *(_Class(name, 0, 0, 0) for name, _channel in planned if folded(name) not in known)]
    keys = {folded(name) for name in key_classes(r)}
    rows.sort(key=lambda row: (row.name is None, plan.days(row.name), row.name or ""))
    return Report(
        name="customer-plan",
        title=msg(N_("Contact plan by class")),
        columns=COLUMNS,
        rows=[(row.name, plan.days(row.name), channels.get(row.key), int(row.key in keys), *row[1:]) for row in rows],
        notes=(msg(N_("who is overdue: salescli visit due --kind revisit")),),
        as_of=day.isoformat(),
    )
