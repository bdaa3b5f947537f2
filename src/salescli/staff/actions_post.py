"""Writes about posts: describing, changing, looking at again, closing (ORG-01, ORG-04)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.core import changes
from salescli.core.errors import fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Change, Done
from salescli.core.tables import Staff
from salescli.core.text import clean, folded
from salescli.staff import reads_post, rules_post
from salescli.staff.tables_post import Post

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.writer import Writer


FIELDS: dict[str, changes.Read] = {
    "name": lambda text: clean(text, C_("post"), 80),
    "unit": changes.line(C_("unit"), 80),
    "duties": changes.remark(C_("duties")),
    "authority": changes.remark(C_("authority")),
    "skills": changes.remark(C_("skills")),
}
CLEARABLE = ("unit", "duties", "authority", "skills", C_("headcount"), C_("standard"))


def add(w: Writer, name: str, file: Mapping[str, Any]) -> Done:
    """Describe a post. ORG-01, ORG-04. Raises SalesError: 2 no good text, 4 there is one of that name."""
    values = changes.read_fields({"name": name, **file}, FIELDS)
    _refuse_double(w, values["name"])
    post = w.add(Post(reviewed_on=w.today, **values))
    w.document = post.name
    return Done(
        msg(N_("the post {post} is described"), post=post.name),
        post.name,
        next=(f'salescli staff edit CODE --post "{post.name}"', "salescli staff staffing"),
        warnings=tuple(rules_post.check_written(post.name, post.duties, post.authority, post.skills)),
    )


def _refuse_double(w: Writer, name: str, but: int | None = None) -> None:
    for post in reads_post.posts(w.reader, closed=True):
        if folded(post.name) == folded(name) and post.id != but:
            fail("post_taken", N_("there is a post {post} already"), rule="ORG-01", hint=N_('salescli staff post show "{post}"'),
                 post=post.name)  # fmt: skip


def edit(w: Writer, reference: str, file: Mapping[str, Any], clear: Sequence[str]) -> Done:
    """Change a job description; a new name is everybody's who holds the post. ORG-01. Raises SalesError: 2, 3, 4 the name is taken."""
    post = w.get(Post, reads_post.find_post(w.reader, reference).id)
    values = {**changes.read_fields(file, FIELDS), **changes.cleared(clear, CLEARABLE)}
    before = post.name
    if "name" in values:
        _refuse_double(w, values["name"], post.id)
    found = list(changes.apply(post, values))
    if post.name != before:
        _rename(w, before, post.name)
    post.closed_on = None
    w.document = post.name
    text = N_("the post {post} is changed") if found else N_("the post {post}: nothing to change")
    return Done(
        msg(text, post=post.name), post.name, tuple(found), next=(f'salescli staff post show "{post.name}"',),
        warnings=tuple(rules_post.check_written(post.name, post.duties, post.authority, post.skills)),
    )  # fmt: skip


def _rename(w: Writer, before: str, after: str) -> None:
    for person in w.session.exec(select(Staff).where(col(Staff.post) == before)):
        person.post = after


def review(w: Writer, reference: str) -> Done:
    """Note that the duties of a post were looked at today. ORG-04. Raises SalesError (exit 3)."""
    post = w.get(Post, reads_post.find_post(w.reader, reference).id)
    before, post.reviewed_on = post.reviewed_on, w.today
    w.document = post.name
    due = rules_post.review_due(w.today, w.policy("org.review_months"))
    return Done(
        msg(N_("the duties of {post} were looked at; the next time by {due}"), post=post.name, due=due.isoformat()),
        post.name,
        (Change(C_("reviewed_on"), before.isoformat(), w.today.isoformat()),),
        next=("salescli staff post list --due",),
    )


def close(w: Writer, reference: str) -> Done:
    """Do away with a post nobody holds. ORG-04. Raises SalesError: 3 no such post, 6 somebody holds it."""
    post = w.get(Post, reads_post.find_post(w.reader, reference).id)
    raise_if(rules_post.check_unheld(post.name, reads_post.holders_of(w.reader, post.name)))
    post.closed_on = w.today
    w.document = post.name
    return Done(msg(N_("the post {post} is closed"), post=post.name), post.name, next=("salescli staff post list",))
