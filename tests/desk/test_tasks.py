"""Tasks, notices, documents (VIS-13, VIS-14)."""

from __future__ import annotations

import pytest

from tests.desk.desk_office import office  # noqa: F401  a fixture


def give(book, line: str, user: str = "RA", **more) -> str:
    return book.ok(f"task add {line} -f json", user=user, **more).json()["document"]


def numbers(book, line: str = "task list", **more) -> list[str]:
    return [r["number"] for r in book.rows(line, **more)]


# --- tasks --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-13")
def test_a_task_has_owner_day_and_state(office) -> None:
    number = give(office, "'Call Northwind' --due fri --document C1")
    (row,) = office.rows("task list", user="RA")
    assert (row["number"], row["staff"], row["due"], row["state"], row["document"]) == (number, "RA", "2026-11-06", "open", "C1")
    office.ok(f"task done {number.lower()} --result 'he orders in May'", user="RA")
    assert numbers(office, user="RA") == []
    (row,) = office.rows("task list --state done", user="RA")
    assert row["result"] == "he orders in May"
    assert office.run(f"task done {number}", user="RA").exit == 6


@pytest.mark.rule("VIS-13", "ORG-02")
def test_a_leader_gives_and_sees_whether_it_is_done(office) -> None:
    number = give(office, "Stock --staff RA --due +2d", user="SU")
    assert numbers(office, user="RA") == [number]
    assert numbers(office, "task list --given", user="SU") == [number]
    assert numbers(office, "task list --team", user="SU") == [number]
    assert numbers(office, "task list --team", user="RB") == []
    assert office.run("task list --staff RA", user="RB").exit == 7
    assert numbers(office, "task list --staff RA", user="MA") == [number]
    office.ok(f"task done {number}", user="RA")
    assert numbers(office, "task list --given --state done", user="SU") == [number]


@pytest.mark.rule("ORG-02")
def test_a_task_that_skips_a_level_is_warned_of(office) -> None:
    result = office.ok("task add Report --staff RA --due fri", user="MA")
    assert "SU" in result.err
    assert "ORG-02" in result.err
    assert office.ok("task add Report --staff RA --due fri", user="SU").err == ""


@pytest.mark.rule("ORG-02")
def test_nobody_gives_tasks_sideways_or_upwards(office) -> None:
    assert office.run("task add X --staff RB", user="RA").exit == 7
    assert office.run("task add X --staff SU", user="RA").exit == 7
    assert office.run("task add ' '", user="RA").exit == 2
    assert office.run("task add X --due yesterday", user="RA").exit == 2
    assert office.run("task add X --staff NOBODY", user="MA").exit == 3


@pytest.mark.rule("VIS-13")
def test_a_given_task_is_not_dropped_by_who_has_to_do_it(office) -> None:
    given, own = give(office, "Given --staff RA", user="SU"), give(office, "Own")
    assert office.run(f"task drop {given} --reason no", user="RA").exit == 7
    assert office.run(f"task drop {given}", user="SU").exit == 2
    assert office.run(f"task done {given}", user="RB").exit == 7
    office.ok(f"task drop {given} --reason 'not needed'", user="SU")
    office.ok(f"task drop {own} --reason 'not needed'", user="RA")
    assert office.run("task done TK-1", user="RA").exit == 3


@pytest.mark.rule("VIS-09", "VIS-13")
def test_tasks_stand_on_the_day_list_when_due(office) -> None:
    number = give(office, "'Send offer' --due 2026-11-05")
    assert not [r for r in office.rows("today", user="RA") if r["kind"] == "task"]
    (line,) = [r for r in office.rows("today", user="RA", day="2026-11-07") if r["kind"] == "task"]
    assert (line["ref"], line["late_days"], line["rule"]) == (number, 2, "VIS-13")
    assert numbers(office, "task list --overdue", user="RA", day="2026-11-07") == [number]


def test_who_left_takes_no_task(office) -> None:
    office.ok("staff leave RA --on 2026-11-02")
    assert office.run("task add X --staff RA", user="SU").exit == 4


@pytest.mark.rule("ORG-07")
def test_who_only_reads_gives_no_tasks_and_decides_nothing(office) -> None:
    office.ok("staff add AU Auditor --role audit")
    office.ok("staff add NI Nightly --role cron")
    for user in ("AU", "NI"):
        for line in ("task add X", "approve AP-1", "undo", "staff deputise NI AU --until fri"):
            assert office.run(line, user=user).exit == 7, (user, line)
    office.ok("staff edit NI --grant 'task add'")
    office.ok("task add X", user="NI")


# --- notices ------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-14")
def test_a_notice_is_read_and_marked(office) -> None:
    number = office.ok(["notice", "add", "Stock count", "--text", "On 30 November.\nAll hands.", "-f", "json"], user="MA").json()[
        "document"
    ]
    assert numbers(office, "notice list", user="MA") == []  # who wrote it knows what it says
    assert numbers(office, "notice list", user="RA") == [number]
    assert [r["ref"] for r in office.rows("today", user="RA") if r["kind"] == "notice"] == [number]
    assert "All hands." in office.ok(f"notice read {number.lower()}", user="RA").out
    office.ok(f"notice read {number}", user="RA")
    assert numbers(office, "notice list", user="RA") == []
    assert numbers(office, "notice list --all", user="RA") == [number]
    read = {r["staff"]: r["read_on"] for r in office.rows(f"notice readers {number}", user="MA")}
    assert read["RA"] == "2026-11-03"
    assert read["RB"] is None
    assert office.run("notice readers NT-1", user="RA").exit == 7


@pytest.mark.rule("VIS-14", "ORG-07")
def test_a_notice_for_some_roles(office) -> None:
    number = office.ok("notice add Prices --for supervisor --until 2026-11-05 -f json", user="MA").json()["document"]
    assert numbers(office, "notice list", user="RA") == []
    assert office.run(f"notice read {number}", user="RA").exit == 3
    assert numbers(office, "notice list", user="SU") == [number]
    assert numbers(office, "notice list", user="SU", day="2026-11-06") == []
    assert [r["staff"] for r in office.rows(f"notice readers {number}", user="MA")] == ["SU"]
    assert office.run("notice add X", user="RA").exit == 7
    assert office.run("notice add X --for boss", user="MA").exit == 2
    assert office.run("notice add X --until yesterday", user="MA").exit == 2


# --- documents ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("VIS-14", "ORG-07")
def test_documents_by_right_and_search(office) -> None:
    line = [
        "document",
        "add",
        "开场白",
        "--kind",
        "script",
        "--text",
        "您好，100% 新品",
        "--keywords",
        "opening",
        "--for",
        "rep",
        "-f",
        "json",
    ]
    script = office.ok(line, user="SU").json()["document"]
    paper = office.ok("document add Regulation --kind regulation --place /srv/rules.pdf -f json", user="MA").json()["document"]
    assert set(numbers(office, "document list", user="RA")) == {script, paper}
    assert numbers(office, "document list", user="FD") == [paper]
    assert numbers(office, "document list --kind script", user="RA") == [script]
    for text in ("开场", "OPENING", "100%", "新品"):
        assert numbers(office, ["document", "search", text], user="RA") == [script]
    assert numbers(office, "document search 100_", user="RA") == []
    assert "100% 新品" in office.ok(f"document show {script}", user="RA").out
    assert office.run(f"document show {script}", user="FD").exit == 3
    assert office.run("document add X --place y", user="RA").exit == 7
    assert office.run("document add X", user="SU").exit == 2
    office.ok(f"document withdraw {paper}", user="MA")
    assert numbers(office, "document list", user="FD") == []
    assert office.run(f"document withdraw {paper}", user="MA").exit == 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_the_screen(office, lang, golden) -> None:
    give(office, "'Send offer' --due 2026-11-01", day="2026-10-30")
    give(office, "Stock --staff RA --due fri", user="SU")
    office.ok("notice add 'Stock count' --for rep", user="MA")
    office.ok("document add Opening --kind script --text 'Good morning'", user="MA")
    told = [office.ok(line, user="RA", lang=lang).out for line in ("task list", "notice list", "document list")]
    golden(f"desk/office.{lang}.txt", "\n".join(told))
