"""Articles run through the stages shard by shard: the same frames whoever does the work, and never too much of it at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import engine, pipeline, shard
from toolkit.article import Article
from toolkit.loaders import START
from toolkit.shard import Recipe

DEFINED = """
import toolkit as tk
texts = [f"The talks resumed in Geneva on day {n}. France agreed." for n in range(600)]
place = "Geneva"
def mine(batch):
    return [[(t.index(place), t.index(place) + 6, "GPE")] if place in t else [] for t in batch]
"""
RUN = """
two = tk.load(texts, recognizer=mine, executor=2, progress=False)
one = tk.load(texts, recognizer=mine, executor=1, progress=False)
same = all(one.frame(name).equals(two.frame(name)) for name in ("documents", "sentences", "entities", "topics"))
print(same, len(two), two.settings["used"].split()[0])
"""


@pytest.mark.parametrize("how", ["script", "stdin"])
def test_a_pool_works_from_a_script_without_a_guard(tmp_path, how):
    script = tmp_path / "script.py"
    script.write_text(DEFINED + RUN, encoding="utf8")
    command = [sys.executable, str(script) if how == "script" else "-"]
    done = subprocess.run(command, input=DEFINED + RUN, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout == "True 600 mine\n", done.stderr


def test_a_pool_works_from_a_notebook_with_a_recogniser_defined_in_a_cell(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(code) for code in (DEFINED, RUN)]
    NotebookClient(book, timeout=240, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert book.cells[-1].outputs[0]["text"] == "True 600 mine\n"


class Counting(ThreadPoolExecutor):
    """Threads that count how many tasks were handed over and not yet asked for."""

    most = 0

    def __init__(self):
        super().__init__(2)
        self.out = 0

    def submit(self, *given, **settings):
        self.out += 1
        Counting.most = max(Counting.most, self.out)
        future = super().submit(*given, **settings)
        ask = future.result

        def result(timeout=None):
            self.out -= 1
            return ask(timeout)

        future.result = result
        return future


def nobody(texts):
    return [[] for _ in texts]


def test_work_in_flight_is_bounded_and_articles_are_drawn_as_they_are_needed(monkeypatch):
    monkeypatch.setattr(pipeline, "SHARD_ARTICLES", 2)
    monkeypatch.setattr(engine, "WORKERS", 2)
    drawn = []

    def articles():
        for n in range(60):
            drawn.append(n)
            yield Article(f"Ferry {n} is late."), START

    shards = pipeline.run(pipeline.sharded(pipeline.numbered(articles())), Recipe(nobody), Counting)
    ahead = [len(drawn) - 2 * (done + 1) for done, _ in enumerate(shards)]
    assert len(ahead) == 30
    assert max(ahead) <= 2 * Counting.most
    assert Counting.most == engine.AHEAD * engine.WORKERS


def test_problems_stand_in_the_order_of_the_sources_however_many_work(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "SHARD_ARTICLES", 1)
    for n in range(12):
        (tmp_path / f"{n:02}.csv").write_text("title,text\nA,Ferry\nB,Tram,x\n")
        (tmp_path / f"{n:02}.txt").write_bytes(b"")
    (tmp_path / "README").write_text("")
    given = {"recognizer": nobody, "progress": False}
    one, many = (
        tk.load(tmp_path, executor=1, **given),
        tk.load(tmp_path, executor=lambda: ThreadPoolExecutor(4), **given),
    )
    assert_frame_equal(one.problems, many.problems)
    assert one.problems.height > 24


def test_an_article_that_breaks_a_stage_is_named_and_the_others_are_done(monkeypatch):
    before = shard.sentences.split

    def split(documents, blocks):
        if documents["text"].str.contains("poison").any():
            raise ValueError("it was poisoned")
        return before(documents, blocks)

    monkeypatch.setattr(shard.sentences, "split", split)
    corpus = tk.load(["Ferry one.", "This is poison.", "Ferry two."], recognizer=nobody, executor=1, progress=False)
    assert corpus.documents["text"].to_list() == ["Ferry one.", "Ferry two."]
    assert corpus.problems.rows() == [("memory[1]", "skipped", "could not be analysed: ValueError: it was poisoned.")]


def test_an_executor_of_ones_own_is_made_anew_for_each_load():
    made = []

    def factory():
        made.append(ThreadPoolExecutor(2))
        return made[-1]

    for _ in range(2):
        assert len(tk.load(["The ferry is late."], recognizer=nobody, executor=factory, progress=False)) == 1
    assert len(made) == 2
    with pytest.raises(RuntimeError):
        made[0].submit(len, ())
