"""What receivables put on a day list: everything of an office, ten of one person's and how many more."""

from __future__ import annotations

import pytest

from tests.conftest import Book


@pytest.fixture
def twelve_late(book: Book) -> Book:
    book.ok("staff add LI 李明 --role rep")
    book.ok("customer add Huaxin --code C1 --staff LI")
    lines = [f"R{n:02d},C1,2026-09-{n:02d},2026-10-{n:02d},{n}00.00,LI" for n in range(1, 13)]
    (book.folder / "debts.csv").write_text("\n".join(["number,customer,date,due_date,amount,staff", *lines]))
    book.ok("import receivables debts.csv")
    return book


@pytest.mark.rule("VIS-09", "AR-04")
def test_one_person_sees_the_ten_longest_late_and_how_many_more(twelve_late: Book) -> None:
    rows = [row for row in twelve_late.rows("today LI") if row["rule"] == "AR-04"]
    assert [row["ref"] for row in rows] == [f"R{n:02d}" for n in range(1, 11)] + [None]
    assert rows[-1]["text"] == "2 more of receivable overdue: salescli ar overdue --staff LI"
    assert len(twelve_late.rows("ar overdue --staff LI")) == 12


@pytest.mark.rule("VIS-09")
def test_the_list_of_the_office_is_everybodys_own_list(twelve_late: Book) -> None:
    lines = [row["text"] for row in twelve_late.rows("today --all") if row["rule"] == "AR-04"]
    assert len(lines) == 11
    assert [text for text in lines if "2 more of receivable overdue: salescli ar overdue --staff" in text]
