"""Document numbers without gaps, taken inside the write transaction (ORD-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader


def next_number(reader: Reader, series: str, day: date) -> str:
    """The next number of a series in the day's month, like SO-202611-0042.

    Must run inside the writer's transaction: a command that fails gives its number back, so no gap and no double can arise.
    """
    period = f"{day:%Y%m}"
    sql = """INSERT INTO number_series (series, period, last) VALUES (:series, :period, 1)
             ON CONFLICT (series, period) DO UPDATE SET last = number_series.last + 1 RETURNING last"""
    last = reader.value(sql, series=series, period=period)
    return f"{series}-{period}-{last:04d}"


def next_code(reader: Reader, series: str, table: str) -> str:
    """The next code of things that are numbered through, like customer C0001; codes somebody gave by hand are passed over.

    Must run inside the writer's transaction, like `next_number`.
    """
    sql = """INSERT INTO number_series (series, period, last) VALUES (:series, 'all', 1)
             ON CONFLICT (series, period) DO UPDATE SET last = number_series.last + 1 RETURNING last"""
    taken: int = reader.value(sql, series=series)
    number = taken
    while reader.value(f"SELECT id FROM {table} WHERE code IN (:code, :lower)", code=(code := _code(series, number)), lower=code.lower()):
        number = _gap(reader, series, table, number + 1)
    if number != taken:
        reader.execute(
            "UPDATE number_series SET last = :last WHERE series = :series AND period = 'all'", {"last": number, "series": series}
        )
    return code


def _code(series: str, number: int) -> str:
    return f"{series}{number:04d}"


def _gap(reader: Reader, series: str, table: str, number: int) -> int:
    """The first number from `number` on whose code is not in the table: codes of equal length are walked in their index once."""
    length = len(_code(series, number))
    sql = f"SELECT code FROM {table} WHERE code BETWEEN :first AND :last AND length(code) = :length ORDER BY code"
    last = series + "9" * (length - len(series))
    for (code,) in reader.execute(sql, {"first": _code(series, number), "last": last, "length": length}):
        if code == _code(series, number):
            number += 1
        elif code > _code(series, number):
            break
    return number
