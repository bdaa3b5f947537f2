"""Writes about people's rights: roles, OS accounts, commands granted to the cron identity (ORG-07)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from salescli.core.access import require
from salescli.core.i18n import C_
from salescli.core.record import NamedTuple
from salescli.core.report import Change
from salescli.core.tables import CommandGrant, Staff, StaffRole
from salescli.staff import reads, rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salescli.core.errors import Problem
    from salescli.core.writer import Writer


class Rights(NamedTuple):
    """What is to become of somebody's roles and grants: the whole set of roles (None: as it is), commands granted and revoked."""

    roles: tuple[str, ...] | None = None
    grant: Sequence[str] = ()
    revoke: Sequence[str] = ()

    def after(self, before: Sequence[str]) -> Sequence[str]:
        """The roles held afterwards."""
        return before if self.roles is None else self.roles


NO_CHANGE = Rights()


def check_given(w: Writer, code: str, before: Sequence[str], wanted: Rights, account: str | None, had: str | None) -> list[Problem]:
    """Roles, OS account (`had` until now) and grants: who may give them, and to whom. ORG-07. Raises SalesError (exit 7)."""
    found = rules.check_roles_given(w.actor.roles, before, wanted.after(before), administrator=w.actor.may("staff.rights"))
    if account != had or wanted.grant or wanted.revoke:
        require(w.actor, "staff.rights", w.verb)
    holder = w.reader.value("SELECT code FROM staff WHERE os_account = :account", account=account)
    return [*found, *rules.check_account(account, holder, code), *rules.check_grants(code, wanted.after(before), wanted.grant)]


def check_stays(w: Writer, person: Staff, before: Sequence[str], wanted: Rights, values: Mapping[str, Any]) -> list[Problem]:
    """The last administrator stays one; only an administrator sends one away. ORG-07. Raises SalesError (exit 7)."""
    admins = reads.administrators(w.reader)
    left = values.get("left_on", person.left_on)
    if left != person.left_on and "admin" in before:
        require(w.actor, "staff.rights", w.verb)
    stays = "admin" in wanted.after(before) and values.get("os_account", person.os_account) is not None and left is None
    others = [code for code in admins if code != person.code]
    return rules.check_last_administrator(person.code, is_one=person.code in admins, stays_one=stays, others=others)


def write(w: Writer, staff_id: int, wanted: Rights, before: Sequence[str]) -> list[Change]:
    """Store roles and grants; the changes made."""
    found = []
    if wanted.roles is not None and set(wanted.roles) != set(before):
        set_roles(w, staff_id, wanted.roles)
        found.append(Change(C_("role"), ",".join(before) or None, ",".join(wanted.roles)))
    granted = {row.command: row for row in w.session.exec(select(CommandGrant).where(CommandGrant.staff_id == staff_id))}
    for command in wanted.grant:
        if command not in granted:
            w.add(CommandGrant(staff_id=staff_id, command=command))
            found.append(Change(C_("granted"), None, command))
    for command in wanted.revoke:
        if command in granted:
            w.session.delete(granted[command])
            found.append(Change(C_("granted"), command, None))
    return found


def set_roles(w: Writer, staff_id: int, roles: Sequence[str]) -> None:
    """Let somebody hold exactly these roles."""
    held = {row.role: row for row in w.session.exec(select(StaffRole).where(StaffRole.staff_id == staff_id))}
    for role, row in held.items():
        if role not in roles:
            w.session.delete(row)
    w.session.add_all(StaffRole(staff_id=staff_id, role=role) for role in roles if role not in held)
    w.session.flush()
