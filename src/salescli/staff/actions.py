"""Writes about people: taking somebody on, changing his file, his place in the tree, his rights, his last day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.errors import Problem, problem, raise_if
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find
from salescli.core.phonetic import pinyin
from salescli.core.report import Change, Done
from salescli.core.tables import Staff
from salescli.core.text import clean, clean_code, clean_email, clean_phone
from salescli.staff import actions_rights, reads, rules
from salescli.staff.actions_rights import NO_CHANGE, Rights
from salescli.staff.rules_post import check_span

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from salescli.core.writer import Writer

FIELDS: dict[str, changes.Read] = {
    "name": lambda text: clean(text, C_("name")),
    "region": changes.line(C_("region"), 80),
    "unit": changes.line(C_("unit"), 80),
    "post": changes.line(C_("post"), 80),
    "grade": changes.line(C_("grade"), 40),
    "strengths": changes.line(C_("strengths"), 400),
    "phone": clean_phone,
    "email": clean_email,
    "os_account": changes.line(C_("os_account"), 80),
}
CLEARABLE = ("region", "unit", "post", "grade", "strengths", "phone", "email", "os_account", C_("hired"), C_("left_on"))


def add(w: Writer, code: str, name: str, roles: tuple[str, ...], superior: str | None, file: Mapping[str, Any]) -> Done:
    """Take somebody on, under one superior, with his roles. ORG-01, ORG-02, ORG-07.

    Raises SalesError: 2 no good text, 3 no such superior, 4 code or account taken, superior gone, 7 role or account not yours to give.
    """
    wanted = clean_code(code, C_("staff_code"))
    values = {"name": clean(name, C_("name")), **changes.read_fields(file, FIELDS)}
    boss = find(w.reader, "staff", superior).id if superior else None
    everybody = reads.people(w.reader)
    problems = [*_code_taken(everybody, wanted), *actions_rights.check_given(w, wanted, (), Rights(roles), values.get("os_account"), None)]
    problems += _check_superior(w, wanted, boss, everybody)
    raise_if([*problems, *_check_days(values.get("hired"), values.get("left_on"))])
    person = w.add(Staff(code=wanted, superior_id=boss, pinyin=pinyin(values["name"]), **values))
    assert person.id is not None
    actions_rights.set_roles(w, person.id, roles)
    w.document = wanted
    top = reads.top_of(everybody, w.today.isoformat())
    needs_password = not values.get("os_account") and w.actor.may("staff.rights")
    return Done(
        msg(N_("{code} {name} is taken on as {roles:code}"), code=wanted, name=person.name, roles=",".join(roles)),
        document=wanted,
        next=(f"salescli staff show {wanted}", *([f"salescli staff password {wanted}"] if needs_password else ())),
        warnings=tuple(rules.no_superior(wanted, top)) if boss is None and roles != ("cron",) else _span(w, boss),
    )


def edit(
    w: Writer,
    reference: str,
    file: Mapping[str, Any],
    *,
    superior: str | None = None,
    top: bool = False,
    rights: Rights = NO_CHANGE,
    clear: Sequence[str] = (),
) -> Done:
    """Change somebody's file, superior (`top`: none from now on), roles or grants; `clear` names fields to empty. ORG-01, ORG-02, ORG-07.

    Raises SalesError as `add` does; 4 as well when the last administrator would go.
    """
    person = w.get(Staff, find(w.reader, "staff", reference).id)
    assert person.id is not None
    values = {**changes.read_fields(file, FIELDS), **changes.cleared(clear, CLEARABLE, {"left": "left_on"})}
    if "name" in values:
        values["pinyin"] = pinyin(values["name"])
    boss = None if top else find(w.reader, "staff", superior).id if superior else person.superior_id
    everybody, before = reads.people(w.reader), reads.roles_of(w.reader).get(person.id, ())
    account = values.get("os_account", person.os_account)
    problems = actions_rights.check_given(w, person.code, before, rights, account, person.os_account)
    if boss != person.superior_id:
        problems += _check_superior(w, person.code, boss, everybody)
    if boss != person.superior_id or values.get("left_on", person.left_on) != person.left_on:
        place = rules.Place(person.code, before, person.id == w.actor.id, person.id in w.actor.team, w.actor.may("staff.rights"))
        problems += rules.check_place(place)
    problems += _check_days(values.get("hired", person.hired), values.get("left_on", person.left_on))
    raise_if([*problems, *actions_rights.check_stays(w, person, before, rights, values)])
    return _write(w, person, values, boss, rights, before)


def leave(w: Writer, reference: str, on: date | None) -> Done:
    """Note somebody's last day; from the day after he may not sign in. What he still holds is told. ORG-06."""
    return edit(w, reference, {"left_on": on or w.today})


# --- asking the rules -------------------------------------------------------------------------------------------------------


def _code_taken(everybody: Mapping[int, reads.Person], code: str) -> list[Problem]:
    holder = next((p for p in everybody.values() if p.code.casefold() == code.casefold()), None)
    if holder is None:
        return []
    text = N_("the staff code {staff} belongs to {holder} already")
    return [problem("staff_code_taken", text, hint=N_("salescli staff show {staff}"), holder=holder.name, staff=holder.code)]


def _check_superior(w: Writer, code: str, boss: int | None, everybody: dict[int, reads.Person]) -> list[Problem]:
    if boss is None:
        return []
    superior = rules.Superior(everybody[boss].code, everybody[boss].left, reads.chain_up(everybody, boss))
    return rules.check_superior(code, superior, w.today.isoformat())


def _check_days(hired: date | None, left: date | None) -> list[Problem]:
    if hired is None or left is None or left >= hired:
        return []
    text = N_("the last day {left} lies before the first one, {hired}")
    hint = N_("put one of them right: --hired DAY, --left DAY")
    return [problem("left_before_hired", text, hint=hint, left=left.isoformat(), hired=hired.isoformat())]


# --- writing ----------------------------------------------------------------------------------------------------------------


def _write(w: Writer, person: Staff, values: Mapping[str, Any], boss: int | None, wanted: Rights, before: Sequence[str]) -> Done:
    assert person.id is not None
    everybody = reads.people(w.reader)
    found = [change for change in changes.apply(person, values) if change.field != "pinyin"]
    if boss != person.superior_id:
        codes = [everybody[i].code if i else None for i in (person.superior_id, boss)]
        found.append(Change(C_("superior"), *codes))
        person.superior_id = boss
    found += actions_rights.write(w, person.id, wanted, before)
    w.session.flush()
    w.document = person.code
    fields = {change.field for change in found}
    return Done(
        _sentence(person, fields),
        document=person.code,
        changes=tuple(found),
        next=(f"salescli staff show {person.code}",),
        warnings=_warnings(w, person, everybody, fields),
    )


def _sentence(person: Staff, fields: Collection[str]) -> Message:
    text = N_("{code} {name} is changed") if fields else N_("{code} {name}: nothing to change")
    if "left_on" in fields and person.left_on:
        text = N_("the last day of {code} {name} is {left}; from the day after he may not sign in")
        return msg(text, code=person.code, name=person.name, left=person.left_on.isoformat())
    return msg(text, code=person.code, name=person.name)


def _span(w: Writer, superior_id: int | None) -> tuple[Problem, ...]:
    """Whether the superior leads too many now. ORG-04."""
    if superior_id is None:
        return ()
    everybody = reads.people(w.reader)
    reports = reads.reports_of(everybody, superior_id, w.today.isoformat())
    return tuple(check_span(everybody[superior_id].code, len(reports), w.policy("org.max_span")))


def _warnings(w: Writer, person: Staff, everybody: dict[int, reads.Person], fields: Collection[str]) -> tuple[Problem, ...]:
    assert person.id is not None
    today = w.today.isoformat()
    if "left_on" in fields and person.left_on:
        reports = [p.code for p in reads.reports_of(everybody, person.id, today)]
        return tuple(rules.left_behind(person.code, reports, reads.held_by(w.reader, person.id)))
    if "superior" in fields and person.superior_id is not None:
        return _span(w, person.superior_id)
    if "superior" in fields:
        return tuple(rules.no_superior(person.code, reads.top_of(everybody, today, but=person.id)))
    return ()
