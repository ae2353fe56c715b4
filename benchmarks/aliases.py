"""How well the names of one thing are joined within a document, beside joining equal strings.

    TOOLKIT_GOLD=... python benchmarks/aliases.py

B-cubed over the labelled names (Wikinews from GUM) that are found as entities: for each name the share of its joined
names that are of its thing, and the share of its thing's names that are joined to it, as F1 of their means. A labelled
name is found if an entity overlaps it; `exactly` counts those with the same ends. `names given` is handed the labelled names
by a recogniser that knows them, and so measures the joining alone.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import gold
from bench import Row, Target, shown

import toolkit as tk

TARGETS = [
    Target("toolkit, names given", "B-cubed", 97),
    Target("toolkit, builtin", "B-cubed", 97),
    Target("toolkit, builtin", "found", 90),
    Target("toolkit, spacy", "B-cubed", 97),
    Target("toolkit, spacy", "found", 90),
]

LABELS = {"person": "PERSON", "place": "GPE", "organization": "ORG"}
Joined = list[tuple[str, str]]
"""For each name that was found the thing it is labelled as and the one it was joined to."""


def outermost(names: list[Row]) -> list[Row]:
    """The names that lie in no other name."""

    def inside(name: Row, other: Row) -> bool:
        longer = other["end"] - other["start"] > name["end"] - name["start"]
        return bool(longer and other["start"] <= name["start"] and name["end"] <= other["end"])

    return [name for name in names if not any(inside(name, other) for other in names)]


def overlap(one: Row, other: Row) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def matched(row: Row, mentions: list[Row]) -> tuple[Joined, Joined, int]:
    """The labelled names that were found, joined as found and as equal strings, and how many were found exactly."""
    names = outermost(row["mentions"])
    pairs = sorted(
        ((overlap(name, mention), i, j) for i, name in enumerate(names) for j, mention in enumerate(mentions)),
        reverse=True,
    )
    found: dict[int, int] = {}
    for size, i, j in pairs:
        if size > 0 and i not in found and j not in found.values():
            found[i] = j
    out, equal, exactly = [], [], 0
    for i, j in sorted(found.items()):
        name, mention = names[i], mentions[j]
        exactly += (mention["start"], mention["end"]) == (name["start"], name["end"])
        thing = f"{row['id']} {name['cluster']}"
        out.append((thing, f"{row['id']} {mention['entity']}"))
        equal.append((thing, f"{row['id']} {row['text'][name['start'] : name['end']]}"))
    return out, equal, exactly


def b_cubed(names: Joined) -> tuple[float, float, float]:
    """Precision, recall and F1, in percent."""
    both, things, joins = Counter(names), Counter(thing for thing, _ in names), Counter(join for _, join in names)
    precision = sum(count * count / joins[join] for (_, join), count in both.items()) / len(names)
    recall = sum(count * count / things[thing] for (thing, _), count in both.items()) / len(names)
    return round(100 * precision, 1), round(100 * recall, 1), round(200 * precision * recall / (precision + recall), 1)


def run(quick: bool = False) -> list[Row]:
    """A row for each recogniser, and for equal strings of the names that it found."""
    from toolkit.entities import spacy_pipeline

    labelled = gold.rows("aliases/gum_news")
    total = sum(len(outermost(row["mentions"])) for row in labelled)
    articles = [{"id": row["id"], "text": row["text"]} for row in labelled]
    given = gold.recogniser({
        row["text"]: [(n["start"], n["end"], LABELS[n["label"]]) for n in outermost(row["mentions"])] for row in labelled
    })  # fmt: skip
    recognizers: dict[str, Any] = {"builtin": "builtin", "spacy": "spacy", "names given": given}
    if not spacy_pipeline.installed():
        del recognizers["spacy"]
    rows: list[Row] = []
    for called, recognizer in recognizers.items():
        corpus = tk.load(articles, recognizer=recognizer, progress=False, executor=1, dedupe="off")
        mentions = corpus.entities.select("doc_id", "start", "end", "entity").rows(named=True)
        parts = [matched(row, [m for m in mentions if m["doc_id"] == row["id"]]) for row in labelled]
        joined, equal = ([name for part in parts for name in part[side]] for side in (0, 1))
        for name, names in ((f"toolkit, {called}", joined), (f"equal strings, {called}", equal)):
            precision, recall, f1 = b_cubed(names)
            found, exactly = len(names), sum(part[2] for part in parts)
            rows.append({
                "names": name, "B-cubed": f1, "precision": precision, "recall": recall,
                "found": round(100 * found / total, 1), "exactly": round(100 * exactly / total, 1),
            })  # fmt: skip
    return rows


if __name__ == "__main__":
    shown(run)
