"""Invariants of the desk: every request has somebody who may decide it (DAT-01)."""

from __future__ import annotations

from salescli.core.checks import Check
from salescli.core.i18n import N_
from salescli.desk.reads_handover import check
from salescli.desk.reads_inbox import gaps, stuck

CHECKS = (
    Check("approval_deciders", N_("somebody may decide every waiting request"), stuck),
    Check("handover_done", N_("whoever left holds nothing any more"), check, advice=True),
    Check("approval_paths", N_("every approval path has a holder for everybody who may ask"), gaps, advice=True),
)
