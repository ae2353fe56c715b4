"""Every block of code in the documents runs, page by page, as a reader would run it; every notebook does too."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import toolkit as tk
from toolkit.registry import registry

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


BLOCK = re.compile(r'^```(python|sh)(?: title="([^"]+)")?\n(.*?)^```', flags=re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    """The blocks of Python of a page: the file that a block is to be saved as, if it has a title, and the code."""
    return [(title, code) for kind, title, code in BLOCK.findall(page.read_text(encoding="utf8")) if kind == "python"]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name)
def test_the_code_of_a_page_runs(page, tmp_path, monkeypatch, own_registry):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    names = {"__name__": page.stem}
    for number, (title, block) in enumerate(blocks(page)):
        if title:
            (tmp_path / title).parent.mkdir(exist_ok=True)
            (tmp_path / title).write_text(block, encoding="utf8")
        else:
            exec(compile(block, f"{page.name}, block {number + 1}", "exec"), names)


@pytest.mark.long
def test_a_newcomer_finishes_the_plugin_tutorial_in_a_fresh_environment(apart):
    """Every command and every line of it, in order, as a reader would, with nothing but the wheel installed."""
    page = (ROOT / "docs" / "plugin-tutorial.md").read_text(encoding="utf8")
    lines = ["set -e", f'export PATH="{apart.home}/env/bin:$PATH"']
    for kind, title, code in BLOCK.findall(page):
        run = code if kind == "sh" else f"{f'cat > {title}' if title else 'python -'} <<'END'\n{code}END"
        lines += [run]
    told = apart.run("bash", "-c", "\n".join(lines))
    assert "FAIL" not in told
    assert "on  analysis  questions" in told
    assert "session" not in told.rsplit("analysis  questions", 1)[1].split("\n", 1)[0]
    assert "How many sentences of each outlet are questions" in (apart.home / "report.html").read_text(encoding="utf8")


def test_the_numbers_of_the_page_on_topics_are_those_of_the_code():
    from toolkit.topics import chain, found, learning, weights

    page = " ".join((ROOT / "docs" / "how-topics-work.md").read_text(encoding="utf8").split())
    for said in (
        f"For `other` {found.SILENT} is put",
        f"that counts {found.LEARNED} in all",
        f"*g* = {chain.GENERAL}",
        f"{chain.HOLD[3]} within a paragraph, {chain.HOLD[2]} across paragraphs, {chain.HOLD[1]} across a heading - and *b* half of that",
        f"divided by 1 + {chain.LEAN:.0f} S",
        f"Weights below {weights.LEAST} are left out",
        f"sentence at {tk.schema.HOLDS} or more",
        f"from {learning.ENOUGH} articles on",
        f"At most {learning.SAMPLE:,} articles",
        f"fewer than {learning.TEACHERS} articles point out",
        f"More than {learning.MOST_TOPICS} topics are not learned",
    ):
        assert said in page
    assert chain.BACK == 0.5


def test_the_bounds_that_the_documents_promise_are_those_of_the_code():
    from toolkit.loaders import bounded, html, web

    security = (ROOT / "docs" / "security.md").read_text(encoding="utf8")
    assert f"at most {html.LARGEST // 2**20} MB and {html.MOST_TAGS:,} tags" in security
    assert f"members are read up to {bounded.LARGEST // 2**20} MB" in security
    assert f"{web.LARGEST // 2**20} MB, two minutes, five redirects" in security
    assert (web.TOTAL, web.REDIRECTS) == (120, 5)
    assert f"fewer than {tk.schema.FEW} articles" in (ROOT / "docs" / "intervals.md").read_text(encoding="utf8")
    tried = re.findall(r"`(test_\w+\.py)`", security)
    assert [name for name in tried if not (ROOT / "tests" / name).exists()] == []


def test_every_hookspec_is_told_of():
    from toolkit.kinds import Hooks

    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf8")
    specs = [name for name in vars(Hooks) if not name.startswith("_")]
    assert len(specs) == 4
    assert [name for name in specs if f"@tk.{name}" not in page] == []


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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_asks_a_question_at_first_and_sets_an_exercise_at_last(path):
    cells = json.loads(path.read_text(encoding="utf8"))["cells"]
    first, last = ("".join(cells[at]["source"]) for at in (0, -1))
    assert re.search(r"^# .+\n\n.*\*\*[^*]+\?\*\*", first, re.DOTALL), (
        "its first cell has a title and a question in bold"
    )
    assert last.startswith("## Exercise\n")
    links = re.findall(r"\]\(([^):]+\.ipynb)\)", last)
    assert links
    assert [link for link in links if not (path.parent / link).is_file()] == []


DOCUMENTS = "\n".join(page.read_text(encoding="utf8") for page in PAGES)


@pytest.mark.parametrize("name", tk.__all__)
def test_every_public_name_is_told_of(name):
    assert re.search(rf"\b(tk|toolkit)(\.\w+)*\.{name}\b", DOCUMENTS), f"say in docs/ what tk.{name} is for"


def test_every_command_is_told_of():
    page = (ROOT / "docs" / "command.md").read_text(encoding="utf8").split("## Every command")[0]
    commands = re.findall(r"^    (\S+)", _help().split("commands:")[1], flags=re.MULTILINE)
    assert len(commands) > 7
    assert [name for name in commands if name != "COMMAND" and f"toolkit {name}" not in page] == []


def bundled(*kinds):
    return [plugin for kind in kinds for plugin in registry.of(kind).values() if plugin.origin == "bundled"]


@pytest.mark.parametrize("plugin", bundled("analysis", "annotator", "exporter"), ids=lambda plugin: plugin.name)
def test_every_setting_is_told_of_where_its_plugin_is_or_means_the_same_everywhere(plugin):
    page = (ROOT / "docs" / "analyses.md").read_text(encoding="utf8")
    common, (_, *sections) = page.split("\n## ")[0], page.split("\n### ")
    said = next(text for text in sections if text.startswith(f"{plugin.name}\n")).split("| setting |")[0]
    assert [name for name in plugin.settings if f"`{name}`" not in said + common] == []


@pytest.mark.long
@pytest.mark.parametrize("plugin", bundled("analysis"), ids=lambda plugin: plugin.name)
def test_every_column_of_an_answer_is_named_where_its_plugin_is(plugin, sample):
    page = (ROOT / "docs" / "analyses.md").read_text(encoding="utf8")
    said = next(text for text in page.split("\n### ") if text.startswith(f"{plugin.name}\n"))
    try:
        frame = tk.analyses[plugin.name](sample).frame
    except tk.MissingExtra as error:
        pytest.skip(str(error))
    by = plugin.settings["by"].default if "by" in plugin.settings else "all"  # "the group" stands for its columns
    groups = sample.groups(by)
    assert [name for name in frame.columns if f"`{name}`" not in said and name not in groups] == []


FRAMES = ["documents", "sentences", "entities", "topics", "document_topics", "words", "copies"]
FOUND = [pytest.param(plugin.name, marks=pytest.mark.long) for plugin in bundled("annotator")]


@pytest.mark.parametrize("name", [*FRAMES, *FOUND])
def test_every_column_of_a_frame_is_told_of(name, sample):
    page = (ROOT / "docs" / "frames.md").read_text(encoding="utf8")
    section = page.split(f"\n## {name}\n")[1].split("\n## ")[0]
    assert sample.frame(name).columns == re.findall(r"^\| `(\w+)`", section, flags=re.MULTILINE)


def test_every_type_of_a_setting_is_told_of():
    from toolkit.controls import alternatives

    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf8")
    table = page.split("## Settings")[1].split("`where`, `dedupe`")[0]
    settings = [one for plugin in bundled("analysis", "annotator", "exporter") for one in plugin.settings.values()]
    kinds = {kind for one in settings if not one.choices for kind in alternatives(one.type)}
    used = {getattr(kind, "__name__", "") if kind in (bool, int, float, str, date) else str(kind) for kind in kinds}
    own = {f"tk.{name}" for name in ("Range", "Column", "Topic", "Entity", "By", "Count", "Names")} | {"Literal["}
    assert sorted(name for name in used | own if f"`{name}" not in table and name not in table) == []


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
