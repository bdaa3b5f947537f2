"""Values of the history's images as people read them: units of figures, codes instead of ids, hidden phone numbers (ORG-08)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from salescli.core.access import mask
from salescli.core.i18n import C_, code_label, human_text

if TYPE_CHECKING:
    from salescli.core.reader import Reader

# By column name, the same in every table; a test compares it with the models.
UNITS = {
    "amount": "amount", "credit_limit": "amount", "tax": "amount", "value": "amount",
    "cost": "price", "floor_price": "price", "list_price": "price", "unit_cost": "price", "unit_price": "price",
    "quantity": "qty",
    "discount": "pct", "tax_rate": "pct",
}  # fmt: skip
FLAGS = frozenset({"active", "amount_given", "closed", "held", "in_depth", "invited", "known", "main", "research", "works"})
PHONES = frozenset({"phone", "normal_phone"})
YES_NO = (C_("no"), C_("yes"))

NAMED_BY = ("number", "code", "sku", "name")
"""Columns that name a row a reference leads to."""


def label(column: str) -> str:
    """What people call a column: superior_id is "superior"."""
    return code_label(column.removesuffix("_id"))


class Values:
    """Turns the images of the log into "field: before -> after" lines; remembers the names of rows it has looked up."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.sees_phones = reader.actor.sees_phones_of(None)
        self._references: dict[str, dict[str, str]] = {}
        self._names: dict[tuple[str, int], str] = {}

    def changes(self, table: str | None, before: str | None, after: str | None) -> str:
        """What an entry changed, in words; for an entry about no row its own text."""
        if table is None:
            return after or ""
        old, new = json.loads(before or "{}"), json.loads(after or "{}")
        if before is None or after is None:
            pairs = [f"{label(k)} {self.text(table, k, v)}" for k, v in (new or old).items() if v is not None]
            return f"{'+' if before is None else '-'} {code_label(table)}: " + ", ".join(pairs)
        changed = [k for k in {**old, **new} if old.get(k) != new.get(k)]
        return "; ".join(f"{label(k)}: {self.text(table, k, old.get(k))} -> {self.text(table, k, new.get(k))}" for k in changed)

    def text(self, table: str, column: str, value: Any) -> str:
        """One value as a person reads it."""
        if isinstance(value, int) and column in FLAGS:
            return code_label(YES_NO[bool(value)])
        if isinstance(value, int) and column in self._referring(table):
            return self._name(self._referring(table)[column], value)
        if isinstance(value, int) and column in UNITS:
            return human_text(value, UNITS[column])
        if column in PHONES and not self.sees_phones:
            value = mask(value)
        return human_text(value)

    def _referring(self, table: str) -> dict[str, str]:
        """Columns of a table that refer to another one: column -> table."""
        if table not in self._references:
            pairs = self.reader.tuples(f'SELECT "from", "table" FROM pragma_foreign_key_list(\'{table}\')')
            self._references[table] = dict(pairs)
        return self._references[table]

    def _name(self, table: str, row_id: int) -> str:
        if (table, row_id) not in self._names:
            columns = set(self.reader.column(f"SELECT name FROM pragma_table_info('{table}')"))
            naming = next((c for c in NAMED_BY if c in columns), "id")
            found = self.reader.value(f'SELECT "{naming}" FROM "{table}" WHERE id = :id', id=row_id)
            self._names[table, row_id] = str(found if found is not None else row_id)
        return self._names[table, row_id]
