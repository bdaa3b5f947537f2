"""`policy explain` finds the functions that carry a rule in the source itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salescli.core.policy import load_parameters
from salescli.policy import codes
from salescli.policy.reads import nearest
from salescli.policy.reads_carriers import Carrier, carriers

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = '''
"""A module about AR-08 is not a function."""

def share(amount):
    """The rep's share of a bad account. AR-08."""

def other():
    """AR-081 and XAR-08 are other words."""

class Debt:
    """A debt."""

    def refuse(self):
        fail("too_old", "...", rule="AR-08")

@app.report("bad", help=N_("Bad accounts.\\nMore."), rules=("AR-08",))
def bad(r):
    def inner():
        """AR-09."""
'''


def package(folder: Path) -> Path:
    (folder / "ar").mkdir()
    (folder / "ar" / "rules.py").write_text(SOURCE, encoding="utf-8")
    (folder / "empty.py").write_text("", encoding="utf-8")
    return folder


def test_docstrings_refusals_and_declarations_carry_a_rule(tmp_path: Path) -> None:
    assert carriers("AR-08", package(tmp_path)) == [
        Carrier("ar.rules.share", "The rep's share of a bad account. AR-08."),
        Carrier("ar.rules.Debt.refuse", None),
        Carrier("ar.rules.bad", "Bad accounts."),
    ]


def test_what_is_defined_inside_answers_for_itself(tmp_path: Path) -> None:
    assert carriers("AR-09", package(tmp_path)) == [Carrier("ar.rules.bad.inner", "AR-09.")]


def test_the_installed_package_is_searched() -> None:
    assert "policy.actions.set_value" in [found.name for found in carriers("ORG-07")]


def test_nearest_prefers_what_holds_the_word() -> None:
    known = ["ar.doubtful_pct", "ar.doubtful_months", "pool.warn_days"]
    assert nearest("doubtful", known) == ["ar.doubtful_pct", "ar.doubtful_months"]
    assert nearest("pool.wrn_days", known)[0] == "pool.warn_days"
    assert nearest("zzz", known) == []


def test_every_declared_word_is_marked_for_translation() -> None:
    from salescli.core.access import ROLES

    parameters = load_parameters().values()
    assert {p.unit for p in parameters if p.unit} == set(codes.UNITS)
    assert {p.type for p in parameters} | {"text"} == set(codes.TYPES)
    assert {choice for p in parameters for choice in p.choices} - set(ROLES) == set(codes.CHOICES) - set(ROLES)
