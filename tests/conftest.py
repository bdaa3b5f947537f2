"""Fixtures every test may use: `book`, a real book file driven through the real command line, and `realdata`."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

DAY = "2026-11-03"  # a Tuesday; the clock of every command that names no other day
FOUNDED = "2025-01-01"
CLEARED = (
    "SALESCLI_DB",
    "SALESCLI_USER",
    "SALESCLI_DATE",
    "SALESCLI_LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "LANGUAGE",
    "NO_COLOR",
    "COLUMNS",
)


@dataclass(frozen=True)
class Result:
    """What a command left behind: exit status, standard output, standard error."""

    exit: int
    out: str
    err: str
    raw: bytes = b""  # standard output before decoding, for XLSX

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of a report printed with -f json."""
        return self.json()["rows"]


@contextmanager
def streams(stdin: str = "") -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Standard streams of a process without a terminal, as long as the block lasts."""
    out, err = io.BytesIO(), io.BytesIO()
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    sys.stdout, sys.stderr = (io.TextIOWrapper(raw, encoding="utf-8", write_through=True) for raw in (out, err))
    try:
        yield out, err
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = kept


@contextmanager
def surroundings(variables: dict[str, str], folder: Path, day: date) -> Iterator[None]:
    """Environment, working folder and clock of one call."""
    from salescli.core import context, i18n

    kept, cwd, clock = dict(os.environ), Path.cwd(), context.clock_day
    settle({name: value for name, value in kept.items() if name not in CLEARED} | variables)
    os.chdir(folder)
    context.clock_day = lambda: day
    try:
        yield
    finally:
        i18n.use("en")
        context.clock_day = clock
        os.chdir(cwd)
        settle(kept)


def settle(variables: dict[str, str]) -> None:
    """Make these the environment, touching only what differs: every command of every test passes here twice."""
    now = dict(os.environ)
    for name in now.keys() - variables.keys():
        del os.environ[name]
    os.environ.update({name: value for name, value in variables.items() if now.get(name) != value})


def words(line: str | Sequence[str]) -> list[str]:
    """A command line as a shell splits it; a leading "salescli" is dropped."""
    found = shlex.split(line) if isinstance(line, str) else list(map(str, line))
    return found[1:] if found[:1] == ["salescli"] else found


class Book:
    """One book file and the command line on it."""

    def __init__(self, folder: Path, prepared: Path | None = None) -> None:
        self.folder = folder
        self.path = folder / "sales.db"
        self.prepared = prepared  # where the session keeps what `once` made
        self.steps: tuple[str, ...] = ()
        self.untouched = True  # nothing ran since the last step

    def variables(self, lang: str, env: dict[str, str] | None) -> dict[str, str]:
        """The environment its commands see."""
        fixed = {"SALESCLI_DB": str(self.path), "SALESCLI_LANG": lang, "LC_ALL": "C.UTF-8", "HOME": str(self.folder), "COLUMNS": "100"}
        return {**fixed, **(env or {})}

    def run(
        self,
        line: str | Sequence[str],
        *,
        day: str = DAY,
        lang: str = "en",
        user: str | None = None,
        stdin: str = "",
        env: dict[str, str] | None = None,
        ok: bool = False,
    ) -> Result:
        """Run one command in this process; `day` is the clock's, `user` the staff code to act as; `ok` asserts exit 0."""
        from salescli.cli import main

        self.untouched = False
        args = [*words(line), *(["--user", user] if user else [])]
        with surroundings(self.variables(lang, env), self.folder, date.fromisoformat(day)), streams(stdin) as (out, err):
            status = main(args)
            sys.stdout.flush()
            sys.stderr.flush()
            result = Result(status, out.getvalue().decode("utf-8", "replace"), err.getvalue().decode("utf-8", "replace"), out.getvalue())
        if ok:
            assert result.exit == 0, f"{line}\n{result.out}{result.err}"
        return result

    def ok(self, line: str | Sequence[str], **more: Any) -> Result:
        """Run a command that must succeed."""
        return self.run(line, ok=True, **more)

    def rows(self, line: str | Sequence[str], **more: Any) -> list[dict[str, Any]]:
        """The JSON rows of a report that must succeed."""
        return self.ok([*words(line), "-f", "json"], **more).rows

    def process(
        self, line: str | Sequence[str], *, day: str | None = DAY, lang: str = "en", env: dict[str, str] | None = None, stdin: str = ""
    ) -> Result:
        """Run the same in a process of its own; `day` travels as SALESCLI_DATE."""
        self.untouched = False
        variables = {k: v for k, v in os.environ.items() if k not in CLEARED} | self.variables(lang, env)
        variables |= {"SALESCLI_DATE": day} if day else {}
        command = [sys.executable, "-m", "salescli", *words(line)]
        done = subprocess.run(command, env=variables, cwd=self.folder, input=stdin.encode(), capture_output=True, timeout=120, check=False)
        return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), done.stdout)

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run SQL on the file behind the program's back and return the rows."""
        self.untouched = False
        with closing(sqlite3.connect(self.path)) as connection, connection:
            found = connection.execute(statement, values).fetchall()
            if re.match(r"\s*(insert into|update|delete from) sales_order\b", statement, re.IGNORECASE):
                from salescli.order.reads_kept import KEEP_ORDERS

                connection.execute(KEEP_ORDERS)  # what every customer bought first and last, as the program keeps it
            return found

    @contextmanager
    def watched(self) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
        """`sql` on one connection kept open: for the many looks of a state machine, each of which would read the schema anew."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            yield lambda statement, *values: connection.execute(statement, values).fetchall()

    def file(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        """A file in the book's folder."""
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        return path

    def once(self, fill: Callable[[Book], object]) -> Book:
        """This folder as `fill` leaves it: filled the first time in a session of tests, copied all other times (see `made_once`)."""
        assert self.untouched, f"{fill.__qualname__}: the book was changed since it was prepared; prepare that once, too"
        assert self.prepared
        self.steps += (f"{fill.__module__}.{fill.__qualname__}",)
        made = self.prepared / "-".join(self.steps)
        if made.is_dir():
            shutil.copytree(made, self.folder, dirs_exist_ok=True)
        else:
            fill(self)
            draft = Path(mkdtemp(dir=self.prepared))
            shutil.copytree(self.folder, draft, dirs_exist_ok=True)
            with suppress(OSError):  # another worker was quicker: theirs is the same
                draft.rename(made)
        self.untouched = True
        return self


def made_once(fill: Callable[[Book], object]) -> Callable[..., Book]:
    """A fixture that fills its one argument, a book, and gives it back; the work is done once in a session of tests:

    @pytest.fixture
    @made_once
    def office(book): ...
    """

    @wraps(fill)
    def made(**given: Book) -> Book:
        (book,) = given.values()
        return book.once(fill)

    return made


@pytest.fixture(scope="session", autouse=True)
def catalogue_compiled() -> None:
    """The Chinese catalogue as the .po files stand now."""
    import catalogue

    target = catalogue.mo_file(ROOT)
    newest = max((p.stat().st_mtime for p in catalogue.po_files(ROOT)), default=0)
    if not target.exists() or target.stat().st_mtime < newest:
        catalogue.compile_all(ROOT)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of prepared books, one for all workers of the session."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared"
    folder.mkdir(exist_ok=True)
    return folder


def founded(book: Book) -> None:
    """A book as `init` makes it: company, administrator bound to this OS account."""
    book.ok(["init", "--company", "华信办公", "--admin", "Ada Admin", "--admin-code", "ADMIN"], day=FOUNDED)


@pytest.fixture(scope="session")
def founded_book(tmp_path_factory: pytest.TempPathFactory, prepared: Path, catalogue_compiled: None) -> Path:
    """A book as `init` makes it, once per session: company, administrator bound to this OS account."""
    return Book(tmp_path_factory.mktemp("founded"), prepared).once(founded).path


@pytest.fixture
def book(tmp_path: Path, founded_book: Path, prepared: Path) -> Book:
    """A fresh copy of the founded book in a folder of its own."""
    shutil.copyfile(founded_book, tmp_path / "sales.db")
    return Book(tmp_path, prepared)


@pytest.fixture
def nobook(tmp_path: Path, prepared: Path, catalogue_compiled: None) -> Book:
    """The command line in an empty folder: no book exists yet."""
    return Book(tmp_path, prepared)


def demonstrated(book: Book) -> None:
    """The demo office as `demo` makes it on DAY."""
    book.ok(["demo", str(book.path)])


@pytest.fixture
def demo(nobook: Book) -> Book:
    """The demo office in a folder of its own."""
    return nobook.once(demonstrated)


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """golden("help/root.en.txt", text): equal to the file in tests/golden; SALESCLI_GOLDEN=write rewrites it."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if os.environ.get("SALESCLI_GOLDEN") == "write":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def realdata() -> Path:
    """The folder of real data sets; tests on them are skipped where it is not at hand."""
    folder = os.environ.get("SALESCLI_REALDATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SALESCLI_REALDATA does not name the folder of real data sets")
    return Path(folder)
