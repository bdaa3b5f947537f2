"""The same team as the quotes have, and a contract with every term."""

from __future__ import annotations

import pytest

from tests.conftest import made_once
from tests.quote.conftest import TERMS, quoted, team  # noqa: F401 - fixtures

FULL = (
    '--pay 30%@sign,60%@delivery,10%@delivery+30 --delivery 2026-12-01 --place 上海 --transport "by us" --way transfer --credit-limit 0 '
    '--credit-days 30 --after-sales "one year" --duties "as usual" --technical-fee 0'
)
C = "CT-202611-0001"


@pytest.fixture
@made_once
def drafted(team):
    """CT-202611-0001: a hundred cartridges at 100.00 with every term."""
    team.ok(f"contract new HX TN2325=100 {FULL}", user="LI")


@pytest.fixture
@made_once
def signed(drafted):
    """The same contract reviewed and signed on 2026-11-03."""
    drafted.ok(f"contract submit {C}", user="LI")
    drafted.ok("approve AP-202611-0001", user="BOSS")
    drafted.ok(f"contract confirm {C} --all", user="LI")
    drafted.ok(f"contract sign {C} --by 何静", user="LI")
