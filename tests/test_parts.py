"""A corpus too large for memory: the frames of one that is not, whoever does the work and wherever the shards are left."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import parts, pipeline, schema

TOWNS = ["Geneva", "Ostmere", "Brackwater", "Vantry", "Corvane", "Lund", "Abu Dhabi", "Bern", "Oslo", "Riga"]
PLEA = "Sign up for our morning letter and never miss a story again."
ARTICLES = [
    {
        "id": f"{n // 2 if n % 10 == 9 else n}",
        "title": f"Ferry {n}",
        "text": f"The ferry from {town} to {TOWNS[n % 7]} is late on day {n // 4}, said Ms Dorn of the town. France was told of the delay.\n\n{PLEA}",
        "outlet": ("Echo", "Gazette")[n % 2],
        "published": f"2026-02-{n % 27 + 1:02}",
    }
    for n, town in enumerate(TOWNS * 4)
]


@pytest.fixture
def large(monkeypatch):
    """Two shards are many."""
    monkeypatch.setattr(pipeline, "SHARD_ARTICLES", 3)
    monkeypatch.setattr(pipeline, "IN_MEMORY", 2)
    monkeypatch.setattr(parts, "SHARDS", 2)


def load(**given) -> tk.Corpus:
    return tk.load(ARTICLES, **{"recognizer": "builtin", "progress": False, "executor": 1} | given)


def same(one: tk.Corpus, other: tk.Corpus) -> None:
    for name in (*schema.CORE, "mentions", "set_aside", "sketches", "words"):
        assert_frame_equal(one.frame(name), other.frame(name), check_exact=True)
    assert_frame_equal(one.problems, other.problems)
    assert one.fingerprint == other.fingerprint


@pytest.fixture(scope="module")
def small() -> dict[str, tk.Corpus]:
    return {dedupe: load(dedupe=dedupe) for dedupe in ("mark", "drop", "off")}


@pytest.mark.parametrize("dedupe", ["mark", "drop", "off"])
def test_what_is_left_on_disk_is_what_is_held_in_memory(small, large, dedupe):
    same(load(dedupe=dedupe), small[dedupe])


def test_so_it_is_with_a_cache_with_threads_and_when_it_goes_on(small, large, tmp_path):
    same(load(cache=tmp_path / "cache"), small["mark"])
    same(load(cache=tmp_path / "cache"), small["mark"])
    same(load(executor=lambda: ThreadPoolExecutor(2)), small["mark"])


@pytest.mark.long
def test_so_it_is_with_processes(small, large):
    same(load(executor=2), small["mark"])


def test_what_was_left_on_disk_is_saved_opened_chosen_from_and_added_to(small, large, tmp_path):
    corpus = load()
    same(tk.open(corpus.save(tmp_path / "corpus")), small["mark"])
    assert_frame_equal(corpus.where(outlet="Echo").entities, small["mark"].where(outlet="Echo").entities)
    more = [{"id": "new", "text": "The tram to Lund runs again."}]
    same(corpus.add(more, progress=False), small["mark"].add(more, progress=False))


def test_a_folder_that_the_workers_do_not_share_is_told_in_one_sentence(large, tmp_path):
    class Elsewhere(ThreadPoolExecutor):
        def submit(self, function, /, *given, **settings):
            def gone(*given):
                made = function(*given)
                for path in Path(tmp_path).glob("*/"):
                    shutil.rmtree(path)
                return made

            return super().submit(gone, *given, **settings)

    with pytest.raises(tk.ToolkitError, match="a cache that all machines share"):
        load(cache=tmp_path, executor=lambda: Elsewhere(1))


def test_frames_left_on_disk_are_gone_when_the_process_ends(tmp_path):
    import subprocess
    import sys

    script = (
        "import toolkit as tk\nfrom toolkit import pipeline\npipeline.SHARD_ARTICLES = pipeline.IN_MEMORY = 2\n"
        "corpus = tk.load([f'Ferry {n} is late.' for n in range(12)], recognizer='builtin', executor=1, progress=False)\n"
        "from pathlib import Path; import tempfile\n"
        "print(len(corpus), len(list(Path(tempfile.gettempdir()).glob('.toolkit-*'))))"
    )
    done = subprocess.run([sys.executable, "-c", script], env={"TMPDIR": str(tmp_path), "PATH": ""}, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.stdout == "12 1\n", done.stderr
    assert list(tmp_path.glob(".toolkit-*")) == []
