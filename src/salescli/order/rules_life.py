"""What may happen to an order when: moves between states, promises, deliveries, returns (ORD-01, ORD-03, ORD-10, ORD-13, ORD-15)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from salescli.core.approval import Ask
from salescli.core.dates import add_months
from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import N_
from salescli.core.money import RATE_ONE, divide, multiply_rate, quantity_text
from salescli.core.record import NamedTuple
from salescli.order.states import MOVES, OrderState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.stock.reads_available import Availability


def check_move(order: str, state: str, target: OrderState) -> list[Problem]:
    """Whether an order may go from its state to another one. ST-07, ORD-10."""
    if (OrderState(state), target) in MOVES:
        return []
    same = state == target
    text = N_("{order} is {state:code} already") if same else N_("{order} is {state:code}; it cannot become {target:code}")
    hint = (
        N_("salescli order show {order}") if same or state != OrderState.CANCELLED else N_("take it down anew: salescli order new --help")
    )
    return [problem("wrong_state", text, kind=Kind.STATE, rule="ORD-10", hint=hint, order=order, state=state, target=target.value)]


def check_draft(order: str, state: str) -> list[Problem]:
    """Only what was not issued yet is changed. ORD-10."""
    if state == OrderState.DRAFT:
        return []
    text = N_("{order} is {state:code}; only drafts are changed")
    hint = N_("while nothing went out: salescli order reopen {order}; else salescli order close {order} and a new order")
    return [problem("not_a_draft", text, kind=Kind.STATE, rule="ORD-10", hint=hint, order=order, state=state)]


def check_accepted(order: str, state: str) -> list[Problem]:
    """Goods go out only for a confirmed order. ORD-10, ORD-13."""
    if state == OrderState.CONFIRMED:
        return []
    text = N_("{order} is {state:code}; goods go out for confirmed orders only")
    hint = N_("salescli order confirm {order}") if state == OrderState.DRAFT else N_("salescli order reopen {order}")
    return [problem("not_confirmed", text, kind=Kind.STATE, rule="ORD-10", hint=hint, order=order, state=state)]


def check_waiting(order: str, request: str | None) -> list[Problem]:
    """An order somebody decides on is not changed meanwhile. DAT-01."""
    if request is None:
        return []
    text, hint = N_("{order} waits for a decision on {request}"), N_("salescli withdraw {request}, change it, and ask again")
    return [problem("waits_for_approval", text, kind=Kind.STATE, rule="ORD-02", hint=hint, order=order, request=request)]


def check_promise(day: date, promised: date | None) -> list[Problem]:
    """A promise does not lie before the order. ORD-03."""
    if promised is None or promised >= day:
        return []
    text, hint = N_("promised for {promised}, before the order of {day}"), N_("a day from {day} on: --promised DATE")
    return [problem("promised_before", text, rule="ORD-03", hint=hint, promised=promised.isoformat(), day=day.isoformat())]


def check_new_promise(day: date, promised: date | None, today: date) -> list[Problem]:
    """A promise that is given anew lies neither before the order nor before today. ORD-03."""
    if promised is None or promised < day or promised >= today:
        return check_promise(day, promised)
    text, hint = N_("{promised} is over; nobody can promise it any more"), N_("a day from {today} on: --promised DATE")
    return [problem("promised_over", text, rule="ORD-03", hint=hint, promised=promised.isoformat(), today=today.isoformat())]


def warn_promise(order: str, promised: date | None, today: date) -> list[Problem]:
    """Warning: an order is taken on though the day it was promised for is over already. ORD-03."""
    if promised is None or promised >= today:
        return []
    text, hint = N_("{order} was promised for {promised}, which is over"), N_("salescli order edit {order} --promised DATE")
    return [problem("promise_over", text, rule="ORD-03", hint=hint, order=order, promised=promised.isoformat())]


def check_norm(order: str, accepted: date, promised: date | None, months: int, reason: str | None) -> list[Problem]:
    """Generally three months from acceptance to delivery; more takes a reason and an approval. ORD-03, X-26."""
    if promised is None or promised <= (latest := add_months(accepted, months)):
        return []
    facts: dict[str, Any] = {"order": order, "promised": promised.isoformat(), "months": months, "latest": latest.isoformat()}
    text = N_("{order} is promised for {promised}, later than {latest}: delivery generally follows within {months} {months:month|months}")
    if not reason:
        hint = N_('give the reason: salescli order confirm {order} --reason "…"')
        return [problem("late_promise", text, rule="ORD-03", hint=hint, **facts)]
    ask = Ask("AP-06", order, {"promised": promised.isoformat(), "reason": reason})
    hint = N_('file it: say the command again with --request "reason"')
    return [problem("late_promise", text, kind=Kind.APPROVAL, rule="ORD-03", ask=ask, hint=hint, **facts)]


def check_confirmed_day(confirmed: date | None, today: date) -> list[Problem]:
    """A customer confirmed on a day that has come. ORD-10."""
    if confirmed is None or confirmed <= today:
        return []
    text, hint = N_("confirmed on {day}: that is still to come, today is {today}"), N_("note it once he has: --confirmed today")
    return [problem("confirmed_ahead", text, rule="ORD-10", hint=hint, day=confirmed.isoformat(), today=today.isoformat())]


def check_customer_confirmed(order: str, confirmed: date | None) -> list[Problem]:
    """Taken in full, an order takes effect only after the customer confirmed it. ORD-10."""
    if confirmed is not None:
        return []
    text = N_("{order}: the customer has not confirmed it yet")
    return [problem("not_customer_confirmed", text, rule="ORD-10", hint=N_("salescli order edit {order} --confirmed DATE"), order=order)]


# --- capacity and stock ----------------------------------------------------------------------------------------------------


class Need(NamedTuple):
    """What an order needs of a product: quantities in 1/1,000; `coming` is what arrives before the promise, `unfit` what lies there and
    may not be sold then: expired, blocked, without a batch.
    """

    sku: str
    name: str
    wanted: int
    available: int
    coming: int = 0
    unfit: int = 0

    @property
    def short(self) -> int:
        """What is missing."""
        return max(0, self.wanted - self.available - self.coming)


def check_capacity(order: str, needs: Sequence[Need], warehouse: str, answered: bool, *, at_once: bool = False) -> list[Problem]:
    """Taken on only with the goods in reach: available now or by the promise, or a capacity note; `at_once`: now. ORD-01, ORD-12, X-33."""
    if answered:
        return []
    text = N_("{sku} {name} in {warehouse}: {wanted:qty} wanted, {available:qty} available, {coming:qty} coming by the promise")
    hint = N_("less of it, another --warehouse, or when it will be there: salescli order capacity {order} --on DATE")
    if at_once:
        hint = N_("less of it, or another --warehouse: salescli stock list --sku {sku}")
    more = N_("{sku} {name} in {warehouse}: {wanted:qty} wanted, {available:qty} available, {coming:qty} coming by the promise; "
              "{unfit:qty} there have expired by then, are blocked or without a batch: salescli stock batches {sku}")  # fmt: skip
    found = []
    for n in (n for n in needs if n.short):
        facts: dict[str, Any] = {
            "sku": n.sku,
            "name": n.name,
            "warehouse": warehouse,
            "wanted": n.wanted,
            "coming": n.coming,
            "order": order,
        }
        facts |= {"available": max(0, n.available)} | ({"unfit": n.unfit} if n.unfit else {})
        found.append(problem("not_available", more if n.unfit else text, rule="ORD-01", hint=hint, **facts))
    return found


def check_ready(order: str, needs: Sequence[Need], promised: date | None, ready: date | None) -> list[Problem]:
    """What is not there is promised no sooner than the capacity answer says it is ready. ORD-01, ORD-07."""
    if promised is None or ready is None or ready <= promised or not any(n.short for n in needs):
        return []
    text = N_("{order} is promised for {promised}; its goods are ready on {ready} only")
    hint = N_("a later day: salescli order edit {order} --promised {ready}; or an answer anew: salescli order capacity {order} --on DATE")
    facts: dict[str, Any] = {"order": order, "promised": promised.isoformat(), "ready": ready.isoformat()}
    return [problem("ready_too_late", text, rule="ORD-07", hint=hint, **facts)]


# --- goods going out and coming back -----------------------------------------------------------------------------------------


class Progress(NamedTuple):
    """A line and what became of it: quantities in 1/1,000, amounts in 1/100. `sent` went out the first time, `replaced` in exchange for
    what came `back`.
    """

    line_id: int
    line_no: int
    product_id: int
    sku: str
    name: str
    quantity: int
    amount: int
    tax: int
    sent: int
    back: int
    booked: int
    booked_tax: int
    unit_cost: int | None
    replaced: int = 0

    @property
    def out(self) -> int:
        """What the customer has of it now."""
        return self.sent + self.replaced - self.back

    @property
    def rest(self) -> int:
        """What still has to go out."""
        return max(0, self.quantity - self.sent)

    def worth(self, out: int) -> tuple[int, int]:
        """Amount and tax of the part that leaves `out` with the customer: parts add up to the line's to the cent."""
        return divide(self.amount * out, self.quantity) - self.booked, divide(self.tax * out, self.quantity) - self.booked_tax


def not_free(order: str, sku: str, warehouse: str, wanted: int, free: int, there: Availability) -> Problem:
    """Goods promised to others, expired, blocked or without a batch do not go out. ORD-12, PRD-05."""
    facts: dict[str, Any] = {"sku": sku, "warehouse": warehouse, "wanted": wanted, "free": free, "on_hand": there.on_hand, "order": order}
    if there.unfit:
        text = N_("{sku} in {warehouse}: {wanted:qty} to deliver, {free:qty} free ({on_hand:qty} on hand, {unfit:qty} of it not for sale)")
        hint = N_("expired, blocked or without a batch: salescli stock batches {sku}; a part: salescli order deliver {order} {sku}=QTY")
        return problem("not_available", text, rule="PRD-05", hint=hint, unfit=there.unfit, **facts)
    text = N_("{sku} in {warehouse}: {wanted:qty} to deliver, {free:qty} free ({on_hand:qty} on hand, the rest promised to others)")
    hint = N_("salescli stock list --sku {sku}; deliver a part: salescli order deliver {order} {sku}=QTY")
    return problem("not_available", text, rule="ORD-12", hint=hint, **facts)


def allowed(quantity: int, over: int) -> int:
    """The most that may be with the customer, with the office's allowance (1/10,000)."""
    return multiply_rate(quantity, RATE_ONE + over)


def check_over_delivery(order: str, line: Progress, quantity: int, over: int, beside: Sequence[Progress] = ()) -> list[Problem]:
    """No more goes out than was ordered and the office allows; what came back may be replaced. ORD-13.

    `beside`: lines of the same product, filled already; the figures told are those of all of them.
    """
    most = allowed(line.quantity, over)
    if quantity > 0 and line.out + quantity <= most:
        return []
    if beside and quantity > 0:
        quantity += sum(max(0, x.quantity - x.out) for x in beside)
        most += sum(max(x.quantity, x.out) for x in beside)
        line = added_up(line, beside)
    if quantity <= 0:
        text = N_("{sku}: {quantity:qty} to deliver; a quantity is above zero")
        return [problem("bad_quantity", text, kind=Kind.USAGE, sku=line.sku, quantity=quantity)]
    text = N_("{order} {sku}: {ordered:qty} ordered, {out:qty} with the customer, {quantity:qty} more is beyond {most:qty}")
    hint = N_("at most {left}; the allowance is the parameter order.over_delivery_pct, now {over:pct} per cent")
    return [
        problem("over_delivery", text, rule="ORD-13", hint=hint, order=order, sku=line.sku, ordered=line.quantity, out=line.out,
                quantity=quantity, most=most, left=quantity_text(max(0, most - line.out)), over=over)
    ]  # fmt: skip


def added_up(line: Progress, beside: Sequence[Progress]) -> Progress:
    """A product that stands on several lines, as if it stood on one."""
    every = (line, *beside)
    sums = {
        name: sum(getattr(x, name) for x in every)
        for name in ("quantity", "amount", "tax", "sent", "replaced", "back", "booked", "booked_tax")
    }
    return line._replace(**sums)


def check_return(order: str, line: Progress, quantity: int, beside: Sequence[Progress] = ()) -> list[Problem]:
    """No more comes back than went out and is still there; `beside` as in `check_over_delivery`. ORD-15."""
    if 0 < quantity <= line.out:
        return []
    if beside and quantity > 0:
        quantity += sum(max(0, x.out) for x in beside)
        line = added_up(line, beside)
    text = N_("{order} {sku}: {sent:qty} delivered, {back:qty} came back already, {quantity:qty} cannot come back")
    hint = N_("at most {left}: salescli order show {order}") if line.out else N_("salescli order show {order}")
    return [
        problem("over_return", text, rule="ORD-15", hint=hint, order=order, sku=line.sku, sent=line.sent + line.replaced, back=line.back,
                quantity=quantity, left=quantity_text(line.out))
    ]  # fmt: skip


def check_back_on(order: str, line: Progress, quantity: int, had: int, day: date) -> list[Problem]:
    """Goods come back on a day on which the customer had them: `had` of the line, in 1/1,000. ORD-15."""
    if quantity <= had:
        return []
    text = N_("{order} {sku}: the customer had {had:qty} on {day}; {quantity:qty} cannot have come back then")
    hint = N_("give the day they came: --on DATE; the deliveries: salescli order show {order}")
    facts: dict[str, Any] = {"order": order, "sku": line.sku, "had": had, "quantity": quantity, "day": day.isoformat()}
    return [problem("back_before_out", text, rule="ORD-15", hint=hint, **facts)]


def not_ordered(order: str, sku: str) -> Problem:
    """A product the order does not hold."""
    return problem("not_ordered", N_("{order} holds no {sku}"), rule="ORD-13", hint=N_("salescli order show {order}"), order=order, sku=sku)


def check_day(order: str, ordered: date, day: date) -> list[Problem]:
    """Nothing goes out before it was ordered."""
    if day >= ordered:
        return []
    text = N_("{order} is of {ordered}; nothing of it goes out on {day}")
    hint = N_("leave the day out, or give one from {ordered} on")
    return [problem("before_order", text, rule="ORD-13", hint=hint, order=order, ordered=ordered.isoformat(), day=day.isoformat())]


def check_cancel(order: str, begun: bool, *, draft: bool = False) -> list[Problem]:
    """What went out cannot be cancelled, nor (`draft`) be a draft again; the rest of it is closed. ORD-10."""
    if not begun:
        return []
    text = N_("goods of {order} went out; it cannot be a draft again") if draft else N_("goods of {order} went out; it cannot be cancelled")
    hint = N_('give up the rest: salescli order close {order} --reason "…"; goods back: salescli order return {order} SKU=QTY --reason "…"')
    return [problem("delivered_already", text, kind=Kind.STATE, rule="ORD-10", hint=hint, order=order)]
