"""What is weighed before an order is taken on, and who may lift it (X-02, X-26, X-29, X-33, X-36)."""

from __future__ import annotations

from datetime import date

import pytest

from salescli.ar.rules_credit import APPROVAL, SHIPMENT, CreditFacts, CreditPolicy, Wanted, check_credit, payment_class
from salescli.ar.states import PaymentClass

from .conftest import N, problems

REPORT = (
    f"order submit {N} --payment-day +30d --payment-place 上海 --means bank_transfer --place 浦东 --transport truck "
    "--site --scope --spec --design --purchase-order PO-7 --contract HT-1"
)


@pytest.mark.rule("ORD-06")
@pytest.mark.parametrize(("limit", "code"), [("1280.00", 0), ("1279.99", 5)])
def test_limit_reached_exactly_passes(trade, limit: str, code: int) -> None:
    trade.ok(f"customer edit C1 --credit-limit {limit}", user="FIN")
    trade.ok("order new C1 TN2325=10", user="LI")
    assert trade.run(f"order confirm {N}", user="LI").exit == code


@pytest.mark.rule("ORD-06")
@pytest.mark.parametrize(("mode", "code"), [("off", 0), ("warn", 0), ("approve", 5), ("block", 4)])
def test_modes(trade, mode: str, code: int) -> None:
    trade.ok(f"policy set credit.mode {mode}")
    trade.ok("customer edit C1 --credit-limit 100", user="FIN")
    trade.ok("order new C1 TN2325=10", user="LI")
    done = trade.run(f"order confirm {N}", user="LI")
    assert done.exit == code
    assert ("credit limit 100.00" in done.err) == (mode != "off")


@pytest.mark.rule("ORD-06")
def test_approved_credit_covers_the_deliveries(trade) -> None:
    trade.ok("customer edit C1 --credit-limit 100", user="FIN")
    trade.ok("order new C1 TN2325=10", user="LI")
    assert trade.run(f'order confirm {N} --request "key account"', user="LI").exit == 5
    trade.ok("approve AP-202611-0001", user="MA")
    trade.ok("approve AP-202611-0001", user="FIN")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"order deliver {N} TN2325=4", user="WH")


@pytest.mark.rule("ORD-06")
def test_one_overdue_bill_stops_shipment_after_the_days_of_grace(trade) -> None:
    trade.ok("order new C1 TN2325=4", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"order deliver {N} TN2325=1", user="WH")
    assert trade.run(f"order deliver {N} TN2325=1", user="WH", day="2026-12-03").exit == 0
    late = trade.run(f"order deliver {N} -f json", user="WH", day="2026-12-04")
    assert (late.exit, problems(late)) == (5, ["customer_overdue"])
    trade.ok("policy set credit.grace_days 1", day="2026-12-04")
    trade.ok(f"order deliver {N}", user="WH", day="2026-12-04")


@pytest.mark.rule("ORD-06", "CUS-05")
def test_never_evaluated_is_warned_about_until_enforced(trade) -> None:
    trade.ok("order new C2 TN2325=1", user="LI")
    assert "never evaluated" in trade.ok(f"order confirm {N} --dry-run", user="LI").err
    trade.ok("policy set credit.enforce_from 2026-11-03")
    assert trade.run(f"order confirm {N}", user="LI").exit == 5


FIGURES = ("100", "640", "540", "1,280", "2026-12-03")


@pytest.mark.rule("ORD-06", "ORG-07")
@pytest.mark.parametrize("mode", ["approve", "block"])
def test_the_warehouse_hears_that_credit_stops_and_whom_to_ask_but_no_figures(trade, mode: str) -> None:
    trade.ok("order new C1 TN2325=5", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"policy set credit.mode {mode}")
    trade.ok("customer edit C1 --credit-limit 100", user="FIN")
    for shape in ("", " -f json", " --dry-run"):
        refused = trade.run(f"order deliver {N}{shape}", user="WH")
        told = refused.out + refused.err
        assert ("C1" in told, "LI, FIN" in told, "ORD-06" in told, refused.exit) == (True, True, True, 5 if mode == "approve" else 4)
        assert not [figure for figure in FIGURES if figure in told.replace("SO-202611-0001", "")], told
    error = trade.run(f"order deliver {N} -f json", user="WH").json()["error"]
    assert error["facts"].keys() <= {"customer", "name", "document", "people"}
    assert "credit limit 100.00 of C1" in trade.run(f"order deliver {N}", user="MA").err
    assert "--request" not in trade.run(f"order deliver {N}", user="MA").err or mode == "approve"
    assert "信用额度" in trade.run(f"order deliver {N}", user="WH", lang="zh").err


@pytest.mark.rule("ORD-06", "ORG-07", "DAT-01")
def test_who_decides_reads_the_figures_that_who_asks_may_not(trade) -> None:
    trade.ok("order new C1 TN2325=5", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok("customer edit C1 --credit-limit 100", user="FIN")
    filed = trade.run(f"order deliver {N} --request '老客户'", user="WH").err
    assert "AP-202611-0001" in filed
    told = [filed, trade.ok("inbox --mine", user="WH").out, trade.ok("search SO-202611-0001", user="WH").out]
    assert not [text for text in told if "100.00" in text or "540.00" in text]
    assert "credit limit 100.00 of C1" in trade.ok("inbox", user="MA").out
    for who in ("MA", "FIN"):
        trade.ok("approve AP-202611-0001", user=who)
    assert "100.00" not in trade.ok("inbox --mine", user="WH").out
    trade.ok(f"order deliver {N} TN2325=2", user="WH")
    assert "open, due" not in trade.ok(f"order track {N}", user="WH").out
    (owed,) = [row["value"] for row in trade.rows(f"order report {N}", user="WH") if row["field"] == "unpaid_by_delivery"]
    assert owed is None


@pytest.mark.rule("ORD-05")
def test_cash_orders_go_out_against_money(trade) -> None:
    trade.ok("order new C2 TN2325=1 --cash", user="LI")
    trade.ok(f"order confirm {N}", user="LI")
    refused = trade.run(f"order deliver {N} -f json", user="WH")
    assert problems(refused) == ["cash_at_delivery"]
    trade.ok(f"order deliver {N} --paid", user="MA")
    assert trade.sql("SELECT due_date, kept_open FROM receivable") == [("2026-11-03", 0)]


@pytest.mark.rule("ORD-05")
def test_terms_follow_the_payment_class(trade) -> None:
    trade.ok("order new C1 TN2325=1 --days 60", user="LI")
    assert problems(trade.run(f"order confirm {N} -f json", user="LI")) == ["terms_too_long"]
    trade.ok("customer block C1 --reason 空头支票", user="MA")
    trade.ok(f"order edit {N} --days 0", user="LI")
    refused = trade.run(f"order confirm {N} -f json", user="LI")
    assert problems(refused) == ["proxy_only"]
    trade.ok(f"order edit {N} --cash", user="LI")
    told = trade.ok(f"order confirm {N}", user="LI")
    assert "on record as bad" in told.err  # ORD-04


FACTS = CreditFacts("C1", "A", 1000_00, 30, 400_00, 100_00, 0, 0, None, PaymentClass.OTHER)


@pytest.mark.rule("ORD-05", "ORD-06")
def test_credit_on_figures() -> None:
    def codes(amount: int, **more: object) -> list[str]:
        wanted = Wanted("SO", amount, amount, date(2026, 11, 3), APPROVAL, days=30)._replace(**more)
        return [p.code for p in check_credit(FACTS, wanted, CreditPolicy()).problems]

    assert codes(500_00) == []
    assert codes(500_01) == ["credit_limit"]
    assert codes(500_01, cash=True) == []
    assert codes(1, cash=True, point=SHIPMENT) == ["cash_at_delivery"]
    assert codes(0, days=31) == ["terms_too_long"]
    assert payment_class(bad=True, old=True, late=False) is PaymentClass.PROXY
    assert payment_class(bad=False, old=False, late=False) is PaymentClass.NEW
    assert payment_class(bad=False, old=True, late=True) is PaymentClass.OTHER
    assert payment_class(bad=False, old=True, late=False) is PaymentClass.FAITHFUL


@pytest.mark.rule("PRC-05", "PRC-09")
def test_prices_off_the_table_need_approval(trade) -> None:
    trade.ok("product edit TN2325 --floor-price 100", user="MA")
    trade.ok("order new C1 TN2325=1@120", user="LI")
    refused = trade.run(f"order confirm {N} -f json", user="LI")
    assert (refused.exit, problems(refused)) == (5, ["off_list_price"])
    trade.ok(f"order edit {N} TN2325=1@99", user="LI")
    assert trade.run(f"order confirm {N}", user="LI").exit == 4


@pytest.mark.rule("ORD-01", "ORD-07")
def test_goods_in_reach_or_a_capacity_answer(trade) -> None:
    trade.ok("order new C1 DRUM=5", user="LI")
    assert problems(trade.run(f"order confirm {N} -f json", user="LI")) == ["not_available"]
    assert trade.run(f"order capacity {N} --change", user="WH").exit == 2
    trade.ok(f"order capacity {N} --change --on 2026-11-20 --note 只有三个", user="WH")
    assert [(r["document"], r["due"]) for r in trade.rows("task list", user="LI")] == [(N, "2026-11-03")]
    assert trade.run(f"order confirm {N}", user="LI").exit == 4
    trade.ok(f"order settle {N} 客户同意", user="LI")
    assert trade.rows("task list", user="LI") == []
    trade.ok(f"order confirm {N}", user="LI")
    assert trade.rows("order list")[0]["promised"] == "2026-11-20"
    assert trade.run(f"order settle {N} again", user="LI").exit == 6
    assert problems(trade.run(f"order deliver {N} -f json", user="WH")) == ["not_available"]
    trade.ok(f"order deliver {N} DRUM=3", user="WH")


@pytest.mark.rule("ORD-03")
def test_later_than_three_months_takes_reason_and_approval(trade) -> None:
    trade.ok("order new C1 TN2325=1 --promised 2027-02-04", user="LI")
    assert trade.run(f"order confirm {N}", user="LI").exit == 4
    assert trade.run(f"order confirm {N} --reason 定制 --request 定制", user="LI").exit == 5
    trade.ok("approve AP-202611-0001", user="SU")
    trade.ok(f"order confirm {N} --reason 定制", user="LI")
    trade.ok("order new C1 TN2325=1 --promised 2027-02-03", user="LI")
    trade.ok("order confirm SO-202611-0002", user="LI")
    assert trade.run("order new C1 TN2325=1 --promised 2026-11-02", user="LI").exit == 4


@pytest.mark.rule("ORD-02", "ORD-10", "ORD-01")
def test_full_intake(trade) -> None:
    trade.ok("policy set order.intake full")
    trade.ok("order new C1 TN2325=1", user="LI")
    found = problems(trade.run(f"order confirm {N} -f json", user="LI"))
    assert found == ["no_report", "no_promise", "not_customer_confirmed", "not_investigated"]
    assert problems(trade.run(f"{REPORT} -f json", user="LI")) == ["no_promise"]
    trade.ok(f"order edit {N} --promised +7d", user="LI")
    lacking = trade.run(f"order submit {N} --means cheque -f json", user="LI")
    assert problems(lacking) == ["report_incomplete"]
    assert "cheque_day" in lacking.json()["error"]["facts"]["fields"]
    trade.ok(REPORT, user="LI")
    assert trade.run(f"order edit {N} TN2325=2", user="LI").exit == 6  # a request waits on it
    trade.ok("approve AP-202611-0001", user="SU")
    rows = {row["field"]: row["value"] for row in trade.rows(f"order report {N}")}
    assert (rows["amount"], rows["delivery_place"], rows["payment_class"]) == ("128.00", "浦东", "new cash")
    trade.ok(f"order edit {N} --confirmed today", user="LI")
    assert problems(trade.run(f"order confirm {N} -f json", user="LI")) == ["not_investigated"]
    trade.ok(f"order edit {N} TN2325=2", user="LI")
    assert "acceptance_not_approved" in problems(trade.run(f"order confirm {N} -f json", user="LI"))


@pytest.mark.rule("ORD-02", "ORD-10")
@pytest.mark.parametrize(
    ("office", "full", "simple", "asked"),
    [
        ("simple", "", "", False), ("simple", "dealer，Dealers, 经销商", "", True), ("simple", "wholesale", "", False),
        ("full", "", "", True), ("full", "", "零售, 经销商", False), ("full", "经销商", "经销商", True),
    ],
)  # fmt: skip
def test_the_customers_kind_says_how_an_order_is_taken_in(trade, office: str, full: str, simple: str, asked: bool) -> None:
    trade.ok("customer edit C1 --kind 经销商")
    trade.ok('policy set contract.required_kinds ""')
    for key, value in (("intake", office), ("full_kinds", full), ("simple_kinds", simple)):
        trade.ok(["policy", "set", f"order.{key}", value])
    trade.ok("order new C1 TN2325=1", user="LI")
    told = trade.run(f"order confirm {N} -f json", user="LI")
    assert (told.exit, "no_report" in problems(told) if told.exit else False) == ((4, True) if asked else (0, False))


@pytest.mark.rule("ORD-09")
def test_free_goods_are_decided_beforehand(trade) -> None:
    trade.ok("order new C1 TN2325=1 --free", user="LI")
    assert problems(trade.run(f"order confirm {N} -f json", user="LI")) == ["free_goods_papers"]
    trade.ok(f"order edit {N} --explanation 延误致歉 --loss LI", user="LI")
    assert trade.run(f"order confirm {N} --request 致歉", user="LI").exit == 5
    trade.ok("approve AP-202611-0001", user="GM")
    trade.ok(f"order confirm {N}", user="LI")
    trade.ok(f"order deliver {N}", user="WH")
    assert trade.sql("SELECT count(*) FROM receivable") == [(0,)]
    assert [(row["answers"], row["loss"]) for row in trade.rows("order losses")] == [("LI", "80.00")]
    trade.ok("stock receive TN2325=20@100 --reason 'dearer all along' --on 2026-11-02", day="2026-11-04")
    assert [row["loss"] for row in trade.rows("order losses", day="2026-11-04")] == ["90.00"]
    trade.ok(f"order return {N} TN2325=1 --reason 'not wanted'", user="WH", day="2026-11-04")
    assert [row["loss"] for row in trade.rows("order losses", day="2026-11-04")] == ["0.00"]  # nobody answers for what came back


def test_rights_and_sight(trade) -> None:
    trade.ok("order new C1 TN2325=1", user="LI")
    trade.ok("staff add HAN 韩梅 --role rep --superior MA")
    assert trade.run(f"order confirm {N}", user="HAN").exit == 3
    assert trade.run("order new C1 TN2325=1", user="WH").exit == 7
    assert trade.run(f"order deliver {N}", user="LI").exit == 7


def test_bad_lines_are_named_together(trade) -> None:
    assert trade.run("order new C1 TN2325=x DRUM", user="LI").exit == 2
    assert trade.run("order new C1", user="LI").exit == 2
    assert trade.run("order new C1 NIX=1", user="LI").exit == 3
    assert trade.run("order new C1 TN2325=0", user="LI").exit == 2
    trade.file("lines.csv", "sku,quantity,price\nTN2325,2,\nDRUM,1,300\n")
    trade.ok("order new C1 --lines lines.csv", user="LI")
    assert trade.rows("order list")[0]["amount"] == "556.00"
