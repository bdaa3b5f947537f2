"""How a room declares its commands: `app = Group("ar")`, then `@app.report`, `@app.write` or `@app.plain` on a function.

A report gets a Reader first and returns a Report; a write gets a Writer first and returns a Done; a plain command
prints through core.ui itself. Opening, rights, committing, printing and the shared options happen here, once.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from os.path import exists
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_type_hints

import typer
from typer.main import get_command_from_info
from typer.models import CommandInfo

from salescli.core import commands_errors
from salescli.core.commands_options import (
    EXIT_CODE_OPTION,
    REPORT_OPTIONS,
    REQUEST_OPTION,
    THIS_MONTH,
    WRITE_OPTIONS,
    AmountArgument,
    AmountOption,
    AnyPeriod,
    AsOf,
    CustomerArgument,
    CustomerOption,
    Day,
    Injected,
    Note,
    OrderArgument,
    PeriodOption,
    ProductArgument,
    QuantityArgument,
    Reason,
    StaffArgument,
    StaffOption,
    argument,
    option,
)
from salescli.core.commands_tree import LazyGroup, SalesCommand
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.report import OutputOptions, Report

__all__ = [
    "THIS_MONTH",
    "AmountArgument",
    "AmountOption",
    "AnyPeriod",
    "AsOf",
    "CustomerArgument",
    "CustomerOption",
    "Day",
    "Group",
    "Note",
    "OrderArgument",
    "PeriodOption",
    "ProductArgument",
    "QuantityArgument",
    "Reason",
    "StaffArgument",
    "StaffOption",
    "argument",
    "option",
]

F = TypeVar("F", bound=Callable[..., Any])

ROWS_FOUND = 10
"""Exit status of a report with --exit-code that has rows."""

SCREEN_FORMATS = (None, "table", "plain")


class Verb(NamedTuple):
    """A declared command. `examples` are whole command lines, `rules` rulebook ids."""

    name: str
    kind: Literal["report", "write", "plain"]
    function: Callable[..., Any]
    help: str
    examples: tuple[str, ...]
    injected: Injected
    rules: tuple[str, ...] = ()
    right: str | None = None
    hidden: bool = False
    minus_words: bool = False  # "-word" that is no option of it is an argument
    sections: Callable[[], Sequence[tuple[str, Sequence[tuple[str, str]]]]] | None = None  # more lists for the help page, translated


class Group:
    """A room's commands, by name; nothing is built before it is called."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.verbs: dict[str, Verb] = {}

    def report(
        self,
        name: str,
        *,
        help: str,
        example: str | tuple[str, ...],
        rules: tuple[str, ...] = (),
        right: str | None = None,
        exit_code_rows: bool = False,
        hidden: bool = False,
    ) -> Callable[[F], F]:
        """Declare `function(reader, ...) -> Report`; `exit_code_rows` adds --exit-code (status 10 when rows were found)."""
        injected = {**REPORT_OPTIONS, **(EXIT_CODE_OPTION if exit_code_rows else {})}
        return self._declare("report", name, help, example, rules=rules, right=right, injected=injected, hidden=hidden)

    def write(
        self,
        name: str,
        *,
        help: str,
        example: str | tuple[str, ...],
        rules: tuple[str, ...] = (),
        right: str | None = None,
        request: bool = False,
        hidden: bool = False,
        minus_words: bool = False,
        sections: Callable[[], Sequence[tuple[str, Sequence[tuple[str, str]]]]] | None = None,
    ) -> Callable[[F], F]:
        """Declare `function(writer, ...) -> Done`, for who holds `right`; `request` adds --request for what needs approval."""
        injected = {**WRITE_OPTIONS, **(REQUEST_OPTION if request else {})}
        more = {"hidden": hidden, "minus_words": minus_words, "sections": sections}
        return self._declare("write", name, help, example, rules=rules, right=right, injected=injected, **more)

    def plain(
        self, name: str, *, help: str, example: str | tuple[str, ...], rules: tuple[str, ...] = (), hidden: bool = False
    ) -> Callable[[F], F]:
        """Declare a function that opens what it needs and prints through core.ui; it returns None or an exit status."""
        return self._declare("plain", name, help, example, rules=rules, injected={}, hidden=hidden)

    def _declare(
        self, kind: Literal["report", "write", "plain"], name: str, help: str, example: str | tuple[str, ...], **more: Any
    ) -> Callable[[F], F]:
        examples = (example,) if isinstance(example, str) else example

        def declare(function: F) -> F:
            if name in self.verbs:
                raise ValueError(f"{self.name} {name} is declared twice")
            self.verbs[name] = Verb(name, kind, function, help, examples, **more)
            return function

        return declare

    def command(self, name: str) -> SalesCommand:
        """The Typer command of one verb. Raises KeyError when it was not declared."""
        return build(self.verbs[name])

    def tree(self, about: str, grafts: Mapping[str, tuple[str, Callable[[], SalesCommand]]] | None = None) -> LazyGroup:
        """The group as Typer sees it; `grafts` are commands of other rooms shown here: name -> (help line, loader)."""
        grafted = grafts or {}
        lines = {name: verb.help for name, verb in self.verbs.items() if not verb.hidden} | {
            name: line for name, (line, _load) in grafted.items()
        }

        def load(name: str) -> SalesCommand:
            return grafted[name][1]() if name in grafted else self.command(name)

        return LazyGroup(self.name, about, {N_("Commands:"): lines}, load)


# --- building and running ---------------------------------------------------------------------------------------------


def build(verb: Verb) -> SalesCommand:
    """A Typer command that opens what the verb needs, calls its function and prints the answer."""
    info = CommandInfo(name=verb.name, cls=SalesCommand, callback=_callback(verb), help=verb.help, hidden=verb.hidden)
    command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
    assert isinstance(command, SalesCommand)
    command.verb = verb
    return command


def _callback(verb: Verb) -> Callable[..., int | None]:
    """The function Typer calls: its signature is the verb's without the first parameter, and the injected options."""
    run = {"report": _run_report, "write": _run_write, "plain": _run_plain}[verb.kind]
    given = _own_parameters(verb)
    bundles = {p.name: p.annotation for p in given if _is_bundle(p.annotation)}
    own = [each for p in given for each in (_spread(p.annotation) if p.name in bundles else [p])]
    taken = {p.name for p in own}  # a report may ask for --limit itself, to read no more than it shows
    injected = {name: pair for name, pair in verb.injected.items() if name not in taken}

    def call(ctx: typer.Context, **values: Any) -> int | None:
        shared = {name: values.get(name) if name in taken else values.pop(name) for name in verb.injected}
        bundled = {name: kind(**{field: values.pop(field) for field in kind._fields}) for name, kind in bundles.items()}
        return run(verb, commands_errors.command_path(ctx).partition(" ")[2], {**values, **bundled}, shared)

    keyword = inspect.Parameter.KEYWORD_ONLY
    context = inspect.Parameter("ctx", keyword, annotation=typer.Context)
    more = [inspect.Parameter(name, keyword, annotation=kind, default=default) for name, (kind, default) in injected.items()]
    call.__signature__ = inspect.Signature([context, *own, *more])  # type: ignore[attr-defined]  # what inspect looks for
    call.__annotations__ = {}
    return call


def _own_parameters(verb: Verb) -> list[inspect.Parameter]:
    """The function's parameters for the command line; annotations written as text are looked up in its module."""
    parameters = list(inspect.signature(verb.function).parameters.values())
    names = vars(inspect.getmodule(verb.function))
    return [_resolved(p, names) for p in (parameters if verb.kind == "plain" else parameters[1:])]


def _resolved(parameter: inspect.Parameter, names: dict[str, Any]) -> inspect.Parameter:
    kind = parameter.annotation
    return parameter.replace(annotation=eval(kind, names) if isinstance(kind, str) else kind, kind=inspect.Parameter.KEYWORD_ONLY)


def _is_bundle(kind: Any) -> bool:
    """Whether a parameter is a NamedTuple: options that several commands share, declared once and given to the function as one value."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _spread(bundle: Any) -> list[inspect.Parameter]:
    """The options of a bundle, each a parameter of its own on the command line."""
    kinds, keyword = get_type_hints(bundle, include_extras=True), inspect.Parameter.KEYWORD_ONLY
    return [inspect.Parameter(name, keyword, annotation=kinds[name], default=default) for name, default in bundle._field_defaults.items()]


def _run_report(verb: Verb, path: str, values: dict[str, Any], shared: dict[str, Any]) -> int | None:
    from salescli.core import ui
    from salescli.core.reader import reader
    from salescli.core.report import OutputOptions

    options = OutputOptions(shared["output_format"], shared["output_file"], shared["columns"], shared["sort"], shared["limit"])
    with reader() as opened:
        if verb.right:
            from salescli.core.access import require

            require(opened.actor, verb.right, path)
        report: Report = verb.function(opened, **values)

    def noted() -> None:
        from salescli.core.history import log_export

        log_export(report.name, options.output or str(options.format))

    ui.show(report, options, leaving=noted if report.beyond_own and _leaves(options) else None)
    return ROWS_FOUND if shared.get("exit_code") and report.rows else None


def _leaves(options: OutputOptions) -> bool:
    """Whether the rows leave the screen: into a file, or in a machine's format."""
    return options.output is not None or options.format not in SCREEN_FORMATS


def _run_write(verb: Verb, path: str, values: dict[str, Any], shared: dict[str, Any]) -> None:
    from salescli.core import ui
    from salescli.core.writer import writer

    request = {"request": shared["request"]} if "request" in shared else {}
    _load_before_locking(verb.function)
    with writer(path, dry_run=shared["dry_run"], right=verb.right, **request) as opened:
        done = verb.function(opened, **values)
    done = done._replace(warnings=(*done.warnings, *opened.warnings))
    ui.done(done, shared["output_format"], name=path.replace(" ", "-"), dry_run=shared["dry_run"])


def _load_before_locking(function: Callable[..., object]) -> None:
    """Load what the command imports inside itself: half a second that others need not wait for the book."""
    names = function.__code__.co_names
    for name in names:
        if name.startswith("salescli."):
            folders = getattr(import_module(name), "__path__", ())
            for part in [n for n in names if any(exists(f"{folder}/{n}.py") for folder in folders)]:
                import_module(f"{name}.{part}")
    if "sqlmodel" in sys.modules:
        import_module("salescli.core.session_write")


def _run_plain(verb: Verb, path: str, values: dict[str, Any], shared: dict[str, Any]) -> int | None:
    status: int | None = verb.function(**values)
    return status
