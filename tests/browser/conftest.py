"""Debian's Chromium, driven by Playwright against a live server."""

import os
import shutil

import pytest
from pytest_django.live_server_helper import LiveServer

from tests import databases, leftovers
from tests.factories import played


@pytest.fixture(scope="session", autouse=True)
def loop_of_playwright():
    """Playwright's own event loop runs in this thread; Django would refuse the database beside it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not installed")
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--no-sandbox", "--disable-dev-shm-usage"]
    return browser_type_launch_args | {"executable_path": chromium, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


@pytest.fixture(scope="module")
def site(played_file, django_db_blocker):
    """The address of a live server that stands in the middle of the story, for all tests of a file.

    Its rows are seen by every connection: they are in a database of their own, which is gone before the next file begins.
    """
    with django_db_blocker.unblock(), databases.copy():
        played.lay_in(played_file)
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        with databases.as_superuser():
            leftovers.hang_up()


@pytest.fixture
def enter(site):
    """enter(page, email): become somebody as people do, by the button of the login page."""

    def become(page, email):
        page.context.clear_cookies()
        page.goto(f"{site}/logga-in/")
        button = page.locator(f"button[value='{email}']")
        if button.count():
            button.click()
        else:  # not everybody has a button
            page.evaluate("(email) => document.querySelector('button.role').value = email", email)
            page.locator("button.role").first.click()
        page.wait_for_url(f"{site}/")

    return become


@pytest.fixture(autouse=True)
def refused_content(request):
    """What the browser would not load, run or style because of Content-Security-Policy. On no page of any test is there any."""
    if "page" not in request.fixturenames:
        yield []
        return
    page, refused = request.getfixturevalue("page"), []

    def heard(message):
        if "Content Security Policy" in message.text or "Permissions-Policy" in message.text:
            refused.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    yield refused
    assert not refused
