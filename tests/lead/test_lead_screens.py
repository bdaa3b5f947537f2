"""What people see, in both languages: one story's screens (SALESCLI_GOLDEN=write rewrites them)."""

from __future__ import annotations

import pytest

from tests.conftest import made_once

LEAD = "LD-202611-0001"
NEEDS = '--need 打印机 --spec "A3 彩色" --quantity 12 --use 办公 --pain 漏粉 --solution "TN 系列" --equipment "12 台 A3"'

STORY = (
    ("2026-11-03", "LI", "lead add 王芳 --company 华信科技有限公司 --phone 13812345678 --source fair --amount 48000"),
    ("2026-11-03", "WANG", "lead add 北方商贸公司 --phone 13900000002 --source phone"),
    ("2026-11-03", "LI", f"lead follow {LEAD} 要报价 --intent middle --next +3d --promise 样品 --promise-due fri"),
    ("2026-11-03", "LI", f"lead stage {LEAD} need"),
    ("2026-11-04", "LI", f"lead edit {LEAD} {NEEDS}"),
    ("2026-11-04", "LI", f"lead objection {LEAD} 太贵 --answer 单页成本低"),
    ("2026-11-04", "SU", f"lead comment {LEAD} 找拍板人 --on VS-202611-0001"),
    ("2026-11-05", "FD", "lead reception 韩客 --phone 13900000003 --rep HAN --need 复印纸"),
    ("2026-11-05", "FD", "lead call 赵强 --phone 13987654321 --minutes 3 --invited"),
    ("2026-11-05", "FD", "lead invite 赵强 --on 2026-11-12"),
)
SCREENS = (
    ("add", "2026-11-05", "HAN", "lead add 南方商贸公司 --phone 13900000009 --source fair --dry-run"),
    ("no_source", "2026-11-05", "HAN", "lead add 南方商贸公司"),
    ("second_claim", "2026-11-05", "HAN", "lead add 华信科技 --source phone"),
    ("lookup", "2026-11-05", "FD", "lead lookup 华信科技"),
    ("list", "2026-11-20", "MA", "lead list"),
    ("show", "2026-11-20", "LI", f"lead show {LEAD}"),
    ("log", "2026-11-20", "LI", f"lead log {LEAD}"),
    ("score", "2026-11-20", "LI", f"lead score {LEAD}"),
    ("stage_exit", "2026-11-20", "WANG", "lead stage LD-202611-0002 need"),
    ("stage_reason", "2026-11-20", "LI", f"lead stage {LEAD} deliver"),
    ("stall", "2026-11-25", "SU", "lead stall"),
    ("stall_reason", "2026-11-25", "LI", f"lead follow {LEAD} 再等等 --next +3d"),
    ("assign", "2026-11-05", "LI", f"lead assign {LEAD} WANG --reason 熟悉行业"),
    ("funnel", "2026-11-25", "MA", "lead funnel"),
    ("sources", "2026-11-25", "MA", "lead sources --limit 3"),
    ("register", "2026-11-25", "FD", "lead register"),
    ("desk_report", "2026-11-25", "FD", "lead desk-report"),
    ("arrivals", "2026-11-25", "MA", "lead arrivals"),
    ("lose", "2026-11-25", "LI", f"lead lose {LEAD} --reason 价格 --alternative 翻新机 --dry-run"),
    ("convert", "2026-11-25", "LI", f"lead convert {LEAD} --dry-run"),
    ("today", "2026-11-25", "LI", "today"),
    ("help_group", "2026-11-25", "LI", "lead --help"),
    ("help_follow", "2026-11-25", "LI", "lead follow --help"),
)


@pytest.fixture
@made_once
def told(office):
    """The story up to 5 November."""
    for day, user, line in STORY:
        office.ok(line, user=user, day=day)


@pytest.mark.rule("LED-01", "LED-04", "LED-06", "LED-09", "LED-12", "LED-13", "LED-14", "LED-15", "LED-16", "LED-17")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_screens(told, golden, lang: str) -> None:
    for name, day, user, line in SCREENS:
        result = told.run(line, user=user, day=day, lang=lang)
        golden(f"lead/{name}.{lang}.txt", f"$ salescli {line}   ({user}, {day})\n{result.out}{result.err}[{result.exit}]\n")
