"""Whatever is typed, nothing breaks: every command of the tree with nonsense and with what only looks right (DAT-03)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bad_lines import Line, Speaker, commands, files, say
from tests.conftest import Book


def walk(book: Book, seed: int, rounds: int) -> Iterator[tuple[Line, list[str]]]:
    """Say one line of each command in every round, and what is wrong with the answers."""
    files(book)
    speaker = Speaker(book, seed)
    every = list(commands())
    speaker.rnd.shuffle(every)
    with book.watched() as look:
        seen = look("PRAGMA data_version")

        def touched() -> bool:
            nonlocal seen
            before, seen = seen, look("PRAGMA data_version")
            return seen != before

        for _round in range(rounds):
            for path, command in every:
                line = speaker.line(path, command)
                yield line, say(book, line, touched)


def spoken(book: Book, seed: int, rounds: int) -> None:
    """Nothing is wrong with any answer, and the book holds afterwards."""
    wrong = [(line.words, line.user, line.lang, flaws) for line, flaws in walk(book, seed, rounds) if flaws]
    assert wrong == [], "\n".join(map(str, wrong))
    book.ok("check")
    book.ok("history --verify")


@pytest.mark.rule("DAT-03")
def test_every_command_answers_nonsense_in_a_sentence_and_keeps_the_book_whole(demo: Book) -> None:
    spoken(demo, seed=7, rounds=1)


@pytest.mark.proof
@pytest.mark.rule("DAT-03")
@pytest.mark.parametrize("seed", [11, 12])
def test_every_command_answers_much_nonsense(demo: Book, seed: int) -> None:
    spoken(demo, seed, rounds=6)
