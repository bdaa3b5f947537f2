"""Invariants of leads: owner and stage as their logs say, what is closed, converted, compared (LED-10, LED-11, LED-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.alike import normal_name, normal_phone
from salescli.core.checks import Check
from salescli.core.i18n import N_, Message, msg
from salescli.lead.reads_source import own_sources
from salescli.lead.states import STAGE_MOVES, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salescli.core.reader import Reader


def owners(r: Reader) -> Iterator[str]:
    """Leads whose owner is not the one their owner log ends with. LED-11."""
    sql = """SELECT l.number FROM lead l
             LEFT JOIN owner_change o ON o.id = (SELECT max(x.id) FROM owner_change x WHERE x.lead_number = l.number)
             WHERE coalesce(o.owner_id, 0) <> coalesce(l.staff_id, 0) OR o.id IS NULL ORDER BY l.number"""
    yield from r.column(sql)


def owner_chain(r: Reader) -> Iterator[str]:
    """Leads of whose owner log a line does not begin with the owner the line before ended with. ORG-09."""
    sql = """SELECT DISTINCT o.lead_number FROM owner_change o
             JOIN owner_change b ON b.id = (SELECT max(x.id) FROM owner_change x WHERE x.lead_number = o.lead_number AND x.id < o.id)
             WHERE coalesce(o.former_id, 0) <> coalesce(b.owner_id, 0) ORDER BY o.lead_number"""
    yield from r.column(sql)


def stages(r: Reader) -> Iterator[str]:
    """Leads whose stage and its first day are not what their stage log ends with. LED-12."""
    sql = """SELECT l.number FROM lead l LEFT JOIN stage_change c ON c.id = (SELECT max(x.id) FROM stage_change x WHERE x.lead_id = l.id)
             WHERE c.id IS NULL OR c.stage <> l.stage OR c.day <> l.stage_since ORDER BY l.number"""
    yield from r.column(sql)


def stage_moves(r: Reader) -> Iterator[Message]:
    """Moves in a stage log that are not allowed, do not begin where the one before ended, or go back in time. LED-12."""
    sql = """SELECT l.number, c.former, c.stage, b.stage, b.day > c.day FROM stage_change c JOIN lead l ON l.id = c.lead_id
             LEFT JOIN stage_change b ON b.id = (SELECT max(x.id) FROM stage_change x WHERE x.lead_id = c.lead_id AND x.id < c.id)
             ORDER BY c.id"""
    allowed = {(a.value, b.value) for a, b in STAGE_MOVES}
    for number, former, stage, before, back in r.tuples(sql):
        if former != before or back or (former is not None and (former, stage) not in allowed):
            yield msg(N_("{lead}: {former:code} to {stage:code}"), lead=number, former=former, stage=stage)


def closed(r: Reader) -> Iterator[str]:
    """Leads closed without an end, or ended without being closed. ST-01, ST-02."""
    sql = """SELECT number FROM lead WHERE (closed IS NOT NULL) <> (stage IN ('won', 'lost') OR state IN ('invalid', 'duplicate'))
             ORDER BY number"""
    yield from r.column(sql)


def converted(r: Reader) -> Iterator[str]:
    """Leads with a customer that are not converted, converted ones without, and won ones without. ST-01."""
    sql = """SELECT number FROM lead WHERE (customer_id IS NOT NULL) <> (state = 'converted')
             OR (stage = 'won' AND customer_id IS NULL AND import_id IS NULL) ORDER BY number"""
    yield from r.column(sql)


def sources(r: Reader) -> Iterator[Message]:
    """Leads that came by a channel nobody knows. LED-01."""
    known = {*(s.value for s in Source), *own_sources(r)}
    for number, source in r.tuples("SELECT number, source FROM lead WHERE source IS NOT NULL ORDER BY number"):
        if source not in known:
            yield msg(N_("{lead}: source {source}"), lead=number, source=source)


def no_source(r: Reader) -> Iterator[str]:
    """Leads whose source was not asked. LED-01."""
    yield from r.column("SELECT number FROM lead WHERE source IS NULL ORDER BY number")


def compared(r: Reader) -> Iterator[str]:
    """Leads whose compared name or number is not that of their name or number, so that a double would be missed. LED-10."""
    sql = "SELECT number, coalesce(company, name), phone, normal_name, normal_phone FROM lead ORDER BY number"
    for number, name, phone, kept_name, kept_phone in r.tuples(sql):
        if (normal_name(name), normal_phone(phone)) != (kept_name, kept_phone):
            yield number


def deviations(r: Reader) -> Iterator[str]:
    """Visitors who went to another rep than the rules say. LED-09."""
    yield from r.column("SELECT number FROM reception WHERE deviation IS NOT NULL ORDER BY number")


CHECKS = (
    Check("lead_owner", N_("every lead's owner is the one its owner log ends with"), owners),
    Check("lead_owner_log", N_("owner logs of leads have no gap"), owner_chain),
    Check("lead_stage", N_("every lead's stage is the one its stage log ends with"), stages),
    Check("lead_stage_log", N_("stage logs hold allowed moves only, without gap"), stage_moves),
    Check("lead_closed", N_("leads are closed when they ended, and only then"), closed),
    Check("lead_converted", N_("leads with a customer are converted, and only those"), converted),
    Check("lead_source", N_("every lead's source is a known one"), sources),
    Check("lead_compared", N_("what the duplicate check compares is up to date"), compared),
    Check("lead_source_asked", N_("every lead has a source"), no_source, advice=True),
    Check("lead_deviation", N_("visitors and callers went to whom the rules say"), deviations, advice=True),
)
