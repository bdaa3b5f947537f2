"""The day list: every room's tasks of one person or of the office, the most urgent first (VIS-09)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from salescli.core.agenda import Agenda, Task
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find
from salescli.core.report import Column, Lines, Report

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

Provider = Callable[["Reader", Agenda], "list[Task]"]

PROVIDERS: tuple[tuple[str, str], ...] = (
    ("salescli.ar.reads_today", "payments"),
    ("salescli.order.reads_today", "promises"),
    ("salescli.price.reads_today", "due"),
    ("salescli.promo.reads_today", "due"),
    ("salescli.product.reads_today", "due"),
    ("salescli.lead.reads_today", "leads"),
    ("salescli.lead.reads_today", "desk"),
    ("salescli.stock.reads_today", "due"),
    ("salescli.quote.reads_today", "due"),
    ("salescli.contract.reads_today", "due"),
    ("salescli.purchase.reads_today", "due"),
    ("salescli.service.reads_today", "due"),
    ("salescli.service.reads_today", "services_due"),
    ("salescli.customer.reads_pool_today", "pool"),
    ("salescli.customer.reads_work_today", "contacts"),
    ("salescli.customer.reads_work_today", "records"),
    ("salescli.customer.reads_work_today", "leading"),
    ("salescli.staff.reads_today", "people"),
    ("salescli.desk.reads_handover", "left_behind"),
    ("salescli.desk.reads_inbox", "waiting_today"),
    ("salescli.desk.reads_tasks", "tasks_today"),
    ("salescli.desk.reads_notice", "notices_today"),
)
"""Who fills the list: module and function `provider(reader, agenda) -> list[Task]`. A new room adds its line here."""

COLUMNS = (
    Column("kind", N_("Task"), "code"),
    Column("due", N_("Due"), "date"),
    Column("ref", N_("Document")),
    Column("customer", N_("Customer")),
    Column("text", N_("What")),
    Column("rule", N_("Rule")),
    Column("late_days", N_("Days late"), "int"),
)


def tasks(r: Reader, agenda: Agenda) -> list[Task]:
    """Everything on an agenda: the longest late first, then what is due first. VIS-09."""
    found = [task for module, name in PROVIDERS for task in _provider(module, name)(r, agenda)]
    return sorted(found, key=lambda task: (-task.late_days, task.due or "", task.kind, task.ref or ""))


def _provider(module: str, name: str) -> Provider:
    provider: Provider = getattr(import_module(module), name)
    return provider


def today(r: Reader, staff: str | None = None, *, everybody: bool = False, as_of: date | None = None) -> Report:
    """The day list of the reader, of one person he sees, or of everybody he sees. VIS-09.

    Raises SalesError: 2 for a person and --all together, 3 for an unknown person, 7 for one whose work the reader may not see.
    """
    day = as_of or r.today
    agenda = Agenda(day, None if everybody else _person(r, staff))
    if everybody and staff:
        fail("staff_and_all", N_("name a person or say --all, not both"), kind=Kind.USAGE)
    found = tasks(r, agenda)
    team = {r.actor.code, *r.column(_TEAM.format(", ".join(map(str, r.actor.own_or_team()))))}
    return Report(
        name="today",
        title=msg(N_("To do on {day}"), day=day.isoformat()),
        columns=COLUMNS,
        rows=Lines(found, partial(_row, named=everybody)),
        notes=() if everybody or staff else _others(r),
        as_of=day.isoformat(),
        empty=msg(N_("Nothing is due or late on {day}."), day=day.isoformat()),
        beyond_own=any(task.staff is not None and task.staff not in team for task in found),
    )


_TEAM = "SELECT code FROM staff WHERE id IN ({})"


def _person(r: Reader, staff: str | None) -> int:
    """The id of the person named, the reader's own without a name."""
    if staff is None:
        return r.actor.id
    found = find(r, "staff", staff)
    visible = r.actor.visible("orders")
    if visible is not None and found.id not in visible:
        text = N_("{staff} may not see the work of {other}")
        hint = N_("your own list: salescli today")
        fail("not_your_team", text, kind=Kind.FORBIDDEN, rule="ORG-07", hint=hint, staff=r.actor.code, other=found.code)
    return found.id


def _others(r: Reader) -> tuple[Message, ...]:
    """The way to the lines of others, for who may see them."""
    if r.actor.visible("orders") == (r.actor.id,):
        return ()
    return (msg(N_("These are your own lines; those of everybody you see: salescli today --all")),)


SETTLED_BY = {
    "receivable_overdue": N_("salescli ar receipt {customer} AMOUNT"),
    "receivable_due": N_("salescli ar receipt {customer} AMOUNT"),
    "order_late": N_("salescli order deliver {ref}"),
    "order_due": N_("salescli order deliver {ref}"),
    "quote": N_("salescli quote show {ref}"),
    "contract": N_("salescli contract show {ref}"),
    "goods_expected": N_("salescli purchase receive {ref}"),
    "payable_due": N_("salescli purchase payables --each"),
    "ticket": N_("salescli service solve {ref} TEXT"),
    "lead_stalled": N_("salescli lead follow {ref} TEXT --stall REASON"),
    "lead_contact": N_("salescli lead follow {ref} TEXT"),
    "lead_untouched": N_("salescli lead follow {ref} TEXT"),
    "inquiry": N_("salescli lead follow {ref} TEXT"),
    "lead_comment": N_("salescli lead comment {ref} TEXT"),
    "lead_invited": N_("salescli lead arrive {ref}"),
    "confirmation_sheet": N_("salescli lead confirm {ref}"),
    "desk_count": N_("salescli lead desk-tell --on {ref}"),
    "customer_untouched": N_("salescli customer visit {customer}"),
    "birthday": N_("salescli customer visit {customer} --channel message --talk TEXT"),
    "paper_ends": N_("salescli staff guarantor list"),
}
"""The command that settles a kind of task whose sentence does not say it itself. VIS-09."""


def _row(task: Task, *, named: bool) -> tuple[Any, ...]:
    text = msg(N_("{text} ({staff})"), text=task.text, staff=task.staff) if named and task.staff else task.text
    command = SETTLED_BY.get(task.kind)
    if command and "salescli" not in task.text.text:
        text = msg(N_("{text}; {command}"), text=text, command=msg(command, ref=task.ref, customer=task.customer))
    return (task.kind, task.due, task.ref, task.customer, text, task.rule, task.late_days)
