"""Where a price comes from, what became of a price change (ST-11), what is lent (PRC-07)."""

from enum import StrEnum


class PriceSource(StrEnum):
    """Which level of the price table gave a price, the most specific first; `none`: there is no price."""

    CUSTOMER_CHANNEL = "customer_channel_price"
    CUSTOMER = "customer_price"
    CLASS_CHANNEL = "class_channel_price"
    CLASS = "class_price"
    CHANNEL = "channel_price"
    BREAK = "quantity_break"
    LIST = "list_price"
    NONE = "no_price"


class ChangeState(StrEnum):
    """A price change form as it is kept: decided or not. What people see is `ShownState`."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ShownState(StrEnum):
    """ST-11: the kept state, the level a request waits at, the notices, and the day."""

    MANAGER = "at_manager"
    MANAGEMENT = "at_management"
    APPROVED = "approved"
    NOTIFIED = "notified"
    IN_FORCE = "in_force"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LoanKind(StrEnum):
    """What may leave the house: a drawing comes back by a day, a catalogue stays with a chosen recipient (PRC-07)."""

    DRAWING = "drawing"
    CATALOGUE = "catalogue"
    SAMPLE = "sample_book"
