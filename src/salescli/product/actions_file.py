"""Writes of what belongs to a product's file: categories, questions, parts, label, licences, displays, suggestions (PRD-01..08)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import parse_quantity
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.core.unreadable import Unreadable
from salescli.product import reads_file, rules_file
from salescli.product.states import LicenceKind, SuggestionState
from salescli.product.tables_file import BillLine, Category, Licence, ProductDisplay, ProductFaq, ProductLabel, ProductSuggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salescli.core.lookup import Row
    from salescli.core.writer import Writer


def set_category(w: Writer, name: str, below: str | None = None, note: str | None = None, *, top: bool = False) -> Done:
    """Make a category, or put it below another one; `top` takes it to the top. PRD-02.

    Raises SalesError: 2 no good name, 3 no category to put it below, 4 a circle.
    """
    wanted = clean(name, C_("category"), 80)
    above = reads_file.parents(w.reader)
    parent = clean_or_none(below, C_("category"), 80)
    if parent is not None:
        raise_if(rules_file.check_parent(wanted, parent, above))
    row_id = w.reader.value("SELECT id FROM category WHERE name = :name", name=wanted)
    row = w.get(Category, row_id) if row_id else w.add(Category(name=wanted))
    if parent is not None:
        row.parent_id = _category(w, parent)
    elif top:
        row.parent_id = None
    if note is not None:
        row.note = clean_or_none(note, C_("note"), NOTE, lines=True)
    w.document = wanted
    w.session.flush()
    way = " / ".join(reads_file.path(wanted, reads_file.parents(w.reader)))
    return Done(msg(N_("the category {path} stands"), path=way), wanted, next=("salescli product categories",))


def _category(w: Writer, name: str) -> int:
    """The category's row; one that only product files name gets its row now."""
    found = w.reader.value("SELECT id FROM category WHERE name = :name", name=name)
    if found is not None:
        return int(found)
    if w.reader.value("SELECT 1 FROM product WHERE category = :name LIMIT 1", name=name) is None:
        hint = N_("make it first: salescli product category {name}")
        fail("category_not_found", N_("there is no category {name}"), kind=Kind.NOT_FOUND, rule="PRD-02", hint=hint, name=name)
    return w.add(Category(name=name)).id or 0


def ask(w: Writer, product: str, question: str, answer: str) -> Done:
    """Note a question customers ask, and the answer. PRD-01. Raises SalesError: 2 no text, 3 no such product."""
    goods = find(w.reader, "product", product)
    w.add(
        ProductFaq(
            product_id=goods.id, question=clean(question, C_("question"), NOTE, lines=True),
            answer=clean(answer, C_("answer"), NOTE, lines=True), staff_id=w.actor.id, day=w.today,
        )
    )  # fmt: skip
    w.document = goods.code
    return Done(msg(N_("noted for {sku}"), sku=goods.code), goods.code, next=(f"salescli product faq {goods.code}",))


# --- bill of materials ----------------------------------------------------------------------------------------------------


def set_parts(w: Writer, product: str, words: Sequence[str]) -> Done:
    """Say what one unit of a product is made of: PART=QTY; a quantity of 0 takes a part out. PRD-08.

    Raises SalesError: 2 unreadable, 3 no such product or part, 4 a circle.
    """
    goods = find(w.reader, "product", product)
    parts = {}
    for word in words:
        row, quantity = _part(w, word)
        parts[row.code] = (row.id, quantity)
    known = reads_file.made_of(w.reader)
    raise_if(rules_file.check_parts(goods.code, {sku: quantity for sku, (_id, quantity) in parts.items() if quantity}, known))
    for part_id, quantity in parts.values():
        _set_part(w, goods.id, part_id, quantity)
    w.document = goods.code
    count = w.reader.value("SELECT count(*) FROM bill_line WHERE product_id = :id", id=goods.id)
    text = N_("{sku} is made of {count} {count:part|parts}")
    return Done(msg(text, sku=goods.code, count=count), goods.code, next=(f"salescli product parts {goods.code}",))


def _part(w: Writer, word: str) -> tuple[Row, int]:
    reference, equals, text = word.rpartition("=")
    try:
        quantity = parse_quantity(text)
    except Unreadable as error:
        fail("bad_part", error.message.text, kind=Kind.USAGE, **error.message.facts)
    if not equals or quantity < 0:
        fail("bad_part", N_('write a part as PART=QTY, as in SCREW-4=12; "{typed}" is none'), kind=Kind.USAGE, rule="PRD-08", typed=word)
    return find(w.reader, "product", reference), quantity


def _set_part(w: Writer, product_id: int, part_id: int, quantity: int) -> None:
    row_id = w.reader.value("SELECT id FROM bill_line WHERE product_id = :p AND component_id = :c", p=product_id, c=part_id)
    if row_id is None and quantity:
        w.add(BillLine(product_id=product_id, component_id=part_id, quantity=quantity))
    elif row_id is not None and quantity:
        w.get(BillLine, row_id).quantity = quantity
    elif row_id is not None:
        w.session.delete(w.get(BillLine, row_id))
    w.session.flush()


# --- label ------------------------------------------------------------------------------------------------------------------

LABEL = {
    "ingredients": NOTE, "storage": 200, "usage": 200, "maker": 200, "maker_contact": 200,
}  # fmt: skip


def set_label(w: Writer, product: str, fields: Mapping[str, str | None]) -> Done:
    """Note what the label of bulk goods says. PRD-05, F-22. Raises SalesError: 2 no good text, 3 no such product."""
    goods = find(w.reader, "product", product)
    row_id = w.reader.value("SELECT id FROM product_label WHERE product_id = :id", id=goods.id)
    row = w.get(ProductLabel, row_id) if row_id else ProductLabel(product_id=goods.id)
    for name, text in fields.items():
        if text is not None:
            setattr(row, name, clean_or_none(text, rules_file.LABEL[name], LABEL[name], lines=name == "ingredients"))
    w.add(row)
    w.document = goods.code
    return Done(
        msg(N_("the label of {sku} is noted"), sku=goods.code), goods.code, next=(f"salescli product label {goods.code} --made DATE",)
    )


def label(w: Writer, product: str, made: date | None) -> tuple[rules_file.LabelFacts, date]:
    """The label's fields and the last day the goods may be sold, once everything on it is known. PRD-05, F-22.

    Raises SalesError: 2 made after today, 3 no such product, 4 an empty field, goods past their shelf life.
    """
    goods = find(w.reader, "product", product)
    facts = reads_file.label_facts(w.reader, goods.id, made)
    raise_if(rules_file.check_label(goods.code, facts, w.today))
    assert made is not None
    assert facts.shelf_days is not None
    w.document = goods.code
    return facts, made + timedelta(days=facts.shelf_days)


def note_label(w: Writer, made: date | None, copies: int) -> None:
    """Note that labels of the product at hand were printed. PRD-05."""
    assert made is not None
    w.note(w.document, f"label, made {made.isoformat()}, {copies} copies")


# --- licences -----------------------------------------------------------------------------------------------------------------


class Paper(NamedTuple):
    """A licence as typed."""

    name: str
    until: date
    kind: str = LicenceKind.OTHER.value
    paper_no: str | None = None
    holder: str | None = None
    authority: str | None = None
    product: str | None = None
    staff: str | None = None
    since: date | None = None
    note: str | None = None


def add_licence(w: Writer, paper: Paper) -> Done:
    """Enter a licence, permit or training; whoever answers for it is reminded before it expires. PRD-07.

    Raises SalesError: 2 no good text or dates, 3 no such product or person.
    """
    raise_if(rules_file.check_licence_dates(paper.since, paper.until))
    goods, staff = find_optional(w.reader, "product", paper.product), find_optional(w.reader, "staff", paper.staff)
    row = w.add(
        Licence(
            number=w.number("LC"), kind=paper.kind, name=clean(paper.name, C_("name")),
            paper_no=clean_or_none(paper.paper_no, C_("paper_no"), 80),
            holder=clean_or_none(paper.holder, C_("holder")), authority=clean_or_none(paper.authority, C_("issuing_authority")),
            product_id=goods.id if goods else None, staff_id=staff.id if staff else w.actor.id, valid_from=paper.since,
            valid_until=paper.until, note=clean_or_none(paper.note, C_("note"), NOTE, lines=True),
        )
    )  # fmt: skip
    w.document = row.number
    text = N_("licence {number} {name} is entered, valid until {day}")
    return Done(msg(text, number=row.number, name=row.name, day=paper.until.isoformat()), row.number, next=("salescli product licences",))


def renew(w: Writer, number: str, until: date | None = None, paper_no: str | None = None, *, close: bool = False) -> Done:
    """Note that a licence was renewed, or with `close` that it is needed no more. PRD-07.

    Raises SalesError: 2 no day, or one that is no later, 3 no such licence, 6 closed already.
    """
    found = reads_file.licence(w.reader, number)
    if found.closed_on is not None:
        text = N_("licence {number} is needed no more since {day}")
        hint = N_("a new one: salescli product licence NAME --until DATE")
        fail("licence_closed", text, kind=Kind.STATE, rule="PRD-07", hint=hint, number=found.number, day=found.closed_on)
    row = w.get(Licence, found.id)
    w.document = found.number
    if close:
        row.closed_on = w.today
        return Done(msg(N_("licence {number} {name} is needed no more"), number=found.number, name=found.name), found.number)
    if until is None or until.isoformat() <= found.valid_until:
        text = N_("licence {number} is valid until {day}; a renewal names a later day: --until DATE")
        fail("not_later", text, kind=Kind.USAGE, rule="PRD-07", number=found.number, day=found.valid_until)
    row.valid_until = until
    if paper_no is not None:
        row.paper_no = clean_or_none(paper_no, C_("paper_no"), 80)
    text = N_("licence {number} {name} is renewed until {day}")
    return Done(msg(text, number=found.number, name=found.name, day=until.isoformat()), found.number, next=("salescli product licences",))


# --- displays, suggestions -----------------------------------------------------------------------------------------------------


def display(w: Writer, place: str, note: str | None = None, staff: str | None = None) -> Done:
    """Note that a display was set up or refreshed today; the reminder counts from now. PRD-02."""
    person = find_optional(w.reader, "staff", staff)
    row = ProductDisplay(
        place=clean(place, C_("place"), 80),
        day=w.today,
        staff_id=person.id if person else w.actor.id,
        note=clean_or_none(note, C_("note"), NOTE, lines=True),
    )
    w.add(row)
    w.document = row.place
    again = w.today + timedelta(days=w.policy("product.display_days"))
    text = N_("the display {place} is refreshed; it is due again on {day}")
    return Done(msg(text, place=row.place, day=again.isoformat()), row.place, next=("salescli product new",))


def suggest(w: Writer, text: str, product: str | None = None, customer: str | None = None) -> Done:
    """Note what somebody suggests for the range. PRD-04. Raises SalesError: 2 no text, 3 no such product."""
    goods = find_optional(w.reader, "product", product)
    row = w.add(
        ProductSuggestion(
            number=w.number("PS"), product_id=goods.id if goods else None, customer=clean_or_none(customer, C_("customer")),
            text=clean(text, C_("suggestion"), NOTE, lines=True), staff_id=w.actor.id, day=w.today,
        )
    )  # fmt: skip
    w.document = row.number
    return Done(msg(N_("suggestion {number} is noted"), number=row.number), row.number, next=("salescli product suggestions --open",))


def answer(w: Writer, number: str, text: str, *, taken_up: bool) -> Done:
    """Say what becomes of a suggestion. PRD-04. Raises SalesError: 2 no text, 3 no such suggestion, 6 answered already."""
    found = reads_file.suggestion(w.reader, number)
    if found.state != SuggestionState.OPEN:
        fail("answered_already", N_("suggestion {number} is {state:code} already"), kind=Kind.STATE, rule="PRD-04",
             hint=N_("salescli product suggestions --open"), number=found.number, state=found.state)  # fmt: skip
    row = w.get(ProductSuggestion, found.id)
    row.state = (SuggestionState.TAKEN_UP if taken_up else SuggestionState.DECLINED).value
    row.answer = clean(text, C_("answer"), NOTE, lines=True)
    row.answered_by, row.answered_on = w.actor.id, w.today
    w.document = found.number
    return Done(msg(N_("suggestion {number} is {state:code}"), number=found.number, state=row.state), found.number)
