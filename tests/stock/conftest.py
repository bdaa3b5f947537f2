"""Writing into a book without a command: the actions of stock have none yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

import pytest


@pytest.fixture
def writing() -> Callable[[Any], AbstractContextManager[Any]]:
    """writing(book) is a writer on 2026-11-03, committed at a clean end."""

    @contextmanager
    def opened(book: Any) -> Iterator[Any]:
        from salescli.core import context
        from salescli.core.writer import writer

        with context.use(context.Context(db=book.path, today=date(2026, 11, 3))), writer("test", right="backdate") as w:
            yield w

    return opened
