"""One command passes everything somebody holds on to others and ends his sign-in (ORG-06)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import col, or_, select

from salescli.book.create import load_tables
from salescli.core import approval as engine
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find
from salescli.core.reader import Reader
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.schema import Book
from salescli.core.tables import Staff
from salescli.core.tables_office import Credential, Deputy, Session
from salescli.core.text import NOTE, clean_or_none
from salescli.customer import actions_owner, reads_owner
from salescli.customer.states import OwnerMove
from salescli.customer.tables import Customer
from salescli.desk.reads_handover import Held, holdings
from salescli.desk.rules_handover import Heir, Thing, check_heirs, check_room, share
from salescli.lead import actions_owner as lead_owner
from salescli.lead.tables import Lead
from salescli.service.reads_handler import unbiased
from salescli.staff import actions as staff_actions
from salescli.staff.tables_duty import DutyMember

NOBODY = "-"
"""Stands for a holder nobody became: his place in a duty group that has all heirs already."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.writer import Writer


class Wish(NamedTuple):
    """A handover as typed: the heirs, only these customers (None: everything), the last day, reasons."""

    to: tuple[str, ...]
    customers: tuple[str, ...] | None = None
    on: date | None = None
    reason: str | None = None
    beyond_cap: str | None = None


@dataclass
class _Plan:
    """One run: who leaves, who takes over, what there is, and whose each customer and lead becomes (staff ids)."""

    leaver: Row
    heirs: dict[str, Row]
    things: list[Held]
    reason: str | None
    partial: bool
    customers: dict[int, int]
    leads: dict[int, int]

    @property
    def first(self) -> int:
        """The heir of what belongs to no customer."""
        return next(iter(self.heirs.values())).id

    def heir(self, held: Held) -> int:
        """Whose a thing becomes: it goes with its customer."""
        return self.customers.get(held.customer_id or 0, self.first)


def handover(w: Writer, staff: str, wish: Wish) -> Done:
    """Pass all somebody holds on to others, evenly and within their caps; note his last day, end his sign-ins. ORG-06, LED-11.

    With `customers` only those and what hangs on them go over, and he stays. Raises SalesError: 2 no heir or oneself, 3 unknown,
    4 an heir leaves too or has no room, 6 a customer somebody else holds, 7 the last administrator.
    """
    plan = _plan(w, find(w.reader, "staff", staff), wish)
    waiting = [request.number for request in engine.inbox(w.reader, plan.leaver.id)] if not plan.partial else []
    load_tables()
    _move_customers(w, plan)
    _move_leads(w, plan)
    _move_rest(w, plan)
    w.session.flush()
    left = None if plan.partial else _end(w, plan.leaver, wish.on or w.today)
    w.document = plan.leaver.code
    w.note(plan.leaver.code, f"handed over to {', '.join(plan.heirs)}" + (f": {plan.reason}" if plan.reason else ""))
    return _done(w, plan, left, waiting)


# --- planning -------------------------------------------------------------------------------------------------------------------


def _plan(w: Writer, leaver: Row, wish: Wish) -> _Plan:
    r, cap = w.reader, w.policy("pool.hold_cap")
    found = [find(r, "staff", word) for text in wish.to for word in text.replace("，", ",").split(",") if word.strip()]
    if not found:
        fail("no_heir", N_("say who takes over: --to CODE"), kind=Kind.USAGE, rule="ORG-06")
    heirs = [Heir(row.code, reads_owner.person(r, row.id).left, cap - reads_owner.held(r, row.id)) for row in found]
    raise_if(check_heirs(leaver.code, heirs))
    things = _wanted(w, leaver, wish.customers)
    counted = {_key(held): Thing(_key(held), _counts(r, held)) for held in things if _is_owned(held)}
    beyond = clean_or_none(wish.beyond_cap, C_("reason"), NOTE, lines=True)
    raise_if(check_room(list(counted.values()), heirs, cap, beyond=beyond is not None))
    shares = share(list(counted.values()), heirs, beyond=beyond is not None)
    ids = {row.code: row.id for row in found}
    whose = {held: ids[shares[_key(held)]] for held in things if _key(held) in shares}
    return _Plan(
        leaver, {row.code: row for row in found}, things, beyond or clean_or_none(wish.reason, C_("reason"), NOTE, lines=True),
        wish.customers is not None,
        {held.id: heir for held, heir in whose.items() if held.place[0] == "customer"},
        {held.id: heir for held, heir in whose.items() if held.place[0] == "lead"},
    )  # fmt: skip


def _key(held: Held) -> str:
    return f"{held.place[0]} {held.ref}"


def _is_owned(held: Held) -> bool:
    """A customer, or a lead that follows none."""
    return held.place[0] == "customer" or (held.place[0] == "lead" and held.customer_id is None)


def _counts(r: Reader, held: Held) -> bool:
    """Whether a thing counts against its owner's cap. LED-11."""
    return held.place[0] == "lead" or not reads_owner.dealt(r, held.id)


def _wanted(w: Writer, leaver: Row, customers: Sequence[str] | None) -> list[Held]:
    """All he holds, or the customers named and what hangs on them. Raises SalesError (exit 6) for one he does not hold."""
    things = holdings(w.reader, leaver.id)
    if customers is None:
        return things
    words = [word for text in customers for word in text.replace("，", ",").split(",") if word.strip()]
    rows = [find(w.reader, "customer", word) for word in words]
    own = {held.id for held in things if held.place[0] == "customer"}
    text = N_("{customer} {name} is not held by {staff}")
    raise_if(
        problem("not_held", text, kind=Kind.STATE, rule="ORG-06",
                hint=N_("all he holds: salescli staff holds {staff}"), customer=row.code, name=row.name, staff=leaver.code)
        for row in rows if row.id not in own
    )  # fmt: skip
    chosen = {row.id for row in rows}
    return [held for held in things if held.customer_id in chosen]


# --- moving ---------------------------------------------------------------------------------------------------------------------


def _move_customers(w: Writer, plan: _Plan) -> None:
    """Customers with their leads, promises and tasks, by the one function through which a customer changes hands."""
    for row_id, heir in plan.customers.items():
        actions_owner.move_to(w, w.get(Customer, row_id), heir, OwnerMove.HANDED_OVER, plan.reason)


def _move_leads(w: Writer, plan: _Plan) -> None:
    """Leads that are no customer's, and those of customers somebody else holds."""
    for held in plan.things:
        if held.place[0] != "lead":
            continue
        lead = w.get(Lead, held.id)
        if lead.staff_id == plan.leaver.id:
            lead_owner.move_to(w, lead, plan.leads.get(held.id, plan.heir(held)), OwnerMove.HANDED_OVER, plan.reason)


def _move_rest(w: Writer, plan: _Plan) -> None:
    """Everything else he still holds, table by table; reports and places in duty groups by their own rules."""
    models = {str(model.__tablename__): model for model in Book.__subclasses__()}
    superior = w.get(Staff, plan.leaver.id).superior_id
    for held in sorted(plan.things, key=lambda held: held.place != ("staff", "superior_id")):  # who judges is found among the new superiors
        table, column = held.place
        if table in ("customer", "lead"):
            continue
        row: Any = w.get(models[table], held.id)
        if getattr(row, column) not in (plan.leaver.id, None):
            continue  # it went along with its customer
        if held.place == ("staff", "superior_id"):
            row.superior_id = _new_superior(w, plan, superior, row)
        elif held.place == ("duty_member", "staff_id"):
            _replace_on_duty(w, plan, row)
        elif held.place == ("ticket", "agent_id") and row.about_id is not None:
            row.agent_id = unbiased(w.reader, plan.heir(held), row.about_id) or plan.heir(held)
        elif held.place == ("task", "staff_id") and row.rule == "CUS-11":
            row.staff_id = _judge(w, row.number, plan.heir(held))
        else:
            setattr(row, column, plan.heir(held))


def _judge(w: Writer, task: str, heir: int) -> int:
    """Who takes over seeing to a low score: the heir, unless it is about him or somebody above him. CUS-11."""
    about = w.reader.value("SELECT about_id FROM survey WHERE task = :task", task=task)
    return heir if about is None else unbiased(w.reader, heir, about) or heir


def _new_superior(w: Writer, plan: _Plan, superior: int | None, report: Staff) -> int | None:
    """His reports go to his own superior, at the top to the first heir, who stands there from now on: no gap, no circle. ORG-02."""
    if superior is not None:
        return superior
    w.get(Staff, plan.first).superior_id = None
    return None if report.id == plan.first else plan.first


def _replace_on_duty(w: Writer, plan: _Plan, row: DutyMember) -> None:
    """An heir who is not in the group yet takes his place, else the group goes on without him. LED-06."""
    members = set(w.session.exec(select(DutyMember.staff_id).where(DutyMember.group_id == row.group_id)))
    free = next((heir.id for heir in plan.heirs.values() if heir.id not in members), None)
    if free is None:
        w.session.delete(row)
    else:
        row.staff_id = free
    w.session.flush()


# --- ending ---------------------------------------------------------------------------------------------------------------------


def _end(w: Writer, leaver: Row, day: date) -> date:
    """Note the last day unless he has an earlier one; end sign-ins, from that day on the password, and deputies. ORG-06, ORG-07."""
    person = w.get(Staff, leaver.id)
    last = min(day, person.left_on) if person.left_on else day
    staff_actions.edit(w, leaver.code, {"left_on": last})
    for signed_in in w.session.exec(select(Session).where(Session.staff_id == leaver.id)):
        w.session.delete(signed_in)
    for password in w.session.exec(select(Credential).where(Credential.staff_id == leaver.id)) if last <= w.today else ():
        w.session.delete(password)
    _end_deputies(w, leaver.id, last)
    w.session.flush()
    return last


def _end_deputies(w: Writer, staff_id: int, last: date) -> None:
    """Nobody decides for him, and he for nobody, after his last day."""
    concerned = or_(col(Deputy.staff_id) == staff_id, col(Deputy.deputy_id) == staff_id)
    for row in w.session.exec(select(Deputy).where(concerned, col(Deputy.until) > last)):
        if row.since > last:
            w.session.delete(row)
        else:
            row.until = last


# --- telling --------------------------------------------------------------------------------------------------------------------


def _done(w: Writer, plan: _Plan, left: date | None, waiting: list[str]) -> Done:
    counts = _counted(w, plan)
    totals = {what: sum(by.values()) for what, by in counts.items()}
    facts = {"staff": plan.leaver.code, "name": plan.leaver.name, "heirs": list(plan.heirs), "things": sum(totals.values())}
    text = N_("{staff} {name}: {things} {things:item|items} {things:goes|go} to {heirs}")
    if left:
        text = N_(
            "{staff} {name} is handed over: {things} {things:item|items} {things:goes|go} to {heirs}; last day {left}, no sign-in after it"
        )
    return Done(
        msg(text, **facts, **({"left": left.isoformat()} if left else {})),
        document=plan.leaver.code,
        changes=tuple(_change(plan.leaver.code, what, by) for what, by in counts.items()),
        next=(f"salescli staff holds {plan.leaver.code}", *(f"salescli customer list --staff {code}" for code in plan.heirs)),
        facts={**totals, "approvals": waiting},
        warnings=tuple(_warnings(w, plan, left, waiting)),
    )


def _counted(w: Writer, plan: _Plan) -> dict[str, Counter[str]]:
    """How many of each kind every heir has got, told from where the rows stand now."""
    codes = dict(w.reader.tuples("SELECT id, code FROM staff"))
    counts: dict[str, Counter[str]] = {}
    for held in plan.things:
        table, column = held.place
        holder = w.reader.value(f'SELECT {column} FROM "{table}" WHERE id = :id', id=held.id)
        counts.setdefault(held.what, Counter())[codes.get(holder, NOBODY)] += 1
    return counts


def _change(leaver: str, what: str, by: Counter[str]) -> Change:
    heirs = [f"{code} {count}" for code, count in sorted(by.items()) if code != NOBODY]
    return Change(what, f"{leaver} {sum(by.values())}", ", ".join(heirs) or None)


def _warnings(w: Writer, plan: _Plan, left: date | None, waiting: list[str]) -> Iterable[Problem]:
    """What no row can pass on: requests that waited for him go to the level above, those he filed keep their author."""
    if left is None:
        return
    later = Reader(w.reader.connection, max(left, w.today) + timedelta(1), w.actor)
    codes = dict(w.reader.tuples("SELECT id, code FROM staff"))
    for request in engine.waiting(later):
        if request.number in waiting:
            level = engine.level_of(later, request)
            text = N_("request {number} waited for {staff}; from the day after {left} it waits for {people}")
            people = [codes[i] for i in level.people] if level else None
            yield problem("request_moves_on", text, rule="DAT-01", number=request.number, staff=plan.leaver.code, people=people,
                          left=left.isoformat())  # fmt: skip
        if request.requested_by == plan.leaver.id:
            text = N_("request {number} was filed by {staff}; decide it, or take it back: salescli withdraw {number}")
            yield problem("request_left", text, rule="DAT-01", number=request.number, staff=plan.leaver.code)
