"""Decisions about leads as pure functions: moves, exits, stall reasons, ownership, the front desk, the score."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescli.core.errors import Kind
from salescli.lead import rules, rules_desk
from salescli.lead.rules_match import Match, check_filing, earlier_ones, is_live, rightful
from salescli.lead.rules_score import Weights, parts, recency_points, score
from salescli.lead.states import (
    ENDS,
    FORWARD,
    LEAD_MOVES,
    ONE_STEP,
    STAGE_MOVES,
    STAGES,
    STALL_REASONS,
    Entrance,
    Ground,
    Intent,
    LeadState,
    Stage,
    StallReason,
)

TODAY = date(2026, 11, 3)
ALL = {name for names in rules.EXIT_FIELDS.values() for name in names} | set(rules.NEEDS_LIST)
WEIGHTS = Weights((10, 25, 40, 55, 70), (0, 8, 15), 15, 30)


def lead(stage: Stage = Stage.DEVELOP, state: LeadState = LeadState.CONTACTED, filled=frozenset(ALL), **more) -> rules.Standing:
    given_ = {"number": "LD-1", "stage_since": TODAY, "intent": None, "owner": "LI", **more}
    return rules.Standing(state=state, stage=stage, filled=filled, **given_)


def match(number: str, owner: int | None = 1, last: str | None = None, filed: str = "2026-10-01", **more) -> Match:
    given_ = {"kind": "lead", "name": "华信科技有限公司", "open": True, "by": "phone", **more}
    return Match(number=number, owner_id=owner, owner="X", owner_name="x", filed=filed, last_contact=last, **given_)


# --- stages -----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ST-02", "LED-12")
def test_the_pair_set_is_what_the_rulebook_says() -> None:
    assert STAGES == (Stage.DEVELOP, Stage.NEED, Stage.VALUE, Stage.NEGOTIATE, Stage.DELIVER)
    assert not [pair for pair in STAGE_MOVES if pair[0] in ENDS]
    assert ONE_STEP < FORWARD < STAGE_MOVES
    assert (Stage.PAUSED, Stage.WON) not in STAGE_MOVES
    assert all((stage, Stage.LOST) in STAGE_MOVES for stage in (*STAGES, Stage.PAUSED))


@pytest.mark.rule("ST-01")
def test_a_finished_state_is_left_by_no_move() -> None:
    finished = {LeadState.CONVERTED, LeadState.LOST, LeadState.INVALID, LeadState.DUPLICATE}
    assert not [pair for pair in LEAD_MOVES if pair[0] in finished]
    found = rules.check_state_move(lead(state=LeadState.CONVERTED), LeadState.TARGET)
    assert [(p.code, p.kind) for p in found] == [("lead_state", Kind.STATE)]


@pytest.mark.rule("LED-12")
@pytest.mark.parametrize(("stage", "to"), sorted(STAGE_MOVES))
def test_only_one_step_forward_needs_no_reason(stage: Stage, to: Stage) -> None:
    bare = {p.code for p in rules.check_stage_move(lead(stage), to, None)}
    assert ("stage_reason" in bare) is ((stage, to) not in ONE_STEP)
    assert rules.check_stage_move(lead(stage), to, "because") == []


@pytest.mark.rule("LED-12")
def test_each_stage_names_what_it_must_establish() -> None:
    for stage, wanted in rules.EXIT_FIELDS.items():
        to = Stage.WON if stage is Stage.DELIVER else STAGES[STAGES.index(stage) + 1]
        (found,) = rules.check_stage_move(lead(stage, filled=frozenset()), to, None)
        assert found.facts["missing"] == list(wanted)
        back = STAGES[STAGES.index(stage) - 1] if stage is not Stage.DEVELOP else Stage.PAUSED
        assert rules.check_stage_move(lead(stage, filled=frozenset()), back, "x") == []


@pytest.mark.rule("LED-12")
def test_winning_from_anywhere_takes_a_customer() -> None:
    for stage in STAGES:
        found = rules.check_stage_move(lead(stage, filled=frozenset(ALL - {"customer"})), Stage.WON, "at once")
        assert [p.facts["missing"] for p in found] == [["customer"]]


@pytest.mark.rule("LED-13")
@pytest.mark.parametrize(("days", "stalled"), [(14, False), (15, True)])
def test_a_stage_stalls_the_day_after_its_limit(days: int, stalled: bool) -> None:
    since = TODAY - timedelta(days)
    assert rules.is_stalled(lead(stage_since=since), TODAY, 14) is stalled
    assert not rules.is_stalled(lead(stage_since=since, closed=TODAY), TODAY, 14)
    assert not rules.is_stalled(lead(Stage.PAUSED, stage_since=since), TODAY, 14)


@pytest.mark.rule("LED-13", "ST-03")
@pytest.mark.parametrize("intent", list(Intent))
@pytest.mark.parametrize("reason", list(StallReason))
def test_a_reason_fits_its_intent_only(intent: Intent, reason: StallReason) -> None:
    standing = lead(stage_since=TODAY - timedelta(20))
    found = rules.check_stall_reason(standing, intent, reason, TODAY, 14)
    assert (found == []) is (reason in STALL_REASONS[intent])


@pytest.mark.rule("LED-13")
def test_a_stalled_lead_is_questioned() -> None:
    standing = lead(stage_since=TODAY - timedelta(20))
    assert [p.code for p in rules.check_stall_reason(standing, None, None, TODAY, 14)] == ["intent_missing"]
    assert [p.code for p in rules.check_stall_reason(standing, Intent.LOW, None, TODAY, 14)] == ["stall_reason"]
    assert rules.check_stall_reason(lead(), None, None, TODAY, 14) == []


@pytest.mark.rule("VIS-08")
def test_the_next_contact_is_dated_and_ahead() -> None:
    assert [p.code for p in rules.check_next_contact(lead(), TODAY, None)] == ["next_missing"]
    assert [p.code for p in rules.check_next_contact(lead(), TODAY, TODAY)] == ["next_too_early"]
    assert rules.check_next_contact(lead(Stage.PAUSED), TODAY, None) == []
    gaps = [len(rules.gap_warnings(TODAY, TODAY + timedelta(n), 2, 14)) for n in (1, 2, 14, 15)]
    assert gaps == [1, 0, 0, 1]


# --- whose he is --------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-04", "X-05")
def test_a_live_log_comes_before_the_first_filer() -> None:
    first, live = match("LD-1", 1, filed="2026-01-01"), match("LD-2", 2, last="2026-10-20", filed="2026-06-01")
    assert rightful([first, live], TODAY, 30) == (2, Ground.LIVE_LOG, live)
    assert rightful([first, match("LD-2", 2, last="2026-09-01")], TODAY, 30) == (1, Ground.FIRST_FILER, first)
    assert rightful([], TODAY, 30) is None


@pytest.mark.rule("X-05")
def test_a_log_lives_as_long_as_the_pool_waits() -> None:
    assert is_live(match("LD-1", last="2026-10-04"), TODAY, 30)
    assert not is_live(match("LD-1", last="2026-10-03"), TODAY, 30)
    assert not is_live(match("LD-1"), TODAY, 30)


@pytest.mark.rule("X-05", "ORG-06")
def test_who_left_or_holds_nothing_is_nobodys_holder() -> None:
    assert rightful([match("LD-1", here=False, last="2026-11-01")], TODAY, 30) is None
    assert rightful([match("LD-1", owner=None)], TODAY, 30) is None
    assert rightful([match("LD-1", open=False)], TODAY, 30) is None
    assert rightful([match("LD-1", open=False, last="2026-11-01")], TODAY, 30) is not None


@pytest.mark.rule("LED-10")
def test_a_short_personal_name_alone_blocks_nobody() -> None:
    namesake = match("LD-1", name="王芳", by="name")
    assert check_filing([namesake], by_leader=False) == []
    assert [p.code for p in earlier_ones([namesake])] == ["namesake"]
    assert [p.code for p in check_filing([match("LD-1", name="王芳")], by_leader=False)] == ["second_claim"]


# --- the front desk -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-06", "LED-08", "X-05", "X-21")
def test_who_gets_a_visitor_or_caller() -> None:
    holder = rules_desk.Due(1, Ground.LIVE_LOG)
    everybody = rules_desk.Candidates(holder, 2, 3, 4, 5)
    order = [(holder, Ground.LIVE_LOG), (2, Ground.NAMED), (4, Ground.MAKE_UP), (5, Ground.DUTY)]
    for entrance in Entrance:
        left = everybody
        for who, ground in order:
            found = rules_desk.due(entrance, left)
            if entrance is Entrance.CALL and left.holder is None and left.named is None:
                assert found == (3, Ground.FRONT_DESK)
                break
            assert found is not None
            assert found.ground is ground
            left = left._replace(
                **{{Ground.LIVE_LOG: "holder", Ground.NAMED: "named", Ground.MAKE_UP: "make_up", Ground.DUTY: "duty"}[ground]: None}
            )
            assert who
        else:
            assert rules_desk.due(entrance, left) is None


@pytest.mark.rule("LED-09")
def test_another_rep_than_the_rules_say_takes_a_reason() -> None:
    due = rules_desk.Due(1, Ground.DUTY)
    assert [p.code for p in rules_desk.check_allocation(due, "LI", 2, "WANG", None)] == ["deviation"]
    assert rules_desk.check_allocation(due, "LI", 2, "WANG", "he is ill") == []
    assert rules_desk.check_allocation(due, "LI", 1, "LI", None) == []
    assert [p.code for p in rules_desk.check_allocation(None, None, None, None, "x")] == ["nobody_on_duty"]
    assert rules_desk.check_allocation(None, None, 2, "WANG", None) == []


@pytest.mark.rule("LED-07")
def test_a_make_up_is_for_a_new_visitor_proved_together_once() -> None:
    def codes(**more) -> list[str]:
        return [
            p.code
            for p in rules_desk.check_research(
                "RE-1", **{"entrance": Entrance.VISIT, "known": False, "joint": True, "made_up": False, **more}
            )
        ]

    assert codes() == []
    assert codes(known=True) == codes(entrance=Entrance.CALL) == ["no_new_visitor"]
    assert codes(joint=False) == ["joint_proof"]
    assert codes(made_up=True) == ["made_up"]


# --- the score ----------------------------------------------------------------------------------------------------------------


@pytest.mark.rule("LED-14")
def test_the_score_is_the_sum_of_what_it_shows() -> None:
    given_ = (Stage.VALUE, Intent.MIDDLE, TODAY - timedelta(15), TODAY)
    found = parts(WEIGHTS, *given_)
    assert [(p.name, p.points, p.most) for p in found] == [("stage", 40, 70), ("intent", 8, 15), ("recency", 8, 15)]
    assert score(WEIGHTS, *given_) == 56
    assert score(WEIGHTS, Stage.DELIVER, Intent.HIGH, TODAY, TODAY) == 100
    assert score(WEIGHTS, Stage.WON, None, None, TODAY) == 100
    assert parts(WEIGHTS, Stage.WON, Intent.LOW, TODAY, TODAY) == [("stage", "won", 100, 100)]  # what was thought before adds nothing
    assert score(WEIGHTS, Stage.LOST, Intent.HIGH, TODAY, TODAY) == 0
    assert score(WEIGHTS, Stage.PAUSED, None, None, TODAY) == 0


@pytest.mark.rule("LED-14")
@given(st.sampled_from(STAGES), st.sampled_from([None, *Intent]), st.integers(0, 400), st.integers(0, 400))
def test_a_later_contact_never_lowers_the_score(stage: Stage, intent: Intent | None, idle: int, more: int) -> None:
    newer, older = (score(WEIGHTS, stage, intent, TODAY - timedelta(d), TODAY) for d in (idle, idle + more))
    assert 0 <= older <= newer <= 100
    assert recency_points(WEIGHTS, 30) == 0
