"""What draws pictures: vl-convert, knowing the fonts that travel with the package."""

from __future__ import annotations

from functools import cache
from typing import Any

from toolkit import theme


@cache
def converter() -> Any:
    """vl-convert with our fonts registered."""
    import vl_convert

    vl_convert.register_font_directory(str(theme.FONTS))
    return vl_convert
