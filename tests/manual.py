"""The pages of the manual as tests read them: their text, their stories, the commands they name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

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
