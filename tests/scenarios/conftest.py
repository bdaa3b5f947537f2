"""An office with something to fight over, and processes at work on it."""

from __future__ import annotations

import multiprocessing
import os
from contextlib import suppress
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from tests.conftest import CLEARED, DAY, Book
from tests.scenarios import at_work as at_work_module


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory, founded_book: Path) -> Path:
    """One customer who owes 10,000.00, one product, and a file of orders not imported yet."""
    office = Book(tmp_path_factory.mktemp("office"))
    office.path.write_bytes(founded_book.read_bytes())
    office.ok("customer add One --code C1 --staff ADMIN")
    office.ok("product add P1 Pen --list-price 1.50")
    office.ok("ar receivable C1 10000 --number R1 --due 2026-12-01")
    office.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return office.path


@pytest.fixture
def office(book: Book, office_file: Path) -> Book:
    """A fresh copy of the office."""
    for suffix in ("", "-wal", "-shm"):
        book.path.with_name(book.path.name + suffix).unlink(missing_ok=True)
    book.path.write_bytes(office_file.read_bytes())
    return book


@cache
def forks() -> BaseContext:
    """Where processes come from: forked from one that loaded everything and never opened a book."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([at_work_module.__name__])
    return context


class AtWork:
    """A process of its own that waits, everything loaded, until it is told to begin."""

    def __init__(self, commands: list[list[str]], variables: dict[str, str], folder: Path) -> None:
        self.line, theirs = forks().Pipe()
        self.process = forks().Process(target=at_work_module.work, args=(theirs, commands, variables, str(folder)), daemon=True)
        self.process.start()
        theirs.close()

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        self.process.kill()
        self.process.join(30)
        self.process.close()
        self.line.close()

    def communicate(self, timeout: float = 120) -> tuple[str, str]:
        """Wait for its end; what it said of each command, and the same of itself."""
        self.process.join(timeout)
        said = []
        with suppress(EOFError):
            while self.line.poll():
                said.append(str(self.line.recv()))
        ended = self.process.exitcode
        self.kill()
        return "\n".join(said), "" if ended == 0 else f"ended with {ended}"


def at_work(book: Book, commands: list[list[str]], lang: str = "en") -> AtWork:
    """A process that waits, everything loaded, until it is told to begin (see `begin`)."""
    variables = {k: v for k, v in os.environ.items() if k not in CLEARED} | book.variables(lang, {"SALESCLI_DATE": DAY})
    return AtWork(commands, variables, book.folder)


def ready(process: AtWork) -> None:
    """Wait until it has loaded everything."""
    assert process.line.recv() == "ready"


def begin(process: AtWork) -> None:
    """Let it run its commands."""
    process.line.send("go")
