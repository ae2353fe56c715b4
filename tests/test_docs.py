"""Every block of code in the documents runs, page by page, as a reader would run it; every notebook does too."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit as tk
from toolkit.registry import registry

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def blocks(page: Path) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf8"), flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name)
def test_the_code_of_a_page_runs(page, tmp_path, monkeypatch, own_registry):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    names = {"__name__": page.stem}
    for number, block in enumerate(blocks(page)):
        exec(compile(block, f"{page.name}, block {number + 1}", "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=() if path is NOTEBOOKS[0] else pytest.mark.long) for path in NOTEBOOKS],
    ids=lambda path: path.name,
)
def test_a_notebook_runs_from_top_to_bottom(path, tmp_path):
    import nbformat
    from nbclient import NotebookClient

    for folder in ("notebooks", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    book = nbformat.read(tmp_path / "notebooks" / path.name, as_version=4)
    NotebookClient(
        book, timeout=240, resources={"metadata": {"path": str(tmp_path / "notebooks")}}, store_widget_state=False
    ).execute()
    shown = [kind for cell in book.cells for output in cell.get("outputs", []) for kind in output.get("data", {})]
    assert "application/vnd.vega.v5+json" in shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_without_outputs(path):
    import nbformat

    book = nbformat.read(path, as_version=4)
    assert [cell.id for cell in book.cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)] == []


DOCUMENTS = "\n".join(page.read_text(encoding="utf8") for page in PAGES)


@pytest.mark.parametrize("name", tk.__all__)
def test_every_public_name_is_told_of(name):
    assert re.search(rf"\b(tk|toolkit)(\.\w+)*\.{name}\b", DOCUMENTS), f"say in docs/ what tk.{name} is for"


def test_every_command_is_told_of():
    page = (ROOT / "docs" / "command.md").read_text(encoding="utf8")
    commands = re.findall(r"^    (\S+)", _help().split("commands:")[1], flags=re.MULTILINE)
    assert len(commands) > 7
    assert [name for name in commands if name != "COMMAND" and f"toolkit {name}" not in page] == []


def test_every_format_that_is_written_is_told_of():
    suffixes = {suffix for plugin in registry.of("exporter").values() for suffix in plugin.declared.suffixes}
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf8")
    assert sorted(suffix for suffix in suffixes if suffix not in page) == []


def _help() -> str:
    return subprocess.run([sys.executable, "-m", "toolkit.cli", "--help"], capture_output=True, text=True).stdout


def test_the_site_of_documents_builds_without_a_warning(tmp_path):
    pytest.importorskip("mkdocs", reason="mkdocs is not installed")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").is_file()
