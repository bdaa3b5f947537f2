"""The first ten minutes of every manual page run as they are written; every command a page names is there, with its options."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.manual import CHINESE, DOCS, NOT_DONE, PAGES, kind, play, resolve, text, words_of

ROOT = DOCS.parent


@pytest.mark.parametrize("page", PAGES)
def test_the_first_ten_minutes_of_a_page_run(request: pytest.FixtureRequest, page: str) -> None:
    for book, line, result in play(request, page):
        command, said = line.command, result.out + result.err
        assert (result.exit == 0) is not line.remark.startswith(NOT_DONE[""]), f"{command}\n{said}"
        assert result.exit != 1, f"{command}\n{said}"
        if result.exit == 0 and explained(command, page):
            for row in book.rows(command.split(" -f ")[0])[:1]:
                told = [text(page), text(CHINESE + page)]
                assert [key for key in row if any(key not in manual for manual in told)] == [], f"{command}: columns the page does not name"


# --- commands a page names ----------------------------------------------------------------------------------------------------


def explained(command: str, page: str) -> bool:
    """Whether a line prints rows whose columns this page has to name: those of the groups in its title, and those in its table of JSON."""
    words = words_of(command)
    _node, rest = resolve(words)
    title, _, table = text(page).split("\n", 1)[0], *text(page).partition("## JSON")[1:]
    here = words[0] in re.findall(r"[a-z]+", title) or f"`{' '.join(words[: len(words) - len(rest)])}`" in table
    return here and kind(command) == "report" and not {"--help", "-o"} & {*words}


def named(page: str) -> Iterator[list[str]]:
    """The command lines of a page: behind `salescli`, and in code that begins like a command of the program or of the page's group."""
    for line in re.sub(r"\s*\\\n\s*", " ", text(page)).splitlines():
        for found in re.finditer(r"(?:^|`|  )salescli ([^`;|&)]*)", line):
            yield found[1].split("  ")[0].split()
        for found in re.finditer(r"`([a-z][a-z-]+ [a-z][^`]*)`", line):
            whole, own = found[1].split(), [page, *found[1].split()]
            yield from (words for words in (whole, own) if resolve(words)[1] != words and resolve(words)[1] != words[1:])


def wrong(words: list[str]) -> str | None:
    """What is the matter with a command line, or None: a word no group has, an option the command does not have."""
    from salescli.core.commands_options import global_options
    from salescli.core.commands_tree import LazyGroup

    words = [word for n, word in enumerate(words) if not {"--user", "--db", "--lang"} & {word, words[n - 1]}]
    if not words or words[0].startswith("-"):
        return None
    node, rest = resolve(words)
    if isinstance(node, LazyGroup):
        bare = not rest or not re.fullmatch(r"[a-z-]+", rest[0])
        return None if bare or rest[0] == "--help" else f"{' '.join(words)}: no command {rest[0]}"
    known = {option for param in [*node.params, *global_options()] for option in (*param.opts, *param.secondary_opts)} | {"--help"}
    odd = [option for word in rest for option in re.findall(r"^\[?(--[a-z][a-z-]*)", word) if option not in known]
    return f"{' '.join(words)}: no option {odd[0]}" if odd else None


@pytest.mark.parametrize("page", [*PAGES, "HOW_IT_WORKS", "DECISIONS", "../README"])
def test_every_command_a_page_names_is_there_with_its_options(catalogue_compiled: None, page: str) -> None:
    found = [fault for words in named(page) if (fault := wrong(words))]
    assert found == []


def test_every_command_has_a_page_and_the_read_me_names_all_pages() -> None:
    from salescli.table import TABLE

    manual = "\n".join(text(page) for page in PAGES)
    assert [word for section in TABLE.values() for word in section if not re.search(rf"salescli (--user \S+ )?{word}\b", manual)] == []
    read_me = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page for page in PAGES if f"(docs/{page}.md)" not in read_me] == []


@pytest.mark.parametrize("page", ["HOW_IT_WORKS", "../README"])
def test_the_files_a_page_names_are_there(page: str) -> None:
    code = set(re.findall(r"`([\w./]+\.(?:py|toml|md))`|\]\(([\w./]+)\)", text(page)))
    named = {path for pair in code for path in pair if path}
    places = (ROOT, ROOT / "src" / "salescli")
    rooms = {path.name for path in (ROOT / "src" / "salescli").glob("*/*.py")}
    assert [path for path in named if not any((place / path).exists() for place in places) and path not in rooms] == []
