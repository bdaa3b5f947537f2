"""What an import does about owners: everybody's log begins, and nobody is given more than he may hold (LED-11)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from salescli.core.errors import problem
from salescli.core.i18n import N_
from salescli.customer import reads_owner

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salescli.core.jobs import Job
    from salescli.core.jobs_rows import Plan
    from salescli.core.reader import Reader

OVER = N_("{staff} would hold {count:,} without a deal; the cap is {cap:,}")

_OPERATING = """
SELECT EXISTS (SELECT 1 FROM policy_value WHERE key = 'pool.hold_cap' AND set_by IS NOT NULL)
    OR EXISTS (SELECT 1 FROM sales_order WHERE import_id IS NULL AND state IN ('confirmed', 'closed'))
    OR EXISTS (SELECT 1 FROM owner_change WHERE move IN ('claimed', 'pooled', 'returned', 'assigned', 'transferred'))"""


def caps_hold(r: Reader) -> bool:
    """Whether the office works already: it set the cap itself, took an order, or moved somebody.

    Before that a file is the opening stock of customers, of whom nobody can have dealt yet because their orders come with a later file:
    going over the cap is told, not refused.
    """
    return bool(r.value(_OPERATING))


def check_caps(job: Job, plan: Plan, values: Mapping[str, Sequence[Any]]) -> None:
    """Name every row that would give somebody more than `pool.hold_cap` without a deal. LED-11."""
    r = job.w.reader
    cap, refuses = r.policy("pool.hold_cap"), caps_hold(r)
    for staff_id, places in sorted(_gains(r, plan, values).items()):
        held = reads_owner.held(r, staff_id)
        over = places[max(0, cap - held) :]
        code = reads_owner.person(r, staff_id).code if over else ""
        if refuses:
            for place in over:
                job.fault(place, "staff", "hold_cap", OVER, staff=code, count=held + len(places), cap=cap)
        elif over:
            job.warnings.append(problem("hold_cap", OVER, rule="LED-11", hint=N_("the cap: salescli policy show pool.hold_cap"), staff=code,
                                        count=held + len(places), cap=cap))  # fmt: skip


def _gains(r: Reader, plan: Plan, values: Mapping[str, Sequence[Any]]) -> dict[int, list[int]]:
    """The places of the rows that bring each person one more without a deal."""
    found: dict[int, list[int]] = defaultdict(list)
    for place in plan.new:
        staff = values["staff"][place]
        if staff is not None and values["active"][place] != 0:
            found[staff].append(place)
    for change in plan.changed:
        if ("staff" in change.values or change.values.get("active")) and not reads_owner.dealt(r, change.id):
            staff = change.values.get("staff") or r.value("SELECT staff_id FROM customer WHERE id = :id", id=change.id)
            if staff is not None:
                found[staff].append(change.place)
    return found


def log_owners(job: Job, customers: Iterable[tuple[int, int | None]]) -> None:
    """Begin the owner log of new customers, (id, owner) each; one nobody owns begins in the pool. LED-11, ORG-09."""
    from salescli.customer.states import OwnerMove

    today, operator, move = job.w.today.isoformat(), job.w.actor.id or None, OwnerMove.IMPORTED.value
    first = job.w.next_id("owner_change")
    rows = [(first + n, today, customer, None, owner, operator, move) for n, (customer, owner) in enumerate(customers)]
    job.insert("owner_change", ("day", "customer_id", "former_id", "owner_id", "operator_id", "move"), rows)


def hand_over(job: Job, customer_id: int, owner: int) -> None:
    """Give a known customer to whom the file names; `check_caps` has looked at the room. LED-11."""
    from salescli.customer import actions_owner
    from salescli.customer.states import OwnerMove
    from salescli.customer.tables import Customer

    row = job.w.get(Customer, customer_id)
    if row.staff_id != owner:
        actions_owner.move_to(job.w, row, owner, OwnerMove.TRANSFERRED if row.staff_id else OwnerMove.ASSIGNED, job.source.name)
