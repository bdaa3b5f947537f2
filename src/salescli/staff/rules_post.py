"""Decisions about posts: how many people one superior leads, when duties are looked at again (ORG-04)."""

from __future__ import annotations

from datetime import date

from salescli.core.dates import add_months
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.record import NamedTuple


class Filled(NamedTuple):
    """A post as the staffing chart sees it: how many are wanted (None: not said) and how many hold it."""

    headcount: int | None
    holders: int

    @property
    def vacant(self) -> int | None:
        """Places nobody holds."""
        return None if self.headcount is None else max(0, self.headcount - self.holders)

    @property
    def surplus(self) -> int | None:
        """Holders beyond the places there are."""
        return None if self.headcount is None else max(0, self.holders - self.headcount)


def check_span(code: str, reports: int, limit: int) -> list[Problem]:
    """Warning: nobody leads more people than he can, about ten. ORG-04."""
    if reports <= limit:
        return []
    text = N_("{staff} leads {reports} people; more than {limit} are too many for one")
    hint = N_("put a supervisor between: salescli staff edit CODE --superior SUPERVISOR")
    return [problem("span_wide", text, rule="ORG-04", hint=hint, staff=code, reports=reports, limit=limit)]


def review_due(reviewed: date, months: int) -> date:
    """The day on which a post's duties are due to be looked at again. ORG-04."""
    return add_months(reviewed, months)


def check_written(name: str, duties: str | None, authority: str | None, skills: str | None) -> list[Problem]:
    """Warning: each post has written duties, authority and skills. ORG-01."""
    missing = [field for field, text in (("duties", duties), ("authority", authority), ("skills", skills)) if not text]
    if not missing:
        return []
    text = N_("the post {post} has no written {missing:code}")
    hint = N_('salescli staff post edit "{post}" --duties … --authority … --skills …')
    return [problem("post_unwritten", text, rule="ORG-01", hint=hint, post=name, missing=missing)]


def check_unheld(name: str, holders: list[str]) -> list[Problem]:
    """A post is closed when nobody holds it any more."""
    if not holders:
        return []
    text = N_("the post {post} is held by {holders}")
    hint = N_("give them another one first: salescli staff edit CODE --post POST")
    return [problem("post_held", text, kind=Kind.STATE, rule="ORG-01", hint=hint, post=name, holders=holders)]
