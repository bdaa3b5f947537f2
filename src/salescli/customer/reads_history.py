"""Everything that passed between a customer and the office, newest first (CUS-01, CUS-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.i18n import C_, N_, Message, msg
from salescli.core.lookup import find
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

COLUMNS = (
    Column("date", N_("Date"), "date"),
    Column("kind", N_("Kind"), "code"),
    Column("ref", N_("Document")),
    Column("staff", N_("Staff")),
    Column("contact", N_("Contact")),
    Column("text", N_("What")),
    Column("next", N_("Next"), "date"),
    Column("state", N_("State"), "code"),
)

PROMISE, SURVEY, REVIEW, INVESTIGATION, OWNER = C_("promise"), C_("survey"), C_("account_review"), C_("investigation"), C_("owner_change")
TICKET, RECEIVED = C_("ticket"), C_("received")

_ALL = f"""
SELECT i.day, i.channel, i.number, s.code, i.contact, coalesce(i.content, i.need, i.purpose, i.feedback), i.next_on, i.review, i.id
FROM interaction i JOIN staff s ON s.id = i.staff_id WHERE i.customer_id = :id AND i.day BETWEEN :start AND :end
UNION ALL
SELECT p.made_on, '{PROMISE}', p.number, s.code, NULL, p.text, p.due, p.state, p.id
FROM promise p JOIN staff s ON s.id = p.staff_id WHERE p.customer_id = :id AND p.made_on BETWEEN :start AND :end
UNION ALL
SELECT v.day, '{SURVEY}', v.number, s.code, v.contact, v.score || '/5 ' || coalesce(v.comment, ''), NULL, NULL, v.id
FROM survey v JOIN staff s ON s.id = v.staff_id WHERE v.customer_id = :id AND v.day BETWEEN :start AND :end
UNION ALL
SELECT v.day, '{REVIEW}', v.number, s.code, NULL, v.plan, v.next_on, NULL, v.id
FROM account_review v JOIN staff s ON s.id = v.staff_id WHERE v.customer_id = :id AND v.day BETWEEN :start AND :end
UNION ALL
SELECT v.day, '{INVESTIGATION}', v.number, s.code, NULL, v.profile, NULL, NULL, v.id
FROM investigation v JOIN staff s ON s.id = v.staff_id WHERE v.customer_id = :id AND v.day BETWEEN :start AND :end
UNION ALL
SELECT t.day, '{TICKET}', t.number, s.code, t.contact, t.content, NULL, coalesce(t.kept_last, '{RECEIVED}'), t.id
FROM ticket t JOIN staff s ON s.id = t.agent_id WHERE t.customer_id = :id AND t.day BETWEEN :start AND :end
UNION ALL
SELECT o.day, '{OWNER}', n.code, s.code, f.code, o.reason, NULL, o.move, o.id
FROM owner_change o LEFT JOIN staff s ON s.id = o.operator_id LEFT JOIN staff f ON f.id = o.former_id LEFT JOIN staff n ON n.id = o.owner_id
WHERE o.customer_id = :id AND o.day BETWEEN :start AND :end
ORDER BY 1 DESC, 9 DESC"""

FIRST, LAST = "1900-01-01", "2199-12-31"


def listing(r: Reader, reference: str, span: Period | None = None) -> Report:
    """Contacts, promises, surveys, tickets, reviews, investigations, owners of a customer, whoever had him then. CUS-01, CUS-09, SVC-05."""
    customer = find(r, "customer", reference)
    start, end = (span.start, span.end) if span else (FIRST, LAST)
    owner = r.value("SELECT staff_id FROM customer WHERE id = :id", id=customer.id)
    return Report(
        name="customer-history",
        title=msg(N_("What passed with {code} {name}"), code=customer.code, name=customer.name),
        columns=COLUMNS,
        rows=[row[:8] for row in r.tuples(_ALL, id=customer.id, start=start, end=end)],
        as_of=r.today.isoformat(),
        empty=msg(N_("Nothing is recorded yet: salescli customer visit {code} …"), code=customer.code),
        beyond_own=owner not in r.actor.team,
    )


class Standing(NamedTuple):
    """What stands between us and a customer today."""

    last_contact: str | None
    next_on: str | None
    next_need: str | None
    service_on: str | None
    verified: str | None
    promises: int
    last_score: int | None
    code: str
    agent: str | None
    tickets: int
    assets: int
    leads: int


_STANDING = """
SELECT c.kept_contact_on, c.kept_next_on, c.next_need, c.next_service_on, c.verified_on,
       (SELECT count(*) FROM promise p WHERE p.customer_id = c.id AND p.state = 'open'),
       (SELECT v.score FROM survey v WHERE v.customer_id = c.id ORDER BY v.day DESC, v.id DESC LIMIT 1), c.code,
       (SELECT s.code FROM agent g JOIN staff s ON s.id = g.staff_id WHERE g.customer_id = c.id),
       (SELECT count(*) FROM ticket t WHERE t.customer_id = c.id AND coalesce(t.kept_last, '') <> 'closed'),
       (SELECT count(*) FROM asset x WHERE x.customer_id = c.id),
       (SELECT count(*) FROM lead l WHERE l.customer_id = c.id AND l.closed IS NULL)
FROM customer c WHERE c.id = :id"""


def notes(r: Reader, customer_id: int) -> tuple[Message, ...]:
    """The same in sentences, for `customer show`; only what there is to say. CUS-01, CUS-06, CUS-08, CUS-09, SVC-04."""
    found = r.first(Standing, _STANDING, id=customer_id)
    return () if found is None else tuple(msg(text, **facts) for text, facts in _said(found) if all(v for v in facts.values()))


def _said(found: Standing) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (
        (N_("last contact on {day}"), {"day": found.last_contact}),
        (N_("next contact on {day}"), {"day": found.next_on}),
        (N_("next need: {need}"), {"need": found.next_need}),
        (N_("next service on {day}"), {"day": found.service_on}),
        (N_("{count} open {count:promise|promises}: salescli customer promise list"), {"count": found.promises}),
        (N_("{count} open {count:lead|leads}: salescli lead list --customer {code}"), {"count": found.leads, "code": found.code}),
        (
            N_("{count} open {count:ticket|tickets}: salescli service list --customer {code} --open"),
            {"count": found.tickets, "code": found.code},
        ),
        (N_("{count} {count:thing|things} under care: salescli service asset list {code}"), {"count": found.assets, "code": found.code}),
        (N_("follow-up agent: {agent}"), {"agent": found.agent}),
        (N_("last survey: {score} of 5"), {"score": found.last_score}),
        (N_("file last verified on {day}"), {"day": found.verified}),
    )
