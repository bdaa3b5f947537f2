"""Options every room shares: declared once, read by core.dates and core.money, explained in both languages.

A reader of values raises `Unreadable` with the sentence for a person; the command line makes it "invalid value", exit 2.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, cast

import typer
from typer.core import TyperOption
from typer.models import ArgumentInfo, OptionInfo

from salescli.core import context
from salescli.core.dates import Period
from salescli.core.i18n import N_

T = TypeVar("T")

# --- reading values ---------------------------------------------------------------------------------------------------


def _reader(read: Callable[[str], T]) -> Callable[[Any], T]:
    """A Typer parser; defaults that already are values pass through."""

    def parse(value: Any) -> T:
        return read(value) if isinstance(value, str) else cast(T, value)

    return parse


def _amount(text: str) -> int:
    from salescli.core.money import parse_amount

    return parse_amount(text)


def _price(text: str) -> int:
    from salescli.core.money import parse_price

    return parse_price(text)


def _quantity(text: str) -> int:
    from salescli.core.money import parse_quantity

    return parse_quantity(text)


def _rate(text: str) -> int:
    from salescli.core.money import parse_rate

    return parse_rate(text)


def _share(text: str) -> int:
    """A part of a whole: at most all of it."""
    from salescli.core.unreadable import Unreadable

    if (found := _rate(text)) > WHOLE:
        raise Unreadable(text, "too_large", N_('"{text}" is more than 100 per cent'))
    return found


WHOLE = 10_000


def _day(text: str) -> date:
    from salescli.core.dates import parse_date

    return parse_date(text, context.current().today)


def _closing(text: str) -> date:
    """A day, or the last day of a period. Raises BadDate, which speaks of the day."""
    from salescli.core.dates import BadDate, parse_period

    try:
        return _day(text)
    except BadDate:
        with suppress(BadDate):
            return parse_period(text, context.current().today).end
        raise


def _period(text: str) -> Period:
    from salescli.core.dates import parse_period

    return parse_period(text, context.current().today)


_READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "amount": (_reader(_amount), N_("AMOUNT")),
    "price": (_reader(_price), N_("PRICE")),
    "quantity": (_reader(_quantity), N_("QUANTITY")),
    "rate": (_reader(_rate), N_("PER-CENT")),
    "share": (_reader(_share), N_("PER-CENT")),
    "day": (_reader(_day), N_("DATE")),
    "closing": (_reader(_closing), N_("DATE")),
    "period": (_reader(_period), N_("PERIOD")),
}

FIGURES = frozenset({"amount", "price", "quantity", "rate", "share"})


def _not_below_zero(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A parser that refuses what is below zero; signed figures are arguments (`SKU=-3`), never options."""

    def parse(value: Any) -> Any:
        found = read(value)
        if isinstance(value, str) and found < 0:
            from salescli.core.unreadable import Unreadable

            raise Unreadable(value, "below_zero", N_('"{text}" is below zero'))
        return found

    return parse


ValueKind = Literal["amount", "price", "quantity", "rate", "share", "day", "closing", "period"]


def option(kind: ValueKind, *names: str, help: str, metavar: str | None = None) -> OptionInfo:
    """A typer.Option whose text is read as `kind`: amounts 1/100, prices 1/10,000, quantities 1/1,000, rates 1/10,000,
    shares likewise and at most 100 per cent, a day, closing: a day or the last one of a period, a period.

    A figure named by an option is never below zero.
    Use it in the annotation: `due: Annotated[date | None, option("day", help=N_("..."))] = None`.
    """
    parser, name = _READERS[kind]
    parser = _not_below_zero(parser) if kind in FIGURES else parser
    return cast(OptionInfo, typer.Option(*names, parser=parser, metavar=metavar or name, help=help))


def argument(kind: ValueKind, *, help: str, metavar: str | None = None) -> ArgumentInfo:
    """A typer.Argument read as `option` reads it."""
    parser, name = _READERS[kind]
    return cast(ArgumentInfo, typer.Argument(parser=parser, metavar=metavar or name, help=help))


# --- options of many commands -----------------------------------------------------------------------------------------

AsOf = Annotated[date | None, option("closing", "--as-of", help=N_("State at the end of this day, month, quarter … (default: today)."))]
"""None when not given: the reader's day. A period means its last day: 2026-10, last-month."""

Day = Annotated[date | None, option("day", "--on", help=N_("The day it happened (default: today)."))]

PeriodOption = Annotated[Period, option("period", "--period", help=N_("2026, 2026-Q3, 2026-10, 2026-W41, last-month or A..B."))]
"""Give it the default THIS_MONTH, or use AnyPeriod where leaving it out means all."""

AnyPeriod = Annotated[Period | None, option("period", "--period", help=N_("2026, 2026-Q3, 2026-10, 2026-W41, last-month or A..B."))]

# Typer reads a default's text like a typed one; the type checker only has to know what comes out.
THIS_MONTH = cast(Period, "this-month")

StaffOption = Annotated[str | None, typer.Option("--staff", metavar=N_("STAFF"), help=N_("Only this staff member: code or name."))]
CustomerOption = Annotated[
    str | None, typer.Option("--customer", metavar=N_("CUSTOMER"), help=N_("Only this customer: code, name or part of it."))
]
CustomerArgument = Annotated[str, typer.Argument(metavar=N_("CUSTOMER"), help=N_("Customer: code, name or part of it."))]
StaffArgument = Annotated[str, typer.Argument(metavar=N_("STAFF"), help=N_("Staff member: code or name."))]
ProductArgument = Annotated[str, typer.Argument(metavar=N_("SKU"), help=N_("Product: SKU or part of its name."))]
OrderArgument = Annotated[str, typer.Argument(metavar=N_("ORDER"), help=N_("Order number."))]
AmountArgument = Annotated[int, argument("amount", help=N_("Amount of money, such as 1,234.50."))]
AmountOption = Annotated[int | None, option("amount", "--amount", help=N_("Amount of money, such as 1,234.50."))]
QuantityArgument = Annotated[int, argument("quantity", help=N_("Quantity, such as 10 or 2.5."))]
Currency = Annotated[
    str | None, typer.Option("--currency", metavar=N_("CODE"), help=N_("Its total in this currency as well, at the day's rate: USD."))
]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark kept with it."))]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; kept in the history."))]

# --- options the command kinds inject ---------------------------------------------------------------------------------

Format = Literal["table", "plain", "csv", "json", "md", "html", "xlsx"]
FORMAT = Annotated[
    Format | None, typer.Option("--format", "-f", help=N_("How to write the rows (default: by the file's suffix, else for the screen)."))
]
OUTPUT = Annotated[str | None, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("Write to this file, replacing it whole."))]
COLUMNS = Annotated[str | None, typer.Option("--columns", metavar="A,B", help=N_("Only these columns, in this order."))]
SORT = Annotated[str | None, typer.Option("--sort", metavar=N_("COLUMN"), help=N_("Sort by this column; -COLUMN for descending."))]
MOST_ROWS = 10**9  # more than there are, and still a number every engine counts to
LIMIT = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", max=MOST_ROWS, clamp=True, help=N_("At most this many rows; totals still cover all.")),
]
EXIT_CODE = Annotated[bool, typer.Option("--exit-code", help=N_("Exit status 10 when rows were found."))]
WRITE_FORMAT = Annotated[Literal["plain", "json"] | None, typer.Option("--format", "-f", help=N_("json: answer for scripts."))]
DRY_RUN = Annotated[bool, typer.Option("--dry-run", help=N_("Say what would be done and keep nothing."))]
REQUEST = Annotated[str | None, typer.Option("--request", metavar=N_("REASON"), help=N_("File a request when it needs approval."))]

# name -> (annotation, default)
Injected = dict[str, tuple[Any, Any]]
REPORT_OPTIONS: Injected = {
    "output_format": (FORMAT, None),
    "output_file": (OUTPUT, None),
    "columns": (COLUMNS, None),
    "sort": (SORT, None),
    "limit": (LIMIT, None),
}
WRITE_OPTIONS: Injected = {"dry_run": (DRY_RUN, False), "output_format": (WRITE_FORMAT, None)}
EXIT_CODE_OPTION: Injected = {"exit_code": (EXIT_CODE, False)}
REQUEST_OPTION: Injected = {"request": (REQUEST, None)}


# --- global options ---------------------------------------------------------------------------------------------------


GLOBAL_NAMES = ("db", "user", "date", "lang", "no_input", "debug", "version")


@cache
def global_options() -> tuple[TyperOption, ...]:
    """The options that may stand anywhere on the line; every command's parser knows them, none of their functions sees them."""
    return (
        _global("--db", "FILE", N_("The book to work on (else SALESCLI_DB, else the site's or the user's own).")),
        _global("--user", N_("STAFF"), N_("Act as this person (else SALESCLI_USER).")),
        _global("--date", N_("DATE"), N_("The business day (else SALESCLI_DATE, else the clock).")),
        _global("--lang", "en|zh", N_("Language (else SALESCLI_LANG, else the locale).")),
        _global("--no-input", None, N_("Never ask; fail instead.")),
        _global("--debug", None, N_("Show where an unexpected fault arose.")),
        _global("--version", None, N_("Show the version.")),
    )


def _global(name: str, metavar: str | None, help: str) -> TyperOption:
    flag = metavar is None
    return TyperOption(
        param_decls=[name],
        metavar=metavar,
        is_flag=flag or None,
        default=False if flag else None,
        help=help,
        expose_value=False,
        hidden=True,
    )
