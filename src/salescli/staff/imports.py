"""Import of staff: superiors may be named before they appear (ORG-01, ORG-02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salescli.core.access import ROLES
from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import Known, Plan, compare
from salescli.core.jobs_table import Layout
from salescli.core.phonetic import pinyin
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.jobs import Job
    from salescli.core.reader import Reader

COLUMNS = (
    Column("code", "code", N_("Short code, such as E1."), ("工号", "编号", "员工编号", "代码", "编码"), required=True, longest=40),
    Column("name", "text", N_("Full name."), ("姓名", "名称", "员工姓名"), required=True),
    Column("role", "text", N_("Role, several parted by ; (rep, manager, finance…)."), ("角色", "职务", "岗位", "职位"), required=True),
    Column(
        "superior", "code", N_("Code of the direct superior; he may come later in the file."), ("上级", "直接上级", "主管工号"), longest=40
    ),
    Column("region", "text", N_("Sales region."), ("区域", "地区", "大区"), longest=80),
    Column("hired", "date", N_("Day of entry."), ("入职日期", "入职", "入职时间")),
    Column("os_account", "code", N_("Account of the operating system."), ("系统账号", "系统帐号", "登录名"), longest=80),
)

ROLE_NAMES = {
    "业务员": "rep", "销售": "rep", "销售员": "rep", "销售代表": "rep", "业务代表": "rep", "业务": "rep",
    "助理": "support", "销售助理": "support",
    "前台": "front_desk", "主管": "supervisor", "销售主管": "supervisor", "组长": "supervisor", "经理": "manager", "销售经理": "manager",
    "区域经理": "manager", "总监": "director", "销售总监": "director", "管理层": "management", "总经理": "management", "财务": "finance",
    "会计": "finance", "审计": "audit", "客服": "service", "售后": "service", "仓库": "warehouse", "仓管": "warehouse", "库管": "warehouse",
    "采购": "purchasing", "管理员": "admin", "系统管理员": "admin",
}  # fmt: skip
"""What the roles are called in Chinese files."""

NO_ROLE = N_("there is no role {role}; roles: {known:choice}")
NO_SUPERIOR = N_("there is nobody of this code, neither in the file nor in the book")
OWN_SUPERIOR = N_("the superiors lead in a circle: {circle}")
ACCOUNT_TAKEN = N_("the OS account belongs to {staff}")
FIELDS = ("code", "name", "superior_id", "region", "hired", "os_account", "pinyin", "unit", "post", "phone", "email", "left_on")


def run(job: Job) -> None:
    """Compare the file with the book, check superiors and accounts, write new staff with their roles and what changed."""
    codes = [folded(code) if code else None for code in job.table.column("code")]
    known = _known(job.w.reader)
    superiors = _superiors(job, codes, known)
    roles = _roles(job)
    values = {
        "name": job.table.column("name"), "role": roles, "superior": superiors, "region": job.table.column("region"),
        "hired": job.table.column("hired"), "os_account": job.table.column("os_account"),
    }  # fmt: skip
    plan = compare(job, codes, known, values, key_column="code", name=lambda i: str(job.table.column("code")[i]))
    _check_circles(job, codes, superiors, known)
    _check_accounts(job, codes, known)
    if job.start():
        _insert(job, plan, codes, values, known)
        _update(job, plan, {code: found.id for code, found in known.items()})


def _known(r: Reader) -> dict[Any, Known]:
    """Everybody in the book by folded code; superiors as folded codes, roles as sorted tuples."""
    roles: dict[int, list[str]] = {}
    for staff_id, role in r.tuples("SELECT staff_id, role FROM staff_role ORDER BY role"):
        roles.setdefault(staff_id, []).append(role)
    sql = """SELECT s.id, s.code, s.name, u.code, s.region, s.hired, s.os_account
             FROM staff s LEFT JOIN staff u ON u.id = s.superior_id"""
    return {
        folded(code): Known(
            row_id,
            {
                "name": name, "superior": folded(superior) if superior else None, "region": region, "hired": hired,
                "os_account": account, "role": tuple(roles.get(row_id, ())),
            },
        )
        for row_id, code, name, superior, region, hired, account in r.tuples(sql)
    }  # fmt: skip


def _superiors(job: Job, codes: Sequence[str | None], known: Mapping[Any, Known]) -> list[str | None]:
    """Superiors as folded codes; named as faults when nobody bears the code."""
    everybody = {code: code for code in (*known, *filter(None, codes))}
    return job.resolve("superior", everybody, "unknown_superior", NO_SUPERIOR, fold=folded)


def _roles(job: Job) -> list[tuple[str, ...] | None]:
    found: list[tuple[str, ...] | None] = []
    for place, text in enumerate(job.table.column("role")):
        words = [word for word in re.split(r"[;,，；、/|]+", text or "") if word.strip()]
        roles = [ROLE_NAMES.get(word.strip(), folded(word.strip()).replace(" ", "_")) for word in words]
        for role in roles:
            if role not in ROLES:
                job.fault(place, "role", "unknown_role", NO_ROLE, role=role, known=list(ROLES))
        found.append(tuple(sorted(set(roles))) or None)
    return found


def _check_circles(job: Job, codes: Sequence[str | None], superiors: Sequence[str | None], known: Mapping[Any, Known]) -> None:
    """Nobody may be his own superior over any number of steps. ORG-02."""
    above = {code: found.values["superior"] for code, found in known.items()}
    above |= {code: up for code, up in zip(codes, superiors, strict=True) if code and up}
    for place, (code, up) in enumerate(zip(codes, superiors, strict=True)):
        path = [code]
        while up is not None and up not in path:
            path.append(up)
            up = above.get(up)
        if code is not None and up == code:
            circle = " > ".join(str(step) for step in (*path, code))
            job.fault(place, "superior", "superior_circle", OWN_SUPERIOR, circle=circle)


def _check_accounts(job: Job, codes: Sequence[str | None], known: Mapping[Any, Known]) -> None:
    """An OS account is one person's. ORG-07."""
    owner = {found.values["os_account"]: code for code, found in known.items() if found.values["os_account"]}
    for place, (code, account) in enumerate(zip(codes, job.table.column("os_account"), strict=True)):
        if account and owner.setdefault(account, code) != code:
            job.fault(place, "os_account", "account_taken", ACCOUNT_TAKEN, staff=owner[account])


def _insert(job: Job, plan: Plan, codes: Sequence[str | None], values: Mapping[str, Sequence[Any]], known: Mapping[Any, Known]) -> None:
    """New people, superiors before those they lead: a superior must be in the table when he is referred to."""

    ups = {codes[i]: values["superior"][i] for i in plan.new}
    ordered = sorted(plan.new, key=lambda i: _depth(codes[i], ups))
    first = job.w.next_id("staff")
    ids = {code: found.id for code, found in known.items()} | {codes[i]: first + n for n, i in enumerate(ordered)}
    code, name = job.table.column("code"), values["name"]
    rows = [
        (
            ids[codes[i]], code[i], name[i], ids.get(values["superior"][i]), values["region"][i], values["hired"][i],
            values["os_account"][i], pinyin(name[i]), None, None, None, None, None,
        )
        for i in ordered
    ]  # fmt: skip
    job.insert("staff", FIELDS, rows)
    held = [(ids[codes[i]], role) for i in ordered for role in values["role"][i]]
    start = job.w.next_id("staff_role")
    job.insert("staff_role", ("staff_id", "role"), [(start + n, *pair) for n, pair in enumerate(held)])
    job.extras["ids"] = ids


def _depth(code: str | None, ups: Mapping[str | None, str | None]) -> int:
    steps = 0
    while code in ups and ups[code] is not None:
        code = ups[code]
        steps += 1
    return steps


def _update(job: Job, plan: Plan, known: Mapping[Any, int]) -> None:
    from salescli.core.tables import Staff

    ids = job.extras.get("ids", known)
    for change in plan.changed:
        person = job.w.get(Staff, change.id)
        values = dict(change.values)
        if "role" in values:
            _set_roles(job, change.id, values.pop("role"))
        if "superior" in values:
            person.superior_id = ids[values.pop("superior")]
        if "name" in values:
            person.pinyin = pinyin(values["name"])
        for field, value in values.items():
            setattr(person, field, value)
        job.w.add(person)


def _set_roles(job: Job, staff_id: int, roles: Sequence[str]) -> None:
    from salescli.core.tables import StaffRole

    for row_id, role in job.w.reader.tuples("SELECT id, role FROM staff_role WHERE staff_id = :id", id=staff_id):
        if role not in roles:
            job.w.session.delete(job.w.get(StaffRole, row_id))
    held = job.w.reader.column("SELECT role FROM staff_role WHERE staff_id = :id", id=staff_id)
    for role in roles:
        if role not in held:
            job.w.add(StaffRole(staff_id=staff_id, role=role))


KIND = Kind("staff", Layout(COLUMNS), run)
