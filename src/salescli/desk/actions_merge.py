"""Two files of one customer become one: everything that refers to the one goes to the other, and its code goes on working (LED-10).

What moves is found from the foreign keys of the tables, so that a table made later cannot be forgotten.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table, UniqueConstraint, inspect
from sqlmodel import col, select

from salescli.book.create import load_tables
from salescli.core import changes
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.schema import Book, metadata
from salescli.core.tables_office import Task
from salescli.core.text import NOTE, clean
from salescli.customer import actions_owner, reads_owner
from salescli.customer.actions import UNITS
from salescli.customer.rules_pool import check_hold
from salescli.customer.rules_standing import check_active
from salescli.customer.states import OwnerMove
from salescli.customer.tables import Contact, Customer
from salescli.customer.tables_contact import OwnerChange
from salescli.customer.tables_merge import CustomerAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salescli.core.writer import Writer

FILLED = (
    "short_name", "kind", "region", "industry", "customer_class", "source", "address", "tax_no", "credit_limit", "credit_days", "bad_on",
    "bad_reason",
)  # fmt: skip
"""Fields the kept file takes from the other where it has none itself."""

LABELS = (
    C_("contact"), C_("sales_order"), C_("receivable"), C_("receipt"), C_("interaction"), C_("promise"), C_("lead"), C_("owner_change"),
    C_("reception"), C_("customer_tag"), C_("customer_alias"), C_("task"),
)  # fmt: skip
"""Tables as the list of what moved calls them; one that is not here goes by its own name."""


class Reference(NamedTuple):
    """A column of a table that refers to customers."""

    model: type[Book]
    column: str


def merge(w: Writer, keep: str, drop: str, reason: str) -> Done:
    """Move everything of `drop` to `keep`; its row goes, its code means the kept one from now on. LED-10, ORG-09.

    Raises SalesError: 2 the same twice, 3 unknown, 6 archived, or a request waits on one of them, 7 not your right.
    """
    kept, gone = actions_owner.anybodys(w, keep), actions_owner.anybodys(w, drop)
    why = clean(reason, C_("reason"), NOTE, lines=True)
    raise_if(_check(w, kept, gone))
    held = _held(w, kept, gone)
    assert kept.id is not None
    code, name = gone.code, gone.name
    filled = _fill(kept, gone)
    owner = None if gone.archived_on else gone.staff_id
    former, since = gone.staff_id, gone.owner_since
    moved = _move_all(w, kept, gone)
    moved["task"] += _move_tasks(w, kept, code)
    w.session.delete(gone)
    w.session.flush()
    w.add(CustomerAlias(code=code, name=name, normal_name=gone.normal_name, customer_id=kept.id, merged_on=w.today))
    _settle_owner(w, kept, former, owner, since, f"{code} {name}: {why}")
    raise_if(_check_room(w, held))
    w.document = kept.code
    return _told(kept, code, name, moved, filled)


def _check(w: Writer, kept: Customer, gone: Customer) -> list[Problem]:
    if kept.id == gone.id:
        return [problem("same_customer", N_("{customer} is one file already"), kind=Kind.USAGE, rule="LED-10", customer=kept.code)]
    found = check_active(kept.code, kept.name, kept.archived_on, kept.archived_reason)
    for row in (kept, gone):
        number = w.reader.value("SELECT number FROM approval WHERE document = :code AND state = 'waiting'", code=row.code)
        if number:
            text = N_("request {number} waits on {customer}; it must be decided or withdrawn first")
            hint = N_("salescli approve {number}, or salescli withdraw {number}")
            found.append(problem("request_waits", text, kind=Kind.STATE, rule="DAT-01", hint=hint, number=number, customer=row.code))
    return found


# --- moving -------------------------------------------------------------------------------------------------------------------


def references(target: str = "customer") -> list[Reference]:
    """Every column of every table that refers to `target`, found from the foreign keys."""
    load_tables()
    models = {str(model.__tablename__): model for model in _models(Book)}
    return [
        Reference(models[table.name], column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == target for key in column.foreign_keys)
    ]


def _models(base: type[Book]) -> Iterator[type[Book]]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _move_all(w: Writer, kept: Customer, gone: Customer) -> Counter[str]:
    """Point every row that refers to `gone` at `kept`; how many of each table."""
    moved: Counter[str] = Counter()
    _demote_main_contact(w, kept, gone)
    for model, column in references():
        rows = w.session.exec(select(model).where(getattr(model, column) == gone.id)).all()
        for row in rows:
            if not _there_already(w, row, column, kept.id):
                setattr(row, column, kept.id)
                moved[str(model.__tablename__)] += 1
        w.session.flush()
    return moved


def _demote_main_contact(w: Writer, kept: Customer, gone: Customer) -> None:
    """The kept customer's main contact stays the main one."""
    of_both = select(Contact).where(col(Contact.customer_id).in_((kept.id, gone.id)), col(Contact.main).is_(True))
    mains = w.session.exec(of_both).all()
    if len(mains) > 1:
        for contact in mains:
            contact.main = contact.customer_id == kept.id
    w.session.flush()


def _there_already(w: Writer, row: Book, column: str, kept_id: int | None) -> bool:
    """Whether the kept customer has this very thing, where there may be one only (a tag, a row a year): then the other's goes.

    Raises SalesError (exit 6) when something hangs on the row that would go.
    """
    for others in _unique_with(row.__table__, column):  # type: ignore[attr-defined]
        same = [getattr(type(row), name) == getattr(row, name) for name in others]
        if w.session.exec(select(type(row)).where(getattr(type(row), column) == kept_id, *same)).first() is not None:
            _check_unused(w, row)
            w.session.delete(row)
            return True
    return False


def _unique_with(table: Table, column: str) -> list[list[str]]:
    """The other columns of every whole unique key that holds `column`."""
    keys: list[Sequence[Column[Any]]] = [list(c.columns) for c in table.constraints if isinstance(c, UniqueConstraint)]
    keys += [list(i.columns) for i in table.indexes if i.unique and i.dialect_options["sqlite"]["where"] is None]
    return [[c.name for c in key if c.name != column] for key in keys if column in [c.name for c in key]]


def _check_unused(w: Writer, row: Book) -> None:
    table = str(row.__tablename__)
    identity = inspect(row).identity[0]
    for model, column in references(table):
        if w.session.exec(select(model).where(getattr(model, column) == identity)).first() is not None:
            text = N_("both have the same {table:code}, and {other:code} hangs on the second; settle that one first")
            fail("merge_blocked", text, kind=Kind.STATE, rule="LED-10", table=table, other=str(model.__tablename__))


def _move_tasks(w: Writer, kept: Customer, code: str) -> int:
    """Tasks name a customer by his code."""
    rows = w.session.exec(select(Task).where(Task.document == code)).all()
    for task in rows:
        task.document = kept.code
    w.session.flush()
    return len(rows)


def _fill(kept: Customer, gone: Customer) -> list[Change]:
    """What the kept file did not know; notes are joined, the earlier beginning counts."""
    found: list[Change] = []
    for field in FILLED:
        if getattr(kept, field) is None and getattr(gone, field) is not None:
            found += changes.apply(kept, {field: getattr(gone, field)}, UNITS)
    if gone.since and (kept.since is None or gone.since < kept.since):
        found.append(Change(C_("since"), str(kept.since) if kept.since else None, str(gone.since)))
        kept.since = gone.since
    if gone.note and gone.note != kept.note:
        kept.note = "\n".join(filter(None, (kept.note, gone.note)))[:NOTE]
    return found


# --- the owner ----------------------------------------------------------------------------------------------------------------


def _settle_owner(w: Writer, kept: Customer, former: int | None, owner: int | None, since: Any, reason: str) -> None:
    """The kept customer's owner stays; without one the other's takes over, his days running on as they did. LED-11."""
    if kept.staff_id is None and owner is not None:
        actions_owner.move_to(w, kept, owner, OwnerMove.MERGED, reason)
        kept.owner_since = since
        return
    change = OwnerChange(day=w.today, customer_id=kept.id, former_id=former, owner_id=kept.staff_id, operator_id=w.actor.id or None,
                         move=OwnerMove.MERGED.value, reason=reason[:NOTE])  # fmt: skip
    actions_owner.bring_along(w, kept, w.add(change))


def _held(w: Writer, kept: Customer, gone: Customer) -> dict[int, int]:
    return {staff: reads_owner.held(w.reader, staff) for staff in (kept.staff_id, gone.staff_id) if staff is not None}


def _check_room(w: Writer, before: dict[int, int]) -> list[Problem]:
    """Merging gives nobody more than he may hold. LED-11."""
    cap = w.policy("pool.hold_cap")
    after = {staff: reads_owner.held(w.reader, staff) for staff in before}
    return [
        found
        for staff, count in after.items()
        if count > before[staff]
        for found in check_hold(reads_owner.person(w.reader, staff).code, before[staff], count - before[staff], cap)
    ]


def _told(kept: Customer, code: str, name: str, moved: Counter[str], filled: Sequence[Change]) -> Done:
    counts = tuple(Change(table, None, str(count)) for table, count in moved.items() if count)
    return Done(
        msg(N_("{gone} {gone_name} is now {code} {name}; {count:,} {count:row|rows} moved, the old code goes on working"),
            gone=code, gone_name=name, code=kept.code, name=kept.name, count=sum(moved.values())),
        document=kept.code,
        changes=(*counts, *filled),
        next=(f"salescli customer show {kept.code}", "salescli check"),
        facts={"dropped": code, "rows": sum(moved.values())},
    )  # fmt: skip
