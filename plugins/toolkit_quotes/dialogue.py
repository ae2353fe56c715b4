"""Everything that is said in a document, and who goes on speaking where a quotation's own stretch names no one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from toolkit_quotes import unspaced
from toolkit_quotes.attribution import Attribution, attributed, is_noun, place_of
from toolkit_quotes.indirect import reports
from toolkit_quotes.marks import Quotation, Span
from toolkit_quotes.phrases import DASHES, opening, right_of
from toolkit_quotes.stretches import Stretch
from toolkit_quotes.vocabulary import UNSPACED, Words

Kind = Literal["direct", "indirect", "mixed"]

PLAIN = ("speaker, verb", "verb, speaker", "dash")
"""Ways to find a speaker that a parser does not improve on."""
LINE = 20
"""How many tokens a line has at most that says whose words stand above it."""
NEAR = 2
"""How many paragraphs a speaker goes on for without being named again."""
BRIEF = 3
"""Quoted fragments of fewer words, with nobody near who says them, are taken for scare quotes."""
LONG = 5
"""Quoted words of at least this many are kept whatever they are."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What was said and who said it, in characters of the document; `how` it was found says how sure it is."""

    words: Span
    kind: Kind
    stretch: int
    cue: Span | None = None
    speaker: Span | None = None
    how: str = "nobody"
    goes_on: bool = False


def voices(text: str, found: Sequence[Stretch], words: Words) -> list[Voice]:
    """All that is said in a document, in its order, each with its speaker as far as one is told."""
    told = [voice for number, stretch in enumerate(found) for voice in _of_stretch(text, stretch, number, words)]
    for place in reversed(range(len(told) - 1)):
        if told[place].goes_on and told[place].speaker is None:
            told[place] = _like(told[place], told[place + 1], "goes on")
    for place in range(len(told)):
        if told[place].speaker is None:
            told[place] = _taken(told, place, found, words)
    return [voice for voice in told if not _is_scare(text, voice, found[voice.stretch], words)]


def needs_parser(stretch: Stretch, words: Words) -> bool:
    """Whether a parser may tell more of a stretch than the order of its words: someone reports, or it is not plain who."""
    told = [attributed(stretch, quotation, words) for quotation in stretch.quotations]
    plain = {place for each in told if each and each.how in PLAIN for place in range(*each.cue)}
    if any(each and each.how not in (*PLAIN, "speaker, verb:") for each in told):
        return True
    tokens = stretch.tokens
    verbs = (i for i, token in enumerate(tokens) if token.low in words.reported and i not in plain)
    return any(not is_noun(tokens, verb, words) for verb in verbs)


def _of_stretch(text: str, stretch: Stretch, number: int, words: Words) -> Iterator[Voice]:
    rows = []
    for report in reports(stretch, words):
        span = stretch.characters(report.content) or (0, 0)
        holds = any(span[0] <= q.outer[0] and q.outer[1] <= span[1] for q in stretch.quotations)
        rows.append(_with(stretch, Voice(span, "mixed" if holds else "indirect", number), report.told))
    spans = [row.words for row in rows]
    for quotation in stretch.quotations:
        if not any(a <= quotation.outer[0] and quotation.outer[1] <= b for a, b in spans):
            rows.append(_quoted(text, stretch, number, quotation, words))
    return iter(sorted(rows, key=lambda voice: voice.words))


def _quoted(text: str, stretch: Stretch, number: int, quotation: Quotation, words: Words) -> Voice:
    place = place_of(stretch, quotation)
    before = stretch.tokens[place - 1].text if place else ""
    whole = place == 0 or before[0] in ",:\"'([…" or before in DASHES or stretch.tokens[place - 1].is_quotation
    voice = Voice(quotation.inner, "direct" if whole else "mixed", number, goes_on=quotation.goes_on)
    if quotation.label:
        return replace(voice, kind="direct", speaker=quotation.label, how="transcript")
    if words.language in UNSPACED:
        near = unspaced.attributed(text, (stretch.start, stretch.end), quotation, words)
        return replace(voice, kind="direct", cue=near[0], speaker=near[1], how="speaker, verb") if near else voice
    told = attributed(stretch, quotation, words)
    if told is None:
        return voice
    says = told.how == "speaker, verb:" and stretch.tokens[told.cue[0]].low in words.say
    return _with(stretch, replace(voice, kind="direct") if says else voice, told)


def _with(stretch: Stretch, voice: Voice, told: Attribution) -> Voice:
    cue, speaker = stretch.characters(told.cue), stretch.characters(told.speaker)
    return replace(voice, cue=cue, speaker=speaker, how=told.how)


def _taken(told: Sequence[Voice], place: int, found: Sequence[Stretch], words: Words) -> Voice:
    """The voice of a quotation that its own stretch leaves open."""
    voice, mine = told[place], found[told[place].stretch]
    before = told[place - 1] if place else None
    after = next((v for v in told[place + 1 : place + 4] if v.speaker is not None), None)
    if before and before.goes_on and before.speaker:
        return _like(voice, before, "goes on")
    named = None if mine.is_quotation else opening(mine.tokens, 0, len(mine.tokens), words)
    if named:
        return replace(voice, speaker=mine.characters(named), how="clause")
    if before and before.speaker and found[before.stretch].paragraph == mine.paragraph:
        return _like(voice, before, "same paragraph")
    if after and found[after.stretch].paragraph == mine.paragraph:
        return _like(voice, after, "same paragraph, later")
    signed = _signature(found, voice.stretch + 1, words)
    if signed:
        return replace(voice, speaker=signed, how="signed")
    above = found[voice.stretch - 1] if voice.stretch else None
    if above and above.tokens and not (before and before.stretch == voice.stretch - 1):
        named = opening(above.tokens, 0, len(above.tokens), words)
        if named and (above.paragraph == mine.paragraph or above.tokens[-1].text in (":", ".")):
            return replace(voice, speaker=above.characters(named), how="sentence above")
    if before and found[before.stretch].paragraph >= mine.paragraph - NEAR:
        return _like(voice, before, "paragraph above")
    return voice


def _signature(found: Sequence[Stretch], number: int, words: Words) -> Span | None:
    """Who signs the words above: a line of its own that begins with a dash."""
    line = found[number] if number < len(found) else None
    if line is None or not line.tokens or line.tokens[0].text not in DASHES or len(line.tokens) > LINE:
        return None
    return line.characters(right_of(line.tokens, 0, len(line.tokens), words))


def _like(voice: Voice, other: Voice, how: str) -> Voice:
    return replace(voice, cue=other.cue, speaker=other.speaker, how=how if other.speaker else "nobody")


def _is_scare(text: str, voice: Voice, stretch: Stretch, words: Words) -> bool:
    """Whether quoted words are no one's speech: a few with no verb near, or the name of a work."""
    said = text[slice(*voice.words)].split()
    if voice.kind == "indirect" or len(said) >= LONG or stretch.is_quotation:
        return False
    weak = voice.how in ("clause", "later verb", "paragraph above", "sentence above", "same paragraph, later", "nobody")
    if weak and len(said) < BRIEF:
        return True
    named = voice.cue is not None and text[slice(*voice.cue)].lower() in words.name
    titled = all(word[0].isupper() or word[0].isdigit() for word in said) and said[-1][-1] not in ".?!"
    return titled and voice.kind == "mixed" and not named
