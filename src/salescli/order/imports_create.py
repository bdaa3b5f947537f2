"""--create: customers and products that the orders of a file name and the book lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.jobs_rows import Names
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.jobs import Job
    from salescli.order.imports_lines import Lines
    from salescli.order.imports_orders import Group


class Created:
    """Missing customers and products get the ids they will have; the write lock is held, so nobody else takes those."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.new_customers: dict[str, int] = {}
        self.new_products: dict[str, int] = {}

    def customers(self) -> Names:
        """Customers of the book, and those to be made."""
        rows = self.job.w.reader.tuples("SELECT id, code, name FROM customer UNION ALL SELECT customer_id, code, NULL FROM customer_alias")
        known = Names(rows, folded)
        if self.job.options.create:
            self.new_customers = self._missing("customer", known, self.job.w.next_id("customer"))
            known = Names([*rows, *((i, code, None) for code, i in self.new_customers.items())], folded)
        return known

    def products(self) -> Names:
        """Products of the book, and those to be made."""
        rows = [(i, sku, None) for i, sku in self.job.w.reader.tuples("SELECT id, sku FROM product")]
        if self.job.options.create:
            self.new_products = self._missing("sku", Names(rows, folded), self.job.w.next_id("product"))
            rows += [(i, sku, None) for sku, i in self.new_products.items()]
        return Names(rows, folded)

    def _missing(self, key: str, known: Names, first: int) -> dict[str, int]:
        """Texts of a column that mean nothing yet, each spelling once, with the ids they will have."""
        lost: dict[str, str] = {}
        for text in dict.fromkeys(self.job.table.column(key)):
            if text is not None and known.get(text) is None:
                lost.setdefault(folded(text), text)
        return {text: first + n for n, text in enumerate(lost.values())}

    def write(self, lines: Lines, groups: Sequence[Group]) -> None:
        """Insert them with what their first row says."""
        if self.new_products:
            self._write_products(lines)
        if self.new_customers:
            self._write_customers(groups)

    def _write_products(self, lines: Lines) -> None:
        from salescli.core.phonetic import pinyin
        from salescli.product.imports import FIELDS, insert

        first = _first_places(lines.product)
        names, categories = self.job.table.column("product_name"), self.job.table.column("category")
        rows = []
        for sku, product in self.new_products.items():
            place = first[product]
            name = names[place] or sku
            known = {"sku": sku, "name": name, "category": categories[place], "active": 1, "pinyin": pinyin(name)}
            rows.append(tuple(known.get(field) for field in FIELDS))
        insert(self.job, rows)

    def _write_customers(self, groups: Sequence[Group]) -> None:
        from salescli.core.phonetic import pinyin
        from salescli.customer.imports import FIELDS, insert

        first = {group.customer: group for group in reversed(groups)}
        names = self.job.table.column("customer_name")
        today = self.job.w.today.isoformat()
        rows = []
        for code, customer in self.new_customers.items():
            group = first[customer]
            name = names[group.places[0]] or code
            known: dict[str, Any] = {
                "code": code, "name": name, "region": group.region, "staff_id": group.staff, "import_id": self.job.import_id,
                "created": today, "pinyin": pinyin(name),
            }  # fmt: skip
            rows.append(tuple(known.get(field) for field in FIELDS))
        insert(self.job, rows)


def _first_places(values: Sequence[int]) -> dict[int, int]:
    """Where each value stands first."""
    first: dict[int, int] = {}
    for place, value in enumerate(values):
        first.setdefault(value, place)
    return first
