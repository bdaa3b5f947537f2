"""Decisions about a customer's file: who holds it already, who may own it (LED-10, ORG-07)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_

MATCHES = (C_("code"), C_("name"), C_("tax_no"), C_("phone"))
"""What makes two files one and the same customer."""


class Holder(NamedTuple):
    """A customer that has the same code, name, tax number or telephone number, and whose it is."""

    match: str
    value: str
    code: str
    name: str
    staff: str | None
    staff_name: str | None


def check_duplicates(holders: Sequence[Holder]) -> list[Problem]:
    """A customer has one file; whoever holds it is named. LED-10."""
    owned = N_("the {match:code} {value} is that of {customer} {customer_name}, customer of {staff} {staff_name}")
    free = N_("the {match:code} {value} is that of {customer} {customer_name}, who has no owner")
    return [
        problem(
            f"{holder.match}_taken",
            owned if holder.staff else free,
            rule="LED-10",
            hint=N_("work with that file, or ask {staff}") if holder.staff else N_("salescli customer show {customer}"),
            match=holder.match,
            value=holder.value,
            customer=holder.code,
            customer_name=holder.name,
            staff=holder.staff,
            staff_name=holder.staff_name,
        )
        for holder in holders
    ]


def check_owner(visible: Sequence[int] | None, owner: int, code: str, *, gone: bool) -> list[Problem]:
    """Nobody gives a customer to somebody whose customers he does not see, or who left. ORG-07."""
    found = []
    if visible is not None and owner not in visible:
        text = N_("{staff} is not of your team; you may not give customers to others")
        found.append(problem("owner_not_yours", text, kind=Kind.FORBIDDEN, rule="ORG-07", staff=code))
    if gone:
        found.append(problem("owner_left", N_("{staff} left and cannot own customers"), rule="ORG-06", staff=code))
    return found


def no_owner(code: str) -> list[Problem]:
    """Warning: nobody looks after a customer without owner. CUS-01."""
    text = N_("customer {customer} has no owner")
    hint = N_("salescli customer edit {customer} --staff CODE")
    return [problem("owner_missing", text, rule="CUS-01", hint=hint, customer=code)]
