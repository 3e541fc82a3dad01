"""Writing a report in a browser: saved as one types, never lost, and never over a colleague's text."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from digikoord.rehearsal.cast import Cast
from programmes.models import Programme
from reporting.actions import report_drafts
from reporting.models import ActivityReport

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def draft(site, django_db_blocker):
    """(the writer's address, a report of a whole year), in rows that the server sees."""
    with django_db_blocker.unblock():
        cast = Cast(Programme.objects.order_by("pk")[0])
        tranche = cast.tranche("12", 2019)
        writer = cast.writer(tranche.holder)
        row = report_drafts.start(tranche, by=writer)
        yield writer.email, report_drafts.add_initiatives(row, by=writer, rows=[{"title": "Nätverk"}])


def address(site, row, step):
    return site + reverse("reporting:activity_report_step", args=[row.pk, step])


def slowly(route):
    """Saved by the server at once, but the browser is told later."""
    answer = route.fetch()
    time.sleep(1)
    route.fulfill(response=answer)


def kept(row):
    return ActivityReport.objects.get(pk=row.pk).draft


def test_what_is_typed_is_saved_by_itself(site, enter, page, draft):
    email, row = draft
    enter(page, email)
    page.goto(address(site, row, "c"))
    page.fill("#id_steering_strategy", "En agenda i tre delar")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    expect(page.locator("#falt-steering_strategy [data-count]")).to_have_text("5 ord")
    assert kept(row)["texts"]["steering_strategy"] == "En agenda i tre delar"
    page.reload()
    expect(page.locator("#id_steering_strategy")).to_have_value("En agenda i tre delar")
    expect(page.locator("[data-restore]")).to_be_hidden()


def test_a_lost_session_loses_no_text(site, enter, page, draft):
    email, row = draft
    enter(page, email)
    page.goto(address(site, row, "g"))
    page.context.clear_cookies()
    page.fill("#id_obstacles", "Skrivet efter att sessionen tog slut")
    expect(page.locator("[data-saved]")).to_contain_text("utloggad")
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, email)
    page.goto(address(site, row, "g"))
    expect(page.locator("[data-restore]")).to_be_visible()
    page.click("[data-restore-take]")
    expect(page.locator("#id_obstacles")).to_have_value("Skrivet efter att sessionen tog slut")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    assert kept(row)["texts"]["obstacles"] == "Skrivet efter att sessionen tog slut"


def test_a_lost_session_loses_no_tick(site, enter, page, draft):
    email, row = draft
    (number,) = row.added
    here = address(site, row, f"d-{number}")
    enter(page, email)
    page.goto(here)
    page.context.clear_cookies()
    goals = page.locator(f"input[name='initiatives-{number}-other_goals']")
    goals.nth(0).check()
    goals.nth(2).check()
    page.check(f"#id_initiatives-{number}-good_example")
    expect(page.locator("[data-saved]")).to_contain_text("utloggad")
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, email)
    page.goto(here)
    page.click("[data-restore-take]")
    expect(goals.nth(0)).to_be_checked()
    expect(goals.nth(1)).not_to_be_checked()
    expect(goals.nth(2)).to_be_checked()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    (deed,) = kept(row)["initiatives"]
    assert len(deed["other_goals"]) == 2
    assert deed["good_example"] is True
    page.goto(here)
    goals.nth(3).check()
    page.click("text=Spara och fortsätt")
    page.wait_for_url(lambda url: url != here)
    page.goto(here)
    expect(page.locator("[data-restore]")).to_be_hidden()


def test_what_was_saved_by_its_button_is_not_called_unsaved(site, enter, page, draft):
    email, row = draft
    enter(page, email)
    page.goto(address(site, row, "h"))
    page.fill("#id_account_travel_and_meetings_own", "12 500,50 kr")
    page.click("text=Spara och fortsätt")
    page.wait_for_url(address(site, row, "i"))
    page.goto(address(site, row, "h"))
    expect(page.locator("#id_account_travel_and_meetings_own")).to_have_value("12500,50")
    expect(page.locator("[data-restore]")).to_be_hidden()


def test_a_button_pressed_while_it_saves_by_itself_is_no_conflict(site, enter, page, draft):
    email, row = draft
    enter(page, email)
    page.goto(address(site, row, "g"))
    page.route("**/spara/", slowly)
    with page.expect_request("**/spara/"):
        page.fill("#id_plans", "Medan det sparas")
    page.click("text=Spara och fortsätt")
    page.wait_for_url(address(site, row, "h"))
    assert kept(row)["texts"]["plans"] == "Medan det sparas"


def test_the_later_of_two_tabs_sees_what_the_other_wrote(site, enter, page, draft):
    email, row = draft
    enter(page, email)
    page.goto(address(site, row, "b"))
    other = page.context.new_page()
    other.goto(address(site, row, "b"))
    other.fill("#id_function_placement", "Kollegans text")
    expect(other.locator("[data-saved]")).to_contain_text("Sparat")
    other.close()
    page.fill("#id_function_placement", "Min text")
    expect(page.locator("[data-saved]")).to_contain_text("sparade avsnittet")
    assert kept(row)["texts"]["function_placement"] == "Kollegans text"
    page.click("text=Spara och fortsätt")
    expect(page.locator(".field-stands")).to_contain_text("Kollegans text")
    expect(page.locator("#id_function_placement")).to_have_value("Min text")
    page.fill("#id_function_placement", "Båda")
    page.click("text=Spara och fortsätt")
    page.wait_for_url(address(site, row, "c"))
    assert kept(row)["texts"]["function_placement"] == "Båda"


def test_the_accounts_sums_follow_and_the_impossible_is_told_at_once(site, enter, page, draft):
    email, row = draft
    enter(page, email)
    page.goto(address(site, row, "h"))
    page.fill("#id_account_salaries_grant", "700 000,50")
    page.fill("#id_account_other_grant", "mycket")
    expect(page.locator("[data-sum]").first).to_have_text("700\u00a0000,5")
    expect(page.locator("[data-repay]")).to_have_text("299\u00a0999,5")
    expect(page.locator("[data-live-error]")).to_contain_text("Skriv beloppet i kronor")
    assert kept(row)["account"]["salaries"]["grant"] == "700000.50"


def test_it_works_without_scripts(site, browser, browser_context_args, draft):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/logga-in/")
    page.click("button[value='koordinator@region-vastmanland.example']")
    row = ActivityReport.objects.get(status="returned")
    page.goto(address(site, row, "b"))
    expect(page.locator("#id_function_start")).to_be_disabled()
    page.fill("#id_function_fte", "tusen")
    page.click("text=Spara och fortsätt")
    expect(page.locator(".error-summary")).to_contain_text("Skriv ett tal")
    expect(page.locator("#id_function_fte")).to_have_value("tusen")
    page.fill("#id_function_fte", "0,6")
    page.click("text=Spara och fortsätt")
    page.wait_for_url(address(site, row, "d"))
    assert kept(row)["texts"]["function_fte"] == "0.6"
    context.close()
