"""Where `search` looks: one source per kind of thing, what of it is indexed, what is walked through, and who may see it (DAT-05).

A room that brings a new kind of thing adds a source here. Numbers and codes are found through their indexes; names are walked through
in tables of things; long texts only in the newest rows, so that a search stays quick in a book of a million records.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from salescli.core.access import condition
from salescli.core.i18n import C_
from salescli.core.record import NamedTuple
from salescli.desk import scope
from salescli.desk.reads_notice import audience

if TYPE_CHECKING:
    from salescli.core.reader import Reader

NEWEST = 10_000
"""Rows of a table of events whose texts are looked through, the newest first."""


class Source(NamedTuple):
    """One kind of thing. Columns are SQL on the alias `t` (and what `join` brings).

    `prefix` columns are indexed and matched from their beginning, `compared` holds names as core.alike compares them (indexed),
    `walked` texts may hold the words anywhere, `sound` is the pinyin column; `phones`: it has telephone
    numbers (normal_phone is indexed), and `owner` is the staff id whose they are. `events`: walked in the newest rows only.
    """

    kind: str
    table: str
    ref: str
    name: str
    scope: Callable[[Reader], str]
    prefix: tuple[str, ...] = ()
    compared: str | None = None
    walked: tuple[str, ...] = ()
    sound: str | None = None
    phones: bool = False
    owner: str = "NULL"
    more: tuple[str, ...] = ()
    join: str = ""
    events: bool = False


def _of(area: str, *columns: str) -> Callable[[Reader], str]:
    """The data scope of an area, by any of these owners."""
    return lambda r: "(" + " OR ".join(condition(r.actor, area, column) for column in columns) + ")"


def _everybody(_r: Reader) -> str:
    return "1 = 1"


OF_ORDER = "JOIN sales_order o ON o.id = t.order_id JOIN customer c ON c.id = o.customer_id"
CUSTOMER = "JOIN customer c ON c.id = t.customer_id"
ANY_CUSTOMER = "LEFT JOIN customer c ON c.id = t.customer_id"

SOURCES: tuple[Source, ...] = (
    Source(
        C_("customer"), "customer", "t.code", "t.name", _of("customers", "t.staff_id"),
        prefix=("code", "name", "tax_no"), compared="normal_name", walked=("short_name",), sound="pinyin", more=("t.region", "t.industry"),
    ),
    Source(
        C_("contact"), "contact", "c.code", "coalesce(t.name, c.name)", _of("customers", "c.staff_id"),
        walked=("name", "email"), sound="pinyin", phones=True, owner="c.staff_id", more=("c.name", "t.post"), join=CUSTOMER,
    ),
    Source(
        C_("lead"), "lead", "t.number", "coalesce(t.company, t.name)", _of("customers", "t.staff_id"),
        prefix=("number",), compared="normal_name", walked=("name",), sound="pinyin", phones=True, owner="t.staff_id",
        more=("t.name", "t.need"),
    ),
    Source(C_("staff_member"), "staff", "t.code", "t.name", _everybody, prefix=("code",), walked=("name",), sound="pinyin",
           more=("t.post", "t.region")),
    Source(
        C_("product"), "product", "t.sku", "t.name", _everybody,
        prefix=("sku", "name"), walked=("name", "spec", "barcode"), sound="pinyin", more=("t.category", "t.spec"),
    ),
    Source(C_("batch"), "batch", "t.code", "p.name", _of("stock", "NULL"), prefix=("code",), walked=("mark", "blocked"),
           more=("p.sku", "t.expires_on", "t.mark", "t.blocked"), join="JOIN product p ON p.id = t.product_id", events=True),
    Source(C_("order"), "sales_order", "t.number", "c.name", _of("orders", "t.staff_id"), prefix=("number",),
           walked=("customer_ref", "note"), more=("t.date", "t.customer_ref", "t.note"), join=CUSTOMER, events=True),
    Source(C_("quote"), "quote", "t.number", "c.name", _of("orders", "t.staff_id", "c.staff_id"), prefix=("number",),
           walked=("lost_reason",), more=("t.day", "t.lost_reason"), join=CUSTOMER, events=True),
    Source(C_("contract"), "contract", "t.number", "c.name", _of("orders", "t.staff_id", "c.staff_id"), prefix=("number",),
           walked=("territory", "end_reason"), more=("t.day", "t.territory", "t.end_reason"), join=CUSTOMER, events=True),
    Source(C_("delivery"), "delivery", "t.number", "c.name", _of("orders", "o.staff_id"), prefix=("number",), walked=("waybill",),
           more=("t.date", "t.waybill"), join=OF_ORDER, events=True),
    Source(C_("receivable"), "receivable", "t.number", "c.name", _of("receivables", "t.staff_id"), prefix=("number",),
           walked=("invoice_no", "note"), more=("t.due_date", "t.invoice_no", "t.note"), join=CUSTOMER, events=True),
    Source(C_("receipt"), "receipt", "t.number", "c.name", _of("receivables", "c.staff_id"), prefix=("number",),
           walked=("note",), more=("t.date", "t.note"), join=CUSTOMER, events=True),
    Source(C_("interaction"), "interaction", "t.number", "coalesce(c.name, t.lead_number)",
           _of("customers", "t.staff_id", "c.staff_id"), prefix=("number",),
           walked=("content", "need", "feedback", "problem", "complaint", "next_step"),
           more=("t.day", "t.content", "t.need", "t.feedback", "t.problem", "t.complaint", "t.next_step"), join=ANY_CUSTOMER, events=True),
    Source(C_("promise"), "promise", "t.number", "c.name", _of("customers", "t.staff_id", "c.staff_id"), prefix=("number",),
           walked=("text",),
           more=("t.due", "t.text"), join=CUSTOMER, events=True),
    Source(C_("ticket"), "ticket", "t.number", "c.name",
           lambda r: f"({condition(r.actor, 'customers', 'c.staff_id')} OR t.agent_id = {r.actor.id:d})", prefix=("number",),
           walked=("content", "cause"), more=("t.day", "t.content", "t.cause"), join=CUSTOMER, events=True),
    Source(C_("task"), "task", "t.number", "s.name", lambda r: scope.condition(r.actor, "t.staff_id"), prefix=("number",),
           walked=("text", "document"), more=("t.due", "t.text", "t.result"), join="JOIN staff s ON s.id = t.staff_id", events=True),
    Source(C_("approval"), "approval", "t.number", "t.document", lambda r: scope.condition(r.actor, "t.requested_by"), prefix=("number",),
           walked=("document", "reason"), more=("t.requested_on", "t.reason"), events=True),
    Source(C_("notice"), "notice", "t.number", "t.title", lambda r: audience(r, "t", "notice.edit"), prefix=("number",),
           walked=("title", "text"), more=("t.day", "t.text"), events=True),
    Source(C_("office_document"), "office_document", "t.number", "t.title",
           lambda r: f"t.withdrawn_on IS NULL AND {audience(r, 't', 'document.edit')}", prefix=("number",),
           walked=("title", "keywords", "text", "place"), more=("t.keywords", "t.text", "t.place")),
)  # fmt: skip
