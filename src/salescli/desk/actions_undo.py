"""`undo`: take back one's own last write of the day while nothing hangs on it, from the images the history keeps (CLI.md §1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy.exc import IntegrityError

from salescli.core.approval import waiting_on
from salescli.core.errors import Kind, Problem, SalesError, fail, problem, raise_if
from salescli.core.i18n import N_, msg
from salescli.core.money import amount_text, percent_text, price_text, quantity_text
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.schema import Amount, Book, Day, Flag, Price, Quantity, Rate
from salescli.customer.reads_duplicates import holders
from salescli.customer.rules import check_duplicates
from salescli.desk.rules_undo import GOES, TAKES, Step, changed, check_steps, in_one
from salescli.lead.reads_match import Wanted, matches
from salescli.lead.rules_match import check_filing

if TYPE_CHECKING:
    from salescli.core.writer import Writer

NEWEST = 20_000
"""Entries of the history looked back through for one's own last write."""

MOST_TOLD = 10
"""Refusals said one by one."""

DERIVED = frozenset({"pinyin", "normal_name", "normal_phone"})
"""Fields that follow from others and are not shown."""

UNITS: dict[type, Callable[[int], str]] = {Amount: amount_text, Price: price_text, Quantity: quantity_text, Rate: percent_text}


class _Command(NamedTuple):
    """A command of the history."""

    number: int
    last: int
    verb: str
    at: str


def undo(w: Writer, document: str | None) -> Done:
    """Take back the acting person's last write of the day, or his last one about a document.

    Raises SalesError: 3 there is none, 4 somebody else has the name or number by now, 6 it is undone by another command, or something
    changed or hangs on it since.
    """
    command = _find(w, document)
    steps = _steps(w, command)
    raise_if(in_one(command.verb, check_steps(steps)))
    raise_if(_few([p for step in steps for p in _hangs(w, command, step)]))
    raise_if([p for step in steps for p in _taken_since(w, step)])
    changes = [change for step in reversed(steps) for change in _take_back(w, step)]
    names = list(dict.fromkeys(step.document for step in steps if step.document))
    w.document = names[0] if names else None
    w.note(w.document, f"undid command {command.number}")
    return Done(
        msg(N_("undone: {verb} {documents}"), verb=command.verb, documents=names),
        w.document,
        changes=tuple(changes),
        next=(f"salescli history {names[0]}",) if names and w.actor.may("history") else (),
        facts={"command": command.number},
    )


def _few(found: list[Problem]) -> list[Problem]:
    """What one person can read: a command that closed a thousand orders has a thousand reasons to stay."""
    if len(found) <= MOST_TOLD:
        return found
    return [*found[:MOST_TOLD], problem("undo_more", N_("and {more:,} more"), kind=Kind.STATE, more=len(found) - MOST_TOLD)]


# --- which command ------------------------------------------------------------------------------------------------------

_COMMANDS = """
SELECT command, max(id), min(verb), min(at) FROM history
WHERE id > (SELECT coalesce(max(id), 0) FROM history) - :newest AND staff = :me AND day = :today AND tbl IS NOT NULL
  AND verb NOT IN ('undo', 'init', 'demo') {about}
GROUP BY command ORDER BY command DESC"""

_ABOUT = """AND command IN (SELECT h.command FROM history h WHERE h.document IN (:document, :upper)
                            AND h.id > (SELECT coalesce(max(id), 0) FROM history) - :newest)"""


def _find(w: Writer, document: str | None) -> _Command:
    facts = {"newest": NEWEST, "me": w.actor.code, "today": w.today}
    if document:
        facts |= {"document": document.strip(), "upper": document.strip().upper()}
    done = _undone(w)
    commands = w.reader.rows(_Command, _COMMANDS.format(about=_ABOUT if document else ""), **facts)
    found = next((command for command in commands if command.number not in done), None)
    return found or _nothing(w, document)


def _undone(w: Writer) -> set[int]:
    """The commands undone already."""
    sql = """SELECT after FROM history WHERE verb = 'undo' AND tbl IS NULL AND after LIKE 'undid command %'
             AND id > (SELECT coalesce(max(id), 0) FROM history) - :newest"""
    return {int(text.rpartition(" ")[2]) for text in w.reader.column(sql, newest=NEWEST)}


def _nothing(w: Writer, document: str | None) -> NoReturn:
    text = (
        N_("{staff} wrote nothing about {document} today that could be undone") if document else N_("{staff} wrote nothing today to undo")
    )
    hint = N_("undo is for one's own of the same day")
    if w.actor.may("history"):
        hint = N_("salescli history shows who wrote what; undo is for one's own of the same day")
    fail("nothing_to_undo", text, kind=Kind.NOT_FOUND, hint=hint,
         staff=w.actor.code, document=document)  # fmt: skip


class _Entry(NamedTuple):
    tbl: str
    row_id: int
    last_id: int | None
    before: str | None
    after: str | None
    document: str | None


def _steps(w: Writer, command: _Command) -> list[Step]:
    """What a command did, one step per row, in the order it was done."""
    sql = """SELECT tbl, row_id, last_id, before, after, document FROM history
             WHERE command = :n AND id <= :last AND id > :last - :newest AND tbl IS NOT NULL ORDER BY id"""
    steps: dict[tuple[str, int], Step] = {}
    for e in w.reader.rows(_Entry, sql, n=command.number, last=command.last, newest=NEWEST):
        known = steps.pop((e.tbl, e.row_id), None)
        before = known.before if known else _image(e.before)
        steps[e.tbl, e.row_id] = Step(e.tbl, e.row_id, e.document, before, _image(e.after), bulk=e.last_id is not None)
    return [step for step in steps.values() if step.before is not None or step.after is not None]


def _image(text: str | None) -> dict[str, Any] | None:
    image: dict[str, Any] | None = None if text is None else json.loads(text)
    return image


# --- what hangs on it ---------------------------------------------------------------------------------------------------


class _Later(NamedTuple):
    command: int
    verb: str
    staff: str | None


def _hangs(w: Writer, command: _Command, step: Step) -> list[Problem]:
    """What happened to the row since, but for what was undone, and requests that wait on it."""
    sql = (
        """SELECT command, verb, staff FROM history WHERE tbl = :tbl AND row_id = :id AND id > :last AND verb <> 'undo' ORDER BY id DESC"""
    )
    since = w.reader.rows(_Later, sql, tbl=step.table, id=step.row_id, last=command.last)
    undone = _undone(w) if since else set()
    later = next((entry for entry in since if entry.command not in undone), None)
    document = step.document or step.table
    if later:
        text = N_("{document} was changed since ({verb}, {staff})")
        hint = N_("undo that first, or correct it: salescli history {document}")
        return [problem("undo_changed_since", text, kind=Kind.STATE, hint=hint, document=document, verb=later.verb, staff=later.staff)]
    if w.recorder.image(step.table, step.row_id) != _complete(w, step.after, step.table):
        text = N_("{document} is no longer as the history knows it: salescli check")
        return [problem("undo_not_as_known", text, kind=Kind.STATE, document=document)]
    number = waiting_on(w.reader, step.document) if step.document else None
    if number:
        text = N_("the request {number} waits on {document}")
        hint = N_("salescli withdraw {number}")
        return [problem("undo_request_waits", text, kind=Kind.STATE, hint=hint, document=document, number=number)]
    return []


def _complete(w: Writer, image: dict[str, Any] | None, table: str) -> dict[str, Any] | None:
    """An image with the columns it leaves out as unknown."""
    return None if image is None else {column: image.get(column) for column in w.recorder.columns(table)}


IDENTITY = {"customer": {"name", "tax_no"}, "contact": {"phone"}, "lead": {"name", "company", "phone", "tax_no"}}
"""Fields by which two files are one and the same."""


def _taken_since(w: Writer, step: Step) -> list[Problem]:
    """Whether somebody else bears by now the name or number that would come back: nobody is entered twice by a detour. LED-10."""
    before, after = step.before, step.after
    if before is None or after is None or not (changed(before, after) & IDENTITY.get(step.table, set())):
        return []
    old = {name: before.get(name) for name in IDENTITY[step.table] if before.get(name) != after.get(name)}
    if step.table == "lead":
        whole = Wanted(before.get("name") or "", before.get("company"), old.get("phone"), old.get("tax_no"))
        return check_filing(matches(w.reader, whole, but=before["number"], customer_id=before.get("customer_id")), by_leader=False)
    return check_duplicates(holders(w.reader, step.row_id if step.table == "customer" else before["customer_id"], **old))


# --- taking back --------------------------------------------------------------------------------------------------------


def _take_back(w: Writer, step: Step) -> list[Change]:
    """Set one row back; the fields that changed, as text."""
    model = _model(step.table)
    try:
        if step.after is None:
            w.add(model(**{"id": step.row_id} | {name: _value(model, name, value) for name, value in (step.before or {}).items()}))
            return []
        row = w.get(model, step.row_id)
        if step.before is None and TAKES[step.table].new == GOES:
            w.session.delete(row)
            w.session.flush()
            return []
        wanted = step.before if step.before is not None else _cancelled(w, step.table)
        names = sorted(changed(step.before, step.after) if step.before is not None else wanted)
        for name in names:
            setattr(row, name, _value(model, name, wanted.get(name)))
        w.session.flush()
    except IntegrityError as error:
        text = N_("{document} cannot go back to what it was: something else refers to it or took its place")
        hint = N_("what happened to it: salescli history {document}")
        raise SalesError([problem("undo_referred", text, kind=Kind.STATE, hint=hint, document=step.document or step.table)]) from error
    return [Change(name, _text(model, name, step.after), _text(model, name, wanted)) for name in names if name not in DERIVED]


def _cancelled(w: Writer, table: str) -> dict[str, Any]:
    """The fields that cancel a new row."""
    new = TAKES[table].new
    assert isinstance(new, dict)
    return {name: w.today.isoformat() if value == "today" else value for name, value in new.items()}


def _model(table: str) -> type[Book]:
    from salescli.book.create import load_tables

    load_tables()
    return next(model for model in Book.__subclasses__() if model.__tablename__ == table)


def _kind(model: type[Book], name: str) -> Any:
    """The type of a column."""
    return model.__table__.columns[name].type  # type: ignore[attr-defined]  # every table model has one


def _value(model: type[Book], name: str, raw: Any) -> Any:
    """A value of an image as the model holds it."""
    kind = _kind(model, name)
    if raw is not None and isinstance(kind, Day):
        return date.fromisoformat(raw)
    return bool(raw) if isinstance(kind, Flag) else raw


def _text(model: type[Book], name: str, image: dict[str, Any]) -> str | None:
    """A value of an image as a person reads it."""
    raw = image.get(name)
    unit = UNITS.get(type(_kind(model, name)))
    return None if raw is None else unit(raw) if unit else str(raw)
