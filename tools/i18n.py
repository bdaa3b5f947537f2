"""Keep the Chinese catalogue complete: find the marked sentences, add the new ones to each room's .po, report the rest.

    python tools/i18n.py [ROOM ...]     add missing sentences to these rooms' .po (default: all), compile, report
    python tools/i18n.py --check        change nothing; exit 1 when a sentence is missing, untranslated, unused or unlike its source
    python tools/i18n.py --prune ROOM   also drop what no source mentions any more

Marked are the first argument of N_, _, msg and Message, the second of problem and fail, `C_("code")` and the values of a StrEnum
(both with the context "code"), and `_("...")` in templates.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

import catalogue
from catalogue import Key

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "salescli"
FIRST_ARGUMENT = {"N_", "_", "msg", "Message"}
SECOND_ARGUMENT = {"problem", "fail"}
CODE = "code"


# --- finding ----------------------------------------------------------------------------------------------------------


def room_of(path: Path) -> str:
    """The .po a source file's sentences go to: its room; the command line's own files share cli.po."""
    parts = path.relative_to(SOURCE).parts
    if len(parts) == 1 or parts[-1].startswith("commands"):
        return "cli"
    return parts[0]


def sentences(path: Path) -> Iterator[Key]:
    """Every marked sentence of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from ((found[2], None) for found in re.finditer(r"""\b_\(\s*(["'])(.+?)\1""", text))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from _marked(node)
        elif isinstance(node, ast.ClassDef) and _is_text_enum(node):
            yield from ((value, CODE) for item in node.body if isinstance(item, ast.Assign) for value in _literals(item.value))


def _marked(call: ast.Call) -> Iterator[Key]:
    name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
    place = 0 if name in FIRST_ARGUMENT or name == "C_" else 1 if name in SECOND_ARGUMENT else None
    if place is not None and len(call.args) > place:
        yield from ((text, CODE if name == "C_" else None) for text in _literals(call.args[place]))


def _literals(node: ast.expr) -> Iterator[str]:
    """The text itself, or both sides of `a if x else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _is_text_enum(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in node.bases)


def used() -> dict[Key, str]:
    """Every marked sentence of the sources and the room it was first found in; what core and cli use belongs to them."""
    files = [p for suffix in ("py", "html", "txt", "j2") for p in SOURCE.rglob(f"*.{suffix}")]
    found: dict[Key, str] = {}
    for path in sorted(files, key=lambda p: (room_of(p) not in catalogue.FIRST, room_of(p), p.name)):
        for key in sentences(path):
            found.setdefault(key, room_of(path))
    return found


# --- judging ----------------------------------------------------------------------------------------------------------


@dataclass
class Findings:
    """What is wrong with the catalogue, by kind."""

    missing: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def lines(self) -> list[str]:
        """One line per finding."""
        return [f"{kind}: {text}" for kind, texts in vars(self).items() for text in texts]


def judge() -> Findings:
    """Compare sources and catalogue. Raises catalogue.Conflict."""
    wanted = used()
    translated = catalogue.translations(catalogue.po_files(ROOT))
    found = Findings()
    for key, room in wanted.items():
        if key not in translated:
            found.missing.append(f"{room}: {key[0]!r}")
        elif not translated[key]:
            found.untranslated.append(f"{room}: {key[0]!r}")
        elif placeholders(key[0]) != placeholders(translated[key]):
            found.unlike.append(f"{room}: {key[0]!r} -> {translated[key]!r}")
    found.unused = [repr(key[0]) for key in translated if key not in wanted]
    return found


def placeholders(text: str) -> set[tuple[str, str]]:
    """The facts a sentence names, with their format specs; empty for text that is no template. Words for one or more are English only."""
    try:
        found = [(name, spec or "") for _text, name, spec, _conversion in Formatter().parse(text) if name is not None]
    except ValueError:
        return set()
    return {(name, spec) for name, spec in found if "|" not in spec}


# --- adding -----------------------------------------------------------------------------------------------------------


def add_missing(rooms: list[str], *, prune: bool) -> None:
    """Write the sentences no .po knows yet into their rooms' files, untranslated."""
    wanted = used()
    known = {key for path in catalogue.po_files(ROOT) for key in catalogue.entries(catalogue.read(path))}
    for room in rooms or sorted({*wanted.values(), *(p.stem for p in catalogue.po_files(ROOT))}):
        path = catalogue.po_folder(ROOT) / f"{room}.po"
        catalog = catalogue.read(path)
        new = [key for key, owner in wanted.items() if owner == room and key not in known]
        stale = [key for key in catalogue.entries(catalog) if key not in wanted] if prune else []
        for text, context in new:
            catalog.add(text, "", context=context)
        for text, context in stale:
            catalog.delete(text, context)
        if new or stale or (path.exists() and not path.read_bytes().startswith(catalogue.HEADER)):
            catalogue.write(path, catalog)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Keep the Chinese catalogue complete.")
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--prune", action="store_true")
    options = parser.parse_args()
    if not options.check:
        add_missing(options.rooms, prune=options.prune)
        catalogue.compile_all(ROOT)
    found = judge()
    for line in found.lines():
        if not options.rooms or line.partition(": ")[2].partition(":")[0] in options.rooms:
            print(line)
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
