"""Papers as they leave the printer: HTML in Chromium, PDF rendered to pictures, Word opened by LibreOffice (QUO-03, CTR-09)."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from salescli.core import i18n
from salescli.core.errors import SalesError
from salescli.core.printing import Paper, Sheet, capitals, print_paper

LONG = "供方负责安装、调试与培训，质保期内免费更换；需方负责提供场地、电源与接收人员。" * 3


def contract(rows: int = 3, *, draft: bool = False) -> Paper:
    """A paper with everything a paper can have."""
    lines = [(str(no), f"兄弟粉盒 TN2325 型号{no}", "原装 A4 黑色", "10", "支", "128.50", "1,285.00") for no in range(1, rows + 1)]
    return Paper(
        name="contract", title="销售合同", number="CT-202611-0001", company="华信办公设备有限公司",
        fields=[("甲方（需方）", "上海科达机电有限公司"), ("大写金额", capitals(385_500)), ("日期", "2026-11-03")],
        tables=[Sheet(["序号", "产品", "规格", "数量", "单位", "单价", "金额"], lines, (False, False, False, True, False, True, True),
                      ("", "合计", "", "", "", "", "3,855.00")),
                Sheet(["期次", "到期"], [("1", "签约时"), ("2", "交货后三十天")], (False, False), title="付款计划")],
        clauses=[("一、交货", "2026-12-01 前送达上海市浦东新区"), ("二、权利义务", LONG)],
        signatures=("甲方（盖章）", "乙方（盖章）"), draft=draft,
    )  # fmt: skip


def texts(paper: Paper) -> list[str]:
    """Everything that has to be readable on a paper, without blanks (programs break lines where they like)."""
    words = [paper.title, paper.number, paper.company, *(v for pair in paper.fields for v in pair), *(v for c in paper.clauses for v in c)]
    words += [cell for sheet in paper.tables for row in [sheet.heads, *sheet.rows, sheet.total] for cell in row if cell]
    return ["".join(word.split()) for word in [*words, *paper.signatures]]


def missing(paper: Paper, found: str) -> list[str]:
    plain = "".join(found.split())
    return [word for word in texts(paper) if word not in plain]


@pytest.fixture
def chinese():
    i18n.use("zh")
    yield
    i18n.use("en")


@pytest.mark.rule("CTR-09")
@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角"),
        (100_000_000, "壹佰万元整"),
        (123_450, "壹仟贰佰叁拾肆元伍角"),
        (-100, "负壹元整"),
    ],
)
def test_an_amount_in_capitals(amount: int, said: str) -> None:
    assert capitals(amount).removesuffix("整") == said.removesuffix("整")


@pytest.mark.rule("CTR-09")
def test_word_and_html_hold_everything_and_a_draft_says_so(tmp_path: Path, chinese: None) -> None:
    paper = contract(draft=True)
    print_paper(paper, tmp_path / "c.html")
    print_paper(paper, tmp_path / "c.docx")
    html = (tmp_path / "c.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "c.docx") as file:
        word = file.read("word/document.xml").decode()
    assert missing(paper, html) == []
    assert "草稿" in html
    assert "草稿" in word


@pytest.mark.rule("CTR-09")
def test_markup_in_a_name_stays_text(tmp_path: Path) -> None:
    paper = Paper("x", "T", "N", "A & B <Co>", fields=[("a", "<script>x</script>")])
    for suffix in ("html", "docx", "pdf"):
        print_paper(paper, tmp_path / f"p.{suffix}")
    assert "<script>" not in (tmp_path / "p.html").read_text(encoding="utf-8")


@pytest.mark.rule("CTR-09")
def test_an_unknown_kind_of_file_and_a_broken_template_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SalesError) as refused:
        print_paper(contract(), tmp_path / "c.txt")
    assert refused.value.exit_status == 2
    own = tmp_path / "templates"
    own.mkdir()
    (own / "contract.html.j2").write_text("{{ nonsense }}", encoding="utf-8")
    with pytest.raises(SalesError) as refused:
        print_paper(contract(), tmp_path / "c.html", tmp_path / "sales.db")
    assert "contract.html.j2" in str(refused.value.problems[0].message)
    assert not (tmp_path / "c.html").exists()


@pytest.mark.proof
@pytest.mark.rule("QUO-03", "CTR-09")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_a_pdf_of_several_pages_renders_with_all_its_chinese(tmp_path: Path, chinese: None) -> None:
    paper = contract(80)
    print_paper(paper, tmp_path / "c.pdf")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "c.pdf", "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    first = "".join(text.split())
    assert [
        word for word in ("销售合同", "华信办公设备有限公司", "叁仟捌佰伍拾伍元整", "甲方（盖章）", "型号80") if word not in first
    ] == []
    subprocess.run(["pdftoppm", "-r", "50", "-gray", tmp_path / "c.pdf", tmp_path / "page"], check=True, timeout=60)
    pages = sorted(tmp_path.glob("page*.pgm"))
    assert len(pages) >= 3
    assert all(ink(page) > 0.005 for page in pages)  # nothing is an empty page


def ink(picture: Path) -> float:
    """The part of a grey picture (PGM) that is dark."""
    pixels = picture.read_bytes().split(b"\n", 3)[3]
    return sum(pixel < 128 for pixel in pixels) / len(pixels)


@pytest.mark.proof
@pytest.mark.rule("CTR-09")
@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice is not installed")
def test_the_word_file_opens_in_libreoffice_with_all_its_chinese(tmp_path: Path, chinese: None) -> None:
    paper = contract()
    print_paper(paper, tmp_path / "c.docx")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
    ]
    subprocess.run([*command, tmp_path, tmp_path / "c.docx"], check=True, capture_output=True, timeout=180)
    text = subprocess.run(["pdftotext", "-raw", tmp_path / "c.pdf", "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    assert missing(paper, text) == []


@pytest.mark.proof
@pytest.mark.rule("QUO-03", "CTR-09")
@pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("pdftotext")), reason="Chromium is not installed")
def test_the_html_page_prints_from_chromium_with_all_its_chinese(tmp_path: Path, chinese: None) -> None:
    paper = contract()
    print_paper(paper, tmp_path / "c.html")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    subprocess.run(
        [*command, f"--print-to-pdf={tmp_path}/c.pdf", (tmp_path / "c.html").as_uri()], check=True, capture_output=True, timeout=180
    )
    text = subprocess.run(["pdftotext", "-raw", tmp_path / "c.pdf", "-"], capture_output=True, check=True, timeout=60).stdout.decode()
    assert missing(paper, text) == []
