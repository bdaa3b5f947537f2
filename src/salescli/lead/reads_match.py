"""Leads and customers that look the same as somebody: by telephone, tax number, name, each through its index (LED-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.alike import normal_name, normal_phone
from salescli.core.record import NamedTuple
from salescli.lead.rules_match import By, Match

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.reader import Reader

MOST = 20
"""Matches looked at by one key; a telephone number of more than these belongs to nobody."""


class Wanted(NamedTuple):
    """Whom to look for; `company` stands before `name` when there is one."""

    name: str
    company: str | None = None
    phone: str | None = None
    tax_no: str | None = None


_HERE = "coalesce(s.left_on, '9999-12-31') >= :today"
_LEAD = f"""
SELECT 'lead', l.number, coalesce(l.company, l.name), l.staff_id, s.code, s.name, l.created,
       (SELECT max(i.day) FROM interaction i WHERE i.lead_number = l.number AND i.staff_id = l.staff_id),
       l.closed IS NULL, :by, l.customer_id, {_HERE}, l.company IS NOT NULL AND :firm
FROM lead l LEFT JOIN staff s ON s.id = l.staff_id
WHERE {{key}} = :value AND l.state NOT IN ('invalid', 'duplicate') ORDER BY l.created, l.id LIMIT {MOST}"""
_CUSTOMER = f"""
SELECT 'customer', c.code, c.name, c.staff_id, s.code, s.name, coalesce(c.since, c.created),
       (SELECT max(i.day) FROM interaction i WHERE i.customer_id = c.id AND i.staff_id = c.staff_id),
       c.archived_on IS NULL, :by, c.id, {_HERE}, :firm
FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
WHERE {{key}} ORDER BY c.id LIMIT {MOST}"""
_CUSTOMER_KEYS = {
    "phone": "c.id IN (SELECT p.customer_id FROM contact p WHERE p.normal_phone = :value)",
    "tax_no": "c.tax_no = :value",
    "name": "c.id IN (SELECT x.id FROM customer x WHERE x.normal_name = :value "
    "UNION SELECT a.customer_id FROM customer_alias a WHERE a.normal_name = :value)",
}


def matches(r: Reader, wanted: Wanted, *, but: str | None = None, customer_id: int | None = None) -> list[Match]:
    """Leads and customers that look the same, the surest key first, each once; the lead `but` and the customer given left out.

    The data scope does not narrow this: the holder must be named to whoever asks (LED-10).
    """
    typed = wanted.company or wanted.name
    keys: dict[By, str | None] = {"phone": normal_phone(wanted.phone), "tax_no": wanted.tax_no, "name": normal_name(typed)}
    found = [m for by, value in keys.items() if value for m in _by(r, by, value, firm=bool(wanted.company))]
    return [m for m in _once(found) if m.number != but and (customer_id is None or m.customer_id != customer_id)]


def _by(r: Reader, by: By, value: str, *, firm: bool) -> list[Match]:
    column = {"phone": "l.normal_phone", "tax_no": "l.tax_no", "name": "l.normal_name"}[by]
    leads = r.rows(Match, _LEAD.format(key=column), value=value, by=by, today=r.today, firm=int(firm))
    customers = r.rows(Match, _CUSTOMER.format(key=_CUSTOMER_KEYS[by]), value=value, by=by, today=r.today, firm=int(firm))
    return [*customers, *leads]


def _once(found: Iterable[Match]) -> list[Match]:
    """Each lead and customer once; a lead that became one of the customers found is that customer."""
    kept: dict[tuple[str, str], Match] = {}
    for match in found:
        kept.setdefault((match.kind, match.number), match)
    customers = {m.customer_id for m in kept.values() if m.kind == "customer"}
    return [m for m in kept.values() if m.kind == "customer" or m.customer_id not in customers]
