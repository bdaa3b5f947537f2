"""No sequence of edits makes a circle, and the checks find what was damaged by hand (ORG-02)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescli.core import context
from salescli.core.errors import SalesError

PEOPLE = [f"P{n}" for n in range(6)]
MOVES = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from([*PEOPLE, None])), max_size=25)


def refusals(move: Callable[[], object]) -> set[str]:
    """Codes of what refused a move; a circle is the only reason there may be."""
    try:
        move()
    except SalesError as refused:
        codes = {p.code for p in refused.problems}
    else:
        codes = set()
    assert codes <= {"superior_circle"}
    return codes


@pytest.mark.rule("ORG-02")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_sequence_of_edits_makes_a_circle(book, moves: list[tuple[str, str | None]]) -> None:
    from salescli.core.writer import writer
    from salescli.staff import actions, reads

    with context.use(context.Context(db=book.path)), writer("test", dry_run=True) as w:
        for code in PEOPLE:
            actions.add(w, code, code, ("rep",), "ADMIN", {})
        for person, superior in moves:
            before = reads.people(w.reader)
            if refusals(lambda: actions.edit(w, person, {}, superior=superior, top=superior is None)):  # noqa: B023 - called at once
                assert reads.people(w.reader) == before
        everybody = reads.people(w.reader)
        tops = {everybody[i].code for i, p in everybody.items() if p.superior_id is None}
        for i in everybody:
            assert reads.chain_up(everybody, i)[-1] in tops


def flaws(book, name: str, **more) -> str:
    result = book.run(f"check {name}", **more)
    return result.out + result.err


@pytest.mark.rule("ORG-02")
def test_check_finds_circles_and_gaps_made_by_hand(office) -> None:
    assert office.run("check staff_circle staff_superior_left staff_administrator staff_blanks staff_role staff_one_top").exit == 0
    office.sql("update staff set superior_id = (select id from staff where code = 'LI') where code = 'WANG'")
    assert "LI > WANG > LI" in flaws(office, "staff_circle")
    assert office.run("staff tree LI").exit == 0  # ends, though the file runs in a circle
    office.sql("update staff set left_on = '2026-10-01' where code = 'ZHOU'")
    assert "ZENG: the superior ZHOU left on 2026-10-01" in flaws(office, "staff_superior_left")
    office.sql("update staff set name = ' 李雷' where code = 'LI'")
    assert "LI" in flaws(office, "staff_blanks")
    office.sql("delete from staff_role where staff_id = (select id from staff where code = 'HAN')")
    assert "HAN" in flaws(office, "staff_role")
    office.sql("update staff set superior_id = null where code = 'FIN'")
    assert "FIN" in flaws(office, "staff_one_top")
