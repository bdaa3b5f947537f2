"""Receipts, receivables, allocation and reversal from the command line (AR-01, AR-02, AR-12, AR-15)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

TODAY = "2026-11-03"


@pytest.fixture
@made_once
def desk(book):
    """Two customers, one of them with two receivables of 1,000.00 and 500.00."""
    for line in (
        "staff add S1 李雷 --role rep",
        "staff add S2 Mary --role rep",
        "staff add FIN 王芳 --role finance",
        "customer add 华信科技 --code C1 --staff S1",
        "customer add Northwind --code C2",
        "ar receivable C1 1000 --on 2026-09-01 --due 2026-10-01 --number A",
        "ar receivable C1 500 --on 2026-09-03 --due 2026-10-03 --number B",
    ):
        book.ok(line)


def opens(book, day: str = TODAY) -> dict[str, str]:
    """What is open, or unallocated (negative), document by document."""
    return {row["key"]: row["total"] for row in book.rows(f"ar aging --by receivable --as-of {day}")}


def refused(book, line: str, code: str, status: int = 4, rule: str | None = "AR-12") -> dict:
    """The refusal a line must meet; it says what to do next and leaves nothing behind."""
    before = book.sql("select count(*) from history")
    result = book.run(f"{line} -f json")
    error = result.json()["error"]
    assert (result.exit, error["code"], error["rule"]) == (status, code, rule)
    assert error["hint"]
    assert book.sql("select count(*) from history") == before
    return error


# --- receipts ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR-12")
def test_a_receipt_pays_what_is_due_longest_then_by_number(desk) -> None:
    desk.ok("ar receivable C1 200 --on 2026-09-02 --due 2026-10-01 --number AA")
    done = desk.ok("ar receipt 华信 1,100 --method bank --account 招行 -f json").json()
    assert done["document"] == "RC-202611-0001"
    told = [tuple(change.values()) for change in done["changes"]]
    assert told == [("open_amount A", "1000.00", "0.00"), ("open_amount AA", "200.00", "100.00")]
    assert (done["facts"]["applied"], done["facts"]["unallocated"]) == ("1100.00", "0.00")
    assert opens(desk) == {"AA": "100.00", "B": "500.00"}


@pytest.mark.rule("AR-12")
def test_the_rest_of_a_receipt_pays_the_next_receivable_by_itself(desk) -> None:
    result = desk.run("ar receipt C1 1800")
    assert "300.00" in result.err
    assert opens(desk) == {"RC-202611-0001": "-300.00"}
    done = desk.ok("ar receivable C1 250 --number C -f json").json()
    assert done["changes"] == [{"field": "open_amount C", "before": "250.00", "after": "0.00"}]
    assert opens(desk) == {"RC-202611-0001": "-50.00"}


@pytest.mark.rule("AR-12")
def test_a_receipt_pays_the_receivable_it_names_first(desk) -> None:
    desk.ok("ar receipt C1 600 --receivable B")
    assert opens(desk) == {"A": "900.00"}


@pytest.mark.rule("AR-12")
def test_a_receipt_of_an_order_in_one_step(desk) -> None:
    desk.ok("ar receivable C1 70 --order SO-9 --number X1")
    desk.ok("ar receivable C1 30 --order SO-9 --number X2")
    done = desk.ok("ar from-order SO-9 --method cash -f json").json()
    assert (done["facts"]["amount"], done["facts"]["customer"]) == ("100.00", "C1")
    assert opens(desk) == {"A": "1000.00", "B": "500.00"}
    refused(desk, "ar from-order SO-9", "nothing_open", 3)


@pytest.mark.rule("AR-12")
def test_a_receipt_may_name_its_order(desk) -> None:
    desk.ok("ar receivable C1 70 --order SO-9 --number X1")
    desk.ok("ar receipt C1 100 --order SO-9")
    assert opens(desk) == {"A": "970.00", "B": "500.00"}
    refused(desk, "ar receipt C2 5 --order SO-8", "nothing_open", 3)
    refused(desk, "ar receipt C1 5 --order SO-9 --receivable A", "one_target", 2, None)


@pytest.mark.rule("AR-12")
def test_held_money_waits_until_released(desk) -> None:
    desk.ok("ar receipt C1 800 --hold --number R")
    desk.ok("ar receivable C1 10 --number C")
    assert opens(desk)["R"] == "-800.00"
    desk.ok("ar allocate R B 100")
    assert (opens(desk)["B"], opens(desk)["R"]) == ("400.00", "-700.00")
    done = desk.ok("ar allocate R --release -f json").json()
    assert {"field": "held", "before": "yes", "after": "no"} in done["changes"]
    assert opens(desk) == {"A": "300.00", "B": "400.00", "C": "10.00"}


@pytest.mark.rule("AR-12")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ar receipt C1 0", "amount_not_positive"),
        ("ar receipt C1 -5", "amount_not_positive"),
        ("ar receipt C1 5 --on tomorrow", "day_in_future"),
        ("ar receipt C1 5 --on 1926-11-03", "day_too_early"),
        ("ar receipt C1 5 --number A", "number_taken"),
        ("ar receipt C2 5 --receivable A", "other_customer"),
        ("ar receivable C1 5 --on tomorrow", "day_in_future"),
    ],
)
def test_refused_documents(desk, line: str, code: str) -> None:
    refused(desk, line, code)


@pytest.mark.rule("AR-12")
def test_the_same_money_twice_is_warned_about(desk) -> None:
    desk.ok("ar receipt C1 5")
    warned = desk.ok("ar receipt C1 5 -f json").json()["warnings"]
    assert [(w["code"], w["facts"]["receipt"]) for w in warned] == [("same_receipt", "RC-202611-0001")]


@pytest.mark.rule("AR-12", "ORG-07")
def test_only_finance_posts(desk) -> None:
    for line in ("ar receipt C1 5", "ar receivable C1 5", "ar allocate A B", "ar unallocate A", "ar reverse A", "ar from-order X"):
        assert desk.run(line, user="S1").exit == 7
    desk.ok("ar receipt C1 5 --on yesterday", user="FIN")


def test_a_dry_run_keeps_nothing(desk) -> None:
    before = opens(desk)
    assert "RC-202611-0001" in desk.ok("ar receipt C1 5 --dry-run").out
    assert opens(desk) == before
    assert "RC-202611-0001" in desk.ok("ar receipt C1 5").out  # no gap in the numbers


# --- receivables -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR-01", "AR-02")
def test_a_receivable_has_an_owner_and_terms(desk) -> None:
    desk.ok("ar receivable C1 5 --number T1")
    desk.ok("customer edit C1 --credit-days 45")
    desk.ok("ar receivable C1 5 --number T2")
    desk.ok("ar receivable C1 5 --number T3 --days 10 --staff S2 --invoice-no 4711")
    desk.ok("ar receivable C2 5 --number T4 --due 2026-12-31")
    rows = {row["receivable"]: row for row in desk.rows("ar list --period 2026-11")}
    assert [(rows[n]["due_date"], rows[n]["staff"]) for n in ("T1", "T2", "T3", "T4")] == [
        ("2026-11-03", "S1"), ("2026-12-18", "S1"), ("2026-11-13", "S2"), ("2026-12-31", None),
    ]  # fmt: skip
    assert (rows["T3"]["invoice_no"], rows["T3"]["kind"], rows["T3"]["state"]) == ("4711", "invoice", "open")


@pytest.mark.rule("AR-01")
def test_bad_receivables(desk) -> None:
    refused(desk, "ar receivable C1 0", "amount_zero", rule="AR-01")
    refused(desk, "ar receivable C1 5 --due 2026-11-02", "due_before_date", rule="AR-01")


@pytest.mark.rule("AR-12")
def test_a_credit_note_pays_and_its_rest_waits(desk) -> None:
    done = desk.ok("ar receivable C1 -1600 -f json").json()
    assert done["document"] == "CN-202611-0001"
    assert opens(desk) == {"CN-202611-0001": "-100.00"}
    assert desk.rows("ar aging")[0]["unallocated"] == "100.00"
    desk.ok("ar allocate CN --hold")
    desk.ok("ar receivable C1 40 --number C")
    assert opens(desk) == {"CN-202611-0001": "-100.00", "C": "40.00"}
    desk.ok("ar allocate CN C 30")
    assert opens(desk) == {"CN-202611-0001": "-70.00", "C": "10.00"}


@pytest.mark.rule("AR-15")
def test_opening_balances_come_first(desk) -> None:
    done = desk.ok("ar receivable C2 90 --opening --on 2026-01-01 -f json").json()
    assert (done["document"], done["warnings"]) == ("OPEN-C2", [])
    late = desk.ok("ar receivable C1 90 --opening -f json").json()
    assert [(w["code"], w["rule"]) for w in late["warnings"]] == [("opening_after_business", "AR-15")]
    assert {row["receivable"]: row["kind"] for row in desk.rows("ar list --customer C2")} == {"OPEN-C2": "opening"}


# --- allocation --------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR-04", "AR-12")
def test_an_allocation_counts_from_the_later_date_whenever_it_is_typed(desk) -> None:
    desk.ok("ar receipt C1 300 --on 2026-10-10 --hold --number R")
    desk.ok("ar allocate R A")
    assert opens(desk, "2026-10-09") == {"A": "1000.00", "B": "500.00"}
    assert opens(desk, "2026-10-10") == {"A": "700.00", "B": "500.00"}
    desk.ok("ar receipt C1 50 --on 2026-08-01 --hold --number Q")
    desk.ok("ar allocate Q B")
    assert opens(desk, "2026-08-31") == {"Q": "-50.00"}
    assert opens(desk, "2026-09-03") == {"A": "1000.00", "B": "450.00"}


@pytest.mark.rule("AR-12")
def test_freed_money_is_held_and_the_past_is_told_as_if_it_had_not_paid(desk) -> None:
    desk.ok("ar receipt C1 600 --on 2026-10-10 --number R")
    desk.ok("ar unallocate R A 100")
    desk.ok("ar receivable C1 10 --number C")
    assert opens(desk) == {"A": "500.00", "B": "500.00", "C": "10.00", "R": "-100.00"}
    assert opens(desk, "2026-10-10") == {"A": "500.00", "B": "500.00", "R": "-100.00"}
    desk.ok("ar allocate R B")
    assert opens(desk, "2026-10-10") == {"A": "500.00", "B": "400.00"}
    desk.ok("ar unallocate R")
    assert opens(desk, "2026-10-10") == {"A": "1000.00", "B": "500.00", "R": "-600.00"}
    assert desk.ok("check receivable_open allocation_fits history_rows").exit == 0


@pytest.mark.rule("AR-12")
@pytest.mark.parametrize(
    ("line", "code", "status"),
    [
        ("ar allocate R A 0", "amount_not_positive", 4),
        ("ar allocate R A 601", "too_much", 4),
        ("ar allocate R B 501", "too_much", 4),
        ("ar allocate R Z", "other_customer", 4),
        ("ar allocate A B", "not_money", 4),
        ("ar allocate R R", "not_payable", 4),
        ("ar allocate P B", "nothing_left", 4),
        ("ar allocate R N", "document_not_found", 3),
        ("ar allocate R", "one_thing", 2),
        ("ar allocate R A --hold", "one_thing", 2),
        ("ar allocate A --hold", "not_money", 4),
        ("ar unallocate R", "nothing_applied", 4),
        ("ar unallocate P A 101", "too_much", 4),
        ("ar reverse R --on 2026-10-09", "reversal_too_early", 4),
        ("ar reverse R --on tomorrow", "day_in_future", 4),
    ],
)
def test_refused_moves(desk, line: str, code: str, status: int) -> None:
    desk.ok("ar receipt C1 100 --number P")
    desk.ok("ar receipt C1 600 --on 2026-10-10 --hold --number R")
    desk.ok("ar receivable C2 5 --number Z")
    refused(desk, line, code, status, "AR-12" if status == 4 else None)


def test_a_part_of_a_number_is_enough_and_several_are_named(desk) -> None:
    desk.ok("ar receivable C1 5 --number SO-77/1")
    assert "SO-77/1" in desk.ok("ar show 77").out
    desk.ok("ar receivable C1 5 --number SO-78/1")
    error = desk.run("ar show so-7 -f json").json()["error"]
    assert (error["code"], error["facts"]["candidates"]) == ("document_ambiguous", ["SO-77/1", "SO-78/1"])


# --- reversal ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("AR-12")
def test_a_bounced_receipt_is_reversed_on_its_own_day(desk) -> None:
    desk.ok("ar receipt C1 1200 --on 2026-10-10 --number R")
    done = desk.ok('ar reverse R --reason "cheque bounced" -f json').json()
    assert (done["document"], done["facts"]["reverses"]) == ("RC-202611-0001", "R")
    assert opens(desk, "2026-11-02") == {"B": "300.00"}  # the past is told as it was
    assert opens(desk) == {"A": "1000.00", "B": "500.00"}
    rows = {row["receipt"]: row for row in desk.rows("ar receipts --customer C1")}
    assert [(r["amount"], r["unallocated"], r["state"]) for r in rows.values()] == [
        ("-1200.00", "0.00", "reversed"), ("1200.00", "0.00", "reversed"),
    ]  # fmt: skip
    for line in ("ar reverse R", "ar reverse RC-202611-0001", "ar allocate R A", "ar allocate R --release", "ar unallocate R"):
        refused(desk, line, "reversed", 6)
    assert desk.ok("check").exit == 0


@pytest.mark.rule("AR-12")
def test_a_slip_of_the_fingers_is_taken_back_on_the_receipts_own_day(desk) -> None:
    desk.ok("ar receipt C1 1200 --on 2026-10-10 --number R")
    desk.ok("ar reverse R --on 2026-10-10")
    assert opens(desk, "2026-10-10") == {"A": "1000.00", "B": "500.00"}


@pytest.mark.rule("AR-12")
def test_no_receivable_is_paid_twice_on_a_day_by_money_that_bounced_later(desk) -> None:
    desk.ok("ar receipt C1 1000 --on 2026-10-10 --number R")
    desk.ok("ar reverse R --on 2026-10-20")
    desk.ok("ar receipt C1 1000 --on 2026-10-15 --number Q --receivable A")
    assert opens(desk, "2026-10-15") == {"B": "500.00", "Q": "-1000.00"}
    assert opens(desk, "2026-10-20") == {"B": "500.00"}
    assert desk.ok("check allocation_fits allocation_day reversal_exact").exit == 0


@pytest.mark.rule("AR-12")
def test_a_mistyped_receivable_is_taken_back_by_a_credit_note(desk) -> None:
    desk.ok("ar receipt C1 400 --number R")
    done = desk.ok("ar reverse A -f json").json()
    assert done["document"] == "CN-202611-0001"
    assert opens(desk) == {"B": "100.00"}  # 600.00 of the note on A, 400.00 of it on B
    refused(desk, "ar reverse A", "reversed", 6)
    desk.ok("ar receivable C2 -80 --number K")
    desk.ok("ar reverse K")
    assert "K" not in opens(desk)
    assert desk.ok("check").exit == 0


@pytest.mark.rule("AR-12")
def test_what_a_delivery_made_is_not_reversed_here(desk) -> None:
    desk.sql("update receivable set delivery_number = 'DN-1' where number = 'A'")
    refused(desk, "ar reverse A", "from_delivery")


# --- lists -------------------------------------------------------------------------------------------------------------


def test_lists_narrow(desk) -> None:
    desk.ok("ar receipt C1 1200 --on 2026-10-10 --number R --note 现金")
    desk.ok("ar receipt C2 9 --number S")
    assert [row["receivable"] for row in desk.rows("ar list")] == []
    assert [row["receivable"] for row in desk.rows("ar list --open")] == ["B"]
    assert [row["receivable"] for row in desk.rows("ar list --open --as-of 2026-10-09")] == ["B", "A"]
    assert [(row["state"], row["open"]) for row in desk.rows("ar list --customer C1")] == [("overdue", "300.00"), ("paid", "0.00")]
    assert [row["receivable"] for row in desk.rows("ar list --staff S1 --period 2026-09-02..2026-09-30")] == ["B"]
    assert [row["receipt"] for row in desk.rows("ar receipts")] == ["S"]
    assert [row["receipt"] for row in desk.rows("ar receipts --open")] == ["S"]
    assert [row["receipt"] for row in desk.rows("ar receipts --open --as-of 2026-10-31")] == []
    assert [(row["state"], row["note"]) for row in desk.rows("ar receipts --customer C1")] == [("allocated", "现金")]
    assert desk.rows("ar receipts --period 2026", user="S2") == []


@pytest.mark.rule("AR-12")
def test_show_tells_what_became_of_an_amount(desk) -> None:
    desk.ok("ar receipt C1 1200 --on 2026-10-10 --number R")
    desk.ok("ar receivable C1 -100 --number K")
    assert [tuple(row.values()) for row in desk.rows("ar show B")] == [
        ("2026-09-03", "B", "invoice", "500.00", "500.00"),
        ("2026-10-10", "R", "payment", "-200.00", "300.00"),
        ("2026-11-03", "K", "credit_note", "-100.00", "200.00"),
    ]
    assert [row["open"] for row in desk.rows("ar show R")] == ["1200.00", "200.00", "0.00"]
    assert [row["open"] for row in desk.rows("ar show K")] == ["-100.00", "0.00"]
    desk.ok("ar reverse R")
    assert [row["open"] for row in desk.rows("ar show R")][-2:] == ["1200.00", "0.00"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(desk, golden, lang: str) -> None:
    lines = (
        "ar receipt C1 1200 --on 2026-10-10 --number R",
        "ar receivable C1 -100 --number K",
        "ar list --customer C1",
        "ar receipts --customer C1",
        "ar show B",
        "ar unallocate R B",
        "ar allocate R B 50",
        "ar allocate R --hold",
        "ar allocate R B 1000",
        "ar allocate R --release",
        'ar reverse R --reason "退票"',
        "ar receipt C1 -5",
        "ar receipt C1 5000",
        "ar show R",
    )
    told = [(line, desk.run(line, lang=lang)) for line in lines]
    golden(f"ar/screens.{lang}.txt", "\n".join(f"$ salescli {line}\n{r.out}{r.err}[{r.exit}]" for line, r in told) + "\n")


PAST = {"2026-10-31": "2026-10-31", "last-month": "2026-10-31", "上月": "2026-10-31", "2026-Q3": "2026-09-30", "2025": "2025-12-31"}


@pytest.mark.parametrize("typed", PAST)
def test_as_of_takes_a_day_or_the_last_one_of_a_period(book, typed: str) -> None:
    assert book.ok(["ar", "aging", "--as-of", typed, "-f", "json"]).json()["as_of"] == PAST[typed]


def test_as_of_says_what_is_wrong_with_the_day(book) -> None:
    refused = book.run("ar aging --as-of 2026-02-31")
    assert (refused.exit, "31 February 2026" in refused.err, "--as-of" in refused.err) == (2, True, True)
