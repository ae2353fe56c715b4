"""Whoever speaks, as a phrase: found to the left or right of a verb without a parser, by the words that end such a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit_quotes.stretches import Phrase, Token
from toolkit_quotes.vocabulary import Words

COORDINATORS = ("and", "et", "und", "y", "e", "&")
BRACKETS = {")": "(", "]": "["}
DASHES = ("—", "–", "--", "-", "―")
NEVER_LATER = ("in", "on", "to", "en", "à", "a", "im", "in", "am", "an")
"""Words that go on with a speaker before the verb ("officials in X said"), but not after it ("said Roe in X")."""
LONGEST = 14
"""How many tokens a phrase may have."""


def left_of(tokens: Sequence[Token], verb: int, first: int, words: Words) -> Phrase | None:
    """Who a verb's subject is, if it stands before it: `first` is where its clause begins."""
    place = _over_time(tokens, verb - 1, first, words)
    while place >= first and (_is_between(tokens[place], words) or tokens[place].is_link):
        place = _over_time(tokens, place - 1, first, words)
    place = _over_brackets(tokens, place, first)
    if place < first:
        return None
    if tokens[place].low in words.relative and place > first:
        before = place - 2 if tokens[place - 1].text == "," else place - 1
        return ending_at(tokens, _over_brackets(tokens, before, first), first, words)
    if tokens[place].text == "," or tokens[place].text in DASHES:
        return _before_aside(tokens, place, first, words)
    return ending_at(tokens, place, first, words)


def right_of(tokens: Sequence[Token], verb: int, last: int, words: Words) -> Phrase | None:
    """Who a verb's subject is, if it stands after it: `last` is one past the end of its clause."""
    place = verb + 1
    while (
        place < last
        and not begins(tokens[place], words)
        and (_is_between(tokens[place], words) or tokens[place].is_link)
    ):
        place += 1
    if place >= last or not begins(tokens[place], words):
        return None
    end = place + 1
    while end < last and end - place < LONGEST and tokens[place].low not in words.pronoun - words.article:
        token, following = tokens[end], tokens[end + 1] if end + 1 < last else None
        if token.low in COORDINATORS:
            if not (following and tokens[end - 1].is_name and following.is_name):
                break
        elif token.low in words.inside:
            if token.low in NEVER_LATER or not (following and (following.is_name or following.low in words.article)):
                break
        elif not token.is_word or token.low in words.outside or (token.low in words.verbs and not token.is_name):
            break
        end += 1
    return place, end


def ending_at(tokens: Sequence[Token], end: int, first: int, words: Words) -> Phrase | None:
    """The phrase whose last token is `end`."""
    if end < first or not tokens[end].is_word or tokens[end].low in words.outside:
        return None
    start = end
    while start > first and end - start < LONGEST and tokens[end].low not in words.pronoun:
        token, before = tokens[start], tokens[start - 1]
        earlier = tokens[start - 2] if start - 2 >= first else None
        if before.low in words.inside and before.low not in words.article:
            if earlier is None or not earlier.is_word or earlier.low in words.outside or earlier.low.endswith("ing"):
                break
            start -= 2
        elif before.low in COORDINATORS:
            if not (earlier and earlier.is_name and token.is_name and earlier.low not in words.outside):
                break
            start -= 2
        elif token.low in words.article or _ends_before(before, token, words):
            break
        else:
            start -= 1
    return start, end + 1


def opening(tokens: Sequence[Token], first: int, last: int, words: Words) -> Phrase | None:
    """The phrase that a clause is about: the first that could speak, past what leads in ("On Monday, ...")."""
    place = first
    while place < last:
        token = tokens[place]
        leads_in = words.language == "en" and len(token.low) > 4 and token.low.endswith(("ing", "ed"))
        if begins(token, words) and not (leads_in and token.low not in words.role):
            return place, _end_of_opening(tokens, place, last, words)
        place = next((i + 1 for i in range(place, last) if tokens[i].text == ","), last)
    return None


def begins(token: Token, words: Words) -> bool:
    """Whether a speaker may begin with it."""
    if not token.is_word or token.low in words.outside:
        return False
    known = token.low in words.article or token.low in words.pronoun or token.low in words.role
    return known or token.is_name or token.low[0].isdigit()


def _end_of_opening(tokens: Sequence[Token], place: int, last: int, words: Words) -> int:
    end = place + 1
    while end < last and end - place < 5 and tokens[place].low not in words.pronoun:
        token, before = tokens[end], tokens[end - 1]
        if not token.is_word or token.low in words.outside or token.low in words.helper or token.low in words.verbs:
            break
        ends = before.is_name and not before.low.endswith("'s") and before.low not in words.article
        if ends and not token.is_name and token.low not in words.role:
            break
        end += 1
    return end


def _is_between(token: Token, words: Words) -> bool:
    """Whether it may stand between a speaker and the verb."""
    adverb = words.language == "en" and token.low.endswith("ly") and not token.is_name
    return token.low in words.helper or adverb or token.low.endswith("n't")


def _over_time(tokens: Sequence[Token], place: int, first: int, words: Words) -> int:
    """The place before words of time that end at `place`, and what belongs to them: "on Monday", "this month"."""
    while place > first and tokens[place].low in words.time:
        before = tokens[place - 1].low
        led = before in words.outside or before in words.article or before in ("last", "next", "late", "early")
        place -= 2 if led else 1
    return place


def _over_brackets(tokens: Sequence[Token], place: int, first: int) -> int:
    """The place before a bracketed remark that ends at `place`."""
    if place >= first and tokens[place].text in BRACKETS:
        opened = BRACKETS[tokens[place].text]
        before = next((i for i in range(place - 1, max(first, place - 20) - 1, -1) if tokens[i].text == opened), None)
        return place if before is None else before - 1
    return place


def _before_aside(tokens: Sequence[Token], comma: int, first: int, words: Words) -> Phrase | None:
    """The phrase that remarks between commas belong to: "Ann Roe, the mayor of X, said" gives Ann Roe."""
    edges = [i for i in range(first, comma + 1) if tokens[i].text == "," or tokens[i].text in DASHES][-6:]
    starts = [first, *(edge + 1 for edge in edges)]
    parts = [(a, b) for a, b in zip(starts, edges, strict=False) if b > a]
    for number in reversed(range(len(parts))):
        a, b = parts[number]
        if not _is_aside(tokens, (a, b), parts[number - 1] if number else None, words):
            return ending_at(tokens, _over_brackets(tokens, b - 1, a), a, words)
    return ending_at(tokens, parts[0][1] - 1, parts[0][0], words) if parts else None


def _is_aside(tokens: Sequence[Token], part: Phrase, before: Phrase | None, words: Words) -> bool:
    """Whether words between commas say more of whom was just named, or lead in, and are not a speaker."""
    token = tokens[part[0]]
    if token.low in words.outside or token.low in words.relative or token.low[0].isdigit() or not token.is_word:
        return True
    if before is None:
        return False
    if token.low in words.article or not token.is_name:
        return True
    return part[1] - part[0] <= 2 and tokens[before[0]].low not in words.outside and tokens[before[1] - 1].is_name


def _ends_before(before: Token, token: Token, words: Words) -> bool:
    """Whether a phrase that goes on with `token` cannot have `before` in it."""
    if before.low in words.article:
        return False
    ends = (words.outside, words.pronoun, words.helper, words.verbs)
    if not before.is_word or any(before.low in group for group in ends):
        return True
    return token.is_name and not before.is_name and before.low not in words.role
