"""Channels leads come by: the usual ones and the office's own, what people type for them, what each yields (LED-01, LED-17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.access import Scope, condition
from salescli.core.errors import Kind, fail
from salescli.core.i18n import N_, Message, code_label, msg
from salescli.core.lookup import find
from salescli.core.money import divide, rate_of
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.core.text import folded
from salescli.lead.states import SORTED_OUT, Source

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader


CHINESE: dict[Source, tuple[str, ...]] = {
    Source.WEB_MESSAGE: ("网站留言", "网站", "官网"),
    Source.PHONE: ("电话", "来电"),
    Source.FAIR: ("展会", "展览会"),
    Source.PARTNER: ("合作伙伴", "伙伴"),
    Source.FRIEND: ("朋友介绍", "熟人介绍"),
    Source.CUSTOMER: ("客户转介绍", "客户介绍", "老客户介绍", "转介绍"),
    Source.EVENT: ("活动", "市场活动"),
    Source.CONFERENCE: ("会议",),
    Source.WEB_SEARCH: ("网络搜索", "搜索", "百度"),
    Source.RESEARCH: ("市场调研", "调研"),
    Source.WALK_IN: ("上门", "来访", "自然到店"),
}
"""What people and files call the usual channels in Chinese, whatever language the command speaks."""


class OwnSource(NamedTuple):
    """A channel of the office's own."""

    code: str
    name: str
    closed: bool


def own_sources(r: Reader) -> dict[str, OwnSource]:
    """The office's own channels by code."""
    return {code: OwnSource(code, name, bool(closed)) for code, name, closed in r.tuples("SELECT code, name, closed FROM lead_source")}


def source_labels(r: Reader) -> dict[str, str]:
    """Every channel's code and how people call it, the usual ones first."""
    return {s.value: code_label(s.value) for s in Source} | {s.code: s.name for s in own_sources(r).values()}


def spellings(r: Reader) -> dict[str, str]:
    """Everything that may be typed for a channel: code or name, folded -> code; closed own channels left out."""
    own = [s for s in own_sources(r).values() if not s.closed]
    words = {folded(word): s.value for s in Source for word in (s.value, s.value.replace("_", " "), s.value.replace("_", "-"), *CHINESE[s])}
    return words | {folded(word): s.code for s in own for word in (s.name, s.code)}


def find_source(r: Reader, text: str | None) -> str:
    """The code of a channel typed as code or name. Raises SalesError: 2 when it was not asked, 3 when there is none such. LED-01."""
    known = spellings(r)
    if text is None or not text.strip():
        hint = N_("add --source, one of: {known}")
        fail("source_missing", N_("the source is always asked: how did they hear of us?"), kind=Kind.USAGE, rule="LED-01", hint=hint,
             known=sorted({*known.values()}))  # fmt: skip
    found = known.get(folded(text.strip()))
    if found is None:
        sentence = N_('there is no source "{typed}": {known}')
        hint = N_('one of your own: salescli lead source CODE --name "…"')
        fail("source_not_found", sentence, kind=Kind.NOT_FOUND, rule="LED-01", hint=hint, typed=text, known=sorted({*known.values()}))
    return found


# --- what a channel yields --------------------------------------------------------------------------------------------------

COLUMNS = (
    Column("source", N_("Source")),
    Column("name", N_("Name")),
    Column("leads", N_("Leads"), "int", total=True),
    Column("converted", N_("Converted"), "int", total=True),
    Column("wins", N_("Won"), "int", total=True),
    Column("win_pct", N_("Win rate"), "percent"),
    Column("amount", N_("Amount won"), "amount", total=True),
    Column("cost", N_("Cost"), "amount", total=True),
    Column("cost_per_lead", N_("Cost per lead"), "amount"),
    Column("yield_pct", N_("Amount per cost"), "percent"),
)

_YIELD = """
SELECT l.source, count(*), count(l.customer_id), sum(CASE WHEN l.stage = 'won' THEN 1 ELSE 0 END),
       sum(CASE WHEN l.stage = 'won' THEN coalesce(l.amount, 0) ELSE 0 END)
FROM lead l WHERE {where} GROUP BY l.source"""
_COST = "SELECT source, sum(amount) FROM source_cost WHERE day BETWEEN :start AND :end GROUP BY source"


class _Yield(NamedTuple):
    leads: int = 0
    converted: int = 0
    wins: int = 0
    amount: int = 0


def sources(r: Reader, period: Period | None, staff: str | None = None) -> Report:
    """Leads filed in the period by channel: what became of them, what they brought, what the channel cost. LED-01, LED-17, K-53.

    The best channel first: by amount won, then wins, then leads. Costs are the office's and shown only to who sees everything.
    """
    staff_id = find(r, "staff", staff).id if staff else None
    start, end = (period.start.isoformat(), period.end.isoformat()) if period else ("0001-01-01", "9999-12-31")
    where = f"l.created BETWEEN :start AND :end AND {condition(r.actor, 'customers', 'l.staff_id')}"
    where += " AND l.staff_id = :staff" if staff_id is not None else ""
    params = {"start": start, "end": end, "staff": staff_id}
    counted = r.tuples(_YIELD.format(where=f"{where} AND NOT l.state {SORTED_OUT}"), **params)
    found = {code: _Yield(*rest) for code, *rest in counted}
    whole = r.actor.scope("customers") is Scope.ALL and staff_id is None
    costs: dict[str, int] = dict(r.tuples(_COST, start=start, end=end)) if whole else {}
    labels = source_labels(r)
    codes = list(dict.fromkeys([*labels, *(code for code in found if code), *costs]))
    lines = [(found.get(code, _Yield()), code, labels.get(code, code), costs.get(code)) for code in codes]
    lines += [(found[None], None, None, None)] if None in found else []
    lines.sort(key=lambda line: (-line[0].amount, -line[0].wins, -line[0].leads))
    rows = [_row(code, name, y, cost) for y, code, name, cost in lines]
    notes = left_out(r.value(f"SELECT count(*) FROM lead l WHERE {where} AND l.state {SORTED_OUT}", **params))
    return Report("lead-sources", msg(N_("Sources and what they yield")), COLUMNS, rows, notes=notes, as_of=r.today.isoformat())


def left_out(count: int) -> tuple[Message, ...]:
    """What a figure says of the leads it does not count. LED-03, LED-10."""
    text = N_("left out: {count} {count:lead|leads} sorted out as invalid or a duplicate")
    return (msg(text, count=count),) if count else ()


def _row(code: str | None, name: str | None, y: _Yield, cost: int | None) -> tuple[str | int | None, ...]:
    each = divide(cost, y.leads) if cost is not None and y.leads else None
    return (code, name, y.leads, y.converted, y.wins, rate_of(y.wins, y.leads), y.amount, cost, each, rate_of(y.amount, cost or 0))
