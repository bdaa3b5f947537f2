"""Every refusal of the rooms people work in all day names the next step, besides the rule and the figures."""

from __future__ import annotations

import ast

import pytest

from tests.conftest import ROOT

ROOMS = ("lead", "customer", "service", "staff", "desk")

WARNINGS = {
    "bad_record", "beyond_headcount", "call_early", "file_gaps", "fine_law", "gap", "guarantor_law", "introduction_long", "level_skipped",
    "no_contact", "other_account", "report_late", "request_left", "request_moves_on", "request_skips", "stays_with_taker", "trip_late",
}  # fmt: skip
"""Told beside what was done; nothing is refused."""

TELLS_IT = {"merge_blocked", "undo_not_as_known"}
"""The sentence itself says what to do."""


def refusals(room: str) -> list[tuple[str, str]]:
    """Place and code of every refusal without a hint; usage errors point to the help by themselves."""
    found = []
    for path in sorted((ROOT / "src" / "salescli" / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("problem", "fail"):
                said = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                code = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
                if code and "hint" not in said and said.get("kind") != "Kind.USAGE":
                    found.append((f"{room}/{path.name}:{node.lineno}", str(code)))
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_refusal_says_what_to_do_next(room: str) -> None:
    assert [place for place, code in refusals(room) if code not in WARNINGS | TELLS_IT] == []
