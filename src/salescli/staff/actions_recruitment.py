"""Writes of recruitment: vacancies, candidates, scores, decisions (ORG-11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find_optional
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_or_none, clean_phone
from salescli.staff import reads_post, reads_recruitment, rules_recruitment
from salescli.staff.states import Verdict
from salescli.staff.tables_recruitment import Candidate, CandidateTrial, Vacancy

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salescli.core.writer import Writer


def open_vacancy(
    w: Writer, post: str, wanted: int, *, needed_by: date | None, channels: str | None, reason: str | None, staff: str | None
) -> Done:  # fmt: skip
    """Seek people for a post: how many, by when, why, over which channels. ORG-11. Raises SalesError: 3 no such post or person."""
    found = reads_post.find_post(w.reader, post)
    keeper = find_optional(w.reader, "staff", staff)
    row = w.add(
        Vacancy(
            number=w.number("VA"), post_id=found.id, wanted=wanted, opened=w.today, needed_by=needed_by,
            channels=clean_or_none(channels, C_("channels")), reason=clean_or_none(reason, C_("reason"), NOTE, lines=True),
            staff_id=keeper.id if keeper else w.actor.id,
        )
    )  # fmt: skip
    w.document = row.number
    return Done(
        msg(N_("{number}: {wanted} sought as {post}"), number=row.number, wanted=wanted, post=found.name),
        row.number, next=(f"salescli staff candidate add {row.number} NAME",), warnings=tuple(_beyond_plan(w, found, wanted)),
    )  # fmt: skip


def _beyond_plan(w: Writer, post: reads_post.Post, wanted: int) -> list[Problem]:
    """Warning: more are sought than the staffing chart has room for. ORG-04, ORG-11."""
    held = len(reads_post.holders_of(w.reader, post.name))
    if post.headcount is None or held + wanted <= post.headcount:
        return []
    text = N_("{post} has {headcount} places, {held} are filled: {wanted} more are beyond the plan")
    return [problem("beyond_headcount", text, rule="ORG-04", post=post.name, headcount=post.headcount, held=held, wanted=wanted)]


def close_vacancy(w: Writer, number: str) -> Done:
    """Seek no longer. ORG-11. Raises SalesError: 3 no such vacancy, 6 closed already."""
    found = reads_recruitment.vacancy(w.reader, number)
    _require_open(found)
    w.get(Vacancy, found.id).closed_on = w.today
    w.document = found.number
    text = N_("{number} is closed: {hired} of {wanted} taken on")
    return Done(msg(text, number=found.number, hired=found.hired, wanted=found.wanted), found.number)


def _require_open(found: reads_recruitment.Vacancy) -> None:
    if found.closed_on:
        fail("vacancy_closed", N_("{number} is closed since {day}"), kind=Kind.STATE, rule="ORG-11",
             hint=N_("open ones: salescli staff vacancy list"), number=found.number,
             day=found.closed_on)  # fmt: skip


def add_candidate(w: Writer, number: str, name: str, *, phone: str | None, channel: str | None, note: str | None) -> Done:
    """Enter somebody who applies. ORG-11. Raises SalesError: 2 no good text, 3 no such vacancy, 6 it is closed."""
    found = reads_recruitment.vacancy(w.reader, number)
    _require_open(found)
    row = w.add(
        Candidate(
            number=w.number("CA"), vacancy_id=found.id, name=clean(name, C_("name"), 80), phone=clean_phone(phone), applied=w.today,
            channel=clean_or_none(channel, C_("channel"), 80), note=clean_or_none(note, C_("note"), NOTE, lines=True),
        )
    )  # fmt: skip
    w.document = row.number
    return Done(
        msg(N_("{number} {name} applies for {post}"), number=row.number, name=row.name, post=found.post),
        row.number, next=(f"salescli staff candidate score {row.number} --papers N",),
    )  # fmt: skip


def score(w: Writer, number: str, given: Mapping[str, int]) -> Done:
    """Note scores (0-100) of papers, interview, role-play; a later one replaces an earlier one. ORG-11.

    Raises SalesError: 2 none given, 3 no such candidate, 6 decided already.
    """
    found = reads_recruitment.candidate(w.reader, number)
    raise_if(rules_recruitment.check_undecided(found.number, found.verdict))
    if not given:
        fail("no_score", N_("say at least one score: --papers, --interview, --role-play"), kind=Kind.USAGE, rule="ORG-11")
    before = reads_recruitment.scores(w.reader, found.id)
    for trial, points in given.items():
        _keep_score(w, found.id, trial, points)
    w.session.flush()
    w.document = found.number
    after = reads_recruitment.scores(w.reader, found.id)
    changes = tuple(Change(trial, str(before[trial]) if trial in before else None, str(points)) for trial, points in given.items())
    return Done(
        msg(N_("{number} {name}: mean {mean}"), number=found.number, name=found.name, mean=rules_recruitment.average(after)),
        found.number, changes, next=(f"salescli staff candidate decide {found.number} hire",),
    )  # fmt: skip


def _keep_score(w: Writer, candidate_id: int, trial: str, points: int) -> None:
    known = select(CandidateTrial).where(CandidateTrial.candidate_id == candidate_id, CandidateTrial.trial == trial)
    row = w.session.exec(known).first()
    if row is None:
        row = CandidateTrial(candidate_id=candidate_id, trial=trial, score=points, day=w.today)
        w.session.add(row)
    row.score, row.day, row.tested_by = points, w.today, w.actor.id or None


def decide(w: Writer, number: str, verdict: Verdict, reason: str | None) -> Done:
    """Take on, keep in reserve or refuse; nobody is taken on untested, or below the post's standard without a reason. ORG-11.

    Raises SalesError: 3 no such candidate, 4 a step is missing or the score too low, 6 decided already.
    """
    found = reads_recruitment.candidate(w.reader, number)
    why = clean_or_none(reason, C_("reason"), NOTE, lines=True)
    problems = rules_recruitment.check_undecided(found.number, found.verdict if found.verdict != Verdict.RESERVED else None)
    if verdict is Verdict.HIRED:
        standard = reads_recruitment.standard_of(w.reader, found)
        problems += rules_recruitment.check_hire(found.number, reads_recruitment.scores(w.reader, found.id), standard, why)
    raise_if(problems)
    row = w.get(Candidate, found.id)
    row.verdict, row.decided_on, row.decided_by, row.reason = verdict.value, w.today, w.actor.id or None, why
    w.document = found.number
    following = (f'salescli staff add CODE "{found.name}" --post "{found.post}" --superior CODE',) if verdict is Verdict.HIRED else ()
    text = N_("{number} {name}: {verdict:code}")
    return Done(msg(text, number=found.number, name=found.name, verdict=verdict.value), found.number, next=following)
