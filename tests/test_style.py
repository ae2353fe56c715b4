"""A figure takes the theme, the size and the language of where it is published."""

import re
from datetime import date, datetime
from itertools import pairwise, product

import altair as alt
import polars as pl
import pytest

import toolkit as tk
from toolkit import panels, style
from toolkit.errors import SettingError
from toolkit.locale import read

ROWS = pl.DataFrame({"topic": ["Iran", "France", "other"], "share": [0.515, 0.25, 0.235]})
BARS = alt.Chart(ROWS).mark_bar().encode(x=alt.X("share:Q").axis(format=".1%"), y="topic:N")
CHARTS = {
    "bars": BARS,
    "columns": alt.Chart(ROWS).mark_bar().encode(x="topic:N", y="share:Q"),
    "set in size": BARS.properties(width=300, height=200),
    "layers": alt.layer(BARS, BARS.mark_text().encode(text="topic:N")).properties(width=480),
    "side by side": BARS.properties(width=200) | BARS,
    "small multiples": BARS.facet("topic:N", columns=2),
    "panels": alt.vconcat(BARS, BARS.properties(height=50)),
    "panels in columns": alt.concat(*[BARS.encode(y=alt.Y("topic:N", axis=None)).properties(width=180, height=76)] * 18, columns=3),
}  # fmt: skip


def size(svg):
    return [float(part) for part in re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()]


@pytest.mark.parametrize(
    ("kind", "name"), [*product(CHARTS, ["square"]), *product(["bars", "panels", "panels in columns"], style.presets())]
)
def test_the_whole_figure_has_the_size_of_its_preset(kind, name, tmp_path):
    path = (
        tk.Result(ROWS, CHARTS[kind]).titled(title="Shares", source="Source: us").save(tmp_path / "a.svg", preset=name)
    )
    width, height = size(path.read_text("utf8"))
    wanted = style.presets()[name]
    assert width == pytest.approx(wanted.width, abs=8)
    assert wanted.height is None or height == pytest.approx(wanted.height, abs=8)


@pytest.mark.parametrize(
    ("preset", "columns"), [(None, 3), ("full", 3), ("print", 3), ("column", 2), ("square", 4), ("slide", 5)]
)
def test_panels_stand_in_as_many_columns_as_suit_the_figure(preset, columns):
    drawn = tk.Result(ROWS, CHARTS["panels in columns"]).titled(source="us").styled(preset=preset).drawing
    (grid,) = panels.grids(drawn)
    assert grid["columns"] == columns
    assert all(part["height"] > 40 for part in grid["concat"])


def test_where_a_slide_is_too_low_for_its_rows_the_text_is_smaller_and_no_line_lies_on_another(tmp_path):
    rows = pl.DataFrame({"topic": [f"Topic {number}" for number in range(40)], "share": [0.5] * 40})
    bars = alt.Chart(rows).mark_bar().encode(x="share:Q", y="topic:N")
    drawn = tk.Result(rows, bars).save(tmp_path / "a.svg", preset="slide").read_text("utf8")
    labels = re.findall(r'transform="translate\([\d.-]+,([\d.]+)\)"[^>]*font-size="([\d.]+)px"[^>]*>Topic', drawn)
    places = sorted(float(place) for place, _ in labels)
    assert len(labels) == 40
    assert min(b - a for a, b in pairwise(places)) >= 0.9 * float(labels[0][1])
    assert size(drawn)[1] == pytest.approx(540, abs=8)


def test_a_slide_has_larger_text_and_print_smaller(tmp_path):
    def largest(preset):
        drawn = tk.Result(ROWS, BARS).titled(title="Shares").save(tmp_path / "a.svg", preset=preset).read_text("utf8")
        return max(float(found) for found in re.findall(r'font-size="([\d.]+)px"', drawn))

    assert largest("slide") > largest("full") > largest("print")


def test_a_title_is_broken_to_the_figures_width(tmp_path):
    long = "What three hundred articles say of the talks and of those who were not invited to them " * 3
    drawn = tk.Result(ROWS, BARS).titled(title=long).save(tmp_path / "a.svg", preset="column").read_text("utf8")
    assert size(drawn)[0] < 380


@pytest.mark.parametrize(
    ("locale", "says"), [("en", "50.0%"), ("de", "50,0\u00a0%"), ("fr", "50,0\u202f%"), ("es", "50,0\u00a0%")]
)
def test_numbers_are_written_as_the_language_writes_them(locale, says, tmp_path):
    assert f">{says}<" in tk.Result(ROWS, BARS).save(tmp_path / "a.svg", locale=locale).read_text("utf8")


def test_dates_and_the_source_line_are_written_as_the_language_writes_them(sample, tmp_path):
    drawn = tk.analyses.volume(sample).save(tmp_path / "a.svg", locale="de").read_text("utf8")
    assert "Quelle: " in drawn
    assert "Artikel" in drawn
    assert "März" in drawn


@pytest.mark.parametrize(
    ("locale", "tick", "told", "period"),
    [
        ("en", "5 Jan", "7 Jan 2026", "5–8 Jan 2026"),
        ("de", "5. Jan.", "7. Jan. 2026", "5.–8. Jan. 2026"),
        ("fr", "5 janv.", "7 janv. 2026", "5–8 janv. 2026"),
        ("es", "5 ene", "7 ene 2026", "5–8 ene 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it_on_axes_in_text_and_in_the_source_line(
    locale, tick, told, period, tmp_path
):
    rows = pl.DataFrame({"day": [date(2026, 1, day) for day in (5, 7, 8)], "articles": [1, 2, 3]})
    base = alt.Chart(rows).encode(x="day:T", y="articles:Q")
    text = base.transform_calculate(said="timeFormat(datum.day, '%-d %b %Y')").mark_text().encode(text="said:N")
    drawn = tk.Result(rows, base.mark_line() + text).save(tmp_path / "a.svg", locale=locale).read_text("utf8")
    assert {tick, told} <= set(re.findall(r">([^<>]+)</text>", drawn))
    assert read(locale).period(datetime(2026, 1, 5), datetime(2026, 1, 8)) == period


@pytest.mark.parametrize(
    ("most", "locale", "ticks"),
    [
        (3, "en", {"0", "1", "2", "3"}),
        (4000, "en", {"0", "2,000", "4,000"}),
        (4000, "de", {"0", "2.000", "4.000"}),
        (400_000, "en", {"0", "200k", "400k"}),
    ],
)
def test_an_axis_of_counts_writes_them_in_full_until_they_are_long_and_nought_as_nought(most, locale, ticks, tmp_path):
    rows = pl.DataFrame({"outlet": ["Echo"], "amount": [most]})
    axis = tk.charts.amounts(rows["amount"], ticks=2)
    drawn = tk.Result(rows, alt.Chart(rows).mark_bar().encode(y=alt.Y("amount:Q", axis=axis), x="outlet:N"))
    said = set(re.findall(r">([\d.,]+k?)</text>", drawn.save(tmp_path / "a.svg", locale=locale).read_text("utf8")))
    assert said <= ticks
    assert "0" in said
    assert len(said) > 1


def test_a_theme_is_under_the_picture_and_the_page(tmp_path):
    result = tk.Result(ROWS, BARS)
    for suffix in (".svg", ".html", ".json"):
        assert "#16181d" in result.save(tmp_path / f"a{suffix}", theme="dark").read_text("utf8")
        assert "#16181d" not in result.save(tmp_path / f"b{suffix}").read_text("utf8")


@pytest.mark.parametrize("what", ["theme", "preset", "locale"])
def test_what_does_not_exist_is_said_with_what_does(what, tmp_path):
    with pytest.raises(SettingError, match=f"There is no {what} .*klingon.*; there are "):
        tk.Result(ROWS, BARS).save(tmp_path / "a.svg", **{what: "klingon"})


def test_a_logo_is_in_the_figure_and_a_missing_one_is_said(tmp_path):
    from PIL import Image

    Image.new("RGB", (40, 20), "#ff00ff").save(tmp_path / "logo.png")
    picture = tk.Result(ROWS, BARS).titled(title="Shares", logo=tmp_path / "logo.png").save(tmp_path / "a.png")
    assert (255, 0, 255) in {color for _, color in Image.open(picture).convert("RGB").getcolors(1 << 24)}
    with pytest.raises(SettingError, match=r"The logo .* cannot be read: No such file"):
        tk.Result(ROWS, BARS).titled(logo=tmp_path / "none.png").save(tmp_path / "a.png")
    (tmp_path / "logo.txt").write_text("no picture")
    with pytest.raises(SettingError, match="is no picture"):
        tk.Result(ROWS, BARS).titled(logo=tmp_path / "logo.txt").save(tmp_path / "a.png")


def test_an_unknown_setting_of_an_exporter_is_said(tmp_path):
    with pytest.raises(SettingError, match="png has no setting 'scael'; its settings are: scale"):
        tk.Result(ROWS, BARS).save(tmp_path / "a.png", scael=3)
