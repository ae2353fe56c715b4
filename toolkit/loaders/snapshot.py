"""Pages that a browser saved as one file: MHTML (Chrome, Edge, Internet Explorer) and Safari's web archives."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any

from toolkit.article import Source
from toolkit.kinds import loader
from toolkit.loaders.bounded import whole
from toolkit.loaders.dates import moment
from toolkit.loaders.message import PARTS, UNREADABLE

LARGEST = 128 * 2**20
"""Bytes of a page with all its pictures."""

PROPERTY_LIST = b"bplist00"
SAVED = re.compile(rb"^(Snapshot-Content-Location:|From: *\W*Saved by\b)", re.IGNORECASE | re.MULTILINE)
"""What MHTML has among its fields and no letter has."""


def is_snapshot(source: Source) -> bool:
    """Whether a source begins as a page does that a browser saved as one file."""
    fields = re.split(rb"\r?\n\r?\n", source.head.lstrip(), maxsplit=1)[0]
    return (source.head.startswith(PROPERTY_LIST) and b"WebMainResource" in source.head) or bool(SAVED.search(fields))


@loader(suffixes=(".mht", ".mhtml", ".webarchive"), claims=is_snapshot)
def snapshot(source: Source) -> Iterator[Source]:
    """A page that a browser saved as one file: MHTML, or a web archive of Safari's; read as the page that it is."""
    if source.value is not None or not source.head:
        return
    raw = whole(source, LARGEST)
    page, told = _of_safari(raw) if raw.startswith(PROPERTY_LIST) else _of_mhtml(raw)
    if page:
        yield Source(f"{source.name}/page.html", opener=partial(BytesIO, page), meta=told)
    else:
        source.problem("holds no page, or is broken.", "skipped")


def _of_mhtml(raw: bytes) -> tuple[bytes, dict[str, Any]]:
    """The page in MHTML, in UTF-8, and where it was got and when (RFC 2557)."""
    try:
        told = BytesParser(policy=policy.compat32).parsebytes(raw)
        part = next((part for part in islice(told.walk(), PARTS) if part.get_content_type() == "text/html"), None)
        body = part.get_payload(decode=True) if part else b""
    except UNREADABLE:
        return b"", {}
    if part is None or not isinstance(body, bytes):
        return b"", {}
    url = str(part.get("Content-Location") or told.get("Snapshot-Content-Location") or "").strip()
    when = moment(str(told.get("Date", "")))
    captured = {"captured": f"{when:%Y-%m-%dT%H:%M:%SZ}"} if when else {}
    return _in_utf8(body, part.get_content_charset()), {"url": url or None, **captured}


def _of_safari(raw: bytes) -> tuple[bytes, dict[str, Any]]:
    """The page in a web archive: a property list whose main resource it is."""
    try:
        main = plistlib.loads(raw)["WebMainResource"]
        page, url = main["WebResourceData"], str(main.get("WebResourceURL", ""))
        if not isinstance(page, bytes):
            return b"", {}
        return _in_utf8(page, main.get("WebResourceTextEncodingName")), {"url": url or None}
    except (plistlib.InvalidFileException, *UNREADABLE, OverflowError):
        return b"", {}


def _in_utf8(page: bytes, charset: Any) -> bytes:
    """A page in UTF-8, if it is in an encoding that its container names."""
    try:
        return page.decode(charset).encode() if isinstance(charset, str) else page
    except (UnicodeError, LookupError):
        return page
