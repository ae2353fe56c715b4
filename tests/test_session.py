"""What a session shows of itself: its plugins, and how it shows charts."""

import asyncio
import subprocess
import sys
import warnings

import pytest

import toolkit as tk
from toolkit import charts, following
from toolkit.tables import table


def test_the_plugins_are_listed_in_full_with_those_that_are_off(own_registry, tmp_path):
    (tmp_path / "toolkit_broken.py").write_text("raise ValueError('<b>no</b>')")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tk.use(tmp_path)
    names = tk.plugins.table()["name"].to_list()
    assert len(repr(tk.plugins).splitlines()) == len(names)
    shown = tk.plugins._repr_html_()
    assert all(f">{name}</th>" in shown for name in names)
    assert f"{len(names)} plugins, 1 of them off" in shown
    assert "&lt;b&gt;no" in shown
    assert "<b>no" not in shown


def test_a_table_escapes_all_it_is_given():
    bad = "</table><script>alert(1)</script>"
    assert "<script>" not in table([bad], [[bad, bad]], caption=bad)


def test_outside_a_notebook_the_renderer_is_text():
    assert "no notebook" in charts.renderer()


SIZE = """
import toolkit as tk

@tk.analysis
def size(corpus: tk.Corpus) -> tk.Result:
    \"\"\"How many articles there are, and {more}.\"\"\"
    return tk.Result(corpus.documents.select("doc_id"), note="{more}")
"""


@pytest.fixture
def followed(monkeypatch):
    """Nothing else is followed, and what is followed here is not for long."""
    monkeypatch.setattr(following, "_followed", {})
    monkeypatch.setattr(following, "EVERY", 0.01)


def test_a_file_that_is_followed_is_used_again_when_it_changes_and_open_explorers_follow(
    own_registry, tmp_path, followed
):
    path, corpus = tmp_path / "toolkit_size.py", tk.load(["Gas fell."], recognizer="builtin", progress=False)
    path.write_text(SIZE.format(more="x"), encoding="utf8")

    async def session():
        tk.use(path, follow=True)
        explorer = tk.explore(corpus, "size")
        notes = [explorer.result.note]
        path.write_text(SIZE.format(more="y"), encoding="utf8")  # as long as before, within the same second
        while explorer.result.note == "x":
            await asyncio.sleep(0.01)
        notes.append(explorer.result.note)
        path.write_text("1 / 0", encoding="utf8")
        with pytest.warns(RuntimeWarning, match="stays as it was: ZeroDivisionError"):
            following.look()
        notes.append(tk.analyses.size(corpus).note)
        explorer.close()
        return notes

    assert asyncio.run(asyncio.wait_for(session(), 60)) == ["x", "y", "y"]
    assert not (tmp_path / "__pycache__").exists()


def test_a_folder_is_followed_before_each_cell_of_a_notebook(tmp_path):
    (tmp_path / "toolkit_size.py").write_text(SIZE.format(more="x"), encoding="utf8")
    code = f"""
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("import toolkit as tk; tk.use({str(tmp_path)!r}, follow=True)")
(Path({str(tmp_path)!r}) / "toolkit_more.py").write_text({SIZE.replace("size", "more_of_it").format(more="y")!r})
shell.run_cell("print(tk.analyses.more_of_it)")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "How many articles there are, and y." in done.stdout, done.stderr


@pytest.mark.parametrize("what", ["a function", "a path"])
def test_only_a_path_in_a_notebook_can_be_followed(own_registry, tmp_path, what):
    @tk.analysis
    def size(corpus: tk.Corpus) -> tk.Result:
        """Size."""
        return tk.Result(corpus.documents)

    (tmp_path / "toolkit_size.py").write_text(SIZE.format(more="x"), encoding="utf8")
    with pytest.raises(tk.SettingError, match=r"can be followed|no notebook"):
        tk.use(size if what == "a function" else tmp_path, follow=True)
