"""A quote as a paper for the customer, without cost and margin (QUO-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.i18n import N_, _, msg
from salescli.core.money import percent_text
from salescli.core.printing import Paper, Sheet, capitals
from salescli.price.foreign import kept
from salescli.quote import reads
from salescli.quote.goods_sheet import Goods, goods_sheet, money
from salescli.quote.rules_payment import when_text
from salescli.quote.states import QuoteState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.reader import Reader
    from salescli.quote.rules_payment import Term

FREE = frozenset({QuoteState.APPROVED, QuoteState.SENT, QuoteState.CONFIRMED, QuoteState.CONVERTED})
"""States whose paper may leave the house; any other is printed as a draft."""


def goods(lines: Sequence[reads.Line]) -> list[Goods]:
    """Lines of a quote or contract as the customer sees them."""
    return [
        Goods(
            x.line_no, x.sku, x.name, x.spec, x.unit, x.quantity, x.unit_price, x.amount, bool(x.discount or x.promo_discount), bool(x.gift)
        )
        for x in lines
    ]  # fmt: skip


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


def in_currency(r: Reader, table: str, version_id: int, total: int) -> str | None:
    """The total in the customer's currency, where the document keeps one. PRC-08."""
    own = kept(r, table, version_id)
    return own.said(total).render() if own else None


def replaced(version: int) -> str:
    """The mark on an earlier version."""
    return msg(N_("Replaced by version {version}"), version=version).render()


def paper(r: Reader, row: reads.QuoteRow, version: int | None = None) -> Paper:
    """The quotation as it goes to the customer; what is not approved is marked a draft, an earlier version as replaced. QUO-02, QUO-03.

    Raises SalesError (3) for a version it does not have.
    """
    last = row.version
    row = row if version is None else reads.at_version(r, row, version)
    lines, found = reads.lines_of(r, row.version_id), reads.figures_of(r, row.version_id)
    terms = reads.plan_of(r, row.version_id)
    contact = r.value("SELECT name FROM contact WHERE customer_id = :id AND main = 1", id=row.customer_id)
    fields = (
        (N_("Customer"), row.customer_name), (N_("Contact"), contact), (N_("Date"), row.day), (N_("Valid until"), row.valid_until),
        (N_("Quoted by"), r.value("SELECT name FROM staff WHERE id = :id", id=row.staff_id)), (N_("Version"), str(row.version)),
        (N_("In your currency"), in_currency(r, "quote_version", row.version_id, found.total)),
    )  # fmt: skip
    tax = found.total - sum(line.amount for line in lines)
    return Paper(
        name="quote",
        title=_(N_("Quotation")),
        number=f"{row.number}/{row.version}",
        company=company(r),
        fields=fields,
        extra={"total": money(found.total), "capitals": capitals(found.total)},
        tables=[goods_sheet(goods(lines), found.total, tax), *([plan_sheet(terms)] if terms else [])],
        clauses=[(_(HEADS[name]), text) for name, text in reads.sections_of(r, row.version_id).items() if text],
        signatures=(_(N_("Supplier (seal)")), _(N_("Customer (seal)"))),
        draft=replaced(last) if row.version < last else row.state not in FREE,
    )
