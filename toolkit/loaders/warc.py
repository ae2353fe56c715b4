"""Web archives saved by crawlers: WARC files, and the WACZ packages that hold them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from typing import BinaryIO, cast

from toolkit.article import Source
from toolkit.errors import MissingExtra
from toolkit.kinds import loader
from toolkit.loaders.bounded import BROKEN, TooLarge, zipped
from toolkit.loaders.captures import GZIP, LARGEST, VERSION, Faults, captures

ZSTANDARD = b"\x28\xb5\x2f\xfd"
PACKED = re.compile(r"^archive/.*\.warc(\.gz)?$", re.I)
PACKAGE = "datapackage.json"
ENCRYPTED = 0x1


def _is_warc(source: Source) -> bool:
    head = source.head
    return bool(VERSION.match(head)) or (head.startswith(GZIP) and ".warc" in source.name.lower())


def _is_wacz(source: Source) -> bool:
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipped(source) as archive:
            names = archive.namelist()
    except (*BROKEN, TooLarge):
        return False
    return PACKAGE in names and any(map(PACKED.match, names))


@loader(suffixes=(".warc",), claims=_is_warc)
def warc(source: Source) -> Iterator[Source]:
    """Web archives (WARC, also gzipped): every HTML page that was got with success, with its address and when it was got."""
    if not _is_warc(source):
        if source.head.startswith(ZSTANDARD):
            source.problem("is packed with Zstandard; unpack it to load it.", "skipped")
        return
    if find_spec("warcio") is None:
        raise MissingExtra("Reading WARC", "loaders")
    faults = Faults()
    with source.open() as stream:
        for capture in captures(stream, faults):
            yield Source(
                f"{source.name}/{faults.records}.html",
                opener=partial(io.BytesIO, capture.body),
                meta={"url": capture.url or None, "captured": capture.when or None},
            )
    _tell(source, faults)


def _tell(source: Source, faults: Faults) -> None:
    if not faults.records:
        source.problem("is named like a web archive and holds no record.", "skipped")
    for what, numbers in (("broken", faults.broken), (f"larger than {LARGEST // 2**20} MB", faults.large)):
        if numbers:
            shown = ", ".join(map(str, numbers[:5])) + (" ..." if len(numbers) > 5 else "")
            source.problem(f"has records that are {what} (no. {shown} of {faults.records}); the rest was read.")
    if faults.others:
        source.problem(
            f"has records of something else than an HTML page got with success ({faults.others}).", "passed over"
        )


@loader(suffixes=(".wacz",), claims=_is_wacz)
def wacz(source: Source) -> Iterator[Source]:
    """Web archive packages (WACZ): the WARC files in them."""
    if not source.head.startswith(b"PK"):
        return
    try:
        with zipped(source) as archive:
            members = [info for info in archive.infolist() if PACKED.match(info.filename)]
    except BROKEN:
        source.problem("is no WACZ package, or broken or only partly written; nothing could be read.", "skipped")
        return
    if not members:
        source.problem("is a WACZ package without a WARC file.", "skipped")
    for info in members:
        if info.flag_bits & ENCRYPTED:
            source.problem(f"is protected by a password; {info.filename} was not read.", "skipped")
        else:
            yield from _packed(source, info.filename)


def _packed(source: Source, name: str) -> Iterator[Source]:
    """The pages of a WARC file in a package."""
    inner = Source(f"{source.name}/{name}", lambda: cast(BinaryIO, zipped(source).open(name)), problems=source.problems)
    try:
        yield from warc(inner)
    except BROKEN:
        inner.problem("is broken or only partly written; what comes before that was read.")
