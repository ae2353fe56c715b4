"""The house itself: imports point one way and stay light, files stay small, documents run."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = [
    "errors target deferred tables schema article theme locale kinds log encodings words parser sums resampling association vectors stages",
    "characters ledger decided boundaries contexts layout credits furniture blocks sentences entities topics copies shingles spool duplicates language dates outlets boilerplate judging content",
    "plugin registry controls charts widgets receipt",
    "loaders vetting store bucket figure panels sizing style pack fit depicted alttext card reading highlights doctor finding grouping selection progress result covering pairs voices lexicon",
    "ids shard cache manifest engine pipeline fitting renewing parts corpus loading",
    "side_by_side",
    "caller",
    "comparison discovery drafting validation explorer replay reviewing reports testing scaffold lab following session cli",
]
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names.split()}


def test_no_two_files_of_tests_share_a_name():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names), "pytest collects one of them only; those in a browser are test_live_*"


def modules():
    return sorted(
        path for path in (ROOT / "toolkit").rglob("*.py") if path.name != "__init__.py" or path.parent.name != "toolkit"
    )


def imports(path: Path):
    """The modules of ours that a file imports when it runs; those for types alone are left out."""
    tree = ast.parse(path.read_text(encoding="utf8"))
    typing = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and getattr(branch.test, "id", "") == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and id(node) not in typing
            and (node.module or "").split(".")[0] == "toolkit"
        ):
            inner = (node.module or "").split(".")[1:]
            yield from [inner[0]] if inner else [alias.name for alias in node.names]


def room(path: Path) -> str:
    return path.relative_to(ROOT / "toolkit").with_suffix("").parts[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_from_its_own_layer_or_one_above(path):
    assert room(path) in LAYER, f"{room(path)} is in no layer; give it one"
    below = [name for name in imports(path) if LAYER.get(name, 0) > LAYER[room(path)]]
    assert below == []


@pytest.mark.parametrize("folder", ["plugins", "notebooks", "examples"])
def test_plugins_and_notebooks_import_only_what_the_toolkit_exports(folder):
    for path in (ROOT / folder).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf8"))
        inner = [
            n.module
            for n in ast.walk(tree)
            if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("toolkit.")
        ]
        assert inner == [], path


def test_nothing_in_the_toolkit_imports_a_bundled_plugin():
    pattern = re.compile(r"^\s*(import|from) toolkit_", re.MULTILINE)
    assert [path for path in modules() if pattern.search(path.read_text(encoding="utf8"))] == []


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_toolkit_loads_no_plugin_and_nothing_heavy():
    loaded = loaded_by("import toolkit")
    heavy = {"polars", "altair", "spacy", "pandas", "numpy", "ipywidgets", "IPython", "anywidget", "pluggy"}
    assert loaded & heavy == set()
    assert [name for name in loaded if name.startswith("toolkit_")] == []


def test_loading_articles_imports_neither_pandas_nor_charts():
    loaded = loaded_by(
        "import toolkit as tk; tk.load(['Talks resumed in Geneva.'], recognizer='builtin', progress=False)"
    )
    assert loaded & {"altair", "spacy", "pandas", "ipywidgets"} == set()


def test_every_public_name_is_there_and_documented():
    import toolkit as tk

    assert sorted(tk.__all__) == sorted(tk.WHERE)
    for name in tk.__all__:
        value = getattr(tk, name)
        assert value is not None
        if callable(value) and name not in ("By", "Column", "Count", "Entity", "Names", "Topic"):
            assert (value.__doc__ or "").strip(), f"tk.{name} has no docstring"


def test_asking_for_what_is_not_there_says_what_is():
    import toolkit as tk

    with pytest.raises(AttributeError, match=r"toolkit has no 'lod'; it has .*load"):
        _ = tk.lod


def script(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_frames_is_the_schema():
    frames = script("frames_page")
    assert frames.PAGE.read_text(encoding="utf8") == frames.page()


def test_the_tables_of_formats_are_the_registry():
    formats = script("formats_table")
    for path in formats.PAGES:
        assert path.read_text(encoding="utf8") == formats.page(path), "run scripts/formats_table.py"


def test_the_reference_of_commands_is_the_parsers():
    commands = script("commands_page")
    assert commands.PAGE.read_text(encoding="utf8") == commands.page(), "run scripts/commands_page.py"


def test_the_page_of_what_plugins_give_is_the_plugins():
    page = script("analyses_page")
    assert page.PAGE.read_text(encoding="utf8") == page.page(), "run scripts/analyses_page.py"


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf8").splitlines()) < 120


def test_the_users_article_is_kept_as_it_came(article):
    import hashlib

    assert (
        hashlib.sha256(article.read_bytes()).hexdigest()
        == "903c5ddc6bb573071414d56dee09a053043d7d5438c2dcf360f38356816a3bc7"
    )
