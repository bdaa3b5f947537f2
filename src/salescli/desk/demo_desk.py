"""The demo office around its trade: posts, papers, meetings, trips, product files, rivals, carriers, parcels (DAT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from salescli.core.money import parse_amount, parse_price
from salescli.customer import actions_meeting, actions_trip
from salescli.customer.states_work import MeetingKind
from salescli.customer.tables_care import Investigation
from salescli.customer.tables_meeting import Talk
from salescli.customer.tables_trip import TripReport
from salescli.desk import actions_notice
from salescli.desk.demo_plan import SELLING
from salescli.desk.demo_plan_visits import superiors
from salescli.desk.demo_words import SEED, later, office, workday
from salescli.lead.actions_source import spend
from salescli.order.actions_follow import add_carrier
from salescli.order.states import IssueKind, TrackState
from salescli.order.tables_life import OrderIssue, TrackEvent
from salescli.price import actions_watch
from salescli.price.actions_watch import Lending, Seen
from salescli.product import actions_file
from salescli.product.actions_file import Paper
from salescli.product.states import LicenceKind
from salescli.service.actions_asset import add_asset
from salescli.staff import actions_attendance, actions_post, actions_recruitment, actions_request
from salescli.staff.actions_attendance import Event as Absent
from salescli.staff.actions_request import Question
from salescli.staff.states import Absence, Trial, Verdict
from salescli.staff.tables_guarantor import Employment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salescli.core.report import Done
    from salescli.core.writer import Writer
    from salescli.desk.demo_acting import Acting
    from salescli.desk.demo_market import Event
    from salescli.desk.demo_trade import Trade


@dataclass
class Desk:
    """One run: who acts, and the trade the people speak of."""

    acting: Acting
    trade: Trade

    def __post_init__(self) -> None:
        self.random = Random(SEED + 50)
        self.today = self.acting.today
        self.staff = [who["code"] for who in office()["staff"]]

    def ago(self, days: int) -> date:
        """A working day so many days back."""
        return workday(self.today - timedelta(days))

    def by(self, code: str, ago: int, act: Callable[[Writer], Done]) -> Event:
        """Somebody does something on a day."""
        return self.ago(ago), partial(self._do, code, self.ago(ago), act)

    def _do(self, code: str, day: date, act: Callable[[Writer], Done]) -> None:
        with self.acting.person(code, day) as w:
            act(w)

    def events(self) -> Iterator[Event]:
        """What happens on which day."""
        yield from self._posts()
        yield from self._papers()
        yield from self._meetings()
        yield from self._trips()
        yield from self._goods()
        yield from self._people()

    # --- posts, papers, meetings ------------------------------------------------------------------------------------

    def _posts(self) -> Iterator[Event]:
        for name, (unit, duties, authority, skills, places, _who) in office()["posts"].items():
            file = {"unit": unit, "duties": duties, "authority": authority, "skills": skills, "headcount": places}
            yield self.by("LI", 300, partial(actions_post.add, name=name, file=file))
        for code, name, phone, site in ((c, *words) for c, words in office()["carriers"].items()):
            yield self.by("SUN", 360, partial(add_carrier, code=code, name=name, phone=phone, site=site or None))

    def _papers(self) -> Iterator[Event]:
        for paper in office()["documents"]:
            fields = {name: paper.get(name) for name in ("title", "kind", "place", "text", "keywords")}
            yield self.by("LI", 200, partial(actions_notice.add_document, roles=None, **fields))
        for notice in office()["notices"]:
            yield self.ago(notice["ago"]), partial(self._notice, notice)

    def _notice(self, words: dict[str, Any]) -> None:
        day = self.ago(words["ago"])
        with self.acting.person(words["by"], day) as w:
            number = actions_notice.add_notice(w, words["title"], words["text"], None, day + timedelta(30)).message.facts["number"]
        for code in self.staff:
            if code != words["by"] and code not in words.get("unread", ()):
                with self.acting.person(code, later(day, 1, self.today)) as w:
                    actions_notice.read_notice(w, number)

    def _meetings(self) -> Iterator[Event]:
        """The manager's meeting every other week, a leader's week, what is praised and solved; this morning's is still to come."""
        words = office()["meetings"]
        for n, ago in enumerate((50, 36, 22, 8)):
            minutes, story = words["minutes"][n], words["story"][n % len(words["story"])]
            yield self.by("LI", ago, partial(actions_meeting.record, kind=MeetingKind.SALES, minutes=minutes, story=story))
            leader = ("WANG", "MILLER", "HUANG")[n % 3]
            yield self.by(leader, ago - 3, partial(actions_meeting.record, kind=MeetingKind.TEAM, minutes=minutes))
        for n, (code, text) in enumerate(words["praise"]):
            yield self.by("LI", 40 - 14 * n, partial(actions_meeting.praise, staff=code, text=text))
        for n, (text, solution) in enumerate(words["problems"]):
            yield self.ago(36 - 14 * n), partial(self._problem, text, solution, self.ago(36 - 14 * n))

    def _problem(self, text: str, solution: str, day: date) -> None:
        with self.acting.person("SUN", day) as w:
            number = actions_meeting.problem_noted(w, text, "SUN").document
        if solution and number:
            with self.acting.person("SUN", later(day, 4, self.today)) as w:
                actions_meeting.solve(w, number, solution)

    def _trips(self) -> Iterator[Event]:
        for words in office()["trips"]:
            first = workday(self.today - timedelta(words["ago"]))
            first -= timedelta(max(0, first.weekday() + words["days"] - 5))
            planned = min(workday(first - timedelta(4)), workday(self.today - timedelta(1)))
            yield planned, partial(self._trip, words, planned, first)

    def _trip(self, words: dict[str, Any], planned: date, first: date) -> None:
        last = first + timedelta(words["days"] - 1)
        with self.acting.person(words["by"], planned) as w:
            trip = actions_trip.add(w, words["place"], first, last, words["purpose"], "价目表、样品、对账单", phoned=True)
        if last >= self.today:
            return
        number = trip.message.facts["number"]
        trip_id = self.acting.w.reader.value("SELECT id FROM trip WHERE number = :n", n=number)
        days = [first + timedelta(n) for n in range(words["days"])]
        self.acting.w.insert_records(TripReport, [
            {"trip_id": trip_id, "day": day, "filed_on": day, "filed_at": "18:40", "text": "拜访两家，需求已记入客户档案"} for day in days
        ])  # fmt: skip
        with self.acting.person(words["by"], last) as w:
            actions_trip.end(w, number, "谈妥一家，另一家下月再谈")

    # --- goods ------------------------------------------------------------------------------------------------------

    def _goods(self) -> Iterator[Event]:
        words = office()["product_file"]
        for top, names in words["top"].items():
            yield self.by("LI", 340, partial(actions_file.set_category, name=top, top=True))
            for name in names:
                yield self.by("LI", 340, partial(actions_file.set_category, name=name, below=top))
        for n, (sku, question, answer) in enumerate(words["questions"]):
            yield self.by("ZHOU", 90 - 20 * n, partial(actions_file.ask, product=sku, question=question, answer=answer))
        for n, (sku, text, answer) in enumerate(words["suggestions"]):
            yield self.ago(38 - 20 * n), partial(self._suggestion, sku, text, answer, self.ago(38 - 20 * n))
        for place, ago in words["displays"]:
            yield self.by("ZHOU", ago, partial(actions_file.display, place=place))
        for name, days, holder in words["licences"]:
            paper = Paper(name, self.today + timedelta(days), LicenceKind.OTHER.value, holder=holder, staff="SUN")
            yield self.by("SUN", 200, partial(actions_file.add_licence, paper=paper))
        for sku, rival, region, price, ago, source in office()["rivals"]["prices"]:
            seen = Seen(parse_price(price), region or None, source=source)
            yield self.by("WANG", ago, partial(actions_watch.add_rival, product=sku, rival=rival, seen=seen))
        for currency, rate, ago in office()["rivals"]["rates"]:
            yield self.by("ZHAO", ago, partial(actions_watch.set_rate, currency=currency, rate=parse_price(rate), source="外汇牌价"))
        yield self.by("MILLER", 12, partial(actions_watch.lend, wanted=Lending("sample_book", "标签样册", "济南中远广告", staff="MILLER")))
        yield self.by("LIU", 30, partial(actions_watch.lend, wanted=Lending("catalogue", "2026 产品目录", "上海各客户", staff="LIU")))

    def _suggestion(self, sku: str, text: str, answer: str, day: date) -> None:
        with self.acting.person("HE", day) as w:
            number = actions_file.suggest(w, text, sku).document
        if answer and number:
            with self.acting.person("LI", later(day, 5, self.today)) as w:
                actions_file.answer(w, number, answer, taken_up=True)

    # --- people -----------------------------------------------------------------------------------------------------

    def _people(self) -> Iterator[Event]:
        words = office()["people"]
        for source, amount, ago, note in words["spend"]:
            yield self.by("LI", ago, partial(spend, source=source, amount=parse_amount(amount), note=note))
        for code, ago, minutes, excuse in words["late"]:
            event = Absent(Absence.LATE_ARRIVAL, self.ago(ago), minutes, excuse or None)
            yield self.by("LI", ago, partial(actions_attendance.record, staff=code, event=event))
        for n, (who, to, text, answer) in enumerate(words["asked"]):
            yield self.ago(20 - 10 * n), partial(self._asked, who, to, text, answer, self.ago(20 - 10 * n))
        yield self.ago(45), self._candidates
        for n, (name, months, service) in enumerate(words["assets"]):
            customer = self._buyers()[n]
            act = partial(add_asset, name=name, serial=f"SN{2024 + n}{n}871", warranty_months=months, service_months=service)
            yield self.by("ZHOU", 250 - 60 * n, partial(act, customer=customer))

    def _buyers(self) -> list[str]:
        return self.acting.w.reader.column(
            "SELECT code FROM customer WHERE customer_class = 'A' AND staff_id IS NOT NULL ORDER BY id LIMIT 4"
        )

    def _asked(self, who: str, to: str, text: str, answer: str, day: date) -> None:
        with self.acting.person(who, day) as w:
            number = actions_request.add(w, to, Question(text, None, later(day, 2, self.today), None, None, None, ours=False)).document
        if answer and number:
            with self.acting.person(to, later(day, 1, self.today)) as w:
                actions_request.answer(w, number, answer)

    def _candidates(self) -> None:
        """A place for one more rep: one was taken into reserve, one refused, one still to be seen."""
        with self.acting.person("LI", self.ago(45)) as w:
            vacancy = actions_recruitment.open_vacancy(
                w,
                "销售代表",
                1,
                needed_by=self.today + timedelta(40),
                channels="招聘网站、老员工推荐",
                reason="华南区增加一名代表",
                staff="LI",
            ).document
            assert vacancy is not None
            for name, *points in office()["people"]["candidates"]:
                number = actions_recruitment.add_candidate(w, vacancy, name, phone=None, channel="招聘网站", note=None).document
                assert number is not None
                given = {trial.value: score for trial, score in zip(Trial, points, strict=True) if score}
                actions_recruitment.score(w, number, given)
                if len(given) == len(Trial):
                    verdict = Verdict.RESERVED if points[1] > 80 else Verdict.REFUSED
                    actions_recruitment.decide(w, number, verdict, "面试表现好" if verdict is Verdict.RESERVED else "演练不合格")

    # --- afterwards, in bulk ----------------------------------------------------------------------------------------

    def end(self) -> None:
        """Talks, labour contracts, what was found out about customers, parcels under way, issues of orders."""
        self._talks()
        self._contracts()
        self._investigations()
        self._parcels()
        self._issues()

    def _talks(self) -> None:
        """Two a month for everybody who has a superior, in the last four months and, as far as it has come, in this one."""
        words, chief = office()["meetings"], superiors()
        months = [self.today.replace(day=1)]
        for _ in range(3):
            months.append((months[-1] - timedelta(1)).replace(day=1))
        days = sorted(workday(month + timedelta(add)) for month in months for add in (2, 6, 16))
        rows = [
            {"day": day, "leader_id": self._id(self.staff[leader]), "staff_id": self._id(self.staff[member]),
             "text": self.random.choice(words["talk"]), "agreed": self.random.choice(words["agreed"]), "month_start": day.day <= 4}
            for day in days if day < self.today for member, leader in sorted(chief.items())
        ]  # fmt: skip
        self.acting.w.insert_records(Talk, [{"number": self.acting.w.number("OT", row["day"]), **row} for row in rows])

    def _id(self, code: str) -> int:
        return int(self.acting.people[code][0])

    def _contracts(self) -> None:
        hired = {staff_id: date.fromisoformat(day) for staff_id, day in self.acting.w.reader.tuples("SELECT id, hired FROM staff")}
        rows = []
        for n, who in enumerate(office()["staff"], 1):
            staff_id, until = self._id(who["code"]), self.today + timedelta(400 + 31 * n)
            task = parse_amount("600000") if SELLING & {who["role"]} else None
            row = {"staff_id": staff_id, "contract_no": f"LD-{n:03}", "since": hired[staff_id], "until": until, "task_amount": task}
            rows.append(row)
        self.acting.w.insert_records(Employment, rows)

    def _investigations(self) -> None:
        """Nearly every customer was looked into once, most of them in the last year."""
        words, rows = office()["people"], []
        sql = "SELECT id, staff_id, since FROM customer WHERE staff_id IS NOT NULL ORDER BY id"
        above = {self._id(self.staff[a]): self._id(self.staff[b]) for a, b in superiors().items()}
        for customer, staff, since in self.acting.w.reader.tuples(sql):
            if self.random.random() < 0.95:
                day = workday(max(date.fromisoformat(since), self.today - timedelta(self.random.randint(5, 355))))
                said = {name: self.random.choice(words[key]) for name, key in _THEMES.items()}
                rows.append({"day": day, "customer_id": customer, "staff_id": staff, "reported_to": above.get(staff), **said})
        rows.sort(key=lambda row: row["day"])
        self.acting.w.insert_records(Investigation, [{"number": self.acting.w.number("IV", row["day"]), **row} for row in rows])

    def _parcels(self) -> None:
        """Where the parcels of the last weeks are."""
        sql = """SELECT id, date FROM delivery WHERE kind = 'delivery' AND waybill IS NOT NULL AND date >= :since ORDER BY id"""
        rows = []
        for delivery, sent in self.acting.w.reader.tuples(sql, since=self.today - timedelta(30)):
            for late, (time, state) in enumerate(STEPS):
                day = date.fromisoformat(sent) + timedelta(late)
                if day <= self.today:
                    row = {"delivery_id": delivery, "day": day, "time": time, "state": state.value, "staff_id": self._id("SUN")}
                    rows.append(row)
        self.acting.w.insert_records(TrackEvent, rows)

    def _issues(self) -> None:
        """What went wrong with orders of the last half year; the newest is still open."""
        words, rows = office()["goods"], []
        sql = """SELECT o.id, o.staff_id, max(d.date) FROM sales_order o JOIN delivery d ON d.order_id = o.id
                 WHERE d.date BETWEEN :since AND :until GROUP BY o.id, o.staff_id ORDER BY 3, 1"""
        found = self.acting.w.reader.tuples(sql, since=self.today - timedelta(180), until=self.today - timedelta(2))
        for order, staff, day in found[:: max(1, len(found) // 11)][-11:]:
            on = later(date.fromisoformat(day), 1, self.today)
            n = self.random.randrange(len(words["issue"]))
            rows.append({"order_id": order, "day": on, "staff_id": staff, "kind": ISSUES[n].value, "text": words["issue"][n],
                         "solution": words["solved"][n], "solved_on": later(on, 2, self.today)})  # fmt: skip
        rows[-1] |= {"solution": None, "solved_on": None}
        self.acting.w.insert_records(OrderIssue, [{"number": self.acting.w.number("OI", row["day"]), **row} for row in rows])


_THEMES = {"profile": "profile", "rivals": "rival", "relation": "relation", "history": "history"}
STEPS = (("17:30", TrackState.SHIPPED), ("13:10", TrackState.IN_TRANSIT), ("10:45", TrackState.SIGNED))
"""Where a parcel is on the day it left and on the days after."""
ISSUES = (IssueKind.SHORTAGE, IssueKind.LOGISTICS, IssueKind.PAYMENT, IssueKind.LOGISTICS)
