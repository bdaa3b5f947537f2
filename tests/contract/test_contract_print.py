"""Which version of a contract is printed, how it is marked, and that nobody waits for the printer (CTR-06, CTR-09, AP-17)."""

from __future__ import annotations

import sqlite3

import pytest

from salescli.core import printing_convert
from tests.contract.conftest import C, drafted, signed  # noqa: F401 - fixtures
from tests.quote.conftest import team  # noqa: F401 - fixture

DRAFT, REPLACED = "DRAFT - not approved", "Replaced by version 2"


def printed(book, line: str, lang: str = "en") -> tuple[str, str]:
    """What the command said, and the page."""
    said = book.ok(f"contract print {C} -o c.html {line}", user="LI", lang=lang).out
    return said, (book.folder / "c.html").read_text(encoding="utf-8")


@pytest.mark.rule("CTR-09")
def test_what_was_signed_is_printed_until_the_amendment_is_signed_too(signed) -> None:
    signed.ok(f"contract edit {C} TN2325=50 --reason less", user="LI")
    said, page = printed(signed, "")
    assert ("10,000.00" in page, DRAFT in page, f"{C}/2" in page) == (True, False, False)
    assert "as it was signed; version 2 (draft) does not hold yet" in said
    assert f"Next: salescli contract print {C} --revision 2 -o c-2.html" in said
    assert "第 2 版（草稿）尚未生效" in printed(signed, "", "zh")[0]
    said, page = printed(signed, "--revision 2")
    assert ("5,000.00" in page, DRAFT in page, f"{C}/2" in page, "marked as a draft" in said) == (True, True, True, True)
    signed.ok(f"contract submit {C}", user="LI")
    signed.ok("approve AP-202611-0002", user="BOSS")
    signed.ok(f"contract confirm {C} --scope", user="LI")
    assert DRAFT not in printed(signed, "--revision 2")[1]  # the paper to be signed
    assert "10,000.00" in printed(signed, "")[1]
    signed.ok(f"contract sign {C} --by 何静", user="LI")
    said, page = printed(signed, "")
    assert ("5,000.00" in page, REPLACED in page, "Next" in said) == (True, False, False)
    said, page = printed(signed, "--revision 1")
    assert ("10,000.00" in page, REPLACED in page, DRAFT in page, "replaced by a later version" in said) == (True, True, False, True)
    assert "已被第 2 版取代" in printed(signed, "--revision 1", "zh")[1]


@pytest.mark.rule("CTR-09", "CTR-08")
def test_a_version_that_is_not_there_is_not_found_and_the_deposit_sheet_goes_alone(signed) -> None:
    missing = signed.run(f"contract print {C} -o c.html --revision 2", user="LI")
    assert (missing.exit, "its last is 1" in missing.err) == (3, True)
    for more in ("--revision 1", "--seal"):
        assert signed.run(f"contract print {C} -o c.html --deposit {more}", user="LI").exit == 2
    assert not (signed.folder / "c.html").exists()


@pytest.mark.rule("AP-17", "CTR-09")
def test_an_amendment_keeps_nobody_from_sealing_what_was_signed(signed) -> None:
    signed.ok(f"contract edit {C} TN2325=50 --reason less", user="LI")
    assert signed.run(f"contract print {C} -o c.html --seal --request lost", user="LI").exit == 5
    signed.ok("approve AP-202611-0002", user="BOSS")
    assert "AP-202611-0002" in printed(signed, "--seal")[1]
    assert signed.run(f"contract print {C} -o d.html --seal --revision 2", user="LI").exit == 6


@pytest.mark.rule("CTR-09")
def test_while_another_program_prints_others_write_and_a_dry_run_leaves_no_file(drafted, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_pdf(filled: bytes, template) -> bytes:
        with sqlite3.connect(drafted.path, timeout=0) as other:
            other.execute("BEGIN IMMEDIATE")
            other.rollback()
        return f"%PDF {template.name} ".encode() + filled

    monkeypatch.setattr(printing_convert, "as_pdf", as_pdf)
    drafted.ok("customer edit HX --kind 经销商", user="LI")
    drafted.ok("template copy contract.html.j2")
    drafted.ok("template copy contract-经销商.docx")
    target = drafted.folder / "c.pdf"
    drafted.ok(f"contract print {C} -o c.pdf --dry-run", user="LI")
    assert not target.exists()
    drafted.ok(f"contract print {C} -o c.pdf", user="LI")
    assert target.read_bytes().startswith("%PDF contract-经销商.docx PK".encode())  # the kind's own goes before the one for all
    (drafted.folder / "templates" / "contract-经销商.docx").unlink()
    drafted.ok(f"contract print {C} -o c.pdf", user="LI", lang="zh")
    assert "草稿" in target.read_text(encoding="utf-8").partition("</head>")[2]
    noted = [row for row in drafted.rows(f"history {C}") if row["verb"] == "contract print"]
    assert len(noted) == 2
    drafted.ok("history --verify")


@pytest.mark.rule("CTR-09")
def test_a_pdf_nobody_can_print_here_is_neither_written_nor_noted(drafted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing_convert, "program_of", lambda _printer: None)
    drafted.ok("template copy contract.html.j2")
    refused = drafted.run(f"contract print {C} -o c.pdf -f json", user="LI")
    (problem,) = refused.json()["problems"]
    assert (refused.exit, problem["code"]) == (2, "printer_missing")
    assert problem["facts"]["file"].endswith("contract.html.j2")
    assert not (drafted.folder / "c.pdf").exists()
    assert [row for row in drafted.rows(f"history {C}") if row["verb"] == "contract print"] == []
