"""Bad input gets a clear sentence, a non-zero exit status and an untouched book: the slips no single room answers for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import DAY, Book

LONG = "长" * 5000


def lines_of_history(book: Book) -> int:
    return int(book.sql("SELECT max(id) FROM history")[0][0])


def environment(book: Book) -> dict[str, str]:
    return {**os.environ, **book.variables("en", None), "SALESCLI_DATE": DAY}


# --- what is said -----------------------------------------------------------------------------------------------------


def test_a_text_of_5000_characters_does_not_drown_the_reason(book: Book) -> None:
    for line in ("customer show", "order list --state", "order list --sort", "ar aging --as-of"):
        said = book.run([*line.split(), LONG])
        assert (said.exit, len(said.err) < 800) == (2, True)
        refusal = book.run([*line.split(), LONG, "-f", "json"]).json()["error"]
        assert len(refusal["message"]) < 800
        assert LONG not in (refusal["hint"] or "")


def test_quotation_marks_in_a_value_leave_the_sentence_in_the_language(book: Book) -> None:
    for value in ("it's", "'; DROP TABLE staff;--", 'a"b', "\\"):
        assert "不在可选值之内" in book.run(["order", "list", "--state", value], lang="zh").err
        assert "不是整数" in book.run(["order", "list", "--limit", value], lang="zh").err


def test_why_the_system_cannot_read_or_write_is_said_in_chinese(book: Book) -> None:
    (book.folder / "loop.csv").symlink_to("loop.csv")
    (book.folder / "folder.csv").mkdir()
    for line, words in {
        "import customers loop.csv": "链接绕成了圈",
        "import customers folder.csv": "它是文件夹",
        f"import customers {'x' * 300}.csv": "名称太长",
        "order list -o missing/x.csv": "没有这个文件或文件夹",
        "order list -o folder.csv": "它是文件夹",
        "export all -o sales.db": "已经存在",
    }.items():
        refused = book.run(line, lang="zh")
        assert refused.exit in (2, 9)
        assert words in refused.err


def test_a_broken_workbook_or_text_is_told_without_the_librarys_words(book: Book) -> None:
    (book.folder / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    book.file("quote.csv", 'name,code\n"华信,C1\n')
    for name, words in {"broken.xlsx": "不能作为工作簿读取", "quote.csv": "引号"}.items():
        refused = book.run(f"import customers {name}", lang="zh")
        assert (refused.exit, words in refused.err) == (9, True)
        assert not {"detect", "unexpected", "data"} & set(refused.err.split())


def test_a_sheet_with_a_cell_in_its_far_corner_is_refused_before_it_takes_all_memory(book: Book) -> None:
    from xlsxwriter import Workbook

    made = Workbook(str(book.folder / "far.xlsx"))
    page = made.add_worksheet()
    page.write(0, 0, "name")
    page.write(1_048_575, 16_383, " ")
    made.close()
    refused = book.run("import customers far.xlsx", lang="zh")
    assert (refused.exit, "XFD1048576" in refused.err) == (9, True)


def test_a_file_without_names_of_columns_is_told_so_once(book: Book) -> None:
    """Not cell by cell, each with the advice to leave it out."""
    book.file("rows.csv", f"C1,华信,{LONG}\nC2,宏达,x\n")
    refused = book.run("import customers rows.csv -f json").json()["problems"]
    assert [(found["code"], found["facts"]["columns"][:2]) for found in refused] == [("no_header", ["C1", "华信"])]
    assert len(refused[0]["message"]) < 800


def test_a_bad_line_of_a_file_is_named_with_its_place(book: Book) -> None:
    book.ok("customer add 华信 --code C1")
    rows = [f"order {n},2026-01-05,C1" for n in range(50)]
    book.file("orders.csv", "\n".join(["number,date,customer", *rows]))
    refused = book.run("order new C1 --lines orders.csv", lang="zh")
    assert refused.exit == 2
    assert "orders.csv 第 1 行" in refused.err
    assert "另有 41 处" in refused.err


def test_streams_closed_before_the_start_are_no_fault(book: Book) -> None:
    for line, status in {"whoami >&-": 0, "whoami 2>&-": 0, "whoami -f json >&- 2>&-": 0, "nonsense 2>&-": 2, "whoami <&-": 0}.items():
        done = subprocess.run(
            ["/bin/sh", "-c", f"{sys.executable} -m salescli {line}"], env=environment(book), capture_output=True, check=False
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (status, False), line


def test_a_check_that_does_not_exist_offers_the_nearest(book: Book) -> None:
    refused = book.run("check receivables_open")
    assert (refused.exit, "did you mean receivable_open" in refused.err) == (3, True)
    assert len(book.run("check nonsense").err) < 200


# --- what is left behind ----------------------------------------------------------------------------------------------


@pytest.mark.rule("DAT-02")
def test_rows_that_do_not_leave_leave_no_line_in_the_history(demo: Book) -> None:
    before = lines_of_history(demo)
    for line in (
        "order list -f csv --columns nonsense",
        "order list -f json --sort nonsense",
        "order list -f csv --limit -1",
        "order list -o report",
        "order list -o missing/x.csv",
        "export customers -o report",
        "export customers -o missing/x.csv",
        "export all -o sales.db",
    ):
        assert demo.run(line).exit == 2
        assert lines_of_history(demo) == before, line
    demo.ok("order list -f csv --limit 1")
    assert lines_of_history(demo) == before + 1


@pytest.mark.rule("DAT-02")
def test_an_empty_file_name_is_a_variable_that_was_never_set(book: Book) -> None:
    before = lines_of_history(book)
    for line in ("order list -o", "order list -f csv -o", "export customers -o", "export all -o", "backup", "demo", "import staff"):
        refused = book.run([*line.split(), ""])
        assert (refused.exit, refused.out) == (2, "")
        assert "is empty; a file name is needed" in refused.err
    assert lines_of_history(book) == before
    assert [path.name for path in book.folder.iterdir()] == ["sales.db"]


@pytest.mark.rule("ORG-09")
def test_an_empty_global_option_is_no_choice_of_the_default(book: Book) -> None:
    for line in ("--user= whoami", "whoami --user ''", "whoami --db ''", "today --date ' '", "whoami --lang ''"):
        refused = book.run(line)
        assert (refused.exit, refused.out, "needs a value" in refused.err) == (2, "", True), line


def test_more_rows_than_can_be_counted_are_all_rows(demo: Book) -> None:
    for line in ("order list", "lead list", "ar list --open", "customer list"):
        assert demo.ok(f"{line} --limit {9 * 10**20}").out == demo.ok(line).out


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-07")
def test_a_festival_of_a_leap_day_is_greeted_every_year(book: Book) -> None:
    book.ok("customer festival add 店庆 2-29")
    for year, day in {2027: "2027-02-28", 2028: "2028-02-29"}.items():
        assert {"店庆": day}.items() <= {row["festival"]: row["date"] for row in book.rows(f"customer festival list {year}")}.items()
    book.ok("today")
    assert book.run("customer care --festival 店庆").exit == 0


@pytest.mark.rule("CUS-07")
def test_birthdays_of_three_centuries_are_not_looked_for(book: Book) -> None:
    for line in ("customer birthdays --period", "customer care --birthdays"):
        assert book.run(f"{line} 2028").exit == 0
        refused = book.run(f"{line} 1900-01-01..2199-12-31")
        assert (refused.exit, "once a year" in refused.err) == (2, True)


@pytest.mark.rule("CUS-14")
def test_an_occasion_without_a_name_is_none(book: Book) -> None:
    assert book.run(["customer", "care", "--festival", ""]).exit == 3
    assert book.run(["customer", "care", "--event", ""]).exit == 2


# --- figures that make every total impossible -------------------------------------------------------------------------

MOST_GOODS = "900000000000@99000"  # each figure may be typed; their product is more than sums of it could hold


def test_no_document_comes_to_more_than_its_totals_can_hold(demo: Book) -> None:
    before = lines_of_history(demo)
    for line in ("order new C0001", "quote new C0001", "contract new C0001", "purchase new S001"):
        refused = demo.run(f"{line} DRUM-23={MOST_GOODS}")
        assert (refused.exit, "the amount comes to more than the book holds" in refused.err) == (2, True), line
    assert demo.run("order new C0001 DRUM-23=999999999999@99999999999").exit == 2
    assert lines_of_history(demo) == before


def test_rows_of_a_file_that_come_to_more_are_named(book: Book) -> None:
    book.ok("customer add 华信 --code C1")
    book.ok("product add P1 Paper")
    rows = ["order,date,customer,sku,quantity,unit_price", "A,2026-01-05,C1,P1,1,10", "B,2026-01-05,C1,P1,900000000000,99000"]
    book.file("o.csv", "\n".join(rows))
    refused = book.run("import orders o.csv -f json")
    assert refused.exit == 9
    assert [(p["facts"]["row"], p["facts"]["key"]) for p in refused.json()["problems"][:-1]] == [(3, "quantity")]
    assert book.sql("SELECT count(*) FROM sales_order") == [(0,)]


# --- undo -------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-09")
def test_undo_names_a_few_reasons_and_never_the_founding(demo: Book) -> None:
    refused = demo.run("undo")
    assert (refused.exit, "wrote nothing today to undo" in refused.err) == (3, True)
    given = [row["code"] for row in demo.rows("customer list --staff LIU")][:15]
    demo.ok(["customer", "transfer", *given, "--to", "YANG", "--reason", "x", "--no-input"])
    refused = demo.run("undo")
    assert refused.exit == 6
    assert (
        f"customer transfer is not undone: 18 of its changes are reversed by commands of their own, among them those of {given[0]}, "
        in (refused.err)
    )
    assert len(refused.err.splitlines()) == 2
