"""Invariants of posts, rosters, requests and papers: worth knowing, none of them damage (ORG-01, ORG-04, ORG-05, LED-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.staff import reads, reads_guarantor, reads_post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def wide_spans(r: Reader) -> Iterator[Message]:
    """Superiors with more reports than `org.max_span`. ORG-04."""
    everybody, limit = reads.people(r), r.policy("org.max_span")
    for person in everybody.values():
        count = len(reads.reports_of(everybody, person.id, r.today.isoformat()))
        if count > limit:
            yield msg(
                N_("{staff} leads {reports} people; more than {limit} are too many for one"), staff=person.code, reports=count, limit=limit
            )


def unwritten_posts(r: Reader) -> Iterator[str]:
    """Posts held by somebody that nobody described, once the office describes its posts at all. ORG-01."""
    known = {post.name for post in reads_post.posts(r, closed=True)}
    held = {holder.post for holder in reads_post.holders(r) if holder.post}
    yield from sorted(held - known) if known else ()


def papers_missing(r: Reader) -> Iterator[Message]:
    """Files of sales staff that lack a paper, once the office keeps papers at all. ORG-05."""
    if not r.value("SELECT count(*) FROM employment") and not r.policy("staff.guarantor"):
        return
    for found in reads_guarantor.papers(r):
        lacks = reads_guarantor.missing(found, r.today, guarantor=r.policy("staff.guarantor"))
        if lacks:
            yield msg(N_("{staff}: missing {papers:code}"), staff=found.code, papers=lacks)


def empty_groups(r: Reader) -> Iterator[str]:
    """Duty groups with a day to come and nobody here. LED-06."""
    sql = """SELECT DISTINCT g.name FROM duty_group g JOIN duty_day d ON d.group_id = g.id
             WHERE d.day >= :today AND NOT EXISTS (
                 SELECT 1 FROM duty_member m JOIN staff s ON s.id = m.staff_id
                 WHERE m.group_id = g.id AND coalesce(s.left_on, '9999-12-31') >= :today) ORDER BY g.name"""
    yield from r.column(sql, today=r.today)


CHECKS = (
    Check("staff_span", N_("nobody leads more people than he can"), wide_spans, advice=True),
    Check("post_written", N_("every post held is described"), unwritten_posts, advice=True),
    Check("staff_papers", N_("the papers of the sales staff are complete"), papers_missing, advice=True),
    Check("duty_groups", N_("every duty group of a day to come has a member here"), empty_groups, advice=True),
)
