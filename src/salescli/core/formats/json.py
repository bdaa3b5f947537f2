"""JSON as scripts rely on it: {"schema", "as_of", "rows", "totals", "notes"}; keys and codes are never translated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.formats.values import blocks, by_column, machine, machine_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from salescli.core.report import Report


def write(report: Report, out: TextIO) -> None:
    """Write the envelope, one row a line."""
    out.writelines(_pieces(report))


def text(value: object) -> str:
    """One JSON value on one line, Chinese as itself."""
    from json import dumps

    return dumps(value, ensure_ascii=False)


def _pieces(report: Report) -> Iterator[str]:
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=False).encode
    keys = [column.key for column in report.columns]
    yield f'{{"schema": {encode(f"salescli.{report.name}/1")}, "as_of": {encode(report.as_of)}, "rows": ['
    before = "\n"
    for block in blocks(report):
        for row in zip(*(machine_column(cells, c.kind) for cells, c in by_column(block)), strict=True):
            yield before + encode(dict(zip(keys, row, strict=True)))
            before = ",\n"
    notes = [note.render() for note in report.notes]
    yield "\n" if report.rows else ""
    yield f'], "totals": {encode(_totals(report))}, "notes": {encode(notes)}}}\n'


def _totals(report: Report) -> Mapping[str, Any]:
    kinds = {column.key: column.kind for column in (*report.figures, *report.columns)}
    return {key: machine(value, kinds.get(key, "text")) for key, value in report.totals.items()}
