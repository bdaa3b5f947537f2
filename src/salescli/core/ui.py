"""The only printer: results on standard output, messages, progress and questions on standard error."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, SalesError, fail
from salescli.core.formats import BINARY, FORMATS, SUFFIXES, writer
from salescli.core.formats.target import prepare_streams, quiet_pipe, replacing
from salescli.core.i18n import N_, Message, _, code_label, msg
from salescli.core.prompts import ask, choose, confirm, interactive, progress
from salescli.core.report import Change, Done, OutputOptions, Report, arranged, with_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import PathLike

__all__ = [
    "OutputOptions", "ask", "choose", "confirm", "done", "error", "format_of", "interactive", "note", "prepare_streams",
    "progress", "save", "show", "text", "warn",
]  # fmt: skip

STDOUT = "-"
MOST_TERMINAL_ROWS = 200  # Rich draws about 2,200 rows a second: a few screens are enough


def format_of(options: OutputOptions) -> str:
    """The format asked for, else the one of the file's suffix, else a table on a terminal and plain text elsewhere."""
    if options.format:
        return _known_format(options.format)
    if options.output and options.output != STDOUT:
        return _suffix_format(options.output)
    return "table" if sys.stdout.isatty() else "plain"


def _known_format(name: str) -> str:
    if name not in FORMATS:
        fail("unknown_format", N_("there is no format {name}"), kind=Kind.USAGE, hint=N_("formats: {known}"), name=name, known=FORMATS)
    return name


def _suffix_format(path: str) -> str:
    from pathlib import PurePath

    suffix = PurePath(path).suffix.lower()
    if suffix not in SUFFIXES:
        fail(
            "unknown_suffix",
            N_("the name {file} does not tell the format"),
            kind=Kind.USAGE,
            hint=N_("end it in one of {known}, or add --format"),
            file=path,
            known=list(SUFFIXES),
        )
    return SUFFIXES[suffix]


def show(report: Report, options: OutputOptions | None = None, *, leaving: Callable[[], None] | None = None) -> None:
    """Print a report, or write it to a file, as the options ask. Raises usage problems; a closed pipe is no error.

    `leaving` is called when nothing can be refused any more and no row has left: what it cannot note stays here.
    """
    options = options or OutputOptions()
    prepare_streams()
    name = format_of(options)
    view = arranged(report, options)
    if options.columns and name != "json":
        view = with_columns(view, options.columns)
    before = leaving or _nothing
    if options.output and options.output != STDOUT:
        _save_report(view, name, options.output, before)
    elif view.rows or name not in ("table", "plain"):
        _print_report(view, name, before, limited=options.limit is not None)
    else:
        before()
        _print_lines(sys.stderr, (view.empty_message(), *view.notes))


def _nothing() -> None:
    """Nothing is to be noted."""


def _save_report(report: Report, name: str, path: str, before: Callable[[], None]) -> None:
    with replacing(path) as file:
        before()
        if name in BINARY:
            writer(name)(report, file)
        else:
            stream = TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
            writer(name)(report, stream)
            stream.flush()
            stream.detach()
    if sys.stderr.isatty():
        note(msg(N_("{count} {count:row|rows} written to {file}"), count=len(report.rows), file=path))


def _print_report(report: Report, name: str, before: Callable[[], None], *, limited: bool) -> None:
    stream: Any = sys.stdout
    if name in BINARY:
        if stream.isatty():
            fail("needs_file", N_("{name} is no text for a terminal"), kind=Kind.USAGE, hint=N_("add -o FILE.{name}"), name=name)
        stream = stream.buffer
    shown = report
    if name == "table" and stream.isatty() and not limited:
        shown = report._replace(rows=report.rows[:MOST_TERMINAL_ROWS])
    before()
    with quiet_pipe(sys.stdout):
        writer(name)(shown, stream)
    if len(shown.rows) < len(report.rows):
        rest = N_("the first {shown} of {count} rows; all of them: --limit {count}, --format plain, or -o FILE.xlsx")
        note(msg(rest, shown=len(shown.rows), count=len(report.rows)))


def done(result: Done, format: str | None = None, *, name: str = "write", dry_run: bool = False) -> None:
    """Print what a write did: sentence, changes, next step; with format "json" the envelope salescli.<name>/1."""
    prepare_streams()
    if format == "json":
        from salescli.core.formats.json import text as json_text

        _print_lines(sys.stdout, (json_text(_done_envelope(result, name, dry_run)),))
        return
    _print_lines(sys.stdout, _done_lines(result))
    for problem in result.warnings:
        warn(problem)
    if dry_run:
        note(msg(N_("Dry run: nothing was kept.")))


def _done_lines(result: Done) -> list[str]:
    from salescli.core.formats.values import labelled
    from salescli.core.placeholders import spelled

    changes = [f"  {labelled(_field_name(change.field), _sides(change))}" for change in result.changes]
    return [result.message.render(), *changes, *(labelled(_(N_("Next")), spelled(command)) for command in result.next)]


def _field_name(field: str) -> str:
    """A changed field for people: a column's code ("credit_limit") translated as one, also before a name; else a marked sentence."""
    code, _blank, name = field.partition(" ")
    if code.isidentifier() and code.isascii() and _(field) == field:
        return f"{code_label(code)} {name}".strip()
    return _(field)


CODED = frozenset({"state", "stage", "role", "review", "intent", "channel"})
"""Fields whose values are codes, translated for people."""


def _sides(change: Change) -> str:
    """Before and after of a change; a field that had nothing shows only what it became."""
    before, after = (_side(change.field, side) if side else side for side in (change.before, change.after))
    after = after if after is not None else _(N_("(none)"))
    return after if before is None else f"{before} → {after}"


def _side(field: str, text: str) -> str:
    """A value as a person reads it: a code translated, an amount or price (its decimals tell) with thousands separators."""
    if field in CODED or text in ("yes", "no"):
        return code_label(text)
    from salescli.core.money import grouped

    whole, point, decimals = text.removeprefix("-").partition(".")
    return grouped(text) if point and len(whole) > 3 and len(decimals) >= 2 and (whole + decimals).isdecimal() else text


def _done_envelope(result: Done, name: str, dry_run: bool) -> dict[str, Any]:
    from salescli.core.i18n import machine_text

    return {
        "schema": f"salescli.{name}/1",
        "ok": True,
        "document": result.document,
        "message": result.message.render(),
        "changes": [change._asdict() for change in result.changes],
        "next": list(result.next),
        "warnings": [_problem_json(problem) for problem in result.warnings],
        "facts": result.message.json_facts() | {key: machine_text(value) for key, value in result.facts.items()},
    } | ({"dry_run": True} if dry_run else {})


def error(failure: SalesError, format: str | None = None) -> None:
    """Print every problem on standard error; with format "json" the refusal envelope on standard output instead."""
    prepare_streams()
    if format == "json":
        from salescli.core.formats.json import text as json_text

        problems = [_problem_json(problem) for problem in failure.problems]
        envelope = {"ok": False, "error": problems[0] if problems else None, "problems": problems}
        _print_lines(sys.stdout, (json_text(envelope),))
        return
    for problem in failure.problems:
        _print_problem(problem, N_("needs approval") if problem.kind is Kind.APPROVAL else N_("error"), "31")


def warn(problem: Problem) -> None:
    """Print a problem that did not stop the command, on standard error."""
    _print_problem(problem, N_("warning"), "33")


def _print_problem(problem: Problem, label: str, colour: str) -> None:
    from salescli.core.formats.values import labelled

    rule = f" [{problem.rule}]" if problem.rule else ""
    head = labelled(_(label), "")
    _print_lines(sys.stderr, (_told(problem.message) + rule,), before=_painted(head, colour))
    if problem.hint:
        _print_lines(sys.stderr, ("  " + labelled(_(N_("Next")), _told(problem.hint)),))


MOST_QUOTED = 160
"""Characters of one fact a refusal repeats; longer is a slip (a whole file pasted), and the reason must not drown in it."""


def _told(message: Message) -> str:
    """The sentence of a problem, facts of endless text cut short."""
    return str(_short(message))


def _short(fact: Any) -> Any:
    if isinstance(fact, Message):
        return Message(fact.text, {name: _short(value) for name, value in fact.facts.items()})
    if isinstance(fact, (list, tuple)):
        return [_short(item) for item in fact]
    return f"{fact[: MOST_QUOTED - 1]}…" if isinstance(fact, str) and len(fact) > MOST_QUOTED else fact


def _problem_json(problem: Problem) -> dict[str, Any]:
    """The problem as scripts read it; figures follow the format of the sentence or of the hint that names them."""
    sentences = f"{problem.hint.text if problem.hint else ''} {problem.message.text}"
    return {
        "code": problem.code,
        "rule": problem.rule,
        "message": _told(problem.message),
        "facts": Message(sentences, problem.facts).json_facts(),
        "hint": _told(problem.hint) if problem.hint else None,
    }


def _painted(label: str, colour: str) -> str:
    from os import environ

    coloured = sys.stderr.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return f"\x1b[1;{colour}m{label}\x1b[0m" if coloured else label


def text(lines: str | Message | Iterable[str]) -> None:
    """Print text that is itself the result (a document, an explanation) on standard output."""
    prepare_streams()
    _print_lines(sys.stdout, str(lines).splitlines() if isinstance(lines, (str, Message)) else lines)


def note(message: Message) -> None:
    """Print a remark on standard error."""
    prepare_streams()
    _print_lines(sys.stderr, (message,))


def save(path: str | PathLike[str], content: str | bytes) -> None:
    """Write a finished document to a file, replaced in one step. Raises SalesError (usage) when it cannot be written."""
    with replacing(path) as file:
        file.write(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)


def _print_lines(stream: Any, lines: Iterable[str | Message], before: str = "") -> None:
    from salescli.core.formats.values import visible

    with quiet_pipe(stream):
        stream.writelines(f"{before}{visible(str(line))}\n" for line in lines)
