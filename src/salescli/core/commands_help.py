"""Help pages in both languages: the text alone, laid out for the width at hand. No Rich, no room module."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import east_asian_width

from salescli.core.i18n import N_, _, msg
from salescli.core.placeholders import named
from salescli.core.record import NamedTuple

Row = tuple[str, str]
WIDEST = 110
NAME_COLUMN = 30  # a longer name gets a line of its own
HELP_ROW = ("-h, --help", N_("Show this page."))


class Section(NamedTuple):
    """A titled list: arguments, options, commands."""

    title: str
    rows: Sequence[Row]


def page(
    usage: str, about: str, sections: Iterable[Section], examples: Sequence[str] = (), rules: Sequence[str] = (), foot: str = ""
) -> str:
    """The whole page; all texts come translated."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    parts = [msg(N_("Usage: {usage}"), usage=usage).render(), _paragraphs(about, width)]
    parts += [_list(section, width) for section in sections if section.rows]
    if examples:
        parts.append("\n".join([_("Example:"), *("  " + line for line in examples)]))
    if rules:
        parts.append(msg(N_("Rulebook: {rules} (salescli policy explain {first})"), rules=list(rules), first=rules[0]).render())
    return "\n\n".join([*parts, foot] if foot else parts)


def argument_name(param: Any) -> str:
    """How an argument is called in help and errors."""
    return named(param.metavar).rstrip(".…") if param.metavar else str(param.name).upper()


def usage_of(path: str, params: Iterable[Any], *, takes_command: bool = False) -> str:
    """ "salescli ar receipt [OPTIONS] CUSTOMER AMOUNT [NOTE]"."""
    words = [path, _("[OPTIONS]")]
    for param in params:
        if param.param_type_name == "argument":
            name = argument_name(param) + ("..." if param.nargs != 1 else "")
            words.append(name if param.required else f"[{name}]")
    return " ".join([*words, _("COMMAND")] if takes_command else words)


def argument_rows(params: Iterable[Any]) -> list[Row]:
    """Name and help of every argument."""
    return [(argument_name(p), _explained(p)) for p in params if p.param_type_name == "argument" and not p.hidden]


def option_rows(params: Iterable[Any]) -> list[Row]:
    """Spelling and help of every option that is not hidden, and of -h."""
    rows = [option_row(p) for p in params if p.param_type_name == "option" and not p.hidden]
    return [*rows, (HELP_ROW[0], _(HELP_ROW[1]))]


def option_row(param: Any) -> Row:
    """ "-f, --format json|csv" and its help."""
    names = ", ".join(sorted(param.opts, key=len))
    if param.secondary_opts:
        names += " / " + ", ".join(param.secondary_opts)
    return (names if param.is_flag else f"{names} {_value_name(param)}", _explained(param))


def _value_name(param: Any) -> str:
    if param.metavar:
        return named(param.metavar)
    if hasattr(param.type, "choices"):
        return "|".join(map(str, param.type.choices))
    return {"int": "N", "int range": "N", "path": _(N_("FILE"))}.get(param.type.name, _(N_("TEXT")))


def _explained(param: Any) -> str:
    """The help text with its default or "required"."""
    text = _(param.help or "")
    if param.required and param.param_type_name == "option":
        return f"{text} {_(N_('[required]'))}".strip()
    default = param.default
    if default in (None, False, True, "") or default == [] or callable(default):
        return text
    return f"{text} {msg(N_('[default: {default}]'), default=default)}".strip()


# --- layout -----------------------------------------------------------------------------------------------------------


def display_width(text: str) -> int:
    """Columns the text takes on a screen: Chinese signs take two."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; a line may break at a space or between Chinese signs."""
    lines, line = [], ""
    for piece in re.findall(r"[\u2e80-\u9fff\uff00-\uffef][，。；：、）！？]?|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+", text):
        if line and display_width(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _paragraphs(text: str, width: int) -> str:
    return "\n".join("  " + line for paragraph in text.split("\n") for line in wrap(paragraph.strip(), width - 2))


def _list(section: Section, width: int) -> str:
    column = max(min(display_width(name), NAME_COLUMN) for name, _text in section.rows) + 4
    return "\n".join([section.title, *(line for name, text in section.rows for line in _item(name, text, column, width))])


def _item(name: str, text: str, column: int, width: int) -> list[str]:
    lines = wrap(text, max(width - column, 20))
    head = "  " + name
    if display_width(head) > column - 2:
        return [head, *(" " * column + line for line in lines if line)]
    first = (head + " " * (column - display_width(head)) + lines[0]).rstrip()
    return [first, *(" " * column + line for line in lines[1:])]
