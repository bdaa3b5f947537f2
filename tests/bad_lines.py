"""Command lines as nobody would type them twice: every command of the tree, with values that are nonsense or only look right.

What holds of each line whatever it says is `broken`: one clear sentence, a status of the contract, an untouched book when it is refused.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from salescli import cli
from salescli.core.commands_tree import LazyGroup, SalesCommand
from tests.conftest import Book, Result

STATUSES = frozenset({0, 2, 3, 4, 5, 6, 7, 9, 10})
"""What a command may end with on a sound book that nobody else uses: never a fault (1), never the book's own trouble (8)."""

FOUND_NOTHING_WRONG = (0, 10)

LEFT_OUT = frozenset({("demo",), ("init",), ("restore",), ("upgrade",), ("staff", "rescue-admin"), ("order", "close"), ("pool", "run")})
"""Commands that make another book of this one, or work through all of it."""

INJECTED = frozenset({"output_format", "output_file", "columns", "sort", "limit", "exit_code", "dry_run"})

USERS = (None, "LI", "LIU", "SUN", "ZHOU", "ZHAO")

NONSENSE = (
    "", "   ", "x" * 5000, "长" * 5000, "\x1b[31mred\x07", "tab\there", "line\nend", "\udcff\udc80", "\u202eevil\u200b", "\ufeffx",
    "😀👩‍👧", "=1+1", "--evil", "-x", "-", "%", "_", "'; DROP TABLE staff;--", '"', "\\", "[red]x[/red]", "[/]", "{x}", "%s", "1e400",
    "NaN", "Infinity", "-0", "-1", "0", "0.00001", "9" * 18, "9" * 13, "99999999999.9999", "１２３", "三百", "1_000", "31 February",
    "2026-02-31", "0001-01-01", "9999-12-31", "10000-01-01", "2199-12-31", "+999999999999d", "2026-11-30..2026-11-01", "1900-W01",
    "a=b", "=", "a=", "@", ",", "..", "/", "/nowhere/x", "25:00", "02-29", "A" * 41, "\u2028", "\u0300", "null", "so-202611-0001",
    "C0001", "LIU", "2026-10", "folder", "binary.csv", "latin.csv", "wide.csv",
)  # fmt: skip

PLAIN = {
    "STAFF": ("LIU", "YANG", "李明"), "CUSTOMER": ("C0001", "C0002", "C0028"), "SKU": ("DRUM-23", "LQ630"), "WAREHOUSE": ("MAIN",),
    "DATE": ("2026-11-03", "+3d", "2026-10-31", "2028-02-29"), "PERIOD": ("2026-10", "last-month", "2026"),
    "AMOUNT": ("100", "0.01", "9999999999999.99"), "QUANTITY": ("1", "2.5", "999999999999"), "PRICE": ("12.5", "0", "99999999999"),
    "PER-CENT": ("5", "100"), "PHONE": ("13800138000",), "EMAIL": ("a@b.cn",), "TEXT": ("说明 one",), "NAME": ("新名 Ltd",),
    "REASON": ("because",), "SUPPLIER": ("S001",), "MONTH-DAY": ("2-29", "12-31"),
}  # fmt: skip
"""Values that look right, by what the help page calls the parameter; documents are looked up in the book."""


class Line(NamedTuple):
    """A command line, who says it, in which language and format."""

    words: tuple[str, ...]
    command: SalesCommand
    user: str | None
    lang: str
    format: str | None


def commands(node: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], SalesCommand]]:
    """Every command of the tree with its path."""
    node = node or cli.root()
    if isinstance(node, LazyGroup):
        for name in node.list_commands(None):
            yield from commands(node.get_command(None, name), (*path, name))
    elif path not in LEFT_OUT:
        yield path, node


def documents(book: Book) -> list[str]:
    """The newest and the oldest number of each kind of document: whatever a command asks for, most of them are of another kind."""
    found: list[str] = []
    for (table,) in book.sql(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'number' WHERE m.type = 'table'"
    ):
        found += [number for order in ("DESC", "") for (number,) in book.sql(f'SELECT number FROM "{table}" ORDER BY id {order} LIMIT 2')]
    return found


class Speaker:
    """Makes up lines; the same ones for the same seed and book."""

    def __init__(self, book: Book, seed: int) -> None:
        self.rnd = random.Random(seed)
        self.numbers = documents(book)

    def line(self, path: tuple[str, ...], command: SalesCommand) -> Line:
        """A line with what the command requires, some of what it allows, and nonsense in one place of every second line."""
        own = [p for p in command.params if p.name not in INJECTED]
        some = {p.name for p in own if p.required or self.rnd.random() < 0.15}
        bent = self.rnd.choice([p.name for p in own if not getattr(p, "is_flag", False)] or [None]) if self.rnd.random() < 0.5 else None
        chosen = [p for p in own if p.name in some or p.name == bent]
        options = [word for p in chosen if p.param_type_name == "option" for word in self._option(p, p.name == bent)]
        words = [self._value(p, bent=p.name == bent) for p in chosen if p.param_type_name == "argument"]
        formats = {"report": ("json", "csv", None), "write": ("json", None), "plain": (None,)}[command.verb.kind]
        format = None if any(word.startswith("--format") for word in options) else self.rnd.choice(formats)
        asked = ["--format", format] if format else []
        said = (*path, *asked, *options, *(["--"] if any(word.startswith("-") for word in words) else []), *words)
        return Line(said, command, self.rnd.choice(USERS), self.rnd.choice(("zh", "en")), format)

    def _option(self, param: Any, bent: bool) -> list[str]:
        name = max(param.opts, key=len)
        return [name] if param.is_flag else [f"{name}={self._value(param, bent=bent)}"]

    def _value(self, param: Any, *, bent: bool) -> str:
        if bent:
            return self.rnd.choice(NONSENSE)
        if choices := getattr(param.type, "choices", ()):
            return str(self.rnd.choice(list(choices)))
        if type(param.type).__name__ == "IntRange":
            return str(self.rnd.choice([n for n in (param.type.min, param.type.max, 7) if n is not None]))
        called = param.metavar or ""
        if called.startswith("SKU="):
            return self.rnd.choice(("DRUM-23=1", "LQ630=2@10", "DRUM-23=999999999999@99999"))
        if called in ("FILE", "FOLDER"):
            return self.rnd.choice(("folder", "binary.csv", "wide.csv", "missing.csv", "out.html", "out.json"))
        return self.rnd.choice(PLAIN.get(called) or self.numbers)


def files(book: Book) -> None:
    """Files as people hand them in, good for nothing."""
    (book.folder / "folder").mkdir()
    (book.folder / "binary.csv").write_bytes(bytes(range(256)) * 8)
    book.file("latin.csv", "code,name\nC1,Müller\n", encoding="latin-1")
    book.file("wide.csv", "code,code,name,sku,quantity\nC1,=1+1,[red],1e400,\x1b[31m\n", encoding="utf-16")


# --- what holds of every line -----------------------------------------------------------------------------------------


def say(book: Book, line: Line, touched: Callable[[], bool]) -> list[str]:
    """Say the line; what is wrong with the answer. `touched` tells whether the book was changed since it was asked last."""
    answer = book.run(line.words, user=line.user, lang=line.lang)
    return list(broken(line, answer, touched=touched()))


def broken(line: Line, answer: Result, *, touched: bool) -> Iterator[str]:
    """What is wrong with an answer."""
    if answer.exit not in STATUSES:
        yield f"status {answer.exit}: {answer.err or answer.out}"
    if re.search(r"Traceback|Warning:", answer.err):
        yield f"the program's own words: {answer.err}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", answer.err + ("" if line.format else answer.out)):
        yield "a sign that drives the terminal"
    yield from _unreadable(line, answer)
    if answer.exit not in FOUND_NOTHING_WRONG:
        yield from _unclear(line, answer)
        if touched and not any(word.startswith("--request") for word in line.words) and line.words[0] != "login":
            yield "refused, but the book was changed"


def _unreadable(line: Line, answer: Result) -> Iterator[str]:
    """JSON that is none, CSV of uneven width."""
    if line.format == "json":
        try:
            envelope = json.loads(answer.out)
        except ValueError as error:
            yield f"no JSON: {error}"
        else:
            if answer.exit not in FOUND_NOTHING_WRONG and not (
                envelope["ok"] is False and envelope["error"]["code"] and envelope["problems"]
            ):
                yield "a refusal without its problem"
    elif line.format == "csv" and answer.exit in FOUND_NOTHING_WRONG:
        widths = {len(row) for row in csv.reader(io.StringIO(answer.out)) if row}
        if len(widths) > 1:
            yield f"rows of {widths} cells"


def _unclear(line: Line, answer: Result) -> Iterator[str]:
    """A refusal that says nothing, too much, or says it in another language."""
    if line.format == "json":
        said = [problem["message"] for problem in json.loads(answer.out)["problems"]]
    else:
        said = [text for text in answer.err.splitlines() if not text.startswith("  ")]
    if not any(text.strip() for text in said):
        yield "nothing is said"
    if max(map(len, said), default=0) > 1500:
        yield f"{max(map(len, said))} characters in one sentence"
    typed = " ".join(line.words)
    for text in said if line.lang == "zh" else ():
        found = re.search(r"(?<![\w./-])[a-z]{2,}( [a-z]{2,}){2,}", text)
        if found and "salescli" not in found[0] and found[0] not in typed and line.command.verb.name != "history":
            yield f"not in Chinese: {text}"
