"""The contract that every plugin keeps, checked: one line of an author's test."""

from toolkit.testing.contract import Check, check_plugin, points

__all__ = ["Check", "check_plugin", "points"]
