"""Names found, joined and resolved."""

import re

import polars as pl
import pytest

from toolkit.entities import find
from toolkit.errors import SettingError
from toolkit.schema import ENTITIES


def frames(*texts: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Documents of one paragraph and sentence each."""
    ids = [f"d{number}" for number in range(len(texts))]
    documents = pl.DataFrame({"doc_id": ids, "text": list(texts)}, schema={"doc_id": pl.String, "text": pl.String})
    rows = [(doc_id, 0, 0, len(text)) for doc_id, text in zip(ids, texts, strict=True) if text.strip()]
    return documents, pl.DataFrame(rows, schema=["doc_id", "paragraph", "start", "end"], orient="row")


def names(text: str, recognizer: object = "builtin") -> list[tuple[str, str]]:
    found = find(*frames(text), recognizer=recognizer)
    return [(str(row["text"]), str(row["label"])) for row in found.entities.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ukraine–Russia–U.S. talks were held.", [("Ukraine", "GPE"), ("Russia", "GPE"), ("U.S.", "GPE")]),
        ("They met on 4–5 February.", [("4–5 February", "DATE")]),
        ("It cost $4.5 million, or 12 percent more.", [("$4.5 million", "MONEY"), ("12 percent", "PERCENT")]),
        ("They may march in the second week.", []),
    ],
)
def test_names_dates_and_amounts_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


def test_mentions_have_the_schema_hold_their_offsets_and_do_not_overlap() -> None:
    text = "President Lena Maric of Norway met Ms Maric's aides in Oslo on Monday, the Kremlin’s envoy said."
    documents, sentences = frames(text)
    entities = find(documents, sentences, recognizer="builtin").entities
    assert entities.schema == ENTITIES.schema
    assert entities.select(
        (pl.lit(text).str.slice("start", pl.col("end") - pl.col("start")) == pl.col("text")).all()
    ).item()
    assert entities.select((pl.col("start").shift(-1) >= pl.col("end")).all()).item()


def test_documents_without_letters_have_no_names() -> None:
    found = find(*frames("", "   ", "12345", "😀😀", "新华社北京报道。"), recognizer="builtin")
    assert found.entities.filter(pl.col("label") != "QUANTITY").is_empty()
    assert found.entities.schema == ENTITIES.schema


def test_a_recogniser_that_fails_on_one_document_costs_only_that_document() -> None:
    def shaky(texts: list[str]) -> list[list[tuple[int, int, str]]]:
        if any("bomb" in text for text in texts):
            raise RuntimeError("no")
        return [[(0, 4, "PER")] for _ in texts]

    found = find(*frames("Zork spoke.", "A bomb hit Paris.", "Blip left."), recognizer=shaky)
    assert [problem.source for problem in found.problems] == ["d1"]
    assert found.entities.select("doc_id", "text").rows() == [("d0", "Zork"), ("d1", "Paris"), ("d2", "Blip")]
    assert found.used == "shaky + builtin 1"


def test_an_unknown_recogniser_is_refused_by_name() -> None:
    with pytest.raises(SettingError, match="'spacey'"):
        find(*frames("x"), recognizer="spacey")


JOINED = [
    ("PERSON", "Lydia Buchtmann", "Ms Bauchtman", True),
    ("PERSON", "Kristin Wilkins", "Kristen Wilkins", True),
    ("PERSON", "Maria Weber", "Marie Weber", False),
    ("PERSON", "Bill Clinton", "Hillary Clinton", False),
    ("PERSON", "Joan Hill", "Hall", False),
    ("PERSON", "Charles Bolden", "Administrator Bolden", True),
    ("PERSON", "Charles Bolden", "NASA Administrator Charles Bolden", True),
    ("FAC", "Kennedy Space Center", "KSC", True),
    ("ORG", "Andrew Carver Foundation for the Visual Arts", "Andrew Carver Foundation", True),
    ("ORG", "Ruritania's Civil Defence Authority", "Civil Defence Authority", True),
    ("ORG", "University of Southern Ruritania", "University", True),
    ("ORG", "Ruritanian Foreign Ministry", "Zendian Foreign Ministry", False),
]


@pytest.mark.parametrize(("label", "first", "second", "one"), JOINED)
def test_two_names_are_joined_where_they_are_one(label: str, first: str, second: str, one: bool) -> None:
    text = f"It was {first} then. Later it was {second} again."

    def recognise(texts: list[str]) -> list[list[tuple[int, int, str]]]:
        spans = [
            (text.index(first), text.index(first) + len(first)),
            (text.rindex(second), text.rindex(second) + len(second)),
        ]
        return [[(start, end, label) for start, end in spans] for _ in texts]

    found = find(*frames(text), recognizer=recognise).entities["entity"].to_list()
    assert len(found) == 2
    assert (found[0] == found[1]) is one, found


def test_a_part_that_two_names_share_stands_for_neither() -> None:
    text = "The Ruritanian Foreign Ministry and the Zendian Foreign Ministry met. The Foreign Ministry was silent."

    def recognise(texts: list[str]) -> list[list[tuple[int, int, str]]]:
        return [
            [(m.start(), m.end(), "ORG") for m in re.finditer(r"(?:\w+ian )?Foreign Ministry", text)] for _ in texts
        ]

    assert find(*frames(text), recognizer=recognise).entities["entity"].n_unique() == 3


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Russian Foreign Ministry", "RUS"),
        ("Ohio Department of Development", "USA"),
        ("Central Bank of Nigeria", "NGA"),
        ("Port of Rotterdam", "NLD"),
        ("Jordan Peterson Foundation", None),
        ("Franco-German Council of Ministers", None),
        ("US-China Business Council", None),
        ("Committee of the Red Cross", None),
    ],
)
def test_a_longer_name_points_to_the_state_it_names(name: str, country: str | None) -> None:
    text = f"The {name} was silent."
    found = find(*frames(text), recognizer=lambda texts: [[(4, 4 + len(name), "ORG")] for _ in texts]).entities
    assert found.select("text", "country").rows() == [(name, country)]


def test_a_long_dash_parts_names_and_a_hyphen_does_not() -> None:
    text = "Lyon — Olivia Marchetti of Rolls-Royce spoke."
    spans = [(0, 23, "PERSON"), (text.index("Rolls"), text.index(" spoke"), "ORG")]
    found = find(*frames(text), recognizer=lambda texts: [spans for _ in texts]).entities
    assert found["text"].to_list() == ["Lyon", "Olivia Marchetti", "Rolls-Royce"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Das Papier liegt vor. Nach Angaben von Dieter Braun dauert es vier Tage. Braun schwieg.", ["Dieter Braun", "Braun"]),
        ("de", "Strom und Salz fehlten den Schulen. Die Busse standen vor dem Rathaus.", []),
        ("fr", "Elle a parlé. Le ministre Paul Martin a dit non.", ["Paul Martin"]),
    ],
)  # fmt: skip
def test_a_noun_with_a_capital_is_no_person_where_every_noun_has_one(
    language: str, text: str, expected: list[str]
) -> None:
    documents, sentences = frames(text)
    found = find(documents.with_columns(language=pl.lit(language)), sentences, recognizer="builtin").entities
    assert found.filter(pl.col("label") == "PERSON")["text"].to_list() == expected
