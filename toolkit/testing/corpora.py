"""The corpora that plugins are tried on."""

from __future__ import annotations

from functools import cache
from typing import Any

from toolkit.article import Article
from toolkit.corpus import Corpus
from toolkit.loading import load, sample

ONE = "Talks resume\n\nThe envoy said the talks would resume on Monday in Geneva. France welcomed the news. Iran did not comment."
HOSTILE = (
    "<script>alert(1)</script> & </style>\n\nThe minister said “<img src=x onerror=alert(1)>” in Paris. "
    "Visit javascript:alert(1) or =HYPERLINK('x'), and {{constructor}} too. \u202eTehran\u202c \U0001f600 agreed."
)
FOREIGN = [
    "伊朗外长周三在日内瓦表示，谈判将继续。",
    "قال الوزير إن المحادثات ستستأنف في باريس يوم الاثنين.",
    "Переговоры продолжатся в Париже, сообщил представитель МИД.",
]


@cache
def corpora() -> dict[str, Corpus]:
    """The corpora that plugins are tried on: the sample, and the awkward ones."""

    def made(*articles: Any) -> Corpus:
        return load(list(articles), recognizer="builtin", progress=False)

    return {
        "the sample corpus": sample(),
        "an empty corpus": made(),
        "one article": made({"text": ONE, "published": "2026-02-02", "outlet": "A"}),
        "undated articles": made(ONE, ONE + " More followed."),
        "texts in other scripts": made(*FOREIGN),
        "hostile text": made(Article(HOSTILE, title="</title><script>", outlet="<b>", url="javascript:alert(1)")),
        "an article without text": made({"text": "", "title": "Only a headline"}),
    }
