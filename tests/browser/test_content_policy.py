"""Every browser test fails where the content policy refuses something (conftest.py); here its main pages are walked, as each role."""

import pytest

from actors.models import User
from tests.browser.test_accessibility import ROLES, walk

pytestmark = pytest.mark.django_db
MOST = 25  # pages of a role: those nearest to its start


def test_the_watcher_sees_what_is_refused(page, site, refused_content):
    page.goto(f"{site}/logga-in/")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))"
    )
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.wait_for_timeout(200)
    assert len(refused_content) == 2
    refused_content.clear()


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_each_role_use_nothing_that_is_refused(role, page, site, enter, client):
    enter(page, f"{role}.example")
    client.force_login(User.objects.get(email=f"{role}.example"))
    opened = 0
    for _route, url, _html in walk(client):
        assert page.goto(site + url, wait_until="load").ok
        opened += 1
        if opened == MOST:
            break
    assert opened > 5
