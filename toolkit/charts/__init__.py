"""How charts are shown: in notebooks, as pictures and as web pages, offline and in the house theme."""

from toolkit.charts.amounts import amounts
from toolkit.charts.cells import cells, label, ramp
from toolkit.charts.legends import extremes
from toolkit.charts.notebook import bundle, enable, renderer
from toolkit.charts.pages import figure, html, page
from toolkit.charts.pictures import pdf, png, svg
from toolkit.charts.ranked import joined, ranked
from toolkit.charts.specs import DATA, VEGA_MIME, merged, specification, themed, vega
from toolkit.charts.tips import tips
from toolkit.charts.trends import thin, trends

__all__ = [
    "DATA",
    "VEGA_MIME",
    "amounts",
    "bundle",
    "cells",
    "enable",
    "extremes",
    "figure",
    "html",
    "joined",
    "label",
    "merged",
    "page",
    "pdf",
    "png",
    "ramp",
    "ranked",
    "renderer",
    "specification",
    "svg",
    "themed",
    "thin",
    "tips",
    "trends",
    "vega",
]
