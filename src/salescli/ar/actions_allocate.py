"""Money moved by hand: applied, freed, held, released; mistyped documents taken back (AR-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.ar.actions import told
from salescli.ar.actions_settle import apply_unallocated, settle
from salescli.ar.reads_documents import find_document
from salescli.ar.reads_open import applied_of, open_claims
from salescli.ar.rules import Applied, Claim, Source, pay, taken_back, voided
from salescli.ar.rules_posting import Document, check_allocation, check_freeing, check_money, check_reversal
from salescli.ar.states import CREDIT_NOTES, RECEIPTS, RECEIVABLES, ReceivableKind
from salescli.ar.tables import Receipt, Receivable
from salescli.core.changes import apply as change
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.money import amount_text
from salescli.core.posting import posting_day
from salescli.core.report import Done
from salescli.core.schema import id_of
from salescli.core.text import clean_or_none

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def move(w: Writer, source: str, receivable: str | None, amount: int | None, *, hold: bool, release: bool) -> Done:
    """What `ar allocate` was told to do: apply, hold or release; exactly one of them. AR-12. Raises SalesError (2) otherwise."""
    if sum((receivable is not None, hold, release)) != 1:
        text = N_("say one thing: the receivable to pay, --hold or --release")
        fail("one_thing", text, kind=Kind.USAGE, hint=N_("salescli ar allocate {source} RECEIVABLE"), source=source)
    if receivable is not None:
        return allocate(w, source, receivable, amount)
    return hold_money(w, source) if hold else release_money(w, source)


def allocate(w: Writer, source: str, receivable: str, amount: int | None = None) -> Done:
    """Apply `amount` (1/100; all that fits when None) of a receipt or credit note to a receivable. AR-12.

    It counts from the later of both dates. Raises SalesError: 3 not found, 4 other customer or more than there is, 6 reversed.
    """
    money, claim = find_document(w.reader, source), find_document(w.reader, receivable)
    raise_if(check_allocation(money, claim, amount))
    part = min(abs(money.open), claim.open) if amount is None else amount
    applied = _apply(w, money, _claim(w, claim), part)
    w.document = money.number
    return Done(
        msg(N_("{amount:amount} of {source} applied to {receivable}"), amount=part, source=money.number, receivable=claim.number),
        document=money.number,
        changes=told(w, applied),
        next=(f"salescli ar show {money.number}",),
        facts={"receivable": claim.number, "counts_from": applied[0].date, "unallocated": amount_text(abs(money.open) - part)},
    )


def _claim(w: Writer, claim: Document) -> Claim:
    return next(found.claim for found in open_claims(w.reader, (claim.customer_id,)) if found.claim.id == claim.id)


def _apply(w: Writer, money: Document, claim: Claim, amount: int) -> list[Applied]:
    source = Source(money.id, money.number, money.date, abs(money.open), credit=not money.receipt)
    applied = [pay(claim, source, amount, claim.open)]
    settle(w, applied)
    return applied


def _row(w: Writer, money: Document) -> Receipt | Receivable:
    return w.get(Receipt, money.id) if money.receipt else w.get(Receivable, money.id)


def unallocate(w: Writer, source: str, receivable: str | None = None, amount: int | None = None) -> Done:
    """Free what a receipt or credit note paid (on one receivable, or anywhere) and hold it, so that it does not go back by itself. AR-12.

    Past days are told as if it had never been applied there. Raises SalesError: 3 not found, 4 more than is applied, 6 reversed.
    """
    money = find_document(w.reader, source)
    raise_if(check_money(money))
    claim = find_document(w.reader, receivable) if receivable is not None else None
    lines = applied_of(w.reader, money.id, credit=not money.receipt, receivable_id=claim.id if claim else None)
    total = sum(line.amount for line in lines)
    raise_if(check_freeing(money, total, amount))
    freed = taken_back(lines, total if amount is None else amount)
    settle(w, freed)
    held = change(_row(w, money), {"held": True})
    w.document = money.number
    return Done(
        msg(N_("{amount:amount} of {source} freed and held"), amount=total if amount is None else amount, source=money.number),
        document=money.number,
        changes=(*told(w, freed), *held),
        next=(f"salescli ar allocate {money.number} RECEIVABLE", f"salescli ar allocate {money.number} --release"),
    )


def hold_money(w: Writer, source: str) -> Done:
    """Keep what is left of a receipt or credit note from being applied by itself. AR-12. Raises SalesError: 3, 4, 6 reversed."""
    money = find_document(w.reader, source)
    raise_if(check_money(money))
    w.document = money.number
    return Done(
        msg(N_("{source} is held; {rest:amount} of it stay unallocated"), source=money.number, rest=abs(money.open)),
        document=money.number,
        changes=change(_row(w, money), {"held": True}),
        next=(f"salescli ar allocate {money.number} RECEIVABLE", f"salescli ar allocate {money.number} --release"),
    )


def release_money(w: Writer, source: str) -> Done:
    """Let held money pay what is due longest, now and later. AR-12. Raises SalesError: 3, 4, 6 reversed."""
    money = find_document(w.reader, source)
    raise_if(check_money(money))
    changes = change(_row(w, money), {"held": False})
    applied = apply_unallocated(w, money.customer_id)
    w.document = money.number
    return Done(
        msg(N_("{source} is released; {amount:amount} applied"), source=money.number, amount=sum(line.amount for line in applied)),
        document=money.number,
        changes=(*changes, *told(w, applied)),
        next=(f"salescli ar show {money.number}",),
    )


def reverse(w: Writer, number: str, *, day: date | None = None, reason: str | None = None) -> Done:
    """Take back a mistyped or bounced receipt, or a receivable typed by hand, by a document of its own; nothing is erased. AR-12.

    What the receipt had paid is open again from `day` on (today unless told). Raises SalesError: 3 not found, 4 a bad day or a
    delivery's receivable, 6 reversed already.
    """
    document, on = find_document(w.reader, number), day or w.today
    raise_if(check_reversal(document, on, w.today))
    on = posting_day(w, on)
    note = clean_or_none(reason, C_("reason"), 4000, lines=True)
    return (_reverse_receipt if document.receipt else _reverse_receivable)(w, document, on, note)


def _reverse_receipt(w: Writer, document: Document, day: date, note: str | None) -> Done:
    """A negative receipt of the day; what the receipt had paid is open again, or paid by other money of the customer."""
    row = w.get(Receipt, document.id)
    freed = voided(applied_of(w.reader, document.id, credit=False), day.isoformat())
    settle(w, freed)
    row.held = True
    mirror = w.add(
        Receipt(
            number=w.number(RECEIPTS, day), customer_id=row.customer_id, date=day, amount=-row.amount, kept_open=-row.amount, held=True,
            method=row.method, account=row.account, note=note, reverses_id=row.id,
        )
    )  # fmt: skip
    applied = apply_unallocated(w, row.customer_id)
    w.document = mirror.number
    return Done(
        msg(N_("{document} of {amount:amount} is reversed by {mirror}"), document=row.number, amount=row.amount, mirror=mirror.number),
        document=mirror.number,
        changes=told(w, [*freed, *applied]),
        next=("salescli ar receipt CUSTOMER AMOUNT", f"salescli ar show {row.number}"),
        facts={"reverses": row.number},
    )


def _reverse_receivable(w: Writer, document: Document, day: date, note: str | None) -> Done:
    """The same amount with the other sign, set against what is open of it; the rest of it is the customer's credit (or debt)."""
    row = w.get(Receivable, document.id)
    mirror = _mirror(w, row, day, note)
    applied = _against(w, row, mirror)
    settle(w, applied)
    applied += apply_unallocated(w, row.customer_id)
    w.document = mirror.number
    return Done(
        msg(N_("{document} of {amount:amount} is reversed by {mirror}"), document=row.number, amount=row.amount, mirror=mirror.number),
        document=mirror.number,
        changes=told(w, applied),
        next=(f"salescli ar show {row.number}",),
        facts={"reverses": row.number},
    )


def _mirror(w: Writer, row: Receivable, day: date, note: str | None) -> Receivable:
    """The document that takes a receivable, or a credit note, back."""
    credit = row.amount > 0
    return w.add(
        Receivable(
            number=w.number(CREDIT_NOTES if credit else RECEIVABLES, day),
            kind=ReceivableKind.CREDIT_NOTE if credit else ReceivableKind.INVOICE,
            customer_id=row.customer_id, staff_id=row.staff_id, date=day, due_date=day, amount=-row.amount, kept_open=-row.amount,
            order_number=row.order_number, note=note, reverses_id=row.id,
        )
    )  # fmt: skip


def _against(w: Writer, row: Receivable, mirror: Receivable) -> list[Applied]:
    """The credit one of the two on what is open of the other."""
    credit, debt = (mirror, row) if row.amount > 0 else (row, mirror)
    part = min(-credit.kept_open, debt.kept_open)
    if not part:
        return []
    claim = next(found.claim for found in open_claims(w.reader, (row.customer_id,)) if found.claim.id == debt.id)
    source = Source(id_of(credit), credit.number, credit.date.isoformat(), -credit.kept_open, credit=True)
    return [pay(claim, source, part, claim.open)]
