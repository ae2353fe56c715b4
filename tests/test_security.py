"""What the page on security says of the code itself: nothing that is shipped runs data as code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = sorted([*(ROOT / "toolkit").rglob("*.py"), *(ROOT / "plugins").rglob("*.py")])
RUNS = {"eval", "exec", "compile", "__import__"}
MODULES = {"pickle", "dill", "joblib", "shelve", "marshal", "yaml", "xmlrpc", "telnetlib", "ftplib"}


def uses(path: Path) -> set[str]:
    """The names of what a file runs or imports that can turn data into code, or hands to a shell."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Call):
            named = getattr(node.func, "id", None)
            called = ast.unparse(node.func)
            found |= {named} & RUNS
            found |= {called} & {"os.system", "os.popen", "cloudpickle.loads", "tempfile.mktemp", "re.template"}
            found |= {"shell=True" for key in node.keywords if key.arg == "shell"}
            found |= {
                "allow_pickle"
                for key in node.keywords
                if key.arg == "allow_pickle" and ast.unparse(key.value) != "False"
            }
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names} & MODULES
        if isinstance(node, ast.ImportFrom):
            found |= {(node.module or "").split(".")[0]} & MODULES
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_is_shipped_runs_data_as_code(path):
    assert uses(path) == set()


def test_the_check_would_find_it(tmp_path):
    (tmp_path / "a.py").write_text("import pickle, subprocess\nsubprocess.run('ls', shell=True)\neval('1')\n")
    assert uses(tmp_path / "a.py") == {"pickle", "shell=True", "eval"}


def test_only_text_and_escaped_markup_reach_a_page():
    """Scripts of ours set text, not HTML; the one that sets HTML gets the article as Python has escaped it."""
    setting = re.compile(r"innerHTML\s*=(?!=)|insertAdjacentHTML|document\.write|outerHTML\s*=")
    found = [
        path.name
        for path in sorted((ROOT / "toolkit").rglob("*.js"))
        if "vega" not in path.parts and setting.search(path.read_text(encoding="utf8"))
    ]
    assert found == ["reader.js"]
