"""axe finds nothing wrong on any page that any role can walk to; and four pages fit a telephone."""

from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from actors.models import User

pytestmark = pytest.mark.django_db
ROLES = (
    "handlaggare@tillvaxtverket",
    "faststallare@tillvaxtverket",
    "handlaggare@regeringskansliet",
    "beslutsfattare@regeringskansliet",
    "ekonom@regeringskansliet",
    "koordinator@region-vastmanland",
    "foretradare@region-stockholm",
    "foretradare@region-gavleborg",
    "revisor@regeringskansliet",
    "administrator@regeringskansliet",
)
NARROW = "() => document.scrollingElement.scrollWidth"
LEAST = 12  # pages that every role can walk to; an axe that saw fewer saw nothing


def faults(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{page.url}: {row['id']}, {row['help']}: {node['html'][:160]}"
        for row in found
        for node in row["nodes"]
    ]


def walk(client):
    """(route, address, the page) of every page one can walk to by links, one of each route."""
    waiting, seen = ["/"], set()
    while waiting:
        url = waiting.pop(0)
        path = urlsplit(url).path
        route = resolve(path).view_name
        if route in seen or not is_page(route, url):
            continue
        seen.add(route)
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        page = lxml.html.fromstring(answer.content)
        yield route, url, page
        links = [urldefrag(urljoin(url, href)).url for href in page.xpath("//a[not(@download)]/@href")]
        waiting += [link for link in links if link.startswith("/") and not link.startswith("/static")]


def is_page(route, url):
    file = urlsplit(url).path.endswith((".csv", ".pdf", ".xml")) or "format=" in url
    return not file and route != "account_logout"


def made_of(page):
    """Two pages made of the same are looked at once."""
    (main,) = page.xpath("//main")
    parts = [row for row in main.iterdescendants() if isinstance(row.tag, str)]
    return frozenset((row.tag, row.get("class"), row.get("role")) for row in parts)


LOOKED_AT = set()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_every_role(role, page, site, enter, client):
    page.set_viewport_size({"width": 1280, "height": 900})
    enter(page, f"{role}.example")
    client.force_login(User.objects.get(email=f"{role}.example"))
    found, walked = [], []
    for route, url, html in walk(client):
        walked.append(route)
        made = (route, made_of(html))
        if made not in LOOKED_AT:
            LOOKED_AT.add(made)
            assert page.goto(site + url).ok
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
        "/betalningslista/1/",  # its trail tells a SHA-256
        "/mina-roller/",
    ],
)
def test_key_pages_on_a_telephone(path, page, site, enter):
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, "handlaggare@regeringskansliet.example")
    assert page.goto(site + path).ok
    assert not faults(page)
    assert page.evaluate(NARROW) <= 390, "nothing sticks out to the right"
