"""Posting receivables and receipts by the thousand: the same rules as one by one, worked out in memory, written in bulk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from salescli.ar.actions_settle import settle
from salescli.ar.reads_open import open_claims, open_sources
from salescli.ar.rules import Applied, Claim, Source, apply, oldest, oldest_due, pay, used
from salescli.ar.states import CREDIT_NOTES, RECEIPTS, RECEIVABLES, ReceivableKind
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.writer import Writer


@dataclass(slots=True)
class NewReceivable:
    """A receivable to post: amount in 1/100 (negative = credit note), days as ISO text; without a number it gets the next one."""

    customer_id: int
    date: str
    due_date: str
    amount: int
    number: str | None = None
    staff_id: int | None = None
    kind: str | None = None
    order_number: str | None = None
    delivery_number: str | None = None
    invoice_no: str | None = None
    invoice_date: str | None = None
    held: bool = False
    note: str | None = None
    import_id: int | None = None


@dataclass(slots=True)
class NewReceipt:
    """Money to post: `receivable` or `order` (numbers) says what it pays first; what is left goes oldest due first unless held."""

    customer_id: int
    date: str
    amount: int
    number: str | None = None
    method: str | None = None
    account: str | None = None
    receivable: str | None = None
    order: str | None = None
    held: bool = False
    note: str | None = None
    import_id: int | None = None


class Posting(NamedTuple):
    """What was posted: rows, allocations, money applied (1/100)."""

    receivables: int
    receipts: int
    allocations: int
    applied: int


RECEIVABLE_COLUMNS = (
    "number", "kind", "customer_id", "staff_id", "date", "due_date", "amount", "order_number", "delivery_number", "invoice_no",
    "invoice_date", "held", "note", "import_id", "kept_open",
)  # fmt: skip
RECEIPT_COLUMNS = (
    "number", "customer_id", "date", "amount", "method", "account", "held", "note", "import_id", "kept_open",
)  # fmt: skip


def post_many(w: Writer, receivables: Sequence[NewReceivable], receipts: Sequence[NewReceipt]) -> Posting:
    """Post checked rows and apply money: first to the receivable or order it names, then oldest due first. AR-01, AR-12.

    The rows' customers must exist and their numbers be new; `ar.rules_posting` has the checks. Raises SalesError (3, 4) when a
    receipt names a receivable that does not exist or belongs to another customer.
    """
    number_rows(w, receivables, receipts)
    first = w.next_id("receivable"), w.next_id("receipt")
    if not receipts and not _any_money(w, receivables):  # thousands of deliveries and nothing to apply
        _insert(w, receivables, (), first, ())
        return Posting(len(receivables), 0, 0, 0)
    desk = _Desk(w, {row.customer_id for row in receivables} | {row.customer_id for row in receipts}, receipts)
    for row_id, row in enumerate(receivables, first[0]):
        desk.take_receivable(row_id, row)
    money = [(row, desk.take_receipt(row_id, row)) for row_id, row in enumerate(receipts, first[1])]
    applied = [line for row, source in money if row.receivable or row.order for line in desk.pay_named(row, source)]
    applied += desk.pay_oldest()
    _insert(w, receivables, receipts, first, applied)
    settle(w, applied, new_receivable=first[0], new_receipt=first[1])
    return Posting(len(receivables), len(receipts), len(applied), sum(line.amount for line in applied))


def _any_money(w: Writer, receivables: Sequence[NewReceivable]) -> bool:
    """Whether a credit note among them, or money the customers have already, is there to be applied."""
    w.flush()
    return any(row.amount < 0 for row in receivables) or bool(open_sources(w.reader, {row.customer_id for row in receivables}))


def number_rows(w: Writer, receivables: Iterable[NewReceivable], receipts: Iterable[NewReceipt]) -> None:
    """Give every row without a number the next one of its series and month."""
    for row in receivables:
        if row.number is None:
            row.number = w.number(CREDIT_NOTES if row.amount < 0 else RECEIVABLES, date.fromisoformat(row.date))
    for receipt in receipts:
        if receipt.number is None:
            receipt.number = w.number(RECEIPTS, date.fromisoformat(receipt.date))


class _Desk:
    """What the customers of one batch owe and what money they have, old and new; amounts sink as money is applied."""

    def __init__(self, w: Writer, customers: set[int], receipts: Iterable[NewReceipt]) -> None:
        self.reader = w.reader
        self.named = {row.receivable for row in receipts} | {row.order for row in receipts}
        self.claims: dict[int, list[Claim]] = defaultdict(list)
        self.sources: dict[int, list[Source]] = defaultdict(list)
        self.by_number: dict[str, tuple[int, Claim]] = {}
        self.by_order: dict[tuple[int, str], list[Claim]] = defaultdict(list)
        self.owed: dict[int, int] = {}
        self.used: dict[int, int] = defaultdict(int)
        w.flush()
        for found in open_claims(w.reader, customers):
            self._claim(found.customer_id, found.order_number, found.claim)
        for money in open_sources(w.reader, customers):
            self.sources[money.customer_id].append(money.source)

    def _claim(self, customer_id: int, order: str | None, claim: Claim) -> None:
        self.claims[customer_id].append(claim)
        if claim.number in self.named:
            self.by_number[claim.number] = customer_id, claim
        if order is not None and order in self.named:
            self.by_order[customer_id, order].append(claim)

    def take_receivable(self, row_id: int, row: NewReceivable) -> None:
        """A new receivable is owed, a new credit note is money."""
        if row.amount > 0:
            self._claim(row.customer_id, row.order_number, Claim(row_id, str(row.number), row.date, row.due_date, row.amount))
        elif not row.held:
            self.sources[row.customer_id].append(Source(row_id, str(row.number), row.date, -row.amount, credit=True))

    def take_receipt(self, row_id: int, row: NewReceipt) -> Source:
        """A new receipt is money; a held one only for what it names."""
        source = Source(row_id, str(row.number), row.date, row.amount)
        if not row.held:
            self.sources[row.customer_id].append(source)
        return source

    def pay_named(self, row: NewReceipt, source: Source) -> list[Applied]:
        """The receipt on the receivable, or on the order's receivables, it names."""
        rest, applied = source.open, []
        for claim in self._named(row):
            owed = self.owed.get(claim.id, claim.open)
            part = min(owed, rest)
            if part:
                applied.append(pay(claim, source, part, owed))
                self.owed[claim.id], rest = owed - part, rest - part
        self.used[source.id] = source.open - rest
        return applied

    def _named(self, row: NewReceipt) -> list[Claim]:
        if row.receivable is None:
            return sorted(self.by_order.get((row.customer_id, str(row.order)), ()), key=oldest_due)
        owner, claim = self.by_number.get(row.receivable, (None, None))
        if claim is None:
            owner = self.reader.value("SELECT customer_id FROM receivable WHERE number = :number", number=row.receivable)
        if owner is None:
            fail(
                "receivable_not_found", N_("there is no receivable {receivable}"),
                kind=Kind.NOT_FOUND, hint=N_("salescli ar list"), receivable=row.receivable,
            )  # fmt: skip
        if owner != row.customer_id:
            fail(
                "other_customer", N_("receipt {receipt} and receivable {receivable} belong to different customers"),
                rule="AR-12", hint=N_("salescli ar show {receivable}"), receipt=row.number, receivable=row.receivable,
            )  # fmt: skip
        return [claim] if claim else []

    def pay_oldest(self) -> list[Applied]:
        """What is left of every customer's money, oldest due first."""
        applied: list[Applied] = []
        for customer_id, sources in self.sources.items():
            if self.claims[customer_id]:
                applied += apply(self._left_claims(customer_id), self._left_money(sources))
        return applied

    def _left_claims(self, customer_id: int) -> list[Claim]:
        owed = self.owed
        return [claim._replace(open=owed[claim.id]) if claim.id in owed else claim for claim in self.claims[customer_id]]

    def _left_money(self, sources: list[Source]) -> list[Source]:
        """Only receipts of this batch can have paid something named already."""
        spent = self.used
        left = [s if s.credit or s.id not in spent else s._replace(open=s.open - spent[s.id]) for s in sources]
        return sorted((s for s in left if s.open), key=oldest)


def _insert(
    w: Writer, receivables: Sequence[NewReceivable], receipts: Sequence[NewReceipt], first: tuple[int, int], applied: Sequence[Applied]
) -> None:
    """Insert the rows with what the allocations leave of them."""
    of_receipt, of_receivable = used(applied)
    w.insert_many(
        "receivable",
        RECEIVABLE_COLUMNS,
        [
            (
                row_id, row.number, row.kind or kind_of(row.amount), row.customer_id, row.staff_id, row.date, row.due_date, row.amount,
                row.order_number, row.delivery_number, row.invoice_no, row.invoice_date, int(row.held), row.note, row.import_id,
                row.amount - of_receivable.get(row_id, 0),
            )
            for row_id, row in enumerate(receivables, first[0])
        ],
    )  # fmt: skip
    w.insert_many(
        "receipt",
        RECEIPT_COLUMNS,
        [
            (
                row_id, row.number, row.customer_id, row.date, row.amount, row.method, row.account, int(row.held), row.note,
                row.import_id, row.amount - of_receipt.get(row_id, 0),
            )
            for row_id, row in enumerate(receipts, first[1])
        ],
    )  # fmt: skip


def kind_of(amount: int) -> str:
    """A negative receivable is a credit note."""
    return (ReceivableKind.INVOICE if amount > 0 else ReceivableKind.CREDIT_NOTE).value
