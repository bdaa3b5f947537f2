"""What is open with a customer goes where he goes: tickets, appointments, complaints heard on a visit (ORG-06, SVC-04, SVC-06, LED-11)."""

from __future__ import annotations

import pytest


@pytest.fixture
def busy(desk):
    """LI's customer with a ticket, an appointment and a complaint heard on a visit, all open."""
    desk.ok("staff add HAN 韩梅 --role rep --superior WANG")
    desk.ok("service open HX 漏粉", user="LI")
    desk.ok("service open HX 态度差 --about HAN", user="ZHOU")
    desk.ok("visit appoint HX --on +1d --purpose 看样品 --with WANG", user="LI")
    desk.ok("customer visit HX --need n --feedback f --step s --next +3d --complaint 卡纸", user="LI")
    return desk


def holders(book) -> dict[str, str]:
    """Who handles the two tickets, goes to the appointment, has the task of the complaint."""
    return dict(
        book.sql(
            "SELECT t.number, s.code FROM ticket t JOIN staff s ON s.id = t.agent_id UNION ALL "
            "SELECT a.number, s.code FROM appointment a JOIN staff s ON s.id = a.staff_id UNION ALL "
            "SELECT k.number, s.code FROM task k JOIN staff s ON s.id = k.staff_id"
        )
    )


@pytest.mark.rule("ORG-06", "SVC-04", "SVC-06")
def test_what_is_open_goes_to_the_new_owner_but_no_complaint_to_whom_it_is_about(busy) -> None:
    before = {"SV-202611-0001": "LI", "SV-202611-0002": "LI", "VP-202611-0001": "LI", "TK-202611-0001": "LI"}
    assert holders(busy) == before
    busy.ok("customer transfer HX --to HAN --reason 调区", user="WANG")
    assert holders(busy) == {**before, "SV-202611-0001": "HAN", "SV-202611-0002": "WANG", "VP-202611-0001": "HAN", "TK-202611-0001": "HAN"}
    busy.ok("customer visit HX --need n --feedback f --step s --next +3d", user="HAN", day="2026-11-04")
    assert [row["state"] for row in busy.rows("visit appointments --state all", user="HAN", day="2026-11-04")] == ["visited"]
    assert busy.run("check ticket_handler ticket_steps appointment_kept customer_owner").exit == 0


@pytest.mark.rule("SVC-04")
def test_a_ticket_of_the_named_agent_stays_with_him(busy) -> None:
    busy.ok("service agent HX ZHOU")
    busy.ok("service open HX 再漏")
    busy.ok("customer transfer HX --to HAN --reason 调区", user="WANG")
    assert holders(busy)["SV-202611-0003"] == "ZHOU"
    assert holders(busy)["SV-202611-0001"] == "ZHOU"  # LI may not even see it any more


@pytest.mark.rule("LED-11", "ORG-06")
def test_through_the_pool_to_whoever_claims(busy) -> None:
    busy.ok("customer release HX --reason 无人跟进", user="WANG")
    assert set(holders(busy).values()) == {"LI"}  # in the pool nobody takes it over
    busy.ok("customer claim HX", user="HAN")
    assert holders(busy)["SV-202611-0001"] == holders(busy)["VP-202611-0001"] == holders(busy)["TK-202611-0001"] == "HAN"


@pytest.mark.rule("LED-10")
def test_a_merged_file_brings_its_open_things_to_the_owner_who_stays(busy) -> None:
    busy.ok("customer add 华信上海 --code HXS --staff HAN --phone 13812345679")
    busy.ok("customer merge HXS HX --reason 同一家", user="BOSS")
    assert holders(busy)["SV-202611-0001"] == holders(busy)["VP-202611-0001"] == holders(busy)["TK-202611-0001"] == "HAN"


@pytest.mark.rule("CUS-01", "CUS-06", "SVC-04", "SVC-05")
def test_the_customers_file_tells_of_tickets_goods_and_agent(busy) -> None:
    busy.ok("service agent HX ZHOU")
    busy.ok("service asset add HX 打印机")
    busy.ok("lead add 续购 --customer HX --source fair", user="LI")
    told = busy.ok("customer show HX", user="LI").out
    for sentence in ("2 open tickets: salescli service list --customer HX", "1 thing under care", "1 open lead", "follow-up agent: ZHOU"):
        assert sentence in told
    tickets = [(row["ref"], row["staff"], row["state"]) for row in busy.rows("customer history HX", user="LI") if row["kind"] == "ticket"]
    assert tickets == [("SV-202611-0002", "LI", "received"), ("SV-202611-0001", "LI", "received")]
