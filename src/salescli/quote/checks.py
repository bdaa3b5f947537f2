"""Invariants of quotes: lines are what their figures make them, plans add up, states fit (QUO-02, QUO-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.checks import Check
from salescli.core.i18n import N_
from salescli.core.money import line_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def wrong_lines(r: Reader, table: str, versions: str, documents: str, parent: str) -> Iterator[str]:
    """Documents with a line whose amount is not quantity x price less discount."""
    sql = f"""SELECT q.number, x.quantity, x.unit_price, x.discount, x.promo_discount, x.amount FROM {table} x
              JOIN {versions} v ON v.id = x.version_id JOIN {documents} q ON q.id = v.{parent} ORDER BY q.id, x.id"""
    for number, quantity, price, discount, promo, amount in r.tuples(sql):
        if line_amount(quantity, price, discount) - promo != amount:
            yield number


def quote_lines(r: Reader) -> Iterator[str]:
    """Quotes with a line that is not what its figures make."""
    yield from wrong_lines(r, "quote_line", "quote_version", "quote", "quote_id")


def quote_versions(r: Reader) -> Iterator[str]:
    """Quotes whose last version is not the highest, or whose state lacks its day or document."""
    sql = """SELECT q.number FROM quote q WHERE q.version <> (SELECT max(v.version_no) FROM quote_version v WHERE v.quote_id = q.id)
             OR (q.state IN ('sent', 'confirmed', 'converted') AND q.sent_on IS NULL)
             OR (q.state IN ('confirmed', 'converted') AND q.confirmed_on IS NULL)
             OR (q.state = 'converted') <> (q.became IS NOT NULL) OR (q.state = 'lost') <> (q.lost_on IS NOT NULL) ORDER BY q.id"""
    yield from r.column(sql)


def quotes_sent_approved(r: Reader) -> Iterator[str]:
    """Quotes that went out without an approval. QUO-02."""
    sql = """SELECT q.number FROM quote q WHERE q.state IN ('approved', 'sent', 'confirmed', 'converted')
             AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.document = q.number AND a.kind = 'AP-01' AND a.state = 'approved')
             ORDER BY q.id"""
    yield from r.column(sql)


CHECKS = (
    Check("quote_lines", N_("a quote's amounts are quantity times price less discount"), quote_lines),
    Check("quote_versions", N_("a quote's state fits its versions and days"), quote_versions),
    Check("quote_approved", N_("no quote went out without an approval"), quotes_sent_approved),
)
