"""What can be imported and exported, and which room carries it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from salescli.core.i18n import N_
from salescli.core.record import NamedTuple

if TYPE_CHECKING:
    from salescli.core.jobs import Companion, Kind


class Place(NamedTuple):
    """Where a kind is declared ("module:NAME"), its help line, the right it takes, and what accompanies it."""

    target: str
    line: str
    right: str = "import"
    companions: tuple[str, ...] = ()


KINDS: dict[str, Place] = {
    "staff": Place("salescli.staff.imports:KIND", N_("Staff with roles and superiors.")),
    "customers": Place(
        "salescli.customer.imports:KIND", N_("Customers with their main contact."), companions=("salescli.ar.imports:Openings",)
    ),
    "suppliers": Place("salescli.purchase.imports:KIND", N_("Suppliers with what is owed to them.")),
    "supplier-prices": Place("salescli.purchase.imports_prices:KIND", N_("Suppliers' price lists with quantity breaks and days.")),
    "contacts": Place("salescli.customer.imports_contacts:KIND", N_("People at customers, with birthdays and consent.")),
    "visits": Place("salescli.customer.imports_visits:KIND", N_("Visits and calls made earlier; author and time are kept.")),
    "products": Place(
        "salescli.product.imports:KIND", N_("Products with their prices."), companions=("salescli.price.imports:ListPrices",)
    ),
    "prices": Place("salescli.price.imports:KIND", N_("Prices: one request for the whole file."), "import.prices"),
    "stock": Place("salescli.stock.imports:KIND", N_("Opening quantities by warehouse and day."), "import.stock"),
    "leads": Place("salescli.lead.imports:KIND", N_("Leads with stage, owner and how they ended.")),
    "orders": Place("salescli.order.imports:KIND", N_("Orders with their deliveries and receivables.")),
    "returns": Place("salescli.order.imports_returns:KIND", N_("Goods that came back, with their credit notes.")),
    "receivables": Place("salescli.ar.imports:RECEIVABLES", N_("Receivables and credit notes."), "import.receivables"),
    "receipts": Place("salescli.ar.imports:RECEIPTS", N_("Receipts, applied to what they name or oldest due first."), "import.receipts"),
}


def kind(name: str) -> Kind:
    """The kind of this name; its module is loaded now."""
    found: Kind = _load(KINDS[name].target)
    return found


def companions(name: str) -> list[Companion]:
    """Fresh companions of a kind."""
    return [_load(target)() for target in KINDS[name].companions]


def _load(target: str) -> Any:
    module, _colon, name = target.partition(":")
    return getattr(import_module(module), name)
