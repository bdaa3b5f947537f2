"""The command line itself: the tree, global options, help and usage errors in both languages, exit statuses."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from datetime import date
from typing import Annotated, Literal

import pytest
import typer

from salescli import cli
from salescli.core import context, ui
from salescli.core.commands import THIS_MONTH, AsOf, Group, PeriodOption, StaffOption, argument, option
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, msg

heard: list[object] = []
app = Group("try")


@app.plain("say", help=N_("Why; kept in the history."), example="salescli try say C1 2.5 --as-of 2026-10-31", rules=("AR-04", "AR-05"))
def say(
    customer: Annotated[str, typer.Argument(metavar=N_("CUSTOMER"), help=N_("Customer: code, name or part of it."))],
    quantity: Annotated[int, argument("quantity", help=N_("Quantity, such as 10 or 2.5."))],
    more: Annotated[list[str] | None, typer.Argument(help=N_("A remark kept with it."))] = None,
    period: PeriodOption = THIS_MONTH,
    as_of: AsOf = None,
    amount: Annotated[int | None, option("amount", "--amount", help=N_("Amount of money, such as 1,234.50."))] = None,
    by: Annotated[Literal["customer", "staff"], typer.Option(help=N_("Only these columns, in this order."))] = "customer",
    late: Annotated[bool, typer.Option(help=N_("Show this page."))] = False,
    note: Annotated[str | None, typer.Option(help=N_("A remark kept with it."))] = None,
    count: Annotated[int, typer.Option(min=1, max=5, help=N_("Order number."))] = 2,
    staff: StaffOption = None,
) -> None:
    heard.append((customer, quantity, more, period.name, as_of, amount, by, late, note, count, staff, context.current()))


@app.plain("fail", help=N_("Show the version."), example="salescli try fail 4")
def failing(status: Annotated[int, typer.Argument(help=N_("Order number."))]) -> None:
    if status == 0:
        raise RuntimeError("nobody foresaw\nthis")
    if status == 130:
        raise KeyboardInterrupt
    fail(
        "no_good",
        N_("there is no file {value}"),
        kind=Kind(status),
        rule="AR-06",
        hint=N_("{command} --help"),
        value="x",
        command="salescli",
    )


@app.plain("talk", help=N_("Show the version."), example="salescli try talk")
def talk() -> int:
    ui.text(["语言 line"] * 20_000)
    return 3


@app.plain("need", help=N_("Show the version."), example="salescli try need --by customer")
def need(by: Annotated[Literal["customer", "staff"], typer.Option(help=N_("Only these columns, in this order."))]) -> None:
    heard.append(by)


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table with one small group, one verb of it at the root, and one grafted into `policy`."""
    module = types.ModuleType("tried_room")
    module.app = app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tried_room", module)
    entry = cli.Entry("tried_room", N_("Show this page."))
    table = {
        N_("Every day:"): {"try": entry, "say": entry._replace(verb="say")},
        N_("The book:"): {"policy": cli.Entry("salescli.policy.cli", N_("The office's rules and numbers: list, change, explain."))},
    }
    monkeypatch.setattr(cli, "TABLE", table)
    monkeypatch.setattr(cli, "GRAFTS", {("policy", "speak"): cli.Entry("tried_room", N_("Show the version."), "say")})
    heard.clear()


# --- values -----------------------------------------------------------------------------------------------------------


def test_values_are_read_once_for_all_commands(nobook) -> None:
    line = "try say C1 2.5 a b --as-of tomorrow --period last-month --amount ¥1,234.5 --by staff --late --count 3 --staff S1"
    assert nobook.run(line).exit == 0
    (found,) = heard
    assert found[:-1] == ("C1", 2500, ["a", "b"], "2026-10", date(2026, 11, 4), 123450, "staff", True, None, 3, "S1")


def test_defaults(nobook) -> None:
    nobook.ok("try say C1 1")
    assert heard[0][:-1] == ("C1", 1000, None, "2026-11", None, None, "customer", False, None, 2, None)


def test_a_negative_figure_is_no_option(nobook) -> None:
    nobook.ok("try say C1 -1,250.5 --amount 3")
    assert heard[0][1] == -1250500
    assert heard[0][5] == 300
    refused = nobook.run("try say C1 1 --amount -3")
    assert (refused.exit, '--amount: "-3" is below zero' in refused.err) == (2, True)
    assert len(heard) == 1


def test_a_verb_may_stand_at_the_root_or_in_another_group(nobook) -> None:
    nobook.ok("say C1 1")
    nobook.ok("policy speak C1 1")
    assert len(heard) == 2
    assert "speak" in nobook.ok("policy --help").out


# --- global options ---------------------------------------------------------------------------------------------------

GLOBALS = ["--db", "b.db", "--user", "S9", "--date", "2026-05-06", "--lang", "zh", "--no-input", "--debug"]


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4])
def test_global_options_anywhere(nobook, place: int) -> None:
    words = ["try", "say", "C1", "1"]
    nobook.ok([*words[:place], *GLOBALS, *words[place:]])
    now = heard[0][-1]
    assert (str(now.db), now.user, now.today, now.lang, now.no_input, now.debug) == ("b.db", "S9", date(2026, 5, 6), "zh", True, True)


def test_the_day_given_later_on_the_line_counts_for_dates_before_it(nobook) -> None:
    nobook.ok("try say C1 1 --as-of today --date 2026-05-06")
    assert heard[0][4] == date(2026, 5, 6)


def test_after_two_dashes_and_as_a_value_they_are_words(nobook) -> None:
    nobook.ok("try say C1 1 --note --debug -- --lang --no-input")
    assert heard[0][8] == "--debug"
    assert heard[0][2] == ["--lang", "--no-input"]
    assert heard[0][-1].debug is False
    assert heard[0][-1].lang == "en"


def test_environment_and_line(nobook) -> None:
    env = {"SALESCLI_DB": "env.db", "SALESCLI_USER": "S2", "SALESCLI_DATE": "2026-01-02", "SALESCLI_LANG": "zh"}
    nobook.run("try say C1 1", env=env)
    nobook.run("try say C1 1 --db line.db --user S3 --date 2026-03-04 --lang en", env=env)
    first, second = heard[0][-1], heard[1][-1]
    assert (str(first.db), first.user, str(first.today), first.lang) == ("env.db", "S2", "2026-01-02", "zh")
    assert (str(second.db), second.user, str(second.today), second.lang) == ("line.db", "S3", "2026-03-04", "en")


def test_a_bad_day_in_the_environment_is_named(nobook) -> None:
    result = nobook.run("try say C1 1", env={"SALESCLI_DATE": "soon"})
    assert result.exit == 2
    assert "SALESCLI_DATE" in result.err
    assert nobook.run("try say C1 1 --date 2026-01-02", env={"SALESCLI_DATE": "soon"}).exit == 0


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANG": "zh_CN"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"SALESCLI_LANG": "zh_CN", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"SALESCLI_LANG": "fr", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({}, "en"),
    ],
)
def test_language_from_the_environment(env: dict[str, str], lang: str) -> None:
    assert context.language(None, env) == lang


@pytest.mark.parametrize("line", ["--version", "try --version", "try say --version", "--lang zh --version"])
def test_version_anywhere(nobook, line: str) -> None:
    assert nobook.ok(line).out == "salescli 0.1.0\n"


def test_no_room_declares_a_global_option_or_hides_help() -> None:
    from salescli.core.commands_options import GLOBAL_NAMES

    taken = {f"--{name.replace('_', '-')}" for name in GLOBAL_NAMES} | {"-h", "--help"}
    for name, group in every_group():
        for verb in group.verbs:
            opts = {opt for param in group.command(verb).params for opt in (*param.opts, *param.secondary_opts)}
            assert not opts & taken, f"{name} {verb}"


# --- help -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("name", "line"), [("root", ""), ("group", "policy -h"), ("command", "try say --help"), ("write", "policy set -h")]
)
def test_help_pages(nobook, golden, lang: str, name: str, line: str) -> None:
    golden(f"help/{name}.{lang}.txt", nobook.ok(line, lang=lang).out)


def test_help_as_a_word(nobook) -> None:
    assert nobook.ok("help try say").out == nobook.ok("try say --help").out
    assert nobook.ok("help").out == nobook.ok("").out


def test_help_fits_the_screen(nobook) -> None:
    from salescli.core.commands_help import display_width

    for lang in ("en", "zh"):
        page = nobook.ok("try say -h", lang=lang, env={"COLUMNS": "60"}).out
        assert max(display_width(line) for line in page.splitlines() if not line.startswith(("Usage", "用法", "  salescli"))) <= 60


def test_a_group_alone_shows_its_page_as_an_error(nobook) -> None:
    result = nobook.run("try")
    assert result.exit == 2
    assert "say" in result.err
    assert result.out == ""
    assert nobook.run("--lang zh").exit == 0


# --- usage errors -----------------------------------------------------------------------------------------------------

WRONG = [
    "polcy list",
    "nonsense",
    "try sai",
    "try say",
    "try say C1",
    "try need",
    "try say C1 1 --not x",
    "try say C1 1 --zzz",
    "try say C1 1 -x",
    "try say C1 1 --as-of",
    "try say C1 1 --late=3",
    "try say C1 1 --by region",
    "try say C1 1 --count x",
    "try say C1 1 --count 9",
    "try say C1 much",
    "try say C1 1.23456",
    "try say C1 1 --as-of 2026-02-30",
    "try say C1 1 --amount 1.234",
    "try say C1 1 --period someday",
    "try need --by staff extra words",
    "--lang fr",
    "--date someday try say C1 1",
]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_kind_of_usage_error(nobook, golden, lang: str) -> None:
    told = []
    for line in WRONG:
        result = nobook.run(line, lang=lang)
        assert result.exit == 2, line
        assert result.out == ""
        told.append(f"$ salescli {line}\n{result.err}")
    golden(f"help/errors.{lang}.txt", "\n".join(told))


@pytest.mark.parametrize("typed", ["员工", "staff"])
def test_what_an_error_offers_is_taken(nobook, typed: str) -> None:
    assert "员工 (staff)" in nobook.run("try need --by x", lang="zh").err
    assert nobook.run(f"try need --by {typed}", lang="zh").exit == 0


@pytest.mark.parametrize("line", WRONG)
@pytest.mark.parametrize("switch", ["-f json", "-fjson", "--format json", "--format=json"])
def test_usage_errors_as_json(nobook, line: str, switch: str) -> None:
    result = nobook.run(f"{switch} {line}" if switch in ("-fjson", "--format=json") and "--as-of" not in line else f"{line} {switch}")
    assert result.exit == 2
    envelope = result.json()
    assert envelope["ok"] is False
    assert envelope["error"] == envelope["problems"][0]
    assert set(envelope["error"]) == {"code", "rule", "message", "facts", "hint"}


CODES = {
    "polcy": "no_such_command",
    "try sai": "no_such_command",
    "policy show": "missing_parameter",
    "policy show x --zzz": "no_such_option",
    "policy show x y": "extra_arguments",
    "policy show x --limit": "option_value",
    "policy show x --limit many": "invalid_value",
}


@pytest.mark.parametrize("line", CODES)
def test_usage_errors_keep_their_codes(nobook, line: str) -> None:
    first, limit, rest = line.partition(" --limit")
    result = nobook.run(f"{first} -f json{limit}{rest}")
    assert (result.exit, result.json()["error"]["code"]) == (2, CODES[line])


def test_bytes_that_are_no_text_are_refused(nobook) -> None:
    result = nobook.run(["try", "say", b"\xff\xfe".decode("utf-8", "surrogateescape"), "1"])
    assert result.exit == 2
    assert "UTF-8" in result.err


# --- exit statuses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_refusal_keeps_its_status(nobook, status: int) -> None:
    result = nobook.run(f"try fail {status}")
    assert result.exit == status
    assert "[AR-06]" in result.err


def test_an_unforeseen_fault_is_one_line(nobook) -> None:
    result = nobook.run("try fail 0")
    assert result.exit == 1
    assert result.err.splitlines()[0] == "error: unexpected fault: RuntimeError: nobody foresaw this"
    assert "Traceback" not in result.err
    assert "Traceback" in nobook.run("try fail 0 --debug").err


def test_an_interruption(nobook) -> None:
    assert nobook.run("try fail 130").exit == 130


def test_a_plain_command_returns_its_status(nobook) -> None:
    assert nobook.run("try talk").exit == 3


# --- as a process -----------------------------------------------------------------------------------------------------


def test_a_closed_pipe_is_no_error(nobook) -> None:
    line = f"{sys.executable} -m salescli --help"
    script = f"{line} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, cwd=nobook.folder)
    assert (done.returncode, done.stderr) == (0, b"")


def test_chinese_in_a_locale_without_it(nobook) -> None:
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = nobook.process("--lang zh", env=env)
    assert result.exit == 0
    assert "用法" in result.out


INTERRUPTED = """
import os, signal, time
import salescli.cli as c
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
c._run = lambda args: (os.kill(os.getpid(), signal.SIGINT), time.sleep(60))
raise SystemExit(c.main([]))
"""


def test_interrupt_signal(nobook) -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], stderr=subprocess.PIPE, cwd=nobook.folder, timeout=30, check=False)
    assert done.returncode == 130
    assert b"Interrupted" in done.stderr


# --- TAB --------------------------------------------------------------------------------------------------------------


def complete(nobook, line: str) -> list[str]:
    env = {"_SALESCLI_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return nobook.process([], env=env).out.split()


def test_tab_offers_groups_verbs_options_and_values(nobook) -> None:
    assert "policy" in complete(nobook, "salescli po")
    assert complete(nobook, "salescli policy se") == ["set"]
    assert complete(nobook, "salescli policy set --dry") == ["--dry-run"]
    assert complete(nobook, "salescli policy list --format js") == ["json"]
    assert "--lang" in complete(nobook, "salescli --l")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(nobook, shell: str) -> None:
    done = nobook.process("--show-completion", env={"SHELL": f"/bin/{shell}"})
    assert done.exit == 0
    assert "_SALESCLI_COMPLETE" in done.out


# --- the whole table --------------------------------------------------------------------------------------------------

REAL_TABLE = {name: entry for section in cli.TABLE.values() for name, entry in section.items()}
REAL_GRAFTS = dict(cli.GRAFTS)


def every_group() -> list[tuple[str, Group]]:
    """Every app the real table names."""
    modules = {entry.module for entry in (*REAL_TABLE.values(), *REAL_GRAFTS.values())}
    return [(module, cli._app(cli.Entry(module, ""))) for module in sorted(modules)]


EVERY_VERB = [
    pytest.param(verb, id=f"{module.split('.')[1]}-{verb.name}") for module, group in every_group() for verb in group.verbs.values()
]


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_every_command_has_help_an_example_that_parses_and_known_rules(verb, monkeypatch: pytest.MonkeyPatch) -> None:
    import shlex

    from salescli.core import policy

    monkeypatch.setattr(cli, "entries", lambda: REAL_TABLE)
    monkeypatch.setattr(cli, "GRAFTS", REAL_GRAFTS)
    assert verb.help.strip()
    assert verb.examples
    assert set(verb.rules) <= set(policy.load_rules())
    for example in " && ".join(verb.examples).split(" && "):
        program, *words = shlex.split(example)
        assert program == "salescli"
        parse(words)


def parse(words: list[str]) -> None:
    """Parse a line down to its command without running it."""
    tree = cli.LazyGroup("salescli", "", {"": {name: entry.line for name, entry in REAL_TABLE.items()}}, cli.load)
    with context.use(context.Context()):
        ctx = tree.make_context("salescli", words, obj={})
        while ctx._protected_args:
            name, command, rest = ctx.command.resolve_command(ctx, [*ctx._protected_args, *ctx.args])
            ctx = command.make_context(name, rest, parent=ctx)


def test_every_word_of_the_table_exists() -> None:
    for name, entry in (*REAL_TABLE.items(), *((verb, entry) for (_group, verb), entry in REAL_GRAFTS.items())):
        verbs = cli._app(entry).verbs
        assert entry.verb in verbs if entry.verb else verbs, name
        assert entry.line.endswith("."), name


def test_the_shown_message_is_in_the_language_in_use(nobook) -> None:
    assert nobook.run("try fail 3", lang="zh").err.startswith("错误：没有文件 x")
    assert str(msg(N_("there is no file {value}"), value="x")) == "there is no file x"
    assert os.environ.get("SALESCLI_LANG") is None
