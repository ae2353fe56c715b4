"""The explorer as an analyst uses it in a notebook: by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

import toolkit as tk

pytestmark = pytest.mark.long

SAMPLE = "import toolkit as tk\ncorpus = tk.sample()"
EXPLORER = (SAMPLE, "explorer = tk.explore(corpus)\nexplorer")
DASHBOARD = (SAMPLE, "explorer = tk.dashboard(corpus, ['volume', 'topic_mix'])\nexplorer")
BAD = '</style></script><script>alert(1)</script><img src=x onerror="alert(2)">'
HOSTILE = f"""
import toolkit as tk
bad = {BAD!r}
article = {{"text": bad + " talks in Geneva with Iran.", "title": bad, "outlet": bad, "url": "javascript:alert(3)", "published": "2026-01-05"}}
corpus = tk.load([article, article | {{"text": "Talks with Tehran. " + bad, "outlet": "Other"}}], topics={{bad: ["talks"]}}, progress=False)
"""
PLUGIN = """
@tk.analysis
def outlets(corpus: tk.Corpus, *, least: int = 1, fail: bool = False) -> tk.Result:
    \"\"\"How many articles each outlet has. `least` articles, or it is left out.\"\"\"
    import altair as alt
    if fail:
        raise ZeroDivisionError("by <b>nought</b>")
    frame = corpus.documents.group_by("outlet").len().filter(tk_pl.col("len") >= least).sort("outlet")
    return tk.Result(frame, alt.Chart(frame).mark_bar().encode(x="len", y="outlet"))
tk.use(outlets)
"""


@pytest.fixture
def explorer(open_notebook):
    """An explorer in a notebook, its first analysis drawn."""

    def opened(*cells, **more):
        notebook = open_notebook(*(cells or EXPLORER), **more)
        notebook.page.set_viewport_size({"width": 1500, "height": 1250})
        if more.get("app", "lab") == "lab":
            notebook.page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
        notebook.run()
        expect(notebook.outputs.locator(".tk-chart svg").first).to_be_visible()
        expect(notebook.outputs.locator(".tk-evidence tbody tr").first).to_be_visible()
        return notebook

    return opened


def caption(notebook):
    return notebook.outputs.locator(".tk-evidence .tk-caption")


def copied(notebook):
    """What "Copy as code" puts on the clipboard."""
    notebook.outputs.get_by_role("button", name="Copy as code").click()
    expect(notebook.outputs.get_by_text("Copied", exact=True)).to_be_visible()
    return notebook.page.evaluate("navigator.clipboard.readText()")


def same_by_code(notebook):
    """Whether the code that is copied gives the result and the evidence that are shown."""
    notebook.cell(copied(notebook))
    first = notebook.cell("print(next(line.split(' = ')[0] for line in explorer.code.splitlines() if ' = ' in line))")
    return notebook.cell(f"print({first}.frame.equals(explorer.result.frame), selected.equals(explorer.selected))")


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_filter_a_click_and_an_article_lead_to_code_that_gives_the_same(explorer, app):
    notebook = explorer(app=app)
    notebook.outputs.get_by_label("Corvane Wire").check()
    expect(notebook.outputs.get_by_text("31 of 95 articles")).to_be_visible()
    notebook.mark("Iran").click(position={"x": 4, "y": 4})
    expect(caption(notebook)).to_contain_text("topic Iran:")
    row = notebook.outputs.locator(".tk-evidence tbody tr").first
    said = row.locator("td").first.inner_text()
    row.click()
    reader = notebook.outputs.get_by_role("region", name="Article")
    expect(reader.locator("[aria-current]")).to_have_text(said)
    expect(reader.get_by_label("quotes")).to_be_checked()
    reader.get_by_label("entities").uncheck()
    expect(reader.locator(".tk-entities").first).to_have_css("text-decoration-line", "none")
    notebook.picture(f"explorer-{app}", ".tk-explorer")
    assert same_by_code(notebook) == "True True"
    assert (
        notebook.cell("print(set(explorer.selected['outlet']), set(explorer.selected['topic']))")
        == "{'Corvane Wire'} {'Iran'}"
    )
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_an_explorer_on_a_saved_corpus_in_the_first_cell_of_a_cold_kernel_answers(explorer, tmp_path):
    folder = str(tmp_path / "corpus")
    tk.sample().save(folder)
    notebook = explorer(f"import toolkit as tk\ncorpus = tk.open({folder!r})\nexplorer = tk.explore(corpus)\nexplorer")
    notebook.mark("Iran").click(position={"x": 4, "y": 4})
    expect(caption(notebook)).to_contain_text("topic Iran:")
    assert notebook.cell("print(set(explorer.selected['topic']))") == "{'Iran'}"
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_a_brush_over_weeks_filters_the_evidence_and_the_other_charts(explorer):
    notebook = explorer(*DASHBOARD)
    expect(notebook.outputs.locator(".tk-chart svg")).to_have_count(2)
    before = notebook.mark("Peace talks").get_attribute("aria-label")
    box = notebook.outputs.locator(".tk-chart svg").first.bounding_box()
    notebook.page.mouse.move(box["x"] + 200, box["y"] + 60)
    notebook.page.mouse.down()
    for step in range(1, 11):
        notebook.page.mouse.move(box["x"] + 200 + 20 * step, box["y"] + 60 + 10 * step)
    notebook.page.mouse.up()
    expect(caption(notebook)).to_have_text(re.compile(r"^week 2026-0\d-\d\d to 2026-0\d-\d\d: [\d,]+ sentences"))
    expect(notebook.mark("Peace talks")).not_to_have_attribute("aria-label", before)
    notebook.picture("dashboard", ".tk-explorer")
    assert same_by_code(notebook) == "True True"
    notebook.outputs.get_by_role("button", name="Keep as filter").click()
    expect(notebook.outputs.get_by_label("Published from")).not_to_have_value("")
    expect(caption(notebook)).to_contain_text("All the evidence")
    assert notebook.cell("print(sorted(explorer.where))") == "['since', 'until']"
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_the_keyboard_reaches_every_control_and_its_focus_is_seen(explorer):
    notebook = explorer()
    notebook.outputs.get_by_placeholder("words in headline or text").focus()
    reached = []
    for _ in range(60):
        name, seen = notebook.page.evaluate(
            """() => {
                const it = document.activeElement, look = getComputedStyle(it);
                const label = it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText ?? "";
                return [`${it.tagName} ${label.trim().split("\\n")[0]}`, look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0];
            }"""
        )
        reached.append(name)
        assert seen, f"the focus on {name} is not seen"
        if name.startswith("TR"):
            break
        notebook.page.keyboard.press("Tab")
    for wanted in (
        "analysis",
        "dedupe",
        "compare",
        "by",
        "measure",
        "count",
        "Numbers",
        "save as",
        "Save",
        "Add analysis",
        "Copy as code",
        "Iran",
        "Corvane Wire",
        "Clear filters",
    ):
        assert any(wanted in name for name in reached), f"{wanted} is not reached: {reached}"
    notebook.page.keyboard.press("Enter")
    expect(notebook.outputs.get_by_role("region", name="Article")).to_be_visible()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_nothing_in_it_is_closed_to_a_screen_reader_or_too_faint(explorer, theme):
    from axe_playwright_python.sync_playwright import Axe

    notebook = explorer()
    notebook.page.evaluate("(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    notebook.outputs.locator(".tk-evidence tbody tr").first.click()
    expect(notebook.outputs.get_by_role("region", name="Article").get_by_label("quotes")).to_be_visible()
    notebook.page.wait_for_function(
        "(dark) => document.body.dataset.jpThemeLight === String(!dark)", arg="Dark" in theme
    )
    notebook.picture(f"explorer-{theme.lower().split()[1]}", ".tk-explorer")
    found = Axe().run(notebook.page, context=".tk-explorer")
    assert found.violations_count == 0, found.generate_report()


def test_hostile_headlines_outlets_topics_and_addresses_do_nothing(explorer):
    notebook = explorer(HOSTILE, "explorer = tk.dashboard(corpus, ['topic_mix', 'topic_by'])\nexplorer")
    notebook.outputs.locator(".tk-evidence tbody tr").first.click()
    reader = notebook.outputs.get_by_role("region", name="Article")
    expect(reader).to_contain_text("<script>alert(1)</script>")
    notebook.outputs.locator(".tk-chart .role-mark [aria-label]").first.click()
    expect(caption(notebook)).to_contain_text("<script>")
    assert notebook.outputs.locator(".tk-explorer :is(script, img, a[href^=javascript])").count() == 0
    notebook.picture("explorer-hostile", ".tk-explorer")
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_a_plugin_of_a_cell_is_there_at_once_and_fails_in_its_own_panel(explorer):
    notebook = explorer()
    assert notebook.cell("import polars as tk_pl" + PLUGIN) == ""
    chosen = notebook.outputs.get_by_label("analysis", exact=True)
    chosen.select_option("outlets")
    expect(notebook.mark("Pellhaven Echo")).to_be_visible()
    expect(caption(notebook)).to_contain_text("outlets gave no evidence")
    notebook.outputs.get_by_role("button", name="Add analysis").click()
    expect(notebook.outputs.locator(".tk-chart svg")).to_have_count(2)
    notebook.outputs.get_by_label("fail").check()
    alert = notebook.outputs.get_by_role("alert").filter(has_text="outlets failed")
    expect(alert).to_contain_text("ZeroDivisionError: by <b>nought</b>")
    expect(notebook.outputs.locator(".tk-chart svg")).to_have_count(1)
    notebook.picture("explorer-failed", ".tk-explorer")
    assert notebook.faults == []


SLOW = """
import time
@tk.analysis
def slow(corpus: tk.Corpus, *, top: int = 1) -> tk.Result:
    \"\"\"Takes its time.\"\"\"
    for _ in range(600):
        time.sleep(0.05)
    return tk.analyses.topic_mix(corpus)
tk.use(slow)
"""


def test_what_is_slow_says_so_and_can_be_given_up(explorer):
    notebook = explorer()
    notebook.cell(SLOW)
    notebook.outputs.get_by_label("analysis", exact=True).select_option("slow")
    expect(notebook.outputs.get_by_role("progressbar", name="Progress")).to_be_visible()
    notebook.outputs.get_by_role("button", name="Cancel").click()
    expect(notebook.outputs.get_by_text("Cancelled.")).to_be_visible()
    expect(notebook.outputs.get_by_role("button", name="Run", exact=True)).to_be_visible()
    notebook.outputs.get_by_label("analysis", exact=True).select_option("volume")
    expect(notebook.outputs.locator(".tk-chart svg")).to_contain_text("Articles")
    assert notebook.faults == []
