"""One import: everything or nothing, every fault named by row and column, the same file twice changes nothing (DAT-02).

A room declares a `Kind` in its imports.py: columns, and `run(job)` which compares the rows with the book, names faults through the
job, calls `job.start()` once all is checked, and writes. Nothing is written before `start`.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from salescli.core.errors import Kind as Failure
from salescli.core.errors import Problem, SalesError, problem
from salescli.core.i18n import N_, Message, msg
from salescli.core.jobs_table import Fault, Layout, Table
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from salescli.core.jobs_files import Source
    from salescli.core.schema import Book
    from salescli.core.writer import Writer

MOST_NAMED = 10_000
"""Faults told on the screen; the file of --errors holds every faulty row."""

LONGEST_SHOWN = 60

PIECE = 10_000
"""Rows made and inserted at a time: a multiple of what one entry of the history covers."""

OTHER_VALUES = N_("{code} is in the book with other values: {fields}; --update takes the file's")
TWICE = N_("{code} stands in row {row} already")


class Kind(NamedTuple):
    """What can be imported: name on the command line, how its file looks, which options it knows, and the function that does it."""

    name: str
    layout: Layout
    run: Callable[[Job], None]


class Options(NamedTuple):
    """How an import deals with what is there already, and with what is missing; `partial`: faulty rows are left out, not the whole file."""

    update: bool = False
    create: bool = False
    split: bool = False
    partial: bool = False


class Job:
    """What an import works with: the writer, the file's table, the options; it counts and collects."""

    def __init__(self, w: Writer, kind: Kind, source: Source, table: Table, options: Options) -> None:
        self.w = w
        self.kind = kind
        self.source = source
        self.table = table
        self.options = options
        self.faults: list[Fault] = list(table.faults)
        self.added = self.changed = self.skipped = 0
        self.extras: dict[str, Any] = {}
        self.companions: list[Companion] = []
        self.accompanying = 0
        self.advance: Callable[[int], None] = lambda _rows: None
        self.warnings: list[Problem] = []
        self._batch: int | None = None

    @property
    def import_id(self) -> int:
        """The id that marks every row of this import."""
        if self._batch is None:
            self._batch = self.w.next_id("import_batch")
        return self._batch

    # --- naming faults

    def fault(self, place: int, key: str, code: str, text: str, /, **facts: Any) -> None:
        """Name a fault of the row at `place` (position in the table) in a column."""
        self.faults.append(Fault(self.table.rows[place], key, code, msg(text, **facts)))

    def resolve(self, key: str, known: Mapping[str, Any], code: str, text: str, *, fold: Callable[[str], str] | None = None) -> list[Any]:
        """The column's values looked up in `known` (None stays None); a value that is not there is a fault of its row."""
        values = self.table.column(key)
        distinct = dict.fromkeys(values)
        distinct.pop(None, None)
        found = {value: known.get(fold(value) if fold else value) for value in distinct}
        lost = {value for value, target in found.items() if target is None}
        if lost:
            for place, value in enumerate(values):
                if value in lost:
                    self.fault(place, key, code, text, value=shortened(value))
        found[None] = None
        return [found[value] for value in values]

    # --- writing

    def check(self) -> None:
        """Stop here when anything is wrong. Raises SalesError (exit 9) with every fault."""
        if self.faults and not self.options.partial:
            raise Faulty(self.faults)

    def start(self) -> bool:
        """Call once before the first write: stops at faults, and notes the import unless nothing changes (then False)."""
        for companion in self.companions:
            companion.plan(self)
        self.check()
        if not (self.added or self.changed or self.accompanying):
            return False
        batch = {
            "id": self.import_id,
            "kind": self.kind.name,
            "file_name": self.source.name,
            "sha256": self.source.digest,
            "day": self.w.today,
            "staff_id": self.w.actor.id,
            "rows": len(self.table),
            "added": self.added,
            "changed": self.changed,
            "skipped": self.skipped,
        }
        self.w.document = self.source.name
        self.w.insert_one("import_batch", batch)
        return True

    def insert(self, table: type[Book] | str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """`Writer.insert_many` piece by piece."""
        waiting = iter(rows)
        while piece := list(islice(waiting, PIECE)):
            self.w.insert_many(table, columns, piece)
            self.advance(len(piece))


class Companion(Protocol):
    """What another room does with the same file, such as the opening receivables of customers.

    `plan` names its faults and counts its rows in `job.accompanying` before anything is written; `write` comes after the kind's own rows.
    """

    def plan(self, job: Job) -> None: ...

    def write(self, job: Job) -> None: ...


class Faulty(Exception):
    """An import that found faults: nothing was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda f: f.row)
        super().__init__(f"{len(self.faults)} faults")


def shortened(value: Any) -> str:
    """A value short enough for a sentence."""
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def told(faults: Sequence[Fault], table: Table, cells: Mapping[int, Sequence[str]]) -> SalesError:
    """The faults as problems a person can go through: row, column as the file calls it, value, reason."""
    problems = [_told(fault, table, cells.get(fault.row, ())) for fault in faults[:MOST_NAMED]]
    if len(faults) > MOST_NAMED:
        text = N_("and {count:,} more")
        problems.append(problem("more_faults", text, kind=Failure.INPUT, count=len(faults) - MOST_NAMED))
    return SalesError(problems)


def _told(fault: Fault, table: Table, cells: Sequence[str]) -> Problem:
    reason = fault.reason
    if "text" in reason.facts:
        reason = Message(reason.text, {**reason.facts, "text": shortened(reason.facts["text"])})
    facts: dict[str, Any] = {"row": fault.row, "column": table.header.name_of(fault.key), "key": fault.key, "reason": reason}
    value = next((c for c, k in zip(cells, table.header.keys, strict=False) if k == fault.key), "")
    facts["value"] = shortened(value.strip())
    if not fault.key:
        text = N_("row {row}: {reason}")
    elif "{text}" in reason.text or not facts["value"]:
        text = N_("row {row}, {column}: {reason}")
    else:
        text = N_('row {row}, {column}: "{value}": {reason}')
    return problem(fault.code, text, kind=Failure.INPUT, **facts)
