"""The book of hand_debts, typed in once and copied for each test."""

from __future__ import annotations

import pytest

from tests.ar.hand_debts import fill
from tests.conftest import made_once


@pytest.fixture
@made_once
def debts(book):
    fill(book)
