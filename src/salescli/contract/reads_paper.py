"""A contract and its deposit sheet as papers (CTR-03, CTR-08, CTR-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.contract import reads
from salescli.contract.states import VersionState
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, _, code_label, language, msg
from salescli.core.printing import Paper, capitals, own_template
from salescli.quote import reads as quotes
from salescli.quote.goods_sheet import goods_sheet, money
from salescli.quote.reads_paper import company, goods, in_currency, plan_sheet, replaced

if TYPE_CHECKING:
    from pathlib import Path

    from salescli.core.reader import Reader

READY = frozenset({VersionState.APPROVED, VersionState.SIGNED})
CLAUSES = (
    (N_("Terms of delivery"), ("delivery_on", "place", "transport")),
    (N_("Specification"), ("specification",)),
    (N_("Payment and credit"), ("pay_way", "credit_limit", "credit_days", "technical_fee")),
    (N_("After-sales"), ("after_sales",)),
    (N_("Rights and duties"), ("duties",)),
    (N_("Validity"), ("starts_on", "ends_on")),
    (N_("Further terms"), ("note",)),
)


def paper(r: Reader, row: reads.ContractRow, target: Path, book: Path, sealed: str | None = None) -> Paper:
    """A version of a contract as it is signed; unapproved it is marked a draft. CTR-03, CTR-09."""
    lines, total = reads.lines_of(r, row.version_id), reads.total(r, row.version_id)
    plan = quotes.plan_of(r, row.version_id, "contract_payment")
    tax = total - sum(line.amount for line in lines)
    sold = [goods_sheet(goods(lines), total, tax)] if lines else []
    return Paper(
        name=template(book, row, target.suffix),
        title=_(TITLES.get(row.kind, N_("Sales contract"))),
        number=f"{row.number}/{row.version}" if row.version > 1 else row.number,
        company=company(r),
        fields=_fields(r, row, sealed),
        extra={"total": money(total), "capitals": capitals(total)},
        tables=[*sold, *([plan_sheet(plan)] if plan else [])],
        clauses=_clauses(r, row),
        signatures=(_(N_("Party A, customer (seal)")), _(N_("Party B, supplier (seal)"))),
        draft=replaced(row.in_force) if row.in_force and row.version < row.in_force else row.last_state not in READY,
    )


TITLES = {
    "sale": N_("Sales contract"),
    "wholesale": N_("Wholesale contract"),
    "dealer": N_("Dealer contract"),
    "partner": N_("Partner agreement"),
    "supply": N_("Supply contract"),
}


def template(book: Path, row: reads.ContractRow, suffix: str) -> str:
    """The office's own template for this kind of customer or contract, where it has one beside its book: `contract-dealer.docx`. CTR-09."""
    for kind in (row.customer_kind, row.kind):
        if kind and "/" not in kind and own_template(f"contract-{kind}", suffix, book):
            return f"contract-{kind}"
    return "contract"


def _fields(r: Reader, row: reads.ContractRow, sealed: str | None) -> tuple[tuple[str, str | None], ...]:
    tax_no, address = r.tuples("SELECT tax_no, address FROM customer WHERE id = :id", id=row.customer_id)[0]
    sql = """SELECT s.name, v.customer_signer, v.signed_on, v.file_no FROM contract_version v LEFT JOIN staff s ON s.id = v.signer_id
             WHERE v.id = :id"""
    signer, customer_signer, signed_on, file_no = r.tuples(sql, id=row.version_id)[0]
    return (
        (N_("Party A (customer)"), row.customer_name), (N_("Party B (supplier)"), company(r)), (N_("Tax number"), tax_no),
        (N_("Address"), address), (N_("Date"), row.day), (N_("Territory"), row.territory), (N_("Signed for party A by"), customer_signer),
        (N_("Signed for party B by"), signer), (N_("Signed on"), signed_on), (N_("File number"), file_no), (N_("Sealed"), sealed),
        (N_("In your currency"), in_currency(r, "contract_version", row.version_id, reads.total(r, row.version_id))),
    )  # fmt: skip


def _clauses(r: Reader, row: reads.ContractRow) -> list[tuple[str, str]]:
    """The written terms, numbered, each group one clause; a group of one term says it without its name."""
    known = reads.terms_of(r, row.version_id)
    groups = [(head, [name for name in names if known[name] is not None], len(names)) for head, names in CLAUSES]
    said = [
        (head, str(known[names[0]]) if size == 1 else "\n".join(_term(name, known[name]) for name in names))
        for head, names, size in groups
        if names
    ]
    return [(numbered(no, _(head)), body) for no, (head, body) in enumerate(said, 1)]


def _term(name: str, value: object) -> str:
    """A term with its name, as a sentence begins."""
    said = msg((reads.LABELS | reads.MONEY)[name], value=value).render()
    return said[:1].upper() + said[1:]


def numbered(no: int, head: str) -> str:
    """The head of a clause with its number, as contracts of the language have it: "一、" or "1."."""
    return f"{'一二三四五六七八九十'[no - 1]}、{head}" if language() == "zh" else f"{no}. {head}"


def deposit_paper(r: Reader, number: str) -> Paper:
    """The deposit sheet: unit prices, total, deposit, balance with its date and the way of payment. CTR-08, F-12. Raises SalesError (3)."""
    row = reads.contract(r, number)
    sheet = r.tuples("SELECT number, day, amount, total, balance_on, way FROM deposit WHERE contract_id = :id", id=row.id)
    if not sheet:
        text, hint = N_("{number} has no deposit sheet"), N_("salescli contract deposit {number} AMOUNT --help")
        fail("no_deposit", text, kind=Kind.NOT_FOUND, rule="CTR-08", hint=hint, number=row.number)
    deposit, day, amount, total, balance_on, way = sheet[0]
    version = _sheet_version(r, row, total)
    lines, worth = reads.lines_of(r, version), reads.total(r, version)
    fields = (
        (N_("Customer"), row.customer_name), (N_("Contract"), row.number), (N_("Date"), day), (N_("Way of payment"), code_label(way)),
        (N_("Deposit"), money(amount)), (N_("Deposit in capitals"), capitals(amount)), (N_("Total"), money(total)),
        (N_("Balance to pay"), money(total - amount)), (N_("Balance due on"), balance_on),
    )  # fmt: skip
    return Paper(
        name="deposit",
        title=_(N_("Deposit sheet")),
        number=deposit,
        company=company(r),
        fields=fields,
        extra={"total": money(total), "capitals": capitals(total)},
        tables=[goods_sheet(goods(lines), worth, worth - sum(line.amount for line in lines))],
        signatures=(_(N_("Customer")), _(N_("Money received by"))),
    )


def _sheet_version(r: Reader, row: reads.ContractRow, total: int) -> int:
    """The version a deposit sheet is of: the one that holds, or once it is settled the last that cost so much."""
    known = r.column(
        "SELECT id FROM contract_version WHERE contract_id = :id AND signed_on IS NOT NULL ORDER BY version_no DESC", id=row.id
    )
    return next((version for version in (row.agreed_id, *known) if reads.total(r, version) == total), row.agreed_id)
