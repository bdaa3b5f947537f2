"""Changing a number of the office from a day on; what was valid before stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import require
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import N_, Message, msg
from salescli.core.policy import Parameter, coerce, decode, load_parameters
from salescli.core.posting import require_backdate
from salescli.core.report import Change, Done
from salescli.core.tables import PolicyValue
from salescli.policy.reads import Setting, find_parameter, later_settings, settings

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def set_value(w: Writer, key: str, text: str, *, since: date | None = None, reason: str | None = None) -> Done:
    """Let a parameter have this value from a day on (default: today); the last value set for a day wins. ORG-07.

    Raises SalesError: 2 no such value, 3 no such parameter, 4 against another parameter, 7 not your right or a past day.
    """
    parameter = find_parameter(key)
    day = since or w.today
    _require_rights(w, parameter, day)
    stored = coerce(parameter, text)
    if parameter.type == "staff" and stored is not None:
        _require_staff(w, stored)
    values = settings(w.reader, day)
    before = values[parameter.key].value
    if stored == before:
        return Done(msg(N_("{key} is {value} already; nothing changes"), key=parameter.key, value=spoken(parameter, stored)), parameter.key)
    raise_if(out_of_order(parameter, stored, values, day))
    _insert(w, parameter, stored, day, reason)
    return Done(
        message=msg(N_("{key} is {value} from {day}"), key=parameter.key, value=spoken(parameter, stored), day=day.isoformat()),
        document=parameter.key,
        changes=(Change(parameter.key, before, stored),),
        next=(f"salescli policy history {parameter.key}",),
        facts={"value": stored, "before": before},
        warnings=_later_warnings(parameter, later_settings(w.reader, parameter.key, day)),
    )


def _require_rights(w: Writer, parameter: Parameter, day: date) -> None:
    """The parameter's own right, and `backdate` for a day that has passed."""
    require(w.actor, parameter.right, w.verb)
    if day < w.today:
        require_backdate(w.actor, day)


def _require_staff(w: Writer, code: str) -> None:
    if w.reader.value("SELECT id FROM staff WHERE code = :code", code=code) is None:
        fail("staff_not_found", N_("there is no staff member {staff}"), kind=Kind.NOT_FOUND, hint=N_("salescli staff list"), staff=code)


def _insert(w: Writer, parameter: Parameter, stored: str | None, day: date, reason: str | None) -> None:
    w.add(
        PolicyValue(
            key=parameter.key,
            value=stored,
            type=parameter.type,
            valid_from=day,
            set_by=w.actor.id,
            set_at=w.today.isoformat(),
            reason=reason or None,
        )
    )
    w.reader.policies.clear()


def out_of_order(parameter: Parameter, stored: str | None, values: dict[str, Setting], day: date) -> list[Problem]:
    """Pairs of parameters the new value would turn upside down, such as a warning after the event it warns of."""
    pairs = [(p.key, p.at_most) for p in load_parameters().values() if p.at_most and parameter.key in (p.key, p.at_most)]
    texts = {key: setting.value for key, setting in values.items()} | {parameter.key: stored}
    return [
        problem(
            "policy_out_of_order",
            N_("{low} {low_value} may not exceed {high} {high_value} on {day}"),
            hint=N_("change the other one first: salescli policy set {other} VALUE"),
            low=low,
            low_value=texts[low],
            high=high,
            high_value=texts[high],
            day=day.isoformat(),
            other=high if low == parameter.key else low,
        )
        for low, high in pairs
        if decode(parameter.type, texts[low]) > decode(parameter.type, texts[high])
    ]


def _later_warnings(parameter: Parameter, later: list[Setting]) -> tuple[Problem, ...]:
    """A value set earlier for a day to come goes on counting from that day."""
    return tuple(
        problem(
            "policy_changes_again",
            N_("from {day} on {key} is {value}, as set before"),
            key=parameter.key,
            day=setting.valid_from,
            value=spoken(parameter, setting.value),
        )
        for setting in later[:1]
    )


def spoken(parameter: Parameter, stored: str | None) -> Message | str:
    """A stored value with its unit, for a sentence."""
    if stored is None:
        return msg(N_("(nothing)"))
    return msg(N_("{value} {unit:code}"), value=stored, unit=parameter.unit) if parameter.unit else stored
