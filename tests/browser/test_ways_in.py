"""By the keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db
MOST_TABS = 80


def tab_to(page, words):
    """Press Tab until what has the focus says the words."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if words in page.evaluate("() => document.activeElement.innerText || ''"):
            return
    pytest.fail(f"The keyboard never came to {words!r}")


def test_an_act_by_the_keyboard_alone(page, site, enter):
    enter(page, "ekonom@regeringskansliet.example")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    page.goto(f"{site}/program/rdk-2018/utbetalningar/utanordna/")
    tab_to(page, "Utanordna")
    page.keyboard.press("Enter")
    expect(page.locator(".message-success")).to_contain_text("3 utbetalningar är utanordnade")


def test_an_error_takes_the_focus_and_leads_to_the_field(page, site, enter):
    enter(page, "handlaggare@regeringskansliet.example")
    page.goto(f"{site}/program/rdk-2018/ar/2020/riksdagens-beslut/registrera/")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Fel: ")
    link = page.locator(".error-summary a").first
    target = link.get_attribute("href")
    link.click()
    assert page.locator(target).count() == 1


def test_without_javascript_an_offer_is_answered_and_its_money_granted(browser, site):
    """Login in rehearsal, an answer, an amount prepared by one and granted by another: plain pages all the way."""
    context = browser.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()

    def become(name):
        context.clear_cookies()
        page.goto(f"{site}/logga-in/")
        page.get_by_role("button", name=re.compile(name)).first.click()

    become("Behörig företrädare.*Svarar på erbjudandet")
    page.get_by_role("link", name=re.compile("^Öppna.*Svara på erbjudandet")).first.click()
    page.get_by_role("link", name="Tacka ja").first.click()
    page.get_by_label(re.compile("Jag har läst")).check()
    page.get_by_role("button", name="Tacka ja").click()
    expect(page.locator(".message-success")).to_contain_text("Ni har tackat ja")

    become("Handläggare på departementet")
    page.goto(f"{site}/program/rdk-2018/ar/2019/bered/")
    page.get_by_role("button", name="Bered").click()
    expect(page.locator(".message-success")).to_contain_text("1 årsbelopp")

    become("Beslutsfattare")
    page.goto(f"{site}/program/rdk-2018/ar/2019/bevilja/")
    page.get_by_role("button", name="Bevilja").click()
    expect(page.locator(".message-success")).to_contain_text("1 årsbelopp")
    context.close()
