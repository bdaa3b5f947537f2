"""What follows from a decision about a price change form: the notices, then the prices (X-03, PRC-03, PRC-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find
from salescli.core.report import Done
from salescli.core.text import clean_or_none
from salescli.price import reads_facts
from salescli.price.actions_request import add_notices
from salescli.price.rules_request import Wanted, check_ties
from salescli.price.states import ChangeState
from salescli.price.tables import PriceChange, PriceNotice, PriceRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.tables_office import Approval
    from salescli.core.writer import Writer


def settled(w: Writer, approval: Approval) -> Message | None:
    """A form was approved, refused or withdrawn: note it; where nobody has to be told the prices are written at once. AP-03, X-03."""
    form_id = w.reader.value("SELECT id FROM price_change WHERE number = :number", number=approval.document)
    if form_id is None:
        return None
    form = w.get(PriceChange, form_id)
    form.state, form.decided_on = ChangeState(approval.state).value, w.today
    if form.state != ChangeState.APPROVED:
        return None
    count = add_notices(w, form_id, wanted_of(w, form_id))
    if count:
        text = N_("{count} recent {count:buyer|buyers} {count:has|have} to be told before it holds: salescli price notify {number}")
        return msg(text, count=count, number=form.number)
    first = write_prices(w, form, w.today)
    return msg(N_("the prices hold from {day} on"), day=first.isoformat())


def wanted_of(w: Writer, form_id: int) -> list[Wanted]:
    """The prices a form asks for."""
    sql = """SELECT l.product_id, p.sku, l.new_price, l.valid_from, l.valid_to, l.customer_id, l.customer_class, l.channel, l.min_qty,
                    l.currency
             FROM price_change_line l JOIN product p ON p.id = l.product_id WHERE l.change_id = :id ORDER BY l.line_no"""
    return [
        Wanted(product, sku, price, date.fromisoformat(first), date.fromisoformat(last) if last else None, *scope)
        for product, sku, price, first, last, *scope in w.reader.tuples(sql, id=form_id)
    ]


def write_prices(w: Writer, form: PriceChange, first: date) -> date:
    """Write an approved form's prices: each from its day, but not before `first`; the first day one holds. PRC-03, PRC-04.

    Raises SalesError (exit 4): two prices would tie on the new day, or the form's days are over before it may hold.
    """
    assert form.id is not None
    wanted = [want._replace(valid_from=max(want.valid_from, first)) for want in wanted_of(w, form.id)]
    known = reads_facts.rules_of(w.reader, {want.product_id for want in wanted})
    raise_if(p for want in wanted for p in [*check_ties(want, known.get(want.product_id, ()), ()), *_over(want)])
    w.insert_records(PriceRule, [_rule(form.id, want, form.import_id) for want in wanted])
    form.written_on = w.today
    return min(want.valid_from for want in wanted)


def _over(want: Wanted) -> list[Problem]:
    if want.valid_to is None or want.valid_from <= want.valid_to:
        return []
    text = N_("{sku}: its last day {valid_to} comes before {valid_from}, the first day it may hold")
    first, last = want.valid_from.isoformat(), want.valid_to.isoformat()
    hint = N_("file a new form with later days")
    return [problem("price_over", text, rule="PRC-04", hint=hint, sku=want.sku, valid_from=first, valid_to=last)]


def _rule(form_id: int, want: Wanted, import_id: int | None) -> dict[str, object]:
    return {
        "product_id": want.product_id, "customer_id": want.customer_id, "customer_class": want.customer_class, "channel": want.channel,
        "min_qty": want.min_qty, "currency": want.currency, "unit_price": want.price, "valid_from": want.valid_from.isoformat(),
        "valid_to": want.valid_to.isoformat() if want.valid_to else None, "change_id": form_id, "import_id": import_id,
    }  # fmt: skip


def notify(w: Writer, number: str, customers: Sequence[str] = (), way: str | None = None) -> Done:
    """Note that recent buyers were told, all of them or those named; once the last is told the prices are written. PRC-04, X-03.

    They hold from the day asked for, at the earliest `notice_days` after the last notice.
    Raises SalesError: 3 no such form or customer, 4 somebody not on the list, 6 not approved, or told already.
    """
    form = find_form(w, number)
    _require_open(form)
    assert form.id is not None
    open_rows = _untold(w, form.id, customers)
    for notice_id in open_rows:
        row = w.get(PriceNotice, notice_id)
        row.notified_on, row.staff_id, row.way = w.today, w.actor.id, clean_or_none(way, C_("way"), 80)
    w.session.flush()
    w.document = form.number
    left = w.reader.value("SELECT count(*) FROM price_notice WHERE change_id = :id AND notified_on IS NULL", id=form.id)
    if left:
        text = N_("{count} {count:buyer|buyers} {count:is|are} noted as told of {number}; {left} {left:is|are} still to be told")
        next_lines: tuple[str, ...] = (f"salescli price notices {form.number}",)
        return Done(msg(text, count=len(open_rows), number=form.number, left=left), form.number, next=next_lines, facts={"left": left})
    last = w.reader.value("SELECT max(notified_on) FROM price_notice WHERE change_id = :id", id=form.id)
    first = write_prices(w, form, date.fromisoformat(last) + timedelta(days=form.notice_days))
    text = N_("{count} {count:buyer|buyers} {count:is|are} noted as told of {number}; its prices hold from {day} on")
    return Done(
        msg(text, count=len(open_rows), number=form.number, day=first.isoformat()),
        form.number,
        next=(f"salescli price show {form.number}",),
        facts={"left": 0, "valid_from": first.isoformat()},
    )


def find_form(w: Writer, number: str) -> PriceChange:
    """The form of that number, upper or lower case. Raises SalesError (exit 3)."""
    found = w.reader.value("SELECT id FROM price_change WHERE upper(number) = :number", number=number.strip().upper())
    if found is None:
        fail(
            "change_not_found",
            N_("there is no price change {number}"),
            kind=Kind.NOT_FOUND,
            hint=N_("salescli price changes"),
            number=number,
        )
    return w.get(PriceChange, found)


def _require_open(form: PriceChange) -> None:
    """Told is what is approved (X-03), once."""
    if form.state != ChangeState.APPROVED:
        text = N_("price change {number} is {state:code}; buyers are told once it is approved")
        fail("change_not_approved", text, kind=Kind.STATE, rule="PRC-04", hint=N_("salescli price show {number}"),
             number=form.number, state=form.state)  # fmt: skip
    if form.written_on is not None:
        text = N_("everybody was told of {number} by {day}")
        fail("told_already", text, kind=Kind.STATE, rule="PRC-04", hint=N_("salescli price notices {number}"), number=form.number,
             day=form.written_on.isoformat())  # fmt: skip


def _untold(w: Writer, form_id: int, customers: Sequence[str]) -> list[int]:
    """Ids of the notices to note now. Raises SalesError (exit 4) for a customer who is not on the list or was told."""
    rows = dict(w.reader.tuples("SELECT customer_id, id FROM price_notice WHERE change_id = :id AND notified_on IS NULL", id=form_id))
    if not customers:
        return sorted(rows.values())
    chosen = []
    for text in customers:
        found = find(w.reader, "customer", text)
        if found.id not in rows:
            fail("not_on_notice_list", N_("customer {customer} is not on the list of those still to be told"), rule="PRC-04",
                 hint=N_("the list: salescli price notices CHANGE"), customer=found.code)  # fmt: skip
        chosen.append(rows[found.id])
    return chosen
