"""From review to the customer's answer: submit, what was decided, send, accept, lose (QUO-02, QUO-05)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.approval import Ask
from salescli.core.approval_write import file_request
from salescli.core.errors import raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.money import amount_text, price_text, quantity_text
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.quote import reads, rules
from salescli.quote.actions import check_customer, load, stops
from salescli.quote.states import QuoteState
from salescli.quote.tables import Quote

if TYPE_CHECKING:
    from salescli.core.tables_office import Approval
    from salescli.core.writer import Writer

KIND = "AP-01"


def submit(w: Writer, number: str, reason: str | None = None) -> Done:
    """Put a quote to review; deviation and margin choose who decides. QUO-02, QUO-03, QUO-05, X-01, AP-01.

    Raises SalesError: 3 no such quote, 4 sections or payment plan missing, a line below its floor or nobody to decide, 6 wrong state.
    """
    row, seen = load(w, number)
    lines, found = reads.lines_of(w.reader, seen.version_id), reads.figures_of(w.reader, seen.version_id)
    move = rules.check_move(seen.number, QuoteState(row.state), QuoteState.IN_REVIEW, seen.valid_until)
    move = move or rules.check_validity(seen.number, date.fromisoformat(seen.valid_until), w.today)
    raise_if([*move, *(() if move else stops(w, seen, lines, found)), *check_customer(w.reader, row.customer_id)[0]])
    posts = reads.posts_for(w.reader, found, w.today)
    text = N_("quote {number} for {customer} {name}: {amount:amount}, furthest below list {off:pct} per cent, margin {margin:pct} per cent")
    summary = msg(text, number=seen.number, customer=seen.customer, name=seen.customer_name, amount=found.total, off=found.deviation,
                  margin=found.margin)  # fmt: skip
    why = clean_or_none(reason, C_("reason"), NOTE, lines=True) or msg(N_("version {version}"), version=row.version).render()
    request = file_request(w, Ask(KIND, seen.number, content(w, seen), posts), summary, why)
    row.state = QuoteState.IN_REVIEW.value
    w.session.flush()
    return Done(
        msg(N_("quote {number} is being reviewed as {request}: {posts:code}"), number=seen.number, request=request.number,
            posts=",".join(posts)),
        document=seen.number,
        next=(f"salescli quote show {seen.number}",),
        facts={"request": request.number, "approval": list(posts)},
        warnings=tuple(rules.warn_margin(seen.number, found, w.policy("price.margin_floor_pct"))),
    )  # fmt: skip


def content(w: Writer, seen: reads.QuoteRow) -> dict[str, Any]:
    """What an approval freezes: the version with its lines, sections, payments and validity. QUO-02."""
    return {
        "version": seen.version,
        "valid_until": seen.valid_until,
        "lines": [
            [x.sku, quantity_text(x.quantity), price_text(x.unit_price), x.discount, amount_text(x.amount)]
            for x in reads.lines_of(w.reader, seen.version_id)
        ],
        "payments": [[t.anchor, t.days, str(t.due), amount_text(t.amount)] for t in reads.plan_of(w.reader, seen.version_id)],
        "sections": reads.sections_of(w.reader, seen.version_id),
    }


DECIDED = {"approved": QuoteState.APPROVED, "refused": QuoteState.RETURNED, "withdrawn": QuoteState.DRAFT}


def settled(w: Writer, approval: Approval) -> Message | None:
    """A review ended: approved, returned to the author, or withdrawn. AP-01 of other documents is none of ours."""
    quote_id = w.reader.value("SELECT id FROM quote WHERE number = :n AND state = 'in_review'", n=approval.document)
    if quote_id is None:
        return None
    row = w.get(Quote, quote_id)
    row.state = DECIDED[approval.state].value
    w.session.flush()
    if row.state == QuoteState.APPROVED:
        return msg(N_("it may be sent: salescli quote send {number}"), number=row.number)
    return msg(N_("quote {number} is {state:code} again"), number=row.number, state=row.state)


def _move(w: Writer, number: str, to: QuoteState) -> Quote:
    row, seen = load(w, number)
    raise_if(rules.check_move(seen.number, seen.shown(w.today), to, seen.valid_until))
    row.state = to.value
    return row


def send(w: Writer, number: str, way: str | None = None) -> Done:
    """Note that an approved quote went out to the customer. QUO-02. Raises SalesError: 3, 6 not approved or expired."""
    row = _move(w, number, QuoteState.SENT)
    row.sent_on, row.sent_way = w.today, clean_or_none(way, C_("way"), 80)
    return _said(row, N_("quote {number} is sent; it is valid until {day}"), w, f"salescli quote accept {row.number}")


def accept(w: Writer, number: str, by: str | None = None) -> Done:
    """Note that the customer confirmed a quote, in time. QUO-02, QUO-06. Raises SalesError: 3, 6 not sent or expired."""
    row = _move(w, number, QuoteState.CONFIRMED)
    row.confirmed_on, row.confirmed_by = w.today, clean_or_none(by, C_("contact_name"), 80)
    lines = (f"salescli quote convert {row.number} --to contract", f"salescli quote convert {row.number} --to order")
    return _said(row, N_("quote {number} is confirmed by the customer"), w, *lines)


def lose(w: Writer, number: str, reason: str, rival: str | None = None) -> Done:
    """Note that a quote came to nothing, why, and who got it. QUO-04. Raises SalesError: 2 no reason, 3, 6 in review or over."""
    row = _move(w, number, QuoteState.LOST)
    row.lost_on, row.lost_reason = w.today, clean(reason, C_("reason"), NOTE, lines=True)
    row.rival = clean_or_none(rival, C_("rival"), 80)
    return _said(row, N_("quote {number} is lost: {reason}"), w)


def convert(w: Writer, number: str, became: str) -> None:
    """Note what a confirmed quote became. QUO-06."""
    row = _move(w, number, QuoteState.CONVERTED)
    row.became = became
    w.session.flush()


def _said(row: Quote, text: str, w: Writer, *following: str) -> Done:
    seen = reads.quote(w.reader, row.number)
    return Done(msg(text, number=row.number, day=seen.valid_until, reason=row.lost_reason), document=row.number, next=following)
