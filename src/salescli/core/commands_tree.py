"""The command tree's classes: lazy groups, help and errors in the language in use, global options anywhere on the line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from salescli.core import commands_errors as errors
from salescli.core import commands_help as pages
from salescli.core import context, i18n
from salescli.core.commands_options import GLOBAL_NAMES, global_options
from salescli.core.errors import Kind, SalesError, fail
from salescli.core.i18n import N_, _
from salescli.core.unreadable import Unreadable

if TYPE_CHECKING:
    from salescli.core.commands import Verb

NEGATIVE = re.compile(r"-[\d.,]+")
FILE_NAMES = ("FILE", "FOLDER", "FILE|FOLDER")
LANGUAGES = re.compile(r"(?i)(en|zh)([-_].*)?")


class SalesCommand(TyperCommand):
    """One command: parses like Typer, explains itself like salescli."""

    verb: Verb

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for param in self.params:
            _drop_negation(param)
            _take_names(param)

    def get_params(self, ctx: Any) -> list[Any]:
        """Its own parameters, -h and the global options."""
        return [*super().get_params(ctx), *global_options()]

    def make_parser(self, ctx: Any) -> Any:
        """Typer's parser, to which "-5" is a figure and not five options."""
        parser = super().make_parser(ctx)
        parse = parser._process_opts
        words = self.verb.minus_words

        def figure_or_option(word: str, state: Any) -> None:
            if NEGATIVE.fullmatch(word) or (words and word[:2] not in ("--", "-h") and word not in parser._short_opt):
                state.largs.append(word)
            else:
                parse(word, state)

        setattr(parser, "_process_opts", figure_or_option)  # noqa: B010  an instance's own version of a method
        return parser

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The global options first: the readers of values need the business day."""
        if not ctx.resilient_parsing:
            opts = collect(ctx, self.make_parser(ctx), args)
            chosen = opts.get("output_format")
            settle(ctx.find_root().obj, as_json=chosen == "json" if chosen else context.current().json)
        rest = super().parse_args(ctx, args)
        for param in () if ctx.resilient_parsing else self.params:  # "" is a script's variable that was never set, not this folder
            if param.metavar in FILE_NAMES and ctx.params.get(param.name) == "":
                fail("no_file_name", N_("{parameter} is empty; a file name is needed"), kind=Kind.USAGE, parameter=errors.name_of(param))
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Call the command; a line it cannot use points to its help, where the refusal names no better way on."""
        try:
            return super().invoke(ctx)
        except SalesError as error:
            errors.add_help(error, ctx)
            raise

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        sections = [
            pages.Section(_("Arguments:"), pages.argument_rows(self.params)),
            pages.Section(_("Options:"), pages.option_rows(self.params)),
            *(pages.Section(*section) for section in (self.verb.sections() if self.verb.sections else ())),
        ]
        usage = pages.usage_of(errors.command_path(ctx), self.params)
        return pages.page(usage, _(self.verb.help), sections, self.verb.examples, self.verb.rules)


def _drop_negation(param: Any) -> None:
    """Typer gives every flag a --no- twin; one that is off anyway needs none."""
    if param.param_type_name == "option" and param.is_flag and param.default is False:
        param.secondary_opts = [name for name in param.secondary_opts if not name.startswith("--no-")]


def _take_names(param: Any) -> None:
    """A choice is also taken by its Chinese name, in either language: --intent 高."""
    choices: tuple[str, ...] = tuple(getattr(param.type, "choices", ()))
    if not choices:
        return
    convert = param.type.convert

    def by_name(value: Any, parameter: Any, ctx: Any) -> Any:
        named = i18n.code_named(value, choices) if isinstance(value, str) and not value.isascii() else None
        return convert(named or value, parameter, ctx)

    setattr(param.type, "convert", by_name)  # noqa: B010  an instance's own version of a method


def first_line(about: str) -> str:
    """The first line of a help text, translated as the whole it is in the catalogue."""
    return _(about).partition("\n")[0]


class LazyGroup(TyperGroup):
    """A group that knows its commands' names and help lines, and loads a command when it is called."""

    def __init__(self, name: str, about: str, sections: Mapping[str, Mapping[str, str]], load: Callable[[str], Any]) -> None:
        super().__init__(name=name, help=about, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})
        self.about = about
        self.sections = sections
        self.load = load

    @property
    def lines(self) -> dict[str, str]:
        """Every command's name and help line, in order."""
        return {name: line for section in self.sections.values() for name, line in section.items()}

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(self.lines)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, loaded; None when there is none of that name."""
        if cmd_name not in self.commands and cmd_name in self.lines:
            self.commands[cmd_name] = self.load(cmd_name)
        return self.commands.get(cmd_name)

    def get_params(self, ctx: Any) -> list[Any]:
        """-h and the global options."""
        return [*super().get_params(ctx), *global_options()]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Note the global options before the command's name."""
        if not ctx.resilient_parsing:
            collect(ctx, self.make_parser(ctx), args)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command named by the first word, or an error that offers the nearest."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            raise errors.no_such_command(args[0], self.lines, ctx)
        return (args[0] if command else None), command, args[1:]

    def invoke(self, ctx: Any) -> Any:
        """Call the command; without one, show the help page."""
        if ctx._protected_args:
            return super().invoke(ctx)
        if ctx.parent is None:
            sys.stdout.write(self.get_help(ctx) + "\n")
            raise typer.Exit(0)
        sys.stderr.write(self.get_help(ctx) + "\n")
        raise typer.Exit(Kind.USAGE.value)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Names and help lines from the table; nothing is loaded."""
        from typer.core import CompletionItem  # type: ignore[attr-defined]  # where Typer keeps it

        found = [CompletionItem(name, help=first_line(line)) for name, line in self.lines.items() if name.startswith(incomplete)]
        if incomplete.startswith("-"):
            found += [CompletionItem(p.opts[0], help=_(p.help or "")) for p in global_options() if p.opts[0].startswith(incomplete)]
        return found

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        path = errors.command_path(ctx)
        sections = [
            pages.Section(_(title), [(name, first_line(line)) for name, line in lines.items()]) for title, lines in self.sections.items()
        ]
        if ctx.parent is None:
            rows = [*map(pages.option_row, global_options()), (pages.HELP_ROW[0], _(pages.HELP_ROW[1]))]
            sections.append(pages.Section(_("Options that may stand anywhere:"), [*rows, *completion_rows()]))
        foot = i18n.msg(N_("More about a command: {path} COMMAND --help"), path=path).render()
        return pages.page(pages.usage_of(path, (), takes_command=True), _(self.about), sections, foot=foot)


def completion_rows() -> list[pages.Row]:
    """How the root's page explains TAB completion."""
    return [
        ("--install-completion", _(N_("Install TAB completion for the current shell."))),
        ("--show-completion", _(N_("Show the script that --install-completion would install."))),
    ]


# --- global options ---------------------------------------------------------------------------------------------------


def collect(ctx: Any, parser: Any, args: list[str]) -> Mapping[str, Any]:
    """Remember the global options found at one level of the line; language and --version act at once. Returns all options."""
    try:
        opts: Mapping[str, Any] = parser.parse_args(list(args))[0]
    except Exception as error:
        error.ctx = ctx  # type: ignore[attr-defined]  # Typer's parser does not always say which command it parsed for
        raise
    _remember(ctx.find_root().obj, opts)
    return opts


def _remember(given: dict[str, Any], opts: Mapping[str, Any]) -> None:
    given.update({name: opts[name] for name in GLOBAL_NAMES if name in opts})
    for name in GLOBAL_NAMES:  # a script's variable that was never set must not mean the default book, or whoever sits here
        if isinstance(value := given.get(name), str) and not value.strip():
            fail("option_value", N_("{option} needs a value"), kind=Kind.USAGE, option=f"--{name}")
    if given.get("version"):
        from salescli import __version__

        sys.stdout.write(f"salescli {__version__}\n")
        raise typer.Exit(0)
    language = given.get("lang")
    if language:
        if not LANGUAGES.fullmatch(language):
            fail("invalid_value", N_("there is no language {language}: en or zh"), kind=Kind.USAGE, language=language)
        i18n.use(context.language(language, {}))


def settle(given: Mapping[str, Any], *, as_json: bool) -> None:
    """Make the context of this call from the line and the environment. Raises a usage error for an unreadable day."""
    environ = os.environ
    context.amend(
        db=context.book_path(given.get("db"), environ),
        user=given.get("user") or environ.get("SALESCLI_USER") or None,
        lang=i18n.language(),
        no_input=bool(given.get("no_input")),
        debug=bool(given.get("debug")),
        json=as_json,
    )
    try:
        context.amend(today=context.business_day(given.get("date"), environ))
    except Unreadable as error:
        source = "--date" if given.get("date") else "SALESCLI_DATE"
        fail("invalid_value", N_("invalid value for {parameter}: {reason}"), kind=Kind.USAGE, parameter=source, reason=error.message)
