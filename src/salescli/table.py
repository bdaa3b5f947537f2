"""What may follow `salescli`: every group and verb, its help line, and the room it lives in. Nothing is imported here.

Whoever adds a group or a verb of another room to a group adds one line; `cli.py` loads it when it is called.
"""

from __future__ import annotations

from salescli.core.i18n import N_
from salescli.core.record import NamedTuple


class Entry(NamedTuple):
    """Where a command lives: the module with its `app`, its help line, and its name in that app ("" = the whole group)."""

    module: str
    line: str
    verb: str = ""


# What `salescli --help` shows, in this order. Only what exists stands here; a verb of its own names its place in the app.
TABLE: dict[str, dict[str, Entry]] = {
    N_("Every day:"): {
        "today": Entry("salescli.desk.cli", N_("What to do today, the most urgent first."), "today"),
        "week": Entry("salescli.desk.cli_week", N_("A week's work: what was done, is open, is missing, came late."), "week"),
        "inbox": Entry("salescli.desk.cli_inbox", N_("Requests that wait for you, the oldest first."), "inbox"),
        "approve": Entry("salescli.desk.cli_inbox", N_("Approve a request on your level; the last level grants it."), "approve"),
        "refuse": Entry("salescli.desk.cli_inbox", N_("Refuse a request for a reason; it goes back to its author."), "refuse"),
        "withdraw": Entry("salescli.desk.cli_inbox", N_("Take back a request of your own."), "withdraw"),
        "search": Entry("salescli.desk.cli_search", N_("Look through everything you may see."), "search"),
        "flow": Entry("salescli.order.cli_ship", N_("The office's work from the first word to the money, step by step."), "flow"),
        "undo": Entry("salescli.desk.cli_undo", N_("Take back your own last write of today, while nothing hangs on it."), "undo"),
        "task": Entry("salescli.desk.cli_task", N_("What somebody has to do, by when, and what came of it.")),
        "visit": Entry("salescli.customer.cli_visit", N_("Visits and calls: record, accept, points, appointments, who is due.")),
        "trip": Entry("salescli.customer.cli_trip", N_("Days on the road and the report of each before 21:00.")),
        "meeting": Entry("salescli.customer.cli_meeting", N_("Meetings: agenda, minutes, problems, praise, one-to-one talks.")),
        "notice": Entry("salescli.desk.cli_notice", N_("What the company tells its people, and who has read it.")),
        "document": Entry("salescli.desk.cli_document", N_("Regulations, sales scripts, forms: the index.")),
    },
    N_("Selling:"): {
        "lead": Entry("salescli.lead.cli", N_("Leads and opportunities: file, follow, move, end; the front desk.")),
        "customer": Entry("salescli.customer.cli", N_("Customers: file, contacts, owner.")),
        "service": Entry("salescli.service.cli", N_("Complaints and care after the sale.")),
        "pool": Entry("salescli.lead.cli_pool_run", N_("The public pool: move what is due, room under the caps.")),
        "quote": Entry("salescli.quote.cli", N_("Quotes: make, review, send, negotiate, convert.")),
        "contract": Entry("salescli.contract.cli", N_("Contracts: terms, review, signature, filing, execution.")),
        "order": Entry("salescli.order.cli", N_("Orders: list, late ones, one with its deliveries and receivables.")),
    },
    N_("Goods and money:"): {
        "product": Entry("salescli.product.cli", N_("Products: name, unit, prices.")),
        "price": Entry("salescli.price.cli", N_("Prices: what a thing costs whom, changes and their approval, deviations.")),
        "promo": Entry("salescli.promo.cli", N_("Promotions: plan, approval, effect on documents, evaluation.")),
        "stock": Entry("salescli.stock.cli", N_("Goods on hand, their value and their movements.")),
        "purchase": Entry("salescli.purchase.cli", N_("Purchases: suppliers, orders, goods received and sent back, what is owed.")),
        "ar": Entry("salescli.ar.cli", N_("Receivables: ageing, overdue list, receipts, allocation.")),
    },
    N_("People and targets:"): {
        "kpi": Entry("salescli.kpi.cli", N_("Rankings of sales, collections and punctual deliveries.")),
        "staff": Entry("salescli.staff.cli", N_("People: file, superior, roles and rights.")),
    },
    N_("The book:"): {
        "init": Entry("salescli.book.cli", N_("Make a new book."), "init"),
        "check": Entry("salescli.book.cli", N_("Prove the book: nothing damaged, missing or changed by hand."), "check"),
        "backup": Entry("salescli.book.cli", N_("Copy the book while others work."), "backup"),
        "restore": Entry("salescli.book.cli", N_("Put a copy in the book's place."), "restore"),
        "upgrade": Entry("salescli.book.cli", N_("Bring an older book to this version."), "upgrade"),
        "history": Entry("salescli.book.cli", N_("Who changed what and when; prove it with --verify."), "history"),
        "demo": Entry("salescli.desk.cli_demo", N_("Make a demo office to look around in."), "demo"),
        "export": Entry("salescli.transfer.cli_export", N_("Write rows, or the whole book, to files."), "export"),
        "import": Entry("salescli.transfer.cli", N_("Read staff, customers, products, stock, orders, money from a spreadsheet file.")),
        "template": Entry("salescli.desk.cli_template", N_("Papers for customers, and your own in their place.")),
        "policy": Entry("salescli.policy.cli", N_("The office's rules and numbers: list, change, explain.")),
        "login": Entry("salescli.desk.cli_session", N_("Sign in with your password; it lasts for some hours."), "login"),
        "logout": Entry("salescli.desk.cli_session", N_("End your sign-in on this book."), "logout"),
        "whoami": Entry("salescli.desk.cli_session", N_("Who you are to this book, and what proves it."), "whoami"),
    },
}

# Verbs shown inside a group although another room carries them, and groups inside a group: (group, verb) -> entry.
GRAFTS: dict[tuple[str, str], Entry] = {
    ("quote", "convert"): Entry("salescli.desk.cli_convert", N_("Make a contract or an order of a confirmed quote."), "convert"),
    ("contract", "order"): Entry("salescli.desk.cli_convert", N_("Make an order of what a signed contract still has to give."), "order"),
    ("staff", "password"): Entry("salescli.desk.cli_session", N_("Set your password, or as administrator somebody's."), "password"),
    ("staff", "deputise"): Entry("salescli.desk.cli_session", N_("Let somebody decide requests for another while he is away."), "deputise"),
    ("staff", "deputies"): Entry("salescli.desk.cli_session", N_("Who decides for whom."), "deputies"),
    ("staff", "rescue-admin"): Entry(
        "salescli.desk.cli_session", N_("Make yourself administrator: only for the owner of the book's file."), "rescue-admin"
    ),
    ("staff", "post"): Entry("salescli.staff.cli_post", N_("Posts: duties, authority, skills, places.")),
    ("staff", "staffing"): Entry("salescli.staff.cli_office", N_("Staffing chart: posts, people in them, vacancies."), "staffing"),
    ("staff", "functions"): Entry("salescli.desk.cli_people", N_("Function chart: each person's share in the whole task."), "functions"),
    ("staff", "guarantor"): Entry("salescli.staff.cli_guarantor", N_("Labour contract, agreed task, joint guarantor.")),
    ("staff", "duty"): Entry("salescli.staff.cli_duty", N_("The front desk's duty roster.")),
    ("staff", "attendance"): Entry("salescli.staff.cli_attendance", N_("Late arrivals, early leaving, the month's pot.")),
    ("staff", "request"): Entry("salescli.staff.cli_request", N_("Ask a colleague, or another company's supervisor; answer in writing.")),
    ("staff", "vacancy"): Entry("salescli.staff.cli_recruitment", N_("Whom the office seeks.")),
    ("staff", "candidate"): Entry("salescli.staff.cli_candidate", N_("Who applies, his tests, what becomes of him.")),
    ("staff", "violations"): Entry(
        "salescli.staff.cli_office",
        N_("Sensitive acts of a period: exports, transfers, archives, deviating allocations, deletions."),
        "violations",
    ),
    ("staff", "holds"): Entry("salescli.desk.cli_people", N_("Everything somebody holds that a handover would pass on."), "holds"),
    ("staff", "handover"): Entry(
        "salescli.desk.cli_people", N_("Pass everything somebody holds on to others, and end his sign-in."), "handover"
    ),
    ("lead", "funnel"): Entry("salescli.lead.cli_funnel", N_("The five stages: what is open, what went on, how long it took."), "funnel"),
    ("lead", "stall"): Entry("salescli.lead.cli_funnel", N_("Leads that stand still in their stage, how long, and why."), "stall"),
    ("lead", "score"): Entry("salescli.lead.cli_funnel", N_("How a lead's win score comes about, part by part."), "score"),
    ("lead", "sources"): Entry(
        "salescli.lead.cli_funnel", N_("Channels and what they yield: leads, wins, amount, cost; the best first."), "sources"
    ),
    ("lead", "source"): Entry("salescli.lead.cli_funnel", N_("Add a source of your own, rename or close it."), "source"),
    ("lead", "spend"): Entry("salescli.lead.cli_funnel", N_("Note what was spent on a source, so that its yield can be weighed."), "spend"),
    ("lead", "comment"): Entry(
        "salescli.lead.cli_funnel", N_("Say something about a lead or one of its follow-ups; the owner answers the same way."), "comment"
    ),
    ("lead", "objection"): Entry("salescli.lead.cli_funnel", N_("Note what the other side has against it."), "objection"),
    ("lead", "answer"): Entry("salescli.lead.cli_funnel", N_("Answer an objection."), "answer"),
    ("lead", "objections"): Entry("salescli.lead.cli_funnel", N_("Objections heard and what was answered, to learn from."), "objections"),
    ("lead", "invite"): Entry("salescli.lead.cli_funnel", N_("Ask somebody to come on a day."), "invite"),
    ("lead", "arrive"): Entry("salescli.lead.cli_funnel", N_("Note that an invited person came."), "arrive"),
    ("lead", "arrivals"): Entry(
        "salescli.lead.cli_funnel", N_("Invitations for days of the period, who came, and the arrival rate."), "arrivals"
    ),
    ("lead", "reception"): Entry(
        "salescli.lead.cli_desk",
        N_("Enter a visitor: the earlier rep gets him, else the rep he names, else the day's duty group."),
        "reception",
    ),
    ("lead", "call"): Entry(
        "salescli.lead.cli_desk", N_("Enter a caller: a known one goes to his rep, a new one stays with the front desk."), "call"
    ),
    ("lead", "lookup"): Entry(
        "salescli.lead.cli_desk", N_("Who had contact with somebody before, over leads and customers, and whose he is."), "lookup"
    ),
    ("lead", "confirm"): Entry("salescli.lead.cli_desk", N_("Fill a visitor's confirmation sheet: how he heard of us."), "confirm"),
    ("lead", "research"): Entry(
        "salescli.lead.cli_desk",
        N_("Report that a visitor was a market researcher; once granted his rep gets the next new visitor."),
        "research",
    ),
    ("lead", "register"): Entry("salescli.lead.cli_desk", N_("Visitors and callers of a period, newest first."), "register"),
    ("lead", "desk-report"): Entry(
        "salescli.lead.cli_desk", N_("What the front desk tells the assistant: visitors, of which new, calls, day by day."), "desk-report"
    ),
    ("lead", "desk-tell"): Entry("salescli.lead.cli_desk", N_("Tell the assistant the count of a day."), "desk-tell"),
    ("purchase", "supplier"): Entry("salescli.purchase.cli_supplier", N_("Suppliers: file, list, figures.")),
    ("stock", "assemble"): Entry(
        "salescli.purchase.cli_assembly", N_("Put a product together from the parts of its bill of materials."), "assemble"
    ),
    ("stock", "split"): Entry(
        "salescli.purchase.cli_assembly", N_("Take a product apart into the parts of its bill of materials."), "split"
    ),
    ("stock", "batch"): Entry("salescli.stock.cli_batch", N_("Batches: labels, blocked ones, where they came from and went.")),
    ("stock", "count"): Entry("salescli.stock.cli_count", N_("Counting a warehouse: sheet, quantities, differences.")),
    ("order", "new"): Entry("salescli.order.cli_life", N_("Take an order down as a draft, at the prices of the table."), "new"),
    ("order", "edit"): Entry("salescli.order.cli_life", N_("Change a draft; lines given take the place of all its lines."), "edit"),
    ("order", "submit"): Entry(
        "salescli.order.cli_life", N_("Hand an order in with its acceptance report; the superior decides."), "submit"
    ),
    ("order", "confirm"): Entry(
        "salescli.order.cli_life", N_("Take an order on: checks of price, credit, goods and date, then the goods are reserved."), "confirm"
    ),
    ("order", "deliver"): Entry(
        "salescli.order.cli_life", N_("Hand goods over: all that is left of an order, or what is named."), "deliver"
    ),
    ("order", "invoice"): Entry("salescli.order.cli_life", N_("Write the invoice's number and day on what is owed."), "invoice"),
    ("order", "return"): Entry("salescli.order.cli_life", N_("Take goods back, with a credit note; or exchange them."), "return"),
    ("order", "cancel"): Entry("salescli.order.cli_life", N_("Give up an order of which nothing went out."), "cancel"),
    ("order", "close"): Entry("salescli.order.cli_life", N_("End an order; what was not delivered is given up."), "close"),
    ("order", "reopen"): Entry("salescli.order.cli_life", N_("Take back the last decision about an order."), "reopen"),
    ("order", "cash"): Entry("salescli.order.cli_life", N_("Sell over the counter: order, delivery and receipt in one step."), "cash"),
    ("order", "dispatch"): Entry("salescli.order.cli_ship", N_("What has to go out, the earliest promise first."), "dispatch"),
    ("order", "pick"): Entry("salescli.order.cli_ship", N_("The pick list: what has to go out, by the place it lies in."), "pick"),
    ("order", "allocate"): Entry("salescli.order.cli_ship", N_("Promise goods that came meanwhile to the orders that wait."), "allocate"),
    ("order", "freight"): Entry("salescli.order.cli_ship", N_("The freight plan: volume, weight, carrier and waybill."), "freight"),
    ("order", "open"): Entry(
        "salescli.order.cli_ship", N_("What is ordered and not delivered yet, by product, customer or region."), "open"
    ),
    ("order", "available"): Entry("salescli.order.cli_ship", N_("What of a product can be promised for a day."), "available"),
    ("order", "calendar"): Entry("salescli.order.cli_ship", N_("Day by day: what is promised, delivered, returned, due."), "calendar"),
    ("order", "track"): Entry("salescli.order.cli_ship", N_("What a customer may be told of his order."), "track"),
    ("order", "report"): Entry("salescli.order.cli_ship", N_("The acceptance report of an order."), "report"),
    ("order", "print"): Entry("salescli.order.cli_ship", N_("Print an order sheet or a delivery note."), "print"),
    ("order", "ship"): Entry("salescli.order.cli_ship", N_("Note where the goods of a delivery are."), "ship"),
    ("order", "carrier"): Entry("salescli.order.cli_ship", N_("Enter a carrier, or change one."), "carrier"),
    ("order", "carriers"): Entry("salescli.order.cli_ship", N_("The carriers, and how much each carried."), "carriers"),
    ("order", "capacity"): Entry("salescli.order.cli_ship", N_("Say whether an order can be done, or what has to change."), "capacity"),
    ("order", "settle"): Entry("salescli.order.cli_ship", N_("Note what was agreed about a change."), "settle"),
    ("order", "issue"): Entry("salescli.order.cli_ship", N_("Note something that goes wrong with an order."), "issue"),
    ("order", "solve"): Entry("salescli.order.cli_ship", N_("Note how an issue was solved."), "solve"),
    ("order", "issues"): Entry("salescli.order.cli_ship", N_("What went wrong with orders, and how it was solved."), "issues"),
    ("service", "asset"): Entry("salescli.service.cli_asset", N_("Goods under care: warranty and maintenance.")),
    ("customer", "pool"): Entry(
        "salescli.customer.cli_pool", N_("The pool of customers nobody follows; with --mine your own and the days left."), "pool"
    ),
    ("customer", "claim"): Entry("salescli.customer.cli_pool", N_("Take a customer out of the pool for yourself."), "claim"),
    ("customer", "assign"): Entry(
        "salescli.customer.cli_pool", N_("Give customers from the pool to somebody able: the leader's decision."), "assign"
    ),
    ("customer", "transfer"): Entry(
        "salescli.desk.cli_transfer", N_("Give customers of one person to another: the leader's decision."), "transfer"
    ),
    ("customer", "release"): Entry(
        "salescli.customer.cli_pool", N_("Give a customer back to the pool; a rep asks the manager with --request."), "release"
    ),
    ("customer", "lock"): Entry("salescli.customer.cli_pool", N_("Keep a customer from the pool for a while."), "lock"),
    ("customer", "unlock"): Entry("salescli.customer.cli_pool", N_("Let the days to the pool count again."), "unlock"),
    ("customer", "owners"): Entry("salescli.customer.cli_pool", N_("Who held a customer when, who gave him to whom, and why."), "owners"),
    ("customer", "duplicates"): Entry(
        "salescli.customer.cli_archive", N_("Who looks the same, and who holds him; without a name everything entered twice."), "duplicates"
    ),
    ("customer", "merge"): Entry("salescli.desk.cli_transfer", N_("Make two files of one customer one."), "merge"),
    ("customer", "archive"): Entry(
        "salescli.customer.cli_archive",
        N_("Put a customer's file away instead of deleting it; a rep asks the manager with --request."),
        "archive",
    ),
    ("customer", "unarchive"): Entry("salescli.customer.cli_archive", N_("Take a customer's file back from the archive."), "unarchive"),
    ("customer", "block"): Entry(
        "salescli.customer.cli_archive", N_("Put a customer on record as bad; quotes and orders will say so."), "block"
    ),
    ("customer", "unblock"): Entry("salescli.customer.cli_archive", N_("Lift a customer's bad record."), "unblock"),
    ("customer", "tag"): Entry("salescli.customer.cli_archive", N_("Give a customer free tags (+word) or take them off (-word)."), "tag"),
    ("customer", "classes"): Entry("salescli.customer.cli_archive", N_("How many customers there are of each kind."), "classes"),
    ("lead", "pool"): Entry(
        "salescli.lead.cli_pool", N_("The pool of leads nobody follows; with --mine your own and the days left."), "pool"
    ),
    ("lead", "claim"): Entry("salescli.lead.cli_pool", N_("Take a lead out of the pool for yourself."), "claim"),
    ("lead", "release"): Entry("salescli.lead.cli_pool", N_("Give a lead back to the pool."), "release"),
    ("lead", "lock"): Entry("salescli.lead.cli_pool", N_("Keep a lead from the pool for a while."), "lock"),
    ("lead", "unlock"): Entry("salescli.lead.cli_pool", N_("Let the days to the pool count again."), "unlock"),
    ("lead", "owners"): Entry("salescli.lead.cli_pool", N_("Who held a lead when, who gave it to whom, and why."), "owners"),
    ("product", "category"): Entry("salescli.product.cli_file", N_("Make a category, or put it below another one."), "category"),
    ("product", "categories"): Entry("salescli.product.cli_file", N_("The category tree."), "categories"),
    ("product", "ask"): Entry("salescli.product.cli_file", N_("Note a question customers ask about a product, and the answer."), "ask"),
    ("product", "faq"): Entry("salescli.product.cli_file", N_("Questions customers ask, and the answers."), "faq"),
    ("product", "bill"): Entry("salescli.product.cli_file", N_("Say what one unit of a product is made of."), "bill"),
    ("product", "parts"): Entry("salescli.product.cli_file", N_("What a product is made of, down to the last part."), "parts"),
    ("product", "label-data"): Entry(
        "salescli.product.cli_file",
        N_("Note what the label of bulk goods says; the shelf life stands in the product's file."),
        "label-data",
    ),
    ("product", "label"): Entry("salescli.product.cli_file", N_("Print the label of bulk goods, one for each piece."), "label"),
    ("product", "licence"): Entry(
        "salescli.product.cli_file", N_("Enter a licence, permit or training; you are reminded before it expires."), "licence"
    ),
    ("product", "renew"): Entry("salescli.product.cli_file", N_("Note that a licence was renewed, or is needed no more."), "renew"),
    ("product", "licences"): Entry("salescli.product.cli_file", N_("Licences in force, the first to expire first."), "licences"),
    ("product", "display"): Entry("salescli.product.cli_file", N_("Note that a display was set up or refreshed today."), "display"),
    ("product", "displays"): Entry("salescli.product.cli_file", N_("Displays, and when each is due again."), "displays"),
    ("product", "new"): Entry("salescli.product.cli_file", N_("New items to stress in the shop."), "new"),
    ("product", "suggest"): Entry("salescli.product.cli_file", N_("Note what somebody suggests for the range."), "suggest"),
    ("product", "answer"): Entry("salescli.product.cli_file", N_("Say what becomes of a suggestion."), "answer"),
    ("product", "suggestions"): Entry("salescli.product.cli_file", N_("What people suggest for the range, newest first."), "suggestions"),
    ("product", "movers"): Entry("salescli.product.cli_file", N_("Products by what was sold: fast, steady, slow."), "movers"),
    ("price", "loan"): Entry("salescli.price.cli_loan", N_("Papers that leave the house: lent drawings, catalogues given.")),
    ("policy", "holiday"): Entry("salescli.policy.cli_holiday", N_("Days the office rests or works against the week.")),
    ("customer", "visit"): Entry(
        "salescli.customer.cli_visit", N_("Record a visit, call or message: what he needs and thinks, the next step and its day."), "add"
    ),
    ("customer", "history"): Entry(
        "salescli.customer.cli_care", N_("Everything that passed with a customer: contacts, promises, surveys, reviews, owners."), "history"
    ),
    ("customer", "promise"): Entry("salescli.customer.cli_promise", N_("What was promised and until when, kept for ever.")),
    ("customer", "plan"): Entry("salescli.customer.cli_plan", N_("How often customers of each class are contacted.")),
    ("customer", "survey"): Entry("salescli.customer.cli_survey", N_("What customers think of us.")),
    ("customer", "review"): Entry("salescli.customer.cli_review", N_("Key accounts looked at from the records.")),
    ("customer", "investigate"): Entry(
        "salescli.customer.cli_care",
        N_("Keep what is known of a customer before he orders, in four themes: profile, rivals, relation to us, first deal."),
        "investigate",
    ),
    ("customer", "investigation"): Entry(
        "salescli.customer.cli_care",
        N_("The investigation of a customer; without a customer, those that are missing, old or have gaps."),
        "investigation",
    ),
    ("customer", "files"): Entry(
        "salescli.customer.cli_care", N_("Files with gaps, how late they are, what is missing, who was verified when."), "files"
    ),
    ("customer", "verify"): Entry("salescli.customer.cli_care", N_("Say that you have looked through a file and it is right."), "verify"),
    ("customer", "need"): Entry(
        "salescli.customer.cli_care", N_("Note what a customer will need next, and when his next service is."), "need"
    ),
    ("customer", "cycle"): Entry(
        "salescli.customer.cli_care",
        N_("How often customers order, when the next order is expected, who is late; repeat and referral rate of a year."),
        "cycle",
    ),
    ("customer", "birthdays"): Entry(
        "salescli.customer.cli_care", N_("Birthdays of a period, by the calendar each person goes by."), "birthdays"
    ),
    ("customer", "festival"): Entry("salescli.customer.cli_festival", N_("Festivals on which customers are greeted.")),
    ("customer", "care"): Entry(
        "salescli.customer.cli_care",
        N_("Recipients of greetings or an invitation, with the message, for a file; only people who agreed."),
        "care",
    ),
    ("customer", "contact"): Entry("salescli.customer.cli_contact", N_("The people to talk to at a customer.")),
}
