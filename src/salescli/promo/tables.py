"""Promotion plans (F-17), what they are narrowed to, their steps, goods and preparations."""

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from salescli.core.schema import LONG, Amount, Book, Day, Flag, Quantity, Rate, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.customer.tables import Customer  # noqa: F401 - foreign key target
from salescli.product.tables import Product  # noqa: F401 - foreign key target
from salescli.promo.states import CheckKind, PlanState, PromoKind, ScopeKind

NO = {"server_default": text("0")}


class PromoPlan(Book, table=True):
    """A promotion plan (PRO-01, F-17). Both end days count; `first_last_day` is the last day as first approved, `date_to` only moves later.

    `rate` or `amount_off` is what a discount takes: off each unit, with `on_order` once off the whole order. `min_amount`, `min_qty` (base
    units): what the goods in its scope must reach, exactly reached counts. `repeats`: for each time it is reached. `cheapest`: of `buy_qty`
    bought the cheapest `get_qty` cost nothing. `max_orders` and `max_customer_orders` limit in how many orders it applies. `theme`: the
    company's activity of the month (PRO-06).
    """

    __tablename__ = "promo_plan"
    __table_args__ = (
        CheckConstraint("date_to >= date_from", name="dates_in_order"),
        CheckConstraint("rate BETWEEN 1 AND 10000", name="rate_share"),
        CheckConstraint("amount_off > 0", name="amount_off_positive"),
        CheckConstraint("min_amount >= 0", name="min_amount_positive"),
        CheckConstraint("min_qty >= 0", name="min_qty_positive"),
        CheckConstraint("buy_qty > 0", name="buy_qty_positive"),
        CheckConstraint("get_qty > 0", name="get_qty_positive"),
        CheckConstraint("bundle_price >= 0", name="bundle_price_positive"),
        CheckConstraint("max_orders > 0", name="max_orders_positive"),
        CheckConstraint("max_customer_orders > 0", name="max_customer_orders_positive"),
        Index("ix_promo_plan_days", "state", "date_from", "date_to"),
    )
    id: int | None = key()
    number: str = line(40, unique=True)
    name: str = line(80)
    kind: str = choice(PromoKind)
    state: str = choice(PlanState, default=PlanState.DRAFT.value)
    staff_id: int = refers("staff.id")
    created: dt.date = of(Day)
    date_from: dt.date = of(Day)
    date_to: dt.date = of(Day)
    first_last_day: dt.date | None = of(Day, default=None)
    audience: str | None = line(LONG, default=None)
    form: str | None = line(LONG, default=None)
    media: str | None = line(LONG, default=None)
    goal: str | None = line(LONG, default=None)
    all_goods: bool = of(Flag, default=False, sa_column_kwargs=NO)
    theme: bool = of(Flag, default=False, sa_column_kwargs=NO)
    priority: int = of(Whole, default=0)
    stackable: bool = of(Flag, default=False, sa_column_kwargs=NO)
    rate: int | None = of(Rate, default=None)
    amount_off: int | None = of(Amount, default=None)
    on_order: bool = of(Flag, default=False, sa_column_kwargs=NO)
    min_amount: int | None = of(Amount, default=None)
    min_qty: int | None = of(Quantity, default=None)
    repeats: bool = of(Flag, default=False, sa_column_kwargs=NO)
    buy_qty: int | None = of(Quantity, default=None)
    get_qty: int | None = of(Quantity, default=None)
    cheapest: bool = of(Flag, default=False, sa_column_kwargs=NO)
    bundle_price: int | None = of(Amount, default=None)
    max_orders: int | None = of(Whole, default=None)
    max_customer_orders: int | None = of(Whole, default=None)
    request: str | None = line(40, default=None)
    started_on: dt.date | None = of(Day, default=None)
    ended_on: dt.date | None = of(Day, default=None)
    reason: str | None = line(LONG, default=None)


class PromoScope(Book, table=True):
    """One product, category, customer class, channel or region a plan is narrowed to."""

    __tablename__ = "promo_scope"
    __table_args__ = (
        CheckConstraint("(kind = 'product') = (product_id IS NOT NULL)", name="product_named"),
        CheckConstraint("(kind = 'product') = (value IS NULL)", name="value_named"),
        Index("ix_promo_scope_plan", "plan_id", "kind"),
        Index("ix_promo_scope_product", "product_id"),
    )
    id: int | None = key()
    plan_id: int = refers("promo_plan.id")
    kind: str = choice(ScopeKind)
    product_id: int | None = refers("product.id", default=None)
    value: str | None = line(80, default=None)


class PromoStep(Book, table=True):
    """A step of a spend-and-save plan: from `threshold` on, `amount_off` is taken off."""

    __tablename__ = "promo_step"
    __table_args__ = (
        UniqueConstraint("plan_id", "threshold"),
        CheckConstraint("threshold > 0", name="threshold_positive"),
        CheckConstraint("amount_off > 0 AND amount_off <= threshold", name="amount_off_share"),
    )
    id: int | None = key()
    plan_id: int = refers("promo_plan.id")
    threshold: int = of(Amount)
    amount_off: int = of(Amount)


class PromoItem(Book, table=True):
    """Goods of a plan: a part of a bundle, or with `gift` what is given away. Base units."""

    __tablename__ = "promo_item"
    __table_args__ = (UniqueConstraint("plan_id", "product_id", "gift"), CheckConstraint("quantity > 0", name="quantity_positive"))
    id: int | None = key()
    plan_id: int = refers("promo_plan.id")
    product_id: int = refers("product.id")
    quantity: int = of(Quantity)
    gift: bool = of(Flag, default=False)


class PromoCheck(Book, table=True):
    """A preparation with its owner; `task` is opened when the plan is approved (PRO-03)."""

    __tablename__ = "promo_check"
    __table_args__ = (Index("ix_promo_check_plan", "plan_id"),)
    id: int | None = key()
    plan_id: int = refers("promo_plan.id")
    kind: str = choice(CheckKind)
    text: str = line()
    staff_id: int = refers("staff.id")
    due: dt.date = of(Day)
    task: str | None = line(40, default=None)


class PromoResult(Book, table=True):
    """What came of a plan, beside as many days before it (PRO-04): amounts, base units, margin (1/100; NULL: cost unknown), customers.

    Satisfaction in 1/100 of the scale 1 to 5.
    """

    __tablename__ = "promo_result"
    __table_args__ = (
        CheckConstraint("satisfaction BETWEEN 100 AND 500", name="satisfaction_range"),
        Index("ix_promo_result_plan", "plan_id"),
    )
    id: int | None = key()
    plan_id: int = refers("promo_plan.id")
    day: dt.date = of(Day)
    staff_id: int = refers("staff.id")
    amount: int = of(Amount)
    quantity: int = of(Quantity)
    margin: int | None = of(Amount, default=None)
    customers: int = of(Whole)
    before_amount: int = of(Amount)
    before_quantity: int = of(Quantity)
    before_margin: int | None = of(Amount, default=None)
    before_customers: int = of(Whole)
    satisfaction: int | None = of(Whole, default=None)
    before_satisfaction: int | None = of(Whole, default=None)
    lesson: str = line(LONG)
