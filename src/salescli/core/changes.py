"""Fields of a row from what was typed to what was changed: reading them, setting them, telling the difference in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import mask
from salescli.core.errors import Kind, Problem, SalesError, fail, problem, raise_if
from salescli.core.i18n import N_
from salescli.core.money import amount_text, percent_text, price_text, quantity_text
from salescli.core.report import Change
from salescli.core.text import NAME, NOTE, clean_or_none

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from salescli.core.access import Actor

UNITS: dict[str, Callable[[int], str]] = {
    "amount": amount_text,
    "price": price_text,
    "quantity": quantity_text,
    "percent": percent_text,
}


Read = Callable[[str], str | None]
"""Reads one field from typed text; nothing, or None, empties the field."""


def line(field: str, longest: int = NAME) -> Read:
    """Reads a line of text of at most `longest` characters."""
    return lambda text: clean_or_none(text, field, longest)


def remark(field: str) -> Read:
    """Reads a remark, of several lines if need be."""
    return lambda text: clean_or_none(text, field, NOTE, lines=True)


def masked(actor: Actor, owner: int | None, change: Change) -> Change:
    """The change as this actor may read it: whoever may not read a number does not read the former one either. ORG-08."""
    if change.field != "phone" or actor.sees_phones_of(owner):
        return change
    return change._replace(before=mask(change.before))


def read_fields(typed: Mapping[str, Any], readers: Mapping[str, Read]) -> dict[str, Any]:
    """The fields that were typed (None: was not), text read by its reader, other values as they are.

    Raises SalesError (usage, exit 2) with every field that cannot be read.
    """
    given = {name: value for name, value in typed.items() if value is not None}
    problems: list[Problem] = []
    for name in given.keys() & readers.keys():
        try:
            given[name] = readers[name](given[name])
        except SalesError as error:
            problems += error.problems
    raise_if(sorted(problems, key=lambda p: p.code))
    return given


def cleared(names: Sequence[str], known: Collection[str], options: Mapping[str, str] | None = None) -> dict[str, None]:
    """Fields named after --clear ("phone,email"), each to be emptied; `options`: how a field's option is called where it differs.

    Raises SalesError (usage, exit 2) for one that cannot be emptied.
    """
    called = {field: field for field in known} | (dict(options) if options else {})
    words = [word.strip().removeprefix("--").replace("-", "_") for name in names for word in name.split(",") if word.strip()]
    for word in words:
        if word not in called:
            shown = sorted((set(called) - set((options or {}).values())), key=str)
            text = N_('the field "{typed}" cannot be emptied; these can: {known}')
            fail("cannot_clear", text, kind=Kind.USAGE, typed=word, known=shown)
    return {called[word]: None for word in words}


def apply(row: object, values: Mapping[str, Any], units: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """Set these attributes of a row and return those that changed; `units` names the figures among them ("cost": "price")."""
    changed = []
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            unit = (units or {}).get(name)
            changed.append(Change(name, words(before, unit), words(value, unit)))
    return tuple(changed)


def words(value: Any, unit: str | None = None) -> str | None:
    """A value as people and scripts read it in `changes`."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit:
        return UNITS[unit](value)
    return value.isoformat() if isinstance(value, date) else str(value)


def negative(values: Mapping[str, Any], units: Mapping[str, str]) -> list[Problem]:
    """Figures below nothing where that makes no sense; `units` names them ("cost": "price")."""
    text = N_("the {field:code} cannot be negative: {figure}")
    found = {name: values[name] for name in units if (values.get(name) or 0) < 0}
    return [problem("negative", text, kind=Kind.USAGE, field=name, figure=words(value, units[name])) for name, value in found.items()]
