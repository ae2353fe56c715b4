"""Notebooks as pages of the documents: what their cells put out is shown, and text stays text."""

import base64
import importlib.util
import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("notebook_pages", ROOT / "scripts" / "notebook_pages.py")
notebook_pages = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(notebook_pages)
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": "Explorer()"}


def cell(source: str, *outputs: dict, kind: str = "code") -> dict:
    return {"cell_type": kind, "source": source, "outputs": list(outputs)}


def shown(data: dict, **metadata: dict) -> dict:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def page(*cells: dict) -> tuple[str, dict[str, bytes]]:
    pictures: dict[str, bytes] = {}
    return notebook_pages.page({"cells": [cell("# Talks", kind="markdown"), *cells]}, "01", pictures), pictures


def test_a_chart_is_its_picture_with_its_description():
    data = {"image/png": base64.b64encode(DOT).decode(), "text/plain": "Share", "application/vnd.vega.v5+json": {}}
    text, pictures = page(cell("mix", shown(data, **{"image/png": {"alt": 'Bars "<of>" topics', "width": 300}})))
    assert '<img src="../01-1.png" alt="Bars &quot;&lt;of&gt;&quot; topics" width="300"' in text
    assert pictures == {"01-1.png": DOT}


def test_a_table_is_one_block_of_html_and_text_is_fenced():
    text, _ = page(
        cell("frame", shown({"text/html": "<table>\n\n<tr><td>&lt;b&gt;</td></tr></table>", "text/plain": "x"})),
        cell("print()", {"output_type": "stream", "text": "a ``` b\n<script>"}),
    )
    assert '<div class="nb-output"><table>\n<tr><td>&lt;b&gt;</td></tr></table></div>' in text
    assert "````text\na ``` b\n<script>\n````" in text


def test_an_application_is_a_remark_and_a_long_print_is_cut():
    text, _ = page(
        cell("explorer", shown(WIDGET)),
        cell("many", {"output_type": "stream", "text": ["line\n"] * 100}),
    )
    assert "Alive in a notebook" in text
    assert "Explorer()" not in text
    assert "... 60 more lines" in text


def test_a_link_to_another_notebook_leads_to_its_page():
    text, _ = page(cell("Next: [02 Loading](02_loading.ipynb)", kind="markdown"))
    assert "[02 Loading](02_loading.md)" in text


def test_every_notebook_has_its_place_in_the_menu():
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf8")
    assert [
        name for name in notebook_pages.NOTEBOOKS.glob("*.ipynb") if f"- notebooks/{name.stem}.md" not in menu
    ] == []


def test_a_notebook_that_was_changed_since_it_ran_is_shown_without_outputs(tmp_path, monkeypatch):
    file = notebook_pages.NOTEBOOKS / "01_first_look.ipynb"
    book = json.loads(file.read_text(encoding="utf8"))
    book["cells"][1]["outputs"] = [{"output_type": "stream", "text": "This was put out."}]
    (tmp_path / file.name).write_text(json.dumps(book), encoding="utf8")
    monkeypatch.setattr(notebook_pages, "EXECUTED", tmp_path)
    made = dict(notebook_pages.pages())["notebooks/01_first_look.md"]
    assert "This was put out." in made
    book["cells"][1]["source"] += "# changed"
    (tmp_path / file.name).write_text(json.dumps(book), encoding="utf8")
    made = dict(notebook_pages.pages())["notebooks/01_first_look.md"]
    assert "This was put out." not in made
    assert notebook_pages.BARE in made


@pytest.mark.long
def test_the_site_shows_charts_tables_and_prose_of_notebooks_that_ran(tmp_path):
    executed, site = tmp_path / "executed", tmp_path / "site"
    for name in ("01_first_look", "06_explore"):
        notebook_pages.execute(notebook_pages.NOTEBOOKS / f"{name}.ipynb", executed)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "TOOLKIT_NOTEBOOKS": str(executed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first = (site / "notebooks" / "01_first_look" / "index.html").read_text(encoding="utf8")
    pictures = re.findall(r'<img src="\.\./([^"]+)" alt="([^"]+)"', first)
    assert pictures
    for file, told in pictures:
        assert (site / "notebooks" / file).stat().st_size > 5_000
        assert unescape(told).startswith("Bar chart:")
    assert '<table border="1" class="dataframe">' in first
    assert "Corpus of 1 article" in first
    assert str(tmp_path) not in first
    assert notebook_pages.BARE.strip("*").split(":")[0] not in first
    assert "Alive in a notebook" in (site / "notebooks" / "06_explore" / "index.html").read_text(encoding="utf8")
    assert (site / "notebooks" / "01_first_look.ipynb").is_file()
