"""The first notebook from end to end, as a newcomer runs it in JupyterLab."""

from pathlib import Path

from playwright.sync_api import expect

FIRST = Path(__file__).parents[2] / "notebooks" / "01_first_look.ipynb"


def test_the_first_notebook_runs_offline_and_a_click_on_a_bar_shows_its_sentences(open_notebook):
    notebook = open_notebook(file=FIRST)
    notebook.run()
    rows, caption = notebook.outputs.locator(".tk-table tbody tr"), notebook.outputs.locator(".tk-caption")
    expect(notebook.outputs.locator(".jp-RenderedVegaCommon5 svg, .vega-embed svg").first).to_be_visible()
    expect(caption).to_contain_text("All the evidence")
    before = rows.all_inner_texts()
    notebook.mark("Iran").click(position={"x": 4, "y": 4})
    expect(caption).to_contain_text("topic Iran")
    behind = notebook.cell("print('\\n'.join(mix.sentences(topic='Iran')['text'].to_list()))").splitlines()
    expect(rows).to_have_count(len(behind))
    after = rows.all_inner_texts()
    assert [row.split("\t")[0].strip() for row in after] == behind
    assert 0 < len(after) < len(before)
    rows.first.scroll_into_view_if_needed()
    notebook.picture("first-look", ".jp-OutputArea-output:has(.tk-table)")
    assert (notebook.faults, notebook.strangers) == ([], [])
