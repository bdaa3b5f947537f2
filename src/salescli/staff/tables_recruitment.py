"""Recruitment: vacancies, candidates, their tests (ORG-11)."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from salescli.core.schema import LONG, Book, Day, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.staff.states import Trial, Verdict
from salescli.staff.tables_post import Post  # noqa: F401 - foreign key target


class Vacancy(Book, table=True):
    """So many people wanted for a post by a day, for a reason, over these channels; `staff_id` sees to it."""

    __tablename__ = "vacancy"
    __table_args__ = (CheckConstraint("wanted > 0", name="wanted_positive"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    post_id: int = refers("post.id")
    wanted: int = of(Whole)
    opened: dt.date = of(Day)
    needed_by: dt.date | None = of(Day, default=None)
    channels: str | None = line(default=None)
    reason: str | None = line(LONG, default=None)
    staff_id: int = refers("staff.id")
    closed_on: dt.date | None = of(Day, default=None)


class Candidate(Book, table=True):
    """Somebody who applies; `verdict` NULL = not decided yet."""

    __tablename__ = "candidate"
    __table_args__ = (Index("ix_candidate_vacancy", "vacancy_id", "verdict"),)
    id: int | None = key()
    number: str = line(40, unique=True)
    vacancy_id: int = refers("vacancy.id")
    name: str = line(80)
    phone: str | None = line(60, default=None)
    channel: str | None = line(80, default=None)
    applied: dt.date = of(Day)
    verdict: str | None = choice(Verdict, default=None)
    decided_on: dt.date | None = of(Day, default=None)
    decided_by: int | None = refers("staff.id", default=None)
    reason: str | None = line(LONG, default=None)
    note: str | None = line(LONG, default=None)


class CandidateTrial(Book, table=True):
    """The score (0-100) of one step."""

    __tablename__ = "candidate_trial"
    __table_args__ = (UniqueConstraint("candidate_id", "trial"), CheckConstraint("score BETWEEN 0 AND 100", name="score_range"))
    id: int | None = key()
    candidate_id: int = refers("candidate.id")
    trial: str = choice(Trial)
    score: int = of(Whole)
    day: dt.date = of(Day)
    tested_by: int | None = refers("staff.id", default=None)
    note: str | None = line(LONG, default=None)
