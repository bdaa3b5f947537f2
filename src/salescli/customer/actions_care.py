"""Writes of caring for customers: verified files, needs, plan, surveys, investigations, reviews, festivals (CUS-01, CUS-03, CUS-07..12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.core import changes
from salescli.core.access import require
from salescli.core.dates import add_months
from salescli.core.errors import Kind, fail, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.report import Done
from salescli.core.tables import Staff
from salescli.core.tasks_write import open_task
from salescli.core.text import NOTE, clean, clean_or_none, folded
from salescli.core.workdays import deadline
from salescli.customer import reads_birthday, reads_file, reads_investigation, reads_survey, rules_care
from salescli.customer.rules_standing import check_active
from salescli.customer.tables import Customer
from salescli.customer.tables_care import AccountReview, ContactPlan, Festival, Investigation, Survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salescli.core.writer import Writer


def _customer(w: Writer, reference: str) -> Customer:
    """A customer of one's own scope who is not archived. Raises SalesError: 3 none, 6 archived, 7 not yours to write."""
    require(w.actor, "customer.edit", w.verb)
    row = w.get(Customer, find(w.reader, "customer", reference).id)
    raise_if(check_active(row.code, row.name, row.archived_on, row.archived_reason))
    return row


def verify(w: Writer, reference: str) -> Done:
    """Say that somebody has looked through the file and it is right. CUS-01, CUS-02. Raises SalesError (4) as long as it has gaps."""
    row = _customer(w, reference)
    assert row.id is not None
    raise_if(rules_care.check_verifiable(row.code, reads_file.file_of(w.reader, row.id).missing))
    found = changes.apply(row, {"verified_on": w.today, "verified_by": w.actor.id or None})
    w.session.flush()
    w.document = row.code
    text = N_("the file of {customer} {name} is verified as of {day}")
    return Done(msg(text, customer=row.code, name=row.name, day=w.today.isoformat()), row.code, found[:1])


def need(w: Writer, reference: str, text: str | None, service: date | None, *, clear: bool = False) -> Done:
    """Note what a customer will need next and when his next service is; `clear` empties both. CUS-08.

    Raises SalesError: 2 nothing said, 3 no such customer, 7 not your right.
    """
    row = _customer(w, reference)
    values: dict[str, Any] = {"next_need": clean_or_none(text, C_("next_need"), NOTE, lines=True), "next_service_on": service}
    if clear:
        values = dict.fromkeys(values)
    elif not any(values.values()):
        hint = N_("or --clear")
        fail(
            "nothing_typed",
            N_("say what he needs, or when the next service is: TEXT, --service DAY"),
            kind=Kind.USAGE,
            rule="CUS-08",
            hint=hint,
        )
    found = changes.apply(row, values if clear else {name: value for name, value in values.items() if value is not None})
    w.session.flush()
    w.document = row.code
    return Done(msg(N_("the next need of {customer} {name} is noted"), customer=row.code, name=row.name), row.code, found)


def plan(w: Writer, customer_class: str, days: int | None, channel: str | None = None) -> Done:
    """Agree how often customers of a class are contacted; without days the office's general interval counts again. CUS-10.

    Raises SalesError: 2 no good class, 3 a class that has no interval, 7 not your right.
    """
    require(w.actor, "customer.plan", w.verb)
    name = clean(customer_class, C_("customer_class"), 40)
    row = next((p for p in w.session.exec(select(ContactPlan)).all() if folded(p.customer_class) == folded(name)), None)
    if days is None:
        if row is None:
            hint = N_("those that have: salescli customer plan show")
            fail(
                "plan_not_found",
                N_("class {class} has no interval of its own"),
                kind=Kind.NOT_FOUND,
                rule="CUS-10",
                hint=hint,
                **{"class": name},
            )
        w.session.delete(row)
        return Done(msg(N_("class {class} follows the general interval again"), **{"class": name}))
    if row is None:
        w.add(ContactPlan(customer_class=name, days=days, channel=channel))
    else:
        row.days, row.channel = days, channel or row.channel
    w.session.flush()
    text = N_("customers of class {class} are contacted every {days} {days:day|days}")
    return Done(msg(text, days=days, **{"class": name}), next=("salescli customer plan show",))


# --- surveys ------------------------------------------------------------------------------------------------------------------


def survey(
    w: Writer, reference: str, score: int, comment: str | None = None, *, contact: str | None = None, about: str | None = None,
    day: date | None = None,
) -> Done:  # fmt: skip
    """Keep how satisfied a customer is, 1 to 5; a low score becomes a task of who stands above whom it is about. CUS-11.

    Raises SalesError: 3 no such customer or person, 4 a day ahead.
    """
    row = _customer(w, reference)
    when = day or w.today
    if when > w.today:
        fail("future_survey", N_("{day} lies in the future"), rule="CUS-11", hint=N_("note it when it was made"), day=when.isoformat())
    blamed = find_optional(w.reader, "staff", about)
    assert row.id is not None
    entry = w.add(
        Survey(
            number=w.number("SU"), day=when, customer_id=row.id, staff_id=w.actor.id, about_id=blamed.id if blamed else row.staff_id,
            contact=clean_or_none(contact, C_("contact_name"), 80), score=score,
            comment=clean_or_none(comment, C_("comment"), NOTE, lines=True),
        )
    )  # fmt: skip
    w.document = entry.number
    facts = {"number": entry.number, "customer": row.code, "name": row.name, "score": score}
    if not rules_care.is_low(score, w.policy("survey.low_score")):
        return Done(msg(N_("{number}: {customer} {name} gives {score} of 5"), **facts), entry.number, facts={"task": None})
    return _see_to(w, row, entry, facts)


def _see_to(w: Writer, row: Customer, entry: Survey, facts: dict[str, Any]) -> Done:
    """The task a low score opens and what is said of it; whom it is about neither gets nor settles it. CUS-11."""
    due = deadline(w.reader, w.today, w.policy("survey.task_days"))
    text = f"{row.code} {row.name}: {entry.score}/5 {entry.comment or ''}".strip()[:NOTE]
    taker = w.actor.id if entry.about_id is None else reads_survey.answers_for(w.reader, entry.about_id, w.actor.id)
    task = open_task(w, taker, text, due, document=entry.number, rule="CUS-11")
    if w.actor.id == entry.about_id != taker:
        task.created_by = None  # who gives a task may settle it
    entry.task = task.number
    w.session.flush()
    facts |= {"task": task.number, "staff": w.get(Staff, taker).code}
    following = (f"salescli task done {task.number} --result TEXT",) if taker in w.actor.own_or_team() else ()
    said = msg(N_("{number}: {customer} {name} gives {score} of 5; {staff} sees to it: {task}"), **facts)
    return Done(said, entry.number, next=following, facts={"task": task.number, "staff": facts["staff"]})


def improve(w: Writer, number: str, measure: str) -> Done:
    """Note what was changed because of a survey. CUS-11. Raises SalesError: 3 no such survey in your scope."""
    typed = number.strip().upper()
    row = w.session.exec(select(Survey).where(Survey.number == typed)).first()
    owner = w.get(Customer, row.customer_id).staff_id if row else None
    visible = w.actor.visible("customers")
    if row is None or (visible is not None and owner not in visible):
        fail(
            "survey_not_found",
            N_("there is no survey {number}"),
            kind=Kind.NOT_FOUND,
            hint=N_("salescli customer survey list"),
            number=number,
        )
    row.measure = clean(measure, C_("measure"), NOTE, lines=True)
    w.session.flush()
    w.document = row.number
    return Done(msg(N_("{number}: what was changed is noted"), number=row.number), row.number)


# --- investigations and reviews -------------------------------------------------------------------------------------------------

_LINES = {"head", "capital", "banks", "output"}


def investigate(w: Writer, reference: str, typed: Mapping[str, Any]) -> Done:
    """Keep what is known of a customer before he orders, in four themes; what is not said again is taken over. CUS-03, F-09.

    The investigator's superior gets it to read. Raises SalesError: 2 nothing was said, 3 no such customer.
    """
    row = _customer(w, reference)
    assert row.id is not None
    given = {name: _read(name, value) for name, value in typed.items() if value is not None}
    if not given:
        hint = N_("salescli customer investigate --help")
        fail("nothing_typed", N_("say something about one of the four themes"), kind=Kind.USAGE, rule="CUS-03", hint=hint)
    superior: int | None = w.reader.value("SELECT superior_id FROM staff WHERE id = :id", id=w.actor.id)
    entry = w.add(
        Investigation(
            number=w.number("IV"), day=w.today, customer_id=row.id, staff_id=w.actor.id, reported_to=superior,
            **{**_earlier(w, row.id), **given},
        )
    )  # fmt: skip
    if superior is not None:
        text = f"{row.code} {row.name}: salescli customer investigation {row.code}"
        open_task(w, superior, text, deadline(w.reader, w.today, 1), document=entry.number, rule="CUS-03")
    known = reads_investigation.investigation_of(w.reader, row.id)
    assert known is not None
    w.document = entry.number
    text = (
        N_("{number}: {customer} {name} is looked into")
        if known.complete
        else N_("{number}: {customer} {name}; still missing: {missing:code}")
    )
    return Done(msg(text, number=entry.number, customer=row.code, name=row.name, missing=list(known.missing)), entry.number,
                next=(f"salescli customer investigation {row.code}",), facts={"complete": known.complete})  # fmt: skip


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return clean(value, name) if name in _LINES else clean(value, name, NOTE, lines=True)


def _earlier(w: Writer, customer_id: int) -> dict[str, Any]:
    """What the newest investigation said."""
    wanted = select(Investigation).where(Investigation.customer_id == customer_id)
    rows = sorted(w.session.exec(wanted).all(), key=lambda v: (v.day, v.id or 0))
    return {name: getattr(rows[-1], name) for name in (*rules_care.THEMES, *rules_care.FIRST_DEAL)} if rows else {}


def review(w: Writer, reference: str, typed: Mapping[str, str | None], plan: str, following: date | None = None) -> Done:
    """Keep the review of a key account: who took part, problems, solution, new plan; warns when the file it rests on is stale. CUS-12."""
    row = _customer(w, reference)
    assert row.id is not None
    file = reads_file.file_of(w.reader, row.id)
    texts: dict[str, Any] = {
        name: clean_or_none(text, name, 400 if name == "participants" else NOTE, lines=True) for name, text in typed.items()
    }
    due = following or add_months(w.today, w.policy("customer.review_months"))
    entry = w.add(
        AccountReview(
            number=w.number("KR"), day=w.today, customer_id=row.id, staff_id=w.actor.id, next_on=due,
            plan=clean(plan, C_("plan"), NOTE, lines=True), **texts,
        )
    )  # fmt: skip
    w.document = entry.number
    warnings = rules_care.warn_stale(row.code, row.verified_on, file.missing, w.today, w.policy("customer.verify_days"))
    text = N_("{number}: {customer} {name} is reviewed, next on {next}")
    return Done(
        msg(text, number=entry.number, customer=row.code, name=row.name, next=due.isoformat()), entry.number, warnings=tuple(warnings)
    )


# --- festivals ----------------------------------------------------------------------------------------------------------------


def festival(w: Writer, name: str, when: str | None, *, lunar: bool = False) -> Done:
    """Add a festival of the office's own, or without a day switch one off. CUS-07. Raises SalesError: 2 no such day, 3 no such festival."""
    require(w.actor, "customer.plan", w.verb)
    called = clean(name, C_("name"), 60)
    row = w.session.exec(select(Festival).where(Festival.name == called)).first()
    if when is None:
        return _switch_off(w, called, row)
    month, day = rules_care.month_day(when, lunar=lunar)
    if row is None:
        w.add(Festival(name=called, month=month, day=day, lunar=lunar))
    else:
        row.month, row.day, row.lunar, row.active = month, day, lunar, True
    w.session.flush()
    return Done(msg(N_("{name} is greeted on {month}-{day}"), name=called, month=month, day=day), next=("salescli customer festival list",))


def _switch_off(w: Writer, name: str, row: Festival | None) -> Done:
    if row is None:
        if not reads_birthday.usual_name(name):
            hint = N_("salescli customer festival list")
            fail("festival_not_found", N_("there is no festival {name}"), kind=Kind.NOT_FOUND, rule="CUS-07", hint=hint, name=name)
        w.add(Festival(name=name, month=1, day=1, active=False))
    else:
        row.active = False
    w.session.flush()
    return Done(msg(N_("{name} is not greeted any more"), name=name), next=("salescli customer festival list",))
