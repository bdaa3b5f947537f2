"""When a customer's file may be put away (ORG-08, AP-19)."""

from __future__ import annotations

from collections.abc import Mapping

from salescli.core.errors import Kind, Problem, problem
from salescli.core.i18n import C_, N_

HANGING = (
    C_("open_receivables"), C_("money_unallocated"), C_("open_orders"), C_("open_promises"), C_("open_leads"), C_("open_tickets"),
    C_("open_appointments"), C_("open_requests"),
)  # fmt: skip
"""What keeps a file in use, as `reads_archive.hanging` counts it."""


WHERE = {
    "open_receivables": "salescli ar list --customer {customer} --open",
    "money_unallocated": "salescli ar list --customer {customer} --open",
    "open_orders": "salescli order list --customer {customer} --open",
    "open_promises": "salescli customer promise list --customer {customer}",
    "open_leads": "salescli lead list --customer {customer}",
    "open_tickets": "salescli service list --customer {customer} --open",
    "open_appointments": "salescli visit appointments --customer {customer}",
    "open_requests": "salescli inbox --all",
}
"""The command that lists each of them."""


def check_archive(customer: str, name: str, hanging: Mapping[str, int]) -> list[Problem]:
    """Nothing may hang on a customer whose file is put away: every kind that does is named with its number. ORG-08."""
    text = N_("{customer} {name} cannot be archived: {what:code}: {count:,}")
    hint = N_("settle them first: {command}")
    return [
        problem(
            "still_in_use", text, kind=Kind.STATE, rule="ORG-08", hint=hint, customer=customer, name=name, what=what, count=hanging[what],
            command=WHERE[what].format(customer=customer),
        )
        for what in HANGING
        if hanging.get(what)
    ]  # fmt: skip
