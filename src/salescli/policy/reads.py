"""Reports on the office's rules and numbers: lists, one parameter, who changed what, what a rule rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, _, code_label, msg
from salescli.core.policy import FIRST_DAY, Parameter, Rule, load_parameters, load_rules
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.policy.codes import FUNCTION, OWN, PARAMETER, PRIORITIES, REGULATION, RULE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from salescli.core.reader import Reader


class Setting(NamedTuple):
    """A row of the book: the stored text of a parameter, from which day, by whom and why."""

    key: str
    value: str | None
    valid_from: str
    set_by: str | None
    set_at: str | None
    reason: str | None

    @property
    def since(self) -> str | None:
        """The day it was set from; None for what the book began with."""
        return None if self.valid_from == FIRST_DAY.isoformat() else self.valid_from


_ROWS = """
SELECT p.key, p.value, p.valid_from, s.code, p.set_at, p.reason
FROM policy_value p LEFT JOIN staff s ON s.id = p.set_by"""

_IN_FORCE = f"""{_ROWS}
WHERE p.valid_from <= :on AND NOT EXISTS (
    SELECT 1 FROM policy_value q
    WHERE q.key = p.key AND q.valid_from <= :on
      AND (q.valid_from > p.valid_from OR q.valid_from = p.valid_from AND q.id > p.id))"""

_OF_KEY = f"{_ROWS} WHERE p.key = :key ORDER BY p.valid_from, p.id"
_SET_BY_PEOPLE = f"{_ROWS} WHERE p.valid_from > :first ORDER BY p.id"


def settings(r: Reader, on: date) -> dict[str, Setting]:
    """What is in force on a day, for every parameter; the default where the book knows none."""
    stored = {row.key: row for row in r.rows(Setting, _IN_FORCE, on=on)}
    return {key: stored.get(key) or _unset(parameter) for key, parameter in load_parameters().items()}


def _unset(parameter: Parameter) -> Setting:
    return Setting(parameter.key, parameter.default, FIRST_DAY.isoformat(), None, None, None)


def later_settings(r: Reader, key: str, after: date) -> list[Setting]:
    """What will be in force after a day, first row first; of several rows for one day only the one that wins."""
    winning = {row.valid_from: row for row in r.rows(Setting, _OF_KEY, key=key) if row.valid_from > after.isoformat()}
    return list(winning.values())


def find_parameter(key: str) -> Parameter:
    """The parameter with this key. Raises SalesError (exit 3) that names the nearest ones."""
    known = load_parameters()
    name = {name.casefold(): name for name in known}.get(key.strip().casefold())
    if name is None:
        _unknown("policy_not_found", N_("there is no parameter {typed}"), key, known, "salescli policy list")
    return known[name]


def find_rule(rule_id: str) -> Rule:
    """The rule with this id. Raises SalesError (exit 3) that names the nearest ones."""
    known = load_rules()
    found = known.get(rule_id.strip().upper())
    if found is None:
        if rule_id in load_parameters():
            _unknown("rule_not_found", N_("{typed} is a parameter, not a rule"), rule_id, (), f"salescli policy show {rule_id}")
        _unknown("rule_not_found", N_("there is no rule {typed}"), rule_id, known, "salescli policy explain AR-08")
    return found


def _unknown(code: str, text: str, typed: str, known: Iterable[str], command: str) -> NoReturn:
    near = nearest(typed, known)
    hint = N_("did you mean {near}?") if near else N_("try: {command}")
    fail(code, text, kind=Kind.NOT_FOUND, hint=hint, typed=typed, near=near, command=command)


def nearest(typed: str, known: Iterable[str]) -> list[str]:
    """Up to three known words that were probably meant: those that hold the typed one, else those spelt alike."""
    from difflib import get_close_matches

    word = typed.strip().casefold()
    names = {name.casefold(): name for name in known}
    holding = [name for folded, name in names.items() if len(word) > 2 and word in folded]
    return (holding or [names[folded] for folded in get_close_matches(word, names, n=3)])[:3]


LIST = (
    Column("key", N_("Parameter")),
    Column("value", N_("Value")),
    Column("unit", N_("Unit"), "code"),
    Column("default", N_("Default")),
    Column("valid_from", N_("Since"), "date"),
    Column("origin", N_("Origin"), "code"),
    Column("group", N_("Group")),
    Column("title", N_("Title")),
)


def listing(r: Reader, *, group: str | None = None, changed: bool = False, on: date | None = None) -> Report:
    """Every parameter with its value on a day; `changed`: only those that differ from the default."""
    known = list(dict.fromkeys(p.group for p in load_parameters().values()))
    if group is not None and group not in known:
        hint = N_("groups: {known}")
        fail("group_not_found", N_("there is no group {group}"), kind=Kind.NOT_FOUND, hint=hint, group=group, known=known)
    day = on or r.today
    rows = [_list_row(load_parameters()[key], setting) for key, setting in settings(r, day).items()]
    kept = [row for row in rows if group in (None, row[6]) and not (changed and row[1] == row[3])]
    return Report(
        name="policy-list",
        title=msg(N_("Parameters of the office on {day}"), day=day.isoformat()),
        columns=LIST,
        rows=kept,
        as_of=day.isoformat(),
        empty=msg(N_("Every parameter has its default. Change one: salescli policy set KEY VALUE")),
    )


def _list_row(p: Parameter, setting: Setting) -> tuple[str | None, ...]:
    return (p.key, setting.value, p.unit, p.default, setting.since, _origin(p), p.group, p.name)


def _origin(parameter: Parameter) -> str:
    return OWN if parameter.own else REGULATION


def _source(parameter: Parameter) -> str | None:
    """The passage a number comes from; of an own default only the decision behind it, if there is one."""
    return parameter.source.removeprefix("own").strip(" ()") or None


SHOW = (
    Column("key", N_("Parameter")),
    Column("title", N_("Title")),
    Column("value", N_("Value")),
    Column("unit", N_("Unit"), "code"),
    Column("valid_from", N_("Since"), "date"),
    Column("set_by", N_("Set by")),
    Column("reason", N_("Reason")),
    Column("next_value", N_("Next value")),
    Column("next_from", N_("From"), "date"),
    Column("default", N_("Default")),
    Column("type", N_("Type"), "code"),
    Column("minimum", N_("Smallest")),
    Column("maximum", N_("Largest")),
    Column("choices", N_("Choices")),
    Column("origin", N_("Origin"), "code"),
    Column("source", N_("Source")),
    Column("rules", N_("Rules")),
)


def detail(r: Reader, key: str, *, on: date | None = None) -> Report:
    """One parameter: value on a day, bounds, default, source, what comes next. Raises SalesError (exit 3)."""
    parameter = find_parameter(key)
    day = on or r.today
    return Report(
        name="policy-show",
        title=msg(N_("Parameter {key}"), key=parameter.key),
        columns=SHOW,
        rows=[_detail_row(parameter, settings(r, day)[parameter.key], later_settings(r, parameter.key, day))],
        notes=_choice_notes(parameter),
        as_of=day.isoformat(),
        record=True,
    )


def _detail_row(p: Parameter, now: Setting, later: list[Setting]) -> tuple[str | None, ...]:
    coming = later[0] if later else None
    upcoming = (coming.value, coming.valid_from) if coming else (None, None)
    declared = (p.default, p.type, p.minimum, p.maximum, ",".join(p.choices) or None, _origin(p), _source(p), ",".join(p.rules))
    return (p.key, p.name, now.value, p.unit, now.since, now.set_by, now.reason, *upcoming, *declared)


def _choice_notes(parameter: Parameter) -> tuple[Message, ...]:
    """What the choices mean, where a person reads them otherwise than they are typed."""
    told = [f"{code} = {code_label(code)}" for code in parameter.choices if code_label(code) != code]
    return (msg(N_("Choices: {told}"), told=told),) if told else ()


HISTORY = (
    Column("key", N_("Parameter")),
    Column("value", N_("Value")),
    Column("valid_from", N_("From"), "date"),
    Column("set_at", N_("Set on"), "date"),
    Column("set_by", N_("Set by")),
    Column("reason", N_("Reason")),
)


def changes(r: Reader, key: str | None = None) -> Report:
    """Every value a parameter ever had, by the day it counts from; without a key, all that people ever set. ORG-09."""
    rows = r.rows(Setting, _OF_KEY, key=find_parameter(key).key) if key else r.rows(Setting, _SET_BY_PEOPLE, first=FIRST_DAY)
    return Report(
        name="policy-history",
        title=msg(N_("Changes of parameters")),
        columns=HISTORY,
        rows=[(row.key, row.value, row.since, row.set_at, row.set_by, row.reason) for row in rows],
        empty=msg(N_("No parameter was ever changed. Change one: salescli policy set KEY VALUE")),
    )


EXPLAIN = (
    Column("part", N_("What"), "code"),
    Column("name", N_("Name")),
    Column("value", N_("Value")),
    Column("unit", N_("Unit"), "code"),
    Column("origin", N_("Origin"), "code"),
    Column("source", N_("Source")),
    Column("title", N_("Title")),
)


def explanation(r: Reader, rule_id: str, *, on: date | None = None) -> Report:
    """A rule with its source, its parameters as they stand on a day, and the functions that carry it. Raises SalesError (exit 3)."""
    from salescli.policy.reads_carriers import carriers

    rule = find_rule(rule_id)
    day = on or r.today
    values = settings(r, day)
    head = (RULE, rule.id, rule.priority, None, REGULATION, rule.source, rule.name)
    served = [p for p in load_parameters().values() if rule.id in p.rules]
    numbers = [(PARAMETER, p.key, values[p.key].value, p.unit, _origin(p), _source(p), p.name) for p in served]
    places = [(FUNCTION, found.name, None, None, None, None, found.about and _(found.about)) for found in carriers(rule.id)]
    return Report(
        name="policy-explain",
        title=msg(N_("Rule {rule}: {title}"), rule=rule.id, title=rule.name),
        columns=EXPLAIN,
        rows=[head, *numbers, *places],
        notes=(msg(N_("{rule} is marked {priority:code} in the rulebook"), rule=rule.id, priority=PRIORITIES[rule.priority]),),
        as_of=day.isoformat(),
    )
