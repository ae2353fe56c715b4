"""Text as a file or page holds it, to text as an article has it."""

from __future__ import annotations

import re
import unicodedata

from toolkit.loaders.encodings import decode, is_binary

__all__ = ["decode", "is_binary", "line", "mend"]

SUSPECT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\u206a-\u206f\ud800-\udfff\ufb00-\ufb06"
    "\ufeff\ufff9-\ufffd\U000e0001-\U000e007f]|&#?[A-Za-z0-9]{1,24};"
    "|[\xa0-\u045f\u2000-\u25ff][^\x00-\x7f]|[Ãàâ][ \\S]{0,1}\x20|â.?[\x20?]"
)
"""What a line must hold for ftfy to change it: control characters, entities, ligatures, or a pair that may be mojibake."""

NEWLINES = re.compile("\r\n?|[\v\x85\u2028]")
PAGES = re.compile("[\f\u2029]")


def mend(text: str) -> str:
    """Text from a file or page as an article has it: mojibake mended, line ends and blank space made regular.

    Typographic quotes and dashes and the full-width signs of Chinese and Japanese stay as they are (ftfy with
    `uncurl_quotes=False`, `fix_character_width=False`). A line that holds nothing ftfy could change is not given to it.

    >>> mend("The cafÃ© was closed.\\r\\n\\r\\n\\r\\n“Again?”  ")
    'The café was closed.\\n\\n“Again?”'
    """
    text = PAGES.sub("\n\n", NEWLINES.sub("\n", text))
    if SUSPECT.search(text):
        text = "\n".join(_fixed(part) if SUSPECT.search(part) else part for part in text.split("\n"))
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"[ \t\u00a0\u202f]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def line(text: str) -> str:
    """A mended text on one line, for titles and names."""
    return " ".join(mend(text).split())


def _fixed(part: str) -> str:
    import ftfy

    return ftfy.fix_text(part, uncurl_quotes=False, fix_character_width=False, normalization="NFC")
