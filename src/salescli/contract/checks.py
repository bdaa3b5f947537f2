"""Invariants of contracts: amounts, versions, signatures after approval (CTR-01, CTR-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_
from salescli.quote.checks import wrong_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def contract_lines(r: Reader) -> Iterator[str]:
    """Contracts with a line that is not what its figures make."""
    yield from wrong_lines(r, "contract_line", "contract_version", "contract", "contract_id")


def contract_versions(r: Reader) -> Iterator[str]:
    """Contracts whose last version is not the highest, or whose version in force is not the last one signed."""
    sql = """SELECT k.number FROM contract k
             WHERE k.version <> (SELECT max(v.version_no) FROM contract_version v WHERE v.contract_id = k.id)
                OR coalesce(k.in_force, 0) <> coalesce(
                    (SELECT max(v.version_no) FROM contract_version v WHERE v.contract_id = k.id AND v.state = 'signed'), 0)
                OR (k.in_force IS NULL) <> (k.signed_on IS NULL)
             ORDER BY k.id"""
    yield from r.column(sql)


def contracts_reviewed(r: Reader) -> Iterator[str]:
    """Contracts that were signed without a review. CTR-02."""
    sql = """SELECT k.number FROM contract k WHERE k.in_force IS NOT NULL
             AND (SELECT count(*) FROM approval a WHERE a.document = k.number AND a.kind = 'AP-02' AND a.state = 'approved')
                 < (SELECT count(*) FROM contract_version v WHERE v.contract_id = k.id AND v.state = 'signed') ORDER BY k.id"""
    yield from r.column(sql)


CHECKS = (
    Check("contract_lines", N_("a contract's amounts are quantity times price less discount"), contract_lines),
    Check("contract_versions", N_("the version of a contract in force is the last one signed"), contract_versions),
    Check("contract_reviewed", N_("no contract was signed without a review"), contracts_reviewed),
)
