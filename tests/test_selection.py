"""Which articles meet conditions: each condition, its edges, and how it is said."""

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest

from toolkit import schema, selection
from toolkit.errors import SettingError

DOCUMENTS = schema.DOCUMENTS.conform(
    pl.DataFrame(
        {
            "doc_id": ["a", "b", "c", "d"],
            "title": ["Gas PRICES", None, "Ferry", None],
            "text": ["It fell.", "The gas line.", "The İstanbul ferry.", ""],
            "published": [
                datetime(2026, 2, 1, 23, 59, 59, 999999),
                datetime(2026, 2, 2),
                datetime(2026, 2, 2, 12),
                None,
            ],
            "outlet": ["Echo", "Wire", "Echo", None],
        }
    ).with_columns(pl.col("published").dt.replace_time_zone("UTC"))
)
SENTENCES = schema.SENTENCES.conform(
    pl.DataFrame({"doc_id": ["a", "b", "c"], "sent_id": [0, 0, 0], "kind": ["body", "caption", "title"]})
)
ENTITIES = schema.ENTITIES.conform(
    pl.DataFrame(
        {
            "doc_id": ["a", "b", "c", "c"],
            "sent_id": [0, 0, 0, 0],
            "label": ["PERSON", "PERSON", "GPE", "DATE"],
            "entity": ["Ada Lin", "Ada Lin", "Istanbul", None],
            "entity_id": ["person:ada-lin", "person:ada-lin", None, None],
            "country": [None, None, "TUR", None],
        }
    )
)
TOPICS = schema.TOPICS.conform(
    pl.DataFrame(
        {
            "doc_id": ["a", "b"],
            "sent_id": [0, 0],
            "topic": ["Gas", "Gas"],
            "weight": [schema.HOLDS, schema.HOLDS - 0.001],
        }
    )
)
FRAMES = {
    name: frame.lazy()
    for name, frame in {"documents": DOCUMENTS, "sentences": SENTENCES, "entities": ENTITIES, "topics": TOPICS}.items()
}


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({}, "abcd"),
        ({"topic": None, "outlet": "Echo"}, "ac"),
        ({"topic": "Gas"}, "a"),
        ({"topic": ["Gas", "Ferries"]}, "a"),
        ({"entity": "Ada Lin"}, "ab"),
        ({"entity": "person:ada-lin"}, "ab"),
        ({"entity": ["Istanbul", "person:ada-lin"]}, "abc"),
        ({"country": "TUR"}, "c"),
        ({"country": "FRA"}, ""),
        ({"outlet": ["Echo", "Wire"]}, "abc"),
        ({"outlet": "Wire", "country": "TUR"}, ""),
        ({"text": "gas"}, "ab"),
        ({"text": "GAS P"}, "a"),
        ({"text": "."}, "abc"),
        ({"text": "gas l."}, ""),
        ({"since": "2026-02-02"}, "bc"),
        ({"since": datetime(2026, 2, 2, 12)}, "c"),
        ({"until": "2026-02-01"}, "a"),
        ({"until": date(2026, 2, 2)}, "abc"),
        ({"until": "2026-02-02T00:00"}, "ab"),
        ({"until": datetime(2026, 2, 2, 11, 59, 59, 999999)}, "ab"),
        ({"since": "2026-02-02", "until": "2026-02-02"}, "bc"),
    ],
)
def test_conditions_choose_articles_in_their_order(conditions, ids):
    assert "".join(selection.chosen(FRAMES, conditions).collect()["doc_id"]) == ids


def test_a_column_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(
        SettingError, match=r"no column 'paper'.*topic, entity, country, text, since, until and doc_id, title"
    ):
        selection.chosen(FRAMES, {"paper": "Echo"})


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-02-04", datetime(2026, 2, 4, tzinfo=UTC)),
        (date(2026, 2, 4), datetime(2026, 2, 4, tzinfo=UTC)),
        ("2026-02-04T10:30", datetime(2026, 2, 4, 10, 30, tzinfo=UTC)),
        (datetime(2026, 2, 4, 10), datetime(2026, 2, 4, 10, tzinfo=UTC)),
        (datetime(2026, 2, 4, 10, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 2, 4, 8, tzinfo=UTC)),
    ],
)
def test_a_day_or_moment_is_told_in_utc(given, moment):
    assert selection.moment(given) == moment


@pytest.mark.parametrize("wrong", ["4 February", "2026-13-01", 3, None])
def test_what_is_no_day_is_refused(wrong):
    with pytest.raises(SettingError, match="is no date; write it as 2026-02-04"):
        selection.moment(wrong)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("people", ["Ada Lin"]),
        ("names", ["Ada Lin", "Istanbul"]),
        ("places", ["Istanbul"]),
        ("DATE", [None]),
        ("ORG", []),
    ],
)
def test_mentions_are_of_a_kind_and_in_sentences_that_count(kind, found):
    assert selection.mentions(FRAMES, kind).collect()["entity"].to_list() == found


def test_a_kind_of_names_that_there_is_not_is_refused():
    with pytest.raises(
        SettingError, match="no names of the kind 'cities'; there are names, people, organisations, places"
    ):
        selection.mentions(FRAMES, "cities")


def test_conditions_are_said_in_words_the_first_five_of_many():
    letters = list("abcdefg")
    assert selection.said({"outlet": "Echo", "doc_id": letters[:5], "topic": letters}) == (
        "only outlet Echo",
        "only doc_id a, b, c, d, e",
        "only topic a, b, c, d, e and 2 more",
    )
    assert selection.said({"doc_id": letters[:6]}) == ("only doc_id a, b, c, d, e and 1 more",)


def test_a_judgement_is_found_if_the_corpus_says_so_now():
    blank = {"group": None, "start": None, "end": None, "weight": 1.0, "coder": "", "answer": "yes"}
    judged = schema.JUDGEMENTS.conform(
        pl.DataFrame(
            [
                blank | {"what": "topics", "doc_id": "a", "sent_id": 0, "group": "Gas"},
                blank | {"what": "topics", "doc_id": "b", "sent_id": 0, "group": "Gas"},
                blank | {"what": "entities", "doc_id": "c", "sent_id": 0, "group": "GPE", "start": 4, "end": 12},
                blank | {"what": "entities", "doc_id": "c", "sent_id": 0, "group": "ORG", "start": 4, "end": 12},
            ],
            schema=schema.JUDGEMENTS.schema,
        )
    )
    places = ENTITIES.with_columns(start=pl.lit(4, pl.Int64), end=pl.lit(12, pl.Int64))
    frames = {"topics": TOPICS, "entities": places}
    told = selection.found(judged, frames.__getitem__)
    assert told["found"].to_list() == [True, False, True, False]
    surer = {"topics": TOPICS.with_columns(weight=pl.lit(1.0)), "entities": places}
    assert selection.found(judged, surer.__getitem__)["found"].to_list() == [True, True, True, False]
    assert selection.found(judged.head(0), frames.__getitem__).is_empty()
