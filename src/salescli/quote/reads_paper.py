"""A quote as a paper for the customer, without cost and margin (QUO-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, _
from salescli.core.money import amount_text, grouped, percent_text, price_text, quantity_text
from salescli.core.printing import Paper, Sheet, capitals
from salescli.price.rules import net_price
from salescli.quote import reads
from salescli.quote.rules_payment import when_text
from salescli.quote.states import QuoteState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader
    from salescli.quote.rules_payment import Term

FREE = frozenset({QuoteState.APPROVED, QuoteState.SENT, QuoteState.CONFIRMED, QuoteState.CONVERTED})
"""States whose paper may leave the house; any other is printed as a draft."""


def money(amount: int) -> str:
    """An amount as it stands on a paper."""
    return grouped(amount_text(amount))


def goods_sheet(lines: Sequence[reads.Line], total: int, tax: int) -> Sheet:
    """The goods of a quote or contract; in a book of net prices the tax has a line of its own."""
    heads = (N_("No."), N_("Product"), N_("Specification"), N_("Quantity"), N_("Unit"), N_("Unit price"), N_("Amount"))
    rows = [
        (str(x.line_no), f"{x.name} ({x.sku})", x.spec or "", quantity_text(x.quantity), x.unit or "",
         grouped(price_text(net_price(x.unit_price, x.discount))), money(x.amount))
        for x in lines
    ]  # fmt: skip
    if tax:
        rows.append(("", _(N_("Tax")), "", "", "", "", money(tax)))
    right = (False, False, False, True, False, True, True)
    return Sheet([_(h) for h in heads], rows, right, ("", _(N_("Total")), "", "", "", "", money(total)))


def plan_sheet(terms: Sequence[Term]) -> Sheet:
    """The payment plan of a quote or contract."""
    heads = (N_("Payment"), N_("Share %"), N_("Amount"), N_("Due"))
    rows = [(str(no), percent_text(t.share) if t.share else "", money(t.amount), when_text(t).render()) for no, t in enumerate(terms, 1)]
    return Sheet([_(h) for h in heads], rows, (False, True, True, False), title=_(N_("Payment plan")))


def company(r: Reader) -> str:
    """The office's name."""
    return str(r.value("SELECT value FROM meta WHERE key = 'company'") or "")


HEADS = {
    "need": N_("Your need"),
    "configuration": N_("Configuration"),
    "time_cost": N_("Time and cost"),
    "after_sales": N_("After-sales"),
}


def paper(r: Reader, number: str) -> Paper:
    """The quotation as it goes to the customer; what is not approved is marked a draft. QUO-02, QUO-03. Raises SalesError (3)."""
    row = reads.quote(r, number)
    lines, found = reads.lines_of(r, row.version_id), reads.figures_of(r, row.version_id)
    terms = reads.plan_of(r, row.version_id)
    contact = r.value("SELECT name FROM contact WHERE customer_id = :id AND main = 1", id=row.customer_id)
    fields = (
        (N_("Customer"), row.customer_name), (N_("Contact"), contact), (N_("Date"), row.day), (N_("Valid until"), row.valid_until),
        (N_("Quoted by"), r.value("SELECT name FROM staff WHERE id = :id", id=row.staff_id)), (N_("Version"), str(row.version)),
        (N_("Total"), money(found.total)), (N_("In capitals"), capitals(found.total)),
    )  # fmt: skip
    tax = found.total - sum(line.amount for line in lines)
    return Paper(
        name="quote",
        title=_(N_("Quotation")),
        number=f"{row.number}/{row.version}",
        company=company(r),
        fields=[(_(name), str(value)) for name, value in fields if value],
        tables=[goods_sheet(lines, found.total, tax), *([plan_sheet(terms)] if terms else [])],
        clauses=[(_(HEADS[name]), text) for name, text in reads.sections_of(r, row.version_id).items() if text],
        signatures=(_(N_("Supplier (seal)")), _(N_("Customer (seal)"))),
        draft=row.state not in FREE,
    )
