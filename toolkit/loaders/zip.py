"""Zip archives: every member is read as a file of its own, and nothing is unpacked to disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from toolkit.article import Problem, Source
from toolkit.kinds import loader
from toolkit.loaders import bounded, members

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
DOCUMENTS = frozenset(("[Content_Types].xml", "mimetype", "datapackage.json"))
"""A zip with one of these members is a document (Office, OpenDocument, EPUB, WACZ), which has a loader of its own or none."""

ENCRYPTED = 0x1


def looks_like_zip(source: Source) -> bool:
    """Whether it is a zip archive, and not a document that is kept in one."""
    found = set(names(source)) if source.head.startswith(SIGNATURES) else set()
    return bool(found) and not DOCUMENTS & found


def names(source: Source) -> list[str]:
    """The names of the members of a zip; none if it cannot be read."""
    try:
        with bounded.zipped(source) as archive:
            return archive.namelist()
    except bounded.BROKEN:
        return []


@loader(suffixes=(".zip",), claims=looks_like_zip)
def zip(source: Source) -> Iterator[Source]:
    """A zip archive of anything that can be read, nested ones too."""
    if source.value is not None or not source.head.startswith(SIGNATURES):
        return
    shared = members.allowance(source)
    try:
        archive = bounded.zipped(source)
    except bounded.BROKEN as error:
        source.problem(f"is a broken zip archive: {str(error).rstrip('.')}.", "skipped")
        return
    with archive:
        beside = frozenset(archive.namelist())
        for info in archive.infolist():
            if shared.spent:
                return
            if not info.is_dir():
                yield from _member(source, archive, info, shared, beside)
        if not archive.infolist():
            source.problem("is an empty zip archive.", "skipped")


def _member(
    source: Source, archive: ZipFile, info: ZipInfo, shared: members.Allowance, beside: frozenset[str]
) -> Iterator[Source]:
    found = members.member(source, info.filename, lambda: cast(BinaryIO, archive.open(info)), shared, beside)
    if found and info.flag_bits & ENCRYPTED:
        source.problems.append(Problem(found.name, "skipped", "is protected by a password."))
    elif found:
        yield found
