"""What belongs to a product's file, as lists: categories, questions, parts, licences, displays, suggestions, movers, label."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from salescli.core.dates import days_between
from salescli.core.errors import Kind, fail
from salescli.core.i18n import C_, N_, msg
from salescli.core.lookup import find, find_optional
from salescli.core.money import divide
from salescli.core.record import NamedTuple
from salescli.core.report import Column, Report
from salescli.product.rules_file import LabelFacts

if TYPE_CHECKING:
    from salescli.core.dates import Period
    from salescli.core.reader import Reader

# --- category tree ------------------------------------------------------------------------------------------------------

CATEGORIES = (
    Column("category", N_("Category")),
    Column("parent", N_("Below")),
    Column("path", N_("Path")),
    Column("products", N_("Products"), "int", total=True),
    Column("note", N_("Note")),
)


def parents(r: Reader) -> dict[str, str | None]:
    """The category above each category of the tree; None at the top."""
    return dict(r.tuples("SELECT c.name, p.name FROM category c LEFT JOIN category p ON p.id = c.parent_id"))


def descendants(r: Reader, name: str) -> list[str]:
    """A category and everything below it, by name. PRD-02."""
    sql = """WITH RECURSIVE tree(id, name) AS (
               SELECT id, name FROM category WHERE name = :name
               UNION SELECT c.id, c.name FROM category c JOIN tree t ON c.parent_id = t.id)
             SELECT name FROM tree"""
    return r.column(sql, name=name) or [name]


def path(name: str, above: dict[str, str | None]) -> list[str]:
    """The way to a category from the top."""
    found = [name]
    while (up := above.get(found[0])) is not None and up not in found:
        found.insert(0, up)
    return found


def categories(r: Reader) -> Report:
    """The category tree with the number of products, those only named in product files too. PRD-02."""
    above = parents(r)
    counts = dict(r.tuples("SELECT category, count(*) FROM product WHERE category IS NOT NULL AND active = 1 GROUP BY category"))
    notes = dict(r.tuples("SELECT name, note FROM category"))
    ways = {name: path(name, above) for name in (above | dict.fromkeys(counts))}
    rows = [
        (name, above.get(name), " / ".join(way), counts.get(name, 0), notes.get(name))
        for name, way in sorted(ways.items(), key=lambda i: i[1])
    ]
    return Report(
        name="product-categories",
        title=msg(N_("Categories")),
        columns=CATEGORIES,
        rows=rows,
        empty=msg(N_("No category is known. Make one: salescli product category NAME")),
    )


# --- questions, parts, channels --------------------------------------------------------------------------------------------

FAQ = (
    Column("sku", N_("SKU")),
    Column("question", N_("Question")),
    Column("answer", N_("Answer")),
    Column("staff", N_("Staff")),
    Column("day", N_("Date"), "date"),
)


def faq(r: Reader, product: str | None) -> Report:
    """Questions customers ask, and the answers. PRD-01."""
    goods = find_optional(r, "product", product)
    terms, params = ("q.product_id = :product", {"product": goods.id}) if goods else ("1 = 1", {})
    sql = f"""SELECT p.sku, q.question, q.answer, s.code, q.day FROM product_faq q JOIN product p ON p.id = q.product_id
              JOIN staff s ON s.id = q.staff_id WHERE {terms} ORDER BY p.sku, q.id"""
    return Report(
        name="product-faq",
        title=msg(N_("Questions and answers")),
        columns=FAQ,
        rows=r.tuples(sql, **params),
        empty=msg(N_('Nothing was asked yet: salescli product ask SKU "QUESTION" "ANSWER"')),
    )


PARTS = (
    Column("level", N_("Level"), "int"),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("quantity", N_("Quantity"), "quantity"),
    Column("unit", N_("Unit")),
    Column("unit_cost", N_("Unit cost"), "price"),
    Column("cost", N_("Cost of parts"), "amount"),
)
_PARTS = """SELECT b.product_id, p.id, p.sku, p.name, b.quantity, p.unit, p.cost FROM bill_line b JOIN product p ON p.id = b.component_id
ORDER BY b.product_id, b.id"""


def parts(r: Reader, product: str) -> Report:
    """What one unit of a product is made of, part by part down to the last one, with what that costs. PRD-08."""
    goods = find(r, "product", product)
    children: dict[int, list[tuple[Any, ...]]] = {}
    for owner, *part in r.tuples(_PARTS):
        children.setdefault(owner, []).append(tuple(part))
    rows = _explode(children, goods.id, 1000, 1) if goods.id in children else []
    known = r.actor.sees_prices
    lowest = [row for row in rows if row[7] not in children]
    complete = known and lowest and all(row[5] is not None for row in lowest)
    return Report(
        name="product-parts",
        title=msg(N_("Parts of {sku} {name}"), sku=goods.code, name=goods.name),
        columns=PARTS,
        rows=[(*row[:5], *(row[5:7] if known else (None, None))) for row in rows],
        totals={"cost": sum(row[6] or 0 for row in lowest)} if complete else {},
        empty=msg(N_("{sku} has no bill of materials: salescli product bill {sku} PART=QTY"), sku=goods.code),
    )


def _explode(children: dict[int, list[tuple[Any, ...]]], owner: int, quantity: int, level: int) -> list[tuple[Any, ...]]:
    """Level, SKU, name, quantity, unit, unit cost, cost, id of every part; a circle in a file changed by hand ends at 20 levels."""
    rows: list[tuple[Any, ...]] = []
    for part, sku, name, each, unit, cost in children.get(owner, ()):
        needed = divide(quantity * each, 1000)
        rows.append((level, sku, name, needed, unit, cost, divide(needed * cost, 100_000) if cost is not None else None, part))
        if level < 20:
            rows += _explode(children, part, needed, level + 1)
    return rows


def made_of(r: Reader) -> dict[str, set[str]]:
    """The parts of each product that has some, by SKU."""
    found: dict[str, set[str]] = {}
    sql = """SELECT p.sku, c.sku FROM bill_line b JOIN product p ON p.id = b.product_id JOIN product c ON c.id = b.component_id"""
    for sku, part in r.tuples(sql):
        found.setdefault(sku, set()).add(part)
    return found


# --- licences -----------------------------------------------------------------------------------------------------------

LICENCES = (
    Column("number", N_("Document")),
    Column("kind", N_("Licence kind"), "code"),
    Column("name", N_("Licence")),
    Column("paper_no", N_("Number")),
    Column("holder", N_("Holder")),
    Column("authority", N_("Authority")),
    Column("sku", N_("SKU")),
    Column("valid_from", N_("Valid from"), "date"),
    Column("valid_until", N_("Valid until"), "date"),
    Column("days_left", N_("Days left"), "int"),
    Column("staff", N_("Staff")),
)


def licences(r: Reader, day: date, *, due: bool = False) -> Report:
    """Licences in force, the first to expire first; `due` only those that expire within the warning time, or have. PRD-07."""
    until = day + timedelta(days=r.policy("licence.warn_days", day))
    sql = f"""SELECT x.number, x.kind, x.name, x.paper_no, x.holder, x.authority, p.sku, x.valid_from, x.valid_until, s.code
              FROM licence x JOIN staff s ON s.id = x.staff_id LEFT JOIN product p ON p.id = x.product_id
              WHERE x.closed_on IS NULL {"AND x.valid_until <= :until" if due else ""} ORDER BY x.valid_until, x.number"""
    rows = r.tuples(sql, **({"until": until} if due else {}))
    return Report(
        name="product-licences",
        title=msg(N_("Licences")),
        columns=LICENCES,
        rows=[(*row[:9], days_between(day, date.fromisoformat(row[8])), row[9]) for row in rows],
        as_of=day.isoformat(),
        empty=msg(N_('No licence is due. Enter one: salescli product licence "NAME" --until DATE')),
    )


class Paper(NamedTuple):
    """A licence."""

    id: int
    number: str
    name: str
    valid_until: str
    closed_on: str | None


def licence(r: Reader, number: str) -> Paper:
    """The licence of that number. Raises SalesError (exit 3)."""
    sql = "SELECT id, number, name, valid_until, closed_on FROM licence WHERE upper(number) = :number"
    found = r.first(Paper, sql, number=number.strip().upper())
    if found is None:
        fail(
            "licence_not_found",
            N_("there is no licence {number}"),
            kind=Kind.NOT_FOUND,
            hint=N_("salescli product licences"),
            number=number,
        )
    return found


# --- label --------------------------------------------------------------------------------------------------------------

_LABEL = """
SELECT p.name, b.ingredients, p.shelf_days, b.storage, b.usage, b.maker, b.maker_contact
FROM product p LEFT JOIN product_label b ON b.product_id = p.id WHERE p.id = :id"""


def label_facts(r: Reader, product_id: int, made: date | None) -> LabelFacts:
    """What the label of a product made on a day would say. F-22."""
    name, ingredients, shelf, storage, usage, maker, contact = r.tuples(_LABEL, id=product_id)[0]
    return LabelFacts(name, ingredients, made, shelf, storage, usage, maker, contact)


# --- suggestions, displays --------------------------------------------------------------------------------------------------

SUGGESTIONS = (
    Column("number", N_("Document")),
    Column("day", N_("Date"), "date"),
    Column("sku", N_("SKU")),
    Column("customer", N_("Customer")),
    Column("text", N_("Suggestion")),
    Column("staff", N_("Staff")),
    Column("state", N_("State"), "code"),
    Column("answer", N_("Answer")),
)


def suggestions(r: Reader, *, unanswered: bool = False) -> Report:
    """What people suggest for the range, newest first. PRD-04."""
    terms = "x.state = 'open'" if unanswered else "1 = 1"
    sql = f"""SELECT x.number, x.day, p.sku, x.customer, x.text, s.code, x.state, x.answer
              FROM product_suggestion x JOIN staff s ON s.id = x.staff_id LEFT JOIN product p ON p.id = x.product_id
              WHERE {terms} ORDER BY x.day DESC, x.id DESC"""
    return Report(
        name="product-suggestions",
        title=msg(N_("Suggestions for the range")),
        columns=SUGGESTIONS,
        rows=r.tuples(sql),
        empty=msg(N_('Nobody suggested anything: salescli product suggest "TEXT" --sku SKU')),
    )


class Suggestion(NamedTuple):
    """A suggestion for the range."""

    id: int
    number: str
    state: str


def suggestion(r: Reader, number: str) -> Suggestion:
    """The suggestion of that number. Raises SalesError (exit 3)."""
    sql = "SELECT id, number, state FROM product_suggestion WHERE upper(number) = :number"
    found = r.first(Suggestion, sql, number=number.strip().upper())
    if found is None:
        hint = N_("salescli product suggestions")
        fail("suggestion_not_found", N_("there is no suggestion {number}"), kind=Kind.NOT_FOUND, hint=hint, number=number)
    return found


DISPLAYS = (
    Column("place", N_("Place")),
    Column("day", N_("Refreshed on"), "date"),
    Column("next", N_("Next"), "date"),
    Column("late_days", N_("Days late"), "int"),
    Column("staff", N_("Staff")),
    Column("note", N_("Note")),
)
LATEST_DISPLAYS = """
SELECT d.place, d.day, s.code, d.note, d.staff_id FROM product_display d JOIN staff s ON s.id = d.staff_id
WHERE d.id = (SELECT x.id FROM product_display x WHERE x.place = d.place ORDER BY x.day DESC, x.id DESC LIMIT 1)
ORDER BY d.day, d.place"""


def display_again(r: Reader, day: str) -> date:
    """When a display refreshed on a day is due again, as whoever refreshed it was told. PRD-02."""
    refreshed = date.fromisoformat(day)
    return refreshed + timedelta(days=r.policy("product.display_days", refreshed))


def displays(r: Reader) -> Report:
    """Each display with the day it was refreshed and the day it is due again. PRD-02."""
    rows = []
    for place, day, staff, note, _staff_id in r.tuples(LATEST_DISPLAYS):
        again = display_again(r, day)
        rows.append((place, day, again.isoformat(), max(0, days_between(again, r.today)), staff, note))
    return Report(
        name="product-displays",
        title=msg(N_("Displays")),
        columns=DISPLAYS,
        rows=rows,
        as_of=r.today.isoformat(),
        empty=msg(N_('No display is recorded: salescli product display "PLACE"')),
    )


# --- movers -----------------------------------------------------------------------------------------------------------------

MOVERS = (
    Column("rank", N_("Rank"), "rank"),
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("category", N_("Category")),
    Column("quantity", N_("Quantity sold"), "quantity"),
    Column("amount", N_("Amount"), "amount", total=True),
    Column("customers", N_("Customers"), "int"),
    Column("last_sold", N_("Last sold"), "date"),
    Column("on_hand", N_("On hand"), "quantity"),
    Column("pace", N_("Pace"), "code"),
)
# Only a product that was not sold in the period has all its lines looked through for the last sale.
_MOVERS = """
SELECT p.sku, p.name, p.category, coalesce(m.quantity, 0), coalesce(m.amount, 0), coalesce(m.customers, 0),
       CASE WHEN m.last_sold IS NOT NULL THEN m.last_sold ELSE
           (SELECT max(o.date) FROM order_line l JOIN sales_order o ON o.id = l.order_id
            WHERE l.product_id = p.id AND o.state IN ('confirmed', 'closed') AND o.date < :first) END,
       (SELECT sum(i.kept_quantity) FROM stock_item i WHERE i.product_id = p.id)
FROM product p LEFT JOIN (
  SELECT l.product_id, sum(l.quantity) AS quantity, sum(l.amount) AS amount, count(DISTINCT o.customer_id) AS customers,
         max(o.date) AS last_sold
  FROM order_line l JOIN sales_order o ON o.id = l.order_id
  WHERE o.state IN ('confirmed', 'closed') AND o.date BETWEEN :first AND :last GROUP BY l.product_id) m ON m.product_id = p.id
WHERE p.active = 1 ORDER BY coalesce(m.quantity, 0) DESC, p.sku"""


def movers(r: Reader, period: Period, pace: str | None = None) -> Report:
    """Products by what was sold in a period: the best fifth is fast; nothing sold for product.slow_days before its end is slow. PRD-04."""
    since = (period.end - timedelta(days=r.policy("product.slow_days", period.end))).isoformat()
    found = r.tuples(_MOVERS, first=period.start, last=period.end)
    sold = sum(1 for row in found if row[3] > 0)
    rows = []
    for place, row in enumerate(found, 1):
        slow = row[6] is None or row[6] < since
        fast = row[3] > 0 and place <= max(1, divide(sold, 5))
        rows.append((place, *row, C_("slow") if slow else C_("fast") if fast else C_("steady")))
    hidden = not r.actor.sees_prices
    return Report(
        name="product-movers",
        title=msg(N_("Fast and slow products {period}"), period=period.name),
        columns=MOVERS,
        rows=[(*row[:5], None if hidden else row[5], *row[6:]) for row in rows if pace is None or row[-1] == pace],
        as_of=period.end.isoformat(),
        empty=msg(N_("No product fits.")),
        beyond_own=r.actor.visible("orders") is None,
    )


NEW = (
    Column("sku", N_("SKU")),
    Column("name", N_("Name")),
    Column("category", N_("Category")),
    Column("list_price", N_("List price"), "price"),
    Column("function", N_("Function")),
    Column("strengths", N_("Strengths")),
    Column("channels", N_("Channels")),
    Column("first_sold", N_("First sold"), "date"),
)
_NEW = """
SELECT p.sku, p.name, p.category, p.list_price, p.function, p.strengths, p.channels,
       (SELECT min(o.date) FROM order_line l JOIN sales_order o ON o.id = l.order_id WHERE l.product_id = p.id AND o.state <> 'cancelled')
FROM product p WHERE p.is_new = 1 AND p.active = 1 ORDER BY p.category, p.sku"""


def new_items(r: Reader) -> Report:
    """New items to stress in the shop, with what they do and why they are good. PRD-02."""
    rows = r.tuples(_NEW)
    return Report(
        name="product-new",
        title=msg(N_("New items")),
        columns=NEW,
        rows=rows if r.actor.sees_prices else [(*row[:3], None, *row[4:]) for row in rows],
        as_of=r.today.isoformat(),
        empty=msg(N_("No product is marked as new: salescli product edit SKU --new")),
    )
