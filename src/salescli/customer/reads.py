"""Customers as lists and as a file, always within the reader's scope; telephone numbers masked by role (CUS-01, ORG-07, ORG-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import Scope, condition, mask
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find, holding, part_pattern
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.tax import document_amount
from salescli.core.text import clean, folded
from salescli.customer import reads_history
from salescli.customer.reads_standing import SHOW as STANDING
from salescli.customer.reads_standing import bad_record, record

if TYPE_CHECKING:
    from salescli.core.reader import Reader

LIST = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("kind", N_("Kind")),
    Column("class", N_("Class")),
    Column("region", N_("Region")),
    Column("staff", N_("Owner")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("since", N_("Customer since"), "date"),
)


class Wanted(NamedTuple):
    """Which customers a list holds; None or False narrows nothing. `staff` as people type it."""

    text: str | None = None
    staff: str | None = None
    region: str | None = None
    customer_class: str | None = None
    kind: str | None = None
    unowned: bool = False
    archived: bool = False
    tag: str | None = None


_LIST = """
SELECT c.code, c.name, c.kind, c.customer_class, c.region, s.code, k.name, k.phone, c.since, c.staff_id
FROM customer c
LEFT JOIN staff s ON s.id = c.staff_id
LEFT JOIN contact k ON k.customer_id = c.id AND k.main = 1
WHERE {terms}
ORDER BY c.code"""


def listing(r: Reader, wanted: Wanted, limit: int | None = None) -> Report:
    """Customers by code, archived ones apart. CUS-01."""
    terms, params = _where(r, wanted)
    sql = _LIST.format(terms=" AND ".join(terms)) + (" LIMIT :limit" if limit is not None else "")
    found = r.each(tuple, sql, **params, **({"limit": max(limit, 0)} if limit is not None else {}))
    rows, known, owners = [], dict[str | None, str | None](), dict[int | None, bool]()
    one = known.setdefault  # texts that come again and again are kept once
    for code, name, kind, customer_class, region, staff, contact, phone, since, owner in found:
        if owner not in owners:
            owners[owner] = r.actor.sees_phones_of(owner)
        rows.append(
            (code, name, one(kind, kind), one(customer_class, customer_class), one(region, region), one(staff, staff), contact,
             phone if owners[owner] else mask(phone), one(since, since))
        )  # fmt: skip
    return Report(
        name="customer-list",
        title=msg(N_("Customers")),
        columns=LIST,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_('No customer fits. Enter one: salescli customer add "NAME" --contact "NAME" --phone NUMBER')),
        beyond_own=not owners.keys() <= set(r.actor.team),
    )


def _phone(r: Reader, phone: str | None, owner: int | None) -> str | None:
    return phone if r.actor.sees_phones_of(owner) else mask(phone)


def _where(r: Reader, wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    params: dict[str, Any] = {}
    terms = [condition(r.actor, "customers", "c.staff_id"), "c.archived_on IS NOT NULL" if wanted.archived else "c.archived_on IS NULL"]
    for column in ("region", "customer_class", "kind"):
        value = getattr(wanted, column)
        if value is not None:
            terms.append(f"c.{column} = :{column}")
            params[column] = value
    if wanted.tag is not None:
        terms.append("c.id IN (SELECT customer_id FROM customer_tag WHERE tag = :tag)")
        params["tag"] = wanted.tag
    if wanted.unowned:
        terms.append("c.staff_id IS NULL")
    if wanted.staff is not None:
        terms.append("c.staff_id = :staff")
        params["staff"] = find(r, "staff", wanted.staff).id
    if wanted.text is not None:
        terms.append(_holds(wanted.text, params))
    return terms, params


def _holds(typed: str, params: dict[str, Any]) -> str:
    """SQL: code, name or short name hold the text, or it is how the name sounds."""
    text = clean(typed, C_("text"))
    params["part"] = part_pattern(text)
    parts = [holding(f"c.{column}", text) for column in ("code", "name", "short_name")]
    if text.isascii() and text.isalnum():
        params |= {"initials": f"{folded(text)}%", "syllables": f"% {folded(text)}%"}
        parts += ["c.pinyin LIKE :initials", "c.pinyin LIKE :syllables"]
    return f"({' OR '.join(parts)})"


# --- one customer -------------------------------------------------------------------------------------------------------

SHOW = (
    Column("code", N_("Code")),
    Column("name", N_("Name")),
    Column("short_name", N_("Short name")),
    Column("kind", N_("Kind")),
    Column("class", N_("Class")),
    Column("region", N_("Region")),
    Column("industry", N_("Industry")),
    Column("source", N_("Source"), "code"),
    Column("staff", N_("Owner")),
    Column("staff_name", N_("Owner's name")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("email", N_("E-mail")),
    Column("contacts", N_("Contacts"), "int"),
    Column("address", N_("Address")),
    Column("tax_no", N_("Tax number")),
    Column("credit_limit", N_("Credit limit"), "amount"),
    Column("credit_days", N_("Credit days"), "int"),
    Column("since", N_("Customer since"), "date"),
    Column("created", N_("Entered"), "date"),
    Column("archived", N_("Archived"), "date"),
    Column("note", N_("Note")),
    Column("orders", N_("Orders"), "int"),
    Column("last_order", N_("Last order"), "date"),
    Column("ordered", N_("Ordered"), "amount"),
    Column("open", N_("Open receivables"), "amount"),
    Column("overdue", N_("Overdue"), "amount"),
    *STANDING,
)


class File(NamedTuple):
    """A customer's row with its owner."""

    id: int
    code: str
    name: str
    short_name: str | None
    kind: str | None
    customer_class: str | None
    region: str | None
    industry: str | None
    source: str | None
    staff: str | None
    staff_name: str | None
    address: str | None
    tax_no: str | None
    credit_limit: int | None
    credit_days: int | None
    since: str | None
    created: str | None
    archived: str | None
    note: str | None
    staff_id: int | None


_FILE = """
SELECT c.id, c.code, c.name, c.short_name, c.kind, c.customer_class, c.region, c.industry, c.source, s.code, s.name, c.address, c.tax_no,
       c.credit_limit, c.credit_days, c.since, c.created, c.archived_on, c.note, c.staff_id
FROM customer c LEFT JOIN staff s ON s.id = c.staff_id
WHERE c.id = :id"""


def file_of(r: Reader, reference: str, *, pool: bool = False) -> File:
    """The file of the one customer meant; with `pool` what lies in the pool is everybody's to look at (LED-11).

    Raises SalesError (exit 3): none, several, or not yours to see.
    """
    found = r.first(File, _FILE, id=find(r, "pooled" if pool else "customer", reference).id)
    assert found is not None
    return found


def detail(r: Reader, reference: str) -> Report:
    """A customer's file, his contacts, what he ordered and what he owes today. CUS-01, F-01."""
    c = file_of(r, reference, pool=True)
    people = contacts_of(r, c.id)
    main = next((p for p in people if p.main), None)
    reach = (main.name, _phone(r, main.phone, c.staff_id), main.email) if main else (None, None, None)
    base = (c.code, c.name, c.short_name, c.kind, c.customer_class, c.region, c.industry, c.source, c.staff, c.staff_name)
    terms = (c.address, c.tax_no, *((c.credit_limit, c.credit_days) if r.actor.sees_prices else (None, None)))
    days = (c.since, c.created, c.archived, c.note)
    state = record(r, c.id)
    return Report(
        name="customer-show",
        title=msg(N_("{code} {name}"), code=c.code, name=c.name),
        columns=SHOW,
        rows=[(*base, *reach, len(people), *terms, *days, *_ordered(r, c.id), *_owed(r, c.id), *state)],
        notes=(*bad_record(r, c.id), *(_contact_note(r, p, c.staff_id) for p in people if not p.main), *reads_history.notes(r, c.id)),
        as_of=r.today.isoformat(),
        beyond_own=c.staff_id not in r.actor.team,
        record=True,
    )


def _contact_note(r: Reader, p: Person, owner: int | None) -> Message:
    words = [p.name, p.post and f"({p.post})", _phone(r, p.phone, owner), p.email]
    return msg(N_("Contact {id}: {words}"), id=p.id, words=" ".join(word for word in words if word))


def _ordered(r: Reader, customer_id: int) -> tuple[int, str | None, int | None]:
    """Number of confirmed orders, day of the last one, their amount; of what the reader sees."""
    scope = condition(r.actor, "orders", "o.staff_id")
    of_customer = f"FROM sales_order o WHERE o.customer_id = :id AND o.state IN ('confirmed', 'closed') AND {scope}"
    count, last = r.tuples(f"SELECT count(*), max(o.date) {of_customer}", id=customer_id)[0]
    if not r.actor.sees_prices:
        return count, last, None
    lines = f"SELECT coalesce(sum({document_amount(r)}), 0) FROM order_line l WHERE l.order_id IN (SELECT o.id {of_customer})"
    return count, last, r.value(lines, id=customer_id)


def _owed(r: Reader, customer_id: int) -> tuple[int | None, int | None]:
    """What is open today less money not allocated, and what of it is past its due day; None for who sees no receivables."""
    if r.actor.scope("receivables") is Scope.NONE:
        return None, None
    owed = f"FROM receivable x WHERE x.customer_id = :id AND x.kept_open <> 0 AND {condition(r.actor, 'receivables', 'x.staff_id')}"
    paid = f"""FROM receipt p JOIN customer c ON c.id = p.customer_id
               WHERE p.customer_id = :id AND p.kept_open <> 0 AND {condition(r.actor, "receivables", "c.staff_id")}"""
    overdue = "CASE WHEN x.kept_open > 0 AND x.due_date < :today THEN x.kept_open ELSE 0 END"
    total, late = r.tuples(f"SELECT coalesce(sum(x.kept_open), 0), coalesce(sum({overdue}), 0) {owed}", id=customer_id, today=r.today)[0]
    return total - r.value(f"SELECT coalesce(sum(p.kept_open), 0) {paid}", id=customer_id), late


# --- contacts -----------------------------------------------------------------------------------------------------------


class Person(NamedTuple):
    """A contact at a customer."""

    id: int
    main: int
    name: str | None
    post: str | None
    phone: str | None
    email: str | None
    birthday: str | None
    lunar_birthday: str | None
    consent: str | None
    note: str | None


_CONTACTS = """
SELECT id, main, name, post, phone, email, birthday, lunar_birthday, consent_on, note
FROM contact WHERE customer_id = :id ORDER BY main DESC, id"""


def contacts_of(r: Reader, customer_id: int) -> list[Person]:
    """A customer's contacts, the main one first; full telephone numbers: mask them before they are shown."""
    return r.rows(Person, _CONTACTS, id=customer_id)


CONTACTS = (
    Column("contact", N_("No."), "int"),
    Column("main", N_("Main"), "bool"),
    Column("name", N_("Full name")),
    Column("post", N_("Post")),
    Column("phone", N_("Phone")),
    Column("email", N_("E-mail")),
    Column("birthday", N_("Birthday")),
    Column("lunar_birthday", N_("Lunar birthday")),
    Column("consent", N_("Consent of"), "date"),
    Column("note", N_("Note")),
)


def contacts(r: Reader, reference: str) -> Report:
    """The people to talk to at a customer. CUS-01, ORG-08."""
    c = file_of(r, reference)
    return Report(
        name="customer-contact-list",
        title=msg(N_("Contacts of {code} {name}"), code=c.code, name=c.name),
        columns=CONTACTS,
        rows=[p._replace(phone=_phone(r, p.phone, c.staff_id)) for p in contacts_of(r, c.id)],
        empty=msg(N_('Nobody is known there. Enter somebody: salescli customer contact add {code} "NAME" --phone NUMBER'), code=c.code),
        beyond_own=c.staff_id not in r.actor.team,
    )
