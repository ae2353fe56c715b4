"""Rich text documents."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.article import Article, Source
from toolkit.kinds import loader
from toolkit.loaders import press, rich
from toolkit.loaders.bounded import plain
from toolkit.loaders.paragraphs import manuscript_article

LARGEST = 32 * 2**20


@loader(suffixes=(".rtf",), claims=lambda source: rich.is_rich(source.head) and not press.database(source))
def rtf(source: Source) -> Iterator[Article]:
    """Rich text (RTF), one article a file; headings are known by style, outline or bold type."""
    if not rich.is_rich(source.head):
        return
    article = manuscript_article(rich.read(plain(source, LARGEST)))
    if article.text:
        yield article
    else:
        source.problem("is a rich text document that holds no text.", "skipped")
