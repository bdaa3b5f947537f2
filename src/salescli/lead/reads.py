"""Lists of leads and one lead's file, with days in stage and win score (LED-02, LED-03, LED-12, LED-14, F-14)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.access import condition, mask
from salescli.core.i18n import N_, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.lead.reads_source import find_source
from salescli.lead.reads_stall import LAST_CONTACT
from salescli.lead.rules import days_in_stage
from salescli.lead.rules_score import Part, Weights, parts, score
from salescli.lead.states import STAGES, Intent, Stage

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("lead", N_("Lead")),
    Column("created", N_("Filed on"), "date"),
    Column("name", N_("Name")),
    Column("company", N_("Company")),
    Column("phone", N_("Phone")),
    Column("source", N_("Source"), "code"),
    Column("staff", N_("Staff")),
    Column("state", N_("State"), "code"),
    Column("stage", N_("Stage"), "code"),
    Column("days_in_stage", N_("Days in stage"), "int"),
    Column("intent", N_("Intent"), "code"),
    Column("score", N_("Score"), "int"),
    Column("amount", N_("Amount"), "amount"),
    Column("expected", N_("Expected"), "date"),
    Column("next_on", N_("Next contact"), "date"),
    Column("last_contact", N_("Last contact"), "date"),
)


class Listed(NamedTuple):
    """Which leads a list holds; what is None or False narrows nothing. `closed`: the finished ones as well; `team`: colleagues' too."""

    text: str | None = None
    staff: str | None = None
    stage: str | None = None
    state: str | None = None
    source: str | None = None
    intent: str | None = None
    period: Period | None = None
    customer: str | None = None
    overdue: bool = False
    closed: bool = False
    team: bool = False


class _Row(NamedTuple):
    number: str
    created: str
    name: str
    company: str | None
    phone: str | None
    source: str | None
    staff: str | None
    state: str
    stage: str
    stage_since: str
    intent: str | None
    amount: int | None
    expected: str | None
    next_on: str | None
    last_contact: str | None
    staff_id: int | None


_LIST = f"""
SELECT l.number, l.created, l.name, l.company, l.phone, l.source, s.code, l.state, l.stage, l.stage_since, l.intent, l.amount, l.expected,
       l.next_on, {LAST_CONTACT}, l.staff_id
FROM lead l LEFT JOIN staff s ON s.id = l.staff_id
WHERE {{where}} ORDER BY l.next_on, l.id{{limit}}"""

_COLLEAGUES = "l.staff_id IN (SELECT id FROM staff WHERE superior_id = (SELECT superior_id FROM staff WHERE id = :me) OR id = :me)"


def listing(r: Reader, wanted: Listed, limit: int | None = None) -> Report:
    """Leads by the day of their next contact, those without one first; open ones unless asked otherwise. LED-02, LED-14.

    Colleagues' leads (`team`) show who works on what, with masked numbers. Raises SalesError (exit 3) for unknown names.
    """
    where, params = _where(r, wanted)
    cut = f" LIMIT {limit:d}" if limit else ""
    rows = r.rows(_Row, _LIST.format(where=where, limit=cut), **params)
    weights = weights_of(r)
    return Report(
        name="lead-list",
        title=msg(N_("Leads")),
        columns=COLUMNS,
        rows=[_list_row(r, row, weights) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("No lead fits. File one: salescli lead add NAME --source SOURCE")),
        beyond_own=any(row.staff_id not in r.actor.team for row in rows),
    )


def _where(r: Reader, wanted: Listed) -> tuple[str, dict[str, Any]]:
    scope = condition(r.actor, "customers", "l.staff_id")
    terms = [f"({scope} OR {_COLLEAGUES})" if wanted.team else scope]
    params: dict[str, Any] = {"me": r.actor.id}
    if not wanted.closed and wanted.stage not in (Stage.WON, Stage.LOST):
        terms.append("l.closed IS NULL")
    for name in ("stage", "state", "intent"):
        if getattr(wanted, name):
            terms.append(f"l.{name} = :{name}")
            params[name] = getattr(wanted, name)
    if wanted.overdue:
        terms.append("l.next_on < :today")
        params["today"] = r.today
    if wanted.period:
        terms.append("l.created BETWEEN :start AND :end")
        params |= {"start": wanted.period.start, "end": wanted.period.end}
    for name, term, value in _named(r, wanted):
        terms.append(term)
        params[name] = value
    return " AND ".join(terms), params


def _named(r: Reader, wanted: Listed) -> list[tuple[str, str, Any]]:
    """The conditions that name things of the book."""
    from salescli.core.lookup import holding, part_pattern

    found: list[tuple[str, str, Any]] = []
    if wanted.staff:
        found.append(("staff", "l.staff_id = :staff", find(r, "staff", wanted.staff).id))
    if wanted.customer:
        found.append(("customer", "l.customer_id = :customer", find(r, "customer", wanted.customer).id))
    if wanted.source:
        found.append(("source", "l.source = :source", find_source(r, wanted.source)))
    if wanted.text:
        columns = " OR ".join(holding(f"l.{column}", wanted.text) for column in ("number", "name", "company"))
        found.append(("part", f"({columns} OR l.pinyin LIKE :part)", part_pattern(wanted.text)))
    return found


def _list_row(r: Reader, row: _Row, weights: Weights) -> tuple[Any, ...]:
    phone = row.phone if r.actor.sees_phones_of(row.staff_id) else mask(row.phone)
    amount = row.amount if r.actor.sees_prices else None
    points = score(weights, Stage(row.stage), Intent(row.intent) if row.intent else None, _day(row.last_contact), r.today)
    days = days_in_stage(date.fromisoformat(row.stage_since), r.today) if row.stage in STAGES else None
    return (
        row.number, row.created, row.name, row.company, phone, row.source, row.staff, row.state, row.stage, days, row.intent, points,
        amount, row.expected, row.next_on, row.last_contact,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# --- the score --------------------------------------------------------------------------------------------------------------


def weights_of(r: Reader) -> Weights:
    """The office's points for the win score today (LED-14)."""
    return Weights(r.policy("score.stages"), r.policy("score.intents"), r.policy("score.recent"), r.policy("score.recent_days"))


SCORE = (
    Column("part", N_("Part"), "code"),
    Column("found", N_("Found"), "figure"),
    Column("points", N_("Points"), "int", total=True),
    Column("most", N_("Most"), "int", total=True),
)

_SCORED = f"SELECT l.number, l.name, l.stage, l.intent, {LAST_CONTACT} FROM lead l WHERE l.id = :id"


def explain_score(r: Reader, reference: str) -> Report:
    """How a lead's win score comes about, part by part. LED-14."""
    number, name, stage, intent, last = r.tuples(_SCORED, id=find(r, "lead", reference).id)[0]
    weights = weights_of(r)
    given = (Stage(stage), Intent(intent) if intent else None, _day(last), r.today)
    total = score(weights, *given)
    rows = [_score_row(part) for part in parts(weights, *given)]
    return Report(
        name="lead-score",
        title=msg(N_("Win score of {number} {name}: {score}"), number=number, name=name, score=total),
        columns=SCORE,
        rows=rows,
        totals={"points": total, "most": 100},
        notes=(msg(N_("Points by stage, intent and days since the last contact; change them: salescli policy set score.stages …")),),
        as_of=r.today.isoformat(),
    )


def _score_row(part: Part) -> tuple[Any, ...]:
    from salescli.core.report import Figure

    return (part.name, Figure("int" if isinstance(part.found, int) else "code", part.found), part.points, part.most)
