"""How much memory and processor time a command takes, over all the processes that it starts.

Memory is the sum of what all of them have resident at one time, pages that they share counted more than once; so the truth
is a little below. Linux alone, for it reads /proc.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

EVERY = 0.2
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")


class Watched(NamedTuple):
    """What a command wrote, and took: seconds by the clock and of processors, peak bytes of all and of the largest process."""

    said: str
    seconds: float
    cpu: float
    peak: int
    largest: int
    processes: int


def watched(command: Sequence[str], **given: Any) -> Watched:
    """Run a command and watch it and its children. Raises RuntimeError, with what it said, if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **given)
    spent: dict[int, float] = {}
    peak = largest = processes = 0
    while process.poll() is None:
        sizes = []
        for pid in family(process.pid):
            size, cpu = _state(pid)
            spent[pid] = max(cpu, spent.get(pid, 0.0))
            sizes.append(size)
        peak, largest = max(peak, sum(sizes)), max([largest, *sizes])
        processes = max(processes, len(sizes))
        time.sleep(EVERY)
    said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-500:]}")
    return Watched(said, time.perf_counter() - began, sum(spent.values()), peak, largest, processes)


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for mine in found:
        for task in Path(f"/proc/{mine}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _state(pid: int) -> tuple[int, float]:
    """Resident bytes and processor seconds of a process; nothing of one that is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0, 0.0
    return int(told[21]) * PAGE, (int(told[11]) + int(told[12])) / TICK
