"""Sensitive acts are traceable and warned about; customers are not deleted (ORG-08, ORG-09)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once


@pytest.fixture
@made_once
def busy(office):
    """Some sensitive acts on 3 November, and harmless ones."""
    office.ok("staff add FD 前台 --role front_desk --superior MA")
    office.ok("customer add 华信科技 --code C1 --staff LI")
    office.ok("customer add 明达公司 --code C2 --staff LI")
    office.ok("customer transfer C1 --to HAN --reason 'nearer'", user="WANG")
    office.ok("customer list -f csv", user="FIN")
    office.ok("lead reception 李强 --phone 13900000001 --staff LI", user="FD")


def acts(book, line: str = "staff violations", **more) -> list[tuple]:
    return [(row["staff"], row["act"], row["ref"], row["detail"], row["reason"]) for row in book.rows(line, **more)]


@pytest.mark.rule("ORG-09")
def test_exports_and_transfers_are_in_the_report(busy) -> None:
    found = acts(busy)
    assert ("WANG", "owner_change", "C1", "LI > HAN", "nearer") in found
    assert [row[0] for row in found if row[1] == "export"] == ["FIN"]
    assert {row[1] for row in found} == {"export", "owner_change"}


@pytest.mark.rule("ORG-09")
def test_a_deviating_allocation_is_in_the_report_with_its_reason(busy) -> None:
    busy.ok("staff duty set A --members LI,HAN --on 2026-11-03")
    busy.ok("lead reception 王强 --phone 13900000002 --staff LI --reason 'asks for English'", user="FD")
    (row,) = acts(busy, "staff violations --act deviating_allocation")
    assert (row[0], row[3], row[4]) == ("FD", "HAN > LI", "asks for English")


@pytest.mark.rule("ORG-09", "ORG-08")
def test_an_archived_customer_is_in_the_report(busy) -> None:
    busy.ok("customer archive C2 --reason 'closed down'", user="MA")
    (row,) = acts(busy, "staff violations --act archive")
    assert (row[0], row[3]) == ("MA", "明达公司")


@pytest.mark.rule("ORG-09")
def test_the_report_narrows_and_keeps_to_the_readers_people(busy) -> None:
    assert {row[0] for row in acts(busy, "staff violations --staff WANG")} == {"WANG"}
    assert acts(busy, "staff violations --period 2026-10") == []
    assert {row[0] for row in acts(busy, user="WANG")} == {"WANG"}
    assert acts(busy, "staff violations --staff MA", user="WANG") == []
    assert busy.run("staff violations", user="LI").exit == 7
    assert busy.run("staff violations --exit-code --period 2026-11").exit == 10
    assert busy.run("staff violations --exit-code --period 2026-10").exit == 0


@pytest.mark.rule("ORG-09")
def test_the_superior_is_warned_of_exports_and_deviations(busy) -> None:
    lines = [row for row in busy.rows("today", user="ADMIN") if row["kind"] == "sensitive_act"]
    assert [(row["text"], row["rule"]) for row in lines] == [
        ("FIN: 1 times export since yesterday; salescli staff violations --staff FIN", "ORG-09")
    ]
    assert not [row for row in busy.rows("today", user="ADMIN", day="2026-11-05") if row["kind"] == "sensitive_act"]


@pytest.mark.rule("ORG-09")
def test_what_the_report_rests_on_cannot_be_rewritten_unseen(busy) -> None:
    busy.sql("UPDATE history SET staff = 'HAN' WHERE verb LIKE 'export%'")
    assert busy.run("history --verify").exit != 0


@pytest.mark.rule("ORG-08")
def test_nobody_deletes_a_customer(busy) -> None:
    from salescli.cli import root

    group = root().get_command(None, "customer")
    verbs = set(group.list_commands(None))
    assert not verbs & {"delete", "remove", "rm", "erase", "drop", "purge"}
    for person in ("LI", "MA", "ADMIN"):
        assert busy.run("customer delete C1", user=person).exit == 2
    assert busy.sql("select count(*) from customer") == [(2,)]


@pytest.mark.rule("ORG-08")
def test_a_rep_does_not_archive_on_his_own(busy) -> None:
    refused = busy.run("customer archive C2 --reason 'closed down'", user="LI")
    assert refused.exit in (5, 7)
    assert busy.sql("select archived_on from customer where code = 'C2'") == [(None,)]


@pytest.mark.rule("ORG-08")
def test_phones_are_masked_by_role(busy) -> None:
    busy.ok("customer contact add C2 李经理 --phone 13812345678")
    assert "13812345678" in busy.ok("customer show C2", user="LI").out
    assert "13812345678" not in busy.ok("customer show C2", user="FIN").out
