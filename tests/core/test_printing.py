"""Papers as they leave the printer: HTML in Chromium, PDF rendered to pictures, Word opened by LibreOffice (QUO-03, CTR-09)."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from salescli.core import i18n
from salescli.core.errors import SalesError
from salescli.core.printing import TEMPLATES, Paper, Sheet, capitals, print_paper

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
        (5, "伍分"),
        (105, "壹元零伍分"),
        (1_001_010, "壹万零壹拾元壹角"),
        (10_000_000_000, "壹亿元整"),
        (10_000_000_005, "壹亿元零伍分"),
        (9_999_999_999_999, "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
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


def test_markup_in_a_name_stays_text(tmp_path: Path) -> None:
    paper = Paper("x", "T", "N", "A & B <Co>", fields=[("a", "<script>x</script>")])
    for suffix in ("html", "docx", "pdf"):
        print_paper(paper, tmp_path / f"p.{suffix}")
    assert "<script>" not in (tmp_path / "p.html").read_text(encoding="utf-8")


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SalesError) as refused:
        print_paper(contract(), tmp_path / "c.txt")
    assert refused.value.exit_status == 2


def refusal(tmp_path: Path, name: str, content: bytes) -> tuple[str, str]:
    """What printing says with this template of the office's, and the hint."""
    own = tmp_path / "templates" / name
    own.parent.mkdir(exist_ok=True)
    own.write_bytes(content)
    with pytest.raises(SalesError) as refused:
        print_paper(contract(), tmp_path / f"c.{name.split('.')[1]}", tmp_path / "sales.db")
    own.unlink()
    assert not list(tmp_path.glob("c.*"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["file"]) == ("bad_template", str(own))
    return problem.message.render(), problem.hint.render() if problem.hint else ""


def word_file(text: str, tmp_path: Path) -> bytes:
    """Our Word template with one more paragraph, as an office would type it."""
    from docx import Document

    document = Document(str(TEMPLATES / "paper.docx"))
    document.add_paragraph(text)
    document.save(tmp_path / "edited.docx")
    return (tmp_path / "edited.docx").read_bytes()


def test_a_broken_template_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    text, hint = refusal(tmp_path, "contract.html.j2", b"{{ nonsense }}")
    assert "names what this paper does not have: 'nonsense' is undefined" in text
    assert "capitals" not in hint  # words only of what this paper has
    assert "values: 甲方（需方）" in hint
    assert "(line 2)" in refusal(tmp_path, "contract.html.j2", b"<p>\n{% for x in %}")[0]
    assert "division by zero" in refusal(tmp_path, "contract.html.j2", b"{{ 1 / 0 }}")[0]
    assert "cannot be filled" in refusal(tmp_path, "contract.html.j2", "合同".encode("gb18030"))[0]
    assert "is no Word file" in refusal(tmp_path, "contract.docx", b"hello")[0]
    assert "is undefined" in refusal(tmp_path, "contract.docx", word_file("{{ nonsense }}", tmp_path))[0]
    assert "endif" in refusal(tmp_path, "contract.docx", word_file("{%p if draft %}", tmp_path))[0]


@pytest.mark.rule("CTR-09")
def test_the_offices_edited_template_is_filled_with_the_same_words(tmp_path: Path, chinese: None) -> None:
    (tmp_path / "templates").mkdir()
    text = "{{ values['甲方（需方）'] }}，{{ values['Waybill'] }}{{ title }}"
    (tmp_path / "templates" / "contract.docx").write_bytes(word_file(text, tmp_path))
    paper = replace(contract(), fields=[*contract().fields, ("Waybill", None)])
    print_paper(paper, tmp_path / "c.docx", tmp_path / "sales.db")
    from docx import Document

    found = Document(str(tmp_path / "c.docx"))
    assert found.paragraphs[-1].text == "上海科达机电有限公司，销售合同"
    goods = found.tables[1]
    assert [row.cells[1].text for row in goods.rows] == ["产品", *(f"兄弟粉盒 TN2325 型号{no}" for no in (1, 2, 3)), "合计"]
    widths = [column.width for column in goods.columns]
    assert widths[1] == max(widths)  # the names have most of the page


@pytest.mark.rule("QUO-03", "CTR-09")
@pytest.mark.parametrize("long", [1, 20, 200])
def test_columns_share_the_page_and_heads_stay_whole(long: int) -> None:
    heads = ("No.", "SKU", "Product", "Specification", "Quantity", "Unit", "Unit price", "Amount")
    row = ("1", "TN-2325-BLACK", "粉" * long, "A4 " * (long // 4), "10,000.5", "支", "1,234.5678", "99,999,999,999.99")
    sheet = Sheet(heads, [row] * 3, (False,) * 4 + (True, False, True, True))
    assert sum(sheet.shares) == pytest.approx(1)
    assert all(share * 104 >= len(head) for share, head in zip(sheet.shares, heads, strict=True))
    assert sheet.unbroken[-2:] == [True, True]  # figures are never cut in two
    assert Sheet(("A",), [], (False,)).shares == [1]


def test_a_paper_of_nothing_is_still_a_paper(tmp_path: Path) -> None:
    for suffix in ("html", "pdf", "docx"):
        print_paper(Paper("x", "T", "N", "C", tables=[Sheet(("A", "B"), [], (False, True))]), tmp_path / f"p.{suffix}")
        assert (tmp_path / f"p.{suffix}").stat().st_size > 500


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
