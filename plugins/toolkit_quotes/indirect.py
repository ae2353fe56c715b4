"""Indirect speech: what someone is said to have said, in the words of the article ("X said that ...", "..., according to X")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit_quotes.attribution import Attribution, is_noun, source_at, subject
from toolkit_quotes.phrases import begins, left_of, right_of
from toolkit_quotes.stretches import Phrase, Stretch, Token
from toolkit_quotes.vocabulary import Words

WINDOW = 14
"""How many tokens when and where it was said may take before "that"."""
LEAST = 3
"""How many words a content has at least."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was said, as tokens of a stretch, what brings it in, and who said it."""

    content: Phrase
    told: Attribution


def reports(stretch: Stretch, words: Words) -> list[Report]:
    """The indirect speech of a stretch, from left to right; what lies within another's is left out."""
    found: list[Report] = []
    if not stretch.reports:
        return found
    tokens = stretch.tokens
    for report in _candidates(stretch, words):
        a, b = report.content
        quoted = all(token.is_quotation or not token.is_word for token in tokens[a:b])
        taken = any(a < r.content[1] and r.content[0] < b for r in found)
        if not quoted and not taken and sum(t.is_word or t.is_quotation for t in tokens[a:b]) >= LEAST:
            found.append(report)
    return found


def _candidates(stretch: Stretch, words: Words) -> Iterator[Report]:
    tokens, done = stretch.tokens, 0
    end = _trimmed(tokens, 0, len(tokens))
    for place in [i for i in range(end) if tokens[i].low in words.reported or tokens[i].low in words.source_first]:
        if place < done:
            continue
        source = source_at(tokens, place, words)
        report = None
        if source:
            report = _from_source(tokens, place, source, end, words)
        elif tokens[place].low in words.reported and not (place == 0 and tokens[0].low.endswith("ed")):
            report = _from_parse(stretch, place, end, words) or _from_verb(stretch, place, end, words)
        if report:
            yield report
            done = max(done, report.content[1])


def _from_source(tokens: Sequence[Token], place: int, after: int, end: int, words: Words) -> Report | None:
    """ "According to X, ..." and "..., according to X"."""
    named = right_of(tokens, after - 1, end, words)
    if named is None:
        return None
    told = Attribution((place, after), named, "source")
    if not any(token.is_word or token.is_quotation for token in tokens[:place]):
        comma = next((i for i in range(named[1], end) if tokens[i].text == ","), None)
        return Report((comma + 1, end), told) if comma is not None else None
    last = place - 1 if tokens[place - 1].text == "," else place
    return Report((_clause(tokens, last), last), told)


def _from_parse(stretch: Stretch, verb: int, end: int, words: Words) -> Report | None:
    """The clause that the parser hangs on the verb, with the verb's subject."""
    tokens = stretch.tokens
    clause = stretch.parse.clauses.get(tokens[verb].start - stretch.start) if stretch.parse else None
    content = stretch.phrase((stretch.start + clause[0], stretch.start + clause[1])) if clause else None
    named = subject(stretch, verb, verb, words) if content else None
    if content is None or named is None or content[0] <= verb < content[1] or tokens[verb + 1].text == ":":
        return None
    start = content[0] + (tokens[content[0]].low == "that")
    stop = min(content[1], end)
    stop = _trimmed(tokens, start, _stop(tokens, start, stop, words) if start > verb else stop)
    return Report((start, stop), Attribution((verb, verb + 1), named, "clause of verb")) if stop > start else None


def _from_verb(stretch: Stretch, verb: int, end: int, words: Words) -> Report | None:
    """ "X said that ...", "X said ...", "..., X said", "..., said X"."""
    tokens = stretch.tokens
    if is_noun(tokens, verb, words):
        return None
    cue = (verb, verb + 1)
    turned = right_of(tokens, verb, end, words) if verb and tokens[verb - 1].text == "," else None
    is_whole = turned and (turned[1] == end or not begins(tokens[turned[1]], words))
    if turned and is_whole and tokens[turned[0]].low not in words.pronoun:
        return _before(tokens, cue, turned, verb - 1, words)
    start = _after(tokens, verb, end, words)
    if start is not None:
        named = subject(stretch, verb, start, words)
        return Report((start, _stop(tokens, start, end, words)), Attribution(cue, named, "report")) if named else None
    named = left_of(tokens, verb, 0, words)
    return _before(tokens, cue, named, named[0] - 1, words) if named else None


def _before(tokens: Sequence[Token], cue: Phrase, named: Phrase, comma: int, words: Words) -> Report | None:
    """What was said before the verb, if a whole clause stands there, and not only what leads in."""
    spoken = tokens[cue[0]].low in words.say
    if not spoken or comma < LEAST or tokens[comma].text != "," or tokens[comma - 1].is_quotation:
        return None
    if any(token.is_quotation or token.text in ":：" for token in tokens[cue[1] : max(cue[1], named[1]) + 3]):
        return None
    start = _clause(tokens, comma)
    first = tokens[start + (tokens[start].low in ("and", "but"))]
    leads_in = first.low in words.outside or first.low.endswith(("ing", "ed"))
    if leads_in and not any(token.text == "," for token in tokens[start:comma]):
        return None
    return Report((start, comma), Attribution(cue, named, "report before"))


def _after(tokens: Sequence[Token], verb: int, end: int, words: Words) -> int | None:
    """Where what was said begins, if it follows the verb."""
    place = verb + 1
    listens = tokens[verb].low in words.listener
    if listens:
        place = _over_listener(tokens, place, end, words)
    if words.language == "de" and place < end and tokens[place].text == ",":
        place += 1
    after_adverb = place + (place < end and tokens[place].low in words.helper)
    linked = _link(tokens, after_adverb, end, words)
    if linked is not None or tokens[verb].low not in words.bare:
        return linked
    while place < end and tokens[place].low in words.time | {"on", "late", "early", "last", "this"}:
        place += 1
    if place >= end or tokens[place].is_quotation or (listens and place == verb + 1):
        return None
    plain = tokens[verb].low in words.plain and tokens[place].is_word and tokens[place].low not in words.outside
    return place if plain or begins(tokens[place], words) or tokens[place].low in ("there", "no") else None


def _link(tokens: Sequence[Token], place: int, end: int, words: Words) -> int | None:
    """Where what was said begins after "that", or with "whether"; only when and where it was said may come before."""
    adjunct = place < end and (tokens[place].low in words.outside or tokens[place].low in words.time)
    for at in range(place, min(end, place + (WINDOW if adjunct else 1))):
        token = tokens[at]
        if token.low in words.link:
            return at + 1 if token.low in words.that_words else at
        if token.is_quotation or token.text in ";:—–" or token.low in words.pronoun or token.low in words.say:
            break
    return None


def _over_listener(tokens: Sequence[Token], place: int, end: int, words: Words) -> int:
    """The place after whom something is told to: a pronoun, a name, or a few words up to "that" or a pronoun."""
    if place < end and tokens[place].low in ("me", "us", "him", "her", "them", "you", "reporters", "journalists"):
        return place + 1
    after = place
    while after < end and tokens[after].is_name:
        after += 1
    if after > place:
        return after
    ahead = range(place, min(end, place + 8))
    return next((i for i in ahead if tokens[i].low in words.pronoun or tokens[i].low in words.link), place)


def _clause(tokens: Sequence[Token], end: int) -> int:
    """Where the clause begins that ends at a token: after a colon or a semicolon, else with the stretch."""
    return next((i + 1 for i in range(end - 1, -1, -1) if tokens[i].text in (";", ":")), 0)


def _stop(tokens: Sequence[Token], start: int, end: int, words: Words) -> int:
    """Where what was said ends: before another verb of saying takes over, or before a colon."""
    for place in range(start + 1, end - 1):
        text, after = tokens[place].text, tokens[place + 1]
        if text in (":", ";") or (text == "." and after.is_quotation) or source_at(tokens, place, words):
            return place
        if text == ",":
            hanging = after.low.endswith("ing") and after.low in words.verbs
            joined = after.low in ("and", "but") or after.low in words.pronoun
            spoken = joined and place + 2 < end and tokens[place + 2].low in words.say
            if hanging or spoken or source_at(tokens, place + 1, words):
                return place
    return end


def _trimmed(tokens: Sequence[Token], start: int, stop: int) -> int:
    """One past the last token that is no full stop or comma."""
    while stop > start and not (
        tokens[stop - 1].is_word or tokens[stop - 1].is_quotation or tokens[stop - 1].text in ")%"
    ):
        stop -= 1
    return stop
