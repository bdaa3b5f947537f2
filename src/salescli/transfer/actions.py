"""Import of one file, from its bytes to the last row; everything or nothing (DAT-02)."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from salescli.core import jobs_errors, ui
from salescli.core.errors import Kind as Failure
from salescli.core.errors import Problem, SalesError, problem
from salescli.core.i18n import N_, msg
from salescli.core.jobs import Faulty, Job, Options, told
from salescli.core.jobs_columns import IGNORED, plain
from salescli.core.jobs_files import encoding_of, load
from salescli.core.jobs_table import REMARK, read_mapping, read_table
from salescli.core.report import Done
from salescli.transfer.kinds import companions, kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salescli.core.jobs import Kind
    from salescli.core.jobs_files import Source
    from salescli.core.jobs_table import Table
    from salescli.core.writer import Writer

SAMPLED = 1000
"""Rows per index looked at for the statistics: enough to choose an index by, and 100,000 rows cost milliseconds."""

ANALYSED_FROM = 1000
"""Rows from which the statistics of the book are gathered anew: a bulk load changes which index is the right one."""

NEXT = {
    "staff": "salescli staff list", "customers": "salescli customer list", "products": "salescli product list",
    "prices": "salescli price changes", "stock": "salescli stock list", "leads": "salescli lead list",
    "suppliers": "salescli purchase supplier list", "supplier-prices": "salescli purchase supplier prices",
    "contacts": "salescli customer birthdays", "visits": "salescli visit list",
    "orders": "salescli order list", "returns": "salescli kpi rank --metric returns",
    "receivables": "salescli ar aging", "receipts": "salescli ar aging",
}  # fmt: skip


def import_file(
    w: Writer, name: str, path: str, options: Options, *, mapping: str | None = None, sheet: str | None = None, errors: str | None = None
) -> Done:
    """Import a file of a kind. Raises SalesError (exit 9) with every fault; the file `errors` then holds the faulty rows."""
    wanted = kind(name)
    columns = read_mapping(mapping, wanted.layout)
    source = load(path, sheet)
    with _without_collector():
        return _import(w, wanted, source, options, columns, errors)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Half a million fresh tuples make the cyclic collector walk them again and again for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _import(w: Writer, wanted: Kind, source: Source, options: Options, columns: Mapping[str, str | None], errors: str | None) -> Done:
    with ui.progress(N_("Reading rows")) as advance:
        table = read_table(source, wanted.layout, columns, advance)
    job = Job(w, wanted, source, table, options)
    job.companions = companions(wanted.name)
    try:
        with ui.progress(N_("Checking and writing")) as job.advance:
            wanted.run(job)
            for companion in job.companions:
                companion.write(job)
    except Faulty as faulty:
        raise _refused(faulty, source, table, errors) from None
    if job.faults:
        job.warnings += _left_out(job, errors)
    if len(table) >= ANALYSED_FROM and (job.added or job.changed):
        w.flush()
        w.reader.connection.execute(f"PRAGMA analysis_limit = {SAMPLED}")
        w.reader.connection.execute("ANALYZE")
    return _done(job, wanted.name)


def _left_out(job: Job, errors: str | None) -> list[Problem]:
    """The faulty rows an import with --partial left out, named, and written to the file of --errors."""
    faults = sorted(job.faults, key=lambda fault: fault.row)
    cells = jobs_errors.faulty_cells(job.source, faults)
    if errors:
        jobs_errors.write(errors, job.table, cells, faults)
    text = N_("{rows:,} faulty {rows:row|rows} {rows:was|were} left out")
    hint = (
        N_("the faulty rows with their reasons stand in {errors}")
        if errors
        else N_("--errors FILE writes the faulty rows with their reasons")
    )
    last = problem("rows_left_out", text, hint=hint, rows=len(cells), errors=errors or "")
    return [*told(faults, job.table, cells).problems, last]


def _refused(faulty: Faulty, source: Source, table: Table, errors: str | None) -> SalesError:
    """Every fault told, the faulty rows written to the file of --errors."""
    faults = faulty.faults
    cells = jobs_errors.faulty_cells(source, faults)
    rows = len(cells)
    hint = N_("--errors FILE writes the faulty rows with their reasons")
    if errors:
        jobs_errors.write(errors, table, cells, faults)
        hint = N_("the faulty rows with their reasons stand in {errors}; mend them there and import that file, then the rest")
    text = N_("nothing was imported from {file}: faults {faults:,}, rows with faults {rows:,}")
    last = problem(
        "nothing_imported", text, kind=Failure.INPUT, hint=hint, faults=len(faults), rows=rows, file=source.name, errors=errors or ""
    )
    return SalesError((*told(faults, table, cells).problems, last))


def _done(job: Job, name: str) -> Done:
    counts = {"rows": len(job.table), "added": job.added, "changed": job.changed, "skipped": job.skipped, "more": job.accompanying}
    if name == "orders":
        text = N_("{file}: {rows:,} {rows:line|lines}; orders added {added:,}, changed {changed:,}, already there {skipped:,}")
    elif job.accompanying:
        text = N_("{file}: {rows:,} {rows:row|rows}; added {added:,}, changed {changed:,}, already there {skipped:,}; receivables {more:,}")
    else:
        text = N_("{file}: {rows:,} {rows:row|rows}; added {added:,}, changed {changed:,}, already there {skipped:,}")
    return Done(
        message=msg(text, file=job.source.name, **counts),
        document=job.source.name,
        next=(NEXT[name],),
        facts={k: v for k, v in counts.items() if k != "more"},
        warnings=(*job.warnings, *_doubles(job, name), *_remarks(job)),
    )


NOUNS = {"customers": "customer", "leads": "lead"}
"""Kinds of rows somebody may be entered twice by."""


def _doubles(job: Job, name: str) -> Iterator[Problem]:
    """An import takes doubles in, since the files of other systems have them, but never in silence. LED-10."""
    if name not in NOUNS or not job.added:
        return
    from salescli.customer.reads_duplicates import imported_twice

    count = imported_twice(job.w.reader, NOUNS[name], job.import_id)
    if count:
        text = N_("{count:,} of them {count:looks|look} like somebody else by name, telephone or tax number")
        hint = N_("see who and who holds them: salescli customer duplicates")
        yield problem("imported_twice", text, rule="LED-10", hint=hint, count=count)


def _remarks(job: Job) -> Iterator[Problem]:
    """What a person should know about how the file was read."""
    header = job.table.header
    pairs = list(zip(header.cells, header.keys, strict=True))
    kept = [cell.strip() for cell, key in pairs if key == REMARK]
    if kept:
        yield problem("kept_in_note", N_("kept in the note: {columns}"), columns=kept)
    left = [cell.strip() for cell, key in pairs if key is None and cell.strip() and plain(cell) not in IGNORED]
    if left:
        yield problem("left_out", N_("columns left out: {columns}"), columns=left)
    if job.table.sums:
        yield problem("sums_left_out", N_("rows of totals passed over: {rows}"), rows=job.table.sums)
    if job.source.data[:4] not in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0") and encoding_of(job.source) == "gb18030":
        yield problem("read_as", N_("{file} was read as GB18030 (it is no UTF-8)"), file=job.source.name)
