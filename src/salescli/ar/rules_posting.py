"""What may be posted, applied, taken back: facts in, problems out (AR-01, AR-12, AR-15)."""

from __future__ import annotations

from datetime import date
from typing import Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.posting import check_day
from salescli.core.record import NamedTuple


class Document(NamedTuple):
    """A receivable, credit note or receipt as the rules see it; `open` has the sign of `amount`, `reversal` = one side of a reversal."""

    id: int
    number: str
    receipt: bool
    customer_id: int
    date: str
    amount: int
    open: int
    held: bool
    reversal: bool
    delivery: str | None

    @property
    def source(self) -> bool:
        """Whether it is money: a receipt or a credit note."""
        return self.receipt or self.amount < 0


def check_receipt(amount: int, day: date, today: date) -> list[Problem]:
    """A receipt is money that came, on a day that was. AR-12."""
    found = check_day(day, today)
    if amount <= 0:
        text = N_("a receipt of {amount:amount} is none; the amount must be above zero")
        hint = N_("to take a receipt back: salescli ar reverse RECEIPT; a credit note: salescli ar receivable CUSTOMER -AMOUNT")
        found.append(problem("amount_not_positive", text, rule="AR-12", hint=hint, amount=amount))
    return found


def check_receivable(amount: int, day: date, due: date, today: date) -> list[Problem]:
    """A receivable has an amount, a day that was, and is due on that day or later. AR-01."""
    found = check_day(day, today)
    if amount == 0:
        text = N_("a receivable of 0.00 is none")
        found.append(problem("amount_zero", text, rule="AR-01", hint=N_("above zero: the customer owes; below zero: a credit note")))
    if due < day:
        text = N_("the due date {due} lies before the date {day}")
        hint = N_("give --due a day from {day} on, or --days")
        found.append(problem("due_before_date", text, rule="AR-01", hint=hint, due=due.isoformat(), day=day.isoformat()))
    return found


def check_opening(day: date, first_day: str | None) -> list[Problem]:
    """Opening balances come before any business; later they are only warned about. AR-15, X-18."""
    if first_day is None or first_day >= day.isoformat():
        return []
    text = N_("the customer already has documents from {first} on; an opening balance of {day} may count them twice")
    hint = N_("compare: salescli ar list --customer CODE")
    return [problem("opening_after_business", text, rule="AR-15", hint=hint, first=first_day, day=day.isoformat())]


def check_allocation(source: Document, claim: Document, amount: int | None) -> list[Problem]:
    """Money may be applied to a receivable of the same customer, no more than is left of either. AR-12."""
    found = _check_sides(source, claim)
    rest, owed = abs(source.open), claim.open
    facts: dict[str, Any] = {"source": source.number, "receivable": claim.number, "rest": rest, "owed": owed}
    if found:
        return found
    if not rest:
        text = N_("{source} is applied in full already")
        hint = N_("see where: salescli ar show {source}; free it: salescli ar unallocate {source}")
        found.append(problem("nothing_left", text, rule="AR-12", hint=hint, **facts))
    if not owed:
        found.append(problem("nothing_open", N_("{receivable} is paid in full already"), rule="AR-12", hint=_SEE, **facts))
    if amount is not None and amount <= 0:
        found.append(problem("amount_not_positive", N_("{amount:amount} cannot be applied"), rule="AR-12", hint=_ABOVE, amount=amount))
    elif amount is not None and rest and owed and amount > min(rest, owed):
        text = N_("{amount:amount} is more than fits: {rest:amount} left of {source}, {owed:amount} open on {receivable}")
        hint = N_("leave the amount out to apply {most:amount}")
        found.append(problem("too_much", text, rule="AR-12", hint=hint, **facts, amount=amount, most=min(rest, owed)))
    return found


_SEE = N_("see by what: salescli ar show {receivable}")
_ABOVE = N_("the amount must be above zero")


def _check_sides(source: Document, claim: Document) -> list[Problem]:
    found = []
    if not source.source:
        text = N_("{source} is a receivable: money comes from a receipt or a credit note")
        found.append(problem("not_money", text, rule="AR-12", hint=N_("salescli ar receipts"), source=source.number))
    if claim.source:
        text = N_("{receivable} is no receivable that can be paid")
        found.append(problem("not_payable", text, rule="AR-12", hint=N_("salescli ar list --open"), receivable=claim.number))
    if source.receipt and source.reversal:
        found.append(reversed_already(source))
    if source.customer_id != claim.customer_id:
        text = N_("{source} and {receivable} belong to different customers")
        hint = N_("a receipt booked on the wrong customer: salescli ar reverse {source}, then post it again")
        found.append(problem("other_customer", text, rule="AR-12", hint=hint, source=source.number, receivable=claim.number))
    return found


def reversed_already(document: Document) -> Problem:
    """A reversed document, or a reversal, takes part in nothing any more."""
    text = N_("{document} is reversed, or a reversal itself")
    return problem("reversed", text, kind=Kind.STATE, rule="AR-12", hint=N_("salescli ar show {document}"), document=document.number)


def check_money(source: Document) -> list[Problem]:
    """Only money can be held, released, freed."""
    if not source.source:
        text = N_("{source} is a receivable: only a receipt or a credit note can be held, released or freed")
        return [problem("not_money", text, rule="AR-12", hint=N_("salescli ar receipts"), source=source.number)]
    return [reversed_already(source)] if source.receipt and source.reversal else []


def check_reversal(document: Document, day: date, today: date) -> list[Problem]:
    """A mistyped receipt or receivable is taken back once, on its own day or later; a delivery's by returning the goods. AR-12."""
    found = check_day(day, today)
    if document.reversal:
        found.append(reversed_already(document))
    if day.isoformat() < document.date:
        text = N_("the reversal ({day}) lies before {document} itself ({date})")
        hint = N_("give --on a day from {date} on")
        found.append(
            problem("reversal_too_early", text, rule="AR-12", hint=hint, day=day.isoformat(), document=document.number, date=document.date)
        )
    if document.delivery:
        text = N_("{document} comes from delivery {delivery}: it goes when the goods come back")
        hint = N_("salescli order return")
        found.append(problem("from_delivery", text, rule="AR-12", hint=hint, document=document.number, delivery=document.delivery))
    return found


def check_freeing(source: Document, applied: int, amount: int | None) -> list[Problem]:
    """No more can be freed than is applied. AR-12."""
    if not applied:
        text = N_("nothing of {source} is applied there")
        return [problem("nothing_applied", text, rule="AR-12", hint=N_("salescli ar show {source}"), source=source.number)]
    if amount is not None and not 0 < amount <= applied:
        text = N_("{amount:amount} cannot be freed: {applied:amount} of {source} is applied there")
        return [problem("too_much", text, rule="AR-12", hint=_WHOLE, amount=amount, applied=applied, source=source.number)]
    return []


_WHOLE = N_("leave the amount out to free all of it")
