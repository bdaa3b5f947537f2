"""The office's own channels and what channels cost (LED-01, LED-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.report import Done
from salescli.core.text import NOTE, clean, clean_code, clean_or_none, folded
from salescli.lead.reads_source import find_source, spellings
from salescli.lead.states import Source
from salescli.lead.tables_desk import LeadSource, SourceCost

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer


def keep_source(w: Writer, code: str, name: str | None, *, closed: bool | None = None) -> Done:
    """Add an own channel, rename it, close or reopen it; what came by it stays. LED-01.

    Raises SalesError: 2 no name for a new one, 4 a code or name that means another channel, 6 one of the usual ones.
    """
    wanted = folded(clean_code(code, C_("source")))
    if wanted in {s.value for s in Source}:
        hint = N_("all channels: salescli lead sources")
        fail(
            "usual_source",
            N_("{source} is one of the usual sources and stays as it is"),
            kind=Kind.STATE,
            rule="LED-01",
            hint=hint,
            source=wanted,
        )
    row = w.session.exec(select(LeadSource).where(LeadSource.code == wanted)).first()
    _check_free(w, wanted, name)
    if row is None:
        if not name:
            fail("no_name", N_("a new source needs a name: --name"), kind=Kind.USAGE, rule="LED-01")
        row = w.add(LeadSource(code=wanted, name=clean(name, C_("name"), 80)))
    row.name = clean(name, C_("name"), 80) if name else row.name
    row.closed = row.closed if closed is None else closed
    w.session.flush()
    w.document = wanted
    text = N_("source {code} {name} is closed") if row.closed else N_("source {code} {name} can be chosen")
    return Done(msg(text, code=row.code, name=row.name), document=row.code, next=("salescli lead sources",))


def _check_free(w: Writer, code: str, name: str | None) -> None:
    meant = spellings(w.reader).get(folded(name.strip())) if name else None
    if meant is not None and meant != code:
        hint = N_("choose another name, or use {meant}")
        fail("source_taken", N_('"{name}" means the source {meant} already'), rule="LED-01", hint=hint, name=name, meant=meant)


def spend(w: Writer, source: str, amount: int, day: date | None = None, note: str | None = None) -> Done:
    """Note what was spent on a channel, so that its yield can be weighed. LED-17. Raises SalesError: 2 no amount, 3 no such source."""
    code = find_source(w.reader, source)
    if amount <= 0:
        fail("amount_positive", N_("the amount must be greater than 0"), kind=Kind.USAGE)
    on = day or w.today
    w.add(
        SourceCost(source=code, day=on, amount=amount, staff_id=w.actor.id or None, note=clean_or_none(note, C_("note"), NOTE, lines=True))
    )
    w.document = code
    text = N_("{amount:amount} spent on {source} on {day}")
    return Done(msg(text, amount=amount, source=code, day=on.isoformat()), document=code, next=("salescli lead sources",))
