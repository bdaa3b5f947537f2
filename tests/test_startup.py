"""What a call loads: reads, help pages and TAB never load the models' library, nor Rich where the output is plain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "salescli"
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "alembic",
    "jinja2",
    "xlsxwriter",
    "tabulate",
    "dateutil",
    "pypinyin",
    "rapidfuzz",
    "reportlab",
)
DRAWING = ("rich", "pygments", "markdown_it")
TELL = "; import json, atexit; sys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))"


def loaded(book, *words: str, **env: str) -> set[str]:
    """The modules one command line loads in a process of its own."""
    code = f"import sys; from salescli.cli import main; status = main({list(words)!r}){TELL}"
    return _modules([sys.executable, "-c", code], book, env)


def _modules(command: list[str], book, env: dict[str, str]) -> set[str]:
    variables = {**os.environ, **book.variables("en", env)}
    done = subprocess.run(command, env=variables, cwd=book.folder, capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def room_modules(modules: set[str]) -> set[str]:
    """Modules of rooms among those loaded."""
    return {m for m in modules if m.count(".") >= 2 and m.startswith("salescli.") and not m.startswith("salescli.core.")}


@pytest.mark.parametrize(
    "words", [(), ("--help",), ("--lang", "zh"), ("nonsense",), ("--bogus",), ("nonsense", "-f", "json")], ids=" ".join
)
def test_the_root_loads_no_room_and_nothing_heavy(nobook, words: tuple[str, ...]) -> None:
    modules = loaded(nobook, *words)
    assert not modules & {*HEAVY, *DRAWING, "sqlite3"}
    assert room_modules(modules) == set()


def test_tab_loads_no_room_and_nothing_heavy(nobook) -> None:
    modules = loaded(nobook, _SALESCLI_COMPLETE="complete_bash", COMP_WORDS="salescli ", COMP_CWORD="1")
    assert not modules & {*HEAVY, *DRAWING}
    assert room_modules(modules) == set()


def test_tab_inside_a_group_loads_that_room_only(nobook) -> None:
    modules = loaded(nobook, _SALESCLI_COMPLETE="complete_bash", COMP_WORDS="salescli policy ", COMP_CWORD="2")
    assert not modules & {*HEAVY, *DRAWING}
    assert room_modules(modules) == {"salescli.policy.cli"}


@pytest.mark.parametrize("words", [("policy", "-h"), ("policy", "set", "-h"), ("policy", "set"), ("policy", "nonsense")], ids=" ".join)
def test_help_and_errors_load_one_command_file(nobook, words: tuple[str, ...]) -> None:
    modules = loaded(nobook, *words)
    assert not modules & {*HEAVY, *DRAWING}
    assert room_modules(modules) == {"salescli.policy.cli"}


RUN_EXAMPLES = """
import io, json, shlex, sys
from salescli import cli
told, seen = {}, set()
entries = [*cli.entries().values(), *cli.GRAFTS.values()]
lines = {line for e in entries for v in cli._app(e).verbs.values() if v.kind == "report" for line in v.examples}
for line in sorted(line for line in lines if " -o " not in line and "xlsx" not in line):
    out, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), io.StringIO(), io.StringIO()
    status, said = cli.main(shlex.split(line)[1:]), sys.stderr.getvalue()
    sys.stdout, sys.stderr = out
    new = {m.partition(".")[0] for m in sys.modules} & set(json.loads(sys.argv[1])) - seen
    seen |= new
    told[line] = [status, said, sorted(new)]
sys.stderr.write(json.dumps(told))
"""


def test_no_report_loads_models_or_rich_and_each_example_runs_on_an_empty_book(book) -> None:
    variables = {**os.environ, **book.variables("en", None)}
    command = [sys.executable, "-c", RUN_EXAMPLES, json.dumps([*HEAVY, *DRAWING])]
    done = subprocess.run(command, env=variables, cwd=book.folder, capture_output=True, text=True, check=True)
    told = json.loads(done.stderr)
    assert {line: new for line, (_status, _said, new) in told.items() if new} == {}
    assert {line: said for line, (status, said, _new) in told.items() if status not in (0, 3, 10)} == {}


@pytest.mark.parametrize("words", [("policy", "list"), ("policy", "list", "-f", "json"), ("policy", "list", "-f", "csv")], ids=" ".join)
def test_reads_load_no_models_and_no_rich(book, words: tuple[str, ...]) -> None:
    assert not loaded(book, *words) & {*HEAVY, *DRAWING}


def test_an_import_that_only_adds_rows_loads_no_models(book) -> None:
    (book.folder / "orders.csv").write_text("order,date,customer,sku,quantity,unit_price\nA1,2026-01-02,K1,S1,2,5\n")
    assert not loaded(book, "import", "orders", "orders.csv", "--create") & {"sqlmodel", "sqlalchemy", *DRAWING}
    assert book.sql("SELECT number FROM sales_order") == [("A1",)]


LOCKED = """
import sys
from salescli.core import reader, writer
before, connect = set(), reader.connect_to_write
writer.connect_to_write = lambda path: (before.update(sys.modules), connect(path))[1]
from salescli.cli import main
assert main(sys.argv[1:]) == 0
print(*sorted(m for m in set(sys.modules) - before if m.startswith(("sqlmodel", "salescli"))), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "line", ["customer add Huaxin --code C1", "policy set ar.doubtful_months 9", "product add S1 Toner --list-price 10"]
)
def test_nobody_waits_for_the_book_while_a_write_loads_its_modules(book, line: str) -> None:
    variables = {**os.environ, **book.variables("en", {})}
    done = subprocess.run(
        [sys.executable, "-c", LOCKED, *line.split()], env=variables, cwd=book.folder, capture_output=True, text=True, check=True
    )
    late = done.stderr.splitlines()[-1].split()
    assert not [m for m in late if m.startswith("sqlmodel") or ".tables" in m or ".actions" in m]


def test_the_version_loads_nothing(nobook) -> None:
    code = f"import sys; sys.argv[1:] = ['--version']; from salescli.__main__ import run; run(){TELL}"
    modules = _modules([sys.executable, "-c", code], nobook, {})
    assert not modules & {"typer", "salescli.cli", "gettext", "sqlite3", *HEAVY}


LIGHT_FILES = sorted(p for p in SOURCE.rglob("*.py") if p.name.startswith(("cli", "reads", "rules", "states")))


def test_command_read_rule_and_state_files_load_no_models(nobook) -> None:
    names = [".".join(p.relative_to(SOURCE.parent).with_suffix("").parts) for p in LIGHT_FILES]
    code = f"import sys, importlib; [importlib.import_module(name) for name in {names!r}]{TELL}"
    assert not _modules([sys.executable, "-c", code], nobook, {}) & {*HEAVY, *DRAWING}


def test_the_core_of_a_read_loads_little(nobook) -> None:
    code = f"import sys; import salescli.core.reader, salescli.core.ui, salescli.core.report, salescli.core.commands{TELL}"
    assert not _modules([sys.executable, "-c", code], nobook, {}) & {*HEAVY, *DRAWING, "platformdirs", "tomllib", "hashlib"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device without room here")
@pytest.mark.parametrize("more", [[], ["-f", "json"]])
def test_output_without_room_is_told_in_a_sentence(book, more: list[str]) -> None:
    variables = {**os.environ, **book.variables("en", None)}
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "salescli", "policy", "list", *more]
        done = subprocess.run(command, env=variables, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"Traceback" in done.stderr, b"cannot be written" in done.stderr) == (2, False, True)
