"""A process at work on a book, for the tests that run several of them or kill one: it says when it begins and how each command ended.

This module is loaded, and with it everything a command may need, by a server that forks such processes from itself (see conftest):
what follows "ready" is the commands themselves, and a process costs milliseconds instead of the seconds of loading.
"""

from __future__ import annotations

import contextlib
import io
import os
from multiprocessing.connection import Connection

from sqlalchemy.orm import configure_mappers

from salescli import cli
from salescli.book.create import load_tables

load_tables()
configure_mappers()
for entry in cli.entries().values():
    cli._app(entry)


def work(line: Connection, commands: list[list[str]], variables: dict[str, str], folder: str) -> None:
    """Run the commands once told to; each one's exit status and standard error go up the line."""
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    quietly([*commands[0], "--dry-run"])  # once for show: it loads what is left
    line.send("ready")
    line.recv()
    for command in commands:
        status, said = quietly(command)
        line.send(f"{status} {said}")


def quietly(command: list[str]) -> tuple[int, str]:
    """Run one command; its exit status and standard error on one line."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as err:
        status = cli.main(command)
    return status, err.getvalue().strip().replace("\n", " | ")
