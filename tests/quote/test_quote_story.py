"""Quotes as stories: made, reviewed by whom margin and deviation say, sent, expired, amended, lost, converted (QUO-01..06)."""

from __future__ import annotations

import pytest

from tests.quote.conftest import TERMS

Q = "QU-202611-0001"


def approve(book, *people: str) -> None:
    for person in people:
        book.ok("approve AP-202611-0001", user=person)


def state(book, day: str = "2026-11-03") -> str:
    (row,) = [row for row in book.rows("quote list", day=day) if row["quote"] == Q]
    return row["state"]


def accepted(book) -> None:
    book.ok(f"quote submit {Q}", user="LI")
    approve(book, "WANG", "BOSS")
    book.ok(f"quote send {Q} --way e-mail", user="LI")
    book.ok(f"quote accept {Q} --by 何静", user="LI")


@pytest.mark.rule("QUO-01", "QUO-05")
def test_a_line_shows_cost_margin_rival_price_and_its_distance_from_list(team) -> None:
    team.ok(f"quote new HX TN2325=10@95 --rival TN2325=92 {TERMS}", user="LI")
    (line,) = team.rows(f"quote show {Q}", user="LI")
    assert (line["list_price"], line["unit_price"], line["unit_cost"], line["rival_price"]) == ("100.00", "95.00", "60.00", "92.00")
    assert (line["deviation_pct"], line["margin_pct"], line["amount"]) == ("5.00", "36.84", "950.00")


@pytest.mark.rule("QUO-03")
def test_a_quote_without_sections_or_payment_plan_is_not_reviewed(team) -> None:
    done = team.ok("quote new HX TN2325=10", user="LI")
    assert "payment plan" in done.err
    refused = team.run(f"quote submit {Q} -f json", user="LI")
    assert refused.exit == 4
    assert [p["code"] for p in refused.json()["problems"]] == ["sections_missing", "no_payment_plan"]


@pytest.mark.rule("QUO-03")
def test_payments_have_to_add_up(team) -> None:
    team.ok('quote new HX TN2325=10 --pay 300@sign,600@delivery --configuration "x" --after-sales "y"', user="LI")
    refused = team.run(f"quote submit {Q} -f json", user="LI")
    (problem,) = refused.json()["problems"]
    assert (problem["code"], problem["facts"]["planned"], problem["facts"]["total"]) == ("plan_differs", "900.00", "1000.00")
    team.ok(f"quote edit {Q} --pay 300@sign,rest@2026-12-31", user="LI")
    team.ok(f"quote submit {Q}", user="LI")


@pytest.mark.rule("QUO-02")
def test_nothing_is_sent_before_superior_and_manager_approved_it(quoted) -> None:
    assert quoted.run(f"quote send {Q}", user="LI").exit == 6
    quoted.ok(f"quote submit {Q}", user="LI")
    assert quoted.run(f"quote send {Q}", user="LI").exit == 6
    approve(quoted, "WANG")
    assert quoted.run(f"quote send {Q}", user="LI").exit == 6
    approve(quoted, "BOSS")
    quoted.ok(f"quote send {Q}", user="LI")
    assert state(quoted) == "sent"
    quoted.ok("check quote_approved quote_versions quote_lines")


@pytest.mark.rule("QUO-02", "QUO-05", "X-01", "AP-01")
@pytest.mark.parametrize(
    ("price", "skip", "posts"),
    [
        ("100", "no", ["SUP", "MGR"]),
        ("100", "yes", ["SUP"]),
        ("99", "yes", ["SUP", "MGR"]),
        ("90", "no", ["SUP", "MGR"]),
        ("89.99", "no", ["SUP", "MGR", "MGT"]),
    ],
)
def test_deviation_and_the_offices_choice_decide_who_approves(team, price: str, skip: str, posts: list[str]) -> None:
    team.ok(f"policy set quote.skip_manager_at_list {skip} --from 2026-11-03")
    team.ok(f"quote new HX TN2325=10@{price} {TERMS}", user="LI")
    done = team.ok(f"quote submit {Q} -f json", user="LI").json()
    assert done["facts"]["approval"] == posts


@pytest.mark.rule("QUO-04", "QUO-05")
def test_a_margin_below_the_floor_climbs_one_post_and_is_said(team) -> None:
    team.ok("product add THIN 薄利 --list-price 100 --cost 95")
    team.ok("policy set quote.skip_manager_at_list yes --from 2026-11-03")
    done = team.ok(f"quote new HX THIN=10 {TERMS}", user="LI")
    assert "5.00" in done.err
    assert team.ok(f"quote submit {Q} -f json", user="LI").json()["facts"]["approval"] == ["SUP", "MGR", "MGT"]


@pytest.mark.rule("QUO-04", "PRC-09")
def test_below_the_lowest_price_no_approval_helps(team) -> None:
    team.ok(f"quote new HX TN2325=10@79.99 {TERMS}", user="LI")
    refused = team.run(f"quote submit {Q} -f json", user="LI")
    assert (refused.exit, refused.json()["error"]["rule"]) == (4, "PRC-09")
    team.ok(f"quote edit {Q} TN2325=10@80", user="LI")
    team.ok(f"quote submit {Q}", user="LI")


@pytest.mark.rule("QUO-02")
def test_an_approved_quote_is_frozen_and_an_edit_needs_a_new_approval(quoted) -> None:
    accepted(quoted)
    done = quoted.ok(f'quote edit {Q} TN2325=10@96 --reason "he compares"', user="LI")
    assert "version 2" in done.out
    assert state(quoted) == "draft"
    assert quoted.run(f"quote send {Q}", user="LI").exit == 6
    (old,), (new,) = quoted.rows(f"quote show {Q} --revision 1"), quoted.rows(f"quote show {Q}")
    assert (old["amount"], new["amount"]) == ("1000.00", "960.00")
    quoted.ok(f"quote submit {Q}", user="LI")
    assert quoted.run(f"quote edit {Q} TN2325=9", user="LI").exit == 6
    quoted.ok('refuse AP-202611-0002 --reason "too cheap"', user="WANG")
    assert state(quoted) == "returned"
    quoted.ok(f"quote edit {Q} TN2325=10@98", user="LI")
    assert quoted.rows("quote list")[0]["version"] == 2


@pytest.mark.rule("QUO-02", "QUO-03")
def test_the_last_version_is_printed_and_earlier_ones_as_replaced(quoted) -> None:
    accepted(quoted)
    quoted.ok(f'quote edit {Q} TN2325=10@96 --valid-until 2026-12-24 --reason "he compares"', user="LI")
    page = quoted.folder / "q.html"
    said = quoted.ok(f"quote print {Q} -o q.html", user="LI").out
    assert f"Next: salescli quote print {Q} --revision 1 -o q-1.html" in said
    assert all(text in page.read_text(encoding="utf-8") for text in ("960.00", "DRAFT", "2026-12-24", f"{Q}/2"))
    assert "已被第 2 版取代" in quoted.ok(f"quote print {Q} --revision 1 -o q.html", user="LI", lang="zh").out
    old = page.read_text(encoding="utf-8")
    assert ("1,000.00" in old, "已被第 2 版取代" in old, "草稿" in old, "2026-12-24" in old) == (True, True, False, False)
    assert quoted.run(f"quote print {Q} --revision 3 -o q.html", user="LI").exit == 3


@pytest.mark.rule("QUO-02")
def test_a_withdrawn_request_makes_it_a_draft_again(quoted) -> None:
    quoted.ok(f"quote submit {Q}", user="LI")
    quoted.ok("withdraw AP-202611-0001", user="LI")
    assert state(quoted) == "draft"


@pytest.mark.rule("QUO-06")
def test_an_offer_expires_after_its_last_day_and_is_reminded_of_before(quoted) -> None:
    quoted.ok(f"quote submit {Q}", user="LI")
    approve(quoted, "WANG", "BOSS")
    quoted.ok(f"quote send {Q}", user="LI")
    refs = lambda day: [row["ref"] for row in quoted.rows("today", user="LI", day=day) if row["rule"] == "QUO-06"]  # noqa: E731
    assert (refs("2026-11-29"), refs("2026-11-30")) == ([], [Q])
    assert (state(quoted, "2026-12-03"), state(quoted, "2026-12-04")) == ("sent", "expired")
    (late,) = [row for row in quoted.rows("today", user="LI", day="2026-12-05") if row["ref"] == Q]
    assert late["late_days"] == 2
    refused = quoted.run(f"quote accept {Q}", user="LI", day="2026-12-04")
    assert (refused.exit, "2026-12-03" in refused.err) == (6, True)
    quoted.ok(f"quote edit {Q} --reprice", user="LI", day="2026-12-04")
    assert state(quoted, "2026-12-04") == "draft"


@pytest.mark.rule("QUO-06", "QUO-02")
def test_slips_with_days_and_states_are_told_with_the_way_on(quoted) -> None:
    for day in ("yesterday", "2026-02-31"):
        assert quoted.run(f"quote edit {Q} --valid-until {day}", user="LI").exit == 2
    assert quoted.run(f"quote edit {Q} --discount=-5", user="LI").exit == 2
    quoted.ok(f"quote submit {Q}", user="LI")
    again = quoted.run(f"quote submit {Q}", user="LI")
    assert (again.exit, "in review already" in again.err, "salescli withdraw" in again.err) == (6, True, True)


@pytest.mark.rule("QUO-04")
def test_the_negotiation_is_kept_with_bottom_line_and_concession(quoted) -> None:
    done = quoted.ok(f'quote talk {Q} "wants much less" --bottom-line 620 --concession "free delivery"', user="LI")
    assert "620.00" in done.err
    assert "800.00" in done.err
    assert "3.23" in done.err  # what it would earn
    shown = quoted.ok(f"quote show {Q}", user="LI").out
    assert "wants much less" in shown
    assert "620.00" in shown
    assert "free delivery" in shown


@pytest.mark.rule("QUO-04")
def test_a_lost_quote_says_why(quoted) -> None:
    quoted.ok(f'quote lose {Q} --reason "too dear" --to 科达', user="LI")
    assert state(quoted) == "lost"
    assert quoted.run(f"quote edit {Q} TN2325=1", user="LI").exit == 6
    assert quoted.run(f'quote lose {Q} --reason "again"', user="LI").exit == 6


@pytest.mark.rule("QUO-06")
def test_a_confirmed_quote_becomes_an_order_without_retyping_or_asking_again(team) -> None:
    team.ok(f"quote new HX TN2325=10@91 DRUM=1 {TERMS}", user="LI")
    assert team.run(f"quote convert {Q} --to order", user="LI").exit == 6
    accepted(team)
    done = team.ok(f"quote convert {Q} --to order -f json", user="LI").json()
    assert (done["document"], done["facts"]["origin"], done["facts"]["amount"]) == ("SO-202611-0001", Q, "1110.00")
    assert state(team) == "converted"
    again = team.run(f"quote convert {Q} --to order", user="LI")
    assert again.exit == 6
    confirmed = team.run("order confirm SO-202611-0001 -f json", user="LI")
    problems = [] if confirmed.exit == 0 else [p["rule"] for p in confirmed.json()["problems"]]
    assert "PRC-05" not in problems  # its prices were agreed to with the quote


@pytest.mark.rule("CTR-10", "QUO-06")
def test_a_dealer_orders_only_with_a_contract(quoted) -> None:
    quoted.ok("customer edit HX --kind 经销商", user="LI")
    accepted(quoted)
    refused = quoted.run(f"quote convert {Q} --to order -f json", user="LI")
    assert (refused.exit, refused.json()["error"]["rule"]) == (4, "CTR-10")
    quoted.ok(f"quote convert {Q}", user="LI")
    assert quoted.rows("contract list")[0]["amount"] == "1000.00"


@pytest.mark.rule("ORG-07")
def test_who_sees_no_prices_sees_none_in_quotes(quoted) -> None:
    quoted.ok("staff add FU 客服 --role service")
    (row,) = quoted.rows("quote list", user="FU")
    assert (row["amount"], row["margin_pct"]) == (None, None)
    (line,) = quoted.rows(f"quote show {Q}", user="FU")
    assert (line["unit_price"], line["unit_cost"], line["amount"]) == (None, None, None)
    assert "300.00" not in quoted.ok(f"quote show {Q}", user="FU").out
    assert quoted.rows("quote list", user="ZHAO") == []
    assert quoted.run(f"quote show {Q}", user="ZHAO").exit == 3


@pytest.mark.rule("QUO-01", "CTR-03")
def test_in_a_book_of_net_prices_the_tax_stands_beside_the_total(team) -> None:
    """Three at 100.00 net, 13 per cent on top: 300.00 on the line, 339.00 in all, 39.00 of it tax."""
    team.sql("INSERT INTO meta (key, value) VALUES ('prices', 'net') ON CONFLICT (key) DO UPDATE SET value = 'net'")
    team.ok("product edit TN2325 --tax-rate 13")
    team.ok(f"quote new HX TN2325=3 {TERMS}", user="LI")
    team.ok("contract new HX TN2325=3", user="LI")
    for show in ("quote show QU-202611-0001", "contract show CT-202611-0001"):
        told = team.ok(f"{show} -f json", user="LI").json()
        assert (told["rows"][0]["amount"], told["totals"]["amount"], told["totals"]["tax"]) == ("300.00", "339.00", "39.00")
        assert "Tax in the total: 39.00" in team.ok(show, user="LI").out


@pytest.mark.rule("QUO-06")
def test_an_offer_that_is_over_is_not_reviewed(team) -> None:
    team.ok("quote new HX TN2325=1 --pay 100%@sign --configuration a --after-sales b --valid-until 2026-11-05", user="LI")
    refused = team.run("quote submit QU-202611-0001 -f json", user="LI", day="2026-11-06")
    assert (refused.exit, refused.json()["problems"][0]["code"]) == (6, "quote_expired")
    team.ok("quote submit QU-202611-0001 --dry-run", user="LI", day="2026-11-05")
    team.ok("quote edit QU-202611-0001 --valid-until +30d", user="LI", day="2026-11-06")
    team.ok("quote submit QU-202611-0001", user="LI", day="2026-11-06")


@pytest.mark.rule("QUO-02", "CTR-02")
def test_a_returned_quote_and_contract_say_who_refused_them_and_why(quoted) -> None:
    quoted.ok("quote submit QU-202611-0001", user="LI")
    quoted.ok('refuse AP-202611-0001 --reason "too low"', user="WANG")
    told = "refused by WANG on 2026-11-03: too low"
    assert told in quoted.ok("quote show QU-202611-0001", user="LI").out
    quoted.ok("quote submit QU-202611-0001", user="LI")
    assert told not in quoted.ok("quote show QU-202611-0001", user="LI").out
