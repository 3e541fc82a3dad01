"""A whole life of the assignments, kept in a second book by hand, and compared on twenty days."""

import datetime
from collections import defaultdict
from decimal import Decimal

import pytest

from digikoord.lib.clock import standing_at
from grants import documents
from grants.actions import assignments, coordinators, successions
from grants.models import Assignment, Coordinator
from overview.selectors import ledger
from overview.selectors.board_on import board_on
from tests.factories import walk as walks

pytestmark = pytest.mark.django_db
END = datetime.date(2020, 12, 31)
HALF, WHOLE = Decimal(500_000), Decimal(1_000_000)
DAYS = [
    datetime.date.fromisoformat(text)
    for text in (
        "2018-07-12",
        "2018-08-14",
        "2018-08-15",
        "2018-08-20",
        "2018-08-31",
        "2018-09-10",
        "2018-09-20",
        "2018-10-01",
        "2018-10-02",
        "2018-11-30",
        "2018-12-31",
        "2019-01-01",
        "2019-01-31",
        "2019-03-05",
        "2019-03-20",
        "2019-06-30",
        "2019-12-31",
        "2020-02-29",
        "2020-07-01",
        "2020-12-31",
    )
]


def day(text):
    return datetime.date.fromisoformat(text)


class Book:
    """What happened, noted by hand: answers and appointments with their days; nothing read from the product."""

    def __init__(self, codes):
        self.answers = {code: [(day("2018-07-12"), "Väntar")] for code in codes}
        self.serving = defaultdict(list)
        self.turns = {}

    def said(self, code, on, word):
        self.answers[code].append((on, word))

    def answer(self, code, on):
        return [word for when, word in self.answers[code] if when <= on][-1]

    def holds(self, code, on):
        """Before or after the succession: 0 or 1."""
        return int(code in self.turns and on >= self.turns[code])

    def serves(self, code, on):
        return {name for name, first, last in self.serving[code] if first <= on <= last}

    def ceiling(self, on):
        """2018's ceiling in kronor: cancelled where the answer is no or the offer has lapsed."""
        gone = {"Nej tack", "Förfallet"}
        return sum((HALF for code in self.answers if self.answer(code, on) not in gone), start=Decimal(0))


@pytest.fixture
def played():
    walk = walks.dispatched()
    codes = list(walk.programme.places.filter(part="recipient").values_list("code", flat=True))
    book = Book(codes)
    book.said("01", day("2018-07-12"), "Uppdrag")
    _answers(walk, book, codes)
    _coordinators(walk, book)
    _successions(walk, book)
    return walk, book


def _row(walk, code):
    rows = Assignment.objects.filter(place__programme=walk.programme, place__code=code)
    return rows.exclude(status="transferred").select_related("holder", "place__programme").get()


def _answers(walk, book, codes):
    for code in codes[1:]:
        refuses = code in ("23", "25")
        on = day("2018-08-15")
        if code == "19":
            continue  # silent until its offer lapses
        with standing_at(on):
            row = _row(walk, code)
            act = assignments.decline if refuses else assignments.accept
            text = documents.sha256(documents.offer_text(row))
            act(row, by=walk.signatory(row.holder), text_sha256=text)
        book.said(code, on, "Nej tack" if refuses else "Ja")
    with standing_at(day("2018-09-10")):
        assignments.reopen(
            _row(walk, "23"), by=walk.decider(), answer_due=day("2018-10-05"), reason="Har bett om det."
        )
        book.said("23", day("2018-09-10"), "Väntar")
        assignments.lapse(_row(walk, "19"), by=walk.official(), reason="Inget svar har kommit.")
        book.said("19", day("2018-09-10"), "Förfallet")
    with standing_at(day("2018-10-01")):
        row = _row(walk, "23")
        text = documents.sha256(documents.offer_text(row))
        assignments.accept(row, by=walk.signatory(row.holder), text_sha256=text)
        book.said("23", day("2018-10-01"), "Ja")


def _coordinators(walk, book):
    """Six changes: some follow at once, some leave a gap."""
    changes = {
        "03": ("2018-09-01", "2019-01-31", "2019-02-01"),
        "05": ("2018-08-20", "2018-12-31", "2019-03-05"),
        "06": ("2018-10-01", "2019-06-30", "2019-07-01"),
        "07": ("2018-09-10", "2020-02-28", "2020-03-01"),
        "12": ("2018-08-20", "2018-11-30", "2018-12-01"),
        "14": ("2018-11-01", "2020-06-30", "2020-07-01"),
    }
    for code, (first, last, then) in changes.items():
        row = _row(walk, code)
        signatory = walk.signatory(row.holder)
        with standing_at(day(first)):
            one = _appoint(row, signatory, f"Första {code}", day(first))
        with standing_at(day(last)):
            coordinators.end(one, by=signatory, ends=day(last))
        with standing_at(day(then)):
            _appoint(row, signatory, f"Andra {code}", day(then))
        book.serving[code] = [(f"Första {code}", day(first), day(last)), (f"Andra {code}", day(then), END)]


def _appoint(row, signatory, name, starts):
    return coordinators.appoint(row, by=signatory, name=name, email="k@aktor.example", starts=starts)


def _successions(walk, book):
    """Registered in March, for 1 January."""
    with standing_at(day("2019-03-05")):
        plans = successions.plans(walk.programme)
        assert len(plans) == 7
        successions.register_many(
            walk.programme,
            by=walk.decider(),
            successions=[plan.succession for plan in plans],
            decided_on=day("2019-03-05"),
        )
    for plan in plans:
        code = plan.assignment.place.code
        book.turns[code] = day("2019-01-01")
        book.said(code, day("2019-01-01"), "Väntar")


@pytest.mark.parametrize("year", [2018, 2019])
def test_the_board_on_twenty_days(played, year):
    walk, book = played
    number = walk.programme.years.get(year=year)
    number.programme = walk.programme
    successors = {
        place.code: [holder.actor for holder in place.holders] for place in walk.programme.definition.places
    }
    reader = walk.official()
    for on in DAYS:
        board = board_on(reader, number, on)
        assert board.count == 21
        for row in board.rows:
            code = row.place.code
            # 2018's money stays with the old holder, and with it what the old holder answered.
            turned = book.holds(code, on) if year == 2019 else 0
            assert row.holder.code == successors[code][turned], (code, on)
            answer_on = on if year == 2019 else min(on, day("2018-12-31"))
            assert row.step("answer").label == book.answer(code, answer_on), (code, on)


def test_the_ledger_on_twenty_days(played):
    walk, book = played
    for on in DAYS:
        years = {row.year: row for row in ledger.ledger(walk.programme, on=on)}
        assert years[2018].actors.ceiling == book.ceiling(on), on
        assert years[2019].actors.ceiling == book.ceiling(on) * 2, on
        assert years[2018].secretariat.ceiling == WHOLE


def test_the_directory_on_twenty_days(played):
    _walk, book = played
    for on in DAYS:
        found = defaultdict(set)
        for row in Coordinator.objects.serving_on(on).select_related("assignment__place"):
            found[row.assignment.place.code].add(row.name)
        for code in book.answers:
            assert found[code] == book.serves(code, on), (code, on)
