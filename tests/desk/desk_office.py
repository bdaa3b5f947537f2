"""A small office for the tests of the desk: GM above manager MA, supervisor SU, reps RA and RB; finance FI, front desk FD."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from tests.conftest import made_once

PEOPLE = (
    ("GM", "management", None),
    ("MA", "manager", "GM"),
    ("SU", "supervisor", "MA"),
    ("RA", "rep", "SU"),
    ("RB", "rep", "SU"),
    ("FI", "finance", "GM"),
    ("FD", "front_desk", "MA"),
)


def hire(book, code: str, role: str, superior: str | None = None) -> None:
    """Take somebody on."""
    book.ok(["staff", "add", code, f"Name {code}", "--role", role, *(["--superior", superior] if superior else [])])


@pytest.fixture
@made_once
def office(book):
    for code, role, superior in PEOPLE:
        hire(book, code, role, superior)


@pytest.fixture
def cheap_hashes(monkeypatch) -> None:
    """Password hashes that cost a millisecond instead of a third of a second."""
    from salescli.core import signin

    monkeypatch.setattr(signin, "COST", (10, 8, 1))


@contextmanager
def keyboard(account: str):
    """Another OS account at the keyboard than the one that runs the tests."""
    from salescli.core import access, writer

    kept = access.os_account, writer.os_account
    access.os_account = writer.os_account = lambda: account
    try:
        yield
    finally:
        access.os_account, writer.os_account = kept
