"""Files as offices have them: encodings, delimiters, workbooks, notes above the header, broken files."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salescli.core.jobs_files import Lossy, number_text

ORDER = "sku,name,list_price\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.rule("DAT-02")
def test_encodings_and_delimiters(book: Any, encoding: str, sign: str) -> None:
    book.file("p.csv", f"商品编码{sign}名称{sign}销售价\nA1{sign}墨粉盒{sign}128.50\n", encoding)
    book.ok("import products p.csv")
    assert book.sql("SELECT sku, name, list_price FROM product") == [("A1", "墨粉盒", 1285000)]


def test_gb18030_is_announced(book: Any) -> None:
    book.file("p.csv", "商品编码,名称\nA1,墨粉盒\n", "gb18030")
    assert "GB18030" in book.ok("import products p.csv").err


def test_other_bytes_are_refused(book: Any) -> None:
    (book.folder / "p.csv").write_bytes(b"sku,name\nA1,\xff\xfe\x80\n")
    result = book.run("import products p.csv")
    assert result.exit == 9
    assert "GB18030" in result.err


@pytest.mark.parametrize("content", ["", "\n\n", "  \n", ",,\n,,\n"])
def test_an_empty_file(book: Any, content: str) -> None:
    book.file("p.csv", content)
    result = book.run("import products p.csv")
    assert result.exit == 9
    assert "empty" in result.err


def test_a_header_alone_imports_nothing(book: Any) -> None:
    book.file("p.csv", ORDER)
    assert "added 0" in book.ok("import products p.csv").out
    assert book.sql("SELECT count(*) FROM import_batch") == [(0,)]


def test_no_such_file(book: Any) -> None:
    assert book.run("import products nowhere.csv").exit == 3


def test_standard_input(book: Any) -> None:
    book.ok("import products -", stdin="sku,name\nA1,Toner\n")
    assert book.sql("SELECT name FROM product") == [("Toner",)]


def test_rows_of_another_length_are_named(book: Any) -> None:
    book.file("p.csv", "sku,name,unit\nA1,Toner\nA2,Drum,pc\nA3,Paper,pack,extra\nA4,Pen,box,\n")
    result = book.run("import products p.csv -f json")
    assert result.exit == 9
    problems = [p for p in result.json()["problems"] if p["code"] == "row_length"]
    assert [p["facts"]["row"] for p in problems] == [2, 4]  # an empty cell too many does no harm
    assert book.sql("SELECT count(*) FROM product") == [(0,)]


def test_a_lost_quotation_mark(book: Any) -> None:
    book.file("p.csv", 'sku,name\nA1,"Toner\nA2,Drum\n')
    result = book.run("import products p.csv")
    assert result.exit == 9
    assert "quotation mark" in result.err


def test_line_ends_inside_a_cell_become_blanks(book: Any) -> None:
    book.file("p.csv", 'sku,name\nA1,"Toner\nblack"\n')
    book.ok("import products p.csv")
    assert book.sql("SELECT name FROM product") == [("Toner black",)]


def test_a_note_above_the_header_and_stars(book: Any) -> None:
    book.file("p.csv", '"1、带星号的为必填项\n2、请勿删除",,\n商品编码*,名称*,销售价\nA1,墨粉盒,10\n')
    book.ok("import products p.csv")
    assert book.sql("SELECT sku FROM product") == [("A1",)]


def test_a_workbook_with_numbers_for_codes_phones_and_days(book: Any, sheet: Any) -> None:
    from xlsxwriter import Workbook

    path = book.folder / "c.xlsx"
    with Workbook(str(path)) as work:
        work.add_worksheet("leer")
        page = work.add_worksheet("客户")
        page.write_row(0, 0, ["客户名称", "客户编号", "手机", "建档日期", "信用额度", "账期"])
        page.write_row(1, 0, ["华信", 1001, 13812345678])
        page.write_datetime(1, 3, date(2025, 3, 9), work.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row(1, 4, [0.1 + 0.2, 30])
    book.ok("import customers c.xlsx --sheet 客户")
    assert book.sql("SELECT code, since, credit_limit, credit_days, phone FROM customer c JOIN contact p ON p.customer_id = c.id") == [
        ("1001", "2025-03-09", 30, 30, "13812345678")
    ]
    assert book.run("import customers c.xlsx --sheet Nirgends").exit == 9


def test_a_long_number_that_lost_digits_is_refused_by_name(book: Any, sheet: Any) -> None:
    sheet("p.xlsx", [["sku", "name", "barcode"], ["A1", "Toner", 69012345678901234567]])
    result = book.run("import products p.xlsx")
    assert result.exit == 9
    assert "row 2, barcode" in result.err
    assert "lost digits" in result.err
    book.file("c.csv", "name,phone\nHX,1.38123E+10\n")
    assert "lost digits" in book.run("import customers c.csv").err


@pytest.mark.parametrize(
    ("number", "text"), [(13812345678.0, "13812345678"), (12.5, "12.5"), (0.1 + 0.2, "0.3"), (-3.0, "-3"), (1e-5, "0.00001")]
)
def test_figures_as_people_see_them(number: float, text: str) -> None:
    assert number_text(number) == text


def test_digits_beyond_fifteen_are_marked() -> None:
    assert isinstance(number_text(1e15), Lossy)


def test_a_damaged_workbook(book: Any) -> None:
    (book.folder / "p.xlsx").write_bytes(b"PK\x03\x04nothing")
    assert book.run("import products p.xlsx").exit == 9


# --- headers ------------------------------------------------------------------------------------------------------------


def test_missing_and_unknown_columns_are_named_with_suggestion(book: Any) -> None:
    book.file("o.csv", "order,datum,custmer,sku,quantity,unit_price\n1,2026-01-01,HX,A,1,1\n")
    result = book.run("import orders o.csv")
    assert result.exit == 9
    assert 'unknown column "custmer"' in result.err
    assert 'did you mean "customer"' in result.err
    assert 'required column "date" is missing' in result.err
    assert 'unknown column "datum"' in result.err


def test_one_of_price_and_amount_is_required(book: Any) -> None:
    book.file("o.csv", "order,date,customer,sku,quantity\n1,2026-01-01,HX,A,1\n")
    assert "unit_price, amount" in book.run("import orders o.csv").err


def test_two_columns_of_one_meaning(book: Any) -> None:
    book.file("p.csv", "sku,编码,name\nA1,A2,Toner\n")
    assert 'all mean "sku"' in book.run("import products p.csv").err
    book.ok(["import", "products", "p.csv", "--map", "编码="])
    assert book.sql("SELECT sku FROM product") == [("A1",)]


def test_mapping_columns(book: Any) -> None:
    book.file("p.csv", "Artikel,Bezeichnung,Farbe\nA1,Toner,schwarz\n")
    result = book.ok(["import", "products", "p.csv", "--map", "Artikel=sku，Bezeichnung=名称"])
    assert "Farbe" in result.err  # what is left out is said
    assert book.sql("SELECT sku, name FROM product") == [("A1", "Toner")]
    assert book.run(["import", "products", "p.csv", "--map", "Artikel=nonsense"]).exit == 2
    assert "no column" in book.run(["import", "products", "p.csv", "--map", "Nirgends=sku,Artikel=sku,Bezeichnung=name"]).err


def test_help_names_every_column_and_alias(nobook: Any) -> None:
    page = nobook.ok("import customers --help").out
    assert page.index("name *") < page.index("short_name")
    assert "期初应收" in page
    assert "纳税人识别号" in nobook.ok("import customers --help", lang="zh").out


def test_a_kind_that_does_not_exist(nobook: Any) -> None:
    result = nobook.run("import custmers x.csv")
    assert result.exit == 2
    assert "customers" in result.err


def test_dates_in_files(book: Any) -> None:
    lines = [
        f"S{i},Name,rep,{text}" for i, text in enumerate(["2026-01-05", "2026/1/5", "20260105", "2026年1月5日", "2026-01-05 08:30:00"])
    ]
    book.file("s.csv", "code,name,role,hired\n" + "\n".join(lines) + "\n")
    book.ok("import staff s.csv")
    assert {day for (day,) in book.sql("SELECT hired FROM staff WHERE code LIKE 'S%'")} == {date(2026, 1, 5).isoformat()}
    book.file("s.csv", "code,name,role,hired\nT1,Name,rep,tomorrow\n")
    assert "is not a date" in book.run("import staff s.csv").err


def test_values_under_no_header(book: Any) -> None:
    book.file("p.csv", "sku,name,\nA1,Toner,\nA2,Drum,what?\n")
    result = book.run("import products p.csv")
    assert result.exit == 9
    assert 'row 3: "what?"' in result.err


def test_a_list_as_offices_keep_it(office: Any, book: Any) -> None:
    """A heading, row numbers, units in brackets, names spread with blanks, full-width digits, a total below."""
    lines = (
        "客户资料表（2026 年 10 月）,,,,,",
        ",,,,,",
        "序号,客户名称,手机,业务员,账期（天）,信用额度(元)",
        "1,晨光文具店,１３７００１３７０００,王 敏,30,50000",
        "合计,1 家,,,,",
    )
    book.file("list.csv", "\n".join(lines))
    result = book.run("import customers list.csv", lang="zh")
    assert result.exit == 0
    assert "新增 1" in result.out
    assert "跳过的合计行：第 5 行" in result.err
    [row] = [row for row in book.rows("customer list") if row["name"] == "晨光文具店"]
    assert (row["staff"], row["phone"]) == ("W1", "13700137000")
    assert book.sql("SELECT credit_days, credit_limit FROM customer WHERE name = '晨光文具店'") == [(30, 5_000_000)]


@pytest.mark.rule("DAT-02")
def test_a_firm_called_total_is_no_sum(book: Any) -> None:
    book.file("firms.csv", "name,region\nTotal,North\nTotal,2\n")
    told = book.ok("import customers firms.csv", lang="zh").err
    assert "跳过的合计行：第 3 行" in told
    assert book.sql("SELECT name, region FROM customer") == [("Total", "North")]
