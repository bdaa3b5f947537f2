"""Eight processes writing at once: nothing is lost, no number is missing, the history holds (ORD-17, ORG-09)."""

from __future__ import annotations

import pytest

from tests.conftest import Book
from tests.scenarios.conftest import at_work, begin, ready

WRITERS = 8
EACH = 6


@pytest.mark.rule("ORD-17", "ORG-09", "DAT-03")
def test_eight_writers(office: Book) -> None:
    receipts_before = office.sql("SELECT count(*) FROM receipt")[0][0]
    writers = []
    for n in range(WRITERS):
        pairs = [[["customer", "add", f"Customer {n}-{i}"], ["ar", "receipt", "C1", "10"]] for i in range(EACH // 2)]
        writers.append(at_work(office, [command for pair in pairs for command in pair]))
    for process in writers:
        ready(process)
    for process in writers:
        begin(process)
    ended = [process.communicate(timeout=120) for process in writers]
    lines = [line for out, _err in ended for line in out.splitlines()]
    assert [line for line in lines if not line.startswith("0")] == []
    assert len(lines) == WRITERS * EACH

    count = WRITERS * EACH // 2
    assert office.sql("SELECT count(*) FROM customer") == [(count + 1,)]
    assert office.sql("SELECT count(DISTINCT code) FROM customer") == [(count + 1,)]
    numbers = sorted(number for (number,) in office.sql("SELECT number FROM receipt"))
    assert len(numbers) - receipts_before == count
    assert [int(number[-4:]) for number in numbers] == list(range(1, count + 1))
    assert office.sql("SELECT kept_open FROM receivable WHERE number = 'R1'") == [((10000 - 10 * count) * 100,)]  # no lost update
    office.ok("check")
    office.ok("history --verify")


@pytest.mark.rule("DAT-03")
def test_readers_backups_and_writers_do_not_disturb_each_other(office: Book) -> None:
    jobs = [
        at_work(office, [["ar", "receipt", "C1", "10"]] * 5),
        at_work(office, [["customer", "add", f"Customer {i}"] for i in range(5)]),
        at_work(office, [["ar", "overdue"], ["check"], ["customer", "list"], ["history"]]),
        at_work(office, [["backup", "copies/"], ["backup", "copies/", "--keep", "1"], ["backup", "copy.db"]]),
    ]
    for process in jobs:
        ready(process)
    for process in jobs:
        begin(process)
    lines = [line for process in jobs for line in process.communicate(timeout=120)[0].splitlines()]
    assert [line for line in lines if not line.startswith("0")] == []
    for copy in [*(office.folder / "copies").glob("*.db"), office.folder / "copy.db"]:
        office.ok("check", env={"SALESCLI_DB": str(copy)})
        office.ok(["history", "--verify", "--against", str(copy)])
