"""The three kinds of command: what a report, a write and a plain command get, print and leave behind."""

from __future__ import annotations

import sqlite3
import sys
import types
from contextlib import closing
from typing import Annotated, NamedTuple

import pytest
import typer

from salescli import cli
from salescli.core import history, reader
from salescli.core.commands import Group
from salescli.core.i18n import N_, msg
from salescli.core.report import Column, Done, Report

app = Group("try")
COLUMNS = (Column("code", N_("STAFF")), Column("amount", N_("AMOUNT"), "amount", total=True))


@app.report("rows", help=N_("Show this page."), example="salescli try rows", exit_code_rows=True)
def rows(
    r,
    count: Annotated[int, typer.Argument(help=N_("Order number."))] = 2,
    beyond: Annotated[bool, typer.Option(help=N_("Show this page."))] = False,
) -> Report:
    found = [(f"{r.actor.code}{n}", n * 100) for n in range(count)]
    return Report("rows", msg(N_("AMOUNT")), COLUMNS, found, as_of=r.today.isoformat(), beyond_own=beyond)


@app.report("closed", help=N_("Show this page."), example="salescli try closed", right="no.such.right")
def closed(r) -> Report:
    raise AssertionError("never reached")


@app.report("few", help=N_("Show this page."), example="salescli try few")
def few(r, limit: Annotated[int | None, typer.Option("--limit", help=N_("Order number."))] = None) -> Report:
    return Report("few", msg(N_("AMOUNT")), COLUMNS, [("x", limit)])


class Shared(NamedTuple):
    """Options two commands share."""

    count: Annotated[int, typer.Option("--count", help=N_("Order number."))] = 2
    limit: Annotated[int | None, typer.Option("--limit", help=N_("Order number."))] = None


@app.report("shared", help=N_("Show this page."), example="salescli try shared")
def shared(r, said: Shared = Shared()) -> Report:  # noqa: B008
    return Report("shared", msg(N_("AMOUNT")), COLUMNS, [(str(said.limit), said.count)] * said.count)


@app.write("set", help=N_("Show this page."), example="salescli try set 30")
def set_days(
    w,
    days: Annotated[int, typer.Argument(help=N_("Order number."))],
    stop: Annotated[bool, typer.Option(help=N_("Show this page."))] = False,
) -> Done:
    from salescli.core.tables import Meta

    w.add(Meta(key="try", value=str(days)))
    if stop:
        raise RuntimeError("half-way")
    return Done(msg(N_("Order number.")), document="TRY-1", next=("salescli try rows",))


@app.write("forbidden", help=N_("Show this page."), example="salescli try forbidden", right="no.such.right")
def forbidden(w) -> Done:
    raise AssertionError("never reached")


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("tried_commands")
    module.app = app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tried_commands", module)
    monkeypatch.setattr(cli, "TABLE", {N_("Every day:"): {"try": cli.Entry("tried_commands", N_("Show this page."))}})


def kept(book) -> list[tuple[str, ...]]:
    return book.sql("SELECT value FROM meta WHERE key = 'try'")


# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_reads_as_the_person_at_the_keyboard(book) -> None:
    assert book.ok("try rows").out.splitlines()[-1].split() == ["Total", "1.00"]
    assert book.rows("try rows") == [{"code": "ADMIN0", "amount": "0.00"}, {"code": "ADMIN1", "amount": "1.00"}]


def test_its_day_is_the_business_day(book) -> None:
    assert book.ok("try rows -f json --date 2026-05-06").json()["as_of"] == "2026-05-06"


def test_shared_output_options(book) -> None:
    assert book.ok("try rows 3 -f csv --sort -amount --limit 1 --columns code").out.splitlines()[-1] == "ADMIN2"
    assert [row["code"] for row in book.rows("try rows 3 --limit 2 --columns amount")] == ["ADMIN0", "ADMIN1"]
    book.ok("try rows -o out.json")
    assert '"ADMIN1"' in (book.folder / "out.json").read_text()


def test_a_report_may_take_a_shared_option_itself(book) -> None:
    assert book.rows("try few --limit 5") == [{"code": "x", "amount": "0.05"}]


def test_options_of_several_commands_arrive_as_one_value(book) -> None:
    """Declared in a NamedTuple they stand on the command line one by one, a shared output option among them."""
    assert book.rows("try shared --count 3 --limit 1") == [{"code": "1", "amount": "0.03"}]
    assert len(book.rows("try shared")) == 2
    assert "--count" in book.ok("try shared --help").out
    assert book.run("try shared --said x").exit == 2


@pytest.mark.parametrize(("line", "status"), [("try rows --exit-code", 10), ("try rows 0 --exit-code", 0), ("try rows", 0)])
def test_exit_code_tells_whether_rows_were_found(book, line: str, status: int) -> None:
    assert book.run(line).exit == status


def test_exit_code_is_offered_only_where_declared(book) -> None:
    assert book.run("try few --exit-code").exit == 2


def test_a_report_may_need_a_right(book) -> None:
    result = book.run("try closed -f json")
    assert result.exit == 7
    assert result.json()["error"]["code"] == "not_your_right"


@pytest.mark.parametrize(("options", "lines"), [("", 0), ("-f plain", 0), ("-f json", 1), ("-f csv", 1), ("-o x.csv", 1)])
@pytest.mark.rule("DAT-02")
def test_rows_beyond_ones_own_that_leave_the_screen_leave_a_line(book, monkeypatch: pytest.MonkeyPatch, options: str, lines: int) -> None:
    logged: list[tuple[str, str]] = []
    monkeypatch.setattr(history, "log_export", lambda report, target: logged.append((report, target)))
    book.ok(f"try rows {options}")
    assert logged == []
    book.ok(f"try rows --beyond {options}")
    assert len(logged) == lines


@pytest.mark.rule("DAT-02")
def test_rows_that_cannot_be_noted_do_not_leave(book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = book.run("try rows --beyond -f csv")
    assert (refused.exit, refused.out) == (8, "")


def test_no_book(nobook) -> None:
    result = nobook.run("try rows -f json")
    assert result.exit == 3
    assert result.json()["ok"] is False
    assert not nobook.path.exists()


# --- writes -----------------------------------------------------------------------------------------------------------


def test_a_write_is_committed_and_answered(book) -> None:
    assert book.ok("try set 30").out.splitlines() == ["Order number.", "Next: salescli try rows"]
    assert kept(book) == [("30",)]


def test_its_answer_for_scripts(book) -> None:
    answer = book.ok("try set 30 -f json").json()
    assert (answer["schema"], answer["ok"], answer["document"], answer["next"]) == (
        "salescli.try-set/1",
        True,
        "TRY-1",
        ["salescli try rows"],
    )


def test_a_dry_run_says_the_same_and_keeps_nothing(book) -> None:
    dry = book.ok("try set 30 --dry-run")
    assert dry.out == "Order number.\nNext: salescli try rows\n"
    assert "Dry run" in dry.err
    assert kept(book) == []


def test_a_write_that_fails_keeps_nothing(book) -> None:
    assert book.run("try set 30 --stop").exit == 1
    assert kept(book) == []


def test_a_write_needs_its_right(book) -> None:
    assert book.run("try forbidden").exit == 7


def test_the_history_names_the_command(book) -> None:
    book.ok("try set 30")
    assert book.sql("SELECT verb FROM history ORDER BY id DESC LIMIT 1") == [("try set",)]


def test_two_commands_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        app.write("set", help="x", example="x")(set_days)
