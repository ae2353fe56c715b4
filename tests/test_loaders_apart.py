import os
import subprocess
import sys
from pathlib import Path

import pytest
from reads import read

from toolkit.loaders.apart import ROOM, Crashed, apart, confined

DATA = Path(__file__).parent / "data" / "loaders"


@pytest.mark.parametrize(
    ("function", "given"), [(os.abort, ()), (os._exit, (3,)), (int, ("one",)), (bytearray, (2**60,))]
)
def test_what_crashes_there_is_told_here_and_the_next_call_works(function, given):
    with pytest.raises(Crashed, match="is damaged"):
        apart(function, *given, size=0)
    assert apart(len, "four", size=4) == 4


def test_a_table_that_breaks_its_reader_ends_itself_alone(tmp_path):
    (tmp_path / "a.parquet").write_bytes((DATA / "damaged.parquet").read_bytes())
    (tmp_path / "b.txt").write_text("The ferry is late.")
    articles, said = read(tmp_path)
    assert articles[-1].text == "The ferry is late."
    assert len(articles) > 1 or said[0].startswith("skipped: is damaged")


def test_it_works_from_a_script_without_a_guard():
    script = "from toolkit.loaders.apart import apart\nprint(apart(len, 'four', size=4))\n"
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, timeout=120)
    assert done.stdout == "4\n", done.stderr


def limit():
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]


def lent(room):
    before = limit()
    with confined(room):
        lent = limit()
    return before, lent, limit()


def taken(size):
    return len(bytearray(b"a") * size)


@pytest.mark.skipif(sys.platform != "linux", reason="there is no such limit elsewhere")
def test_memory_is_bounded_by_what_is_read_and_given_back():
    before, bounded, after = lent(2**30)
    assert before == after
    assert 2**30 < bounded < 2**40
    assert apart(taken, ROOM // 2, size=0) == ROOM // 2
    with pytest.raises(Crashed, match="is damaged"):
        apart(taken, 2 * ROOM, size=0)
    assert apart(taken, 2 * ROOM, size=2 * ROOM // 8) == 2 * ROOM
