"""`salescli init`: a new book with its company, its parameters and its first administrator (DAT-03)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salescli.book import sharing
from salescli.book.create import creating
from salescli.core.access import os_account
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.record import NamedTuple
from salescli.core.report import Done
from salescli.core.text import clean

if TYPE_CHECKING:
    from pathlib import Path


class Founder(NamedTuple):
    """The first administrator: staff code and name; the OS account at the keyboard becomes his."""

    code: str
    name: str


def found(path: Path, company: str, founder: Founder, *, currency: str, net: bool, shared: bool = False) -> Done:
    """Make the book at `path`, with `shared` for the whole group.

    Raises SalesError: 2 no good text, 4 a file is there already or the place is not to be shared, 8 it cannot be written.
    """
    from salescli.staff.actions import add

    facts = {"company": clean(company, C_("company")), "currency": _currency(currency), "prices": "net" if net else "gross"}
    if shared:
        sharing.check_place(path)
    with creating(path, "init", facts) as w:
        add(w, founder.code, founder.name, ("admin",), None, {"os_account": os_account()})
    if shared:
        sharing.share(path)
    sentence = N_("the book of {company} is at {book}; {code} {name} is its administrator, proved by the account {account} of this machine")
    return Done(
        msg(sentence, company=facts["company"], book=str(path), code=founder.code, name=founder.name, account=os_account()),
        facts={"book": str(path), "currency": facts["currency"], "prices": facts["prices"]},
        next=(
            'salescli staff add CODE "NAME" --role rep',
            "salescli import customers FILE",
            "salescli policy list",
            "salescli backup FOLDER --keep 30",
        ),
    )


def _currency(text: str) -> str:
    """A three-letter currency code in capitals."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z]{3}", code):
        fail("bad_currency", N_('"{typed}" is not a currency code of three letters, such as CNY'), kind=Kind.USAGE, typed=text)
    return code
