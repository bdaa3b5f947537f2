"""Revisions: what they make equals the models; an upgrade happens wholly or not at all, after a copy (DAT-03)."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from salescli.book import upgrade
from salescli.book.checks import table_checks
from salescli.core import reader
from tests.conftest import Book

pytestmark = pytest.mark.rule("DAT-03")

Shape = dict[str, Any]
ADVICE = "before the first release: python tools/freeze_schema.py (--check shows the difference); afterwards: a new revision"


def shape(path: Path) -> Shape:
    """Everything that makes a schema, whatever the order of columns: columns, references, CHECKs, indexes."""
    with closing(sqlite3.connect(path)) as c:
        tables = c.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
        made: Shape = {}
        for table, sql in tables:
            indexes = c.execute(f"SELECT name, \"unique\", origin, partial FROM pragma_index_list('{table}')").fetchall()
            made[table] = {
                "columns": {row[1]: row[2:] for row in c.execute(f"PRAGMA table_xinfo('{table}')")},
                "references": sorted(row[2:] for row in c.execute(f"PRAGMA foreign_key_list('{table}')")),
                "checks": {name: " ".join(rule.split()) for name, rule in table_checks(sql).items()},
                "indexes": {
                    name if origin == "c" else tuple(r[2] for r in c.execute(f"PRAGMA index_xinfo('{name}')") if r[5]): (
                        unique,
                        partial,
                        [row[2:] for row in c.execute(f"PRAGMA index_xinfo('{name}')")],
                        where(c, name) if partial else "",
                    )
                    for name, unique, origin, partial in indexes
                },
            }
        return made


def where(connection: sqlite3.Connection, index: str) -> str:
    sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()[0]
    return " ".join(str(sql).partition("WHERE")[2].split())


def migrate(path: Path, target: str = "head") -> None:
    """Run the revisions on a file as `upgrade` does."""
    with upgrade._transaction(path) as connection:
        upgrade.run_revisions(connection, target)


def test_the_revisions_make_what_the_models_say(book: Book, tmp_path: Path) -> None:
    migrate(tmp_path / "migrated.db")
    migrated, fresh = shape(tmp_path / "migrated.db"), shape(book.path)
    assert migrated.keys() == fresh.keys(), ADVICE
    for table in fresh:
        for part in fresh[table]:
            assert migrated[table][part] == fresh[table][part], f"{table}: {part}. {ADVICE}"


def test_the_newest_revision_is_the_program_s_version() -> None:
    names = sorted(p.name for p in (upgrade.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert names[-1].startswith(f"{reader.SCHEMA_VERSION:04d}_")
    assert len(names) == reader.SCHEMA_VERSION


def test_a_book_of_this_version_needs_nothing(book: Book) -> None:
    before = book.sql("SELECT count(*) FROM history")
    assert "version 1 already" in book.ok("upgrade").out
    assert book.sql("SELECT count(*) FROM history") == before
    assert list(book.folder.glob("*version*")) == []


# --- a second version, made up ----------------------------------------------------------------------------------------

SECOND = """
from alembic import op

revision = "0002"
down_revision = "0001"

def upgrade():
    run = op.get_bind().exec_driver_sql
    run("ALTER TABLE holiday ADD COLUMN grade TEXT NOT NULL DEFAULT 'B' CONSTRAINT ck_holiday_grade_type CHECK (grade IN ('A', 'B'))")
    run("CREATE INDEX ix_holiday_grade ON holiday (grade)")
    {more}
"""


@pytest.fixture
def second_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program one version ahead: its folder of revisions holds a second one, whose text the test writes."""
    import shutil

    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    monkeypatch.setattr(upgrade, "SCHEMA_VERSION", 2)
    monkeypatch.setattr(reader, "SCHEMA_VERSION", 2)
    second = folder / "versions" / "0002_second.py"
    second.write_text(SECOND.format(more=""))
    return second


def state(book: Book) -> tuple[Any, ...]:
    version = book.sql("PRAGMA user_version")[0][0]
    return version, book.sql("SELECT version_num FROM alembic_version")[0][0], len(book.sql("PRAGMA table_info(holiday)"))


def test_an_older_book_is_refused_until_it_is_upgraded(book: Book, second_version: Path) -> None:
    told = book.run("staff list")
    assert told.exit == 8
    assert "salescli upgrade" in told.err
    done = book.ok("upgrade")
    assert "now of version 2" in done.out
    assert state(book) == (2, "0002", 5)
    book.ok("staff list")
    book.ok("check")
    assert book.sql("SELECT verb, after FROM history ORDER BY id DESC LIMIT 1") == [("upgrade", "1 -> 2")]
    with closing(sqlite3.connect(book.folder / "sales-version-1.db")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert book.sql("SELECT count(*) FROM sqlite_stat1")[0][0] > 0


@pytest.mark.parametrize(
    ("more", "exit_status"),
    [
        ("raise RuntimeError('half-way')", 1),
        ("run(\"INSERT INTO staff_role (staff_id, role) VALUES (4711, 'rep')\")", 8),
        ("run('SELECT nonsense')", 1),
    ],
    ids=["fault", "lost reference", "bad SQL"],
)
def test_an_upgrade_that_fails_changes_nothing(book: Book, second_version: Path, more: str, exit_status: int) -> None:
    second_version.write_text(SECOND.format(more=more))
    before = shape(book.path)
    told = book.run("upgrade")
    assert told.exit == exit_status, told.err
    assert state(book) == (1, "0001", 4)
    assert shape(book.path) == before


KILLED = """
import sys
from pathlib import Path
from salescli.book import upgrade
from salescli.book.checks import table_checks
from salescli.core import reader
upgrade.MIGRATIONS = Path(sys.argv[1])
upgrade.SCHEMA_VERSION = reader.SCHEMA_VERSION = 2
from salescli.cli import main
sys.exit(main(["upgrade"]))
"""


def test_an_upgrade_killed_half_way_changes_nothing(book: Book, second_version: Path) -> None:
    import subprocess

    second_version.write_text(SECOND.format(more="import os, signal; os.kill(os.getpid(), signal.SIGKILL)"))
    folder = str(second_version.parent.parent)
    done = subprocess.run([sys.executable, "-B", "-c", KILLED, folder], env=book.variables("en", None), capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    assert state(book) == (1, "0001", 4)
    assert book.sql("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.rule("ORG-07")
def test_who_may(book: Book, second_version: Path) -> None:
    with closing(sqlite3.connect(book.path)) as c, c:
        c.execute("INSERT INTO staff (id, code, name) VALUES (9, 'LI', 'Li')")
        c.execute("INSERT INTO staff_role (staff_id, role) VALUES (9, 'rep')")
    assert book.run("upgrade", user="LI").exit == 7
    assert state(book)[0] == 1
