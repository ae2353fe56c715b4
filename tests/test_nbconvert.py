"""A notebook's figures outside JupyterLab: pages that nbconvert makes, with our template and without."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter

CODE = """import toolkit as tk
corpus = tk.load(["The talks resumed in Geneva. <script>alert(1)</script>"], topics="mission", recognizer="builtin", progress=False)
tk.analyses.topic_mix(corpus)"""


@pytest.fixture(scope="module")
def notebook():
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# The talks"), nbformat.v4.new_code_cell(CODE)]
    )
    return NotebookClient(made, timeout=120).execute()


def test_our_template_leaves_out_code_gathers_receipts_and_fetches_nothing(notebook):
    page, _ = HTMLExporter(template_name="toolkit").from_notebook_node(notebook)
    assert "The talks" in page
    assert re.search(r'<img alt="Bar chart: [^"]+" src="data:image/png;base64,', page)
    assert re.search(r"<details[^>]*><summary>The numbers</summary><pre>How much of the corpus[^<]*Peace talks", page)
    assert "import toolkit" not in page
    assert "What the figures were computed from" in page
    assert "Analysis: topic_mix" in page
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"', page) == []
    assert "<script>alert" not in page


@pytest.mark.parametrize("exporter", [HTMLExporter, MarkdownExporter])
def test_the_figure_is_a_picture_where_there_is_no_kernel_and_no_script(notebook, exporter):
    text, resources = exporter().from_notebook_node(notebook)
    assert "data:image/png" in text or any(name.endswith(".png") for name in resources["outputs"])
