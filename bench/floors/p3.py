"""Floor P3: Typer, forty SQLModel tables, one committed insert in WAL mode with synchronous=FULL."""

import sqlite3
import sys

import typer
from sqlmodel import Field, Session, SQLModel, create_engine

TABLES = [
    type(
        f"T{n}",
        (SQLModel,),
        {
            "__annotations__": {"id": int | None, "name": str, "amount": int},
            "id": Field(default=None, primary_key=True),
            "name": "",
            "amount": 0,
        },
        table=True,
    )
    for n in range(40)
]
app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def add(db: str) -> None:
    """One committed insert."""
    raw = sqlite3.connect(db)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.close()
    engine = create_engine(f"sqlite:///{db}")
    SQLModel.metadata.create_all(engine, tables=[TABLES[0].__table__])
    with Session(engine) as session:
        session.add(TABLES[0](name="x", amount=1))
        session.commit()
    sys.stdout.write("done\n")


app()
