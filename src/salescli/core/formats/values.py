"""Cells as text, a column at a time: `machine` for scripts (JSON, CSV), `human` for people (grouped, translated)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_, UNKNOWN, _, code_label, language
from salescli.core.money import amount_text, grouped, percent_text, price_text, quantity_text
from salescli.core.report import RAW_TEXT, TEXT_KINDS, Column, Figure, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_DECIMAL: dict[str, Callable[[int], str]] = {
    "amount": amount_text,
    "price": price_text,
    "quantity": quantity_text,
    "percent": percent_text,
}

# Patterns are text here and compiled when a cell first needs them, not at every start.
# What would break a row or drive the terminal: line ends, C0 and C1 controls, direction overrides, lone surrogates.
_LINE_END = r"[\t\n\v\f\r\u2028\u2029\x85]+"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
UTC = "+00:00"
# Signs of two cells: Chinese text made of them and ASCII is measured without loading wcwidth.
_WIDE = ((0x3000, 0x3029), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xFF01, 0xFF60))


class _Cells(dict[str, int]):
    """Cells of the signs seen so far. Raises KeyError for a sign whose width depends on its neighbours or is not plain."""

    def __missing__(self, sign: str) -> int:
        code = ord(sign)
        if " " <= sign <= "~":
            self[sign] = 1
        elif any(first <= code <= last for first, last in _WIDE):
            self[sign] = 2
        else:
            raise KeyError(sign)
        return self[sign]


_CELLS = _Cells()


def machine(cell: Any, kind: str) -> Any:
    """One cell as JSON holds it: decimal text for money and quantity, numbers for counts, None where unknown."""
    if kind == "figure" and isinstance(cell, Figure):
        cell, kind = cell.value, cell.kind
    if cell is None:
        return None
    if kind in _DECIMAL:
        return _DECIMAL[kind](cell) if isinstance(cell, int) else str(cell)
    if kind == "bool":
        return bool(cell)
    return cell if isinstance(cell, (int, str)) else str(cell)


def machine_column(cells: Sequence[Any], kind: str) -> Sequence[Any]:
    """A whole column as `machine` writes it."""
    if kind == "amount" and all(type(cell) is int and cell >= 0 for cell in cells):
        return [f"{cell // 100}.{cell % 100:02d}" for cell in cells]
    if kind in RAW_TEXT and all(type(cell) is str for cell in cells):
        return cells
    return [machine(cell, kind) for cell in cells]


def human(cell: Any, kind: str) -> str:
    """One cell as a person reads it: "1,234.50", "95.43%", "part delivered", "-" where unknown; safe to draw."""
    if kind == "figure" and isinstance(cell, Figure):
        cell, kind = cell.value, cell.kind
    if cell is None:
        return UNKNOWN
    if isinstance(cell, int) and kind in _DECIMAL:
        text = grouped(_DECIMAL[kind](cell))
        return text + "%" if kind == "percent" else text
    if kind == "int" and isinstance(cell, int):
        return f"{cell:,}"
    return _human_text(cell, kind)


def _human_text(cell: Any, kind: str) -> str:
    if kind == "code":
        return visible(code_label(cell)) if cell != "" else ""
    if kind == "bool":
        return _(N_("yes")) if cell else _(N_("no"))
    if kind == "time":
        return visible(_by_the_clock(str(cell)))
    return visible(str(cell))


def _by_the_clock(moment: str) -> str:
    """A moment as the clock on this machine showed it; the book keeps it in UTC. A day or hour without a zone stays as it is."""
    if not moment.endswith(UTC):
        return moment.replace("T", " ")
    from datetime import datetime

    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")


_REPEATED = frozenset({"code", "date", "int", "percent"})
"""Kinds of which a long column holds few different cells: each is written once."""


def human_column(cells: Sequence[Any], kind: str) -> list[str]:
    """A whole column as `human` writes it."""
    if kind == "amount" and all(type(cell) is int and cell >= 0 for cell in cells):
        return [f"{cell // 100:,}.{cell % 100:02d}" for cell in cells]
    if kind == "text" and all(type(cell) is str for cell in cells):
        return [cell if cell.isprintable() else visible(cell) for cell in cells]
    if kind in _REPEATED:
        labels = {cell: human(cell, kind) for cell in set(cells)}
        return [labels[cell] for cell in cells]
    return [human(cell, kind) for cell in cells]


def visible(text: str) -> str:
    """Text that stays in its row and sends nothing to the terminal: line ends become a space, controls a visible sign."""
    if text.isprintable():
        return text
    return re.sub(_CONTROL, _sign, re.sub(_LINE_END, " ", text))


def _sign(found: re.Match[str]) -> str:
    """The control picture of an ASCII control (ESC is "␛"), the replacement sign for the rest."""
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def width(text: str) -> int:
    """Cells the text takes on a terminal; Chinese characters take two. Controls must be gone."""
    if text.isascii():
        return len(text)
    try:
        return sum(map(_CELLS.__getitem__, text))
    except KeyError:
        from wcwidth import wcswidth

        return max(wcswidth(text), 0)


def is_number(column: Column) -> bool:
    """Whether the column is written from the right."""
    return column.kind not in TEXT_KINDS


def titles(columns: Iterable[Column]) -> list[str]:
    """Column titles in the language in use."""
    return [visible(_(column.title)) for column in columns]


BLOCK = 5_000
"""Rows written at a time: the text of a long list would take more memory than the list itself."""


def blocks(report: Report) -> Iterator[Report]:
    """The report in pieces of so many rows, none for an empty one."""
    for start in range(0, len(report.rows), BLOCK):
        yield report._replace(rows=report.rows[start : start + BLOCK])


def by_column(report: Report) -> Iterator[tuple[Sequence[Any], Column]]:
    """The raw cells of each column with it. Raises ValueError for rows of another length than the columns."""
    cells = list(zip(*report.rows, strict=True)) or [() for _column in report.columns]
    return zip(cells, report.columns, strict=True)


def human_columns(report: Report) -> list[list[str]]:
    """All cells as people read them, column by column."""
    return [human_column(cells, column.kind) for cells, column in by_column(report)]


def total_row(report: Report) -> list[str] | None:
    """The cells of the totals line, its name in the first free column; None when no column has a total."""
    cells = [human(report.totals[c.key], c.kind) if c.key in report.totals else "" for c in report.columns]
    if not any(c.key in report.totals for c in report.columns):
        return None
    free = [i for i, c in enumerate(report.columns) if c.key not in report.totals]
    named = [i for i in free if not is_number(report.columns[i])] or free
    if named:
        cells[named[0]] = _(N_("Total"))
    return cells


def labelled(label: str, text: str) -> str:
    """A label before its text, with the colon of the language in use."""
    return f"{label}：{text}" if language() == "zh" else f"{label}: {text}"


def parted(parts: Iterable[str], english: str, chinese: str) -> str:
    """The parts in one line, with the sign between them of the language in use."""
    return (chinese if language() == "zh" else english).join(parts)


def figure_lines(report: Report) -> list[str]:
    """Totals that belong to no column of the rows, one line each."""
    shown = {column.key for column in report.columns}
    kinds = {column.key: column for column in report.figures}
    rest = [kinds.get(key, Column(key, key)) for key in report.totals if key not in shown]
    return [labelled(visible(_(column.title)), human(report.totals[column.key], column.kind)) for column in rest]


def as_records(report: Report) -> Report:
    """The report turned for reading: one (field, value) row per field; an empty row parts two records."""
    rows: list[tuple[str, str]] = []
    names = titles(report.columns)
    for row in report.rows:
        rows += [("", "")] if rows else []
        rows += [(name, human(cell, c.kind)) for name, cell, c in zip(names, row, report.columns, strict=True)]
    fields = (Column("field", N_("Field")), Column("value", N_("Value")))
    described = {column.key for column in report.figures}
    totals = {key: value for key, value in report.totals.items() if key in described}
    return report._replace(columns=fields, rows=rows, totals=totals)
