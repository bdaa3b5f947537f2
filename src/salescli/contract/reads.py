"""Contracts as lists and one by one, within the reader's scope (CTR-01..07)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.contract import reads_progress, rules
from salescli.contract.states import ContractKind, ContractState, Facts, state_of
from salescli.core.access import condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, msg
from salescli.core.lookup import find_optional
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.tax import document_amount
from salescli.quote import reads as quotes
from salescli.quote.rules_payment import plan_text

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader


class ContractRow(NamedTuple):
    """A contract with its last version, the one in force, and the names around it."""

    id: int
    number: str
    day: str
    kind: str
    customer_id: int
    customer: str
    customer_name: str
    customer_kind: str | None
    region: str | None
    staff_id: int
    staff: str
    origin: str | None
    channel: str | None
    territory: str | None
    version: int
    in_force: int | None
    site_ok: int
    scope_ok: int
    spec_ok: int
    design_ok: int
    signed_on: str | None
    ended_on: str | None
    end_reason: str | None
    version_id: int
    last_state: str
    force_id: int | None
    force_signed: str | None
    filed_on: str | None
    file_no: str | None
    file_place: str | None
    starts_on: str | None
    ends_on: str | None
    delivery_on: str | None
    disputes: int

    @property
    def agreed_id(self) -> int:
        """The version that holds: the one in force, before the first signature the last."""
        return self.force_id or self.version_id


_CONTRACT = """
SELECT k.id, k.number, k.day, k.kind, k.customer_id, c.code, c.name, c.kind, c.region, k.staff_id, s.code, k.origin, k.channel,
       k.territory, k.version, k.in_force, k.site_ok, k.scope_ok, k.spec_ok, k.design_ok, k.signed_on, k.ended_on, k.end_reason,
       v.id, v.state, f.id, f.signed_on, f.filed_on, f.file_no, f.file_place,
       coalesce(f.starts_on, v.starts_on), coalesce(f.ends_on, v.ends_on), coalesce(f.delivery_on, v.delivery_on),
       (SELECT count(*) FROM contract_issue i WHERE i.contract_id = k.id AND i.kind = 'dispute' AND i.solved_on IS NULL)
FROM contract k
JOIN contract_version v ON v.contract_id = k.id AND v.version_no = k.version
LEFT JOIN contract_version f ON f.contract_id = k.id AND f.version_no = k.in_force
JOIN customer c ON c.id = k.customer_id
JOIN staff s ON s.id = k.staff_id
WHERE {terms}
ORDER BY k.day DESC, k.id DESC"""


def seen(r: Reader) -> str:
    """SQL for the contracts a reader may see: his own, and those with his customers."""
    return f"({condition(r.actor, 'orders', 'k.staff_id')} OR {condition(r.actor, 'customers', 'c.staff_id')})"


def contract(r: Reader, number: str) -> ContractRow:
    """One contract by number. Raises SalesError (exit 3) for one that is not there or not the reader's to see."""
    terms = f"{seen(r)} AND lower(k.number) = :number"
    found = r.first(ContractRow, _CONTRACT.format(terms=terms), number=number.strip().lower())
    if found is None:
        fail(
            "contract_not_found", N_("there is no contract {number}"), kind=Kind.NOT_FOUND, hint=N_("salescli contract list"), number=number
        )
    return found


def select(r: Reader, terms: str, **params: Any) -> list[ContractRow]:
    """Contracts that meet SQL terms on `k`, `v`, `f`, `c`, within the reader's scope."""
    return r.rows(ContractRow, _CONTRACT.format(terms=f"{seen(r)} AND {terms}"), **params)


def state(r: Reader, row: ContractRow, day: date) -> ContractState:
    """The state people see on a day. CTR-01, CTR-06."""
    facts = Facts(
        row.last_state, row.in_force is not None, row.in_force not in (None, row.version), row.filed_on is not None,
        row.ended_on is not None and row.ended_on <= day.isoformat(), row.disputes > 0,
    )  # fmt: skip
    if not facts.in_force or facts.ended:
        return state_of(facts)
    done = reads_progress.progress(r, row.number, row.agreed_id, total(r, row.agreed_id), day)
    return state_of(facts._replace(begun=done.orders > 0, complete=done.complete))


def lines_of(r: Reader, version_id: int) -> list[quotes.Line]:
    """The lines of a version."""
    return r.rows(quotes.Line, quotes.LINE.format(table="contract_line", rival="NULL"), id=version_id)


def total(r: Reader, version_id: int) -> int:
    """What a version is worth, in 1/100; in a book of net prices with its tax."""
    return int(r.value(f"SELECT coalesce(sum({document_amount(r)}), 0) FROM contract_line l WHERE l.version_id = :id", id=version_id))


FIELDS = (
    "starts_on", "ends_on", "delivery_on", "place", "transport", "specification", "pay_way", "credit_limit", "credit_days", "after_sales",
    "duties", "technical_fee", "note",
)  # fmt: skip


def terms_of(r: Reader, version_id: int) -> dict[str, Any]:
    """The written terms of a version (F-11)."""
    return dict(zip(FIELDS, r.tuples(f"SELECT {', '.join(FIELDS)} FROM contract_version WHERE id = :id", id=version_id)[0], strict=True))


def missing(r: Reader, row: ContractRow) -> list[str]:
    """What the last version lacks of F-11. CTR-03."""
    terms = terms_of(r, row.version_id) | {"territory": row.territory}
    goods, payments = lines_of(r, row.version_id), quotes.plan_of(r, row.version_id, "contract_payment")
    return rules.missing_terms(ContractKind(row.kind), terms, len(goods), len(payments))


def ticks(row: ContractRow) -> dict[str, bool]:
    """The confirmations. CTR-04."""
    return {name: bool(getattr(row, name)) for name in rules.CONFIRMATIONS}


# --- lists --------------------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("contract", N_("Contract")),
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Kind"), "code"),
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("staff", N_("By")),
    Column("state", N_("State"), "code"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("signed", N_("Signed"), "date"),
    Column("filed", N_("Paper filed"), "date"),
    Column("ends", N_("Ends"), "date"),
    Column("unfiled_days", N_("Filing late, days"), "int"),
)


class Wanted(NamedTuple):
    """Which contracts a list holds; None narrows nothing."""

    customer: str | None = None
    staff: str | None = None
    period: Period | None = None
    state: str | None = None
    kind: str | None = None
    unfiled: bool = False


def listing(r: Reader, wanted: Wanted, as_of: date | None = None) -> Report:
    """Contracts, newest first, or those whose paper is still missing. CTR-01."""
    day = as_of or r.today
    terms, params = _terms(r, wanted, day)
    found = [(row, state(r, row, day)) for row in select(r, " AND ".join(terms), **params)]
    return Report(
        name="contract-list",
        title=msg(N_("Contracts")),
        columns=COLUMNS,
        rows=[_list_row(r, row, now, day) for row, now in found if wanted.state in (None, now.value)],
        as_of=day.isoformat(),
        empty=msg(N_("No contracts. Make one: salescli contract new CUSTOMER SKU=QTY, or convert a quote")),
        beyond_own=r.actor.visible("orders") is None,
    )


def _terms(r: Reader, wanted: Wanted, day: date) -> tuple[list[str], dict[str, Any]]:
    terms: list[str] = ["k.day <= :day"]
    params: dict[str, Any] = {"day": day}
    customer, staff = find_optional(r, "customer", wanted.customer), find_optional(r, "staff", wanted.staff)
    if customer:
        terms.append(f"k.customer_id = {customer.id:d}")
    if staff:
        terms.append(f"k.staff_id = {staff.id:d}")
    if wanted.kind:
        terms.append("k.kind = :kind")
        params["kind"] = wanted.kind
    if wanted.unfiled:
        terms.append("f.signed_on <= :day AND f.filed_on IS NULL AND k.ended_on IS NULL")
    if wanted.period:
        terms.append("k.day BETWEEN :first AND :last")
        params |= {"first": wanted.period.start, "last": wanted.period.end}
    return terms, params


def late_filing(r: Reader, row: ContractRow, day: date) -> int:
    """Days the signed paper is missing too long. CTR-01."""
    if row.force_signed is None:
        return 0
    signed = date.fromisoformat(row.force_signed)
    return rules.unfiled_days(signed, row.filed_on is not None, day, r.policy("contract.file_days", signed))


def _list_row(r: Reader, row: ContractRow, now: ContractState, day: date) -> tuple[Any, ...]:
    amount = total(r, row.agreed_id) if r.actor.sees_prices else None
    return (
        row.number, row.day, row.kind, row.customer, row.customer_name, row.staff, now.value, amount, row.force_signed, row.filed_on,
        row.ends_on, late_filing(r, row, day),
    )  # fmt: skip


def expiring(r: Reader, days: int | None, as_of: date | None = None) -> Report:
    """Contracts in force that end within so many days, or ended and nobody closed them. CTR-06."""
    from datetime import timedelta

    day = as_of or r.today
    limit = day + timedelta(days if days is not None else r.policy("contract.expiry_days", day))
    found = select(r, "k.in_force IS NOT NULL AND k.ended_on IS NULL AND f.ends_on <= :limit", limit=limit)
    rows = sorted((row for row in found), key=lambda row: (row.ends_on or "", row.number))
    return Report(
        name="contract-expiring",
        title=msg(N_("Contracts that end by {day}"), day=limit.isoformat()),
        columns=(*COLUMNS[:6], Column("ends", N_("Ends"), "date"), Column("days_left", N_("Days left"), "int")),
        rows=[(row.number, row.day, row.kind, row.customer, row.customer_name, row.staff, row.ends_on, _left(row, day)) for row in rows],
        as_of=day.isoformat(),
        empty=msg(N_("No contract ends by {day}."), day=limit.isoformat()),
        beyond_own=r.actor.visible("orders") is None,
    )


def _left(row: ContractRow, day: date) -> int:
    return (date.fromisoformat(row.ends_on) - day).days if row.ends_on else 0


# --- one contract -------------------------------------------------------------------------------------------------------


def detail(r: Reader, number: str, version: int | None = None) -> Report:
    """A contract: its goods, terms, what is missing, signature, filing, the customer's record, what went wrong. CTR-01..08.

    Raises SalesError (exit 3): no such contract, no such version.
    """
    row = contract(r, number)
    version_id = (row if version is None else at_version(r, row, version)).version_id
    lines = lines_of(r, version_id)
    columns, rows = quotes.lines_shown(lines, prices=r.actor.sees_prices, without=("rival_price",))
    text = N_("Contract {number} ({kind:code}), version {version}, with {customer} {name}: {state:code}")
    return Report(
        name="contract-show",
        title=msg(text, number=row.number, kind=row.kind, version=version or row.version, customer=row.customer, name=row.customer_name,
                  state=state(r, row, r.today).value),
        columns=columns,
        rows=rows,
        totals={"amount": total(r, version_id), **quotes.tax_of(r, lines)} if r.actor.sees_prices else {"amount": None},
        figures=(quotes.TAX,),
        notes=tuple(_notes(r, row, version_id)),
        as_of=r.today.isoformat(),
        empty=msg(N_("{number} names no goods."), number=row.number),
        beyond_own=r.actor.visible("orders") is None,
    )  # fmt: skip


def at_version(r: Reader, row: ContractRow, version: int) -> ContractRow:
    """The contract with another of its versions in the place of the last. Raises SalesError (3) for one it does not have."""
    found = r.tuples("SELECT id, state FROM contract_version WHERE contract_id = :id AND version_no = :no", id=row.id, no=version)
    if not found:
        text = N_("{number} has no version {version}; its last is {last}")
        hint = N_("salescli contract show {number}")
        fail("version_not_found", text, kind=Kind.NOT_FOUND, hint=hint, number=row.number, version=version, last=row.version)
    return row._replace(version=version, version_id=found[0][0], last_state=found[0][1])


LABELS = {
    "starts_on": N_("from {value}"),
    "ends_on": N_("until {value}"),
    "delivery_on": N_("delivery by {value}"),
    "place": N_("delivered to {value}"),
    "transport": N_("transport: {value}"),
    "specification": N_("specification: {value}"),
    "pay_way": N_("way of payment: {value}"),
    "credit_days": N_("credit period: {value} {value:day|days}"),
    "after_sales": N_("after-sales: {value}"),
    "duties": N_("rights and duties: {value}"),
    "note": N_("note: {value}"),
}
MONEY = {"credit_limit": N_("credit limit: {value:amount}"), "technical_fee": N_("technical service fee: {value:amount}")}


def term_notes(r: Reader, row: ContractRow, version_id: int) -> list[Message]:
    """The terms of a version in words."""
    known = terms_of(r, version_id)
    labels = LABELS | (MONEY if r.actor.sees_prices else {})
    said = [msg(labels[name], value=known[name]) for name in FIELDS if name in labels and known[name] is not None]
    return [*([msg(N_("territory: {value}"), value=row.territory)] if row.territory else []), *said]


def _notes(r: Reader, row: ContractRow, version_id: int) -> list[Message]:
    notes = [msg(N_("by {staff}, drafted on {day}"), staff=row.staff, day=row.day), *term_notes(r, row, version_id)]
    if r.actor.sees_prices:
        from salescli.price.foreign import notes as foreign_notes

        notes += foreign_notes(r, "contract_version", version_id, total(r, version_id))
        notes += plan_text(quotes.plan_of(r, version_id, "contract_payment"))
    lacking, open_ = missing(r, row), [rules.CONFIRMATIONS[name] for name, done in ticks(row).items() if not done]
    if lacking and row.in_force != row.version:
        notes.append(msg(N_("missing before it is signed: {missing:code}"), missing=",".join(rules.NAMES[name] for name in lacking)))
    if open_:
        notes.append(msg(N_("not confirmed yet: {missing:code}"), missing=",".join(open_)))
    return [
        *notes,
        *quotes.refused(r, row.number),
        *_papers(r, row),
        *reads_progress.issues(r, row.id),
        *reads_progress.panel(r, row.customer_id),
        *_versions(r, row),
    ]


def _papers(r: Reader, row: ContractRow) -> list[Message]:
    known = (
        (N_("made from {value}"), row.origin),
        (N_("signed on {value}"), row.force_signed),
        (N_("filed on {value}"), row.filed_on),
        (N_("file number {value}"), row.file_no),
        (N_("the paper lies in {value}"), row.file_place),
        (N_("ended on {value}"), row.ended_on),
        (N_("ended because: {value}"), row.end_reason),
    )
    return [*(msg(text, value=value) for text, value in known if value), *reads_progress.deposit_notes(r, row.id)]


def _versions(r: Reader, row: ContractRow) -> list[Message]:
    if row.version == 1:
        return []
    sql = """SELECT v.version_no, v.day, s.code, v.state, v.reason FROM contract_version v JOIN staff s ON s.id = v.made_by
             WHERE v.contract_id = :id ORDER BY v.version_no"""
    plain, reasoned = N_("version {no} of {day} by {staff}, {state:code}"), N_("version {no} of {day} by {staff}, {state:code}: {reason}")
    return [
        msg(reasoned if reason else plain, no=no, day=day, staff=staff, state=now, reason=reason)
        for no, day, staff, now, reason in r.tuples(sql, id=row.id)
    ]
