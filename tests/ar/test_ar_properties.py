"""Any sequence of postings and corrections: balances follow from the documents and every past day can be told (AR-04, AR-12)."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salescli.core import context
from salescli.core.errors import SalesError

TODAY = date(2026, 11, 3)
START = date(2026, 9, 1)
DAYS = (TODAY - START).days
PROBES = [START - timedelta(1), *(START + timedelta(n) for n in range(0, DAYS + 40, 3)), TODAY]

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

days = st.integers(0, DAYS).map(lambda n: START + timedelta(n))
amounts = st.integers(1, 500)
places = st.integers(0, 30)
steps = st.one_of(
    st.tuples(st.just("receivable"), days, st.integers(0, 60), amounts),
    st.tuples(st.just("credit"), days, st.just(0), amounts),
    st.tuples(st.just("receipt"), days, st.booleans(), amounts),
    st.tuples(st.just("allocate"), places, places, st.none() | amounts),
    st.tuples(st.just("unallocate"), places, places, st.none() | amounts),
    st.tuples(st.just("hold"), places, places, amounts),
    st.tuples(st.just("release"), places, places, amounts),
    st.tuples(st.just("reverse"), places, st.integers(0, 10), amounts),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory, founded_book):
    """A book with one customer and nothing else."""
    path = tmp_path_factory.mktemp("any") / "sales.db"
    shutil.copyfile(founded_book, path)
    with opened(path, keep=True) as w:
        from salescli.customer.tables import Customer

        w.add(Customer(code="C1", name="One"))
    return path


@contextmanager
def opened(path, *, keep: bool = False):
    from salescli.core.writer import writer

    with context.use(context.Context(db=path, today=TODAY)), writer("test", dry_run=not keep) as w:
        yield w


def post(w, kind: str, day: date, more, amount: int, number: str) -> None:
    """One document of a sequence."""
    from salescli.ar.actions import Money, post_receipt, post_receivable

    if kind == "receipt":
        post_receipt(w, Money(1, amount, day, number=number, held=more))
    else:
        sign = -1 if kind == "credit" else 1
        post_receivable(w, customer_id=1, amount=sign * amount, day=day, due=day + timedelta(more), number=number)


def correct(w, kind: str, numbers: list[str], place: int, other, amount) -> None:
    """One correction; a refusal is an answer too, and changes nothing."""
    from salescli.ar import actions_allocate as by_hand

    def pick(n: int) -> str:
        return numbers[n % len(numbers)]

    try:
        match kind:
            case "allocate":
                by_hand.allocate(w, pick(place), pick(other), amount)
            case "unallocate":
                by_hand.unallocate(w, pick(place), None if other % 2 else pick(other), amount)
            case "hold":
                by_hand.hold_money(w, pick(place))
            case "release":
                by_hand.release_money(w, pick(place))
            case "reverse":
                by_hand.reverse(w, pick(place), day=TODAY - timedelta(other))
    except SalesError:
        return


def play(w, sequence) -> None:
    numbers: list[str] = []
    for step, first, second, amount in sequence:
        if step in ("receivable", "credit", "receipt"):
            numbers.append(f"N{len(numbers):02}")
            post(w, step, first, second, amount, numbers[-1])
        elif numbers:
            correct(w, step, numbers, first, second, amount)


def rebuilt(w, day: date) -> dict[str, int]:
    """What is open, or unallocated (negative), by document, from the whole history up to a day."""
    sql = """
    SELECT r.number, r.amount
           - (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receivable_id = r.id AND a.date <= :day)
           + (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.credit_id = r.id AND a.date <= :day)
    FROM receivable r WHERE r.date <= :day
    UNION ALL
    SELECT coalesce(o.number, p.number),
           - p.amount + (SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.receipt_id = p.id AND a.date <= :day)
    FROM receipt p LEFT JOIN receipt o ON o.id = p.reverses_id WHERE p.date <= :day"""
    found: dict[str, int] = {}
    for number, open_ in w.reader.tuples(sql, day=day):
        found[number] = found.get(number, 0) + open_
    return {number: open_ for number, open_ in found.items() if open_}


def told(w, day: date, by: str = "receivable") -> dict[str, int]:
    from salescli.ar.reads_ageing import aging

    return {row[0]: row[2] for row in aging(w.reader, day, by).rows}


def total(w, day: date) -> int:
    """What the customer owes in the end: the sum of his documents up to a day."""
    sql = """SELECT (SELECT coalesce(sum(amount), 0) FROM receivable WHERE date <= :day)
                  - (SELECT coalesce(sum(amount), 0) FROM receipt WHERE date <= :day)"""
    return w.reader.value(sql, day=day)


@pytest.mark.rule("AR-04", "AR-12")
@quick
@given(st.lists(steps, min_size=1, max_size=20))
def test_the_rewound_state_is_the_rebuilt_one_on_every_day(empty, sequence) -> None:
    with opened(empty) as w:
        play(w, sequence)
        for day in PROBES:
            assert told(w, day) == rebuilt(w, day)
            assert sum(told(w, day, "customer").values()) == total(w, day)


@pytest.mark.rule("AR-12")
@quick
@given(st.lists(steps, min_size=1, max_size=20))
def test_every_invariant_holds(empty, sequence) -> None:
    from salescli.ar.checks import CHECKS

    with opened(empty) as w:
        play(w, sequence)
        broken = {check.name: [place.render() for place in check.function(w.reader)] for check in CHECKS if not check.advice}
        assert not any(broken.values()), broken
        applied = w.reader.value("SELECT coalesce(sum(amount), 0) FROM allocation")
        opens = w.reader.value("SELECT coalesce(sum(kept_open), 0) FROM receivable WHERE amount > 0")
        assert opens == w.reader.value("SELECT coalesce(sum(amount), 0) FROM receivable WHERE amount > 0") - applied


documents = st.tuples(st.sampled_from(["receivable", "credit", "receipt"]), days, st.integers(0, 1).map(bool), amounts)


@pytest.mark.rule("AR-04", "AR-12")
@settings(quick, max_examples=15)
@given(st.lists(documents, min_size=2, max_size=4), st.randoms())
def test_the_order_of_typing_does_not_change_totals(empty, rows, random) -> None:
    orders = list(permutations(enumerate(rows)))
    totals = []
    for order in (orders[0], random.choice(orders)):
        with opened(empty) as w:
            for place, (kind, day, more, amount) in order:
                post(w, kind, day, more, amount, f"N{place}")
            totals.append([sum(told(w, day, "customer").values()) for day in PROBES])
    assert totals[0] == totals[1]


@pytest.mark.rule("AR-12")
@quick
@given(st.lists(documents, min_size=1, max_size=12), st.integers(0, 12))
def test_posting_many_is_posting_receivables_then_money_by_date(empty, rows, known: int) -> None:
    """The bulk way gives the allocations that typing would, whatever was in the book before."""
    from salescli.ar.actions_many import NewReceipt, NewReceivable, post_many

    numbered = [(f"N{place:02}", *row) for place, row in enumerate(rows)]
    before, after = numbered[:known], numbered[known:]
    receivables = [row for row in after if row[1] == "receivable"]
    money = sorted((row for row in after if row[1] != "receivable"), key=lambda row: (row[2], row[0]))
    with opened(empty) as w:
        for number, kind, day, more, amount in before:
            post(w, kind, day, more, amount, number)
        post_many(
            w,
            [
                NewReceivable(1, day.isoformat(), (day + timedelta(more)).isoformat(), amount if kind == "receivable" else -amount, number)
                for number, kind, day, more, amount in after
                if kind != "receipt"
            ],
            [NewReceipt(1, day.isoformat(), amount, number, held=more) for number, kind, day, more, amount in after if kind == "receipt"],
        )
        bulk = {day: told(w, day) for day in PROBES}
        assert all(bulk[day] == rebuilt(w, day) for day in PROBES)
    if before:
        return
    with opened(empty) as w:
        for number, kind, day, more, amount in (*receivables, *money):
            post(w, kind, day, more, amount, number)
        assert {day: told(w, day) for day in PROBES} == bulk


@pytest.mark.rule("AR-12")
def test_a_batch_names_what_it_pays(empty) -> None:
    from salescli.ar.actions_many import NewReceipt, NewReceivable, post_many

    with opened(empty) as w:
        day = START.isoformat()
        first = [NewReceivable(1, day, day, 100, "A", order_number="O"), NewReceivable(1, day, day, 100, "B", order_number="P")]
        post_many(w, first, [NewReceipt(1, day, 30, receivable="B")])
        posting = post_many(w, [NewReceivable(1, day, day, -5)], [NewReceipt(1, day, 50, order="P"), NewReceipt(1, day, 10, held=True)])
        assert posting == (1, 2, 2, 55)
        assert told(w, TODAY) == {"A": 95, "B": 20, "RC-202609-0003": -10}
        for line, code in (
            (NewReceipt(1, day, 1, receivable="Z"), "receivable_not_found"),
            (NewReceipt(2, day, 1, receivable="A"), "other_customer"),
        ):
            with pytest.raises(SalesError) as refusal:
                post_many(w, [], [line])
            assert refusal.value.problems[0].code == code
        w.session.rollback()


@pytest.mark.rule("AR-12")
def test_many_allocations_are_logged_as_one_digest_and_verify(book) -> None:
    book.ok("customer add One --code C1")
    with opened(book.path, keep=True) as w:
        from salescli.ar.actions_many import NewReceipt, NewReceivable, post_many

        owed = [NewReceivable(1, START.isoformat(), START.isoformat(), 100 + n, f"R{n:03}") for n in range(300)]
        post_many(w, owed, [NewReceipt(1, TODAY.isoformat(), 20_000, "P")])
    assert book.ok("check").exit == 0
    book.ok("ar receipt C1 100")
    assert book.ok("check").exit == 0
