"""Every notebook from top to bottom in JupyterLab, with the network cut: nothing fails, nothing reaches out."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.long

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs_and_shows_what_it_made(open_notebook, file):
    notebook = open_notebook(file=file)
    notebook.run()
    charts = notebook.outputs.locator(":is(.jp-RenderedVegaCommon5, .vega-embed, .tk-chart) svg, img[alt]")
    expect(charts.first).to_be_attached()
    charts.first.scroll_into_view_if_needed()
    notebook.picture(f"notebook-{file.stem}", charts.first)
    assert (notebook.faults, notebook.strangers) == ([], [])


def test_a_notebook_opened_again_without_a_kernel_still_shows_its_charts_and_tables(open_notebook, reopened):
    notebook = open_notebook(file=NOTEBOOKS[0])
    notebook.run()
    again = reopened(notebook)
    live = again.outputs.locator(".jp-RenderedVegaCommon5 svg, .vega-embed svg")
    expect(live.first).to_be_visible()
    assert again.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session?.kernel ?? null") is None
    expect(live.locator(".role-mark [aria-label*=Iran]").first).to_be_attached()
    expect(again.outputs.locator("table.dataframe").first).to_be_visible()
    expect(again.outputs.get_by_text("Corpus of 1 article")).to_be_visible()
    again.picture("reopened", ".jp-OutputArea-output:has(.vega-embed)")
    assert (again.faults, again.strangers) == ([], [])
