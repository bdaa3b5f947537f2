"""Order tables."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, event, inspect, text

from salescli.core.schema import LONG, Amount, Book, Day, Flag, Price, Quantity, Rate, Whole, choice, key, line, of, refers
from salescli.core.tables import ImportBatch, Staff  # noqa: F401 - foreign key targets
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.order.reads_kept import KEEP_ORDERS
from salescli.order.states import DeliveryKind, OrderState
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.stock.tables import Warehouse  # noqa: F401 - foreign key target

UNDELIVERED = text("state = 'confirmed' AND kept_delivered_on IS NULL")


class SalesOrder(Book, table=True):
    """A customer's order (ORD-10); `staff_id` is the taker, `region` overrides the customer's.

    `responsible_id` is who sees it through after a handover (ORG-06), NULL while that is the taker: figures stay the taker's.

    `kept_delivered_on` is the day the last of its goods went out, None while something is still to deliver; returns do not undo it.
    Figures are in the book's currency; `currency` and `exchange_rate` (of 100 units, 1/10,000) are what is printed beside them (PRC-08).
    """

    __tablename__ = "sales_order"
    __table_args__ = (
        Index("ix_sales_order_date", "date", "state", "staff_id", "customer_id", "region"),
        Index("ix_sales_order_customer", "customer_id", "date", "state"),
        Index("ix_sales_order_staff", "staff_id", "date"),
        Index(
            "ix_sales_order_responsible", "responsible_id",
            sqlite_where=text("responsible_id IS NOT NULL"),
        ),
        Index("ix_sales_order_undelivered", "customer_id", sqlite_where=UNDELIVERED),
        Index("ix_sales_order_handed", "staff_id", "kept_delivered_on", "customer_id", "state"),
        Index("ix_sales_order_delivered", "kept_delivered_on", "state", "promised", "staff_id"),
        Index(
            "ix_sales_order_late", "promised", "kept_delivered_on", "state", "date", "staff_id", "responsible_id", "customer_id",
            sqlite_where=text("promised < kept_delivered_on"),
        ),
    )  # fmt: skip
    id: int | None = key()
    number: str = line(80, unique=True)
    date: dt.date = of(Day)
    customer_id: int = refers("customer.id")
    staff_id: int | None = refers("staff.id", default=None)
    responsible_id: int | None = refers("staff.id", default=None)
    state: str = choice(OrderState)
    promised: dt.date | None = of(Day, default=None)
    region: str | None = line(80, default=None)
    channel: str | None = line(40, default=None)
    source: str | None = line(80, default=None)
    customer_ref: str | None = line(80, default=None)
    note: str | None = line(LONG, default=None)
    reason: str | None = line(default=None)
    import_id: int | None = refers("import_batch.id", default=None)
    kept_delivered_on: dt.date | None = of(Day, default=None)
    currency: str | None = line(3, default=None)
    exchange_rate: int | None = of(Price, default=None)


@event.listens_for(SalesOrder, "after_insert")
@event.listens_for(SalesOrder, "after_update")
@event.listens_for(SalesOrder, "after_delete")
def _keep_orders(_mapper: Any, connection: Any, row: SalesOrder) -> None:
    """Whoever writes an order writes when its customer first and last bought; one that moves counts for neither twice."""
    was = inspect(row).attrs.customer_id.history.deleted
    for customer in {row.customer_id, *was}:
        connection.execute(text(f"{KEEP_ORDERS} WHERE id = :id"), {"id": customer})


class OrderLine(Book, table=True):
    """One product of an order. `amount` = round half up of quantity x unit price x (1 - discount), less `promo_discount`, or as the
    imported file gave it. `list_price` and `price_source` say what the price table gave on the day; `promo_number` which plan gave what.
    `grown_on`: the day these goods were added to a draft, which decides about their price; none: the order's own (PRC-08).
    """

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "line_no"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("discount BETWEEN 0 AND 10000", name="discount_share"),
        CheckConstraint("unit_price >= 0", name="unit_price_positive"),
        CheckConstraint("tax >= 0", name="tax_positive"),
        CheckConstraint("promo_discount >= 0", name="promo_discount_positive"),
        Index("ix_order_line_product", "product_id", "order_id", "quantity", "amount"),
        Index("ix_order_line_amount", "order_id", "quantity", "amount", "tax", "product_id"),
        Index(
            "ix_order_line_promo", "promo_number", "order_id",
            sqlite_where=text("promo_number IS NOT NULL"),
        ),
    )  # fmt: skip
    id: int | None = key()
    order_id: int = refers("sales_order.id")
    line_no: int = of(Whole)
    product_id: int = refers("product.id")
    quantity: int = of(Quantity)
    unit_price: int = of(Price)
    discount: int = of(Rate, default=0)
    amount: int = of(Amount)
    tax: int = of(Amount, default=0)
    amount_given: bool = of(Flag, default=False)
    unit_cost: int | None = of(Price, default=None)
    note: str | None = line(default=None)
    list_price: int | None = of(Price, default=None)
    price_source: str | None = line(40, default=None)
    promo_discount: int = of(Amount, default=0, sa_column_kwargs={"server_default": text("0")})
    promo_number: str | None = line(80, default=None)
    gift: bool = of(Flag, default=False, sa_column_kwargs={"server_default": text("0")})
    grown_on: dt.date | None = of(Day, default=None)


class Delivery(Book, table=True):
    """Goods handed over (or taken back) on one day (ORD-13, ORD-15).

    `replaces_id`: the return whose goods a delivery replaces; it delivers nothing of what is still to come.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_order", "order_id", "kind", "date", "replaces_id"),
        Index("ix_delivery_date", "kind", "date", "order_id"),
        Index("ix_delivery_anew", "date", "order_id", sqlite_where=text("replaces_id IS NOT NULL")),
    )
    id: int | None = key()
    number: str = line(80, unique=True)
    order_id: int = refers("sales_order.id")
    date: dt.date = of(Day)
    kind: str = choice(DeliveryKind, default=DeliveryKind.DELIVERY.value)
    warehouse_id: int | None = refers("warehouse.id", default=None)
    carrier: str | None = line(80, default=None)
    waybill: str | None = line(80, default=None)
    reason: str | None = line(default=None)
    replaces_id: int | None = refers("delivery.id", default=None)
    import_id: int | None = refers("import_batch.id", default=None)


class DeliveryLine(Book, table=True):
    """What of an order line went out (or came back); `amount` is its part of the line's amount, `tax` likewise."""

    __tablename__ = "delivery_line"
    __table_args__ = (
        UniqueConstraint("delivery_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_delivery_line_order_line", "order_line_id", "quantity"),
    )
    id: int | None = key()
    delivery_id: int = refers("delivery.id")
    order_line_id: int = refers("order_line.id")
    quantity: int = of(Quantity)
    amount: int = of(Amount)
    tax: int = of(Amount, default=0)
