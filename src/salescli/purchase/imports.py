"""Import of suppliers, with what is owed to them from before (STK-06, AR-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import Known, compare
from salescli.core.jobs_table import Layout
from salescli.core.numbering import next_code
from salescli.core.phonetic import pinyin
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.core.jobs_rows import Plan
    from salescli.core.reader import Reader

COLUMNS = (
    Column("name", "text", N_("Name of the supplier."), ("名称", "供应商", "供应商名称", "单位名称"), required=True),
    Column("code", "code", N_("Supplier code; key, else the name."), ("编码", "供应商编码", "供应商编号", "编号", "代码"), longest=60),
    Column("contact", "text", N_("Contact."), ("联系人",), longest=80),
    Column("phone", "phone", N_("Telephone."), ("电话", "手机", "手机号码", "联系电话"), longest=60),
    Column("tax_no", "code", N_("Tax number."), ("税号", "纳税人识别号"), longest=40),
    Column("opening", "amount", N_("What is owed to him from before."), ("期初应付", "期初余额")),
    Column("pay_days", "count", N_("Days from receipt to payment."), ("付款天数", "账期", "付款期限"), least=0, most=3650),
    Column("note", "note", N_("Remark."), ("备注", "说明")),
    Column("active", "flag", N_("1 = bought from, 0 = no longer."), ("状态", "启用", "是否启用")),
)
FIELDS = ("contact", "phone", "tax_no", "pay_days", "note", "active")

OPENING_DIFFERS = N_("the opening payable {number} stands with {amount:amount}")
SEVERAL = N_("several suppliers bear this name; give the code")


def run(job: Job) -> None:
    """Compare the file with the book; write new suppliers, what changed, and openings that are new."""
    table = job.table
    names, codes = table.column("name"), table.column("code")
    known = _known(job.w.reader)
    keys = _keys(job, names, codes, known)
    values = {key: table.column(key) for key in ("name", *FIELDS)}
    plan = compare(job, keys, known, values, key_column="name", name=lambda i: str(names[i]))
    openings = _openings(job, keys, known)
    job.accompanying += len(openings)
    if not job.start():
        return
    ids: dict[Any, int] = {key: found.id for key, found in known.items()}
    _write(job, plan, keys, ids)
    _post(job, [(ids[keys[i]], table.column("opening")[i]) for i in openings])


def _known(r: Reader) -> dict[Any, Known]:
    """The suppliers of the book by folded code."""
    sql = f"SELECT id, code, name, {', '.join(FIELDS)} FROM supplier"
    return {("code", folded(code)): Known(i, dict(zip(("name", *FIELDS), rest, strict=True))) for i, code, *rest in r.tuples(sql)}


def _keys(job: Job, names: Sequence[Any], codes: Sequence[Any], known: dict[Any, Known]) -> list[Any]:
    """What each row means: a code, else the one supplier of that name, else a new one of that name."""
    by_name: dict[str, list[Any]] = {}
    for key, found in known.items():
        by_name.setdefault(found.values["name"], []).append(key)
    keys: list[Any] = []
    for place, (name, code) in enumerate(zip(names, codes, strict=True)):
        bearers = by_name.get(name, [])
        if code is None and len(bearers) > 1:
            job.fault(place, "name", "several_suppliers", SEVERAL)
        keys.append(("code", folded(code)) if code else bearers[0] if bearers else ("name", name) if name else None)
    return keys


def _write(job: Job, plan: Plan, keys: Sequence[Any], ids: dict[Any, int]) -> None:
    from salescli.purchase.tables import Supplier

    column = job.table.column
    for i in plan.new:
        code = column("code")[i] or next_code(job.w.reader, "S", "supplier")
        file = {key: column(key)[i] for key in FIELDS if column(key)[i] is not None}
        ids[keys[i]] = job.w.add(Supplier(code=code, name=column("name")[i], pinyin=pinyin(column("name")[i]), **file)).id or 0
    for change in plan.changed:
        row = job.w.get(Supplier, change.id)
        for field, value in change.values.items():
            setattr(row, field, value)
        row.pinyin = pinyin(row.name)
        job.w.add(row)


def _openings(job: Job, keys: Sequence[Any], known: dict[Any, Known]) -> list[int]:
    """Places of openings that are new; one that stands with another amount is a fault."""
    sql = "SELECT supplier_id, number, amount FROM payable WHERE kind = 'opening'"
    standing = {supplier: (number, amount) for supplier, number, amount in job.w.reader.tuples(sql)}
    places = []
    for place, amount in enumerate(job.table.column("opening")):
        found = known.get(keys[place])
        number, posted = standing.get(found.id, (None, None)) if found else (None, None)
        if amount and posted is None:
            places.append(place)
        elif amount and posted != amount:
            job.fault(place, "opening", "other_opening", OPENING_DIFFERS, number=number, amount=posted)
    return places


def _post(job: Job, openings: Sequence[tuple[int, int]]) -> None:
    """Payable OPEN-CODE, dated and due on the business day."""
    from salescli.purchase.states import PayableKind
    from salescli.purchase.tables import Payable

    codes = dict(job.w.reader.tuples("SELECT id, code FROM supplier"))
    for supplier, amount in openings:
        job.w.add(
            Payable(
                number=f"OPEN-{codes[supplier]}", kind=PayableKind.OPENING.value, supplier_id=supplier, date=job.w.today,
                due_date=job.w.today, amount=amount, import_id=job.import_id,
            )
        )  # fmt: skip


KIND = Kind("suppliers", Layout(COLUMNS), run)
