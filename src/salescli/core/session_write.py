"""The SQLModel session on a writer's connection; loading this module loads SQLModel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

if TYPE_CHECKING:
    from salescli.core.reader import BookConnection


def session_on(connection: BookConnection) -> Session:
    """A session on a connection whose transaction may have begun already: it joins that one."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", _begin_immediate)
    with connection.transaction_held():  # the engine gets to know the file, and ends that with a roll-back of its own
        engine.connect().close()
    return Session(engine, autoflush=False, expire_on_commit=False)


def _begin_immediate(connection: Any) -> None:
    if not connection.connection.driver_connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
