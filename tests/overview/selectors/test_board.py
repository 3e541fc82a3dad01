"""The board's words follow the day that a place was given, not the programme's alone."""

import datetime

from digikoord.lib.clock import standing_at, today
from duties.actions import extensions
from duties.models import Extension, Obligation
from overview.selectors.board import board
from overview.selectors.board_on import board_on

LATER = datetime.date(2019, 3, 25)


def step_of(shown, place, name):
    row = next(row for row in shown.rows if row.place.code == place)
    step = row.step(name)
    return step.label, step.note


def test_a_later_day_to_report_is_the_boards_day_until_it_has_passed(cast):
    reader, year = cast.official(), cast.tranche("22", 2018).year
    assert step_of(board(reader, year), "22", "reported")[0] == "Saknas"
    row = Extension.objects.get(obligation__kind="report", obligation__place="22")
    extensions.grant(row, by=cast.case_officer(), due=LATER, reason="Ja.")
    assert step_of(board(reader, year), "22", "reported") == ("Redovisas", "senast 25 mars")
    assert step_of(board_on(reader, year, today()), "22", "reported")[0] == "Redovisas"
    before = today() - datetime.timedelta(days=1)
    assert step_of(board_on(reader, year, before), "22", "reported")[0] == "Saknas", "not yet granted"
    with standing_at(LATER + datetime.timedelta(days=2)):
        assert step_of(board(reader, year), "22", "reported") == ("Saknas", "2 dagar sen")


def test_a_later_day_to_requisition_is_the_boards_day(cast):
    tranche = cast.tranche("04", 2019)
    duty = Obligation.objects.select_related("debtor").get(
        kind="requisition", key=tranche.subject().key, closed_on=None
    )
    wanted = duty.act_by + datetime.timedelta(days=11)
    asked = extensions.ask(duty, by=cast.writer(duty.debtor), wanted=wanted, reason="Nämnden är sen.")
    extensions.grant(asked, by=cast.official(), due=wanted, reason="Ja.")
    with standing_at(duty.act_by + datetime.timedelta(days=1)):
        shown = board(cast.official(), tranche.year)
        assert step_of(shown, "04", "requisitioned")[0] == "Öppet"
        others = [row for row in shown.rows if row.step("requisitioned").label == "Inte rekvirerat"]
        assert others, "the others' day has passed"
