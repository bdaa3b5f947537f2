"""Import of receivables and receipts, and of what customers owed when the book began (AR-01, AR-12)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from salescli.ar.states import ReceivableKind
from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_CUSTOMER_FIRST, UNKNOWN_STAFF, Changed, Known, Names, Plan, compare, select_in
from salescli.core.jobs_table import Layout
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from salescli.core.jobs import Job

RECEIVABLE_COLUMNS = (
    Column("number", "code", N_("Number of the receivable."), ("应收单号", "单号", "编号", "应收编号"), required=True, longest=80),
    Column("customer", "text", N_("Customer: code or name."), ("客户", "客户编号", "客户编码", "客户名称"), required=True),
    Column("date", "date", N_("Day from which it is owed."), ("日期", "应收日期", "单据日期"), required=True),
    Column("due_date", "date", N_("Last day of payment."), ("到期日", "到期日期", "应收到期日"), required=True),
    Column("amount", "amount", N_("Amount; negative = credit note."), ("金额", "应收金额"), required=True),
    Column("staff", "text", N_("Owner: code or name; default: the customer's."), ("业务员", "负责人", "销售")),
    Column("order", "code", N_("Order it belongs to."), ("订单号", "订单编号", "订单", "销售订单"), longest=80),
    Column("invoice_no", "code", N_("Number of the invoice."), ("发票号", "发票号码"), longest=80),
    Column("invoice_date", "date", N_("Day of the invoice."), ("开票日期", "发票日期")),
)
RECEIPT_COLUMNS = (
    Column("number", "code", N_("Number of the receipt."), ("收款单号", "单号", "编号", "收款编号"), required=True, longest=80),
    Column("date", "date", N_("Day the money came in."), ("日期", "收款日期", "到账日期"), required=True),
    Column("customer", "text", N_("Customer: code or name."), ("客户", "客户编号", "客户编码", "客户名称"), required=True),
    Column("amount", "amount", N_("Amount received."), ("金额", "收款金额"), required=True, least=1),
    Column("method", "text", N_("Method, such as bank or cash."), ("收款方式", "结算方式", "方式"), longest=40),
    Column("account", "text", N_("Account the money went to."), ("账户", "帐户", "收款账户"), longest=80),
    Column("receivable", "code", N_("Receivable (or invoice number) it pays first."), ("应收单号", "应收", "发票号"), longest=80),
    Column(
        "order", "code", N_("Order whose receivables it pays first; neither: oldest due first."), ("订单号", "订单编号", "订单"), longest=80
    ),
)

DUE_BEFORE = N_("the due date lies before the date")
ZERO = N_("the amount must not be 0")
POSTED = N_("{code} is posted with another {fields}; a posted amount is not changed by an import, it is reversed")
NO_RECEIVABLE = N_("there is no receivable of this number")
OTHERS_RECEIVABLE = N_("this receivable belongs to another customer")
NO_ORDER = N_("there is no order of this number, and no receivable that names it")
OPENING_DIFFERS = N_("{number} is in the book with {amount:amount}")
CHANGEABLE = {"receivables": {"due_date", "staff", "invoice_no", "invoice_date"}, "receipts": {"method", "account"}}


def run_receivables(job: Job) -> None:
    """Compare with the book, post what is new. Equal in customer, order, date and amount to an existing one is that one."""
    values = _values(job, ("date", "due_date", "amount", "order", "invoice_no", "invoice_date"))
    values["staff"] = _staff(job)
    for place, (day, due, amount) in enumerate(zip(values["date"], values["due_date"], values["amount"], strict=True)):
        if day and due and due < day:
            job.fault(place, "due_date", "due_before_date", DUE_BEFORE)
        if amount == 0:
            job.fault(place, "amount", "zero_amount", ZERO)
    numbers = job.table.column("number")
    known = _known_receivables(job, numbers)
    fills = _equal_ones(job, numbers, values, known)
    plan = compare(job, numbers, known, values, key_column="number", name=lambda i: numbers[i])
    _refuse_posted(job, plan, "receivables")
    job.accompanying += len(fills)
    if job.start():
        _post_receivables(job, plan, values)
        _update(job, [*plan.changed, *fills], "receivables")


def _values(job: Job, keys: Sequence[str]) -> dict[str, list[Any]]:
    sql = "SELECT id, code, name FROM customer UNION ALL SELECT customer_id, code, NULL FROM customer_alias"
    customers = Names(job.w.reader.tuples(sql), folded)
    wanted = {text for text in job.table.column("customer") if text is not None}
    known = {text: found for text in wanted if (found := customers.get(text)) is not None}
    values = {key: list(job.table.column(key)) for key in keys}
    values["customer"] = job.resolve("customer", known, "unknown_customer", UNKNOWN_CUSTOMER_FIRST)
    return values


def _staff(job: Job) -> list[Any]:
    staff = Names(job.w.reader.tuples("SELECT id, code, name FROM staff"), folded)
    wanted = {text for text in job.table.column("staff") if text is not None}
    known = {text: found for text in wanted if (found := staff.get(text)) is not None}
    return job.resolve("staff", known, "unknown_staff", UNKNOWN_STAFF)


_RECEIVABLE = """SELECT id, number, customer_id, date, due_date, amount, staff_id, order_number, invoice_no, invoice_date
                 FROM receivable WHERE """
_RECEIVABLE_KEYS = ("number", "customer", "date", "due_date", "amount", "staff", "order", "invoice_no", "invoice_date")


def _receivables(job: Job, condition: str, wanted: Sequence[Any]) -> Iterator[Known]:
    for row_id, *rest in select_in(job.w.reader, _RECEIVABLE + condition, dict.fromkeys(filter(None, wanted))):
        yield Known(row_id, dict(zip(_RECEIVABLE_KEYS, rest, strict=True)))


def _known_receivables(job: Job, numbers: Sequence[str]) -> dict[Any, Known]:
    return {found.values["number"]: found for found in _receivables(job, "number IN ({marks})", numbers)}


def _equal_ones(job: Job, numbers: Sequence[str], values: Mapping[str, Sequence[Any]], known: dict[Any, Known]) -> list[Changed]:
    """Add to `known` what the file names by other numbers: the delivery of an imported order made it already.

    The file's number is kept as the invoice number, so that receipts find it; returns what is filled in that way. A file without
    order numbers names its receivables by number alone: two invoices of a day may well be equal.
    """
    fields = ("customer", "order", "date", "amount")
    named = {found.id for found in known.values()}
    equal: dict[tuple[Any, ...], list[Known]] = defaultdict(list)
    for found in _receivables(job, "order_number IN ({marks}) ORDER BY id", values["order"]):
        if found.id not in named:
            equal[tuple(found.values[f] for f in fields)].append(found)
    fills = []
    for place, number in enumerate(numbers):
        candidates = equal.get(tuple(values[f][place] for f in fields))
        if not candidates or number in known:
            continue
        found = candidates.pop(0)
        wanted = {"invoice_no": values["invoice_no"][place] or number, "staff": values["staff"][place]}
        fill = {key: value for key, value in wanted.items() if value is not None and found.values[key] is None}
        known[number] = Known(found.id, {**found.values, **fill})
        if fill:
            fills.append(Changed(place, found.id, fill))
    return fills


def _refuse_posted(job: Job, plan: Plan, kind: str) -> None:
    """What was posted stays: only what changes no balance may be updated."""
    for change in plan.changed:
        fixed = [key for key in change.values if key not in CHANGEABLE[kind]]
        if fixed:
            fields = list(map(job.table.header.name_of, fixed))
            job.fault(change.place, fixed[0], "posted", POSTED, code=job.table.column("number")[change.place], fields=fields)


def _post_receivables(job: Job, plan: Plan, values: dict[str, list[Any]]) -> None:
    from salescli.ar.actions_many import NewReceivable, post_many

    owners = dict(job.w.reader.tuples("SELECT id, staff_id FROM customer WHERE staff_id IS NOT NULL"))
    numbers = job.table.column("number")
    rows = [
        NewReceivable(
            customer_id=values["customer"][i],
            date=values["date"][i],
            due_date=values["due_date"][i],
            amount=values["amount"][i],
            number=numbers[i],
            staff_id=values["staff"][i] or owners.get(values["customer"][i]),
            order_number=values["order"][i],
            invoice_no=values["invoice_no"][i],
            invoice_date=values["invoice_date"][i],
            import_id=job.import_id,
        )
        for i in plan.new
    ]
    post_many(job.w, rows, [])


def _update(job: Job, changes: Iterable[Changed], kind: str) -> None:
    from salescli.ar.tables import Receipt, Receivable

    for change in changes:
        row = job.w.get(Receivable if kind == "receivables" else Receipt, change.id)
        for key, value in change.values.items():
            setattr(row, "staff_id" if key == "staff" else key, value)
        job.w.add(row)


def run_receipts(job: Job) -> None:
    """Compare with the book, post what is new: first to what a row names, then oldest due first. AR-12."""
    values = _values(job, ("date", "amount", "method", "account"))
    numbers = job.table.column("number")
    sql = "SELECT id, number, date, customer_id, amount, method, account FROM receipt WHERE number IN ({marks})"
    keys = ("date", "customer", "amount", "method", "account")
    found = select_in(job.w.reader, sql, dict.fromkeys(filter(None, numbers)))
    known = {number: Known(row_id, dict(zip(keys, rest, strict=True))) for row_id, number, *rest in found}
    receivables = _named_receivables(job, values["customer"])
    _check_orders(job)
    plan = compare(job, numbers, known, values, key_column="number", name=lambda i: numbers[i])
    _refuse_posted(job, plan, "receipts")
    if job.start():
        _post_receipts(job, plan, values, receivables)
        _update(job, plan.changed, "receipts")


def _named_receivables(job: Job, customers: Sequence[int | None]) -> list[str | None]:
    """The receivables the rows name, by number or invoice number; faults: unknown, or another customer's."""
    wanted = job.table.column("receivable")
    by_number = _known_receivables(job, wanted)
    by_invoice: dict[Any, Known] = {f.values["invoice_no"]: f for f in _receivables(job, "invoice_no IN ({marks})", wanted)}
    found: list[str | None] = []
    for place, (text, customer) in enumerate(zip(wanted, customers, strict=True)):
        target = by_number.get(text) or by_invoice.get(text) if text else None
        if text and target is None:
            job.fault(place, "receivable", "unknown_receivable", NO_RECEIVABLE)
        elif target and customer is not None and target.values["customer"] != customer:
            job.fault(place, "receivable", "other_customer", OTHERS_RECEIVABLE)
        found.append(target.values["number"] if target else None)
    return found


def _check_orders(job: Job) -> None:
    """An order that nobody knows is a slip; one without receivables yet is a prepayment."""
    wanted = job.table.column("order")
    distinct = dict.fromkeys(filter(None, wanted))
    known = {number for (number,) in select_in(job.w.reader, "SELECT number FROM sales_order WHERE number IN ({marks})", distinct)}
    sql = "SELECT DISTINCT order_number FROM receivable WHERE order_number IN ({marks})"
    known |= {number for (number,) in select_in(job.w.reader, sql, distinct)}
    for place, number in enumerate(wanted):
        if number is not None and number not in known:
            job.fault(place, "order", "unknown_order", NO_ORDER)


def _post_receipts(job: Job, plan: Plan, values: dict[str, list[Any]], receivables: Sequence[str | None]) -> None:
    from salescli.ar.actions_many import NewReceipt, post_many

    numbers, orders = job.table.column("number"), job.table.column("order")
    rows = [
        NewReceipt(
            customer_id=values["customer"][i],
            date=values["date"][i],
            amount=values["amount"][i],
            number=numbers[i],
            method=values["method"][i],
            account=values["account"][i],
            receivable=receivables[i],
            order=orders[i],
            import_id=job.import_id,
        )
        for i in plan.new
    ]
    post_many(job.w, [], rows)


class Openings:
    """期初应收 of a customers file: receivable OPEN-CODE, dated and due on the business day."""

    def __init__(self) -> None:
        self.places: list[int] = []

    def plan(self, job: Job) -> None:
        """Which openings are new; one that stands with another amount is a fault."""
        ids = job.extras["customer_ids"]
        standing = self._standing(job)
        for place, amount in enumerate(job.table.column("opening")):
            if not amount:
                continue
            number, posted = standing.get(ids.get(place), (None, None))
            if posted is None:
                self.places.append(place)
            elif posted != amount:
                job.fault(place, "opening", "other_opening", OPENING_DIFFERS, number=number, amount=posted)
        job.accompanying += len(self.places)

    @staticmethod
    def _standing(job: Job) -> dict[Any, tuple[str, int]]:
        sql = "SELECT customer_id, number, amount FROM receivable WHERE kind = :kind"
        found = job.w.reader.tuples(sql, kind=ReceivableKind.OPENING.value)
        return {customer: (number, amount) for customer, number, amount in found}

    def write(self, job: Job) -> None:
        """Post them; the owner is the customer's."""
        from salescli.ar.actions_many import NewReceivable, post_many

        ids, amounts, day = job.extras["customer_ids"], job.table.column("opening"), job.w.today.isoformat()
        sql = "SELECT id, code, staff_id FROM customer WHERE id IN ({marks})"
        customers = {row_id: (code, staff) for row_id, code, staff in select_in(job.w.reader, sql, [ids[i] for i in self.places])}
        rows = [
            NewReceivable(
                customer_id=ids[i],
                date=day,
                due_date=day,
                amount=amounts[i],
                number=f"OPEN-{customers[ids[i]][0]}",
                staff_id=customers[ids[i]][1],
                kind=ReceivableKind.OPENING.value,
                import_id=job.import_id,
            )
            for i in self.places
        ]
        if rows:
            post_many(job.w, rows, [])


RECEIVABLES = Kind("receivables", Layout(RECEIVABLE_COLUMNS), run_receivables)
RECEIPTS = Kind("receipts", Layout(RECEIPT_COLUMNS), run_receipts)
