"""Writes the demo office's leads: files, stage and owner logs, follow-ups, comments, the front desk's register (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.alike import normal_name, normal_phone
from salescli.core.phonetic import pinyin
from salescli.customer.tables_contact import OwnerChange
from salescli.desk.demo_plan_leads import FRONT_DESK
from salescli.lead.states import Source
from salescli.lead.tables import Lead, StageChange
from salescli.lead.tables_desk import DeskReport, Invitation, Reception
from salescli.lead.tables_follow import FollowUp, LeadComment, Objection

if TYPE_CHECKING:
    from salescli.core.writer import Writer
    from salescli.desk.demo_plan_leads import LeadPlan
    from salescli.desk.demo_plan_visits import ContactPlan

DESK_DAYS = 28
"""How far back the demo's register of visitors and callers goes."""


@dataclass
class LeadWriter:
    """One run: the writer, the ids of the people, the leads with their numbers."""

    w: Writer
    ids: list[int]
    leads: list[LeadPlan]
    numbers: list[str]

    def _staff(self, index: int | None) -> int | None:
        return None if index is None else self.ids[index]

    def write(self, first_customer: int) -> None:
        """The leads, their stages and owners, what superiors said, who was invited, the register."""
        first = self.w.insert_records(Lead, [self._record(n, lead, first_customer) for n, lead in enumerate(self.leads)])
        stages = [
            {"lead_id": first + n, "day": day, "former": former, "stage": stage, "reason": reason,
             "staff_id": self._staff(lead.moves[0].owner)}
            for n, lead in enumerate(self.leads) for day, former, stage, reason in lead.stages
        ]  # fmt: skip
        self.w.insert_records(StageChange, stages)
        moves = [
            {"day": m.day, "lead_number": self.numbers[n], "former_id": self._staff(m.former), "owner_id": self._staff(m.owner),
             "operator_id": self._staff(m.operator), "move": m.move, "reason": m.reason}
            for n, lead in enumerate(self.leads) for m in lead.moves
        ]  # fmt: skip
        self.w.insert_records(OwnerChange, moves)
        self._talk(first)
        self._register(first)

    def _record(self, number: int, lead: LeadPlan, first_customer: int) -> dict[str, Any]:
        name = lead.record["company"] or lead.record["name"]
        return {
            **lead.record, "number": self.numbers[number], "staff_id": self._staff(lead.staff), "filed_by": self._staff(lead.filed_by),
            "customer_id": None if lead.customer is None else first_customer + lead.customer, "normal_name": normal_name(name),
            "normal_phone": normal_phone(lead.record["phone"]), "pinyin": pinyin(name),
        }  # fmt: skip

    def _talk(self, first: int) -> None:
        """Comments, objections with their answers, invitations."""
        self.w.insert_records(LeadComment, [
            {"lead_id": first + n, "day": c[0], "staff_id": self.ids[c[1]], "text": c[2]}
            for n, lead in enumerate(self.leads) if (c := lead.comment)
        ])  # fmt: skip
        self.w.insert_records(Objection, [
            {"lead_id": first + n, "position": 1, "day": o[0], "staff_id": self._staff(lead.moves[0].owner), "text": o[1], "answer": o[2],
             "answered_on": o[0]}
            for n, lead in enumerate(self.leads) if (o := lead.objection)
        ])  # fmt: skip
        self.w.insert_records(Invitation, [
            {"lead_id": first + n, "staff_id": self._staff(lead.staff), "made_on": lead.contacts[-1].day, "wanted": lead.invited}
            for n, lead in enumerate(self.leads) if lead.invited
        ])  # fmt: skip

    def _register(self, first: int) -> None:
        """Visitors and callers of the last weeks, and the counts the front desk told; today's is still to come."""
        today, rows = self.w.today, []
        for n, lead in enumerate(self.leads):
            source, day = lead.record["source"], lead.record["created"]
            if source not in (Source.WALK_IN, Source.PHONE) or day < today - timedelta(DESK_DAYS):
                continue
            visitor, owner = source == Source.WALK_IN, self._staff(lead.moves[0].owner)
            rows.append({
                "number": self.w.number("RE", day), "day": day, "time": "10:20", "entrance": "visitor" if visitor else "caller",
                "name": lead.record["name"], "phone": lead.record["phone"], "need": lead.record.get("need"), "due_id": owner,
                "staff_id": owner, "ground": "duty", "lead_id": first + n, "minutes": 25 if visitor else None, "channel": source,
                "confirmed_on": day if visitor and day < today else None, "filed_by": self.ids[FRONT_DESK],
            })  # fmt: skip
        self.w.insert_records(Reception, rows)
        days = sorted({row["day"] for row in rows if row["day"] < today})
        self.w.insert_records(DeskReport, [self._count(day, [r for r in rows if r["day"] == day]) for day in days])

    def _count(self, day: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
        visitors = sum(row["entrance"] == "visitor" for row in rows)
        return {"day": day, "told_on": day, "staff_id": self.ids[FRONT_DESK], "visitors": visitors, "new_visitors": visitors,
                "calls": len(rows) - visitors}  # fmt: skip

    def follow(self, contacts: list[ContactPlan], first_contact: int) -> None:
        """The funnel's side of the leads' contacts."""
        first = int(self.w.reader.value("SELECT min(id) FROM lead") or 0)
        self.w.insert_records(FollowUp, [
            {**c.follow, "lead_id": first + c.lead, "interaction_id": first_contact + n}
            for n, c in enumerate(contacts) if c.follow and c.lead is not None
        ])  # fmt: skip
