"""Values of the history's images as people read them: units of figures, codes instead of ids, hidden phone numbers (ORG-08)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salescli.core.access import mask
from salescli.core.formats.values import labelled, parted
from salescli.core.i18n import C_, code_label, human_text

if TYPE_CHECKING:
    from salescli.core.reader import Reader

UNITS = {"AMOUNT_INT": "amount", "PRICE_INT": "price", "QUANTITY_INT": "qty", "RATE_INT": "pct"}
"""How a figure is written, by the type its column has in the file (core/schema.py)."""

FLAG = "FLAG_INT"
PHONES = frozenset({"phone", "normal_phone"})
YES_NO = (C_("no"), C_("yes"))

# Names of columns and tables no other room marks: the history shows them.
WORDS = (
    C_("about"), C_("account_review"), C_("active"), C_("added"), C_("after_sales_call"), C_("agent"), C_("agreed"), C_("amount_given"),
    C_("anchor"), C_("answered_by"), C_("answered_on"), C_("applied"), C_("appointment"), C_("appointment_item"), C_("archived_on"),
    C_("archived_reason"), C_("arranged_by"), C_("arrived_on"), C_("asker"), C_("asset"), C_("assigned_by"), C_("attendance"),
    C_("bad_on"), C_("bad_reason"),
    C_("balance_on"), C_("basis"), C_("batch"), C_("batch_item"), C_("batch_move"), C_("batch_tracked"), C_("became"), C_("bill_line"),
    C_("blocked"), C_("bottom_line"), C_("bought"), C_("calls"), C_("candidate"), C_("candidate_trial"), C_("carrier"), C_("change"),
    C_("changed"), C_("channel"), C_("channels"), C_("cheapest"), C_("closed_on"), C_("command"), C_("component"), C_("confirmed_by"),
    C_("confirmed_on"), C_("contact_plan"), C_("contract_issue"), C_("contract_line"), C_("contract_payment"), C_("contract_version"),
    C_("counted"), C_("counted_on"),
    C_("created_by"), C_("credit"), C_("currency"), C_("customer_ref"), C_("day"), C_("decided_by"), C_("decided_on"),
    C_("decision"), C_("delivery_line"), C_("delivery_number"), C_("delivery_on"), C_("deposit"), C_("design_ok"), C_("desk_report"),
    C_("deviation"), C_("discount"), C_("due_date"), C_("duplicate_of"), C_("duty_day"), C_("duty_member"), C_("earlier"), C_("employment"),
    C_("end_reason"), C_("ended_on"), C_("entered"), C_("entered_by"),
    C_("entrance"), C_("exchange_rate"), C_("expires_on"), C_("facts"), C_("features"),
    C_("file_name"), C_("filed_at"), C_("filed_by"), C_("filed_on"), C_("former"), C_("gift"), C_("given_by"), C_("grade"), C_("ground"),
    C_("group"), C_("grown_on"), C_("holder"), C_("holiday"), C_("import"), C_("in_depth"), C_("ingredients"), C_("internal_request"),
    C_("investigation"),
    C_("invited"), C_("invoice_date"), C_("is_gift"), C_("is_new"), C_("joint"), C_("key"), C_("known"), C_("lapsed_on"),
    C_("last_bought"), C_("last_move"), C_("lead_days"),
    C_("lead_number"), C_("lead_source"), C_("leader"), C_("least"), C_("lent_on"), C_("licence"), C_("life_state"), C_("line_no"),
    C_("location"), C_("locked_on"), C_("lost_on"), C_("lost_reason"), C_("lunar"), C_("lunar_birthday"), C_("made_by"), C_("made_on"),
    C_("made_up_by"), C_("make_up_on"), C_("maker"), C_("maker_contact"), C_("measure"), C_("meeting_attendance"), C_("meeting_problem"),
    C_("merged_on"), C_("meta"), C_("min_qty"), C_("month_start"), C_("most"), C_("move"), C_("needed_by"), C_("new_price"),
    C_("new_visitors"), C_("next_need"), C_("next_on"), C_("next_service_on"), C_("no_discount"), C_("normal_name"), C_("normal_phone"),
    C_("notice_days"), C_("notice_read"), C_("notified_on"), C_("old_price"), C_("opened"), C_("operator"), C_("order_number"),
    C_("owner_since"), C_("pack_ratio"), C_("pack_unit"), C_("paper_no"), C_("parent"), C_("participants"), C_("pay_days"), C_("payable"),
    C_("payment_plan"), C_("phoned_on"), C_("pinyin"), C_("plan"), C_("position"), C_("praise"), C_("present"), C_("price_change"),
    C_("price_change_line"), C_("price_correction"), C_("price_loan"), C_("price_notice"), C_("price_rule"), C_("price_source"),
    C_("problems"), C_("product_display"), C_("product_faq"), C_("product_label"), C_("product_suggestion"), C_("promise_due"),
    C_("promise_number"), C_("promised"), C_("promo_discount"), C_("promo_number"), C_("purchase"), C_("purchase_line"),
    C_("purchase_receipt"), C_("purchase_receipt_line"), C_("quote_line"), C_("quote_payment"), C_("quote_talk"), C_("quote_version"),
    C_("rate"), C_("ready"), C_("recipient"), C_("replaces"), C_("reported_to"), C_("requested_by"), C_("requested_on"), C_("responsible"),
    C_("returned_on"), C_("reverses"), C_("review"), C_("review_note"), C_("reviewed_by"), C_("reward"), C_("rival_price"), C_("roles"),
    C_("rows"), C_("safety"), C_("scope_ok"), C_("score"), C_("sent_on"), C_("sent_way"), C_("service_months"), C_("set_at"), C_("set_by"),
    C_("sha256"), C_("shelf_days"), C_("signed_on"), C_("signer"), C_("site_ok"), C_("skipped"), C_("sold"), C_("solved_by"),
    C_("solved_on"), C_("source_cost"), C_("spec_ok"), C_("specification"), C_("stage_since"), C_("stall_reason"), C_("state"), C_("step"),
    C_("stock_count"), C_("stock_count_line"), C_("stock_item"), C_("stock_level"), C_("storage"), C_("story"), C_("strengths"),
    C_("summary"), C_("supplier_payment"), C_("supplier_price"), C_("taken_by"), C_("talk"), C_("task_amount"), C_("tax"), C_("term_no"),
    C_("tested_by"), C_("ticket_step"), C_("to"), C_("told_on"), C_("topic"), C_("total"), C_("transfer_line"), C_("trial"), C_("trip"),
    C_("trip_report"), C_("type"), C_("unit_cost"), C_("unit_price"), C_("until"), C_("vacancy"), C_("valid_from"), C_("valid_to"),
    C_("valid_until"), C_("verdict"), C_("verified_by"), C_("verified_on"), C_("version"), C_("version_no"), C_("visitors"), C_("volume"),
    C_("wanted"), C_("warranty_until"), C_("way"), C_("waybill"), C_("weight"), C_("withdrawn_on"), C_("works"), C_("written_on"),
)  # fmt: skip

NAMED_BY = ("number", "code", "sku", "name")
"""Columns that name a row a reference leads to."""


def label(column: str) -> str:
    """What people call a column: superior_id is "superior"."""
    return code_label(column.removesuffix("_id"))


CODED = frozenset({"state", "stage", "role", "review", "intent", "channel", "move", "kind", "source", "price_source", "decision"})
"""Columns that hold codes, translated for people."""


class Values:
    """Turns the images of the log into "field: before -> after" lines; remembers the names of rows it has looked up."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sees_phones = reader.actor.sees_phones_of(None)
        self._references: dict[str, dict[str, str]] = {}
        self._types: dict[str, dict[str, str]] = {}
        self._names: dict[tuple[str, int], str] = {}

    def changes(self, table: str | None, before: str | None, after: str | None) -> str:
        """What an entry changed, in words; for an entry about no row its own text."""
        if table is None:
            return after or ""
        old, new = json.loads(before or "{}"), json.loads(after or "{}")
        if before is None or after is None:
            pairs = [f"{label(k)} {self.text(table, k, v)}" for k, v in (new or old).items() if v is not None]
            return f"{'+' if before is None else '-'} {labelled(code_label(table), parted(pairs, ', ', '，'))}"
        changed = [k for k in {**old, **new} if old.get(k) != new.get(k)]
        sides = [f"{self.text(table, k, old.get(k))} → {self.text(table, k, new.get(k))}" for k in changed]
        return parted([labelled(label(k), side) for k, side in zip(changed, sides, strict=True)], "; ", "；")

    def text(self, table: str, column: str, value: Any) -> str:
        """One value as a person reads it."""
        if isinstance(value, int) and column in self._referring(table):
            return self._name(self._referring(table)[column], value)
        if isinstance(value, int):
            kind = self._type(table, column)
            return code_label(YES_NO[bool(value)]) if kind == FLAG else human_text(value, UNITS.get(kind, ""))
        if column in PHONES and not self.sees_phones:
            value = mask(value)
        return code_label(value) if column in CODED and isinstance(value, str) else human_text(value)

    def _referring(self, table: str) -> dict[str, str]:
        """Columns of a table that refer to another one: column -> table."""
        if table not in self._references:
            pairs = self.reader.tuples(f'SELECT "from", "table" FROM pragma_foreign_key_list(\'{table}\')')
            self._references[table] = dict(pairs)
        return self._references[table]

    def _type(self, table: str, column: str) -> str:
        """The type of a column as the file names it."""
        if table not in self._types:
            self._types[table] = dict(self.reader.tuples(f"SELECT name, type FROM pragma_table_info('{table}')"))
        return self._types[table].get(column, "")

    def _name(self, table: str, row_id: int) -> str:
        if (table, row_id) not in self._names:
            columns = set(self.reader.column(f"SELECT name FROM pragma_table_info('{table}')"))
            naming = next((c for c in NAMED_BY if c in columns), "id")
            found = self.reader.value(f'SELECT "{naming}" FROM "{table}" WHERE id = :id', id=row_id)
            self._names[table, row_id] = str(found if found is not None else row_id)
        return self._names[table, row_id]
