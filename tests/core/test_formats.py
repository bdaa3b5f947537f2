"""What every format writes, against golden files in both languages (SALESCLI_GOLDEN=write rewrites them)."""

from __future__ import annotations

import csv
import json
import os
import time
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from wcwidth import wcswidth

from salescli.core import i18n
from salescli.core.errors import SalesError
from salescli.core.formats import FORMATS, SUFFIXES, values, writer, xlsx
from salescli.core.formats.csv import harmless
from salescli.core.formats.folding import folded
from salescli.core.formats.plain import GAP, aligned
from salescli.core.formats.table import SPACING, fitted, parts
from salescli.core.i18n import msg
from salescli.core.money import amount_text, grouped
from salescli.core.report import Column, Figure, OutputOptions, Report, arranged

GOLDEN = Path(__file__).parents[1] / "golden" / "core"

WORDS = {
    "Receivables on {day}": "{day} 应收账款",
    "Number": "单号",
    "Customer": "客户",
    "State": "状态",
    "Amount": "金额",
    "Unit price": "单价",
    "Quantity": "数量",
    "Completion": "完成率",
    "Due": "到期日",
    "Entered": "录入时间",
    "Days late": "逾期天数",
    "Result": "结果",
    "Blocked": "冻结",
    "Phone": "电话",
    "Grade": "等级",
    "Total": "合计",
    "yes": "是",
    "no": "否",
    "Notes": "说明",
    "Field": "字段",
    "Value": "值",
    "Unallocated money: {amount:amount}": "未核销款项：{amount:amount}",
    "Nothing is owed. Enter a receivable: salescli import receivables FILE": "没有应收账款。导入：salescli import receivables FILE",
    "part_delivered": "部分交货",
    "draft": "草稿",
}


class Dictionary:
    """A catalogue of its own, so that these tests judge the writers and not the state of the translation."""

    def gettext(self, text: str) -> str:
        return WORDS.get(text, text)

    def pgettext(self, _context: str, text: str) -> str:
        return WORDS.get(text, text)


@pytest.fixture(params=["en", "zh"])
def lang(request, monkeypatch) -> str:
    before = i18n.language()
    monkeypatch.setattr(i18n, "_chinese", Dictionary)
    i18n.use(request.param)
    yield request.param
    i18n.use(before)


REPORT = Report(
    "ar.open",
    msg("Receivables on {day}", day="2026-11-03"),
    (
        Column("number", "Number"),
        Column("customer_name", "Customer"),
        Column("state", "State", "code"),
        Column("amount", "Amount", "amount", total=True),
        Column("unit_price", "Unit price", "price"),
        Column("quantity", "Quantity", "quantity", total=True),
        Column("completion_pct", "Completion", "percent"),
        Column("due_date", "Due", "date"),
        Column("entered", "Entered", "time"),
        Column("late_days", "Days late", "int"),
        Column("value", "Result", "figure"),
        Column("blocked", "Blocked", "bool"),
        Column("phone", "Phone"),
    ),
    [
        ("SO-1", "华信科技（深圳）有限公司", "part_delivered", 123456789, 123456, 2500, 9543, "2026-11-03", "2026-11-03T09:30:05", 1234,
         Figure("amount", 500050), 1, "13800138000"),
        ("SO-2", "Müller & Söhne GmbH", "draft", -4500, 120000, 10000, -250, None, None, None, Figure("int", 12), 0, "+86 755 1234"),
        ("=1+1", "O'Neill | <b>Ltd</b>\x1b[31m\r\nsecond line", "draft", None, None, None, None, "2026-12-31", None, -3, None, None, None),
        ("1e5", "", "draft", 0, 12345, -10, 0, "2026-01-01", "2026-01-01T00:00:00", 0, Figure("text", "-"), 0, ""),
    ],
    notes=(msg("Unallocated money: {amount:amount}", amount=98765),),
    as_of="2026-11-03",
    totals={"grade": 2},
    figures=(Column("grade", "Grade", "rank"),),
)  # fmt: skip
EMPTY = REPORT._replace(rows=[], totals={}, notes=(), empty=msg("Nothing is owed. Enter a receivable: salescli import receivables FILE"))
RECORD = REPORT._replace(rows=REPORT.rows[:2], record=True)
REPORTS = {"open": REPORT, "empty": EMPTY, "record": RECORD}


def drawn(report: Report, name: str) -> str:
    out = StringIO()
    writer(name)(arranged(report, OutputOptions()), out)
    return out.getvalue()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
@pytest.mark.parametrize("which", REPORTS)
def test_each_format_writes_its_golden_text(which: str, name: str, lang: str) -> None:
    text = drawn(REPORTS[which], name)
    golden = GOLDEN / f"{which}.{lang}.{name}"
    if os.environ.get("SALESCLI_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8", newline="")
    assert text == golden.read_bytes().decode()


@pytest.mark.parametrize("name", ["plain", "table", "md", "html"])
def test_no_control_character_reaches_a_person(name: str, lang: str) -> None:
    assert not set(drawn(REPORT, name)) & {chr(code) for code in (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0))}


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("columns", [40, 60, 80, 132])
def test_a_terminal_table_fits_the_width_and_breaks_no_figure(columns: int, lang: str, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    out = Terminal()
    writer("table")(arranged(REPORT, OutputOptions()), out)
    text = out.getvalue()
    assert "\x1b" not in text
    assert max(wcswidth(line) for line in text.splitlines()) <= columns
    for figure in ("1,234,567.89", "12.3456", "-2.50%", "1,234", "5,000.50"):
        assert figure in text
    golden = GOLDEN / f"terminal_{columns}.{lang}.table"
    if os.environ.get("SALESCLI_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_a_terminal_table_is_in_colour_unless_told_otherwise(monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = Terminal()
    writer("table")(REPORT, out)
    assert "\x1b[1m" in out.getvalue()


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.integers(10, 120))
def test_parts_hold_every_column_once_and_fit(least: list[int], room: int) -> None:
    drawn_parts = parts(least, room)
    assert [place for part in drawn_parts for place in part if place] == list(range(1, len(least)))
    assert all(part[0] == 0 for part in drawn_parts)
    for part in drawn_parts:
        fits = sum(least[i] for i in part) + SPACING * (len(part) - 1) <= room
        assert fits or len(part) <= 2  # wider than the terminal by itself
        widths = fitted([least[i] + 9 for i in part], [least[i] for i in part], room)
        assert not fits or sum(widths) + SPACING * (len(part) - 1) <= room


TASKS = Report(
    "tasks",
    msg("Tasks"),
    (Column("ref", "Document"), Column("place", "Place"), Column("text", "Text"), Column("late", "Days late", "int")),
    [
        ("DN-1", None, "上海博利食品有限公司：31,668.60 自 2026-10-15 起逾期（LIU）；salescli ar receipt C0213 AMOUNT", 38),
        ("DN-2", None, "青岛万达广告有限公司：1,750.80 自 2026-10-22 起逾期（WANG）；salescli ar receipt C0038 AMOUNT", 31),
    ],
)


def drawn_in(cells: int, monkeypatch, report: Report = TASKS) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(cells))
    monkeypatch.setenv("NO_COLOR", "1")
    out = Terminal()
    writer("table")(report, out)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_a_long_text_stands_below_its_row_where_the_terminal_is_narrow(monkeypatch) -> None:
    assert drawn_in(60, monkeypatch) == [
        "Tasks",
        "Document  Days late",
        "───────────────────",
        "DN-1             38",
        "  上海博利食品有限公司：31,668.60 自 2026-10-15 起逾期",
        "  （LIU）；salescli ar receipt C0213 AMOUNT",
        "DN-2             31",
        "  青岛万达广告有限公司：1,750.80 自 2026-10-22 起逾期",
        "  （WANG）；salescli ar receipt C0038 AMOUNT",
        "Empty and left out: Place",
    ]


def test_empty_columns_stay_where_there_is_room_or_they_were_asked_for(monkeypatch) -> None:
    assert "Place" in drawn_in(140, monkeypatch)[1]
    assert drawn_in(60, monkeypatch, TASKS._replace(chosen=True))[1] == "Document  Place  Days late"


@given(st.text("汉字，。（）：ab1.- ", max_size=60), st.integers(2, 30))
def test_folded_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = folded(text, room)
    assert all(wcswidth(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_moment_is_shown_by_the_clock_of_the_machine(monkeypatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert values.human("2026-11-22T18:40:07.912+00:00", "time") == "2026-11-23 02:40:07"
        assert values.human("2026-11-22T09:30", "time") == "2026-11-22 09:30"
        assert values.machine("2026-11-22T18:40:07.912+00:00", "time") == "2026-11-22T18:40:07.912+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


# --- plain ---------------------------------------------------------------------------------------------------------------------

CELLS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)


@given(st.lists(st.tuples(CELLS, st.none() | st.integers(-(10**9), 10**9)), min_size=1, max_size=9), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_long_list_is_written_in_blocks_as_in_one(
    monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str, int | None]], total: bool
) -> None:
    """Only the memory a long list takes depends on the size of the blocks, not a byte of what is written."""
    columns = (Column("name", "Name"), Column("open", "Open", "amount", total=total))
    report = Report("r", msg("R"), columns, rows)
    report = report._replace(totals=report.all_totals())

    def text(size: int, name: str) -> str:
        monkeypatch.setattr(values, "BLOCK", size)
        out = StringIO()
        writer(name)(report, out)
        return out.getvalue()

    for name in ("plain", "csv", "json"):
        assert text(2, name) == text(5_000, name)


@given(st.lists(st.tuples(CELLS, CELLS, st.integers(-(10**9), 10**9)), min_size=1, max_size=8))
def test_every_plain_row_starts_its_columns_at_the_same_cell(rows: list[tuple[str, str, int]]) -> None:
    shown = [(values.visible(a), values.visible(b), str(n)) for a, b, n in rows]
    columns = list(zip(*shown, strict=True))
    lines = list(aligned(columns, [False, False, True]))
    widths = [max(values.width(cell) for cell in column) for column in columns]
    for line, (first, second, number) in zip(lines, shown, strict=True):
        expected = GAP.join(
            [
                first + " " * (widths[0] - values.width(first)),
                second + " " * (widths[1] - values.width(second)),
                " " * (widths[2] - len(number)) + number,
            ]
        )
        assert line == expected.rstrip(" ")
        assert "\n" not in line


@given(st.text(st.characters(blacklist_categories=("Cs",))))
def test_visible_text_stays_in_its_row(text: str) -> None:
    shown = values.visible(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for sign in shown)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, blacklist_categories=("Cs", "Cc"))))
def test_width_is_what_wcwidth_says(text: str) -> None:
    assert values.width(text) == max(wcswidth(text), 0)


@given(st.lists(st.integers(-(10**14), 10**14) | st.none()))
def test_a_column_of_amounts_is_written_as_core_money_does(cells: list[int | None]) -> None:
    known = [abs(cell) for cell in cells if cell is not None]
    assert values.human_column(known, "amount") == [grouped(amount_text(cell)) for cell in known]
    assert values.machine_column(known, "amount") == [amount_text(cell) for cell in known]
    assert list(values.machine_column(cells, "amount")) == [None if cell is None else amount_text(cell) for cell in cells]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
@pytest.mark.parametrize("row", [("one",), ("one", "two", "three")])
def test_rows_of_the_wrong_length_are_a_fault_not_a_silent_loss(name: str, row: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        drawn(Report("x", msg("x"), (Column("a", "A"), Column("b", "B")), [row]), name)


# --- json ----------------------------------------------------------------------------------------------------------------------


def test_json_keeps_the_contract(lang: str) -> None:
    envelope = json.loads(drawn(REPORT, "json"))
    assert list(envelope) == ["schema", "as_of", "rows", "totals", "notes"]
    assert envelope["schema"] == "salescli.ar.open/1"
    assert envelope["as_of"] == "2026-11-03"
    assert envelope["rows"][0] == {
        "number": "SO-1",
        "customer_name": "华信科技（深圳）有限公司",
        "state": "part_delivered",
        "amount": "1234567.89",
        "unit_price": "12.3456",
        "quantity": "2.5",
        "completion_pct": "95.43",
        "due_date": "2026-11-03",
        "entered": "2026-11-03T09:30:05",
        "late_days": 1234,
        "value": "5000.50",
        "blocked": True,
        "phone": "13800138000",
    }
    assert envelope["rows"][1]["value"] == 12
    assert envelope["rows"][2]["amount"] is None
    assert envelope["totals"] == {"amount": "1234522.89", "quantity": "12.49", "grade": 2}


JSON_CELLS = st.tuples(st.none() | st.text(), st.none() | st.integers(), st.none() | st.integers(-(10**15), 10**15))


@given(st.lists(JSON_CELLS, max_size=6))
def test_json_parses_back_whatever_the_cells_hold(rows: list[tuple[str | None, int | None, int | None]]) -> None:
    report = Report("x", msg("x"), (Column("a", "A"), Column("b", "B", "int"), Column("c", "C", "amount")), rows)
    text = drawn(report, "json").encode("utf-8", "backslashreplace").decode()
    back = [(row["a"], row["b"], row["c"]) for row in json.loads(text)["rows"]]
    assert back == [(a, b, None if c is None else amount_text(c)) for a, b, c in rows]


# --- csv -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+86 755", "-", "@cmd", "\tx", "\rx", "=HYPERLINK(1)"])
def test_text_that_would_run_as_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_csv_numbers_keep_their_sign_and_text_is_neutralised(lang: str) -> None:
    rows = list(csv.DictReader(StringIO(drawn(REPORT, "csv"))))
    assert rows[1]["amount"] == "-45.00"
    assert rows[1]["completion_pct"] == "-2.50"
    assert rows[1]["phone"] == "'+86 755 1234"
    assert rows[2]["number"] == "'=1+1"
    assert rows[2]["late_days"] == "-3"
    assert rows[3]["value"] == "'-"
    assert rows[0]["state"] == "part_delivered"
    assert rows[2]["blocked"] == ""


def test_csv_on_a_terminal_cannot_drive_it() -> None:
    out = Terminal()
    writer("csv")(REPORT, out)
    assert "\x1b" not in out.getvalue()
    assert "\x1b" in drawn(REPORT, "csv")


# --- xlsx ----------------------------------------------------------------------------------------------------------------------


def sheets(report: Report) -> dict[str, list[list[object]]]:
    out = BytesIO()
    writer("xlsx")(arranged(report, OutputOptions()), out)
    book = CalamineWorkbook.from_filelike(BytesIO(out.getvalue()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_xlsx_holds_real_numbers_dates_and_harmless_text() -> None:
    read = sheets(REPORT)
    assert list(read) == ["Receivables on 2026-11-03", "Notes"]
    head, first, second, third, fourth, total = read["Receivables on 2026-11-03"]
    assert head[:4] == ["Number", "Customer", "State", "Amount"]
    assert first == [
        "SO-1", "华信科技（深圳）有限公司", "part delivered", 1234567.89, 12.3456, 2.5, 0.9543, date(2026, 11, 3),
        datetime.fromisoformat("2026-11-03T09:30:05"), 1234, 5000.5, "yes", "13800138000",
    ]  # fmt: skip
    assert second[7:] == ["", "", "", 12, "no", "+86 755 1234"]
    assert third[:2] == ["=1+1", "O'Neill | <b>Ltd</b>␛[31m second line"]
    assert fourth[0] == "1e5"
    assert (total[0], total[3], total[5]) == ("Total", 1234522.89, 12.49)
    assert read["Notes"] == [["Receivables on 2026-11-03"], ["Grade: 2"], ["Unallocated money: 987.65"]]


def test_xlsx_speaks_the_language_in_use(lang: str) -> None:
    read = sheets(REPORT)
    name = {"en": "Receivables on 2026-11-03", "zh": "2026-11-03 应收账款"}[lang]
    assert read[name][1][2] == {"en": "part delivered", "zh": "部分交货"}[lang]


def test_an_empty_xlsx_has_its_header_and_the_next_step() -> None:
    read = sheets(EMPTY)
    assert read["Receivables on 2026-11-03"][0][0] == "Number"
    assert read["Notes"][1][0].startswith("Nothing is owed.")


def test_a_large_xlsx_is_written_row_by_row_and_reads_back_the_same() -> None:
    rows = [(f"N{i}", "华信", i * 100) for i in range(xlsx.CONSTANT_MEMORY_FROM + 10)]
    report = Report("x", msg("x"), (Column("n", "N"), Column("c", "C"), Column("a", "A", "amount", total=True)), rows)
    read = sheets(report)["x"]
    assert len(read) == len(rows) + 2
    assert read[-2] == [f"N{len(rows) - 1}", "华信", len(rows) - 1]
    assert read[-1][2] == sum(range(len(rows)))


def test_more_rows_than_a_sheet_holds_are_refused_not_lost() -> None:
    report = Report("x", msg("x"), (Column("n", "N", "int"),), [(1,)] * (xlsx.MOST_ROWS + 1))
    with pytest.raises(SalesError) as caught:
        writer("xlsx")(report, BytesIO())
    assert caught.value.problems[0].code == "too_many_rows"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sales [2026] a/b\\c: d*?", "Sales  2026  a b c  d"),
        ("'quoted'", "quoted"),
        ("History", "History_"),
        ("", "Sheet1"),
        ("二" * 40, "二" * 31),
        ("Receivables of all customers on 2026-11-03", "Receivables of all customers"),
    ],
)
def test_a_sheet_name_is_one_excel_accepts(title: str, name: str) -> None:
    assert xlsx.sheet_name(title) == name


def test_every_suffix_names_a_format() -> None:
    assert set(SUFFIXES.values()) == set(FORMATS) - {"table"}
