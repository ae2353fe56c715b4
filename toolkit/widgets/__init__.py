"""What shows charts, evidence and controls alive in a notebook: each tells Python what the reader does in it."""

from toolkit.widgets.chart import ChartView, Drawing, drawing
from toolkit.widgets.closing import free
from toolkit.widgets.form import Form
from toolkit.widgets.linked import LinkedView, view
from toolkit.widgets.table import Table

__all__ = ["ChartView", "Drawing", "Form", "LinkedView", "Table", "drawing", "free", "view"]
