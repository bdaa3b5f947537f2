"""Import of contacts with customers made elsewhere: author, day and time stay as they were; nobody judges them again (VIS-01, DAT-02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_, code_label
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_CUSTOMER_FIRST, UNKNOWN_STAFF, Changed, Known, Names, Plan, compare
from salescli.core.jobs_table import Layout
from salescli.core.text import folded
from salescli.customer.states import Channel, Review

if TYPE_CHECKING:
    from salescli.core.jobs import Job

COLUMNS = (
    Column("customer", "text", N_("Customer: code or name."), ("客户", "客户名称", "客户编号", "公司名称"), required=True),
    Column("date", "moment", N_("Day, and time if known: 2026-11-05 14:30."),
           ("日期", "拜访日期", "跟进时间", "跟进日期", "时间", "拜访时间"), required=True),
    Column("time", "text", N_("Time of day, where it has a column of its own: 14:30."), ("时刻", "开始时间"), longest=40),
    Column("staff", "text", N_("Who was in touch: code or name."), ("业务员", "拜访人", "跟进人", "创建人", "负责人"), required=True),
    Column("channel", "text", N_("visit, call, message, meeting, reception, after_sales or other (default: visit)."),
           ("方式", "跟进方式", "拜访方式", "类型")),
    Column("contact", "text", N_("Person met."), ("联系人", "拜访对象"), longest=80),
    Column("purpose", "text", N_("What it was for."), ("目的", "拜访目的", "主题")),
    Column("content", "note", N_("What was said."), ("内容", "跟进内容", "拜访内容", "洽谈内容"), longest=4000),
    Column("need", "note", N_("What he needs."), ("需求", "客户需求"), longest=4000),
    Column("feedback", "note", N_("What he thinks."), ("反馈", "客户反馈"), longest=4000),
    Column("problem", "note", N_("A problem that came up."), ("问题",), longest=4000),
    Column("next_step", "note", N_("The next step."), ("下一步", "下步计划", "下一步计划"), longest=4000),
    Column("next_on", "date", N_("Day of the next contact."), ("下次联系", "下次跟进时间", "下次拜访日期", "下次联系时间")),
    Column("minutes", "count", N_("How long it took."), ("时长", "时长(分钟)"), least=0, most=1440),
    Column("joint", "text", N_("Who came along: code or name."), ("陪同人", "协同拜访")),
)  # fmt: skip
REMARKS = ("备注", "地点")

TEXTS = ("contact", "purpose", "content", "need", "feedback", "problem", "next_step", "next_on", "minutes")
ROW = (
    "number", "day", "time", "channel", "staff_id", "customer_id", *TEXTS, "joint_id", "in_depth", "review", "entered", "import_id",
)  # fmt: skip
WORDS: dict[Channel, tuple[str, ...]] = {
    Channel.VISIT: ("拜访", "上门", "上门拜访", "实地拜访"),
    Channel.CALL: ("电话", "打电话", "电话联系", "电话拜访"),
    Channel.MESSAGE: ("微信", "短信", "邮件", "QQ", "消息"),
    Channel.MEETING: ("会议", "见面拜访", "洽谈"),
    Channel.RECEPTION: ("来访", "接待"),
    Channel.AFTER_SALES: ("回访", "售后回访", "售后"),
    Channel.OTHER: ("其他", "其它"),
}
UNKNOWN_CHANNEL = N_("there is no such way of contact: visit, call, message, meeting, reception, after_sales or other")
IN_FUTURE = N_("this day lies in the future")
BAD_TIME = N_("this is no time of day; write it as 14:30")
NEXT_FIRST = N_("the next contact lies before this one")


def run(job: Job) -> None:
    """Compare the file with the book, write new contacts, and the last contact of their customers."""
    values = _values(job)
    keys = [_key(values, place) for place in range(len(job.table))]
    plan = compare(
        job, keys, _book(job), {key: values[key] for key in (*TEXTS, "joint")}, key_column="customer",
        name=lambda i: f"{values['customer_name'][i]} {values['day'][i]}",
    )  # fmt: skip
    _check_days(job, values)
    if job.start():
        _insert(job, plan, values)
        for change in plan.changed:
            _update(job, change)


def _key(values: dict[str, list[Any]], place: int) -> tuple[Any, ...] | None:
    """A contact is known by customer, day and time, author and channel, and what was said."""
    found = tuple(values[name][place] for name in ("customer", "day", "time", "staff", "channel", "content"))
    return None if None in (found[0], found[1], found[3], found[4]) else found


def _values(job: Job) -> dict[str, list[Any]]:
    """The columns as the book keeps them: ids of customers and people, day and time apart."""
    values: dict[str, list[Any]] = {key: list(job.table.column(key)) for key in TEXTS}
    r = job.w.reader
    customers = Names(r.tuples("SELECT id, code, name FROM customer"), folded)
    staff = Names(r.tuples("SELECT id, code, name FROM staff"), folded)
    values["customer_name"] = list(job.table.column("customer"))
    values["customer"] = job.resolve("customer", _asked(job, "customer", customers), "unknown_customer", UNKNOWN_CUSTOMER_FIRST)
    values["staff"] = job.resolve("staff", _asked(job, "staff", staff), "unknown_staff", UNKNOWN_STAFF)
    values["joint"] = job.resolve("joint", _asked(job, "joint", staff), "unknown_staff", UNKNOWN_STAFF)
    channels = {folded(word): c.value for c, words in WORDS.items() for word in (c.value, code_label(c.value), *words)}
    found = job.resolve("channel", channels, "unknown_channel", UNKNOWN_CHANNEL, fold=folded)
    values["channel"] = [channel or Channel.VISIT.value for channel in found]
    moments = [(moment or "").split(" ") for moment in job.table.column("date")]
    values["day"] = [parts[0] or None for parts in moments]
    apart = job.table.column("time")
    values["time"] = [
        _time(job, n, apart[n]) or (parts[1] if parts[1:] and parts[1] != "00:00" else None) for n, parts in enumerate(moments)
    ]
    values["note"] = list(job.table.column("note")) if job.table.has("note") else [None] * len(job.table)
    return values


def _time(job: Job, place: int, text: str | None) -> str | None:
    """A time of day in a column of its own; a spreadsheet may put seconds behind it, or a day before it."""
    if text is None:
        return None
    found = _CLOCK.search(text)
    if not found or int(found[1]) > 23:
        job.fault(place, "time", "bad_time", BAD_TIME)
        return None
    return f"{int(found[1]):02}:{found[2]}"


def _asked(job: Job, key: str, names: Names) -> dict[str, int]:
    wanted = {text for text in job.table.column(key) if text is not None}
    return {text: found for text in wanted if (found := names.get(text)) is not None}


def _book(job: Job) -> dict[Any, Known]:
    """The contacts of the book, by what they are known by."""
    columns = ", ".join(TEXTS)
    sql = f"SELECT id, customer_id, day, time, staff_id, channel, joint_id, {columns} FROM interaction WHERE customer_id IS NOT NULL"
    found: dict[Any, Known] = {}
    for row_id, customer, day, time, staff, channel, joint, *texts in job.w.reader.tuples(sql):
        values = dict(zip(TEXTS, texts, strict=True))
        found.setdefault((customer, day, time, staff, channel, values["content"]), Known(row_id, {**values, "joint": joint}))
    return found


def _check_days(job: Job, values: dict[str, list[Any]]) -> None:
    today = job.w.today.isoformat()
    for place, (day, following) in enumerate(zip(values["day"], values["next_on"], strict=True)):
        if day is not None and day > today:
            job.fault(place, "date", "in_future", IN_FUTURE)
        if day is not None and following is not None and following < day:
            job.fault(place, "next_on", "next_first", NEXT_FIRST)


def _insert(job: Job, plan: Plan, values: dict[str, list[Any]]) -> None:
    """New contacts, oldest first so that their numbers run with the days; history is accepted as it is."""
    from datetime import date

    today = job.w.today.isoformat()
    rows: list[tuple[Any, ...]] = []
    first = job.w.next_id("interaction")
    places = sorted(plan.new, key=lambda place: (values["day"][place], values["time"][place] or ""))
    for row_id, place in enumerate(places, first):
        row = {key: column[place] for key, column in values.items()}
        number = job.w.number("VS", date.fromisoformat(row["day"]))
        texts = [row[key] for key in TEXTS]
        in_depth = int(row["channel"] == Channel.VISIT and (row["need"] or row["feedback"]) is not None)
        last = (row["joint"], in_depth, Review.ACCEPTED.value, today, job.import_id)
        rows.append((row_id, number, row["day"], row["time"], row["channel"], row["staff"], row["customer"], *texts, *last))
    job.insert("interaction", ROW, rows)
    keep_contacts(job)


def keep_contacts(job: Job) -> None:
    """Last contact and next day of every customer this import is about. VIS-07, VIS-08."""
    from salescli.customer.tables_contact import KEEP_CONTACTS

    sql = f"{KEEP_CONTACTS} WHERE id IN (SELECT i.customer_id FROM interaction i WHERE i.import_id = ?)"
    job.w.reader.connection.execute(sql, (job.import_id,))


def _update(job: Job, change: Changed) -> None:
    from salescli.customer.tables_contact import Interaction

    row = job.w.get(Interaction, change.id)
    for key, value in change.values.items():
        setattr(row, "joint_id" if key == "joint" else key, _day(value) if key == "next_on" else value)
    job.w.add(row)


_CLOCK = re.compile(r"(?:^|[ T])(\d{1,2})[:：]([0-5]\d)(?:[:：][0-5]\d)?$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _day(value: Any) -> Any:
    from datetime import date

    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


KIND = Kind("visits", Layout(COLUMNS, remarks=REMARKS, beside={"时间": "time", "拜访时间": "time"}), run)
