"""Copies of articles, exact and near."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import duplicates
from toolkit.schema import DOCUMENTS

DAY = datetime(2026, 2, 4, tzinfo=UTC)
STORY = (
    "The mayor told residents on Tuesday that the old bridge would stay closed until engineers had checked every cable.\n\n"
    "Several shopkeepers said they had lost half of their customers since the works began in the first days of March.\n\n"
    "A ferry will run twice an hour from Monday, free of charge, the port authority announced after a long meeting.\n\n"
    "Schools on the far bank will open later than usual, and two bus lines are to end at the market until the summer."
)
OTHER = (
    "Heavy rain flooded cellars in three villages overnight, and firefighters pumped water from the power station.\n\n"
    "Nobody was hurt, a spokesman said, but the damage to the harvest could not yet be told by farmers in the valley."
)
PARAGRAPHS = STORY.split("\n\n")


def documents(*texts: str | None, **columns: list) -> pl.DataFrame:
    ids = columns.pop("doc_id", [f"d{n}" for n in range(len(texts))])
    return DOCUMENTS.conform(pl.DataFrame({"doc_id": ids, "text": pl.Series(texts, dtype=pl.String), **columns}))


def marks(frame: pl.DataFrame) -> dict[str, str | None]:
    return dict(duplicates.mark(frame).select("doc_id", "duplicate_of").iter_rows())


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.upper().replace(",", " –"),
        "\n\n".join(reversed(PARAGRAPHS)),
        "\n\n".join(PARAGRAPHS[:2]),
        PARAGRAPHS[0],
        "Bridge shut for weeks\n\n" + STORY,
        STORY.replace("Tuesday", "Wednesday").replace("half", "a third").replace("Monday", "Sunday"),
        STORY + "\n\n" + OTHER,
        "\n\n".join([PARAGRAPHS[2], PARAGRAPHS[0], "The paper could not reach the contractor for comment."]),
    ],
    ids=["same", "typography", "reordered", "half", "a quarter", "headline", "words changed", "added to", "reordered and cut"],
)  # fmt: skip
def test_a_copy_is_marked_whatever_was_done_to_it(copy):
    assert marks(documents(STORY, OTHER, copy)) == {"d0": None, "d1": None, "d2": "d0"}


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        PARAGRAPHS[0] + " " + OTHER,
        OTHER + " " + OTHER.replace("rain", "snow").replace("flooded", "filled") + " " + PARAGRAPHS[1],
        "The mayor told residents on Tuesday that she would not run again.",
        "",
        None,
    ],
)
def test_what_shares_a_passage_only_is_no_copy(text):
    assert marks(documents(STORY, text)) == {"d0": None, "d1": None}


def test_short_texts_are_copies_only_if_all_their_words_are_the_same():
    frame = documents("Goal for the Town!", "Goal for the town", "Goal for the visitors", "Goal", "", "", None, "…")
    assert marks(frame) == {
        "d0": None, "d1": "d0", "d2": None, "d3": None, "d4": None, "d5": None, "d6": None, "d7": None,
    }  # fmt: skip


def test_the_first_is_the_earliest_published_then_the_least_id_and_undated_ones_come_last():
    late, early = [DAY + timedelta(days=1)], [DAY]
    assert marks(documents(STORY, STORY, published=late + early)) == {"d0": "d1", "d1": None}
    assert marks(documents(STORY, STORY, published=early + early, doc_id=["b", "a"])) == {"b": "a", "a": None}
    assert marks(documents(STORY, STORY, published=[None, *late])) == {"d0": "d1", "d1": None}


def test_marking_keeps_columns_rows_and_their_order_and_forgets_old_marks():
    frame = documents(OTHER, STORY, STORY, duplicate_of=["d2", None, None], title=["a", "b", "c"])
    marked = duplicates.mark(frame)
    assert marked.schema == DOCUMENTS.schema
    assert marked.drop("duplicate_of").equals(frame.drop("duplicate_of"))
    assert marked["duplicate_of"].to_list() == [None, None, "d1"]
    assert duplicates.mark(marked).equals(marked)
    assert duplicates.mark(frame.clear()).equals(frame.clear())


words = st.lists(
    st.sampled_from(["talks", "truce", "Geneva", "grid", "envoy", "gas", "port", "rail", "flood", "vote"]),
    min_size=8,
    max_size=14,
)
edits = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.booleans()), min_size=1, max_size=10)


@st.composite
def corpora(draw):
    """Texts of which many are cut or changed copies of a few."""
    stories = [" ".join(f"{word}{n}" for n, word in enumerate(draw(words) * 4)) for _ in range(4)]
    texts = [stories[k][cut:] if front else stories[k][: len(stories[k]) - cut] for k, cut, front in draw(edits)]
    published = draw(
        st.lists(st.sampled_from([None, DAY, DAY + timedelta(days=1)]), min_size=len(texts), max_size=len(texts))
    )
    return documents(*texts, published=pl.Series(published, dtype=pl.Datetime("us", "UTC")))


@given(corpora(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_shards_change_what_is_found(frame, random):
    order = list(range(len(frame)))
    random.shuffle(order)
    expected = marks(frame)
    assert marks(frame[order]) == expected
    shards = [duplicates.sketch(frame[order][n : n + 3]) for n in range(0, len(frame), 3)]
    assert dict(duplicates.cluster(pl.concat(shards)).iter_rows()) == expected


@given(corpora())
@settings(max_examples=60, deadline=None)
def test_what_is_pointed_to_is_a_first_and_published_no_later(frame):
    marked = duplicates.mark(frame)
    firsts = marked.filter(pl.col("duplicate_of").is_null())
    assert (
        marked.drop_nulls("duplicate_of").join(firsts, left_on="duplicate_of", right_on="doc_id", how="anti").is_empty()
    )
    both = marked.join(firsts, left_on="duplicate_of", right_on="doc_id", suffix="_first")
    late = both.filter(
        pl.col("published").is_not_null() & (pl.col("published_first") > pl.col("published")).fill_null(True)
    )
    assert late.is_empty()


def test_sketches_have_a_schema_also_when_they_are_of_nothing():
    assert dict(duplicates.sketch(documents()).schema) == duplicates.SKETCH
    assert dict(duplicates.sketch(documents(STORY, None)).schema) == duplicates.SKETCH


def test_clusters_say_who_printed_a_story_first_and_which_agency_it_came_from():
    frame = duplicates.mark(
        documents(
            STORY, "GENEVA, Feb 4 (Reuters) - " + STORY, OTHER, OTHER, "Alone in the world, a text that nobody copied ever.",
            outlet=["Echo", "Post", "Echo", "Echo", "Echo"], title=["Late", "Bridge", "Rain", "Rain again", "Alone"],
            published=[DAY + timedelta(days=1), DAY, DAY, DAY, DAY],
        )
    )  # fmt: skip
    told = duplicates.clusters(frame)
    assert told.select("doc_id", "title", "copies", "outlets", "first_outlet", "agency", "wire").rows() == [
        ("d1", "Bridge", 2, 2, "Post", "Reuters", True),
        ("d2", "Rain", 2, 1, "Echo", None, False),
    ]
    assert told["first_published"].to_list() == [DAY, DAY]
    assert told["last_published"].to_list() == [DAY + timedelta(days=1), DAY]
    assert duplicates.clusters(frame.clear()).schema == told.schema


def test_a_hundred_copies_with_an_edit_each_are_one_story():
    copies = [STORY.replace("Tuesday", f"day {n}") for n in range(100)]
    assert set(marks(documents(*copies)).values()) == {None, "d0"}
