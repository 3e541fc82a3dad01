"""What the operator of an installation does at the terminal."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from actors.models import Actor, Succession, User
from programmes.models import Programme
from tests.factories.walk import FIRST, SECOND, dispatched

pytestmark = pytest.mark.usefixtures("committed")


def run(*arguments):
    told = io.StringIO()
    call_command(*map(str, arguments), stdout=told)
    return told.getvalue()


def edited(folder, before, after, source=FIRST):
    text = source.read_text()
    assert before in text
    file = folder / "edited.toml"
    file.write_text(text.replace(before, after, 1))
    return file


def test_loading_twice_changes_nothing_and_says_so():
    assert "är inläst" in run("load_programme", FIRST)
    assert "Ingenting att ändra" in run("load_programme", FIRST)


def test_a_dry_run_loads_nothing():
    assert "skulle läsas in" in run("load_programme", FIRST, "--dry-run")
    assert not Programme.objects.exists()


def test_an_edited_file_shows_what_would_change_before_it_does(tmp_path):
    run("load_programme", FIRST)
    file = edited(tmp_path, "report_due = 2019-01-31", "report_due = 2019-02-15")
    shown = run("load_programme", file, "--dry-run")
    assert re.search(r"years\.2018\.report_due: .*2019-01-31.* blir .*2019-02-15", shown)
    year = Programme.objects.get().years.get(year=2018)
    assert str(year.report_due) == "2019-01-31"
    run("load_programme", file)
    year.refresh_from_db()
    assert str(year.report_due) == "2019-02-15"


def test_what_has_been_acted_on_is_not_rewritten(tmp_path):
    dispatched()
    file = edited(tmp_path, "report_due = 2019-01-31", "report_due = 2019-02-15")
    assert "NEKAS" in run("load_programme", file, "--dry-run")
    with pytest.raises(CommandError, match=r"Ingenting lästes in\.\n.*expedierat"):
        run("load_programme", file)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("starts = 2018-07-12", "starts = 2018-07-11"),
        ("expenditure_area = 22", "expenditure_area = 23"),
        ('[[cost_lines]]\ncode = "salaries"', '[[cost_lines]]\ncode = "pay"'),
        ('unit = "antal"', 'unit = "kr"'),
        ('form = "lessons"', 'form = "text"'),
    ],
)
def test_nor_is_what_letters_and_reports_rest_on(tmp_path, before, after):
    dispatched()
    with pytest.raises(CommandError, match="Ingenting lästes in"):
        run("load_programme", edited(tmp_path, before, after))


def test_a_running_programme_is_told_more_and_explained_better(tmp_path):
    dispatched()
    file = edited(tmp_path, "steps = [30, 14", "steps = [45, 30, 14")
    assert "Detta är ändrat" in run("load_programme", file)


def test_a_planned_succession_that_moves_in_the_file_is_one_still(tmp_path):
    run("load_programme", FIRST)
    moved = edited(tmp_path, "to = 2018-12-31", "to = 2019-01-31")
    run("load_programme", edited(tmp_path, "\nfrom = 2019-01-01", "\nfrom = 2019-02-01", moved))
    days = Succession.objects.filter(predecessor__code="lansstyrelsen-stockholm")
    assert [str(row.effective_on) for row in days] == ["2019-02-01"]


def borrowed(folder, **names):
    """The second programme, where one municipality is an actor of the first."""
    text = SECOND.read_text().replace('"bjorkdala-kommun"', '"region-uppsala"').replace("222000-9993", "")
    for before, after in names.values():
        assert before in text
        text = text.replace(before, after, 1)
    file = folder / "borrowed.toml"
    file.write_text(text)
    return file


NAME = ('legal_name = "Björkdala kommun"', 'legal_name = "Region Uppsala"\nvalid_from = 2019-01-01')
KIND = ('kind = "municipality"', 'kind = "region"')


def test_a_second_programme_gives_the_first_ones_actors_no_other_name(tmp_path):
    run("load_programme", FIRST)
    with pytest.raises(CommandError, match="Uppsala läns landsting i ett annat program"):
        run("load_programme", borrowed(tmp_path))
    assert Programme.objects.count() == 1


def test_save_a_later_one_that_says_from_when_and_keeps_it(tmp_path):
    run("load_programme", FIRST)
    run("load_programme", borrowed(tmp_path, name=NAME, kind=KIND))
    run("load_programme", edited(tmp_path, "steps = [30, 14", "steps = [45, 30, 14"))
    assert Actor.objects.get(code="region-uppsala").legal_name == "Region Uppsala"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('name = "Dalarnas län"', 'name = "Kopparbergs län"', "är redan Dalarnas län"),
        ('code = "20"\nletter = "W"', 'code = "98"\nletter = "W"', "Länsbokstaven W är redan"),
    ],
)
def test_nor_the_first_ones_counties(tmp_path, before, after, told):
    run("load_programme", FIRST)
    text = SECOND.read_text().replace('county = "20"', f'county = "{after[8:10] if "code" in after else 20}"')
    file = tmp_path / "counties.toml"
    assert before in text
    file.write_text(text.replace(before, after, 1))
    with pytest.raises(CommandError, match=told):
        run("load_programme", file)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("schema = 1", "schema = 1\nextra = true", "extra"),
        ("recipient = 300_000", "recipient = -300_000", "years[0].ceilings.recipient: Beloppet är negativt"),
        ('org_nr = "222000-9993"', 'org_nr = "222000-9994"', "222000-9994"),
        ('name = "Digital kraft i kommunerna 2022–2023"', "", "name"),
        ("schema = 1", "schema = [", "TOML"),
    ],
)
def test_a_wrong_file_tells_what_is_wrong_and_loads_nothing(tmp_path, before, after, told):
    file = edited(tmp_path, before, after, SECOND)
    with pytest.raises(CommandError) as caught:
        run("load_programme", file)
    assert told in str(caught.value)
    assert "Ingenting lästes in" in str(caught.value)
    assert not Programme.objects.exists()


def test_every_fault_is_told_at_once(tmp_path):
    text = SECOND.read_text().replace("recipient = 300_000", "recipient = -1")
    file = tmp_path / "two.toml"
    file.write_text(text.replace('"222000-9993"', '"222000-9994"'))
    with pytest.raises(CommandError, match="har 2 fel"):
        run("load_programme", file)


def test_the_first_user_chooses_a_password_by_the_link_and_logs_in():
    run("load_programme", FIRST)
    told = run("invite", "Anna@Prov.example", "--party", "regeringskansliet", "--role", "administrator")
    path = re.search(r"https?://[^/]+(/\S+)", told)[1]
    client = Client()
    page = client.get(path, follow=True)
    password = "en-lang-losenmening-2019"
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": password, "password2": password})
    client = Client()
    answer = client.post("/logga-in/", {"login": "anna@prov.example", "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert Client().get(path, follow=True).context.get("token_fail"), "the link works once"


def test_an_invitation_needs_a_known_party_a_right_address_and_a_role_the_party_can_have():
    run("load_programme", FIRST)
    with pytest.raises(CommandError, match="ingen part"):
        run("invite", "a@prov.example", "--party", "ingen", "--role", "official")
    with pytest.raises(CommandError):
        run("invite", "inte-en-adress", "--party", "regeringskansliet", "--role", "official")
    with pytest.raises(CommandError):
        run("invite", "a@prov.example", "--party", "region-skane", "--role", "official")
    assert not User.objects.filter(email__endswith="prov.example").exists()


def test_two_programmes_ask_which():
    run("load_programme", FIRST)
    run("load_programme", SECOND)
    with pytest.raises(CommandError, match="Ange vilket"):
        run("ledger")
