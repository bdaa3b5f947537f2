"""The built wheel holds what the program needs beside its code, and runs from a folder of its own."""

from __future__ import annotations

import gettext
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel built from this tree with the tools at hand; skipped where hatchling is not."""
    pytest.importorskip("hatchling", reason="hatchling is not installed: the wheel cannot be built without the package index")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_translation_is_inside_and_complete(wheel: zipfile.ZipFile) -> None:
    import catalogue

    compiled = gettext.GNUTranslations(io.BytesIO(wheel.read("salescli/locale/zh_CN/LC_MESSAGES/salescli.mo")))
    for (text, context), translation in catalogue.translations(catalogue.po_files(ROOT)).items():
        assert not translation or translation == (compiled.pgettext(context, text) if context else compiled.gettext(text))


@pytest.mark.parametrize("folder", ["defaults", "templates"])
def test_every_default_and_template_is_inside(wheel: zipfile.ZipFile, folder: str) -> None:
    source = ROOT / "src" / "salescli"
    wanted = {f"salescli/{p.relative_to(source)}" for p in (source / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert wanted
    assert wanted <= set(wheel.namelist())


def test_every_module_is_inside_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    source = ROOT / "src" / "salescli"
    modules = {f"salescli/{p.relative_to(source)}" for p in source.rglob("*.py")}
    assert modules <= set(wheel.namelist())
    assert not [name for name in wheel.namelist() if name.startswith(("tests/", "tools/")) or name.endswith((".pyc", ".db"))]


def test_it_runs_from_its_own_folder(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    code = "import sys; sys.path[:0] = ['site']; import salescli.cli as c; assert 'site' in c.__file__; sys.exit(c.main(['--lang', 'zh']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("用法")
