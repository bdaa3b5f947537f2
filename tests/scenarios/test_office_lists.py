"""What goes wrong elsewhere, tried on the demo office: badge and list, the missed day, the former owner, doubled counts."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import DAY, Book

REPS = ("LIU", "YANG", "ZHANG", "SCHMIDT", "LIN", "HE", "WANG")
DUE = ("next_contact", "first_call", "revisit", "next_service", "survey", "reorder")
MOST = 10


@pytest.mark.rule("VIS-09", "LED-11", "LED-13", "VIS-08")
def test_the_day_list_and_the_lists_behind_it_agree_on_every_line(demo: Book) -> None:
    for rep in REPS:
        found = Counter(row["kind"] for row in demo.rows("today", user=rep, day=DAY))
        for kind in DUE[:3]:
            listed = demo.rows(f"visit due --kind {kind} --staff {rep}", user=rep, day=DAY)
            assert found[kind] == min(len(listed), MOST), (rep, kind)
        soon = [
            *demo.rows(f"customer pool --soon --staff {rep}", user=rep, day=DAY),
            *demo.rows(f"lead pool --soon --staff {rep}", user=rep, day=DAY),
        ]
        assert found["pool_soon"] == len(soon), rep
        assert found["lead_stalled"] == len(demo.rows(f"lead stall --unexplained --staff {rep}", user=rep, day=DAY)), rep


def _pooled(book: Book) -> set[tuple[str, str]]:
    sql = """SELECT coalesce(c.code, o.lead_number), s.code FROM owner_change o LEFT JOIN customer c ON c.id = o.customer_id
             LEFT JOIN staff s ON s.id = o.former_id WHERE o.move = 'pooled' AND o.day > '2026-11-03'"""
    return set(book.sql(sql))


@pytest.mark.rule("LED-11")
def test_days_the_job_missed_lose_nothing_and_every_former_owner_is_the_real_one(demo: Book, tmp_path: Path) -> None:
    owners = dict(demo.sql("SELECT c.code, s.code FROM customer c JOIN staff s ON s.id = c.staff_id"))
    owners |= dict(demo.sql("SELECT l.number, s.code FROM lead l JOIN staff s ON s.id = l.staff_id"))
    (tmp_path / "late").mkdir()
    late = Book(tmp_path / "late")
    shutil.copyfile(demo.path, late.path)
    for book in (demo, late):
        book.ok("policy set pool.max_share 100 --reason t", day=DAY)
    for day in range(4, 15):
        demo.ok("pool run", day=f"2026-11-{day:02}")
    late.ok("pool run", day="2026-11-14")
    daily = _pooled(demo)
    assert daily == _pooled(late)
    assert daily
    assert all(owners[code] == former for code, former in daily)
    assert "moved to the pool: 0 customers, 0 leads" in late.ok("pool run", day="2026-11-14").out
    assert "all hold" in demo.ok("check", day="2026-11-14").out


def _visited(book: Book, staff: str) -> int:
    """Accepted visits of October by their author."""
    sql = """SELECT count(*) FROM interaction i JOIN staff s ON s.id = i.staff_id
             WHERE s.code = ? AND i.channel = 'visit' AND i.review = 'accepted' AND i.day LIKE '2026-10-%'"""
    return int(book.sql(sql, staff)[0][0])


@pytest.mark.rule("VIS-02", "KPI-06")
def test_visits_count_once_for_their_author_whatever_contacts_the_customer_has(demo: Book) -> None:
    before = {row["staff"]: row["points"] for row in demo.rows("visit points --period last-month", user="LI", day=DAY)}
    sql = """SELECT s.code, count(DISTINCT i.day || coalesce(CAST(i.customer_id AS TEXT), i.lead_number)) FROM interaction i
             JOIN staff s ON s.id = i.staff_id JOIN staff_role x ON x.staff_id = s.id AND x.role = 'rep'
             WHERE i.channel = 'visit' AND i.review = 'accepted' AND i.day LIKE '2026-10-%' GROUP BY s.code"""
    assert before == dict(demo.sql(sql))
    code = demo.sql(
        """SELECT c.code FROM customer c JOIN staff s ON s.id = c.staff_id JOIN interaction i ON i.customer_id = c.id
           WHERE s.code = 'LIU' AND i.channel = 'visit' AND i.review = 'accepted' AND i.day LIKE '2026-10-%' LIMIT 1"""
    )[0][0]
    demo.ok(f"customer contact add {code} 第二位 --phone 13999990001", user="LIU", day=DAY)
    demo.ok(f"customer contact add {code} 第三位 --phone 13999990002", user="LIU", day=DAY)
    demo.ok(f"customer transfer {code} --to YANG --reason 换区", user="WANG", day=DAY)
    ranked = demo.rows("kpi rank --metric visits --period last-month", user="LI", day=DAY)
    assert sum(row["value"] for row in ranked if row["key"] == "LIU") == _visited(demo, "LIU")
    after = {row["staff"]: row["points"] for row in demo.rows("visit points --period last-month", user="LI", day=DAY)}
    assert after == before
