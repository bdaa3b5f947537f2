"""The demo office's words and goods, as defaults/demo.toml has them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from salescli.core.money import parse_price

SEED = 20260101
SATURDAY = 5


@cache
def office() -> dict[str, Any]:
    """The words and goods of defaults/demo.toml."""
    return tomllib.loads((Path(__file__).parent.parent / "defaults" / "demo.toml").read_text(encoding="utf-8"))


def products() -> list[dict[str, Any]]:
    """The goods: prices in 1/10,000, volume and weight in 1/1,000."""
    file = office()["product_file"]
    return [
        {
            "sku": sku,
            "name": name,
            "category": category,
            "unit": unit,
            "barcode": f"69012345{place:05}",
            "list_price": parse_price(price),
            "cost": parse_price(cost),
            "tax_rate": 1300,
            "floor_price": parse_price(cost) * office()["floor"]["percent"] // 10_000 * 100,
            "volume": round(file["sizes"][category][0] * 1000),
            "weight": round(file["sizes"][category][1] * 1000),
            "is_new": int(sku in file["new"]),
        }
        for place, (sku, (name, category, unit, price, cost)) in enumerate(office()["products"].items(), 1)
    ]


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(max(0, day.weekday() - SATURDAY + 1))


def later(day: date, count: int, today: date) -> date:
    """So many days later, not on a weekend and not after today."""
    return max(day, min(workday(day + timedelta(count)), today))


HANDED_OVER = {"order": 13, "contract": 25}
"""Days from a quote to the delivery of the order it became."""


def quoted(today: date) -> list[tuple[date, dict[str, Any]]]:
    """The quotes of the year by their day, and what is said of them."""
    return [(workday(today - timedelta(words["ago"])), words) for words in office()["quote"]]
