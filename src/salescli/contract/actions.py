"""Writes of contracts: drafting one, changing its terms, amending what was signed (CTR-01, CTR-03, CTR-06, CTR-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from salescli.contract import reads, reads_dealer, reads_progress, rules
from salescli.contract.states import ContractKind, VersionState
from salescli.contract.tables import Contract, ContractLine, ContractPayment, ContractVersion, Deposit
from salescli.core.approval import waiting_on
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find
from salescli.core.money import amount_text
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.price.foreign import foreign
from salescli.quote import reads as quotes
from salescli.quote.actions import check_customer
from salescli.quote.reads_pricing import Wanted, price_lines
from salescli.quote.rules_payment import amounts, check_plan, parse_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.quote.rules_payment import Term


class Terms(NamedTuple):
    """What a contract says beside its goods (F-11); None keeps what is there. Amounts in 1/100."""

    pay: Sequence[str] = ()
    territory: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    delivery_on: date | None = None
    place: str | None = None
    transport: str | None = None
    specification: str | None = None
    pay_way: str | None = None
    credit_limit: int | None = None
    credit_days: int | None = None
    after_sales: str | None = None
    duties: str | None = None
    technical_fee: int | None = None
    note: str | None = None
    currency: str | None = None
    reason: str | None = None

    def columns(self) -> dict[str, Any]:
        """The terms that were given, text cleaned, as the columns of a version."""
        longest = {C_("place"): 400, C_("transport"): 200, C_("pay_way"): 80}
        given = {name: getattr(self, name) for name in reads.FIELDS if getattr(self, name) is not None}
        return {
            name: clean(value, name, longest.get(name, NOTE), lines=name not in longest) if isinstance(value, str) else value
            for name, value in given.items()
        }


def new(
    w: Writer, customer: str, lines: Sequence[Wanted], terms: Terms, *, kind: ContractKind = ContractKind.SALE, channel: str | None = None
) -> Done:
    """Draft a contract; what is missing of F-11 and the customer's record are said at once. CTR-01, CTR-03, CTR-07, CTR-10.

    Raises SalesError: 2 bad lines or terms, 3 no such customer or product, 4 goods without a price, 6 an archived customer.
    """
    who = find(w.reader, "customer", customer)
    stops, warnings = check_customer(w.reader, who.id)
    raise_if(stops)
    priced = price_lines(w.reader, who.id, w.today, channel, lines)
    row = create(w, who.id, kind, terms, origin=None, channel=channel)
    version = only_version(w, row)
    write_lines(w, version, priced)
    write_plan(w, version, parse_plan(terms.pay))
    return said(w, row, N_("contract {number} with {customer} {name}, {amount:amount}, is a draft"), warnings)


def enter_customer(w: Writer, name: str) -> str:
    """Enter a customer who signs before he ever bought; his code. CTR-07. Raises SalesError (4) for somebody known already."""
    from salescli.customer.actions import add

    code = add(w, name, None, {}, {}, None).document
    assert code is not None
    return code


def create(w: Writer, customer_id: int, kind: ContractKind, terms: Terms, *, origin: str | None, channel: str | None) -> Contract:
    """A contract's head and first version, without goods; quotes make theirs here. CTR-01."""
    row = w.add(
        Contract(
            number=w.number("CT"), day=w.today, kind=kind.value, customer_id=customer_id, staff_id=w.actor.id, origin=origin,
            channel=clean_or_none(channel, C_("channel"), 40), territory=clean_or_none(terms.territory, C_("territory")),
        )
    )  # fmt: skip
    w.document = row.number
    w.add(ContractVersion(contract_id=row.id or 0, version_no=1, day=w.today, made_by=w.actor.id, reason=_why(terms), **_checked(w, terms)))
    return row


def _why(terms: Terms) -> str | None:
    return clean_or_none(terms.reason, C_("reason"), NOTE, lines=True)


def _checked(w: Writer, terms: Terms, before: ContractVersion | None = None) -> dict[str, Any]:
    """The columns given, once the days are in order."""
    columns = terms.columns()
    if terms.delivery_on is not None and terms.delivery_on < w.today:
        text = N_("delivery by {day} is past")
        fail("delivery_past", text, kind=Kind.USAGE, rule="CTR-03", day=terms.delivery_on.isoformat())
    first, last = (columns.get(name, getattr(before, name, None)) for name in ("starts_on", "ends_on"))
    if first and last and last < first:
        text = N_("the contract would end on {last}, before it begins on {first}")
        fail("days_in_disorder", text, kind=Kind.USAGE, rule="CTR-03", first=first.isoformat(), last=last.isoformat())
    if terms.currency is not None:
        own = foreign(w, terms.currency, w.today)
        columns |= {"currency": own.currency if own else None, "exchange_rate": own.exchange_rate if own else None}
    return columns


def only_version(w: Writer, row: Contract) -> ContractVersion:
    """The last version of a contract."""
    at = (ContractVersion.contract_id == row.id, ContractVersion.version_no == row.version)
    return w.session.exec(select(ContractVersion).where(*at)).one()


def _clear(w: Writer, table: type[ContractLine] | type[ContractPayment], version: ContractVersion) -> None:
    for row in w.session.exec(select(table).where(table.version_id == version.id)).all():
        w.session.delete(row)
    w.session.flush()


def write_lines(w: Writer, version: ContractVersion, lines: Sequence[dict[str, Any]]) -> None:
    """Put goods in place of what was there."""
    _clear(w, ContractLine, version)
    w.session.add_all(ContractLine(version_id=version.id or 0, line_no=no, **line) for no, line in enumerate(lines, 1))
    w.session.flush()


def write_plan(w: Writer, version: ContractVersion, terms: Sequence[Term]) -> None:
    """Put a payment plan in place of what was there, its amounts worked out of the version's total."""
    _clear(w, ContractPayment, version)
    planned = enumerate(amounts(terms, reads.total(w.reader, version.id or 0)), 1)
    w.session.add_all(ContractPayment(version_id=version.id or 0, term_no=no, **term._asdict()) for no, term in planned)
    w.session.flush()


def said(
    w: Writer, row: Contract, text: str, warnings: Sequence[Problem] = (), changes: tuple[Change, ...] = (), *, entry: bool = True
) -> Done:
    """What was written, what is missing still, and at entry the customer's record. CTR-03, CTR-07."""
    seen = reads.contract(w.reader, row.number)
    amount = reads.total(w.reader, seen.version_id)
    record: list[Message] = reads_progress.panel(w.reader, row.customer_id)
    told = msg(text, number=row.number, customer=seen.customer, name=seen.customer_name, amount=amount, version=row.version)
    return Done(
        msg(N_("{said}; {record}"), said=told, record=record) if entry and record else told,
        document=row.number,
        changes=changes,
        next=(f"salescli contract show {row.number}", f"salescli contract submit {row.number}"),
        facts={"amount": amount_text(amount), "version": row.version, "missing": reads.missing(w.reader, seen)},
        warnings=(
            *warnings,
            *stops(w, seen),
            *beyond_ordered(w, seen),
            *reads_dealer.warn(w.reader, row.customer_id, seen.region, w.today, but=row.number),
        ),
    )


def stops(w: Writer, seen: reads.ContractRow) -> list[Problem]:
    """What keeps a contract from review: terms missing, payments that do not add up, less than was delivered. CTR-03, CTR-06."""
    plan = quotes.plan_of(w.reader, seen.version_id, "contract_payment")
    wrong = check_plan(seen.number, plan, reads.total(w.reader, seen.version_id)) if plan else []
    return [*rules.check_terms(seen.number, reads.missing(w.reader, seen)), *wrong, *below_delivered(w, seen)]


def below_delivered(w: Writer, seen: reads.ContractRow) -> list[Problem]:
    """Goods of a change that go below what went out already. CTR-06."""
    if seen.in_force is None:
        return []
    went, now = reads_progress.delivered(w.reader, seen.number, w.today), reads_progress.agreed(w.reader, seen.version_id)
    names = dict(w.reader.tuples("SELECT id, sku FROM product"))
    given = [rules.Given(names[product], now.get(product, 0), quantity) for product, (quantity, *_rest) in sorted(went.items())]
    return rules.check_amendment(seen.number, given)


def beyond_ordered(w: Writer, seen: reads.ContractRow) -> list[Problem]:
    """Goods of a change that go below what orders under it want. CTR-06."""
    if seen.in_force is None:
        return []
    wanted, now = reads_progress.ordered(w.reader, seen.number, w.today), reads_progress.agreed(w.reader, seen.version_id)
    once = set(w.reader.column(_ONCE, id=seen.id))
    names = dict(w.reader.tuples("SELECT id, sku FROM product"))
    more = [rules.Given(names[p], now.get(p, 0), quantity) for p, quantity in sorted(wanted.items()) if p in once]
    return rules.warn_ordered(seen.number, more)


_ONCE = "SELECT DISTINCT l.product_id FROM contract_line l JOIN contract_version v ON v.id = l.version_id WHERE v.contract_id = :id"


# --- changing -----------------------------------------------------------------------------------------------------------


def load(w: Writer, number: str) -> tuple[Contract, reads.ContractRow]:
    """The contract to write to, and how it stands. Raises SalesError (3)."""
    seen = reads.contract(w.reader, number)
    w.document = seen.number
    return w.get(Contract, seen.id), seen


def edit(w: Writer, number: str, lines: Sequence[Wanted], terms: Terms) -> Done:
    """Change a contract: its draft, an approved one back to draft, or an amendment of what was signed, as the next version. CTR-01, CTR-06.

    Raises SalesError: 2, 3, 4 as `new`, 4 below what was delivered, 6 while it is reviewed or once it has ended.
    """
    row, seen = load(w, number)
    raise_if(check_editable(w, seen))
    before, confirmed = reads.total(w.reader, seen.version_id), _confirmed(w, seen.version_id)
    amends = seen.last_state == VersionState.SIGNED
    version = _amendment(w, row, terms) if amends else only_version(w, row)
    for name, value in _checked(w, terms, version).items():
        setattr(version, name, value)
    if terms.territory is not None:
        row.territory = clean_or_none(terms.territory, C_("territory"))
    version.state = VersionState.DRAFT.value
    w.session.flush()
    if lines:
        priced = price_lines(w.reader, row.customer_id, w.today, row.channel, lines)
        write_lines(w, version, priced)
    write_plan(w, version, parse_plan(terms.pay) if terms.pay else quotes.plan_of(w.reader, seen.version_id, "contract_payment"))
    raise_if(below_delivered(w, reads.contract(w.reader, number)))
    after = reads.total(w.reader, version.id or 0)
    gone = follow_deposit(w, row) if row.in_force is None else []
    gone += _lapse(w, row, seen, confirmed, _confirmed(w, version.id or 0))
    changes = (Change(C_("amount"), amount_text(before), amount_text(after)),) if after != before else ()
    text = (
        N_("{number} is amended by version {version}, {amount:amount}, a draft until it is signed")
        if amends
        else N_("{number} is changed, {amount:amount}")
    )
    return said(w, row, text, gone, changes, entry=False)


def follow_deposit(w: Writer, row: Contract) -> list[Problem]:
    """The deposit sheet whose balance is open follows what the contract costs: its total, and with it the balance. CTR-08."""
    sheet = w.session.exec(select(Deposit).where(Deposit.contract_id == row.id, col(Deposit.settled_on).is_(None))).first()
    total = reads.total(w.reader, reads.contract(w.reader, row.number).agreed_id)
    if sheet is None or total == sheet.total:
        return []
    before = sheet.total
    sheet.total = max(total, sheet.amount)
    sheet.settled_on = w.today if total <= sheet.amount else None
    w.session.flush()
    return rules.warn_deposit(deposit=sheet.number, number=row.number, amount=sheet.amount, before=before, total=total)


def _confirmed(w: Writer, version_id: int) -> dict[str, Any]:
    """What the customer confirms of a version. CTR-04."""
    goods = reads_progress.agreed(w.reader, version_id)
    return reads.terms_of(w.reader, version_id) | {"goods": set(goods), "quantities": goods}


def _lapse(w: Writer, row: Contract, seen: reads.ContractRow, before: dict[str, Any], after: dict[str, Any]) -> list[Problem]:
    """Take back the confirmations of what was changed. CTR-04."""
    names = rules.lapsed(reads.ticks(seen), before, after)
    for name in names:
        setattr(row, name, False)
    w.session.flush()
    return rules.warn_lapsed(row.number, names)


def check_editable(w: Writer, seen: reads.ContractRow) -> list[Problem]:
    """Nothing changes while it is reviewed, or once it has ended. CTR-02."""
    if seen.ended_on:
        text = N_("{number} ended on {day}; nothing of it changes any more")
        hint = N_("a new one: salescli contract new CUSTOMER SKU=QTY")
        return [problem("contract_ended", text, kind=Kind.STATE, rule="CTR-01", hint=hint, number=seen.number, day=seen.ended_on)]
    if seen.last_state == VersionState.IN_REVIEW:
        waits = waiting_on(w.reader, seen.number)
        text, hint = N_("{number} is being reviewed as {request}; nothing of it changes meanwhile"), N_("salescli withdraw {request}")
        return [problem("contract_in_review", text, kind=Kind.STATE, rule="CTR-02", hint=hint, number=seen.number, request=waits)]
    return []


def _amendment(w: Writer, row: Contract, terms: Terms) -> ContractVersion:
    """The next version, a copy of the signed one without signature and file. Raises SalesError (2) without a reason."""
    if _why(terms) is None:
        text, hint = N_("{number} is signed; say why it is changed"), N_("add --reason TEXT")
        fail("no_reason", text, kind=Kind.USAGE, rule="CTR-06", hint=hint, number=row.number)
    last = only_version(w, row)
    lines = w.session.exec(select(ContractLine).where(ContractLine.version_id == last.id).order_by(col(ContractLine.line_no))).all()
    row.version += 1
    paper = ("signed_on", "signer_id", "customer_signer", "filed_on", "file_no", "file_place")
    copy = last.model_dump(exclude={"id", *paper}) | {
        "version_no": row.version, "day": w.today, "made_by": w.actor.id, "reason": _why(terms), "state": VersionState.DRAFT.value,
    }  # fmt: skip
    made = w.add(ContractVersion(**copy))
    write_lines(w, made, [line.model_dump(exclude={"id", "version_id", "line_no"}) for line in lines])
    return made
