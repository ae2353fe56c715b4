"""What each sentence and document is about, and what its weights are made of."""

from __future__ import annotations

import json
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit import schema, topics
from toolkit.errors import SettingError
from toolkit.fit import Stored
from toolkit.topics import Codebook

BOOK = Codebook.read({"Talks": ["talks", "truce"], "Iran": ["Iran*"], "France": ["country:FRA"]})


def article(*sentences: tuple[str, int] | str, title: str | None = None, doc_id: str = "a", heading: str | None = None):
    """Documents, sentences and entities of one article; a number is the paragraph, `France` is a mention."""
    rows, at = [], 0
    for number, given_ in enumerate(sentences):
        kind, paragraph = "body", number
        text, *more = (given_,) if isinstance(given_, str) else given_
        for part in more:
            kind, paragraph = (part, paragraph) if isinstance(part, str) else (kind, part)
        rows.append((doc_id, number, kind, paragraph, heading, at, at + len(text), text, len(text.split())))
        at += len(text) + 1
    made = pl.DataFrame(rows, schema=schema.SENTENCES.schema, orient="row", strict=False)
    whole = " ".join(made["text"])
    documents = schema.DOCUMENTS.conform(
        pl.DataFrame({"doc_id": [doc_id], "title": [title], "text": [whole]}, schema_overrides={"title": pl.String})
    )
    mentions = made.filter(pl.col("text").str.contains("France")).select(
        "doc_id",
        "sent_id",
        start=pl.col("start") + pl.col("text").str.find("France"),
        end=pl.col("start") + pl.col("text").str.find("France") + 6,
        text=pl.lit("France"),
        country=pl.lit("FRA"),
        entity_id=pl.lit("country:FRA"),
    )
    return documents, made, schema.ENTITIES.conform(mentions)


def together(*articles):
    return tuple(pl.concat(frames) for frames in zip(*articles, strict=True))


def weight(frames, sent_id: int, topic: str, book: Codebook = BOOK) -> float:
    found = topics.score(*frames, book).filter(pl.col("sent_id") == sent_id, pl.col("topic") == topic)
    return found["weight"].sum()


def held(scored: pl.DataFrame, sent_id: int) -> set[str]:
    rows = scored.filter(
        pl.col("sent_id") == sent_id, pl.col("weight") >= schema.HOLDS, pl.col("topic") != schema.OTHER
    )
    return set(rows["topic"])


def test_a_sentence_holds_what_its_seeds_say() -> None:
    frames = article("The truce talks failed.", "Iran and France met.", "It rained.")
    scored = topics.score(*frames, BOOK)
    assert held(scored, 0) == {"Talks"}
    assert held(scored, 1) == {"Iran", "France"}
    assert scored.schema == schema.TOPICS.schema


def test_weights_sum_to_one_and_other_is_always_there() -> None:
    frames = article("The truce talks failed.", "Iran spoke.", "It rained.", ("A photo of talks", "caption"))
    scored = topics.score(*frames, BOOK)
    assert scored["sent_id"].unique().sort().to_list() == [0, 1, 2]
    sums = scored.group_by("sent_id").agg(pl.col("weight").sum(), other=(pl.col("topic") == "other").sum())
    assert sums["weight"].to_list() == pytest.approx([1, 1, 1])
    assert sums["other"].to_list() == [1, 1, 1]


def test_seeds_carry_their_term_and_place_in_the_document() -> None:
    frames = article("It rained.", "The Iranians left; Iran stays.")
    scored = topics.score(*frames, BOOK).filter(pl.col("topic") == "Iran", pl.col("found_by") == "seed")
    text = frames[0]["text"][0]
    assert [(s["term"], text[s["start"] : s["end"]]) for s in scored["seeds"][0]] == [
        ("Iran*", "Iranians"),
        ("Iran*", "Iran"),
    ]


def test_a_sentence_without_seeds_speaks_of_what_stands_around_it() -> None:
    frames = article(("The talks began.", 0), ("He called it complex.", 0), ("The truce held.", 0))
    scored = topics.score(*frames, BOOK)
    assert held(scored, 1) == {"Talks"}
    found_by = scored.filter(pl.col("sent_id") == 1, pl.col("topic") == "Talks")["found_by"]
    assert found_by.to_list() == ["context"]


def test_context_is_stronger_within_a_paragraph_than_across_paragraphs() -> None:
    inside = article(("The talks began.", 0), ("He called it complex.", 0), ("It rained.", 1), ("It snowed.", 2))
    across = article(("The talks began.", 0), ("He called it complex.", 1), ("It rained.", 2), ("It snowed.", 3))
    assert weight(inside, 1, "Talks") > weight(across, 1, "Talks") > weight(across, 3, "Talks") > 0


def test_captions_headings_and_credits_never_seed_a_topic() -> None:
    frames = article("It rained.", ("Talks in Iran", "heading"), ("The talks", "caption"), ("Iran Press", "credit"))
    scored = topics.score(*frames, BOOK)
    assert scored.rows() == [("a", 0, "other", 1.0, [], "context")]


def test_a_title_given_apart_is_context() -> None:
    plain = article("It rained.", "It snowed.")
    titled = article("It rained.", "It snowed.", title="Talks on a truce")
    assert weight(plain, 0, "Talks") == 0
    assert weight(titled, 0, "Talks") > weight(titled, 1, "Talks") > 0
    assert topics.score(*titled, BOOK)["sent_id"].min() == 0


def test_a_title_in_the_text_counts_once() -> None:
    alone = article(("Talks on a truce", "title"), "It rained.")
    both = article(("Talks on a truce", "title"), "It rained.", title="Talks on a truce")
    assert topics.score(*alone, BOOK).equals(topics.score(*both, BOOK))


def test_a_document_is_weighed_by_itself() -> None:
    one, two = article("The talks.", "It rained."), article("Iran.", "It snowed.", doc_id="b")
    apart = pl.concat([topics.score(*one, BOOK), topics.score(*two, BOOK)])
    joined = topics.score(*together(one, two), BOOK)
    assert joined.equals(apart)


def test_document_topics_are_word_weighted_and_whole() -> None:
    frames = together(article("Talks.", "It rained and rained all day long."), article(doc_id="b"))
    scored = topics.score(*frames, BOOK)
    shares = topics.document_topics(frames[0], frames[1], scored, BOOK)
    assert shares.height == 2 * 4
    assert shares.group_by("doc_id").agg(pl.col("share").sum())["share"].to_list() == pytest.approx([1, 1])
    first = scored.filter(pl.col("topic") == "Talks")
    expected = (first["weight"][0] * 1 + first["weight"][1] * 7) / 8
    assert shares.filter(doc_id="a", topic="Talks")["share"].item() == pytest.approx(expected)
    assert shares.filter(doc_id="b", topic="other")["share"].item() == 1.0


@pytest.mark.parametrize("model", [False, True])
def test_an_explanation_adds_up_to_the_weights(model: bool) -> None:
    frames = article("The truce talks on talks failed.", "Iran and France met.", ("It rained.", 1), title="Talks")
    taught = together(frames, *lessons())
    learned = topics.fit(*taught, BOOK, method="em") if model else None
    scored = topics.score(*frames, BOOK, model=learned)
    for sent_id in range(3):
        parts = topics.explain(*frames, BOOK, doc_id="a", sent_id=sent_id, model=learned)
        sums = dict(parts.group_by("topic").agg(pl.col("amount").sum()).iter_rows())
        weights = dict(scored.filter(sent_id=sent_id).select("topic", "weight").iter_rows())
        assert {topic: pytest.approx(sums.get(topic, 0)) for topic in weights} == weights
    first = topics.explain(*frames, BOOK, doc_id="a", sent_id=0)
    assert ("Talks", "seed", "truce (truce)") in first.select("topic", "part", "what").rows()


def test_a_sentence_that_does_not_count_is_not_explained() -> None:
    frames = article("The talks.", ("A photo", "caption"))
    with pytest.raises(SettingError, match="of kind caption"):
        topics.explain(*frames, BOOK, doc_id="a", sent_id=1)
    with pytest.raises(SettingError, match="no sentence 7"):
        topics.explain(*frames, BOOK, doc_id="a", sent_id=7)


def lessons(count: int = 40) -> list:
    """Articles that teach two topics and leave a third thing unnamed; every fourth of each has no seed."""
    said = {
        "talks": "envoys delegates mediators signed agreement peace",
        "Iran": "reactor enrichment centrifuges sanctions atomic inspectors",
        "": "goal striker penalty referee stadium league",
    }
    made = []
    for number in range(count):
        for place, (seed, words) in enumerate(said.items()):
            few = words.split()[number % 3 :: 2] + words.split()[number % 2 :: 3]
            text = " ".join(([seed] if number % 4 else []) + few)
            made.append(article(text + ".", doc_id=f"{place}-{number:03}"))
    return made


def test_a_model_learns_words_beside_the_seeds_and_knows_what_is_none_of_them() -> None:
    frames = together(*lessons())
    model = topics.fit(*frames, BOOK, method="em")
    assert model is not None
    assert model.topics == ("Talks", "Iran")
    new = together(
        article("Mediators and delegates signed it.", doc_id="x"),
        article("Inspectors saw the reactor.", doc_id="y"),
        article("The striker and the referee.", doc_id="z"),
    )
    scored = topics.score(*new, BOOK, model=model)
    top = scored.sort("weight").group_by("doc_id").last().sort("doc_id").select("doc_id", "topic", "found_by").rows()
    assert top[:2] == [("x", "Talks", "model"), ("y", "Iran", "model")]
    assert top[2][1] == "other"


def test_auto_learns_only_where_two_hundred_documents_teach() -> None:
    few, many = together(*lessons(40)), together(*lessons(140))
    assert topics.fit(*few, BOOK) is None
    assert topics.fit(*many, BOOK) is not None
    assert topics.fit(*many, BOOK, method="seeds") is None


def test_a_topic_that_hardly_occurs_is_left_to_its_seeds() -> None:
    frames = together(article("France won.", doc_id="fr"), *lessons())
    model = topics.fit(*frames, BOOK, method="em")
    assert model is not None
    assert "France" not in model.topics
    scored = topics.score(*frames, BOOK, model=model)
    assert held(scored.filter(doc_id="fr"), 0) >= {"France"}


def test_a_saved_model_scores_the_same(tmp_path: Path) -> None:
    frames = together(*lessons())
    model = topics.fit(*frames, BOOK, method="em")
    assert model is not None
    again = Stored.read(model.save(tmp_path / "model")).model
    assert again.fingerprint == model.fingerprint
    assert topics.score(*frames, BOOK, model=again).equals(topics.score(*frames, BOOK, model=model))


def test_what_is_learned_does_not_hang_on_the_order_of_the_documents() -> None:
    made = lessons()
    one, two = (topics.fit(*together(*order), BOOK, method="em") for order in (made, made[::-1]))
    assert one is not None
    assert two is not None
    assert one.fingerprint == two.fingerprint


def test_a_models_card_says_what_taught_it() -> None:
    model = topics.fit(*together(*lessons()), BOOK, method="em")
    assert model is not None
    card = model.card.to_dicts()
    assert [row["topic"] for row in card] == ["Talks", "Iran"]
    assert all(row["documents"] == 30 and not row["drifting"] for row in card)
    assert "reactor" in card[1]["words"]


def test_coverage_counts_each_seed() -> None:
    book = Codebook.read({"Talks": ["talks", "truce", "summit"], "Iran": ["Iran*", "Iranian*"]})
    frames = together(article("Talks and truce.", "Iranian talks."), article("The truce.", doc_id="b"))
    rows = topics.coverage(*frames, book).rows()
    assert rows == [
        ("Talks", "talks", 2, 1, 1, 1, "Iran", 1.0, None),
        ("Talks", "truce", 2, 2, 1, 0, None, 0.5, None),
        ("Talks", "summit", 0, 0, 0, 0, None, None, "never occurs"),
        ("Iran", "Iran*", 1, 1, 0, 1, "Talks", 1.0, None),
        ("Iran", "Iranian*", 1, 1, 0, 1, "Talks", 1.0, None),
    ]


def test_a_seed_that_looks_like_a_regular_expression_is_told_what_it_is() -> None:
    book = Codebook.read({"Talks": ["talk[s]?", "negoti.*", "Inc.", "(US)"]})
    told = topics.coverage(*together(article("The (US) talks.")), book)["remark"].to_list()
    assert ["only *" in (remark or "") for remark in told] == [True, True, False, False]
    assert told[2:] == ["never occurs", None]


def test_coverage_names_seeds_that_seem_to_mean_something_else() -> None:
    book = Codebook.read({"Talks": ["talks", "truce", "round"], "Iran": ["Iran*"]})
    about = [article("The truce talks on Iran.", doc_id=f"a{n}") for n in range(6)]
    astray = [article("A round of golf.", doc_id=f"b{n}") for n in range(6)]
    told = dict(topics.coverage(*together(*about, *astray), book).select("seed", "remark").iter_rows())
    assert told["round"].startswith("hardly ever near the topic's other seeds")
    assert told["talks"] == "mostly where a seed of Iran is"
    assert "hardly" not in told["Iran*"]


def test_a_codebook_tells_its_coverage_of_a_corpus_and_suggests_words() -> None:
    texts = {f"{place}-{n}": frame[0]["text"][0] for place, frame in enumerate(lessons()) for n in range(1)}
    corpus = toolkit.load([{"id": name, "text": text} for name, text in texts.items()], topics=BOOK, progress=False)
    assert BOOK.coverage(corpus).height == 4
    other = Codebook.read({"Nuclear": ["reactor"]})
    assert set(other.suggest(corpus, most=3)["topic"]) == {"Nuclear"}
    assert corpus.codebook == BOOK


def test_suggestions_name_words_with_their_evidence_and_change_nothing() -> None:
    frames = together(*lessons())
    scored = topics.score(*frames, BOOK, model=topics.fit(*frames, BOOK, method="em"))
    found = topics.suggest(frames[0], frames[1], scored, BOOK, most=5)
    assert set(found["topic"]) == {"Talks", "Iran"}
    iran = found.filter(topic="Iran")
    assert {"reactor", "centrifuges"} <= set(iran["term"])
    assert not {"iran", "talks"} & set(found["term"])
    for term, example in iran.select("term", "example").iter_rows():
        assert term in example.lower()
    assert iran["score"].is_sorted(descending=True)


@pytest.mark.parametrize(
    "book",
    [
        [],
        {"One": ["talks"]},
        {f"T{n}": [f"talks{n}", "Iran"] for n in range(50)},
        {"A": ["talks"], "B": ["talks"]},
        {"Never": ["zebra"]},
        {"Regex": ["t(a|lk)s.*", "[a-z]+", "(talks)", "\\d"]},
        {"Many": [f"word{n}" for n in range(10_000)] + ["talks"]},
        {"Переговоры": ["переговор*"], "会谈": ["会谈"]},
        {"No seeds": []},
    ],
)
def test_any_codebook_gives_whole_weights(book: object) -> None:
    read = Codebook.read(book)
    frames = together(
        article("The talks.", "Iran."), article("Идут переговоры. 会谈开始", doc_id="b"), article(doc_id="c")
    )
    scored = topics.score(*frames, read)
    sums = scored.group_by("doc_id", "sent_id").agg(pl.col("weight").sum())
    assert sums["weight"].to_list() == pytest.approx([1] * 3)
    shares = topics.document_topics(frames[0], frames[1], scored, read)
    assert shares.height == 3 * (len(read) + 1)
    assert topics.coverage(*frames, read).height == sum(len(entry.seeds) for entry in read.entries)
    assert topics.suggest(frames[0], frames[1], scored, read).height >= 0
    assert topics.fit(*frames, read, method="em") is None


def test_a_seed_of_two_topics_speaks_for_both() -> None:
    scored = topics.score(*article("The talks."), Codebook.read({"A": ["talks"], "B": ["talks"]}))
    weights = dict(scored.select("topic", "weight").iter_rows())
    assert weights["A"] == pytest.approx(weights["B"])
    assert held(scored, 0) == {"A", "B"}


def test_no_articles_give_empty_frames() -> None:
    frames = (schema.DOCUMENTS.empty(), schema.SENTENCES.empty(), schema.ENTITIES.empty())
    scored = topics.score(*frames, BOOK)
    assert scored.equals(schema.TOPICS.empty())
    assert topics.document_topics(frames[0], frames[1], scored, BOOK).is_empty()
    assert topics.fit(*frames, BOOK, method="em") is None


pieces = st.lists(st.sampled_from(["talks", "truce", "Iran", "France", "rain", "and", "", "中国"]), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=12), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_a_sentence_with_one_topics_seeds_always_holds_it(said: list[list[str]], paragraphs: list[int]) -> None:
    order = sorted(paragraphs)
    frames = article(*((" ".join(words), order[n]) for n, words in enumerate(said)))
    scored = topics.score(*frames, BOOK)
    assert scored.group_by("sent_id").agg(pl.col("weight").sum())["weight"].to_list() == pytest.approx([1] * len(said))
    seeded = scored.filter(pl.col("found_by") == "seed")
    alone = seeded.filter(pl.len().over("sent_id") == 1)
    assert (alone["weight"] >= schema.HOLDS).all()


gold = pytest.mark.skipif("TOOLKIT_GOLD" not in os.environ, reason="TOOLKIT_GOLD names no folder of gold data")


@gold
def test_the_gold_article_is_understood_with_the_mission_codebook() -> None:
    folder = Path(os.environ["TOOLKIT_GOLD"]) / "article"
    units = [json.loads(line) for path in folder.glob("*.units.jsonl") for line in path.open(encoding="utf-8")]
    corpus = toolkit.load("seeds/kremlin-talks.txt", topics="mission", recognizer="builtin", progress=False)
    right = []
    for unit in units:
        rows = corpus.sentences.filter(
            pl.col("text").str.starts_with(unit["starts_with"][:40]), pl.col("kind") == unit["kind"]
        )
        found = [held(corpus.topics, sent_id) for sent_id in rows["sent_id"].head(1)]
        right.append(found in ([set(unit["topics"])], [{"Iran", "Peace talks"}] if "Iran" in unit["topics"] else []))
    assert sum(right) >= 13


def test_topics_that_hold_nowhere_and_would_not_show_are_not_drawn():
    frame = pl.DataFrame(
        {
            "outlet": ["A"] * 4 + ["B"] * 4,
            "topic": ["Iran", "Talks", "Sport", "other"] * 2,
            "share": [0.0, 0.001, 0.004, 0.995, 0.006, 0.001, 0.004, 0.989],
            "sentences": [0, 0, 0, 9, 0, 1, 0, 9],
        }
    )
    rows, note = topics.drawn_topics(frame)
    assert rows.rows() == frame.filter(pl.col("topic") != "Sport").rows()
    assert note == "1 of 3 topics of the codebook was not found and is not drawn: Sport."
    assert topics.drawn_topics(rows)[1] is None
