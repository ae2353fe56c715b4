"""The workbench as an analyst uses it in JupyterLab."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long

SAMPLE = ("import toolkit as tk\ncorpus = tk.sample()", "bench = tk.workbench(corpus)\nbench")
ARTICLE = (
    "import toolkit as tk\ncorpus = tk.load('../seeds/kremlin-talks.txt', topics='mission', progress=False)",
    "bench = tk.workbench(corpus)\nbench",
)


def opened(open_notebook, cells):
    notebook = open_notebook(*cells)
    notebook.page.set_viewport_size({"width": 1500, "height": 1600})
    notebook.page.evaluate("window.jupyterapp.commands.execute('application:toggle-left-area')")
    notebook.run()
    expect(notebook.outputs.locator(".tk-chart svg")).to_have_count(2)
    return notebook


def status(notebook):
    return notebook.outputs.locator(".tk-said [role=status]")


def test_a_codebook_is_edited_compared_and_saved_by_mouse_and_keyboard(open_notebook):
    notebook = opened(open_notebook, SAMPLE)
    out = notebook.outputs
    notebook.mark("Iran").click(position={"x": 4, "y": 4})
    assert notebook.cell("print(bench.topic)") == "Iran"
    seeds = out.get_by_role("group", name="Seeds")
    word = out.get_by_placeholder("a word, a phrase")
    word.fill("sanctions")
    word.press("Enter")
    expect(seeds.get_by_role("button", name="Strike sanctions")).to_be_visible()
    caption = out.locator(".tk-caption").first
    expect(caption).to_have_text(re.compile(r"Iran: [1-9]\d* sentences won, "))
    expect(out.locator(".tk-table").first.locator("mark").first).to_be_visible()
    notebook.picture("workbench", ".tk-workbench")
    seeds.get_by_role("button", name="Strike sanctions").click()
    expect(caption).to_contain_text("Iran: 0 sentences won, 0 lost")
    out.get_by_role("button", name="Undo").click()
    expect(seeds.get_by_role("button", name="Strike sanctions")).to_be_visible()
    out.get_by_role("button", name="Suggest words").click()
    suggestion = out.get_by_role("group", name="Suggestions").get_by_role("button").first
    name = suggestion.get_attribute("aria-label").removeprefix("Add ")
    suggestion.focus()
    notebook.page.keyboard.press("Enter")
    expect(seeds.get_by_role("button", name=f"Strike {name}", exact=True)).to_be_visible()
    out.get_by_placeholder("a new topic").fill("Energy")
    out.get_by_role("button", name="Add topic").click()
    expect(out.locator(".tk-chart").first.get_by_text("Energy")).to_be_visible()
    out.get_by_role("combobox", name="Beside").select_option("before the last change")
    out.get_by_placeholder("codebook.toml").fill("mine.toml")
    out.get_by_role("button", name="Save").click()
    expect(status(notebook)).to_have_text("Saved as mine.toml.")
    assert notebook.cell("print(tk.Codebook.read('mine.toml') == bench.codebook)") == "True"
    notebook.picture("workbench-edited", ".tk-workbench")
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_it_works_on_the_article_alone(open_notebook):
    notebook = opened(open_notebook, ARTICLE)
    notebook.outputs.get_by_placeholder("a word, a phrase").fill("<img src=x onerror=alert(1)>")
    notebook.outputs.get_by_role("button", name="Add word").click()
    expect(notebook.outputs.get_by_role("group", name="Seeds")).to_contain_text("<img src=x")
    notebook.outputs.get_by_placeholder("a word, a phrase").fill("*")
    notebook.outputs.get_by_role("button", name="Add word").click()
    expect(status(notebook)).to_contain_text("has no letter or digit")
    notebook.picture("workbench-article", ".tk-workbench")
    assert notebook.faults == []
