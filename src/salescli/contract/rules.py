"""Decisions about contracts: what is missing, who reviews, what may follow, who needs one (CTR-01..10, CHN-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.contract.states import MOVES, OF_AREAS, ContractKind, VersionState
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple
from salescli.core.text import among

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

CONFIRMATIONS = {
    "site_ok": C_("site_survey"),
    "scope_ok": C_("scope_of_work"),
    "spec_ok": C_("technical_specification"),
    "design_ok": C_("design_drawing"),
}
"""What is confirmed with the customer before a contract is signed: the column, and how people call it (CTR-04)."""

RESTS_ON = {
    "site_ok": ("place",),
    "scope_ok": ("quantities", "duties", "technical_fee"),
    "spec_ok": ("goods", "specification"),
    "design_ok": ("goods", "specification"),
}
"""What each confirmation was given for: a change of it is confirmed anew; prices, days and payments were not what it was about (CTR-04)."""

TERMS = {
    "delivery_on": C_("delivery_date"),
    "place": C_("delivery_place"),
    "transport": C_("transport"),
    "pay_way": C_("pay_way"),
    "credit": C_("credit_terms"),
    "after_sales": C_("after_sales"),
    "duties": C_("rights_and_duties"),
    "technical_fee": C_("technical_fee"),
}
"""Terms of F-11 besides parties, goods, prices and payments: the field, and how people call it. No credit and no fee are said as 0."""

AREA_TERMS = {
    "territory": C_("territory"),
    "starts_on": C_("starts_on"),
    "ends_on": C_("ends_on"),
    "after_sales": C_("after_sales"),
    "duties": C_("rights_and_duties"),
}
"""What a dealer's or partner's contract must say."""

OPTIONS = {
    "delivery_on": "--delivery", "place": "--place", "transport": "--transport", "pay_way": "--way",
    "credit": "--credit-limit --credit-days",
    "after_sales": "--after-sales", "duties": "--duties", "technical_fee": "--technical-fee", "territory": "--territory",
    "starts_on": "--from", "ends_on": "--until",
}  # fmt: skip


def missing_terms(kind: ContractKind, terms: Mapping[str, Any], goods: int, payments: int) -> list[str]:
    """The terms of F-11 that are not written, by field; credit needs both a limit and days (0 means none). CTR-03."""
    known = dict(terms) | {"credit": _both(terms.get("credit_limit"), terms.get("credit_days"))}
    wanted = AREA_TERMS if kind in OF_AREAS else TERMS
    missing = [name for name in wanted if known.get(name) is None]
    if kind in OF_AREAS and not goods:
        return missing
    return [*([] if goods else ["goods"]), *missing, *([] if payments else ["payments"])]


def _both(first: object, second: object) -> bool | None:
    return True if first is not None and second is not None else None


NAMES = {**TERMS, **AREA_TERMS, "goods": C_("goods"), "payments": C_("payments")}


def check_terms(number: str, missing: Sequence[str]) -> list[Problem]:
    """A contract without all its terms is neither reviewed nor signed. CTR-03."""
    if not missing:
        return []
    text, hint = N_("{number} lacks: {missing:code}"), N_("salescli contract edit {number} {options}")
    options = [OPTIONS.get(name, "--pay" if name == "payments" else "SKU=QTY") for name in missing]
    return [problem("terms_missing", text, rule="CTR-03", hint=hint, number=number, missing=",".join(NAMES[name] for name in missing),
                    options=" ".join(options))]  # fmt: skip


def check_confirmed(number: str, ticks: Mapping[str, bool]) -> list[Problem]:
    """Site, scope, specification and design are confirmed before anything is signed. CTR-04."""
    open_ = [name for name in CONFIRMATIONS if not ticks[name]]
    if not open_:
        return []
    text, hint = N_("{number} is not confirmed yet: {missing:code}"), N_("salescli contract confirm {number} {options}")
    return [problem("not_confirmed", text, rule="CTR-04", hint=hint, number=number, missing=",".join(CONFIRMATIONS[name] for name in open_),
                    options=" ".join(f"--{name.removesuffix('_ok')}" for name in open_))]  # fmt: skip


def lapsed(ticks: Mapping[str, bool], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The confirmations that a change takes back: what they were given for is no longer the same. CTR-04."""
    return [name for name, grounds in RESTS_ON.items() if ticks[name] and any(before.get(x) != after.get(x) for x in grounds)]


def warn_lapsed(number: str, names: Sequence[str]) -> list[Problem]:
    """Warning: what the customer confirmed is not what the contract says now. CTR-04."""
    if not names:
        return []
    text = N_("{number}: what was confirmed has changed and is confirmed anew: {lapsed:code}")
    return [problem("confirmation_lapsed", text, rule="CTR-04", hint=N_("salescli contract confirm {number} {options}"), number=number,
                    lapsed=",".join(CONFIRMATIONS[name] for name in names),
                    options=" ".join(f"--{name.removesuffix('_ok')}" for name in names))]  # fmt: skip


HINTS = {
    VersionState.IN_REVIEW: N_("salescli contract show {number}"),
    VersionState.SIGNED: N_("salescli contract submit {number}; it is signed once it is approved"),
}


IN_REVIEW = N_("who decides: salescli inbox --mine; to change it first: salescli withdraw REQUEST")


def check_move(number: str, state: VersionState, to: VersionState) -> list[Problem]:
    """Whether a version may go from one state to another; nothing unapproved is signed. CTR-02, ST-06."""
    if (state, to) in MOVES:
        return []
    text = N_("{number} is {state:code} already") if to is state else N_("{number} is {state:code}; it cannot become {to:code}")
    hint = IN_REVIEW if state is VersionState.IN_REVIEW else N_("salescli contract show {number}") if to is state else HINTS.get(to)
    if to is VersionState.SIGNED and state is not VersionState.SIGNED:
        text = N_("{number} is {state:code}: only an approved contract is signed")
    return [problem("contract_move", text, kind=Kind.STATE, rule="CTR-02", hint=hint, number=number, state=state.value, to=to.value)]


class Given(NamedTuple):
    """What was delivered of a product under a contract, beside what a new version agrees (1/1,000)."""

    sku: str
    agreed: int
    delivered: int


def check_amendment(number: str, given: Sequence[Given]) -> list[Problem]:
    """A change cannot go below what was delivered already; exactly that is allowed. CTR-06."""
    text = N_("{number}: {sku} cannot go down to {agreed:qty}, {delivered:qty} are delivered already")
    hint = N_("at least {sku}={delivered:qty}; what is delivered under it: salescli contract execute {number}")
    return [
        problem("below_delivered", text, rule="CTR-06", hint=hint, number=number, sku=x.sku, agreed=x.agreed, delivered=x.delivered)
        for x in given
        if x.agreed < x.delivered
    ]


def warn_ordered(number: str, more: Sequence[Given]) -> list[Problem]:
    """Warning: orders under a contract want more (`delivered`: ordered) than the version agrees; the rest will not go out. CTR-06."""
    text = N_("{number}: {ordered:qty} of {sku} are ordered under it, this version agrees {agreed:qty}; more will not go out")
    hint = N_("its orders: salescli contract execute {number}; give one's rest up: salescli order close ORDER --reason TEXT")
    return [
        problem("ordered_beyond", text, rule="CTR-06", hint=hint, number=number, sku=x.sku, agreed=x.agreed, ordered=x.delivered)
        for x in more
        if x.agreed < x.delivered
    ]


def review_posts(usual: Sequence[str], price_posts: Sequence[str]) -> tuple[str, ...]:
    """Who reviews: the contract's own path, and whoever must agree to its prices before. AP-02, PRC-05."""
    return (*(post for post in price_posts if post not in usual), *usual)


def check_deposit(number: str, total: int, typed_total: int, amount: int) -> list[Problem]:
    """The total on the deposit sheet is the contract's, and the deposit is a part of it. CTR-08."""
    found = []
    if typed_total != total:
        text = N_("the deposit sheet says a total of {typed:amount}, contract {number} {total:amount}")
        hint = N_("put the sheet right: --total {total:amount}; or the contract: salescli contract edit {number} --help")
        found.append(problem("deposit_total", text, rule="CTR-08", hint=hint, number=number, typed=typed_total, total=total))
    if not 0 < amount <= total:
        text = N_("a deposit is more than nothing and at most the total {total:amount}, not {amount:amount}")
        hint = N_("salescli contract deposit {number} AMOUNT --total {total:amount} --balance DATE --way TEXT")
        found.append(problem("deposit_amount", text, rule="CTR-08", hint=hint, number=number, total=total, amount=amount))
    return found


def warn_deposit(*, deposit: str, number: str, amount: int, before: int, total: int) -> list[Problem]:
    """Warning: the deposit sheet follows another total; what was paid beyond it is owed back. Amounts in 1/100. CTR-08."""
    facts: dict[str, Any] = {"deposit": deposit, "number": number, "amount": amount, "before": before, "total": total}
    hint = N_("the new sheet: salescli contract print {number} --deposit -o FILE")
    text = N_("deposit {deposit} follows the contract: the total goes from {before:amount} to {total:amount}, the balance is {rest:amount}")
    if total < amount:
        text = N_("deposit {deposit}: {amount:amount} were paid and {number} costs {total:amount} now; {rest:amount} are owed back")
    return [problem("deposit_follows", text, rule="CTR-08", hint=hint, rest=abs(total - amount), **facts)]


def requires_contract(customer_kind: str | None, kinds: str | None) -> bool:
    """Whether customers of this kind buy only with a contract; retail may go without. CTR-10."""
    return among(customer_kind, kinds)


def outside_territory(region: str | None, territory: str | None) -> bool:
    """Whether goods for a region leave a dealer's area; nobody knows without region or area. CHN-02."""
    if not region or not territory:
        return False
    areas = [word.strip().casefold() for word in territory.replace("，", ",").replace("、", ",").split(",") if word.strip()]
    return not any(area in region.casefold() for area in areas)


def warn_territory(customer: str, contract: str, region: str, territory: str) -> Problem:
    """Warning: goods of a dealer go outside his area. CHN-02."""
    text = N_("{customer} is a dealer for {territory} by {contract}; goods for {region} are sold across areas")
    return problem("outside_territory", text, rule="CHN-02", customer=customer, contract=contract, region=region, territory=territory)


def unfiled_days(signed_on: date, filed: bool, today: date, limit: int) -> int:
    """Days a signed paper is missing beyond the days the office allows; 0 while in time. CTR-01."""
    return 0 if filed else max(0, (today - signed_on).days - limit)
