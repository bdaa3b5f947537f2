"""Integers for money: what is read, what is refused, and that no cent is lost."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salescli.core import i18n, money

VALUES = st.integers(-(10**15) + 1, 10**15 - 1)
UNITS = [
    (money.parse_amount, money.amount_text, 100),
    (money.parse_price, money.price_text, 10_000),
    (money.parse_quantity, money.quantity_text, 1_000),
    (money.parse_rate, money.percent_text, 100),
]


def half_up(exact: Fraction) -> int:
    """The model: nearest integer, halves away from zero."""
    nearest = math.floor(abs(exact) + Fraction(1, 2))
    return nearest if exact >= 0 else -nearest


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("-0", 0),
        ("12", 1200),
        ("1,234.5", 123450),
        ("1,234,567", 123456700),
        ("1234567.89", 123456789),
        ("  12.30 ", 1230),
        (".5", 50),
        ("+5", 500),
        ("-5.01", -501),
        ("- 5", -500),
        ("−5", -500),
        ("007", 700),
        ("128.0000", 12800),
        ("¥1234", 123400),
        ("￥1,234.50", 123450),
        ("¥ 12", 1200),
        ("-¥12", -1200),
        ("¥-12", -1200),
        ("CNY 12", 1200),
        ("cny12", 1200),
        ("12 CNY", 1200),
        ("RMB 12.5", 1250),
        ("12.5元", 1250),
        ("１２３４．５", 123450),
        ("１，２３４．５", 123450),
        ("－１２", -1200),
        ("　１２　", 1200),
        ("9,999,999,999,999.99", 10**15 - 1),
    ],
)
def test_amounts_read(text, cents):
    assert money.parse_amount(text) == cents


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  　", "empty"),
        ("abc", "not_a_number"),
        ("-", "not_a_number"),
        ("¥", "not_a_number"),
        ("¥¥5", "not_a_number"),
        ("元5", "not_a_number"),
        ("5¥", "not_a_number"),
        ("-¥-5", "not_a_number"),
        ("--5", "not_a_number"),
        ("5-", "not_a_number"),
        ("5.", "not_a_number"),
        (".", "not_a_number"),
        (",", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("1 234", "not_a_number"),
        ("1 234,5", "not_a_number"),
        ("1e5", "not_a_number"),
        ("0x10", "not_a_number"),
        ("1_000", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("12%", "not_a_number"),
        ("$12", "not_a_number"),
        ("(12)", "not_a_number"),
        ("12\n13", "not_a_number"),
        ("١٢", "not_a_number"),
        ("1.234,50", "not_a_number"),
        ("1,23", "bad_groups"),
        ("1,23,456", "bad_groups"),
        ("1234,567", "bad_groups"),
        ("0,123", "bad_groups"),
        ("1,,234", "bad_groups"),
        ("1,234,", "bad_groups"),
        ("12,5", "bad_groups"),
        ("1.234", "too_many_decimals"),
        ("0.001", "too_many_decimals"),
        ("10000000000000", "too_large"),
        ("9" * 5000, "too_large"),
    ],
)
def test_amounts_refused(text, why):
    with pytest.raises(money.BadNumber) as caught:
        money.parse_amount(text)
    assert (caught.value.text, caught.value.why) == (text, why)
    assert isinstance(caught.value, ValueError)


def test_units_differ_in_decimals_and_marks():
    assert money.parse_price("1.2345") == 12345
    assert money.parse_price("¥0.0001") == 1
    assert money.parse_quantity("2.125") == 2125
    assert money.parse_rate("12.5") == money.parse_rate("12.5%") == money.parse_rate("１２．５ ％") == 1250
    for parse, text in [(money.parse_quantity, "¥5"), (money.parse_quantity, "5%"), (money.parse_rate, "¥5"), (money.parse_rate, "%5")]:
        with pytest.raises(money.BadNumber):
            parse(text)


@pytest.mark.parametrize(
    ("parse", "text", "sentence"),
    [
        (money.parse_amount, "1.005", "an amount holds at most 2 decimals"),
        (money.parse_price, "1.00005", "a unit price holds at most 4 decimals"),
        (money.parse_quantity, "1.0005", "a quantity holds at most 3 decimals"),
        (money.parse_rate, "1.005", "a percentage holds at most 2 decimals"),
        (money.parse_quantity, "ten", '"ten" is not a number'),
        (money.parse_amount, " ", "no number was given"),
        (money.parse_quantity, "1" + "0" * 12, '"1000000000000" is too large: at most 12 digits before the point'),
        (money.parse_amount, "1,23", '"1,23": commas stand only before groups of three digits, as in 1,234,567.5'),
    ],
)
def test_a_refusal_is_a_sentence(parse, text, sentence):
    i18n.use("en")
    with pytest.raises(money.BadNumber) as caught:
        parse(text)
    assert str(caught.value) == sentence
    assert caught.value.message.facts["text"] == text


@pytest.mark.parametrize(("parse", "write", "one"), UNITS)
@given(value=VALUES)
def test_text_and_integer_are_one_to_one(parse, write, one, value):
    text = write(value)
    assert Fraction(text) == Fraction(value, one)
    assert parse(text) == parse(money.grouped(text)) == value


@given(text=st.text(alphabet="0123456789.,+-¥￥% 元CNYRMB０９．，eE_", max_size=12) | st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    for parse, _write, _one in UNITS:
        try:
            value = parse(text)
        except money.BadNumber:
            continue
        assert abs(value) < 10**15


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (money.amount_text, 123450, "1234.50"),
        (money.amount_text, -5, "-0.05"),
        (money.amount_text, 0, "0.00"),
        (money.price_text, 123000, "12.30"),
        (money.price_text, 12345, "1.2345"),
        (money.price_text, 12340, "1.234"),
        (money.price_text, 1_280_000, "128.00"),
        (money.quantity_text, 10_000, "10"),
        (money.quantity_text, 100_000, "100"),
        (money.quantity_text, 2_500, "2.5"),
        (money.quantity_text, -500, "-0.5"),
        (money.quantity_text, 0, "0"),
        (money.percent_text, 9543, "95.43"),
        (money.percent_text, 10_000, "100.00"),
    ],
)
def test_text(write, value, text):
    assert write(value) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1234.50", "1,234.50"),
        ("-1234567.00", "-1,234,567.00"),
        ("-0.50", "-0.50"),
        ("999", "999"),
        ("-1000", "-1,000"),
        ("0.0001", "0.0001"),
    ],
)
def test_grouped(text, shown):
    assert money.grouped(text) == shown


@given(a=st.integers(), b=st.integers().filter(bool))
@example(5, 10)
@example(-5, 10)
@example(15, -10)
@example(-25, -10)
def test_divide_rounds_half_away_from_zero(a, b):
    assert money.divide(a, b) == half_up(Fraction(a, b)) == -money.divide(-a, b)


def test_divide_by_zero_is_refused():
    with pytest.raises(ZeroDivisionError):
        money.divide(1, 0)


@given(quantity=VALUES, price=VALUES, discount=st.integers(0, 10_000))
@example(1_000, 10_050, 0)  # 1.005 -> 1.01
@example(-1_000, 10_050, 0)
def test_line_amount_is_rounded_once(quantity, price, discount):
    exact = Fraction(quantity, 1_000) * Fraction(price, 10_000) * (1 - Fraction(discount, 10_000)) * 100
    assert money.line_amount(quantity, price, discount) == half_up(exact)
    assert money.line_amount(-quantity, price, discount) == -money.line_amount(quantity, price, discount)


def test_line_amount_examples():
    assert money.line_amount(10_000, 1_280_000) == 128_000  # 10 x 128.00
    assert money.line_amount(3_000, 999_900, 1_250) == 26_247  # 3 x 99.99 less 12.5 % = 262.47375
    assert money.line_amount(5_000, 100_000, 10_000) == 0


@given(amount=VALUES, quantity=VALUES.filter(bool))
def test_unit_price_follows_the_exact_quotient(amount, quantity):
    assert money.unit_price(amount, quantity) == half_up(Fraction(amount, 100) / Fraction(quantity, 1_000) * 10_000)


@given(amount=VALUES, rate=st.integers(0, 20_000))
def test_rates(amount, rate):
    assert money.multiply_rate(amount, rate) == half_up(Fraction(amount * rate, 10_000))
    assert money.net_of_tax(amount, rate) == half_up(Fraction(amount) / (1 + Fraction(rate, 10_000)))


def test_rate_of():
    assert money.rate_of(1, 3) == 3333
    assert money.rate_of(-1, 8) == -1250
    assert money.rate_of(5, 0) is None
    assert money.net_of_tax(11_300, 1_300) == 10_000


@given(amount=VALUES, weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any))
@example(100, [1, 1, 1])
def test_split_is_exact_and_fair(amount, weights):
    shares = money.split(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(amount * weight, sum(weights))) < 1
        assert share == 0 or weight > 0
    assert money.split(-amount, weights) == [-share for share in shares]


def test_split_ties_go_to_the_earlier():
    assert money.split(100, [1, 1, 1]) == [34, 33, 33]
    assert money.split(-100, [1, 1, 1]) == [-34, -33, -33]
    assert money.split(1, [0, 1, 1]) == [0, 1, 0]
    assert money.split(10, [1, 2, 2]) == [2, 4, 4]
    assert money.split(5, [1, 3]) == [1, 4]
    assert money.split(0, [0, 0]) == [0, 0]
    assert money.split(0, []) == []


@pytest.mark.parametrize(("amount", "weights"), [(1, []), (1, [0, 0]), (0, [-1, 2]), (5, [3, -1])])
def test_split_without_bearers_is_refused(amount, weights):
    with pytest.raises(ValueError, match="cannot share"):
        money.split(amount, weights)
