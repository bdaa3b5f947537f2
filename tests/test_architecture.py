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


MODELS = ("sqlmodel", "sqlalchemy")
CLOSED = {
    "cli": MODELS,
    "reads": MODELS,
    "states": MODELS,
    "rules": (
        *MODELS,
        "sqlite3",
        "typer",
        "salescli.cli",
        *(f"salescli.core.{m}" for m in ("reader", "writer", "ui", "commands", "context")),
    ),
}


@pytest.mark.parametrize("kind", CLOSED)
def test_what_a_kind_of_file_may_not_know(kind: str) -> None:
    """The import contracts name the files cli, reads, rules, states; this says the same of cli_…, reads_… and so on."""
    found = [
        f"{path.parent.name}/{path.name}: {name}"
        for path in FILES
        if path.stem.partition("_")[0] == kind and path.parent.name not in ("salescli", "core")
        for name in imported(path)
        if name.startswith(tuple(f"{m}." for m in CLOSED[kind])) or name in CLOSED[kind]
    ]
    assert found == []


def imported(path: Path) -> list[str]:
    """Modules a file imports when it runs, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {id(n) for i in ast.walk(tree) if isinstance(i, ast.If) and "TYPE_CHECKING" in ast.dump(i.test) for n in ast.walk(i)}
    nodes = [n for n in ast.walk(tree) if id(n) not in typing_only]
    plain = [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]
    return plain + [f"{n.module}.{alias.name}" for n in nodes if isinstance(n, ast.ImportFrom) for alias in n.names]
