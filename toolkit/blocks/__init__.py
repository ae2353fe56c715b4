"""Paragraphs, and what each of them is: title, standfirst, caption, credit, heading, body, list, quote or other."""

from toolkit.blocks.find import find

__all__ = ["find"]
