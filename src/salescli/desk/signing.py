"""Signing in and out, and the rescue of an office without administrator: what happens before anybody is known (ORG-07)."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import NoReturn

from salescli.core import access, session_file, signin
from salescli.core.errors import Kind, Problem, fail, problem
from salescli.core.i18n import N_, msg
from salescli.core.prompts import ask
from salescli.core.reader import Reader, book_path, reader, require_file
from salescli.core.record import NamedTuple
from salescli.core.report import Done


class _Person(NamedTuple):
    code: str
    name: str
    left: str | None


def login(code: str, *, stdin: bool) -> Done:
    """Sign somebody in with his password for `session.hours`. ORG-07. Raises SalesError (exit 7): wrong, paused, left, nobody to ask."""
    book = book_path()
    with reader(anonymous=True) as opened:
        hours = opened.policy("session.hours")
    staff_id = signin.verify(book, code, _password(code, stdin=stdin))
    with reader(anonymous=True) as opened:
        person = opened.first(_Person, "SELECT code, name, left_on FROM staff WHERE id = :id", id=staff_id)
        assert person is not None
        access.refuse_gone(person.code, person.left, opened.today)
        warnings = _other_account(opened, person.code)
    signin.close_session(book)
    until = datetime.fromisoformat(signin.open_session(book, staff_id, hours)).astimezone()
    return Done(
        msg(N_("{staff} {name} is signed in until {until}"), staff=person.code, name=person.name, until=f"{until:%Y-%m-%d %H:%M}"),
        next=("salescli today", "salescli logout"),
        facts={"staff": person.code, "file": str(session_file.place(book))},
        warnings=warnings,
    )


def _password(code: str, *, stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed = ask(msg(N_("Password of {staff}:"), staff=code), secret=True)
    if typed is None:
        refuse_unasked()
    return typed


def refuse_unasked() -> NoReturn:
    """Refuse (exit 7): a password is needed and nobody can be asked."""
    fail(
        "password_needed",
        N_("a password is needed and nobody can be asked for it here"),
        kind=Kind.FORBIDDEN,
        rule="ORG-07",
        hint=N_("type it at a terminal, or hand it over with --stdin"),
    )


def _other_account(opened: Reader, code: str) -> tuple[Problem, ...]:
    """The OS account comes first: where it is another person's, the sign-in has to be chosen."""
    holder = opened.value("SELECT code FROM staff WHERE os_account = :account AND code <> :code", account=access.os_account(), code=code)
    if holder is None:
        return ()
    text = N_("your OS account belongs to {holder}, who acts unless you say --user {staff}")
    return (problem("other_account", text, rule="ORG-07", holder=holder, staff=code),)


def logout() -> Done:
    """End the sign-in on this book; nothing happens where there is none. ORG-07."""
    book = book_path()
    require_file(book)
    text = N_("you are signed out") if signin.close_session(book) else N_("nobody was signed in here")
    return Done(msg(text))


def rescue_admin(staff: str | None, name: str | None) -> Done:
    """Make whoever owns the book's file its administrator. Raises SalesError: 7 for anybody else, else as actions_session.rescue."""
    book = book_path()
    require_file(book)
    if not signin.owns_file(book):
        hint = N_("ask whoever owns the file")
        fail(
            "not_file_owner",
            N_("the file {book} is not yours: only its owner may make himself administrator"),
            kind=Kind.FORBIDDEN,
            rule="ORG-07",
            hint=hint,
            book=str(book),
        )
    from salescli.core.writer import writer
    from salescli.desk.actions_session import founder, rescue

    with writer("staff rescue-admin", actor=founder(access.os_account())) as w:
        return rescue(w, staff, name)
