"""What `undo` may take back by itself: fields of files, tasks, marks. Everything else has a reversing command of its own (CLI.md §1).

A table that is not named here is never touched: owners, stages, balances, postings, approvals, policies and imports are events,
and taking an event back is another event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Image = dict[str, Any]

STAYS, GOES = "stays", "goes"


class Takes(NamedTuple):
    """What undo does with a table: `fields` it may set back, and what becomes of a new row.

    `new`: STAYS (refused: a document or file stays), GOES (deleted; the history keeps it), or the fields that cancel it,
    "today" standing for the business day. `gone`: whether a deleted row comes back. `hint`: the command instead.
    """

    fields: frozenset[str] = frozenset()
    new: str | Image = STAYS
    gone: bool = False
    hint: str = N_("correct it with its own command")


def _fields(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAKES: dict[str, Takes] = {
    "customer": Takes(
        _fields("name short_name kind region industry customer_class source address tax_no since note pinyin normal_name next_need"),
        hint=N_("salescli customer --help shows transfer, archive, block"),
    ),
    "contact": Takes(_fields("main name pinyin post phone normal_phone email birthday lunar_birthday consent_on note"), new=GOES),
    "customer_tag": Takes(new=GOES, gone=True),
    "product": Takes(
        _fields("name category spec unit barcode tax_rate note active pinyin"),
        hint=N_("salescli product edit SKU"),
    ),
    "staff": Takes(_fields("name region unit post phone email hired pinyin"), hint=N_("salescli staff edit CODE")),
    "deputy": Takes(_fields("until"), new=GOES, hint=N_("salescli staff deputise STAFF DEPUTY --end")),
    "task": Takes(
        _fields("state closed_on result text due"), new={"state": "dropped", "closed_on": "today"}, hint=N_("salescli task done NUMBER")
    ),
    "notice_read": Takes(new=GOES),
    "office_document": Takes(
        _fields("withdrawn_on title place text keywords roles"), new={"withdrawn_on": "today"}, hint=N_("salescli document withdraw NUMBER")
    ),
    "lead": Takes(
        _fields("name normal_name pinyin company phone normal_phone source region intent need quantity use pain equipment solution "
                "amount expected next_on note"),
        hint=N_("salescli lead --help shows release, stage, lose"),
    ),
    "interaction": Takes(
        _fields("time contact purpose preparation content need feedback problem complaint next_step next_on minutes "
                "review reviewed_by reviewed_on review_note"),
        hint=N_("record another contact that says what was wrong"),
    ),
    "promise": Takes(_fields("text due state closed_on result"), hint=N_("salescli customer promise --help")),
}  # fmt: skip

REVERSING = {
    "receivable": N_("salescli ar reverse {document}"),
    "receipt": N_("salescli ar reverse {document}"),
    "allocation": N_("salescli ar unallocate NUMBER"),
    "stock_move": N_("post the opposite movement: salescli stock --help"),
    "reservation": N_("salescli order --help shows cancel and close"),
    "sales_order": N_("salescli order --help shows cancel and close"),
    "delivery": N_("salescli order --help shows return"),
    "policy_value": N_("salescli policy set KEY VALUE; the history names the value before"),
    "approval": N_("salescli withdraw NUMBER, or file another request"),
    "approval_step": N_("salescli withdraw NUMBER, or file another request"),
    "owner_change": N_("give it back: a change of owner is an event of its own"),
    "stage_change": N_("set the stage again with a reason"),
    "import_batch": N_("an import is taken back from the last backup: salescli restore FILE"),
    "ticket": N_("salescli service solve {document} TEXT"),
    "ticket_step": N_("salescli service reopen TICKET TEXT"),
    "staff_role": N_("salescli staff edit CODE --role ROLES"),
    "command_grant": N_("salescli staff edit CODE --revoke COMMAND"),
}
"""The way back for what undo leaves alone."""

PAPERS = {
    "SO": N_('salescli order cancel {document} --reason "…"; what was decided before: salescli order reopen {document} --reason "…"'),
    "DN": N_('goods come back by: salescli order return ORDER SKU=QTY --reason "…"'),
    "RT": N_("goods go out again by: salescli order deliver ORDER SKU=QTY"),
    "QU": N_('salescli quote lose {document} --reason "…"'),
    "CT": N_('salescli contract terminate {document} --reason "…"'),
    "PO": N_('salescli purchase cancel {document} --reason "…"'),
    "PI": N_('salescli purchase return PURCHASE SKU=QTY --reason "…"'),
    "PP": N_('salescli promo cancel {document} --reason "…"'),
    "PC": N_("its request is withdrawn: salescli price show {document}"),
    "GR": N_('the opposite, after approval: salescli stock adjust SKU=-QTY --reason "…"'),
    "AD": N_('the opposite, after approval: salescli stock adjust SKU=QTY --reason "…"'),
    "ST": N_("salescli stock transfer-in {document}, then salescli stock transfer back"),
    "SC": N_("salescli stock count cancel {document}, while it is counted"),
    "AB": N_("the way back: salescli stock split, or salescli stock assemble"),
}
"""The way back from a paper of trade, by the series of its number."""

NAMES = (
    C_("receivable"), C_("receipt"), C_("allocation"), C_("stock_move"), C_("reservation"), C_("sales_order"), C_("delivery"),
    C_("policy_value"), C_("approval"), C_("approval_step"), C_("owner_change"), C_("stage_change"), C_("import_batch"), C_("staff_role"),
    C_("command_grant"), C_("customer"), C_("contact"), C_("product"), C_("staff"), C_("deputy"), C_("lead"), C_("interaction"),
    C_("promise"), C_("notice"), C_("ticket_step"), C_("order_line"), C_("office_document"),
)  # fmt: skip
"""What the tables are called, for the catalogue."""


class Step(NamedTuple):
    """One row as a command found it and left it; `bulk` covers many rows."""

    table: str
    row_id: int
    document: str | None
    before: Image | None
    after: Image | None
    bulk: bool = False


def check_step(step: Step) -> list[Problem]:
    """Why this change cannot be taken back by itself; nothing when it can."""
    takes = TAKES.get(step.table)
    if takes is None or step.bulk:
        return [_refusal(step, REVERSING.get("import_batch" if step.bulk else step.table, N_("correct it with its own command")))]
    if step.before is None:
        return [_refusal(step, takes.hint)] if takes.new == STAYS else []
    if step.after is None:
        return [] if takes.gone else [_refusal(step, takes.hint)]
    fixed = changed(step.before, step.after) - takes.fields
    if fixed:
        text = N_("{document}: {fields:code} is not set back by undo")
        return [problem("undo_fields", text, kind=Kind.STATE, hint=takes.hint, document=step.document, fields=",".join(sorted(fixed)))]
    return []


def check_steps(steps: Sequence[Step]) -> list[Problem]:
    """Why a command cannot be taken back by itself; a paper is told once, with its own way back."""
    found: dict[tuple[object, ...], Problem] = {}
    for p in (p for step in steps for p in check_step(step)):
        document = str(p.message.facts["document"])
        way = PAPERS.get(document.partition("-")[0]) if p.code == "undo_stays" else None
        told = _paper(document, way) if way else p
        found.setdefault((document, told.hint.text if told.hint else ""), told)
    return list(found.values())


FEW = 3
"""Refusals that are told one by one; more are one sentence that names the first."""

WHOLE = {
    "customer merge": N_("two files made one stay one; what the other held is in the last backup: salescli restore FILE"),
    "customer transfer": N_("give them back: salescli customer transfer"),
    "staff handover": N_("give back what must go back: salescli customer transfer, lead assign"),
}
"""The way back from commands that change many things at once."""


def in_one(verb: str, found: Sequence[Problem]) -> list[Problem]:
    """Many refusals of one command as one: how many of its changes stay, and the first of them."""
    if len(found) <= FEW:
        return list(found)
    facts = [p.message.facts for p in found]
    named = [str(fact["document"]) for fact in facts if fact["document"] != fact.get("table")]
    first = list(dict.fromkeys(named or [str(fact["document"]) for fact in facts]))
    text = N_("{verb} is not undone: {count} of its changes are reversed by commands of their own, among them those of {first}")
    hint = WHOLE.get(verb, N_("what it changed: salescli history {document}"))
    return [problem("undo_many", text, kind=Kind.STATE, hint=hint, verb=verb, count=len(found), first=first[:FEW], document=first[0])]


def _paper(document: str, way: str) -> Problem:
    text = N_("{document} stays: a paper is taken back by a command of its own, not by undo")
    return problem("undo_stays", text, kind=Kind.STATE, hint=way, document=document)


def changed(before: Image, after: Image) -> frozenset[str]:
    """The fields that differ."""
    return frozenset(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _refusal(step: Step, hint: str) -> Problem:
    text = N_("{document} ({table:code}) stays: it is reversed by a command of its own, not by undo")
    return problem("undo_stays", text, kind=Kind.STATE, hint=hint, document=step.document or step.table, table=step.table)
