"""The house order: who may import whom, small files and functions, no drawers for odds and ends."""

from __future__ import annotations

import ast
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(p for p in (ROOT / "src" / "salescli").rglob("*.py") if "versions" not in p.parts)
SCRIPT = Path(sys.executable).with_name("lint-imports")


def length(node: ast.FunctionDef) -> int:
    """Lines of a function, its docstring left out."""
    first = node.body[0]
    about = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - about


def functions(path: Path) -> list[ast.FunctionDef]:
    """Every function of a file."""
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]


@pytest.mark.skipif(not (SCRIPT.exists() or shutil.which("lint-imports")), reason="import-linter is not installed")
def test_rooms_depend_only_to_the_left() -> None:
    command = str(SCRIPT) if SCRIPT.exists() else "lint-imports"
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT / "src" / "salescli")))
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


def test_functions_are_short() -> None:
    lengths = sorted(length(node) for path in FILES for node in functions(path))
    assert statistics.median(lengths) <= 10
    assert lengths[int(len(lengths) * 0.95)] <= 40


def test_a_command_translates() -> None:
    """Body of 15 lines at most, whatever its signature takes."""
    commands = [p for p in FILES if p.name.startswith("cli") and p.parent.name != "salescli"]
    bodies = {f"{p.parent.name} {n.name}": (n.end_lineno or 0) - n.body[0].lineno + 1 for p in commands for n in functions(p)}
    assert {name: lines for name, lines in bodies.items() if lines > 16} == {}


def test_no_drawers_for_odds_and_ends() -> None:
    assert not [p for p in FILES if p.stem in ("utils", "helpers", "manager", "services", "common", "misc")]
