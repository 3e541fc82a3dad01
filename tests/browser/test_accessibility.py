"""axe finds nothing wrong on any page that any role can walk to; and four pages fit a telephone."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

pytestmark = pytest.mark.django_db
ROLES = (
    *("handlaggare@tillvaxtverket", "faststallare@tillvaxtverket", "handlaggare@regeringskansliet"),
    *("beslutsfattare@regeringskansliet", "ekonom@regeringskansliet", "koordinator@region-vastmanland"),
    *("foretradare@region-stockholm", "foretradare@region-gavleborg", "revisor@regeringskansliet"),
    "administrator@regeringskansliet",
)
# What each page is made of: two pages made of the same are looked at once.
MADE_OF = """() => [...new Set([...document.querySelectorAll('main *')].map(
    (e) => e.tagName + '.' + e.className + '.' + (e.getAttribute('role') || '')))].sort().join()"""
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((a) => a.href.split('#')[0])"
NARROW = "() => document.scrollingElement.scrollWidth"
LEAST = 12  # pages that every role can walk to; an axe that saw fewer saw nothing


def faults(page):
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {row['id']}, {row['help']}: {node['html'][:160]}"
        for row in found
        for node in row["nodes"]
    ]


def walk(page, site):
    """Every page one can walk to by links, one of each route."""
    waiting, seen = [f"{site}/"], set()
    while waiting:
        url = waiting.pop(0)
        path = urlsplit(url).path
        if not url.startswith(site) or path.startswith("/static"):
            continue
        route = resolve(path).view_name
        if (
            route in seen
            or path.endswith((".csv", ".pdf", ".xml"))
            or "format=" in url
            or route == "account_logout"
        ):
            continue
        seen.add(route)
        answer = page.goto(url)
        assert answer.ok, f"{url}: {answer.status}"
        yield route
        waiting += page.evaluate(LINKS)


LOOKED_AT = set()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_every_role(role, page, site, enter):
    page.set_viewport_size({"width": 1280, "height": 900})
    enter(page, f"{role}.example")
    found, walked = [], []
    for route in walk(page, site):
        walked.append(route)
        made_of = (route, page.evaluate(MADE_OF))
        if made_of not in LOOKED_AT:
            LOOKED_AT.add(made_of)
            found += faults(page)
    assert not found
    assert len(walked) >= LEAST


@pytest.mark.parametrize(
    "path", ["/logga-in/", "/tillganglighet/", "/personuppgifter/", "/kontakt/", "/losenord/glomt/"]
)
def test_pages_open_to_everyone(path, page, site):
    assert page.goto(site + path).ok
    assert not faults(page)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/program/rdk-2018/laget/?ar=2018",
        "/program/rdk-2018/plats/08/",
        "/program/rdk-2018/rekvisitioner/attestera/",
    ],
)
def test_the_four_key_pages_on_a_telephone(path, page, site, enter):
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, "handlaggare@regeringskansliet.example")
    assert page.goto(site + path).ok
    assert not faults(page)
    assert page.evaluate(NARROW) <= 390, "nothing sticks out to the right"
