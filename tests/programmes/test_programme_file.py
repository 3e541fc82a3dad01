import dataclasses
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from programmes import programme_file
from programmes.programme_file import Faults, read
from programmes.programme_file.shape import ACTOR_KINDS, DUTIES, FORMS, SERVICES

REAL = settings.BASE_DIR / "programmes/files/regional-digital-coordinators-2018.toml"
SECOND = Path(__file__).parent / "files/second-programme.toml"
TEXT = REAL.read_text(encoding="utf-8")


def faults_of(text):
    with pytest.raises(Faults) as caught:
        read(text)
    return {fault.where: fault.sentence for fault in caught.value.faults}


TO_MINISTRY = 'escalations = [{to = "ministry", at = -7}]'


def changed(before, after, text=TEXT):
    assert before in text
    return text.replace(before, after, 1)


def after_heading(heading, number, addition):
    """The real file with a line put right under its nth heading, counted from 0."""
    parts = TEXT.split(f"{heading}\n")
    parts[number + 1] = addition + "\n" + parts[number + 1]
    return f"{heading}\n".join(parts)


def test_the_real_programme_holds_what_the_government_decided():
    file = read(REAL)
    recipients = [place for place in file.places if place.part == "recipient"]
    total = {year: sum(file.ceiling(place, year) for place in file.places) for year in file.programme.years}

    assert [place.code for place in recipients] == [county.code for county in file.counties]
    assert len(recipients) == 21
    assert total == {2018: Decimal(11_500_000), 2019: Decimal(23_000_000), 2020: Decimal(23_000_000)}
    assert [year.year for year in file.years if year.conditional] == [2019, 2020]
    assert {section: file.years[0].sections.count(section) for section in "ABDGHJ"} == dict.fromkeys(
        "ABDGHJ", 1
    )
    assert len(file.indicators) == 18


def test_one_assignment_and_twenty_offers_among_the_recipients():
    file = read(REAL)
    first = [place.holders[0].instrument for place in file.places if place.part == "recipient"]

    assert (first.count("assignment"), first.count("offer")) == (1, 20)


def test_seven_places_change_hands_on_new_years_day():
    file = read(REAL)
    changes = [(place, place.holders[1]) for place in file.places if len(place.holders) > 1]

    assert len(changes) == 7
    assert {holder.starts for _, holder in changes} == {date(2019, 1, 1)}
    assert {place.predecessor_of(holder).ends for place, holder in changes} == {date(2018, 12, 31)}
    awaiting = [holder.actor for place, holder in changes if place.decision_of(holder) == ""]
    assert awaiting == ["region-stockholm"]


def test_unknown_organisation_numbers_are_empty_and_same_names_are_told_apart():
    actors = {actor.code: actor for actor in read(REAL).actors}
    cooperation = [actor for actor in actors.values() if actor.kind == "cooperation_body"]

    assert len(cooperation) == 6
    assert {actor.org_nr for actor in cooperation} == {""}
    old, new = actors["region-dalarna-kommunalforbund"], actors["region-dalarna"]
    assert old.legal_name == new.legal_name
    assert (old.valid_from, new.valid_from) == (None, date(2019, 1, 1))


def test_the_second_programme_is_another():
    file = read(SECOND)
    norrsjo = next(place for place in file.places if place.code == "norrsjo")

    assert (file.programme.ministry, file.programme.disburser) == ("provdepartementet", "provverket")
    assert (len(file.places), len({place.county for place in file.places})) == (8, 2)
    assert file.programme.secretariat_actor == ""
    assert file.ceiling(norrsjo, 2022) == 300_000
    assert file.ceiling(norrsjo, 2023) == Decimal("350000.50")
    assert [indicator.summed for indicator in file.indicators] == [True, False]


@pytest.mark.parametrize("path", [REAL, SECOND])
def test_text_and_file_read_the_same(path):
    assert read(path) == read(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("heading", "number", "where"),
    [
        ("[programme]", 0, "programme.colour"),
        ("[budget_rule]", 0, "budget_rule.colour"),
        ("[[counties]]", 20, "counties[20].colour"),
        ("[[actors]]", 3, "actors[3].colour"),
        ("[[decisions]]", 1, "decisions[1].colour"),
        ("[[places]]", 21, "places[21].colour"),
        ("[[places.holders]]", 2, "places[1].holders[1].colour"),
        ("[[years]]", 2, "years[2].colour"),
        ("[years.ceilings]", 1, "years[1].ceilings.colour"),
        ("[[sub_goals]]", 0, "sub_goals[0].colour"),
        ("[[indicators]]", 17, "indicators[17].colour"),
        ("[[report_sections]]", 9, "report_sections[9].colour"),
        ("[[cost_lines]]", 0, "cost_lines[0].colour"),
        ("[ladders.answer]", 0, "ladders.answer.colour"),
        ("[handling_days]", 0, "handling_days.colour"),
    ],
)
def test_an_unknown_key_is_found_at_every_level(heading, number, where):
    assert faults_of(after_heading(heading, number, "colour = 1")) == {where: "Nyckeln är okänd."}


@pytest.mark.parametrize(
    ("before", "after", "where", "said"),
    [
        ("purpose = ", "purpos = ", "programme.purpos", "Menas ”purpose”?"),
        ("schema = 1", "schema = 2", "schema", "högre än 1"),
        ("schema = 1", 'schema = "1"', "schema", "ett heltal, inte text"),
        (
            "several_requisitions = false",
            "several_requisitions = 0",
            "programme.several_requisitions",
            "true eller",
        ),
        ("starts = 2018-07-12", 'starts = "2018-07-12"', "programme.starts", "ett datum, inte text"),
        ("starts = 2018-07-12", "starts = 2018-07-12T08:00:00", "programme.starts", "datum med klockslag"),
        ('short_name = "Digital', 'short_name = "' + "x" * 80, "programme.short_name", "högst 80 får plats"),
        ("recipient = 500_000", "recipient = -1", "years[0].ceilings.recipient", "negativt"),
        ("recipient = 500_000", "recipient = 0.005", "years[0].ceilings.recipient", "högst två decimaler"),
        ("recipient = 500_000", "recipient = nan", "years[0].ceilings.recipient", "högst två decimaler"),
        ("recipient = 500_000", "recipient = true", "years[0].ceilings.recipient", "ett belopp, inte true"),
        ("secretariat = 1_000_000\n", "", "years[0].ceilings.secretariat", "högsta belopp saknas"),
        ("232100-0024", "232100-0025", "actors[4].org_nr", "rätt kontrollsiffra"),
        ("232100-0024", "210000-0005", "actors[4].org_nr", "tredje siffran"),
        ("232100-0024", "2321000024", "actors[4].org_nr", "Skriv numret 232100-0024"),
        ("232100-0024", "232100-0016", "actors[4].org_nr", "hör redan till actors[3] (region-stockholm)"),
        ('kind = "agency"', 'kind = "company"', "actors[1].kind", "inget giltigt värde"),
        ('ministry = "regeringskansliet"', 'ministry = "x"', "programme.ministry", "finns inte i [[actors]]"),
        ('county = "03"', 'county = "02"', "places[2].county", "finns inte i [[counties]]"),
        ('county = "03"\n', "", "places[2].county", "ska ha ett län"),
        ("to = 2018-12-31", "to = 2019-01-01", "places[1].holders[1].from", "Två innehavare samtidigt"),
        ("to = 2018-12-31", "to = 2018-01-01", "places[1].holders[0].to", "utanför programmets tid"),
        ("requisition_to = 2018-11-15", "requisition_to = 2018-08-19", "years[0].requisition_to", "är före"),
        ("report_due = 2019-01-31", "report_due = 2018-12-30", "years[0].report_due", "är före costs_to"),
        ("repay_due = 2019-03-31", "repay_due = 2019-01-30", "years[0].repay_due", "är före report_due"),
        (
            "compilation_due = 2019-03-26",
            "compilation_due = 2019-01-30",
            "years[0].compilation_due",
            "är före",
        ),
        (
            "costs_from = 2018-07-12",
            "costs_from = 2018-07-11",
            "years[0].costs_from",
            "före programmets start",
        ),
        ("\nyear = 2020", "\nyear = 2021", "years", "År 2020 saknas"),
        ("\nyear = 2020", "\nyear = 2019", "years[2].year", "finns redan i years[1]"),
        (
            'sections = ["A"',
            'sections = ["Q"',
            "years[0].sections[0]",
            "”Q” finns inte i [[report_sections]]",
        ),
        ('sections = ["A"', 'sections = ["B"', "years[0].sections[1]", "Avsnitt B står två gånger"),
        ('code = "K2"', 'code = "K1"', "indicators[1].code", "finns redan i indicators[0]"),
        ('kind = "context"', 'kind = "effect"', "indicators[11].kind", "inget giltigt värde"),
        ('kind = "context"', 'kind = "output"', "indicators[11].kind", "En andel"),
        (
            'sub_goal = "D-ledning"',
            'sub_goal = "D-l"',
            "indicators[8].sub_goal",
            "finns inte i [[sub_goals]]",
        ),
        ("steps = [30, 14", "steps = [14, 30", "ladders.answer.steps", "fallande ordning"),
        ("steps = [30, 14", 'steps = ["30", 14', "ladders.answer.steps[0]", "ett heltal, inte text"),
        ("[ladders.answer]", "[ladders.answers]", "ladders.answers", "Menas ”answer”?"),
        (TO_MINISTRY, 'escalate_to = "ministry"', "ladders.answer", "anges båda eller ingen"),
        (
            TO_MINISTRY,
            f'escalate_to = "ministry"\nescalate_at = -7\n{TO_MINISTRY}',
            "ladders.answer",
            "en av dem",
        ),
        ("at = -60}", "at = -20}", "ladders.coordinator.escalations", "fallande ordning"),
        (
            TO_MINISTRY,
            TO_MINISTRY.replace("ministry", "riksdagen"),
            "ladders.answer.escalations[0].to",
            "giltigt",
        ),
        ('letter = "AB"', 'letter = "C"', "counties[1].letter", "finns redan i counties[0]"),
        ("recipient = 500_000", "recipient = 1e400", "years[0].ceilings.recipient", "högre än"),
        ("recipient = 500_000", "recipient = 5e5", "years[0].ceilings.recipient", "två decimaler"),
        ("recipient = 500_000", "recipient = 0.001", "years[0].ceilings.recipient", "två decimaler"),
        ("recipient = 500_000", "recipient = inf", "years[0].ceilings.recipient", "två decimaler"),
        ("recipient = 500_000", "recipient = 1e-400", "years[0].ceilings.recipient", "två decimaler"),
        (
            "several_requisitions",
            "answer_days = 99999999999\nseveral_requisitions",
            "programme.answer_days",
            "högre",
        ),
        ('case_number = ""', 'case_number = "N2018/04129/D"', "decisions[1].case_number", "som decisions[0]"),
        ('name = "Uppsala län"', 'name = "Uppsala\\u0000län"', "counties[1].name", "styrtecken"),
        ('name = "Uppsala län"', 'name = "Uppsala\\nlän"', "counties[1].name", "radbrytningar"),
        (
            'actor = "region-stockholm"',
            'actor = "lansstyrelsen-stockholm"',
            "places[1].holders[1].actor",
            "sig själv",
        ),
        (
            'actor = "regionforbundet-sormland"',
            'actor = "lansstyrelsen-stockholm"',
            "places[3].holders[1].actor",
            "efterträds också i places[1]",
        ),
    ],
)
def test_each_fault_is_said_at_its_place(before, after, where, said):
    assert said in faults_of(changed(before, after))[where]


def test_an_assignment_is_for_state_bodies_only():
    text = changed(
        'actor = "region-uppsala"\ninstrument = "offer"',
        'actor = "region-uppsala"\ninstrument = "assignment"',
    )

    assert "Bara en statlig myndighet" in faults_of(text)["places[2].holders[0].instrument"]


def test_a_conditional_year_needs_the_rule_of_its_condition():
    start, end = TEXT.index("[budget_rule]"), TEXT.index("# ── Regeringens beslut")
    faults = faults_of(TEXT[:start] + TEXT[end:])

    assert list(faults) == ["years[1].conditional", "years[2].conditional"]


def test_the_secretariat_has_a_place_if_and_only_if_it_is_named():
    text = changed('secretariat_actor = "tillvaxtverket"  # [S]\n', "")

    assert "places[0].part" in faults_of(text)
    second = changed(
        "recipient = 300_000", "recipient = 300_000\nsecretariat = 1", SECOND.read_text(encoding="utf-8")
    )
    assert "ingen plats för ett sekretariat" in faults_of(second)["years[0].ceilings.secretariat"]


def test_every_fault_is_said_at_once():
    text = changed("purpose = ", "purpos = ")
    text = changed("recipient = 500_000", "recipient = -1", text)
    text = changed("232100-0024", "232100-0025", text)
    text = changed("to = 2018-12-31", "to = 2019-06-30", text)

    assert set(faults_of(text)) == {
        "programme.purpos",
        "programme.purpose",
        "years[0].ceilings.recipient",
        "actors[4].org_nr",
        "places[1].holders[1].from",
    }


@pytest.mark.parametrize(
    ("text", "where"), [("schema = 1\n[programme\n", "rad 2"), ("a = 1\na = 2\n", "rad 2"), ("a", "rad 1")]
)
def test_what_is_not_toml_is_said_with_its_line(text, where):
    assert "inte giltig TOML" in faults_of(text)[where]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = 1\na = 2", "nyckeln står två gånger"),
        ("[a]\n[a]", "tabellen står två gånger"),
        ("a = [1", "listan är inte stängd"),
        ('a = "x', "inte avslutad"),
        ("a = 2019-02-30", "dagen finns inte"),
        ("a 1", "likhetstecken"),
        ("a = x", "värdet går inte att läsa"),
        ("a = 1 2", "något mer efter värdet"),
    ],
)
def test_why_it_is_not_toml_is_said_in_swedish(text, reason):
    (said,) = faults_of(text).values()
    assert reason in said


@pytest.mark.parametrize(
    "text", ["", "programme = 3", "places = [3, {holders = [1]}]", "places = {}", "years = [{}]\nladders = 1"]
)
def test_wrong_shapes_give_faults_and_never_break(text):
    assert faults_of(text)


def test_a_file_that_cannot_be_read_is_a_fault_too(tmp_path):
    latin = tmp_path / "latin.toml"
    latin.write_bytes("name = 'Västerås'".encode("latin-1"))

    for path, said in ((tmp_path / "absent.toml", "finns inte"), (latin, "inte UTF-8")):
        with pytest.raises(Faults, match=said):
            read(path)


def test_the_docs_name_every_key():
    told = (REAL.parents[2] / "docs/programmes.md").read_text(encoding="utf-8")
    shapes = [shape for shape in vars(programme_file).values() if dataclasses.is_dataclass(shape)]
    fields = {
        field.metadata.get("name") or field.name for shape in shapes for field in dataclasses.fields(shape)
    }
    written = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", told))))

    assert fields - {"where", "sentence"} <= written
    assert {*DUTIES, *SERVICES, *FORMS, *ACTOR_KINDS} <= written
