"""The book of hand_debts, typed in once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ar.hand_debts import fill


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory) -> Path:
    """Where the filled book is kept once somebody needed it."""
    return tmp_path_factory.mktemp("debts") / "sales.db"


@pytest.fixture
def debts(book, filled_once):
    """A copy of it."""
    if filled_once.exists():
        shutil.copyfile(filled_once, book.path)
    else:
        fill(book)
        shutil.copyfile(book.path, filled_once)
    return book
