"""Errors a caller may want to catch; each message says what happened, what exists and what to do."""

from __future__ import annotations


class ToolkitError(Exception):
    """Base of every error that is ours alone."""


class MissingExtra(ToolkitError, ImportError):
    """A function needs an optional dependency that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the extra '{extra}', which is not installed. Install it with: pip install 'news-toolkit[{extra}]'"
        )


class PluginError(ToolkitError):
    """A plugin cannot be loaded, or breaks the contract of its kind."""


class SchemaError(ToolkitError, ValueError):
    """A frame does not have the columns or types that its schema documents."""


class SettingError(ToolkitError, ValueError):
    """A setting has a value that its annotation does not admit."""


class CodebookError(ToolkitError, ValueError):
    """A codebook cannot be read; the message gives the line where it is known."""


class NeedsError(ToolkitError, ValueError):
    """A corpus lacks what an analysis needs, such as dates."""
