"""Who is at work: OS account, session, password; what a sign-in is worth and how it ends (CLI.md §1 'who')."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from salescli.core import signin
from tests.desk.desk_office import cheap_hashes, keyboard, office  # noqa: F401  fixtures

pytestmark = pytest.mark.usefixtures("cheap_hashes")

SECRET = "correct horse\n"


@pytest.fixture
def desk(office):
    """The office; RA and ADMIN have passwords, and nobody at the keyboard is known to the book."""
    office.ok("staff password RA --stdin", stdin=SECRET)
    office.ok("staff password RB --stdin", stdin="another one\n")
    with keyboard("stranger"):
        yield office


def sign_in(book, code: str = "RA", secret: str = SECRET):
    return book.run(f"login {code} --stdin", stdin=secret)


def me(book, line: str = "whoami") -> dict:
    (row,) = book.rows(line)
    return row


def session_file(book) -> Path:
    (found,) = (book.folder / ".local/state/salescli").glob("*.session")
    return found


@pytest.mark.rule("ORG-07")
def test_the_os_account_comes_first(office) -> None:
    assert (me(office)["code"], me(office)["proof"]) == ("ADMIN", "os_account")
    assert (me(office, "whoami --user RA")["code"], me(office, "whoami --user RA")["proof"]) == ("RA", "administrator")


@pytest.mark.rule("ORG-07")
def test_an_unknown_account_without_session_is_refused(desk) -> None:
    result = desk.run("customer list -f json --no-input")
    assert result.exit == 7
    assert result.json()["error"]["code"] == "who_are_you"
    assert "salescli login" in result.json()["error"]["hint"]
    assert desk.run("whoami --user RA").exit == 7
    assert desk.run("whoami", env={"SALESCLI_USER": "RA"}).exit == 7


@pytest.mark.rule("ORG-07")
def test_a_session_proves_its_person_and_nobody_else(desk) -> None:
    assert sign_in(desk).exit == 0
    assert (me(desk)["code"], me(desk)["proof"]) == ("RA", "session")
    assert me(desk)["until"]
    assert me(desk, "whoami --user ra")["code"] == "RA"
    assert desk.run("whoami --user RB").exit == 7
    assert desk.run("whoami --user ADMIN").exit == 7
    assert desk.run("whoami --user NOBODY").exit == 7


@pytest.mark.rule("ORG-07")
def test_a_session_writes_in_its_persons_name(desk) -> None:
    sign_in(desk)
    desk.ok("customer add 华信科技 --code C1")
    assert desk.sql("select staff, os_account from history order by id desc limit 1") == [("RA", "stranger")]
    assert desk.run("policy set pool.idle_days 40").exit == 7


@pytest.mark.rule("ORG-07")
def test_choosing_another_person_takes_an_administrators_account_or_that_persons_session(desk) -> None:
    desk.sql("update staff set os_account = 'rbox' where code = 'RB'")
    with keyboard("rbox"):
        assert me(desk)["code"] == "RB"
        assert desk.run("whoami --user RA").exit == 7
        signed = sign_in(desk)
        assert "--user RA" in signed.err  # the OS account still comes first
        assert me(desk)["code"] == "RB"
        assert me(desk, "whoami --user RA")["proof"] == "session"


@pytest.mark.rule("ORG-06", "ORG-07")
def test_an_administrator_who_left_chooses_nobody(office) -> None:
    office.ok("staff edit MA --role manager,admin --os-account mbox")
    office.ok("staff leave MA --on 2026-11-02")
    with keyboard("mbox"):
        assert office.run("whoami").exit == 7
        assert office.run("whoami --user RA").exit == 7


@pytest.mark.rule("ORG-06")
def test_whoever_left_does_not_get_in(desk) -> None:
    sign_in(desk)
    with keyboard("root"):
        desk.sql("update staff set os_account = 'root' where code = 'ADMIN'")
        desk.ok("staff leave RA --on 2026-11-02")
    assert desk.run("whoami").exit == 7
    result = sign_in(desk)
    assert result.exit == 7
    assert "2026-11-02" in result.err


@pytest.mark.rule("ORG-07")
def test_a_session_ends(desk, monkeypatch) -> None:
    sign_in(desk)
    desk.sql("update session set expires = '2020-01-01T00:00:00+00:00'")
    assert desk.run("whoami").exit == 7
    sign_in(desk)
    assert desk.sql("select count(*) from session") == [(1,)]  # the one that was over is cleared away


@pytest.mark.rule("ORG-07")
def test_how_long_a_session_lasts_is_the_offices_choice(desk) -> None:
    from datetime import UTC, datetime

    with keyboard("root"):
        desk.sql("update staff set os_account = 'root' where code = 'ADMIN'")
        desk.ok("policy set session.hours 2")
    sign_in(desk)
    ((created, expires),) = desk.sql("select created, expires from session")
    assert (datetime.fromisoformat(expires) - datetime.fromisoformat(created)).total_seconds() == pytest.approx(7200, abs=2)
    assert datetime.fromisoformat(expires).tzinfo == UTC


@pytest.mark.rule("ORG-07")
def test_the_file_is_ones_own_and_the_book_holds_only_a_hash(desk) -> None:
    sign_in(desk)
    path = session_file(desk)
    token = path.read_text().strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(token) == 64
    assert token.encode() not in desk.path.read_bytes()
    assert desk.sql("select token from session") == [(signin.token_hash(token),)]


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_others_may_read_or_write_is_refused(desk, mode) -> None:
    sign_in(desk)
    session_file(desk).chmod(mode)
    result = desk.run("whoami -f json")
    assert result.exit == 7
    assert result.json()["error"]["code"] == "session_file_open"


@pytest.mark.rule("ORG-07")
def test_a_link_or_another_owners_file_is_refused(desk, monkeypatch) -> None:
    sign_in(desk)
    path = session_file(desk)
    path.rename(path.with_suffix(".real"))
    path.symlink_to(path.with_suffix(".real"))
    assert desk.run("whoami").exit == 7
    path.unlink()
    path.with_suffix(".real").rename(path)
    assert desk.run("whoami").exit == 0
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert desk.run("whoami").exit == 7


@pytest.mark.rule("ORG-07")
def test_a_forged_token_is_nothing(desk) -> None:
    sign_in(desk)
    session_file(desk).write_text("0" * 64)
    assert desk.run("whoami").exit == 7


def test_a_session_belongs_to_one_book(desk, tmp_path) -> None:
    import shutil

    sign_in(desk)
    other = tmp_path / "copy.db"
    shutil.copyfile(desk.path, other)
    assert desk.run(["whoami", "--db", str(other)]).exit == 7


@pytest.mark.rule("ORG-07")
def test_logout_ends_it(desk) -> None:
    assert "nobody" in desk.ok("logout").out
    sign_in(desk)
    kept = session_file(desk).read_text()
    desk.ok("logout")
    assert desk.run("whoami").exit == 7
    assert desk.sql("select count(*) from session") == [(0,)]
    sign_in(desk)
    session_file(desk).write_text(kept)
    assert desk.run("whoami").exit == 7


# --- passwords ----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07")
def test_a_wrong_password_or_code_says_the_same(desk) -> None:
    answers = {sign_in(desk, code, "wrong password\n").err.replace(code, "X") for code in ("RA", "FD", "NOBODY")}
    assert len(answers) == 1
    assert sign_in(desk, secret="\n").exit == 7


@pytest.mark.rule("ORG-07")
def test_too_many_wrong_passwords_make_a_pause_even_for_the_right_one(desk) -> None:
    for _try in range(5):
        assert sign_in(desk, secret="wrong password\n").exit == 7
    result = desk.run("login RA --stdin -f json", stdin=SECRET)
    assert result.exit == 7
    assert result.json()["error"]["code"] == "sign_in_paused"
    assert sign_in(desk, "RB", "another one\n").exit == 0
    assert desk.sql("select count(*) from history where verb = 'login' and document = 'RA'") == [(1,)]
    desk.sql("update credential set locked_until = '2020-01-01T00:00:00+00:00'")
    assert sign_in(desk).exit == 0
    assert desk.sql("select failures, locked_until from credential c join staff s on s.id = c.staff_id where code = 'RA'") == [(0, None)]


@pytest.mark.rule("ORG-07")
def test_a_good_password_forgives_earlier_tries(desk) -> None:
    for _round in range(3):
        for _try in range(4):
            sign_in(desk, secret="wrong password\n")
        assert sign_in(desk).exit == 0


@pytest.mark.rule("ORG-07")
def test_passwords_are_kept_as_salted_hashes_outside_the_history(desk) -> None:
    with keyboard("root"):
        desk.sql("update staff set os_account = 'root' where code = 'ADMIN'")
        desk.ok("staff password RB --stdin", stdin=SECRET)
        assert desk.run("history --verify").exit == 0
    rows = desk.sql("select salt, hash from credential")
    assert len({salt for salt, _hash in rows}) == len({hash_ for _salt, hash_ in rows}) == 2
    assert b"correct horse" not in desk.path.read_bytes()
    assert desk.sql("select count(*) from history where tbl in ('credential', 'session')") == [(0,)]
    assert desk.sql("select count(*) from history where verb = 'staff password' and after = 'password set'") == [(3,)]


@pytest.mark.rule("ORG-07")
def test_only_an_administrator_sets_anothers_password(desk) -> None:
    sign_in(desk)
    assert desk.run("staff password RB --stdin", stdin="taken over\n").exit == 7


@pytest.mark.rule("ORG-07")
def test_a_session_alone_does_not_change_its_password(desk) -> None:
    sign_in(desk)
    assert desk.run("staff password --stdin", stdin="taken over\ntaken over\n").exit == 7
    desk.ok("staff password --stdin", stdin=SECRET + "new password\n")
    assert desk.run("whoami").exit == 7  # the sign-ins of that person ended
    assert sign_in(desk).exit == 7
    assert sign_in(desk, secret="new password\n").exit == 0


@pytest.mark.rule("ORG-07")
@pytest.mark.parametrize("bad", ["short", "1234567", "", "x" * 201])
def test_a_password_has_its_length(office, bad) -> None:
    result = office.run("staff password RA --stdin", stdin=bad + "\n")
    assert result.exit == 2
    assert office.sql("select count(*) from credential") == [(0,)]


def test_a_password_is_not_the_code(office) -> None:
    office.ok("staff add LONGCODE 'Long Code' --superior MA")
    assert office.run("staff password longcode --stdin", stdin="LongCode\n").exit == 2


def test_the_same_password_typed_full_width(desk) -> None:
    assert sign_in(desk, secret="ｃｏｒｒｅｃｔ horse\n").exit == 0


def test_without_a_terminal_nobody_is_asked(desk) -> None:
    result = desk.run("login RA -f json")
    assert result.exit == 7
    assert result.json()["error"]["code"] == "password_needed"


def test_a_dry_run_sets_no_password(office) -> None:
    office.ok("staff password RA --stdin --dry-run", stdin=SECRET)
    assert office.sql("select count(*) from credential") == [(0,)]


# --- at a terminal ------------------------------------------------------------------------------------------------------


def at_terminal(book, line: str, *answers: tuple[str, str]) -> tuple[int, str]:
    """Run a command as an unknown OS account at a terminal, answering what it asks; exit status and screen."""
    import pexpect

    program = (
        "import sys; from salescli.core import access, signin; access.os_account = lambda: 'stranger'; signin.COST = (10, 8, 1);"
        "from salescli.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    env = {**os.environ, **book.variables("en", None), "TERM": "dumb"}
    child = pexpect.spawn(sys.executable, ["-c", program, *line.split()], env=env, encoding="utf-8", timeout=30, cwd=str(book.folder))
    screen = ""
    for question, answer in answers:
        child.expect_exact(question)
        screen += child.before + question
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, screen + child.before


@pytest.mark.rule("ORG-07")
def test_at_a_terminal_the_password_is_asked_and_not_shown(desk) -> None:
    pytest.importorskip("pexpect")
    status, screen = at_terminal(desk, "whoami", ("Staff code: ", "RA"), ("Password of RA: ", SECRET.strip()))
    assert status == 0
    assert "password" in screen
    assert "correct horse" not in screen
    assert at_terminal(desk, "whoami --user RA", ("Password of RA: ", "wrong password"))[0] == 7
    assert at_terminal(desk, "whoami --no-input")[0] == 7


@pytest.mark.rule("ORG-07")
def test_a_write_asks_without_keeping_the_others_waiting(desk) -> None:
    """The lock is given up while a person types, and the write that follows is done in his name."""
    pytest.importorskip("pexpect")
    with keyboard("root"):
        desk.sql("update staff set os_account = 'root' where code = 'ADMIN'")
    line = "customer add Northwind --code C9 --user RA"
    status, screen = at_terminal(desk, line, ("Password of RA: ", SECRET.strip()))
    assert status == 0, screen
    assert desk.sql("select staff from history where document = 'C9' limit 1") == [("RA",)]


def test_a_new_password_is_asked_twice(desk) -> None:
    pytest.importorskip("pexpect")
    sign_in(desk)
    asked = ("Present password of RA: ", SECRET.strip()), ("New password of RA: ", "brand new one"), ("The same again: ", "brand new ONE")
    assert at_terminal(desk, "staff password", *asked)[0] == 2
    asked = (*asked[:2], ("The same again: ", "brand new one"))
    assert at_terminal(desk, "staff password", *asked)[0] == 0
    assert sign_in(desk, secret="brand new one\n").exit == 0


# --- the owner of the file ----------------------------------------------------------------------------------------------


@pytest.mark.rule("ORG-07", "ORG-09")
def test_the_owner_of_the_file_rescues_the_office(desk) -> None:
    assert desk.run("staff rescue-admin").exit == 2
    done = desk.ok("staff rescue-admin RB")
    assert "RB is administrator" in done.out
    assert (me(desk)["code"], me(desk)["roles"]) == ("RB", "admin,rep")
    assert desk.sql("select count(*) from history where verb = 'staff rescue-admin' and os_account = 'stranger'")[0][0] >= 2
    assert desk.run("check").exit == 0


@pytest.mark.rule("ORG-07")
def test_a_new_person_may_come_to_the_rescue(desk) -> None:
    desk.ok("staff rescue-admin NEW --name 'New Owner'")
    assert me(desk)["name"] == "New Owner"


@pytest.mark.rule("ORG-07")
def test_nobody_else_makes_himself_administrator(desk, monkeypatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    result = desk.run("staff rescue-admin RA -f json")
    assert result.exit == 7
    assert result.json()["error"]["code"] == "not_file_owner"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_refusals_on_the_screen(desk, lang, golden) -> None:
    told = [
        desk.run(line, lang=lang, stdin="wrong password\n").err for line in ("whoami", "whoami --user RA", "login RA --stdin", "login RA")
    ]
    golden(f"desk/signin.{lang}.txt", "".join(told))
