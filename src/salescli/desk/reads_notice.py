"""Notices with their read marks, documents and scripts by right (VIS-14)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NoReturn

from salescli.core.agenda import Task
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import escaped
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import folded

if TYPE_CHECKING:
    from salescli.core.agenda import Agenda
    from salescli.core.reader import Reader

NOTICE = C_("notice")


def audience(r: Reader, alias: str, right: str) -> str:
    """SQL: what is meant for the reader: for everybody, for one of his roles, his own, or all to who may edit them."""
    if r.actor.may(right):
        return "1 = 1"
    roles = " OR ".join(f"',' || {alias}.roles || ',' LIKE '%,{role},%'" for role in sorted(r.actor.roles))
    return f"({alias}.roles IS NULL OR {alias}.staff_id = {r.actor.id:d}{f' OR {roles}' if roles else ''})"


# --- notices ------------------------------------------------------------------------------------------------------------

NOTICES = (
    Column("number", N_("Notice")),
    Column("day", N_("Date"), "date"),
    Column("author", N_("Author")),
    Column("title", N_("Title")),
    Column("roles", N_("For"), "code"),
    Column("until", N_("Until"), "date"),
    Column("read", N_("Read"), "bool"),
    Column("readers", N_("Read by"), "int"),
)

_READ = "EXISTS (SELECT 1 FROM notice_read x WHERE x.notice_id = n.id AND x.staff_id = :me)"

_NOTICES = f"""
SELECT n.number, n.day, s.code, n.title, n.roles, n.until, {_READ},
       (SELECT count(*) FROM notice_read x WHERE x.notice_id = n.id)
FROM notice n JOIN staff s ON s.id = n.staff_id
WHERE {{where}} ORDER BY n.day DESC, n.id DESC"""


def notices(r: Reader, *, everything: bool = False) -> Report:
    """Notices the reader has not read and that still count; with `everything` all that are meant for him. VIS-14."""
    where = audience(r, "n", "notice.edit")
    if not everything:
        where += f" AND (n.until IS NULL OR n.until >= :today) AND NOT {_READ}"
    rows = r.tuples(_NOTICES.format(where=where), me=r.actor.id, today=r.today)
    return Report(
        "notice-list",
        msg(N_("Notices")) if everything else msg(N_("Notices you have not read")),
        NOTICES,
        rows,
        notes=(msg(N_("to read one: salescli notice read NUMBER")),) if rows else (),
        as_of=r.today.isoformat(),
        empty=msg(N_("No notice. Earlier ones: salescli notice list --all")),
    )


class NoticeText(NamedTuple):
    """A notice to be read."""

    id: int
    number: str
    day: str
    author: str
    title: str
    text: str | None
    read: bool


def notice(r: Reader, number: str) -> NoticeText:
    """The notice of that number. Raises SalesError (exit 3) when there is none for the reader. VIS-14."""
    sql = f"""SELECT n.id, n.number, n.day, s.name, n.title, n.text, {_READ} FROM notice n JOIN staff s ON s.id = n.staff_id
              WHERE n.number = :number AND {audience(r, "n", "notice.edit")}"""
    found = r.first(NoticeText, sql, number=number.strip().upper(), me=r.actor.id)
    if found is None:
        fail("notice_not_found", N_("there is no notice {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli notice list --all"),
             number=number)  # fmt: skip
    return found


READERS = (Column("staff", N_("Staff")), Column("name", N_("Full name")), Column("read_on", N_("Read on"), "date"))


def readers(r: Reader, number: str) -> Report:
    """Who has read a notice and who has not: everybody here whom it binds. VIS-14. Raises SalesError (exit 3): no such notice."""
    found = notice(r, number)
    roles = str(r.value("SELECT roles FROM notice WHERE id = :id", id=found.id) or "")
    bound = ", ".join(f"'{role}'" for role in roles.split(","))
    only = f"AND EXISTS (SELECT 1 FROM staff_role q WHERE q.staff_id = s.id AND q.role IN ({bound}))" if roles else ""
    sql = f"""SELECT s.code, s.name, x.day FROM staff s LEFT JOIN notice_read x ON x.staff_id = s.id AND x.notice_id = :id
              WHERE (s.left_on IS NULL OR s.left_on >= :today) {only} ORDER BY x.day IS NOT NULL, s.code"""
    rows = r.tuples(sql, id=found.id, today=r.today)
    return Report("notice-readers", msg(N_("Who has read {number} {title}"), number=found.number, title=found.title), READERS, rows)


def notices_today(r: Reader, agenda: Agenda) -> list[Task]:
    """Notices the person of the agenda has not read; only on one's own list. VIS-14."""
    if agenda.staff_id != r.actor.id:
        return []
    where = f"{audience(r, 'n', '')} AND n.staff_id <> :me AND n.day <= :today AND (n.until IS NULL OR n.until >= :today) AND NOT {_READ}"
    rows = r.tuples(_NOTICES.format(where=where), me=r.actor.id, today=agenda.day)
    return [
        Task(NOTICE, day, number, None, msg(N_("notice: {title}; salescli notice read {number}"), title=title, number=number),
             "VIS-14", max((agenda.day - date.fromisoformat(day)).days, 0), r.actor.code)
        for number, day, _author, title, *_more in rows
    ]  # fmt: skip


# --- documents ----------------------------------------------------------------------------------------------------------

DOCUMENTS = (
    Column("number", N_("Document")),
    Column("kind", N_("Kind"), "code"),
    Column("title", N_("Title")),
    Column("place", N_("Where it lies")),
    Column("keywords", N_("Keywords")),
    Column("roles", N_("For"), "code"),
    Column("day", N_("Date"), "date"),
    Column("author", N_("Author")),
)

_DOCUMENTS = """
SELECT d.number, d.kind, d.title, d.place, d.keywords, d.roles, d.day, s.code
FROM office_document d JOIN staff s ON s.id = d.staff_id
WHERE d.withdrawn_on IS NULL AND {where} ORDER BY d.kind, d.title, d.id"""


def documents(r: Reader, kind: str | None, text: str | None = None) -> Report:
    """Documents and scripts meant for the reader; with `text` those that hold it. VIS-14."""
    where = [audience(r, "d", "document.edit")]
    if kind:
        where.append("d.kind = :kind")
    if text:
        parts = (f"lower(coalesce(d.{column}, '')) LIKE :part ESCAPE '\\'" for column in ("number", "title", "keywords", "text", "place"))
        where.append(f"({' OR '.join(parts)})")
    rows = r.tuples(_DOCUMENTS.format(where=" AND ".join(where)), kind=kind, part=f"%{escaped(folded(text or ''))}%")
    empty = msg(N_("No document here. Add one: salescli document add TITLE --kind script --text TEXT"))
    return Report("document-list", msg(N_("Documents and scripts")), DOCUMENTS, rows, empty=empty)


DOCUMENT = (*DOCUMENTS[:4], Column("text", N_("Text")), *DOCUMENTS[4:])

_DOCUMENT = """
SELECT d.number, d.kind, d.title, d.place, d.text, d.keywords, d.roles, d.day, s.code
FROM office_document d JOIN staff s ON s.id = d.staff_id
WHERE d.number = :number AND d.withdrawn_on IS NULL AND {where}"""


def document(r: Reader, number: str) -> Report:
    """One document with its text. VIS-14. Raises SalesError (exit 3) when there is none for the reader."""
    row = r.tuples(_DOCUMENT.format(where=audience(r, "d", "document.edit")), number=number.strip().upper())
    if not row:
        no_document(number)
    return Report("document-show", msg(N_("{title}"), title=row[0][2]), DOCUMENT, row, record=True)


def no_document(number: str) -> NoReturn:
    """Refuse (exit 3): no such document."""
    fail("document_not_found", N_("there is no document {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli document list"), number=number)
