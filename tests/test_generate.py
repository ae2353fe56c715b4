"""Generated corpora: the same for the same seed, and as true as they say."""

from __future__ import annotations

import doctest
import importlib.util
import json
import math
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "generate.py"
Article = dict[str, Any]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(generate: ModuleType) -> list[Article]:
    return list(generate.articles(3000, words=60, seed=7, copies=0.2))


def sentences(article: Article) -> list[str]:
    ends = re.split(r"(?<=[.])\s+|(?<=\.\")\s+", article["text"])
    return [end for end in ends if end]


def test_the_same_seed_gives_the_same_corpus_in_any_process(generate: ModuleType, tmp_path: Path) -> None:
    here = [json.dumps(article, ensure_ascii=False) for article in generate.articles(50, words=40, seed=3)]
    for number in ("0", "1"):
        file = tmp_path / f"{number}.jsonl"
        command = [sys.executable, str(SCRIPT), "50", "--words", "40", "--seed", "3", "-o", str(file)]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": number})
        assert file.read_text(encoding="utf-8").splitlines() == here
    other = [json.dumps(article, ensure_ascii=False) for article in generate.articles(50, words=40, seed=4)]
    assert not set(other) & set(here)


@pytest.mark.parametrize(("n", "words", "outlets"), [(0, 40, 4), (1, 40, 1), (30, 1, 3), (200, 40, 14), (40, 600, 2)])
def test_a_corpus_has_the_size_and_length_asked_for(generate: ModuleType, n: int, words: int, outlets: int) -> None:
    corpus = list(generate.articles(n, words=words, outlets=outlets, copies=0.0))
    assert len({article["id"] for article in corpus}) == n
    assert len({article["outlet"] for article in corpus}) <= outlets
    if n >= 30 and words >= 40:
        mean = sum(len(article["text"].split()) for article in corpus) / n
        assert 0.9 * words <= mean <= words + 20


def test_articles_come_in_the_order_of_publication_within_the_period(made: list[Article]) -> None:
    moments = [datetime.fromisoformat(article["published"]) for article in made]
    assert moments == sorted(moments)
    assert (str(moments[0].date()), str(moments[-1].date())) == ("2026-01-05", "2026-03-15")
    days = Counter(moment.date() for moment in moments)
    weekdays, weekends = ([n for day, n in days.items() if (day.weekday() > 4) is end] for end in (False, True))
    assert max(weekends) < sorted(weekdays)[0]
    assert sorted(str(day) for day, _ in days.most_common(3)) == ["2026-01-14", "2026-02-05", "2026-03-06"]


def test_labels_fit_the_sentences(generate: ModuleType, made: list[Article]) -> None:
    for article in made:
        truth = article["truth"]
        assert len(sentences(article)) == len(truth["sentences"])
        assert set(filter(None, truth["sentences"])) == set(truth["topics"])
    originals = [article for article in made if not article["truth"]["copy_of"]]
    for topic, about in generate.WORDS["topics"].items():
        own = [s for a in originals for s, t in zip(sentences(a), a["truth"]["sentences"], strict=True) if t == topic]
        words = re.compile("|".join([*about["nouns"].split(), *map(re.escape, about["phrases"])]), re.IGNORECASE)
        assert [sentence for sentence in own if not words.search(sentence)] == []


def test_a_topic_may_enter_late(made: list[Article]) -> None:
    first = next(article for article in made if "France" in article["truth"]["topics"])
    assert "2026-02-02" <= first["published"][:10] <= "2026-02-04"


def test_planted_names_stand_in_the_text_with_one_label_each(made: list[Article]) -> None:
    planted = [(name, label) for article in made for name, label in article["truth"]["entities"]]
    assert all(name in article["text"] for article in made for name, _ in article["truth"]["entities"])
    assert len({name for name, _ in planted}) == len(set(planted))
    assert {label for _, label in planted} == {"PERSON", "GPE", "ORG"}


def test_copies_are_what_their_edit_says(generate: ModuleType, made: list[Article]) -> None:
    by_id = {article["id"]: article for article in made}
    copies = [article for article in made if article["truth"]["copy_of"]]
    assert 0.17 < len(copies) / len(made) < 0.23
    assert {copy["truth"]["edit"] for copy in copies} == set(generate.EDITS)
    for copy in copies:
        source, edit = by_id[copy["truth"]["copy_of"]], copy["truth"]["edit"]
        assert source["id"] < copy["id"]
        assert source["truth"]["copy_of"] is None
        assert source["outlet"] != copy["outlet"]
        one, other = sentences(source), sentences(copy)
        if edit in ("exact", "headline"):
            assert copy["text"] == source["text"]
        if edit == "exact":
            assert copy["title"] == source["title"]
        if edit == "cut tail":
            assert other == one[: len(other)]
            assert 0.6 <= len(other) / len(one) < 1
        if edit == "reordered":
            assert sorted(other) == sorted(one)
            assert other != one
        if edit == "edited":
            changed = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
            assert changed
            assert all(sum(x != y for x, y in zip(a.split(), b.split(), strict=True)) == 1 for a, b in changed)


def test_originals_are_not_near_duplicates_by_accident(made: list[Article]) -> None:
    originals = [article for article in made if not article["truth"]["copy_of"]]
    words = [re.findall(r"\w+", article["text"].lower()) for article in originals]
    runs = [frozenset(zip(w, w[1:], w[2:], strict=False)) for w in words]
    holders: dict[tuple[str, str, str], list[int]] = {}
    for i, run in enumerate(runs):
        for shingle in run:
            holders.setdefault(shingle, []).append(i)
    rare = {(i, j) for held in holders.values() if len(held) < 10 for i in held for j in held if i < j}
    assert max(len(runs[i] & runs[j]) / len(runs[i] | runs[j]) for i, j in rare) < 0.5


def test_words_follow_zipfs_law_roughly(generate: ModuleType) -> None:
    corpus = generate.articles(4000, words=60, copies=0.0)
    counts = Counter(chain.from_iterable(re.findall(r"\w+", article["text"].lower()) for article in corpus))
    frequencies = [count for _, count in counts.most_common()]
    assert len(frequencies) > 4000
    slope = math.log(frequencies[999] / frequencies[9]) / math.log(1000 / 10)
    assert -1.35 < slope < -0.8


def test_outlets_differ_in_what_they_write_about(made: list[Article]) -> None:
    written = Counter((article["outlet"], article["truth"]["topics"][0]) for article in made)
    health = [written[outlet, "Health"] for outlet in sorted({outlet for outlet, _ in written})]
    assert max(health) > 1.5 * min(health)


def test_topics_can_be_chosen(generate: ModuleType) -> None:
    corpus = list(generate.articles(100, topics=["France"]))
    assert {topic for article in corpus for topic in article["truth"]["topics"]} == {"France"}


def test_the_examples_in_the_docstrings_run(generate: ModuleType) -> None:
    assert doctest.testmod(generate).failed == 0
    assert doctest.testmod(generate).attempted > 0
