"""From review to the filed paper: submit, what was decided, confirm, sign, file (CTR-01..05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.contract import reads, rules
from salescli.contract.actions import beyond_ordered, follow_deposit, load, only_version, stops
from salescli.contract.states import VersionState
from salescli.contract.tables import Contract, ContractVersion
from salescli.core.approval import Ask, granted, holders, roles_of
from salescli.core.approval_write import file_request
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find_optional
from salescli.core.money import amount_text, price_text, quantity_text
from salescli.core.report import Done
from salescli.core.tasks_write import open_task
from salescli.core.text import NOTE, clean_or_none
from salescli.price.foreign import kept
from salescli.price.rules import approval_posts
from salescli.quote import reads as quotes
from salescli.quote import rules as quote_rules
from salescli.quote.actions import check_customer

if TYPE_CHECKING:
    from salescli.core.tables_office import Approval
    from salescli.core.writer import Writer

KIND = "AP-02"


def submit(w: Writer, number: str, reason: str | None = None) -> Done:
    """Put a contract, or its amendment, to the manager's review. CTR-02, CTR-03, AP-02.

    Raises SalesError: 3 no such contract, 4 terms missing, a price below the floor or nobody to decide, 6 wrong state.
    """
    row, seen = load(w, number)
    version = only_version(w, row)
    move = rules.check_move(seen.number, VersionState(version.state), VersionState.IN_REVIEW)
    lines = reads.lines_of(w.reader, seen.version_id)
    floors = [p for line in lines for p in quote_rules.check_line_floor(line.facts())]
    raise_if([*_not_ended(seen), *move, *(() if move else [*stops(w, seen), *floors]), *check_customer(w.reader, row.customer_id)[0]])
    posts = rules.review_posts(w.policy("approval.path.AP-02"), price_posts(w, seen))
    text = N_("contract {number}, version {version}, with {customer} {name}: {amount:amount}")
    summary = msg(text, number=seen.number, version=row.version, customer=seen.customer, name=seen.customer_name,
                  amount=reads.total(w.reader, seen.version_id))  # fmt: skip
    why = (
        clean_or_none(reason, C_("reason"), NOTE, lines=True)
        or version.reason
        or msg(N_("version {version}"), version=row.version).render()
    )
    request = file_request(w, Ask(KIND, seen.number, content(w, seen), posts), summary, why)
    version.state = VersionState.IN_REVIEW.value
    w.session.flush()
    told = N_("contract {number} is being reviewed as {request}: {posts:code}")
    return Done(
        msg(told, number=seen.number, request=request.number, posts=",".join(posts)),
        document=seen.number,
        next=(f"salescli contract show {seen.number}",),
        facts={"request": request.number, "approval": list(posts)},
        warnings=tuple(rules.check_confirmed(seen.number, reads.ticks(seen))),
    )


def price_posts(w: Writer, seen: reads.ContractRow) -> tuple[str, ...]:
    """Who must agree to prices below or above the table; what an approved quote offers was agreed to already. PRC-05, AP-01."""
    quoted = _quoted(w, seen)
    lines = []
    for line in reads.lines_of(w.reader, seen.version_id):
        at = (line.sku, line.unit_price, line.discount)
        quoted[at] = quoted.get(at, 0) - line.quantity
        lines += [line] if quoted[at] < 0 else []
    found = quote_rules.figures([line.facts() for line in lines])
    off = max(found.off)
    return approval_posts(off, found.earned, quotes.path_policy(w.reader, w.today)) if off > 0 else ()


def _quoted(w: Writer, seen: reads.ContractRow) -> dict[tuple[str, int, int], int]:
    """How much the quote this contract was made from offers of which goods at which price and discount."""
    sql = """SELECT p.sku, x.unit_price, x.discount, sum(x.quantity)
             FROM quote q JOIN quote_version v ON v.quote_id = q.id AND v.version_no = q.version
             JOIN quote_line x ON x.version_id = v.id JOIN product p ON p.id = x.product_id
             WHERE q.number = :origin AND q.state IN ('confirmed', 'converted') GROUP BY 1, 2, 3"""
    return {(sku, price, discount): quantity for sku, price, discount, quantity in w.reader.tuples(sql, origin=seen.origin)}


def content(w: Writer, seen: reads.ContractRow) -> dict[str, Any]:
    """What an approval freezes: the version with its goods, terms and payments. CTR-02."""
    return {
        "version": seen.version,
        "territory": seen.territory,
        "lines": [
            [x.sku, quantity_text(x.quantity), price_text(x.unit_price), x.discount, amount_text(x.amount)]
            for x in reads.lines_of(w.reader, seen.version_id)
        ],
        "payments": [
            [t.anchor, t.days, str(t.due), amount_text(t.amount)] for t in quotes.plan_of(w.reader, seen.version_id, "contract_payment")
        ],
        "terms": reads.terms_of(w.reader, seen.version_id),
    } | ({"currency": list(own)} if (own := kept(w.reader, "contract_version", seen.version_id)) else {})


DECIDED = {"approved": VersionState.APPROVED, "refused": VersionState.DRAFT, "withdrawn": VersionState.DRAFT}


def settled(w: Writer, approval: Approval) -> Message | None:
    """A review ended: approved, or back to draft. AP-02."""
    at = (Contract.number == approval.document, ContractVersion.version_no == Contract.version)
    joined = select(ContractVersion).join(Contract).where(*at, ContractVersion.state == VersionState.IN_REVIEW.value)
    version = w.session.exec(joined).first()
    if version is None:
        return None
    version.state = DECIDED[approval.state].value
    w.session.flush()
    if version.state == VersionState.APPROVED:
        return msg(N_("it may be signed: salescli contract sign {number}"), number=approval.document)
    return msg(N_("contract {number} is {state:code} again"), number=approval.document, state=version.state)


def confirm(w: Writer, number: str, *, site: bool, scope: bool, spec: bool, design: bool) -> Done:
    """Note what was confirmed with the customer: site, scope, specification, design. CTR-04. Raises SalesError: 2 nothing, 3, 6 ended."""
    row, seen = load(w, number)
    raise_if(_not_ended(seen))
    ticked = {"site_ok": site, "scope_ok": scope, "spec_ok": spec, "design_ok": design}
    if not any(ticked.values()):
        hint = N_("--site, --scope, --spec, --design, or --all")
        fail("nothing_confirmed", N_("say what was confirmed"), kind=Kind.USAGE, rule="CTR-04", hint=hint)
    for name, done in ticked.items():
        if done:
            setattr(row, name, True)
    w.session.flush()
    now = reads.contract(w.reader, number)
    names = ",".join(rules.CONFIRMATIONS[name] for name, done in ticked.items() if done)
    return Done(
        msg(N_("{number}: confirmed with the customer: {what:code}"), number=row.number, what=names),
        document=row.number,
        next=(f"salescli contract show {row.number}",),
        warnings=tuple(rules.check_confirmed(row.number, reads.ticks(now))),
    )


def _not_ended(seen: reads.ContractRow) -> list[Problem]:
    if not seen.ended_on:
        return []
    text = N_("{number} ended on {day}; nothing of it changes any more")
    hint = N_("a new one: salescli contract new CUSTOMER SKU=QTY")
    return [problem("contract_ended", text, kind=Kind.STATE, rule="CTR-01", hint=hint, number=seen.number, day=seen.ended_on)]


def sign(w: Writer, number: str, customer_signer: str | None = None, signer: str | None = None) -> Done:
    """Note that an approved contract was signed; the executing departments get their tasks at once. CTR-01..05.

    Raises SalesError: 3 no such contract or person, 4 terms or confirmations missing, 6 not approved.
    """
    row, seen = load(w, number)
    version = only_version(w, row)
    move = rules.check_move(seen.number, VersionState(version.state), VersionState.SIGNED)
    raise_if([*_not_ended(seen), *move, *(() if move else _unsigned(w, seen, customer_signer))])
    person = find_optional(w.reader, "staff", signer)
    version.state, version.signed_on = VersionState.SIGNED.value, w.today
    version.signer_id = person.id if person else w.actor.id
    version.customer_signer = clean_or_none(customer_signer, C_("customer_signer"), 80)
    row.in_force = row.version
    row.signed_on = row.signed_on or w.today
    w.session.flush()
    told, warnings = _tell_departments(w, seen)
    text = N_("contract {number} is signed; told: {people}; the paper has to be filed within {days} {days:day|days}")
    return Done(
        msg(text, number=row.number, people=told or ["-"], days=w.policy("contract.file_days")),
        document=row.number,
        next=(f"salescli contract file {row.number} FILE-NO --place PLACE", f"salescli contract order {row.number}"),
        facts={"told": told},
        warnings=(*warnings, *beyond_ordered(w, seen), *follow_deposit(w, row)),
    )


def _unsigned(w: Writer, seen: reads.ContractRow, customer_signer: str | None) -> list[Problem]:
    """What is missing before a signature: the customer's signer, terms, confirmations, and approval of exactly this. CTR-02..04."""
    found = [*stops(w, seen), *rules.check_confirmed(seen.number, reads.ticks(seen))]
    if not (customer_signer or "").strip():
        text, hint = N_("{number}: who signs for the customer?"), N_("add --by NAME")
        found.append(problem("no_signer", text, kind=Kind.USAGE, rule="CTR-03", hint=hint, number=seen.number))
    if not granted(w.reader, Ask(KIND, seen.number, content(w, seen))):
        text, hint = N_("{number} is not what was approved any more"), N_("salescli contract edit {number}, then submit it again")
        found.append(problem("approved_otherwise", text, kind=Kind.STATE, rule="CTR-02", hint=hint, number=seen.number))
    return found


TASKS = {
    "PUR": N_("contract {number} with {customer} is signed: see to the goods to buy"),
    "WH": N_("contract {number} with {customer} is signed: prepare the goods"),
    "PRD": N_("contract {number} with {customer} is signed: plan the production"),
    "FIN": N_("contract {number} with {customer} is signed: watch its payments"),
}
OTHER_TASK = N_("contract {number} with {customer} is signed: see to your part of it")


def _tell_departments(w: Writer, seen: reads.ContractRow) -> tuple[list[str], list[Problem]]:
    """A task for every holder of the executing departments; one person gets one. CTR-05."""
    told: dict[int, str] = {}
    missing = []
    for post in w.policy("contract.departments"):
        people = [person for role in roles_of(w.reader, post) for person in holders(w.reader, role, 0)]
        missing += [] if people else [post]
        for person in people:
            if person not in told:
                what = msg(TASKS.get(post, OTHER_TASK), number=seen.number, customer=seen.customer_name)
                open_task(w, person, what.render(), w.today, document=seen.number, rule="CTR-05")
                told[person] = w.reader.value("SELECT code FROM staff WHERE id = :id", id=person)
    if not missing:
        return list(told.values()), []
    text = N_("nobody holds the post {posts:code}; tell them yourself")
    return list(told.values()), [problem("department_empty", text, rule="CTR-05", posts=",".join(missing), number=seen.number)]


def file(w: Writer, number: str, file_no: str, place: str | None = None) -> Done:
    """Note under which number and where the signed paper lies. CTR-01. Raises SalesError: 2 no number, 3, 6 not signed or filed already."""
    row, seen = load(w, number)
    if seen.force_id is None:
        text, hint = N_("{number} is {state:code}; only a signed contract is filed"), N_("salescli contract sign {number}")
        fail("not_signed", text, kind=Kind.STATE, rule="CTR-01", hint=hint, number=seen.number, state=seen.last_state)
    version = w.get(ContractVersion, seen.force_id)
    late = reads.late_filing(w.reader, seen, w.today)
    version.filed_on, version.file_no = version.filed_on or w.today, clean_or_none(file_no, C_("file_no"), 80)
    version.file_place = clean_or_none(place, C_("file_place")) or version.file_place
    if version.file_no is None:
        fail("no_file_number", N_("a filed contract has a file number"), kind=Kind.USAGE, rule="CTR-01")
    text = N_("contract {number} is filed as {file}, {late} {late:day|days} late") if late else N_("contract {number} is filed as {file}")
    return Done(msg(text, number=row.number, file=version.file_no, late=late), document=row.number,
                next=(f"salescli contract execute {row.number}",))  # fmt: skip
