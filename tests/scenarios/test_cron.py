"""The overdue list as a cron job: no terminal, no locale, no input; one clear line and a status when something is wrong (CLI.md §5)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Book, made_once

pytestmark = pytest.mark.rule("AR-05")

CRON_TAB = Path("/etc/cron.d")
OVERDUE = "ar overdue --exit-code -o {out}"


@pytest.fixture
@made_once
def late(office: Book) -> None:
    """The office long after its receivable was due."""
    office.ok("customer edit C1 --name 华信科技")


def bare(book: Book, line: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """The command as cron starts it: nothing in the environment, standard input closed, some other folder."""
    command = ["env", "-i", sys.executable, "-m", "salescli", "--db", str(book.path), "--date", "2027-03-01", *line.split()]
    script = 'exec "$@" <&-'
    return subprocess.run(["/bin/sh", "-c", script, "sh", *command], cwd="/", capture_output=True, timeout=60, check=False, **more)  # type: ignore[call-overload]


def names_in(workbook: Path) -> str:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0)
    return " ".join(str(cell) for row in sheet.to_python() for cell in row)


def test_without_terminal_locale_or_input(late: Book, tmp_path: Path) -> None:
    out = tmp_path / "overdue.xlsx"
    told = bare(late, OVERDUE.format(out=out))
    assert (told.returncode, told.stdout, told.stderr) == (10, b"", b"")
    assert "华信科技" in names_in(out)
    assert "10000" in names_in(out)


def test_plain_text_without_locale_is_whole(late: Book) -> None:
    told = bare(late, "ar overdue")
    assert told.returncode == 0
    assert "华信科技" in told.stdout.decode("utf-8")


def test_nothing_overdue_is_silence(late: Book, tmp_path: Path) -> None:
    out = tmp_path / "overdue.xlsx"
    told = bare(late, f"ar overdue --as-of 2026-11-01 --exit-code -o {out}")
    assert (told.returncode, told.stdout, told.stderr) == (0, b"", b"")
    assert out.is_file()


def test_one_clear_line_when_something_is_wrong(late: Book, tmp_path: Path) -> None:
    late.path.write_bytes(b"damaged" * 1000)
    told = bare(late, OVERDUE.format(out=tmp_path / "overdue.xlsx"))
    assert told.returncode == 8
    assert len(told.stderr.splitlines()) <= 2
    assert not (tmp_path / "overdue.xlsx").exists()


def test_backup_and_check_under_the_same_conditions(late: Book) -> None:
    assert bare(late, f"backup {late.folder}/copies/ --keep 2").returncode == 0
    assert bare(late, "check").returncode == 0
    assert len(list((late.folder / "copies").glob("*.db"))) == 1


# --- the real thing ---------------------------------------------------------------------------------------------------


@pytest.fixture
def crontab() -> Iterator[Path]:
    """A table of the machine's cron, and its daemon running; both gone afterwards."""
    daemon = shutil.which("cron") or "/usr/sbin/cron"
    if not Path(daemon).exists():
        pytest.skip("there is no cron on this machine")
    if os.geteuid() != 0 or not os.access(CRON_TAB, os.W_OK):
        pytest.skip("only root may start cron and write its tables")
    table = CRON_TAB / f"salescli-test-{os.getpid()}"
    process = None
    try:
        table.touch(mode=0o644)
        process = subprocess.Popen([daemon, "-f"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.5)
        if process.poll() is not None and b"lock" not in (process.stderr.read() if process.stderr else b""):
            pytest.skip("cron does not start here")
        yield table
    finally:
        table.unlink(missing_ok=True)
        if process and process.poll() is None:
            process.terminate()
            process.wait(timeout=10)


@pytest.mark.proof
def test_the_overdue_list_under_real_cron(late: Book, tmp_path: Path, crontab: Path) -> None:
    import pwd

    out, status = tmp_path / "overdue.xlsx", tmp_path / "status"
    user = pwd.getpwuid(os.geteuid()).pw_name
    program = f"{sys.executable} -m salescli --db {late.path} --date 2027-03-01"
    crontab.write_text(f"* * * * * {user} {program} {OVERDUE.format(out=out)} >{tmp_path}/said 2>&1; echo $? >{status}\n")
    later = time.time() + 5
    os.utime(crontab, (later, later))  # cron knows a changed table by whole seconds, and read the empty one in this very second
    deadline = time.monotonic() + 130
    while not (status.exists() and status.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(1)
    assert status.read_text().strip() == "10", (tmp_path / "said").read_text()
    assert (tmp_path / "said").read_text() == ""
    assert "华信科技" in names_in(out)
