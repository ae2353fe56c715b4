"""Found topics: those that articles were made of, and that no codebook names, are found again."""

from random import Random

import toolkit as tk

ABOUT = {
    "sea": ["harbour", "vessel", "captain", "tide", "anchor", "sailor"],
    "farm": ["harvest", "tractor", "barley", "cattle", "meadow", "farmer"],
    "orchestra": ["violin", "conductor", "sonata", "trumpet", "quartet", "cello"],
    "forest": ["spruce", "lumber", "beetle", "ranger", "sawmill", "acorn"],
    "chess": ["bishop", "gambit", "endgame", "castling", "grandmaster", "pawn"],
}


def made():
    random = Random(1)
    articles = []
    for number in range(100):
        words = ABOUT[list(ABOUT)[number % 5]]
        articles.append(". ".join(" ".join(random.choices(words, k=6)).capitalize() for _ in range(4)) + ".")
    return tk.load(articles, topics={"Iran": ["Iran*"]}, recognizer="builtin", dedupe="off", progress=False)


def test_the_topics_that_articles_were_made_of_are_found_with_their_sentences():
    result = tk.analyses.topic_discovery(made(), extra=5, words=5)
    found = [set(group["word"]) for _, group in result.frame.filter(kind="found").group_by("topic")]
    assert sorted(next(name for name, words in ABOUT.items() if group <= set(words)) for group in found) == sorted(
        ABOUT
    )
    topic, word = result.frame.row(0, named=True)["topic"], result.frame["word"][0]
    assert result.sentences(topic=topic)["text"].str.to_lowercase().str.contains(word).any()


def test_a_few_articles_are_too_few_and_the_note_says_so(corpus):
    result = tk.analyses.topic_discovery(corpus)
    assert result.frame.is_empty()
    assert result.note.startswith("Topics are found in 10 articles or more")
