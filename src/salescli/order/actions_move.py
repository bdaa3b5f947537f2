"""Orders handed in, given up, ended, opened again, sold over the counter, invoiced (ORD-02, ORD-09, ORD-10, ORD-17, ORD-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.ar.tables import Receivable
from salescli.core.approval import granted, waiting_number
from salescli.core.approval_write import file_request
from salescli.core.errors import Kind, Problem, SalesError, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.money import amount_text, quantity_text
from salescli.core.posting import check_day
from salescli.core.report import Change, Done
from salescli.core.schema import id_of, typed_text
from salescli.core.text import clean, clean_code, clean_or_none
from salescli.order import rules_intake, rules_life
from salescli.order.actions_confirm import accept, allocate, confirm, report_ask
from salescli.order.actions_deliver import Shipping, deliver
from salescli.order.actions_new import Found, Head, create, open_order, party_of, total_of
from salescli.order.reads_life import begun, place_of, progress_of
from salescli.order.states import OrderKind, OrderState
from salescli.order.tables_life import OrderReport
from salescli.stock.actions_moves import release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.order.actions_pricing import Line


def submit(w: Writer, number: str, fields: Mapping[str, Any], reason: str | None = None) -> Done:
    """Hand an order in with its acceptance report: what is filled in is kept, a whole one goes to the superior. ORD-02, AP-06, F-10.

    Raises SalesError: 4 a report that lacks something (what was typed is lost then), 6 no draft, or waiting already.
    """
    found = open_order(w, number)
    row = found.row
    raise_if([*rules_life.check_draft(row.number, row.state),
              *rules_life.check_waiting(row.number, waiting_number(w.reader, report_ask(w, found)))])  # fmt: skip
    report = _report(w, found, fields)
    promised = rules_intake.check_promised(row.number, promised=row.promised is not None)
    raise_if([*rules_intake.check_report(row.number, report.model_dump()), *promised])
    ask = report_ask(w, found)
    if granted(w.reader, ask):
        return Done(msg(N_("{order} is accepted already"), order=row.number), row.number, next=(f"salescli order confirm {row.number}",))
    who = party_of(w, row.customer_id)
    text = N_("take on {order} of {customer} {name}: {amount:amount}, promised for {promised}")
    told = msg(text, order=row.number, customer=who.code, name=who.name, amount=total_of(w, found.id),
               promised=row.promised.isoformat() if row.promised else "-")  # fmt: skip
    request = file_request(w, ask, told, reason or row.number)
    return Done(
        msg(N_("{order} is handed in, its report waits as {request}"), order=row.number, request=request.number),
        document=row.number,
        next=("salescli inbox --mine", f"salescli order confirm {row.number}"),
        facts={"request": request.number},
    )


def _report(w: Writer, found: Found, fields: Mapping[str, Any]) -> OrderReport:
    """The report with what is new in it; what was filled in before stays."""
    report = w.session.exec(select(OrderReport).where(OrderReport.order_id == found.row.id)).first()
    report = report or w.add(OrderReport(order_id=found.id, day=w.today, staff_id=w.actor.id))
    report.day, report.staff_id = w.today, w.actor.id
    for name, value in fields.items():
        if value is not None and value is not False:
            setattr(report, name, typed_text(report, name, value) if isinstance(value, str) else value)
    w.session.flush()
    return report


def cancel(w: Writer, number: str, reason: str) -> Done:
    """Give up an order of which nothing went out; its goods are free again. ORD-10, ORD-12. Raises SalesError: 2 no reason, 6 too late."""
    found = open_order(w, number)
    lines = progress_of(w.reader, found.id)
    order = found.row.number
    raise_if(rules_life.check_move(order, found.row.state, OrderState.CANCELLED) or rules_life.check_cancel(order, begun(lines)))
    return _end(w, found, OrderState.CANCELLED, clean(reason, C_("reason")), N_("{order} is cancelled"))


def close(w: Writer, number: str, reason: str | None) -> Done:
    """End an order; what was not delivered is given up for a reason. ORD-10, ORD-12. Raises SalesError: 4 no reason, 6 not confirmed."""
    found = open_order(w, number)
    raise_if(rules_life.check_move(found.row.number, found.row.state, OrderState.CLOSED))
    rest = sum(line.rest for line in progress_of(w.reader, found.id))
    why = clean_or_none(reason, C_("reason"))
    if rest and why is None:
        text = N_("{rest:qty} of {order} are not delivered; giving them up takes a reason")
        hint = N_('salescli order close {order} --reason "…"')
        raise_if([problem("no_reason", text, rule="ORD-10", hint=hint, order=found.row.number, rest=rest)])
    said = N_("{order} is closed, {rest:qty} given up") if rest else N_("{order} is closed")
    return _end(w, found, OrderState.CLOSED, why, said, rest=rest)


def _end(w: Writer, found: Found, state: OrderState, reason: str | None, text: str, **facts: int) -> Done:
    before, row = found.row.state, found.row
    row.state, row.reason, found.terms.closed_on = state.value, reason, w.today
    freed = release(w, row.number)
    return Done(
        msg(text, order=row.number, **facts),
        document=row.number,
        changes=(Change(C_("state"), before, state.value),),
        next=(f"salescli order show {row.number}",),
        facts={"freed": quantity_text(freed)},
    )


_FINISHED = """
SELECT o.number FROM sales_order o WHERE o.state = 'confirmed' AND o.kept_delivered_on IS NOT NULL AND o.import_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM receivable v WHERE v.order_number = o.number AND v.kept_open <> 0) ORDER BY o.number"""


def close_finished(w: Writer) -> Done:
    """Close every order typed in here that is delivered and paid in full: what an office has done at night. ORD-10."""
    numbers = w.reader.column(_FINISHED)
    for number in numbers:
        _end(w, open_order(w, number), OrderState.CLOSED, None, "")
    w.document = None
    return Done(msg(N_("{count} delivered and paid orders are closed"), count=len(numbers)), facts={"orders": numbers})


def reopen(w: Writer, number: str, reason: str) -> Done:
    """Take back the last decision: a closed order is open again, all its checks made anew; a confirmed one of which nothing went out is a
    draft again. ORD-01, ORD-06, ORD-10. Raises SalesError: 2 no reason, 4 and 5 as confirming, 6 a draft or a cancelled order.
    """
    found = open_order(w, number)
    row, before = found.row, found.row.state
    target = OrderState.CONFIRMED if before == OrderState.CLOSED else OrderState.DRAFT
    raise_if(rules_life.check_move(row.number, before, target))
    why = clean(reason, C_("reason"))
    if target is OrderState.DRAFT:
        raise_if(rules_life.check_cancel(row.number, begun(progress_of(w.reader, found.id)), draft=True))
        release(w, row.number)
        found.terms.accepted_on = found.terms.accepted_by = found.terms.confirmed_on = None
        warnings, more = [], []
    else:
        place = place_of(w.reader, found.terms.warehouse_id)
        warnings, more = accept(w, found, place), allocate(w, found, place)
    row.state, row.reason, found.terms.closed_on = target.value, why, None
    following = f"salescli order {'edit' if target is OrderState.DRAFT else 'deliver'} {row.number}"
    return Done(
        msg(N_("{order} is {state:code} again"), order=row.number, state=target.value),
        document=row.number,
        changes=(Change(C_("state"), before, target.value), *more),
        next=(following,),
        warnings=tuple(warnings),
    )


def cash_sale(w: Writer, customer: str, lines: Sequence[Line], *, method: str = "cash", head: Head | None = None) -> Done:
    """Goods against money over the counter: order, delivery, receivable and receipt in one step. ORD-17, AR-12. Raises as each of them."""
    order, _warnings = create(w, find(w.reader, "customer", customer).id, lines, head or Head(kind=OrderKind.CASH))
    try:
        taken = confirm(w, order.number)
    except SalesError as error:
        raise SalesError([_as_order(p, customer) for p in error.problems]) from None
    done = deliver(w, order.number, (), Shipping(day=order.date, paid=True, method=method))
    text = N_("{order}: {amount:amount} sold for cash, delivered as {delivery}")
    said = msg(text, order=order.number, amount=total_of(w, id_of(order)), delivery=done.document)
    return done._replace(message=said, warnings=(*done.warnings, *(p for p in taken.warnings if p not in done.warnings)))


def _as_order(found: Problem, customer: str) -> Problem:
    """A price waits for its approval longer than a customer at the counter; an order keeps the number it is filed under. AP-01."""
    if found.ask is None:
        return found
    hint = N_("take it down as an order: salescli order new {customer} SKU=QTY@PRICE --cash; it is asked for when that is confirmed")
    return found._replace(ask=None, hint=msg(hint, customer=customer))


def invoice(w: Writer, number: str, invoice_no: str, day: date | None = None) -> Done:
    """Write number and day of the invoice on what an order or one delivery left owed. ORD-17, AR-01.

    Raises SalesError: 2 unfit number, 3 nothing delivered under that number, 4 a day before the delivery or to come, 6 invoiced already.
    """
    typed, on = clean_code(invoice_no, C_("invoice_no"), 80), day or w.today
    raise_if(check_day(on, w.today))
    claims = _claims(w, number)
    late = [c for c in claims if on < c.date]
    if late:
        text, hint = (
            N_("{document} is of {delivered}; its invoice is not of {day}"),
            N_("leave the day out, or give one from {delivered} on"),
        )
        raise_if(
            problem("invoice_before", text, rule="AR-01", hint=hint, document=c.number, delivered=str(c.date), day=str(on)) for c in late
        )
    for claim in claims:
        claim.invoice_no, claim.invoice_date = typed, on
    w.document = claims[0].order_number or number
    amount = sum(c.amount for c in claims)
    return Done(
        msg(N_("invoice {invoice} of {day} for {amount:amount}: {documents}"), invoice=typed, day=on.isoformat(), amount=amount,
            documents=[c.number for c in claims]),
        document=w.document,
        changes=tuple(Change(c.number, None, typed) for c in claims),
        next=(f"salescli order show {w.document}",),
        facts={"invoice": typed, "amount": amount_text(amount)},
    )  # fmt: skip


def _claims(w: Writer, number: str) -> list[Receivable]:
    """What is owed and not invoiced yet of an order, or of one delivery or return."""
    typed = number.strip().upper()
    known = (Receivable.order_number == typed) | (Receivable.delivery_number == typed)
    all_of = w.session.exec(select(Receivable).where(known).order_by(Receivable.date, Receivable.id)).all()  # type: ignore[arg-type]
    if not all_of:
        text, hint = N_("nothing was delivered under {number}"), N_("salescli order deliver ORDER")
        fail("nothing_delivered", text, kind=Kind.NOT_FOUND, rule="AR-01", hint=hint, number=number)
    fresh = [c for c in all_of if c.invoice_no is None]
    if not fresh:
        text = N_("{number} is invoiced already: {invoice} of {day}")
        last = all_of[-1]
        hint = N_("salescli order show {number}")
        fail("invoiced_already", text, kind=Kind.STATE, rule="ORD-17", hint=hint, number=number, invoice=last.invoice_no,
             day=last.invoice_date.isoformat() if last.invoice_date else None)  # fmt: skip
    return fresh
