"""The sample corpus is what its README says, and the labelled sentences are in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from itertools import combinations, pairwise
from pathlib import Path

import pytest

import toolkit

FOLDER = Path(toolkit.__file__).parent / "data" / "sample"
LABELS = Path(__file__).parent / "data" / "sample_topics.jsonl"
FIELDS = ["id", "title", "text", "published", "outlet", "author", "section", "language", "url"]
REAL_OUTLETS = """
Reuters; Associated Press; AFP; Agence France-Presse; BBC; CNN; Guardian; New York Times; Washington Post; Bloomberg;
Financial Times; Wall Street Journal; The Economist; Le Monde; Le Figaro; Libération; Der Spiegel; Die Zeit; FAZ;
Handelsblatt; TASS; Interfax; Ukrinform; Al Jazeera; Xinhua; Anadolu; Fox News; Sky News; Daily Mail; Politico; Axios
"""
REAL_PEOPLE = """
Putin; Zelensky; Zelenskyy; Trump; Macron; Peskov; Lavrov; Dmitriev; Witkoff; Rubio; Umerov; Yermak; Araghchi; Khamenei;
Pezeshkian; Grossi; Erdogan; Starmer; Merz; Barrot; Kallas; Leyen; Guterres
"""


def rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles() -> list[dict[str, str]]:
    return rows(FOLDER / "articles.jsonl")


@pytest.fixture(scope="module")
def texts(articles: list[dict[str, str]]) -> dict[str, str]:
    return {article["id"]: article["text"] for article in articles}


@pytest.fixture(scope="module")
def readme() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def table(readme: str, heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the README."""
    part = readme.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def shared(one: str, other: str) -> float:
    """The Jaccard similarity of the sets of three words in a row."""
    first, second = (
        set(zip(w, w[1:], w[2:], strict=False)) for w in (re.findall(r"\w+", t.lower()) for t in (one, other))
    )
    return len(first & second) / len(first | second)


def test_every_article_has_every_field_and_an_id_in_the_order_of_publication(articles: list[dict[str, str]]) -> None:
    assert len(articles) == 95
    assert all(list(article) == FIELDS for article in articles)
    assert [article["id"] for article in articles] == [f"s{i:03d}" for i in range(1, 96)]
    moments = [datetime.fromisoformat(article["published"]) for article in articles]
    assert all(moment.tzinfo for moment in moments)
    assert moments == sorted(moments)
    assert date(2026, 1, 5) == moments[0].date()
    assert date(2026, 3, 15) == moments[-1].date()


def test_outlets_and_languages_are_those_of_the_readme(articles: list[dict[str, str]], readme: str) -> None:
    counted = Counter(article["outlet"] for article in articles)
    assert counted == {name: int(count) for name, count, _ in table(readme, "Outlets")}
    assert Counter(article["language"] for article in articles) == {"en": 89, "fr": 3, "de": 3}
    for language in ("fr", "de"):
        listed = [article["id"] for article in articles if article["language"] == language]
        assert f"({', '.join(listed)})" in readme


def test_articles_are_as_long_as_news_and_made_of_paragraphs(articles: list[dict[str, str]]) -> None:
    words = [len(article["text"].split()) for article in articles]
    assert all(100 <= count <= 470 for count in words)
    assert 220 <= sum(words) / len(words) <= 260
    for article in articles:
        paragraphs = article["text"].split("\n\n")
        assert len(paragraphs) >= 4
        assert all(paragraph == paragraph.strip() != "" and "\n" not in paragraph for paragraph in paragraphs), article[
            "id"
        ]
        assert article["title"] not in paragraphs


def test_addresses_cannot_exist_and_are_different(articles: list[dict[str, str]]) -> None:
    assert all(re.match(r"https://([\w.-]+\.invalid|[\w.-]*example\.org)/", article["url"]) for article in articles)
    assert len({article["url"] for article in articles}) == len(articles)


@pytest.mark.parametrize("names", [REAL_OUTLETS, REAL_PEOPLE])
def test_nothing_is_said_of_real_outlets_or_people(articles: list[dict[str, str]], names: str) -> None:
    real = re.compile(r"\b(" + "|".join(re.escape(name.strip()) for name in names.split(";")) + r")\b")
    assert [(a["id"], found[0]) for a in articles for value in a.values() if (found := real.search(value or ""))] == []


def test_the_readme_says_that_it_is_fictional_and_its_cast_is_in_the_articles(
    texts: dict[str, str], readme: str
) -> None:
    assert "fictional" in readme
    assert "Apache-2.0" in readme
    everything = "\n".join(texts.values())
    cast = [name for name, _ in table(readme, "Cast")]
    assert len(cast) >= 25
    assert [name for name in cast if name not in everything] == []
    surnames = Counter(name.split()[-1] for name in cast)
    assert surnames["Hrynchak"] == surnames["Ormondroyd"] == 2


def test_copies_share_what_the_readme_says_and_no_other_pair_does(articles: list[dict[str, str]], readme: str) -> None:
    by_id = {article["id"]: article for article in articles}
    copies = table(readme, "Copies")
    clusters: dict[str, set[str]] = {}
    for copy, of, outlet, done, share in copies:
        assert by_id[copy]["outlet"] == outlet
        assert copy > of
        assert ("corrected" in done) == (outlet == by_id[of]["outlet"])
        assert ("another headline" in done) == (by_id[copy]["title"] != by_id[of]["title"]) or "corrected" in done
        assert f"{shared(by_id[copy]['text'], by_id[of]['text']):.2f}" == share
        assert float(share) >= 0.7
        clusters.setdefault(of, {of}).add(copy)
    for one, other in combinations(by_id, 2):
        if not any({one, other} <= cluster for cluster in clusters.values()):
            assert shared(by_id[one]["text"], by_id[other]["text"]) < 0.1, (one, other)


def test_volume_has_peaks_quiet_weekends_and_a_silent_fortnight(articles: list[dict[str, str]]) -> None:
    days = [(article["outlet"], date.fromisoformat(article["published"][:10])) for article in articles]
    echo = [day for outlet, day in days if outlet == "Pellhaven Echo"]
    longest = max(pairwise(echo), key=lambda pair: pair[1] - pair[0])
    assert longest == (date(2026, 2, 13), date(2026, 2, 28))
    weekdays = Counter(day.weekday() for _, day in days)
    assert max(weekdays[5], weekdays[6]) < min(weekdays[day] for day in range(5))
    weeks = Counter(day.isocalendar().week for _, day in days)
    assert sorted(sorted(weeks, key=lambda week: -weeks[week])[:2]) == [6, 10]
    assert len(weeks) == 10


def test_france_enters_the_talks_with_its_envoy_on_the_third_of_february(articles: list[dict[str, str]]) -> None:
    france = re.compile(r"\b(France|French|Paris|Frankreich|français)|Élysée")
    mentioned = [article["id"] for article in articles if france.search(article["text"])]
    assert mentioned[:2] == ["s025", "s034"]
    envoy = [article for article in articles if "Castagnier" in article["text"]]
    assert envoy[0]["id"] == "s034"
    assert envoy[0]["published"].startswith("2026-02-03")


def test_the_wrong_number_is_printed_corrected_and_owned_up_to(texts: dict[str, str]) -> None:
    assert {name for name, text in texts.items() if "175 prisoners" in text} == {"s041", "s042", "s047"}
    assert texts["s043"].startswith("(Corrects number of prisoners")
    assert "It is 157 on each side, not 175." in texts["s047"]


def test_labelled_sentences_are_in_their_articles_and_spread_over_them(
    articles: list[dict[str, str]], readme: str
) -> None:
    labels = rows(LABELS)
    by_id = {article["id"]: article for article in articles}
    assert len(labels) >= 220
    for label in labels:
        text = by_id[label["doc_id"]]["text"]
        assert text.count(label["text"]) == 1
        at = text.index(label["text"])
        assert at == 0 or text[at - 1].isspace()
        assert label["text"].startswith(label["starts_with"])
        assert set(label["topics"]) <= {"Peace talks", "Iran", "France"}
    assert len({(label["doc_id"], label["text"]) for label in labels}) == len(labels)
    assert not {label["doc_id"] for label in labels} & {copy for copy, *_ in table(readme, "Copies")}
    assert min(Counter(by_id[label["doc_id"]]["outlet"] for label in labels).values()) >= 50
    assert {by_id[label["doc_id"]]["language"] for label in labels} == {"en", "fr", "de"}
    topics = Counter(tuple(label["topics"]) for label in labels)
    assert min(topics[()], topics["Peace talks",], topics["Iran",], topics["France",]) >= 40
    assert sum(count for several, count in topics.items() if len(several) > 1) >= 20
