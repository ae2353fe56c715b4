"""What draws pictures: vl-convert, knowing the fonts that travel with the package."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from toolkit import theme

_ONE = Lock()


def converted(how: str, *given: Any, **settings: Any) -> Any:
    """What one of vl-convert's functions makes.

    One thread at a time: of two at once, one holds the library and waits for Python, the other Python and waits for the library.
    """
    with _ONE:
        return getattr(_library(), how)(*given, **settings)


@cache
def _library() -> Any:
    """vl-convert with our fonts registered."""
    import vl_convert

    vl_convert.register_font_directory(str(theme.FONTS))
    return vl_convert
