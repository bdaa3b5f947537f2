"""What the stories about prices share: granting a form, asking what something costs."""

from __future__ import annotations


def granted(book, number: str, *, told: bool = True, day: str = "2026-11-03") -> None:
    """Let BOSS and GM approve a form, and tell its buyers."""
    (row,) = [row for row in book.rows("price changes", day=day) if row["number"] == number]
    book.ok(f"approve {row['request']}", user="BOSS", day=day)
    book.ok(f"approve {row['request']}", user="GM", day=day)
    if told and row["to_tell"]:
        book.ok(f"price notify {number} --by letter", day=day)


def priced(book, words: str, *, day: str = "2026-11-03") -> str:
    """Ask for a price, have it granted and told; the form's number."""
    number = book.ok(f"price request {words} --reason test -f json", user="LI", day=day).json()["document"]
    granted(book, number, day=day)
    return number


def price(book, customer: str, quantity: str, day: str, more: str = "") -> dict:
    """What one customer pays for toner, as `price quote-for` says it."""
    (row,) = book.rows(f"price quote-for {customer} TN2325 {quantity} --on {day} {more}")
    return row
