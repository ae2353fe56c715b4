"""Who said the quoted words in Chinese and Japanese, which put no spaces between words."""

from __future__ import annotations

import re
from functools import cache

from toolkit_quotes.marks import Quotation, Span
from toolkit_quotes.vocabulary import Words

CLAUSE = "，。；：、！？\n”」』\u3000"
"""Marks that end a clause."""
TOPIC = re.compile(rf"(?:^|[{CLAUSE}])([^{CLAUSE}]{{1,30}}?)(?:は|が)(?=[^{CLAUSE}]*$|、[^{CLAUSE}]*$)")
FAR = 60
"""How many characters the verb and the speaker may be away."""


def attributed(text: str, stretch: Span, quotation: Quotation, words: Words) -> tuple[Span, Span] | None:
    """What brings a quotation in and who said it, as places in the document; None if its sentence does not say."""
    if words.language == "ja":
        return _japanese(text, stretch, quotation, words)
    first = max(stretch[0], quotation.outer[0] - FAR)
    before = _chinese(words).search(text, first, quotation.outer[0])
    return (before.span(2), before.span(1)) if before else None


@cache
def _chinese(words: Words) -> re.Pattern[str]:
    """A speaker, perhaps when and where, a verb, and a colon or comma before the quotation."""
    verbs = "|".join(sorted(words.say, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[{CLAUSE}]))([^{CLAUSE}]{{1,24}}?)({verbs})[^{CLAUSE}]{{0,6}}[：，:,]?$")


def _japanese(text: str, stretch: Span, quotation: Quotation, words: Words) -> tuple[Span, Span] | None:
    """X\u306f\u300c...\u300d\u3068\u8ff0\u3079\u305f: the topic before the quotation, the verb after it."""
    after = re.compile("|".join(sorted(words.say, key=len, reverse=True)))
    verb = after.search(text, quotation.outer[1], min(stretch[1], quotation.outer[1] + FAR))
    topic = TOPIC.search(text[max(stretch[0], quotation.outer[0] - FAR) : quotation.outer[0]])
    if verb is None or topic is None:
        return None
    shift = max(stretch[0], quotation.outer[0] - FAR)
    return verb.span(), (shift + topic.start(1), shift + topic.end(1))
