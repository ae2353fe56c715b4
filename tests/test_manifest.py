"""A load that was stopped goes on where it was: nothing is done twice, nothing is lost, and nothing stale is taken."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import pipeline, schema

TOWNS = ["Geneva", "Ostmere", "Brackwater", "Vantry", "Corvane", "Lund", "Abu Dhabi", "Bern", "Oslo", "Riga"]
FRAMES = [*schema.CORE]


def nobody(texts):
    return [[] for _ in texts]


class Stops:
    """A recogniser that is asked so many times and then stops everything, as Ctrl-C does."""

    def __init__(self, asks):
        self.asks = asks

    def __call__(self, texts):
        self.asks -= 1
        if self.asks < 0:
            raise KeyboardInterrupt
        return nobody(texts)

    def __reduce__(self):
        return (Stops, (0,))  # so that all of them are one version


@pytest.fixture
def opened(monkeypatch):
    """The files that were opened since it was last cleared."""
    names = []
    before = tk.Source.open
    monkeypatch.setattr(tk.Source, "open", lambda self: names.append(self.name.rsplit("/", 1)[-1]) or before(self))
    monkeypatch.setattr("toolkit.pipeline.SHARD_ARTICLES", 3)
    return names


def folder(place, files=8):
    """Texts, a table of five articles, one bad file, one copy."""
    place.mkdir()
    for n in range(files):
        (place / f"{n}.txt").write_text(f"The ferry to {TOWNS[n]} is late.", encoding="utf8")
    (place / "3.csv").write_text("title,text\n" + "".join(f"Row {n},Tram {n} to {TOWNS[n]} runs.\n" for n in range(5)))
    (place / "4.txt").write_bytes(b"")
    (place / "6.txt").write_text("The ferry to Geneva is late.", encoding="utf8")
    return place


def load(source, **given):
    return tk.load(source, **{"recognizer": nobody, "progress": False, "executor": 1} | given)


def same(one, other):
    for name in FRAMES:
        assert_frame_equal(one.frame(name), other.frame(name))
    assert_frame_equal(one.problems, other.problems)


def test_what_is_kept_is_not_read_again(tmp_path, opened):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    first = load(place, cache=cache)
    assert "3.csv" in opened
    opened.clear()
    same(load(place, cache=cache), first)
    assert opened == []
    same(load(place), first)


@pytest.mark.parametrize("asks", range(1, 4))
def test_a_load_that_was_stopped_reads_on_from_where_it_was(tmp_path, opened, asks):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    with pytest.raises(KeyboardInterrupt):
        load(place, cache=cache, recognizer=Stops(asks))
    opened.clear()
    again = load(place, cache=cache, recognizer=Stops(100))
    assert opened[0] != "0.txt"
    same(again, load(place))


@pytest.mark.parametrize(
    ("change", "read"),
    [
        (lambda place: (place / "7.txt").write_text("The ferry is on time."), ["7.txt"]),
        (lambda place: (place / "8.txt").write_text("The last ferry."), ["8.txt"]),
        (lambda place: (place / "5.txt").unlink(), ["6.txt", "7.txt"]),
        (lambda place: (place / "README.txt").write_text("Passed over."), []),
    ],
    ids=["a file changes", "one is added", "one is taken away", "one is passed over"],
)
def test_files_before_a_change_are_not_read_again_and_those_behind_it_are(tmp_path, opened, change, read):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    load(place, cache=cache)
    opened.clear()
    change(place)
    again = load(place, cache=cache)
    assert set(read) <= set(opened)
    assert not set(opened) & {"0.txt", "1.txt", "2.txt"}
    same(again, load(place))


def test_a_file_that_is_written_anew_with_as_many_bytes_is_read_again(tmp_path):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    load(place, cache=cache)
    path = place / "1.txt"
    before = path.stat()
    path.write_text(path.read_text().replace("late", "lost"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert "lost" in load(place, cache=cache).documents["text"].str.join("").item()


@pytest.mark.parametrize("settings", [{"columns": {"text": "title"}}, {"language": "fr"}, {"recognizer": "builtin"}])
def test_other_settings_are_another_load(tmp_path, settings):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    load(place, cache=cache)
    same(load(place, cache=cache, **settings), load(place, **settings))


def test_a_manifest_says_what_was_loaded_how_and_how_far(tmp_path, opened):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    corpus = load(place, cache=cache)
    [path] = cache.glob("*.jsonl")
    told, *lines = [json.loads(line) for line in path.read_text().splitlines() if line]
    assert told["given"] == str(place)
    assert {"format", "settings", "stages", "recognizer", "language", "loaders"} <= told.keys()
    shards = [line for line in lines if line["name"]]
    assert [line["number"] for line in lines] == [*range(len(lines))]
    assert len(shards) == -(-len(corpus) // 3)
    assert shards[1]["source"].endswith("3.csv")
    assert shards[1]["read"][1] == 3
    assert {folder.name for folder in cache.iterdir() if folder.is_dir()} == {line["name"] for line in shards}


def test_a_half_written_line_or_shard_is_none(tmp_path):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    first = load(place, cache=cache)
    [path] = cache.glob("*.jsonl")
    whole = path.read_bytes()
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        same(load(place, cache=cache), first)
    for shard in [folder for folder in cache.iterdir() if folder.is_dir()]:
        (shard / "sentences.parquet").write_bytes(b"PAR1")
        same(load(place, cache=cache), first)
        assert (shard / "sentences.parquet").stat().st_size > 4
    shutil.rmtree(cache)
    same(load(place, cache=cache), first)


def test_articles_in_memory_have_no_manifest_and_are_kept_by_what_they_are(tmp_path):
    texts = ["The ferry is late.", "The tram is not."]
    first = load(texts, cache=tmp_path)
    assert [*tmp_path.glob("*.jsonl")] == []
    same(load(texts, cache=tmp_path, recognizer=nobody), first)


@given(
    st.lists(st.lists(st.sampled_from([*TOWNS, "", "\0", "a,b"]), max_size=3), min_size=1, max_size=4),
    st.lists(st.integers(0, 4), max_size=2),
)
@settings(max_examples=12, deadline=None)
def test_stopped_anywhere_and_any_number_of_times_it_ends_as_if_undisturbed(tmp_path_factory, files, stops):
    place, cache = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("cache")
    for number, texts in enumerate(files):
        rows = [json.dumps({"id": text, "text": text}) for text in texts]
        (place / f"{number}.jsonl").write_text("\n".join(rows))

    def gathered(asks, **given):
        told = {"recognizer": Stops(asks), "language": None}
        return pipeline.gathered(place, told, executor=1, progress=False, **given).whole()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.pipeline.SHARD_ARTICLES", 2)
        for asks in stops:
            with contextlib.suppress(KeyboardInterrupt):
                gathered(asks, cache=cache)
        again, undisturbed = gathered(10**6, cache=cache), gathered(10**6)
    for name in ("documents", "sentences", "entities"):
        assert_frame_equal(getattr(again, name), getattr(undisturbed, name))
    assert again.problems == undisturbed.problems


def test_a_process_that_is_killed_leaves_what_it_did_to_the_next(tmp_path, opened):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    script = textwrap.dedent(f"""
        import os, signal, toolkit as tk
        from toolkit import manifest, pipeline
        pipeline.SHARD_ARTICLES = 3
        add = manifest.Manifest.add
        def once(self, shard, problems):
            add(self, shard, problems)
            if self._lines == 2:
                os.kill(os.getpid(), signal.SIGKILL)
        manifest.Manifest.add = once
        tk.load({str(place)!r}, recognizer="builtin", cache={str(cache)!r}, executor=2, progress=False)
    """)
    done = subprocess.run([sys.executable, "-"], input=script, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    [path] = cache.glob("*.jsonl")
    assert path.read_text().count('"number"') == 2
    again = load(place, cache=cache, recognizer="builtin")
    assert opened[0] != "0.txt"
    same(again, load(place, recognizer="builtin"))


def test_two_loads_at_once_share_a_cache(tmp_path):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    script = f"import toolkit as tk; print(len(tk.load({str(place)!r}, recognizer='builtin', cache={str(cache)!r}, progress=False)))"
    both = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [process.communicate(timeout=120)[0].strip() for process in both]
    assert counts == [str(len(load(place)))] * 2
    same(load(place, cache=cache, recognizer="builtin"), load(place, recognizer="builtin"))


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_cache_that_cannot_be_written_to_is_told_and_the_load_goes_on(tmp_path):
    place, cache = folder(tmp_path / "in"), tmp_path / "cache"
    script = textwrap.dedent(f"""
        import resource, toolkit as tk
        from toolkit import pipeline
        pipeline.SHARD_ARTICLES = 3
        nobody = lambda texts: [[] for _ in texts]
        tk.load(["The ferry to Geneva is late."], recognizer=nobody, progress=False)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))  # as on a disk that is full
        corpus = tk.load({str(place)!r}, recognizer=nobody, cache={str(cache)!r}, executor=1, progress=False)
        print(len(corpus), *corpus.problems.filter(source={str(cache)!r})["problem"])
    """)
    done = subprocess.run([sys.executable, "-"], input=script, text=True, capture_output=True, check=False)
    whole = load(place)
    assert done.stdout == f"{len(whole)} could not keep what was done, as it cannot be written to.\n", done.stderr
    assert not [path for path in cache.iterdir() if path.name.startswith(".")]
    same(load(place, cache=cache), whole)  # when there is room again
