"""Who needs a contract, who has one, and whose area goods leave (CTR-10, CHN-02). Orders ask here before they are confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.contract import rules
from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

_IN_FORCE = """k.in_force IS NOT NULL AND k.ended_on IS NULL AND f.signed_on <= :day
               AND coalesce(f.starts_on, :day) <= :day AND coalesce(f.ends_on, :day) >= :day"""


def contracts_in_force(r: Reader, customer_id: int, day: date) -> list[tuple[str, str, str | None]]:
    """Number, kind and territory of a customer's contracts that hold on a day, whoever asks; first and last day count."""
    sql = f"""SELECT k.number, k.kind, k.territory FROM contract k
              JOIN contract_version f ON f.contract_id = k.id AND f.version_no = k.in_force
              WHERE k.customer_id = :id AND {_IN_FORCE} ORDER BY k.id"""
    return r.tuples(sql, id=customer_id, day=day)


def warn(r: Reader, customer_id: int, region: str | None, day: date, *, but: str | None = None) -> list[Problem]:
    """Warnings: goods for a region outside the area of a dealer's contract. CHN-02."""
    code = r.value("SELECT code FROM customer WHERE id = :id", id=customer_id)
    return [
        rules.warn_territory(code, number, region or "", territory or "")
        for number, _kind, territory in contracts_in_force(r, customer_id, day)
        if number != but and rules.outside_territory(region, territory)
    ]


def check_contract(r: Reader, customer_id: int, day: date) -> list[Problem]:
    """Whether an order of this customer may go without a contract: wholesale, dealers and suppliers need one in force. CTR-10."""
    code, name, kind = r.tuples("SELECT code, name, kind FROM customer WHERE id = :id", id=customer_id)[0]
    if not rules.requires_contract(kind, r.policy("contract.required_kinds", day)):
        return []
    if contracts_in_force(r, customer_id, day):
        return []
    text = N_("{customer} {name} ({group}) buys only with a contract in force")
    hint = N_("salescli contract new {customer} SKU=QTY; then submit and sign it")
    return [problem("contract_required", text, rule="CTR-10", hint=hint, customer=code, name=name, group=kind)]
