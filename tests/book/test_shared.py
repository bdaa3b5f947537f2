"""`init --shared`: one machine, one group, never a network file system (CLI.md §1)."""

from __future__ import annotations

import os
import stat

import pytest

from salescli.book import sharing

LINE = "init --company 华信 --admin Ada --shared"


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.rule("DAT-03")
def test_folder_and_book_are_open_to_the_group(nobook) -> None:
    path = nobook.folder / "office" / "sales.db"
    nobook.ok([*LINE.split(), "--db", str(path)])
    assert mode(path) == 0o660
    assert mode(path.parent) & 0o2070 == 0o2070
    nobook.ok(["staff", "add", "RA", "Rep", "--db", str(path)])
    assert mode(path) == 0o660


@pytest.mark.rule("DAT-03")
def test_sqlites_own_files_take_the_books_mode(nobook) -> None:
    import sqlite3

    nobook.ok(LINE)
    old = os.umask(0o077)
    try:
        connection = sqlite3.connect(nobook.path)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE staff SET name = 'X'")
        assert mode(nobook.folder / "sales.db-wal") == 0o660
        assert mode(nobook.folder / "sales.db-shm") == 0o660
        connection.close()
    finally:
        os.umask(old)


@pytest.mark.rule("DAT-03")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_file_system_is_refused(nobook, monkeypatch, kind) -> None:
    mounts = nobook.file("mounts", f"disk / ext4 rw 0 0\nserver:/x {nobook.folder} {kind} rw 0 0\n")
    monkeypatch.setattr(sharing, "MOUNTS", mounts)
    result = nobook.run(f"{LINE} -f json")
    assert result.exit == 4
    assert result.json()["error"]["code"] == "network_file_system"
    assert not nobook.path.exists()


def test_a_mount_with_a_blank_in_its_name(nobook, monkeypatch) -> None:
    folder = nobook.folder / "my share"
    folder.mkdir()
    mounts = nobook.file("mounts", f"disk / ext4 rw 0 0\nserver:/x {str(folder).replace(' ', chr(92) + '040')} nfs rw 0 0\n")
    monkeypatch.setattr(sharing, "MOUNTS", mounts)
    assert sharing.file_system(folder) == "nfs"
    assert sharing.file_system(nobook.folder) == "ext4"


def test_somebody_elses_folder_is_left_alone(nobook, monkeypatch) -> None:
    before = mode(nobook.folder)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert nobook.run(LINE).exit == 4
    assert mode(nobook.folder) == before
