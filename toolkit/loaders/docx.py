"""Word documents."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import press, word
from toolkit.loaders.bounded import BROKEN, whole
from toolkit.loaders.paragraphs import manuscript_article

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")


@loader(
    suffixes=(".docx", ".docm", ".dotx", ".doc"),
    claims=lambda source: word.is_word(source.head) and not press.database(source),
)
def docx(source: Source) -> Iterator[Article]:
    """Word documents (DOCX), one article a file; headings, lists, quotations and captions are known by their styles."""
    if source.head.startswith(OLE):
        source.problem(_old(source), "skipped")
        return
    if not source.head.startswith(b"PK"):
        return
    try:
        manuscript = word.read(whole(source))
    except BROKEN:
        source.problem("is no Word document, or broken or only partly written; nothing could be read.", "skipped")
    except RuntimeError:
        source.problem("is protected by a password; save it without one to load it.", "skipped")
    else:
        article = manuscript_article(manuscript)
        if article.text:
            yield article
        else:
            source.problem("is a Word document that holds no text.", "skipped")


def _old(source: Source) -> str:
    """What is wrong with a file in the container that Word used before 2007, and still uses to lock a document."""
    with source.open() as stream:
        locked = LOCKED in stream.read(2**20)
    if locked:
        return "is protected by a password; save it without one to load it."
    return "is in the format Word had before 2007; save it as .docx to load it."
