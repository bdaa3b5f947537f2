"""Job descriptions and the staffing chart: posts, who holds them, what is vacant (ORG-01, ORG-04)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import folded
from salescli.staff.rules_post import Filled, review_due

if TYPE_CHECKING:
    from salescli.core.reader import Reader


class Post(NamedTuple):
    """A post as the file holds it."""

    id: int
    name: str
    unit: str | None
    duties: str | None
    authority: str | None
    skills: str | None
    headcount: int | None
    standard: int | None
    reviewed_on: str
    closed_on: str | None


_POSTS = "SELECT id, name, unit, duties, authority, skills, headcount, standard, reviewed_on, closed_on FROM post"


def posts(r: Reader, *, closed: bool = False) -> list[Post]:
    """All posts by department and name; those closed as well when asked."""
    where = "" if closed else " WHERE closed_on IS NULL"
    return r.rows(Post, f"{_POSTS}{where} ORDER BY coalesce(unit, ''), name")


def find_post(r: Reader, text: str) -> Post:
    """The post of that name, or the only one whose name holds the text. Raises SalesError (exit 3)."""
    typed, known = folded(text.strip()), posts(r, closed=True)
    exact = [post for post in known if folded(post.name) == typed]
    found = exact or [post for post in known if typed and typed in folded(post.name)]
    if len(found) != 1:
        _not_one(text, [post.name for post in found])
    return found[0]


def _not_one(text: str, names: list[str]) -> None:
    several = N_('several posts fit "{typed}": {names}')
    none = N_('there is no post "{typed}"')
    fail("post_not_found", several if names else none, kind=Kind.NOT_FOUND, hint=N_("salescli staff post list"), typed=text, names=names)


class Holder(NamedTuple):
    """Somebody here with the post he holds."""

    code: str
    name: str
    post: str | None
    unit: str | None


def holders(r: Reader) -> list[Holder]:
    """Everybody who is here, the cron identity left out."""
    sql = """SELECT s.code, s.name, s.post, s.unit FROM staff s
             WHERE coalesce(s.left_on, '9999-12-31') >= :today
               AND NOT EXISTS (SELECT 1 FROM staff_role x WHERE x.staff_id = s.id AND x.role = 'cron') ORDER BY s.code"""
    return r.rows(Holder, sql, today=r.today)


def holders_of(r: Reader, name: str) -> list[str]:
    """Codes of those who hold a post."""
    return [holder.code for holder in holders(r) if holder.post == name]


def due_on(r: Reader, post: Post) -> date:
    """The day a post's duties are to be looked at again, by the office's number of the day they were looked at. ORG-04."""
    last = date.fromisoformat(post.reviewed_on)
    return review_due(last, r.policy("org.review_months", last))


# --- lists --------------------------------------------------------------------------------------------------------------------

LIST = (
    Column("post", N_("Position")),
    Column("unit", N_("Department")),
    Column("headcount", N_("Places"), "int"),
    Column("holders", N_("Holders")),
    Column("standard", N_("Least role-play score"), "int"),
    Column("written", N_("Written"), "bool"),
    Column("reviewed", N_("Looked at"), "date"),
    Column("review_due", N_("To be looked at"), "date"),
)


def listing(r: Reader, *, due: bool = False) -> Report:
    """The posts there are; `due`: only those whose duties are to be looked at again. ORG-01, ORG-04."""
    shown = [post for post in posts(r) if not due or due_on(r, post) <= r.today]
    return Report(
        name="staff-post-list",
        title=msg(N_("Posts")),
        columns=LIST,
        rows=[_list_row(r, post) for post in shown],
        as_of=r.today.isoformat(),
        empty=msg(N_('No post here. Describe one: salescli staff post add "POST" --duties … --authority … --skills …')),
    )


def _list_row(r: Reader, post: Post) -> tuple[object, ...]:
    held = ", ".join(holders_of(r, post.name)) or None
    written = all((post.duties, post.authority, post.skills))
    return (post.name, post.unit, post.headcount, held, post.standard, written, post.reviewed_on, due_on(r, post).isoformat())


SHOW = (
    *LIST[:4],
    Column("duties", N_("Duties")),
    Column("authority", N_("Powers")),
    Column("skills", N_("Required skills")),
    LIST[4],
    *LIST[6:],
    Column("closed", N_("Closed"), "date"),
)


def detail(r: Reader, name: str) -> Report:
    """One job description. ORG-01, ORG-04."""
    post = find_post(r, name)
    row = _list_row(r, post)
    return Report(
        name="staff-post-show",
        title=msg(N_("Job description: {post}"), post=post.name),
        columns=SHOW,
        rows=[(*row[:4], post.duties, post.authority, post.skills, row[4], *row[6:], post.closed_on)],
        as_of=r.today.isoformat(),
        record=True,
    )


# --- the staffing chart -------------------------------------------------------------------------------------------------------

CHART = (
    Column("unit", N_("Department")),
    Column("post", N_("Position")),
    Column("headcount", N_("Places"), "int", total=True),
    Column("filled", N_("Filled"), "int", total=True),
    Column("vacant", N_("Vacant"), "int", total=True),
    Column("surplus", N_("Too many"), "int", total=True),
    Column("people", N_("People")),
    Column("wanted", N_("Being sought"), "int", total=True),
)


def staffing(r: Reader) -> Report:
    """Posts and the people in them, vacancies, and people in posts nobody described. ORG-04."""
    people = holders(r)
    sought = dict(r.tuples("SELECT post_id, sum(wanted) FROM vacancy WHERE closed_on IS NULL GROUP BY post_id"))
    known = posts(r)
    rows = [_chart_row(post.unit, post.name, post.headcount, people, sought.get(post.id, 0)) for post in known]
    strange = sorted({person.post for person in people if person.post} - {post.name for post in known})
    rows += [_chart_row(None, name, None, people, 0) for name in strange]
    return Report(
        name="staff-staffing",
        title=msg(N_("Staffing chart")),
        columns=CHART,
        rows=rows,
        notes=_chart_notes(strange, [person.code for person in people if not person.post]),
        as_of=r.today.isoformat(),
        empty=msg(N_('No post here. Describe one: salescli staff post add "POST" --duties … --authority … --skills …')),
    )


def _chart_row(unit: str | None, post: str, headcount: int | None, people: list[Holder], wanted: int) -> tuple[object, ...]:
    held = [person for person in people if person.post == post]
    filled = Filled(headcount, len(held))
    names = ", ".join(f"{person.code} {person.name}" for person in held) or None
    return (unit, post, headcount, filled.holders, filled.vacant, filled.surplus, names, wanted or None)


def _chart_notes(strange: list[str], without: list[str]) -> tuple[Message, ...]:
    notes = [msg(N_("Posts without a description: {posts}"), posts=strange)] if strange else []
    if without:
        notes.append(msg(N_("Without a post: {staff}"), staff=without))
    return tuple(notes)
