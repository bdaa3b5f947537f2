"""Days and periods as people type them, and the counting of months and days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core import dates, i18n

TODAY = date(2026, 11, 4)  # a Wednesday, in ISO week 45
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
COUNTS = st.integers(-600, 600)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-05", "2026-11-05"),
        ("2026-1-5", "2026-01-05"),
        ("2026/11/5", "2026-11-05"),
        ("2026.11.5", "2026-11-05"),
        ("20261105", "2026-11-05"),
        ("2026年11月5日", "2026-11-05"),
        ("2026年11月5号", "2026-11-05"),
        ("2026 年 11 月 5 日", "2026-11-05"),
        ("２０２６－１１－０５", "2026-11-05"),
        ("２０２６／１１／５", "2026-11-05"),
        (" 2026-11-05　", "2026-11-05"),
        ("2024-02-29", "2024-02-29"),
        ("2000-02-29", "2000-02-29"),
        ("today", "2026-11-04"),
        ("Today", "2026-11-04"),
        ("tomorrow", "2026-11-05"),
        ("yesterday", "2026-11-03"),
        ("今天", "2026-11-04"),
        ("明天", "2026-11-05"),
        ("后天", "2026-11-06"),
        ("昨天", "2026-11-03"),
        ("前天", "2026-11-02"),
        ("+3d", "2026-11-07"),
        ("＋3d", "2026-11-07"),
        ("-2d", "2026-11-02"),
        ("+1w", "2026-11-11"),
        ("+2m", "2027-01-04"),
        ("-1y", "2025-11-04"),
        ("+0d", "2026-11-04"),
        ("thu", "2026-11-05"),
        ("fri", "2026-11-06"),
        ("Friday", "2026-11-06"),
        ("tue", "2026-11-10"),
        ("wed", "2026-11-11"),  # never today itself
        ("周三", "2026-11-11"),
        ("周五", "2026-11-06"),
        ("星期天", "2026-11-08"),
        ("礼拜一", "2026-11-09"),
        ("本周五", "2026-11-06"),
        ("本周一", "2026-11-02"),
        ("这周日", "2026-11-08"),
        ("下周三", "2026-11-11"),
        ("下周一", "2026-11-09"),
        ("下个星期日", "2026-11-15"),
        ("上周五", "2026-10-30"),
        ("eom", "2026-11-30"),
        ("月底", "2026-11-30"),
        ("本月底", "2026-11-30"),
        ("下月底", "2026-12-31"),
        ("上月底", "2026-10-31"),
        ("eoq", "2026-12-31"),
        ("季末", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("年底", "2026-12-31"),
    ],
)
def test_days_read(text, day):
    assert dates.parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "why", "sentence"),
    [
        ("", "empty", "no date was given"),
        ("2026-02-31", "no_such_day", "31 February 2026 does not exist"),
        ("2026-02-29", "no_such_day", "29 February 2026 does not exist"),
        ("1900-02-29", "no_such_day", "29 February 1900 does not exist"),
        ("2026年4月31日", "no_such_day", "31 April does not exist"),
        ("20261131", "no_such_day", "31 November does not exist"),
        ("2026-01-32", "no_such_day", "no month has a day 32"),
        ("2026-02-00", "no_such_day", "no month has a day 0"),
        ("2026-13-01", "no_such_month", "there is no month 13"),
        ("2026-0-1", "no_such_month", "there is no month 0"),
        ("0026-11-05", "year_out_of_range", '"0026-11-05" lies outside the years 1900 to 2199'),
        ("2200-01-01", "year_out_of_range", '"2200-01-01" lies outside the years 1900 to 2199'),
        ("+9999y", "year_out_of_range", '"+9999y" lies outside the years 1900 to 2199'),
        ("-99999w", "year_out_of_range", '"-99999w" lies outside the years 1900 to 2199'),
        ("+99999d", "year_out_of_range", '"+99999d" lies outside the years 1900 to 2199'),
        ("5.11", "year_first", '"5.11" may be read in two ways; write the year first, as in 2026-11-05'),
        ("5.11.2026", "year_first", None),
        ("11/05/2026", "year_first", None),
        ("26-11-05", "year_first", None),
        ("11月5日", "year_first", None),
        ("soon", "not_a_date", '"soon" is not a date; write 2026-11-05, today, tomorrow, +3d, fri or eom'),
        ("2026-11/05", "not_a_date", None),
        ("2026-11", "not_a_date", None),
        ("2026-1 1-5", "not_a_date", None),
        ("3d", "not_a_date", None),
        ("+d", "not_a_date", None),
        ("+3x", "not_a_date", None),
        ("fr", "not_a_date", None),
        ("下下下周三", "not_a_date", None),
        ("周八", "not_a_date", None),
        ("202611055", "not_a_date", None),
        ("٢٠٢٦-١١-٠٥", "not_a_date", None),
    ],
)
def test_days_refused(text, why, sentence):
    i18n.use("en")
    with pytest.raises(dates.BadDate) as caught:
        dates.parse_date(text, TODAY)
    assert (caught.value.text, caught.value.why) == (text, why)
    assert isinstance(caught.value, ValueError)
    assert sentence in (None, str(caught.value))


@given(day=DAYS, today=DAYS)
def test_every_way_to_write_a_day_is_read_back(day, today):
    for pattern in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"):
        assert dates.parse_date(day.strftime(pattern), today) == day


@given(today=DAYS, weekday=st.integers(0, 6))
def test_a_weekday_is_the_next_one_after_today(today, weekday):
    day = dates.parse_date(("mon", "tue", "wed", "thu", "fri", "sat", "sun")[weekday], today)
    assert day.weekday() == weekday
    assert 1 <= (day - today).days <= 7
    in_next_week = dates.parse_date("下周" + "一二三四五六日"[weekday], today)
    assert in_next_week.weekday() == weekday
    assert in_next_week.isocalendar()[:2] == (today + timedelta(7)).isocalendar()[:2]


@given(text=st.text(max_size=12) | st.text(alphabet="0123456789-/.年月日wqdmy+~至本上下周末底", max_size=14))
def test_any_text_is_read_or_refused(text):
    for parse, kind in ((dates.parse_date, date), (dates.parse_period, dates.Period)):
        try:
            found = parse(text, TODAY)
        except dates.BadDate as error:
            found = error
        assert isinstance(found, (kind, dates.BadDate))
        assert str(found)  # every reason can be spoken


@pytest.mark.parametrize(
    ("text", "start", "end", "name"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026年", "2026-01-01", "2026-12-31", "2026"),
        ("2026-Q3", "2026-07-01", "2026-09-30", "2026-Q3"),
        ("2026q1", "2026-01-01", "2026-03-31", "2026-Q1"),
        ("2026-10", "2026-10-01", "2026-10-31", "2026-10"),
        ("2026-2", "2026-02-01", "2026-02-28", "2026-02"),
        ("2026/10", "2026-10-01", "2026-10-31", "2026-10"),
        ("202610", "2026-10-01", "2026-10-31", "2026-10"),
        ("2026年10月", "2026-10-01", "2026-10-31", "2026-10"),
        ("2026年10月份", "2026-10-01", "2026-10-31", "2026-10"),
        ("2026-W41", "2026-10-05", "2026-10-11", "2026-W41"),
        ("2026-w1", "2025-12-29", "2026-01-04", "2026-W01"),
        ("2026-W53", "2026-12-28", "2027-01-03", "2026-W53"),
        ("2026-01-01..2026-02-15", "2026-01-01", "2026-02-15", "2026-01-01..2026-02-15"),
        ("2026-01-01..2026-03-31", "2026-01-01", "2026-03-31", "2026-Q1"),
        ("2026-01 .. 2026-02", "2026-01-01", "2026-02-28", "2026-01-01..2026-02-28"),
        ("2026-01-01至today", "2026-01-01", "2026-11-04", "2026-01-01..2026-11-04"),
        ("2026-10-01～2026-10-31", "2026-10-01", "2026-10-31", "2026-10"),
        ("2025..2026", "2025-01-01", "2026-12-31", "2025-01-01..2026-12-31"),
        ("2026-10-05", "2026-10-05", "2026-10-05", "2026-10-05"),
        ("today", "2026-11-04", "2026-11-04", "2026-11-04"),
        ("今天", "2026-11-04", "2026-11-04", "2026-11-04"),
        ("this-month", "2026-11-01", "2026-11-30", "2026-11"),
        ("This month", "2026-11-01", "2026-11-30", "2026-11"),
        ("last-month", "2026-10-01", "2026-10-31", "2026-10"),
        ("next-month", "2026-12-01", "2026-12-31", "2026-12"),
        ("本月", "2026-11-01", "2026-11-30", "2026-11"),
        ("这个月", "2026-11-01", "2026-11-30", "2026-11"),
        ("上月", "2026-10-01", "2026-10-31", "2026-10"),
        ("上个月", "2026-10-01", "2026-10-31", "2026-10"),
        ("this-week", "2026-11-02", "2026-11-08", "2026-W45"),
        ("last-week", "2026-10-26", "2026-11-01", "2026-W44"),
        ("本周", "2026-11-02", "2026-11-08", "2026-W45"),
        ("上周", "2026-10-26", "2026-11-01", "2026-W44"),
        ("this-quarter", "2026-10-01", "2026-12-31", "2026-Q4"),
        ("last-quarter", "2026-07-01", "2026-09-30", "2026-Q3"),
        ("上季度", "2026-07-01", "2026-09-30", "2026-Q3"),
        ("本季", "2026-10-01", "2026-12-31", "2026-Q4"),
        ("this-year", "2026-01-01", "2026-12-31", "2026"),
        ("last-year", "2025-01-01", "2025-12-31", "2025"),
        ("去年", "2025-01-01", "2025-12-31", "2025"),
        ("今年", "2026-01-01", "2026-12-31", "2026"),
    ],
)
def test_periods_read(text, start, end, name):
    assert dates.parse_period(text, TODAY) == (date.fromisoformat(start), date.fromisoformat(end), name)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("whenever", "not_a_period"),
        ("2026-", "not_a_period"),
        ("26", "not_a_period"),
        ("..", "not_a_period"),
        ("2026..", "not_a_period"),
        ("..2026", "not_a_period"),
        ("2026-01-01..2026-02-01..2026-03-01", "not_a_period"),
        ("2026-01-01...2026-02-01", "not_a_period"),
        ("last-day", "not_a_period"),
        ("2026-13", "no_such_month"),
        ("202600", "no_such_month"),
        ("2026-Q5", "no_such_quarter"),
        ("2026-Q0", "no_such_quarter"),
        ("2026-W54", "no_such_week"),
        ("2026-W00", "no_such_week"),
        ("2025-W53", "no_such_week"),
        ("2026-02-30", "no_such_day"),
        ("2026-02-01..2026-02-30", "no_such_day"),
        ("2026-03..2026-02", "ends_before_start"),
        ("0026", "year_out_of_range"),
        ("2300-Q1", "year_out_of_range"),
        ("2300-W01", "year_out_of_range"),
        ("10/2026", "not_a_period"),
        ("5.11", "year_first"),
    ],
)
def test_periods_refused(text, why):
    with pytest.raises(dates.BadDate) as caught:
        dates.parse_period(text, TODAY)
    assert caught.value.why == why


@given(day=DAYS, today=DAYS)
def test_the_name_of_a_period_reads_back(day, today):
    for period_of in (dates.month_of, dates.quarter_of, dates.year_of, dates.week_of):
        found = period_of(day)
        assert found.contains(day)
        assert not found.contains(found.start - timedelta(1))
        assert not found.contains(found.end + timedelta(1))
        assert dates.parse_period(found.name, today) == found
        assert dates.parse_period(f"{found.start}..{found.end}", today) == found


@given(day=DAYS, length=st.integers(0, 800))
def test_previous_periods_join_without_a_gap(day, length):
    for found in (
        dates.month_of(day),
        dates.quarter_of(day),
        dates.year_of(day),
        dates.week_of(day),
        dates.period(day, day + timedelta(length)),
    ):
        assert found.previous().end == found.start - timedelta(1)
        assert found.previous().start <= found.previous().end
    assert dates.month_of(day).previous() == dates.month_of(day.replace(day=1) - timedelta(1))


@pytest.mark.parametrize(
    ("name", "previous", "year_before"),
    [
        ("2026", "2025", "2025"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-03", "2026-02", "2025-03"),
        ("2025-02", "2025-01", "2024-02"),
        ("2026-W01", "2025-W52", "2025-W01"),
        ("2026-W53", "2026-W52", "2025-W52"),
        ("2026-01..2026-06", "2025-07-01..2025-12-31", "2025-01-01..2025-06-30"),
        ("2026-11-02..2026-11-04", "2026-10-30..2026-11-01", "2025-11-02..2025-11-04"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
    ],
)
def test_neighbours_of_a_period(name, previous, year_before):
    found = dates.parse_period(name, TODAY)
    assert found.previous().name == previous
    assert found.year_before().name == year_before


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-05-05", 0, "2026-05-05"),
    ],
)
def test_add_months(day, months, result):
    assert dates.add_months(date.fromisoformat(day), months) == date.fromisoformat(result)


@given(day=DAYS, months=COUNTS)
def test_add_months_agrees_with_dateutil(day, months):
    from dateutil.relativedelta import relativedelta

    assert dates.add_months(day, months) == day + relativedelta(months=months)


@given(a=DAYS, b=DAYS)
def test_months_between_are_full_months(a, b):
    start, end = min(a, b), max(a, b)
    months = dates.months_between(start, end)
    assert dates.add_months(start, months) <= end < dates.add_months(start, months + 1)
    assert dates.months_between(end, start) == -months


def test_months_between_counts_a_clamped_month_as_full():
    assert dates.months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert dates.months_between(date(2026, 1, 31), date(2026, 2, 27)) == 0


@given(day=DAYS, count=COUNTS)
def test_days(day, count):
    assert dates.days_between(day, dates.due_date(day, count)) == count
    assert dates.end_of_month(day) == dates.month_of(day).end
    assert (dates.end_of_month(day) + timedelta(1)).day == 1
    assert dates.period(day, day + timedelta(abs(count))).days == abs(count) + 1
