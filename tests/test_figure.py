"""What is around a chart: encodings are read from its specification, words are written from its frame and receipt."""

import re
from datetime import UTC, datetime

import altair as alt
import polars as pl
import pytest

from toolkit import charts
from toolkit.encodings import fields, units
from toolkit.figure import Titles, dressed
from toolkit.locale import ENGLISH
from toolkit.receipt import Receipt
from toolkit.result import Result

FRAME = pl.DataFrame(
    {"outlet": ["North", "South", "East", "West", "Mid"], "articles": [5, 3, 2, 1, 4], "when.day": [1, 2, 3, 4, 5]}
)
BARS = alt.Chart(FRAME).mark_bar().encode(x="articles:Q", y=alt.Y("outlet:N", title="Outlet"))


@pytest.mark.parametrize(
    ("chart", "marks", "drawn"),
    [
        (BARS, ["bar"], {"articles", "outlet"}),
        (alt.layer(BARS, BARS.mark_text().encode(text="articles:Q")), ["bar", "text"], {"articles", "outlet"}),
        (BARS | BARS.mark_point(), ["bar", "point"], {"articles", "outlet"}),
        (BARS.facet(row="outlet:N"), ["bar"], {"articles", "outlet"}),
        (alt.Chart(FRAME).mark_bar().encode(x=alt.X(r"when\.day:Q")), ["bar"], {"when.day"}),
        (BARS.transform_calculate(place="datum.articles + 1").encode(order="place:Q"), ["bar"], {"articles", "outlet"}),
        (BARS.transform_window(rank="rank()").encode(x="rank:Q"), ["bar"], {"outlet"}),
        (BARS.encode(tooltip=["outlet", "articles", "when\\.day"]), ["bar"], {"outlet", "articles", "when.day"}),
    ],
)
def test_units_and_fields_of_a_specification_are_found_at_any_depth(chart, marks, drawn):
    spec = chart.to_dict()
    assert [mark for mark, _ in units(spec)] == marks
    assert fields(spec) == drawn


def test_a_description_says_kind_axes_highest_and_lowest():
    assert Result(FRAME, BARS).titled(title="Articles by outlet.").alt == (
        "Bar chart: Articles by outlet. It shows articles on the x axis and Outlet on the y axis. "
        "Of 5 values, the highest: North (5), Mid (4) and South (3); the lowest: West (1)."
    )


@pytest.mark.parametrize(
    ("frame", "chart", "says"),
    [
        (FRAME.head(0), BARS.properties(data=FRAME.head(0)), "there is nothing to draw"),
        (FRAME, None, "It has 5 rows."),
        (FRAME.head(1), BARS.properties(data=FRAME.head(1)), "One value: North (5)."),
    ],
)
def test_a_description_of_little_says_how_little(frame, chart, says):
    assert says in Result(frame, chart).titled(title="Articles").alt


def test_a_description_is_of_the_rows_that_are_drawn():
    some = BARS.properties(data=FRAME.head(2))
    assert "Of 2 values, the highest: North (5) and South (3)." in Result(FRAME, some).titled(title="Articles").alt


def test_a_description_names_no_step_of_the_drawing():
    middle = BARS.transform_calculate(middle="datum.articles / 2").encode(x="middle:Q", y="articles:Q")
    said = Result(FRAME, middle).titled(title="Articles").alt
    assert "It shows articles on the y axis. Of 5 values, the highest: North (5)," in said
    assert "middle" not in said


BRUSH = alt.selection_interval(name="brush", encodings=["x"])
POINT = alt.selection_point(name="picked", fields=["outlet"])
LIMIT = alt.param(name="limit", value=3)
VIEW = re.compile(r"view_[0-9a-f]+_\d+|concat_\d+")
"""A name that is new each time."""
SHADED = BARS.encode(opacity=alt.condition(POINT, alt.value(1), alt.value(0.3)))


def test_a_figure_has_its_words_above_and_below_and_long_ones_are_broken():
    words = Titles("A title " * 20, "A deck", "Source: us", "A note", "By us")
    spec = dressed(charts.specification(BARS), FRAME, words, width=650)
    below, above = spec["title"], spec["hconcat"][0]["title"]
    assert below["text"] == ["A note", "Source: us"]
    assert len(above["text"]) > 1
    assert max(map(len, above["text"])) <= 70
    assert above["subtitle"] == ["A deck", "By us"]


@pytest.mark.parametrize(
    "chart",
    [
        BARS,
        SHADED.add_params(POINT),
        BARS.transform_filter("datum.articles > limit").add_params(LIMIT),
        alt.layer(SHADED, BARS.mark_text().encode(text="articles:Q")).add_params(POINT),
        (SHADED.add_params(POINT) | BARS.mark_point().add_params(BRUSH)).transform_filter(BRUSH),
        BARS.facet(row="outlet:N"),
        BARS.encode(x=alt.X(alt.repeat(), type="quantitative")).repeat(["articles", "when\\.day"]),
    ],
    ids=["unit", "click", "variable", "layer", "concat", "facet", "repeat"],
)
def test_a_dressed_chart_is_drawn_as_altair_draws_it_inside_a_row(chart):
    ours = dressed(charts.specification(chart), FRAME, Titles(source="Source: us"), width=650)
    theirs = charts.specification(alt.hconcat(chart).properties(title=alt.TitleParams(**ours["title"])))
    assert VIEW.sub("", charts.svg(ours)) == VIEW.sub("", charts.svg(theirs))
    assert ours["hconcat"][0].keys().isdisjoint({"$schema", "config", "datasets"})


def test_what_a_chart_configures_holds_when_it_is_dressed():
    framed = BARS.configure_view(stroke="#abcdef").configure_axis(grid=False)
    assert 'stroke="#abcdef"' in charts.svg(Result(FRAME, framed).titled(source="Source: us").figure)


@pytest.mark.parametrize(
    "title", ["Talks " * 50, "محادثات السلام بين روسيا وأوكرانيا", "שיחות השלום"], ids=["300", "Arabic", "Hebrew"]
)
def test_a_title_of_any_length_and_direction_is_drawn_inside_the_figure(title):
    result = Result(FRAME, BARS).titled(title=title).styled(preset="column")
    svg = charts.svg(result.drawing)
    assert all(word in svg for word in title.split())
    assert float(re.search(r'<svg[^>]*? width="([\d.]+)"', svg)[1]) <= 340


def test_a_chart_of_fifty_thousand_marks_is_drawn_and_shown_as_a_picture():
    many = pl.DataFrame({"x": range(50_000), "y": [n % 97 for n in range(50_000)]})
    result = Result(many, alt.Chart(many).mark_point().encode(x="x:Q", y="y:Q"))
    data, _ = result._repr_mimebundle_()
    assert data.keys() == {"image/png", "text/plain"}


DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("until", "text"),
    [
        (datetime(2026, 1, 1, 20, tzinfo=UTC), "1 Jan 2026"),
        (datetime(2026, 1, 8, tzinfo=UTC), "1–8 Jan 2026"),
        (datetime(2026, 3, 8, tzinfo=UTC), "1 Jan–8 Mar 2026"),
        (datetime(2027, 3, 8, tzinfo=UTC), "1 Jan 2026–8 Mar 2027"),
        (None, ""),
    ],
)
def test_a_period_says_what_its_days_share_once(until, text):
    assert ENGLISH.period(DAY, until) == text


def test_a_source_line_is_what_the_receipt_holds():
    made = Receipt(
        "topic_mix",
        "The mix",
        "1",
        {},
        "ab",
        documents=62,
        sentences=900,
        outlets=("A", "B"),
        since=DAY,
        until=datetime(2026, 3, 8, tzinfo=UTC),
        undated=3,
        copies=4,
        toolkit="0.1.0",
    )
    assert (
        made.source
        == "Source: 62 articles, 2 outlets, 1 Jan–8 Mar 2026, 3 undated, 4 of them copies of another. toolkit 0.1.0"
    )
    assert '"plugin": "topic_mix"' in made.to_json()
