"""A result for office programs: what is in a workbook, a document and a slide, read back from the files."""

import zipfile
from datetime import date
from xml.etree import ElementTree

import altair as alt
import polars as pl
import pytest

import toolkit as tk

pytest.importorskip("docx")
FRAME = pl.DataFrame({"topic": ["Iran", "=1+1", "other"], "share": [0.515, 0.25, 0.235], "where": [[1], [2], None]})
BARS = alt.Chart(FRAME).mark_bar().encode(x="share:Q", y="topic:N")
RESULT = tk.Result(FRAME, BARS).titled(title="Shares & <parts>", subtitle="A deck", source="Source: us", note="A note", byline="Our desk")  # fmt: skip


def parts(path):
    with zipfile.ZipFile(path) as book:
        return {
            name: book.read(name).decode("utf8", "replace")
            for name in book.namelist()
            if name.endswith((".xml", ".rels"))
        }


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pptx"])
def test_the_picture_is_described_and_every_part_is_well_formed(suffix, tmp_path):
    found = parts(RESULT.save(tmp_path / f"a{suffix}"))
    for text in found.values():
        ElementTree.fromstring(text)
    assert any("Bar chart: Shares &amp; &lt;parts&gt;" in text and "descr=" in text for text in found.values())
    assert not [text for text in found.values() if 'TargetMode="External"' in text]


def test_a_workbook_holds_the_data_as_numbers_and_text_as_text(tmp_path):
    back = pl.read_excel(RESULT.save(tmp_path / "a.xlsx"), sheet_name="Data")
    assert back["share"].to_list() == FRAME["share"].to_list()
    assert back["topic"].to_list() == FRAME["topic"].to_list()
    assert back["where"].to_list() == ["[1]", "[2]", None]


@pytest.mark.parametrize(
    ("chart", "kind", "series"),
    [
        (BARS, "barChart", 1),
        (alt.Chart(FRAME).mark_bar().encode(x="topic:N", y="share:Q"), "barChart", 1),
        (alt.Chart(FRAME).mark_line().encode(x="topic:N", y="share:Q"), "lineChart", 1),
        (alt.Chart(FRAME).mark_rect().encode(x="topic:N", y="share:Q"), None, 0),
    ],
)
def test_excel_draws_a_chart_of_its_own_where_it_has_one_of_the_kind(chart, kind, series, tmp_path):
    found = [
        text
        for name, text in parts(tk.Result(FRAME, chart).save(tmp_path / "a.xlsx")).items()
        if "charts/chart" in name
    ]
    assert len(found) == (kind is not None)
    assert all(f"<c:{kind}>" in text and text.count("<c:ser>") == series for text in found)


def test_a_colour_is_a_series_of_excels_chart(tmp_path):
    days = [date(2026, 1, 1), date(2026, 1, 2)]
    frame = pl.DataFrame({"day": days * 2, "topic": ["Iran", "Iran", "France", "France"], "n": [1, 2, 3, 4]})
    chart = alt.Chart(frame).mark_line().encode(x="day:T", y="n:Q", color="topic:N")
    [drawn] = [
        text
        for name, text in parts(tk.Result(frame, chart).save(tmp_path / "a.xlsx")).items()
        if "charts/chart" in name
    ]
    assert drawn.count("<c:ser>") == 2


def test_a_document_reads_from_title_to_receipt(sample, tmp_path):
    from docx import Document

    mix = tk.analyses.topic_mix(sample).titled(title="The mix", subtitle="A deck", byline="Our desk")
    document = Document(str(mix.save(tmp_path / "a.docx")))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[:3] == ["The mix", "A deck", "Our desk"]
    assert any(text.startswith("Source: 95 articles") for text in said)
    assert any(text.startswith("Analysis: topic_mix") for text in said)
    assert [cell.text for cell in document.tables[0].rows[0].cells] == mix.frame.columns


def test_slides_hold_picture_notes_and_as_much_of_the_table_as_can_be_read(sample, tmp_path):
    from pptx import Presentation

    mix = tk.analyses.topic_mix(sample, by="outlet")
    first, second = Presentation(str(mix.save(tmp_path / "a.pptx"))).slides
    assert first.shapes.title.text == mix.words.title
    assert mix.alt in first.notes_slide.notes_text_frame.text
    assert any(
        f"14 of {mix.frame.height} rows" in shape.text_frame.text for shape in second.shapes if shape.has_text_frame
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pptx"])
def test_an_empty_result_and_one_without_a_chart_are_written_too(suffix, tmp_path):
    for result in (tk.Result(FRAME.head(0), BARS), tk.Result(FRAME)):
        assert result.save(tmp_path / f"a{suffix}").stat().st_size > 1000
