"""What every column that refers to a person means when that person leaves (ORG-06).

An owner's open things pass on, what somebody did stays his for ever, what let him in ends. A column nobody declared here fails the test
of this table, so that no new room can forget its share. Columns named `…_by` tell who did something and stay without being named.
"""

from __future__ import annotations

from typing import Literal

from salescli.core.i18n import C_
from salescli.core.record import NamedTuple

Fate = Literal["passes", "stays", "ends"]


class Meaning(NamedTuple):
    """The fate of a column. For what passes on: a word other than the table's own, SQL for rows still open, who holds one, its name."""

    fate: Fate
    what: str = ""
    open: str = "1 = 1"
    holder: str | None = None
    ref: str = "t.number"
    customer: str | None = None


STAYS, ENDS = Meaning("stays"), Meaning("ends")

_BY_CUSTOMER = "t.customer_id"
_BY_CONTRACT = "(SELECT k.customer_id FROM contract k WHERE k.id = t.contract_id)"
_OPEN_ORDER = "t.kept_delivered_on IS NULL AND t.state IN ('draft', 'confirmed')"

COLUMNS: dict[tuple[str, str], Meaning] = {
    # Owners: what is open passes on.
    ("customer", "staff_id"): Meaning("passes", open="t.archived_on IS NULL", ref="t.code", customer="t.id"),
    ("lead", "staff_id"): Meaning("passes", open="t.closed IS NULL", customer=_BY_CUSTOMER),
    ("sales_order", "responsible_id"): Meaning(
        "passes", open=_OPEN_ORDER, holder="coalesce(t.responsible_id, t.staff_id)", customer=_BY_CUSTOMER
    ),
    ("order_issue", "staff_id"): Meaning(
        "passes",
        open="t.solved_on IS NULL",
        customer="(SELECT o.customer_id FROM sales_order o WHERE o.id = t.order_id)",
    ),
    ("quote", "staff_id"): Meaning("passes", open="t.state NOT IN ('lost', 'converted')", customer=_BY_CUSTOMER),
    ("contract", "staff_id"): Meaning("passes", open="t.ended_on IS NULL", customer=_BY_CUSTOMER),
    ("contract_issue", "staff_id"): Meaning("passes", open="t.solved_on IS NULL", customer=_BY_CONTRACT),
    ("deposit", "staff_id"): Meaning("passes", open="t.settled_on IS NULL", customer=_BY_CONTRACT),
    ("promo_plan", "staff_id"): Meaning("passes", open="t.state NOT IN ('evaluated', 'refused', 'cancelled')"),
    ("promo_check", "staff_id"): Meaning("passes", open="t.task IN (SELECT x.number FROM task x WHERE x.state = 'open')", ref="t.task"),
    ("receivable", "staff_id"): Meaning("passes", open="t.kept_open <> 0", customer=_BY_CUSTOMER),
    ("promise", "staff_id"): Meaning("passes", open="t.state = 'open'", customer=_BY_CUSTOMER),
    ("task", "staff_id"): Meaning("passes", open="t.state = 'open'"),
    ("appointment", "staff_id"): Meaning("passes", open="t.state = 'planned'", customer=_BY_CUSTOMER),
    ("invitation", "staff_id"): Meaning(
        "passes",
        open="t.arrived_on IS NULL AND t.wanted >= :today",
        ref="(SELECT l.number FROM lead l WHERE l.id = t.lead_id)",
        customer="(SELECT l.customer_id FROM lead l WHERE l.id = t.lead_id)",
    ),
    ("ticket", "agent_id"): Meaning("passes", open="coalesce(t.kept_last, '') <> 'closed'", customer=_BY_CUSTOMER),
    ("agent", "staff_id"): Meaning(
        "passes", C_("follow_up_agent"), ref="(SELECT c.code FROM customer c WHERE c.id = t.customer_id)", customer=_BY_CUSTOMER
    ),
    ("internal_request", "to_id"): Meaning("passes", open="t.answered_on IS NULL AND t.withdrawn_on IS NULL"),
    ("meeting_problem", "staff_id"): Meaning("passes", open="t.solved_on IS NULL"),
    ("purchase", "staff_id"): Meaning("passes", open="t.ended_on IS NULL"),
    ("vacancy", "staff_id"): Meaning("passes", open="t.closed_on IS NULL"),
    ("licence", "staff_id"): Meaning("passes", open="t.closed_on IS NULL"),
    ("price_loan", "staff_id"): Meaning("passes", open="t.returned_on IS NULL"),
    ("product", "owner_id"): Meaning("passes", open="t.active = 1", ref="t.sku"),
    ("duty_member", "staff_id"): Meaning("passes", C_("duty_group"), ref="(SELECT g.name FROM duty_group g WHERE g.id = t.group_id)"),
    ("staff", "superior_id"): Meaning("passes", C_("direct_reports"), open="coalesce(t.left_on, '9999-12-31') >= :today", ref="t.code"),
    # What lets him in, or lets others decide for him.
    ("session", "staff_id"): ENDS,
    ("credential", "staff_id"): ENDS,
    ("deputy", "staff_id"): ENDS,
    ("deputy", "deputy_id"): ENDS,
    # His own file.
    ("staff_role", "staff_id"): STAYS,
    ("command_grant", "staff_id"): STAYS,
    ("employment", "staff_id"): STAYS,
    ("guarantor", "staff_id"): STAYS,
    ("attendance", "staff_id"): STAYS,
    ("attendance", "leader_id"): STAYS,
    ("meeting_attendance", "staff_id"): STAYS,
    ("notice_read", "staff_id"): STAYS,
    ("praise", "staff_id"): STAYS,
    ("talk", "staff_id"): STAYS,
    ("talk", "leader_id"): STAYS,
    ("trip", "staff_id"): STAYS,
    # What he did, said or took part in: figures and history stay his.
    ("sales_order", "staff_id"): STAYS,  # the taker; who sees an open order through is responsible_id
    ("approval_step", "staff_id"): STAYS,  # who decides is found anew each time
    ("interaction", "staff_id"): STAYS,
    ("interaction", "joint_id"): STAYS,
    ("appointment", "joint_id"): STAYS,
    ("owner_change", "former_id"): STAYS,
    ("owner_change", "owner_id"): STAYS,
    ("owner_change", "operator_id"): STAYS,
    ("reception", "earlier_id"): STAYS,
    ("reception", "named_id"): STAYS,
    ("reception", "due_id"): STAYS,
    ("reception", "staff_id"): STAYS,
    ("desk_report", "staff_id"): STAYS,
    ("source_cost", "staff_id"): STAYS,
    ("stage_change", "staff_id"): STAYS,
    ("lead_comment", "staff_id"): STAYS,
    ("objection", "staff_id"): STAYS,
    ("ticket", "about_id"): STAYS,
    ("ticket_step", "staff_id"): STAYS,
    ("survey", "staff_id"): STAYS,
    ("survey", "about_id"): STAYS,
    ("investigation", "staff_id"): STAYS,
    ("investigation", "reported_to"): STAYS,
    ("account_review", "staff_id"): STAYS,
    ("meeting", "staff_id"): STAYS,
    ("internal_request", "asker_id"): STAYS,
    ("notice", "staff_id"): STAYS,
    ("office_document", "staff_id"): STAYS,
    ("import_batch", "staff_id"): STAYS,
    ("stock_move", "staff_id"): STAYS,
    ("purchase_receipt", "staff_id"): STAYS,
    ("supplier_payment", "staff_id"): STAYS,
    ("transfer", "staff_id"): STAYS,
    ("stock_count", "staff_id"): STAYS,
    ("capacity_answer", "staff_id"): STAYS,
    ("order_report", "staff_id"): STAYS,
    ("order_terms", "loss_id"): STAYS,
    ("track_event", "staff_id"): STAYS,
    ("quote_talk", "staff_id"): STAYS,
    ("contract_version", "signer_id"): STAYS,
    ("promo_result", "staff_id"): STAYS,
    ("price_change", "staff_id"): STAYS,
    ("price_notice", "staff_id"): STAYS,
    ("price_correction", "staff_id"): STAYS,
    ("rival_price", "staff_id"): STAYS,
    ("product_faq", "staff_id"): STAYS,
    ("product_display", "staff_id"): STAYS,
    ("product_suggestion", "staff_id"): STAYS,
}


def meaning(table: str, column: str) -> Meaning | None:
    """What a column means, None when nobody said."""
    declared = COLUMNS.get((table, column))
    return STAYS if declared is None and column.endswith("_by") else declared


def passing() -> dict[tuple[str, str], Meaning]:
    """Every column whose open rows pass on, in the order they are passed."""
    return {place: found for place, found in COLUMNS.items() if found.fate == "passes"}
