"""Every command line that a sentence of the program names, in either language, is one that exists, with the options it has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import catalogue
import click
import pytest

from salescli import cli

ROOT = Path(__file__).parent.parent
LINE = re.compile(r"\bsalescli ((?:--db \S+ )?[a-z][^\n`“”。，；：、（）…]*)")
END = re.compile(r"[.;:)](?:\s|$)|, (?!-)|(?: |^)(?:&& .*|or salescli .*|and salescli .*)|\s[一-鿿].*")
GLOBAL = {"--db": 1, "--user": 1, "--lang": 1, "--dry-run": 0, "--help": 0}
NO_COMMAND = ("book",)
"""What `salescli` stands before in a sentence that names no command: a salescli book."""


def sentences() -> Iterator[tuple[str, str]]:
    """Where a text stands, and the text: every string of the source, every translation."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value
    for path in catalogue.po_files(ROOT):
        for text in re.findall(r'^msgstr "(.*)"$', path.read_text(encoding="utf-8"), re.M):
            yield str(path.relative_to(ROOT)), text.replace('\\"', '"')


def named() -> dict[str, str]:
    """Each command line once, with the first place it stands at."""
    found: dict[str, str] = {}
    for place, text in sentences():
        for line in LINE.findall(text):
            found.setdefault(END.split(line)[0].strip(), place)
    return found


@cache
def command(*words: str) -> Any:
    """The group or command of these words; None where there is none."""
    if not words:
        return cli.root()
    above = command(*words[:-1])
    return above.get_command(click.Context(above), words[-1]) if hasattr(above, "get_command") else None


def wrong(line: str) -> str | None:
    """The word of a line that no command, or no option of it, bears."""
    words = [word.strip("'\"()[],;:") for word in line.split()]
    path: list[str] = []
    while words and hasattr(command(*path), "get_command"):
        word = words.pop(0)
        if word == "--help" or (not path and word in NO_COMMAND):
            return None
        if word in GLOBAL:
            del words[: GLOBAL[word]]
        elif re.fullmatch(r"[a-z][a-z-]*", word) and command(*path, word) is not None:
            path.append(word)
        else:
            return None if re.fullmatch(r"[A-Z…{].*|", word) else " ".join((*path, word))
    at = command(*path)
    known = {name for p in at.get_params(click.Context(at)) for name in (*p.opts, *p.secondary_opts)} | GLOBAL.keys()
    typed = [word.split("=")[0] for word in words if re.fullmatch(r"--[a-z][a-z-]*(=.*)?", word)]
    return next((f"{' '.join(path)} {name}" for name in typed if name not in known), None)


def test_every_command_a_sentence_names_exists_with_its_options() -> None:
    lines = named()
    assert len(lines) > 700
    assert {place: (line, bad) for line, place in lines.items() if (bad := wrong(line))} == {}


@pytest.mark.parametrize("line", ["order list --sku TN", "order lost SO-1", "no such"])
def test_a_line_that_leads_nowhere_is_seen(line: str) -> None:
    assert wrong(line)
