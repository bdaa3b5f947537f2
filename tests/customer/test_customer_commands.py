"""Customers' files as stories told at the command line (CUS-01, CUS-05, LED-10, ORG-07)."""

from __future__ import annotations

import pytest

HUAXIN, EAST = "C0001", "C0002"  # 华信科技有限公司 of LI, 东方电子 of ZENG


def codes(book, line: str = "customer list", **more) -> list[str]:
    return [row["code"] for row in book.rows(line, **more)]


# --- entering ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-01")
def test_a_customer_is_entered_with_his_file(book) -> None:
    done = book.ok(
        'customer add "上海 华信" --code HX --short-name 华信 --kind dealer --region East --industry IT --class A --source fair '
        "--contact 王芳 --phone 13812345678 --email wang@hx.cn --address '南京路 1 号' --tax-no 91310000ma1fl0xx9p "
        "--credit-limit 50,000 --credit-days 30 --since 2024-05-01 --note '老客户'"
    )
    assert "customer HX 上海 华信 is entered" in done.out
    assert "has no owner" in done.err
    (row,) = book.rows("customer show HX")
    assert (row["contact"], row["phone"], row["email"], row["contacts"]) == ("王芳", "13812345678", "wang@hx.cn", 1)
    assert (row["class"], row["kind"], row["source"], row["tax_no"]) == ("A", "dealer", "fair", "91310000MA1FL0XX9P")
    assert (row["credit_limit"], row["credit_days"], row["since"], row["created"]) == ("50000.00", 30, "2024-05-01", "2026-11-03")
    assert (row["orders"], row["ordered"], row["open"], row["overdue"]) == (0, "0.00", "0.00", "0.00")


def test_numbers_run_without_gaps_and_pass_over_codes_given_by_hand(book) -> None:
    book.ok("customer add A --code c0002")
    book.ok("customer add B")
    assert book.run("customer add B").exit == 4  # refused: its number goes back
    book.ok("customer add C --dry-run")  # not kept: so does this one's
    book.ok("customer add C")
    assert [row[0] for row in book.sql("select code from customer order by id")] == ["c0002", "C0001", "C0003"]


def test_the_acting_rep_owns_what_he_enters(office) -> None:
    assert "owner LI" in office.ok("customer add 新客户", user="LI").out
    assert "owner WANG" in office.ok("customer add 又一个", user="WANG").out
    (row,) = office.rows("customer show 新客户")
    assert row["staff"] == "LI"
    assert office.sql("select move, day from owner_change order by id desc limit 1") == [("created", "2026-11-03")]


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize(("user", "staff"), [("LI", "HAN"), ("WANG", "ZENG")])
def test_nobody_enters_customers_for_strangers(office, user: str, staff: str) -> None:
    refused = office.run(f"customer add X --staff {staff}", user=user)
    assert refused.exit == 7
    assert f"{staff} is not of your team" in refused.err


@pytest.mark.rule("ORG-06")
def test_who_left_owns_nothing_new(office) -> None:
    office.ok("staff leave HAN --on 2026-10-01")
    assert "HAN left" in office.run("customer add X --staff HAN").err
    assert "HAN left" in office.run(f"customer transfer {HUAXIN} --to HAN --reason x").err


# --- the same customer twice ------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-10")
@pytest.mark.parametrize(
    ("line", "code", "match"),
    [
        ("customer add 华信科技有限公司", "name_taken", "name 华信科技有限公司"),
        ("customer add X --phone 13812345678", "phone_taken", "phone 13812345678"),
        ("customer add X --code c0001", "code_taken", "code C0001"),
    ],
)
def test_a_double_is_refused_and_the_holder_named_whoever_asks(office, line: str, code: str, match: str) -> None:
    refused = office.run(line, user="ZENG")
    assert refused.exit == 4
    assert f"{match} is that of C0001 华信科技有限公司, customer of LI 李雷 [LED-10]" in refused.err
    assert "ask LI" in refused.err
    assert office.run(f"{line} -f json", user="ZENG").json()["error"]["code"] == code


@pytest.mark.rule("LED-10")
def test_every_double_is_told_at_once(office) -> None:
    refused = office.run("customer add 华信科技有限公司 --phone 02188886666 --tax-no 91310000ma1fl0xx9p -f json")
    assert [p["code"] for p in refused.json()["problems"]] == ["name_taken", "tax_no_taken", "phone_taken"]


@pytest.mark.rule("LED-10")
def test_edits_make_no_doubles_either(office) -> None:
    assert office.run(f"customer edit {EAST} --name 华信科技有限公司").exit == 4
    assert office.run(f"customer edit {HUAXIN} --tax-no 91310000MA1FL0XX9P").exit == 4
    assert office.run(f"customer contact add {EAST} 某人 --phone 13812345678").exit == 4
    assert "who has no owner" in office.run("customer edit BLUE --name 无主商行").err
    office.ok(f"customer edit {HUAXIN} --name 华信科技有限公司 --class B")  # his own name is no double


# --- what cannot be kept ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["　 "], "the name is empty"),
        (["x" * 5000], "the name has 5,000 characters, 200 fit"),
        (["a\tb"], "cannot be kept: U+0009"),
        (["a\rb"], "line end"),
        (["a\u2028b"], "line end"),
        (["a\x00b"], "U+0000"),
        (["a\u200bb"], "U+200B"),
        (["X", "--code", "A B"], "holds a blank"),
        (["X", "--short-name", "x" * 81], "the short name has 81 characters, 80 fit"),
        (["X", "--note", "x" * 4001], "the note has 4,001 characters, 4,000 fit"),
        (["X", "--phone", "12"], "is not a telephone number"),
        (["X", "--email", "a b@c.de"], "is not an e-mail address"),
        (["X", "--credit-limit", "-1"], '--credit-limit: "-1" is below zero'),
        (["X", "--credit-limit", "1.234"], "an amount holds at most 2 decimals"),
        (["X", "--credit-limit", "NaN"], "invalid value"),
        (["X", "--credit-days", "-1"], "invalid value"),
        (["X", "--credit-days", "9999"], "invalid value"),
        (["X", "--since", "2026-02-31"], "31 February 2026 does not exist"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(book, words: list[str], sentence: str) -> None:
    before = book.path.read_bytes()
    refused = book.run(["customer", "add", *words])
    assert refused.exit == 2
    assert sentence in refused.err
    assert book.path.read_bytes() == before


def test_notes_may_have_lines_and_names_any_script(book) -> None:
    book.ok(["customer", "add", "Ärzte & Söhne 株式会社 👍", "--code", "Ü1", "--note", "one\ntwo"])
    assert book.sql("select name, note from customer") == [("Ärzte & Söhne 株式会社 👍", "one\ntwo")]
    assert codes(book, "customer list 株式") == ["Ü1"]


# --- whose customers one sees -----------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07")
def test_lists_hold_own_team_or_all(office) -> None:
    assert codes(office, user="LI") == [HUAXIN]
    assert codes(office, user="WANG") == ["BLUE", HUAXIN]
    assert codes(office, user="ZHOU") == [EAST]
    assert codes(office, user="MA") == codes(office, user="FIN") == codes(office, user="SVC") == ["BLUE", HUAXIN, EAST, "C0003"]
    assert codes(office, "customer list --staff LI", user="ZENG") == []


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize("verb", ["show", "edit", "contact list", "contact add"])
def test_a_strangers_customer_is_not_found_by_any_name(office, verb: str) -> None:
    more = " --class B" if verb == "edit" else " 某人" if verb == "contact add" else ""
    for reference in (EAST, "东方电子", "东方", "df", "c0002"):
        refused = office.run(f"customer {verb} {reference}{more}", user="LI")
        assert refused.exit == 3
        assert "ZENG" not in refused.out + refused.err
        assert "东方电子" not in refused.err.replace(f'"{reference}"', "")


@pytest.mark.rule("ORG-07")
def test_counts_keep_to_the_scope(office) -> None:
    assert office.rows("staff show ZENG", user="LI")[0]["customers"] == 0
    assert office.rows("staff show ZENG", user="ZHOU")[0]["customers"] == 1
    assert office.rows("staff show LI", user="LI")[0]["customers"] == 1


def test_lists_narrow(office) -> None:
    assert codes(office, "customer list --region West") == [EAST]
    assert codes(office, "customer list --class A --kind dealer") == [HUAXIN]
    assert codes(office, "customer list --staff 曾伟") == [EAST]
    assert codes(office, "customer list --unowned") == ["C0003"]
    assert codes(office, "customer list hxkj") == codes(office, "customer list 华信") == [HUAXIN]
    assert codes(office, "customer list blue") == ["BLUE"]
    assert codes(office, "customer list 100%") == []
    assert codes(office, "customer list --limit 2") == ["BLUE", HUAXIN]
    assert codes(office, "customer list --sort -code --limit 1") == ["C0003"]
    assert "salescli customer add" in office.run("customer list nobody").err


@pytest.mark.rule("ORG-08")
def test_telephones_are_masked_by_role(office) -> None:
    def phones(user: str) -> list[str]:
        return [
            office.rows("customer list 华信", user=user)[0]["phone"],
            office.rows("customer show 华信", user=user)[0]["phone"],
            office.rows("customer contact list 华信", user=user)[0]["phone"],
        ]

    for user in ("LI", "WANG", "MA", "ADMIN"):
        assert phones(user) == ["13812345678"] * 3
    for user in ("FIN", "SVC", "DOCK"):
        assert phones(user) == ["138****5678"] * 3


@pytest.mark.rule("ORG-08")
def test_masked_numbers_leave_in_no_format(office) -> None:
    office.ok("customer contact add 华信 李四 --phone 13900001111", user="LI")
    for kind in ("plain", "csv", "json", "md", "html"):
        out = office.ok(f"customer show 华信 -f {kind}", user="SVC").out
        assert "138****5678" in out
        assert "13900001111" not in out
        assert "13812345678" not in out
    changed = office.ok("customer contact edit 华信 李四 --phone 13900002222", user="SVC").out
    assert "139****1111" in changed


@pytest.mark.rule("ORG-08")
def test_rows_beyond_ones_own_leave_a_line_in_the_history(office) -> None:
    office.ok("customer list -f csv", user="LI")
    assert office.sql("select count(*) from history where verb like 'export%'") == [(0,)]
    office.ok("customer list -f csv", user="MA")
    assert office.sql("select staff, verb from history where verb like 'export%'") == [("MA", "export customer-list")]


# --- orders and money in the file -------------------------------------------------------------------------------------


def sold(book) -> None:
    """An order of two lines and a receivable half paid, of 华信, taken by LI; one order taken by HAN."""
    book.sql("insert into product (id, sku, name, active) values (1, 'P', 'P', 1)")
    for order, (number, staff, state) in enumerate((("O1", "LI", "confirmed"), ("O2", "HAN", "closed"), ("O3", "LI", "draft")), 1):
        book.sql(
            "insert into sales_order (id, number, date, customer_id, staff_id, state) select ?, ?, ?, c.id, s.id, ?"
            " from customer c, staff s where c.code = 'C0001' and s.code = ?",
            order, number, f"2026-10-0{order}", state, staff,
        )  # fmt: skip
        line = "insert into order_line (order_id, line_no, product_id, quantity, unit_price, discount, amount, tax, amount_given)"
        book.sql(f"{line} values (?, 1, 1, 1000, 1000000, 0, 10000, 0, 0), (?, 2, 1, 1000, 1000000, 0, 2345, 0, 0)", order, order)
    receivable = "insert into receivable (number, kind, customer_id, staff_id, date, due_date, amount, held, kept_open) select"
    book.sql(f"{receivable} 'R1', 'invoice', 1, id, '2026-10-01', '2026-11-02', 10000, 0, 6000 from staff where code = 'LI'")
    book.sql(f"{receivable} 'R2', 'invoice', 1, id, '2026-10-02', '2026-11-03', 5000, 0, 5000 from staff where code = 'HAN'")
    book.sql("insert into receipt (number, customer_id, date, amount, held, kept_open) values ('RC1', 1, '2026-10-03', 5000, 0, 1000)")


@pytest.mark.rule("ORG-07")
def test_orders_and_open_money_of_what_one_sees(office) -> None:
    sold(office)

    def figures(user: str) -> tuple[object, ...]:
        (row,) = office.rows("customer show C0001", user=user)
        return tuple(row[key] for key in ("orders", "last_order", "ordered", "open", "overdue"))

    assert figures("MA") == figures("WANG") == (2, "2026-10-02", "246.90", "100.00", "60.00")
    assert figures("LI") == (1, "2026-10-01", "123.45", "50.00", "60.00")
    assert figures("SVC") == (2, "2026-10-02", None, None, None)


# --- changing ---------------------------------------------------------------------------------------------------------


def test_edit_says_what_changed_and_clear_empties(office) -> None:
    done = office.ok(f"customer edit {HUAXIN} --name 华信软件 --class B --clear short-name,region -f json", user="LI").json()
    assert done["changes"] == [
        {"field": "name", "before": "华信科技有限公司", "after": "华信软件"},
        {"field": "customer_class", "before": "A", "after": "B"},
        {"field": "short_name", "before": "华信", "after": None},
        {"field": "region", "before": "East", "after": None},
    ]
    assert codes(office, "customer list hxrj") == [HUAXIN]
    assert "nothing to change" in office.ok(f"customer edit {HUAXIN} --class B").out


@pytest.mark.rule("CUS-05", "ORG-07")
def test_credit_is_set_by_finance_and_heads_only(office) -> None:
    for line in (
        "customer add X --credit-limit 5",
        f"customer edit {HUAXIN} --credit-days 5",
        f"customer edit {HUAXIN} --clear credit-limit",
    ):
        refused = office.run(line, user="LI")
        assert refused.exit == 7
        assert "customer.credit" in refused.err
    office.ok(f"customer edit {HUAXIN} --credit-limit 0 --credit-days 10", user="FIN")
    assert "credit limit: 0.00 → 80,000.00" in office.ok(f"customer edit {HUAXIN} --credit-limit ¥80,000", user="MA").out
    (row,) = office.rows(f"customer show {HUAXIN}", user="LI")
    assert (row["credit_limit"], row["credit_days"]) == ("80000.00", 10)
    assert office.rows(f"customer show {HUAXIN}", user="SVC")[0]["credit_limit"] is None


@pytest.mark.rule("ORG-07")
def test_finance_changes_nothing_but_credit(office) -> None:
    for more in ("--class B", "--class B --credit-days 3", "--clear class,credit-days"):
        assert office.run(f"customer edit {HUAXIN} {more}", user="FIN").exit == 7
    assert office.run(f"customer edit {HUAXIN} --class B", user="DOCK").exit == 7


@pytest.mark.rule("ORG-07")
def test_a_superior_gives_customers_within_his_team(office) -> None:
    assert "customer.assign" in office.run(f"customer transfer {HUAXIN} --to HAN --reason 区域", user="LI").err
    assert office.run(f"customer transfer {HUAXIN} --to ZENG --reason 区域", user="WANG").exit == 7
    assert f"{HUAXIN}: LI → HAN" in office.ok(f"customer transfer {HUAXIN} --to HAN --reason 区域", user="WANG").out
    office.ok("customer assign C0003 --to LI --reason 熟悉", user="MA")
    moves = office.sql(
        "select c.code, f.code, o.code, p.code, m.move from owner_change m join customer c on c.id = m.customer_id"
        " left join staff f on f.id = m.former_id join staff o on o.id = m.owner_id join staff p on p.id = m.operator_id"
        " where m.move <> 'created' order by m.id"
    )
    assert moves == [(HUAXIN, "LI", "HAN", "WANG", "transferred"), ("C0003", None, "LI", "MA", "assigned")]


@pytest.mark.rule("ORG-09", "LED-11")
def test_an_owner_is_given_with_a_reason_and_never_edited(office) -> None:
    refused = office.run(f"customer edit {HUAXIN} --staff HAN --class B -f json", user="WANG").json()["error"]
    assert (refused["code"], refused["rule"]) == ("owner_edited", "ORG-09")
    assert refused["hint"] == f'salescli customer transfer {HUAXIN} --to HAN --reason "…"'
    office.ok(f"customer release {HUAXIN} --reason x", user="WANG")
    assert f"customer assign {HUAXIN} --to HAN" in office.run(f"customer edit {HUAXIN} --staff HAN", user="MA").err
    assert office.sql("select staff_id, customer_class from customer where code = ?", HUAXIN) == [(None, "A")]
    assert office.sql("select count(*) from owner_change where move <> 'created' and reason is null") == [(0,)]


# --- contacts ---------------------------------------------------------------------------------------------------------


@pytest.mark.rule("CUS-01")
def test_contacts_come_change_and_go_and_one_is_the_main_one(office) -> None:
    office.ok("customer contact add 华信 李四 --post 采购 --phone 13900001111 --birthday 1990-05-06 --consent 2026-01-02", user="LI")
    rows = office.rows("customer contact list 华信")
    assert [(row["name"], row["main"]) for row in rows] == [("王芳", True), ("李四", False)]
    assert (rows[1]["birthday"], rows[1]["consent"], rows[1]["post"]) == ("1990-05-06", "2026-01-02", "采购")
    done = office.ok("customer contact edit 华信 13900001111 --main --email li@hx.cn --clear consent", user="LI")
    assert "main: no → yes" in done.out
    assert office.rows("customer show 华信")[0]["contact"] == "李四"
    assert "the main contact is 王芳 now" in office.ok("customer contact remove 华信 李四", user="LI").out
    assert "no contact of" in office.ok(f"customer contact remove 华信 {rows[0]['contact']}").out
    assert "salescli customer contact add C0001" in office.run("customer contact list 华信").err
    removed = office.sql("select before from history where tbl = 'contact' and after is null order by id limit 1")
    assert "李四" in removed[0][0]


@pytest.mark.parametrize(
    ("line", "status", "sentence"),
    [
        ("customer contact add 华信", 2, "needs a name, a telephone number or an e-mail address"),
        ("customer contact edit 华信 王芳 --clear name,phone", 2, "needs a name"),
        ("customer contact edit 华信 王芳 --clear main", 2, "these can: birthday, consent, email, lunar_birthday, name, note, phone, post"),
        ("customer contact add 华信 赵六 --birthday 2026-11-04", 2, "birthday 2026-11-04 lies in the future [CUS-07]"),
        ("customer contact edit 华信 王芳 --consent tomorrow", 2, "consent on 2026-11-04 lies in the future [CUS-14]"),
        ("customer contact edit 华信 赵六 --main", 3, 'has no contact "赵六"'),
        ("customer contact edit 华信 王 --main", 3, "fits several contacts"),
        ("customer contact remove 华信 9999", 3, "salescli customer contact list C0001"),
    ],
)
def test_contacts_refused(office, line: str, status: int, sentence: str) -> None:
    office.ok("customer contact add 华信 王刚")
    refused = office.run(line)
    assert refused.exit == status
    assert sentence in refused.err


# --- the book's own checks --------------------------------------------------------------------------------------------


def test_check_finds_what_was_damaged_by_hand(office) -> None:
    names = "customer_main_contact customer_blanks customer_code customer_owner customer_owner_left"
    assert office.run(f"check {names}").exit == 0
    assert office.run("check customer_owner").exit == 0  # C0003 lies in the pool, and his log says so
    office.sql("update contact set main = 0 where customer_id = 1")
    office.sql("update customer set name = '华信　' where id = 1")
    office.sql("update customer set code = 'blue' where code = 'C0003'")
    office.sql("update staff set left_on = '2026-10-01' where code = 'ZENG'")
    told = office.run(f"check {names}")
    assert told.exit != 0
    for place in ("main_contact: C0001", "blanks: C0001", "code: BLUE"):
        assert place in told.err
    advice = office.run("check customer_owner_left")
    assert advice.exit == 0
    assert "C0002: the owner ZENG left" in advice.out + advice.err


# --- screens ----------------------------------------------------------------------------------------------------------

SCREENS = {
    "list": "customer list",
    "list_masked": "customer list --user FIN",
    "show": "customer show 华信 --user LI",
    "contacts": "customer contact list 华信",
    "add": "customer add 南方仪器 --staff LI --contact 林一 --phone 13611112222",
    "double": "customer add 华信科技有限公司 --phone 02188886666 --user HAN",
    "edit": "customer edit 华信 --credit-limit 50000 --credit-days 30 --class B --user MA",
    "ambiguous": "customer show 科",
    "missing": "customer show 华新科技有限公司",
    "help_contact": "customer contact -h",
    "help_add": "customer add -h",
}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(office, golden, lang: str) -> None:
    office.ok("customer add 科达仪表 --staff LI")
    for name, line in SCREENS.items():
        result = office.run(line, lang=lang)
        golden(f"customer/{name}.{lang}.txt", f"$ salescli {line}\n{result.out}{result.err}[{result.exit}]\n")
