"""Invariants of promotions: nothing was given without a plan that was approved and ran on that day (PRO-02, PRC-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def approved_plans(r: Reader) -> Iterator[str]:
    """Plans that ran without a granted request for them."""
    sql = """SELECT p.number FROM promo_plan p WHERE p.started_on IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM approval a WHERE a.document = p.number AND a.number = p.request AND a.state = 'approved') ORDER BY p.number"""
    yield from r.column(sql)


def given_by_plans(r: Reader) -> Iterator[str]:
    """Order lines that name a promotion which is not there or did not run on the order's day; what a quote or a contract agreed while a
    plan ran, its orders keep.
    """
    plans = {number: (first, last) for number, first, last in r.tuples("SELECT number, date_from, date_to FROM promo_plan")}
    sql = """SELECT o.number, l.line_no, CASE WHEN t.origin IS NULL THEN o.date END, l.promo_number
             FROM order_line l JOIN sales_order o ON o.id = l.order_id LEFT JOIN order_terms t ON t.order_id = o.id
             WHERE l.promo_number IS NOT NULL AND o.import_id IS NULL AND o.state <> 'cancelled' ORDER BY o.number, l.line_no"""
    for order, line_no, day, numbers in r.tuples(sql):
        days = [plans.get(number) for number in numbers.split(",")]
        if any(span is None or (day is not None and not span[0] <= day <= span[1]) for span in days):
            yield f"{order}/{line_no}"


CHECKS = (
    Check("promo_approved", N_("a promotion that ran was approved"), approved_plans),
    Check("promo_lines", N_("what a promotion gave names a plan that ran that day"), given_by_plans),
)
