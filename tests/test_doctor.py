"""The doctor: what may be wrong with a corpus, and what to do."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from toolkit import doctor
from toolkit.schema import DOCUMENTS, PROBLEMS, SENTENCES, Moment

TODAY = date(2026, 3, 1)
NOON = datetime(2026, 2, 4, 12, tzinfo=UTC)
TEXT = (
    "The mayor told residents on Tuesday that the old bridge would stay closed until engineers had checked every cable, "
    "and that a ferry would run twice an hour."
)
SOUND = {"text": TEXT, "title": "Bridge", "published": NOON, "outlet": "Echo", "language": "en"}


def documents(*rows: dict) -> pl.DataFrame:
    """Sound documents, each with what a row changes."""
    full = [{"doc_id": f"d{n}", **SOUND, "published": NOON + timedelta(minutes=n)} | row for n, row in enumerate(rows)]
    frame = pl.DataFrame(full, schema_overrides={"published": Moment}, infer_schema_length=None)
    return DOCUMENTS.conform(frame.with_columns(words=pl.col("text").str.count_matches(r"\w+").fill_null(0)))


def checked(frame: pl.DataFrame, sentences: pl.DataFrame | None = None, problems: pl.DataFrame | None = None):
    sentences = SENTENCES.empty() if sentences is None else sentences
    return doctor.check(frame, sentences, PROBLEMS.empty() if problems is None else problems, today=TODAY)


def found(told: pl.DataFrame) -> dict[str, int]:
    return dict(told.filter(pl.col("count") > 0).select("check", "count").iter_rows())


def test_a_sound_corpus_is_fine_in_every_respect():
    told = checked(documents({}, {}, {}))
    assert told["severity"].unique().to_list() == ["fine"]
    assert told["share"].to_list() == [0.0] * len(told)
    assert told["examples"].list.len().sum() == 0


@pytest.mark.parametrize(
    ("row", "check"),
    [
        ({"text": " \n"}, "no text"),
        ({"text": None}, "no text"),
        ({"text": "The mayor told residents to wait."}, "short text"),
        ({"text": TEXT + " The ferry ..."}, "cut text"),
        ({"text": TEXT + " The ferry […]"}, "cut text"),
        ({"text": TEXT + " [+1234 chars]"}, "cut text"),
        ({"text": TEXT + " Continue reading"}, "cut text"),
        ({"text": TEXT[:-1] + " and once an hour from the"}, "cut text"),
        ({"text": TEXT * 150}, "very long text"),
        ({"text": TEXT + " It cost Â£5."}, "broken characters"),
        ({"text": TEXT + " Itâ€™s free."}, "broken characters"),
        ({"text": TEXT + " Caf\ufffd."}, "broken characters"),
        ({"text": TEXT + " <b>Free</b>."}, "markup in the text"),
        ({"text": TEXT + " Bread &amp; butter."}, "markup in the text"),
        ({"published": None}, "no date"),
        ({"published": NOON + timedelta(days=90)}, "future date"),
        ({"published": datetime(1970, 1, 1, tzinfo=UTC)}, "impossible date"),
        ({"published": datetime(2026, 2, 4, tzinfo=UTC)}, "only a day"),
        ({"outlet": None}, "no outlet"),
        ({"title": None}, "no title"),
        ({"language": None}, "no language"),
        ({"duplicate_of": "d0"}, "copies"),
    ],
)
def test_what_is_wrong_with_a_document_is_found_and_named(row, check):
    told = checked(documents({}, row, {}, {}))
    assert found(told) == {check: 1}
    share, examples, advice, severity = told.select("share", "examples", "advice", "severity").row(0)
    assert (share, examples) == (0.25, ["d1"])
    assert severity != "fine"
    assert advice.endswith(".")


def test_a_language_apart_is_told_and_so_is_that_its_names_are_not_read():
    assert found(checked(documents({}, {"language": "fr"}, {}))) == {"other language": 1, "names not read": 1}
    assert found(checked(documents({"language": "zh"}, {"language": "zh"}))) == {"names not read": 2}


@pytest.mark.parametrize(
    "text",
    [TEXT + " “Free of charge,” she said, “for all”", TEXT + "\nAttendance: 1,144", TEXT + " It costs £5, or 5 < 6 > 4.",
     TEXT + " Ângela, Ðorđe and Ãlvaro agreed.", "สะพานจะปิดต่อไปจนกว่าวิศวกรจะตรวจสายเคเบิลครบทุกเส้น " * 30 + "ทุกเส้น"],
)  # fmt: skip
def test_what_only_looks_wrong_is_let_be(text):
    assert (
        not {"cut text", "broken characters", "markup in the text"}
        & found(checked(documents({}, {"text": text}))).keys()
    )


def test_an_article_much_shorter_than_is_usual_for_its_outlet_is_suspicious():
    long = {"text": TEXT * 10}
    assert found(checked(documents(long, long, {}, {"outlet": "Brief"}))) == {"short text": 1}


def test_documents_that_are_mostly_furniture_are_named():
    sentences = SENTENCES.conform(
        pl.DataFrame({
            "doc_id": ["d0", "d0", "d1", "d1"], "sent_id": [0, 1, 0, 1], "kind": ["body", "other", "body", "other"],
            "words": [10, 5, 5, 10],
        })
    )  # fmt: skip
    told = checked(documents({}, {}), sentences)
    assert told.filter(pl.col("check") == "mostly furniture").select("count", "examples").row(0) == (1, ["d1"])


def test_missing_days_are_counted_in_days_and_point_to_the_last_article_before():
    rows = [
        {"published": NOON + timedelta(days=n, minutes=m)}
        for n in range(-60, 0)
        for m in range(3)
        if not -40 <= n < -30
    ]
    told = checked(documents(*rows)).row(0, named=True)
    assert (told["check"], told["count"], told["share"]) == ("days missing", 10, pytest.approx(10 / 60))
    assert told["examples"] == ["d59"]


def test_inputs_that_were_skipped_count_among_all_inputs():
    problems = pl.DataFrame(
        [("a.pdf", "skipped", "is a scan."), ("b.txt", "repaired", "was not UTF-8.")],
        schema=PROBLEMS.schema,
        orient="row",
    )
    told = checked(documents({}, {}, {}), problems=problems).row(0, named=True)
    assert (told["check"], told["count"], told["share"], told["examples"]) == ("inputs skipped", 1, 0.25, [])


def test_the_worst_comes_first_and_no_row_names_more_than_five():
    told = checked(documents(*[{"published": None}] * 6, {"title": None}, *[{}] * 50))
    assert told["severity"].to_list() == sorted(told["severity"], key=doctor.SEVERITIES.index)
    assert told.row(0, named=True)["examples"] == ["d0", "d1", "d2", "d3", "d4"]
    assert told.filter(pl.col("check") == "no date")["severity"].item() == "warning"
    all_undated = checked(documents(*[{"published": None}] * 6))
    assert all_undated.filter(pl.col("check") == "no date")["severity"].item() == "serious"


def test_an_empty_corpus_has_every_row_and_nothing_wrong():
    told = checked(DOCUMENTS.empty())
    assert told.schema == checked(documents({})).schema
    assert told["count"].sum() == 0
    assert set(told["check"]) == set(checked(documents({}))["check"])


def test_the_chart_shows_what_is_not_fine_in_the_order_of_the_frame():
    told = checked(documents({"published": None}, {"title": None}, {}))
    spec = doctor.chart(told).to_dict()
    bars, numbers = spec["layer"]
    rows = next(iter(spec["datasets"].values()))
    assert [row["check"] for row in rows] == bars["encoding"]["y"]["sort"] == ["no date", "no title"]
    assert (bars["encoding"]["x"]["field"], numbers["encoding"]["text"]["field"]) == ("share", "count")


def test_a_sound_corpus_has_a_sentence_in_place_of_an_empty_chart():
    spec = doctor.chart(checked(documents({}))).to_dict()
    assert next(iter(spec["datasets"].values())) == [{"says": "Nothing was found in 20 checks."}]
