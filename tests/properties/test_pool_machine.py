"""Any order of commands over leads and customers: nobody without owner log, no cap exceeded on any path, cool-downs kept, refusals free.

Create, import, convert, claim, release, assign, transfer, lock, order, archive, merge, the run, and days that pass (LED-11).
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

START = date(2026, 11, 3)
REPS = ("LI", "HAN", "ZENG")
OFFICE = (
    'staff add MA "Ma Lin" --role manager --superior ADMIN',
    "staff add LI 李雷 --role rep --superior MA",
    "staff add HAN 韩梅 --role rep --superior MA",
    "staff add ZENG 曾伟 --role rep --superior MA",
    "product add P1 Paper",
    "policy set pool.hold_cap 3 --reason t",
    "policy set pool.daily_claims 2 --reason t",
    "policy set pool.lock_cap 1 --reason t",
    "policy set pool.max_share 60 --reason t",
)
HOLD, DAILY, LOCKS, COOL = 3, 2, 1, 30
CHECKS = "check customer_owner customer_lock customer_compared customer_alias pool_cap lead_owner lead_owner_log lead_compared history_rows"

reps = st.sampled_from(REPS)
picks = st.integers(0, 7)

HELD = """
SELECT s.code,
  (SELECT count(*) FROM lead l WHERE l.staff_id = s.id AND l.closed IS NULL AND l.customer_id IS NULL)
  + (SELECT count(*) FROM customer c WHERE c.staff_id = s.id AND c.archived_on IS NULL
     AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.customer_id = c.id AND o.state IN ('confirmed', 'closed')))
FROM staff s"""


class Pool(RuleBasedStateMachine):
    """An office of three reps and a manager; every refusal is part of the play, every fault is a failure."""

    office = None

    @initialize()
    def open(self) -> None:
        assert type(self).office is not None
        self.book, untouched = type(self).office
        shutil.copyfile(untouched, self.book.path)
        self.watch = self.book.watched()
        self.look = self.watch.__enter__()
        self.day = START
        self.made = 0

    # --- what may happen

    def say(self, line: str, user: str = "MA") -> int:
        result = self.book.run(line, user=user, day=self.day.isoformat())
        assert result.exit in (0, 2, 3, 4, 5, 6, 7, 9), f"{line} ({user})\n{result.out}{result.err}"
        return result.exit

    def customer(self, pick: int) -> str:
        codes = [code for (code,) in self.look("select code from customer order by id")]
        return codes[pick % len(codes)] if codes else "C0001"

    def lead(self, pick: int) -> str:
        numbers = [number for (number,) in self.look("select number from lead order by id")]
        return numbers[pick % len(numbers)] if numbers else "LD-202611-0001"

    def name(self) -> str:
        self.made += 1
        return f"第{self.made}号商行{self.made}"

    @rule(rep=reps)
    def add_customer(self, rep: str) -> None:
        self.say(f"customer add {self.name()}", rep)

    @rule(rep=reps)
    def add_lead(self, rep: str) -> None:
        self.say(f"lead add {self.name()} --source fair --phone 1390000{self.made:04}", rep)

    @rule(rep=reps, many=st.integers(1, 4))
    def import_customers(self, rep: str, many: int) -> None:
        self.book.file("new.csv", "name,staff\n" + "".join(f"{self.name()},{rep}\n" for _ in range(many)))
        self.say("import customers new.csv", "ADMIN")

    @rule(pick=picks, rep=reps)
    def import_owner(self, pick: int, rep: str) -> None:
        code = self.customer(pick)
        known = self.look("select name from customer where code = ?", code)
        if known:
            self.book.file("known.csv", f"code,name,staff\n{code},{known[0][0]},{rep}\n")
            self.say("import customers known.csv --update", "ADMIN")

    @rule(pick=picks, rep=reps)
    def convert(self, pick: int, rep: str) -> None:
        self.say(f"lead convert {self.lead(pick)}", rep)

    @rule(pick=picks, rep=reps, lead=st.booleans())
    def claim(self, pick: int, rep: str, lead: bool) -> None:
        what = self.lead(pick) if lead else self.customer(pick)
        count = "select count(*) from owner_change where move = 'claimed'"
        before, cooling = self.look(count), self.cooling(what, rep, lead)
        status = self.say(f"{'lead' if lead else 'customer'} claim {what}", rep)
        after = self.look(count)
        assert status != 0 or not cooling, f"{rep} claimed {what} within the cool-down"
        assert (after != before) == (status == 0), "a refused claim costs quota"

    def cooling(self, what: str, rep: str, lead: bool) -> bool:
        """Told anew from the log: the last day this rep lost it lies within the cool-down."""
        subject = "lead_number = ?" if lead else "customer_id = (select id from customer where code = ?)"
        lost = self.look(
            f"select max(day) from owner_change where {subject} and owner_id is not former_id "
            "and former_id = (select id from staff where code = ?)",
            what, rep,
        )[0][0]  # fmt: skip
        return lost is not None and self.day < date.fromisoformat(lost) + timedelta(COOL)

    @rule(pick=picks, user=st.sampled_from((*REPS, "MA")), lead=st.booleans())
    def release(self, pick: int, user: str, lead: bool) -> None:
        self.say(f"lead release {self.lead(pick)} --reason r" if lead else f"customer release {self.customer(pick)} --reason r", user)

    @rule(pick=picks, rep=reps, lead=st.booleans())
    def assign(self, pick: int, rep: str, lead: bool) -> None:
        self.say(
            f"lead assign {self.lead(pick)} {rep} --reason r" if lead else f"customer assign {self.customer(pick)} --to {rep} --reason r"
        )

    @rule(picks=st.lists(picks, min_size=1, max_size=3), rep=reps)
    def transfer(self, picks: list[int], rep: str) -> None:
        self.say(f"customer transfer {' '.join(dict.fromkeys(map(self.customer, picks)))} --to {rep} --reason r")

    @rule(pick=picks, rep=reps, lead=st.booleans(), days=st.integers(1, 100))
    def lock(self, pick: int, rep: str, lead: bool, days: int) -> None:
        self.say(
            f"{'lead' if lead else 'customer'} lock {self.lead(pick) if lead else self.customer(pick)} --until +{days}d --reason r", rep
        )

    @rule(pick=picks, rep=reps)
    def speak(self, pick: int, rep: str) -> None:
        self.say(f"lead follow {self.lead(pick)} hi --next +9d --intent low --stall not_decided", rep)

    @rule(pick=picks)
    def sell(self, pick: int) -> None:
        code, today = self.customer(pick), self.day.isoformat()
        self.made += 1
        self.book.file("o.csv", f"order,date,customer,sku,quantity,unit_price,delivered\nSO-{self.made},{today},{code},P1,1,10,{today}\n")
        self.say("import orders o.csv", "ADMIN")

    @rule(pick=picks)
    def archive(self, pick: int) -> None:
        self.say(f"customer archive {self.customer(pick)} --reason r")

    @rule(pick=picks)
    def unarchive(self, pick: int) -> None:
        self.say(f"customer unarchive {self.customer(pick)} --reason r")

    @rule(keep=picks, drop=picks)
    def merge(self, keep: int, drop: int) -> None:
        self.say(f"customer merge {self.customer(keep)} {self.customer(drop)} --reason r")

    @rule(days=st.sampled_from([1, 2, 7, 29, 30, 31, 60]))
    def days_pass(self, days: int) -> None:
        self.day += timedelta(days)

    @rule(anyway=st.booleans())
    def run(self, anyway: bool) -> None:
        pressed = " ".join(f"--anyway {rep}" for rep in REPS) if anyway else ""
        status = self.say(f"pool run {pressed}")
        again = self.book.ok(f"pool run --dry-run -f json {pressed}", user="MA", day=self.day.isoformat()).json()["facts"]
        assert (again["customers"], again["leads"]) == (0, 0), "a second run moves nothing"
        assert status == 0 or again["left_alone"] > 0

    # --- what must hold

    @invariant()
    def caps_hold(self) -> None:
        if hasattr(self, "book"):
            assert [row for row in self.look(HELD) if row[1] > HOLD] == []
            claims = "select owner_id, day, count(*) from owner_change where move = 'claimed' group by 1, 2 having count(*) > ?"
            assert self.look(claims, DAILY) == []
            locked = """select staff_id, count(*) from (
                        select staff_id from lead where locked_until >= :d and closed is null and customer_id is null
                        union all select staff_id from customer c where locked_until >= :d and archived_on is null and not exists (
                          select 1 from sales_order o where o.customer_id = c.id)) group by 1 having count(*) > :n"""
            assert self.look(locked.replace(":d", f"'{self.day}'").replace(":n", str(LOCKS))) == []

    @invariant()
    def nobody_is_without_history(self) -> None:
        if hasattr(self, "book"):
            last = "select owner_id from owner_change h where h.id = (select max(id) from owner_change where {0})"
            for table, key in (("customer", "customer_id = t.id"), ("lead", "lead_number = t.number")):
                none = f"not exists (select 1 from owner_change where {key})"
                wrong = f"select t.id from {table} t where {none} or ({last.format(key)}) is not t.staff_id"
                assert self.look(wrong) == [], table

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.watch.__exit__(None, None, None)
            checked = self.book.run(CHECKS, day=self.day.isoformat())
            assert checked.exit == 0, checked.out + checked.err


def play(book, games: int, moves: int) -> None:
    """So many games of so many moves, each beginning with the same office."""
    for line in OFFICE:
        book.ok(line)
    untouched = book.path.with_suffix(".made")
    shutil.copyfile(book.path, untouched)
    Pool.office = (book, untouched)
    rounds = settings(max_examples=games, stateful_step_count=moves, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Pool, settings=rounds)


@pytest.mark.rule("LED-10", "LED-11", "ORG-09")
def test_leads_and_customers_in_and_out_of_the_pool(book) -> None:
    play(book, 15, 25)


@pytest.mark.proof
@pytest.mark.rule("LED-10", "LED-11", "ORG-09")
def test_leads_and_customers_in_and_out_of_the_pool_for_long(book) -> None:
    play(book, 60, 40)
