"""The three tasks of docs/explore.md, by mouse alone and by the page's code alone: both give the same."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long

PAGE = (Path(__file__).parents[2] / "docs" / "explore.md").read_text("utf8")
CODE = [
    re.search(r"```python\n(.*?)```", part, re.DOTALL)[1] for part in PAGE.split("## Three tasks")[1].split("### ")[1:4]
]


@pytest.fixture
def explorer(open_notebook):
    notebook = open_notebook("import toolkit as tk\ncorpus = tk.sample()", "explorer = tk.explore(corpus)\nexplorer")
    notebook.page.set_viewport_size({"width": 1500, "height": 1400})
    notebook.run()
    expect(notebook.outputs.locator(".tk-chart svg")).to_be_visible()
    return notebook


def choose(notebook, analysis, panel=0):
    notebook.outputs.get_by_label("analysis", exact=True).nth(panel).select_option(analysis)


def bars(notebook, panel=0):
    """The bars of a panel's chart, from the top or the left."""
    return notebook.outputs.locator(".tk-panel").nth(panel).locator(".role-mark [aria-roledescription=bar]")


def both(notebook, task, *pairs):
    """Run the page's code and compare: what the explorer shows, and what the code's names hold."""
    notebook.cell(f"import os; os.makedirs('out', exist_ok=True)\n{CODE[task]}")
    return notebook.cell(
        "print(*[shown.equals(coded) for shown, coded in [" + ", ".join(f"({a}, {b})" for a, b in pairs) + "]])"
    )


def test_who_speaks_most_on_iran_and_what_they_say(explorer):
    choose(explorer, "said_by")
    topic = explorer.outputs.get_by_label("topic", exact=True)
    topic.fill("Iran")
    topic.press("Enter")
    expect(explorer.outputs.get_by_text("quotations on Iran name no speaker")).to_be_visible()
    bars(explorer).first.click()
    expect(explorer.outputs.locator(".tk-evidence .tk-caption")).to_have_text(
        re.compile("^speaker .+: 1[0-9] sentences")
    )
    explorer.picture("task-iran", ".tk-explorer")
    pairs = [("explorer.result.frame", "said.frame"), ("explorer.selected", "what")]
    assert both(explorer, 0, *pairs) == "True True"


def test_when_france_entered_the_talks_and_through_whom(explorer):
    explorer.outputs.get_by_label(re.compile("^France")).first.check()
    explorer.outputs.get_by_label("Text", exact=True).fill("talks")
    choose(explorer, "volume")
    explorer.outputs.get_by_label("per", exact=True).select_option("day")
    explorer.outputs.get_by_role("button", name="Add analysis").click()
    choose(explorer, "entity_ranking", 1)
    explorer.outputs.get_by_label("kind", exact=True).select_option("people")
    expect(explorer.outputs.locator(".tk-chart svg")).to_have_count(2)
    expect(bars(explorer, 1).first).to_be_visible()
    bars(explorer).first.click()
    expect(explorer.outputs.locator(".tk-evidence .tk-caption")).to_contain_text("day 2026-02-03:")
    expect(explorer.outputs.locator(".tk-panel").nth(1).get_by_text("Source: 1 article")).to_be_visible()
    explorer.picture("task-france", ".tk-explorer")
    pairs = [("explorer.results[0].frame", "days.frame"), ("explorer.results[1].frame", "people.frame")]
    assert both(explorer, 1, *pairs) == "True True"


def test_how_two_outlets_differ_on_the_talks_as_a_figure(explorer):
    for name in ("Peace talks", "Corvane Wire", "Brackwater Business Daily"):
        explorer.outputs.get_by_label(re.compile(f"^{name}")).first.check()
    choose(explorer, "keyness")
    expect(explorer.outputs.get_by_text("Source: 36 articles")).to_be_visible()
    file = explorer.outputs.get_by_label("save as")
    file.fill("by-mouse.svg")
    file.press("Tab")
    explorer.outputs.get_by_role("button", name="Save", exact=True).click()
    expect(explorer.outputs.get_by_text("Saved as by-mouse.svg")).to_be_visible()
    explorer.picture("task-outlets", ".tk-explorer")
    assert both(explorer, 2, ("explorer.result.frame", "words.frame")) == "True"
    assert (
        explorer.cell(
            "from pathlib import Path; print(Path('by-mouse.svg').read_bytes() == Path('out/difference.svg').read_bytes())"
        )
        == "True"
    )
