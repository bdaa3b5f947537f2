"""Any order of commands leaves every lead with one owner and one stage, both as the logs say, and no cap exceeded (LED-11, LED-12)."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from salescli.lead.states import Stage

START = date(2026, 11, 3)
REPS = ("LI", "WANG", "HAN")
CHECKS = "check lead_owner lead_owner_log lead_stage lead_stage_log lead_closed lead_converted lead_source lead_compared"
CAP = 3
FULL = "--need a --spec b --quantity 1 --use c --pain d --equipment e --solution f --amount 9 --expected eom"


class Leads(RuleBasedStateMachine):
    """An office of three reps who file, follow, move, convert, lose and hand over a few leads; refusals are part of the play."""

    office = None

    @initialize()
    def open(self) -> None:
        assert type(self).office is not None
        self.book, untouched = type(self).office
        shutil.copyfile(untouched, self.book.path)
        self.watch = self.book.watched()
        self.look = self.watch.__enter__()
        self.day = START
        self.leads: list[str] = []
        self.ended: dict[str, str] = {}

    def say(self, line: str, user: str) -> int:
        """Any refusal is fine, a fault is not."""
        result = self.book.run(line, user=user, day=self.day.isoformat())
        assert result.exit in (0, 2, 3, 4, 5, 6, 7), f"{line} ({user})\n{result.out}{result.err}"
        return result.exit

    def pick(self, number: int) -> str:
        return self.leads[number % len(self.leads)] if self.leads else "LD-202611-0001"

    @rule(rep=st.sampled_from(REPS), name=st.sampled_from(["甲公司项目", "乙公司项目", "丙公司项目", "丁公司项目"]))
    def add(self, rep: str, name: str) -> None:
        before = self.look("select count(*) from lead")[0][0]
        if self.say(f"lead add {name} --source fair --phone 1390000{ord(name[0]) % 10000:04}", rep) == 0:
            (number,) = self.look("select number from lead order by id desc limit 1")[0]
            assert self.look("select count(*) from lead")[0][0] == before + 1
            self.leads.append(number)

    @rule(number=st.integers(0, 5), rep=st.sampled_from(REPS), intent=st.sampled_from(["low", "high"]))
    def follow(self, number: int, rep: str, intent: str) -> None:
        stall = {"low": "not_decided", "high": "no_money_yet"}[intent]
        self.say(f"lead follow {self.pick(number)} hi --next +9d --intent {intent} --stall {stall}", rep)

    @rule(number=st.integers(0, 5), user=st.sampled_from((*REPS, "SU")))
    def fill(self, number: int, user: str) -> None:
        self.say(f"lead edit {self.pick(number)} {FULL}", user)

    @rule(number=st.integers(0, 5), rep=st.sampled_from(REPS), to=st.sampled_from(list(Stage)), reason=st.booleans())
    def stage(self, number: int, rep: str, to: Stage, reason: bool) -> None:
        self.say(f"lead stage {self.pick(number)} {to}" + (" --reason 按计划" if reason else ""), rep)

    @rule(number=st.integers(0, 5), rep=st.sampled_from(REPS))
    def convert(self, number: int, rep: str) -> None:
        self.say(f"lead convert {self.pick(number)}", rep)

    @rule(number=st.integers(0, 5), rep=st.sampled_from(REPS))
    def lose(self, number: int, rep: str) -> None:
        self.say(f"lead lose {self.pick(number)} --reason 价格 --alternative 翻新机", rep)

    @rule(number=st.integers(0, 5), to=st.sampled_from(REPS))
    def assign(self, number: int, to: str) -> None:
        self.say(f"lead assign {self.pick(number)} {to} --reason 熟悉", "MA")

    @rule(number=st.integers(0, 5), state=st.sampled_from(["screened", "target", "invalid"]))
    def screen(self, number: int, state: str) -> None:
        self.say(f"lead screen {self.pick(number)} {state} --reason 空号", "MA")

    @rule(number=st.integers(0, 5), back=st.booleans())
    def pool(self, number: int, back: bool) -> None:
        user = "LI"
        self.say(f"lead claim {self.pick(number)}" if back else f"lead release {self.pick(number)} --reason 太忙", user)

    @rule(name=st.sampled_from(["甲", "丁", "新"]), entrance=st.sampled_from(["reception", "call"]))
    def desk(self, name: str, entrance: str) -> None:
        phone = f"1390000{ord(name) % 10000:04}"
        if self.say(f"lead {entrance} {name}公司项目 --phone {phone} --rep WANG", "FD") == 0:
            self.leads = [n for (n,) in self.look("select number from lead order by id")]

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.day += timedelta(days)

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.watch.__exit__(None, None, None)

    @invariant()
    def nothing_forbidden(self) -> None:
        if not hasattr(self, "book"):
            return
        result = self.book.run(CHECKS, day=self.day.isoformat())
        assert result.exit == 0, result.err
        for number, stage, closed in self.look("select number, stage, closed from lead where closed is not null"):
            assert self.ended.setdefault(number, f"{stage} {closed}") == f"{stage} {closed}"
        held = self.look(
            "select count(*) from lead where closed is null and customer_id is null group by staff_id having staff_id is not null"
        )
        assert max((count for (count,) in held), default=0) <= CAP


@pytest.mark.rule("LED-11", "LED-12", "ST-01", "ST-02")
def test_no_order_of_commands_breaks_a_lead(office) -> None:
    office.ok(f"policy set pool.hold_cap {CAP}")
    untouched = shutil.copyfile(office.path, office.folder / "untouched.db")
    Leads.office = (office, untouched)
    run_state_machine_as_test(
        Leads,
        settings=settings(max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)),
    )
