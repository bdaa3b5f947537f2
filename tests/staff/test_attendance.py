"""Late arrivals, the month's pot and its equal shares: proposals only (ORG-10, X-22, AP-13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.staff.rules_attendance import pot
from tests.conftest import made_once


@pytest.fixture
@made_once
def strict(office):
    """Fines are on since 1 October."""
    office.ok("policy set penalty.mode propose --from 2026-10-01", day="2026-10-01")


def code(result) -> tuple[int, str]:
    return result.exit, result.json()["error"]["code"]


@pytest.mark.rule("ORG-10", "X-22")
def test_fines_are_off_by_default(office) -> None:
    done = office.ok("staff attendance late LI --minutes 12")
    assert "AT-202611-0001 LI 李雷: late arrival on 2026-11-03" in done.out
    assert "proposed" not in done.out
    (row,) = office.rows("staff attendance list")
    assert (row["staff"], row["kind"], row["minutes"], row["fine"], row["leader"]) == ("LI", "late_arrival", 12, "0.00", "WANG")
    assert "Fines are off" in office.ok("staff attendance pot").out
    assert code(office.run("staff attendance propose --period 2026-10 --request x -f json")) == (4, "fines_off")


@pytest.mark.rule("ORG-10", "X-22")
def test_a_fine_is_a_proposal_paid_to_the_leader(strict) -> None:
    done = strict.ok("staff attendance late LI", user="WANG")
    assert "5.00 proposed, to be paid to WANG" in done.out
    assert "can break labour law" in done.err
    assert "nothing is posted" in strict.ok("staff attendance list").out


@pytest.mark.rule("X-22")
def test_a_day_before_fines_were_switched_on_costs_nothing(strict) -> None:
    assert "proposed" not in strict.ok("staff attendance late LI --on 2026-09-30").out
    strict.ok("staff attendance late LI --on 2026-10-01")
    assert [row["fine"] for row in strict.rows("staff attendance list --period 2026")] == ["0.00", "5.00"]


@pytest.mark.rule("ORG-10")
def test_an_excuse_costs_nothing_at_once_or_afterwards(strict) -> None:
    assert "proposed" not in strict.ok("staff attendance late LI --excuse 'bus late'").out
    strict.ok("staff attendance early LI")
    done = strict.ok("staff attendance excuse AT-202611-0002 --reason 'sick child' -f json").json()
    assert {change["field"]: change["after"] for change in done["changes"]} == {"excuse": "sick child", "fine": "0.00"}
    assert code(strict.run("staff attendance excuse AT-202611-0002 --reason again -f json")) == (6, "excused_already")
    assert code(strict.run("staff attendance excuse AT-9 --reason x -f json")) == (3, "attendance_not_found")


@pytest.mark.rule("ORG-10", "AP-13")
def test_the_months_pot_is_shared_by_reps_who_were_never_late_once_approved(strict) -> None:
    strict.ok("staff edit HAN --clear hired")
    for line in (
        "late LI --on 2026-10-12",
        "late LI --on 2026-10-13",
        "early WANG --on 2026-10-12",
        "late HAN --on 2026-10-14 --excuse ill",
    ):
        strict.ok(f"staff attendance {line}")
    rows = {
        row["staff"]: (row["times"], row["excused"], row["fine"], row["share"])
        for row in strict.rows("staff attendance pot --period 2026-10")
    }
    assert rows == {
        "HAN": (1, 1, "0.00", "7.50"), "LI": (2, 0, "10.00", "0.00"), "WANG": (1, 0, "5.00", "0.00"), "ZENG": (0, 0, "0.00", "7.50"),
    }  # fmt: skip
    propose = "staff attendance propose --period 2026-10"
    assert code(strict.run(f"{propose} -f json", user="WANG")) == (5, "pot_approval")
    line = [row for row in strict.rows("today MA") if row["kind"] == "attendance_pot"]
    assert [(row["ref"], row["rule"], row["late_days"]) for row in line] == [("POT-2026-10", "ORG-10", 2)]
    assert strict.run([*propose.split(), "--request", "October"], user="WANG").exit == 5
    strict.ok("approve AP-202611-0001", user="MA")
    strict.ok("approve AP-202611-0001", user="FIN")
    done = strict.ok(propose, user="WANG")
    assert "the pot of 2026-10 is approved: 15.00 from LI, WANG, shared by HAN, ZENG" in done.out
    assert "This pot is approved" in strict.ok("staff attendance pot --period 2026-10").out
    assert not [row for row in strict.rows("today MA") if row["kind"] == "attendance_pot"]
    strict.ok("staff attendance late ZENG --on 2026-10-30")  # what was approved is frozen: this is another pot
    assert code(strict.run(f"{propose} -f json", user="WANG")) == (5, "pot_approval")


@pytest.mark.rule("ORG-10")
def test_a_pot_nobody_deserves_stays(strict) -> None:
    for person in ("LI", "HAN", "ZENG"):
        strict.ok(f"staff attendance late {person} --on 2026-10-20")
    assert "15.00 stay in the pot" in strict.ok("staff attendance pot --period 2026-10").out


@pytest.mark.rule("ORG-10")
@pytest.mark.parametrize(
    ("line", "user", "status", "problem"),
    [
        ("staff attendance late LI --on 2026-11-04", "WANG", 2, "day_not_come"),
        ("staff attendance late LI --on 2026-01-02", "WANG", 4, "not_here_then"),
        ("staff attendance late ZENG", "WANG", 7, "not_your_people"),
        ("staff attendance late WANG", "WANG", 7, "not_your_people"),
        ("staff attendance late HAN", "LI", 7, "not_your_right"),
        ("staff attendance propose --period 2026-11", "WANG", 6, "period_running"),
        ("staff attendance propose --period 2026-10", "WANG", 6, "pot_empty"),
    ],
)
def test_what_cannot_be_noted(strict, line: str, user: str, status: int, problem: str) -> None:
    refused = strict.run(f"{line} -f json", user=user)
    assert refused.exit == status
    assert problem in {found["code"] for found in refused.json()["problems"]}


@pytest.mark.rule("ORG-10")
def test_one_record_a_day_and_kind(strict) -> None:
    strict.ok("staff attendance late LI")
    assert code(strict.run("staff attendance late LI -f json")) == (4, "attendance_known")
    strict.ok("staff attendance early LI")


@pytest.mark.rule("ORG-07")
def test_a_rep_sees_his_own_record(strict) -> None:
    strict.ok("staff attendance late LI")
    strict.ok("staff attendance late HAN")
    assert [row["staff"] for row in strict.rows("staff attendance list", user="LI")] == ["LI"]
    assert {row["staff"] for row in strict.rows("staff attendance list", user="WANG")} == {"LI", "HAN"}


CODES = [f"P{n}" for n in range(6)]


@pytest.mark.rule("ORG-10")
@given(
    st.dictionaries(st.sampled_from(CODES), st.integers(1, 10**6)),
    st.lists(st.sampled_from(CODES), unique=True),
    st.lists(st.sampled_from(CODES), unique=True),
)
def test_the_shares_add_up_to_the_fines_to_the_cent(fines: dict[str, int], reps: list[str], excused: list[str]) -> None:
    late = [*fines, *excused]
    found = pot(fines, reps, late)
    assert sum(found.shares.values()) + found.left_over == found.total == sum(fines.values())
    assert set(found.shares) == set(reps) - set(late)
    assert not found.shares or not found.left_over
    assert max(found.shares.values(), default=0) - min(found.shares.values(), default=0) <= 1
