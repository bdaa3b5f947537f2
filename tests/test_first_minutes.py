"""The first ten minutes of these manual pages run as they are written, on a new book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("staff", "customer", "product", "visit", "lead", "pool")


def lines(page: str) -> list[str]:
    """The commands of the first block, without the remarks set two blanks or more behind them."""
    block = (DOCS / f"{page}.md").read_text(encoding="utf-8").split("## First ten minutes")[1].split("```")[1]
    return [re.split(r"\s{2,}", line)[0] for line in block.strip().splitlines()]


@pytest.mark.parametrize("page", PAGES)
def test_the_first_ten_minutes_of_a_page_run(book, page: str) -> None:
    assert len(lines(page)) >= 5
    for line in lines(page):
        book.ok(line)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_every_column_its_reports_have(book, page: str) -> None:
    for line in lines(page):
        book.ok(line)
    told = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    for line in [line for line in lines(page) if re.search(r" (list|show|tree|rights)\b", line)]:
        for row in book.ok(f"{line} -f json").rows[:1]:
            assert [key for key in row if key not in told] == [], line
