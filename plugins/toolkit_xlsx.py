"""Writes a result as an Excel workbook: figure, data and receipt, with a chart that Excel draws itself."""

from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import MissingExtra, Result, charts, exporter

NATIVE = {"bar": "bar", "line": "line", "area": "area", "point": "scatter", "circle": "scatter"}
"""Excel's charts by the mark of ours; for another mark there is the picture alone."""
SHEET = "Excel chart"
MOST = 250
"""The most marks that Excel is asked to draw."""


@exporter(suffixes=(".xlsx",))
def xlsx(result: Result, path: Path) -> Path:
    """A workbook: the figure as picture, the data, the receipt, and a chart that Excel draws itself. Needs the extra `office`."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtra("Writing XLSX", "office") from None
    words = result.words
    # Text from articles stays text: a headline that begins with = is no formula, an address no link.
    inert = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    written = BytesIO()
    with Workbook(written, inert) as book:
        book.set_properties(
            {"title": (words.title or "")[:255], "comments": result.alt[:255], "author": (words.byline or "")[:255]}
        )
        figure, data, receipt = (book.add_worksheet(name) for name in ("Figure", "Data", "Receipt"))
        _figure(figure, result)
        _data(book, data, result.flat)
        _native(book, result)
        bold, quiet = book.add_format({"bold": True}), book.add_format({"font_color": "#bbbbbb", "font_size": 6})
        for row, line in enumerate(result.receipt.told if result.receipt else []):
            name, _, said = line.partition(": ")
            receipt.write_string(row, 0, name, bold)
            receipt.write_string(row, 1, said)
        receipt.write_string(len(result.receipt.told) + 1 if result.receipt else 0, 0, result.stamp, quiet)
        receipt.print_area(0, 0, 12, 1)
        receipt.set_column(0, 0, 28)
    path.write_bytes(written.getvalue())
    return path


def _figure(sheet: Any, result: Result) -> None:
    """The picture with its description, on one page if it is printed."""
    picture = charts.png(result.drawing, scale=2.0, look=result.style.theme)
    sheet.insert_image(
        0,
        0,
        "figure.png",
        {"image_data": BytesIO(picture), "description": result.alt, "x_scale": 0.75, "y_scale": 0.75},
    )
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def _data(book: Any, sheet: Any, frame: pl.DataFrame) -> None:
    """The frame as a table with its header frozen."""
    shares = {name: "0.0%" for name in frame.columns if name == "share" or name.endswith(("_share", "low", "high"))}
    formats: Any = {
        name: form for name, form in shares.items() if frame.schema[name].is_float() and "share" in frame.columns
    }
    frame.write_excel(
        book, sheet, column_formats=formats, autofit=True, freeze_panes=(1, 0), table_style="Table Style Light 1"
    )


def _native(book: Any, result: Result) -> None:
    """A sheet with Excel's own chart, if it has one of the kind, beside the numbers it draws: a series for each colour."""
    kind, axes = result.axes
    frame = result.flat
    measure = next((axes[at] for at in ("x", "y") if at in axes and frame.schema[axes[at]].is_numeric()), None)
    label = next((axes[at] for at in ("y", "x") if at in axes and axes[at] != measure), None)
    if kind not in NATIVE or not measure or not label or frame.is_empty():
        return
    series = axes.get("color") if axes.get("color") not in (None, label, measure) else None
    keys = [name for name in (label, series) if name]
    if frame.select(keys).is_duplicated().any() or frame.height > MOST:
        return
    wide = (
        frame.pivot(series, index=label, values=measure, sort_columns=False) if series else frame.select(label, measure)
    )
    plotted = book.add_worksheet(SHEET)
    wide.write_excel(book, plotted, autofit=True)
    lying = kind == "bar" and axes.get("x") == measure
    chart = book.add_chart(
        {
            "type": NATIVE[kind] if lying or kind != "bar" else "column",
            **({"subtype": "stacked"} if series and kind in ("bar", "area") else {}),
        }
    )
    for at in range(1, wide.width):
        chart.add_series(
            {
                "name": [SHEET, 0, at],
                "categories": [SHEET, 1, 0, wide.height, 0],
                "values": [SHEET, 1, at, wide.height, at],
            }
        )
    chart.set_title({"name": result.words.title or measure, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True} if lying else {"name": measure})
    chart.set_x_axis({"name": measure} if lying else {})
    if wide.width == 2:
        chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": max(300, 22 * wide.height + 110) if lying else 360})
    plotted.insert_chart(1, wide.width + 1, chart, {"description": result.alt})
