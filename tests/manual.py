"""The pages of the manual as tests read them: their text, their stories, the commands they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pytest

    from tests.conftest import Book, Result

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = sorted(page.stem for page in DOCS.glob("*.md") if page.stem.islower())
"""Manual pages have names in small letters; what is written about the program has them in capitals."""

CHINESE = "zh_CN/"
"""Before a page's name: the same page in Chinese."""

FIRST = {"": "First ten minutes", CHINESE: "最初十分钟"}
"""The heading over the story, by the language of the page."""

NOT_DONE = {"": ("refused", "filed"), CHINESE: ("拒绝", "已提交")}
"""How a remark begins behind a command that ends with an error, as it should."""


class Line(NamedTuple):
    """A command of a story and the remark behind it."""

    command: str
    remark: str


def text(page: str) -> str:
    return (DOCS / f"{page}.md").read_text(encoding="utf-8")


def lines(block: str) -> list[Line]:
    """The commands of a block of code; the remark stands two blanks or more behind."""
    whole = re.sub(r"\s*\\\n\s*", " ", block).strip().splitlines()
    return [Line(*[*re.split(r"\s{2,}", line, maxsplit=1), ""][:2]) for line in whole]


def story(page: str) -> tuple[str, list[Line]]:
    """Where the first ten minutes of a page are set, and their commands."""
    told = text(page).split(f"## {FIRST['']}\n")[1].split("\n## ")[0]
    setting, block = told.split("```")[:2]
    return setting, lines(block)


def resolve(words: list[str]) -> tuple[Any, list[str]]:
    """The command some words mean, and the words behind it; None where the words name no command."""
    from salescli import cli
    from salescli.core.commands_tree import LazyGroup

    node: Any = cli.root()
    while words and isinstance(node, LazyGroup) and words[0] in node.list_commands(None):
        node, words = node.get_command(None, words[0]), words[1:]
    return node, words


def words_of(command: str) -> list[str]:
    """A line without the program's name and without who says it."""
    return re.sub(r"--user \S+ ", "", command).split()[1:]


def kind(command: str) -> str | None:
    """Whether a line is a report, a write, or plain."""
    node, _rest = resolve(words_of(command))
    return getattr(getattr(node, "verb", None), "kind", None)


NUMBER = re.compile(r"\b([A-Z]{2})-\d{6}-\d{4,}")

SETTINGS = {"On the demo office": "demo", "In a new book": "book", "In an empty folder": "nobook"}
"""How the first ten minutes begin, and the fixture that is."""


def play(request: pytest.FixtureRequest, page: str) -> Iterator[tuple[Book, Line, Result]]:
    """Run the first ten minutes of a page, command by command; "SO-…" is the number that was given last."""
    setting, told = story(page)
    book: Book = request.getfixturevalue(next(fixture for begin, fixture in SETTINGS.items() if begin in setting))
    (book.folder / "data").symlink_to(DOCS.parent / "data")
    given: dict[str, str] = {}
    for line in told:
        command = re.sub(r"\b([A-Z]{2})-…", lambda series: given[series[1]], line.command)
        result = book.run(command)
        yield book, Line(command, line.remark), result
        if kind(command) != "report":
            given.update((found[1], found[0]) for found in NUMBER.finditer(result.out + result.err))
