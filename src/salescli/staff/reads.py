"""People of the office and the tree they form, as reports; a few hundred rows at most, so the tree is walked in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.access import RIGHTS, ROLES, SIGHT, condition
from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import folded
from salescli.staff.rules import Held, gone
from salescli.staff.rules_post import check_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salescli.core.reader import Reader


class Person(NamedTuple):
    """A staff row as the file holds it."""

    id: int
    code: str
    name: str
    superior_id: int | None
    region: str | None
    unit: str | None
    post: str | None
    grade: str | None
    strengths: str | None
    phone: str | None
    email: str | None
    hired: str | None
    left: str | None
    os_account: str | None


PEOPLE = """
SELECT id, code, name, superior_id, region, unit, post, grade, strengths, phone, email, hired, left_on, os_account
FROM staff ORDER BY code"""


def people(r: Reader) -> dict[int, Person]:
    """Everybody by id, those who left included, in the order of their codes."""
    return {person.id: person for person in r.rows(Person, PEOPLE)}


def roles_of(r: Reader) -> dict[int, tuple[str, ...]]:
    """Everybody's roles by id, in the order of the table of rights."""
    held: dict[int, set[str]] = {}
    for staff_id, role in r.tuples("SELECT staff_id, role FROM staff_role"):
        held.setdefault(staff_id, set()).add(role)
    return {staff_id: tuple(role for role in ROLES if role in roles) for staff_id, roles in held.items()}


def chain_up(everybody: dict[int, Person], staff_id: int | None) -> list[str]:
    """Codes from somebody up to the top; ends where a damaged file would run in a circle. ORG-02."""
    codes: list[str] = []
    while staff_id is not None and everybody[staff_id].code not in codes:
        codes.append(everybody[staff_id].code)
        staff_id = everybody[staff_id].superior_id
    return codes


def reports_of(everybody: dict[int, Person], staff_id: int, today: str) -> list[Person]:
    """Who reports to somebody and is still here."""
    return [p for p in everybody.values() if p.superior_id == staff_id and not gone(p.left, today)]


def top_of(everybody: dict[int, Person], today: str, but: int | None = None) -> str | None:
    """Code of somebody here without superior, `but` one left out."""
    return next((p.code for p in everybody.values() if p.superior_id is None and p.id != but and not gone(p.left, today)), None)


def administrators(r: Reader) -> list[str]:
    """Codes of those who can sign in as administrator and have no last day. ORG-07."""
    sql = """SELECT s.code FROM staff s JOIN staff_role x ON x.staff_id = s.id AND x.role = 'admin'
             WHERE s.os_account IS NOT NULL AND s.left_on IS NULL ORDER BY s.code"""
    return r.column(sql)


_HELD = """
SELECT (SELECT count(*) FROM customer WHERE staff_id = :id AND archived_on IS NULL),
       (SELECT count(*) FROM lead WHERE staff_id = :id AND closed IS NULL),
       (SELECT count(*) FROM task WHERE staff_id = :id AND state = 'open')
     + (SELECT count(*) FROM promise WHERE staff_id = :id AND state = 'open')
     + (SELECT count(*) FROM internal_request WHERE to_id = :id AND answered_on IS NULL AND withdrawn_on IS NULL)"""


def held_by(r: Reader, staff_id: int) -> Held:
    """What somebody holds that must pass to others before he leaves. ORG-06."""
    found = r.first(Held, _HELD, id=staff_id)
    assert found is not None
    return found


# --- list ---------------------------------------------------------------------------------------------------------------

LIST = (
    Column("code", N_("Code")),
    Column("name", N_("Full name")),
    Column("role", N_("Roles"), "code"),
    Column("superior", N_("Superior")),
    Column("region", N_("Region")),
    Column("unit", N_("Department")),
    Column("post", N_("Post")),
    Column("phone", N_("Phone")),
    Column("hired", N_("Hired"), "date"),
    Column("left", N_("Left"), "date"),
)


def listing(
    r: Reader,
    text: str | None = None,
    *,
    role: str | None = None,
    region: str | None = None,
    superior: str | None = None,
    left: bool = False,
) -> Report:
    """People by code; `superior`: the direct reports of somebody; `left`: those who left as well. ORG-01."""
    everybody, roles, today = people(r), roles_of(r), r.today.isoformat()
    boss = find(r, "staff", superior).id if superior else None
    kept = [
        person
        for person in everybody.values()
        if (left or not gone(person.left, today))
        and (boss is None or person.superior_id == boss)
        and (role is None or role in roles.get(person.id, ()))
        and (region is None or person.region == region)
        and (text is None or folded(text) in folded(f"{person.code} {person.name}"))
    ]
    return Report(
        name="staff-list",
        title=msg(N_("People of the office")),
        columns=LIST,
        rows=[_list_row(person, everybody, roles) for person in kept],
        as_of=today,
        empty=msg(N_('Nobody fits. Add somebody: salescli staff add CODE "NAME" --role rep --superior CODE')),
    )


def _list_row(p: Person, everybody: dict[int, Person], roles: dict[int, tuple[str, ...]]) -> tuple[str | None, ...]:
    superior = everybody[p.superior_id].code if p.superior_id else None
    return (p.code, p.name, ",".join(roles.get(p.id, ())) or None, superior, p.region, p.unit, p.post, p.phone, p.hired, p.left)


# --- show ---------------------------------------------------------------------------------------------------------------

SHOW = (
    Column("code", N_("Code")),
    Column("name", N_("Full name")),
    Column("role", N_("Roles"), "code"),
    Column("post", N_("Post")),
    Column("grade", N_("Grade")),
    Column("strengths", N_("Good at")),
    Column("duties", N_("Duties")),
    Column("authority", N_("Powers")),
    Column("skills", N_("Required skills")),
    Column("unit", N_("Department")),
    Column("region", N_("Region")),
    Column("superior", N_("Superior")),
    Column("superior_name", N_("Superior's name")),
    Column("chain", N_("Chain to the top")),
    Column("reports", N_("Direct reports")),
    Column("customers", N_("Customers"), "int"),
    Column("phone", N_("Phone")),
    Column("email", N_("E-mail")),
    Column("hired", N_("Hired"), "date"),
    Column("left", N_("Left"), "date"),
    Column("os_account", N_("OS account")),
    Column("grants", N_("Granted commands")),
)


def detail(r: Reader, reference: str) -> Report:
    """One person's file: place in the tree, roles, what he holds. ORG-01, ORG-02."""
    everybody, roles, today = people(r), roles_of(r), r.today.isoformat()
    p = everybody[find(r, "staff", reference).id]
    superior = everybody[p.superior_id] if p.superior_id else None
    reports = ", ".join(f"{report.code} {report.name}" for report in reports_of(everybody, p.id, today))
    grants = ", ".join(r.column("SELECT command FROM command_grant WHERE staff_id = :id ORDER BY command", id=p.id))
    place = (superior and superior.code, superior and superior.name, " > ".join(chain_up(everybody, p.id)), reports or None)
    held = ",".join(roles.get(p.id, ())) or None
    return Report(
        name="staff-show",
        title=msg(N_("{code} {name}"), code=p.code, name=p.name),
        columns=SHOW,
        rows=[
            (
                p.code,
                p.name,
                held,
                p.post,
                p.grade,
                p.strengths,
                *_described(r, p.post),
                p.unit,
                p.region,
                *place,
                _customers(r, p.id),
                p.phone,
                p.email,
                p.hired,
                p.left,
                p.os_account,
                grants or None,
            )
        ],
        as_of=today,
        record=True,
    )


def _described(r: Reader, post: str | None) -> tuple[str | None, ...]:
    """Duties, authority and required skills of the post somebody holds. ORG-01."""
    found = r.tuples("SELECT duties, authority, skills FROM post WHERE name = :name", name=post)
    return found[0] if found else (None, None, None)


def _customers(r: Reader, staff_id: int) -> int:
    """Customers of somebody that the reader sees."""
    scope = condition(r.actor, "customers", "c.staff_id")
    return int(r.value(f"SELECT count(*) FROM customer c WHERE c.staff_id = :id AND c.archived_on IS NULL AND {scope}", id=staff_id))


# --- tree ---------------------------------------------------------------------------------------------------------------

TREE = (
    Column("tree", N_("Who")),
    Column("code", N_("Code")),
    Column("superior", N_("Superior")),
    Column("level", N_("Level"), "int"),
    Column("role", N_("Roles"), "code"),
    Column("post", N_("Post")),
    Column("region", N_("Region")),
    Column("reports", N_("Direct reports"), "int"),
)


def tree(r: Reader, reference: str | None = None) -> Report:
    """The chart of the office, or of the part below somebody: everybody under his one superior. ORG-02."""
    everybody, roles, today = people(r), roles_of(r), r.today.isoformat()
    here = {p.id: p for p in everybody.values() if not gone(p.left, today)}
    tops = [everybody[find(r, "staff", reference).id]] if reference else [p for p in here.values() if p.superior_id not in here]
    chart = _Chart(everybody, roles, here.values())
    rows = [row for top in tops for row in chart.rows(top)]
    return Report(
        name="staff-tree",
        title=msg(N_("The office's tree")),
        columns=TREE,
        rows=rows,
        notes=(*(_gaps(tops, roles) if not reference else ()), *_wide(r, rows)),
        as_of=today,
    )


def _wide(r: Reader, rows: Sequence[tuple[Any, ...]]) -> list[Message]:
    """Who in the chart leads more people than one can. ORG-04."""
    limit = r.policy("org.max_span")
    return [problem.message for row in rows for problem in check_span(row[1], row[-1], limit)]


class _Chart:
    """Draws the tree, depth first."""

    def __init__(self, everybody: dict[int, Person], roles: dict[int, tuple[str, ...]], here: Iterable[Person]) -> None:
        self.everybody, self.roles = everybody, roles
        self.below: dict[int | None, list[Person]] = {}
        for person in here:
            self.below.setdefault(person.superior_id, []).append(person)
        self.drawn: set[int] = set()

    def rows(self, p: Person, level: int = 1, lead: str = "", mark: str = "") -> Iterator[tuple[str | int | None, ...]]:
        """The row of a person and those of everybody below; nobody twice, even where a damaged file runs in a circle."""
        self.drawn.add(p.id)
        reports = [report for report in self.below.get(p.id, ()) if report.id not in self.drawn]
        superior = self.everybody[p.superior_id].code if p.superior_id else None
        yield (lead + mark + p.name, p.code, superior, level, ",".join(self.roles.get(p.id, ())) or None, p.post, p.region, len(reports))
        deeper = lead + {"": "", "├─ ": "│  ", "└─ ": "   "}[mark]
        for number, report in enumerate(reports, 1):
            yield from self.rows(report, level + 1, deeper, "└─ " if number == len(reports) else "├─ ")


def _gaps(tops: Sequence[Person], roles: dict[int, tuple[str, ...]]) -> tuple[Message, ...]:
    """One top is wanted; the cron identity is nobody's report."""
    codes = [p.code for p in tops if roles.get(p.id) != ("cron",)]
    return (msg(N_("Without superior: {codes} (ORG-02 wants one top)"), codes=codes),) if len(codes) > 1 else ()


# --- rights -------------------------------------------------------------------------------------------------------------

SCOPES = (C_("none"), C_("own"), C_("team"), C_("all"))

RIGHTS_TABLE = (
    Column("role", N_("Role"), "code"),
    Column("customers", N_("Customers"), "code"),
    Column("orders", N_("Orders"), "code"),
    Column("stock", N_("Stock"), "code"),
    Column("receivables", N_("Receivables"), "code"),
    Column("prices", N_("Prices"), "bool"),
    Column("phones", N_("Full phones"), "bool"),
    Column("rights", N_("May")),
)


def rights(r: Reader, reference: str | None = None) -> Report:
    """Which rows each role sees and what it may do; of one person: his roles only. ORG-07, ORG-08."""
    person = find(r, "staff", reference) if reference else None
    shown = roles_of(r).get(person.id, ()) if person else ROLES
    title = msg(N_("Rights of {code} {name}"), code=person.code, name=person.name) if person else msg(N_("Roles and rights"))
    return Report(
        name="staff-rights",
        title=title,
        columns=RIGHTS_TABLE,
        rows=[_rights_row(role) for role in shown],
        notes=(
            msg(N_("own: what one owns oneself; team: what anybody below owns as well.")),
            msg(N_("Phones of one's own and one's team's customers are always full.")),
        ),
        empty=msg(N_("No role is held. Give one: salescli staff edit CODE --role ROLE")),
    )


def _rights_row(role: str) -> tuple[str | bool | None, ...]:
    sight = SIGHT[role]
    areas = (sight.customers, sight.orders, sight.stock, sight.receivables)
    may = ", ".join(right for right, roles in RIGHTS.items() if role in roles)
    return (role, *(SCOPES[scope.value] for scope in areas), sight.prices, sight.phones, may or None)
