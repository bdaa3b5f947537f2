"""Named tuples at a sixth of the price: what `typing.NamedTuple` declares, made without compiling anything beforehand.

A look declares some seventy kinds of rows and fills ten of them. The standard library compiles a constructor and each annotation
of every kind: 12 of the 120 ms of `today`. Here a constructor is compiled when names or defaults first ask for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

if TYPE_CHECKING or sys.version_info >= (3, 14):  # from 3.14 on the body of a class no longer holds its annotations
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter

    class _Row(tuple):
        """What all kinds share; fields and defaults are each kind's own."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()
        _field_defaults: dict[str, Any] = {}  # noqa: RUF012

        def __new__(cls, *values: Any, **named: Any) -> Any:
            """A row with all its values in order; for any other the constructor of its kind is compiled and takes over."""
            if not named and len(values) == len(cls._fields):
                return tuple.__new__(cls, values)
            made = _constructor(cls)
            cls.__new__ = staticmethod(made)
            return made(cls, *values, **named)

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            row = tuple.__new__(cls, values)
            if len(row) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, got {len(row)} values")
            return row

        def _replace(self, /, **changes: Any) -> Any:
            row = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return row

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{field}={value!r}' for field, value in self._asdict().items())})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _constructor(kind: type[_Row]) -> Callable[..., Any]:
        """A function with the kind's fields as parameters, so that Python itself says what is missing or too much."""
        listed = ", ".join(kind._fields)
        made = eval(f"lambda _cls, {listed}: _row(_cls, ({listed},))", {"_row": tuple.__new__, "__builtins__": {}})
        made.__defaults__ = tuple(kind._field_defaults.values())
        made.__name__, made.__qualname__ = "__new__", f"{kind.__qualname__}.__new__"
        return made

    class _Kind(type):
        """Turns the body of a class into a kind of row."""

        def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
            """The base itself, or a subclass of tuple whose annotated names are its fields."""
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one with")
            getters = {field: _tuplegetter(place, "") for place, field in enumerate(fields)}
            shape = {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return type(name, (_Row,), {**body, **shape, **getters})

    class NamedTuple(metaclass=_Kind):
        """Base of a kind of row, as in `class Line(NamedTuple)` with an annotated line per field."""
