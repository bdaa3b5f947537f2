"""One engine for every approval (DAT-01): who must decide what, who may decide now, and what has been granted.

Nobody approves his own request (ORG-03); a chain climbs level by level (ORG-02); a level nobody else holds goes to the next role up,
at the top to the parameter `approval.deputy`; when even that names nobody the request is refused, never passed.
Who decides is found anew each time, so a request moves on when its approver leaves, changes post or gets another superior.
Standard library only; writing stands in approval_write.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_, Message
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from salescli.core.reader import Reader

PATHS: dict[str, str] = {
    "AP-01": N_("off-list price or quote"),
    "AP-02": N_("contract"),
    "AP-03": N_("price change"),
    "AP-04": N_("promotion plan"),
    "AP-05": N_("credit over limit or payment terms"),
    "AP-06": N_("order acceptance"),
    "AP-07": N_("free goods"),
    "AP-08": N_("strategy"),
    "AP-09": N_("make-up customer"),
    "AP-10": N_("who works on a project"),
    "AP-11": N_("target of a market under repair"),
    "AP-12": N_("write-off"),
    "AP-13": N_("wage deduction or refund"),
    "AP-14": N_("stock count difference"),
    "AP-15": N_("month plan"),
    "AP-16": N_("expense or purchase"),
    "AP-17": N_("papers to be sealed"),
    "AP-18": N_("appraisal"),
    "AP-19": N_("archive, pool move or export"),
}
"""What is approved (RULEBOOK §22); the posts that decide, level by level, are the parameters approval.path.AP-…"""

PLAIN_ROLES = {"MGR": ("manager",), "DIR": ("director",), "FIN": ("finance",), "WH": ("warehouse",), "PUR": ("purchasing",)}
"""Posts whose role needs no mapping; the others are the parameters rolemap.… (X-24)."""

LADDER = ("supervisor", "manager", "director", "management")
"""Who stands in, one level up, for a role nobody else holds."""

READERS = ("audit", "cron")
"""Roles that only read, so that nobody who holds no other files a request."""

SUPERIOR, DEPUTY = C_("superior"), C_("deputy")
"""Roles that are no role of the office: the requester's own superior, and the deputy of last resort."""


class Ask(NamedTuple):
    """What a problem of kind APPROVAL would have to be granted: kind, document, and the facts the approval freezes.

    `posts` replaces the kind's usual path where a rule adds or drops a level (X-01); `told` is what deciders read where who asks may not.
    """

    kind: str
    document: str
    content: Mapping[str, Any]
    posts: tuple[str, ...] | None = None
    told: Message | None = None


class Level(NamedTuple):
    """One level of a chain as it stands today: the post of the rulebook, the role that decides, and its holders."""

    post: str
    role: str
    people: tuple[int, ...]


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
    post: str


# --- what is frozen, and what was granted -------------------------------------------------------------------------------


def digest(content: Mapping[str, Any]) -> str:
    """The digest of what is to be approved; equal content gives the same digest."""
    import json  # here and below: together 8 ms of every start
    from hashlib import sha256

    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def pack(summary: Message) -> str:
    """The facts of a sentence as text to keep; sentences inside it stay sentences."""
    import json

    return json.dumps(_plain(summary.facts), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return {"text": value.text, "facts": _plain(value.facts)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):
        return {str(key): _plain(item) for key, item in value.items()}
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def unpack(summary: str, facts: str | None) -> Message:
    """The sentence a request was filed with, to be spoken in the reader's language."""
    import json

    return Message(summary, {key: _spoken(value) for key, value in json.loads(facts or "{}").items()})


def _spoken(value: Any) -> Any:
    if isinstance(value, dict):
        return Message(value["text"], {key: _spoken(item) for key, item in value["facts"].items()})
    return [_spoken(item) for item in value] if isinstance(value, list) else value


def granted(reader: Reader, ask: Ask) -> bool:
    """Whether exactly this content of this document was approved; anything changed since needs a new request."""
    return _number(reader, ask, "approved") is not None


def waiting_number(reader: Reader, ask: Ask) -> str | None:
    """The number of a waiting request for exactly this content."""
    return _number(reader, ask, "waiting")


def _number(reader: Reader, ask: Ask, state: str) -> str | None:
    sql = """SELECT number FROM approval
             WHERE document = :document AND kind = :kind AND content = :content AND state = :state ORDER BY id"""
    number: str | None = reader.value(sql, document=ask.document, kind=ask.kind, content=digest(ask.content), state=state)
    return number


def waiting_on(reader: Reader, document: str) -> str | None:
    """The number of a request that waits on a document: until it is decided or withdrawn the document may not be edited."""
    number: str | None = reader.value("SELECT number FROM approval WHERE document = :d AND state = 'waiting' ORDER BY id", d=document)
    return number


def needed(reader: Reader, ask: Ask, code: str, text: str, *, rule: str, **facts: object) -> list[Problem]:
    """Nothing when `ask` was granted; else the problem (exit 5) with what to do: file the request, or wait for it."""
    if granted(reader, ask):
        return []
    number = waiting_number(reader, ask)
    hint = N_("it waits as {request}: salescli inbox --mine") if number else N_('file it: say the command again with --request "reason"')
    return [problem(code, text, kind=Kind.APPROVAL, rule=rule, hint=hint, ask=ask, **({"request": number} if number else {}), **facts)]


# --- who decides --------------------------------------------------------------------------------------------------------


def posts_of(reader: Reader, ask: Ask) -> tuple[str, ...]:
    """The posts that decide, in their order: the rule's own, else what the office set for the kind."""
    return ask.posts or tuple(reader.policy(f"approval.path.{ask.kind}"))


def roles_of(reader: Reader, post: str) -> tuple[str, ...]:
    """The roles a post of the rulebook stands for, first choice first (X-24)."""
    return PLAIN_ROLES.get(post) or tuple(reader.policy(f"rolemap.{post}"))


def chain(reader: Reader, posts: Iterable[str], requester: int) -> list[Level] | Problem:
    """The levels a request must pass, or the problem that one of them has no holder. ORG-02, ORG-03, DAT-01.

    Levels the same people hold are one: nobody is asked twice.
    """
    levels: list[Level] = []
    for post in posts:
        found = level(reader, post, requester)
        if found is None:
            return _nobody(post)
        if all(found.people != known.people for known in levels):
            levels.append(found)
    return levels


def _nobody(post: str) -> Problem:
    return problem(
        "no_approver",
        N_("nobody else may decide as {post:code}, nor anybody above that post"),
        rule="ORG-03",
        hint=N_("give somebody the role (salescli staff edit CODE --role ROLE) or name a deputy: salescli policy set approval.deputy CODE"),
        post=post,
    )


def level(reader: Reader, post: str, requester: int) -> Level | None:
    """Who decides as `post` on a request of this person, today; None when nobody may. ORG-02, ORG-03, X-24."""
    above = superiors(reader, requester)
    if post == "SUP":
        return Level(post, SUPERIOR, above[:1]) if above else _higher(reader, post, "supervisor", requester, above)
    roles = roles_of(reader, post)
    for role in roles:
        people = _deciders(reader, role, requester, above)
        if people:
            return Level(post, role, people)
    return _higher(reader, post, roles[0], requester, above)


def _higher(reader: Reader, post: str, role: str, requester: int, above: tuple[int, ...]) -> Level | None:
    """The next role up the ladder that somebody else holds, else the deputy of last resort."""
    start = LADDER.index(role) + 1 if role in LADDER else 1
    for higher in LADDER[start:]:
        people = _deciders(reader, higher, requester, above)
        if people:
            return Level(post, higher, people)
    code = reader.policy("approval.deputy")
    deputy = reader.value(f"SELECT s.id FROM staff s WHERE s.code = :code AND {_ACTIVE}", code=code, today=reader.today) if code else None
    return Level(post, DEPUTY, (deputy,)) if deputy is not None and deputy != requester else None


def _deciders(reader: Reader, role: str, requester: int, above: tuple[int, ...]) -> tuple[int, ...]:
    """The holder in the requester's own line of superiors, else every holder; a sales head's own people do not decide for him."""
    found = holders(reader, role, requester)
    own_line = [person for person in above if person in found]
    if own_line:
        return (own_line[0],)
    below = set(subtree(reader, requester)) if role in LADDER else set()
    return tuple(person for person in found if person not in below)


_ACTIVE = "coalesce(s.left_on, '9999-12-31') >= :today"


def superiors(reader: Reader, staff_id: int) -> tuple[int, ...]:
    """Who stands above somebody, nearest first; people who left are passed over, the person himself is never among them."""
    sql = f"""WITH RECURSIVE up(id, level) AS (
                SELECT superior_id, 1 FROM staff WHERE id = :id
                UNION ALL SELECT s.superior_id, up.level + 1 FROM staff s JOIN up ON s.id = up.id WHERE up.level < 50)
             SELECT up.id FROM up JOIN staff s ON s.id = up.id WHERE {_ACTIVE} AND up.id <> :id ORDER BY up.level"""
    return tuple(dict.fromkeys(reader.column(sql, id=staff_id, today=reader.today)))


def subtree(reader: Reader, staff_id: int) -> list[int]:
    """Everybody below a person."""
    sql = """WITH RECURSIVE team(id) AS (
                SELECT id FROM staff WHERE superior_id = :id UNION SELECT s.id FROM staff s JOIN team t ON s.superior_id = t.id)
             SELECT id FROM team"""
    return reader.column(sql, id=staff_id)


def holders(reader: Reader, role: str, requester: int) -> list[int]:
    """Everybody but the requester who holds a role and has not left."""
    sql = f"""SELECT s.id FROM staff s JOIN staff_role r ON r.staff_id = s.id
             WHERE r.role = :role AND s.id <> :requester AND {_ACTIVE} ORDER BY s.code"""
    return reader.column(sql, role=role, requester=requester, today=reader.today)


def stands_for(reader: Reader, staff_id: int) -> set[int]:
    """Whom somebody may decide for today: himself, and those who named him deputy."""
    sql = "SELECT staff_id FROM deputy WHERE deputy_id = :id AND since <= :today AND until >= :today"
    return {staff_id, *reader.column(sql, id=staff_id, today=reader.today)}


# --- what waits ---------------------------------------------------------------------------------------------------------

_WAITING = """
SELECT a.id, a.number, a.kind, a.document, a.summary, a.facts, a.requested_by, s.code, a.requested_on, a.reason, p.position, p.post
FROM approval a
JOIN staff s ON s.id = a.requested_by
JOIN approval_step p ON p.approval_id = a.id AND p.decision IS NULL
WHERE a.state = 'waiting'
  AND p.position = (SELECT min(q.position) FROM approval_step q WHERE q.approval_id = a.id AND q.decision IS NULL)
"""


def waiting(reader: Reader) -> list[Waiting]:
    """Every waiting request with the level it waits at, oldest first."""
    return reader.rows(Waiting, f"{_WAITING} ORDER BY a.requested_on, a.id")


def level_of(reader: Reader, request: Waiting) -> Level | None:
    """Who decides on the level a request waits at, as the office stands today; None when nobody may."""
    return level(reader, request.post, request.requested_by)


def may_decide(reader: Reader, request: Waiting, staff_id: int) -> bool:
    """Whether somebody (or one he deputises for) holds the level; never the requester himself. ORG-03."""
    if staff_id == request.requested_by:
        return False
    found = level_of(reader, request)
    return found is not None and not stands_for(reader, staff_id).isdisjoint(found.people)


def inbox(reader: Reader, staff_id: int) -> list[Waiting]:
    """The requests that wait for this person."""
    return [w for w in waiting(reader) if may_decide(reader, w, staff_id)]


class Gap(NamedTuple):
    """Somebody whose requests of these kinds nobody could decide."""

    staff: str
    kinds: tuple[str, ...]


def paths_without_holder(reader: Reader) -> list[Gap]:
    """Everybody who may file requests that nobody could decide: an error that `salescli check` names. DAT-01, ORG-03."""
    only_read = ", ".join(f"'{role}'" for role in READERS)
    sql = f"""SELECT s.id, s.code FROM staff s WHERE {_ACTIVE}
              AND EXISTS (SELECT 1 FROM staff_role r WHERE r.staff_id = s.id AND r.role NOT IN ({only_read})) ORDER BY s.code"""
    paths = {kind: posts_of(reader, Ask(kind, "", {})) for kind in PATHS}
    gaps = []
    for staff_id, code in reader.tuples(sql, today=reader.today):
        open_posts = {post for post in {p for posts in paths.values() for p in posts} if level(reader, post, staff_id) is None}
        kinds = tuple(kind for kind, posts in paths.items() if not open_posts.isdisjoint(posts))
        if kinds:
            gaps.append(Gap(code, kinds))
    return gaps
