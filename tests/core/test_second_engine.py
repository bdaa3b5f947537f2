"""What the program asks a book in SQL, PostgreSQL understands too: an office may outgrow one file (docs/HOW_IT_WORKS.md)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from salescli.book.create import load_tables
from salescli.core.reader import Reader
from salescli.core.schema import metadata
from tests.manual import PAGES, play

ABOUT_THE_FILE = (
    *("book/checks.py", "book/fields.py", "book/reads.py", "core/history.py", "core/history_rows.py", "core/history_verify.py"),
    *("core/signin.py", "core/writer.py", "staff/reads_violations.py", "transfer/export_all.py"),
)
"""Modules that ask SQLite about itself, its columns, where it lies, or look into the history's images: an engine brings its own."""

PARAMETER = re.compile(r"'(?:[^']|'')*'|(?<!:):([a-z_]\w*)", re.I)
SERVER = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), Path(shutil.which("initdb") or "/").parent)


def tables() -> str:
    """The tables and indexes of a book as PostgreSQL makes them."""
    load_tables()
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made: list[Any] = []
    for table in metadata.sorted_tables:
        made += [CreateTable(table), *map(CreateIndex, table.indexes)]
    return "".join(f"{one.compile(dialect=dialect)};\n" for one in made)


def numbered(sql: str) -> str:
    """A statement on one line, its named parameters as $1, $2 …"""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0]
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return PARAMETER.sub(place, " ".join(sql.split()))


@contextmanager
def overheard() -> Iterator[set[str]]:
    """The statements sent meanwhile, without those about the file itself."""
    heard: set[str] = set()
    send = Reader.execute

    def listen(self: Reader, sql: str, params: dict[str, Any]) -> Any:
        if sql not in heard and not sql.startswith("PRAGMA"):
            frames = [frame.filename for frame in traceback.extract_stack(limit=8) if "/salescli/" in frame.filename]
            sender = [name for name in frames if not name.endswith("core/reader.py")][-1:]
            if not any(name.endswith(ABOUT_THE_FILE) for name in sender):
                heard.add(sql)
        return send(self, sql, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "execute", listen)
        yield heard


@pytest.fixture(scope="module")
def ask() -> Iterator[Callable[[str], list[str]]]:
    """ask(script): what PostgreSQL answers that is an error; it runs in a folder of its own and listens to nobody else."""
    server = {"user": "postgres"} if os.geteuid() == 0 else {}  # it refuses to be run by root

    def run(*words: str | Path, script: str = "") -> str:
        told = subprocess.run(words, input=script.encode(), capture_output=True, timeout=120, cwd="/", **server)  # type: ignore[call-overload]
        return str(told.stderr.decode())

    with TemporaryDirectory(prefix="pg") as folder:
        if server:
            shutil.chown(folder, "postgres")
        control = (SERVER / "pg_ctl", "-D", f"{folder}/d", "-w", "-l", f"{folder}/log", "-o", f"-k {folder} -c listen_addresses=''")
        run(SERVER / "initdb", "-D", f"{folder}/d", "-E", "UTF8", "--locale=C", "-U", "postgres")
        run(*control, "start")
        try:
            query = (SERVER / "psql", "-h", folder, "-U", "postgres", "-q", "-X", "-o", "/dev/null", "-f", "-")
            yield lambda script: [line for line in run(*query, script=script).splitlines() if "ERROR:" in line]
        finally:
            run(*control, "stop", "-m", "immediate")


@pytest.mark.proof
@pytest.mark.skipif(not (SERVER / "initdb").exists(), reason="PostgreSQL's server is not installed")
@pytest.mark.parametrize("page", PAGES)
def test_every_statement_of_a_page_is_understood(request: pytest.FixtureRequest, ask: Callable[[str], list[str]], page: str) -> None:
    assert ask(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n{tables()}") == []
    with overheard() as heard:
        for _played in play(request, page):
            pass
    sent = [numbered(sql) for sql in sorted(heard)]
    errors = ask("".join(f"PREPARE asked AS {sql}; DEALLOCATE asked;\n" for sql in sent))
    assert [f"{error}: {sent[int(error.split(':')[2]) - 1]}" for error in errors if "asked" not in error] == []
