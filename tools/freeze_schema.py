"""Write the first revision, src/salescli/migrations/versions/0001_first.py, from the models; for use before the first release only.

    python tools/freeze_schema.py            write it
    python tools/freeze_schema.py --check    change nothing; exit 1 with a diff when it differs

Once a release carries a revision its text never changes: a later change of the models is a revision of its own (docs/book.md).
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "salescli" / "migrations" / "versions" / "0001_first.py"

HEAD = '''"""The first book: every table and index as plain, frozen SQL."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)


STATEMENTS = (
'''


def statements() -> list[str]:
    """CREATE TABLE and CREATE INDEX of every model, tables in the order of their references."""
    sys.path.insert(0, str(ROOT / "src"))
    from salescli.book.create import load_tables
    from salescli.core.schema import metadata

    load_tables()
    dialect = sqlite.dialect()
    made = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += [str(CreateIndex(index).compile(dialect=dialect)) for index in sorted(table.indexes, key=lambda i: str(i.name))]
    return ["\n".join(line.rstrip().replace("\t", "    ") for line in text.strip().splitlines()) for text in made]


def source() -> str:
    """The text of the revision."""
    return HEAD + "".join(f'    r"""\n{text}\n""",\n' for text in statements()) + ")\n"


def main() -> int:
    """Write or compare; the exit status."""
    wanted = source()
    present = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    if "--check" in sys.argv[1:]:
        sys.stdout.writelines(difflib.unified_diff(present.splitlines(True), wanted.splitlines(True), TARGET.name, "the models"))
        return int(present != wanted)
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
