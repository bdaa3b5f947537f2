"""One working week of a sales office, Monday to Saturday and the month's end: commands in, screens out, in both languages.

A walk-in and a call, a double refused, a claim and its cap, visits accepted and rejected, a promise, a complaint that climbs on the second
day, a lead that stands still, a customer lost to the pool and taken by another, a leaver, the Saturday sheet, the points of the month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Book

BEFORE = (
    ("2026-10-19", None, 'staff add MA "马经理" --role manager --superior ADMIN'),
    ("2026-10-19", None, 'staff add SU "苏主管" --role supervisor --superior MA'),
    ("2026-10-19", None, "staff add LI 李雷 --role rep --superior SU"),
    ("2026-10-19", None, "staff add WANG 王强 --role rep --superior SU"),
    ("2026-10-19", None, "staff add HAN 韩梅 --role rep --superior SU"),
    ("2026-10-19", None, "staff add FD 陈前台 --role front_desk --superior MA"),
    ("2026-10-19", None, "staff add SVC 孙客服 --role service --superior MA"),
    ("2026-10-19", None, "policy set pool.daily_claims 1 --reason 公海客户不多"),
    ("2026-10-19", None, "staff duty set 甲组 --members LI,WANG"),
    (
        "2026-10-19",
        "LI",
        "customer add 华信科技有限公司 --code HX --contact 王芳 --phone 13812345678 --region 华东 --source fair --class A --address 人民路",
    ),
    (
        "2026-10-24",
        "WANG",
        "customer add 东方电子有限公司 --code DF --contact 赵强 --phone 13900000001 --region 华东 --address 中山路8号 --source phone",
    ),
    (
        "2026-10-24",
        "HAN",
        "customer add 北斗印刷厂 --code BD --contact 陆明 --phone 13900000002 --region 华东 --address 中山路8号 --source phone",
    ),
    (
        "2026-10-24",
        "HAN",
        "customer add 长江文具 --code CJ --contact 何静 --phone 13900000003 --region 华东 --address 中山路8号 --source fair",
    ),
    ("2026-11-02", "LI", "lead add 周涛 --company 云海教育 --phone 13900000009 --source fair"),
    ("2026-11-02", "LI", "lead follow LD-202611-0001 要试用 --intent middle --next +14d"),
    ("2026-11-16", "LI", "customer visit HX --need 硒鼓 --feedback 满意 --step 报价 --next 2026-11-23"),
    ("2026-11-17", "SU", "visit accept --all-of LI"),
    ("2026-11-20", "HAN", "customer visit CJ --channel call --talk 问候 --next 2026-11-27"),
    ("2026-11-20", "MA", "staff duty rotate --period 2026-W48"),
)


class Said(NamedTuple):
    """A command of the week: day, who, the line, and the exit status it ends with."""

    day: str
    user: str
    line: str
    exit: int = 0


MON, TUE, WED, THU, FRI, SAT, END = (f"2026-11-{day}" for day in (23, 24, 25, 26, 27, 28, 30))

WEEK = (
    # Monday: the front desk receives, a rep tries what is another's, the first visits.
    Said(MON, "LI", "today"),
    Said(MON, "FD", "staff duty today"),
    Said(MON, "FD", "lead reception 刘敏 --phone 13911112222 --need 复印纸 --source walk_in --time 09:40"),
    Said(MON, "FD", "lead call 王芳 --phone 13812345678 --need 硒鼓 --minutes 4"),
    Said(MON, "LI", "lead confirm RE-202611-0001 --source walk_in"),
    Said(MON, "WANG", "customer add 华信科技公司 --phone 13812345678", 4),
    Said(MON, "WANG", "lead add 王芳 --company 华信科技 --source phone", 4),
    Said(MON, "LI", "customer visit HX --need '硒鼓 30 支' --feedback 嫌贵 --step 报价 --next fri --promise 样品两支 --promise-due wed"),
    Said(MON, "SVC", "service open HX 三支墨盒漏墨 --about LI"),
    Said(MON, "FD", "lead desk-tell"),
    # Tuesday: cron takes what nobody spoke to, a visit is sent back, a lead that stands still is questioned.
    Said(TUE, "ADMIN", "pool run"),
    Said(TUE, "LI", "customer pool"),
    Said(TUE, "LI", "customer claim BD"),
    Said(TUE, "LI", "customer claim DF", 4),
    Said(TUE, "HAN", "customer visit CJ --need 未知 --feedback 无 --step 再说 --next fri"),
    Said(TUE, "SU", "today"),
    Said(TUE, "SU", "visit reject VS-202611-0007 --reason 看不出客户要什么"),
    Said(TUE, "SU", "visit accept --all-of LI"),
    Said(TUE, "SU", "lead stall"),
    Said(TUE, "SU", "lead comment LD-202611-0001 卡在哪里？问清谁拍板"),
    Said(TUE, "LI", "lead follow LD-202611-0001 还在比较 --next fri", 4),
    Said(TUE, "LI", "lead follow LD-202611-0001 还在比较 --next fri --stall torn"),
    # Wednesday: the promise is due; the pool's customer goes to somebody else; its former owner waits.
    Said(WED, "LI", "today"),
    Said(WED, "LI", "customer promise keep PM-202611-0001"),
    Said(WED, "WANG", "customer claim DF", 4),
    Said(WED, "HAN", "customer claim DF"),
    Said(WED, "HAN", "customer owners DF"),
    Said(WED, "HAN", "visit edit VS-202611-0007 --need 每月复印纸20箱 --feedback 现供应商送货慢 --step 带样品"),
    Said(WED, "LI", "customer visit BD --need 色带 --feedback 愿意试用 --step 送样 --next mon"),
    Said(WED, "SVC", "service list --open"),
    # Thursday: two days are over without a solution.
    Said(THU, "SU", "today"),
    Said(THU, "SVC", "service show SV-202611-0001"),
    Said(THU, "SVC", "service solve SV-202611-0001 免费更换三支 --cause 产品质量"),
    Said(THU, "SVC", "service tell SV-202611-0001"),
    Said(THU, "LI", "customer history HX"),
    # Friday: one of the reps leaves.
    Said(FRI, "SU", "visit accept VS-202611-0007"),
    Said(FRI, "MA", "staff handover HAN --to WANG,LI --reason 离职 --dry-run"),
    Said(FRI, "MA", "staff handover HAN --to WANG,LI --reason 离职"),
    Said(FRI, "HAN", "today"),
    Said(FRI, "WANG", "today"),
    Said(FRI, "SU", "visit accept --all-of LI"),
    # Saturday: the summary meeting.
    Said(SAT, "SU", "meeting agenda wrapup"),
    Said(SAT, "SU", "week --team"),
    Said(SAT, "MA", "lead funnel"),
    # The last day of the month: points.
    Said(END, "SU", "visit points"),
    Said(END, "LI", "visit points"),
)


def _screen(book: Book, said: Said, lang: str) -> str:
    result = book.run(said.line, day=said.day, user=said.user, lang=lang)
    assert result.exit == said.exit, f"{said.day} {said.user}: {said.line}\n{result.out}{result.err}"
    return f"{said.day} {said.user}$ salescli {said.line}\n{result.out}{result.err}"


@pytest.mark.rule(
    "LED-06",
    "LED-08",
    "LED-09",
    "LED-10",
    "LED-11",
    "LED-13",
    "VIS-01",
    "VIS-02",
    "VIS-09",
    "VIS-10",
    "VIS-13",
    "CUS-09",
    "SVC-02",
    "ORG-06",
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_working_week(book: Book, golden: Callable[[str, str], None], lang: str) -> None:
    for day, user, line in BEFORE:
        book.ok(line, day=day, user=user)
    told = "\n".join(_screen(book, said, lang) for said in WEEK)
    assert "all hold" in book.ok("check", day=END).out
    golden(f"scenarios/week.{lang}.txt", told)
