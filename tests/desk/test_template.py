"""`salescli template`: a paper of the office's own, from our copy to the printed contract (CTR-09, QUO-03)."""

from __future__ import annotations

import pytest

from tests.contract.conftest import C, drafted  # noqa: F401 - fixture
from tests.quote.conftest import team  # noqa: F401 - fixture


@pytest.mark.rule("CTR-09", "QUO-03")
def test_ours_is_copied_changed_and_used(drafted) -> None:
    book = drafted
    assert {(row["word"], row["html"]) for row in book.rows("template list")} == {(None, None)}
    told = book.ok("template copy contract.html.j2").out
    own = book.folder / "templates" / "contract.html.j2"
    assert str(own) in told
    assert book.run("template copy contract.html.j2").exit == 6
    own.write_text(own.read_text(encoding="utf-8").replace("<h1>", "<h1>★ "), encoding="utf-8")
    book.ok("template copy contract-经销商.docx")
    assert [(r["paper"], r["word"], r["html"]) for r in book.rows("template list") if r["paper"].startswith("contract")] == [
        ("contract", None, "contract.html.j2"), ("contract-经销商", "contract-经销商.docx", None),
    ]  # fmt: skip
    book.sql("UPDATE customer SET kind = '经销商' WHERE code = 'HX'")
    book.ok(f"contract print {C} -o c.html", user="LI")  # no page of that kind: the office's for all
    assert "★" in (book.folder / "c.html").read_text(encoding="utf-8")
    (book.folder / "templates" / "contract-经销商.docx").write_bytes(b"hello")
    refused = book.run(f"contract print {C} -o c.docx", user="LI", lang="zh")
    assert (refused.exit, "contract-经销商.docx" in refused.err) == (2, True)


@pytest.mark.rule("CTR-09")
def test_the_list_says_what_is_missing_here_to_print_them_as_pdf(book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salescli.desk.templates.program_of", lambda _printer: None)
    assert "Chrom" not in book.ok("template list").out
    book.ok("template copy quote.docx")
    assert "no LibreOffice here" in book.ok("template list").out
    book.ok("template copy quote.html.j2")
    told = book.ok("template list", lang="zh").out
    assert ("Chromium" in told, "LibreOffice" in told) == (True, False)  # the page goes before the Word file


@pytest.mark.rule("CTR-09")
@pytest.mark.parametrize("name", ["nothing.docx", "contract.txt", "../contract.docx", "contract-.docx", "contract"])
def test_what_is_no_paper_is_not_copied(book, name: str) -> None:
    refused = book.run(f"template copy {name}")
    assert refused.exit == 2
    assert "delivery_note" in refused.err
    assert not (book.folder / "templates").exists()
