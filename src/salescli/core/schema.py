"""Base table class and column types whose CHECKs keep nonsense out of the file, even when typed in by hand.

SQLite takes any value in any column, so every typed column brings its own CHECK (integers are integers, dates are real days,
states come from their list). The CHECKs are attached when the metadata is completed, once per process.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, CheckConstraint, DefaultClause, MetaData, Table, Text, event, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from salescli.core.text import clean_or_none

if TYPE_CHECKING:
    from enum import Enum

    from sqlalchemy.engine import Dialect

LONG = 4000
"""Longest free text kept, in characters."""

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)


class Book(SQLModel):
    """Base of every table in the book."""

    metadata = metadata


def id_of(row: Book) -> int:
    """The id of a row that was flushed."""
    found: int | None = getattr(row, "id", None)
    if found is None:
        raise LookupError(row)
    return found


def _column(name: str) -> type[BigInteger]:
    """A whole-number column whose unit can be read in the file: SQLite keeps the name (with INT in it: an integer) as it is."""
    kind = type(name, (BigInteger,), {})
    compiles(kind, "sqlite")(lambda _type, _compiler, **_options: name)
    return kind


class Whole(TypeDecorator[int]):
    """A whole number: a count, an id, or money in its smallest unit."""

    impl = BigInteger
    cache_ok = True

    def check(self, name: str) -> str:
        """SQL that holds for every good value of column `name`."""
        return f"{name} IS NULL OR typeof({name}) = 'integer'"


class Amount(Whole):
    """Money in 1/100 of the currency."""

    impl = _column("AMOUNT_INT")
    cache_ok = True


class Price(Whole):
    """Unit price in 1/10,000 of the currency."""

    impl = _column("PRICE_INT")
    cache_ok = True


class Quantity(Whole):
    """Quantity in 1/1,000 of the unit."""

    impl = _column("QUANTITY_INT")
    cache_ok = True


class Rate(Whole):
    """Share in 1/10,000 (12.5 % = 1250)."""

    impl = _column("RATE_INT")
    cache_ok = True


class Flag(Whole):
    """Yes or no, kept as 1 or 0."""

    impl = _column("FLAG_INT")
    cache_ok = True

    def check(self, name: str) -> str:
        return f"{name} IN (0, 1)"

    def process_result_value(self, value: int | None, dialect: Dialect) -> Any:
        return None if value is None else bool(value)

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)


class Day(TypeDecorator[date]):
    """A calendar day, kept as ISO text so that reads and writes see the same value."""

    impl = Text
    cache_ok = True

    def check(self, name: str) -> str:
        return f"{name} IS date({name}, '+0 days')"  # the modifier makes SQLite refuse 31 February

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if value else None


class Line(TypeDecorator[str]):
    """Text of limited length, never empty (nothing known is NULL); by default up to 200 characters."""

    impl = Text
    cache_ok = True

    def __init__(self, longest: int = 200) -> None:
        self.longest = longest
        super().__init__()

    def check(self, name: str) -> str:
        return f"{name} IS NULL OR typeof({name}) = 'text' AND length({name}) BETWEEN 1 AND {self.longest}"


class Choice(TypeDecorator[str]):
    """One of the values of an Enum, kept as its text value."""

    impl = Text
    cache_ok = True

    def __init__(self, values: type[Enum] | tuple[str, ...]) -> None:
        self.values = values if isinstance(values, tuple) else tuple(str(v.value) for v in values)
        super().__init__()

    def check(self, name: str) -> str:
        return f"{name} IN ({', '.join(repr(v) for v in self.values)})"


Typed = (Whole, Day, Line, Choice)


@compiles(CreateIndex, "postgresql")
def _same_rows_everywhere(create: CreateIndex, compiler: Any, **options: Any) -> str:
    """A partial index names its rows once, as `sqlite_where`: naming another engine's would load that engine in every write."""
    where = create.element.dialect_options["sqlite"]["where"]
    create.element.dialect_options["postgresql"]["where"] = where
    return str(compiler.visit_create_index(create, **options))


@event.listens_for(Table, "after_parent_attach")
def _give_defaults(table: Table, parent: MetaData) -> None:
    """What a model puts into a column nobody names, the file puts too: bulk loads, and rows typed by hand, need no model."""
    if parent is not metadata:
        return
    for column in table.columns:
        value = getattr(column.default, "arg", None)
        if column.server_default is None and isinstance(value, (int, str)):
            column.server_default = DefaultClause(text(f"'{value}'" if isinstance(value, str) else str(int(value))))


@event.listens_for(Table, "after_parent_attach")
def _attach_checks(table: Table, parent: MetaData) -> None:
    """Give each typed column its CHECK as soon as the table exists (SQLite only: other engines type their columns)."""
    if parent is not metadata:
        return
    for column in table.columns:
        if isinstance(column.type, Typed):
            check = CheckConstraint(column.type.check(column.name), name=f"{column.name}_type")
            table.append_constraint(check.ddl_if(dialect="sqlite") if isinstance(column.type, (Whole, Day, Line)) else check)


def key() -> Any:
    """The integer primary key of a table."""
    return Field(default=None, primary_key=True)


def line(longest: int = 200, **kwargs: Any) -> Any:
    """A text field of at most `longest` characters."""
    return Field(sa_type=Line(longest), **kwargs)


def of(kind: Any, **kwargs: Any) -> Any:
    """A field of one of the column types above."""
    return Field(sa_type=kind, **kwargs)


def typed_text(row: Book, column: str, text: str) -> str | None:
    """Typed text as a column of a row's table takes it, remarks with their line ends; blanks alone are None.

    Raises SalesError (usage, exit 2) for text that is too long or holds signs that cannot be kept.
    """
    kind = metadata.tables[str(row.__tablename__)].columns[column].type
    longest = kind.longest if isinstance(kind, Line) else LONG
    return clean_or_none(text, column, longest, lines=longest == LONG)


def choice(values: type[Enum] | tuple[str, ...], **kwargs: Any) -> Any:
    """A text field that takes one of the enum's values."""
    return Field(sa_type=Choice(values), **kwargs)


def refers(target: str, **kwargs: Any) -> Any:
    """A foreign key to `table.column`."""
    return Field(foreign_key=target, **kwargs)
