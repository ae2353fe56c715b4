"""A chart as a picture: SVG, PNG or PDF, with words for readers who do not see it."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from toolkit import theme
from toolkit.charts.converter import converted
from toolkit.charts.glyphs import warned
from toolkit.charts.specs import vega
from toolkit.theme import Theme

if TYPE_CHECKING:
    from toolkit.charts.specs import Chart

IDS = re.compile(r'(\bid="|url\(#)((?:clip|gradient_)\d+)')
PLAIN = re.compile(r"[\x20-\x27\x2a-\x5b\x5d-\x7e]+")
TAG = re.compile(r'<\w+(?: [\w:-]+="[^"]*")*/?>')
SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
"""What the drawer says of each mark: no one hears it inside a picture (role=img), and it doubles the size."""
LEFT_OUT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""


def svg(chart: Chart, *, title: str = "", desc: str = "", stamp: str = "", look: Theme = theme.HOUSE) -> str:
    """The chart as SVG, with `title` and `desc` inside it and the `stamp` of a receipt as its metadata.

    Ids in it are made from its content, so that several fit on one page.
    """
    drawn: str = converted("vega_to_svg", warned(vega(chart, look=look)), allowed_base_urls=[])
    drawn = _own_ids(TAG.sub(lambda tag: SPOKEN.sub("", tag[0]), LEFT_OUT.sub("", drawn)))
    words = "".join(
        f"<{tag}>{escape(LEFT_OUT.sub('', text))}</{tag}>"
        for tag, text in (("title", title), ("desc", desc), ("metadata", stamp))
        if text
    )
    opened = drawn.index(">") + 1
    return f'{drawn[: opened - 1]} role="img">{words}{drawn[opened:]}'


def png(
    chart: Chart, *, scale: float = 2.0, title: str = "", alt: str = "", stamp: str = "", look: Theme = theme.HOUSE
) -> bytes:
    """The chart as PNG of `scale` pixels to a point; `title`, `alt` and the `stamp` of a receipt go into its metadata."""
    drawn: bytes = converted("vega_to_png", warned(vega(chart, look=look)), scale=scale, allowed_base_urls=[])
    return _packed(drawn, {"Title": title, "Description": alt, "Receipt": stamp})


def pdf(chart: Chart, *, title: str = "", alt: str = "", stamp: str = "", look: Theme = theme.HOUSE) -> bytes:
    """The chart as a PDF of one page; `title`, `alt` and the `stamp` of a receipt become its title, subject and keywords."""
    drawn: bytes = converted("vega_to_pdf", warned(vega(chart, look=look)), allowed_base_urls=[])
    words = {"Title": title, "Subject": alt, "Keywords": stamp}
    return _informed(drawn, words) if any(words.values()) else drawn


def _own_ids(drawn: str) -> str:
    """The SVG with ids made from its content: the drawer counts on from one picture to the next."""
    numbers = {name: str(number) for number, name in enumerate(dict.fromkeys(name for _, name in IDS.findall(drawn)))}
    counted = IDS.sub(lambda found: found[1] + numbers[found[2]], drawn)
    mark = sha256(counted.encode()).hexdigest()[:8]
    return IDS.sub(lambda found: f"{found[1]}tk-{mark}-{numbers[found[2]]}", drawn)


def _packed(file: bytes, words: dict[str, str]) -> bytes:
    """The PNG with its words in it (iTXt chunks), and its pixels packed tighter: a third of the size or less."""
    chunks = list(_chunks(file))
    pixels = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")), 6)
    # iTXt, PNG specification 11.3.3.4: keyword, not compressed, no language, no translated keyword, UTF-8.
    texts = [(b"iTXt", name.encode() + bytes(5) + text.encode()) for name, text in words.items() if text]
    ahead = [chunk for chunk in chunks if chunk[0] not in (b"IDAT", b"IEND")]
    return file[:8] + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
        for kind, body in (*ahead, *texts, (b"IDAT", pixels), (b"IEND", b""))
    )


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG: their kind and body."""
    at = 8
    while at < len(file):
        size = int.from_bytes(file[at : at + 4])
        yield file[at + 4 : at + 8], file[at + 8 : at + 8 + size]
        at += size + 12


def _literal(text: str) -> str:
    """Text as PDF writes it: as it is if it is plain, else as UTF-16 in hexadecimal (ISO 32000-1, 7.3.4 and 7.9.2)."""
    wide = codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    return f"({text})" if PLAIN.fullmatch(text) else f"<{wide.hex()}>"


def _informed(file: bytes, words: dict[str, str]) -> bytes:
    """The PDF with a new information dictionary, appended as an incremental update (ISO 32000-1, 7.5.6)."""
    trailer = file[file.rindex(b"trailer") :].decode("latin-1")
    size, root, info, last = (re.search(rf"{key}\s+(\d+)", trailer) for key in ("/Size", "/Root", "/Info", "startxref"))
    if not (size and root and info and last):
        return file
    entries = " ".join(f"/{key} {_literal(text)}" for key, text in words.items() if text)
    added = f"{info[1]} 0 obj\n<< {entries} /Producer (svg2pdf) >>\nendobj\n".encode()
    table = (
        f"xref\n{info[1]} 1\n{len(file) + 1:010d} 00000 n \n"
        f"trailer\n<< /Size {size[1]} /Root {root[1]} 0 R /Info {info[1]} 0 R /Prev {last[1]} >>\n"
        f"startxref\n{len(file) + 1 + len(added)}\n%%EOF\n"
    )
    return file + b"\n" + added + table.encode()
