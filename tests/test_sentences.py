"""Sentences: where they end, what they count, and that no character is lost."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import blocks, sentences
from toolkit.schema import SENTENCES


def documents(*texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"doc_id": [f"d{n}" for n in range(len(texts))], "title": [None] * len(texts), "text": list(texts)},
        schema={"doc_id": pl.String, "title": pl.String, "text": pl.String},
    )


def split(*texts: str) -> pl.DataFrame:
    frame = documents(*texts)
    return sentences.split(frame, blocks.find(frame))


def one_block(text: str, kind: str = "body") -> pl.DataFrame:
    frame = documents(text)
    block = pl.DataFrame({"doc_id": ["d0"], "paragraph": [0], "kind": [kind], "start": [0], "end": [len(text)]})
    return sentences.split(frame, block)


# A bar marks where a sentence ends.
CUT = {
    "plain": "The talks went on.| They will resume on Monday.",
    "question and exclamation": "Will they?| They will!| Nobody knows.",
    "no stop at the end": "They met.| Nothing came of it",
    "quotes after the stop": "“We are ready.” |He left. |“So are we,” she said.",
    "a quote between two": '"We are ready." |She was not. |"No," she said.',
    "who asked": "“Why now?” Ann Lee asked. |“Why not!” he said.",
    "who asked, and a new sentence": "“Why now?” |He left the room.",
    "brackets": "They met (at noon). |They left. |(Nobody saw it.) |It rained.",
    "titles": "Mr. Lee met Dr. Ada Roe, Gen. Poe and Prof. Low. |He left.",
    "initials": "J. R. Doe and George W. Roe met M. Poe. |They talked.",
    "an initial that ends": "It was Plan B. |The others had failed.",
    "U.S. inside": "The U.S. Senate and U.S. officials met in the U.S. on Monday.",
    "U.S. at an end": "They live in the U.S. |The others do not.",
    "companies": "Acme Inc. shares rose. |Acme Corp. Chairman Ann Lee left Acme Ltd. |She said why.",
    "decimals and versions": "It rose 3.5% to 1,200.50. |Version 2.0.1 came.",
    "numbers": "See No. 5 and Fig. 3 on p. 12. |He said no. |Then he left.",
    "clock": "They met at 5 p.m. Monday. |At 6 p.m. |Police came. |It ended at 8 a.m. EST.",
    "months": "It was on Feb. 3 and Sept. 11. |It rained.",
    "states": "He is from Springfield, Ill. |He likes it. |She lives in Tampa, Fla., with him.",
    "ellipses": "He waited... and waited. |Then... |Nothing came. |“I … well … no.”",
    "numbered reasons": "He gave (1) money, (2) time and 3) .... hope.".replace(" 3)", " |3)"),
    "dateline": "MOSCOW (Reuters) - The talks went on. |They ended.",
    "dateline with an abbreviation": "WASHINGTON, D.C. — The Senate met.",
    "addresses": "Visit www.example.com. |Or write to ann.lee@example.org. |See https://example.com/a.b?c=d. |Thanks.",
    "an address without a stop": "Read it at www.example.org |It is free.",
    "a letter's last words": "We look forward to it. |Kind regards, |Ann Lee",
    "a blank that was lost": "The talks ended.|They will resume.",
    "no blank in an abbreviation": "The U.S.Army and the E.U.Council met.",
    "no blank in a name": "It runs on node.js and example.com/Path.Name today.",
    "notes": "It was so.[17] |They left. [3] |He stayed.",
    "in Latin": "They bring e.g. Bread, i.e. food, etc. |They leave cf. Roe et al. in peace.",
    "versus": "The case Roe v. Wade was cited. |It was Poe vs. Doe.",
    "a street": "He lives on Main St. |The house is old. |St. Petersburg is far.",
    "small letters after a stop": "i like it. it is good. |why not? |because it rains.".replace(". it", ". |it"),
    "a brand with a mark": "Yahoo! said so. |It did.",
    "a brand in small letters": "They sell phones. |iPhone sales rose.",
    "an enumeration": "1. Ask them. 2. Wait for the answer.".replace("them. 2", "them. |2"),
    "smiles": "Thanks :) |See you there!! :-) |Bye.",
    "a picture's label": "The fair was opened in Washington D.C. |Image: Ann Lee.",
    "a ruler": "That is all. |---------- |Ann Lee",
    "German": "Am 3. Oktober kam z. B. Frau Dr. Roe. |Er blieb bis zum 19. Jahrhundert. |„Nein.“ |Sie ging.",
    "French": "M. Macron a dit : « Bonjour. » |Il est parti. |Et après ? |Rien !",
    "Spanish": "¿Quién es? |¡Nadie! |El Sr. Pérez vive en EE. UU. desde 2001. |Es así.",
    "Russian": "Он жил в г. Москва и т.д. |Они ушли. |Что это? |Ничего.",
    "Arabic": "ذهب الوفد. |هل عاد؟ |نعم، عاد.",
    "Chinese": "谈判很复杂。|他说：“我们准备好了。”|会议结束了！|下次呢？|不知道",
    "Japanese": "首相は「問題ない。」と述べた。|「次は？」|記者が聞いた。",
    "Hindi": "यह पहला है। |डॉ. सिंह आए। |क्या यह ठीक है? |हाँ।",
    "Greek and Armenian": "Ήρθε χθες. |Έφυγε. |Եկավ։ |Գնաց։",
}


@pytest.mark.parametrize("marked", CUT.values(), ids=CUT)
def test_a_sentence_ends_where_it_should(marked):
    text = marked.replace("|", "")
    assert one_block(text)["text"].to_list() == [piece.strip() for piece in marked.split("|")]


@pytest.mark.parametrize("kind", ["title", "heading", "credit"])
def test_titles_headings_and_credits_stay_whole(kind):
    assert one_block("What now? Five answers. And more.", kind)["text"].to_list() == [
        "What now? Five answers. And more."
    ]


def test_a_caption_may_hold_several_sentences():
    assert len(one_block("Ann Lee speaks in Rome. The talks failed.", "caption")) == 2


WORDS = {
    "The talks went on": 4,
    "don't, won’t, O'Neill": 3,
    "well-known know‑how": 2,
    "4–5 February": 3,
    "$1,200.50 or 3.5%": 3,
    "the U.S. and e.g. this": 5,
    "谈判很复杂": 5,
    "これはテスト": 6,
    "नमस्ते दुनिया": 2,
    "السلام عليكم": 2,
    "한국어 단어": 2,
    "— … !? 😀 ____": 0,
    "e\u0301te\u0301": 1,
    "": 0,
}


@pytest.mark.parametrize(("text", "count"), WORDS.items(), ids=str)
def test_words_are_counted_in_every_script(text, count):
    assert pl.DataFrame({"text": [text]}).select(sentences.words(pl.col("text"))).item() == count


def test_a_sentence_knows_its_paragraph_its_kind_and_the_heading_above():
    frame = split("Talks resume\n\nThey met on Monday in Rome. It rained.\n\nWhat next\n\nNobody knows what will come.")
    assert frame.select("sent_id", "kind", "paragraph", "heading").rows() == [
        (0, "title", 0, None),
        (1, "body", 1, None),
        (2, "body", 1, None),
        (3, "heading", 2, None),
        (4, "body", 3, "What next"),
    ]


def test_a_markdown_heading_is_named_without_its_signs():
    frame = split("# Talks resume\n\n## What next ##\n\nNobody knows what will come next.")
    assert frame["text"][1] == "## What next ##"
    assert frame["heading"][2] == "What next"


def test_sentences_are_numbered_anew_in_every_document_and_headings_do_not_leak():
    frame = split("First title\n\nA heading\n\nThey met on Monday in Rome.", "", "Only one. And two.")
    assert frame.select("doc_id", "sent_id").rows() == [("d0", 0), ("d0", 1), ("d0", 2), ("d2", 0), ("d2", 1)]
    assert frame.filter(doc_id="d2")["heading"].to_list() == [None, None]


def test_no_documents_give_no_sentences_in_the_same_schema():
    assert split().schema == SENTENCES.schema
    assert split("", " \n ").is_empty()


def test_documents_are_cut_alike_alone_and_together():
    texts = ["He came. She left.", "What? 是的。不。", "", "Mr. Lee", "a\n\nb.\n\nC. D"]
    together = split(*texts)
    for number, text in enumerate(texts):
        alone = split(text).drop("doc_id")
        assert together.filter(doc_id=f"d{number}").drop("doc_id").equals(alone)


def test_shares_of_any_size_give_the_same_sentences(monkeypatch):
    texts = [f"Number {n} came. Then {n} left.\n\nDr. No stayed." for n in range(20)]
    expected = split(*texts)
    for size in (1, 60, 333):
        monkeypatch.setattr("toolkit.characters.SHARE", size)
        assert split(*texts).equals(expected)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 300_000,
        "." * 300_000,
        "a " * 150_000,
        "Aa! " * 50_000,
        "。" * 100_000,
        "\n" * 100_000 + "a",
        "a\n" * 30_000,
    ],
    ids=["one word", "stops", "words", "sentences", "wide stops", "blank lines", "lines"],
)
def test_long_monotonous_texts_are_covered(text):
    frame = split(text)
    assert frame["text"].str.len_chars().sum() == sum(map(len, text.split())) + (
        text.count("a ") - 1 if text[1] == " " else 0
    )


ATOMS = [
    *[
        "The",
        "he",
        "U.S.",
        "Mr.",
        "said.",
        "“No!”",
        "?",
        "...",
        "…",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        "\u2028",
        "\u2029",
    ],
    *[
        "\x85",
        "\x1c",
        "\u200b",
        "\ufeff",
        "。",
        "」",
        "「",
        "そ",
        "你好。",
        "!",
        "'",
        '"',
        "(",
        ")",
        "[17]",
        ":)",
        "—",
        "- ",
    ],
    *["* ", "1. ", "> ", "# ", "Tags", "Reuters", "By Ann Lee", "www.a.com", "a@b.c", "3.14", "नमस्ते।", "السلام؟", "😀"],
    *["e\u0301", "---", "____", ".", "A", ",", "http://x.y/z", "4 February 2026", "\x00"],
]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(ATOMS), max_size=30).map("".join),
    st.lists(st.sampled_from(ATOMS), max_size=25).map(" ".join),
).map(lambda text: text.encode("utf-8", "replace").decode())


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_character_that_is_not_blank_lies_in_exactly_one_sentence(texts):
    frame = split(*texts)
    assert frame.schema == SENTENCES.schema
    for number, text in enumerate(texts):
        rows = frame.filter(doc_id=f"d{number}")
        spans = rows.select("start", "end").rows()
        assert rows["text"].to_list() == [text[start:end] for start, end in spans]
        assert all(piece == piece.strip() and piece for piece in rows["text"])
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        covered = {place for start, end in spans for place in range(start, end)}
        assert all(place in covered for place, character in enumerate(text) if not character.isspace())
        assert rows["sent_id"].to_list() == list(range(len(rows)))
        assert rows["paragraph"].is_sorted()
