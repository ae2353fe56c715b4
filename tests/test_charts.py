"""How charts are shown: compiled, as pictures, as pages, in notebooks."""

import base64
import json
import re
import subprocess
import sys
import zlib
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import charts, theme

LONG = "Ceasefire monitoring mission in the east"
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">]]>\x0b'
ROWS = pl.DataFrame({"topic": ["Iran", LONG, "other"], "share": [0.5, 0.3, 0.2], "url": ["https://example.org/a", "javascript:alert(1)", None]})  # fmt: skip
BARS = alt.Chart(ROWS).mark_bar().encode(x="share:Q", y="topic:N")


def pixels(picture):
    """Width, height and the unpacked rows of a PNG."""
    body, at = b"", 8
    while at < len(picture):
        size = int.from_bytes(picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            body += picture[at + 8 : at + 8 + size]
        at += size + 12
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24]), zlib.decompress(body)


def axes(spec):
    return [axis for axis in spec["axes"] if "title" in axis]


KINDS = {
    "bar": BARS,
    "stacked": alt.Chart(ROWS).mark_bar().encode(x="sum(share):Q", color="topic:N"),
    "line": alt.Chart(pl.DataFrame({"day": [date(2026, 1, 1), date(2026, 1, 9)], "n": [1, 2]})).mark_line().encode(x="day", y="n"),
    "heat map": alt.Chart(ROWS).mark_rect().encode(x="topic:N", y="url:N", color="share:Q"),
    "small multiples": BARS.facet("topic:N", columns=2),
    "layers": alt.layer(BARS, BARS.mark_text(dx=4).encode(text="topic:N")),
    "side by side": alt.hconcat(BARS, BARS),
    "map": alt.Chart(alt.graticule(step=[30, 30])).mark_geoshape().project("naturalEarth1"),
    "hebrew": alt.Chart(pl.DataFrame({"a": ["מדיניות החוץ"], "n": [1]})).mark_bar().encode(x="n", y="a"),
}  # fmt: skip


@pytest.mark.parametrize("look", [theme.HOUSE, theme.NIGHT], ids=["light", "dark"])
@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_every_kind_of_chart_is_a_picture_that_is_not_blank(chart, look):
    width, height, body = pixels(charts.png(chart, scale=1, look=look))
    assert width > 100
    assert height > 20
    assert len(zlib.compress(body)) > 1000


def test_the_authors_settings_win_over_the_theme():
    chart = BARS.configure_axis(labelFontSize=20).configure_bar(color="#123456")
    config = charts.themed(chart)["config"]
    assert config["axis"]["labelFontSize"] == 20
    assert config["axis"]["titleFontSize"] == theme.HOUSE.config()["axis"]["titleFontSize"]
    assert config["bar"]["color"] == "#123456"


def test_a_theme_takes_the_place_of_the_houses_colours_but_not_of_the_readers_data():
    chart = (
        alt.Chart(pl.DataFrame({"a": [theme.PALETTE[1]], "n": [1]}))
        .mark_bar(color=theme.PALETTE[0])
        .encode(x="n", y="a")
    )
    spec = charts.themed(chart, theme.read("print"))
    assert spec["mark"]["color"] == theme.read("print").palette[0]
    assert theme.PALETTE[1] in json.dumps(spec["datasets"])


def test_a_theme_the_reader_enabled_in_altair_lies_over_ours():
    alt.theme.register("loud", enable=False)(lambda: {"config": {"axis": {"labelFontSize": 33}}})
    with alt.theme.enable("loud"):
        assert charts.themed(BARS)["config"]["axis"]["labelFontSize"] == 33
    assert charts.themed(BARS)["config"]["axis"]["labelFontSize"] == 12


def test_a_compiled_chart_leaves_its_page_to_the_viewer_unless_the_author_chose_it():
    assert "background" not in charts.vega(BARS)
    assert charts.vega(BARS.properties(background="#eee"))["background"] == "#eee"
    assert charts.vega(BARS, look=theme.NIGHT)["background"] == theme.NIGHT.background


def test_a_compiled_chart_says_the_vega_that_jupyterlab_shows():
    number = re.search(r"vega\.v(\d+)\+json", charts.VEGA_MIME)[1]
    assert charts.vega(BARS)["$schema"].endswith(f"vega/v{number}.json")
    bundled = Path(sys.prefix, "share/jupyter/lab/static").glob("*.js")
    assert any(charts.VEGA_MIME in file.read_text("utf8", errors="ignore") for file in bundled)


def test_importing_charts_and_showing_one_leaves_altair_alone():
    code = (
        "import altair as alt, polars as pl; from toolkit import charts, theme; from toolkit import widgets\n"
        "before = alt.renderers.active, alt.theme.active, alt.data_transformers.active\n"
        "charts.bundle(alt.Chart(pl.DataFrame({'a': [1]})).mark_bar().encode(x='a'), alt='', text='')\n"
        "assert before == (alt.renderers.active, alt.theme.active, alt.data_transformers.active) == ('default', 'default', 'default')\n"
    )
    subprocess.run([sys.executable, "-W", "error::SyntaxWarning", "-c", code], check=True)


def test_enabled_altair_shows_plain_charts_as_bundles():
    with alt.renderers.enable(), alt.theme.enable():
        charts.enable()
        data, metadata = BARS._repr_mimebundle_()
    assert set(data) == {charts.VEGA_MIME, "image/png", "text/plain"}
    assert metadata[charts.VEGA_MIME] == {"embed_options": {"actions": False, "renderer": "svg"}}


def test_a_bundle_holds_the_chart_a_picture_with_alt_text_and_words():
    data, metadata = charts.bundle(BARS, alt="Bars of topics", text="Result")
    assert list(data) == [charts.VEGA_MIME, "image/png", "text/plain"]
    picture = base64.b64decode(data["image/png"])
    width, height, _ = pixels(picture)
    assert metadata["image/png"] == {"alt": "Bars of topics", "width": width // 2, "height": height // 2}
    assert data[charts.VEGA_MIME]["description"] == "Bars of topics"
    assert data["text/plain"] == "Result"
    assert len(json.dumps(data)) < 60_000


def test_a_chart_that_cannot_be_drawn_is_shown_as_text_and_the_reason():
    data, metadata = charts.bundle({"mark": "nonsense"}, alt="", text="Result")
    assert metadata == {}
    assert list(data) == ["text/plain"]
    assert re.match(r"Result\n\(The chart could not be drawn: .+\)$", data["text/plain"])


def test_a_chart_too_large_for_a_browser_is_shown_as_a_picture():
    points = alt.Chart(pl.DataFrame({"x": range(25_000), "y": range(25_000)})).mark_point().encode(x="x", y="y")
    data, _ = charts.bundle(points, alt="", text="Result")
    assert set(data) == {"image/png", "text/plain"}


def test_an_svg_says_what_it_shows_and_has_ids_of_its_own():
    clipped = BARS.mark_bar(clip=True)
    drawn = charts.svg(clipped, title="A <b>", desc='"quoted" & more')
    assert re.match(r'<svg [^>]*role="img"><title>A &lt;b&gt;</title><desc>&quot;quoted&quot; &amp; more</desc>', drawn)
    other = charts.svg(clipped.properties(width=99))
    ids = [set(re.findall(r'id="([^"]+)"', one)) for one in (drawn, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert all(f"url(#{name})" in drawn for name in ids[0])
    assert drawn == charts.svg(clipped, title="A <b>", desc='"quoted" & more')


def test_long_labels_are_drawn_whole():
    assert LONG in re.sub(r"<(?:title|desc)>.*?</(?:title|desc)>", "", charts.svg(BARS))


def test_a_font_that_is_not_there_does_not_take_the_text_with_it():
    plain, odd = (charts.png(BARS.configure(font=font), scale=1) for font in (theme.FONT, "No Such Font"))
    assert pixels(odd) == pixels(plain)
    bare = charts.png(BARS.configure_axis(labels=False, title=None), scale=1)
    assert len(zlib.compress(pixels(odd)[2])) > 1.3 * len(zlib.compress(pixels(bare)[2]))


def test_a_script_that_no_font_draws_is_said_once_for_each_picture():
    from toolkit.charts import glyphs

    assert glyphs.undrawable("Größe, Ελλάδα, Россия") == {}
    linear_b, nowhere = "\U00010000", glyphs.NOWHERE
    found = glyphs.undrawable(f"a {linear_b} {nowhere}")
    assert set(found) <= {"LINEAR"}
    if found:
        with pytest.warns(UserWarning, match="No font on this machine draws Linear letters"):
            charts.png(BARS.properties(title=linear_b), scale=1)


def test_words_travel_in_the_metadata_of_png_and_pdf(tmp_path):
    picture = charts.png(BARS, scale=1, title="Título", alt="Größe – 漢字")
    assert b"iTXtTitle\x00\x00\x00\x00\x00" + "Título".encode() in picture
    assert b"iTXtDescription\x00\x00\x00\x00\x00" + "Größe – 漢字".encode() in picture
    page = charts.pdf(BARS, title="Título", alt="Größe")
    start = int(re.findall(rb"startxref\n(\d+)\n%%EOF\n$", page)[0])
    assert page[start:].startswith(b"xref\n")
    entry = int(re.match(rb"xref\n\d+ 1\n(\d{10}) ", page[start:])[1])
    assert re.match(rb"\d+ 0 obj\n<< /Title <feff", page[entry:])
    assert "Größe".encode("utf-16-be").hex().encode() in page


class Outward(HTMLParser):
    """Everything in a page that could reach out or run."""

    def __init__(self, text):
        super().__init__()
        self.scripts, self.refers, self.handlers, self.tags = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        named = dict(attrs)
        if tag == "script":
            self.scripts.append(named.get("type"))
        self.refers += [named[name] for name in ("src", "href", "xlink:href", "action") if named.get(name)]
        self.handlers += [name for name in named if name.startswith("on")]


def page_of(chart=BARS, **words):
    return charts.html(chart, **{"title": "Mix", "alt": "Bars", "note": "From one article", "table": ROWS} | words)


def test_a_page_refers_to_nothing_outside_it_and_brings_vega_once():
    two = charts.page(charts.figure(BARS, title="a", alt="a") + charts.figure(BARS, title="b", alt="b"), title="Two")
    for text in (page_of(), two):
        found = Outward(text)
        assert (found.refers, found.handlers) == ([], [])
        assert [kind for kind in found.scripts if kind != "application/json"] == ["text/plain", None]
        assert "default-src 'none'" in text
        assert "unsafe-eval" not in text
    assert len(page_of()) < 480_000
    assert len(two) - len(page_of()) < 30_000


def test_a_page_shows_the_picture_first_and_the_numbers_below():
    text = page_of()
    assert text.index("<svg") < text.index("tk-spec") < text.index("<table") < text.index('id="tk-vega"')
    assert '<td class="tk-number">0.5</td>' in text
    assert "From one article" in text


def test_hostile_text_stays_text_in_a_page():
    rows = ROWS.with_columns(topic=pl.lit(HOSTILE)).rename({"url": HOSTILE})
    chart = alt.Chart(rows, title=HOSTILE).mark_bar().encode(x="share:Q", y="topic:N")
    found = Outward(page_of(chart, title=HOSTILE, alt=HOSTILE, note=HOSTILE, table=rows))
    assert (found.refers, found.handlers) == ([], [])
    assert found.scripts == ["application/json", "text/plain", None]
    assert "img" not in found.tags


@pytest.mark.parametrize("mark", ["bar", "image"])
def test_a_chart_links_to_web_pages_and_shows_no_picture_from_elsewhere(mark):
    chart = alt.Chart(ROWS, mark=mark).encode(x="share:Q", y="topic:N", **{"href" if mark == "bar" else "url": "url:N"})
    drawn = charts.svg(chart)
    links = [link for link in re.findall(r'href="([^"]*)"', drawn) if link]
    assert links == (["https://example.org/a"] if mark == "bar" else [])


def test_a_picture_is_described_as_a_whole_and_says_nothing_of_single_marks():
    heading = 'the role="talks" had'
    chart = alt.Chart(pl.DataFrame({"a": [heading], "n": [1]})).mark_bar().encode(x="n:Q", y="a:N")
    drawn = charts.svg(chart, title="Talks", desc="One bar.")
    assert re.findall(r'<[^>]* (role="[^"]*"|aria-[a-z]+=)', drawn) == ['role="img"']
    assert "<desc>One bar.</desc>" in drawn
    assert heading in "".join(ElementTree.fromstring(drawn).itertext())


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_any_text_makes_a_well_formed_svg(text):
    chart = alt.Chart(pl.DataFrame({"a": [text], "n": [1]})).mark_bar().encode(x="n:Q", y="a:N")
    ElementTree.fromstring(charts.svg(chart, title=text, desc=text))


DRAWN_BY_TWO = """
import gc, time
from itertools import count
from threading import Thread, current_thread
import altair as alt, polars as pl
from toolkit import charts


def draw(rows):
    chart = alt.Chart(pl.DataFrame({"n": range(rows)})).mark_bar().encode(x=alt.X("n:Q"))
    assert charts.vega(chart)["data"]


def wait(*_):
    if current_thread() is slow:
        time.sleep(0.05)  # lets the other thread run in the middle of the library's work


draw(3)
slow = Thread(target=draw, args=(6000,))
gc.callbacks.append(wait)
slow.start()
for rows in count(4):
    draw(rows)
    if not slow.is_alive():
        break
print("drawn")
"""


def test_two_threads_that_draw_do_not_wait_for_each_other_for_ever():
    done = subprocess.run([sys.executable, "-c", DRAWN_BY_TWO], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout == "drawn\n"
