"""Every refusal names the next step, besides the rule and the figures."""

from __future__ import annotations

import ast

import pytest

from tests.conftest import ROOT

ROOMS = (
    "staff", "product", "customer", "price", "stock", "promo", "lead", "purchase", "quote", "contract", "ar", "order", "service", "kpi",
    "desk",
)  # fmt: skip

WARNINGS = {
    "bad_record", "below_margin_floor", "better_break", "beyond_headcount", "bottom_below_floor", "bottom_below_margin", "call_early",
    "carrier_spelling", "cost_above_list", "department_empty", "file_gaps", "fine_law", "gap", "guarantor_law", "introduction_long",
    "level_skipped", "no_contact", "off_supplier_list", "other_account", "outside_territory", "report_late", "request_left",
    "request_moves_on", "request_skips", "stays_with_taker", "stops_at_floor", "trip_late", "wrong_channel",
}  # fmt: skip
"""Told beside what was done; nothing is refused."""

TELLS_IT = {"merge_blocked", "undo_more", "undo_not_as_known"}
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


def test_a_line_a_room_cannot_use_points_to_the_help(book) -> None:
    """Where a usage error names no better way on, the command's own help is the next step, in every room."""
    told = book.run("price rate CNY 5")
    assert (told.exit, told.err.splitlines()[-1].strip()) == (2, "Next: salescli price rate --help")
    assert "下一步：salescli price rate --help" in book.run("price rate CNY 5", lang="zh").err
    assert book.run("price rate CNY 5 -f json").json()["error"]["hint"] == "salescli price rate --help"
