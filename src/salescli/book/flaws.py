"""What the proof of the history found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Problem, problem
from salescli.core.i18n import N_, Message, msg

if TYPE_CHECKING:
    from salescli.core.history_rows import Flaw

SENTENCES = {
    "entry_missing": N_("history entries from {place} to {detail} are missing"),
    "chain_broken": N_("history entry {place} does not follow from the one before it: something was inserted, removed or moved"),
    "entry_changed": N_("history entry {place} was edited"),
    "row_changed": N_("{place} was changed behind the tool's back: {detail}"),
    "row_changed_before": N_("{place} had been changed behind the tool's back before history entry {detail}"),
    "row_inserted": N_("{place} was inserted behind the tool's back"),
    "row_deleted": N_("{place} was deleted behind the tool's back"),
    "row_returned": N_("{place} was deleted by the tool and put back behind its back"),
    "rows_changed": N_("one or more of {place} were changed behind the tool's back (brought in by history entry {detail})"),
    "table_missing": N_("the table {place} is gone, the history has entries of it"),
    "hash_missing": N_("no history entry has the hash {place}: the end was cut off or the history rewritten"),
    "tail_cut": N_("the history ends with entry {place}; the backup knows {detail} {detail:entry|entries}"),
    "history_rewritten": N_("the history differs from the backup's from entry {place} on"),
}


def sentence(flaw: Flaw) -> Message:
    """A flaw as a sentence."""
    return msg(SENTENCES[flaw.code], place=flaw.place, detail=flaw.detail)


def as_problem(flaw: Flaw) -> Problem:
    """A flaw as a problem (exit 4)."""
    return problem(flaw.code, SENTENCES[flaw.code], rule="ORG-09", place=flaw.place, detail=flaw.detail)
