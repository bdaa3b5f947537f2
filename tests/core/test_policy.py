"""The declared rulebook: complete, well formed, and what a value may be."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, time

import pytest

from salescli.core import i18n, policy
from salescli.core.errors import SalesError
from salescli.core.reader import Reader

RULES = policy.load_rules()
PARAMETERS = policy.load_parameters()
NUMERIC = {"int", "days", "months", "pct", "amount", "int_list", "pct_list"}


@pytest.fixture
def reader() -> Reader:
    """A reader on the one table these functions know, seeded as a new book is."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE policy_value (id INTEGER PRIMARY KEY, key, value, type, valid_from)")
    for row in policy.seed_rows():
        _insert(connection, row["key"], row["value"], row["type"], "0001-01-01")
    return Reader(connection, date(2026, 11, 3))


def _insert(connection: sqlite3.Connection, *row: object) -> None:
    connection.execute("INSERT INTO policy_value (key, value, type, valid_from) VALUES (?, ?, ?, ?)", row)


def refused(key: str, text: str) -> SalesError:
    with pytest.raises(SalesError) as caught:
        policy.coerce(PARAMETERS[key], text)
    return caught.value


def test_every_rule_has_titles_priority_source_and_group() -> None:
    for rule in RULES.values():
        assert re.fullmatch(r"[A-Z]{2,3}-[0-9]{2}", rule.id)
        assert 0 < len(rule.title) <= 60, rule.id
        assert 0 < len(rule.zh) <= 30, rule.id
        assert rule.priority in {"M", "S", "O"}
        assert rule.source
        assert rule.group


def test_the_rulebook_is_complete() -> None:
    assert len(RULES) == 213
    assert next(iter(RULES)) == "ORG-01"
    assert next(reversed(RULES)) == "OUT-06"
    assert sum(rule.priority == "O" for rule in RULES.values()) == 5


@pytest.mark.parametrize("key", PARAMETERS)
def test_a_default_is_a_value_its_own_parameter_takes(key: str) -> None:
    parameter = PARAMETERS[key]
    assert policy.coerce(parameter, parameter.default or "") == parameter.default


@pytest.mark.parametrize("key", PARAMETERS)
def test_a_declaration_is_whole(key: str) -> None:
    parameter = PARAMETERS[key]
    assert set(parameter.rules) <= set(RULES)
    assert parameter.group in {rule.group for rule in RULES.values()} | {"approval"}
    assert 0 < len(parameter.title) <= 60
    assert re.search(r"[\u4e00-\u9fff]", parameter.zh)
    assert (parameter.minimum is not None) == (parameter.maximum is not None) == (parameter.type in NUMERIC)
    assert bool(parameter.choices) == (parameter.type in {"choice", "list"})


def test_own_numbers_are_told_from_the_documents() -> None:
    assert PARAMETERS["pool.idle_days"].own
    assert not PARAMETERS["ar.doubtful_months"].own


def test_titles_follow_the_language() -> None:
    rule = RULES["AR-08"]
    assert rule.name == rule.title
    i18n.use("zh")
    try:
        assert rule.name == rule.zh
        assert PARAMETERS["ar.doubtful_pct"].name == "不良账款业务员负担比例"
    finally:
        i18n.use("en")


@pytest.mark.parametrize(
    ("key", "decoded"),
    [
        ("ar.doubtful_months", 6),
        ("ar.doubtful_pct", 1500),
        ("attendance.fine", 500),
        ("visit.pro_rata", True),
        ("penalty.mode", "off"),
        ("visit.trip_report_time", time(21, 0)),
        ("credit.enforce_from", None),
        ("approval.deputy", None),
        ("dunning.steps", ("phone", "letter", "visit", "legal")),
        ("ar.bands", (30, 60, 90, 180)),
        ("kpi.weights", (5000, 2000, 2000, 1000)),
        ("rolemap.GM", ("management", "director")),
    ],
)
def test_value_decodes_by_type(reader: Reader, key: str, decoded: object) -> None:
    assert reader.policy(key) == decoded


def test_a_past_day_reads_that_days_value(reader: Reader) -> None:
    _insert(reader.connection, "ar.doubtful_pct", "12.5", "pct", "2026-11-01")
    assert reader.policy("ar.doubtful_pct", date(2026, 10, 31)) == 1500
    assert reader.policy("ar.doubtful_pct", date(2026, 11, 1)) == 1250
    assert reader.policy("ar.doubtful_pct") == 1250


def test_the_last_row_of_a_day_wins(reader: Reader) -> None:
    for text in ("4", "5"):
        _insert(reader.connection, "ar.doubtful_months", text, "months", "2026-11-03")
    assert reader.policy("ar.doubtful_months") == 5


def test_a_reader_asks_the_book_once_per_key_and_day(reader: Reader) -> None:
    asked: list[str] = []
    reader.connection.set_trace_callback(asked.append)
    for _ in range(3):
        reader.policy("pool.idle_days")
    assert len(asked) == 1


def test_a_key_missing_in_an_old_book_has_its_default(reader: Reader) -> None:
    reader.connection.execute("DELETE FROM policy_value")
    assert reader.policy("pool.idle_days") == 30


def test_an_unknown_key_is_a_fault(reader: Reader) -> None:
    with pytest.raises(KeyError):
        reader.policy("pool.nonsense")


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("ar.doubtful_months", " ９ ", "9"),
        ("ar.doubtful_pct", "12.50%", "12.5"),
        ("ar.doubtful_pct", "0", "0"),
        ("ar.doubtful_pct", "100", "100"),
        ("ar.roundoff_max", "¥2", "2.00"),
        ("visit.pro_rata", "否", "no"),
        ("penalty.mode", "PROPOSE", "propose"),
        ("visit.trip_report_time", "9:30", "09:30"),
        ("credit.enforce_from", "2027-01-01", "2027-01-01"),
        ("credit.enforce_from", "none", None),
        ("approval.deputy", "", None),
        ("ar.bands", "30，60、90", "30,60,90"),
        ("ar.forecast_days", "10,20,月末", "10,20,31"),
        ("kpi.weights", "60,20,10,10", "60,20,10,10"),
        ("dunning.steps", "letter, phone", "letter,phone"),
    ],
)
def test_coerce_stores_what_people_type(key: str, typed: str, stored: str | None) -> None:
    assert policy.coerce(PARAMETERS[key], typed) == stored


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("ar.doubtful_months", "0"),
        ("ar.doubtful_months", "61"),
        ("ar.doubtful_months", "six"),
        ("ar.doubtful_months", ""),
        ("ar.doubtful_months", "1.5"),
        ("ar.doubtful_pct", "100.01"),
        ("ar.doubtful_pct", "-1"),
        ("ar.doubtful_pct", "1.234"),
        ("ar.roundoff_max", "1000.01"),
        ("visit.pro_rata", "perhaps"),
        ("penalty.mode", "post"),
        ("visit.trip_report_time", "24:00"),
        ("visit.trip_report_time", "evening"),
        ("credit.enforce_from", "2026-02-30"),
        ("approval.deputy", "A\nB"),
        ("ar.bands", "60,30"),
        ("ar.bands", "30,30"),
        ("ar.bands", "30,,60"),
        ("ar.forecast_days", "10,20"),
        ("kpi.weights", "50,20,20"),
        ("kpi.weights", "50,20,20,20"),
        ("dunning.steps", "phone,phone"),
        ("dunning.steps", "phone,smoke"),
        ("rolemap.GM", "owner"),
        ("funnel.stages", "6"),
    ],
)
def test_coerce_refuses(key: str, typed: str) -> None:
    error = refused(key, typed)
    assert error.exit_status == 2
    assert error.problems[0].code == "policy_value_bad"


def test_a_refusal_names_the_bounds() -> None:
    problem = refused("ar.doubtful_months", "99").problems[0]
    assert problem.message.render() == 'ar.doubtful_months takes a number of months from 1 to 60, not "99"'
    assert (problem.facts["minimum"], problem.facts["maximum"]) == ("1", "60")
    assert "exactly 4 of them, with the sum 100" in refused("kpi.weights", "1").problems[0].message.render()
    assert "off, propose" in refused("penalty.mode", "x").problems[0].message.render()
