"""Kinds of rows behave as the standard library's named tuples do."""

from __future__ import annotations

import copy
import pickle
import typing
from pathlib import Path

import pytest

import salescli
from salescli.core.record import NamedTuple


class Ours(NamedTuple):
    """A place."""

    street: str
    number: int = 1
    note: str | None = None

    @property
    def said(self) -> str:
        """As one says it."""
        return f"{self.street} {self.number}"


class Theirs(typing.NamedTuple):
    """A place."""

    street: str
    number: int = 1
    note: str | None = None

    @property
    def said(self) -> str:
        """As one says it."""
        return f"{self.street} {self.number}"


class One(NamedTuple):
    """A single field."""

    only: int


class House(Ours):
    """A kind of place with something more to say."""

    @property
    def loud(self) -> str:
        """In capitals."""
        return self.said.upper()


def test_rows_are_what_the_standard_library_makes() -> None:
    for kind in (Ours, Theirs):
        row = kind("Main", note="x")
        assert row == ("Main", 1, "x")
        assert (row.street, row.number, row.note, row.said) == ("Main", 1, "x", "Main 1")
        assert (kind._fields, kind._field_defaults) == (("street", "number", "note"), {"number": 1, "note": None})
        assert kind._make(["a", 2, None]) == kind(number=2, street="a")
        assert row._replace(number=3) == ("Main", 3, "x")
        assert row._asdict() == {"street": "Main", "number": 1, "note": "x"}
        assert repr(row).endswith("(street='Main', number=1, note='x')")
        assert kind.__doc__ == "A place."
        assert copy.deepcopy(row) == row
        assert hash(row) == hash(("Main", 1, "x"))
        assert not hasattr(row, "__dict__")
        assert typing.get_type_hints(kind)["number"] is int
        match row:
            case kind(street, number):
                assert (street, number) == ("Main", 1)
    assert pickle.loads(pickle.dumps(Ours("Main"))) == Ours("Main")
    assert One(5)._replace(only=6) == (6,)
    assert House("Main").loud == "MAIN 1"
    assert type(House("Main")) is House


@pytest.mark.parametrize("kind", [Ours, Theirs])
def test_what_does_not_fit_is_refused(kind: type[Ours]) -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'street'"):
        kind()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'city'"):
        kind("Main", city="X")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        kind("a", 1, None, 4)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        kind._make(["a"])
    with pytest.raises((ValueError, TypeError)):
        kind("a")._replace(city="X")
    with pytest.raises(AttributeError):
        kind("a").street = "b"  # type: ignore[misc]


def test_a_default_before_a_field_without_one_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="default"):

        class Wrong(NamedTuple):
            first: int = 1
            second: int  # type: ignore[misc]


def test_every_room_declares_its_rows_this_way() -> None:
    source = Path(salescli.__file__).parent
    others = [path for path in source.rglob("*.py") if path.name != "record.py" and "import NamedTuple" in path.read_text(encoding="utf-8")]
    assert others
    assert all("from salescli.core.record import NamedTuple" in path.read_text(encoding="utf-8") for path in others)
