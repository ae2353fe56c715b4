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
    notebook.picture(f"notebook-{file.stem}")
    assert (notebook.faults, notebook.strangers) == ([], [])
