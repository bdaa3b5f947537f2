"""Typer's usage errors as the project's own: a stable code, a sentence in the language in use, the way on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, SalesError, problem
from salescli.core.i18n import N_, Message, _, msg
from salescli.core.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typer


def usage_error(error: Any) -> SalesError:
    """A SalesError (exit 2) that says what Typer's exception says."""
    reader = _READERS.get(type(error).__name__, _other)
    return SalesError([reader(error, command_path(getattr(error, "ctx", None)))])


_MAKE, _END, _LOOK, _CHANGE = ("add", "new", "open", "start"), ("cancel", "archive", "close", "end"), ("show",), ("edit",)
_MEANT = {
    "add": _MAKE, "new": _MAKE, "create": _MAKE, "make": _MAKE,
    "delete": _END, "remove": _END, "rm": _END, "del": _END,
    "view": _LOOK, "get": _LOOK, "info": _LOOK, "display": _LOOK,
    "update": _CHANGE, "change": _CHANGE, "modify": _CHANGE, "set": _CHANGE,
    "ls": ("list",), "all": ("list",), "find": ("search", "list"),
}  # fmt: skip
"""Words of other programs, and what a group may call the same."""


def no_such_command(typed: str, lines: Mapping[str, str], ctx: typer.Context) -> SalesError:
    """The word is no command of these names and help lines; the nearest is offered, or to look at what is called so."""
    near, path = nearest(typed, lines), command_path(ctx)
    text = N_('no such command: "{typed}"; did you mean "{near}"?') if near else N_('no such command: "{typed}"')
    if near or "show" not in lines or (typed.isascii() and typed.islower()):
        return SalesError([_usage("no_such_command", text, path, typed=typed, near=near)])
    hint = N_("{command} --help; to look at one: {command} show {typed}")
    return SalesError([problem("no_such_command", text, kind=Kind.USAGE, hint=hint, command=path, typed=typed)])


def nearest(typed: str, lines: Mapping[str, str]) -> str | None:
    """The known word that was probably meant: another program's word, a slip, a beginning, or a word of its help line."""
    from difflib import get_close_matches

    word = typed.lower()
    meant = [name for name in _MEANT.get(word, ()) if name in lines]
    if meant or not word.isascii():
        return next(iter(meant or _said_first(word, lines)), None)
    return next(iter(get_close_matches(word, lines, n=1) or _begun(word, lines)), None)


def _said_first(word: str, lines: Mapping[str, str]) -> list[str]:
    """The names whose help line says the word, first the one that begins with it."""
    places = {name: _(line).partition("\n")[0].find(word) for name, line in lines.items()}
    return sorted((name for name, place in places.items() if place >= 0), key=places.__getitem__)


def _begun(word: str, names: Iterable[str]) -> list[str]:
    """The names that begin with a word of at least two letters."""
    return [name for name in names if len(word) > 1 and name.startswith(word)]


def _usage(code: str, text: str, command: str, **facts: Any) -> Problem:
    return problem(code, text, kind=Kind.USAGE, hint=N_("{command} --help"), command=command, **facts)


def add_help(error: SalesError, ctx: typer.Context) -> None:
    """Give the usage errors of a refusal that name no next step the command's help as one."""
    page = msg(N_("{command} --help"), command=command_path(ctx))
    error.problems = tuple(p._replace(hint=page) if p.kind is Kind.USAGE and p.hint is None else p for p in error.problems)


def command_path(ctx: typer.Context | None) -> str:
    """The command as typed, without its arguments: "salescli ar aging"."""
    names: list[str] = []
    while ctx is not None:
        names.append(ctx.info_name or "")
        ctx = ctx.parent  # type: ignore[assignment]  # a typer.Context's parent is one too
    return " ".join(reversed(names)) or "salescli"


def name_of(param: Any) -> str:
    """How the parameter is written on the line: its longest option name, or the argument's name as help shows it."""
    if param is None:
        return ""
    if param.param_type_name == "argument":
        from salescli.core.commands_help import argument_name

        return argument_name(param)
    return str(max(param.opts, key=len))


def _missing(error: Any, command: str) -> Problem:
    choices = getattr(error.param.type, "choices", ())
    if choices:
        option = error.param.param_type_name == "option"
        text = (
            N_("missing option {parameter}: one of {choices:choice}")
            if option
            else N_("missing argument {parameter}: one of {choices:choice}")
        )
    elif error.param.param_type_name == "option":
        text = N_("missing option {parameter}")
    else:
        text = N_("missing argument {parameter}")
    return _usage("missing_parameter", text, command, parameter=name_of(error.param), choices=list(choices))


def _no_such_option(error: Any, command: str) -> Problem:
    near = _near_option(error.option_name, error.ctx)
    text = N_("no such option: {option}; did you mean {near}?") if near else N_("no such option: {option}")
    return _usage("no_such_option", text, command, option=error.option_name, near=near)


def _near_option(typed: str, ctx: Any) -> str | None:
    """The option somebody probably meant: one of the command's own, else a global one that is all but typed."""
    from difflib import get_close_matches

    from salescli.core.commands_options import GLOBAL_NAMES

    own = [name[2:] for param in (ctx.command.params if ctx else ()) for name in param.opts if name[:2] == "--" and name != "--help"]
    known = [name.replace("_", "-") for name in GLOBAL_NAMES]
    word = typed.lstrip("-").lower()
    found = get_close_matches(word, own, n=1) or _begun(word, own) or get_close_matches(word, known, n=1, cutoff=0.75)
    return f"--{found[0]}" if found else None


def _bad_option(error: Any, command: str) -> Problem:
    text = N_("{option} takes no value") if "does not take" in error.message else N_("{option} needs a value")
    return _usage("option_value", text, command, option=error.option_name)


def _bad_value(error: Any, command: str) -> Problem:
    text = N_("invalid value for {parameter}: {reason}")
    return _usage("invalid_value", text, command, parameter=name_of(error.param), reason=_reason(error))


# Typer's own sentences about values; a test fails when a release words them differently. Compiled when one is said, not at each start.
_SENTENCES = (
    (r"['\"](?P<value>.*)['\"] is not one of (?P<choices>.*)\.", N_('"{value}" is none of {choices:choice}')),
    (r"['\"](?P<value>.*)['\"] is not a valid int( range)?\.", N_('"{value}" is not a whole number')),
    (r"['\"](?P<value>.*)['\"] is not a valid \w+\.", N_('"{value}" is not a valid value')),
    (r"(?P<value>.*) is not in the range (?P<least>-?\d+)<=x<=(?P<most>-?\d+)\.", N_("{value} is not between {least} and {most}")),
    (r"(?P<value>.*) is not in the range (?P<range>.*)\.", N_("{value} is not within {range}")),
    (r"(File|Path|Directory) ['\"](?P<value>.*)['\"] does not exist\.", N_("there is no file {value}")),
)


def _reason(error: Any) -> Message | str:
    """Why the value cannot be read."""
    if isinstance(error.__context__, Unreadable):
        return error.__context__.message
    for pattern, text in _SENTENCES:
        found = re.fullmatch(pattern, error.message, re.DOTALL)
        if found:
            facts = found.groupdict()
            return msg(text, **(facts | {"choices": list(error.param.type.choices)} if "choices" in facts else facts))
    return str(error.message)


def _other(error: Any, command: str) -> Problem:
    found = re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", error.message, re.DOTALL)
    if found:
        return _usage("extra_arguments", N_("unexpected extra argument: {extra}"), command, extra=found[1])
    return _usage("usage", N_("{sentence}"), command, sentence=error.message)


_READERS = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option,
    "BadParameter": _bad_value,
}
