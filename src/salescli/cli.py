"""The root command: builds the tree of table.py, each part only when called, and is the one place where an error
becomes a message and an exit status.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer

from salescli.core import context, i18n
from salescli.core.commands_errors import usage_error
from salescli.core.commands_tree import LazyGroup, SalesCommand
from salescli.core.errors import Kind, SalesError, fail, problem
from salescli.core.formats.target import prepare_streams, quiet_pipe
from salescli.core.i18n import N_
from salescli.table import GRAFTS, TABLE, Entry

if TYPE_CHECKING:
    from salescli.core.commands import Group

PROGRAM = "salescli"
ABOUT = N_("A sales office's books in one file: customers, orders, stock, receivables, targets.")
COMPLETION_VARIABLE = "_SALESCLI_COMPLETE"
INTERRUPTED = 130
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def entries() -> dict[str, Entry]:
    """Every word that may follow `salescli`."""
    return {name: entry for section in TABLE.values() for name, entry in section.items()}


def root() -> LazyGroup:
    """The command tree; no room is imported yet."""
    sections = {title: {name: entry.line for name, entry in section.items()} for title, section in TABLE.items()}
    return LazyGroup(PROGRAM, ABOUT, sections, load)


def load(name: str) -> LazyGroup | SalesCommand:
    """Import the room of a word of the table and build its group or command."""
    entry = entries()[name]
    if entry.verb:
        return _verb(entry)
    grafts = {verb: (grafted.line, _later(grafted)) for (group, verb), grafted in GRAFTS.items() if group == name}
    return _app(entry).tree(entry.line, grafts)


def _app(entry: Entry) -> Group:
    app: Group = import_module(entry.module).app
    return app


def _verb(entry: Entry) -> SalesCommand:
    return _app(entry).command(entry.verb)


def _later(entry: Entry) -> Any:
    return lambda: _verb(entry) if entry.verb else _app(entry).tree(entry.line)


def write_command(line: str) -> str:
    """The command line's name of a command that writes, as in "policy set". Raises a usage error when there is none."""
    words = line.removeprefix(PROGRAM + " ").split()
    node: Any = root()
    for word in words:
        node = node.get_command(None, word) if isinstance(node, LazyGroup) else None
    if not isinstance(node, SalesCommand) or node.verb.kind == "report":
        fail("no_such_command", N_('no command that writes: "{typed}"'), kind=Kind.USAGE, hint=N_("salescli --help"), typed=line)
    return " ".join(words)


# --- one call ---------------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status (CLI.md §1)."""
    args = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    i18n.use(context.language(_glance(args, "--lang"), os.environ))
    first_guess = context.Context(lang=i18n.language(), json=_glance(args, "--format", "-f") == "json", debug="--debug" in args)
    with context.use(first_guess):
        try:
            status = _run(args)
            sys.stdout.flush()
        except SalesError as error:
            status = _refused(error)
        except BrokenPipeError:
            status = _pipe_closed()
        except KeyboardInterrupt:
            status = _interrupted()
        except OSError as error:
            status = _unprinted(error)
        except OverflowError as error:
            status = _too_large(error)
        except Exception as error:
            status = _fault(error)
    return _flushed(status)


def _flushed(status: int) -> int:
    """The status, once nothing is left in the streams' buffers: the process ends without Python's own last flush."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return status


def _glance(args: Sequence[str], *names: str) -> str | None:
    """The value of an option before the line is parsed: usage errors must already know language and format."""
    words = args[: args.index("--")] if "--" in args else args
    found = None
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in names:
            found = value if equals else "".join(words[place + 1 : place + 2])
        elif word[:2] in names and not word.startswith("--"):
            found = word[2:]
    return found


def _run(args: list[str]) -> int:
    """Parse the line and run its command; Typer's exceptions leave as the project's own."""
    if COMPLETION_VARIABLE in os.environ:
        return _complete(args)
    _check_encoding(args)
    if args and args[0] in INSTALLERS:
        return INSTALLERS[args[0]]()
    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    tree = root()
    try:
        with tree.make_context(PROGRAM, args, obj={}) as ctx:
            return tree.invoke(ctx) or 0
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if type(error).__module__.startswith("typer."):
            raise usage_error(error) from error
        raise


def _check_encoding(args: Sequence[str]) -> None:
    """Words that are no text in this locale would fail later and less clearly."""
    for word in args:
        if not word.isascii() and any("\ud800" <= sign <= "\udfff" for sign in word):
            fail(
                "not_text",
                N_("the line holds bytes that are not UTF-8: {word}"),
                kind=Kind.USAGE,
                word=word.encode("utf-8", "replace").decode(),
            )


def _refused(error: SalesError) -> int:
    from salescli.core import ui

    ui.error(error, "json" if context.current().json else None)
    return error.exit_status


def _pipe_closed() -> int:
    """The reader of our output has seen enough."""
    with quiet_pipe(sys.stdout):
        pass
    return 0


def _unprinted(error: OSError) -> int:
    """No room for our output, or nobody to take it; every other failure of the system is a fault."""
    if error.errno not in NO_ROOM or error.filename:
        return _fault(error)
    text = N_("the output cannot be written: {why}")
    hint = N_("what the command wrote into the book stands: salescli history")
    from salescli.core import ui
    from salescli.core.os_reason import why

    refusal = SalesError([problem("cannot_print", text, kind=Kind.USAGE, hint=hint, why=why(error))])
    ui.error(refusal, None)  # never as JSON: that would go where there is no room
    return refusal.exit_status


def _too_large(error: OverflowError) -> int:
    """A number no day and no column can hold."""
    if context.current().debug:
        return _fault(error)
    return _refused(SalesError([problem("number_too_large", N_("a number on the line is too large"), kind=Kind.USAGE)]))


def _interrupted() -> int:
    sys.stderr.write("\n" + i18n._(N_("Interrupted.")) + "\n")
    return INTERRUPTED


def _fault(error: Exception) -> int:
    """Something nobody foresaw: one clear line, the traceback with --debug."""
    if context.current().debug:
        import traceback

        traceback.print_exception(error)
    text = N_("unexpected fault: {fault}: {detail}")
    detail = " ".join(str(error).split()) or "-"
    return _refused(
        SalesError(
            [problem("fault", text, kind=Kind.FAULT, hint=N_("add --debug to see where"), fault=type(error).__name__, detail=detail)]
        )
    )


# --- TAB --------------------------------------------------------------------------------------------------------------


def _complete(args: list[str]) -> int:
    """Answer the shell's question what may come next."""
    from typer._completion_classes import completion_init

    completion_init()
    try:
        root().main(args, prog_name=PROGRAM, complete_var=COMPLETION_VARIABLE, obj={})
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _shell() -> str:
    """The shell this runs under, asked of the process tree; under a plain sh (make, cron) the user's own by $SHELL.

    Raises a usage error when neither has a script.
    """
    from typer._completion_shared import Shells, _get_shell_name

    known = [shell.value for shell in Shells]
    asked = [_get_shell_name() or "", os.path.basename(os.environ.get("SHELL", ""))]
    name = next((shell for shell in asked if shell in known), asked[0] or asked[1])
    if name not in known:
        fail(
            "unknown_shell",
            N_("there is no completion script for the shell {shell}: {known}"),
            kind=Kind.USAGE,
            shell=name or "?",
            known=known,
        )
    return name


def _show_completion() -> int:
    from typer._completion_shared import get_completion_script

    sys.stdout.write(get_completion_script(prog_name=PROGRAM, complete_var=COMPLETION_VARIABLE, shell=_shell()) + "\n")
    return 0


def _install_completion() -> int:
    from typer._completion_shared import install

    from salescli.core import ui

    shell, path = install(shell=_shell(), prog_name=PROGRAM, complete_var=COMPLETION_VARIABLE)
    ui.note(i18n.msg(N_("completion for {shell} installed in {path}; it works from the next shell on"), shell=shell, path=str(path)))
    return 0


INSTALLERS = {"--show-completion": _show_completion, "--install-completion": _install_completion}
