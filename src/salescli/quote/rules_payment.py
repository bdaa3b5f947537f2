"""Payment plans of quotes and contracts: `30%@sign 60%@delivery 10%@delivery+30`, adding up to the total (QUO-03, CTR-03)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, SalesError, problem
from salescli.core.i18n import N_, Message, msg
from salescli.core.money import RATE_ONE, multiply_rate, parse_amount, parse_rate, split
from salescli.core.record import NamedTuple
from salescli.core.unreadable import Unreadable
from salescli.quote.states import Anchor, Basis

if TYPE_CHECKING:
    from collections.abc import Sequence


class Term(NamedTuple):
    """One payment: what it is (share in 1/10,000, amount in 1/100, or the rest), and when it is due."""

    basis: Basis
    share: int | None
    amount: int
    anchor: Anchor
    days: int = 0
    due: date | None = None


ANCHORS = {
    "sign": Anchor.SIGN, "signing": Anchor.SIGN, "签约": Anchor.SIGN, "签订": Anchor.SIGN,
    "delivery": Anchor.DELIVERY, "交货": Anchor.DELIVERY, "发货": Anchor.DELIVERY, "收货": Anchor.DELIVERY,
}  # fmt: skip
RESTS = ("rest", "余款", "其余")
LONGEST_DAYS = 3650
_WHEN = re.compile(r"(?P<anchor>[^\d+]+)(\+(?P<days>\d{1,4})d?)?")
EXAMPLE = N_("for example --pay 30%@sign,60%@delivery,10%@delivery+30 or --pay rest@2026-12-31")


def parse_plan(texts: Sequence[str]) -> list[Term]:
    """The terms of a plan as typed, separated by commas. Raises SalesError (exit 2) naming every bad one."""
    words = [word.strip() for text in texts for word in text.replace("，", ",").split(",") if word.strip()]
    terms: list[Term] = []
    problems: list[Problem] = []
    for word in words:
        try:
            terms.append(_parse(word))
        except SalesError as error:
            problems += error.problems
    if sum(term.basis is Basis.REST for term in terms) > 1:
        problems.append(problem("two_rests", N_("only one payment can be the rest"), kind=Kind.USAGE, rule="QUO-03", hint=EXAMPLE))
    if problems:
        raise SalesError(problems)
    return terms


def _parse(word: str) -> Term:
    what, at, when = word.replace("％", "%").replace("＠", "@").partition("@")
    try:
        basis, share, amount = _what(what.strip())
        anchor, days, due = _when(when.strip()) if at else (Anchor.SIGN, 0, None)
    except Unreadable as error:
        text = N_('"{typed}" is no payment term: {why}')
        raise SalesError(
            [problem("bad_term", text, kind=Kind.USAGE, rule="QUO-03", hint=EXAMPLE, typed=word, why=error.message)]
        ) from error
    return Term(basis, share, amount, anchor, days, due)


def _what(text: str) -> tuple[Basis, int | None, int]:
    if text.lower() in RESTS:
        return Basis.REST, None, 0
    if text.endswith("%"):
        return Basis.SHARE, parse_rate(text[:-1]), 0
    return Basis.AMOUNT, None, parse_amount(text)


def _when(text: str) -> tuple[Anchor, int, date | None]:
    found = _WHEN.fullmatch(text)
    anchor = ANCHORS.get(found["anchor"].strip().lower()) if found else None
    if found and anchor:
        days = int(found["days"] or 0)
        if days <= LONGEST_DAYS:
            return anchor, days, None
    try:
        return Anchor.DAY, 0, date.fromisoformat(text)
    except ValueError:
        raise Unreadable(text, "bad_when", N_("when is it due? sign, delivery, delivery+30 or a day such as 2026-12-31")) from None


def amounts(terms: Sequence[Term], total: int) -> list[Term]:
    """The plan with every amount worked out: shares that make 100 % add up to the cent, the rest takes what remains. QUO-03."""
    shares = [term.share or 0 for term in terms]
    if terms and all(term.basis is Basis.SHARE for term in terms) and sum(shares) == RATE_ONE:
        return [term._replace(amount=part) for term, part in zip(terms, split(total, shares), strict=True)]
    said = [multiply_rate(total, t.share or 0) if t.basis is Basis.SHARE else t.amount if t.basis is Basis.AMOUNT else 0 for t in terms]
    rest = total - sum(said)
    return [t._replace(amount=rest if t.basis is Basis.REST else part) for t, part in zip(terms, said, strict=True)]


def check_plan(document: str, terms: Sequence[Term], total: int) -> list[Problem]:
    """A plan is there, has no payment below zero or of nothing, and adds up to the total exactly. QUO-03, CTR-03."""
    if not terms:
        text = N_("{document} has no payment plan; how it is paid is settled with the offer")
        return [problem("no_payment_plan", text, rule="QUO-03", hint=EXAMPLE, document=document)]
    planned = sum(term.amount for term in terms)
    found = []
    if any(term.amount <= 0 for term in terms) and total > 0:
        text = N_("{document}: a payment of the plan is nothing or below zero")
        found.append(problem("empty_payment", text, rule="QUO-03", hint=EXAMPLE, document=document))
    if planned != total:
        text = N_("{document}: the payments add up to {planned:amount}, the total is {total:amount}")
        found.append(problem("plan_differs", text, rule="QUO-03", hint=EXAMPLE, document=document, planned=planned, total=total))
    return found


def due_day(term: Term, signed_on: date | None, delivered_on: date | None) -> date | None:
    """The day a payment is due, once what it is counted from has a day. CTR-06."""
    if term.anchor is Anchor.DAY:
        return term.due
    start = signed_on if term.anchor is Anchor.SIGN else delivered_on
    return start + timedelta(term.days) if start else None


def when_text(term: Term) -> Message:
    """When a payment is due, in words."""
    if term.anchor is Anchor.DAY:
        return msg(N_("on {day}"), day=term.due.isoformat() if term.due else None)
    if term.days:
        text = N_("{days} {days:day|days} after signing") if term.anchor is Anchor.SIGN else N_("{days} {days:day|days} after delivery")
        return msg(text, days=term.days)
    return msg(N_("at signing")) if term.anchor is Anchor.SIGN else msg(N_("at delivery"))


def plan_text(terms: Sequence[Term]) -> list[Message]:
    """The plan in words, one sentence a payment."""
    return [_sentence(no, term) for no, term in enumerate(terms, 1)]


def _sentence(no: int, term: Term) -> Message:
    when = when_text(term)
    if term.basis is Basis.SHARE:
        return msg(
            N_("payment {no}: {share:pct} per cent, {amount:amount}, {when}"), no=no, share=term.share, amount=term.amount, when=when
        )
    return msg(N_("payment {no}: {amount:amount}, {when}"), no=no, amount=term.amount, when=when)
