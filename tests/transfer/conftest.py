"""Fixtures of the import and export tests: an office with staff, customers and products, and files written on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import made_once

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
@made_once
def office(book: Any) -> None:
    """The walkthrough office without its documents."""
    for kind in ("staff", "customers", "products"):
        book.ok(f"import {kind} {DATA / kind}.csv")


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes an XLSX file of one sheet."""

    def write(name: str, rows: Sequence[Sequence[Any]]) -> Path:
        from xlsxwriter import Workbook

        path = tmp_path / name
        book = Workbook(str(path))
        page = book.add_worksheet("Daten")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
        book.close()
        return path

    return write
