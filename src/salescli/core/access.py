"""Who is signed in, what he may do, and whose rows he may see (ORG-02, ORG-07, ORG-08).

The two tables below are the whole of it: `SIGHT` says which rows of an area a role sees, `RIGHTS` which roles may do a thing.
"""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, NoReturn

from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.reader import Reader

ROLES = (
    C_("rep"), C_("support"), C_("front_desk"), C_("supervisor"), C_("manager"), C_("director"), C_("management"),
    C_("finance"), C_("audit"), C_("service"), C_("warehouse"), C_("purchasing"), C_("admin"), C_("cron"),
)  # fmt: skip


class Scope(Enum):
    """How far a person sees: nothing, his own rows, those of his subtree, everything."""

    NONE = 0
    OWN = 1
    TEAM = 2
    ALL = 3


class Sight(NamedTuple):
    """What a role sees by area; `prices`: sees prices and amounts; `phones`: sees full numbers of all it sees."""

    customers: Scope
    orders: Scope
    stock: Scope
    receivables: Scope
    prices: bool
    phones: bool


NONE, OWN, TEAM, ALL = Scope.NONE, Scope.OWN, Scope.TEAM, Scope.ALL

# RULEBOOK §27 'Default rights'. An owner always sees the full numbers of his own customers, a superior those of his team.
SIGHT: dict[str, Sight] = {
    #                 customers orders stock receivables prices phones
    "rep":        Sight(OWN,    OWN,   ALL,  OWN,        True,  False),
    "support":    Sight(OWN,    OWN,   ALL,  OWN,        True,  False),
    "front_desk": Sight(OWN,    OWN,   ALL,  OWN,        True,  False),
    "supervisor": Sight(TEAM,   TEAM,  ALL,  TEAM,       True,  False),
    "manager":    Sight(ALL,    ALL,   ALL,  ALL,        True,  True),
    "director":   Sight(ALL,    ALL,   ALL,  ALL,        True,  True),
    "management": Sight(ALL,    ALL,   ALL,  ALL,        True,  True),
    "finance":    Sight(ALL,    ALL,   ALL,  ALL,        True,  False),
    "audit":      Sight(ALL,    ALL,   ALL,  ALL,        True,  False),
    "service":    Sight(ALL,    ALL,   ALL,  NONE,       False, False),
    "warehouse":  Sight(ALL,    ALL,   ALL,  NONE,       False, False),
    "purchasing": Sight(ALL,    ALL,   ALL,  NONE,       True,  False),
    "admin":      Sight(ALL,    ALL,   ALL,  ALL,        True,  True),
    "cron":       Sight(ALL,    ALL,   ALL,  ALL,        True,  True),
}  # fmt: skip

_SALES = ("rep", "support", "supervisor", "manager", "director")
_HEADS = ("manager", "director", "management")

RIGHTS: dict[str, tuple[str, ...]] = {
    "staff.edit": ("admin", "manager", "director"),
    "staff.rights": ("admin",),  # OS accounts, grants, and roles beyond the sales team's
    "staff.duty": ("front_desk", "supervisor", *_HEADS, "admin"),
    "staff.attendance": ("supervisor", *_HEADS, "admin"),
    "customer.edit": (*_SALES, "front_desk", "service", "admin"),
    "customer.assign": ("supervisor", "manager", "director", "admin"),
    "customer.claim": (*_SALES, "front_desk", "admin"),
    "customer.archive": ("manager", "director", "admin"),
    "customer.block": ("supervisor", "manager", "director", "finance", "admin"),
    "customer.merge": ("manager", "director", "admin"),
    "pool.run": (*_HEADS, "admin"),
    "customer.plan": (*_HEADS, "admin"),
    "customer.credit": ("finance", "manager", "director", "admin"),
    "customer.class": ("supervisor", *_HEADS, "admin"),  # where the class bears prices of its own, or the kind a contract
    "lead.edit": (*_SALES, "front_desk", "service", "admin"),
    "lead.assign": ("supervisor", *_HEADS, "admin"),
    "lead.desk": ("front_desk", "support", *_HEADS, "admin"),
    "lead.source": (*_HEADS, "admin"),
    "stock.move": ("warehouse", "purchasing", "manager", "admin"),
    "purchase.edit": ("purchasing", *_HEADS, "admin"),
    "purchase.receive": ("warehouse", "purchasing", "manager", "admin"),
    "purchase.pay": ("finance", "admin"),
    "receivable.read": (*_SALES, "front_desk", "management", "finance", "audit", "admin", "cron"),
    "payable.read": ("finance", "purchasing", "audit", *_HEADS, "admin"),
    "order.edit": (*_SALES, "admin"),
    "order.deliver": ("warehouse", "support", "supervisor", "manager", "director", "admin"),
    "order.ship": (*_SALES, "warehouse", "purchasing", "front_desk", "admin"),
    "order.cash": (*_SALES, "front_desk", "finance", "admin"),
    "order.invoice": ("finance", "support", "admin"),
    "order.capacity": ("warehouse", "purchasing", "support", "manager", "director", "admin"),
    "service.edit": (*_SALES, "front_desk", "service", "admin"),
    "visit.review": ("supervisor", *_HEADS, "admin"),
    "meeting.hold": ("supervisor", "support", *_HEADS, "admin"),
    "quote.edit": (*_SALES, "admin"),
    "contract.edit": (*_SALES, "management", "admin"),
    "contract.file": (*_SALES, "management", "finance", "admin"),
    "product.edit": ("admin", "manager", "purchasing"),
    "product.file": (*_SALES, *_HEADS, "front_desk", "service", "warehouse", "purchasing", "admin"),
    "price.request": (*_SALES, "management", "purchasing", "finance", "admin"),
    "price.notify": (*_SALES, "management", "front_desk", "admin"),
    "price.correct": ("supervisor", *_HEADS, "audit", "finance", "admin"),
    "price.rival": (*_SALES, "management", "front_desk", "service", "purchasing", "admin"),
    "price.rate": (*_HEADS, "finance", "admin"),
    "promo.plan": (*_SALES, "management", "purchasing", "admin"),
    "promo.run": ("supervisor", *_HEADS, "admin"),
    "price.loan": (*_SALES, "management", "front_desk", "purchasing", "admin"),
    "import.prices": ("admin", "manager", "director"),
    "receipt.post": ("finance", "admin"),
    "receivable.post": ("finance", "admin"),
    "allocate": ("finance", "admin"),
    "policy.set": ("admin", "director"),
    "import": ("admin",),
    "import.stock": ("admin", "finance"),
    "import.receivables": ("admin", "finance"),
    "import.receipts": ("admin", "finance"),
    "export": (*_SALES, *_HEADS, "front_desk", "finance", "audit", "service", "warehouse", "purchasing", "admin", "cron"),
    "export.all": ("admin", *_HEADS),
    "history": ("admin", *_HEADS, "audit", "finance", "supervisor", "cron"),
    "backdate": ("admin", "finance"),
    "backup": ("admin", "finance", "manager", "director"),
    "restore": ("admin",),
    "upgrade": ("admin",),
    "close": ("admin",),
    "desk.work": (*_SALES, "management", "front_desk", "finance", "service", "warehouse", "purchasing", "admin"),  # not who only reads
    "notice.edit": (*_HEADS, "admin"),
    "document.edit": (*_HEADS, "supervisor", "admin"),
    "check": ("admin", *_HEADS, "finance", "audit", "cron"),
}


OS_ACCOUNT, ADMINISTRATOR, SESSION, PASSWORD = C_("os_account"), C_("administrator"), C_("session"), C_("password")
"""What proved the acting person: his OS account, an administrator who chose him, his sign-in, or his password just now."""


class Actor(NamedTuple):
    """The acting person: staff row, roles, the ids he leads (himself included), the OS account at the keyboard, and what proved him."""

    id: int
    code: str
    name: str
    roles: frozenset[str]
    team: tuple[int, ...]
    os_account: str
    grants: frozenset[str] = frozenset()
    proof: str = OS_ACCOUNT

    def scope(self, area: str) -> Scope:
        """The widest scope any of his roles gives in `area` (a field of Sight)."""
        return max((getattr(SIGHT[role], area) for role in self.roles), key=lambda s: s.value, default=NONE)

    def may(self, right: str) -> bool:
        """Whether he holds `right`; the cron identity holds what it was granted by name, and no other write."""
        if right in self.grants:
            return True
        return any(role in RIGHTS.get(right, ()) for role in self.roles)

    @property
    def sees_prices(self) -> bool:
        """Whether prices and amounts are shown to him."""
        return any(SIGHT[role].prices for role in self.roles)

    def sees_phones_of(self, owner: int | None) -> bool:
        """Whether phone numbers of customers owned by `owner` are shown in full (ORG-08)."""
        return (owner is not None and owner in self.own_or_team()) or any(SIGHT[role].phones for role in self.roles)

    def own_or_team(self) -> tuple[int, ...]:
        """His own id and those below him."""
        return self.team

    def visible(self, area: str) -> tuple[int, ...] | None:
        """Staff ids whose rows he sees in `area`; None means all, an empty tuple nobody's."""
        scope = self.scope(area)
        if scope is ALL:
            return None
        return {NONE: (), OWN: (self.id,), TEAM: self.team}[scope]

    def sees(self, area: str, owner: int | None) -> bool:
        """Whether he sees what is of this owner in `area`; what nobody owns only who sees all. ORG-07."""
        visible = self.visible(area)
        return visible is None or owner in visible


def require(actor: Actor, right: str, verb: str = "") -> None:
    """Refuse (exit 7) unless the actor holds `right`. ORG-07."""
    if actor.may(right) or (verb and verb in actor.grants):
        return
    roles = ",".join(RIGHTS.get(right, ())) or "-"
    fail(
        "not_your_right",
        N_("{staff} ({roles:code}) may not do this: it takes the right {right}, held by {holders:code}"),
        kind=Kind.FORBIDDEN,
        rule="ORG-07",
        hint=N_("ask one of them, or an administrator: salescli staff edit {staff} --role ROLE"),
        staff=actor.code,
        roles=",".join(sorted(actor.roles)) or "-",
        right=right,
        holders=roles,
    )


def condition(actor: Actor, area: str, column: str) -> str:
    """SQL that keeps the rows of `area` this actor may see; `column` holds the owner's staff id (integers, safe to inline)."""
    ids = actor.visible(area)
    if ids is None:
        return "1 = 1"
    return f"{column} IN ({', '.join(map(str, ids))})" if ids else "1 = 0"


def mask(phone: str | None) -> str | None:
    """A phone number with its middle hidden: 13812345678 -> 138****5678."""
    if not phone:
        return phone
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else f"{phone[:1]}****"


def os_account() -> str:
    """Name of the effective OS account (never an environment variable: those can be set by anybody)."""
    try:
        import pwd

        return pwd.getpwuid(os.geteuid()).pw_name
    except (ImportError, KeyError):
        import getpass

        return getpass.getuser()


class _Person(NamedTuple):
    id: int
    code: str
    name: str
    left: str | None


_PERSON = "SELECT id, code, name, left_on FROM staff"
_TEAM = """
WITH RECURSIVE team(id) AS (
    SELECT id FROM staff WHERE id = :id
    UNION SELECT s.id FROM staff s JOIN team t ON s.superior_id = t.id)
SELECT id FROM team"""


def sign_in(reader: Reader, user: str | None, today: date) -> Actor:
    """The acting person: by OS account, else by a live session, else by password at the terminal. `user` chooses, it proves nothing.

    Whom `user` names must be oneself, have that session, or be chosen from an administrator's OS account. ORG-06, ORG-07.
    Raises SalesError (exit 7) for somebody unknown, unproved, or gone, or a person one may not act for; 3 for a code nobody has.
    """
    account = os_account()
    keyboard = reader.first(_Person, f"{_PERSON} WHERE os_account = :account", account=account)
    person, proof = _proved(reader, keyboard, user, today)
    if person is None:
        _unproved(account, user)
    refuse_gone(person.code, person.left, today)
    return actor_for(reader, person.id, person.code, person.name, account, proof)


def _proved(reader: Reader, keyboard: _Person | None, user: str | None, today: date) -> tuple[_Person | None, str]:
    """The person and what proved him (CLI.md §1 'who'); None when nothing did."""
    if keyboard is not None and (not user or _is(keyboard, user)):
        return keyboard, OS_ACCOUNT
    if keyboard is not None and not _gone(keyboard.left, today) and "admin" in _roles(reader, keyboard.id):
        return _named(reader, user or ""), ADMINISTRATOR
    from salescli.core import signin

    live = signin.session(reader)
    person = _by_id(reader, live.staff_id) if live and live.live else None
    if person is not None and (not user or _is(person, user)):
        return person, SESSION
    asked = signin.asked(reader, user) if keyboard is None else None
    return (None, "") if asked is None else (_by_id(reader, asked), PASSWORD)


def _unproved(account: str, user: str | None) -> NoReturn:
    if user:
        fail(
            "not_yourself",
            N_("--user chooses a person, it does not prove one: {user} is not you, and your OS account is not an administrator's"),
            kind=Kind.FORBIDDEN,
            rule="ORG-07",
            hint=N_("sign in with the password: salescli login {user}"),
            user=user,
        )
    fail(
        "who_are_you",
        N_("the OS account {account} belongs to nobody in this book, and nobody is signed in"),
        kind=Kind.FORBIDDEN,
        rule="ORG-07",
        hint=N_("salescli login CODE, or let an administrator bind the account: salescli staff edit CODE --os-account {account}"),
        account=account,
    )


def refuse_gone(code: str, left: str | None, today: date) -> None:
    """Refuse (exit 7) somebody whose last day is over. ORG-06."""
    if _gone(left, today):
        fail(
            "has_left",
            N_("{staff} left on {left} and may not sign in"),
            kind=Kind.FORBIDDEN,
            rule="ORG-06",
            staff=code,
            left=left,
        )


def _gone(left: str | None, today: date) -> bool:
    return left is not None and left < today.isoformat()


def _is(person: _Person, user: str) -> bool:
    return person.code.casefold() == user.strip().casefold()


def _named(reader: Reader, user: str) -> _Person:
    person = reader.first(_Person, f"{_PERSON} WHERE lower(code) = :code", code=user.strip().lower())
    if person is None:
        fail("staff_not_found", N_("there is no staff member {user}"), kind=Kind.NOT_FOUND, hint=N_("salescli staff list"), user=user)
    return person


def _by_id(reader: Reader, staff_id: int) -> _Person | None:
    return reader.first(_Person, f"{_PERSON} WHERE id = :id", id=staff_id)


def _roles(reader: Reader, staff_id: int) -> frozenset[str]:
    return frozenset(reader.column("SELECT role FROM staff_role WHERE staff_id = :id", id=staff_id))


def actor_for(reader: Reader, staff_id: int, code: str, name: str, account: str, proof: str = OS_ACCOUNT) -> Actor:
    """The actor built from the book: roles, subtree and grants read fresh, so a change works at once."""
    return Actor(
        id=staff_id,
        code=code,
        name=name,
        roles=_roles(reader, staff_id),
        team=tuple(reader.column(_TEAM, id=staff_id)),
        os_account=account,
        grants=frozenset(reader.column("SELECT command FROM command_grant WHERE staff_id = :id", id=staff_id)),
        proof=proof,
    )
