"""Contracts, their versions with lines and payment plan, the deposit sheet, and what goes wrong on the way."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.contract.states import ContractKind, IssueKind, VersionState
from salescli.core.schema import LONG, Amount, Book, Day, Flag, Price, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.quote.tables import DocumentLine, PaymentTerm, line_checks


class Contract(Book, table=True):
    """A contract; its terms stand in its versions: `version` is the last, `in_force` the last one signed (CTR-01).

    The four flags are the confirmations before anything is signed (CTR-04). `origin` is the quote it was made from; `territory` the
    regions of a dealer or partner, separated by commas (CHN-02).
    """

    __tablename__ = "contract"
    __table_args__ = (
        Index("ix_contract_customer", "customer_id", "day"),
        Index("ix_contract_staff", "staff_id", "day"),
        Index("ix_contract_signed", "signed_on", "staff_id"),
        CheckConstraint("in_force <= version", name="in_force_known"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    day: dt.date = of(Day)
    kind: str = choice(ContractKind, default=ContractKind.SALE.value)
    customer_id: int = refers("customer.id")
    staff_id: int = refers("staff.id")
    origin: str | None = line(80, default=None, index=True)
    channel: str | None = line(40, default=None)
    territory: str | None = line(default=None)
    version: int = of(Whole, default=1)
    in_force: int | None = of(Whole, default=None)
    site_ok: bool = of(Flag, default=False)
    scope_ok: bool = of(Flag, default=False)
    spec_ok: bool = of(Flag, default=False)
    design_ok: bool = of(Flag, default=False)
    signed_on: dt.date | None = of(Day, default=None)
    ended_on: dt.date | None = of(Day, default=None)
    end_reason: str | None = line(LONG, default=None)


class ContractVersion(Book, table=True):
    """The terms of a contract (F-11) as of one version, who signed them, and where the paper lies.

    `currency` and `exchange_rate` (of 100 units, 1/10,000) are what its total is printed in beside the book's (PRC-08).
    """

    __tablename__ = "contract_version"
    __table_args__ = (
        UniqueConstraint("contract_id", "version_no"),
        CheckConstraint("credit_limit >= 0", name="credit_limit_positive"),
        CheckConstraint("credit_days BETWEEN 0 AND 3650", name="credit_days_range"),
        CheckConstraint("technical_fee >= 0", name="technical_fee_positive"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        Index("ix_contract_version_ends", "ends_on"),
    )
    id: int | None = key()
    contract_id: int = refers("contract.id")
    version_no: int = of(Whole)
    day: dt.date = of(Day)
    made_by: int = refers("staff.id")
    state: str = choice(VersionState, default=VersionState.DRAFT.value)
    reason: str | None = line(LONG, default=None)
    starts_on: dt.date | None = of(Day, default=None)
    ends_on: dt.date | None = of(Day, default=None)
    delivery_on: dt.date | None = of(Day, default=None)
    place: str | None = line(400, default=None)
    transport: str | None = line(default=None)
    specification: str | None = line(LONG, default=None)
    pay_way: str | None = line(80, default=None)
    credit_limit: int | None = of(Amount, default=None)
    credit_days: int | None = of(Whole, default=None)
    after_sales: str | None = line(LONG, default=None)
    duties: str | None = line(LONG, default=None)
    technical_fee: int | None = of(Amount, default=None)
    note: str | None = line(LONG, default=None)
    currency: str | None = line(3, default=None)
    exchange_rate: int | None = of(Price, default=None)
    signed_on: dt.date | None = of(Day, default=None)
    signer_id: int | None = refers("staff.id", default=None)
    customer_signer: str | None = line(80, default=None)
    filed_on: dt.date | None = of(Day, default=None)
    file_no: str | None = line(80, default=None)
    file_place: str | None = line(default=None)


class ContractLine(DocumentLine, table=True):
    """A line of a version."""

    __tablename__ = "contract_line"
    __table_args__ = (UniqueConstraint("version_id", "line_no"), Index("ix_contract_line_product", "product_id"), *line_checks())
    id: int | None = key()
    version_id: int = refers("contract_version.id")


class ContractPayment(PaymentTerm, table=True):
    """A payment of a version's plan (F-11)."""

    __tablename__ = "contract_payment"
    __table_args__ = (UniqueConstraint("version_id", "term_no"),)
    id: int | None = key()
    version_id: int = refers("contract_version.id")


class Deposit(Book, table=True):
    """The deposit sheet of a contract (F-12): what was paid down, of which total, how, and by when the balance is due."""

    __tablename__ = "deposit"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("total >= amount", name="total_above"),
        Index("ix_deposit_balance", "settled_on", "balance_on"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    contract_id: int = refers("contract.id", unique=True)
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    amount: int = of(Amount)
    total: int = of(Amount)
    balance_on: dt.date = of(Day)
    way: str = line(80)
    settled_on: dt.date | None = of(Day, default=None)


class ContractIssue(Book, table=True):
    """A problem, risk or dispute in the execution, and what became of it (CTR-06)."""

    __tablename__ = "contract_issue"
    __table_args__ = (Index("ix_contract_issue_contract", "contract_id"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    contract_id: int = refers("contract.id")
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    kind: str = choice(IssueKind)
    text: str = line(LONG)
    solution: str | None = line(LONG, default=None)
    solved_on: dt.date | None = of(Day, default=None)
