"""Who handles a ticket: the customer's agent or owner; nobody a complaint about himself or his own head (SVC-04, SVC-06, ORG-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.approval import subtree, superiors

if TYPE_CHECKING:
    from salescli.core.reader import Reader

_HANDLERS = """
SELECT s.id FROM customer c LEFT JOIN agent g ON g.customer_id = c.id JOIN staff s ON s.id IN (g.staff_id, c.staff_id)
WHERE c.id = :customer AND coalesce(s.left_on, '9999-12-31') >= :today ORDER BY s.id = g.staff_id DESC"""


def handler(r: Reader, customer: int, about: int | None) -> int | None:
    """The customer's follow-up agent, else his owner, if he is here; else None. SVC-04.

    A complaint about either of them, or about somebody above them, goes to the superior of whom it is about.
    """
    found: int | None = next(iter(r.column(_HANDLERS, customer=customer, today=r.today)), None)
    return found if about is None else unbiased(r, found, about)


def unbiased(r: Reader, staff: int | None, about: int) -> int | None:
    """`staff`, unless a complaint about `about` is none of his to judge; then the next superior of `about`. SVC-06, ORG-03."""
    if staff is not None and not involved(r, staff, about):
        return staff
    return next(iter(superiors(r, about)), None)


def involved(r: Reader, staff: int, about: int | None) -> bool:
    """Whether somebody is the one complained about, or works below him."""
    return about is not None and (staff == about or staff in subtree(r, about))
