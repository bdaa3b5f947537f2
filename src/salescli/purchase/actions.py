"""Writes of purchasing: suppliers, orders to them, goods received and sent back (STK-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.dates import due_date
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.history_write import check_size
from salescli.core.i18n import C_, N_, msg
from salescli.core.lines import TypedLine
from salescli.core.lookup import find
from salescli.core.money import line_amount
from salescli.core.numbering import next_code
from salescli.core.phonetic import pinyin
from salescli.core.posting import posting_day
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_code, clean_or_none, clean_phone
from salescli.purchase import reads, rules
from salescli.purchase.actions_prices import priced
from salescli.purchase.states import PayableKind, PurchaseState, ReceiptKind
from salescli.purchase.tables import Payable, Purchase, PurchaseLine, PurchaseReceipt, PurchaseReceiptLine, Supplier, SupplierPayment
from salescli.stock.actions_label import NO_LABEL, Label, Named, Wish, coming, going, laid_on, moved_by
from salescli.stock.actions_moves import Going, move_many
from salescli.stock.reads_available import available
from salescli.stock.reads_lots import batches_moved, lots_of
from salescli.stock.states import MoveKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salescli.core.writer import Writer

FIELDS: dict[str, changes.Read] = {
    "name": lambda text: clean(text, C_("name")),
    "contact": changes.line(C_("contact_name"), 80),
    "phone": clean_phone,
    "tax_no": lambda text: clean_code(text, C_("tax_no")).upper() if text.strip() else None,
    "note": lambda text: clean_or_none(text, C_("note"), NOTE, lines=True),
}
CLEARABLE = ("contact", "phone", "tax_no", "note")


def add_supplier(w: Writer, name: str, code: str | None, file: Mapping[str, Any]) -> Done:
    """Enter a supplier; without a code he gets the next one. STK-06. Raises SalesError: 2 no good text, 4 code or name taken."""
    values = changes.read_fields({"name": name, **file}, FIELDS)
    given = clean_code(code, C_("supplier_code"), 60) if code is not None else None
    _check_free(w, given, values["name"])
    row = w.add(Supplier(code=given or next_code(w.reader, "S", "supplier"), pinyin=pinyin(values["name"]), **values))
    w.document = row.code
    text = N_("supplier {code} {name} is entered")
    return Done(msg(text, code=row.code, name=row.name), row.code, next=(f"salescli purchase new {row.code} SKU=QTY@PRICE",))


def _check_free(w: Writer, code: str | None, name: str | None, own: int = 0) -> None:
    """A code and a name are one supplier's."""
    sql = "SELECT code, name FROM supplier WHERE id <> :own AND (lower(code) = lower(:code) OR name = :name) ORDER BY code"
    for taken, called in w.reader.tuples(sql, own=own, code=code, name=name):
        text = N_("there is a supplier {code} {name} already")
        hint = N_("salescli purchase supplier show {code}")
        fail("supplier_taken", text, rule="STK-06", hint=hint, code=taken, name=called)


def edit_supplier(w: Writer, reference: str, file: Mapping[str, Any], clear: Sequence[str] = ()) -> Done:
    """Change a supplier's file. STK-06. Raises SalesError: 2, 3, 4."""
    found = find(w.reader, "supplier", reference)
    values = changes.read_fields(file, FIELDS) | changes.cleared(clear, CLEARABLE)
    _check_free(w, None, values.get("name"), found.id)
    row = w.get(Supplier, found.id)
    changed = changes.apply(row, values)
    row.pinyin = pinyin(row.name)
    w.document = row.code
    text = N_("supplier {code} is changed") if changed else N_("supplier {code}: nothing to change")
    return Done(msg(text, code=row.code), row.code, changes=changed)


# --- ordering -----------------------------------------------------------------------------------------------------------


class Terms(NamedTuple):
    """What a purchase says besides its lines; the label is of goods received at once."""

    warehouse: str = "MAIN"
    expected: date | None = None
    cash: bool = False
    method: str | None = None
    account: str | None = None
    note: str | None = None
    label: Label = NO_LABEL


def new(w: Writer, supplier: str, lines: Sequence[TypedLine], terms: Terms) -> Done:
    """Order goods; without a price at the supplier's, else at the product's cost. `cash` receives and pays at once. STK-06, PRD-04.

    Raises SalesError: 2 lines that say nothing, no price, a day gone by; 3 no such supplier, product, warehouse.
    """
    whom, place = find(w.reader, "supplier", supplier), find(w.reader, "warehouse", terms.warehouse)
    goods, said = priced(w, whom.id, lines)
    if terms.expected is not None and terms.expected < w.today:
        text = N_("goods cannot be expected on {day}: that day is over")
        fail("expected_past", text, kind=Kind.USAGE, rule="STK-06", day=terms.expected.isoformat())
    if any(terms.label) and not terms.cash:
        text, hint = N_("goods are given their batch when they come"), N_("salescli purchase receive PURCHASE --batch BATCH")
        fail("batch_too_early", text, kind=Kind.USAGE, rule="STK-05", hint=hint)
    note = clean_or_none(terms.note, C_("note"), NOTE, lines=True)
    row = w.add(
        Purchase(
            number=w.number("PO"), supplier_id=whom.id, warehouse_id=place.id, staff_id=w.actor.id, date=w.today,
            expected=w.today if terms.cash else terms.expected, cash=terms.cash, note=note,
        )
    )  # fmt: skip
    for line_no, good in enumerate(goods, 1):
        w.add(
            PurchaseLine(
                purchase_id=row.id or 0, line_no=line_no, product_id=good.id, quantity=good.quantity, unit_price=good.price,
                list_price=good.list_price,
            )
        )  # fmt: skip
    w.document = row.number
    total = rules.total_of((good.quantity, good.price) for good in goods)
    check_size({C_("amount"): total})
    if terms.cash:
        named = [Named(find(w.reader, "product", x.sku), x.quantity, x.batch) for x in lines]
        wishes = coming(w, named, terms.label, fresh_on=w.today)
        return _over_the_counter(w, row, whom.code, total, terms, wishes)._replace(warnings=tuple(said))
    text = N_("purchase {number} from {supplier}: {count} {count:product|products}, {total:amount}")
    facts = {"number": row.number, "supplier": whom.code, "count": len(goods), "total": total}
    return Done(msg(text, **facts), row.number, next=(f"salescli purchase receive {row.number}",), warnings=tuple(said))


def _over_the_counter(w: Writer, row: Purchase, supplier: str, total: int, terms: Terms, wishes: Sequence[Wish | None]) -> Done:
    """Goods bought for cash: received and paid in the same step."""
    found = reads.purchase(w.reader, row.number)
    receipt = _take(w, found, {x.sku: x.quantity for x in reads.lines_of(w.reader, found.id)}, w.today, wishes)
    number = None
    if total:
        method = clean_or_none(terms.method, C_("method"), 40) or C_("cash")
        payment = SupplierPayment(
            number=w.number("PY"), supplier_id=row.supplier_id, purchase_id=row.id, date=w.today, amount=total, method=method,
            account=clean_or_none(terms.account, C_("account"), 80), staff_id=w.actor.id,
        )  # fmt: skip
        number = w.add(payment).number
    text = N_("purchase {number} from {supplier}: received as {receipt}, {total:amount} paid")
    facts = {"number": row.number, "supplier": supplier, "receipt": receipt, "total": total, "payment": number}
    return Done(msg(text, **facts), row.number)


# --- goods in and back --------------------------------------------------------------------------------------------------


def receive(w: Writer, number: str, lines: Sequence[TypedLine], on: date | None = None, label: Label = NO_LABEL) -> Done:
    """Take in goods of a purchase, all that is left or what is named; they are owed from that day. STK-05, STK-06, AR-16.

    Raises SalesError: 2 a day to come, 3 no such purchase, 4 more than is to come, a batch missing or expired, 6 nothing expected.
    """
    row = reads.purchase(w.reader, number)
    raise_if(rules.check_open(row.number, row.state))
    day = _day(w, row, on)
    held = {x.sku: x.held for x in reads.lines_of(w.reader, row.id)}
    wanted = _named(w, lines) or {sku: line.left for sku, line in held.items() if line.left}
    raise_if(rules.check_receipt(row.number, held, wanted))
    named = lines or [TypedLine(sku, quantity) for sku, quantity in wanted.items()]
    wishes = coming(w, [Named(find(w.reader, "product", x.sku), x.quantity, x.batch) for x in named], label, fresh_on=day)
    receipt = _take(w, row, wanted, day, wishes)
    w.document = receipt
    left = sum(line.left for line in held.values()) - sum(wanted.values())
    text = (
        N_("{receipt}: goods of {number} received, {left:qty} still to come") if left else N_("{receipt}: all goods of {number} are here")
    )
    facts = {"receipt": receipt, "number": row.number, "left": left}
    return Done(msg(text, **facts), receipt, tuple(batches_moved(w.reader, receipt)), (f"salescli purchase show {row.number}",))


def _named(w: Writer, lines: Sequence[TypedLine]) -> dict[str, int]:
    """Quantities by SKU as the book writes it; lines of one product are added up."""
    sums: dict[str, int] = {}
    for line in lines:
        sku = find(w.reader, "product", line.sku).code
        sums[sku] = sums.get(sku, 0) + line.quantity
    return sums


def _day(w: Writer, row: reads.PurchaseRow, on: date | None) -> date:
    """The day goods moved: neither to come nor before they were ordered."""
    if on is not None and on.isoformat() < row.date:
        text = N_("{day} is before purchase {number} was ordered ({ordered})")
        hint = N_("salescli purchase show {number}")
        fail("before_order", text, kind=Kind.USAGE, rule="STK-06", hint=hint, day=on.isoformat(), number=row.number, ordered=row.date)
    return posting_day(w, on, "STK-06")


def _take(w: Writer, row: reads.PurchaseRow, wanted: Mapping[str, int], day: date, wishes: Sequence[Wish | None] = ()) -> str:
    """Book a receipt: its lines, the stock at the purchase price, what is owed."""
    due = day if row.cash else due_date(day, row.pay_days)
    return _post(w, row, ReceiptKind.RECEIPT, wanted, day, due, None, wishes)


def _post(
    w: Writer, row: reads.PurchaseRow, kind: ReceiptKind, wanted: Mapping[str, int], day: date, due: date, reason: str | None,
    wishes: Sequence[Wish | None],
) -> str:  # fmt: skip
    sign = 1 if kind is ReceiptKind.RECEIPT else -1
    series = "PI" if sign > 0 else "PX"
    paper = w.add(
        PurchaseReceipt(number=w.number(series), kind=kind.value, purchase_id=row.id, date=day, staff_id=w.actor.id, reason=reason)
    )
    lines = [x for x in reads.lines_of(w.reader, row.id) if wanted.get(x.sku)]
    for x in lines:
        w.add(PurchaseReceiptLine(receipt_id=paper.id or 0, line_id=x.id, quantity=wanted[x.sku]))
    rows = [Going(x.product_id, row.warehouse_id, sign * wanted[x.sku], x.unit_price if sign > 0 else None, x.line_no) for x in lines]
    move_many(w, MoveKind.GOODS_RECEIPT, laid_on(rows, wishes), day=day, document=paper.number, reason=reason)
    amount = sum(line_amount(wanted[x.sku], x.unit_price) for x in lines)
    if amount:
        w.add(
            Payable(
                number=paper.number, kind=PayableKind(kind.value).value, supplier_id=row.supplier_id, purchase_id=row.id, date=day,
                due_date=due, amount=sign * amount,
            )
        )  # fmt: skip
    return paper.number


def send_back(w: Writer, number: str, lines: Sequence[TypedLine], reason: str, on: date | None = None, batch: str | None = None) -> Done:
    """Send goods of a purchase back to the supplier, of the batches it brought; what is owed for them is taken back at the purchase price.
    STK-05, STK-06.

    Raises SalesError: 2 no reason, 3 no such purchase, 4 more than came, or not there, or promised to somebody.
    """
    row, why = reads.purchase(w.reader, number), clean(reason, C_("reason"))
    day, held = _day(w, row, on), {x.sku: x for x in reads.lines_of(w.reader, row.id)}
    wanted = _named(w, lines)
    raise_if(rules.check_return(row.number, {sku: x.held for sku, x in held.items()}, wanted))
    free = {sku: available(w.reader, held[sku].product_id, row.warehouse_id).unpromised for sku in wanted}
    raise_if(p for sku, quantity in wanted.items() for p in rules.check_free(sku, row.warehouse, quantity, free[sku]))
    named = going(w, [Named(find(w.reader, "product", x.sku), x.quantity, x.batch) for x in lines], batch)
    paper = _post(w, row, ReceiptKind.RETURN, wanted, day, day, why, [*named, *_brought(w, row, [held[sku] for sku in wanted])])
    w.document = paper
    text = N_("{paper}: goods of {number} go back to {supplier}: {reason}")
    facts = {"paper": paper, "number": row.number, "supplier": row.supplier, "reason": why}
    return Done(msg(text, **facts), paper, tuple(batches_moved(w.reader, paper)), (f"salescli purchase show {row.number}",))


def _brought(w: Writer, row: reads.PurchaseRow, lines: Sequence[reads.LineRow]) -> list[Wish]:
    """What is still there of the batches a purchase brought: they go back when nobody names another. STK-05."""
    papers = w.reader.column("SELECT number FROM purchase_receipt WHERE purchase_id = :id", id=row.id)
    found = []
    for x in lines:
        item = (x.product_id, row.warehouse_id)
        there = {lot.batch_id: lot.quantity for lot in lots_of(w.reader, item, w.today)}
        found += [Wish(x.product_id, s.batch_id, min(s.quantity, there.get(s.batch_id, 0))) for s in moved_by(w.reader, papers, item)]
    return found


def end(w: Writer, number: str, wanted: PurchaseState, reason: str) -> Done:
    """Cancel a purchase of which nothing came, or close one of which the rest will not come. STK-06. Raises SalesError: 2, 3, 6."""
    found, why = reads.purchase(w.reader, number), clean(reason, C_("reason"))
    raise_if(rules.check_move(found.number, found.state, wanted))
    row = w.get(Purchase, found.id)
    row.state, row.ended_on, row.reason = wanted.value, w.today, why
    w.document = row.number
    text = N_("purchase {number} is {state:code}; {left:qty} will not come: {reason}")
    return Done(msg(text, number=row.number, state=wanted.value, left=found.ordered - found.net, reason=why), row.number)
