"""Taking an order on: every check at once, then the state, the reservation and the history (ORD-01..06, ORD-10, ORD-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.ar.rules_credit import APPROVAL
from salescli.contract.reads_agreed import Agreed
from salescli.contract.reads_dealer import check_contract
from salescli.contract.reads_dealer import warn as warn_territory
from salescli.core.approval import Ask, needed
from salescli.core.errors import Problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.money import amount_text, price_text, quantity_text
from salescli.core.report import Change, Done
from salescli.core.text import clean_or_none
from salescli.customer.reads_investigation import investigation_of
from salescli.customer.reads_standing import first_order
from salescli.order import rules_intake, rules_life
from salescli.order.actions_agreed import check_contract_left
from salescli.order.actions_grown import changed_since
from salescli.order.actions_new import Found, bad_record, credit, open_order, party_of, total_of
from salescli.order.actions_pricing import still_sold
from salescli.order.reads_life import Place, capacity_of, needs, place_of, progress_of
from salescli.order.states import OrderKind, OrderState
from salescli.order.tables import OrderLine
from salescli.order.tables_life import OrderReport
from salescli.price.reads_offlist import Priced, check_document
from salescli.price.reads_resolve import resolve
from salescli.stock.actions_moves import release, reserve
from salescli.stock.reads_available import available

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.order.rules_life import Progress


def confirm(w: Writer, number: str, *, confirmed_on: date | None = None, reason: str | None = None) -> Done:
    """Take an order on: it binds both sides, its goods are reserved. ORD-01, ORD-03, ORD-05, ORD-06, ORD-10, ORD-12.

    In simple intake confirming says that the customer confirmed and the checks are done; in full intake the report, its approval and the
    customer's own day come first (X-36). Raises SalesError with everything that stands against it: 4 refused, 5 needs approval, 6 no draft.
    """
    found = open_order(w, number)
    row, terms = found.row, found.terms
    raise_if([*rules_life.check_move(row.number, row.state, OrderState.CONFIRMED), *rules_life.check_confirmed_day(confirmed_on, w.today)])
    _note(w, found, confirmed_on, reason)
    place = place_of(w.reader, terms.warehouse_id)
    warnings = accept(w, found, place)
    row.state, terms.accepted_on, terms.accepted_by = OrderState.CONFIRMED.value, w.today, w.actor.id or None
    promised = allocate(w, found, place)
    return Done(
        msg(N_("{order} is confirmed: {amount:amount}"), order=row.number, amount=total_of(w, found.id)),
        document=row.number,
        changes=(Change(C_("state"), OrderState.DRAFT.value, OrderState.CONFIRMED.value), *promised),
        next=(f"salescli order deliver {row.number}",),
        facts={"amount": amount_text(total_of(w, found.id)), "warehouse": place.code},
        warnings=tuple(warnings),
    )


def _note(w: Writer, found: Found, confirmed_on: date | None, reason: str | None) -> None:
    """What is said while confirming; in simple intake it is the customer's confirmation too (X-36)."""
    terms = found.terms
    if reason is not None:
        terms.norm_reason = clean_or_none(reason, C_("reason"), 4000, lines=True)
    if confirmed_on is not None:
        terms.confirmed_on = confirmed_on
    if terms.confirmed_on is None and not _in_full(w, found):
        terms.confirmed_on = w.today
    w.session.flush()


def _in_full(w: Writer, found: Found) -> bool:
    """Whether this customer's orders are taken in in full. X-36."""
    kind = w.reader.value("SELECT kind FROM customer WHERE id = :id", id=found.row.customer_id)
    return rules_intake.taken_in_full(w.policy("order.intake"), kind, w.policy("order.full_kinds"), w.policy("order.simple_kinds"))


def accept(w: Writer, found: Found, place: Place) -> list[Problem]:
    """All checks of taking an order on, also when a closed one is opened again; what only has to be said is returned. ORD-01.

    Raises SalesError: 4 with everything that stands against it, 5 when an approval would lift it.
    """
    row, terms = found.row, found.terms
    lines = progress_of(w.reader, found.id)
    who = party_of(w, row.customer_id)
    free = terms.kind == OrderKind.FREE.value
    paid = free or terms.kind == OrderKind.CASH.value  # nothing is lent
    verdict = credit(w, row, terms, APPROVAL, _owing(lines, w, found))
    short, capacity = needs(w.reader, lines, place, row.promised), capacity_of(w.reader, found.id)
    problems = [
        *_intake(w, found),
        *(() if terms.accepted_on else still_sold(w.reader, found.id, row.channel)),
        *check_contract_left(w, found),
        *([] if paid else check_contract(w.reader, row.customer_id, w.today)),
        *(check_free(w, found, lines) if free else [*prices(w, found), *([] if paid else still_needed(w, verdict.problems))]),
        *rules_life.check_capacity(row.number, short, place.code, capacity.answered, at_once=terms.kind == OrderKind.CASH.value),
        *rules_life.check_ready(row.number, short, row.promised, capacity.ready_on),
        *check_norm(w, found),
    ]
    raise_if(problems)
    outside = warn_territory(w.reader, row.customer_id, row.region or who.region, row.date)
    since = () if free else changed_since(w, row, ((line.resolved, line.quantity, day) for line, day in _by_table(w, found)))
    late = () if terms.accepted_on else rules_life.warn_promise(row.number, row.promised, w.today)
    return [*bad_record(w, who), *outside, *late, *since, *([] if paid else verdict.warnings)]


def check_norm(w: Writer, found: Found) -> list[Problem]:
    """Whether the promise keeps the usual months from the day the order was taken on, or was granted with its reason. ORD-03, X-26."""
    row, terms, months = found.row, found.terms, w.policy("order.delivery_max_months")
    return still_needed(w, rules_life.check_norm(row.number, terms.accepted_on or w.today, row.promised, months, terms.norm_reason))


def _owing(lines: list[Progress], w: Writer, found: Found) -> int:
    """What the order will still add to what the customer owes: all of a new one, the rest of one that is opened again."""
    gone = sum(line.booked for line in lines)
    return total_of(w, found.id) - gone if gone else total_of(w, found.id)


def still_needed(w: Writer, found: list[Problem]) -> list[Problem]:
    """The problems no approval lifts, or none lifted yet."""
    left: list[Problem] = []
    for p in found:
        left += [p] if p.ask is None else needed(w.reader, p.ask, p.code, p.message.text, rule=p.rule or "", **p.message.facts)
    return left


def prices(w: Writer, found: Found) -> list[Problem]:
    """What keeps the lines from bearing their prices; gifts of a plan were approved with it (X-29). PRC-05, PRC-09."""
    return check_document(w.reader, found.row.number, [line for line, _day in _by_table(w, found)])


def _by_table(w: Writer, found: Found) -> list[tuple[Priced, date]]:
    """The lines whose prices no quote, contract or plan settled, with what the price table said on the day they were ordered. PRC-08."""
    row = found.row
    agreed = Agreed(w.reader, found.terms.origin, found.id, row.date)
    kept = w.session.exec(select(OrderLine).where(OrderLine.order_id == row.id).order_by(OrderLine.line_no)).all()  # type: ignore[arg-type]
    left = [x for x in kept if not x.gift and not agreed.covers(x.product_id, x.unit_price, x.discount, x.quantity)]
    days = [line.grown_on or row.date for line in left]
    table = [
        resolve(w.reader, line.product_id, line.quantity, customer_id=row.customer_id, day=day, channel=row.channel)
        for line, day in zip(left, days, strict=True)
    ]
    priced = [Priced(x.line_no, said, x.unit_price, x.discount, x.quantity) for x, said in zip(left, table, strict=True)]
    return list(zip(priced, days, strict=True))


def check_free(w: Writer, found: Found, lines: list[Progress]) -> list[Problem]:
    """Goods given free need papers, an explanation, who bears the loss, and the decision beforehand. ORD-09, AP-07, X-29."""
    terms, order = found.terms, found.row.number
    missing = rules_intake.check_free_papers(order, terms.explanation, named=terms.loss_id is not None)
    content = {
        "explanation": terms.explanation,
        "loss": terms.loss_id,
        "lines": [[line.sku, quantity_text(line.quantity)] for line in lines],
    }
    ask = Ask("AP-07", order, content)
    text = N_("{order} gives {goods} free, which is decided beforehand: {why}; {staff} answers for it")
    given = [f"{line.sku} {quantity_text(line.quantity)}" for line in lines]
    answers = w.reader.value("SELECT code FROM staff WHERE id = :id", id=terms.loss_id)
    facts = {"order": order, "goods": given, "why": terms.explanation, "staff": answers}
    return missing or needed(w.reader, ask, "free_goods", text, rule="ORD-09", **facts)


def _intake(w: Writer, found: Found) -> list[Problem]:
    """In full intake: the report with its papers, decided by the superior; the investigation of a new customer. ORD-02, ORD-10, X-36."""
    if found.terms.kind != OrderKind.SALE.value or not _in_full(w, found):
        return []
    row = found.row
    report = w.session.exec(select(OrderReport).where(OrderReport.order_id == row.id)).first()
    problems = rules_intake.check_report(row.number, report.model_dump() if report else None)
    problems += rules_intake.check_promised(row.number, promised=row.promised is not None)
    problems += rules_life.check_customer_confirmed(row.number, found.terms.confirmed_on)
    if first_order(w.reader, row.customer_id) is None:
        known = investigation_of(w.reader, row.customer_id)
        problems += rules_intake.check_investigated(party_of(w, row.customer_id).code, known.missing if known else None)
    if report is not None:
        text = N_("the acceptance report of {order} is not decided yet")
        problems += needed(w.reader, report_ask(w, found), "acceptance_not_approved", text, rule="ORD-02", order=row.number)
    return problems


def report_ask(w: Writer, found: Found) -> Ask:
    """What the superior decides on: customer, lines, promise and the report; any change needs a new decision. AP-06, F-10."""
    sql = """SELECT p.sku, l.quantity, l.unit_price, l.discount FROM order_line l JOIN product p ON p.id = l.product_id
             WHERE l.order_id = :id ORDER BY l.line_no"""
    lines = [[sku, quantity_text(q), price_text(price), off] for sku, q, price, off in w.reader.tuples(sql, id=found.row.id)]
    promised = found.row.promised.isoformat() if found.row.promised else None
    report = w.session.exec(select(OrderReport).where(OrderReport.order_id == found.row.id)).first()
    told = report.model_dump(exclude={"id", "order_id", "day", "staff_id"}) if report else {}
    content = {"customer": found.row.customer_id, "lines": lines, "promised": promised}
    return Ask("AP-06", found.row.number, content | {"report": {name: str(value) for name, value in told.items() if value}})


def allocate(w: Writer, found: Found, place: Place) -> list[Change]:
    """Reserve what is there for what still has to go out, line by line; what was reserved before is laid down anew. ORD-12."""
    number, changes = found.row.number, []
    release(w, number)
    for line in progress_of(w.reader, found.id):
        part = min(line.rest, max(0, available(w.reader, line.product_id, place.id).available))
        reserve(w, number, line.line_no, line.product_id, place.id, part)
        if line.rest:
            changes.append(Change(f"{C_('reserved')} {line.sku}", None, f"{quantity_text(part)} / {quantity_text(line.rest)}"))
    return changes


_WAITING = """SELECT o.number FROM sales_order o
WHERE o.state = 'confirmed' AND o.kept_delivered_on IS NULL AND o.import_id IS NULL
ORDER BY coalesce(o.promised, '9999-12-31'), o.date, o.id"""


def allocate_all(w: Writer) -> Done:
    """Promise goods that came meanwhile to the orders that wait for them, the earliest promise first; what is promised stays. ORD-12."""
    changes: list[Change] = []
    for number in w.reader.column(_WAITING):
        found = open_order(w, number)
        place = place_of(w.reader, found.terms.warehouse_id)
        for line in progress_of(w.reader, found.id):
            changes += _add_to(w, number, line, place)
    w.document = None
    return Done(
        msg(N_("{count} {count:line|lines} got goods"), count=len(changes)), changes=tuple(changes), next=("salescli order dispatch",)
    )


def _add_to(w: Writer, number: str, line: Progress, place: Place) -> list[Change]:
    """Reserve for one line what is free and still missing."""
    sql = "SELECT coalesce(sum(quantity), 0) FROM reservation WHERE document = :n AND line_no = :no"
    held = int(w.reader.value(sql, n=number, no=line.line_no))
    part = min(line.rest - held, max(0, available(w.reader, line.product_id, place.id).available))
    if part <= 0:
        return []
    release(w, number, line.line_no)
    reserve(w, number, line.line_no, line.product_id, place.id, held + part)
    return [Change(f"{number} {line.sku}", quantity_text(held), quantity_text(held + part))]
