"""Import of the people at customers: known by customer and name, else by customer and telephone (CUS-01, CUS-07, CUS-14)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.alike import normal_phone
from salescli.core.errors import SalesError
from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_CUSTOMER_FIRST, Changed, Known, Names, Plan, compare
from salescli.core.jobs_table import Layout
from salescli.core.phonetic import pinyin
from salescli.core.text import folded
from salescli.customer.rules_care import NOT_YET, birthday, born_on, check_days, lunar_birthday

if TYPE_CHECKING:
    from collections.abc import Callable

    from salescli.core.jobs import Job

COLUMNS = (
    Column("customer", "text", N_("Customer: code or name."), ("客户", "客户名称", "客户编号", "公司名称"), required=True),
    Column("name", "text", N_("Name of the person."), ("姓名", "联系人", "联系人姓名"), longest=80),
    Column("post", "text", N_("Post, as in purchasing."), ("职务", "职位", "部门"), longest=80),
    Column("phone", "phone", N_("Telephone number."), ("电话", "手机", "手机号", "手机号码", "联系电话"), longest=60),
    Column("email", "text", N_("E-mail address."), ("邮箱", "电子邮箱", "E-mail")),
    Column("birthday", "text", N_("Birthday, with or without the year: 1990-05-06 or 5-6."), ("生日", "出生日期"), longest=20),
    Column("lunar_birthday", "text", N_("Birthday by the lunar calendar: 8-15 or 1980-8-15."), ("农历生日", "阴历生日"), longest=12),
    Column("consent", "date", N_("The day he agreed that his data are kept."), ("同意日期", "授权日期")),
    Column("main", "flag", N_("1 = the main contact."), ("主联系人", "主要联系人", "首要联系人")),
    Column("note", "note", N_("Remark."), ("备注", "说明"), longest=4000),
)
PLAIN = ("name", "post", "phone", "email", "birthday", "lunar_birthday", "consent", "note")
ATTRIBUTES = {"consent": "consent_on"}

NOBODY = N_("a contact needs a name, a telephone number or an e-mail address")
TAKEN = N_("this telephone number is that of {customer}")
TWO_MAIN = N_("a customer has one main contact")


def run(job: Job) -> None:
    """Compare the file with the book, write new people, and what changed."""
    values = _values(job)
    keys = [_key(values, place) for place in range(len(job.table))]
    compared = {key: values[key] for key in PLAIN if key != "name"} | {"main": [mark or None for mark in values["main"]]}
    plan = compare(job, keys, _book(job), compared, key_column="customer", name=lambda i: str(values["name"][i] or values["phone"][i]))
    _check(job, values)
    if job.start():
        _insert(job, plan, values)
        for change in plan.changed:
            _update(job, change)


def _key(values: dict[str, list[Any]], place: int) -> tuple[Any, ...] | None:
    customer = values["customer"][place]
    called = values["name"][place] or values["phone"][place] or values["email"][place]
    return None if customer is None or called is None else (customer, folded(called))


def _values(job: Job) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {key: list(job.table.column(key)) for key in (*PLAIN, "main")}
    names = Names(job.w.reader.tuples("SELECT id, code, name FROM customer"), folded)
    wanted = {text for text in job.table.column("customer") if text is not None}
    known = {text: found for text in wanted if (found := names.get(text)) is not None}
    values["customer"] = job.resolve("customer", known, "unknown_customer", UNKNOWN_CUSTOMER_FIRST)
    typed = values["lunar_birthday"]
    for key, read in (("birthday", birthday), ("lunar_birthday", lunar_birthday)):
        values[key] = [_read(job, place, key, read, text) for place, text in enumerate(values[key])]
    for place, known in enumerate(values["lunar_birthday"]):
        values["birthday"][place] = values["birthday"][place] or (born_on(typed[place]) if known else None)
    return values


def _read(job: Job, place: int, key: str, read: Callable[[str | None], str | None], text: str | None) -> str | None:
    try:
        return read(_CLOCK.sub("", text) if text else None)
    except SalesError as error:
        found = error.problems[0]
        job.fault(place, key, found.code, found.message.text, **found.message.facts)
        return None


_CLOCK = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$")
"""A time of day that a spreadsheet puts behind a day."""


def _book(job: Job) -> dict[Any, Known]:
    """The people of the book, by customer and name, else telephone, else e-mail."""
    columns = ", ".join(ATTRIBUTES.get(key, key) for key in PLAIN)
    found: dict[Any, Known] = {}
    for row_id, customer, main, *rest in job.w.reader.tuples(f"SELECT id, customer_id, main, {columns} FROM contact ORDER BY id"):
        values = {**dict(zip(PLAIN, rest, strict=True)), "main": main}
        for called in (values["name"], values["phone"], values["email"]):
            if called:
                found.setdefault((customer, folded(called)), Known(row_id, values))
    return found


def _check(job: Job, values: dict[str, list[Any]]) -> None:
    """Somebody to reach, no telephone of another customer, one main contact each. LED-10."""
    sql = """SELECT k.normal_phone, k.customer_id, c.code FROM contact k JOIN customer c ON c.id = k.customer_id
             WHERE k.normal_phone IS NOT NULL"""
    phones = {phone: (customer, code) for phone, customer, code in job.w.reader.tuples(sql)}
    mains: set[int] = set()
    for place, customer in enumerate(values["customer"]):
        if not any(values[key][place] for key in ("name", "phone", "email")):
            job.fault(place, "name", "contact_empty", NOBODY)
        for found in check_days({ATTRIBUTES.get(key, key): values[key][place] for key in ("birthday", "consent")}, job.w.today):
            job.fault(place, str(found.message.facts["field"]).removesuffix("_on"), found.code, NOT_YET, **found.message.facts)
        phone = normal_phone(values["phone"][place])
        if phone in phones and customer is not None and phones[phone][0] != customer:
            job.fault(place, "phone", "phone_taken", TAKEN, customer=phones[phone][1])
        if values["main"][place]:
            if customer in mains:
                job.fault(place, "main", "two_main", TWO_MAIN)
            mains.add(customer)


def _insert(job: Job, plan: Plan, values: dict[str, list[Any]]) -> None:
    """New people; the first of a customer without any is the main contact, as is whom the file marks."""
    from salescli.customer.tables import Contact

    mains = dict(job.w.reader.tuples("SELECT customer_id, id FROM contact WHERE main = 1"))
    marked = {values["customer"][place] for place in plan.new if values["main"][place]}
    for customer in marked & mains.keys():
        job.w.get(Contact, mains[customer]).main = False
    job.w.flush()
    rows: list[tuple[Any, ...]] = []
    first = job.w.next_id("contact")
    for row_id, place in enumerate(plan.new, first):
        customer = values["customer"][place]
        main = bool(values["main"][place]) or (customer not in mains and customer not in marked)
        if main:
            mains[customer] = row_id
        compared = normal_phone(values["phone"][place]), pinyin(values["name"][place])
        rows.append((row_id, customer, int(main), *[values[key][place] for key in PLAIN], *compared))
    job.insert("contact", ("customer_id", "main", *(ATTRIBUTES.get(key, key) for key in PLAIN), "normal_phone", "pinyin"), rows)


def _update(job: Job, change: Changed) -> None:
    from salescli.customer.tables import Contact

    row = job.w.get(Contact, change.id)
    if "main" in change.values:
        former = job.w.reader.value("SELECT id FROM contact WHERE customer_id = :id AND main = 1", id=row.customer_id)
        if former is not None:
            job.w.get(Contact, former).main = False
            job.w.flush()
        row.main = True
    for key, value in change.values.items():
        if key == "main":
            continue
        setattr(row, ATTRIBUTES.get(key, key), date.fromisoformat(value) if key == "consent" else value)
    job.w.add(row)


KIND = Kind("contacts", Layout(COLUMNS), run)
