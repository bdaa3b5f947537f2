"""Questions and progress: only for a person at a terminal, only on standard error."""

from __future__ import annotations

import sys
from io import StringIO

import pytest

from salescli.core import context, i18n, ui
from salescli.core.errors import SalesError
from salescli.core.i18n import msg


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def english():
    i18n.use("en")
    yield
    i18n.use("en")


def refused(question) -> SalesError:
    with pytest.raises(SalesError) as caught:
        ui.confirm(question)
    return caught.value


@pytest.fixture
def person(monkeypatch):
    def types(answer: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal(answer))
        monkeypatch.setattr(sys, "stderr", Terminal())

    return types


@pytest.mark.parametrize(("answer", "agreed"), [("y\n", True), ("YES\n", True), ("是\n", True), ("\n", False), ("n\n", False), ("", False)])
def test_a_question_is_answered_no_unless_the_person_says_yes(answer: str, agreed: bool, person) -> None:
    person(answer)
    assert ui.confirm(msg("Block {name}?", name="华信")) is agreed
    assert sys.stderr.getvalue() == "Block 华信? [y/N] "


def test_nobody_is_asked_without_a_terminal_or_with_no_input(person, monkeypatch) -> None:
    assert refused(msg("Sure?")).exit_status == 2
    assert ui.confirm(msg("Sure?"), yes=True) is True
    person("y\n")
    with context.use(context.Context(no_input=True)):
        assert refused(msg("Sure?")).problems[0].code == "confirmation_needed"
        assert ui.ask(msg("Name?")) is None
        assert ui.choose(msg("Which?"), ["a", "b"]) is None


@pytest.mark.parametrize(("answer", "picked"), [("2\n", 1), ("1\n", 0), ("3\n", None), ("0\n", None), ("x\n", None), ("\n", None)])
def test_one_of_several_is_chosen_by_number(answer: str, picked: int | None, person) -> None:
    person(answer)
    assert ui.choose(msg("Which customer?"), ["C1 华信科技", "C2 华新贸易\x1b[0m"]) == picked
    assert sys.stderr.getvalue().splitlines() == ["  1  C1 华信科技", "  2  C2 华新贸易␛[0m", "Which customer? [1-2] "]


def test_a_typed_answer_comes_without_its_line_end(person) -> None:
    person("  张三 \n")
    assert ui.ask(msg("Name?")) == "张三"


def test_progress_is_drawn_on_a_terminal_only(monkeypatch, capsys) -> None:
    with ui.progress("rows read", 200) as advance:
        advance(100)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with ui.progress("rows read", 200) as advance:
        advance(100)
        advance(1)  # too soon to be drawn again
    assert sys.stderr.getvalue() == "\rrows read 100 / 200 (50%)\x1b[K\r\x1b[K"
