"""The day list on a book worked out by hand."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from salescli.desk import today
from tests.hand_trade import fill
from tests.test_first_minutes import wrong

KEYS = ["kind", "due", "ref", "customer", "text", "rule", "late_days"]


@pytest.fixture
def trade(book, monkeypatch):
    """The hand-made office, and of all that may stand on a day only what these stories are about: money and orders."""
    about = {"salescli.ar.reads_today", "salescli.order.reads_today"}
    monkeypatch.setattr(today, "PROVIDERS", tuple(p for p in today.PROVIDERS if p[0] in about))
    return fill(book)


def test_every_room_that_fills_the_list_exists() -> None:
    for module, name in today.PROVIDERS:
        assert callable(getattr(import_module(module), name))


def lines(rows) -> list[tuple]:
    return [(row["kind"], row["due"], row["ref"], row["rule"], row["late_days"]) for row in rows]


@pytest.mark.rule("VIS-09", "AR-03", "AR-04", "ORD-18")
def test_a_reps_day_the_most_urgent_first(trade) -> None:
    rows = trade.rows("today", user="S1")
    assert lines(rows) == [
        ("receivable_overdue", "2026-10-31", "R-3", "AR-04", 3),
        ("receivable_due", "2026-11-03", "R-2", "AR-03", 0),
        ("order_due", "2026-11-05", "O-4", "ORD-18", 0),
    ]
    assert list(rows[0]) == KEYS
    assert (rows[0]["customer"], rows[0]["text"]) == ("C1", "华信科技: 900.00 overdue since 2026-10-31; salescli ar receipt C1 AMOUNT")
    assert all(isinstance(value, (str, int, type(None))) for row in rows for value in row.values())


@pytest.mark.rule("VIS-09")
def test_everybodys_day_names_whose_it_is(trade) -> None:
    rows = trade.rows("today --all")
    assert [(row["ref"], row["late_days"]) for row in rows] == [("O-3", 14), ("R-3", 3), ("O-10", 0), ("R-2", 0), ("O-4", 0)]
    assert rows[0]["text"] == "Bolt Ltd: undelivered, promised for 2026-10-20 (S2); salescli order deliver O-3"
    assert rows[2]["text"] == "Bolt Ltd: delivery promised for today (S2); salescli order deliver O-10"


def test_everybodys_day_is_everybody_one_sees(trade) -> None:
    assert [row["ref"] for row in trade.rows("today --all", user="S1")] == ["R-3", "R-2", "O-4"]


@pytest.mark.parametrize(
    ("options", "user", "expected"),
    [
        ("S2", "M1", ["O-3", "O-10"]),
        ("", "M1", []),
        ("--as-of 2026-10-12", "S1", ["O-2", "O-11"]),
        ("--as-of 2026-10-10", "S1", ["O-2"]),
        ("--as-of 2026-11-04", "S1", ["R-3", "R-2", "O-4"]),
        ("", "W1", []),
    ],
)
def test_whose_day_and_which(trade, options: str, user: str, expected: list[str]) -> None:
    assert [row["ref"] for row in trade.rows(f"today {options}", user=user)] == expected


@pytest.mark.rule("VIS-09")
def test_the_lead_of_reminders_is_the_offices_own(trade) -> None:
    trade.ok("policy set reminder.lead_days 1")
    assert "O-4" not in [row["ref"] for row in trade.rows("today", user="S1")]


def test_who_sees_more_than_his_own_is_told_how(trade) -> None:
    assert "today --all" in trade.ok("today -f json", user="M1").json()["notes"][0]
    assert trade.ok("today -f json", user="S1").json()["notes"] == []


@pytest.mark.rule("ORG-07")
def test_a_colleagues_day_is_his_own(trade) -> None:
    refused = trade.run("today S2 -f json", user="S1")
    assert (refused.exit, refused.json()["error"]["code"]) == (7, "not_your_team")
    assert trade.run("today S1 --all").exit == 2
    assert trade.run("today XX").exit == 3


def test_warehouse_staff_see_no_receivables_in_anybodys_day(trade) -> None:
    assert [row["ref"] for row in trade.rows("today --all", user="W1")] == ["O-3", "O-10", "O-4"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("name", "line"), [("today", "today S1"), ("today_all", "today --all")])
def test_screens(trade, golden, lang: str, name: str, line: str) -> None:
    golden(f"desk/{name}.{lang}.txt", trade.ok(line, lang=lang).out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_empty_day(trade, golden, lang: str) -> None:
    golden(f"desk/today_empty.{lang}.txt", trade.ok("today", lang=lang, user="M1").err)


def test_the_list_goes_into_a_file_for_cron(trade) -> None:
    done = trade.process("today --all --no-input -o today.html", env={"LC_ALL": "C"})
    assert (done.exit, done.out, done.err) == (0, "", "")
    assert "华信科技" in (trade.folder / "today.html").read_text(encoding="utf-8")


@pytest.mark.rule("VIS-09")
def test_every_line_of_the_office_says_the_command_that_settles_it(demo) -> None:
    lines = demo.rows("today --all", user="CHEN")
    assert {row["kind"] for row in lines if "salescli " not in row["text"]} <= {"meeting", "visit_points"}
    assert len({row["kind"] for row in lines}) >= 10
    commands = {found for row in lines for found in re.findall(r"salescli ([^;]*?)(?: \([A-Z]+\))?$", row["text"])}
    assert len(commands) >= 10
    assert [fault for command in commands if (fault := wrong(command.split()))] == []
