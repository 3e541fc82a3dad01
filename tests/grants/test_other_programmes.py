"""What follows from a programme's file where it is not like the first one: its years, its parties, its words."""

import datetime
import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from actors.models import Actor, User
from digikoord.lib.clock import standing_at
from digikoord.lib.verdict import Refused
from digikoord.models import Stage
from digikoord.rehearsal import people
from duties.models import Notice, Obligation
from grants.actions import decisions, payment_accounts, programmes
from grants.forms.budget_decisions import RegisterForm
from grants.forms.decisions import CeilingForm
from grants.models import Assignment, GovernmentDecision
from programmes import programme_file
from programmes.models import Programme
from reporting.actions import compilations, fact_checks
from reporting.documents import compilation
from reporting.selectors.compilation import compiled
from tests.factories import walk as walks
from tests.factories.walk import FIRST, SECOND

pytestmark = pytest.mark.django_db
BEGINS = datetime.date(2022, 2, 1)


def edited(tmp_path, *changes):
    text = SECOND.read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file = tmp_path / "programme.toml"
    file.write_text(text)
    return file


def test_the_amounts_of_a_year_that_waits_for_nobody_are_prepared_when_it_begins(tmp_path):
    walks.begin(edited(tmp_path, ("conditional = true", "conditional = false")), BEGINS)
    due = dict(Obligation.objects.filter(kind="prepare").values_list("label", "due").distinct())
    assert due["Bered årsbelopp 2022"] == datetime.date(2022, 2, 8)
    assert due["Bered årsbelopp 2023"] == datetime.date(2023, 1, 9), "five working days into the year"


def test_without_a_secretariat_nobody_is_asked_about_its_money():
    walks.dispatched(FIRST)
    walk = walks.dispatched(SECOND, BEGINS)
    asked = {}
    for programme in Programme.objects.all():
        form = CeilingForm(programme=programme)
        asked[programme.code] = "secretariat" in dict(form.fields["whom"].choices)
    assert asked == {"rdk-2018": True, "dkr-2022": False}
    client = Client()
    with standing_at(datetime.date(2022, 12, 20)):
        client.force_login(walk.official())
        page = client.get(reverse("grants:budget_decision_register", args=["dkr-2022", 2023]))
    assert "sekretariat" not in page.content.decode()
    assert "secretariat_ceiling" in RegisterForm().fields


def test_a_frame_is_not_promised_to_give_money(tmp_path):
    text = SECOND.read_text().replace('fulfilled_by = "appropriation"', 'fulfilled_by = "frame"')
    with pytest.raises(programme_file.Faults) as found:
        programme_file.read(text)
    assert [fault.where for fault in found.value.faults] == ["budget_rule.fulfilled_by"]


def test_an_initiative_is_read_under_its_sub_goals_name_not_its_code(tmp_path):
    section = '[[report_sections]]\nletter = "A"\ntitle = "Vad vi gjorde"\n'
    walk = walks.begin(edited(tmp_path, (section, f'{section}form = "initiatives"\n')), BEGINS)
    walks.pay(walk, 2022, datetime.date(2022, 4, 4))
    client = Client()
    with standing_at(datetime.date(2023, 1, 20)):
        row = walks.report(walk, walk.tranches(2022)[0])
        client.force_login(walk.official())
        for name in ("reporting:activity_report_detail", "reporting:activity_report_print"):
            page = client.get(reverse(name, args=[row.pk])).content.decode()
            assert "Gemensamma tjänster" in page, name
            assert "tjanster" not in page, name
    with standing_at(datetime.date(2023, 3, 1)):
        version = compilations.begin(row.tranche.year, by=walk.compiler())
        due = datetime.date(2023, 3, 20)
        (check,) = fact_checks.ask_many(version, by=walk.compiler(), tranches=[row.tranche], due=due)
        page = client.get(check.get_absolute_url())
    assert "(Gemensamma tjänster)" in page.content.decode()
    told, about = compiled(version.year), compilation.about_version(version, final=False)
    html = render_to_string("pdf/compilation.html", compilation.context(told, about))
    assert "1 redovisning för 2022 har godkänts" in html
    assert "tjanster" not in html


def test_a_decision_told_of_in_advance_waits_for_its_day_and_says_how_long_the_offers_are_open():
    with standing_at(BEGINS):
        programme, _ = programmes.load(SECOND.read_text(), by=User.objects.system())
    GovernmentDecision.objects.update(answer_due=None)
    Assignment.objects.update(answer_due=None)
    before = BEGINS - datetime.timedelta(days=1)
    decision, decider = programme.decisions.get(), walks.Walk(programme, before).decider()
    client = Client()
    client.force_login(decider)
    with standing_at(before), pytest.raises(Refused, match="2022-02-01"):
        decisions.dispatch(decision, by=decider)
    with standing_at(BEGINS):
        page = client.get(reverse("grants:decision_dispatch", args=[decision.pk])).content.decode()
        assert "45 dagar från expedieringen" in page
        decisions.dispatch(decision, by=decider)
    assert set(decision.assignments.values_list("answer_due", flat=True)) == {datetime.date(2022, 3, 18)}


NAMES = 'legal_name = "Björkdala kommun"\ndisplay_name = "Björkdala kommun"\norg_nr = "222000-9993"'
GOTLANDS = 'legal_name = "Gotlands kommun"\ndisplay_name = "Region Gotland"\norg_nr = "212000-0803"'
GOTLAND = (('"bjorkdala-kommun"', '"region-gotland"'), (NAMES, GOTLANDS))


def test_an_actor_of_two_programmes_has_its_account_checked_where_it_is_paid_now_and_all_who_pay_are_told(
    tmp_path,
):
    first = walks.dispatched(FIRST)
    second = walks.dispatched(edited(tmp_path, ('"dkr-2022"', '"zkr-2022"'), *GOTLAND), BEGINS)
    payers = [walk.payer() for walk in (first, second)]
    actor = Actor.objects.get(code="region-gotland")
    with standing_at(BEGINS):
        signatory = second.signatory(actor)
        account = payment_accounts.enter(actor, by=signatory, giro="bankgiro", number="5052-5781")
        assert Obligation.objects.get(kind="verify_account").debtor == second.programme.disburser
        payment_accounts.enter(actor, by=signatory, giro="bankgiro", number="5050-1055")
    account.refresh_from_db()
    assert account.status == "replaced"
    told = Notice.objects.filter(text__contains="Bankgiro 5050-1055", recipient__in=payers)
    assert {row.recipient for row in told} == set(payers)


def test_the_rehearsal_offers_its_own_people_whatever_is_loaded_beside_it():
    with standing_at(datetime.date(2018, 7, 12)):
        programme, _ = programmes.load(FIRST.read_text(), by=User.objects.system())
        people.lay_up(programme)
        programmes.load(SECOND.read_text(), by=User.objects.system())
    Stage.objects.create(pk=1, rehearsal=True, today=datetime.date(2018, 7, 12))
    page = Client().get(reverse("account_login")).content.decode()
    assert "handlaggare@tillvaxtverket.example" in page
    assert "ekonom@regeringskansliet.example" in page


def test_a_loaded_decision_is_somebodys_to_dispatch_from_its_day(tmp_path):
    with standing_at(BEGINS - datetime.timedelta(days=30)):
        programme, _ = programmes.load(SECOND.read_text(), by=User.objects.system())
    duties = Obligation.objects.open().filter(kind="dispatch", programme=programme.code)
    decided = {row.subject().key: row.decided_on for row in programme.decisions.all()}
    assert {row.key for row in duties} == set(decided)
    assert all(row.due > decided[row.key] for row in duties)
    with standing_at(BEGINS):
        for row in programme.decisions.all():
            walk = walks.Walk(programme, BEGINS)
            decisions.dispatch(row, by=walk.decider())
    assert not duties.all().exists()
    assert set(Obligation.objects.filter(kind="dispatch").values_list("outcome", flat=True)) == {"done"}


def pages_of(walk, day):
    """{name: text} of what the official reads in the programme."""
    client, row = Client(), Assignment.objects.filter(place__programme=walk.programme).first()
    addresses = {
        "board": reverse("overview:board", args=[walk.programme.code]),
        "place": row.place.get_absolute_url(),
        "assignment": row.get_absolute_url(),
        "todo": reverse("overview:todo"),
        "directory": reverse("grants:coordinator_list", args=[walk.programme.code]),
        "staffing": reverse("overview:staffing", args=[walk.programme.code]),
        "appoint": reverse("grants:coordinator_appoint", args=[row.pk]),
    }
    found = {}
    with standing_at(day):
        for name, url in addresses.items():
            client.force_login(walk.signatory(row.holder) if name == "appoint" else walk.official())
            found[name] = client.get(url)
    return found


def test_a_programme_that_pays_for_no_function_asks_for_nobody(tmp_path):
    start = "last_year = 2023\n"
    walk = walks.begin(edited(tmp_path, (start, start + "without_function = true\n")), BEGINS)
    assert not Obligation.objects.filter(kind="appoint").exists()
    found = pages_of(walk, BEGINS)
    for name in ("board", "place", "assignment", "todo"):
        text = found[name].content.decode().lower().replace("digikoord", "")
        assert found[name].status_code == 200
        assert "koordinator" not in text.replace("digitaliseringskoordinator", ""), name
    assert found["directory"].status_code == found["staffing"].status_code == 404
    assert found["appoint"].status_code == 403
    told = compiled(walk.programme.years.get(year=2022))
    assert "function" not in [row.key for row in compilation.chapters.of(told.kind)]


def test_a_function_is_called_by_the_programmes_own_word(tmp_path):
    words = (
        '[function]\none = "samordnare"\nseveral = "samordnare"\ndefinite = "samordnaren"\n\n[programme]\n'
    )
    walk = walks.begin(edited(tmp_path, ("[programme]\n", words)), BEGINS)
    assert set(Obligation.objects.filter(kind="appoint").values_list("label", flat=True)) == {
        "Utse samordnare"
    }
    found = pages_of(walk, BEGINS)
    for name in ("board", "assignment", "directory", "staffing", "appoint"):
        text = found[name].content.decode()
        assert "amordnare" in text, name
        seen = re.sub(r"<[^>]+>", "", text)  # addresses are the same for all
        assert "oordinator" not in seen.replace("koordinator@", ""), name
