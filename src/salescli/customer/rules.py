"""Decisions about a customer's file: who holds it already, who may own it (LED-10, ORG-07)."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple
from salescli.core.text import among, folded

MATCHES = (C_("code"), C_("name"), C_("tax_no"), C_("phone"), C_("similar"))
"""What makes two files one and the same customer; `similar` only may."""

PLACES = (C_("owned"), C_("pool"), C_("archived"))
"""Where somebody found is: in somebody's hands, in the pool, in the archive."""


class Holder(NamedTuple):
    """A customer (or an open lead, by `noun`) that has the same code, name, tax number or telephone number, and whose it is."""

    match: str
    value: str
    code: str
    name: str
    staff: str | None
    staff_name: str | None
    noun: str = "customer"


def check_price_class(before: str | None, after: str | None, priced: Sequence[str], holders: Sequence[str]) -> list[Problem]:
    """A class with prices of its own is given and taken by who may: else anybody cuts prices by calling his customer A. PRC-05, PRC-08."""
    known = {folded(name) for name in priced}
    group = next((name for name in (after, before) if name and folded(name) in known), None)
    if group is None or before == after:
        return []
    text = N_("class {group} has prices of its own; to give or take it takes the right customer.class, held by {holders:code}")
    hint = N_("ask one of them; a price for this customer alone: salescli price request SKU=PRICE --customer CUSTOMER")
    return [problem("class_has_prices", text, kind=Kind.FORBIDDEN, rule="PRC-05", hint=hint, group=group, holders=",".join(holders))]


def check_contract_kind(before: str | None, after: str | None, kinds: str | None, holders: Sequence[str]) -> list[Problem]:
    """Nobody gets round the contract of a dealer by calling him something else. CTR-10."""
    if not among(before, kinds) or among(after, kinds):
        return []
    text = N_("{group} buy only with a contract; another kind takes the right customer.class, held by {holders:code}")
    hint = N_("ask one of them; or make the contract: salescli contract new CUSTOMER SKU=QTY")
    return [problem("kind_needs_contract", text, kind=Kind.FORBIDDEN, rule="CTR-10", hint=hint, group=before, holders=",".join(holders))]


def check_duplicates(holders: Sequence[Holder]) -> list[Problem]:
    """A customer has one file; whoever holds it is named. LED-10."""
    owned = N_("the {match:code} {value} is that of {customer} {customer_name}, customer of {staff} {staff_name}")
    free = N_("the {match:code} {value} is that of {customer} {customer_name}, who has no owner")
    return [
        problem(
            f"{holder.match}_taken",
            owned if holder.staff else free,
            rule="LED-10",
            hint=_hint(holder),
            match=holder.match,
            value=holder.value,
            customer=holder.code,
            customer_name=holder.name,
            staff=holder.staff,
            staff_name=holder.staff_name,
        )
        for holder in holders
    ]


def _hint(holder: Holder) -> str:
    if holder.noun == "lead":
        return N_("make the lead a customer: salescli lead convert {customer}; it may have to be claimed or asked for first")
    return N_("work with that file, or ask {staff}") if holder.staff else N_("he is in the pool: salescli customer claim {customer}")


class Alike(NamedTuple):
    """Somebody whose name is nearly the same, and whose he is."""

    score: int
    code: str
    name: str
    staff: str | None


def warn_similar(name: str, found: Sequence[Alike]) -> list[Problem]:
    """Warnings: names nearly the same, so that nobody is entered twice under two spellings. LED-10."""
    owned = N_("{name} looks like {ref} {other} of {staff} ({score} % alike); make sure it is somebody else")
    free = N_("{name} looks like {ref} {other} in the pool ({score} % alike); make sure it is somebody else")
    hint = N_("if it is the same, a leader brings both together: salescli customer merge KEEP DROP")
    return [
        problem("similar_name", owned if a.staff else free, rule="LED-10", hint=hint, name=name, ref=a.code, other=a.name, staff=a.staff,
                score=a.score)
        for a in found
    ]  # fmt: skip


def check_owner(visible: Sequence[int] | None, owner: int, code: str) -> list[Problem]:
    """Nobody gives a customer to somebody whose customers he does not see. ORG-07."""
    if visible is None or owner in visible:
        return []
    text = N_("{staff} is not of your team; you may not give customers to others")
    hint = N_("ask his superior: salescli staff show {staff}")
    return [problem("owner_not_yours", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, staff=code)]


def check_no_owner_set(code: str, staff: str | None, *, owned: bool) -> list[Problem]:
    """An owner is not edited like an address: he is given, with a reason that stays in the owner history. LED-11, ORG-09."""
    if staff is None:
        return []
    text = N_("{customer} changes hands with a reason, not by editing his file")
    transfer = N_('salescli customer transfer {customer} --to {staff} --reason "…"')
    hint = transfer if owned else N_('salescli customer assign {customer} --to {staff} --reason "…"')
    return [problem("owner_edited", text, rule="ORG-09", hint=hint, customer=code, staff=staff)]


def no_owner(code: str) -> list[Problem]:
    """Warning: nobody looks after a customer without owner. CUS-01."""
    text = N_("customer {customer} has no owner")
    hint = N_('salescli customer assign {customer} --to STAFF --reason "…"')
    return [problem("owner_missing", text, rule="CUS-01", hint=hint, customer=code)]
