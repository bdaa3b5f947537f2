"""Which functions of this program carry a rule: those whose docstring, declaration or refusal names its id."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from salescli.core.record import NamedTuple

PACKAGE = Path(__file__).parent.parent
OWNERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Owner = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Carrier(NamedTuple):
    """A function or class by its dotted name inside the package, and the first line of its docstring (of a command: its help)."""

    name: str
    about: str | None


def carriers(rule_id: str, package: Path = PACKAGE) -> list[Carrier]:
    """Every function and class of the installed package that names the rule, by module."""
    wanted = re.compile(rf"\b{re.escape(rule_id)}\b")
    found: list[Carrier] = []
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if wanted.search(source):
            module = ".".join(path.relative_to(package).with_suffix("").parts)
            found += _in_module(ast.parse(source), module, wanted)
    return found


def _in_module(tree: ast.Module, module: str, wanted: re.Pattern[str]) -> Iterator[Carrier]:
    for name, owner in _owners(tree, module):
        if any(wanted.search(text) for text in _texts(owner)):
            yield Carrier(name, _about(owner))


def _about(owner: Owner) -> str | None:
    """The first line that says what it is for."""
    text = ast.get_docstring(owner) or next(_helps(owner), "")
    return text.partition("\n")[0] or None


def _helps(owner: Owner) -> Iterator[str]:
    """The help texts of a command's declaration: `@app.report("list", help=N_("…"))`."""
    for call in owner.decorator_list:
        for keyword in call.keywords if isinstance(call, ast.Call) else ():
            if keyword.arg == "help":
                yield from _texts(keyword)


def _owners(node: ast.AST, prefix: str) -> Iterator[tuple[str, Owner]]:
    """Every function and class below a node with its dotted name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, OWNERS):
            name = f"{prefix}.{child.name}"
            yield name, child
            yield from _owners(child, name)


def _texts(owner: ast.AST) -> Iterator[str]:
    """The texts written in a function or class itself, decorators included, not those of what is defined inside it."""
    for child in ast.iter_child_nodes(owner):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value
        if not isinstance(child, OWNERS):
            yield from _texts(child)
