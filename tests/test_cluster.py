"""A real Dask cluster of separate processes, one of whose workers is killed: the frames are those of one process."""

import os
import signal

import pytest
from polars.testing import assert_frame_equal

import toolkit as tk
from toolkit import pipeline, schema

pytestmark = pytest.mark.long
TOWNS = ["Geneva", "Ostmere", "Brackwater", "Vantry", "Corvane", "Lund", "Abu Dhabi", "Bern", "Oslo", "Riga"]
TEXTS = [f"The ferry to {town} is late. France was told on day {n}." for n in range(4) for town in TOWNS]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    distributed = pytest.importorskip("distributed")
    place = tmp_path_factory.mktemp("dask")
    cluster = distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, local_directory=str(place))
    with cluster, distributed.Client(cluster) as client:
        yield client


@pytest.mark.parametrize("killed", [False, True])
def test_a_cluster_gives_the_frames_of_one_process_also_when_a_worker_is_killed(client, tmp_path, monkeypatch, killed):
    monkeypatch.setattr(pipeline, "SHARD_ARTICLES", 5)

    def finds(texts):
        if killed:
            try:
                os.close(os.open(tmp_path / "once", os.O_CREAT | os.O_EXCL))
                os.kill(os.getpid(), signal.SIGKILL)
            except FileExistsError:
                pass
        return [[(text.index("France"), text.index("France") + 6, "GPE")] for text in texts]

    def load(executor):
        return tk.load(TEXTS, recognizer=finds, executor=executor, progress=False)

    clustered = load(lambda: client.get_executor(pure=False))
    assert (tmp_path / "once").exists() == killed
    undisturbed = load(1)
    for name in schema.CORE:
        assert_frame_equal(clustered.frame(name), undisturbed.frame(name))
    assert_frame_equal(clustered.problems, undisturbed.problems)
