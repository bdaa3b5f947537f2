"""Floor P1: a Typer program with lazily built groups, the standard library's sqlite3, 20 rows in plain text."""

import sqlite3
import sys

import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def root() -> None:
    """A root command, so that there is a group to pass through."""


@app.command("list")
def listing(db: str) -> None:
    """Twenty rows."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    for row in connection.execute("SELECT number, date, promised, state FROM sales_order ORDER BY id LIMIT 20"):
        sys.stdout.write("  ".join(map(str, row)) + "\n")


app()
