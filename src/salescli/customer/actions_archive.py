"""Putting a customer's file away and taking it back, the bad record, free tags (ORG-08, AP-19, CUS-04, CUS-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from salescli.core.access import require
from salescli.core.approval import Ask, needed
from salescli.core.errors import Kind, Problem, fail, problem, raise_if
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find
from salescli.core.report import Change, Done
from salescli.core.text import NOTE, clean
from salescli.customer import actions_owner, reads_archive, reads_owner
from salescli.customer.rules_archive import check_archive
from salescli.customer.rules_standing import check_active
from salescli.customer.states import OwnerMove
from salescli.customer.tables import Customer
from salescli.customer.tables_merge import CustomerTag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salescli.core.writer import Writer


def _load(w: Writer, reference: str) -> Customer:
    row = w.get(Customer, find(w.reader, "pooled", reference).id)
    w.document = row.code
    return row


def _reason(text: str) -> str:
    return clean(text, C_("reason"), NOTE, lines=True)


# --- the archive --------------------------------------------------------------------------------------------------------------


def archive(w: Writer, reference: str, reason: str) -> Done:
    """Put a file away instead of deleting it: a manager at once, a rep once the manager agrees. ORG-08, AP-19.

    Raises SalesError: 3 no such customer, 5 to be approved, 6 archived already or something still hangs on him, 7 not your right.
    """
    row = _load(w, reference)
    why = _reason(reason)
    assert row.id is not None
    hanging = reads_archive.hanging(w.reader, row.id, row.code)
    active = check_active(row.code, row.name, row.archived_on, row.archived_reason)
    raise_if([*active, *check_archive(row.code, row.name, hanging), *([] if active else _check_manager(w, row))])
    row.archived_on, row.archived_reason = w.today, why
    row.locked_on = row.locked_until = None
    w.session.flush()
    return Done(
        msg(N_("{code} {name} is archived"), code=row.code, name=row.name),
        document=row.code,
        changes=(Change(C_("archived"), None, w.today.isoformat()),),
        next=(f"salescli customer unarchive {row.code} --reason …",),
    )


def _check_manager(w: Writer, row: Customer) -> list[Problem]:
    """Sellers delete nothing; archiving is the manager's decision. AP-19."""
    if w.actor.may("customer.archive"):
        return []
    require(w.actor, "customer.edit", w.verb)
    text = N_("archiving {customer} {name} is the manager's decision")
    ask = Ask("AP-19", row.code, {"do": "archive", "name": row.name, "moves": reads_owner.moves(w.reader, customer_id=row.id)})
    return needed(w.reader, ask, "archive_approval", text, rule="ORG-08", customer=row.code, name=row.name)


def unarchive(w: Writer, reference: str, reason: str) -> Done:
    """Take a file back from the archive: to its owner while he is here and has room, else to nobody. ORG-08, LED-11.

    Raises SalesError: 3 no such customer, 4 the owner holds as many as he may, 6 not archived, 7 not your right.
    """
    row = _load(w, reference)
    why = _reason(reason)
    if row.archived_on is None:
        text = N_("{customer} {name} is not archived")
        hint = N_("those that are: salescli customer list --archived")
        fail("not_archived", text, kind=Kind.STATE, rule="ORG-08", hint=hint, customer=row.code, name=row.name)
    since, row.archived_on, row.archived_reason = row.archived_on, None, None
    w.session.flush()
    owner = _owner_after(w, row)
    actions_owner.move_to(w, row, owner, OwnerMove.RESTORED, why)
    staff = reads_owner.code_of(w.reader, owner)
    text = N_("{code} {name} is back, owner {staff}") if owner else N_("{code} {name} is back, in the pool")
    return Done(
        msg(text, code=row.code, name=row.name, staff=staff),
        document=row.code,
        changes=(Change(C_("archived"), since.isoformat(), None),),
        next=(f"salescli customer show {row.code}",),
        facts={"staff": staff},
    )


def _owner_after(w: Writer, row: Customer) -> int | None:
    """The owner before, if he is still here; that he comes back must fit under the cap."""
    if row.staff_id is None:
        return None
    who = reads_owner.person(w.reader, row.staff_id)
    if who.left is not None and who.left < w.today.isoformat():
        return None
    owner, row.staff_id = row.staff_id, None  # so that he himself is not counted among those held
    raise_if(actions_owner.check_new_owner(w, owner, row))
    row.staff_id = owner
    return owner


# --- the bad record -----------------------------------------------------------------------------------------------------------


def block(w: Writer, reference: str, reason: str) -> Done:
    """Put a customer on record as bad, for a reason that every quote and order shows. CUS-04.

    Raises SalesError: 3 no such customer, 6 archived, 7 not your right.
    """
    row = _load(w, reference)
    why = _reason(reason)
    raise_if(check_active(row.code, row.name, row.archived_on, row.archived_reason))
    before, row.bad_on, row.bad_reason = row.bad_reason, row.bad_on or w.today, why
    w.session.flush()
    return Done(
        msg(N_("{code} {name} is on record as bad: {reason}"), code=row.code, name=row.name, reason=why),
        document=row.code,
        changes=(Change(C_("bad_record"), before, why),),
        next=(f"salescli customer unblock {row.code} --reason …",),
    )


def unblock(w: Writer, reference: str, reason: str) -> Done:
    """Lift the bad record, for a reason the history keeps. CUS-04. Raises SalesError: 3 no such customer, 6 no bad record, 7."""
    row = _load(w, reference)
    why = _reason(reason)
    if row.bad_on is None:
        text = N_("{customer} {name} has no bad record")
        hint = N_("salescli customer show {customer}")
        fail("no_bad_record", text, kind=Kind.STATE, rule="CUS-04", hint=hint, customer=row.code, name=row.name)
    before, row.bad_on, row.bad_reason = row.bad_reason, None, None
    w.session.flush()
    w.note(row.code, why)
    return Done(
        msg(N_("the bad record of {code} {name} is lifted"), code=row.code, name=row.name),
        document=row.code,
        changes=(Change(C_("bad_record"), before, None),),
        next=(f"salescli customer show {row.code}",),
    )


# --- tags ---------------------------------------------------------------------------------------------------------------------


def tag(w: Writer, reference: str, words: Sequence[str]) -> Done:
    """Add free tags (word or +word) and take some off (-word); saying it twice changes nothing. CUS-06.

    Raises SalesError: 2 no good tag, 3 no such customer, 4 a tag to take off that he has not.
    """
    row = w.get(Customer, find(w.reader, "customer", reference).id)
    w.document = row.code
    on, off = _tags(words)
    found = w.session.exec(select(CustomerTag).where(CustomerTag.customer_id == row.id).order_by(col(CustomerTag.tag))).all()
    known = {tag.tag: tag for tag in found}
    missing = [word for word in off if word not in known]
    if missing:
        text = N_("{customer} has no tag {tags}")
        raise_if(
            [problem("no_such_tag", text, rule="CUS-06", hint=N_("salescli customer show {customer}"), customer=row.code, tags=missing)]
        )
    assert row.id is not None
    for word in off:
        w.session.delete(known[word])
    for word in on:
        if word not in known:
            w.add(CustomerTag(customer_id=row.id, tag=word))
    w.session.flush()
    after = sorted({*known, *on} - set(off))
    text = N_("tags of {code} {name}: {tags}") if after else N_("{code} {name} has no tags")
    return Done(
        msg(text, code=row.code, name=row.name, tags=after),
        document=row.code,
        changes=(Change(C_("tags"), ", ".join(known) or None, ", ".join(after) or None),) if after != sorted(known) else (),
        next=("salescli customer classes --by tag",),
        facts={"tags": after},
    )


def _tags(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tags to add and to take off."""
    on: list[str] = []
    off: list[str] = []
    for word in words:
        tag = clean(word.lstrip("+-＋－"), C_("tag"), 40)
        if "," in tag or "，" in tag:
            fail("bad_tag", N_('a tag holds no comma: "{tag}"'), kind=Kind.USAGE, rule="CUS-06", tag=tag)
        (off if word[0] in "-－" else on).append(tag)
    return list(dict.fromkeys(on)), list(dict.fromkeys(off))
