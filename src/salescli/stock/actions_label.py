"""Batches as people name them: entered from a label, found again, laid on the lines of a document (STK-05, PRD-05)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

from salescli.core.errors import Kind, fail, problem, raise_if
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple
from salescli.core.text import clean_code, clean_or_none
from salescli.stock.rules_batch import NO_BATCH, Going, Share
from salescli.stock.tables_batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from salescli.core.lookup import Row
    from salescli.core.reader import Reader
    from salescli.core.writer import Writer
    from salescli.stock.reads_balance import Item


class Label(NamedTuple):
    """What the label of goods that come in says: batch, day made, last day of sale, the supplier's own number."""

    batch: str | None = None
    made_on: date | None = None
    expires_on: date | None = None
    mark: str | None = None


NO_LABEL = Label()


def batch_id(w: Writer, product: Row, code: str) -> int | None:
    """The batch of a product with this code; None for `-`, goods without a batch. Raises SalesError (exit 3)."""
    if code.strip() == NO_BATCH:
        return None
    sql = "SELECT id FROM batch WHERE product_id = :p AND lower(code) = lower(:code) ORDER BY code = :code DESC LIMIT 1"
    found = w.reader.value(sql, p=product.id, code=code.strip())
    if found is None:
        text, hint = N_("{sku} has no batch {batch}"), N_("salescli stock batches {sku} --all")
        fail("batch_not_found", text, kind=Kind.NOT_FOUND, hint=hint, sku=product.code, batch=code)
    return int(found)


def entered(w: Writer, product: Row, label: Label) -> int | None:
    """The batch a label names, entered when it is new; where it says only when it was made, the shelf life gives the last day. PRD-05.

    Raises SalesError: 2 no good code, 4 not kept by batch, no day of expiry for goods with a shelf life, other days than it has already.
    """
    sql = "SELECT batch_tracked, shelf_days FROM product WHERE id = :p"
    ((tracked, shelf),) = w.reader.tuples(sql, p=product.id)
    if not tracked:
        _not_by_batch(product)
    code = clean_code(label.batch or "", C_("batch"), 60)
    if code == NO_BATCH:
        return None
    known = w.reader.value("SELECT id FROM batch WHERE product_id = :p AND lower(code) = lower(:code)", p=product.id, code=code)
    row = w.get(Batch, known) if known else Batch(product_id=product.id, code=code)
    expires = label.expires_on or expiry(label.made_on, shelf)
    values = {"made_on": label.made_on, "expires_on": expires, "mark": clean_or_none(label.mark, C_("mark"), 80)}
    _check_label(w, product, row, values, shelf)
    for name, value in values.items():
        if value is not None:
            setattr(row, name, value)
    return w.add(row).id


def _by_batch(w: Writer, product: Row) -> bool:
    return bool(w.reader.value("SELECT batch_tracked FROM product WHERE id = :p", p=product.id))


def _not_by_batch(product: Row) -> NoReturn:
    text, hint = N_("{sku} is not kept by batch"), N_("salescli product edit {sku} --batches")
    fail("not_by_batch", text, rule="STK-05", hint=hint, sku=product.code)


def expiry(made_on: date | None, shelf_days: int | None) -> date | None:
    """The last day of sale by the shelf life; None where either is unknown. PRD-05."""
    return made_on + timedelta(days=shelf_days) if made_on and shelf_days else None


def _check_label(w: Writer, product: Row, row: Batch, values: dict[str, date | str | None], shelf: int | None) -> None:
    """A label agrees with what is known of its batch, and says when goods with a shelf life expire. PRD-05."""
    for name, value in values.items():
        kept = getattr(row, name)
        if value is not None and kept is not None and kept != value:
            text = N_("{sku} batch {batch}: {field:code} is {kept} already, not {typed}")
            hint = N_("another batch has another number; a slip is put right by salescli stock batch edit {batch} --sku {sku}")
            fail("batch_differs", text, rule="STK-05", hint=hint, sku=product.code, batch=row.code, field=name, kept=str(kept),
                 typed=str(value))  # fmt: skip
    expires, made = values["expires_on"] or row.expires_on, values["made_on"] or row.made_on
    if shelf and expires is None:
        text = N_("{sku} batch {batch}: it keeps for {days} {days:day|days}, so the label says when it was made or until when it is good")
        fail("expiry_missing", text, rule="PRD-05", hint=N_("--made DATE or --expires DATE"), sku=product.code, batch=row.code, days=shelf)
    problems = []
    if values["made_on"] is not None and str(made) > w.today.isoformat():
        problems.append(problem("made_to_come", N_("{day} is still to come"), kind=Kind.USAGE, rule="PRD-05", day=str(made)))
    if made is not None and expires is not None and str(expires) < str(made):
        text = N_("{sku} batch {batch}: good until {expires}, made only on {made}")
        problems.append(problem("expiry_before_made", text, kind=Kind.USAGE, rule="PRD-05", sku=product.code, batch=row.code,
                                expires=str(expires), made=str(made)))  # fmt: skip
    raise_if(problems)


def check_fresh(w: Writer, product: Row, batch: int | None, day: date) -> None:
    """Goods that have expired are not taken in. PRD-05. Raises SalesError (exit 4)."""
    row = w.get(Batch, batch) if batch else None
    if row is not None and row.expires_on is not None and row.expires_on < day:
        text = N_("{sku} batch {batch} expired on {expires}: it is not taken in")
        fail("batch_expired", text, rule="PRD-05", hint=N_("send it back; a slip in the day is put right before it is received"),
             sku=product.code, batch=row.code, expires=row.expires_on.isoformat())  # fmt: skip


# --- batches of the lines of a document -----------------------------------------------------------------------------------


class Named(NamedTuple):
    """Goods as typed: product, quantity in 1/1,000 (its sign does not matter here), batch where one was typed."""

    product: Row
    quantity: int
    batch: str | None = None


class Wish(NamedTuple):
    """A batch for a product, and how much of it at most (1/1,000, above nothing)."""

    product_id: int
    batch_id: int | None
    quantity: int


def coming(w: Writer, goods: Sequence[Named], label: Label, fresh_on: date | None = None) -> list[Wish | None]:
    """The batch each of the goods comes in with: the one typed with it, else the label's; new ones are entered. STK-05, PRD-05.

    Raises SalesError as `entered` does, and 4 for goods that have expired on the day `fresh_on`.
    """
    _check_used(label, goods)
    found: list[Wish | None] = []
    for product, quantity, typed in goods:
        if not typed and not (label.batch and _by_batch(w, product)):
            found.append(None)
            continue
        batch = entered(w, product, label._replace(batch=typed or label.batch))
        if fresh_on is not None:
            check_fresh(w, product, batch, fresh_on)
        found.append(Wish(product.id, batch, abs(quantity)))
    return found


def _check_used(label: Label, goods: Sequence[Named]) -> None:
    """Days and marks belong to a batch."""
    if any(label[1:]) and not label.batch and not any(each.batch for each in goods):
        fail("label_without_batch", N_("these days are of which batch?"), kind=Kind.USAGE, rule="STK-05", hint=N_("--batch BATCH"))


def going(w: Writer, goods: Sequence[Named], batch: str | None = None) -> list[Wish | None]:
    """The batch each of the goods goes out of, where somebody named one. STK-05. Raises SalesError: 3, 4 not kept by batch."""
    found: list[Wish | None] = []
    for product, quantity, typed in goods:
        tracked = (typed or batch) is not None and _by_batch(w, product)
        if typed and not tracked:
            _not_by_batch(product)
        found.append(Wish(product.id, batch_id(w, product, typed or batch or ""), abs(quantity)) if tracked else None)
    return found


def exactly(lines: Sequence[Going], wishes: Sequence[Wish | None]) -> list[Going]:
    """Each line with the batch named for it."""
    return [
        line._replace(shares=(Share(wish.batch_id, line.quantity),)) if wish else line for line, wish in zip(lines, wishes, strict=True)
    ]


def laid_on(lines: Sequence[Going], wishes: Iterable[Wish | None]) -> list[Going]:
    """The lines of a document with the batches named for their products laid on them in their order."""
    left = [wish for wish in wishes if wish]
    found = []
    for line in lines:
        rest, shares = abs(line.quantity), list(line.shares)
        for place, wish in enumerate(left):
            part = min(rest, wish.quantity) if wish.product_id == line.product_id else 0
            if part:
                shares.append(Share(wish.batch_id, part if line.quantity > 0 else -part))
                left[place] = wish._replace(quantity=wish.quantity - part)
                rest -= part
        found.append(line._replace(shares=tuple(shares)))
    return found


def moved_by(r: Reader, documents: Sequence[str], item: Item, line_no: int | None = None) -> list[Share]:
    """What documents moved of each batch of an item, net and signed, the batch that moved last first. STK-05."""
    sql = f"""SELECT n.batch_id, sum(n.quantity) FROM stock_move m JOIN batch_move n ON n.move_id = m.id
              WHERE m.document IN ({", ".join(f":d{i}" for i in range(len(documents))) or "NULL"}) AND m.product_id = :p
                AND m.warehouse_id = :w{"" if line_no is None else f" AND m.line_no = {line_no:d}"}
              GROUP BY n.batch_id HAVING sum(n.quantity) <> 0 ORDER BY max(n.id) DESC"""
    named = {f"d{i}": number for i, number in enumerate(documents)}
    return r.rows(Share, sql, p=item[0], w=item[1], **named)
