"""Recipients of care messages, as a list for a file: only people who agreed that their data are kept (CUS-07, CUS-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import condition, mask
from salescli.core.dates import add_months
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, _, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import clean
from salescli.customer import reads_birthday
from salescli.customer.states_work import Care

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("customer", N_("Customer")),
    Column("customer_name", N_("Customer name")),
    Column("contact", N_("Contact")),
    Column("phone", N_("Phone")),
    Column("email", N_("E-mail")),
    Column("staff", N_("Owner")),
    Column("occasion", N_("Occasion"), "code"),
    Column("date", N_("Date"), "date"),
    Column("text", N_("Message")),
    Column("consent", N_("Consent of"), "date"),
)

GREETINGS = {
    Care.BIRTHDAY: N_("{contact}, happy birthday and all the best! {company}"),
    Care.FESTIVAL: N_("{contact}, we wish you a happy {occasion}! {company}"),
    Care.EVENT: N_("{contact}, we invite you: {occasion}. {company}"),
}
"""What is sent unless the office writes its own; {contact}, {occasion}, {company}, {customer} are filled in."""


class Person(NamedTuple):
    """Somebody who may be written to."""

    customer: str
    name: str
    contact: str | None
    phone: str | None
    email: str | None
    staff: str | None
    staff_id: int | None
    consent: str | None
    contact_id: int


_PEOPLE = """
SELECT c.code, c.name, k.name, k.phone, k.email, s.code, c.staff_id, k.consent_on, k.id
FROM contact k JOIN customer c ON c.id = k.customer_id LEFT JOIN staff s ON s.id = c.staff_id
WHERE c.archived_on IS NULL AND {scope} AND {chosen} ORDER BY c.code, k.main DESC, k.id"""


def recipients(
    r: Reader,
    *,
    birthdays: Period | None = None,
    festival: str | None = None,
    event: str | None = None,
    customer_class: str | None = None,
    region: str | None = None,
    tag: str | None = None,
    text: str | None = None,
) -> Report:
    """Whom to write to on an occasion, with the message; those without consent are counted and left out. CUS-07, CUS-14.

    Raises SalesError: 2 no occasion or more than one, or a text with an unknown place, 3 no such festival.
    """
    if sum(given is not None for given in (birthdays, festival, event)) != 1:
        fail("one_occasion", N_("name one occasion: --birthdays PERIOD, --festival NAME or --event TEXT"), kind=Kind.USAGE, rule="CUS-14")
    care = Care.BIRTHDAY if birthdays else Care.FESTIVAL if festival is not None else Care.EVENT
    occasion, day = (
        (None, None) if birthdays else _festival(r, festival) if festival is not None else (clean(event or "", C_("event")), None)
    )
    chosen, params = _chosen(customer_class, region, tag)
    days = _birthdays(r, birthdays) if birthdays else {}
    people = r.rows(Person, _PEOPLE.format(scope=condition(r.actor, "customers", "c.staff_id"), chosen=chosen), **params)
    if birthdays:
        people = [p for p in people if p.contact_id in days]
    agreed = [p for p in people if p.consent is not None and p.consent <= r.today.isoformat()]
    company = r.value("SELECT value FROM meta WHERE key = 'company'")
    rows = [_row(r, p, care, occasion, days.get(p.contact_id, day), text, company) for p in agreed]
    return Report(
        name="customer-care",
        title=msg(N_("Recipients: {occasion}"), occasion=occasion) if occasion else msg(N_("Recipients of birthday greetings")),
        columns=COLUMNS,
        rows=rows,
        notes=(msg(N_("{count} left out: they have not agreed that their data are kept"), count=len(people) - len(agreed)),),
        as_of=r.today.isoformat(),
        empty=msg(N_("Nobody who agreed is to be written to.")),
        beyond_own=any(p.staff_id not in r.actor.team for p in agreed),
    )


def _festival(r: Reader, name: str) -> tuple[str, str | None]:
    """The festival of that name, in either language, and its next day."""
    known = reads_birthday.kept_between(r, r.today, add_months(r.today, 12))
    wanted = name.strip().casefold()
    meant = next(((day, f) for day, f in known if wanted in {n.casefold() for n in (f.name, *f.aliases)}), None)
    if meant is None:
        names, hint = list(dict.fromkeys(found.name for _day, found in known)), N_("salescli customer festival list")
        fail("festival_not_found", N_("there is no festival {name}: {known}"), kind=Kind.NOT_FOUND, hint=hint, name=name, known=names)
    return meant[1].name, meant[0].isoformat()


def _chosen(customer_class: str | None, region: str | None, tag: str | None) -> tuple[str, dict[str, Any]]:
    terms, params = ["1 = 1"], dict[str, Any]()
    for column, value in (("customer_class", customer_class), ("region", region)):
        if value is not None:
            terms.append(f"c.{column} = :{column}")
            params[column] = value
    if tag is not None:
        terms.append("EXISTS (SELECT 1 FROM customer_tag t WHERE t.customer_id = c.id AND t.tag = :tag)")
        params["tag"] = tag
    return " AND ".join(terms), params


def _birthdays(r: Reader, span: Period) -> dict[int, str]:
    found = reads_birthday.birthdays(r, condition(r.actor, "customers", "c.staff_id"), span.start, span.end)
    return {b.contact_id: b.day for b in found}


def _row(r: Reader, p: Person, care: Care, occasion: str | None, day: str | None, text: str | None, company: str | None) -> tuple[Any, ...]:
    places = {"contact": p.contact or p.name, "occasion": occasion or "", "company": company or "", "customer": p.name}
    try:
        message = (text or _(GREETINGS[care])).format(**places)
    except (KeyError, IndexError, ValueError):
        said = N_('"{typed}" has a place nobody can fill; these can be: {known}')
        fail("bad_template", said, kind=Kind.USAGE, rule="CUS-14", typed=text, known=[f"{{{name}}}" for name in places])
    phone = p.phone if r.actor.sees_phones_of(p.staff_id) else mask(p.phone)
    return (p.customer, p.name, p.contact, phone, p.email, p.staff, care.value, day, message.strip(), p.consent)
