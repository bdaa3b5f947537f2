"""One engine for every approval (DAT-01): who must decide what, who may decide now, and what has been granted.

Nobody approves his own request (ORG-03); a chain climbs level by level (ORG-02); a level without a holder goes to the next role up,
at the top to the parameter `approval.deputy`; when even that names nobody the request is refused, never passed.
Standard library only; writing stands in approval_write.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salescli.core.reader import Reader

PATHS: dict[str, tuple[str, tuple[str, ...]]] = {
    "AP-01": (N_("off-list price or quote"), ("SUP", "MGR")),
    "AP-02": (N_("contract"), ("MGR",)),
    "AP-03": (N_("price change"), ("MGR", "MGT")),
    "AP-04": (N_("promotion plan"), ("MGR", "MGT")),
    "AP-05": (N_("credit over limit or payment terms"), ("MGR", "FIN")),
    "AP-06": (N_("order acceptance"), ("SUP",)),
    "AP-07": (N_("free goods"), ("GM",)),
    "AP-08": (N_("strategy"), ("MGT",)),
    "AP-09": (N_("make-up customer"), ("FD", "DIR")),
    "AP-10": (N_("who works on a project"), ("SUP",)),
    "AP-11": (N_("target of a market under repair"), ("MGR", "MGT")),
    "AP-12": (N_("write-off"), ("FIN", "MGT")),
    "AP-13": (N_("wage deduction or refund"), ("MGR", "FIN")),
    "AP-14": (N_("stock count difference"), ("MGR", "FIN")),
    "AP-15": (N_("month plan"), ("SUP",)),
    "AP-16": (N_("expense or purchase"), ("SUP", "MGR")),
    "AP-17": (N_("papers to be sealed"), ("MGR",)),
    "AP-18": (N_("appraisal"), ("SUP", "MGR")),
    "AP-19": (N_("archive, pool move or export"), ("MGR",)),
}
"""What is approved and by whom, level by level (RULEBOOK §22)."""

PLAIN_ROLES = {"MGR": ("manager",), "DIR": ("director",), "FIN": ("finance",), "WH": ("warehouse",), "PUR": ("purchasing",)}
"""Posts whose role needs no mapping; the others are the parameters rolemap.… (X-24)."""

LADDER = ("supervisor", "manager", "director", "management")
"""Who stands in, one level up, for a role nobody else holds."""


@dataclass(frozen=True)
class Ask:
    """What a problem of kind APPROVAL would have to be granted: kind, document, and the facts the approval freezes."""

    kind: str
    document: str
    content: Mapping[str, Any]


class Step(NamedTuple):
    """One level of a chain: the role that decides, and the person when only one may."""

    role: str
    staff_id: int | None


class Waiting(NamedTuple):
    """A request and the level it waits at."""

    id: int
    number: str
    kind: str
    document: str
    summary: str
    facts: str | None
    requested_by: int
    requester: str
    requested_on: str
    reason: str | None
    position: int
    role: str
    staff_id: int | None


def digest(content: Mapping[str, Any]) -> str:
    """The digest of what is to be approved; equal content gives the same digest."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def granted(reader: Reader, ask: Ask) -> bool:
    """Whether exactly this content of this document was approved; anything changed since needs a new request."""
    sql = """SELECT count(*) FROM approval
             WHERE document = :document AND kind = :kind AND content = :content AND state = 'approved'"""
    return bool(reader.value(sql, document=ask.document, kind=ask.kind, content=digest(ask.content)))


def waiting_number(reader: Reader, ask: Ask) -> str | None:
    """The number of a waiting request for exactly this content."""
    sql = """SELECT number FROM approval
             WHERE document = :document AND kind = :kind AND content = :content AND state = 'waiting'"""
    number: str | None = reader.value(sql, document=ask.document, kind=ask.kind, content=digest(ask.content))
    return number


def roles_of(reader: Reader, post: str) -> tuple[str, ...]:
    """The roles a post of the rulebook stands for, first choice first (X-24)."""
    return PLAIN_ROLES.get(post) or tuple(reader.policy(f"rolemap.{post}"))


def chain(reader: Reader, posts: tuple[str, ...], requester: int) -> list[Step] | Problem:
    """The levels a request must pass, or the problem that one of them has no holder. ORG-02, ORG-03, DAT-01."""
    steps: list[Step] = []
    for post in posts:
        step = _step(reader, post, requester)
        if step is None:
            return _nobody(post)
        if step not in steps and (step.staff_id is None or all(step.staff_id != s.staff_id for s in steps)):
            steps.append(step)
    return steps


def _nobody(post: str) -> Problem:
    return problem(
        "no_approver",
        N_("nobody but you could decide as {post}, and nobody stands above"),
        rule="ORG-03",
        hint=N_("name one: salescli policy set approval.deputy CODE"),
        post=post,
    )


def _step(reader: Reader, post: str, requester: int) -> Step | None:
    above = superiors(reader, requester)
    if post == "SUP":
        return Step("superior", above[0]) if above else _higher(reader, "supervisor", requester, above)
    for role in roles_of(reader, post):
        found = holders(reader, role, requester)
        if found:
            return Step(role, next((s for s in above if s in found), None))
    return _higher(reader, roles_of(reader, post)[0], requester, above)


def _higher(reader: Reader, role: str, requester: int, above: list[int]) -> Step | None:
    """The next role up the ladder that somebody else holds, else the deputy of last resort."""
    start = LADDER.index(role) + 1 if role in LADDER else 1
    for higher in LADDER[start:]:
        found = holders(reader, higher, requester)
        if found:
            return Step(higher, next((s for s in above if s in found), None))
    code = reader.policy("approval.deputy")
    deputy = reader.value("SELECT id FROM staff WHERE code = :code", code=code) if code else None
    return Step("deputy", deputy) if deputy is not None and deputy != requester else None


def superiors(reader: Reader, staff_id: int) -> list[int]:
    """Who stands above somebody, nearest first; people who left are passed over."""
    sql = """WITH RECURSIVE up(id, level) AS (
                SELECT superior_id, 1 FROM staff WHERE id = :id
                UNION ALL SELECT s.superior_id, up.level + 1 FROM staff s JOIN up ON s.id = up.id WHERE up.level < 50)
             SELECT up.id FROM up JOIN staff s ON s.id = up.id WHERE coalesce(s.left_on, '9999-12-31') >= :today ORDER BY up.level"""
    return reader.column(sql, id=staff_id, today=reader.today)


def holders(reader: Reader, role: str, requester: int) -> list[int]:
    """Everybody but the requester who holds a role and has not left."""
    sql = """SELECT s.id FROM staff s JOIN staff_role r ON r.staff_id = s.id
             WHERE r.role = :role AND s.id <> :requester AND coalesce(s.left_on, '9999-12-31') >= :today ORDER BY s.code"""
    return reader.column(sql, role=role, requester=requester, today=reader.today)


_WAITING = """
SELECT a.id, a.number, a.kind, a.document, a.summary, a.facts, a.requested_by, s.code, a.requested_on, a.reason,
       p.position, p.role, p.staff_id
FROM approval a
JOIN staff s ON s.id = a.requested_by
JOIN approval_step p ON p.approval_id = a.id AND p.decision IS NULL
WHERE a.state = 'waiting'
  AND p.position = (SELECT min(q.position) FROM approval_step q WHERE q.approval_id = a.id AND q.decision IS NULL)
"""


def waiting(reader: Reader) -> list[Waiting]:
    """Every waiting request with the level it waits at, oldest first."""
    return reader.rows(Waiting, f"{_WAITING} ORDER BY a.requested_on, a.id")


def stands_for(reader: Reader, staff_id: int) -> set[int]:
    """Whom somebody may decide for today: himself, and those who named him deputy."""
    sql = "SELECT staff_id FROM deputy WHERE deputy_id = :id AND since <= :today AND until >= :today"
    return {staff_id, *reader.column(sql, id=staff_id, today=reader.today)}


def may_decide(reader: Reader, request: Waiting, staff_id: int) -> bool:
    """Whether somebody (or one he deputises for) is the holder of the level; never the requester himself. ORG-03."""
    if staff_id == request.requested_by:
        return False
    persons = stands_for(reader, staff_id) - {request.requested_by}
    if request.staff_id is not None:
        return request.staff_id in persons
    return any(p in persons for p in holders(reader, request.role, request.requested_by))


def inbox(reader: Reader, staff_id: int) -> list[Waiting]:
    """The requests that wait for this person."""
    return [w for w in waiting(reader) if may_decide(reader, w, staff_id)]


def paths_without_holder(reader: Reader) -> list[str]:
    """Approval paths that nobody could decide for some requester: an error that `salescli check` names."""
    people = reader.tuples("SELECT id, code FROM staff WHERE coalesce(left_on, '9999-12-31') >= :today", today=reader.today)
    return [
        f"{kind} {code}"
        for kind, (_title, posts) in PATHS.items()
        for staff_id, code in people
        if isinstance(chain(reader, posts, staff_id), Problem)
    ]
