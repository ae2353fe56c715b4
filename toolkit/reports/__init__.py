"""A corpus as a report: a page, a PDF, a Word document, Markdown, or a notebook that makes it anew."""

from toolkit.reports.writing import report

__all__ = ["report"]
