"""Product tables."""

from sqlalchemy import CheckConstraint, text

from salescli.core.schema import LONG, Book, Flag, Price, Quantity, Rate, Whole, choice, key, line, of, refers
from salescli.core.tables import Staff  # noqa: F401 - foreign key target
from salescli.product.states import LifeState

NO = {"server_default": text("0")}


class Product(Book, table=True):
    """A thing the office sells (PRD-01). Prices include tax unless the book is kept net.

    `list_price` is the first one, typed in freely; later ones are rows of the price table (PRC-03), so whoever wants today's reads
    `product.reads_price.list_price_on`. `unit` is the base unit: quantities, prices and quantity breaks are counted in it;
    `pack_unit` holds `pack_ratio` of them. `volume` in litres and `weight` in kilograms are of one base unit, in 1/1,000.
    `channels` are the only channels it is sold on, as in "online, wedding" (PRD-03); nothing there: everywhere.
    `no_discount`: no promotion cuts its price, and `owner_id` plans what it gets instead (PRO-07).
    """

    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("list_price >= 0", name="list_price_positive"),
        CheckConstraint("cost >= 0", name="cost_positive"),
        CheckConstraint("floor_price >= 0", name="floor_price_positive"),
        CheckConstraint("tax_rate BETWEEN 0 AND 10000", name="tax_rate_share"),
        CheckConstraint("pack_ratio > 0", name="pack_ratio_positive"),
        CheckConstraint("(pack_unit IS NULL) = (pack_ratio IS NULL)", name="pack_whole"),
        CheckConstraint("volume >= 0", name="volume_positive"),
        CheckConstraint("weight >= 0", name="weight_positive"),
        CheckConstraint("shelf_days > 0", name="shelf_days_positive"),
    )
    id: int | None = key()
    sku: str = line(60, unique=True)
    name: str = line(index=True)
    category: str | None = line(80, default=None)
    spec: str | None = line(default=None)
    unit: str | None = line(20, default=None)
    barcode: str | None = line(60, default=None)
    list_price: int | None = of(Price, default=None)
    cost: int | None = of(Price, default=None)
    floor_price: int | None = of(Price, default=None)
    tax_rate: int | None = of(Rate, default=None)
    note: str | None = line(LONG, default=None)
    active: bool = of(Flag, default=True)
    pinyin: str | None = line(default=None)
    pack_unit: str | None = line(20, default=None)
    pack_ratio: int | None = of(Quantity, default=None)
    is_new: bool = of(Flag, default=False, sa_column_kwargs=NO)
    no_discount: bool = of(Flag, default=False, sa_column_kwargs=NO)
    is_gift: bool = of(Flag, default=False, sa_column_kwargs=NO)
    volume: int | None = of(Quantity, default=None)
    weight: int | None = of(Quantity, default=None)
    life_state: str | None = choice(LifeState, default=None)
    channels: str | None = line(default=None)
    batch_tracked: bool = of(Flag, default=False, sa_column_kwargs=NO)
    shelf_days: int | None = of(Whole, default=None)
    owner_id: int | None = refers("staff.id", default=None)
    function: str | None = line(LONG, default=None)
    features: str | None = line(LONG, default=None)
    strengths: str | None = line(LONG, default=None)
