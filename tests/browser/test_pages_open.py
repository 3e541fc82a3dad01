def test_chromium_opens_the_login_page(page, live_server):
    answer = page.goto(f"{live_server.url}/logga-in/")
    assert answer.ok
    assert page.get_by_label("E-post").first.is_visible()
