"""A saved corpus: read from where it lies and no more of it than is asked for, also in a cloud store."""

import re
import subprocess
import sys

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import schema, selection, store

ARTICLES = [
    {
        "id": f"{n}",
        "text": f"The ferry to {('Bern', 'Oslo', 'Lund')[n % 3]} is late. France was told on day {n}.",
        "outlet": ("Echo", "Gazette")[n % 2],
    }
    for n in range(30)
]


@pytest.fixture(scope="module")
def corpus() -> tk.Corpus:
    return tk.load(ARTICLES, recognizer="builtin", progress=False)


def test_a_corpus_may_be_saved_over_the_one_it_was_read_from(corpus, tmp_path):
    folder = corpus.save(tmp_path / "corpus")
    tk.open(folder).where(outlet="Echo").save(folder)
    part = corpus.where(outlet="Echo")
    for name in schema.CORE:
        assert_frame_equal(tk.open(folder).frame(name), part.frame(name))
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_opening_reads_no_frame(corpus, tmp_path, monkeypatch):
    folder = corpus.save(tmp_path / "corpus")
    collected = []
    before = pl.LazyFrame.collect
    monkeypatch.setattr(pl.LazyFrame, "collect", lambda self, *a, **k: collected.append(self) or before(self, *a, **k))
    opened = tk.open(folder)
    large = [frame for frame in collected if "text" in frame.collect_schema()]
    assert large == []
    assert opened.content == corpus.content
    assert opened.fingerprint == corpus.fingerprint


def test_opening_imports_nothing_that_works_on_articles_or_learns_from_them(corpus, tmp_path):
    code = (
        "import sys, toolkit as tk; tk.open(sys.argv[1]); "
        "print({'numpy', 'altair', 'toolkit.pipeline', 'toolkit.entities', 'toolkit.topics.model'} & set(sys.modules))"
    )
    folder = str(corpus.save(tmp_path / "corpus"))
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_conditions_on_documents_are_pushed_down_to_the_files(corpus, tmp_path):
    opened = tk.open(corpus.save(tmp_path / "corpus"))
    plan = selection.chosen(opened.frames, {"outlet": "Echo"}).explain()
    assert "SELECTION" in plan
    assert re.search(r"PROJECT( \S+)? [12]/14 COLUMNS", plan)
    assert len(opened.where(outlet="Echo")) == 15


def test_files_have_small_groups_of_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "LONG_ROWS", 10)
    corpus = tk.load(ARTICLES, recognizer="builtin", progress=False)
    folder = corpus.save(tmp_path / "corpus")
    pq = pytest.importorskip("pyarrow.parquet")
    assert pq.ParquetFile(folder / "documents.parquet").num_row_groups == 3


@pytest.fixture
def storage(tmp_path):
    """polars' options for a store of this test's own, with a bucket in it."""
    pytest.importorskip("moto")
    code = (
        "from moto.server import ThreadedMotoServer\nimport boto3, time\n"
        "server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)\nserver.start()\n"
        "port = server._server.server_port\n"
        "boto3.client('s3', endpoint_url=f'http://127.0.0.1:{port}', region_name='us-east-1', aws_access_key_id='a', "
        "aws_secret_access_key='b').create_bucket(Bucket='news')\n"
        "print(port, flush=True)\ntime.sleep(600)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        address = f"http://127.0.0.1:{int(server.stdout.readline())}"
        yield {"aws_endpoint_url": address, "aws_access_key_id": "a", "aws_secret_access_key": "b", "aws_region": "us-east-1", "aws_allow_http": "true"}  # fmt: skip
    finally:
        server.kill()
        server.wait()


@pytest.mark.long
def test_a_corpus_lives_in_a_store_that_speaks_s3(corpus, storage):
    with pytest.raises(FileNotFoundError, match="no saved corpus in 's3://news/talks'"):
        tk.open("s3://news/talks", storage_options=storage)
    corpus.frame("quotes")
    assert corpus.save("s3://news/talks", storage_options=storage) == "s3://news/talks"
    again = tk.open("s3://news/talks/", storage_options=storage)
    for name in (*schema.CORE, "quotes", "words"):
        assert_frame_equal(again.frame(name), corpus.frame(name))
    assert again.fingerprint == corpus.fingerprint
    assert_frame_equal(again.where(outlet="Echo").sentences, corpus.where(outlet="Echo").sentences)
    assert tk.analyses.topic_mix(again).frame.equals(tk.analyses.topic_mix(corpus).frame)
    grown = again.add([{"id": "new", "text": "The tram runs again."}], progress=False)
    assert len(grown) == 31
