"""What a customer is by his orders: potential, new or existing (CUS-04, ST-04); computed, never set by a person."""

from __future__ import annotations

from datetime import date, timedelta

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.customer.states import Standing


def standing(first_order: date | None, new_days: int, today: date, *, pooled: bool = False, archived: bool = False) -> Standing:
    """From the day of the first confirmed order: none = potential, not older than `customer.new_days` = new, else existing. CUS-04."""
    if archived:
        return Standing.ARCHIVED
    if pooled:
        return Standing.SLEEPING
    if first_order is None:
        return Standing.POTENTIAL
    return Standing.NEW if today <= first_order + timedelta(new_days) else Standing.EXISTING


def check_active(code: str, name: str, archived_on: date | None, reason: str | None = None) -> list[Problem]:
    """Nothing is sold to, and nothing changes hands with, an archived customer. CUS-01, ORG-08."""
    if archived_on is None:
        return []
    text = N_("{ref} {name} was archived on {day}: {reason}")
    hint = N_("salescli customer unarchive {ref} --reason …")
    return [problem("archived", text, kind=Kind.STATE, rule="ORG-08", hint=hint, ref=code, name=name, day=archived_on.isoformat(),
                    reason=reason)]  # fmt: skip


def warn_bad_record(code: str, name: str, bad_on: date | None, reason: str | None) -> list[Problem]:
    """Warning shown with the customer, on quotes and on orders: he is on record as bad. CUS-04."""
    if bad_on is None:
        return []
    text = N_("{ref} {name} is on record as bad since {day}: {reason}")
    return [problem("bad_record", text, rule="CUS-04", ref=code, name=name, day=bad_on.isoformat(), reason=reason)]


LONG_TAX_NO = 18
"""Signs of a unified social credit code (统一社会信用代码), whose last one proves the others."""


def warn_tax_no(tax_no: str | None) -> list[Problem]:
    """Warning: a unified social credit code whose check sign does not fit was probably mistyped. LED-10."""
    if not tax_no or len(tax_no) != LONG_TAX_NO:
        return []
    from stdnum.cn import uscc

    if uscc.is_valid(tax_no):
        return []
    text = N_("the tax number {tax_no} is no good unified social credit code: its check sign does not fit")
    return [problem("tax_no_unproved", text, rule="LED-10", hint=N_("compare it with the invoice"), tax_no=tax_no)]
