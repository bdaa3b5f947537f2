"""Writes of the people to talk to at a customer; at most one of them is the main contact (CUS-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from salescli.core import changes
from salescli.core.access import require
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_email, clean_or_none, clean_phone, folded
from salescli.customer import reads, reads_duplicates, rules
from salescli.customer.reads_archive import check_in_use
from salescli.customer.rules_care import birthday, born_on, check_days, lunar_birthday
from salescli.customer.tables import Contact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.writer import Writer

CONTACT: dict[str, changes.Read] = {
    "name": changes.line(C_("contact_name"), 80),
    "post": changes.line(C_("post"), 80),
    "phone": clean_phone,
    "email": clean_email,
    "birthday": birthday,
    "lunar_birthday": lunar_birthday,
    "note": lambda text: clean_or_none(text, C_("note"), NOTE, lines=True),
}
CLEARABLE = (*CONTACT, C_("consent_on"))


def add(w: Writer, reference: str, typed: Mapping[str, Any], *, main: bool = False) -> Done:
    """Enter somebody at a customer; the first one is the main contact. CUS-01, LED-10.

    Raises SalesError: 2 no good text or nothing to reach him by, 3 no such customer in your scope, 4 a telephone another customer has.
    """
    customer = reads.file_of(w.reader, reference)
    require(w.actor, "customer.edit", w.verb)
    values = _read(typed)
    raise_if(check_in_use(w.reader, customer.id))
    raise_if([*_check_reachable(values), *check_days(values, w.today), *_check_phone(w, customer.id, values.get("phone"))])
    first = not reads.contacts_of(w.reader, customer.id)
    row = add_contact(w, customer.id, {**values, "main": main or first})
    w.document = customer.code
    text = N_("{contact} is the main contact of {code} {name}") if row.main else N_("{contact} is a contact of {code} {name}")
    return Done(
        msg(text, contact=_called(row), code=customer.code, name=customer.name),
        document=customer.code,
        next=(f"salescli customer contact list {customer.code}",),
        facts={"contact": row.id},
    )


def edit(w: Writer, reference: str, contact: str, typed: Mapping[str, Any], *, main: bool = False, clear: Sequence[str] = ()) -> Done:
    """Change a contact; `main` makes him the main one. CUS-01, LED-10. Raises SalesError as `add` does."""
    customer = reads.file_of(w.reader, reference)
    require(w.actor, "customer.edit", w.verb)
    row = _find(w, customer, contact)
    values = _read(typed) | changes.cleared(clear, CLEARABLE, {"consent": "consent_on"})
    after = {name: values.get(name, getattr(row, name)) for name in ("name", "phone", "email")}
    phone = values.get("phone") if values.get("phone") != row.phone else None
    raise_if([*_check_reachable(after), *check_days(values, w.today), *_check_phone(w, customer.id, phone)])
    found = list(changes.apply(row, values))
    if main and not row.main:
        _free_main(w, customer.id)
        found += changes.apply(row, {C_("main"): True})
    w.session.flush()
    w.document = customer.code
    text = N_("contact {contact} of {code} {name} is changed") if found else N_("contact {contact} of {code} {name}: nothing to change")
    message = msg(text, contact=_called(row), code=customer.code, name=customer.name)
    return Done(message, customer.code, tuple(changes.masked(w.actor, customer.staff_id, change) for change in found))


def remove(w: Writer, reference: str, contact: str) -> Done:
    """Take a contact out of the file; the history keeps what was known of him. The next one becomes the main contact. ORG-09.

    Raises SalesError: 3 no such customer or contact, 7 not your right.
    """
    customer = reads.file_of(w.reader, reference)
    require(w.actor, "customer.edit", w.verb)
    row = _find(w, customer, contact)
    called, main = _called(row), row.main
    w.session.delete(row)
    w.session.flush()
    w.document = customer.code
    heirs = reads.contacts_of(w.reader, customer.id) if main else []
    if not heirs:
        return Done(
            msg(N_("{contact} is no contact of {code} {name} any more"), contact=called, code=customer.code, name=customer.name),
            customer.code,
        )
    heir = w.get(Contact, heirs[0].id)
    heir.main = True
    text = N_("{contact} is no contact of {code} {name} any more; the main contact is {heir} now")
    return Done(msg(text, contact=called, code=customer.code, name=customer.name, heir=_called(heir)), customer.code)


def _read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as kept; a lunar birthday typed with its year tells the day of birth as well, unless that is typed itself. CUS-07."""
    values = changes.read_fields(typed, CONTACT)
    if "birthday" not in values and (born := born_on(typed.get("lunar_birthday"))):
        values["birthday"] = born
    return values


def add_contact(w: Writer, customer_id: int, values: Mapping[str, Any]) -> Contact:
    """Store a contact; a new main contact takes the place of the old one."""
    if values.get("main"):
        _free_main(w, customer_id)
    return w.add(Contact(customer_id=customer_id, **values))


def _free_main(w: Writer, customer_id: int) -> None:
    """The old main contact steps back first: the file holds one at a time."""
    for person in reads.contacts_of(w.reader, customer_id):
        if person.main:
            w.get(Contact, person.id).main = False
    w.session.flush()


def _find(w: Writer, customer: reads.File, typed: str) -> Contact:
    """A contact of this customer by number, telephone or part of the name. Raises SalesError (exit 3)."""
    text = folded(clean(typed, C_("contact_name")))
    people = reads.contacts_of(w.reader, customer.id)
    exact = [p for p in people if text in (str(p.id), p.phone, folded(p.name or ""))]
    found = exact or [p for p in people if text in folded(p.name or "")]
    if len(found) != 1:
        _not_one(customer, typed, found)
    return w.get(Contact, found[0].id)


def _not_one(customer: reads.File, typed: str, found: Sequence[reads.Person]) -> NoReturn:
    names = [f"{p.id} {p.name or ''}".strip() for p in found]
    hint = N_("salescli customer contact list {customer}")
    none, several = (
        N_('{customer} {name} has no contact "{typed}"'),
        N_('"{typed}" fits several contacts of {customer} {name}: {candidates}'),
    )
    code, text = ("contact_ambiguous", several) if found else ("contact_not_found", none)
    fail(code, text, kind=Kind.NOT_FOUND, hint=hint, typed=typed, customer=customer.code, name=customer.name, candidates=names)


def _called(row: Contact) -> str:
    return row.name or row.phone or row.email or str(row.id)


def _check_reachable(values: Mapping[str, Any]) -> list[Problem]:
    if any(values.get(name) for name in ("name", "phone", "email")):
        return []
    return [problem("contact_empty", N_("a contact needs a name, a telephone number or an e-mail address"), kind=Kind.USAGE)]


def _check_phone(w: Writer, customer_id: int, phone: str | None) -> list[Problem]:
    return rules.check_duplicates(reads_duplicates.holders(w.reader, customer_id, phone=phone))
