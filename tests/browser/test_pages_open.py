import pytest

pytestmark = pytest.mark.django_db


def test_chromium_opens_the_login_page(page, site):
    answer = page.goto(f"{site}/logga-in/")
    assert answer.ok
    assert page.get_by_label("E-post").first.is_visible()
