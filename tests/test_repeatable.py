"""The same corpus gives the same answers, whatever the process."""

import subprocess
import sys
from pathlib import Path

import pytest
from generate import articles

import toolkit as tk
from toolkit.registry import registry

SAID = """
import hashlib, json, sys, warnings
import polars as pl
import toolkit as tk
from toolkit.registry import registry

def told(what):
    words = json.dumps(what.rows(), default=str) if isinstance(what, pl.DataFrame) else json.dumps(what, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:12]

warnings.simplefilter("ignore")
corpus = tk.open(sys.argv[1])
halves = corpus.where(outlet="Corvane Wire"), corpus.where(outlet="The Ostmere Chronicle")
asked = {name: lambda name=name: tk.analyses[name](corpus) for name in registry.of("analysis")}
for name, ask in {**asked, "compare": lambda: tk.compare(*halves)}.items():
    result = ask()
    print(name, told(result.frame), "" if result.evidence is None else told(result.sentences()), told(result.spec))
"""


@pytest.mark.long
def test_two_processes_give_every_analysis_the_same_frame_sentences_and_chart(tmp_path: Path) -> None:
    made = [{key: value for key, value in one.items() if key != "truth"} for one in articles(600, words=80, copies=0.2)]
    corpus = tk.load(
        [*tk.sample().documents.select("title", "text", "outlet", "published").to_dicts(), *made],
        recognizer="builtin",
        progress=False,
    )
    corpus.save(tmp_path / "corpus", frames=[*registry.of("annotator")])
    command = [sys.executable, "-c", SAID, str(tmp_path / "corpus")]
    one, other = (
        subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    )
    assert one.count("\n") == len(registry.of("analysis")) + 1
    assert one.splitlines() == other.splitlines()
