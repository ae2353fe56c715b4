"""The widgets' half in Python; the half in the browser is tested in tests/browser."""

from datetime import UTC, date, datetime

import altair as alt
import ipywidgets
import polars as pl
import pytest

from toolkit.errors import PluginError
from toolkit.widgets import ChartView, Table, view

ROWS = pl.DataFrame(
    {
        "text": ["Iran spoke 😀 of Iran", "France kept quiet", None],
        "weight": [0.25, None, 0.75],
        "title": ["A", "B", "C"],
        "url": ["https://example.org/a", "javascript:alert(1)", None],
        "marks": [[{"start": 13, "end": 15, "kind": "topic"}], [], None],
    },
    schema_overrides={"marks": pl.List(pl.Struct({"start": pl.Int64, "end": pl.Int64, "kind": pl.String}))},
)
MIX = pl.DataFrame({"topic": ["Iran", "France"], "share": [0.6, 0.4]})
BARS = alt.Chart(MIX).mark_bar().encode(x="share:Q", y="topic:N")
EVIDENCE = pl.DataFrame(
    {"doc_id": ["a", "a", "b"], "sent_id": [0, 1, 0], "topic": ["Iran", "France", "Iran"], "text": ["x", "y", "z"]}
)


def behind(picked):
    return EVIDENCE.filter([pl.col(key) == value for key, value in picked.items()] or pl.lit(True))


def numbers(table):
    return [row["id"] for row in table.page(0, 60)]


def picked(**values):
    """What the browser sends when marks with these values are picked."""
    return {field: {"values": [value], "range": False} for field, value in values.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [("", [0, 1, 2]), ("IRAN", [0]), ("  quiet ", [1]), ("0.75", [2]), ("(", []), ("spoke.*", []), ("alert", [])],
)
def test_a_search_finds_the_rows_that_show_the_words(query, found):
    table = Table(ROWS, columns=["text", "weight"])
    table.query = query
    assert numbers(table) == found
    assert (table.total, table.everything) == (len(found), 3)


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        (["weight", False], [0, 2, 1]),
        (["weight", True], [2, 0, 1]),
        (["", False], [0, 1, 2]),
        (["nowhere", True], [0, 1, 2]),
    ],
)
def test_a_column_sorts_up_and_down_with_what_is_missing_last(order, rows):
    table = Table(ROWS)
    table.order = order
    assert numbers(table) == rows


def test_cells_carry_marks_in_characters_and_the_places_a_search_matched():
    table = Table(ROWS)
    text, *_ = table.page(0, 1)[0]["cells"]
    assert text["marks"] == [[13, 15, "topic", "topic"]]
    table.query = "iran"
    text, *_ = table.page(0, 1)[0]["cells"]
    assert [text["text"][start:end] for start, end, kind, _ in text["marks"] if kind == "found"] == ["Iran", "Iran"]
    assert set(table.colors) == {"topic", "found"}


def test_the_browser_gets_one_page_and_asks_for_others():
    table, sent = Table(pl.DataFrame({"n": range(1000)})), []
    assert [row["id"] for row in table.opening] == list(range(60))
    table.send = lambda content, buffers=None: sent.append(content)
    table._handle_custom_msg({"kind": "rows", "first": 960, "count": 60, "asked": 7}, [])
    assert sent[0]["asked"] == 7
    assert [row["cells"] for row in sent[0]["rows"]][-1] == ["999"]


def test_selected_rows_are_a_frame_in_the_frames_order_and_are_copied_as_tabs():
    table, sent = Table(ROWS, columns=["text", "weight"]), []
    table.chosen = [2, 0, 99]
    assert table.selected["title"].to_list() == ["A", "C"]
    table.send = lambda content, buffers=None: sent.append(content)
    table._handle_custom_msg({"kind": "copy", "chosen": [1]}, [])
    assert sent == [{"kind": "copy", "rows": 1, "text": "text\tweight\nFrance kept quiet\t"}]


def test_another_frame_clears_search_order_and_selection():
    table = Table(ROWS)
    table.query, table.order, table.chosen = "iran", ["weight", True], [0]
    table.frame = MIX
    assert (table.query, table.order, table.chosen, table.total) == ("", ["", False], [], 2)
    assert [column["name"] for column in table.head] == ["topic", "share"]
    assert table.selected.is_empty()


def test_an_empty_frame_is_a_table_without_rows():
    table = Table(pl.DataFrame())
    table.query = "x"
    assert (table.head, table.total, table.opening) == ([], 0, [])


@pytest.mark.parametrize(
    ("values", "range_", "selection"),
    [
        (["Iran"], False, "Iran"),
        (["Iran", "France"], False, ["Iran", "France"]),
        ([5, 2], True, (2, 5)),
        ([None], False, None),
        ([{"time": "2026-01-05T00:00:00.000"}], False, datetime(2026, 1, 5)),
        ([{"time": "2026-01-05T09:30:00.000Z"}], False, datetime(2026, 1, 5, 9, 30, tzinfo=UTC)),
        ([{"time": "2026-01-09T00:00:00"}, {"time": "2026-01-05T00:00:00"}], True, (datetime(2026, 1, 5), datetime(2026, 1, 9))),
    ],
)  # fmt: skip
def test_what_is_picked_becomes_a_value_a_list_or_an_interval(values, range_, selection):
    chart, told = ChartView(BARS, keys=["topic"]), []
    chart.observe(lambda change: told.append(change["new"]), "selection")
    chart.picked = {"key": {"values": values, "range": range_}}
    assert chart.selection == {"key": selection}
    chart.clear()
    assert told == [{"key": selection}, {}]


def test_a_chart_tells_the_selections_its_author_declared():
    brush = alt.selection_interval(name="brush", encodings=["x"])
    point = alt.selection_point(name="point", fields=["topic"])
    vague, zoom = alt.selection_point(name="vague"), alt.selection_interval(name="zoom", bind="scales")
    chart = ChartView(alt.hconcat(BARS.add_params(brush, vague), BARS.add_params(point, zoom)))
    assert {one["name"]: one["ranges"] for one in chart.params} == {"brush": ["share"], "point": []}
    assert ChartView(BARS).params == []


@pytest.mark.parametrize(
    ("moment", "zone"),
    [(date(2026, 1, 5), "wall"), (datetime(2026, 1, 5, 9), "wall"), (datetime(2026, 1, 5, tzinfo=UTC), "moment")],
)
def test_moments_with_and_without_a_time_zone_are_told_apart(moment, zone):
    chart = ChartView(alt.Chart(pl.DataFrame({"at": [moment], "n": [1]})).mark_point().encode(x="at:T", y="n:Q"))
    assert chart.times == {"at": zone}
    named = ChartView(alt.Chart(alt.NamedData("rows")).mark_point().encode(x="at:T"))
    named.data("rows", pl.DataFrame({"at": [moment]}))
    assert named.times == {"at": zone}
    assert named.rows["rows"][0]["at"].startswith("2026-01-05T")


def test_another_chart_in_its_place_keeps_those_who_observe():
    chart, told = ChartView(BARS, keys=["topic"]), []
    chart.observe(lambda change: told.append(change["new"]), "selection")
    chart.picked = picked(topic="Iran")
    chart.show(BARS.mark_point())
    chart.picked = picked(topic="France")
    assert told == [{"topic": "Iran"}, {}, {"topic": "France"}]


def test_vega_is_sent_when_it_is_asked_for():
    chart, sent = ChartView(BARS), []
    chart.send = lambda content, buffers=None: sent.append((content, len(buffers[0])))
    chart._handle_custom_msg({"kind": "vega"}, [])
    assert sent[0][0] == {"kind": "vega"}
    assert 100_000 < sent[0][1] < 250_000
    assert len(str(chart.get_state())) < 60_000


def test_a_view_shows_the_evidence_of_what_is_picked():
    shown = view(BARS, behind, ["topic"])
    assert shown.selected.height == 3
    assert shown.table.caption.startswith("All the evidence: 3 sentences.")
    shown.chart.picked = picked(topic="Iran")
    assert shown.selection == {"topic": "Iran"}
    assert shown.selected["text"].to_list() == ["x", "z"]
    assert shown.table.caption == "topic Iran: 2 sentences"
    assert [column["label"] for column in shown.table.head] == ["Sentence", "Topic"]
    shown.chart.clear()
    assert shown.selected.height == 3


def test_a_view_without_evidence_says_so():
    def none(_):
        raise ValueError("This analysis gave no evidence.")

    shown = view(BARS, none, [])
    assert shown.table.caption == "This analysis gave no evidence."
    assert shown.selected.is_empty()
    shown = view(BARS, lambda _: EVIDENCE.head(0), ["topic"])
    assert shown.table.caption == "There is no evidence."
    shown.chart.picked = picked(topic="Iran")
    assert shown.table.caption == "topic Iran: no sentences"


def test_a_chart_of_too_many_rows_is_not_sent_to_the_browser():
    points = alt.Chart(pl.DataFrame({"x": range(100_000), "y": range(100_000)})).mark_point().encode(x="x", y="y")
    with pytest.raises(PluginError, match=r"The chart holds \d+\.\d MB, .* fewer rows"):
        ChartView(points)


def test_a_hundred_views_free_what_they_hold_when_they_are_closed():
    before = {*ipywidgets.widgets.widget._instances}
    views = [view(BARS, behind, ["topic"]) for _ in range(100)]
    assert len({*ipywidgets.widgets.widget._instances} - before) >= 300
    for one in views:
        one.close()
    assert {*ipywidgets.widgets.widget._instances} == before


def test_a_view_says_in_plain_text_what_it_is():
    assert view(BARS, behind, ["topic"])._repr_mimebundle_()["text/plain"] == (
        "Chart over 3 sentences. It is alive where its cell runs."
    )
