"""`search`: everything one may see, and nothing else (DAT-05, ORG-07, ORG-08)."""

from __future__ import annotations

import pytest

from salescli.desk.search import read
from salescli.desk.search_sources import SOURCES
from tests.conftest import made_once
from tests.desk.desk_office import office  # noqa: F401  a fixture


@pytest.fixture
@made_once
def desk(office):
    """RA owns 华信科技 and RB 东方贸易; each has a contact, an order and a visit."""
    for code, name, phone, user in (("C1", "华信科技（深圳）有限公司", "13812345678", "RA"), ("C2", "东方贸易", "13912345678", "RB")):
        office.ok(["customer", "add", name, "--code", code], user=user)
        office.ok(["customer", "contact", "add", code, f"Wang {code}", "--phone", phone], user=user)
        office.sql(
            """INSERT INTO sales_order (number, date, customer_id, staff_id, state, customer_ref)
               SELECT 'SO-202611-' || substr(c.code, 2), '2026-11-02', c.id, c.staff_id, 'confirmed', 'PO 77-' || c.code
               FROM customer c WHERE code = ?""",
            code,
        )
        office.sql(
            """INSERT INTO interaction (number, day, channel, staff_id, customer_id, in_depth, review, entered, content)
               SELECT 'VS-' || c.code, '2026-11-02', 'visit', c.staff_id, c.id, 1, 'recorded', '2026-11-02',
                      'They asked for samples of the new toner and want to see a demonstration' FROM customer c WHERE code = ?""",
            code,
        )
    office.ok("product add TN2325 'Toner 黑色 TN-2325'")
    office.ok("task add 'Send samples' --document C1", user="RA")


def found(book, text: str, user: str = "RA", more: str = "") -> list[tuple[str, str]]:
    return [(r["kind"], r["ref"]) for r in book.rows(["search", text, *more.split()], user=user)]


@pytest.mark.rule("DAT-05")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("C1", ("customer", "C1")),
        ("c1", ("customer", "C1")),
        ("华信", ("customer", "C1")),
        ("深圳", ("customer", "C1")),
        ("华信科技(深圳)", ("customer", "C1")),
        ("hxkj", ("customer", "C1")),
        ("huaxin", ("customer", "C1")),
        ("so-202611-1", ("order", "SO-202611-1")),
        ("77-C1", ("order", "SO-202611-1")),
        ("tn23", ("product", "TN2325")),
        ("黑色", ("product", "TN2325")),
        ("Wang C1", ("contact", "C1")),
        ("13812345678", ("contact", "C1")),
        ("138 1234", ("contact", "C1")),
        ("demonstration", ("interaction", "VS-C1")),
        ("Name RA", ("staff_member", "RA")),
    ],
)
def test_everything_is_found_by_what_one_knows_of_it(desk, text, first) -> None:
    assert found(desk, text)[0] == first


@pytest.mark.rule("DAT-05", "CUS-01")
def test_people_at_a_customer_are_found_by_how_their_names_sound(desk) -> None:
    desk.ok("customer contact add C1 曾小燕 --phone 13712345678", user="RA")
    for text in ("zxy", "zengxiao", "小燕"):
        assert found(desk, text) == [("contact", "C1")]
        assert found(desk, text, user="RB") == []
    desk.ok("customer contact edit C1 曾小燕 --name 单晓丽", user="RA")
    assert (found(desk, "zxy"), found(desk, "shanx")) == ([], [("contact", "C1")])
    desk.ok("undo", user="RA")
    assert found(desk, "zxy") == [("contact", "C1")]


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize("text", ["东方", "dfmy", "SO-202611-2", "13912345678", "VS-C2", "Wang C2", "C2"])
def test_what_is_anothers_is_not_found(desk, text) -> None:
    assert found(desk, text) == []
    assert found(desk, text, user="RB")
    assert found(desk, text, user="MA")


@pytest.mark.rule("ORG-07")
def test_a_count_tells_nothing_of_what_one_may_not_see(desk) -> None:
    for number in range(12):
        desk.ok(f"customer add 'Delta {number}' --code D{number}", user="RB")
    assert desk.ok("search Delta -f json", user="RA").json()["notes"] == []
    answer = desk.ok("search Delta -f json", user="RB").json()
    assert len(answer["rows"]) == 10
    assert answer["notes"] == ['more than 10 of the kind customer: salescli search "Delta" --kind customer']
    assert len(found(desk, "Delta", user="RB", more="--kind customer")) == 12


@pytest.mark.rule("ORG-08")
def test_masked_numbers_stay_masked_and_cannot_be_guessed(desk) -> None:
    (row,) = [r for r in desk.rows("search 13812345678", user="FI") if r["kind"] == "contact"]
    assert "138****5678" in row["text"]
    assert "13812345678" not in desk.ok("search 'Wang C1' -f json", user="FI").out
    assert found(desk, "1381234", user="FI") == []
    assert ("contact", "C1") in found(desk, "1381234", user="MA")
    assert "13812345678" in desk.ok("search 1381234 -f json", user="SU").out


@pytest.mark.rule("DAT-05")
def test_several_kinds_at_once_with_the_words_around(desk) -> None:
    rows = desk.rows("search samples", user="RA")
    assert [(r["kind"], r["ref"]) for r in rows] == [("interaction", "VS-C1"), ("task", "TK-202611-0001")]
    assert rows[0]["text"] == "They asked for samples of the new toner and wa…"
    assert found(desk, "samples", more="--kind task") == [("task", "TK-202611-0001")]
    assert found(desk, "samples", more="--kind 任务") == [("task", "TK-202611-0001")]
    wrong = desk.run("search samples --kind stone", user="RA", lang="zh")
    assert (wrong.exit, "任务 (task)" in wrong.err) == (2, True)


def test_signs_of_a_pattern_mean_themselves(desk) -> None:
    for text in ("%", "_", "\\", "'"):
        assert found(desk, text) == []
    assert desk.run(["search", " "], user="RA").exit == 2


def test_nothing_found_says_so(desk) -> None:
    result = desk.ok("search zzz", user="RA")
    assert result.out == ""
    assert "zzz" in result.err
    assert "from 4 figures on" in desk.ok("search 138", user="RA").err  # three say too little, and nobody is told that there is none
    assert found(desk, "1381", user="RA") == [("contact", "C1")]


def test_every_source_runs_for_every_role(desk) -> None:
    from salescli.core.access import ROLES

    for number, role in enumerate(ROLES):
        desk.ok(["staff", "add", f"Z{number}", f"Role {role}", "--role", role])
        for text in ("C1", "13812345678", "hx", "华", "samples"):
            assert desk.run(["search", text], user=f"Z{number}").exit == 0
    assert len({source.kind for source in SOURCES}) == len(SOURCES)


FORMS = (
    ("hx", "hx", None),
    ("ＨＸ", "hx", None),
    ("h1", None, None),
    ("华", None, None),
    ("138-1234", None, "1381234"),
    ("12", None, None),
)


@pytest.mark.parametrize(("typed", "sound", "digits"), FORMS)
def test_what_was_typed_in_its_forms(typed, sound, digits) -> None:
    assert (read(typed).sound, read(typed).digits) == (sound, digits)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_on_the_screen(desk, lang, golden) -> None:
    golden(f"desk/search.{lang}.txt", desk.ok("search C1", user="RA", lang=lang).out)
