"""Invariants of the file itself: SQLite's own, the CHECKs of the tables, the number series, the history."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salescli.book.flaws import sentence
from salescli.core.checks import Check
from salescli.core.history_rows import runs, verify_rows
from salescli.core.history_verify import verify_chain
from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader

MOST_REPORTED = 100  # by SQLite's own checks: a badly damaged file names the same trouble thousands of times


def integrity(r: Reader) -> Iterator[str]:
    """Pages and indexes as SQLite itself proves them."""
    for (line,) in r.tuples(f"PRAGMA integrity_check({MOST_REPORTED})"):
        yield from (text for text in line.splitlines() if text != "ok")


def values(r: Reader) -> Iterator[Message]:
    """Rows that break a CHECK of their table: SQLite itself does not look on a file opened for reading only."""
    for table, sql in r.tuples("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        rules = table_checks(sql or "")
        if rules:
            broken = " ".join(f"WHEN NOT ({rule}) THEN '{name}'" for name, rule in rules.items())
            found = r.tuples(f'SELECT id, CASE {broken} END AS broken_rule FROM "{table}" WHERE broken_rule IS NOT NULL')
            for row_id, name in found:
                yield msg(N_("{table} {row} breaks {rule}"), table=table, row=row_id, rule=name)


def table_checks(sql: str) -> dict[str, str]:
    """Names and conditions of the CHECKs in a CREATE TABLE."""
    found = {}
    for start in re.finditer(r"CONSTRAINT (\w+) CHECK \(", sql):
        depth, end = 1, start.end()
        for token in re.finditer(r"'[^']*'|[()]", sql[start.end() :]):
            depth += {"(": 1, ")": -1}.get(token[0], 0)
            if depth == 0:
                end += token.start()
                break
        found[start[1]] = sql[start.end() : end]
    return found


def foreign_keys(r: Reader) -> Iterator[Message]:
    """Rows that refer to rows which are not there."""
    for table, row_id, parent, _number in r.tuples("PRAGMA foreign_key_check"):
        yield msg(N_("{table} {row} refers to a row of {parent} that is not there"), table=table, row=row_id, parent=parent)


class _Series(NamedTuple):
    series: str
    period: str
    last: int


def number_gaps(r: Reader) -> Iterator[Message]:
    """Numbers of a monthly series that no document carries (ORD-17); codes of things numbered through may be given by hand."""
    homes = _homes(r)
    for series in r.rows(_Series, "SELECT series, period, last FROM number_series WHERE period <> 'all' ORDER BY series, period"):
        prefix = f"{series.series}-{series.period}-"
        missing = sorted(set(range(1, series.last + 1)) - _taken(r, homes, prefix))
        for run in runs(missing):
            yield msg(N_("{prefix}: the number {numbers} is on no document"), prefix=prefix, numbers=run)


def _homes(r: Reader) -> list[tuple[str, str]]:
    """Every table and column a document number may stand in."""
    sql = """SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND c.name IN ('number', 'document') AND t.name <> 'history' ORDER BY t.name, c.name"""
    return r.tuples(sql)


def _taken(r: Reader, homes: list[tuple[str, str]], prefix: str) -> set[int]:
    found: set[int] = set()
    for table, column in homes:
        sql = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" >= :low AND "{column}" < :high'
        tails = [number[len(prefix) :] for number in r.column(sql, low=prefix, high=prefix[:-1] + ".")]
        found.update(int(tail) for tail in tails if tail.isdecimal())
    return found


def schema_version(r: Reader) -> Iterator[Message]:
    """The version in the file's header and the migration it carries."""
    version, stamp = r.value("PRAGMA user_version"), r.value("SELECT version_num FROM alembic_version")
    if stamp != f"{version:04d}":
        yield msg(N_("the file says version {version}, its migrations say {stamp}"), version=version, stamp=stamp)


def history_chain(r: Reader) -> Iterator[Message]:
    """The chain of the log."""
    return map(sentence, verify_chain(r))


def history_rows(r: Reader) -> Iterator[Message]:
    """Every row against the log."""
    return map(sentence, verify_rows(r))


CHECKS = (
    Check("integrity", N_("pages and indexes of the file hold together"), integrity),
    Check("values", N_("every value is of its kind and within its bounds"), values),
    Check("foreign_keys", N_("every reference leads somewhere"), foreign_keys),
    Check("schema_version", N_("the file's version and its migrations agree"), schema_version),
    Check("number_gaps", N_("no number of a series is missing"), number_gaps),
    Check("history_chain", N_("the history is unbroken"), history_chain),
    Check("history_rows", N_("every row is as the history says"), history_rows),
)
