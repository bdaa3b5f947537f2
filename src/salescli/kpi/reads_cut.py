"""How a measure is cut: by which key it is summed, or document by document behind one key (KPI-01, KPI-06).

Every measure answers the same: per key its code and name, a value, and for rates the whole the value is a part of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

ALL = "all"
"""The key under which a measure is taken over everything."""

DIMENSIONS = ("staff", "customer", "product", "category", "region", "source")
GOODS = ("product", "category")


class Figure(NamedTuple):
    """What a measure says of one key; codes are None where the fact is not known.

    `whole` is what a rate is a part of; for a sum it is what the sum had to leave out, 0 for most. `value` None: nothing is known.
    """

    code: str | None
    name: str | None
    value: int | None
    whole: int | None


class Paper(NamedTuple):
    """One document behind a figure, with its part of value and whole."""

    day: str
    number: str
    customer: str | None
    customer_name: str | None
    value: int | None
    whole: int | None


class Cut(NamedTuple):
    """A dimension of `DIMENSIONS` or `ALL`; `papers`: document by document of the key :key, or of what has no key."""

    by: str
    papers: bool = False
    keyless: bool = False


class Origin(NamedTuple):
    """SQL of the document a row stems from: number, day, customer, and what makes rows one document."""

    number: str
    day: str
    customer: str
    one: str


Query = Callable[["Reader", Cut], str]
"""A measure's SQL for the reader's scope, as `part` writes it, over the days from :start to :end."""


def part(cut: Cut, key: str, value: str, origin: Origin, rest: str, whole: str = "0") -> str:
    """One SELECT of a measure with the columns key, value, whole; `rest` is FROM and WHERE."""
    if cut.papers:
        paper = f"{origin.day} AS day, {origin.number} AS number, {origin.customer} AS customer_id"
        meant = f"{key} IS NULL" if cut.keyless else f"{key} = :key"
        return f"SELECT {paper}, {value} AS value, {whole} AS whole {rest} AND {meant} GROUP BY {origin.one}"
    grouped = "" if cut.by == ALL else f" GROUP BY {key}"
    return f"SELECT {key} AS key, {value} AS value, {whole} AS whole {rest}{grouped}"


_NAMES = {"staff": ("staff", "code"), "customer": ("customer", "code"), "product": ("product", "sku")}


def figures(r: Reader, query: Query, by: str, start: date, end: date) -> list[Figure]:
    """The measure by a dimension over the days from `start` to `end`, both included; only keys of which there is something to say."""
    grouped = f"SELECT key, sum(value) AS value, sum(whole) AS whole FROM ({query(r, Cut(by))}) AS parts GROUP BY key"
    if by in _NAMES:
        table, code = _NAMES[by]
        sql = f"SELECT n.{code}, n.name, t.value, t.whole FROM ({grouped}) AS t LEFT JOIN {table} n ON n.id = t.key"
    else:
        sql = f"SELECT t.key, t.key, t.value, t.whole FROM ({grouped}) AS t"
    return [row for row in r.rows(Figure, sql, start=start, end=end) if row.value is not None or row.whole]


def papers(r: Reader, query: Query, by: str, code: str | None, start: date, end: date) -> list[Paper]:
    """The documents behind the figure of one key, by day; `code` as a ranking shows it. KPI-06."""
    key = _key(r, by, code)
    behind = query(r, Cut(by, papers=True, keyless=key is None))
    sql = f"""SELECT t.day, t.number, c.code, c.name, sum(t.value), sum(t.whole) FROM ({behind}) AS t
              LEFT JOIN customer c ON c.id = t.customer_id GROUP BY t.day, t.number, c.code, c.name ORDER BY t.day, t.number"""
    found = r.rows(Paper, sql, start=start, end=end, key=key)
    return [row for row in found if row.value or row.whole]


def _key(r: Reader, by: str, code: str | None) -> int | str | None:
    """What a query calls the key: the id of a person, customer or product, else the text itself."""
    if by == ALL:
        return ALL
    if by not in _NAMES or code is None:
        return code
    table, column = _NAMES[by]
    found: int | None = r.value(f"SELECT id FROM {table} WHERE {column} = :code", code=code)
    return found
