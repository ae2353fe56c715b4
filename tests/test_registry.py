"""Plugins are found, isolated and listed; one that is broken costs nobody anything."""

import subprocess
import sys
import textwrap
import warnings
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint

import pytest

import toolkit as tk
from toolkit.errors import PluginError
from toolkit.registry import Registry

GOOD = '''
"""A plugin."""
import polars as pl
import toolkit as tk

@tk.analysis
def sizes(corpus: tk.Corpus, *, least: int = 0) -> tk.Result:
    """How long each article is."""
    return tk.Result(corpus.documents.select("doc_id", "words").filter(pl.col("words") >= least))
'''


def write(folder, name, text):
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf8")
    return path


def test_the_bundled_plugins_are_there_by_kind(own_registry: Registry):
    assert {"topic_mix", "entity_ranking", "top_words"} <= set(own_registry.of("analysis"))
    assert {"svg", "png", "pdf", "html", "csv", "vega_lite"} <= set(own_registry.of("exporter"))
    assert {"text", "memory"} <= set(own_registry.of("loader"))
    assert own_registry.off == []


def test_every_plugin_file_has_an_entry_point_and_every_entry_point_a_file():
    import tomllib
    from pathlib import Path

    root = Path(__file__).parents[1]
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf8"))["project"]["entry-points"]["toolkit"]
    files = {
        path.stem
        for path in (root / "plugins").glob("toolkit_*")
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert {module for module in told.values() if not module.startswith("toolkit.")} == files
    assert all(name.partition(".")[0] in ("analysis", "annotator", "exporter", "loader") for name in told)


def test_a_function_from_a_cell_is_used_at_once_and_one_used_again_replaces_it(own_registry: Registry):
    def first(version):
        @tk.analysis
        def sizes(corpus, *, least: int = 0):
            """How long each article is."""
            return version

        return sizes

    own_registry.use(first(1))
    own_registry.use(first(2))
    [plugin] = [p for p in own_registry.plugins if p.name == "sizes"]
    assert plugin.function(None) == 2
    assert plugin.origin == "session"


def test_a_plugin_of_the_session_goes_before_a_bundled_one_of_its_name_which_is_off_and_says_so(own_registry: Registry):
    @tk.analysis
    def top_words(corpus, *, top: int = 5):
        """Mine."""

    own_registry.use(top_words)
    assert own_registry.of("analysis")["top_words"].summary == "Mine."
    assert [(off.name, off.reason) for off in own_registry.off] == [
        ("top_words", "replaced by the one used from this session")
    ]


def test_a_folder_of_plugins_is_used_and_a_broken_file_in_it_is_off_and_listed(own_registry: Registry, tmp_path):
    write(tmp_path, "toolkit_sizes.py", GOOD)
    write(tmp_path, "toolkit_broken.py", "import nothing_of_this_name")
    write(tmp_path, "toolkit_exits.py", "raise SystemExit(3)")
    with pytest.warns(RuntimeWarning, match="broken") as told:
        own_registry.use(tmp_path)
    assert len(told) == 2
    assert "sizes" in own_registry.of("analysis")
    table = own_registry.table()
    problems = {row["name"]: row["problem"] for row in table.iter_rows(named=True) if not row["on"]}
    assert problems["broken"] == "ModuleNotFoundError: No module named 'nothing_of_this_name'"
    assert problems["exits"] == "SystemExit: 3"


def test_the_table_tells_how_long_a_plugin_took_to_load_and_an_analysis_to_run(own_registry: Registry, tmp_path):
    own_registry.use(write(tmp_path, "toolkit_sizes.py", "import time\ntime.sleep(0.02)\n" + GOOD))

    @tk.analysis
    def at_once(corpus: tk.Corpus) -> tk.Result:
        """Nothing."""
        return tk.Result(corpus.documents.head(0))

    own_registry.use(at_once)
    tk.analyses.sizes(tk.load(["Gas fell."], recognizer="builtin", progress=False))
    told = {row["name"]: row for row in own_registry.table().iter_rows(named=True)}
    assert told["sizes"]["loaded"] >= 0.02
    assert told["sizes"]["ran"] > 0
    assert (told["at_once"]["loaded"], told["at_once"]["ran"]) == (None, None)
    assert told["topic_mix"]["loaded"] > 0


def test_a_wrong_signature_is_refused_with_plugin_and_argument_named(own_registry: Registry):
    @tk.analysis
    def odd(corpus, extra, *, top: int = 1):
        """Odd."""

    with pytest.raises(PluginError, match=r"analysis odd has a wrong signature.*extra"):
        own_registry.use(odd)
    assert "odd" not in own_registry.of("analysis")


@pytest.mark.parametrize("thing", [len, 3, "no/such/folder"])
def test_what_is_no_plugin_is_refused(own_registry: Registry, thing):
    with pytest.raises((PluginError, FileNotFoundError), match=r"plugin"):
        own_registry.use(thing)


def test_imported_functions_are_not_taken_for_a_files_own(own_registry: Registry, tmp_path, monkeypatch):
    write(tmp_path, "toolkit_sizes.py", GOOD)
    write(
        tmp_path,
        "toolkit_other.py",
        "from toolkit_sizes import sizes\nimport toolkit as tk\n@tk.analysis\ndef other(corpus):\n    '''Other.'''",
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert [plugin.name for plugin in own_registry.use(tmp_path / "toolkit_other.py")] == ["other"]


def test_asking_for_loaders_imports_no_analysis():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from toolkit.registry import registry; registry.of('loader'); print(sorted(sys.modules))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "toolkit_topic_mix" not in done.stdout
    assert "'altair'" not in done.stdout


def test_plugins_are_switched_off_by_name_before_import(monkeypatch):
    monkeypatch.setenv("TOOLKIT_WITHOUT", "topic_mix, pictures")
    fresh = Registry()
    assert "topic_mix" not in fresh.of("analysis")
    assert "svg" not in fresh.of("exporter")
    assert {off.name for off in fresh.off} == {"topic_mix", "pictures"}


def test_plugins_of_the_folder_are_switched_off_by_name_too(monkeypatch, tmp_path):
    write(tmp_path, "toolkit_mine.py", GOOD)
    monkeypatch.setenv("TOOLKIT_PLUGINS", str(tmp_path))
    assert "sizes" in Registry().of("analysis")
    monkeypatch.setenv("TOOLKIT_WITHOUT", "sizes")
    assert "sizes" not in Registry().of("analysis")


def test_a_plugin_that_is_a_package_is_used_from_its_folder_and_from_that_folder_s(own_registry: Registry, tmp_path):
    (tmp_path / "toolkit_mine").mkdir()
    write(tmp_path / "toolkit_mine", "counting.py", "NAME = 'mine'")
    write(tmp_path / "toolkit_mine", "__init__.py", "from toolkit_mine.counting import NAME\n" + GOOD)
    for place in (tmp_path, tmp_path / "toolkit_mine"):
        assert [plugin.name for plugin in own_registry.use(place)] == ["sizes"]


def test_a_file_of_a_folder_that_is_broken_later_stays_as_it_was(own_registry: Registry, tmp_path):
    write(tmp_path, "toolkit_mine.py", GOOD)
    own_registry.use(tmp_path)
    write(tmp_path, "toolkit_mine.py", "1 / 0")
    with pytest.warns(RuntimeWarning, match="stays as it was: ZeroDivisionError"):
        own_registry.use(tmp_path)
    assert own_registry.table().filter(name="sizes")["on"].to_list() == [True]


def test_a_plugin_may_not_have_the_name_of_a_module_of_python(own_registry: Registry, tmp_path):
    write(tmp_path, "colorsys.py", GOOD)
    with pytest.raises(PluginError, match="the name of a module of Python's own"):
        own_registry.use(tmp_path / "colorsys.py")


def test_strict_mode_raises_what_is_else_isolated(own_registry: Registry, tmp_path, monkeypatch):
    monkeypatch.setenv("TOOLKIT_STRICT", "1")
    write(tmp_path, "toolkit_broken.py", "1 / 0")
    with pytest.raises(ZeroDivisionError):
        own_registry.use(tmp_path)


def test_a_folder_named_in_the_environment_is_loaded_and_nothing_else_in_the_current_one(tmp_path):
    write(tmp_path, "toolkit_sizes.py", GOOD)
    there = "import toolkit as tk; print('sizes' in dir(tk.analyses))"

    def run(**env):
        done = subprocess.run(
            [sys.executable, "-c", there],
            cwd=tmp_path,
            env={"PATH": "/usr/bin", **env},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert run(TOOLKIT_PLUGINS=str(tmp_path)) == "True\n"
    assert run() == "False\n"


def test_loading_the_installed_plugins_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Registry().load()


def test_who_asks_while_another_thread_loads_waits_and_sees_every_plugin(tmp_path, monkeypatch):
    write(tmp_path, "slow_kind.py", "import time\ntime.sleep(0.5)\n" + GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(
        "toolkit.registry.entry_points", lambda **_: [EntryPoint("analysis.sizes", "slow_kind", "toolkit")]
    )
    fresh = Registry()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: list(fresh.of("analysis")), range(4))) == [["sizes"]] * 4


def test_a_module_with_an_entry_point_for_each_of_its_kinds_is_used_once(tmp_path, monkeypatch):
    more = '\n@tk.exporter(suffixes=(".odd",))\ndef odd(result, path):\n    """Nothing of use."""\n    return path\n'
    write(tmp_path, "two_kinds.py", GOOD + more)
    monkeypatch.syspath_prepend(tmp_path)
    entries = [EntryPoint(name, "two_kinds", "toolkit") for name in ("analysis.two_kinds", "exporter.two_kinds")]
    monkeypatch.setattr("toolkit.registry.entry_points", lambda **_: entries)
    fresh = Registry()
    assert list(fresh.of("exporter")) == ["odd"]
    assert list(fresh.of("analysis")) == ["sizes"]
    assert fresh.off == []


def test_what_is_given_up_while_it_loads_is_loaded_when_next_asked_for(own_registry: Registry, monkeypatch):
    fresh, load = Registry(), Registry._load_entry

    def given_up(self, entry, without):
        if entry.name == "annotator.places":
            raise KeyboardInterrupt
        load(self, entry, without)

    monkeypatch.setattr(Registry, "_load_entry", given_up)
    with pytest.raises(KeyboardInterrupt):
        fresh.of("annotator")
    monkeypatch.setattr(Registry, "_load_entry", load)
    assert {"dates", "events", "places", "quotes"} <= set(fresh.of("annotator"))
