"""Exported pages as a reader opens them: from a file, with the network cut, with and without JavaScript."""

import altair as alt
import polars as pl
import pytest
from playwright.sync_api import expect

from toolkit import charts, theme

pytestmark = pytest.mark.long

BAD = '</script><script>alert(1)</script><img src=x onerror="alert(2)">'
ROWS = pl.DataFrame(
    {"topic": [BAD, "Iran"], "share": [0.6, 0.4], "url": ["javascript:alert(3)", "https://example.org/a"]}
)
BARS = (
    alt.Chart(ROWS, title=BAD)
    .mark_bar(clip=True)
    .encode(x="share:Q", y="topic:N", href="url:N", tooltip=["topic:N", "url:N"])
)


@pytest.fixture
def opened(page, tmp_path):
    """Open this text as a page in the browser."""

    def open_(text):
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf8")
        page.page.goto(file.as_uri())
        return page

    return open_


def test_a_page_comes_alive_without_the_network_and_hostile_text_does_nothing(opened):
    page = opened(charts.html(BARS, title=BAD, alt=BAD, note=BAD, table=ROWS))
    expect(page.page.locator(".tk-picture[data-live]")).to_have_count(1)
    marks = page.page.locator(".role-mark [aria-roledescription=bar]")
    expect(marks).to_have_count(2)
    marks.first.hover()
    expect(page.page.locator("#tk-tip")).to_contain_text(BAD)
    page.picture("page", "body")
    page.page.locator(".role-mark [aria-label*=alert]").click()
    with page.page.context.expect_page():
        page.page.locator(".role-mark [aria-label*=Iran]").click()
    page.page.bring_to_front()
    page.page.locator("summary").first.click()
    expect(page.page.get_by_role("cell", name="Iran")).to_be_visible()
    assert (page.faults, page.strangers) == ([], ["https://example.org/a"])


def test_charts_of_one_page_share_vega_and_no_id(opened):
    text = charts.page(
        "".join(charts.figure(BARS.properties(width=width), title="a", alt="b") for width in (200, 300, 400)),
        title="Three",
    )
    page = opened(text)
    live = page.page.locator(".tk-picture[data-live]")
    for at in range(3):
        page.page.locator(".tk-picture").nth(at).scroll_into_view_if_needed()
    expect(live).to_have_count(3)
    ids = page.page.evaluate("[...document.querySelectorAll('svg [id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids)) == 3
    assert page.faults == []


@pytest.mark.parametrize("look", [theme.HOUSE, theme.NIGHT], ids=["light", "dark"])
def test_without_javascript_the_still_picture_and_its_numbers_are_there(chromium, tmp_path, look):
    (tmp_path / "page.html").write_text(
        charts.html(BARS, title="Mix", alt="Bars of topics", table=ROWS, look=look), encoding="utf8"
    )
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    expect(page.get_by_role("img", name="Mix")).to_be_visible()
    assert page.locator("details table").count() == 1
    context.close()
