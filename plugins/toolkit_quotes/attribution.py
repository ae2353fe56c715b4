"""Who said the quoted words: the verb, and whoever stands with it, after them, before them or around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit_quotes.marks import Quotation, Span
from toolkit_quotes.phrases import DASHES, ending_at, left_of, opening, right_of
from toolkit_quotes.stretches import Phrase, Stretch, Token
from toolkit_quotes.vocabulary import Words

FAR = 25
"""How many tokens a verb may be away from the words it brings in."""
PASSIVE = ("is", "are", "was", "were", "be", "been", "being")
JOINS = ("and", "but", "then", "or")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What brings in words, and who said them, as phrases; `how` it was found says how sure it is."""

    cue: Phrase
    speaker: Phrase
    how: str


def attributed(stretch: Stretch, quotation: Quotation, words: Words) -> Attribution | None:
    """Who said a quotation, by the words of its own stretch; None if they do not say."""
    place = place_of(stretch, quotation)
    return (
        _after(stretch.tokens, place, words)
        or _before(stretch, place, words)
        or _somewhere_after(stretch.tokens, place, words)
    )


def place_of(stretch: Stretch, quotation: Quotation) -> int:
    """The token that stands for a quotation."""
    return bisect_right(stretch.tokens, quotation.outer[0], key=lambda token: token.start) - 1


def _after(tokens: Sequence[Token], place: int, words: Words) -> Attribution | None:
    """ "...", said X. "...", X said. "..." - X. "...", according to X."""
    start = place + 1
    last = next((i for i in range(start, len(tokens)) if tokens[i].is_quotation), len(tokens))
    while start < last and tokens[start].text in (",", ")", "."):
        start += 1
    if start >= last:
        return None
    if tokens[start].text in DASHES:
        named = right_of(tokens, start, last, words)
        if named and not any(token.is_word for token in tokens[named[1] : last]):
            return Attribution((start, start + 1), named, "dash")
    source = source_at(tokens, start, words)
    if source:
        named = right_of(tokens, source - 1, last, words)
        return Attribution((start, source), named, "source") if named else None
    verb = start
    while verb < last and tokens[verb].low in words.helper and tokens[verb].low not in words.verbs:
        verb += 1
    if verb < last and tokens[verb].low in words.verbs:
        named = right_of(tokens, verb, last, words)
        return Attribution((start, verb + 1), named, "verb, speaker") if named else None
    for verb in range(start + 1, min(last, start + FAR)):
        if tokens[verb].low in words.spoken and not is_noun(tokens, verb, words):
            named = left_of(tokens, verb, start, words)
            begun = named and all(t.low in words.helper or t.is_link for t in tokens[start : named[0]])
            return Attribution((verb, verb + 1), named, "speaker, verb") if named and begun else None
    return None


def _before(stretch: Stretch, place: int, words: Words) -> Attribution | None:
    """X said: "...". X told Y that he was "...". X called it "..."."""
    tokens = stretch.tokens
    for verb in range(place - 1, max(place - FAR, -1), -1):
        source = source_at(tokens, verb, words)
        if source:
            named = right_of(tokens, source - 1, place, words)
            if named:
                return Attribution((verb, source), named, "source")
        if tokens[verb].low not in words.verbs or is_noun(tokens, verb, words):
            continue
        named = subject(stretch, verb, place, words)
        if named:
            return Attribution((verb, verb + 1), named, "speaker, verb:" if place - verb <= 2 else "speaker, verb ...")
    if 0 < place <= FAR and tokens[place - 1].text in (":", "："):
        whole = ending_at(tokens, place - 2, 0, words)
        named = whole if whole and whole[0] == 0 else opening(tokens, 0, place - 1, words)
        alone = named == (0, place - 1) and place <= 5
        return Attribution((place - 1, place), named, "transcript" if alone else "colon") if named else None
    return None


def _somewhere_after(tokens: Sequence[Token], place: int, words: Words) -> Attribution | None:
    """The first verb after the words that has a speaker of its own."""
    for verb in range(place + 1, min(len(tokens), place + FAR)):
        if tokens[verb].low in words.say and not is_noun(tokens, verb, words):
            named = left_of(tokens, verb, place + 1, words)
            if named:
                return Attribution((verb, verb + 1), named, "later verb")
    return None


def subject(stretch: Stretch, verb: int, last: int, words: Words) -> Phrase | None:
    """Who does what a verb says: before it, after it ("Said X:"), or the one its clause is about ("..., adding")."""
    tokens = stretch.tokens
    if stretch.parse:
        named = _parsed(stretch, stretch.parse.subjects.get(tokens[verb].start - stretch.start))
        if named:
            return named
    first = max(verb - 2 * FAR, 0)
    edges = (i for i in reversed(range(first, verb)) if tokens[i].is_quotation or tokens[i].text in ";:")
    clause = next(edges, first - 1) + 1
    before = tokens[verb - 1] if verb else None
    is_form = words.language == "en" and tokens[verb].low.endswith("ing")
    passive = before is not None and before.low in PASSIVE
    if passive and not is_form:
        return None
    hangs = is_form and not passive and not (before and before.is_name)
    if not hangs and not (before and before.low in JOINS):
        named = left_of(tokens, verb, clause, words)
        if named or verb == clause:
            return named or right_of(tokens, verb, last, words)
    for earlier in reversed(range(first, verb)):
        relative = earlier and tokens[earlier - 1].low in words.relative
        finite = tokens[earlier].low in words.verbs and not tokens[earlier].low.endswith("ing")
        if finite and not relative and not is_noun(tokens, earlier, words):
            named = left_of(tokens, earlier, clause if clause <= earlier else first, words)
            if named:
                return named
    return opening(tokens, clause, verb, words) or opening(tokens, first, verb, words)


def _parsed(stretch: Stretch, span: Span | None) -> Phrase | None:
    """The tokens of a subject that the parser found, if they are words outside quotations."""
    named = stretch.phrase((stretch.start + span[0], stretch.start + span[1])) if span else None
    if named is None or any(token.is_quotation for token in stretch.tokens[slice(*named)]):
        return None
    return named if stretch.tokens[named[1] - 1].is_word else None


def is_noun(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Whether a word that could be a verb is a noun here: "the report", "his claims", "United States"."""
    token, before = tokens[place], tokens[place - 1] if place else None
    if before is not None and (before.low in words.article - words.pronoun or before.low == "without"):
        return True
    if token.low not in words.noun:
        return False
    if token.is_name or before is None or before.low in words.outside:
        return True
    speaks = before.is_name or before.low.endswith("s") or before.low in words.pronoun | words.role | words.helper
    return before.is_word and not speaks


def source_at(tokens: Sequence[Token], place: int, words: Words) -> int | None:
    """One past a phrase such as "according to" that begins at a token."""
    for phrase in words.source if tokens[place].low in words.source_first else ():
        end = place + len(phrase)
        if tuple(token.low for token in tokens[place:end]) == phrase:
            return end
    return None
