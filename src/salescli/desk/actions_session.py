"""Writes about signing in: passwords, deputies, and the owner of the file making himself administrator (ORG-07)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core import access, signin
from salescli.core.access import OS_ACCOUNT, Actor, actor_for, require
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import Row, find, unlocked
from salescli.core.prompts import ask
from salescli.core.report import Change, Done
from salescli.core.tables import Staff, StaffRole
from salescli.core.tables_office import Credential, Deputy
from salescli.core.text import clean_code, clean_or_none
from salescli.desk.signing import refuse_unasked

if TYPE_CHECKING:
    from collections.abc import Callable

    from salescli.core.writer import Writer

LONGEST = 200


def set_password(w: Writer, staff: str | None, lines: list[str] | None) -> Done:
    """Give oneself, or as administrator somebody, a new password; his sign-ins elsewhere end. ORG-07.

    `lines` are the passwords read from standard input (the old one first where it is asked for), None asks at the terminal.
    Raises SalesError: 2 too short or not the same twice, 7 not one's own, the old one wrong, nobody to ask.
    """
    person = find(w.reader, "staff", staff) if staff else Row(w.actor.id, w.actor.code, w.actor.name)
    if person.id != w.actor.id:
        require(w.actor, "staff.rights", w.verb)
    typed = _answers(lines)
    book = signin.book_of(w.reader)
    with unlocked(w.reader):
        if _needs_old(w, person):
            signin.verify(book, person.code, typed(N_("Present password of {staff}:"), person.code))
        new = _new_password(typed, person.code, w.policy("password.min_length"))
        again = new if lines is not None else typed(N_("The same again:"), person.code)
        salt = signin.new_salt()
        kept = signin.hashed(new, salt)
    if new != again:
        fail("passwords_differ", N_("the two passwords are not the same; nothing was changed"), kind=Kind.USAGE)
    _keep(w, person.id, salt, kept)
    w.note(person.code, "password set")
    return Done(msg(N_("{staff} has a new password"), staff=person.code), person.code, next=(f"salescli login {person.code}",))


def _needs_old(w: Writer, person: Row) -> bool:
    """Whether the present password has to be given: one's own, while only a sign-in left open proves who is there."""
    proved = w.actor.proof == OS_ACCOUNT or w.actor.may("staff.rights")
    has_one = w.reader.value("SELECT count(*) FROM credential WHERE staff_id = :id", id=person.id)
    return bool(has_one) and person.id == w.actor.id and not proved


def _answers(lines: list[str] | None) -> Callable[[str, str], str]:
    """Where passwords come from: the lines given, else a person at the terminal. Raises SalesError (exit 7) when nobody answers."""
    given = iter(lines or ())

    def typed(question: str, staff: str) -> str:
        answer = next(given, "") if lines is not None else ask(msg(question, staff=staff), secret=True)
        if answer is None:
            refuse_unasked()
        return answer

    return typed


def _new_password(typed: Callable[[str, str], str], staff: str, least: int) -> str:
    new = typed(N_("New password of {staff}:"), staff)
    if len(new) < least or len(new) > LONGEST:
        fail("password_length", N_("a password has {least} to {most} characters, this one {count}"), kind=Kind.USAGE, rule="ORG-07",
             least=least, most=LONGEST, count=len(new))  # fmt: skip
    if new.strip().casefold() == staff.casefold():
        fail("password_is_code", N_("a password must not be the staff code"), kind=Kind.USAGE, rule="ORG-07")
    return new


def _keep(w: Writer, staff_id: int, salt: str, kept: str) -> None:
    row = w.session.exec(select(Credential).where(Credential.staff_id == staff_id)).first()
    row = row or Credential(staff_id=staff_id, salt=salt, hash=kept, changed=w.today)
    row.salt, row.hash, row.changed, row.failures, row.locked_until = salt, kept, w.today, 0, None
    w.add(row)
    w.reader.execute("DELETE FROM session WHERE staff_id = :id", {"id": staff_id})


# --- deputies -----------------------------------------------------------------------------------------------------------


def deputise(w: Writer, staff: str, deputy: str, since: date | None, until: date, reason: str | None) -> Done:
    """Let somebody decide for another while he is away: for oneself, one's team, or anybody with staff.edit. RULEBOOK §27.

    Raises SalesError: 2 the days are the wrong way round, 4 himself or somebody who left, 7 not yours to arrange.
    """
    away, stands_in = find(w.reader, "staff", staff), find(w.reader, "staff", deputy)
    if away.id not in w.actor.own_or_team():
        require(w.actor, "staff.edit", w.verb)
    first = since or w.today
    _check_deputy(w, away, stands_in, first, until)
    _refuse_twice(w, away, stands_in, first, until)
    w.add(
        Deputy(
            staff_id=away.id, deputy_id=stands_in.id, since=first, until=until, reason=clean_or_none(reason, C_("reason")),
            arranged_by=w.actor.id or None,
        )
    )  # fmt: skip
    w.document = away.code
    return Done(
        msg(N_("{deputy} decides for {staff} from {since} to {until}"), deputy=stands_in.code, staff=away.code,
            since=first.isoformat(), until=until.isoformat()),
        away.code,
        next=("salescli staff deputies",),
    )  # fmt: skip


def _refuse_twice(w: Writer, away: Row, stands_in: Row, since: date, until: date) -> None:
    """One absence with the same deputy is noted once."""
    same = select(Deputy).where(Deputy.staff_id == away.id, Deputy.deputy_id == stands_in.id, Deputy.since <= since, Deputy.until >= until)
    if w.session.exec(same).first() is not None:
        text, hint = N_("{deputy} decides for {staff} on these days already"), N_("salescli staff deputies")
        fail("deputised", text, kind=Kind.STATE, rule="DAT-01", hint=hint, deputy=stands_in.code, staff=away.code)


def _check_deputy(w: Writer, away: Row, stands_in: Row, since: date, until: date) -> None:
    if away.id == stands_in.id:
        fail("deputy_himself", N_("nobody is his own deputy"), rule="ORG-03", hint=N_("name somebody else: salescli staff list"))
    left = w.reader.value("SELECT left_on FROM staff WHERE id = :id", id=stands_in.id)
    if left and left < until.isoformat():
        hint = N_("choose somebody else, or --until {left}")
        fail(
            "deputy_left",
            N_("{staff} leaves on {left}, before the absence is over"),
            rule="ORG-06",
            hint=hint,
            staff=stands_in.code,
            left=left,
        )
    if until < since or until < w.today:
        fail("deputy_days", N_("the last day {until} lies before the first ({since}) or has passed"), kind=Kind.USAGE,
             until=until.isoformat(), since=since.isoformat())  # fmt: skip


def end_deputy(w: Writer, staff: str, deputy: str) -> Done:
    """End a deputy's time: yesterday was its last day. Raises SalesError: 3 there is none, 7 not yours to arrange."""
    away, stands_in = find(w.reader, "staff", staff), find(w.reader, "staff", deputy)
    if away.id not in w.actor.own_or_team():
        require(w.actor, "staff.edit", w.verb)
    rows = w.session.exec(select(Deputy).where(Deputy.staff_id == away.id, Deputy.deputy_id == stands_in.id, Deputy.until >= w.today)).all()
    if not rows:
        fail("no_deputy", N_("{deputy} is not deputy of {staff}"), kind=Kind.NOT_FOUND, hint=N_("salescli staff deputies"),
             deputy=stands_in.code, staff=away.code)  # fmt: skip
    for row in rows:
        if row.since < w.today:
            row.until = w.today - timedelta(days=1)
        else:
            w.session.delete(row)
    w.document = away.code
    return Done(msg(N_("{deputy} no longer decides for {staff}"), deputy=stands_in.code, staff=away.code), away.code)


# --- the owner of the file ----------------------------------------------------------------------------------------------


def founder(account: str) -> Actor:
    """Who acts when the owner of the file comes to the rescue: nobody of the book yet."""
    return Actor(0, account, account, frozenset({"admin"}), (), account)


def rescue(w: Writer, staff: str | None, name: str | None) -> Done:
    """Make the owner of the book's file an administrator bound to his OS account; the history tells it (CLI.md §1 'who').

    Raises SalesError: 2 no code and the account is bound to nobody, 4 the person left.
    """
    account = access.os_account()
    bound = w.session.exec(select(Staff).where(Staff.os_account == account)).first()
    person = _rescued(w, staff, name, account) if staff else bound
    if person is None:
        fail("rescue_whom", N_("the OS account {account} belongs to nobody in this book: say which staff code you are to be"),
             kind=Kind.USAGE, hint=N_("salescli staff rescue-admin CODE"), account=account)  # fmt: skip
    if person.left_on and person.left_on < w.today:
        fail("has_left", N_("{staff} left on {left} and may not sign in"), rule="ORG-06",
             hint=N_("name somebody who is here: salescli staff rescue-admin CODE"), staff=person.code,
             left=person.left_on.isoformat())  # fmt: skip
    changes = [*_bind(w, person, bound, account), *_promote(w, person)]
    assert person.id is not None
    w.act_as(actor_for(w.reader, person.id, person.code, person.name, account))
    w.document = person.code
    w.note(person.code, f"the owner of the file, {account}, became administrator")
    return Done(
        msg(N_("{staff} is administrator, bound to your OS account {account}"), staff=person.code, account=account),
        person.code,
        changes=tuple(changes),
        next=("salescli whoami",),
    )


def _bind(w: Writer, person: Staff, bound: Staff | None, account: str) -> list[Change]:
    """Let the OS account prove this person, and nobody else."""
    if bound is person:
        return []
    if bound:
        bound.os_account = None
        w.session.flush()
    before, person.os_account = person.os_account, account
    w.session.flush()
    return [Change(C_("os_account"), before, account)]


def _promote(w: Writer, person: Staff) -> list[Change]:
    assert person.id is not None
    held = w.reader.column("SELECT role FROM staff_role WHERE staff_id = :id", id=person.id)
    if "admin" in held:
        return []
    w.add(StaffRole(staff_id=person.id, role="admin"))
    return [Change(C_("role"), ",".join(held) or None, ",".join([*held, "admin"]))]


def _rescued(w: Writer, staff: str, name: str | None, account: str) -> Staff:
    """The person of that code, or a new one."""
    code = clean_code(staff, C_("code"))
    known = next((row for row in w.session.exec(select(Staff)) if row.code.casefold() == code.casefold()), None)
    return known or w.add(Staff(code=code, name=clean_or_none(name, C_("name")) or account))
