"""Filing, deciding and withdrawing requests (DAT-01, ORG-02, ORG-03). Reading stands in approval.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlmodel import select

from salescli.core import approval as engine
from salescli.core.approval import Ask, Level, Waiting, level_of
from salescli.core.errors import Kind, Problem, SalesError, fail
from salescli.core.i18n import C_, N_, Message
from salescli.core.tables_office import Approval, ApprovalStep
from salescli.core.text import NOTE, clean_or_none

if TYPE_CHECKING:
    from salescli.core.writer import Writer

REASON = C_("reason")


def file_request(w: Writer, ask: Ask, summary: Message, reason: str) -> Approval:
    """File a request for what `ask` freezes. Raises SalesError: 2 no reason, 4 no holder of a level, 6 the same waits already."""
    why = clean_or_none(reason, REASON, NOTE, lines=True)
    if why is None:
        fail("no_reason", N_("a request needs a reason"), kind=Kind.USAGE, rule="DAT-01")
    known = engine.waiting_number(w.reader, ask)
    if known:
        fail("waits_already", N_("the same request waits already as {number}"), kind=Kind.STATE, hint=N_("salescli inbox --mine"),
             number=known)  # fmt: skip
    levels = engine.chain(w.reader, engine.posts_of(w.reader, ask), w.actor.id)
    if isinstance(levels, Problem):
        raise SalesError([levels])
    row = w.add(_request(w, ask, summary, why))
    assert row.id is not None
    w.session.add_all(_step(row.id, place, found) for place, found in enumerate(levels, 1))
    w.session.flush()
    return row


def _request(w: Writer, ask: Ask, summary: Message, reason: str) -> Approval:
    return Approval(
        number=w.number("AP"),
        kind=ask.kind,
        document=ask.document,
        summary=summary.text,
        facts=engine.pack(summary),
        content=engine.digest(ask.content),
        state="waiting",
        requested_by=w.actor.id,
        requested_on=w.today,
        reason=reason,
    )


def _step(approval_id: int, position: int, found: Level) -> ApprovalStep:
    """A level as it is filed; `role` and `staff_id` record who held it that day, who decides is found anew."""
    only = found.people[0] if len(found.people) == 1 else None
    return ApprovalStep(approval_id=approval_id, position=position, post=found.post, role=found.role, staff_id=only)


def decide(w: Writer, number: str, *, approve: bool, reason: str | None) -> Approval:
    """Approve or refuse the level a request waits at; the last approval (or any refusal) settles it.

    Raises SalesError: 2 a refusal without reason, 3 no such request, 6 not waiting, 7 not the holder or one's own request (ORG-03).
    """
    request = find_waiting(w, number)
    why = clean_or_none(reason, REASON, NOTE, lines=True)
    if not engine.may_decide(w.reader, request, w.actor.id):
        _not_yours(w, request)
    if not approve and why is None:
        fail("no_reason", N_("a refusal needs a reason: --reason"), kind=Kind.USAGE, rule="DAT-01")
    at = (ApprovalStep.approval_id == request.id, ApprovalStep.position == request.position)
    step = w.session.exec(select(ApprovalStep).where(*at)).one()
    step.decision = "approved" if approve else "refused"
    step.decided_by, step.decided_on, step.reason = w.actor.id, w.today, why
    row = w.get(Approval, request.id)
    w.session.flush()
    if not approve or not _open_steps(w, request.id):
        _close(w, row, step.decision)
    w.document = row.number
    return row


def withdraw(w: Writer, number: str) -> Approval:
    """Take a waiting request back: one's own, or that of somebody of one's team who left.

    Raises SalesError: 3 no such request, 6 not waiting, 7 somebody else's.
    """
    request = find_waiting(w, number)
    if request.requested_by != w.actor.id and not _left_behind(w, request):
        fail("not_your_request", N_("{number} was filed by {requester}; only its author may withdraw it"), kind=Kind.FORBIDDEN,
             rule="DAT-01", number=request.number, requester=request.requester)  # fmt: skip
    row = w.get(Approval, request.id)
    _close(w, row, "withdrawn")
    w.document = row.number
    return row


def _left_behind(w: Writer, request: Waiting) -> bool:
    """Whether the author left and the acting person stood above him."""
    left = w.reader.value("SELECT left_on FROM staff WHERE id = :id", id=request.requested_by)
    return left is not None and left < w.today.isoformat() and w.actor.id in engine.superiors(w.reader, request.requested_by)


def _close(w: Writer, row: Approval, state: str) -> None:
    row.state, row.closed_on = state, w.today
    w.session.flush()


def _open_steps(w: Writer, approval_id: int) -> int:
    return int(w.reader.value("SELECT count(*) FROM approval_step WHERE approval_id = :id AND decision IS NULL", id=approval_id))


def find_waiting(w: Writer, number: str) -> Waiting:
    """The waiting request of that number, upper or lower case. Raises SalesError: 3 none, 6 settled already."""
    found = next((r for r in engine.waiting(w.reader) if r.number.casefold() == number.strip().casefold()), None)
    return found or _no_longer_waiting(w, number.strip())


def _no_longer_waiting(w: Writer, number: str) -> NoReturn:
    state = w.reader.value("SELECT state FROM approval WHERE lower(number) = :n", n=number.lower())
    if state is None:
        fail("request_not_found", N_("there is no request {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli inbox"), number=number)
    fail("request_settled", N_("request {number} is {state:code} already"), kind=Kind.STATE, rule="DAT-01", number=number, state=state)


def _not_yours(w: Writer, request: Waiting) -> NoReturn:
    if request.requested_by == w.actor.id:
        fail("own_request", N_("nobody decides his own request: {number} is yours"), kind=Kind.FORBIDDEN, rule="ORG-03",
             hint=N_("salescli withdraw {number} takes it back"), number=request.number)  # fmt: skip
    found = level_of(w.reader, request)
    if found is None:
        fail("no_approver_left", N_("nobody may decide {number} as {post:code} any more"), kind=Kind.FORBIDDEN, rule="ORG-03",
             hint=N_("name one: salescli policy set approval.deputy CODE"), number=request.number, post=request.post)  # fmt: skip
    fail("not_your_step", N_("request {number} waits for {role:code} ({people}), not for you"), kind=Kind.FORBIDDEN, rule="ORG-02",
         number=request.number, role=found.role, people=codes_of(w, found))  # fmt: skip


def codes_of(w: Writer, found: Level) -> list[str]:
    """The staff codes of a level's holders."""
    ids = ", ".join(map(str, found.people))
    return w.reader.column(f"SELECT code FROM staff WHERE id IN ({ids}) ORDER BY code")
