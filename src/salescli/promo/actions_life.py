"""A plan after its submission: decided, started, stopped, ended, extended, cancelled, evaluated (ST-11, PRO-02, PRO-03, PRO-04)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salescli.core.approval import needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.report import Change, Done
from salescli.core.tasks_write import open_task
from salescli.core.text import NOTE, clean
from salescli.promo import reads_around, reads_load, rules_check
from salescli.promo.actions import ask, check_around
from salescli.promo.reads_plans import uses
from salescli.promo.reads_result import Figures, compare
from salescli.promo.states import PlanState, ShownState
from salescli.promo.tables import PromoCheck, PromoPlan, PromoResult

if TYPE_CHECKING:
    from salescli.core.tables_office import Approval
    from salescli.core.writer import Writer
    from salescli.promo.reads_load import Loaded


def settled(w: Writer, approval: Approval) -> Message | None:
    """A plan was approved, refused or withdrawn; approved, its preparations become tasks of their owners. AP-04, PRO-02, PRO-03."""
    plan_id = w.reader.value("SELECT id FROM promo_plan WHERE number = :n AND request = :r", n=approval.document, r=approval.number)
    if plan_id is None:
        return None  # a later last day: whoever asked says his command again
    row = w.get(PromoPlan, plan_id)
    after = {"approved": PlanState.APPROVED, "refused": PlanState.REFUSED}.get(approval.state, PlanState.DRAFT)
    row.state = after.value
    if after is not PlanState.APPROVED:
        return None
    row.first_last_day = row.date_to
    count = _open_tasks(w, row)
    text = N_("{count} {count:preparation|preparations} {count:is|are} tasks now; once they are done: salescli promo start {number}")
    return msg(text, count=count, number=row.number)


def _open_tasks(w: Writer, row: PromoPlan) -> int:
    ids = w.reader.column("SELECT id FROM promo_check WHERE plan_id = :id ORDER BY id", id=row.id)
    for check in [w.get(PromoCheck, check_id) for check_id in ids]:
        check.task = open_task(w, check.staff_id, check.text, max(check.due, w.today), document=row.number, rule="PRO-03").number
    return len(ids)


def _moved(w: Writer, number: str, target: PlanState) -> tuple[Loaded, PromoPlan]:
    """The plan, once it may go where it is asked to."""
    found = reads_load.plan(w.reader, number)
    raise_if(rules_check.check_move(found.row.number, found.row.state, target, reads_around.state_of(found.row, w.today).value))
    w.document = found.row.number
    return found, w.get(PromoPlan, found.row.id)


def start(w: Writer, number: str) -> Done:
    """Let an approved plan run, or one that was stopped run again. PRO-02, PRO-03, PRO-05.

    Raises SalesError: 3 no such plan, 4 another plan now stands against it, 6 not approved, or its days are over.
    """
    found, row = _moved(w, number, PlanState.RUNNING)
    raise_if([*rules_check.check_days(row.number, row.date_to, w.today), *check_around(w, found)])
    row.state, row.reason = PlanState.RUNNING.value, None
    row.started_on = row.started_on or w.today
    text = (
        N_("promotion {number} runs until {last}")
        if row.date_from <= w.today
        else N_("promotion {number} is ready; it holds from {first} to {last}")
    )
    return Done(
        msg(text, number=row.number, first=row.date_from.isoformat(), last=row.date_to.isoformat()),
        document=row.number,
        next=(f"salescli promo preview CUSTOMER SKU=QTY --plan {row.number}",),
        warnings=(*_unprepared(w, row.number), *reads_around.warnings(w.reader, found, w.today)),
    )


def _unprepared(w: Writer, number: str) -> list[Problem]:
    """Preparations that are not done. PRO-03."""
    sql = """SELECT t.number, s.code FROM task t JOIN staff s ON s.id = t.staff_id
             WHERE t.document = :n AND t.rule = 'PRO-03' AND t.state = 'open' ORDER BY t.id"""
    text = N_("{task} of {staff} is not done: a preparation of {document}")
    return [
        problem("not_prepared", text, rule="PRO-03", hint=N_("salescli task done {task}"), task=task, staff=staff, document=number)
        for task, staff in w.reader.tuples(sql, n=number)
    ]


def stop(w: Writer, number: str, reason: str) -> Done:
    """Take a running plan's effect away until it is started again; what it gave stays. PRO-02. Raises SalesError: 3, 6."""
    _found, row = _moved(w, number, PlanState.STOPPED)
    row.state, row.reason = PlanState.STOPPED.value, clean(reason, C_("reason"), NOTE, lines=True)
    return Done(msg(N_("promotion {number} is stopped; what it gave stays"), number=row.number), row.number,
                next=(f"salescli promo start {row.number}", f"salescli promo end {row.number}"))  # fmt: skip


def end(w: Writer, number: str) -> Done:
    """End a plan for good, today already without effect. PRO-02, PRO-04. Raises SalesError: 3 no such plan, 6 it did not run."""
    _found, row = _moved(w, number, PlanState.ENDED)
    if row.date_to >= w.today:
        row.ended_on = w.today
    row.state = PlanState.ENDED.value
    return Done(msg(N_("promotion {number} has ended; what came of it is to be evaluated"), number=row.number), row.number,
                next=(f"salescli promo evaluate {row.number} --lesson TEXT",))  # fmt: skip


LEAST, MOST = 100, 500
"""The scale of satisfaction, 1 to 5, in 1/100."""

EXTENDABLE = (PlanState.APPROVED, PlanState.RUNNING, PlanState.STOPPED)


def extend(w: Writer, number: str, last: date) -> Done:
    """Move the last day of a plan later, once that is approved too. PRO-02, PRO-05, AP-04.

    Raises SalesError: 3 no such plan, 4 an earlier day, a tie, too near the next special, 5 not approved yet, 6 not approved, or over.
    """
    found = reads_load.plan(w.reader, number)
    row = found.row
    if PlanState(row.state) not in EXTENDABLE:
        raise_if(rules_check.check_move(row.number, PlanState.DRAFT, PlanState.RUNNING, reads_around.state_of(row, w.today).value))
    old = date.fromisoformat(row.date_to)
    raise_if([*rules_check.check_days(row.number, old, w.today), *rules_check.check_extension(row.number, old, last),
              *check_around(w, found, last)])  # fmt: skip
    text = N_("promotion {number} {name} until {last} instead of {old}")
    raise_if(needed(w.reader, ask(found, last), "extension", text, rule="PRO-02", number=row.number, name=row.name,
                    last=last.isoformat(), old=row.date_to))  # fmt: skip
    w.get(PromoPlan, row.id).date_to = last
    w.document = row.number
    return Done(msg(N_("promotion {number} runs until {last}"), number=row.number, last=last.isoformat()), row.number,
                (Change("date_to", row.date_to, last.isoformat()),))  # fmt: skip


def cancel(w: Writer, number: str, reason: str) -> Done:
    """Drop a plan that gave nothing yet; one that ran stays for ever and is stopped instead. PRO-02.

    Raises SalesError: 3 no such plan, 4 it was used, 6 it waits (withdraw the request) or is cancelled.
    """
    known = reads_load.plan(w.reader, number)
    raise_if(_used(w, known))
    _found, row = _moved(w, number, PlanState.CANCELLED)
    row.state, row.reason = PlanState.CANCELLED.value, clean(reason, C_("reason"), NOTE, lines=True)
    return Done(msg(N_("promotion {number} is cancelled"), number=row.number), row.number, next=("salescli promo list",))


def _used(w: Writer, found: Loaded) -> list[Problem]:
    row = found.row
    count = uses(w.reader, row.number)
    if row.started_on is None and not count:
        return []
    text = N_("{number} ran and was used in {count} {count:order|orders}; it stays in the book")
    hint = N_("salescli promo stop {number}")
    return [problem("plan_used", text, rule="PRO-02", hint=hint, number=row.number, count=count)]


# --- afterwards ---------------------------------------------------------------------------------------------------------


def evaluate(w: Writer, number: str, lesson: str, satisfaction: int | None = None) -> Done:
    """Keep what came of a plan beside as many days before it, and the lesson. PRO-04, F-17.

    `satisfaction` in 1/100 of the scale 1 to 5; else that of surveys of its buyers.
    Raises SalesError: 3 no such plan, 4 nobody was asked, 6 still running.
    """
    found, row = _moved(w, number, PlanState.EVALUATED)
    if reads_around.state_of(found.row, w.today) not in (ShownState.ENDED, ShownState.EVALUATED):
        text = N_("{number} runs until {last}; it is evaluated afterwards")
        fail("still_running", text, kind=Kind.STATE, rule="PRO-04", hint=N_("salescli promo end {number}"), number=row.number,
             last=row.date_to.isoformat())  # fmt: skip
    now, before = compare(w.reader, found, w.today)
    score = satisfaction if satisfaction is not None else now.satisfaction
    if score is None:
        text = N_("nobody was asked how satisfied the buyers of {number} are")
        hint = N_("say it: --satisfaction 4.2, or ask them: salescli customer survey")
        fail("no_satisfaction", text, rule="PRO-04", hint=hint, number=row.number)
    if not LEAST <= score <= MOST:
        fail("bad_satisfaction", N_("satisfaction is a figure from 1 to 5"), kind=Kind.USAGE, rule="PRO-04")
    now = now._replace(satisfaction=score)
    w.add(_result(w, row, now, before, clean(lesson, C_("lesson"), NOTE, lines=True)))
    row.state = PlanState.EVALUATED.value
    text = N_(
        "promotion {number} is evaluated: {amount:amount} sold to {customers} {customers:customer|customers}, "
        "{before:amount} in as many days before"
    )
    return Done(msg(text, number=row.number, amount=now.amount, customers=now.customers, before=before.amount), row.number,
                next=(f"salescli promo show {row.number}",))  # fmt: skip


def _result(w: Writer, row: PromoPlan, now: Figures, before: Figures, lesson: str) -> PromoResult:
    assert row.id is not None
    return PromoResult(
        plan_id=row.id, day=w.today, staff_id=w.actor.id, lesson=lesson,
        amount=now.amount, quantity=now.quantity, margin=now.margin, customers=now.customers, satisfaction=now.satisfaction,
        before_amount=before.amount, before_quantity=before.quantity, before_margin=before.margin, before_customers=before.customers,
        before_satisfaction=before.satisfaction,
    )  # fmt: skip
