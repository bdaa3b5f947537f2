"""Decisions about a lead: who may work it, which moves it may make, what each stage must have established, what a follow-up needs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple
from salescli.lead.states import LEAD_MOVES, ONE_STEP, STAGE_MOVES, STAGES, STALL_REASONS, Intent, LeadState, Stage, StallReason

EXIT_FIELDS: dict[Stage, tuple[str, ...]] = {
    Stage.DEVELOP: (C_("phone"), C_("intent"), C_("contacted")),
    Stage.NEED: (C_("need"), C_("spec"), C_("quantity"), C_("use"), C_("pain"), C_("solution")),
    Stage.VALUE: (C_("amount"), C_("expected"), C_("objections_answered")),
    Stage.NEGOTIATE: (C_("customer"), C_("amount"), C_("expected")),
    Stage.DELIVER: (C_("customer"), C_("amount")),
}
"""What must be established before a lead leaves a stage forwards (LED-12); required fields grow by stage (X-19)."""

FACTS = ("contacted", "objections_answered", "customer")
"""What no option of `lead edit` establishes: other commands do."""

NEEDS_LIST = (C_("need"), C_("equipment"))
"""What the report to the leader must hold: machine size and equipment list (LED-05)."""


class Standing(NamedTuple):
    """What the rules must know of a lead. `filled`: the names of EXIT_FIELDS and NEEDS_LIST that are established."""

    number: str
    state: LeadState
    stage: Stage
    stage_since: date
    intent: Intent | None
    filled: Collection[str]
    closed: date | None = None
    owner: str | None = None
    before_pause: Stage | None = None

    @property
    def open(self) -> bool:
        """Whether it can still be worked."""
        return self.closed is None


def check_in_hand(number: str, owner_id: int | None, owner: str | None, visible: Collection[int] | None, *, leader: bool) -> list[Problem]:
    """A lead is worked by its owner and those above him; one without owner is claimed (or assigned) first. LED-02, ORG-07."""
    if owner_id is None:
        text = N_("{number} has no owner; it must be claimed before it is worked")
        return [] if leader else [problem("lead_in_pool", text, rule="LED-11", hint=N_("salescli lead claim {number}"), number=number)]
    if visible is None or owner_id in visible:
        return []
    text = N_("{number} is held by {owner}; only he and those above him work it")
    hint = N_("ask the leader to assign it: salescli lead assign {number} STAFF --reason …")
    return [problem("not_your_lead", text, kind=Kind.FORBIDDEN, rule="LED-04", hint=hint, number=number, owner=owner)]


def check_open(lead: Standing) -> list[Problem]:
    """Won, lost, invalid and duplicate leads are finished. ST-01, ST-02."""
    if lead.open:
        return []
    text = N_("{number} was closed on {day} ({state:code}, stage {stage:code}); nothing is added to it")
    hint = N_("file what begins anew as a new lead: salescli lead add …")
    facts: dict[str, Any] = {
        "number": lead.number,
        "day": lead.closed.isoformat() if lead.closed else None,
        "state": lead.state,
        "stage": lead.stage,
    }
    return [problem("lead_closed", text, kind=Kind.STATE, rule="ST-01", hint=hint, **facts)]


def check_state_move(lead: Standing, to: LeadState) -> list[Problem]:
    """The state moves only as ST-01 allows. LED-03."""
    if (lead.state, to) in LEAD_MOVES:
        return []
    may = [b.value for a, b in LEAD_MOVES if a is lead.state]
    text = N_("{number} is {state:code}; it cannot become {to:code}")
    hint = N_("it may become: {may:code}") if may else None
    return [problem("lead_state", text, kind=Kind.STATE, rule="ST-01", hint=hint, number=lead.number, state=lead.state, to=to,
                    may=sorted(may))]  # fmt: skip


# --- stages -------------------------------------------------------------------------------------------------------------


def check_stage_move(lead: Standing, to: Stage, reason: str | None) -> list[Problem]:
    """One step forward needs what the stage must establish; skipping, going back, pausing and resuming need a reason. LED-12."""
    if (lead.stage, to) not in STAGE_MOVES:
        return [_no_such_move(lead, to)]
    found = []
    if (lead.stage, to) not in ONE_STEP and not reason:
        text = N_("from {stage:code} to {to:code} takes a reason")
        hint = N_('salescli lead stage {number} {to} --reason "…"')
        found.append(problem("stage_reason", text, rule="LED-12", hint=hint, number=lead.number, stage=lead.stage, to=to))
    return [*found, *check_exit(lead, to)]


def _no_such_move(lead: Standing, to: Stage) -> Problem:
    if lead.stage is to:
        text = N_("{number} is in stage {stage:code} already")
        return problem(
            "same_stage", text, kind=Kind.STATE, rule="LED-12", hint=N_("salescli lead show {number}"), number=lead.number, stage=lead.stage
        )
    text = N_("{number} is in stage {stage:code}; from there it cannot go to {to:code}")
    hint = N_("lead lose ends a lead; a new start is a new lead: salescli lead add …")
    return problem("stage_move", text, kind=Kind.STATE, rule="LED-12", hint=hint, number=lead.number, stage=lead.stage, to=to)


def check_exit(lead: Standing, to: Stage) -> list[Problem]:
    """What the stage being left forwards must have established. LED-12, X-19."""
    left = lead.before_pause if lead.stage is Stage.PAUSED else lead.stage
    if left not in STAGES or not _onward(left, to):
        return []
    wanted = EXIT_FIELDS[left]
    if to is Stage.WON and C_("customer") not in wanted:
        wanted = (*wanted, "customer")
    missing = [name for name in wanted if name not in lead.filled]
    if not missing:
        return []
    text = N_("stage {stage:code} must establish before it is left: {missing:code}")
    options = " ".join(f"--{name} …" for name in missing if name not in FACTS)
    return [problem("stage_exit", text, rule="LED-12", hint=_fill_hint(missing), number=lead.number, stage=left, missing=missing,
                    options=options)]  # fmt: skip


def _onward(stage: Stage, to: Stage) -> bool:
    return to is Stage.WON or (to in STAGES and STAGES.index(to) > STAGES.index(stage))


def _fill_hint(missing: Collection[str]) -> str:
    """The command that establishes what is missing; fields of the file come before facts."""
    hints = {
        "contacted": N_("record the contact: salescli lead follow {number} …"),
        "objections_answered": N_("answer them: salescli lead answer {number} POSITION TEXT"),
        "customer": N_("make the customer: salescli lead convert {number}"),
    }
    if any(name not in FACTS for name in missing):
        both = N_("salescli lead edit {number} {options}; and record the contact: salescli lead follow {number} …")
        return both if "contacted" in missing else N_("salescli lead edit {number} {options}")
    return hints[next(iter(missing))]


def days_in_stage(since: date, until: date) -> int:
    """Whole days a lead stands in its stage."""
    return (until - since).days


def is_stalled(lead: Standing, today: date, limit: int) -> bool:
    """Whether an open stage has lasted longer than `stage.stall_days`. LED-13."""
    return lead.open and lead.stage in STAGES and days_in_stage(lead.stage_since, today) > limit


# --- follow-ups -----------------------------------------------------------------------------------------------------------


def check_stall_reason(lead: Standing, intent: Intent | None, reason: StallReason | None, today: date, limit: int) -> list[Problem]:
    """Who follows a lead that stands still says why, and the reason must fit the intent (ST-03). LED-13."""
    stalled = is_stalled(lead, today, limit)
    if reason is None and not stalled:
        return []
    fits = STALL_REASONS.get(intent, ()) if intent else ()
    facts: dict[str, Any] = {"number": lead.number, "stage": lead.stage, "days": days_in_stage(lead.stage_since, today), "limit": limit,
             "intent": intent, "fits": [r.value for r in fits], "reason": reason}  # fmt: skip
    if intent is None:
        text = N_("{number} stands in {stage:code} for {days} {days:day|days} (limit {limit}): say how keen they are")
        return [problem("intent_missing", text, rule="LED-13", hint=N_("add --intent low, middle or high"), **facts)]
    if reason is None:
        text = N_(
            "{number} stands in {stage:code} for {days} {days:day|days} (limit {limit}): say why; "
            "with intent {intent:code} it is {fits:code}"
        )
        return [problem("stall_reason", text, rule="LED-13", hint=N_("add --stall with one of these"), **facts)]
    if reason not in fits:
        text = N_("the reason {reason:code} does not fit the intent {intent:code}: {fits:code}")
        return [problem("stall_reason_unfit", text, rule="LED-13", hint=N_("choose one of these, or another --intent"), **facts)]
    return []


def check_stands(other: str, state: str) -> list[Problem]:
    """What a lead is a duplicate of is a lead itself: two of each other would leave none, and nobody would hold the information. LED-10."""
    if state not in (LeadState.INVALID, LeadState.DUPLICATE):
        return []
    text = N_("{other} is {state:code} itself; name the lead that stands")
    hint = N_("which it is: salescli lead show {other}")
    return [problem("duplicate_of_none", text, rule="LED-10", hint=hint, other=other, state=state)]


def check_next_contact(lead: Standing, day: date, next_on: date | None) -> list[Problem]:
    """In every open stage the next contact has a day, and it lies after this one. VIS-08."""
    if lead.stage not in STAGES:
        return []
    if next_on is None:
        text = N_("in stage {stage:code} a follow-up names the day of the next contact")
        hint = N_("add --next DATE, such as --next +7d; nothing to do for long: salescli lead stage {number} paused --reason …")
        return [problem("next_missing", text, rule="VIS-08", hint=hint, number=lead.number, stage=lead.stage)]
    if next_on <= day:
        text = N_("the next contact {next} does not lie after this one, {day}")
        hint = N_("name a later day, such as --next +7d")
        return [problem("next_too_early", text, rule="VIS-08", hint=hint, next=next_on.isoformat(), day=day.isoformat())]
    return []


def gap_warnings(day: date, next_on: date | None, least: int, most: int) -> list[Problem]:
    """Neither too hasty nor too slow. VIS-08, X-20."""
    gap = (next_on - day).days if next_on else None
    if gap is None or least <= gap <= most:
        return []
    hasty = N_("the next contact is {gap} {gap:day|days} away, sooner than {least} {least:day|days}")
    slow = N_("the next contact is {gap} {gap:day|days} away, later than {most} {most:day|days}")
    return [problem("gap", hasty if gap < least else slow, rule="VIS-08", gap=gap, least=least, most=most)]


def check_follow_day(day: date, today: date, since: date, limit: int, *, may: bool) -> list[Problem]:
    """A contact has happened: not in the future, not before the lead was filed, and it is recorded soon (`may`: late as well). VIS-01."""
    if day > today:
        text = N_("{day} lies in the future; a contact is recorded when it has happened")
        return [problem("future_contact", text, rule="VIS-01", hint=N_("plan it instead: --next {day}"), day=day.isoformat())]
    if day < since:
        text = N_("{day} lies before the lead was filed, {since}")
        hint = N_("name a day from {since} on")
        return [problem("contact_before_lead", text, rule="VIS-01", hint=hint, day=day.isoformat(), since=since.isoformat())]
    if (today - day).days > limit and not may:
        text = N_("{day} is {days} {days:day|days} ago; a contact is recorded within {limit} {limit:day|days}")
        hint = N_("the limit: salescli policy show visit.backdate_days")
        return [problem("contact_late", text, rule="VIS-01", hint=hint, day=day.isoformat(), days=(today - day).days, limit=limit)]
    return []


# --- owners ---------------------------------------------------------------------------------------------------------------


def check_needs_list(lead: Standing) -> list[Problem]:
    """Before the leader decides who works on a project its needs list is reported. LED-05, AP-10."""
    missing = [name for name in NEEDS_LIST if name not in lead.filled]
    if lead.owner is None or not missing:
        return []
    text = N_("{number}: the needs list is not complete, it lacks {missing:code}; the leader decides once it is reported")
    hint = N_('salescli lead edit {number} --need "…" --equipment "…"')
    return [problem("needs_list", text, rule="LED-05", hint=hint, number=lead.number, missing=missing)]


def check_lost(reason: str | None, alternative: str | None) -> list[Problem]:
    """A lead is not given up without a reason and without offering something else. LED-15."""
    found = []
    if not reason:
        found.append(problem("lost_reason", N_("say why it is lost: --reason"), kind=Kind.USAGE, rule="LED-15"))
    if not alternative:
        text = N_("say what other product was offered: --alternative")
        found.append(problem("alternative", text, kind=Kind.USAGE, rule="LED-15", hint=N_('nothing fits: --alternative "none: WHY"')))
    return found
