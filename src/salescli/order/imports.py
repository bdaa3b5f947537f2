"""Import of orders with their deliveries and receivables: history as it was, without approval and without moving stock (DAT-02).

Made for 100,000 lines: codes become ids through dictionaries, rows go in as tuples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.jobs import Kind
from salescli.core.jobs_columns import Column
from salescli.core.jobs_rows import (
    UNKNOWN_CUSTOMER,
    UNKNOWN_PRODUCT,
    UNKNOWN_STAFF,
    Names,
)
from salescli.core.jobs_table import Layout
from salescli.core.text import folded
from salescli.order.imports_lines import Lines, price_lines
from salescli.order.imports_orders import Group, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salescli.core.jobs import Job

COLUMNS = (
    Column(
        "order",
        "code",
        N_("Order number; its lines are rows of the same number."),
        ("订单号", "订单编号", "订单ID", "单号", "单据编号"),
        required=True,
        longest=60,
    ),
    Column("date", "date", N_("Day of the order."), ("订单日期", "下单日期", "日期", "单据日期"), required=True),
    Column("customer", "text", N_("Customer: code or name."), ("客户", "客户编号", "客户编码", "客户ID"), required=True, longest=60),
    Column(
        "sku",
        "code",
        N_("Article number."),
        ("商品编码", "产品编码", "商品编号", "产品编号", "货号", "产品ID", "商品ID", "条码"),
        required=True,
        longest=60,
    ),
    Column("quantity", "quantity", N_("Quantity."), ("数量", "订购数量"), required=True, least=1),
    Column("unit_price", "price", N_("Unit price; this or amount is required."), ("单价", "售价", "含税单价"), least=0),
    Column(
        "amount",
        "rounded",
        N_("Net amount of the line as given; discount_pct is then information."),
        ("金额", "行金额", "销售额", "小计"),
        least=0,
    ),
    Column("staff", "text", N_("Who took the order: code or name."), ("业务员", "销售", "销售员", "负责人", "业务员工号")),
    Column("discount_pct", "percent", N_("Discount of the line in per cent."), ("折扣率", "折扣百分比"), least=0, most=10_000),
    Column("promised", "date", N_("Promised day of delivery."), ("承诺交期", "交货日期", "交期", "要求交期", "承诺日期")),
    Column("delivered", "date", N_("Day of delivery; empty = still open."), ("发货日期", "实际发货日期", "送货日期", "交付日期")),
    Column("due", "date", N_("Day the delivery is due; default: by the customer's credit days."), ("到期日", "付款到期日", "应收到期日")),
    Column("channel", "text", N_("Channel."), ("渠道", "销售渠道"), longest=40),
    Column("region", "text", N_("Region of the order; default: the customer's."), ("区域", "地区", "大区"), longest=80),
    Column("customer_name", "text", N_("Name for a customer that --create makes."), ("客户名称", "客户姓名")),
    Column("product_name", "text", N_("Name for a product that --create makes."), ("产品名称", "商品名称", "品名")),
    Column("category", "text", N_("Category for a product that --create makes."), ("类别", "产品类别", "商品类别"), longest=80),
)

AFTER_TODAY = N_("delivered in the future")
BEFORE_ORDER = N_("delivered before the day of the order ({day})")


def run(job: Job) -> None:
    """Check every line, compare with the book, write what is new (and with --update what changed)."""
    from salescli.order.imports_create import Created

    created = Created(job)
    customers = job.resolve("customer", _asked(job, "customer", created.customers()), "unknown_customer", UNKNOWN_CUSTOMER)
    products = job.resolve("sku", _asked(job, "sku", created.products()), "unknown_sku", UNKNOWN_PRODUCT)
    staff = Names(job.w.reader.tuples("SELECT id, code, name FROM staff"), folded)
    takers = job.resolve("staff", _asked(job, "staff", staff), "unknown_staff", UNKNOWN_STAFF)
    _check_delivered(job)
    lines = price_lines(job, products)
    groups = grouped(job, customers, takers)
    job.check()
    write(job, groups, lines, created)


def _asked(job: Job, key: str, names: Names) -> dict[str, int]:
    """What the distinct texts of a column mean."""
    wanted: Iterable[Any] = set(job.table.column(key))
    return {text: found for text in wanted if text is not None and (found := names.get(text)) is not None}


def _check_delivered(job: Job) -> None:
    """Nothing is delivered in the future, nor before it was ordered."""
    if not job.table.has("delivered"):
        return
    today = job.w.today.isoformat()
    for place, (day, delivered) in enumerate(zip(job.table.column("date"), job.table.column("delivered"), strict=True)):
        if delivered is not None and delivered > today:
            job.fault(place, "delivered", "delivered_in_future", AFTER_TODAY)
        elif delivered is not None and day is not None and delivered < day:
            job.fault(place, "delivered", "delivered_before_order", BEFORE_ORDER, day=day)


def write(job: Job, groups: list[Group], lines: Lines, created: Any) -> None:
    """Sort the orders into new, the same and changed, and write."""
    from salescli.order.imports_update import compared, update
    from salescli.order.imports_write import insert, plan_deliveries

    fresh, changes = compared(job, groups, lines)
    deliveries = plan_deliveries(job, fresh, lines)
    job.added, job.changed = len(fresh), len(changes)
    if job.start():
        created.write(lines, groups)
        insert(job, fresh, lines, deliveries)
        update(job, changes, lines)
        if None in lines.delivered:
            from salescli.order.imports_prices import warn_prices

            warn_prices(job, [change.order.id for change in changes])


KIND = Kind("orders", Layout(COLUMNS, either=(("unit_price", "amount"),)), run)
