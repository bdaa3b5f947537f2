"""Planning a promotion and asking for it (PRO-01, PRO-02, PRO-03, PRO-05, PRO-07, F-17, AP-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.approval import Ask
from salescli.core.approval_write import file_request
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import parse_amount, parse_quantity
from salescli.core.record import NamedTuple
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean, clean_or_none
from salescli.core.unreadable import Unreadable
from salescli.promo import reads_around, reads_load, rules_check
from salescli.promo.rules_plan import lowers_prices
from salescli.promo.states import CheckKind, PlanState, ScopeKind
from salescli.promo.tables import PromoCheck, PromoItem, PromoPlan, PromoScope, PromoStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.writer import Writer
    from salescli.promo.reads_load import Loaded

KIND = "AP-04"


class Typed(NamedTuple):
    """A plan as typed; references and pairs are still text, figures are in their units."""

    kind: str
    first: date
    last: date
    owner: str | None = None
    audience: str | None = None
    form: str | None = None
    media: str | None = None
    goal: str | None = None
    products: Sequence[str] = ()
    categories: Sequence[str] = ()
    all_goods: bool = False
    classes: Sequence[str] = ()
    channels: Sequence[str] = ()
    regions: Sequence[str] = ()
    rate: int | None = None
    amount_off: int | None = None
    on_order: bool = False
    min_amount: int | None = None
    min_qty: int | None = None
    repeats: bool = False
    steps: Sequence[str] = ()
    buy_qty: int | None = None
    get_qty: int | None = None
    cheapest: bool = False
    gifts: Sequence[str] = ()
    parts: Sequence[str] = ()
    bundle_price: int | None = None
    max_orders: int | None = None
    max_customer_orders: int | None = None
    priority: int = 0
    stackable: bool = False
    theme: bool = False
    prepare: Sequence[str] = ()


SAME = (
    "all_goods", "rate", "amount_off", "on_order", "min_amount", "min_qty", "repeats", "buy_qty", "get_qty", "cheapest", "bundle_price",
    "max_orders", "max_customer_orders", "priority", "stackable", "theme",
)  # fmt: skip
TEXTS = {"audience": C_("audience"), "form": C_("form"), "media": C_("media"), "goal": C_("goal")}


def plan(w: Writer, name: str, typed: Typed) -> Done:
    """Write a plan as a draft; it has no effect before it is approved and started. PRO-01, PRO-02.

    Raises SalesError: 2 figures that make no plan of its kind, 3 unknown goods or people.
    """
    steps = [_step(text) for text in typed.steps]
    gifts, parts = [_goods(w, text) for text in typed.gifts], [_goods(w, text) for text in typed.parts]
    products = [find(w.reader, "product", text).id for text in typed.products]
    raise_if([*_check_typed(typed), *rules_check.check_benefit(_benefit(typed, steps, len(gifts), len(parts)))])
    owner = find_optional(w.reader, "staff", typed.owner)
    row = w.add(_row(w, name, typed, owner.id if owner else w.actor.id))
    assert row.id is not None
    _add_parts(w, row.id, typed, products, steps, gifts, parts)
    for check in _preparations(w, row, typed.prepare):
        w.add(check)
    w.document = row.number
    text = N_("promotion {number} {name} is planned for {first} to {last}; it has no effect before it is approved and started")
    return Done(
        msg(text, number=row.number, name=row.name, first=typed.first.isoformat(), last=typed.last.isoformat()),
        document=row.number,
        next=(f"salescli promo preview CUSTOMER SKU=QTY --plan {row.number}", f"salescli promo submit {row.number}"),
    )


def _row(w: Writer, name: str, typed: Typed, owner: int) -> PromoPlan:
    fields: dict[str, Any] = {field: clean_or_none(getattr(typed, field), code, NOTE, lines=True) for field, code in TEXTS.items()}
    fields |= {field: getattr(typed, field) for field in SAME}
    return PromoPlan(
        number=w.number("PP"), name=clean(name, C_("name"), 80), kind=typed.kind, staff_id=owner, created=w.today, date_from=typed.first,
        date_to=typed.last, **fields,
    )  # fmt: skip


def _check_typed(typed: Typed) -> list[Problem]:
    found = []
    if typed.last < typed.first:
        text = N_("the last day {last} comes before the first day {first}")
        found.append(rules_check.usage("days_reversed", text, first=typed.first.isoformat(), last=typed.last.isoformat()))
    if typed.all_goods and (typed.products or typed.categories):
        found.append(rules_check.usage("goods_twice", N_("say --all-goods, or name goods, not both")))
    if typed.kind == "bundle" and (typed.products or typed.categories or typed.all_goods):
        found.append(rules_check.usage("bundle_goods", N_("the goods of a bundle are its parts: --part SKU=QTY")))
    return found


def _benefit(typed: Typed, steps: Sequence[tuple[int, int]], gifts: int, parts: int) -> rules_check.Benefit:
    return rules_check.Benefit(
        typed.kind, typed.rate, typed.amount_off, typed.on_order, typed.min_amount, typed.min_qty, typed.repeats, tuple(steps),
        typed.buy_qty, typed.get_qty, typed.cheapest, gifts, parts, typed.bundle_price,
    )  # fmt: skip


def _pair(text: str, example: str) -> tuple[str, str]:
    left, equals, right = text.rpartition("=")
    if not equals or not left.strip():
        fail("bad_pair", N_('"{typed}": write it as {example}'), kind=Kind.USAGE, rule="PRO-01", typed=text, example=example)
    return left.strip(), right


def _step(text: str) -> tuple[int, int]:
    left, right = _pair(text, "1000=80")
    try:
        return parse_amount(left), parse_amount(right)
    except Unreadable as error:
        fail("bad_step", N_('"{typed}": {why}'), kind=Kind.USAGE, rule="PRO-01", typed=text, why=error.message)


def _goods(w: Writer, text: str) -> tuple[int, int]:
    left, right = _pair(text, "CUP=1")
    try:
        quantity = parse_quantity(right)
    except Unreadable as error:
        fail("bad_goods", N_('"{typed}": {why}'), kind=Kind.USAGE, rule="PRO-01", typed=text, why=error.message)
    if quantity <= 0:
        fail("goods_none", N_('"{typed}": the quantity must be above zero'), kind=Kind.USAGE, rule="PRO-01", typed=text)
    return find(w.reader, "product", left).id, quantity


def _add_parts(
    w: Writer, plan_id: int, typed: Typed, products: Sequence[int], steps: Sequence[tuple[int, int]],
    gifts: Sequence[tuple[int, int]], parts: Sequence[tuple[int, int]],
) -> None:  # fmt: skip
    values = {
        ScopeKind.CATEGORY: (typed.categories, C_("category")), ScopeKind.CLASS: (typed.classes, C_("customer_class")),
        ScopeKind.CHANNEL: (typed.channels, C_("channel")), ScopeKind.REGION: (typed.regions, C_("region")),
    }  # fmt: skip
    rows: list[Any] = [PromoScope(plan_id=plan_id, kind=ScopeKind.PRODUCT.value, product_id=product) for product in dict.fromkeys(products)]
    for kind, (texts, field) in values.items():
        named = dict.fromkeys(clean(text, field, 80) for text in texts)
        rows += [PromoScope(plan_id=plan_id, kind=kind.value, value=value) for value in named]
    rows += [PromoStep(plan_id=plan_id, threshold=threshold, amount_off=off) for threshold, off in steps]
    for goods, gift in ((gifts, True), (parts, False)):
        rows += [PromoItem(plan_id=plan_id, product_id=p, quantity=q, gift=gift) for p, q in _summed(goods).items()]
    for row in rows:
        w.add(row)


def _summed(goods: Sequence[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for product, quantity in goods:
        found[product] = found.get(product, 0) + quantity
    return found


PREPARE = {"material": CheckKind.MATERIAL, "training": CheckKind.TRAINING, "departments": CheckKind.DEPARTMENTS}
TEXT_OF = {
    CheckKind.MATERIAL: N_("promotion {number} {name}: prepare the material"),
    CheckKind.TRAINING: N_("promotion {number} {name}: train the sellers"),
    CheckKind.DEPARTMENTS: N_("promotion {number} {name}: agree it with the other departments"),
}


def _preparations(w: Writer, row: PromoPlan, words: Sequence[str]) -> list[PromoCheck]:
    """The checklist: material, training, other departments, each with an owner (the plan's, unless named) and a day. PRO-03."""
    assert row.id is not None
    named = dict(_preparation(w, word) for word in words)
    due = max(w.today, row.date_from - timedelta(days=1))
    return [
        PromoCheck(
            plan_id=row.id, kind=kind.value, text=msg(TEXT_OF[kind], number=row.number, name=row.name).render()[:200],
            staff_id=named.get(kind, row.staff_id), due=due,
        )
        for kind in CheckKind
    ]  # fmt: skip


def _preparation(w: Writer, word: str) -> tuple[CheckKind, int]:
    left, right = _pair(word, "training=LI")
    if left not in PREPARE:
        text = N_('"{typed}" is no preparation; there are {kinds}')
        fail("bad_preparation", text, kind=Kind.USAGE, rule="PRO-03", typed=left, kinds=list(PREPARE))
    return PREPARE[left], find(w.reader, "staff", right).id


# --- changing a draft ---------------------------------------------------------------------------------------------------


class Edit(NamedTuple):
    """What of a draft changes; None leaves as it is."""

    name: str | None = None
    first: date | None = None
    last: date | None = None
    owner: str | None = None
    audience: str | None = None
    form: str | None = None
    media: str | None = None
    goal: str | None = None
    priority: int | None = None
    stackable: bool | None = None


def edit(w: Writer, number: str, change: Edit) -> Done:
    """Change a draft or a refused plan. PRO-01. Raises SalesError: 2 days reversed, 3 no such plan, 6 it was submitted."""
    found = reads_load.plan(w.reader, number)
    raise_if(_editable(w, found))
    row = w.get(PromoPlan, found.row.id)
    changes = [Change(field, before, after) for field, before, after in _edits(w, row, change)]
    if row.date_to < row.date_from:
        raise_if(_check_typed(Typed(row.kind, row.date_from, row.date_to)))
    w.document = row.number
    return Done(msg(N_("promotion {number} is changed"), number=row.number), row.number, tuple(changes),
                next=(f"salescli promo submit {row.number}",))  # fmt: skip


def _editable(w: Writer, found: Loaded) -> list[Problem]:
    if found.row.state in (PlanState.DRAFT, PlanState.REFUSED):
        return []
    text = N_("{number} is {state:code}; only a draft or a refused plan may be changed")
    return [problem("not_a_draft", text, kind=Kind.STATE, rule="PRO-02", hint=N_("salescli promo show {number}"), number=found.row.number,
                    state=reads_around.state_of(found.row, w.today).value)]  # fmt: skip


def _edits(w: Writer, row: PromoPlan, change: Edit) -> list[tuple[str, str, str]]:
    owner = find_optional(w.reader, "staff", change.owner)
    wanted: dict[str, Any] = {
        "name": clean_or_none(change.name, C_("name"), 80), "date_from": change.first, "date_to": change.last,
        "staff_id": owner.id if owner else None, "priority": change.priority, "stackable": change.stackable,
    }  # fmt: skip
    wanted |= {field: clean_or_none(getattr(change, field), code, NOTE, lines=True) for field, code in TEXTS.items()}
    found = []
    for field, value in wanted.items():
        before = getattr(row, field)
        if value is not None and value != before:
            setattr(row, field, value)
            found.append((field, str(before) if before is not None else "", str(value)))
    return found


# --- submission ---------------------------------------------------------------------------------------------------------


def submit(w: Writer, number: str, reason: str | None = None) -> Done:
    """Ask for the approval of a plan. PRO-01, PRO-02, PRO-05, PRO-07, AP-04.

    Raises SalesError: 3 no such plan, 4 incomplete (F-17), a tie, too soon after a special, high-end goods cut, 6 submitted or over.
    """
    found = reads_load.plan(w.reader, number)
    row = found.row
    raise_if(rules_check.check_move(row.number, row.state, PlanState.WAITING, reads_around.state_of(row, w.today).value))
    raise_if([*_complete(found), *rules_check.check_days(row.number, date.fromisoformat(row.date_to), w.today), *check_around(w, found)])
    summary = msg(
        N_("promotion {number} {name}: {benefit}, {first} to {last}"),
        number=row.number, name=row.name, benefit=reads_around.benefit(found), first=row.date_from, last=row.date_to,
    )  # fmt: skip
    filed = file_request(w, ask(found), summary, reason or row.goal or row.name)
    plan_row = w.get(PromoPlan, row.id)
    plan_row.state, plan_row.request, plan_row.reason = PlanState.WAITING.value, filed.number, None
    w.document = row.number
    return Done(
        msg(N_("promotion {number} waits for approval as {request}"), number=row.number, request=filed.number),
        document=row.number,
        next=(f"salescli promo show {row.number}",),
        facts={"request": filed.number},
        warnings=tuple(reads_around.warnings(w.reader, found, w.today)),
    )


def ask(found: Loaded, last: date | None = None) -> Ask:
    """What an approval of a plan freezes: everything it says; with `last` the same plan until a later day."""
    row = found.row
    frozen = {field: getattr(row, field) for field in row._fields if field not in NOT_FROZEN}
    if last is not None:
        frozen |= {"date_to": last.isoformat(), "extension": True}
    content = {
        **frozen,
        "products": found.products,
        "scopes": dict(found.scopes),
        "steps": found.steps,
        "items": [i[:5] for i in found.items],
    }
    return Ask(KIND, row.number, content)


NOT_FROZEN = frozenset({"id", "state", "created", "first_last_day", "request", "started_on", "ended_on", "reason", "post", "staff"})


def _complete(found: Loaded) -> list[Problem]:
    row = found.row
    goods = row.all_goods or found.products or found.scope(ScopeKind.CATEGORY) or found.parts
    said = {"audience": row.audience, "form": row.form, "media": row.media, "goods": goods, "goal": row.goal}
    return rules_check.check_complete(row.number, said)


def check_around(w: Writer, found: Loaded, last: date | None = None) -> list[Problem]:
    """What other plans and the goods themselves say against a plan. PRO-01, PRO-05, PRO-07."""
    new, others = reads_around.range_of(w.reader, found), reads_around.others(w.reader, found)
    if last is not None:
        new = new._replace(last=last)
    row, high, cuts = found.row, reads_around.high_end(w.reader, found), lowers_prices(found.row.kind, cheapest=bool(found.row.cheapest))
    return [
        *rules_check.check_high_end(high, row.staff, found.scope(ScopeKind.CLASS), cuts=cuts),
        *rules_check.check_gap(new, others, w.policy("promo.same_item_gap_days")),
        *rules_check.check_tie(new, others, by_priority=w.policy("promo.choice") == "priority"),
    ]
