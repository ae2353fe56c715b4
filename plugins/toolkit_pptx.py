"""Writes a result as a slide: title, picture with alt text and source, and a table on a second slide."""

from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import MissingExtra, Result, charts, exporter

ROWS, COLUMNS = 14, 8
"""What a slide's table can show and still be read."""
INCH = 914_400


@exporter(suffixes=(".pptx",))
def pptx(result: Result, path: Path) -> Path:
    """Two wide slides: the picture under its title and above its source, and its numbers. Needs the extra `office`."""
    try:
        from pptx import Presentation
        from pptx.util import Inches
    except ImportError:
        raise MissingExtra("Writing PPTX", "office") from None
    deck, words = Presentation(), result.words
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    deck.core_properties.title, deck.core_properties.author = (words.title or "")[:255], (words.byline or "")[:255]
    slide = _slide(deck, words.title or "Result")
    _picture(slide, result)
    _text(slide, [line for line in (words.subtitle, words.byline) if line], top=1.0, size=16)
    _text(slide, [line for line in (words.note, words.source) if line], top=6.75, size=11)
    notes = [result.alt, *(result.receipt.told if result.receipt else []), result.stamp]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)
    if not result.frame.is_empty():
        _table(_slide(deck, "The numbers in it"), result.printed)
    deck.save(str(path))
    return path


def _slide(deck: Any, title: str) -> Any:
    """A slide with nothing but its title, above the width that is left."""
    from pptx.util import Pt

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = (int(part * INCH) for part in (0.5, 0.3, 12.3, 0.8))
    box.text_frame.text, box.text_frame.word_wrap = title, True
    for paragraph in box.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(28 if len(title) < 90 else 18), True
        paragraph.alignment = 1
    return slide


def _picture(slide: Any, result: Result) -> None:
    """The chart in the room between title and source, described for those who do not see it."""
    sized = result if result.style.preset.width else result.styled(preset="slide")
    picture = charts.png(sized.bare, scale=2.0, look=result.style.theme)
    left, top, width, height = (int(part * INCH) for part in (0.5, 1.5, 12.3, 5.2))
    shape = slide.shapes.add_picture(BytesIO(picture), left, top)
    shrink = min(width / shape.width, height / shape.height)
    shape.width, shape.height = int(shape.width * shrink), int(shape.height * shrink)
    shape.left = left + (width - shape.width) // 2
    shape._element.nvPicPr.cNvPr.set("descr", result.alt)


def _text(slide: Any, lines: list[str], *, top: float, size: int) -> None:
    from pptx.util import Pt

    if not lines:
        return
    box = slide.shapes.add_textbox(int(0.5 * INCH), int(top * INCH), int(12.3 * INCH), int(0.6 * INCH))
    box.text_frame.word_wrap = True
    box.text_frame.text = "\n".join(lines)
    for paragraph in box.text_frame.paragraphs:
        paragraph.font.size = Pt(size)


def _table(slide: Any, frame: pl.DataFrame) -> None:
    """The first rows and columns, as many as can be read; what is left out is said."""
    from pptx.util import Pt

    shown = frame.select(frame.columns[:COLUMNS]).head(ROWS)
    left, top, width, height = (int(part * INCH) for part in (0.5, 1.4, 12.3, 0.35 * (shown.height + 1)))
    table = slide.shapes.add_table(shown.height + 1, shown.width, left, top, width, height).table
    for at, row in enumerate([tuple(shown.columns), *shown.iter_rows()]):
        for cell, value in zip(table.rows[at].cells, row, strict=True):
            cell.text = value
            cell.text_frame.paragraphs[0].font.size = Pt(11)
    if shown.shape != frame.shape:
        told = f"{shown.height:,} of {frame.height:,} rows and {shown.width} of {frame.width} columns; a workbook (.xlsx) holds all of them."
        _text(slide, [told], top=6.9, size=11)
