"""Writes what the demo office did beside trade: visits, leads, care, tickets, tasks, the front desk (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.access import actor_for
from salescli.core.approval_write import file_request
from salescli.core.errors import SalesError
from salescli.core.tables_office import Task
from salescli.customer.actions_archive import archive
from salescli.customer.tables_care import AccountReview, Survey
from salescli.customer.tables_contact import KEEP_CONTACTS, Interaction, OwnerChange, Promise
from salescli.customer.tables_visit import Appointment, AppointmentItem
from salescli.desk import demo_plan_care
from salescli.desk.demo_crm_leads import LeadWriter
from salescli.desk.demo_plan_visits import superiors
from salescli.service.tables import Ticket, TicketStep
from salescli.staff.tables_duty import DutyDay, DutyGroup, DutyMember

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.schema import Book
    from salescli.core.writer import Writer
    from salescli.desk.demo_plan import CustomerPlan, OrderPlan, Size
    from salescli.desk.demo_plan_leads import LeadPlan
    from salescli.desk.demo_plan_visits import ContactPlan, Year

DUTY_GROUPS = {"甲组": ("LIU", "ZHANG", "LIN"), "乙组": ("YANG", "SCHMIDT", "HE")}


@dataclass
class Ids:
    """Where the rows of the trade begin, to turn indexes of the plan into ids."""

    staff: list[int]
    customer: int
    product: int


@dataclass
class Life:
    """One run: the writer, the plan and the ids."""

    w: Writer
    ids: Ids
    size: Size
    people: list[CustomerPlan]
    plans: list[OrderPlan]
    year: Year
    leads: list[LeadPlan]

    def write(self) -> None:
        """Everything, contacts first: the others refer to them."""
        contacts = sorted(self.year.contacts + [c for lead in self.leads for c in lead.contacts], key=_when)
        numbers = self._moves_and_leads()
        first = self._contacts(contacts, numbers)
        LeadWriter(self.w, self.ids.staff, self.leads, numbers).follow(contacts, first)
        self._care(contacts)
        self._tickets()
        self._appointments(contacts)
        self._duty()
        self._request()

    def staff(self, index: int | None) -> int | None:
        """The id of a person of the plan."""
        return None if index is None else self.ids.staff[index]

    def rows(self, records: Sequence[dict[str, Any]], series: str | None = None, day: str = "day") -> list[dict[str, Any]]:
        """Records with ids for indexes, and numbers of a series by their day."""
        made = []
        for record in records:
            row = {k: v for k, v in record.items() if k not in _INDEXES}
            row |= {_INDEXES[k]: self._id(k, v) for k, v in record.items() if k in _INDEXES}
            if series:
                row["number"] = self.w.number(series, record[day])
            made.append(row)
        return made

    def _id(self, kind: str, index: int | None) -> int | None:
        if index is None:
            return None
        starts = {"customer": self.ids.customer, "product": self.ids.product}
        return starts[kind] + index if kind in starts else self.ids.staff[index]

    def _moves_and_leads(self) -> list[str]:
        """Changes of hands of customers, then the leads with theirs; the leads' numbers."""
        changes = [
            {"day": m.day, "customer_id": self.ids.customer + i, "former_id": self.staff(m.former), "owner_id": self.staff(m.owner),
             "operator_id": self.staff(m.operator), "move": m.move, "reason": m.reason}
            for i, moves in self.year.moves.items() for m in moves
        ]  # fmt: skip
        self.w.insert_records(OwnerChange, sorted(changes, key=lambda row: row["day"]))
        numbers = [self.w.number("LD", lead.record["created"]) for lead in self.leads]
        LeadWriter(self.w, self.ids.staff, self.leads, numbers).write(self.ids.customer)
        return numbers

    def _contacts(self, contacts: list[ContactPlan], leads: list[str]) -> int:
        """Every contact, numbered by its day; then what customers keep of them."""
        records = [
            {**c.fields, "number": self.w.number("VS", c.day), "day": c.day, "time": c.time, "channel": c.channel,
             "staff_id": self.ids.staff[c.staff], "customer_id": self._id("customer", c.customer),
             "lead_number": None if c.lead is None else leads[c.lead], "next_on": c.next_on, "entered": c.day,
             "reviewed_by": self.staff(c.fields.get("reviewed_by")), "joint_id": self.staff(c.fields.get("joint_id"))}
            for c in contacts
        ]  # fmt: skip
        first = self.w.insert_records(Interaction, records)
        self.w.reader.connection.execute(KEEP_CONTACTS)
        return first

    def _care(self, contacts: list[ContactPlan]) -> None:
        today = self.w.today
        asked = demo_plan_care.surveys(today, self.plans)
        low = [row for row in asked if row["score"] <= 2]
        jobs = [*demo_plan_care.tasks(today), *(_low_score(row, today) for row in low)]
        jobs.sort(key=lambda row: row["created"])
        for row, made in zip(jobs, self.rows(jobs, "TK", "created"), strict=True):
            row["made"] = made
        self.w.insert_records(Task, _fit(Task, [row["made"] for row in jobs]))
        tickets = {id(row["survey"]): row["made"]["number"] for row in jobs if "survey" in row}
        rows = self.rows(asked, "SU")
        for row, made in zip(asked, rows, strict=True):
            made |= {"about_id": made["staff_id"], "task": tickets.get(id(row)), "measure": "主管电话致歉" if id(row) in tickets else None}
        self.w.insert_records(Survey, rows)
        self.w.insert_records(AccountReview, self.rows(demo_plan_care.reviews(today, self.people), "KR"))
        self.w.insert_records(Promise, self.rows(demo_plan_care.promises(today, contacts), "PM", "made_on"))

    def _tickets(self) -> None:
        made = demo_plan_care.tickets(self.w.today, self.size, self.plans)
        orders = self.w.reader.column("SELECT number FROM sales_order ORDER BY id")
        rows = self.rows([row for row, _steps in made], "SV")
        for row, (plan, steps) in zip(rows, made, strict=True):
            row |= {"document": orders[plan["order"]], "taken_by": row["agent_id"], "kept_last": steps[-1]["step"] if steps else None}
            row["kept_solved"] = next((s["day"] for s in steps if s["step"] == "solved"), None)
        first = self.w.insert_records(Ticket, _fit(Ticket, rows))
        self.w.insert_records(TicketStep, [
            {**step, "ticket_id": first + n, "staff_id": rows[n]["agent_id"]} for n, (_row, steps) in enumerate(made) for step in steps
        ])  # fmt: skip

    def _appointments(self, contacts: list[ContactPlan]) -> None:
        plans = demo_plan_care.appointments(self.w.today, contacts)
        rows = [{**row, "number": self.w.number("VP")} for row in self.rows(plans)]
        first = self.w.insert_records(Appointment, _fit(Appointment, rows))
        self.w.insert_records(AppointmentItem, [
            {"appointment_id": first + n, "position": place, "kind": kind, "text": text, "ready": int(place <= plan["ready"])}
            for n, plan in enumerate(plans) for place, (kind, text) in enumerate((("papers", "价目表"), ("demo_tools", "样品两支")), 1)
        ])  # fmt: skip

    def _duty(self) -> None:
        """Two groups take turns at the front desk, this month and the next."""
        codes = dict(self.w.reader.tuples("SELECT code, id FROM staff"))
        first = self.w.insert_records(DutyGroup, [{"name": name, "position": n} for n, name in enumerate(DUTY_GROUPS, 1)])
        self.w.insert_records(DutyMember, [
            {"group_id": first + g, "staff_id": codes[code], "position": n}
            for g, members in enumerate(DUTY_GROUPS.values()) for n, code in enumerate(members, 1)
        ])  # fmt: skip
        start = self.w.today.replace(day=1)
        days = [start + timedelta(n) for n in range((self.w.today - start).days + 31)]
        self.w.insert_records(DutyDay, [
            {"day": day, "group_id": first + n % 2} for n, day in enumerate(d for d in days if d.weekday() < 6)
        ])  # fmt: skip

    def _request(self) -> None:
        """A rep asks for what only the manager decides: a request waits in the inbox."""
        sql = """SELECT c.code, s.id, s.code, s.name FROM customer c JOIN staff s ON s.id = c.staff_id
                 WHERE NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.customer_id = c.id) ORDER BY s.code = 'LIU' DESC, c.id DESC"""
        for customer, staff_id, code, name in self.w.reader.tuples(sql)[:1]:
            before = self.w.actor
            self.w.act_as(actor_for(self.w.reader, staff_id, code, name, before.os_account))
            try:
                archive(self.w, customer, "客户已停业")
            except SalesError as error:
                for found in error.problems:
                    if found.ask:
                        file_request(self.w, found.ask, found.message, "客户已停业，门店已转让")
            self.w.document = None
            self.w.act_as(before)


_INDEXES = {
    "customer": "customer_id", "product": "product_id", "staff": "staff_id", "about": "about_id", "agent": "agent_id",
    "created_by": "created_by", "verified_by": "verified_by",
}  # fmt: skip
"""Indexes of the plan and the columns their ids go to."""


def _fit(table: type[Book], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without what the plan says besides the table's columns."""
    return [{k: v for k, v in row.items() if k in table.model_fields} for row in rows]


def _when(contact: ContactPlan) -> tuple[date, str]:
    return contact.day, contact.time or ""


def _low_score(survey: dict[str, Any], today: date) -> dict[str, Any]:
    """The task a low score opens: the superior of whom it is about sees to the customer within two days."""
    due = survey["day"] + timedelta(2)
    row = {"created": survey["day"], "due": due, "staff": superiors()[survey["staff"]], "created_by": None, "rule": "CUS-11",
           "text": f"客户不满意（{survey['score']} 分）：{survey['comment']}"}  # fmt: skip
    if due < today:
        row |= {"state": "done", "closed_on": due, "result": "已上门致歉"}
    return {**row, "survey": survey}
