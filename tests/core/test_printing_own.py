"""A PDF in the office's own dress: printed by a browser or LibreOffice, or clearly refused, never our layout (CTR-09, QUO-03)."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from salescli.core import i18n, printing_convert
from salescli.core.errors import SalesError
from salescli.core.printing import TEMPLATES, print_paper
from tests.core.test_printing import contract, missing, word_file

PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
CLAUSE = "争议由甲方所在地人民法院管辖"
PRINTS_PAGES = """#!/bin/sh
for word; do case $word in --print-to-pdf=*) out=${word#*=};; file://*) page=${word#file://};; esac; done
(printf '%%PDF-'; cat "$page") > "$out"
"""
PRINTS_WORD = """#!/bin/sh
for word; do case $word in */*.docx) (printf '%%PDF-'; cat "$word") > "${word%.docx}.pdf";; esac; done
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates beside a book, on a machine with a Chinese font and no other program than those a test puts into `bin`."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "bin").mkdir()
    program(tmp_path, "fc-list", "#!/bin/sh\necho Noto Serif CJK SC\n")
    for tool in ("cat", "sleep"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in ("BROWSER", "OFFICE"):
        monkeypatch.setattr(printing_convert, name, getattr(printing_convert, name)._replace(places=()))
    return tmp_path


def program(office: Path, name: str, script: str) -> None:
    (office / "bin" / name).write_text(script, encoding="utf-8")
    (office / "bin" / name).chmod(0o755)


def own(office: Path, name: str, content: bytes | str) -> Path:
    path = office / "templates" / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def pdf(office: Path, **more: bool) -> bytes:
    print_paper(contract(**more), office / "c.pdf", office / "sales.db")
    return (office / "c.pdf").read_bytes()


def refused(office: Path) -> tuple[int, str, str]:
    """Exit status, sentence and next step; what was there before stays."""
    (office / "c.pdf").write_bytes(b"before")
    with pytest.raises(SalesError) as error:
        pdf(office)
    assert [path.name for path in office.iterdir() if path.name not in ("bin", "templates", "child")] == ["c.pdf"]
    assert (office / "c.pdf").read_bytes() == b"before"
    (problem,) = error.value.problems
    return error.value.exit_status, problem.message.render(), problem.hint.render() if problem.hint else ""


@pytest.mark.rule("CTR-09", "QUO-03")
def test_a_pdf_follows_the_own_page_else_the_own_word_file_else_our_layout(office: Path) -> None:
    ours = pdf(office)
    assert b"reportlab" in ours.lower()
    own(office, "contract.docx", word_file(CLAUSE, office))
    program(office, "soffice", PRINTS_WORD)
    assert pdf(office).startswith(b"%PDF-PK")
    own(office, "contract.html.j2", f"<h1>{{{{ title }}}}</h1><p>{CLAUSE}</p>")
    program(office, "chromium", PRINTS_PAGES)
    assert pdf(office).decode() == f"%PDF-<h1>销售合同</h1><p>{CLAUSE}</p>"
    own(office, "quote.html.j2", "not for contracts")
    shutil.rmtree(office / "templates")
    assert b"reportlab" in pdf(office).lower()


@pytest.mark.rule("CTR-09")
def test_a_template_without_the_drafts_mark_gets_it_all_the_same(office: Path) -> None:
    program(office, "chromium", PRINTS_PAGES)
    own(office, "contract.html.j2", "<html><head><title>{{ draft }}</title></head><body class='x'><p>{{ title }}</p></body></html>")
    body = pdf(office, draft=True).decode().partition("</head>")[2]
    assert body.startswith("<body class='x'><div")
    assert "DRAFT - not approved" in body
    assert "DRAFT" not in pdf(office).decode()
    shutil.copyfile(TEMPLATES / "paper.html.j2", office / "templates" / "contract.html.j2")
    assert pdf(office, draft=True).decode().count("DRAFT - not approved") == 2  # at the head, and in the foot of every page


@pytest.mark.rule("CTR-09")
def test_a_word_template_without_the_drafts_mark_gets_it_above_every_page(office: Path) -> None:
    from docx import Document

    bare = Document()
    bare.add_paragraph("{{ title }}")
    bare.add_section().different_first_page_header_footer = True
    bare.save(str(office / "templates" / "contract.docx"))
    for draft, said in ((True, ["DRAFT - not approved"]), (False, [])):
        print_paper(contract(draft=draft), office / "c.docx", office / "sales.db")
        made = Document(str(office / "c.docx"))
        second = made.sections[1]
        for head in (made.sections[0].header, second.header, second.first_page_header):
            assert [p.text for p in head.paragraphs if p.text] == said
    assert (made.core_properties.title, made.core_properties.author) == ("销售合同 CT-202611-0001", "华信办公设备有限公司")


@pytest.mark.rule("CTR-09")
def test_pictures_of_a_page_go_with_it_and_a_missing_one_is_told(office: Path) -> None:
    page = """<style>h1 { background: url(back.svg) }</style><img alt="x" src='our logo.png'><img src="https://x.cn/a.png">"""
    own(office, "contract.html.j2", page)
    (office / "templates" / "back.svg").write_text("<svg/>", encoding="utf-8")
    with pytest.raises(SalesError) as error:
        print_paper(contract(), office / "c.html", office / "sales.db")
    assert (error.value.problems[0].facts["picture"], error.value.exit_status) == (str(office / "templates" / "our logo.png"), 2)
    (office / "templates" / "our logo.png").write_bytes(PICTURE)
    print_paper(contract(), office / "c.html", office / "sales.db")
    made = (office / "c.html").read_text(encoding="utf-8")
    assert f"src='data:image/png;base64,{base64.b64encode(PICTURE).decode()}'" in made
    assert "url(data:image/svg+xml;base64,PHN2Zy8+)" in made
    assert 'src="https://x.cn/a.png"' in made


def test_without_the_program_nothing_is_printed_and_the_way_on_is_said(office: Path) -> None:
    word = own(office, "contract.docx", word_file(CLAUSE, office))
    (office / "edited.docx").unlink()
    status, said, way = refused(office)
    assert (status, str(word) in said, "LibreOffice" in said, ".docx" in way) == (2, True, True, True)
    page = own(office, "contract.html.j2", "<p>{{ title }}</p>")
    status, said, way = refused(office)
    assert (status, str(page) in said, "Chromium" in said, ".html" in way) == (2, True, True, True)
    program(office, "chromium", PRINTS_PAGES)
    program(office, "fc-list", "#!/bin/sh\n")
    assert (refused(office)[0], "no Chinese font" in refused(office)[1]) == (2, True)
    i18n.use("zh")
    try:
        assert "没有中文字体" in refused(office)[1]
    finally:
        i18n.use("en")


def test_a_program_that_fails_or_hangs_is_told_and_leaves_nothing(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(office, "contract.html.j2", "<p>{{ title }}</p>")
    program(office, "chromium", "#!/bin/sh\necho fine\necho 'no room left' >&2\necho\n")
    assert refused(office)[:2] == (1, f"chromium could not print {office}/templates/contract.html.j2: no room left")
    program(office, "chromium", "#!/bin/sh\nexit 0\n")
    assert refused(office)[1].endswith("contract.html.j2")
    monkeypatch.setattr(printing_convert, "SECONDS", 1)
    program(office, "chromium", f"#!/bin/sh\nsleep 60 &\necho $! > {office}/child\nwait\n")
    status, said, way = refused(office)
    assert (status, "within 1 seconds and was stopped" in said, ".html" in way) == (1, True, True)
    assert gone(int((office / "child").read_text()))


def gone(process: int, seconds: float = 5) -> bool:
    """Whether a process ends within so many seconds (a dead one nobody waited for counts as ended)."""
    for _ in range(int(seconds * 20)):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


def test_a_program_of_the_snap_store_works_in_its_own_folder(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(office, "snap", '#!/bin/sh\nfor word; do :; done\necho "$word"\nexit 1\n')
    (office / "bin" / "chromium").symlink_to(office / "bin" / "snap")
    monkeypatch.setenv("HOME", str(office / "home"))
    own(office, "contract.html.j2", "<p>{{ title }}</p>")
    with pytest.raises(SalesError) as error:
        pdf(office)
    assert f"file://{office}/home/snap/chromium/common/" in error.value.problems[0].message.render()


@pytest.mark.proof
@pytest.mark.rule("CTR-09", "QUO-03")
@pytest.mark.parametrize(("name", "needs"), [("contract.html.j2", "chromium"), ("contract.docx", "soffice")])
def test_the_own_templates_pdf_holds_all_its_chinese(tmp_path: Path, name: str, needs: str) -> None:
    if not (shutil.which(needs) and shutil.which("pdftotext")):
        pytest.skip(f"{needs} or poppler is not installed")
    (tmp_path / "templates").mkdir()
    page = (TEMPLATES / "paper.html.j2").read_text(encoding="utf-8").replace("</body>", f"<img src='logo.png'><p>{CLAUSE}</p></body>")
    (tmp_path / "templates" / "logo.png").write_bytes(PICTURE)
    own(tmp_path, name, page if name.endswith("j2") else word_file(CLAUSE, tmp_path))
    i18n.use("zh")
    try:
        paper = contract(40, draft=True)
        print_paper(paper, tmp_path / "c.pdf", tmp_path / "sales.db")
    finally:
        i18n.use("en")
    said = subprocess.run(["pdftotext", "-raw", tmp_path / "c.pdf", "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    assert missing(paper, said) == []
    assert CLAUSE in said
    pages = said.rstrip("\f").split("\f")
    assert len(pages) > 1
    assert all("草稿" in page for page in pages)
