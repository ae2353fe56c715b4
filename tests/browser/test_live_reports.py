"""A report as its reader opens it: from a file, with the network cut, by mouse and by keyboard, and checked for access."""

import pytest
from playwright.sync_api import expect

import toolkit as tk

pytestmark = pytest.mark.long

BAD = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    hostile = [{"text": f"{BAD} talks in Geneva.", "title": BAD, "outlet": BAD, "url": "javascript:alert(3)"}]
    corpora = {"sample": tk.sample(), "hostile": tk.load(hostile, topics={BAD: ["talks"]}, progress=False)}
    return {name: tk.report(corpus, folder / f"{name}.html") for name, corpus in corpora.items()}


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_every_figure_comes_alive_and_nothing_reaches_out(page, files, name):
    page.page.goto(files[name].as_uri())
    figures = page.page.locator(".tk-picture")
    for at in range(figures.count()):
        figures.nth(at).scroll_into_view_if_needed()
        expect(figures.nth(at)).to_have_attribute("data-live", "true")
    assert (page.faults, page.strangers) == ([], [])
    page.picture(f"report-{name}")


def test_a_number_of_the_findings_opens_the_sentences_behind_it(page, files):
    page.page.goto(files["sample"].as_uri())
    link = page.page.locator("#findings ~ ul a[href^='#evidence-0-']").first
    target = page.page.locator(link.get_attribute("href"))
    expect(target.locator("li").first).to_be_hidden()
    link.focus()
    page.page.keyboard.press("Enter")
    expect(target.locator("summary")).to_be_in_viewport()
    target.locator("summary").focus()
    page.page.keyboard.press("Enter")
    expect(target.locator("li").first).to_be_visible()


@pytest.mark.parametrize("theme", ["house", "dark", "high-contrast"])
def test_a_report_has_no_serious_fault_of_access(page, tmp_path, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    file = tk.report(tk.sample().retopic("mission"), tmp_path / "report.html", theme=theme)
    page.page.goto(file.as_uri())
    page.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = axe.run(page.page).response["violations"]
    serious = [(one["id"], one["nodes"][0]["html"][:200], one["nodes"][0].get("failureSummary", "")[:200]) for one in found if one["impact"] in ("serious", "critical")]  # fmt: skip
    assert serious == []
