"""A filled template of the office's own as PDF, by a program the office has: a browser prints pages, LibreOffice prints Word files.

They draw the paper as the office sees it when it edits the template; a library would draw another one (docs/DECISIONS.md).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 90
"""How long a program may take; the first start on a slow machine is below thirty."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Printer(NamedTuple):
    """A kind of program: its commands, the places it lies in when it is no command, and what is said where there is none."""

    commands: tuple[str, ...]
    places: tuple[str, ...]
    missing: str
    install: str
    instead: str


BROWSER = Printer(
    ("google-chrome", "google-chrome-stable", "chromium", "microsoft-edge", "microsoft-edge-stable", "chrome", "msedge"),
    (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/opt/google/chrome/chrome",
        "/snap/bin/chromium",
        "/usr/bin/chromium-browser",
    ),
    N_("the PDF follows your own template {file}, and there is no Chrome, Chromium or Edge here to print it"),
    N_("print to .html and save that page as PDF in a browser, or install Chromium"),
    N_("print to .html and save that page as PDF in a browser"),
)
OFFICE = Printer(
    ("soffice", "libreoffice"),
    (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/usr/lib/libreoffice/program/soffice",
        "/opt/libreoffice*/program/soffice",
        "/snap/bin/libreoffice",
    ),
    N_("the PDF follows your own template {file}, and there is no LibreOffice here to print it"),
    N_("print to .docx and save that file as PDF in Word, or install LibreOffice"),
    N_("print to .docx and save that file as PDF in Word"),
)


def printer_of(template: Path) -> Printer:
    """The kind of program that prints a template."""
    return OFFICE if template.suffix.lower() == ".docx" else BROWSER


def program_of(printer: Printer) -> str | None:
    """The program to start, or None where there is none."""
    places = [path for place in printer.places for path in sorted(glob(place))]
    return next(filter(None, map(shutil.which, (*printer.commands, *places))), None)


def as_pdf(filled: bytes, template: Path) -> bytes:
    """The PDF of a filled template. Raises SalesError: 2 no program or no Chinese font here, 1 the program failed or hung."""
    printer = printer_of(template)
    program = program_of(printer)
    if program is None:
        fail("printer_missing", printer.missing, kind=Kind.USAGE, hint=printer.install, file=str(template))
    _need_font(filled, template)
    with TemporaryDirectory(prefix="salescli-", dir=_readable_to(program), ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        source, made = room / f"paper{'.docx' if printer is OFFICE else '.html'}", room / "paper.pdf"
        source.write_bytes(filled)
        said = _run(_word_command(program, source) if printer is OFFICE else _page_command(program, source, made), room, template)
        printed = made.read_bytes() if made.is_file() else b""
    if not printed.startswith(b"%PDF"):
        _failed(program, template, said)
    return printed


def _page_command(program: str, source: Path, made: Path) -> list[str]:
    """As a browser's "save as PDF" would, without its own header and footer; its sandbox does not start as root."""
    return [
        program, "--headless", *(["--no-sandbox"] if os.geteuid() == 0 else []), "--disable-gpu", "--no-first-run",
        f"--user-data-dir={source.parent / 'profile'}", "--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri(),
    ]  # fmt: skip


def _word_command(program: str, source: Path) -> list[str]:
    """With a profile of its own: one that is open in a window takes no orders."""
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    return [program, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(source.parent), str(source)]


def _readable_to(program: str) -> str | None:
    """The folder to work in: a program from the snap store sees its own only."""
    if Path(program).resolve().name != "snap":
        return None
    own = Path.home() / "snap" / Path(program).name / "common"
    own.mkdir(parents=True, exist_ok=True)
    return str(own)


def _run(command: Sequence[str], room: Path, template: Path) -> str:
    """What the program said; it and all it started are stopped when it takes too long, and when we are interrupted."""
    said = room / "said.txt"
    with said.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=room, env={"HOME": str(room), **os.environ},
            start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            text, hint = N_("{program} has not printed {file} within {seconds} seconds and was stopped"), printer_of(template).instead
            fail("printer_hangs", text, kind=Kind.FAULT, hint=hint, program=Path(command[0]).name, file=str(template), seconds=SECONDS)
        finally:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    return said.read_text(encoding="utf-8", errors="replace")


def _failed(program: str, template: Path, said: str) -> NoReturn:
    """Say that the program printed nothing, with its last words."""
    last = [line.strip() for line in said.splitlines() if line.strip()][-1:]
    text = N_("{program} could not print {file}: {why}") if last else N_("{program} could not print {file}")
    hint = printer_of(template).instead
    fail("printer_failed", text, kind=Kind.FAULT, hint=hint, program=Path(program).name, file=str(template), why=last[0] if last else "")


def _need_font(filled: bytes, template: Path) -> None:
    """Refuse Chinese where no font has it: it would come out as boxes. Asked of fontconfig, where that is in use."""
    asked = shutil.which("fc-list")
    if asked is None or not _CHINESE.search(_text(filled)):
        return
    known = subprocess.run([asked, ":lang=zh", "family"], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
    if known.returncode == 0 and not known.stdout.strip():
        text = N_("{file} holds Chinese, and no Chinese font is installed here: it would be printed as boxes")
        fail("font_missing", text, kind=Kind.USAGE, hint=N_("install one, as in apt install fonts-noto-cjk"), file=str(template))


def _text(filled: bytes) -> str:
    """The text of a page, or of a Word file's body."""
    from io import BytesIO
    from zipfile import ZipFile, is_zipfile

    if not is_zipfile(BytesIO(filled)):
        return filled.decode()
    with ZipFile(BytesIO(filled)) as parts:
        return parts.read("word/document.xml").decode()
