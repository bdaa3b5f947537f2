"""Writes of a customer's file: entering it once, changing it, giving it to an owner (CUS-01, LED-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.access import RIGHTS, Scope, require
from salescli.core.errors import Problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find
from salescli.core.numbering import next_code
from salescli.core.phonetic import pinyin
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_code, clean_or_none
from salescli.customer import actions_owner, reads_duplicates, rules
from salescli.customer.actions_contact import CONTACT, add_contact
from salescli.customer.reads_source import source_codes
from salescli.customer.rules_standing import check_active, warn_tax_no
from salescli.customer.states import OwnerMove
from salescli.customer.tables import Customer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from salescli.core.writer import Writer

FIELDS: dict[str, changes.Read] = {
    "name": lambda text: clean(text, C_("name")),
    "short_name": changes.line(C_("short_name"), 80),
    "kind": changes.line(C_("kind"), 40),
    "region": changes.line(C_("region"), 80),
    "industry": changes.line(C_("industry"), 80),
    "customer_class": changes.line(C_("customer_class"), 40),
    "source": changes.line(C_("source"), 80),
    "address": changes.line(C_("address"), 400),
    "tax_no": lambda text: clean_code(text, C_("tax_no")).upper() if text.strip() else None,
    "note": lambda text: clean_or_none(text, C_("note"), NOTE, lines=True),
}
UNITS = {C_("credit_limit"): "amount"}
CREDIT = ("credit_limit", C_("credit_days"))
CLEARABLE = (*[name for name in FIELDS if name != "name"], *CREDIT, C_("since"))


def add(w: Writer, name: str, code: str | None, file: Mapping[str, Any], contact: Mapping[str, Any], staff: str | None) -> Done:
    """Enter a customer; without a code he gets the next number, without an owner the acting rep owns him. CUS-01, LED-10, LED-11.

    Raises SalesError: 2 no good text, 3 no such owner, 4 a code, name, tax number or telephone somebody has already, 7 not yours to set.
    """
    values = _read(w, {"name": name, **file})
    person = changes.read_fields(contact, CONTACT)
    wanted = clean_code(code, C_("customer_code"), 60) if code is not None else None
    owner = _owner(w, staff)
    found = reads_duplicates.holders(
        w.reader, None, code=wanted, name=values["name"], tax_no=values.get("tax_no"), phone=person.get("phone")
    )
    raise_if([*changes.negative(values, UNITS), *rules.check_duplicates(found), *_check_owner(w, owner), *_check_group(w, None, values)])
    given = wanted or next_code(w.reader, "C", "customer")
    row = w.add(Customer(code=given, staff_id=owner.id if owner else None, owner_since=w.today, created=w.today, **values))
    w.document = given
    assert row.id is not None
    if any(person.values()):
        add_contact(w, row.id, {**person, "main": True})
    actions_owner.log_owner(w, row, None, OwnerMove.CREATED)
    text = N_("customer {code} {name} is entered, owner {staff}") if owner else N_("customer {code} {name} is entered")
    return Done(
        msg(text, code=given, name=row.name, staff=owner.code if owner else None),
        document=given,
        next=(f"salescli customer show {given}",),
        warnings=(*([] if owner else rules.no_owner(given)), *_warnings(w, values, row.id)),
    )


def edit(w: Writer, reference: str, file: Mapping[str, Any], *, staff: str | None = None, clear: Sequence[str] = ()) -> Done:
    """Change a customer's file; another owner, `staff`, is given with a reason and elsewhere. CUS-01, ORG-09.

    Raises SalesError: 2 no good text, 3 no such customer in your scope, 4 a name or tax number somebody has already, an owner, 6 archived,
    7 not yours to set.
    """
    row = w.get(Customer, find(w.reader, "customer", reference).id)
    raise_if(rules.check_no_owner_set(row.code, staff, owned=row.staff_id is not None))
    values = _read(w, file, clear)
    problems = check_active(row.code, row.name, row.archived_on, row.archived_reason)
    problems += [*changes.negative(values, UNITS), *_check_same(w, row, values), *_check_group(w, row, values)]
    raise_if(problems)
    found = [change for change in changes.apply(row, values, UNITS) if change.field != "pinyin"]
    w.session.flush()
    w.document = row.code
    text = N_("customer {code} {name} is changed") if found else N_("customer {code} {name}: nothing to change")
    warnings = tuple(_warnings(w, {change.field: change.after for change in found}, row.id))
    return Done(
        msg(text, code=row.code, name=row.name), row.code, tuple(found), next=(f"salescli customer show {row.code}",), warnings=warnings
    )


def _read(w: Writer, typed: Mapping[str, Any], clear: Sequence[str] = ()) -> dict[str, Any]:
    """The fields as kept, those to be emptied included, if the acting person may set them all."""
    values = changes.read_fields(typed, FIELDS) | changes.cleared(clear, CLEARABLE, {"class": "customer_class"})
    _require_rights(w, values)
    if "name" in values:
        values["pinyin"] = pinyin(values["name"])
    if values.get("source") is not None:
        (values["source"],) = source_codes(w.reader, [values["source"]])
    return values


def _require_rights(w: Writer, fields: Collection[str]) -> None:
    """Credit is set by finance and the heads, all else by the sales team. CUS-05, ORG-07. Raises SalesError (exit 7)."""
    if not fields or any(name not in CREDIT for name in fields):
        require(w.actor, "customer.edit", w.verb)
    if any(name in CREDIT for name in fields):
        require(w.actor, "customer.credit", w.verb)


_PRICED = """SELECT DISTINCT customer_class FROM price_rule WHERE customer_class IS NOT NULL AND (valid_to IS NULL OR valid_to >= :today)"""


def _check_group(w: Writer, row: Customer | None, values: Mapping[str, Any]) -> list[Problem]:
    """Whether the acting person may change the class or kind of a customer, where prices or a contract hang on it. PRC-05, CTR-10."""
    if w.actor.may("customer.class"):
        return []
    found = []
    if "customer_class" in values:
        priced = w.reader.column(_PRICED, today=w.today)
        found += rules.check_price_class(row.customer_class if row else None, values["customer_class"], priced, RIGHTS["customer.class"])
    if row and "kind" in values:
        kinds = w.policy("contract.required_kinds")
        found += rules.check_contract_kind(row.kind, values["kind"], kinds, RIGHTS["customer.class"])
    return found


def _check_same(w: Writer, row: Customer, values: Mapping[str, Any]) -> list[Problem]:
    """Only what changes is looked for elsewhere: an imported double may still be put in order."""
    name, tax_no = (values.get(field) if values.get(field) != getattr(row, field) else None for field in ("name", "tax_no"))
    return rules.check_duplicates(reads_duplicates.holders(w.reader, row.id, name=name, tax_no=tax_no))


def _warnings(w: Writer, values: Mapping[str, Any], row_id: int | None) -> list[Problem]:
    """What does not stop but should be looked at: names nearly the same, a tax number whose check sign does not fit. LED-10."""
    name = values.get("name")
    near = rules.warn_similar(name, reads_duplicates.alike(w.reader, name, row_id)) if name else []
    return [*near, *warn_tax_no(values.get("tax_no"))]


# --- the owner ----------------------------------------------------------------------------------------------------------------


def _owner(w: Writer, staff: str | None) -> Row | None:
    """Who was named, else the acting person unless he sees everybody's customers: then nobody is meant."""
    if staff is not None:
        return find(w.reader, "staff", staff)
    actor = w.actor
    return None if actor.scope("customers") is Scope.ALL else Row(actor.id, actor.code, actor.name)


def _check_owner(w: Writer, owner: Row | None) -> list[Problem]:
    if owner is None:
        return []
    return rules.check_owner(w.actor.visible("customers"), owner.id, owner.code) or actions_owner.check_new_owner(w, owner.id)
