"""Import of leads (LED-01, F-14), known by name, phone and the day they were filed; history keeps its days and asks for nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from salescli.core.alike import normal_name, normal_phone
from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_STAFF, Changed, Known, Names, Plan, compare
from salescli.core.jobs_table import Layout
from salescli.core.phonetic import pinyin
from salescli.core.record import NamedTuple
from salescli.core.text import folded
from salescli.customer import reads_owner
from salescli.customer.states import OwnerMove
from salescli.lead.reads_source import spellings
from salescli.lead.states import LeadState, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from salescli.core.jobs import Job

COLUMNS = (
    Column("name", "text", N_("Person, company or project."), ("线索名称", "名称", "姓名", "联系人", "客户姓名"), required=True),
    Column("company", "text", N_("The company he belongs to."), ("公司", "公司名称", "单位", "客户名称")),
    Column("phone", "phone", N_("Telephone number."), ("电话", "手机", "手机号", "手机号码", "联系电话"), longest=60),
    Column("source", "text", N_("How they heard of us: code or name; --create adds a new one."), ("来源", "线索来源", "渠道"), longest=80),
    Column("staff", "text", N_("Owner: code or name of a staff member; empty = the pool."), ("负责人", "业务员", "销售", "归属人")),
    Column("created", "date", N_("Day it was filed (default: today)."), ("创建日期", "创建时间", "录入日期", "备案日期")),
    Column("stage", "text", N_("Stage it stands in, or stood in last."), ("阶段", "销售阶段")),
    Column("amount", "amount", N_("Amount expected."), ("金额", "预计金额", "预计成交金额"), least=0),
    Column("expected", "date", N_("Day the order is expected."), ("预计成交日期", "预计日期")),
    Column("closed", "date", N_("Day it ended."), ("结束日期", "关闭日期", "成交日期")),
    Column("outcome", "text", N_("How it ended: won, lost, invalid or duplicate."), ("结果", "成交结果", "状态")),
)  # fmt: skip

REMARKS = ("备注", "地址", "微信")
OUTCOMES = {"won": ("赢单", "成交", "已成交"), "lost": ("输单", "丢单", "失败"), "invalid": ("无效",), "duplicate": ("重复",)}

STAGE_WORDS: dict[Stage, tuple[str, ...]] = {
    Stage.DEVELOP: ("开发培育", "开发", "培育", "初步接触"),
    Stage.NEED: ("需求", "需求确认", "方案"),
    Stage.VALUE: ("价值呈现", "异议处理"),
    Stage.NEGOTIATE: ("谈判签约", "谈判", "商务谈判", "签约"),
    Stage.DELIVER: ("交付跟踪", "交付"),
    Stage.PAUSED: ("暂停", "搁置"),
}
"""What a file may call a stage; how a lead ended stands in its outcome."""

UNKNOWN_SOURCE = N_("there is no source of this code or name; --create adds it")
UNKNOWN_STAGE = N_("there is no stage of this name: develop, need, value, negotiate, deliver, paused")
UNKNOWN_OUTCOME = N_("the outcome is won, lost, invalid or duplicate")
NOT_CLOSED = N_("an outcome and the day it ended go together")
ENDED_FIRST = N_("it ended before it was filed")
IN_FUTURE = N_("this day lies in the future")
OVER_CAP = N_("{staff} would hold {count:,} without a deal; the cap is {cap:,}")
NO_CUSTOMER = N_("{lead} is won once its customer is made: salescli lead convert {lead}")
CUSTOMERS = N_("{lead} is a customer's; it ends as won or lost")
OTHER_END = N_("it is closed ({outcome:code}) in the book; an import does not open it again or end it otherwise")

LEAD = (
    "number", "name", "normal_name", "pinyin", "company", "phone", "normal_phone", "source", "staff_id", "owner_since", "filed_by",
    "created", "state", "stage", "stage_since", "amount", "expected", "closed", "note", "import_id",
)  # fmt: skip
STAGE_LOG = ("lead_id", "day", "former", "stage", "staff_id", "reason")
OWNER_LOG = ("day", "lead_number", "former_id", "owner_id", "operator_id", "move")
PLAIN = ("company", "source", "amount", "expected")


class Ended(NamedTuple):
    """State and stage of a lead by the file's stage and outcome."""

    state: str
    stage: str


def run(job: Job) -> None:
    """Compare the file with the book, write new leads with their first owner and stage, and what changed."""
    values = _values(job)
    keys = list(zip(values["name"], map(normal_phone, values["phone"]), values["created"], strict=True))
    known = _book(job)
    compared = {key: values[key] for key in (*PLAIN, "staff", "stage", "closed", "outcome")}
    plan = compare(job, keys, known, compared, key_column="name", name=lambda i: str(values["name"][i]))
    _check_days(job, values)
    _check_reopened(job, plan, known, keys)
    _check_customers(job, plan)
    _check_caps(job, plan, values)
    if job.start():
        _insert(job, plan, values)
        for change in plan.changed:
            _update(job, change)


def _values(job: Job) -> dict[str, list[Any]]:
    """The columns as the book keeps them."""
    values = {key: list(job.table.column(key)) for key in ("name", "company", "phone", "created", "amount", "expected", "closed", "note")}
    today = job.w.today.isoformat()
    values["created"] = [day or today for day in values["created"]]
    staff = Names(job.w.reader.tuples("SELECT id, code, name FROM staff"), folded)
    asked = {text for text in job.table.column("staff") if text is not None}
    values["staff"] = job.resolve("staff", {t: i for t in asked if (i := staff.get(t)) is not None}, "unknown_staff", UNKNOWN_STAFF)
    values["source"] = job.resolve("source", _sources(job), "unknown_source", UNKNOWN_SOURCE, fold=folded)
    stages = {folded(word): stage.value for stage, words in STAGE_WORDS.items() for word in (stage.value, *words)}
    values["stage"] = job.resolve("stage", stages, "unknown_stage", UNKNOWN_STAGE, fold=folded)
    ends = {folded(word): code for code, words in OUTCOMES.items() for word in (code, *words)}
    values["outcome"] = job.resolve("outcome", ends, "unknown_outcome", UNKNOWN_OUTCOME, fold=folded)
    return values


def _sources(job: Job) -> dict[str, str]:
    """What may stand for a channel; with --create new ones are themselves, written when the import starts."""
    known = spellings(job.w.reader)
    if job.options.create:
        fresh = {folded(text): text for text in job.table.column("source") if text is not None and folded(text) not in known}
        job.extras["new_sources"] = {key.replace(" ", "_"): text for key, text in fresh.items()}
        known |= {key: key.replace(" ", "_") for key in fresh}
    return known


def _book(job: Job) -> dict[Any, Known]:
    """The leads of the book on the days the file names, by name, phone and day."""
    sql = """SELECT l.id, l.name, l.normal_phone, l.created, l.company, l.source, l.amount, l.expected, l.staff_id, l.state, l.stage,
                    l.closed, CASE WHEN l.stage IN ('won', 'lost') THEN
                    (SELECT g.former FROM stage_change g WHERE g.lead_id = l.id ORDER BY g.id DESC LIMIT 1) ELSE l.stage END
             FROM lead l ORDER BY l.id"""
    found: dict[Any, Known] = {}
    for row_id, name, phone, created, company, source, amount, expected, staff, state, stage, closed, last in job.w.reader.tuples(sql):
        ended = stage if stage in OUTCOMES else state if state in OUTCOMES else None
        values = {"company": company, "source": source, "amount": amount, "expected": expected, "staff": staff}
        values |= {"stage": last, "closed": closed, "outcome": ended}
        found.setdefault((name, phone, created), Known(row_id, values))
    return found


# --- what may not be ------------------------------------------------------------------------------------------------------------


def _check_days(job: Job, values: dict[str, list[Any]]) -> None:
    today = job.w.today.isoformat()
    for place, (created, closed, outcome) in enumerate(zip(values["created"], values["closed"], values["outcome"], strict=True)):
        if (closed is None) != (outcome is None):
            job.fault(place, "closed" if closed is None else "outcome", "not_closed", NOT_CLOSED)
        elif closed is not None and closed < created:
            job.fault(place, "closed", "ended_first", ENDED_FIRST)
        if created > today or (closed or "") > today:
            job.fault(place, "created" if created > today else "closed", "in_future", IN_FUTURE)


def _check_reopened(job: Job, plan: Plan, known: dict[Any, Known], keys: Sequence[Any]) -> None:
    """What has ended in the book stays as it is."""
    for change in plan.changed:
        if known[keys[change.place]].values["outcome"] and change.values.keys() & {"stage", "closed", "outcome", "staff"}:
            job.fault(change.place, "outcome", "other_end", OTHER_END, outcome=known[keys[change.place]].values["outcome"])


def _check_customers(job: Job, plan: Plan) -> None:
    """What was filed here is won with its customer only, and no customer's lead proves to be none; history may lack both. LED-12, ST-01."""
    ending = {change.id: change for change in plan.changed if change.values.get("outcome")}
    wanted = ", ".join(map(str, ending))
    sql = f"SELECT id, number, customer_id, import_id FROM lead WHERE id IN ({wanted}) ORDER BY id"
    for row_id, number, customer, imported in job.w.reader.tuples(sql) if ending else ():
        place, outcome = ending[row_id].place, ending[row_id].values["outcome"]
        if outcome == Stage.WON and customer is None and imported is None:
            job.fault(place, "outcome", "no_customer", NO_CUSTOMER, lead=number)
        if outcome not in (Stage.WON, Stage.LOST) and customer is not None:
            job.fault(place, "outcome", "customers_lead", CUSTOMERS, lead=number)


def _check_caps(job: Job, plan: Plan, values: dict[str, list[Any]]) -> None:
    """Nobody is given more open leads than he may hold, by an import neither. LED-11."""
    coming: Counter[int] = Counter()
    cap = job.w.policy("pool.hold_cap")
    held: dict[int, int] = {}
    places = [*plan.new, *(change.place for change in plan.changed if "staff" in change.values)]
    for place in places:
        owner = values["staff"][place]
        if owner is None or values["outcome"][place] is not None:
            continue
        if owner not in held:
            held[owner] = reads_owner.held(job.w.reader, owner)
        coming[owner] += 1
        if held[owner] + coming[owner] > cap:
            code = reads_owner.code_of(job.w.reader, owner)
            job.fault(place, "staff", "hold_cap", OVER_CAP, staff=code, count=held[owner] + coming[owner], cap=cap)


# --- writing ----------------------------------------------------------------------------------------------------------------------


def _ended(stage: str | None, outcome: str | None) -> Ended:
    """State and stage by what the file says: won and lost end in the funnel, invalid and duplicate before it."""
    here = stage or Stage.DEVELOP.value
    if outcome in (Stage.WON, Stage.LOST):
        return Ended((LeadState.LOST if outcome == Stage.LOST else LeadState.CONTACTED).value, outcome)
    if outcome is not None:
        return Ended(outcome, here)
    return Ended((LeadState.NEW if here == Stage.DEVELOP else LeadState.CONTACTED).value, here)


def _insert(job: Job, plan: Plan, values: dict[str, list[Any]]) -> None:
    """New leads with their stage log (where they came in, where they ended) and their first owner, from today on theirs. LED-11."""

    w, today = job.w, job.w.today.isoformat()
    fresh = job.extras.get("new_sources", {})
    first = w.next_id("lead_source")
    job.insert("lead_source", ("code", "name"), [(first + n, code, name) for n, (code, name) in enumerate(fresh.items())])
    rows: list[tuple[Any, ...]] = []
    moves: list[tuple[Any, ...]] = []
    owners: list[tuple[Any, ...]] = []
    lead_id = w.next_id("lead")
    for lead_id, place in enumerate(plan.new, lead_id):  # noqa: B020 - the first id is where they begin
        row = {key: column[place] for key, column in values.items()}
        number, ended = _number(job, row["created"]), _ended(row["stage"], row["outcome"])
        rows.append((lead_id, *_lead_row(job, row, number, ended)))
        moves.append((lead_id, row["created"], None, row["stage"] or Stage.DEVELOP.value, None, None))
        if ended.stage in OUTCOMES:
            moves.append((lead_id, row["closed"], row["stage"] or Stage.DEVELOP.value, ended.stage, None, None))
        owners.append((today, number, None, row["staff"], w.actor.id or None, OwnerMove.IMPORTED.value))
    job.insert("lead", LEAD, rows)
    job.insert("stage_change", STAGE_LOG, list(_numbered(w.next_id("stage_change"), moves)))
    job.insert("owner_change", OWNER_LOG, list(_numbered(w.next_id("owner_change"), owners)))


def _numbered(first: int, rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    return ((first + n, *row) for n, row in enumerate(rows))


def _number(job: Job, created: str) -> str:
    from datetime import date

    return job.w.number("LD", date.fromisoformat(created))


def _lead_row(job: Job, row: dict[str, Any], number: str, ended: Ended) -> tuple[Any, ...]:
    """The values of LEAD."""
    called = row["company"] or row["name"]
    since = row["closed"] if ended.stage in OUTCOMES else row["created"]
    return (
        number, row["name"], normal_name(called), pinyin(called), row["company"], row["phone"], normal_phone(row["phone"]), row["source"],
        row["staff"], job.w.today.isoformat(), row["staff"], row["created"], ended.state, ended.stage, since, row["amount"],
        row["expected"], row["closed"], row["note"], job.import_id,
    )  # fmt: skip


def _update(job: Job, change: Changed) -> None:
    """What the file says otherwise: fields, owner, stage, end."""
    from datetime import date

    from salescli.lead.actions import sounds
    from salescli.lead.actions_owner import change_owner
    from salescli.lead.actions_stage import move
    from salescli.lead.tables import Lead

    lead = job.w.get(Lead, change.id)
    for key in change.values.keys() & set(PLAIN):
        value = change.values[key]
        setattr(lead, key, date.fromisoformat(value) if key == "expected" else value)
    if "company" in change.values:
        for key, value in sounds({"name": lead.name, "company": lead.company, "phone": lead.phone}).items():
            setattr(lead, key, value)
    if "staff" in change.values:
        change_owner(job.w, lead, change.values["staff"], OwnerMove.IMPORTED, job.source.name)
    if "stage" in change.values:
        move(job.w, lead, Stage(change.values["stage"]), job.source.name)
    if "outcome" in change.values:
        _end(job, lead, change.values)
    job.w.flush()


def _end(job: Job, lead: Any, values: dict[str, Any]) -> None:
    from datetime import date

    from salescli.lead.actions_stage import move

    day, outcome = date.fromisoformat(values["closed"]), values["outcome"]
    if outcome in (Stage.WON, Stage.LOST):
        move(job.w, lead, Stage(outcome), job.source.name, day=max(day, lead.stage_since))
    ended = _ended(None, outcome)
    lead.closed, lead.next_on = day, None
    if lead.customer_id is None and ended.state != LeadState.CONTACTED:
        lead.state = ended.state


KIND = Kind("leads", Layout(COLUMNS, remarks=REMARKS), run)
