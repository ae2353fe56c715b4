"""The widgets as a reader uses them: by mouse and by keyboard, in a real JupyterLab."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long

LINKED = """
import altair as alt, polars as pl
from toolkit.widgets import view
mix = pl.DataFrame({"topic": ["Iran", "France", "Peace talks"], "share": [0.5, 0.3, 0.2]})
evidence = pl.DataFrame({
    "doc_id": "a", "sent_id": range(90), "topic": ["Iran", "France", "Peace talks"] * 30,
    "text": [f"Sentence {i}" for i in range(90)], "title": "Headline",
})
def behind(picked):
    return evidence.filter([pl.col(key) == value for key, value in picked.items()] or pl.lit(True))
bars = alt.Chart(mix).mark_bar().encode(x="share", y="topic", color="topic")
plain = alt.Chart(mix).encode(x="share", y="topic")
shown = view(bars, behind, ["topic"])
shown
"""
LONG = """
import polars as pl
from toolkit.widgets import Table
rows = pl.DataFrame({"text": [f"Sentence {i:05d}" for i in range(100_000)], "weight": [i / 100_000 for i in range(100_000)]})
table = Table(rows)
table
"""
HOSTILE = """
import polars as pl
from toolkit.widgets import Table
bad = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
Table(pl.DataFrame({
    "text": [bad + " \U0001f600 Iran"], "title": ["</style><script>alert(3)</script>"], "url": ["javascript:alert(4)"],
    bad: [bad], "marks": [[{"start": len(bad) + 3, "end": len(bad) + 7, "kind": '"><script>alert(5)</script>'}]],
}), caption=bad)
"""
BRUSHED = """
import altair as alt, polars as pl
from datetime import date
from toolkit.widgets import ChartView
days = pl.DataFrame({"day": [date(2026, 1, d) for d in range(1, 29)], "articles": range(28)})
told = []
brush = alt.selection_interval(name="brush", encodings=["x"])
brushed = ChartView(alt.Chart(days).mark_bar().encode(x="day:T", y="articles:Q").add_params(brush))
brushed.observe(lambda change: told.append(change["new"]), "selection")
clicked = ChartView(alt.Chart(days).mark_circle(size=90).encode(x="day:T", y="articles:Q"), keys=["day"])
named = ChartView(alt.Chart(alt.NamedData("rows")).mark_bar().encode(x="n:Q", y="topic:N"), keys=["topic"])
named.data("rows", pl.DataFrame({"topic": ["Old"], "n": [1]}))
"""


def said(notebook, code):
    """What an expression is in the kernel, through JSON."""
    return json.loads(notebook.cell(f"import json; print(json.dumps({code}, default=str))"))


def soon(notebook, code):
    """What an expression is in the kernel as soon as it is something."""
    for _ in range(100):
        if value := said(notebook, code):
            return value
        notebook.page.wait_for_timeout(50)
    raise AssertionError(f"{code} is still {value!r}")


def test_a_click_on_a_mark_shows_its_evidence_and_a_second_click_all_of_it(open_notebook):
    notebook = open_notebook(LINKED)
    notebook.run()
    caption, rows = notebook.outputs.locator(".tk-caption"), notebook.outputs.locator(".tk-table tbody tr")
    expect(rows).to_have_count(60)
    notebook.mark("Iran").click(position={"x": 4, "y": 4})
    expect(caption).to_have_text("topic Iran: 30 sentences")
    expect(rows).to_have_count(30)
    expect(rows.first).to_contain_text("Sentence 0")
    assert said(notebook, "[shown.selection, shown.selected.height]") == [{"topic": "Iran"}, 30]
    notebook.picture("linked", ".jp-OutputArea-output")
    notebook.mark("Iran").click(position={"x": 4, "y": 4})
    expect(caption).to_have_text(re.compile("All the evidence: 90 sentences"))
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_marks_are_picked_by_keyboard(open_notebook):
    notebook = open_notebook(LINKED)
    notebook.run()
    caption = notebook.outputs.locator(".tk-caption")
    stops = notebook.outputs.locator('.tk-chart [tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    notebook.page.keyboard.press("ArrowRight")
    notebook.page.keyboard.press("Enter")
    expect(caption).to_have_text(re.compile("^topic (Iran|France|Peace talks): 30 sentences"))
    picked = said(notebook, "shown.selection")["topic"]
    assert picked in notebook.page.evaluate("document.activeElement.getAttribute('aria-label')")
    notebook.page.keyboard.press("Escape")
    expect(caption).to_have_text(re.compile("All the evidence"))


def test_a_hundred_thousand_rows_are_paged_sorted_searched_selected_and_copied(open_notebook):
    notebook = open_notebook(LONG)
    notebook.run()
    table = notebook.outputs.locator(".tk-table")
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(60)
    expect(table.get_by_role("grid")).to_have_attribute("aria-rowcount", "100001")
    table.get_by_role("button", name="Last").click()
    expect(rows.last).to_contain_text("Sentence 99999")
    table.get_by_role("button", name="Weight").click()
    table.get_by_role("button", name="Weight").click()
    expect(table.get_by_role("columnheader", name="Weight")).to_have_attribute("aria-sort", "descending")
    expect(rows.first).to_contain_text("Sentence 99999")
    table.get_by_role("searchbox").fill("sentence 0012")
    expect(rows).to_have_count(10)
    expect(rows.first.locator("mark")).to_have_text("Sentence 0012")
    rows.first.focus()
    for key in ("ArrowDown", "Enter", "Shift+ArrowDown", "Control+c"):
        notebook.page.keyboard.press(key)
    expect(table.locator(".tk-where")).to_have_text("2 rows copied")
    assert said(notebook, "table.selected['text'].to_list()") == ["Sentence 00127", "Sentence 00128"]
    copied = notebook.page.evaluate("navigator.clipboard.readText()")
    assert copied == "text\tweight\nSentence 00127\t0.00127\nSentence 00128\t0.00128"
    notebook.picture("table", ".jp-OutputArea-output")
    notebook.cell("table.frame = pl.DataFrame({'text': ['Another']})")
    expect(rows).to_have_count(1)
    assert notebook.faults == []


def test_hostile_text_stays_text(open_notebook):
    notebook = open_notebook(HOSTILE)
    notebook.run()
    table = notebook.outputs.locator(".tk-table")
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table.locator("mark")).to_have_text("Iran")
    assert table.locator("img, script, a").count() == 0
    assert notebook.faults == []


def test_a_brush_gives_an_interval_a_dot_its_day_and_new_rows_are_drawn(open_notebook):
    notebook = open_notebook(BRUSHED, "brushed", "clicked", "named")
    notebook.run()
    charts = notebook.outputs.locator(".tk-chart")
    expect(charts.locator("svg")).to_have_count(3)
    box = charts.nth(0).locator("svg .background").first.bounding_box()
    notebook.page.mouse.move(box["x"] + 100, box["y"] + 50)
    notebook.page.mouse.down()
    for step in range(1, 41):
        notebook.page.mouse.move(box["x"] + 100 + 4 * step, box["y"] + 80)
    notebook.page.mouse.up()
    assert soon(notebook, "brushed.selection")
    low, high = said(notebook, "brushed.selection")["day"]
    assert low < high
    assert said(notebook, "[type(one).__name__ for one in brushed.selection['day']]") == ["datetime", "datetime"]
    assert said(notebook, "len(told)") <= 4
    charts.nth(1).locator('.role-mark [aria-label*="articles: 9"]').click()
    assert soon(notebook, "clicked.selection") == {"day": "2026-01-10 00:00:00"}
    expect(charts.nth(2).locator('[aria-label*="Old"]').last).to_be_visible()
    notebook.cell("named.data('rows', [{'topic': 'New', 'n': 2}])")
    expect(charts.nth(2).locator('.role-mark [aria-label*="New"]')).to_be_visible()
    assert notebook.faults == []


CLIPPED = """
import toolkit as tk
tk.notebook()
clip = alt.Chart(days).mark_bar(clip=True).encode(x="day:T", y="articles:Q")
asked = set()
views = [ChartView(clip) for _ in range(3)]
for one in views:
    one.on_msg(lambda widget, content, buffers: asked.add(widget.model_id))
"""


def test_one_vega_serves_every_live_chart_and_shares_no_id_with_jupyterlabs(open_notebook):
    notebook = open_notebook(BRUSHED + CLIPPED, "clip", "views[0]", "views[1]", "clip", "views[2]")
    notebook.run()
    expect(notebook.outputs.locator("svg.marks")).to_have_count(5)
    assert said(notebook, "len(asked)") == 1  # perhaps more than once, on a busy machine
    ids = notebook.page.evaluate("[...document.querySelectorAll('.jp-OutputArea svg [id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids)) == 5
    assert notebook.faults == []


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_labels_can_be_read_in_either_theme(open_notebook, theme):
    labels = "plain.mark_text(align='left', dx=4).encode(text='topic:N')"
    notebook = open_notebook(
        LINKED + "import toolkit as tk\ntk.notebook()", "shown", f"alt.layer(plain.mark_bar(), {labels})"
    )
    notebook.page.evaluate("(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
    notebook.run()
    expect(notebook.outputs.locator("svg.marks")).to_have_count(2)
    notebook.page.wait_for_function(
        """(dark) => [...document.querySelectorAll(".jp-OutputArea svg.marks text")].every((text) => {
            const [red, green, blue] = getComputedStyle(text).fill.match(/\\d+/g).map(Number);
            return red + green + blue > 384 === dark;
        })""",
        arg="Dark" in theme,
    )
    notebook.picture(theme.lower().replace(" ", "-"), ".jp-Notebook")
