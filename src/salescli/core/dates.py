"""Business days and periods: reading what people type, counting months and days. Nothing here asks the clock."""

from __future__ import annotations

import re
from datetime import date, timedelta

from salescli.core.i18n import N_
from salescli.core.record import NamedTuple
from salescli.core.unreadable import Unreadable

FIRST_YEAR = 1900
LAST_YEAR = 2199  # a year beyond these is a slip of the finger


class BadDate(Unreadable):
    """Text that is no day or period.

    `why`: empty, not_a_date, not_a_period, year_first, no_such_day, no_such_month, no_such_quarter, no_such_week,
    year_out_of_range, ends_before_start.
    """


# --- counting ---------------------------------------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), the last day where the month is shorter: 31 Jan + 1 = 28 Feb."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def end_of_month(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=days_in_month(day.year, day.month))


def days_between(start: date, end: date) -> int:
    """Days from `start` to `end`; negative when `end` is earlier."""
    return (end - start).days


def months_between(start: date, end: date) -> int:
    """Full months from `start` to `end`: the most that add_months(start, n) may take without passing `end`; negative backwards."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def due_date(start: date, days: int) -> date:
    """The last day on which payment is in time: `days` after `start`. Overdue begins the day after."""
    return start + timedelta(days)


# --- periods ----------------------------------------------------------------------------------------------------------


class Period(NamedTuple):
    """Days from `start` to `end`, both included. Build it with period() or a reader, so that equal days bear equal names."""

    start: date
    end: date
    name: str

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1

    def previous(self) -> Period:
        """The period of the same length that ends the day before: months before months, weeks before weeks, days before days."""
        months = _full_months(self.start, self.end)
        start = add_months(self.start, -months) if months else self.start - timedelta(self.days)
        return period(start, self.start - timedelta(1))

    def year_before(self) -> Period:
        """The same period a year earlier; for a week the same ISO week number (week 52 when that year had no 53rd)."""
        if "W" in self.name:
            year, week, _day = self.start.isocalendar()
            return week_of(date.fromisocalendar(year - 1, min(week, _weeks_in(year - 1)), 1))
        end = add_months(self.end, -12)
        return period(add_months(self.start, -12), end_of_month(end) if _full_months(self.start, self.end) else end)


def period(start: date, end: date) -> Period:
    """The period of these days under its one name: 2026, 2026-Q3, 2026-10, 2026-W41, 2026-10-05 or 2026-10-05..2026-10-09."""
    return Period(start, end, _name(start, end))


def month_of(day: date) -> Period:
    """The calendar month of the day."""
    return period(day.replace(day=1), end_of_month(day))


def quarter_of(day: date) -> Period:
    """The calendar quarter of the day."""
    start = date(day.year, day.month - (day.month - 1) % 3, 1)
    return period(start, end_of_month(add_months(start, 2)))


def year_of(day: date) -> Period:
    """The calendar year of the day."""
    return period(date(day.year, 1, 1), date(day.year, 12, 31))


def week_of(day: date) -> Period:
    """The ISO week of the day, Monday to Sunday."""
    monday = day - timedelta(day.weekday())
    return period(monday, monday + timedelta(6))


def _full_months(start: date, end: date) -> int:
    """How many whole calendar months these days are; 0 when they are not."""
    if start.day != 1 or end != end_of_month(end):
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _name(start: date, end: date) -> str:
    months = _full_months(start, end)
    if months == 12 and start.month == 1:
        return f"{start.year:04}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year:04}-Q{(start.month + 2) // 3}"
    if months == 1:
        return f"{start.year:04}-{start.month:02}"
    if start.weekday() == 0 and (end - start).days == 6:
        year, week, _day = start.isocalendar()
        return f"{year:04}-W{week:02}"
    return str(start) if start == end else f"{start}..{end}"


def _weeks_in(year: int) -> int:
    """52 or 53: 28 December always lies in the last ISO week of its year."""
    return date(year, 12, 28).isocalendar().week


# --- reading a day ----------------------------------------------------------------------------------------------------

# Chinese keyboards write full-width signs; they mean the same.
_FOLD = str.maketrans("０１２３４５６７８９－−＋．／～　\u00a0", "0123456789--+./~  ")

_DAYS = {
    "today": 0, "今天": 0, "今日": 0,
    "tomorrow": 1, "明天": 1, "明日": 1,
    "yesterday": -1, "昨天": -1, "昨日": -1,
    "后天": 2, "大后天": 3, "前天": -2,
}  # fmt: skip
_MONTH_ENDS = {
    "eom": 0, "月底": 0, "月末": 0, "本月底": 0, "本月末": 0,
    "下月底": 1, "下个月底": 1, "下月末": 1,
    "上月底": -1, "上个月底": -1, "上月末": -1,
}  # fmt: skip
_LONGER_ENDS = {
    "eoq": quarter_of, "季末": quarter_of, "本季末": quarter_of, "本季度末": quarter_of,
    "eoy": year_of, "年底": year_of, "年末": year_of, "本年底": year_of, "今年底": year_of,
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}

_NO_SUCH_DAY = {
    2: N_("{day} February {year} does not exist"),
    4: N_("{day} April does not exist"),
    6: N_("{day} June does not exist"),
    9: N_("{day} September does not exist"),
    11: N_("{day} November does not exist"),
}


def parse_date(text: str, today: date) -> date:
    """The day a person means, seen from `today`. Raises BadDate.

    2026-11-05, 2026/11/5, 2026.11.5, 20261105, 2026年11月5日; today, tomorrow, yesterday, 今天 明天 后天 昨天 前天; +3d -2d +1w +2m +1y;
    fri, friday, 周五: the next such day after today, never today itself; 本周五, 下周三, 上周一: of this, the next, the last ISO week;
    eom, eoq, eoy, 月底, 本月底, 下月底, 年底.
    """
    plain = _plain(text)
    try:
        day = _said_day(plain, today) or _written_day(text, plain) or _relative_day(plain, today) or _weekday(plain, today)
    except BadDate:
        raise
    except (OverflowError, ValueError):  # +9999y
        raise _out_of_range(text) from None
    if day is None:
        raise _no_day(text, plain)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _out_of_range(text)
    return day


def _plain(text: str) -> str:
    """Half-width, lower case, no blanks around. Raises BadDate when nothing is left."""
    plain = text.translate(_FOLD).strip().lower()
    if not plain:
        raise BadDate(text, "empty", N_("no date was given"))
    return plain


def _said_day(plain: str, today: date) -> date | None:
    """today, 明天, eom, 年底."""
    if plain in _DAYS:
        return today + timedelta(_DAYS[plain])
    if plain in _MONTH_ENDS:
        return end_of_month(add_months(today, _MONTH_ENDS[plain]))
    if plain in _LONGER_ENDS:
        return _LONGER_ENDS[plain](today).end
    return None


def _relative_day(plain: str, today: date) -> date | None:
    """+3d, -2d, +1w, +2m, +1y."""
    found = re.fullmatch(r"([+-][0-9]{1,5})([dwmy])", plain)
    if not found:
        return None
    count = int(found[1])
    if found[2] in "my":
        return add_months(today, count * (12 if found[2] == "y" else 1))
    return today + timedelta(count * (7 if found[2] == "w" else 1))


def _weekday(plain: str, today: date) -> date | None:
    """fri and 周五 lie after today; 下周五 lies in the next ISO week, whatever day today is."""
    found = re.fullmatch(r"(?:(上|本|这|下)个?)?(?:周|星期|礼拜)([一二三四五六日天])", plain)
    if found and found[1]:
        monday = today - timedelta(today.weekday())
        return monday + timedelta(_WEEKS[found[1]] * 7 + _WEEKDAYS_ZH.index(found[2].replace("天", "日")))
    if found:
        wanted = _WEEKDAYS_ZH.index(found[2].replace("天", "日"))
    elif len(plain) >= 3 and plain.isalpha():
        wanted = next((i for i, name in enumerate(_WEEKDAYS) if name.startswith(plain)), -1)
    else:
        return None
    return today + timedelta((wanted - today.weekday() - 1) % 7 + 1) if wanted >= 0 else None


def _written_day(text: str, plain: str) -> date | None:
    """A date in figures, the year first."""
    found = (
        re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", plain)
        or re.fullmatch(r"([0-9]{4})()([0-9]{2})([0-9]{2})", plain)
        or re.fullmatch(r"([0-9]{4})\s*(年)\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]?", plain)
    )
    if not found:
        return None
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    _check_month(text, year, month)
    if not 1 <= day <= 31:
        raise BadDate(text, "no_such_day", N_("no month has a day {day}"), day=day)
    if day > days_in_month(year, month):
        raise BadDate(text, "no_such_day", _NO_SUCH_DAY[month], day=day, year=year)
    return date(year, month, day)


def _check_month(text: str, year: int, month: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range(text)
    if not 1 <= month <= 12:
        raise BadDate(text, "no_such_month", N_("there is no month {month}"), month=month)


def _no_day(text: str, plain: str) -> BadDate:
    """Why no day was found: the year is missing or last, or it is no date at all."""
    if re.fullmatch(r"[0-9]{1,2}[-/.月][0-9]{1,2}(日|号|[-/.][0-9]{2,4})?", plain):
        return BadDate(text, "year_first", N_('"{text}" may be read in two ways; write the year first, as in 2026-11-05'))
    return BadDate(text, "not_a_date", N_('"{text}" is not a date; write 2026-11-05, today, tomorrow, +3d, fri or eom'))


def _out_of_range(text: str) -> BadDate:
    template = N_('"{text}" lies outside the years {first} to {last}')
    return BadDate(text, "year_out_of_range", template, first=FIRST_YEAR, last=LAST_YEAR)


# --- reading a period -------------------------------------------------------------------------------------------------

_SPANS = {"month": (1, month_of), "quarter": (3, quarter_of), "year": (12, year_of)}
_SPANS_ZH = {"周": "week", "星期": "week", "月": "month", "季": "quarter", "季度": "quarter", "年": "year"}
_TURNS = {"last": -1, "this": 0, "next": 1, "上": -1, "本": 0, "这": 0, "下": 1, "去": -1, "今": 0, "明": 1}


def parse_period(text: str, today: date) -> Period:
    """The period a person means, seen from `today`. Raises BadDate.

    2026, 2026-Q3, 2026-10, 2026-W41, 2026年, 2026年10月; this-, last-, next- with week, month, quarter, year; 本月, 上周, 下季度, 去年;
    any day parse_date reads; A..B, from the first day of A to the last day of B.
    """
    plain = _plain(text)
    first, dots, last = plain.replace("至", "..").replace("~", "..").partition("..")
    if not dots:
        return _one_period(text, plain, today)
    if not first or not last:
        raise _no_period(text)
    first_part, last_part = (_one_period(side, side.strip(), today) for side in (first, last))
    if last_part.end < first_part.start:
        raise BadDate(text, "ends_before_start", N_('"{text}" ends before it begins'))
    return period(first_part.start, last_part.end)


def _one_period(text: str, plain: str, today: date) -> Period:
    """A period that is no A..B."""
    return _said_period(plain, today) or _written_period(text, plain) or _one_day(text, today)


def _said_period(plain: str, today: date) -> Period | None:
    """last-month, this-week, 本月, 去年."""
    found = re.fullmatch(r"(last|this|next)[- ](week|month|quarter|year)|([上本这下])个?(周|星期|月|季度?)|([去今明本])(年)", plain)
    if not found:
        return None
    turn, span = (part for part in found.groups() if part)
    return _turned(today, _SPANS_ZH.get(span, span), _TURNS[turn])


def _turned(today: date, span: str, turn: int) -> Period:
    """The week, month, quarter or year of today, or its neighbour."""
    if span == "week":
        return week_of(today + timedelta(7 * turn))
    months, period_of = _SPANS[span]
    return period_of(add_months(today, turn * months))


def _written_period(text: str, plain: str) -> Period | None:
    """A year, quarter, month or week in figures."""
    found = re.fullmatch(r"([0-9]{4})\s*(?:年|-?(q|w)([0-9]{1,2})|(?:[-/.]|年\s*)([0-9]{1,2})月?份?|([0-9]{2}))?", plain)
    if not found:
        return None
    year, number = int(found[1]), int(found[3] or found[4] or found[5] or 1)
    if found[2] == "q":
        return _quarter(text, year, number)
    if found[2] == "w":
        return _week(text, year, number)
    _check_month(text, year, number)
    start = date(year, number, 1)
    return month_of(start) if found[4] or found[5] else year_of(start)


def _quarter(text: str, year: int, number: int) -> Period:
    if not 1 <= number <= 4:
        raise BadDate(text, "no_such_quarter", N_("a year has 4 quarters, not a quarter {number}"), number=number)
    _check_month(text, year, 1)
    return quarter_of(date(year, number * 3, 1))


def _week(text: str, year: int, number: int) -> Period:
    _check_month(text, year, 1)
    if not 1 <= number <= _weeks_in(year):
        raise BadDate(
            text, "no_such_week", N_("{year} has {weeks} weeks, not a week {number}"), year=year, weeks=_weeks_in(year), number=number
        )
    return week_of(date.fromisocalendar(year, number, 1))


def _one_day(text: str, today: date) -> Period:
    """A single day as a period."""
    try:
        day = parse_date(text, today)
    except BadDate as error:
        raise (_no_period(text) if error.why == "not_a_date" else error) from None
    return period(day, day)


def _no_period(text: str) -> BadDate:
    return BadDate(
        text, "not_a_period", N_('"{text}" is not a period; write 2026, 2026-Q3, 2026-10, 2026-W41, last-month or 2026-01-01..2026-03-31')
    )
