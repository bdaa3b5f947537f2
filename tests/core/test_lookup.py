"""References: a code, a name, an unambiguous part of it, pinyin initials; suggestions, candidates, the data scope (CLI.md §1)."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescli.core import context, lookup, phonetic, prompts
from salescli.core.errors import SalesError
from salescli.core.phonetic import KEPT, pinyin
from salescli.core.reader import reader
from salescli.core.text import clean, clean_code, clean_email, clean_or_none, clean_phone, folded
from tests.conftest import made_once

CUSTOMERS = (
    "customer add 华信科技有限公司 --code HX1 --short-name 华信",
    "customer add 华信贸易 --code HX2",
    'customer add "Blue Star" --code BS',
    "customer add BS-Trading --code ZZ",
    "customer add 100%棉 --code C_1",
    "customer add 曾厚德 --code ZHD",
)


@contextmanager
def opened(book):
    with context.use(context.Context(db=book.path, no_input=True)), reader() as r:
        yield r


def meant(book, text: str, kind: lookup.Thing = "customer") -> str:
    with opened(book) as r:
        return lookup.find(r, kind, text).code


def refusal(book, text: str, kind: lookup.Thing = "customer") -> tuple[str, dict]:
    with opened(book) as r, pytest.raises(SalesError) as caught:
        lookup.find(r, kind, text)
    assert caught.value.exit_status == 3
    (found,) = caught.value.problems
    return found.code, dict(found.facts)


@pytest.fixture
@made_once
def customers(book):
    for line in CUSTOMERS:
        book.ok(line)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("HX1", "HX1"),
        ("hx1", "HX1"),
        (" hx1　", "HX1"),
        ("华信科技有限公司", "HX1"),
        ("华信", "HX1"),  # a whole short name counts more than a part of two names
        ("华信贸易", "HX2"),
        ("贸易", "HX2"),
        ("blue", "BS"),
        ("blue star", "BS"),
        ("bs", "BS"),  # a code counts more than a part of a name
        ("bs-", "ZZ"),
        ("hxmy", "HX2"),  # initials
        ("huaxinmao", "HX2"),  # syllables
        ("zhd", "ZHD"),
        ("zenghou", "ZHD"),  # the surname is zeng, not ceng
        ("100%", "C_1"),
        ("C_1", "C_1"),
    ],
)
def test_what_a_reference_means(customers, typed: str, code: str) -> None:
    assert meant(customers, typed) == code


def test_several_are_listed(customers) -> None:
    code, facts = refusal(customers, "信")
    assert code == "customer_ambiguous"
    assert facts["candidates"] == ["HX1 华信科技有限公司", "HX2 华信贸易"]
    assert refusal(customers, "hx")[1]["count"] == 2
    shown = customers.run("customer show hx")
    assert (shown.exit, "HX1 华信科技有限公司, HX2 华信贸易" in shown.err) == (3, True)


def test_of_many_the_first_ten_are_listed(book) -> None:
    for number in range(12):
        book.sql("insert into customer (code, name) values (?, '华信')", f"H{number:02d}")
    code, facts = refusal(book, "华信")
    assert (code, facts["count"], facts["candidates"][9]) == ("customer_ambiguous", 10, "H09 华信")
    assert "more than 10 entries" in book.run("customer show 华").err


@pytest.mark.parametrize(("typed", "near"), [("HX11", "HX1"), ("Blau Star", "Blue Star"), ("华信贸意", "华信贸易"), ("qqq", None)])
def test_a_miss_suggests_the_nearest(customers, typed: str, near: str | None) -> None:
    code, facts = refusal(customers, typed)
    assert code == "customer_not_found"
    assert near in facts["near"] if near else facts["near"] == []
    told = customers.run(["customer", "show", typed]).err
    assert (f"did you mean {near}" if near else "salescli customer list") in told


@pytest.mark.parametrize("typed", ["", "　", "a\nb", "a\x00", "\udc80", "x" * 300])
def test_no_reference_at_all_is_a_usage_error(customers, typed: str) -> None:
    with opened(customers) as r, pytest.raises(SalesError) as caught:
        lookup.find(r, "customer", typed)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize("typed", ["%", "_", "C%1", "'; drop table customer; --", "\\"])
def test_signs_of_sql_mean_themselves(customers, typed: str) -> None:
    if typed in {"%", "_"}:
        assert meant(customers, typed) == "C_1"
    else:
        assert refusal(customers, typed)[0] == "customer_not_found"


def test_staff_products_and_warehouses(customers) -> None:
    customers.ok("staff add ZW 曾伟 --superior ADMIN")
    customers.ok("product add TN2325 硒鼓 --barcode 6901")
    assert meant(customers, "曾", "staff") == meant(customers, "zw", "staff") == "ZW"
    assert meant(customers, "zengwei", "staff") == "ZW"
    assert meant(customers, "6901", "product") == meant(customers, "xg", "product") == meant(customers, "tn2", "product") == "TN2325"
    assert meant(customers, "main", "warehouse") == "MAIN"
    assert refusal(customers, "690", "product")[0] == "product_not_found"  # a barcode counts whole only
    assert refusal(customers, "elsewhere", "warehouse")[0] == "warehouse_not_found"


@pytest.mark.rule("ORG-07")
def test_a_customer_outside_the_scope_is_not_found_nor_suggested(customers) -> None:
    customers.ok("staff add LI 李雷 --superior ADMIN")
    customers.ok("staff add HAN 韩梅梅 --superior ADMIN")
    customers.ok("customer assign HX2 --to LI --reason x")
    customers.ok("customer assign HX1 --to HAN --reason x")  # without an owner it would be in the pool, which everybody sees
    for typed in ("HX1", "华信科技有限公司", "hxkj", "HX11"):
        told = customers.run(f"customer show {typed}", user="LI")
        assert told.exit == 3
        assert "有限" not in told.err.replace(typed, "")
        assert "HX1" not in told.err.replace(typed, "")
    assert customers.rows("customer show hx", user="LI")[0]["code"] == "HX2"  # unambiguous among his own


def test_at_a_terminal_one_may_choose_and_nobody_waits_meanwhile(customers, monkeypatch) -> None:
    asked: list[list[str]] = []

    def choose(_question, names):
        asked.append(list(names))
        customers.sql("insert into holiday (day, works) values ('2026-10-01', 0)")  # somebody else writes while this one thinks
        return 1

    monkeypatch.setattr(prompts, "interactive", lambda: True)
    monkeypatch.setattr(prompts, "choose", choose)
    with context.use(context.Context(db=customers.path)), reader() as r:
        assert lookup.find(r, "customer", "信").code == "HX2"
    customers.sql("delete from holiday")
    assert "customer HX2" in customers.ok("customer edit 信 --class B").out
    assert asked == [["HX1 华信科技有限公司", "HX2 华信贸易"]] * 2
    assert customers.sql("select count(*) from holiday") == [(1,)]
    assert customers.run("history --verify").exit in (0, 4)  # the row written behind its back is all it may find


@pytest.mark.proof
def test_a_hundred_thousand_customers_are_searched_in_a_tenth_of_a_second(book) -> None:
    book.sql(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)"
        " insert into customer (code, name, pinyin) select 'K' || i, '客户' || i || '公司', 'kh kehu' || i from n"
    )
    with opened(book) as r:
        for typed, limit in (("K77777", 0.01), ("k77777", 0.01), ("客户77777公司", 0.01), ("户77777公", 0.3), ("nobody", 0.3)):
            start = time.perf_counter()
            try:
                assert lookup.find(r, "customer", typed).code == "K77777"
            except SalesError:
                assert typed == "nobody"
            assert time.perf_counter() - start < limit, typed


# --- the parts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("华信科技", "hxkj huaxinkeji"),
        ("曾伟", "zw zengwei"),
        ("单田芳", "stf shantianfang"),
        ("解缙", "xj xiejin"),
        ("仇英", "qy qiuying"),
        ("区志强", "ozq ouzhiqiang"),
        ("查良镛", "zly zhaliangyong"),
        ("覃辉", "qh qinhui"),
        ("尉迟恭", "ycg yuchigong"),
        ("重庆长江电子", "cqcjdz chongqingchangjiangdianzi"),
        ("ABC科技2号", "abkj2h abckeji2hao"),
        ("Blue Star", None),
        ("", None),
        (None, None),
    ],
)
def test_how_names_sound(name: str | None, sound: str | None) -> None:
    assert pinyin(name) == sound


def test_the_longest_name_still_fits() -> None:
    sound = pinyin("双" * 200)
    assert sound is not None
    assert len(sound) == KEPT
    assert sound.startswith("s" * 66 + " shuang")


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=6) | st.sampled_from(["重庆银行", "长春音乐"])
)
@settings(max_examples=20, deadline=None)
def test_the_words_looked_up_for_one_name_are_all_that_begin_with_its_signs(text: str) -> None:
    """The library cuts a name into words that begin with one of its signs: these are read as from the whole dictionary."""
    everything = phonetic._all_words()
    assert phonetic._words(text) == {word: read for word, read in everything.items() if word[0] in text}


def test_one_name_is_read_as_many_are() -> None:
    """A process that enters one name takes its words from the file; an import loads them all; both write the same column."""
    few = {name: pinyin(name) for name in ("重庆长城银行", "朝阳行走重型机械", "还款了解", "上海新宏远贸易有限公司")}
    dictionary = phonetic._dictionary()
    dictionary.names = phonetic.FEW
    assert {name: pinyin(name) for name in few} == few
    assert dictionary.whole
    assert few["重庆长城银行"] == "cqccyh chongqingchangchengyinhang"


def test_text_is_trimmed_and_composed() -> None:
    assert clean("　 e\u0301cole ", "name") == "école"
    assert clean_or_none(" 　", "name") is None
    assert clean("one\ntwo", "note", lines=True) == "one\ntwo"
    assert clean_code("ＡＢ－１", "code") == "AB-1"
    assert folded("ÄBC") == "Äbc"


@pytest.mark.parametrize("number", ["13812345678", "+86 138-1234-5678", "(021) 6888 6666 转 808", "021-68886666 ext. 8", "0044 20/7946"])
def test_telephone_numbers(number: str) -> None:
    assert clean_phone(number) == number


@pytest.mark.parametrize("number", ["12", "phone", "13812345678x", "138;139", "=1+1234567", "+"])
def test_no_telephone_numbers(number: str) -> None:
    with pytest.raises(SalesError):
        clean_phone(number)


@pytest.mark.parametrize(
    ("address", "good"), [("a@b.cn", True), ("a@b", False), ("a b@c.cn", False), ("@b.cn", False), ("a@b.cn,c@d.cn", False)]
)
def test_email_addresses(address: str, good: bool) -> None:
    if good:
        assert clean_email(address) == address
    else:
        with pytest.raises(SalesError):
            clean_email(address)
