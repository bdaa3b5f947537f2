"""The Chinese manual is the English one in Chinese: same pages, sections, tables, commands, keys and rules."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

import pytest

from tests.manual import CHINESE, DOCS, FIRST, NOT_DONE, PAGES, Line, lines, text

TWINS = [page for page in PAGES if (DOCS / f"{CHINESE}{page}.md").exists()]


def test_every_page_of_the_manual_is_there_in_chinese_and_the_read_me_names_it() -> None:
    assert [page for page in PAGES if page not in TWINS] == []
    read_me = text(f"{CHINESE}README")
    assert [page for page in PAGES if f"({page}.md)" not in read_me] == []


# --- what a page is made of ---------------------------------------------------------------------------------------------------


def fenced(page: str) -> list[list[Line]]:
    """The blocks of code of a page; a line that is no command of the program is taken whole."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text(page), re.DOTALL | re.MULTILINE)
    return [[line if line.command.startswith("salescli") else Line("  ".join(line), "") for line in lines(block)] for block in blocks]


def prose(page: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text(page), flags=re.DOTALL | re.MULTILINE)


def sections(page: str) -> list[tuple[int, str]]:
    """The headings of a page, by their level, and what stands below each."""
    pieces = re.split(r"^(#+) ", prose(page), flags=re.MULTILINE)
    return list(zip(map(len, pieces[1::2]), pieces[2::2], strict=True))


def tables(page: str) -> list[list[int]]:
    """The cells of each row of each table."""
    blocks = re.findall(r"(?:^\|.*\n?)+", prose(page), re.MULTILINE)
    return [[len(re.findall(r"(?<!\\)\|", row)) for row in block.strip().splitlines()] for block in blocks]


def inline(told: str) -> Counter[str]:
    """The code within sentences: commands, options, keys, parameters."""
    return Counter(" ".join(code.split()) for code in re.findall(r"`([^`]+)`", told))


def rules(page: str) -> set[str]:
    """The ids of the rulebook a page names: LED-04, AP-10, VIS-10..12."""
    return set(re.findall(r"(?<![A-Za-z0-9-])[A-Z]{1,3}-\d\d(?:\.\.\d\d)?(?!\d|-)", text(page)))


def keys(page: str) -> list[list[str]]:
    """The keys of each row of the table of JSON: words between its commas."""
    rows = re.findall(r"^\|.*\|(.*)\|$", text(page).partition("## JSON")[2], re.MULTILINE)[2:]
    parted = [re.split(r"[\s,;:()，；：（）]*[,;:()，；：（）]\s*", row.strip()) for row in rows]
    return [[piece for piece in pieces if re.fullmatch(r"[a-z_]+", piece)] for pieces in parted]


# --- the comparison -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", TWINS)
def test_a_chinese_page_gives_the_same_commands_with_remarks_in_chinese(page: str) -> None:
    ours, theirs = fenced(page), fenced(CHINESE + page)
    assert [[line.command for line in block] for block in theirs] == [[line.command for line in block] for block in ours]
    for one, other in zip(chain(*ours), chain(*theirs), strict=True):
        assert bool(one.remark) is bool(other.remark), other
        assert one.remark.startswith(NOT_DONE[""]) is other.remark.startswith(NOT_DONE[CHINESE]), other
        assert not other.remark or re.search(r"[\u4e00-\u9fff]", other.remark), other


@pytest.mark.parametrize("page", TWINS)
def test_a_chinese_page_is_built_like_the_english_one(page: str) -> None:
    ours, theirs = sections(page), sections(CHINESE + page)
    assert [level for level, _told in theirs] == [level for level, _told in ours]
    assert (f"## {FIRST[CHINESE]}\n" in text(CHINESE + page)) is (f"## {FIRST['']}\n" in text(page))
    assert tables(CHINESE + page) == tables(page)


@pytest.mark.parametrize("page", TWINS)
def test_a_chinese_page_names_the_same_code_keys_and_rules(page: str) -> None:
    for (_level, one), (_same, other) in zip(sections(page), sections(CHINESE + page), strict=True):
        assert inline(other) == inline(one), other.split("\n", 1)[0]
    assert keys(CHINESE + page) == keys(page)
    assert rules(CHINESE + page) == rules(page)
    underscored = [set(re.findall(r"[a-z]+(?:_[a-z]+)+", prose(told))) for told in (page, CHINESE + page)]
    assert underscored[0] == underscored[1]


@pytest.mark.parametrize("page", TWINS)
def test_a_chinese_page_is_set_in_chinese_type_and_its_links_lead_somewhere(page: str) -> None:
    plain = re.sub(r"`[^`]+`", "x", prose(CHINESE + page))
    assert re.findall(r".{0,12}[\u4e00-\u9fff][,;:!?](?=\s|[\u4e00-\u9fff]).{0,12}", plain) == []
    assert [link for link in re.findall(r"\]\(([^)#]+)\)", plain) if not (DOCS / CHINESE / link).exists()] == []
