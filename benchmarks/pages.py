"""How well the article is taken out of a page: text, title, date and paragraphs, beside trafilatura alone.

    TOOLKIT_GOLD=... python benchmarks/pages.py

The text's F1 is that of shingles of four words, averaged over pages. Titles, dates and kinds are not labelled: given is
the share of pages that have one, and how many paragraphs of a kind there are on a page.
"""

from __future__ import annotations

import gzip
import re
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import gold
from bench import Row, shown

from toolkit import Article, Source
from toolkit.loaders.html import html

Extract = Callable[[bytes, str], Article]


def ours(page: bytes, url: str) -> Article:
    """The page as our loader reads it."""
    source = Source(f"{url}.html", opener=partial(BytesIO, page), meta={"url": url})
    return next(iter(html(source)), Article(""))


def without_captions(page: bytes, url: str) -> Article:
    """The same without its captions, which the labels leave out."""
    article = ours(page, url)
    cut = [(start, end) for kind, start, end in article.blocks or () if kind == "caption"]
    text = "".join(
        character for i, character in enumerate(article.text) if not any(start <= i < end for start, end in cut)
    )
    return Article(text, title=article.title, published=article.published)


def trafilatura(page: bytes, url: str, *, favor_precision: bool = False) -> Article:
    """The page as trafilatura reads it."""
    from trafilatura import bare_extraction

    found = bare_extraction(page, url=url, favor_precision=favor_precision, with_metadata=True)
    if found is None:
        return Article("")
    return Article(found.text or "", title=found.title, meta={"date": found.date})


SYSTEMS: dict[str, Extract] = {
    "trafilatura": trafilatura,
    "trafilatura, precise": partial(trafilatura, favor_precision=True),
    "toolkit": ours,
    "toolkit without captions": without_captions,
}


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def scored(found: str, truth: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of shingles."""
    ours, theirs = shingles(found), shingles(truth)
    both = (ours & theirs).total()
    precision, recall = both / max(1, ours.total()), both / max(1, theirs.total())
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def pages() -> list[tuple[bytes, str, str]]:
    """Each page, its address, and the text of its article."""
    folder = gold.folder() / "pages"
    truth = gold.rows("pages/truth")
    return [(gzip.decompress((folder / f"{row['id']}.html.gz").read_bytes()), row["url"], row["text"]) for row in truth]


def measured(name: str, extract: Extract, labelled: list[tuple[bytes, str, str]]) -> dict[str, Any]:
    """One system's figures over all pages."""
    began = time.perf_counter()
    articles = [extract(page, url) for page, url, _ in labelled]
    seconds = time.perf_counter() - began
    scores = [scored(article.text, text) for article, (_, _, text) in zip(articles, labelled, strict=True)]
    count = len(labelled)
    precision, recall, f1 = (round(100 * sum(values) / count, 1) for values in zip(*scores, strict=True))
    kinds = Counter(kind for article in articles for kind, _, _ in article.blocks or ())
    return {
        "system": name,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "titled": round(100 * sum(bool(article.title) for article in articles) / count, 1),
        "dated": round(
            100 * sum(bool(article.published or article.meta.get("date")) for article in articles) / count, 1
        ),
        "pages_a_second": round(count / seconds, 1),
        **{f"{kind}_a_page": round(number / count, 1) for kind, number in kinds.most_common()},
    }


def run(quick: bool = False) -> list[Row]:
    """A row for each system, all in one run on the same pages."""
    labelled = pages()[: 30 if quick else None]
    ours(*labelled[0][:2])
    return [measured(name, extract, labelled) for name, extract in SYSTEMS.items()]


if __name__ == "__main__":
    shown(run)
