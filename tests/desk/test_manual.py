"""The first ten minutes of the desk's manual pages run on the demo book."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("inbox", "login", "search", "undo", "task")


_made: dict[str, Path] = {}


@pytest.fixture
def demo(nobook, tmp_path_factory):
    """The demo office, made once."""
    if "file" not in _made:
        nobook.ok(["demo", str(nobook.path)])
        _made["file"] = Path(shutil.copyfile(nobook.path, tmp_path_factory.mktemp("demo") / "demo.db"))
    shutil.copyfile(_made["file"], nobook.path)
    return nobook


@pytest.mark.parametrize("page", PAGES)
def test_every_line_of_the_first_ten_minutes_runs(demo, page) -> None:
    lines = [line for block in re.findall(r"```\n(.*?)```", (DOCS / f"{page}.md").read_text(encoding="utf-8"), re.DOTALL)
             for line in block.splitlines()]  # fmt: skip
    assert lines
    for line in lines:
        command = re.split(r"\s{3,}", line)[0]
        if command.startswith("salescli undo"):
            demo.ok("customer edit C0001 --note x")
        demo.ok(command)
