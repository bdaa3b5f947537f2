"""The Chinese catalogue: one .po per room in git, merged and compiled to the one .mo the program reads."""

from __future__ import annotations

import io
import os
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

Key = tuple[str, str | None]  # msgid, msgctxt
FIRST = ("core", "cli")  # a sentence that several rooms share stands here


HEADER = b"""msgid ""
msgstr ""
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


class Conflict(Exception):
    """One msgid with two translations."""


def po_folder(root: Path) -> Path:
    """Where the .po files lie."""
    return root / "src" / "salescli" / "locale" / "zh_CN"


def mo_file(root: Path) -> Path:
    """The compiled catalogue."""
    return po_folder(root) / "LC_MESSAGES" / "salescli.mo"


def po_files(root: Path) -> list[Path]:
    """Every room's .po, the shared ones first."""
    return sorted(po_folder(root).glob("*.po"), key=lambda p: (FIRST.index(p.stem) if p.stem in FIRST else len(FIRST), p.stem))


def read(path: Path) -> Catalog:
    """A .po file; an empty catalogue when it does not exist yet."""
    if not path.exists():
        return Catalog(locale="zh_CN", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="zh_CN")


def write(path: Path, catalog: Catalog) -> None:
    """Write a .po file without the noise of dates, places and wrapped lines, so that two people's changes merge."""
    text = io.BytesIO()
    write_po(text, catalog, width=0, omit_header=True, no_location=True, ignore_obsolete=True)
    path.write_bytes(HEADER + text.getvalue())


def entries(catalog: Catalog) -> dict[Key, Message]:
    """The catalogue's messages by msgid and context, without its header."""
    return {(str(m.id), m.context): m for m in catalog if m.id}


def translations(paths: list[Path]) -> dict[Key, str]:
    """Every translated message of the files. Raises Conflict when two files disagree."""
    merged: dict[Key, str] = {}
    origin: dict[Key, Path] = {}
    for path in paths:
        for key, message in entries(read(path)).items():
            text = str(message.string or "")
            if merged.get(key) and text and merged[key] != text:
                raise Conflict(f"{key[0]!r}: {merged[key]!r} in {origin[key].name}, {text!r} in {path.name}")
            if text or key not in merged:
                merged[key], origin[key] = text, path
    return merged


def compile_all(root: Path) -> Path:
    """Merge every room's .po into the one .mo. Raises Conflict."""
    catalog = Catalog(locale="zh_CN", charset="utf-8")
    for (text, context), translation in translations(po_files(root)).items():
        if translation:
            catalog.add(text, translation, context=context)
    target = mo_file(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.{os.getpid()}.new")
    with fresh.open("wb") as file:
        write_mo(file, catalog)
    fresh.replace(target)
    return target
