"""Mail saved to disk: single messages (EML) and mailboxes (MBOX), newsletters above all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import message
from toolkit.loaders.bounded import TooLarge, plain
from toolkit.loaders.snapshot import is_snapshot

LARGEST = 64 * 2**20
"""Bytes of a message at most."""

FIELD = re.compile(
    rb"^(From|To|Subject|Date|Message-ID|Received|Return-Path|MIME-Version|Delivered-To|Reply-To):", re.I | re.M
)
FIELDS = re.compile(rb"^[\s\xef\xbb\xbf]*(?:[A-Za-z][\w-]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*+\r?\n)++")
FROM = re.compile(rb"^From \S.*\d{4}\s*$")
FIRST = re.compile(rb"^(?:\r?\n)*From \S[^\r\n]*\d{4}[^\r\n]*\r?\n[A-Za-z>][\w-]*:?")
OUTLOOK = b"\xd0\xcf\x11\xe0"


def is_message(source: Source) -> bool:
    """Whether a source begins like a message: with fields, three of those that mail has among them, and is no saved page."""
    fields = FIELDS.match(source.head)
    return not is_snapshot(source) and bool(fields and len({name.lower() for name in FIELD.findall(fields[0])}) >= 3)


def is_mailbox(source: Source) -> bool:
    """Whether a source begins like a mailbox."""
    return bool(FIRST.match(source.head))


@loader(suffixes=(".eml", ".msg"), claims=is_message)
def mail(source: Source) -> Iterator[Article]:
    """Messages saved as EML, newsletters above all; the subject is the title, the list or sender the outlet."""
    if source.head.startswith(OUTLOOK):
        source.problem("is in Outlook's own format; save it as .eml to load it.", "skipped")
        return
    if not FIELDS.match(source.head):
        return
    try:
        article, note = message.read(plain(source, LARGEST))
    except message.UNREADABLE:
        source.problem("is a message that is broken, or nested too deeply.", "skipped")
        return
    if note:
        source.problem(note, "passed over")
    if article.text or article.title:
        yield article
    else:
        source.problem("is a message without a subject or a text.", "skipped")


@loader(suffixes=(".mbox", ".mbx"), claims=is_mailbox)
def mbox(source: Source) -> Iterator[Article]:
    """Mailboxes (MBOX): every message as an article."""
    if not is_mailbox(source):
        return
    count = unread = attached = 0
    with source.open() as stream:
        for raw in _messages(stream):
            count += 1
            try:
                article, note = message.read(raw or b"")
            except (TooLarge, *message.UNREADABLE):
                article, note = Article(""), None
            unread += not (article.text or article.title)
            attached += note is not None
            if article.text or article.title:
                yield article
    if unread:
        source.problem(f"has {unread} of {count} messages that are empty, broken or too large; they were passed over.")
    if attached:
        source.problem(f"has attachments in {attached} of {count} messages; they were not read.", "passed over")


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each message; None for one that is too large. A `From ` below a blank line begins the next."""
    parts: list[bytes] = []
    size, blank, begun = 0, True, False
    for line in iter(lambda: stream.readline(2**20), b""):
        if blank and line.startswith(b"From ") and FROM.match(line):
            if begun:
                yield b"".join(parts) if size <= LARGEST else None
            parts, size, begun = [], 0, True
        else:
            size += len(line)
            if size <= LARGEST:
                parts.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if begun:
        yield b"".join(parts) if size <= LARGEST else None
