"""How well names are found, with and without spaCy, beside spaCy's own pipeline.

    TOOLKIT_GOLD=... python benchmarks/entities.py

Strict F1: both ends and the kind (PER, ORG, LOC, MISC) must be right. Texts are the labelled tokens joined by spaces, a
sentence a line; dates and amounts are left out, a leading article and a trailing possessive are cut on both sides. Of
WikiGold every fifth document is scored: those that the shipped model was not trained on. Newswire is 57 agency reports,
labelled by hand in newswire.toml before any recogniser saw them, as written; WNUT17 (dev) is social media; re3d is reports
on Iraq and Syria, of which only names are scored, not pronouns, and no MISC. None of these three was trained on. spaCy
alone gets each sentence on its own, as the data has it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import gold
from bench import Row, Target, shown

import toolkit as tk

KIND = {
    "PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "MISC", "EVENT": "MISC", "PRODUCT": "MISC",
    "WORK": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "OTHER": "MISC", "LANGUAGE": "MISC",
}  # fmt: skip
THREE = frozenset({"PER", "ORG", "LOC"})
ALL = THREE | {"MISC"}
HELD_OUT = 5
PRONOUNS = frozenset([
    "i", "we", "you", "he", "she", "it", "they", "who", "this", "that", "these", "those", "our",
    "his", "her", "its", "their", "my", "your", "us", "them",
])  # fmt: skip
LEADING = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
TRAILING = re.compile(r"\s*['’]s?$")

TARGETS = [
    Target("toolkit, builtin", "Newswire", "spaCy alone"),
    Target("toolkit, builtin", "WikiGold", "spaCy alone"),
    Target("toolkit, builtin", "re3d", "spaCy alone"),
    Target("toolkit, spacy", "Newswire", 70),
    Target("toolkit, spacy", "WikiGold", 66),
]

Span = tuple[int, int, str]


class Labelled(NamedTuple):
    """A text, where its sentences lie, and its names."""

    text: str
    sentences: list[tuple[int, int]]
    names: set[Span]


class Set(NamedTuple):
    """Texts of one source, and the kinds that are scored."""

    texts: list[Labelled]
    kinds: frozenset[str]


def joined(sentences: Iterable[Row]) -> Labelled:
    """A document of tokens and IOB2 tags as text."""
    lines, cuts, names, at = [], [], [], 0
    for sentence in sentences:
        begin, inside = at, False
        for word, tag in zip(sentence["tokens"], sentence["tags"], strict=True):
            if tag.startswith("I") and inside:
                names[-1] = (names[-1][0], at + len(word), names[-1][2])
            elif tag != "O":
                names.append((at, at + len(word), tag[2:]))
            inside = tag != "O"
            at += len(word) + 1
        cuts.append((begin, at - 1))
        lines.append(" ".join(sentence["tokens"]))
    text = "\n".join(lines)
    return Labelled(text, cuts, {trimmed(text, *name) for name in names})


def trimmed(text: str, start: int, end: int, kind: str) -> Span:
    """A span without a leading article and a trailing possessive, if anything is left."""
    article, possessive = LEADING.match(text, start, end), TRAILING.search(text[start:end])
    start = article.end() if article and article.end() < end else start
    return start, end - len(possessive.group()) if possessive and possessive.start() else end, kind


def named(document: Labelled) -> Labelled:
    """A document without the labels of pronouns and of descriptions written small."""

    def is_name(span: Span) -> bool:
        words = document.text[span[0] : span[1]].split()
        return any(word[:1].isupper() and word.lower() not in PRONOUNS for word in words)

    return document._replace(names=set(filter(is_name, document.names)))


def newswire() -> list[Labelled]:
    """The agency reports whose names newswire.toml lists: the longest name wins where two would overlap."""
    reports = gold.rows("topics/ag_news")
    out = []
    for row, kinds in tomllib.loads((Path(__file__).parent / "newswire.toml").read_text(encoding="utf8")).items():
        text = reports[int(row)]["text"]
        kind_of = {name: kind for kind, names in kinds.items() for name in names}
        written = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(kind_of, key=len, reverse=True))
        found = re.finditer(rf"(?<!\w)(?:{written})(?!\w)", text)
        names = {trimmed(text, *match.span(), kind_of[" ".join(match.group().split())]) for match in found}
        out.append(Labelled(text, [match.span() for match in re.finditer(r"[^\n]+", text)], names))
    return out


def sets() -> dict[str, Set]:
    """The labelled texts, by name."""
    wikigold = [row for number, row in enumerate(gold.rows("entities/wikigold_dev")) if number % HELD_OUT == 0]
    return {
        "Newswire": Set(newswire(), ALL),
        "WikiGold": Set([joined(row["sentences"]) for row in wikigold], ALL),
        "WNUT17": Set([joined(row["sentences"]) for row in gold.rows("entities/wnut17_dev")], ALL),
        "re3d": Set([named(joined(row["sentences"])) for row in gold.rows("entities/train_re3d")], THREE),
    }


def ours(texts: list[Labelled], recognizer: str) -> list[set[Span]]:
    """The names that a corpus of these texts has."""
    articles = [{"id": str(number), "text": labelled.text} for number, labelled in enumerate(texts)]
    corpus = tk.load(articles, recognizer=recognizer, progress=False, executor=1, dedupe="off")
    found: list[set[Span]] = [set() for _ in texts]
    for doc_id, start, end, label in corpus.entities.select("doc_id", "start", "end", "label").iter_rows():
        if label in KIND:
            found[int(doc_id)].add(trimmed(texts[int(doc_id)].text, start, end, KIND[label]))
    return found


def spacy_alone(texts: list[Labelled]) -> list[set[Span]]:
    """The names that the installed spaCy pipeline finds."""
    from toolkit.entities import spacy_pipeline

    pipeline = spacy_pipeline.pipeline(spacy_pipeline.installed() or "")
    found = []
    for text, cuts, _ in texts:
        documents = pipeline.pipe([text[start:end] for start, end in cuts], batch_size=spacy_pipeline.BATCH)
        found.append({
            trimmed(text, start + entity.start_char, start + entity.end_char, KIND[entity.label_])
            for (start, _), document in zip(cuts, documents, strict=True)
            for entity in document.ents
            if entity.label_ in KIND
        })  # fmt: skip
    return found


def f1(found: list[set[Span]], texts: list[Labelled], kinds: frozenset[str]) -> float:
    own = {(number, *span) for number, spans in enumerate(found) for span in spans if span[2] in kinds}
    right = {(number, *span) for number, labelled in enumerate(texts) for span in labelled.names if span[2] in kinds}
    return round(200 * len(own & right) / (len(own) + len(right)), 1)


def ways() -> dict[str, Callable[[list[Labelled]], list[set[Span]]]]:
    """What is compared: with spaCy only if a pipeline is installed."""
    from toolkit.entities import spacy_pipeline

    out: dict[str, Callable[[list[Labelled]], list[set[Span]]]] = {
        "toolkit, builtin": lambda texts: ours(texts, "builtin")
    }
    if spacy_pipeline.installed():
        out |= {"toolkit, spacy": lambda texts: ours(texts, "spacy"), "spaCy alone": spacy_alone}
    return out


def run(quick: bool = False) -> list[Row]:
    """A row for each recogniser: strict F1 on each set, and on WikiGold by kind."""
    labelled = sets()
    if quick:
        labelled.pop("WNUT17")
    rows: list[Row] = []
    for name, recognise in ways().items():
        found = {source: recognise(texts) for source, (texts, _) in labelled.items()}
        scores = {source: f1(found[source], *labelled[source]) for source in labelled}
        kinds = {
            f"WikiGold {kind}": f1(found["WikiGold"], labelled["WikiGold"].texts, frozenset({kind}))
            for kind in ("PER", "ORG", "LOC", "MISC")
        }
        rows.append({"names": name, **scores, **kinds})
    return rows


if __name__ == "__main__":
    shown(run)
