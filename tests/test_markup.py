"""No page takes a name for markup: every route is opened once, with a script in the name of every actor and person."""

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Actor, User
from tests.factories.compilation_doors import DOORS
from tests.test_permission_matrix import MATRIX, name_of, people

NAME = "<script>alert(1)</script>"
# Nobody is asked for these by a page of ours, or they are posted to
LINES = [line for line in MATRIX if "rehearsal" not in line and "account_" not in line]


def opened(cast, line):
    """The page as the first role that may open it sees it; None where nobody may."""
    door = DOORS[line](cast)
    for role, user in people(cast, door.holder).items():
        if user and MATRIX[line].get(role) == "yes":
            client = Client()
            client.force_login(user)
            return client.get(reverse(name_of(line), kwargs=door.kwargs))
    return None


@pytest.mark.parametrize("line", LINES)
def test_a_name_is_text_on_every_page(line, cast):
    Actor.objects.update(display_name=NAME, legal_name=NAME)
    User.objects.update(name=NAME, title=NAME)
    page = opened(cast, line)
    if page is not None and page.get("Content-Type", "").startswith("text/html"):
        assert NAME not in page.content.decode()
