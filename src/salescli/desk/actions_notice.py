"""Writes about notices and documents (VIS-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.desk.reads_notice import NoticeText, no_document, notice
from salescli.desk.tables_notice import Notice, NoticeRead, OfficeDocument
from salescli.staff.rules import parse_roles

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def _roles(text: str | None) -> str | None:
    return ",".join(parse_roles(text)) if text else None


def add_notice(w: Writer, title: str, text: str | None, roles: str | None, until: date | None) -> Done:
    """Tell everybody, or some roles, something; it stands on their day lists until read. VIS-14. Raises SalesError: 2 no good text."""
    if until and until < w.today:
        fail("until_passed", N_("the day {until} has passed"), kind=Kind.USAGE, until=until.isoformat())
    row = w.add(
        Notice(
            number=w.number("NT"),
            day=w.today,
            staff_id=w.actor.id,
            title=clean(title, C_("title")),
            text=clean_or_none(text, C_("text"), NOTE, lines=True),
            roles=_roles(roles),
            until=until,
        )
    )
    assert row.id is not None
    w.add(NoticeRead(notice_id=row.id, staff_id=w.actor.id, day=w.today))  # its author knows what it says
    return Done(msg(N_("notice {number}: {title}"), number=row.number, title=row.title), row.number,
                next=(f"salescli notice readers {row.number}",))  # fmt: skip


def read_notice(w: Writer, number: str) -> NoticeText:
    """Mark a notice as read by the acting person; what it says. VIS-14. Raises SalesError (exit 3): none for him."""
    found = notice(w.reader, number)
    if not found.read:
        w.add(NoticeRead(notice_id=found.id, staff_id=w.actor.id, day=w.today))
        w.document = found.number
    return found


def add_document(w: Writer, title: str, kind: str, place: str | None, text: str | None, keywords: str | None, roles: str | None) -> Done:
    """Enter a document or script into the index, by its place or its text. VIS-14. Raises SalesError (exit 2): neither is given."""
    where, words = clean_or_none(place, C_("place"), 400), clean_or_none(text, C_("text"), NOTE, lines=True)
    if where is None and words is None:
        fail("document_empty", N_("say where the document lies (--place) or what it says (--text)"), kind=Kind.USAGE, rule="VIS-14")
    row = w.add(
        OfficeDocument(
            number=w.number("OD"),
            title=clean(title, C_("title")),
            kind=kind,
            place=where,
            text=words,
            keywords=clean_or_none(keywords, C_("keywords")),
            roles=_roles(roles),
            staff_id=w.actor.id,
            day=w.today,
        )
    )
    return Done(msg(N_("document {number}: {title}"), number=row.number, title=row.title), row.number,
                next=(f"salescli document show {row.number}",))  # fmt: skip


def withdraw_document(w: Writer, number: str) -> Done:
    """Take a document out of the index; the history keeps it. VIS-14. Raises SalesError (exit 3): none of that number."""
    typed = number.strip().upper()
    row = w.session.exec(select(OfficeDocument).where(OfficeDocument.number == typed)).first()
    if row is None or row.withdrawn_on:
        no_document(number)
    row.withdrawn_on = w.today
    w.document = row.number
    return Done(msg(N_("document {number} is withdrawn: {title}"), number=row.number, title=row.title), row.number)
