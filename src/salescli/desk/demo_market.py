"""What the demo office did to its market in a year: price changes, promotions (DAT-07)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from salescli.core.tasks_write import close_tasks_of
from salescli.desk.demo_acting import MOST_LEVELS
from salescli.desk.demo_plan_trade import Form, Promo, forms, promos
from salescli.desk.demo_words import workday
from salescli.price import actions_request, actions_settle
from salescli.price.actions_request import Scope
from salescli.promo import actions as promo_actions
from salescli.promo import actions_life
from salescli.promo.actions import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salescli.desk.demo_acting import Acting
    from salescli.desk.demo_trade import Trade

    Event = tuple[date, Callable[[], None]]


def events(acting: Acting, trade: Trade) -> Iterator[Event]:
    """What happens on which day."""
    for form in forms(acting.today):
        yield form.asked, partial(_change_prices, acting, form)
    for place, promo in enumerate(promos(acting.today)):
        yield from _promotion(acting, trade, str(place), promo)


# --- prices -------------------------------------------------------------------------------------------------------------

NOTICE_WAYS = ("电话", "微信", "调价函")
SOME = 12
"""So many buyers are told at once where telling is still going on."""


def _change_prices(acting: Acting, form: Form) -> None:
    """Ask; the manager and management decide in the next days; then the buyers are told and the prices are written."""
    with acting.person(form.by, form.asked) as w:
        scope = Scope(customer_class=form.customer_class, valid_from=form.holds)
        words = [f"{sku}={price / 10_000}" for sku, price in form.prices.items()]
        number = actions_request.request(w, words, scope, form.reason, form.basis).document
    assert number is not None
    if form.kind == "waiting":
        return
    decided = acting.later(form.asked, 1)
    acting.approve(number, decided, refuse=form.answer)
    if form.kind != "refused":
        _tell(acting, number, acting.later(form.asked, 3), some=form.kind == "telling")


def _tell(acting: Acting, number: str, day: date, *, some: bool) -> None:
    """Tell the recent buyers: all of them, or the first few while it is still going on."""
    with acting.person("LI", day) as w:
        sql = """SELECT c.code FROM price_notice n JOIN price_change f ON f.id = n.change_id JOIN customer c ON c.id = n.customer_id
                 WHERE f.number = :n AND n.notified_on IS NULL ORDER BY c.code"""
        buyers = w.reader.column(sql, n=number)
        told = buyers[: max(0, len(buyers) - SOME)] if some else buyers
        if told:
            actions_settle.notify(w, number, told if some else (), NOTICE_WAYS[len(buyers) % len(NOTICE_WAYS)])


# --- promotions ---------------------------------------------------------------------------------------------------------


def _promotion(acting: Acting, trade: Trade, place: str, promo: Promo) -> Iterator[Event]:
    today = acting.today
    planned = min(promo.planned, workday(today - timedelta(2)))
    yield planned, partial(_plan, acting, trade, place, promo, planned)
    if promo.first <= today:
        yield promo.first, partial(_start, acting, trade, place, promo)
    if "lesson" in promo.words:
        day = workday(promo.last + timedelta(6))
        yield day, partial(_evaluate, acting, trade, place, promo, day)


def _plan(acting: Acting, trade: Trade, place: str, promo: Promo, day: date) -> None:
    """Plan it and ask; those of the past were decided, prepared and wait for their first day."""
    words = promo.words
    typed = Typed(
        words["kind"],
        promo.first,
        promo.last,
        audience="全体老客户",
        form="订单直接减免或附赠",
        media="微信群、送货单附页",
        goal=words["goal"],
        categories=words["categories"],
        rate=promo.plan.rate,
        steps=words.get("steps", ()),
        min_qty=promo.plan.min_qty,
        gifts=words.get("gifts", ()),
        buy_qty=promo.plan.buy_qty,
        get_qty=promo.plan.get_qty,
        theme=words.get("theme", False),
        prepare=("training=LI", "departments=SUN"),
    )
    with acting.person(words["by"], day) as w:
        number = promo_actions.plan(w, words["name"], typed).document
        assert number is not None
        promo_actions.submit(w, number)
    trade.promos[place] = number
    acting.approve(number, acting.later(day, 1), levels=MOST_LEVELS if promo.first <= acting.today else 1)


def _start(acting: Acting, trade: Trade, place: str, promo: Promo) -> None:
    number = trade.promos[place]
    with acting.person(promo.words["by"], promo.first - timedelta(1)) as w:
        close_tasks_of(w, number, "PRO-03", "已准备好")
    with acting.person(promo.words["by"], promo.first) as w:
        actions_life.start(w, number)


def _evaluate(acting: Acting, trade: Trade, place: str, promo: Promo, day: date) -> None:
    with acting.person(promo.words["by"], day) as w:
        score = round(float(promo.words["satisfaction"]) * 100)
        actions_life.evaluate(w, trade.promos[place], promo.words["lesson"], score)
