"""Decisions about what belongs to a product's file: units, category tree, parts, label, licences (PRD-01..08)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple
from salescli.core.text import folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def check_pack(sku: str, unit: str | None, pack_unit: str | None, ratio: int | None) -> list[Problem]:
    """One larger unit holds more than one base unit, both have names, and the names differ. Ratio in 1/1,000. PRD-01."""
    if pack_unit is None and ratio is None:
        return []
    if pack_unit is None or ratio is None:
        text = N_("a larger unit of {sku} needs its name and how many base units it holds: --pack box=12")
        return [problem("pack_incomplete", text, kind=Kind.USAGE, rule="PRD-01", sku=sku)]
    if ratio <= 1000:
        text = N_("a {pack} of {sku} has to hold more than one base unit, not {ratio:qty}")
        return [problem("pack_small", text, rule="PRD-01", hint=_PACK, sku=sku, pack=pack_unit, ratio=ratio)]
    if unit is None or folded(unit) == folded(pack_unit):
        text = N_("{sku} needs a base unit beside its {pack}: --unit piece")
        return [problem("pack_without_unit", text, rule="PRD-01", hint=_PACK, sku=sku, pack=pack_unit)]
    return []


_PACK = N_("salescli product edit {sku} --unit piece --pack box=12")


def check_parent(name: str, parent: str, above: Mapping[str, str | None]) -> list[Problem]:
    """A category does not stand below itself. `above`: the parent of each category. PRD-02."""
    seen: str | None = parent
    while seen is not None:
        if seen == name:
            text = N_("the category {parent} stands below {name} already")
            hint = N_("salescli product categories")
            return [problem("category_circle", text, rule="PRD-02", hint=hint, name=name, parent=parent)]
        seen = above.get(seen)
    return []


def check_parts(sku: str, parts: Mapping[str, int], made_of: Mapping[str, set[str]]) -> list[Problem]:
    """Nothing is made of itself, not by way of its parts either. `made_of`: the parts of each product as the book has them. PRD-08."""
    problems = []
    for part in parts:
        if part == sku or sku in _all_parts(part, made_of):
            text = N_("{sku} cannot be made of {part}: {part} is, or is made of, {sku}")
            problems.append(problem("bill_circle", text, rule="PRD-08", hint=N_("salescli product show {part}"), sku=sku, part=part))
    return problems


def _all_parts(sku: str, made_of: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [sku]
    while waiting:
        fresh = made_of.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


class LabelFacts(NamedTuple):
    """What a label of bulk goods says (F-22)."""

    name: str | None
    ingredients: str | None
    made: date | None
    shelf_days: int | None
    storage: str | None
    usage: str | None
    maker: str | None
    maker_contact: str | None


LABEL = {
    "name": C_("name"), "ingredients": C_("ingredients"), "made": C_("made_on"), "shelf_days": C_("shelf_life"), "storage": C_("storage"),
    "usage": C_("way_of_use"), "maker": C_("maker"), "maker_contact": C_("maker_contact"),
}  # fmt: skip


def check_label(sku: str, facts: LabelFacts, day: date) -> list[Problem]:
    """No label without every field of F-22, none for goods made after today or past their shelf life. PRD-05."""
    problems = [
        problem(
            "label_field_empty", N_("the label of {sku} lacks the field {field:code}"), rule="PRD-05",
            hint=N_("salescli product label-data {sku} …; the day it was made comes with --made"), sku=sku, field=LABEL[name],
        )
        for name, value in facts._asdict().items()
        if value is None
    ]  # fmt: skip
    if facts.made is not None and facts.made > day:
        text = N_("{sku}: made on {day} is still to come")
        problems.append(problem("made_to_come", text, kind=Kind.USAGE, rule="PRD-05", sku=sku, day=facts.made.isoformat()))
    elif facts.made is not None and facts.shelf_days is not None and (day - facts.made).days > facts.shelf_days:
        text = N_("{sku} made on {day} is past its shelf life of {days} {days:day|days}; it may not be sold")
        hint = N_("out of stock with them: salescli stock adjust {sku}=-QTY --reason expired --request TEXT")
        problems.append(problem("expired", text, rule="PRD-05", hint=hint, sku=sku, day=facts.made.isoformat(), days=facts.shelf_days))
    return problems


def warn_channel(sku: str, channels: str | None, channel: str | None) -> list[Problem]:
    """Warning: the product belongs to other channels than the one it is sold on; without a list it belongs to all. PRD-03."""
    listed = channel_list(channels)
    if not listed or (channel is not None and folded(channel) in map(folded, listed)):
        return []
    text = (
        N_("{sku} is meant for {channels} only, not for {channel}")
        if channel is not None
        else N_("{sku} is meant for {channels} only, and no channel is named")
    )
    return [problem("wrong_channel", text, rule="PRD-03", sku=sku, channels=listed, channel=channel or "")]


def check_channel(sku: str, name: str, channels: str | None, channel: str | None) -> list[Problem]:
    """A document that names another channel than the product's own. PRD-03."""
    listed = channel_list(channels)
    if not listed or channel is None or folded(channel) in map(folded, listed):
        return []
    text, hint = (
        N_("{sku} {name} is sold only on {channels}, not on {channel}"),
        N_("--channel names another one: salescli product show {sku}"),
    )
    return [problem("wrong_channel", text, rule="PRD-03", hint=hint, sku=sku, name=name, channels=", ".join(listed), channel=channel)]


def channel_list(channels: str | None) -> list[str]:
    """The channels of a product's file as a list."""
    return [word.strip() for word in (channels or "").replace("，", ",").split(",") if word.strip()]


def check_batches(sku: str, held: int) -> list[Problem]:
    """Goods that lie in batches keep them: the product stays kept by batch until they are gone. STK-05."""
    if not held:
        return []
    text, hint = N_("{held:qty} of {sku} lie in batches; it stays kept by batch until they are gone"), N_("salescli stock batches {sku}")
    return [problem("batches_held", text, rule="STK-05", hint=hint, sku=sku, held=held)]


def warn_bare(sku: str, on_hand: int) -> list[Problem]:
    """Warning: goods from before a product was kept by batch have none, and are not sold until they are labelled. PRD-05."""
    if not on_hand:
        return []
    text = N_("{on_hand:qty} of {sku} lie there without a batch and are not sold until they are labelled")
    hint = N_("salescli stock batches {sku}")
    return [problem("without_batch", text, rule="PRD-05", hint=hint, sku=sku, on_hand=on_hand)]


def check_licence_dates(first: date | None, last: date) -> list[Problem]:
    """A licence ends no sooner than it begins. PRD-07."""
    if first is None or first <= last:
        return []
    text = N_("a licence valid from {first} cannot end on {last}")
    return [problem("licence_reversed", text, kind=Kind.USAGE, rule="PRD-07", first=first.isoformat(), last=last.isoformat())]
