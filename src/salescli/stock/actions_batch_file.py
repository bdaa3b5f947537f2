"""The file of a batch: entered, put right, laid on goods that have none, blocked and released (STK-05, PRD-05)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core import changes
from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.money import quantity_text
from salescli.core.report import Change, Done
from salescli.core.text import clean, clean_code, clean_or_none
from salescli.stock.actions_batch import keep_shares
from salescli.stock.actions_label import Label, entered
from salescli.stock.reads_batch import find_batch
from salescli.stock.reads_lots import lots_of
from salescli.stock.rules_batch import Place, Share, check_enough
from salescli.stock.tables_batch import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from salescli.core.lines import TypedLine
    from salescli.core.lookup import Row
    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item


def add(w: Writer, sku: str, label: Label) -> Done:
    """Enter a batch before its goods come. STK-05, PRD-05. Raises SalesError: 2, 3, 4 as `entered`, 4 known already."""
    product = find(w.reader, "product", sku)
    sql = "SELECT code FROM batch WHERE product_id = :p AND lower(code) = lower(:code)"
    known = w.reader.value(sql, p=product.id, code=(label.batch or "").strip())
    if known:
        hint = N_("salescli stock batch show {batch} --sku {sku}")
        fail("batch_known", N_("{sku} has a batch {batch} already"), rule="STK-05", hint=hint, sku=product.code, batch=known)
    row = w.get(Batch, entered(w, product, label) or 0)
    return _done(w, product, row, N_("batch {batch} of {sku} is entered"))


def _done(w: Writer, product: Row, row: Batch, text: str, told: Sequence[Change] = ()) -> Done:
    w.document = row.code
    expires = row.expires_on.isoformat() if row.expires_on else None
    return Done(
        msg(text, batch=row.code, sku=product.code), row.code, tuple(told),
        next=(f"salescli stock batch show {row.code} --sku {product.code}",), facts={"sku": product.code, "expires_on": expires},
    )  # fmt: skip


def edit(w: Writer, code: str, sku: str | None, values: Mapping[str, Any], clear: Sequence[str] = ()) -> Done:
    """Put right what a batch's label was read as. STK-05, PRD-05.

    Raises SalesError: 2, 3, 4 the code is taken, 5 an expired batch would be sold again.
    """
    found = find_batch(w.reader, code, sku)
    row, product = w.get(Batch, found.id), find(w.reader, "product", found.sku)
    wanted = {name: value for name, value in values.items() if value is not None}
    wanted |= changes.cleared(clear, ("made_on", "expires_on", "mark"), {"made": "made_on", "expires": "expires_on"})
    if wanted.get("code") is not None:
        wanted["code"] = clean_code(wanted["code"], C_("batch"), 60)
        taken = w.reader.value("SELECT 1 FROM batch WHERE product_id = :p AND lower(code) = lower(:code) AND id <> :id",
                               p=product.id, code=wanted["code"], id=row.id)  # fmt: skip
        if taken:
            text = N_("{sku} has a batch {batch} already")
            hint = N_("salescli stock batch show {batch} --sku {sku}")
            fail("batch_known", text, rule="STK-05", hint=hint, sku=product.code, batch=wanted["code"])
    if "mark" in wanted:
        wanted["mark"] = clean_or_none(wanted["mark"], C_("mark"), 80)
    made, expires = (wanted.get(name, getattr(row, name)) for name in ("made_on", "expires_on"))
    if made is not None and expires is not None and expires < made:
        text = N_("{sku} batch {batch}: good until {expires}, made only on {made}")
        fail("expiry_before_made", text, kind=Kind.USAGE, rule="PRD-05", sku=product.code, batch=row.code, expires=str(expires),
             made=str(made))  # fmt: skip
    raise_if(_revived(w, product.code, row, expires))
    told = [Change(name, _text(getattr(row, name)), _text(value)) for name, value in wanted.items() if getattr(row, name) != value]
    for name, value in wanted.items():
        setattr(row, name, value)
    w.session.flush()
    text = N_("batch {batch} of {sku} is changed") if told else N_("batch {batch} of {sku}: nothing to change")
    return _done(w, product, row, text, told)


def _revived(w: Writer, sku: str, row: Batch, expires: date | None) -> list[Problem]:
    """Another last day that puts expired goods back on sale is decided like a correction of stock. PRD-05, AP-14."""
    old = row.expires_on
    if old is None or old >= w.today or (expires is not None and expires < w.today):
        return []
    ask = Ask("AP-14", f"BATCH {sku} {row.code}", {"expired": str(old), "expires": str(expires)})
    text = N_("{sku} batch {batch} expired on {expired}; to sell it again until {expires} needs approval")
    facts = {"sku": sku, "batch": row.code, "expired": str(old), "expires": str(expires or "-")}
    return needed(w.reader, ask, "expired_sold_again", text, rule="PRD-05", **facts)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def block(w: Writer, code: str, sku: str | None, reason: str) -> Done:
    """Stop the sale of a batch: recalled, damp, damaged. It does not count as available from now on. PRD-05. Raises SalesError: 2, 3, 6."""
    found = find_batch(w.reader, code, sku)
    row = w.get(Batch, found.id)
    if row.blocked is not None:
        text = N_("{sku} batch {batch} is blocked already: {why}")
        hint = N_("to sell it again: salescli stock batch release {batch} --sku {sku} --reason TEXT")
        fail("batch_blocked", text, kind=Kind.STATE, rule="PRD-05", hint=hint, sku=found.sku, batch=row.code, why=row.blocked)
    row.blocked = clean(reason, C_("reason"))
    done = _done(w, find(w.reader, "product", found.sku), row, N_("batch {batch} of {sku} is blocked: nothing of it is sold"))
    return done._replace(next=(f"salescli stock batch recall {row.code} --sku {found.sku}",))


def release(w: Writer, code: str, sku: str | None, reason: str) -> Done:
    """Let a blocked batch be sold again, for a reason. PRD-05. Raises SalesError: 2, 3, 6 not blocked."""
    found = find_batch(w.reader, code, sku)
    row = w.get(Batch, found.id)
    if row.blocked is None:
        text = N_("{sku} batch {batch} is not blocked")
        hint = N_("salescli stock batch show {batch} --sku {sku}")
        fail("batch_not_blocked", text, kind=Kind.STATE, rule="PRD-05", hint=hint, sku=found.sku, batch=row.code)
    change = Change(C_("blocked"), row.blocked, None)
    row.blocked = None
    w.note(row.code, clean(reason, C_("reason")))
    return _done(w, find(w.reader, "product", found.sku), row, N_("batch {batch} of {sku} may be sold again"), [change])


# --- goods without a batch --------------------------------------------------------------------------------------------------


def label(w: Writer, sku: str, lines: Sequence[TypedLine], warehouse: str, label: Label) -> Done:
    """Lay batches on goods that have none, those that came last first: what lay there longer has gone. STK-05, PRD-05.

    `lines` name the batch and its quantity. Raises SalesError: 2, 3, 4 more than lies there without a batch, or as `entered`.
    """
    product, place = find(w.reader, "product", sku), find(w.reader, "warehouse", warehouse)
    item = (product.id, place.id)
    lot = next(lot for lot in lots_of(w.reader, item, w.today) if lot.batch_id is None)
    total = sum(line.quantity for line in lines)
    positive = N_("{sku}: a quantity above zero is needed")
    raise_if(problem("quantity_positive", positive, kind=Kind.USAGE, sku=product.code) for line in lines if line.quantity <= 0)
    raise_if(check_enough(Place(product.code, place.code), lot, total))
    told = []
    for line in lines:
        batch = entered(w, product, label._replace(batch=line.sku))
        for move, part in _without(w, item, line.quantity):
            keep_shares(w, move, place.id, [Share(batch, part)])
        told.append(Change(f"{C_('batch')} {line.sku}", None, quantity_text(line.quantity)))
    w.document = product.code
    text = N_("{sku} in {warehouse}: {total:qty} labelled, {left:qty} still without a batch")
    return Done(
        msg(text, sku=product.code, warehouse=place.code, total=total, left=lot.quantity - total), product.code, tuple(told),
        next=(f"salescli stock batches {product.code}",),
    )  # fmt: skip


_WITHOUT = """
SELECT m.id, m.quantity - coalesce((SELECT sum(n.quantity) FROM batch_move n WHERE n.move_id = m.id), 0) FROM stock_move m
WHERE m.product_id = :p AND m.warehouse_id = :w AND m.quantity > 0 ORDER BY m.date DESC, m.id DESC"""


def _without(w: Writer, item: Item, quantity: int) -> list[tuple[int, int]]:
    """Movements that brought goods without a batch and how much of each is labelled, the last one first."""
    found = []
    for move, rest in w.reader.tuples(_WITHOUT, p=item[0], w=item[1]):
        part = min(rest, quantity)
        if part > 0:
            found.append((move, part))
            quantity -= part
    return found
