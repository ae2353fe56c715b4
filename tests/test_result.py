"""A result is a frame and a chart; its evidence leads to sentences; its figure carries the words an editor needs."""

import json

import altair as alt
import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import SettingError

FRAME = pl.DataFrame({"topic": ["Iran", "France"], "share": [0.75, 0.25]})
CHART = alt.Chart(FRAME).mark_bar().encode(x=alt.X("share:Q", title="Share"), y=alt.Y("topic:N", title="Topic"))


@pytest.fixture(scope="module")
def mix(corpus) -> tk.Result:
    return tk.analyses.topic_mix(corpus)


def test_a_result_unpacks_into_frame_and_chart():
    frame, chart = tk.Result(FRAME, CHART)
    assert frame is FRAME
    assert chart is CHART


def test_keys_are_the_columns_that_frame_and_evidence_share(mix):
    assert mix.keys == ("topic",)


def test_the_sentences_behind_a_mark_are_those_of_the_evidence_with_their_place_and_article(mix, corpus):
    found = mix.sentences(topic="France")
    assert found["text"].str.contains("France").any()
    assert {"doc_id", "sent_id", "text", "title", "outlet", "published", "url", "start", "end", "weight"} <= set(
        found.columns
    )
    text = corpus.documents["text"][0]
    assert all(text[start:end] == said for start, end, said in found.select("start", "end", "text").iter_rows())
    [said] = mix.frame.filter(pl.col("topic") == "France")["sentences"]
    assert found.height == said


def test_several_values_or_a_range_may_be_asked_for(mix):
    both = mix.sentences(topic=["France", "Iran"])
    assert both.height == mix.sentences(topic="France").height + mix.sentences(topic="Iran").height


def test_an_unknown_key_and_missing_evidence_are_said_in_a_sentence(mix):
    with pytest.raises(SettingError, match="no key 'outlet' to find sentences by; the keys are: topic"):
        mix.sentences(outlet="North")
    with pytest.raises(SettingError, match="gave no evidence"):
        tk.Result(FRAME, CHART).sentences()


def test_a_figure_carries_title_source_and_note(mix):
    spec = json.dumps(mix.titled(title="A title of mine", note="A note.").figure)
    assert "A title of mine" in spec
    assert "A note." in spec
    assert "Source: 1 article" in spec
    with pytest.raises(SettingError, match="A figure has no 'titel'; it has title, subtitle"):
        mix.titled(titel="x")


def test_nothing_to_draw_is_said_in_the_figure_and_in_its_description(empty):
    nothing = tk.analyses.topic_mix(empty)
    assert "Nothing to draw" in json.dumps(nothing.figure)
    assert "nothing to draw" in nothing.alt


def test_the_description_is_written_from_the_frame():
    described = tk.Result(FRAME, CHART).alt
    assert "Bar chart" in described
    assert "Share on the x axis and Topic on the y axis" in described
    assert "Iran (75%)" in described


def test_a_result_shows_itself_without_setup_and_without_a_kernel(mix):
    data, metadata = mix._repr_mimebundle_()
    assert {"application/vnd.vega.v5+json", "image/png", "text/plain"} <= set(data)
    assert metadata["image/png"]["alt"] == mix.alt
    assert len(json.dumps(data)) < 300_000


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf", ".html", ".json", ".csv"])
def test_every_format_is_written_and_is_what_its_suffix_says(mix, suffix, tmp_path):
    path = mix.save(tmp_path / f"mix{suffix}")
    raw = path.read_bytes()
    marks = {
        ".svg": b"<svg",
        ".png": b"\x89PNG",
        ".pdf": b"%PDF",
        ".html": b"<!doctype html",
        ".json": b"{",
        ".csv": b"topic,share",
    }
    assert raw.lower().startswith(marks[suffix].lower())
    if suffix in (".svg", ".html"):
        text = raw.decode()
        assert "Source: 1 article" in text
        assert 'src="http' not in text
        assert "@import" not in text


def test_a_picture_shows_something(mix, tmp_path):
    from PIL import Image

    picture = Image.open(mix.save(tmp_path / "mix.png")).convert("RGB")
    assert len(picture.getcolors(1 << 24)) > 50


def test_the_exported_svg_names_itself_and_describes_itself(mix, tmp_path):
    svg = mix.save(tmp_path / "mix.svg").read_text(encoding="utf8")
    assert 'role="img"' in svg
    assert "<title" in svg
    assert "<desc" in svg


def test_nested_columns_are_json_in_csv(tmp_path):
    frame = pl.DataFrame({"word": ["a"], "where": [[1, 2]]})
    assert tk.Result(frame).save(tmp_path / "x.csv").read_text(encoding="utf8") == 'word,where\na,"[1, 2]"\n'


def test_a_pack_has_every_format_a_text_and_a_page_that_names_them(mix, tmp_path):
    folder = mix.save(tmp_path / "mix", pack=True)
    files = {path.name for path in folder.iterdir()}
    told = (folder / "README.md").read_text(encoding="utf8")
    assert {"mix.svg", "mix.png", "mix.pdf", "mix.html", "mix.csv", "mix.json", "mix.parquet", "alt.txt"} <= files
    assert all(name in told for name in files - {"README.md", "mix.csv-metadata.json"})
    assert (folder / "alt.txt").read_text(encoding="utf8").strip() == mix.alt


def test_a_file_that_cannot_be_written_is_an_error_that_names_it(mix, tmp_path):
    (tmp_path / "file").write_text("")
    for suffix in (".svg", ".csv", ".html", ".parquet", ".xlsx", ".docx", ".pptx"):
        with pytest.raises(OSError, match="file"):
            mix.save(tmp_path / "file" / f"mix{suffix}")


def test_an_unknown_suffix_lists_what_exists(mix, tmp_path):
    with pytest.raises(SettingError, match=r"No exporter writes \.gif .*; there are exporters for .*\.csv.*\.svg"):
        mix.save(tmp_path / "mix.gif")


def test_hostile_text_is_inert_in_every_export(tmp_path):
    bad = "</script><script>alert(1)</script>"
    corpus = tk.load(
        [{"text": f"{bad} talks in Geneva.", "title": bad, "outlet": bad}],
        topics={bad: ["talks"]},
        recognizer="builtin",
        progress=False,
    )
    result = tk.analyses.topic_mix(corpus, by="outlet")
    for suffix in (".svg", ".html"):
        assert "<script>alert(1)" not in result.save(tmp_path / f"x{suffix}").read_text(encoding="utf8")
