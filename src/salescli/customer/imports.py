"""Import of customers (CUS-01, F-01): known by code, else tax number, else name and phone, else an exact unique name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from salescli.core.alike import normal_name, normal_phone
from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import UNKNOWN_STAFF, Changed, Known, Names, Plan, compare
from salescli.core.jobs_table import Layout
from salescli.core.numbering import next_code
from salescli.core.phonetic import pinyin
from salescli.core.text import folded
from salescli.customer.imports_owner import check_caps, hand_over, log_owners
from salescli.customer.reads_source import source_codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.jobs import Job
    from salescli.core.reader import Reader

COLUMNS = (
    Column("name", "text", N_("Full name."), ("客户名称", "名称", "客户", "公司名称", "单位名称"), required=True),
    Column(
        "code",
        "code",
        N_("Code; without it the customer gets the next one."),
        ("客户编号", "客户编码", "编号", "编码", "客户ID"),
        longest=60,
    ),
    Column("short_name", "text", N_("Short name."), ("简称", "客户简称"), longest=80),
    Column("kind", "text", N_("Kind, such as dealer or end user."), ("客户类型", "类型", "性质"), longest=40),
    Column("region", "text", N_("Region."), ("区域", "地区", "大区"), longest=80),
    Column("industry", "text", N_("Industry."), ("行业", "所属行业"), longest=80),
    Column("class", "text", N_("Class, such as A."), ("等级", "级别", "客户等级", "客户级别"), longest=40),
    Column("source", "text", N_("Where the customer came from."), ("来源", "客户来源"), longest=80),
    Column("staff", "text", N_("Owner: code or name of a staff member."), ("负责人", "业务员", "销售", "归属人", "所属业务员")),
    Column("contact", "text", N_("Name of the main contact."), ("联系人", "主要联系人"), longest=80),
    Column("phone", "phone", N_("Phone of the main contact."), ("手机", "手机号", "手机号码", "电话"), longest=60),
    Column(
        "phone2",
        "phone",
        N_("Second phone: used when there is no first one, else kept in the note."),
        ("联系电话", "座机", "固定电话"),
        longest=60,
    ),
    Column("email", "text", N_("E-mail of the main contact."), ("邮箱", "电子邮箱", "电子邮件", "E-mail")),
    Column("address", "text", N_("Address."), ("地址", "联系地址"), longest=400),
    Column("tax_no", "code", N_("Tax number."), ("税号", "纳税人识别号", "统一社会信用代码"), longest=40),
    Column("credit_limit", "amount", N_("Credit limit; empty = never evaluated, 0 = no credit."), ("信用额度", "授信额度"), least=0),
    Column("credit_days", "count", N_("Days of credit."), ("账期", "帐期", "信用天数", "账期天数", "信用期"), least=0, most=3650),
    Column("since", "date", N_("Customer since."), ("建档日期", "合作日期", "成为客户日期", "开户日期")),
    Column("note", "note", N_("Remark."), ("备注", "说明"), longest=4000),
    Column("active", "flag", N_("1 = active, 0 = archived."), ("状态", "启用")),
    Column(
        "opening",
        "amount",
        N_("What the customer owes already: receivable OPEN-CODE dated and due on --date."),
        ("期初应收", "期初应收款"),
        least=0,
    ),
)

# Columns other systems hand out that have no place of their own here: they go into the note.
REMARKS = ("传真", "税率", "税率(%)", "开户行", "账号")
LEFT_OUT = ("排序",)

PLAIN = ("name", "code", "short_name", "kind", "region", "industry", "class", "source", "address", "tax_no", "credit_limit", "credit_days",
         "since", "note")  # fmt: skip
CONTACT = ("contact", "phone", "email")
ATTRIBUTES = {"class": "customer_class", "staff": "staff_id"}
FIELDS = (*(ATTRIBUTES.get(key, key) for key in PLAIN), "staff_id", "archived_on", "import_id", "created", "pinyin")
"""Columns a caller of `insert` fills; what follows from them (the compared name, the owner log) `insert` writes itself."""
SERIES = "C"

SEVERAL = N_("{count} customers bear this name; give the code, the tax number or the phone")


def run(job: Job) -> None:
    """Compare the file with the book and write new customers with their main contact, and what changed."""
    values = _values(job)
    book = _Book(job.w.reader)
    keys = [book.key(i, values) for i in range(len(job.table))]
    for place, key in enumerate(keys):
        if key is not None and key[0] == "name" and book.names[str(key[1])] > 1:
            job.fault(place, "name", "ambiguous_customer", SEVERAL, count=book.names[str(key[1])])
    compared = {key: column for key, column in values.items() if key != "code"}
    plan = compare(job, keys, book.known, compared, key_column="name", name=lambda i: str(values["code"][i] or values["name"][i]))
    ids: dict[int, int] = {place: book.known[key].id for place, key in enumerate(keys) if key in book.known}
    job.extras["customer_ids"] = ids
    check_caps(job, plan, values)
    if job.start():
        ids |= _insert(job, plan, values)
        _update(job, plan)


def _values(job: Job) -> dict[str, list[Any]]:
    """The columns as the book keeps them: owners as ids, the second phone where there is no first one."""
    table = job.table
    values = {key: table.column(key) for key in (*PLAIN, *CONTACT, "active")}
    if table.has("phone2"):
        pairs = list(zip(table.column("phone"), table.column("phone2"), strict=True))
        values["phone"] = [first or second for first, second in pairs]
        extra = [f"{table.header.name_of('phone2')}: {second}" if first and second and first != second else None for first, second in pairs]
        values["note"] = ["; ".join(filter(None, both)) or None for both in zip(values["note"], extra, strict=True)]
    values["source"] = source_codes(job.w.reader, values["source"]) if table.has("source") else values["source"]
    staff = Names(job.w.reader.tuples("SELECT id, code, name FROM staff"), folded)
    values["staff"] = job.resolve("staff", _asked(staff, table.column("staff")), "unknown_staff", UNKNOWN_STAFF)
    return values


def _asked(names: Names, wanted: Sequence[str | None]) -> dict[str, int]:
    return {text: found for text in set(wanted) if text is not None and (found := names.get(text)) is not None}


class _Book:
    """The customers of the book under each of their keys."""

    def __init__(self, r: Reader) -> None:
        self.known: dict[Any, Known] = {}
        self.names: Counter[str] = Counter()
        columns = ", ".join(f"c.{ATTRIBUTES.get(key, key)}" for key in PLAIN)
        sql = f"""SELECT c.id, c.staff_id, c.archived_on, p.name, p.phone, p.email, {columns}
                  FROM customer c LEFT JOIN contact p ON p.customer_id = c.id AND p.main = 1"""
        for row_id, staff_id, archived, contact, phone, email, *rest in r.tuples(sql):
            values = dict(zip(PLAIN, rest, strict=True))
            values |= {"staff": staff_id, "active": int(archived is None), "contact": contact, "phone": phone, "email": email}
            found = Known(row_id, values)
            self.names[values["name"]] += 1
            for key in self._keys(values):
                self.known.setdefault(key, found)
        ids = {found.id: found for found in self.known.values()}
        for code, customer_id in r.tuples("SELECT code, customer_id FROM customer_alias"):
            self.known.setdefault(("code", folded(code)), ids[customer_id])

    @staticmethod
    def _keys(values: Mapping[str, Any]) -> list[tuple[Hashable, ...]]:
        keys: list[tuple[Hashable, ...]] = [("code", folded(values["code"])), ("name", values["name"])]
        if values["tax_no"]:
            keys.append(("tax_no", values["tax_no"]))
        if values["phone"]:
            keys.append(("phone", values["name"], values["phone"]))
        return keys

    @staticmethod
    def key(place: int, values: Mapping[str, Sequence[Any]]) -> tuple[Hashable, ...] | None:
        """What a row of the file is known by: the first key it has."""
        code, tax_no = values["code"][place], values["tax_no"][place]
        name, phone = values["name"][place], values["phone"][place]
        if code:
            return ("code", folded(code))
        if tax_no:
            return ("tax_no", tax_no)
        if name is None:
            return None
        return ("phone", name, phone) if phone else ("name", name)


def _insert(job: Job, plan: Plan, values: Mapping[str, Sequence[Any]]) -> dict[int, int]:
    """New customers and their main contacts; their ids by place."""

    today = job.w.today.isoformat()
    rows, contacts = [], []
    for place in plan.new:
        row = {key: values[key][place] for key in PLAIN}
        archived = today if values["active"][place] == 0 else None
        rows.append((*row.values(), values["staff"][place], archived, job.import_id, today, pinyin(row["name"])))
    ids = insert(job, rows)
    for place, customer_id in zip(plan.new, ids, strict=True):
        person = [values[key][place] for key in CONTACT]
        if any(person):
            contacts.append((customer_id, 1, *person, normal_phone(person[1]), pinyin(person[0])))
    first = job.w.next_id("contact")
    columns = ("customer_id", "main", "name", "phone", "email", "normal_phone", "pinyin")
    job.insert("contact", columns, [(first + n, *row) for n, row in enumerate(contacts)])
    return dict(zip(plan.new, ids, strict=True))


def insert(job: Job, rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """Insert customers given as FIELDS, those without a code under the next one; their ids in order."""

    place = FIELDS.index("code")
    taken = {folded(row[place]) for row in rows if row[place]}
    first = job.w.next_id("customer")
    complete = []
    for number, row in enumerate(rows, first):
        code = row[place] or _free_code(job, taken)
        complete.append((number, *row[:place], code, *row[place + 1 :]))
    name, since, owner = (FIELDS.index(field) + 1 for field in ("name", "created", "staff_id"))
    job.insert("customer", (*FIELDS, "normal_name", "owner_since"), [(*row, normal_name(row[name]), row[since]) for row in complete])
    log_owners(job, ((row[0], row[owner]) for row in complete))
    return [row[0] for row in complete]


def _free_code(job: Job, taken: set[str]) -> str:
    """The next code that neither the book nor the file uses."""
    while folded(code := next_code(job.w.reader, SERIES, "customer")) in taken:
        pass
    return code


def _update(job: Job, plan: Plan) -> None:
    from salescli.customer.tables import Customer

    for change in plan.changed:
        customer = job.w.get(Customer, change.id)
        values = dict(change.values)
        person = {key: values.pop(key) for key in CONTACT if key in values}
        if "active" in values:
            customer.archived_on = None if values.pop("active") else job.w.today
        if "staff" in values:
            hand_over(job, customer.id or 0, values.pop("staff"))
        for key, value in values.items():
            setattr(customer, ATTRIBUTES.get(key, key), value)
        customer.pinyin = pinyin(customer.name)
        job.w.add(customer)
        if person:
            _update_contact(job, change, person)


def _update_contact(job: Job, change: Changed, person: Mapping[str, str]) -> None:
    """The main contact with these values; made when there is none."""
    from salescli.customer.tables import Contact

    found = job.w.reader.value("SELECT id FROM contact WHERE customer_id = :id AND main = 1", id=change.id)
    contact = job.w.get(Contact, found) if found else Contact(customer_id=change.id, main=True)
    for key, value in person.items():
        setattr(contact, "name" if key == "contact" else key, value)
    job.w.add(contact)


KIND = Kind("customers", Layout(COLUMNS, remarks=REMARKS, left_out=LEFT_OUT), run)
