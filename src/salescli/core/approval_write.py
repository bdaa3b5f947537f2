"""Filing, deciding and withdrawing requests (DAT-01, ORG-03). Reading stands in approval.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from sqlmodel import select

from salescli.core.approval import PATHS, Ask, Waiting, chain, digest, may_decide, waiting, waiting_number
from salescli.core.errors import Kind, Problem, fail, raise_if
from salescli.core.i18n import N_, Message
from salescli.core.tables_office import Approval, ApprovalStep

if TYPE_CHECKING:
    from salescli.core.writer import Writer


def file_request(w: Writer, ask: Ask, summary: Message, reason: str) -> Approval:
    """File a request for what `ask` freezes. Raises SalesError: the same waits already, no reason, no holder of a level."""
    if not reason.strip():
        fail("no_reason", N_("a request needs a reason"), kind=Kind.USAGE, rule="DAT-01")
    known = waiting_number(w.reader, ask)
    if known:
        fail("waits_already", N_("the same request waits already as {number}"), kind=Kind.STATE, hint=N_("salescli inbox"), number=known)
    steps = chain(w.reader, PATHS[ask.kind][1], w.actor.id)
    if isinstance(steps, Problem):
        raise_if([steps])
        raise AssertionError
    row = w.add(
        Approval(
            number=w.number("AP"),
            kind=ask.kind,
            document=ask.document,
            summary=summary.text,
            facts=json.dumps(dict(summary.facts), ensure_ascii=False, default=str),
            content=digest(ask.content),
            state="waiting",
            requested_by=w.actor.id,
            requested_on=w.today,
            reason=reason.strip(),
        )
    )
    assert row.id is not None
    w.session.add_all(ApprovalStep(approval_id=row.id, position=i, role=s.role, staff_id=s.staff_id) for i, s in enumerate(steps, 1))
    w.session.flush()
    return row


def decide(w: Writer, number: str, *, approve: bool, reason: str | None) -> Approval:
    """Approve or refuse the level a request waits at; the last approval (or any refusal) settles it.

    Raises SalesError: 3 no such request, 6 not waiting, 7 not the holder or one's own request (ORG-03), 2 a refusal without reason.
    """
    request = _waiting(w, number)
    if not may_decide(w.reader, request, w.actor.id):
        _not_yours(request, w.actor.id)
    if not approve and not (reason or "").strip():
        fail("no_reason", N_("a refusal needs a reason: --reason"), kind=Kind.USAGE, rule="DAT-01")
    step = w.session.exec(
        select(ApprovalStep).where(ApprovalStep.approval_id == request.id, ApprovalStep.position == request.position)
    ).one()
    step.decision = "approved" if approve else "refused"
    step.decided_by, step.decided_on, step.reason = w.actor.id, w.today, reason
    row = w.get(Approval, request.id)
    w.session.flush()
    if not approve or not _open_steps(w, request.id):
        row.state, row.closed_on = ("approved" if approve else "refused"), w.today
    w.document = row.number
    return row


def withdraw(w: Writer, number: str) -> Approval:
    """Take one's own waiting request back."""
    request = _waiting(w, number)
    if request.requested_by != w.actor.id:
        fail("not_your_request", N_("{number} was filed by {requester}; only its author may withdraw it"), kind=Kind.FORBIDDEN,
             rule="DAT-01", number=number, requester=request.requester)  # fmt: skip
    row = w.get(Approval, request.id)
    row.state, row.closed_on = "withdrawn", w.today
    w.document = row.number
    return row


def _open_steps(w: Writer, approval_id: int) -> int:
    return int(w.reader.value("SELECT count(*) FROM approval_step WHERE approval_id = :id AND decision IS NULL", id=approval_id))


def _waiting(w: Writer, number: str) -> Waiting:
    found = next((r for r in waiting(w.reader) if r.number.casefold() == number.casefold()), None)
    return found or _no_longer_waiting(w, number)


def _no_longer_waiting(w: Writer, number: str) -> NoReturn:
    state = w.reader.value("SELECT state FROM approval WHERE lower(number) = :n", n=number.lower())
    if state is None:
        fail("request_not_found", N_("there is no request {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli inbox"), number=number)
    fail("request_settled", N_("request {number} is {state:code} already"), kind=Kind.STATE, rule="DAT-01", number=number, state=state)


def _not_yours(request: Waiting, staff_id: int) -> NoReturn:
    if request.requested_by == staff_id:
        fail("own_request", N_("nobody decides his own request: {number} is yours"), kind=Kind.FORBIDDEN, rule="ORG-03",
             number=request.number)  # fmt: skip
    fail("not_your_step", N_("request {number} waits for {role:code}, not for you"), kind=Kind.FORBIDDEN, rule="ORG-02",
         number=request.number, role=request.role)  # fmt: skip
