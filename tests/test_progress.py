"""How far a call has come: one line that updates in place, and is tidy when it is over."""

import io
import sys

import pytest

from toolkit import progress
from toolkit.article import Source
from toolkit.loaders import Place
from toolkit.loaders.extent import Extent
from toolkit.loaders.sources import file
from toolkit.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on when it is told."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_line_has_articles_speed_time_left_and_problems(clock):
    shown = Progress("Loading", shown=False)
    clock[0] = 30.0
    shown.add(1500, words=60_000, problems=1, share=0.25)
    assert shown.line("so far") == "Loading: 1,500 articles so far, 2,000 words a second, about 2 min left, 1 problem"
    assert shown.line("done") == "Loading: 1,500 articles done, 2,000 words a second, in 30 s, 1 problem"


def test_time_left_is_of_what_this_call_did_and_left_out_if_nobody_knows(clock):
    shown = Progress("Loading", shown=False)
    shown.keep(5000)
    clock[0] = 10.0
    shown.add(100, words=100, share=0.5)
    clock[0] = 20.0
    shown.add(100, words=100, share=0.6)
    assert "after 5,000 that were done before" in shown.line("so far")
    assert "about 80 s left" in shown.line("so far")
    shown.add(100, words=100)
    assert "left" not in shown.line("so far")


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_gets_one_line_in_place_and_a_file_the_last_one(monkeypatch, clock, terminal):
    written = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    with Progress("Loading") as shown:
        for second in range(1, 6):
            clock[0] = float(second)
            shown.add(10, words=100)
    lines = written.getvalue().split("\r\x1b[K")
    assert lines[-1] == "Loading: 50 articles done, 100 words a second, in 5 s\n"
    assert len(lines) == (5 if terminal else 1)
    assert written.getvalue().count("\n") == 1


def test_what_is_quick_says_nothing_and_what_was_stopped_says_so(monkeypatch, clock):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    with Progress("Loading") as shown:
        shown.add(10)
        shown.add(10)
    assert written.getvalue() == ""

    def stops():
        with Progress("Loading") as shown:
            for _ in range(4):
                clock[0] += 1.0
                shown.add(10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stops()
    assert written.getvalue() == "Loading: 40 articles stopped, 0 words a second, in 4 s\n"


def test_a_notebook_keeps_one_line_when_it_is_saved(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    code = (
        "from toolkit import progress\nimport time\nprogress.SILENT_FOR = progress.EVERY = 0.0\n"
        "with progress.Progress('Loading', of=60) as shown:\n"
        "    for _ in range(6):\n        time.sleep(0.05); shown.add(10, words=100)"
    )
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    [output] = book.cells[0].outputs
    assert "60 articles done" in output["data"]["text/html"]


def test_how_much_was_read_is_known_of_files_lists_and_frames(tmp_path):
    import polars as pl

    (tmp_path / "a.txt").write_bytes(b"x" * 30)
    (tmp_path / "b.txt").write_bytes(b"x" * 70)
    files = [file(tmp_path / "a.txt"), file(tmp_path / "b.txt")]
    extent = Extent(tmp_path, files)
    assert extent.share(Place(1, 0)) == 0.3
    with files[1].open() as stream:
        stream.read(35)
        assert extent.share(Place(1, 1)) == 0.65
    assert Extent(["one", "two", "three", "four"]).share(Place(2, 1)) == 0.5
    assert Extent(pl.DataFrame({"text": ["a"] * 8})).share(Place(0, 2)) == 0.25
    assert Extent(iter(["one"])).share(Place(0, 1)) is None
    assert Extent("https://example.org", [Source("https://example.org")]).share(Place(0, 1)) is None
