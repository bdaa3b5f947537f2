"""Quote to contract to order without retyping (QUO-06, CTR-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.contract import reads as contracts
from salescli.contract import reads_dealer, reads_progress
from salescli.contract.actions import Terms, create, only_version, said, write_lines, write_plan
from salescli.contract.states import OF_AREAS, ContractKind
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.money import amount_text, divide
from salescli.core.report import Done
from salescli.order.actions_new import Head, total_of
from salescli.order.actions_new import create as create_order
from salescli.order.actions_pricing import Line
from salescli.price.foreign import kept
from salescli.quote import actions_review
from salescli.quote import reads as quotes
from salescli.quote import rules as quote_rules
from salescli.quote.states import QuoteState
from salescli.quote.tables import DocumentLine, QuoteLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.quote.reads_pricing import Wanted


def quote_to_contract(w: Writer, number: str, kind: ContractKind = ContractKind.SALE) -> Done:
    """Draft a contract of a confirmed quote: goods, prices, payments and sections carried over. QUO-06, CTR-01.

    Raises SalesError: 3 no such quote, 6 not confirmed or converted already.
    """
    seen = _confirmed(w, number)
    sections = quotes.sections_of(w.reader, seen.version_id)
    terms = Terms(specification=sections["configuration"], after_sales=sections["after_sales"], note=sections["time_cost"])
    row = create(w, seen.customer_id, kind, terms, origin=seen.number, channel=seen.channel)
    version = only_version(w, row)
    version.currency, version.exchange_rate = kept(w.reader, "quote_version", seen.version_id) or (None, None)
    lines = w.session.exec(select(QuoteLine).where(QuoteLine.version_id == seen.version_id).order_by(col(QuoteLine.line_no))).all()
    write_lines(w, version, [_shared(line) for line in lines])
    write_plan(w, version, quotes.plan_of(w.reader, seen.version_id))
    actions_review.convert(w, seen.number, row.number)
    w.document = row.number
    return said(w, row, N_("contract {number} with {customer} {name}, {amount:amount}, is drafted from the quote"))


def _confirmed(w: Writer, number: str) -> quotes.QuoteRow:
    seen = quotes.quote(w.reader, number)
    raise_if(quote_rules.check_move(seen.number, seen.shown(w.today), QuoteState.CONVERTED, seen.valid_until))
    return seen


def _shared(line: DocumentLine) -> dict[str, Any]:
    """What the lines of all documents have in common, without their place."""
    return line.model_dump(include=set(DocumentLine.model_fields) - {"line_no"})


def quote_to_order(w: Writer, number: str, promised: date | None = None) -> Done:
    """Make an order of a confirmed quote; who needs a contract gets none without. QUO-06, CTR-10.

    Raises SalesError: 3 no such quote, 4 a customer who buys only with a contract, 6 not confirmed or converted already.
    """
    seen = _confirmed(w, number)
    raise_if(reads_dealer.check_contract(w.reader, seen.customer_id, w.today))
    lines = [_order_line(line, 0, line.quantity) for line in quotes.lines_of(w.reader, seen.version_id)]
    head = Head(promised=promised, channel=seen.channel, origin=seen.number, foreign=kept(w.reader, "quote_version", seen.version_id))
    done = _order(w, seen.customer_id, lines, head, seen.number)
    actions_review.convert(w, seen.number, done.document or "")
    w.document = done.document
    return done


def _order_line(line: quotes.Line, used: int, quantity: int) -> Line:
    """A part of an agreed line after `used` of it: the parts share what a plan took off, to the cent."""
    before, after = (divide(line.promo_discount * out, line.quantity) for out in (used, used + quantity))
    return Line(
        line.sku, quantity, line.unit_price, line.discount, promo_discount=after - before, promo_number=line.promo_number,
        gift=bool(line.gift), agreed=True,
    )  # fmt: skip


def _order(w: Writer, customer_id: int, lines: Sequence[Line], head: Head, origin: str) -> Done:
    order, warnings = create_order(w, customer_id, lines, head)
    total = total_of(w, order.id or 0)
    return Done(
        msg(N_("order {order} is made of {origin}, {amount:amount}, a draft"), order=order.number, origin=origin, amount=total),
        document=order.number,
        next=(f"salescli order show {order.number}", f"salescli order confirm {order.number}"),
        facts={"origin": origin, "amount": amount_text(total)},
        warnings=tuple(warnings),
    )


# --- contract to order --------------------------------------------------------------------------------------------------


def contract_to_order(w: Writer, number: str, wanted: Sequence[Wanted], promised: date | None = None) -> Done:
    """Make an order of what a contract in force still has to give, or of a part of it, at its prices. QUO-06, CTR-06, CHN-02.

    Raises SalesError: 3 no such contract or product, 4 nothing left or more than is left, 6 not signed, ended or not yet in force.
    """
    seen = contracts.contract(w.reader, number)
    raise_if(_in_force(w, seen))
    left = _left(w, seen)
    lines = _part(w, seen, left, wanted) if wanted else [_order_line(line, used, line.quantity - used) for line, used in left]
    terms = contracts.terms_of(w.reader, seen.agreed_id)
    day = w.today.fromisoformat(seen.delivery_on) if seen.delivery_on else None
    head = Head(
        promised=promised or (day if day and day >= w.today else None), channel=seen.channel, origin=seen.number,
        days=terms["credit_days"], note=terms["place"], foreign=kept(w.reader, "contract_version", seen.agreed_id),
    )  # fmt: skip
    done = _order(w, seen.customer_id, lines, head, seen.number)
    return done._replace(warnings=(*done.warnings, *reads_dealer.warn(w.reader, seen.customer_id, seen.region, w.today)))


def _in_force(w: Writer, seen: contracts.ContractRow) -> list[Problem]:
    """Only a signed contract that has not ended and whose days have come is executed. CTR-02."""
    last = seen.ended_on or seen.ends_on
    facts: dict[str, Any] = {"number": seen.number, "first": seen.starts_on, "last": last, "state": seen.last_state}
    day = w.today.isoformat()
    if seen.in_force is None:
        text, hint = N_("{number} is {state:code}; orders are made of signed contracts"), N_("salescli contract show {number}")
    elif seen.ended_on or (seen.ends_on and seen.ends_on < day) or (seen.starts_on and seen.starts_on > day):
        text, hint = N_("{number} does not hold today: from {first} until {last}"), N_("salescli contract show {number}")
    elif ContractKind(seen.kind) in OF_AREAS and not contracts.lines_of(w.reader, seen.agreed_id):
        text, hint = N_("{number} names no goods; order them by themselves"), N_("salescli order new")
    else:
        return []
    return [problem("contract_not_in_force", text, kind=Kind.STATE, rule="CTR-02", hint=hint, **facts)]


def _left(w: Writer, seen: contracts.ContractRow) -> list[tuple[quotes.Line, int]]:
    """Every line of which something was not ordered yet, with what was."""
    taken = dict(reads_progress.ordered(w.reader, seen.number, w.today))
    ids = {line.sku: find(w.reader, "product", line.sku).id for line in contracts.lines_of(w.reader, seen.agreed_id)}
    left = []
    for line in contracts.lines_of(w.reader, seen.agreed_id):
        used = min(line.quantity, taken.get(ids[line.sku], 0))
        taken[ids[line.sku]] = taken.get(ids[line.sku], 0) - used
        if used < line.quantity:
            left.append((line, used))
    if not left:
        text, hint = N_("everything {number} agrees is ordered already"), N_("salescli contract execute {number}")
        fail("nothing_left", text, rule="CTR-06", hint=hint, number=seen.number)
    return left


def _part(w: Writer, seen: contracts.ContractRow, left: Sequence[tuple[quotes.Line, int]], wanted: Sequence[Wanted]) -> list[Line]:
    """The goods asked for, added up by product, at the contract's prices: its lines in their order, as far as they are left."""
    sums: dict[str, int] = {}
    for want in wanted:
        sku = find(w.reader, "product", want.sku).code
        sums[sku] = sums.get(sku, 0) + want.quantity
    found: list[Line] = []
    problems: list[Problem] = []
    for sku, quantity in sums.items():
        rest = sum(line.quantity - used for line, used in left if line.sku == sku)
        if quantity > rest or quantity <= 0:
            text = N_("{sku}: {quantity:qty} wanted, {left:qty} of {number} are left to order")
            hint = N_("what is left: salescli contract order {number}; more takes an amendment: salescli contract edit {number} --help")
            facts: dict[str, Any] = {"sku": sku, "quantity": quantity, "left": rest, "number": seen.number}
            problems.append(problem("more_than_left", text, rule="CTR-06", hint=hint, **facts))
            continue
        found += _filled([(line, used) for line, used in left if line.sku == sku], quantity)
    raise_if(problems)
    return found


def _filled(lines: Sequence[tuple[quotes.Line, int]], quantity: int) -> Iterator[Line]:
    """A quantity laid on the lines of a product, the first one first."""
    for line, used in lines:
        part = min(quantity, line.quantity - used)
        if part:
            yield _order_line(line, used, part)
        quantity -= part
