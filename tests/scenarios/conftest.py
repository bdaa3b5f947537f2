"""An office with something to fight over, and processes at work on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import CLEARED, DAY, Book

AT_WORK = Path(__file__).parent / "at_work.py"


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


def at_work(book: Book, commands: list[list[str]]) -> subprocess.Popen[str]:
    """A process that waits, everything loaded, until it is told to begin (see `begin`)."""
    variables = {k: v for k, v in os.environ.items() if k not in CLEARED} | book.variables("en", {"SALESCLI_DATE": DAY})
    args = [sys.executable, str(AT_WORK), json.dumps(commands)]
    pipe = subprocess.PIPE
    return subprocess.Popen(args, env=variables, cwd=book.folder, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def ready(process: subprocess.Popen[str]) -> None:
    """Wait until it has loaded everything."""
    assert process.stdout
    line = process.stdout.readline()
    assert line == "ready\n", line + (process.stderr.read() if process.stderr else "")


def begin(process: subprocess.Popen[str]) -> None:
    """Let it run its commands."""
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()
