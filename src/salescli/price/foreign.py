"""A document's total in the customer's currency, at a rate it keeps; its figures stay in the book's (PRC-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.money import divide
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader
    from salescli.core.writer import Writer


class Foreign(NamedTuple):
    """A currency and what 100 units of it cost (1/10,000 of the book's)."""

    currency: str
    exchange_rate: int

    def of(self, amount: int) -> int:
        """An amount of the book (1/100) in this currency (1/100), half up."""
        return divide(amount * 100 * 10_000, self.exchange_rate)

    def said(self, amount: int) -> Message:
        """The amount in this currency, with its rate."""
        text = N_("{currency} {amount:amount} (100 {currency} = {rate:price})")
        return msg(text, currency=self.currency, amount=self.of(amount), rate=self.exchange_rate)


def foreign(w: Writer, typed: str, day: date) -> Foreign | None:
    """The currency asked for with the rate of a day; None for the book's own. PRC-08.

    Raises SalesError: 2 no currency, 3 no rate known by that day.
    """
    from salescli.price.actions_request import currency_code
    from salescli.price.reads_resolve import exchange_rate

    code = currency_code(w, typed)
    if code is None:
        return None
    rate = exchange_rate(w.reader, code, day)
    if rate is None:
        text, hint = N_("no exchange rate of {currency} is known on {day}"), N_("salescli price rate {currency} RATE --on {day}")
        fail("no_rate", text, kind=Kind.NOT_FOUND, rule="PRC-08", hint=hint, currency=code, day=day.isoformat())
    return Foreign(code, rate)


def kept(r: Reader, table: str, row_id: int) -> Foreign | None:
    """The currency a document (`sales_order`, `quote_version`, `contract_version`) keeps beside the book's."""
    found = r.tuples(f"SELECT currency, exchange_rate FROM {table} WHERE id = :id AND currency IS NOT NULL", id=row_id)
    return Foreign(*found[0]) if found else None


def notes(r: Reader, table: str, row_id: int, amount: int) -> list[Message]:
    """The total in the document's own currency, for who sees prices."""
    own = kept(r, table, row_id)
    return [own.said(amount)] if own and r.actor.sees_prices else []
