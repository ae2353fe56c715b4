"""How long people's other tools take for the same, on the same news articles (BBC), each in an environment of its own.

    TOOLKIT_GOLD=... python benchmarks/peers.py

`make peers` makes the environments. Seconds are those of the processor, on one process and one thread of each library, imports left
out; `times the toolkit's` is how often the toolkit could do it meanwhile. The tools do not do the same: the toolkit's load
finds sentences and names, but also languages, copies, furniture and topics (and it is loaded anew for each task that starts from
texts); textacy runs all of spaCy's small English pipeline, parser included, and its quotations are looked for in what that has
made, so that they have no target; Conc cuts words and indexes them; scattertext splits words at blanks and gives no
intervals, where the toolkit's key words have 200 resamples; the script of pandas and NLTK is what one would write by hand,
without Punkt's data, which is a download. `found` is how much each gave: names, quotes, articles, words.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import gold
from bench import Row, Target, shown

FOLDER = Path(__file__).parent
HOME = Path(os.environ.get("TOOLKIT_PEERS", FOLDER.parent / ".venv-peers"))
"""Where `make peers` puts the topic models; the environments of these tools are beside it."""
TOOLS = {
    "toolkit": None,
    "toolkit-spacy": None,
    "spacy": "textacy",
    "textacy": "textacy",
    "conc": "conc",
    "scattertext": "scattertext",
    "nltk": "nltk",
}
"""Each tool, and the environment that it is in; None is this one."""
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
PATIENCE = 900
TARGETS = [
    Target("sentences and names: textacy", "times the toolkit's", 1),
    Target("build and save: conc", "times the toolkit's", 1),
    Target("reopen, frequencies: conc", "times the toolkit's", 1),
    Target("keyness: scattertext", "times the toolkit's", 1),
    Target("sentences, words, frequencies, collocates: nltk", "times the toolkit's", 1),
]


def python(tool: str) -> Path:
    """The interpreter of a tool's environment."""
    place = TOOLS[tool]
    return Path(sys.executable) if place is None else HOME.with_name(f"{HOME.name}-{place}") / "bin" / "python"


def answers(tool: str, given: str) -> list[Row]:
    """What a tool says of its tasks, or one row with the reason why it says nothing."""
    if not python(tool).exists():
        return [{"what": f"all: {tool}", "not measured": "run make peers first"}]
    command = [str(python(tool)), str(FOLDER / "peer_tools.py"), tool]
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return [{"what": f"all: {tool}", "not measured": f"took longer than {PATIENCE} seconds"}]
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    made = [{"what": f"{row['task']}: {tool}", "CPU s": row["seconds"], "found": row["found"]} for row in rows]
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["nothing"])[-1][:160]
        made.append({"what": f"{'the rest' if made else 'all'}: {tool}", "not measured": f"failed: {said}"})
    return made


def run(quick: bool = False) -> list[Row]:
    """A row for each task of each tool."""
    articles = gold.rows("topics/bbc")[:: 40 if quick else 8]
    given = {"texts": [row["text"] for row in articles], "labels": [row["topic"] for row in articles]}
    words = sum(len(text.split()) for text in given["texts"])
    rows = [row for tool in TOOLS for row in answers(tool, json.dumps(given))]
    ours = {row["what"].rpartition(": ")[0]: row["CPU s"] for row in rows if row["what"].endswith(": toolkit")}
    for row in rows:
        task = row["what"].rpartition(": ")[0]
        if "CPU s" in row:
            row["words/CPU-s"] = round(words / max(row["CPU s"], 0.001))
            row["times the toolkit's"] = round(row["CPU s"] / ours[task], 2) if task in ours else None
    order = {task: number for number, task in enumerate(ours)}
    return sorted(rows, key=lambda row: order.get(row["what"].rpartition(": ")[0], len(order)))


if __name__ == "__main__":
    shown(run)
