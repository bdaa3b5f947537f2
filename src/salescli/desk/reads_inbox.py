"""Requests that wait, one's own requests, and what they put on the day list (DAT-01, VIS-09)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core import approval as engine
from salescli.core.agenda import Task
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, Message, _, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.agenda import Agenda
    from salescli.core.reader import Reader
    from salescli.core.tables_office import Approval

COLUMNS = (
    Column("number", N_("Request")),
    Column("kind", N_("Kind")),
    Column("subject", N_("Document")),
    Column("requester", N_("Requester")),
    Column("requested_on", N_("Filed"), "date"),
    Column("days", N_("Days waiting"), "int"),
    Column("role", N_("Level"), "code"),
    Column("waits_for", N_("Waits for")),
    Column("text", N_("Subject")),
    Column("reason", N_("Reason")),
)
MINE = (
    Column("number", N_("Request")),
    Column("state", N_("State"), "code"),
    *COLUMNS[1:3],
    Column("requested_on", N_("Filed"), "date"),
    *COLUMNS[5:9],
    Column("answer", N_("Answer")),
)

MOST_SETTLED = 20
"""Settled requests of one's own that --mine still shows."""

APPROVAL = C_("approval")


def inbox(r: Reader, *, everybody: bool = False, mine: bool = False) -> Report:
    """Requests that wait for the reader; with `everybody` all he may see, with `mine` his own and what became of them. DAT-01.

    Raises SalesError (exit 2) for both at once.
    """
    if everybody and mine:
        fail("all_and_mine", N_("say --all or --mine, not both"), kind=Kind.USAGE)
    if mine:
        return _mine(r)
    requests = [w for w in engine.waiting(r) if everybody and sees(r, w)] if everybody else engine.inbox(r, r.actor.id)
    codes = _codes(r)
    team = r.actor.own_or_team()
    return Report(
        "inbox",
        msg(N_("Requests that wait")) if everybody else msg(N_("Requests that wait for you")),
        COLUMNS,
        [_row(r, w, codes) for w in requests],
        notes=() if everybody else (msg(N_("to decide: salescli approve NUMBER, or salescli refuse NUMBER --reason TEXT")),),
        as_of=r.today.isoformat(),
        empty=msg(N_("No request waits.")) if everybody else msg(N_("No request waits for you; your own: salescli inbox --mine")),
        beyond_own=everybody and any(w.requested_by not in team for w in requests),
    )


def sees(r: Reader, request: engine.Waiting) -> bool:
    """Whether a request may be shown: one's own, one's team's, one that waits for one, or all to who sees all receivables."""
    visible = r.actor.visible("receivables")
    ids = {r.actor.id, *r.actor.own_or_team(), *(visible or ())}
    return visible is None or request.requested_by in ids or engine.may_decide(r, request, r.actor.id)


def _codes(r: Reader) -> dict[int, str]:
    return dict(r.tuples("SELECT id, code FROM staff"))


_BUYER = "SELECT c.staff_id FROM sales_order o JOIN customer c ON c.id = o.customer_id WHERE o.number = :document"


def spoken(r: Reader, request: engine.Waiting | _Own | Approval) -> Message:
    """What a request is about; that of credit without figures to who neither sees the customer's account nor decides. ORG-07."""
    text = engine.unpack(request.summary, request.facts)
    if request.kind != "AP-05" or r.actor.sees("receivables", r.value(_BUYER, document=request.document)):
        return text
    if isinstance(request, engine.Waiting) and engine.may_decide(r, request, r.actor.id):
        return text
    return msg(N_("credit for {document}; its figures are for those who decide"), document=request.document)


def _row(r: Reader, w: engine.Waiting, codes: dict[int, str]) -> tuple[object, ...]:
    level = engine.level_of(r, w)
    return (
        w.number, kind_name(w.kind), w.document, w.requester, w.requested_on, days_waiting(r.today, w),
        level.role if level else w.post, names(level, codes), spoken(r, w), w.reason,
    )  # fmt: skip


def kind_name(kind: str) -> str:
    """How a person reads a kind: "AP-05 credit over limit or payment terms"."""
    return f"{kind} {_(engine.PATHS[kind])}" if kind in engine.PATHS else kind


def names(level: engine.Level | None, codes: dict[int, str]) -> str | None:
    """The codes of a level's holders; None when nobody may decide."""
    return ", ".join(sorted(codes[p] for p in level.people)) if level else None


def days_waiting(day: date, w: engine.Waiting) -> int:
    """Whole days since a request was filed."""
    return (day - date.fromisoformat(w.requested_on)).days


class _Own(NamedTuple):
    number: str
    state: str
    kind: str
    document: str
    requested_on: str
    closed_on: str | None
    summary: str
    facts: str | None
    answer: str | None


_OWN = """
SELECT a.number, a.state, a.kind, a.document, a.requested_on, a.closed_on, a.summary, a.facts,
       (SELECT p.reason FROM approval_step p WHERE p.approval_id = a.id AND p.reason IS NOT NULL ORDER BY p.position DESC LIMIT 1)
FROM approval a WHERE a.requested_by = :me
ORDER BY CASE a.state WHEN 'waiting' THEN 0 ELSE 1 END, a.requested_on DESC, a.id DESC"""


def _mine(r: Reader) -> Report:
    codes = _codes(r)
    waits = {w.number: w for w in engine.waiting(r) if w.requested_by == r.actor.id}
    found = r.rows(_Own, _OWN, me=r.actor.id)
    return Report(
        "inbox-mine",
        msg(N_("Your requests")),
        MINE,
        [_own_row(r, own, waits.get(own.number), codes) for own in found[: len(waits) + MOST_SETTLED]],
        as_of=r.today.isoformat(),
        empty=msg(N_("You filed no request.")),
    )


def _own_row(r: Reader, own: _Own, w: engine.Waiting | None, codes: dict[int, str]) -> tuple[object, ...]:
    level = engine.level_of(r, w) if w else None
    end = date.fromisoformat(own.closed_on) if own.closed_on else r.today
    days = (end - date.fromisoformat(own.requested_on)).days
    role = level.role if level else w.post if w else None
    text = spoken(r, own)
    return (own.number, own.state, kind_name(own.kind), own.document, own.requested_on, days, role, names(level, codes), text, own.answer)


# --- the day list -------------------------------------------------------------------------------------------------------


def waiting_today(r: Reader, agenda: Agenda) -> list[Task]:
    """Requests that wait for the person of the agenda, or for anybody the reader sees: decided the day they are filed. DAT-01."""
    requests = engine.waiting(r)
    if agenda.staff_id is not None:
        chosen: Iterable[engine.Waiting] = [w for w in requests if engine.may_decide(r, w, agenda.staff_id)]
    else:
        chosen = [w for w in requests if sees(r, w)]
    codes = _codes(r)
    return [_task(r, agenda, w, codes) for w in chosen]


def _task(r: Reader, agenda: Agenda, w: engine.Waiting, codes: dict[int, str]) -> Task:
    staff = codes[agenda.staff_id] if agenda.staff_id is not None else names(engine.level_of(r, w), codes)
    text = msg(N_("{requester} asks: {summary}; salescli approve {number}"), requester=w.requester, number=w.number,
               summary=spoken(r, w))  # fmt: skip
    return Task(APPROVAL, w.requested_on, w.number, None, text, "DAT-01", days_waiting(agenda.day, w), staff)


# --- what check reports -------------------------------------------------------------------------------------------------


def gaps(r: Reader) -> Iterable[Message]:
    """People whose requests nobody could decide. DAT-01, ORG-03."""
    for gap in engine.paths_without_holder(r):
        text = N_("nobody could decide requests of {staff}: {kinds}; name who does: salescli policy set approval.deputy CODE")
        yield msg(text, staff=gap.staff, kinds=_spans(gap.kinds))


def _spans(kinds: Sequence[str]) -> list[str]:
    """Kinds of request with runs drawn together: AP-01…AP-03, AP-07."""
    from itertools import groupby

    every = list(engine.PATHS)
    runs = [list(run) for _first, run in groupby(enumerate(kinds), lambda pair: every.index(pair[1]) - pair[0])]
    return [kind for run in runs for kind in ([f"{run[0][1]}…{run[-1][1]}"] if len(run) > 2 else [kind for _place, kind in run])]


def stuck(r: Reader) -> Iterable[Message]:
    """Waiting requests that nobody may decide any more. DAT-01, ORG-03."""
    for w in engine.waiting(r):
        if engine.level_of(r, w) is None:
            text = N_("{number} of {staff} waits for {post:code}, whom nobody stands for")
            yield msg(text, number=w.number, staff=w.requester, post=w.post)
