"""What taking an order in full asks for: the acceptance report, its papers, the customer's investigation (ORD-01, ORD-02, ORD-09)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from salescli.core.errors import Problem, problem
from salescli.core.i18n import C_, N_
from salescli.core.text import among

REQUIRED = (
    C_("payment_day"), C_("payment_place"), C_("means"), C_("delivery_place"), C_("transport"),
    C_("site_check"), C_("scope_check"), C_("spec_check"), C_("design_check"),
    C_("purchase_order"), C_("contract"),
)  # fmt: skip
"""Fields of F-10 that no report goes without; name, quantity and amount stand on the order itself, as does the delivery date."""

CHEQUE = (C_("cheque_day"), C_("way"))
"""What a payment by cheque adds."""


def taken_in_full(office: str, kind: str | None, full: str | None, simple: str | None) -> bool:
    """Whether an order is taken in with report, papers and confirmation: as the office does it, unless the customer's kind says otherwise.

    A kind that stands in both lists is taken in full. X-36.
    """
    return among(kind, full) or (office == "full" and not among(kind, simple))


def missing_fields(report: Mapping[str, Any]) -> list[str]:
    """The required fields a report lacks; a tick that is not set is lacking. F-10."""
    asked = (*REQUIRED, *(CHEQUE if report.get("means") == "cheque" else ()))
    return [name for name in asked if not report.get(name)]


def check_report(order: str, report: Mapping[str, Any] | None) -> list[Problem]:
    """Report, purchase order and contract go to the superior together. ORD-02."""
    hint = N_("salescli order submit {order} --help lists its fields")
    if report is None:
        text = N_("{order} has no acceptance report yet")
        return [problem("no_report", text, rule="ORD-02", hint=hint, order=order)]
    missing = missing_fields(report)
    if not missing:
        return []
    text = N_("the acceptance report of {order} lacks {fields:code}")
    return [problem("report_incomplete", text, rule="ORD-02", hint=hint, order=order, fields=",".join(missing))]


def check_promised(order: str, *, promised: bool) -> list[Problem]:
    """A report says by when the goods are delivered. ORD-02, F-10."""
    if promised:
        return []
    text, hint = N_("{order} does not say by when it is delivered"), N_("salescli order edit {order} --promised DATE")
    return [problem("no_promise", text, rule="ORD-02", hint=hint, order=order)]


def check_investigated(customer: str, missing: Sequence[str] | None) -> list[Problem]:
    """A first deal takes the fourth part of the investigation. ORD-01, F-09."""
    hint = N_("salescli customer investigate {customer} --help")
    if missing is None:
        text = N_("first deal with {customer}, and nobody has looked into him")
        return [problem("not_investigated", text, rule="ORD-01", hint=hint, customer=customer)]
    if not missing:
        return []
    text = N_("first deal with {customer}; his investigation lacks {fields:code}")
    return [problem("investigation_incomplete", text, rule="ORD-01", hint=hint, customer=customer, fields=",".join(missing))]


def check_free_papers(order: str, explanation: str | None, *, named: bool) -> list[Problem]:
    """Free goods: why, and who bears the loss. ORD-09."""
    missing = [name for name, there in ((C_("explanation"), explanation), (C_("loss"), named)) if not there]
    if not missing:
        return []
    text = N_("{order} gives goods free and lacks {fields:code}")
    hint = N_('salescli order edit {order} --explanation "why" --loss STAFF')
    return [problem("free_goods_papers", text, rule="ORD-09", hint=hint, order=order, fields=",".join(missing))]
