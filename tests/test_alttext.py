"""What is said of a chart: its number is one that can be read off it, each row has its name, and nothing is said twice."""

from datetime import date, timedelta

import altair as alt
import polars as pl
import pytest

import toolkit as tk
from toolkit.registry import registry
from toolkit.result import Result

ANALYSES = [name for name, plugin in registry.of("analysis").items() if plugin.origin == "bundled"]
COORDINATES = {"x", "y", "lat", "lon", "other_x", "other_y"}
HIDDEN = alt.Axis(labels=False)


def pieces(result):
    return [(said, row) for said, row in result.finding if row]


def finding(result):
    return "".join(said for said, _ in result.finding)


@pytest.mark.parametrize("name", ANALYSES)
def test_a_bundled_analysis_says_nothing_twice_and_no_place_in_a_layout(name, sample):
    result = getattr(tk.analyses, name)(sample)
    told = [said for said, _ in pieces(result)]
    assert len(told) == len(set(told))
    assert all(said[-1] == ")" and not said.startswith("none ") for said in told)
    for column in COORDINATES & set(result.frame.columns):
        for said, row in pieces(result):
            assert row[column] is None or str(round(row[column], 2)) not in said
        assert f"{column} on the" not in result.alt


def test_the_findings_of_the_sample_name_what_they_tell_of(sample):
    assert "the highest: Russia, Ukraine (22); Corvane, Ukraine (19);" in tk.analyses.entity_network(sample).alt
    assert "Corvane Wire, The Ostmere Chronicle (0.453);" in tk.analyses.similarity(sample).alt
    assert "the highest: Ukraine (8.8%), Russia (8.7%) and" in tk.analyses.place_map(sample).alt
    assert "Of 21 values, the highest: Peace talks (8.8%), Iran (" in tk.analyses.topic_discovery(sample).alt
    assert "95 marks; most are of Peace talks (" in tk.analyses.document_map(sample).alt
    assert "Peace talks (19%)" in tk.analyses.emerging_topics(sample).alt
    assert "Ukraine, 2 February 2026 (8.7%);" in tk.analyses.entity_trend(sample).alt


PAIRS = pl.DataFrame(
    {"a": ["N", "S", "N", "E"], "b": ["S", "N", "E", "N"], "x": [0.1, 0.2, 0.3, 0.4], "links": [5, 5, 2, 2]}
)


def test_an_axis_without_numbers_is_no_measure_and_a_pair_counts_once():
    for axis in (None, HIDDEN):
        chart = alt.Chart(PAIRS).mark_circle().encode(x=alt.X("x:Q", axis=axis), size="links:Q")
        result = Result(PAIRS, chart).titled(title="Links")
        assert (
            result.alt == "Scatter plot: Links. It shows links by size. Of 2 values, the highest: N, S (5); N, E (2)."
        )


def test_both_directions_of_a_pair_are_told_if_their_numbers_differ():
    frame = PAIRS.with_columns(links=pl.Series([5, 4, 2, 2]))
    chart = alt.Chart(frame).mark_rect().encode(x="a:N", y="b:N", color="links:Q")
    assert finding(Result(frame, chart)) == "Of 4 values, the highest: N, S (5); S, N (4); N, E (2)."


def test_a_column_that_a_step_of_the_drawing_is_made_from_names_the_row_and_a_list_beside_it_does_not():
    frame = PAIRS.select("a", words=pl.lit("many, words"), share="x")
    chart = alt.Chart(frame).mark_bar().encode(y="name:N", x="share:Q").transform_calculate(name="datum['a'] + '!'")
    assert finding(Result(frame.head(2), chart.properties(data=frame.head(2)))) == (
        "Of 2 values, the highest: S (20%) and N (10%)."
    )


def test_what_the_chart_writes_in_per_cent_is_said_in_per_cent_with_a_decimal_where_it_is_needed():
    frame = pl.DataFrame({"a": ["N", "S"], "part": [0.254, 0.251]})
    chart = alt.Chart(frame).mark_bar().encode(y="a:N", x=alt.X("part:Q", axis=alt.Axis(format=".0%")))
    assert finding(Result(frame, chart)) == "Of 2 values, the highest: N (25.4%) and S (25.1%)."


def test_a_question_as_title_has_no_full_stop_behind_it():
    assert Result(PAIRS).titled(title="Who with whom?").alt == "Chart: Who with whom? It has 4 rows."


def test_a_result_may_name_its_own_measure():
    frame = pl.DataFrame({"a": ["N", "S"], "before": [3, 1], "after": [1.0, 2000.5]})
    chart = alt.Chart(frame).mark_bar().encode(y="a:N", x="before:Q")
    assert finding(Result(frame, chart, measure="after")) == "Of 2 values, the highest: S (2,000) and N (1)."


def over_time(**series):
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(10)]
    rows = [(day, name, number) for name, numbers in series.items() for day, number in zip(days, numbers, strict=True)]
    frame = pl.DataFrame(rows, schema=["day", "of", "n"], orient="row")
    chart = alt.Chart(frame).mark_line().encode(x="day:T", y="n:Q", **({"color": "of:N"} if len(series) > 1 else {}))
    return finding(Result(frame, chart))


NOISE = (2, 5, 1, 4, 3, 3, 6, 2, 4, 1)


def test_a_course_is_told_where_there_is_one():
    assert over_time(a=range(1, 11)).endswith(" It rises from 1 (1 January 2026) to 10 (10 January 2026).")
    assert " from " not in over_time(a=NOISE)
    assert " from " not in over_time(a=[3] * 10)


def test_of_several_things_over_time_that_which_rises_most_and_that_which_falls_most_is_told():
    said = over_time(a=range(10), b=range(0, 30, 3), c=NOISE, d=range(20, 0, -2))
    assert said.endswith(
        " b rises most, from 0 (1 January 2026) to 27 (10 January 2026)."
        " d falls most, from 20 (1 January 2026) to 2 (10 January 2026)."
    )
    assert "most" not in over_time(a=NOISE, b=NOISE[::-1])


def test_an_interval_is_printed_as_its_number_is():
    frame = pl.DataFrame({"share": [0.189], "low": [0.1525], "high": [0.2], "npmi": [0.5], "npmi_low": [0.25]})
    assert Result(frame).printed.row(0) == ("18.9%", "15.2%", "20.0%", "0.5", "0.25")
    assert Result(frame.select("npmi", "low", "high")).printed.row(0) == ("0.5", "0.1525", "0.2")
