"""What the customer may hear of his order, the acceptance report, the issue log, carriers (ORD-02, ORD-04, ORD-08, ORD-14, ORD-16)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.ar.reads_credit import credit_facts
from salescli.core.access import condition
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.money import percent_text
from salescli.core.report import Column, Report
from salescli.order.reads import visible
from salescli.order.reads_show import find_order
from salescli.order.rules_intake import missing_fields

if TYPE_CHECKING:
    from salescli.core.reader import Reader

TRACK = (
    Column("date", N_("Date"), "date"),
    Column("time", N_("Time")),
    Column("what", N_("What"), "code"),
    Column("document", N_("Document")),
    Column("text", N_("Details")),
    Column("amount", N_("Amount"), "amount"),
)

CODES = (
    C_("ordered"), C_("customer_confirmed"), C_("order_accepted"), C_("sent"), C_("returned"), C_("invoiced"), C_("paid"), C_("order"),
    C_("customer"), C_("amount"), C_("promised"), C_("payment_class"), C_("unpaid_by_delivery"), C_("bad_record"), C_("incidents_before"),
    C_("station"), C_("fee_install"), C_("fee_run"), C_("fee_repair"), C_("incidents"), C_("way"), C_("yes"), C_("no"), C_("REP"),
    C_("product"), C_("region"), C_("accepted_by"), C_("accepted_on"), C_("capacity_answer"), C_("norm_reason"), C_("order_issue"),
    C_("order_report"), C_("order_terms"), C_("origin"), C_("ready_on"), C_("settled_on"), C_("track_event"),
)  # fmt: skip
"""What the queries and the tables call things, for the catalogue."""

_EVENTS = """
SELECT o.date, NULL, 'ordered', o.number, o.customer_ref, CAST(NULL AS BIGINT), 0, 0 FROM sales_order o WHERE o.id = :id
UNION ALL SELECT t.confirmed_on, NULL, 'customer_confirmed', o.number, NULL, NULL, 1, 0
    FROM order_terms t JOIN sales_order o ON o.id = t.order_id WHERE o.id = :id AND t.confirmed_on IS NOT NULL
UNION ALL SELECT t.accepted_on, NULL, 'order_accepted', o.number, NULL, NULL, 2, 0
    FROM order_terms t JOIN sales_order o ON o.id = t.order_id WHERE o.id = :id AND t.accepted_on IS NOT NULL
UNION ALL SELECT d.date, NULL, CASE WHEN d.kind = 'return' THEN 'returned' ELSE 'sent' END, d.number,
    CASE WHEN d.kind = 'return' THEN d.reason ELSE trim(coalesce(d.carrier, '') || ' ' || coalesce(d.waybill, '')) END, NULL, 3, d.id
    FROM delivery d WHERE d.order_id = :id
UNION ALL SELECT e.day, e.time, e.state, d.number, trim(coalesce(e.place, '') || ' ' || coalesce(e.note, '')), NULL, 4, e.id
    FROM track_event e JOIN delivery d ON d.id = e.delivery_id WHERE d.order_id = :id
UNION ALL SELECT v.invoice_date, NULL, 'invoiced', v.number, v.invoice_no, v.amount, 5, 0
    FROM receivable v WHERE v.order_number = :number AND v.invoice_no IS NOT NULL
UNION ALL SELECT a.date, NULL, 'paid', v.number, p.number, a.amount, 6, 0
    FROM allocation a JOIN receivable v ON v.id = a.receivable_id JOIN receipt p ON p.id = a.receipt_id WHERE v.order_number = :number
ORDER BY 1, 7, 2, 8, 4"""


def track(r: Reader, number: str) -> Report:
    """The order as the customer may be told: what was sent, where it is, what was invoiced and paid. ORD-16.

    Raises SalesError (3) for an unknown order.
    """
    order = find_order(r, number, r.today)
    rows = [(*row[:4], row[4] or None, row[5]) for row in r.tuples(_EVENTS, id=order.id, number=order.number)]
    if not r.actor.sees_prices:
        rows = [(*row[:5], None) for row in rows]
    return Report(
        name="order-track",
        title=msg(N_("Order {order} of {customer}"), order=order.number, customer=order.customer_name),
        columns=TRACK,
        rows=rows,
        notes=tuple(_letter(r, order.id, order.number, order.state, order.promised, order.delivered_pct)),
        as_of=r.today.isoformat(),
        beyond_own=order.staff_id not in r.actor.own_or_team(),
    )


_LAST = """
SELECT number, date, carrier, waybill FROM delivery WHERE order_id = :id AND kind = 'delivery' ORDER BY date DESC, id DESC LIMIT 1"""


def _letter(r: Reader, order_id: int, number: str, state: str, promised: str | None, share: int) -> list[Message]:
    """Sentences to read to the customer, or to send him."""
    open_, due = r.tuples(
        f"""SELECT coalesce(sum(v.kept_open), 0), min(CASE WHEN v.kept_open > 0 THEN v.due_date END) FROM receivable v
            WHERE v.order_number = :n AND {condition(r.actor, "receivables", "v.staff_id")}""",
        n=number,
    )[0]
    head = msg(N_("Your order {order} is {state:code}; {share} per cent delivered."), order=number, state=state, share=percent_text(share))
    said = [head]
    if promised and share < 10_000 and state not in ("cancelled", "closed"):
        said.append(msg(N_("We promised the goods for {day}."), day=promised))
    last = r.tuples(
        _LAST,
        id=order_id,
    )
    if last and last[0][3]:
        text = N_("The last part, {delivery}, left on {day} with {carrier}, waybill {waybill}.")
        said.append(msg(text, delivery=last[0][0], day=last[0][1], carrier=last[0][2] or "-", waybill=last[0][3]))
    if open_ > 0 and r.actor.sees_prices:
        said.append(msg(N_("{open:amount} is open, due on {day}."), open=open_, day=due))
    return said


# --- the acceptance report (F-10) ----------------------------------------------------------------------------------------------

REPORT = (
    Column("field", N_("Field"), "code"),
    Column("value", N_("Value")),
)
_FIELDS = (
    "payment_day", "payment_place", "means", "cheque_day", "way", "delivery_place", "transport", "station", "fee_install",
    "fee_run", "fee_repair",
    "incidents", "site_check", "scope_check", "spec_check", "design_check", "purchase_order", "contract",
)  # fmt: skip
_FEES = ("fee_install", "fee_run", "fee_repair")
_TICKS = ("site_check", "scope_check", "spec_check", "design_check")


def report(r: Reader, number: str) -> Report:
    """The order acceptance report: its fields, and what the book knows of the customer's debts and record. F-10, ORD-02, ORD-04.

    Raises SalesError (3) for an unknown order.
    """
    from salescli.core.i18n import code_label
    from salescli.core.money import amount_text

    order = find_order(r, number, r.today)
    found = r.tuples(f"SELECT {', '.join(_FIELDS)} FROM order_report WHERE order_id = :id", id=order.id)
    kept: dict[str, Any] = dict(zip(_FIELDS, found[0], strict=True)) if found else {}
    customer_id, owner = r.tuples(
        "SELECT c.id, c.staff_id FROM sales_order o JOIN customer c ON c.id = o.customer_id WHERE o.id = :id", id=order.id
    )[0]
    due = date.fromisoformat(order.promised) if order.promised else r.today
    facts = credit_facts(r, customer_id)
    bad = r.value("SELECT bad_reason FROM customer WHERE id = :id AND bad_on IS NOT NULL", id=customer_id)
    issues = r.value(_INCIDENTS, id=customer_id)
    owed = r.value("SELECT coalesce(sum(kept_open), 0) FROM receivable WHERE customer_id = :c AND due_date <= :d", c=customer_id, d=due)
    rows: list[tuple[str, str | None]] = [
        ("order", order.number),
        ("customer", f"{order.customer} {order.customer_name}"),
        ("amount", amount_text(order.amount) if r.actor.sees_prices else None),
        ("promised", order.promised),
        ("payment_class", code_label(facts.payment_class.value)),
        ("unpaid_by_delivery", amount_text(owed) if r.actor.sees("receivables", owner) else None),
        ("bad_record", bad),
        ("incidents_before", str(issues)),
    ]
    rows += [(name, _shown(name, kept.get(name))) for name in _FIELDS]
    missing = missing_fields(kept)
    return Report(
        name="order-report",
        title=msg(N_("Order acceptance report {order}"), order=order.number),
        columns=REPORT,
        rows=rows,
        notes=(msg(N_("still lacking: {fields:code}"), fields=",".join(missing)),) if missing else (),
        as_of=r.today.isoformat(),
        beyond_own=order.staff_id not in r.actor.own_or_team(),
    )


_INCIDENTS = "SELECT count(*) FROM order_issue i JOIN sales_order o ON o.id = i.order_id WHERE o.customer_id = :id"


def _shown(name: str, value: Any) -> str | None:
    from salescli.core.i18n import code_label
    from salescli.core.money import amount_text

    if value is None:
        return None
    if name in _TICKS:
        return code_label("yes" if value else "no")
    if name == "means":
        return code_label(value)
    return amount_text(value) if name in _FEES else str(value)


# --- issues and carriers -----------------------------------------------------------------------------------------------------

ISSUES = (
    Column("number", N_("Issue")),
    Column("date", N_("Date"), "date"),
    Column("order", N_("Order")),
    Column("customer_name", N_("Customer name")),
    Column("kind", N_("Kind"), "code"),
    Column("text", N_("Text")),
    Column("staff", N_("Noted by")),
    Column("solution", N_("Solution")),
    Column("solved_on", N_("Solved on"), "date"),
    Column("days", N_("Days"), "int"),
)
# CROSS JOIN: from the issues to their orders, never through all orders.
_ISSUES = """
SELECT i.number, i.day, o.number, c.name, i.kind, i.text, s.code, i.solution, i.solved_on
FROM order_issue i CROSS JOIN sales_order o JOIN customer c ON c.id = o.customer_id JOIN staff s ON s.id = i.staff_id
WHERE o.id = i.order_id AND {terms} ORDER BY i.day DESC, i.id DESC"""


def issues(r: Reader, order: str | None = None, *, unsolved: bool = False) -> Report:
    """What went wrong with orders, newest first, and how long it took to solve. ORD-04, ORD-08."""
    terms, params = [visible(r)], {}
    if order:
        terms.append("o.id = :order")
        params["order"] = find_order(r, order, r.today).id
    if unsolved:
        terms.append("i.solved_on IS NULL")
    rows = [(*row, _days(row[1], row[8], r.today)) for row in r.tuples(_ISSUES.format(terms=" AND ".join(terms)), **params)]
    return Report(
        name="order-issues",
        title=msg(N_("Issues of orders")),
        columns=ISSUES,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_("No issues.")),
        beyond_own=r.actor.visible("orders") != (r.actor.id,),
    )


def _days(noted: str, solved: str | None, today: date) -> int:
    return ((date.fromisoformat(solved) if solved else today) - date.fromisoformat(noted)).days


CARRIERS = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("phone", N_("Phone")),
    Column("site", N_("Site")),
    Column("active", N_("Active"), "bool"),
    Column("deliveries", N_("Deliveries"), "int"),
    Column("last", N_("Last on"), "date"),
)


def carriers(r: Reader) -> Report:
    """The carriers, and how much each carried. ORD-14."""
    sql = f"""SELECT k.code, k.name, k.phone, k.site, k.active, count(d.id), max(d.date)
              FROM carrier k LEFT JOIN delivery d ON d.carrier = k.code AND {condition(r.actor, "stock", "NULL")}
              GROUP BY k.code, k.name, k.phone, k.site, k.active ORDER BY k.code"""
    return Report(
        "order-carriers", msg(N_("Carriers")), CARRIERS, r.tuples(sql), empty=msg(N_("No carriers yet: salescli order carrier CODE NAME"))
    )
