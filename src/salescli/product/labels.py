"""The label of bulk goods as it is printed, one for each piece (PRD-05, F-22)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salescli.core import ui
from salescli.core.i18n import N_, _, msg

if TYPE_CHECKING:
    from datetime import date

    from salescli.core.writer import Writer
    from salescli.product.rules_file import LabelFacts


def fields(facts: LabelFacts, until: date) -> list[tuple[str, str]]:
    """Title and text of each field of F-22, in the language in use."""
    days = msg(N_("{days} {days:day|days}, until {day}"), days=facts.shelf_days, day=until.isoformat()).render()
    made = facts.made.isoformat() if facts.made else ""
    return [
        (_(N_("Name")), facts.name or ""),
        (_(N_("Ingredients")), facts.ingredients or ""),
        (_(N_("Made on")), made),
        (_(N_("Shelf life")), days),
        (_(N_("Storage")), facts.storage or ""),
        (_(N_("How to eat")), facts.usage or ""),
        (_(N_("Maker")), facts.maker or ""),
        (_(N_("Contact of the maker")), facts.maker_contact or ""),
    ]


def print_labels(product: str, made: date | None, copies: int, target: str | None = None) -> None:
    """Print labels on the screen, or one to a file (HTML, PDF, Word); the print is noted in the history. PRD-05.

    Raises SalesError as `actions_file.label` does: 4 a field is empty or the goods are past their shelf life.
    """
    from salescli.core.writer import writer
    from salescli.product import actions_file

    with writer("product label", right="product.file") as w:
        facts, until = actions_file.label(w, product, made)
        said = fields(facts, until)
        if target is not None:
            _to_file(w, Path(target), facts.name or "", said)
        actions_file.note_label(w, made, copies)
    if target is not None:
        ui.note(msg(N_("written to {file}"), file=target))
        return
    lines = [f"{title}: {text}" for title, text in said]
    ui.text([line for copy in range(copies) for line in ([""] if copy else []) + lines])


def _to_file(w: Writer, target: Path, name: str, said: list[tuple[str, str]]) -> None:
    """Print a label while others may write."""
    from salescli.core.printing import Paper, rendered, save
    from salescli.core.reader import book_path

    company = w.reader.value("SELECT value FROM meta WHERE key = 'company'") or ""
    with w.unlocked():
        made = rendered(Paper("product-label", name, w.document or "", company, fields=said), target, book_path())
    save(made, target)
