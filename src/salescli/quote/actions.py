"""Writes of quotes: making one, its next versions, the negotiation about it (QUO-01, QUO-03, QUO-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.core.approval import waiting_on
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import amount_text, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.customer.rules_standing import check_active, warn_bad_record
from salescli.price.foreign import foreign
from salescli.quote import reads, rules
from salescli.quote.reads_pricing import Wanted, price_lines
from salescli.quote.rules_payment import Term, amounts, check_plan, parse_plan
from salescli.quote.states import QuoteState, Topic
from salescli.quote.tables import Quote, QuoteLine, QuotePayment, QuoteTalk, QuoteVersion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.reader import Reader
    from salescli.core.writer import Writer


class Offer(NamedTuple):
    """What a quote says beside its lines; None keeps what is there, or takes the usual. Rates 1/10,000."""

    pay: Sequence[str] = ()
    valid_until: date | None = None
    need: str | None = None
    configuration: str | None = None
    time_cost: str | None = None
    after_sales: str | None = None
    note: str | None = None
    discount: int | None = None
    rivals: Mapping[str, int] | None = None
    currency: str | None = None
    reason: str | None = None

    def sections(self) -> dict[str, Any]:
        """The written sections that were given, cleaned."""
        given = {name: getattr(self, name) for name in (*rules.SECTIONS, C_("note"))}
        return {name: clean(text, name, NOTE, lines=True) for name, text in given.items() if text is not None}


def check_customer(r: Reader, customer_id: int) -> tuple[list[Problem], list[Problem]]:
    """What stops an offer to a customer (his file is archived), and what warns (he is on record as bad). ORG-08, CUS-04."""
    sql = "SELECT code, name, archived_on, archived_reason, bad_on, bad_reason FROM customer WHERE id = :id"
    code, name, archived, why, bad, bad_why = r.tuples(sql, id=customer_id)[0]
    stops = check_active(code, name, date.fromisoformat(archived) if archived else None, why)
    return stops, warn_bad_record(code, name, date.fromisoformat(bad) if bad else None, bad_why)


def new(w: Writer, customer: str, lines: Sequence[Wanted], offer: Offer, *, lead: str | None = None, channel: str | None = None) -> Done:
    """Make a quote, a draft with its first version. QUO-01, QUO-03.

    Raises SalesError: 2 bad lines or terms, 3 no such customer, lead or product, 4 goods without a price, 6 an archived customer.
    """
    who = find(w.reader, "customer", customer)
    stops, warnings = check_customer(w.reader, who.id)
    raise_if(stops)
    priced = price_lines(w.reader, who.id, w.today, channel, _discounted(lines, offer.discount))
    found = find_optional(w.reader, "lead", lead)
    row = w.add(
        Quote(
            number=w.number("QU"), day=w.today, customer_id=who.id, lead_id=found.id if found else None, staff_id=w.actor.id,
            channel=clean_or_none(channel, C_("channel"), 40),
        )
    )  # fmt: skip
    w.document = row.number
    version = w.add(_first_version(w, row, offer))
    set_currency(w, version, offer.currency)
    _write_lines(w, version, priced, offer.rivals or {})
    _write_plan(w, version, parse_plan(offer.pay))
    return _done(w, row, N_("quote {number} for {customer} {name}, {amount:amount}, is a draft"), warnings)


def _discounted(lines: Sequence[Wanted], discount: int | None) -> list[Wanted]:
    return [line._replace(discount=discount) for line in lines] if discount is not None else list(lines)


def _first_version(w: Writer, row: Quote, offer: Offer) -> QuoteVersion:
    return QuoteVersion(
        quote_id=row.id or 0, version_no=row.version, day=w.today, made_by=w.actor.id,
        reason=clean_or_none(offer.reason, C_("reason"), NOTE, lines=True), valid_until=_until(w, offer.valid_until), **offer.sections(),
    )  # fmt: skip


def set_currency(w: Writer, version: QuoteVersion, typed: str | None) -> None:
    """What the total is said in beside the book's currency, at today's rate; the book's own takes it away. PRC-08."""
    if typed is not None:
        version.currency, version.exchange_rate = foreign(w, typed, w.today) or (None, None)
        w.session.flush()


def _until(w: Writer, typed: date | None) -> date:
    """The last day of an offer: the one named, else `quote.valid_days` from today. QUO-06."""
    if typed is not None and typed < w.today:
        text = N_("{day} is past; an offer has to be valid for a while")
        fail("valid_until_past", text, kind=Kind.USAGE, rule="QUO-06", day=typed.isoformat())
    return typed or w.today + timedelta(w.policy("quote.valid_days"))


def _clear(w: Writer, table: type[QuoteLine] | type[QuotePayment], version: QuoteVersion) -> None:
    """Take away what a version has, row by row, so that the history sees it."""
    for row in w.session.exec(select(table).where(table.version_id == version.id)).all():
        w.session.delete(row)
    w.session.flush()


def _write_lines(w: Writer, version: QuoteVersion, lines: Sequence[dict[str, Any]], rivals: Mapping[str, int]) -> None:
    """Put lines in place of what was there; the rival's price is the one named, else the last one noted. QUO-01."""
    _clear(w, QuoteLine, version)
    named = {find(w.reader, "product", sku).id: price for sku, price in rivals.items()}
    known = "SELECT unit_price FROM rival_price WHERE product_id = :id AND day <= :day ORDER BY day DESC, id DESC LIMIT 1"
    for no, line in enumerate(lines, 1):
        product = line["product_id"]
        rival = named.get(product, w.reader.value(known, id=product, day=w.today))
        w.session.add(QuoteLine(version_id=version.id or 0, line_no=no, rival_price=rival, **line))
    w.session.flush()


def _write_plan(w: Writer, version: QuoteVersion, terms: Sequence[Term]) -> None:
    """Put a payment plan in place of what was there, its amounts worked out of the version's total. QUO-03."""
    _clear(w, QuotePayment, version)
    total = reads.figures_of(w.reader, version.id or 0).total
    w.session.add_all(
        QuotePayment(version_id=version.id or 0, term_no=no, **term._asdict()) for no, term in enumerate(amounts(terms, total), 1)
    )
    w.session.flush()


def _done(w: Writer, row: Quote, text: str, warnings: Sequence[Problem], changes: tuple[Change, ...] = ()) -> Done:
    """What was written: figures, who will have to approve, and what still keeps it from review. QUO-02..05."""
    seen = reads.quote(w.reader, row.number)
    found = reads.figures_of(w.reader, seen.version_id)
    return Done(
        msg(text, number=row.number, customer=seen.customer, name=seen.customer_name, amount=found.total, version=row.version),
        document=row.number,
        changes=changes,
        next=(f"salescli quote show {row.number}", f"salescli quote submit {row.number}"),
        facts={"amount": amount_text(found.total), "version": row.version, "approval": list(reads.posts_for(w.reader, found, w.today))},
        warnings=(*warnings, *open_points(w, seen)),
    )


def open_points(w: Writer, seen: reads.QuoteRow) -> list[Problem]:
    """What keeps a quote from review, and the margin's warning. QUO-03, QUO-04, PRC-09."""
    lines = reads.lines_of(w.reader, seen.version_id)
    found = reads.figures_of(w.reader, seen.version_id)
    return [
        *stops(w, seen, lines, found),
        *rules.warn_margin(seen.number, found, w.policy("price.margin_floor_pct")),
    ]


def stops(w: Writer, seen: reads.QuoteRow, lines: Sequence[reads.Line], found: rules.Figures) -> list[Problem]:
    """Everything that stops a review: floors, missing sections, a payment plan that is not there or does not add up."""
    return [
        *(p for line in lines for p in rules.check_line_floor(line.facts())),
        *rules.check_sections(seen.number, reads.sections_of(w.reader, seen.version_id), w.policy("quote.sections")),
        *check_plan(seen.number, reads.plan_of(w.reader, seen.version_id), found.total),
    ]


# --- the next version ---------------------------------------------------------------------------------------------------


def load(w: Writer, number: str) -> tuple[Quote, reads.QuoteRow]:
    """The quote to write to, and how it stands. Raises SalesError (3)."""
    seen = reads.quote(w.reader, number)
    w.document = seen.number
    return w.get(Quote, seen.id), seen


IN_PLACE = (QuoteState.DRAFT.value, QuoteState.RETURNED.value)
"""States whose version nobody approved yet: an edit changes it. Any other makes the next version (QUO-02)."""


def edit(w: Writer, number: str, lines: Sequence[Wanted], offer: Offer, *, reprice: bool = False) -> Done:
    """Change a draft, or make the next version of what was approved already; that one needs approval anew. QUO-02, QUO-06.

    Lines given take the place of all lines; `reprice` asks the price table anew. Raises SalesError: 2, 3, 4 as `new`; 6 while a
    request waits on it, or once it is lost or converted.
    """
    row, seen = load(w, number)
    raise_if(check_editable(w, seen))
    before = reads.figures_of(w.reader, seen.version_id).total
    fresh = row.state not in IN_PLACE
    version = _next_version(w, row, offer) if fresh else w.get(QuoteVersion, seen.version_id)
    _set(w, version, offer)
    set_currency(w, version, offer.currency)
    wanted = _wanted(w, seen, lines, offer, reprice=reprice)
    if wanted:
        priced = price_lines(w.reader, row.customer_id, w.today, row.channel, wanted)
        _write_lines(w, version, priced, {**_rivals(w, seen), **(offer.rivals or {})})
    _write_plan(w, version, parse_plan(offer.pay) if offer.pay else reads.plan_of(w.reader, seen.version_id))
    row.state = QuoteState.DRAFT.value
    w.session.flush()
    after = reads.figures_of(w.reader, version.id or 0).total
    changes = (Change(C_("amount"), amount_text(before), amount_text(after)),) if after != before else ()
    text = N_("{number} is now version {version}, {amount:amount}, a draft") if fresh else N_("{number} is changed, {amount:amount}")
    return _done(w, row, text, (), changes)


def check_editable(w: Writer, seen: reads.QuoteRow) -> list[Problem]:
    """Nothing changes while a request waits on it, or once it is over. QUO-02."""
    waits = waiting_on(w.reader, seen.number)
    if seen.state == QuoteState.IN_REVIEW:
        text, hint = N_("{number} is being reviewed as {request}; nothing of it changes meanwhile"), N_("salescli withdraw {request}")
        return [problem("quote_in_review", text, kind=Kind.STATE, rule="QUO-02", hint=hint, number=seen.number, request=waits)]
    if seen.state in (QuoteState.LOST, QuoteState.CONVERTED):
        text, hint = N_("{number} is {state:code}; nothing of it changes any more"), N_("salescli quote new {customer} SKU=QTY")
        return [problem("quote_over", text, kind=Kind.STATE, rule="QUO-02", hint=hint, number=seen.number, state=seen.state,
                        customer=seen.customer)]  # fmt: skip
    return []


def _next_version(w: Writer, row: Quote, offer: Offer) -> QuoteVersion:
    """A copy of the last version under the next number; what it was sent and confirmed as no longer holds."""
    last = w.session.exec(select(QuoteVersion).where(QuoteVersion.quote_id == row.id, QuoteVersion.version_no == row.version)).one()
    lines = w.session.exec(select(QuoteLine).where(QuoteLine.version_id == last.id).order_by(col(QuoteLine.line_no))).all()
    row.version += 1
    row.sent_on = row.sent_way = row.confirmed_on = row.confirmed_by = None
    copy = last.model_dump(exclude={"id"}) | {
        "version_no": row.version, "day": w.today, "made_by": w.actor.id, "valid_until": _until(w, offer.valid_until),
        "reason": clean_or_none(offer.reason, C_("reason"), NOTE, lines=True),
    }  # fmt: skip
    made = w.add(QuoteVersion(**copy))
    w.session.add_all(QuoteLine(**(line.model_dump(exclude={"id"}) | {"version_id": made.id})) for line in lines)
    w.session.flush()
    return made


def _set(w: Writer, version: QuoteVersion, offer: Offer) -> None:
    for name, text in offer.sections().items():
        setattr(version, name, text)
    if offer.valid_until:
        version.valid_until = _until(w, offer.valid_until)


def _wanted(w: Writer, seen: reads.QuoteRow, lines: Sequence[Wanted], offer: Offer, *, reprice: bool) -> list[Wanted]:
    """The lines to price: those given, else the ones there when something about their prices was said."""
    if lines or not (reprice or offer.discount is not None or offer.rivals):
        return _discounted(lines, offer.discount)
    there = reads.lines_of(w.reader, seen.version_id)
    return _discounted(
        [Wanted(x.sku, x.quantity, None if reprice else x.unit_price, x.discount) for x in there if not x.gift], offer.discount
    )


def _rivals(w: Writer, seen: reads.QuoteRow) -> dict[str, int]:
    return {line.sku: line.rival_price for line in reads.lines_of(w.reader, seen.version_id) if line.rival_price is not None}


# --- negotiation --------------------------------------------------------------------------------------------------------


def talk(w: Writer, number: str, text: str, topic: Topic, *, bottom_line: int | None = None, concession: str | None = None) -> Done:
    """Note a round of negotiation; a bottom line below our lowest prices or the margin floor is said at once. QUO-04.

    Raises SalesError: 2 nothing said, 3 no such quote, 6 a quote that is over.
    """
    row, seen = load(w, number)
    if row.state in (QuoteState.LOST, QuoteState.CONVERTED):
        raise_if(check_editable(w, seen))
    w.add(
        QuoteTalk(
            quote_id=row.id or 0, day=w.today, staff_id=w.actor.id, topic=topic.value, text=clean(text, C_("text"), NOTE, lines=True),
            bottom_line=bottom_line, concession=clean_or_none(concession, C_("concession")),
        )
    )  # fmt: skip
    return Done(
        msg(N_("noted with {number}: {topic:code}"), number=row.number, topic=topic.value),
        document=row.number,
        next=(f"salescli quote show {row.number}",),
        warnings=tuple(_warn_bottom(w, seen, bottom_line)) if bottom_line is not None else (),
    )


def _warn_bottom(w: Writer, seen: reads.QuoteRow, bottom: int) -> list[Problem]:
    lines: list[Any] = reads.lines_of(w.reader, seen.version_id)
    found = reads.figures_of(w.reader, seen.version_id)
    earned = rate_of(bottom - found.cost, bottom) if found.cost is not None and bottom else None
    return rules.warn_bottom(seen.number, bottom, [line.facts() for line in lines], earned, w.policy("price.margin_floor_pct"))
