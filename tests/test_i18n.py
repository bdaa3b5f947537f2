"""Two complete languages: every sentence translated, none left over, the same facts in both; how facts are spoken."""

from __future__ import annotations

from pathlib import Path

import catalogue
import i18n as tool
import pytest

from salescli.core import i18n
from salescli.core.i18n import C_, N_, Message, code_label, msg

SALE = N_("credit limit {limit:amount}; {count} orders, {share:pct} %, {state:code}")


@pytest.fixture
def chinese(catalogue_compiled: None):
    i18n.use("zh")
    yield
    i18n.use("en")


def test_the_catalogue_is_complete() -> None:
    assert tool.judge().lines() == []


def test_no_sentence_has_two_translations() -> None:
    assert catalogue.translations(catalogue.po_files(tool.ROOT))


def test_facts_for_people_and_for_scripts() -> None:
    told = msg(SALE, limit=5_000_000, count=12, share=9543, state="part_delivered")
    assert told.render() == "credit limit 50,000.00; 12 orders, 95.43 %, part delivered"
    assert told.json_facts() == {"limit": "50000.00", "count": 12, "share": "95.43", "state": "part_delivered"}


@pytest.mark.parametrize(
    ("spec", "value", "human", "machine"),
    [
        ("amount", -123456, "-1,234.56", "-1234.56"),
        ("price", 12_345_678, "1,234.5678", "1234.5678"),
        ("qty", 2_500_000, "2,500", "2500"),
        ("pct", 9543, "95.43", "95.43"),
        ("amount", None, "-", None),
        ("", None, "-", None),
        ("", "C1", "C1", "C1"),
        ("", True, "True", True),
    ],
)
def test_each_spec(spec: str, value: object, human: str, machine: object) -> None:
    told = Message(f"{{x:{spec}}}" if spec else "{x}", {"x": value})
    assert told.render() == human
    assert told.json_facts() == {"x": machine}


def test_a_sentence_may_hold_another_and_lists(chinese: None) -> None:
    inner = msg(N_("there is no month {month}"), month=13)
    assert msg("{why}", why=inner).render() == "没有 13 月"
    assert msg("{names}", names=["a", "b"]).render() == "a、b"
    assert msg("{names}", names=["a", "b"]).json_facts() == {"names": ["a", "b"]}
    assert msg("{why}", why=inner).json_facts() == {"why": "没有 13 月"}


def test_codes_are_translated_apart_from_sentences(chinese: None) -> None:
    assert code_label(C_("approved")) == "已批准"
    assert code_label("no_such_code") == "no such code"


@pytest.mark.parametrize(("count", "english"), [(1, "1 buyer is told"), (0, "0 buyers are told"), (2, "2 buyers are told")])
def test_one_and_more_read_right_in_english(count: int, english: str) -> None:
    told = msg("{count:,} {count:buyer|buyers} {count:is|are} told", count=count)
    assert told.render() == english
    assert told.json_facts() == {"count": count}
    held = msg("{rest:qty} {rest:piece|pieces}", rest=2500)
    assert (held.render(), held.json_facts()) == ("2.5 pieces", {"rest": "2.5"})
    assert tool.placeholders("{count:,} {count:buyer|buyers}") == {("count", ",")}  # Chinese needs no word for more


def test_choices_are_offered_as_they_may_be_typed(chinese: None) -> None:
    offered = msg("{known:choice}", known=["visit", "part_delivered", "csv"])
    assert offered.render() == "拜访 (visit)、部分交货 (part_delivered)、csv"
    assert msg("{near:choice}", near="visit").render() == "拜访 (visit)"
    assert msg("{known:choice}", known=["visit", "visit"]).render() == "visit、visit"  # a name that several share is not taken
    i18n.use("en")
    assert offered.render() == "visit, part_delivered, csv"
    assert offered.json_facts() == {"known": ["visit", "part_delivered", "csv"]}


def test_an_unknown_language_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="fr"):
        i18n.use("fr")


def test_english_stands_in_without_a_catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(i18n, "CATALOGUE", tmp_path / "none.mo")
    i18n._chinese.cache_clear()
    try:
        i18n.use("zh")
        assert i18n._("Show this page.") == "Show this page."
    finally:
        i18n.use("en")
        i18n._chinese.cache_clear()


# --- the tools --------------------------------------------------------------------------------------------------------


def test_marked_sentences_are_found(tmp_path: Path) -> None:
    source = tmp_path / "x.py"
    source.write_text(
        'a = N_("one" " and more")\nb = _("yes" if a else "no")\nproblem("code", "two", hint=N_("three"))\nfail("c", N_("four"))\n'
        'class S(StrEnum):\n    OPEN = "open"\nC_("kind")\nmsg(variable)\n'
    )
    assert set(tool.sentences(source)) == {
        ("one and more", None), ("yes", None), ("no", None), ("two", None), ("three", None), ("four", None),
        ("open", "code"), ("kind", "code"),
    }  # fmt: skip
    page = tmp_path / "x.html.j2"
    page.write_text("<h1>{{ _('Title') }}</h1>")
    assert set(tool.sentences(page)) == {("Title", None)}


def test_two_translations_of_one_sentence_stop_the_build(tmp_path: Path) -> None:
    folder = catalogue.po_folder(tmp_path)
    folder.mkdir(parents=True)
    for room, text in (("core", "甲"), ("ar", "乙")):
        folder.joinpath(f"{room}.po").write_text(f'msgid "x"\nmsgstr "{text}"\n', encoding="utf-8")
    with pytest.raises(catalogue.Conflict, match="甲"):
        catalogue.compile_all(tmp_path)


@pytest.mark.parametrize(
    ("english", "chinese_text", "same"), [("{a} {b:amount}", "{b:amount}{a}", True), ("{a}", "{a:amount}", False), ("{a}", "", False)]
)
def test_placeholders_are_compared(english: str, chinese_text: str, same: bool) -> None:
    assert (tool.placeholders(english) == tool.placeholders(chinese_text)) is same
