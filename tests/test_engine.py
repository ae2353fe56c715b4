"""Executors that lose workers, lie, hang or raise: the frames are those of an undisturbed run, and the guilty article is named."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import engine, pipeline, schema

TOWNS = ["Geneva", "Ostmere", "Brackwater", "Vantry", "Corvane", "Lund", "Abu Dhabi", "Bern", "Oslo", "Riga"]
TEXTS = [f"The ferry to {town} is late. France was told on day {n}." for n in range(4) for town in TOWNS]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(pipeline, "SHARD_ARTICLES", 5)


def nobody(texts):
    return [[] for _ in texts]


def load(source, **given):
    return tk.load(source, **{"recognizer": nobody, "progress": False, "executor": 1} | given)


def same(one, other):
    for name in schema.CORE:
        assert_frame_equal(one.frame(name), other.frame(name))
    assert_frame_equal(one.problems, other.problems)


class Once:
    """True the first so many times it is asked, over all processes."""

    def __init__(self, folder, times=1):
        self.folder, self.times = folder, times

    def __call__(self):
        for n in range(self.times):
            try:
                os.close(os.open(self.folder / f"once{n}", os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            return True
        return False


@pytest.mark.long
def test_a_worker_that_is_killed_costs_nothing(tmp_path):
    once = Once(tmp_path, 3)

    def killed(texts):
        if once():
            os.kill(os.getpid(), signal.SIGKILL)
        return [[] for _ in texts]

    same(load(TEXTS, recognizer=killed, executor=2), load(TEXTS))


@pytest.mark.long
def test_an_article_that_kills_its_process_is_named_and_the_others_are_done(tmp_path):
    def fatal(texts):
        if any("poison" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return [[] for _ in texts]

    given = [*TEXTS[:17], "This is poison.", *TEXTS[17:]]
    for _ in range(2):
        corpus = load(given, recognizer=fatal, executor=2, cache=tmp_path)
        assert corpus.documents["text"].to_list() == TEXTS
        [(source, action, said)] = corpus.problems.rows()
        assert (source, action) == ("memory[17]", "skipped")
        assert said.startswith("broke its analysis (TerminatedWorkerError: A worker process")
        assert said.endswith("; it was left out.")


@pytest.mark.long
def test_an_article_that_takes_for_ever_is_named_and_the_others_are_done(monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 20.0)
    monkeypatch.setattr(engine, "ARTICLE", 6.0)

    def slow(texts):
        if any("hang" in text for text in texts):
            time.sleep(600)
        return [[] for _ in texts]

    corpus = load([*TEXTS[:8], "This will hang.", *TEXTS[8:]], recognizer=slow, executor=2)
    assert corpus.documents["text"].to_list() == TEXTS
    assert corpus.problems.rows() == [
        ("memory[8]", "skipped", "took longer than 6 seconds to analyse; it was left out.")
    ]


class Odd(BaseException):
    """What no executor should raise."""


class Hostile(Executor):
    """An executor that does to every third task one of the things that executors do, and the rest of the time its work, twice."""

    tasks = 0
    shut = 0

    def submit(self, function, /, *given, **settings):
        Hostile.tasks += 1
        future = Future()
        what = (Hostile.tasks // 3) % len(TRICKS) if Hostile.tasks % 3 == 0 else None
        if what is None:
            function(*given, **settings)
            future.set_result(function(*given, **settings))
        else:
            TRICKS[what](future)
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        Hostile.shut += 1
        if Hostile.shut % 2:
            raise Odd("It will not go.")


def refuses(future):
    raise RuntimeError("cannot schedule new futures after shutdown")


def cancels(future):
    future.cancel()
    future.set_running_or_notify_cancel()


TRICKS = [
    refuses,
    cancels,
    lambda future: future.set_exception(Odd("What is this?")),
    lambda future: future.set_exception(CancelledError()),
    lambda future: future.set_exception(ValueError("of its own")),
    lambda future: future.set_result(None),
    lambda future: future.set_result("a shard, honestly"),
    lambda future: None,  # no answer, ever
]


def test_whatever_an_executor_does_the_frames_are_those_of_an_undisturbed_run(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "PATIENCE", 0.3)
    monkeypatch.setattr(engine, "ARTICLE", 0.3)
    undisturbed = load(TEXTS)
    Hostile.tasks = 0
    same(load(TEXTS, executor=Hostile), undisturbed)
    assert Hostile.tasks > 3 * len(TRICKS)
    same(load(TEXTS, executor=Hostile, cache=tmp_path), undisturbed)
    same(load(TEXTS, executor=Hostile, cache=tmp_path), undisturbed)


class Dead(Executor):
    def submit(self, function, /, *given, **settings):
        raise OSError("There is no cluster at 10.0.0.1. Try another.")


@pytest.mark.parametrize("executor", ["dask", 0, -1, 2.5], ids=str)
def test_what_is_no_executor_is_told_in_one_sentence(executor):
    with pytest.raises(tk.SettingError, match="give a number of processes, 1 or more, or a function"):
        load(TEXTS, executor=executor)


def test_an_executor_that_can_do_nothing_at_all_is_told_in_one_sentence():
    with pytest.raises(
        tk.ToolkitError, match=r"failed 3 times in a row at nothing at all: OSError: There is no cluster at 10\.0\.0\.1"
    ):
        load(TEXTS, executor=Dead)


def test_a_recogniser_that_cannot_be_sent_says_so_before_anything_is_done():
    lock = threading.Lock()

    def holds(texts):
        with lock:
            return [[] for _ in texts]

    with pytest.raises(tk.SettingError, match="cannot be sent to another process"):
        load(TEXTS, recognizer=holds, executor=2)
    assert len(load(TEXTS[:3], recognizer=holds, executor=1)) == 3


@pytest.mark.parametrize(
    "factory", [lambda: ThreadPoolExecutor(3), lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn"))]
)
def test_executors_of_the_standard_library_give_the_same(factory):
    same(load(TEXTS, recognizer="builtin", executor=factory), load(TEXTS, recognizer="builtin", executor=1))


def test_ctrl_c_stops_at_once_and_leaves_no_process_behind(tmp_path):
    script = f"""
import os, time, toolkit as tk
from toolkit import pipeline
pipeline.SHARD_ARTICLES = 5
def slow(texts):
    open({str(tmp_path)!r} + f"/{{os.getpid()}}", "w").close()
    time.sleep(60)
try:
    tk.load({TEXTS!r}, recognizer=slow, executor=2, progress=False)
except KeyboardInterrupt:
    print("stopped")
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    workers = awaited(lambda: len(list(tmp_path.iterdir())) == 2 and [int(path.name) for path in tmp_path.iterdir()])
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30)[0] == "stopped\n"
    assert awaited(lambda: not any(map(alive, workers)))


def test_workers_end_when_their_parent_is_killed(tmp_path):
    script = f"""
import os, time, toolkit as tk
from toolkit import pipeline
pipeline.SHARD_ARTICLES = 5
def noted(texts):
    open({str(tmp_path)!r} + f"/{{os.getpid()}}", "w").close()
    time.sleep(1)
    return [[] for _ in texts]
tk.load({TEXTS!r}, recognizer=noted, executor=2, progress=False)
"""
    process = subprocess.Popen([sys.executable, "-c", script])
    workers = awaited(lambda: len(list(tmp_path.iterdir())) == 2 and [int(path.name) for path in tmp_path.iterdir()])
    process.kill()
    process.wait()
    assert awaited(lambda: not any(map(alive, workers)))


def awaited(holds, seconds=60):
    """What is true in the end, within so many seconds; else what it was."""
    until = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as told:
            return told.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
