"""The printer: which format where, files replaced in one step, messages on their stream, odd terminals and closed pipes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

import salescli
from salescli.core import i18n, ui
from salescli.core.errors import Kind, SalesError, fail, problem
from salescli.core.i18n import Message, msg
from salescli.core.report import Change, Column, Done, Report
from salescli.core.ui import OutputOptions

REPORT = Report(
    "order.list",
    msg("Orders"),
    (Column("order", "Order"), Column("customer", "Customer"), Column("amount", "Amount", "amount", total=True)),
    [("SO-1", "华信科技", 123456), ("SO-2", "Müller", -100)],
    as_of="2026-11-03",
    empty=msg("No orders yet: salescli order new"),
)
EMPTY = REPORT._replace(rows=[], notes=(msg("3 drafts are hidden"),))


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


def refused(call, *args, **named) -> SalesError:
    with pytest.raises(SalesError) as caught:
        call(*args, **named)
    return caught.value


# --- formats -------------------------------------------------------------------------------------------------------------------


def test_a_pipe_gets_plain_text_and_a_terminal_a_table(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdout", StringIO())
    assert ui.format_of(OutputOptions()) == "plain"
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert ui.format_of(OutputOptions()) == "table"


@pytest.mark.parametrize(
    ("file", "expected"),
    [("a.txt", "plain"), ("a.CSV", "csv"), ("b.json", "json"), ("c.md", "md"), ("d.html", "html"), ("e.htm", "html"), ("f.xlsx", "xlsx")],
)
def test_the_suffix_of_the_file_tells_the_format(file: str, expected: str) -> None:
    assert ui.format_of(OutputOptions(output=file)) == expected


def test_a_named_format_wins_over_the_suffix() -> None:
    assert ui.format_of(OutputOptions(format="json", output="a.csv")) == "json"


@pytest.mark.parametrize(
    ("options", "code", "names"),
    [(OutputOptions(output="a.pdf"), "unknown_suffix", ".xlsx"), (OutputOptions(format="yaml"), "unknown_format", "xlsx")],
)
def test_an_unknown_format_is_a_usage_problem_that_names_the_known_ones(options, code, names) -> None:
    failure = refused(ui.show, REPORT, options)
    assert failure.problems[0].code == code
    assert failure.exit_status == 2
    assert names in failure.problems[0].hint.render()


def test_columns_do_not_touch_json(capsys) -> None:
    ui.show(REPORT, OutputOptions(format="json", columns="order"))
    assert list(json.loads(capsys.readouterr().out)["rows"][0]) == ["order", "customer", "amount"]
    ui.show(REPORT, OutputOptions(format="csv", columns="amount,order", sort="amount", limit=1))
    assert capsys.readouterr().out == "amount,order\n-1.00,SO-2\n"


def test_json_totals_cover_what_the_limit_hides(capsys) -> None:
    ui.show(REPORT, OutputOptions(format="json", limit=1))
    envelope = json.loads(capsys.readouterr().out)
    assert len(envelope["rows"]) == 1
    assert envelope["totals"] == {"amount": "1233.56"}


# --- nothing to show -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain", "table"])
def test_nothing_found_says_what_to_do_next_on_standard_error(name: str, capsys) -> None:
    ui.show(EMPTY, OutputOptions(format=name))
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "No orders yet: salescli order new\n3 drafts are hidden\n"


def test_nothing_found_is_silent_for_machines(capsys) -> None:
    ui.show(EMPTY, OutputOptions(format="csv"))
    ui.show(EMPTY, OutputOptions(format="json"))
    out, err = capsys.readouterr()
    assert out.startswith("order,customer,amount\n{")
    assert err == ""


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".json", ".md", ".html", ".xlsx"])
def test_a_file_is_replaced_even_when_there_are_no_rows(suffix: str, tmp_path, capsys) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_text("yesterday")
    ui.show(EMPTY, OutputOptions(output=str(target)))
    assert b"yesterday" not in target.read_bytes()
    assert target.stat().st_size > 0
    assert capsys.readouterr() == ("", "")


# --- files ---------------------------------------------------------------------------------------------------------------------


def test_a_new_file_follows_the_umask_and_an_old_one_keeps_its_permissions(tmp_path) -> None:
    target = tmp_path / "out.csv"
    before = os.umask(0o027)
    try:
        ui.show(REPORT, OutputOptions(output=str(target)))
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        target.chmod(0o664)
        ui.show(REPORT, OutputOptions(output=str(target)))
        assert stat.S_IMODE(target.stat().st_mode) == 0o664
    finally:
        os.umask(before)
    assert target.read_text(encoding="utf-8") == "order,customer,amount\nSO-1,华信科技,1234.56\nSO-2,Müller,-1.00\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_that_fails_half_way_leaves_the_old_one_whole(tmp_path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    with pytest.raises(ValueError, match="zip"):
        ui.show(REPORT._replace(columns=REPORT.columns[:1] + REPORT.columns[1:2]), OutputOptions(output=str(target)))
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_a_link_stays_a_link_and_a_device_stays_a_device(tmp_path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    ui.show(REPORT, OutputOptions(output=str(link)))
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("order,")
    ui.show(REPORT, OutputOptions(format="csv", output=os.devnull))
    assert not Path(os.devnull).is_file()


def test_a_place_that_cannot_be_written_is_a_usage_problem(tmp_path) -> None:
    failure = refused(ui.show, REPORT, OutputOptions(output=str(tmp_path / "no" / "out.csv")))
    assert failure.problems[0].code == "cannot_write"
    assert failure.exit_status == 2


def test_a_dash_is_standard_output(capsys) -> None:
    ui.show(REPORT, OutputOptions(output="-", limit=1))
    assert capsys.readouterr().out.startswith("Order  Customer")


def test_a_finished_document_is_saved_in_one_step(tmp_path) -> None:
    ui.save(tmp_path / "a.html", "合同")
    ui.save(tmp_path / "b.pdf", b"%PDF")
    assert (tmp_path / "a.html").read_bytes() == "合同".encode()
    assert (tmp_path / "b.pdf").read_bytes() == b"%PDF"


def test_xlsx_goes_to_a_pipe_but_not_to_a_terminal(monkeypatch) -> None:
    class BinaryTerminal(TextIOWrapper):
        def isatty(self) -> bool:
            return True

    pipe = TextIOWrapper(BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", pipe)
    ui.show(REPORT, OutputOptions(format="xlsx"))
    assert pipe.buffer.getvalue().startswith(b"PK")
    monkeypatch.setattr(sys, "stdout", BinaryTerminal(BytesIO(), encoding="utf-8"))
    assert refused(ui.show, REPORT, OutputOptions(format="xlsx")).problems[0].code == "needs_file"


# --- terminal ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "shown"), [(None, 200), (230, 230), (50, 50)])
def test_a_terminal_shows_the_first_200_rows_and_the_way_to_the_rest(limit, shown, monkeypatch, capsys) -> None:
    many = REPORT._replace(rows=[(f"SO-{i:04}", "华信", i) for i in range(250)])
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdout", Terminal())
    ui.show(many, OutputOptions(limit=limit))
    drawn = sys.stdout.getvalue()
    assert drawn.count("SO-") == shown
    assert "311.25" in drawn  # the total covers all 250
    err = capsys.readouterr().err
    hint = "the first 200 of 250 rows; all of them: --limit 250, --format plain, or -o FILE.xlsx\n"
    assert err == (hint if limit is None else "")


def test_standard_output_speaks_chinese_whatever_the_locale(monkeypatch) -> None:
    for encoding, written in (("ascii", "utf-8"), ("iso8859-1", "utf-8"), ("gbk", "gb18030"), ("utf-8", "utf-8")):
        raw = BytesIO()
        monkeypatch.setattr(sys, "stdout", TextIOWrapper(raw, encoding=encoding))
        ui.show(REPORT._replace(rows=[("SO-1", "华信\udcff", 1)]))
        assert "华信" in raw.getvalue().decode(written)


# --- what a write did ----------------------------------------------------------------------------------------------------------

DONE = Done(
    msg("order {order} confirmed: {amount:amount}", order="SO-1", amount=123456),
    document="SO-1",
    changes=(Change("state", "draft", "confirmed"), Change("credit days", None, "30"), Change("phone", "138", None)),
    next=("salescli order deliver SO-1",),
    facts={"lines": 3, "customer": "C1"},
    warnings=(problem("below_floor", "price {price:price} is below the floor", rule="PR-03", price=123400),),
)


def test_done_says_what_changed_and_the_next_step(capsys) -> None:
    ui.done(DONE)
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "order SO-1 confirmed: 1,234.56",
        "  state: draft → confirmed",
        "  credit days: 30",
        "  phone: 138 → (none)",
        "Next: salescli order deliver SO-1",
    ]
    assert err == "warning: price 12.34 is below the floor [PR-03]\n"


def test_done_as_json_is_one_envelope(capsys) -> None:
    ui.done(DONE, "json", name="order.confirm", dry_run=True)
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "schema": "salescli.order.confirm/1",
        "ok": True,
        "document": "SO-1",
        "message": "order SO-1 confirmed: 1,234.56",
        "changes": [
            {"field": "state", "before": "draft", "after": "confirmed"},
            {"field": "credit days", "before": None, "after": "30"},
            {"field": "phone", "before": "138", "after": None},
        ],
        "next": ["salescli order deliver SO-1"],
        "warnings": [
            {
                "code": "below_floor",
                "rule": "PR-03",
                "message": "price 12.34 is below the floor",
                "facts": {"price": "12.34"},
                "hint": None,
            }
        ],
        "facts": {"order": "SO-1", "amount": "1234.56", "lines": 3, "customer": "C1"},
        "dry_run": True,
    }


def test_a_dry_run_says_so_on_standard_error(capsys) -> None:
    ui.done(Done(msg("done")), dry_run=True)
    assert capsys.readouterr() == ("done\n", "Dry run: nothing was kept.\n")


# --- refusals ------------------------------------------------------------------------------------------------------------------

REFUSAL = SalesError(
    [
        problem(
            "credit_limit",
            "credit limit {limit:amount}; open {open:amount} + this order {amount:amount}",
            kind=Kind.APPROVAL,
            rule="AR-06",
            hint="ask for approval of {over:amount}: salescli order submit {order}",
            limit=5000000,
            open=4820000,
            amount=600000,
            over=420000,
            order="SO-1",
        ),
        problem("no_stock", "only {free:qty} of {sku} are free", free=2500, sku="TN\x1b[2J23"),
    ]
)


def test_every_problem_names_rule_figures_and_next_step(capsys) -> None:
    ui.error(REFUSAL)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "needs approval: credit limit 50,000.00; open 48,200.00 + this order 6,000.00 [AR-06]",
        "  Next: ask for approval of 4,200.00: salescli order submit SO-1",
        "error: only 2.5 of TN␛[2J23 are free",
    ]


def test_a_refusal_as_json_keeps_every_figure_in_its_unit(capsys) -> None:
    ui.error(REFUSAL, "json")
    out, err = capsys.readouterr()
    envelope = json.loads(out)
    assert err == ""
    assert list(envelope) == ["ok", "error", "problems"]
    assert envelope["ok"] is False
    assert envelope["error"] == envelope["problems"][0]
    assert envelope["error"] == {
        "code": "credit_limit",
        "rule": "AR-06",
        "message": "credit limit 50,000.00; open 48,200.00 + this order 6,000.00",
        "facts": {"limit": "50000.00", "open": "48200.00", "amount": "6000.00", "over": "4200.00", "order": "SO-1"},
        "hint": "ask for approval of 4,200.00: salescli order submit SO-1",
    }
    assert envelope["problems"][1]["facts"] == {"free": "2.5", "sku": "TN\x1b[2J23"}


def test_errors_are_red_on_a_terminal_unless_told_otherwise(monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stderr", Terminal())
    ui.error(REFUSAL)
    assert "\x1b[1;31merror: \x1b[0monly" in sys.stderr.getvalue()
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    ui.error(REFUSAL)
    assert "\x1b" not in sys.stderr.getvalue()


def test_text_and_notes_go_to_their_streams(capsys) -> None:
    ui.text("first\nsecond\x1b[1m\n")
    ui.text(Message("third"))
    ui.text(["fourth"])
    ui.note(msg("remark"))
    assert capsys.readouterr() == ("first\nsecond␛[1m\nthird\nfourth\n", "remark\n")


# --- as processes --------------------------------------------------------------------------------------------------------------

CHILD = """
from salescli.core import ui
from salescli.core.i18n import msg
from salescli.core.report import Column, Report
rows = [(f"SO-{i}", "华信科技", i) for i in range(50_000)]
ui.show(Report("x", msg("Orders"), (Column("order", "Order"), Column("customer", "Customer"), Column("a", "Amount", "amount")), rows))
"""


def child_environment(**changes: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(salescli.__file__).parents[1]), **changes}


def test_a_reader_that_leaves_early_is_no_error() -> None:
    shell = f"'{sys.executable}' -c '{CHILD}' | head -2; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, env=child_environment(), check=False)
    assert run.stdout.splitlines()[0].split() == ["Order", "Customer", "Amount"]
    assert run.stdout.splitlines()[-1] == "0"
    assert run.stderr == ""


def test_the_c_locale_prints_chinese(tmp_path) -> None:
    environment = child_environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    script = tmp_path / "show.py"  # as an argument the Chinese would already be lost on the way in
    script.write_text(CHILD.replace("50_000", "1"), encoding="utf-8")
    run = subprocess.run([sys.executable, str(script)], capture_output=True, env=environment, check=False)
    assert "华信科技" in run.stdout.decode()
    assert run.stderr == b""


def test_printing_plain_text_loads_no_drawing_library() -> None:
    code = CHILD.replace("50_000", "20") + "\nimport sys; sys.stderr.write(' '.join(m for m in HEAVY if m in sys.modules))"
    code = "HEAVY = ['rich', 'jinja2', 'xlsxwriter', 'tabulate', 'wcwidth', 'csv', 'json', 'difflib', 'getpass']\n" + code
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=child_environment(), check=False)
    assert run.returncode == 0
    assert run.stderr == ""


def test_fail_still_reaches_the_caller_from_inside_a_pipe() -> None:
    with pytest.raises(SalesError), ui.replacing(os.devnull):
        fail("x", "x")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("15516.10", "-1234.50", "15,516.10 → -1,234.50"),
        ("91310000123456789", "13812345678", "91310000123456789 → 13812345678"),
        ("1000.5", "v1000.10.2", "1000.5 → v1000.10.2"),
    ],
)
def test_amounts_among_changes_have_their_separators(capsys: pytest.CaptureFixture[str], before: str, after: str, shown: str) -> None:
    ui.done(Done(msg("x"), changes=(Change("note", before, after),)))
    assert shown in capsys.readouterr().out
