"""Codes of things numbered through: the first free one, however many somebody has given by hand (ORD-17)."""

from __future__ import annotations

import sqlite3
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from salescli.core.numbering import next_code
from salescli.core.reader import Reader

CODES = st.sampled_from(["C", "c"]).flatmap(
    lambda letter: st.one_of(
        st.integers(1, 30).map(lambda n: f"{letter}{n:04d}"),
        st.integers(9_990, 10_020).map(lambda n: f"{letter}{n:04d}"),
        st.sampled_from([f"{letter}00A1", f"{letter}000", f"{letter}00001", f"{letter}000A", f"{letter}10000-1", letter]),
    )
)


def book(codes: set[str], last: int) -> Reader:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, code TEXT UNIQUE)")
    connection.execute("CREATE TABLE number_series (series TEXT, period TEXT, last INTEGER, UNIQUE (series, period))")
    connection.executemany("INSERT INTO customer (code) VALUES (?)", [(code,) for code in sorted(codes)])
    if last:
        connection.execute("INSERT INTO number_series VALUES ('C', 'all', ?)", (last,))
    return Reader(connection, date(2026, 11, 3))


@given(st.sets(CODES, max_size=40), st.sampled_from([0, 1, 5, 9_989, 9_998, 10_000]))
def test_the_next_code_is_the_first_nobody_has(codes: set[str], last: int) -> None:
    """As if every number were tried in its turn; whoever asks again gets a later one."""
    reader, number = book(codes, last), last
    for _time in range(3):
        number += 1
        while {f"C{number:04d}", f"c{number:04d}"} & codes:
            number += 1
        assert next_code(reader, "C", "customer") == f"C{number:04d}"


def test_a_hundred_thousand_imported_codes_are_passed_over_at_once() -> None:
    reader = book({f"C{n:04d}" for n in range(1, 100_001)}, 0)
    asked: list[str] = []
    reader.connection.set_trace_callback(asked.append)
    assert next_code(reader, "C", "customer") == "C100001"
    assert len(asked) < 20
    assert next_code(reader, "C", "customer") == "C100002"
