"""Which name a speaker goes by: the one in the phrase, the one a pronoun stands for, the one who holds a title."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from toolkit_quotes.dialogue import Voice
from toolkit_quotes.marks import Span
from toolkit_quotes.stretches import Stretch
from toolkit_quotes.vocabulary import words

SPEAKERS = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
"""Labels of names that may speak."""
HE, SHE, IT = ("he", "er", "il", "él"), ("she", "sie", "elle", "ella"), ("it", "es")
ENDS_HEAD = re.compile(r"\s(?:of|for|from|at|with|in|on|who|to|de|du|des|von|vom|der|del|para)\s|[,(]")
"""Where the head of a phrase ends: who speaks in "a spokesman for Roe" is not Roe."""
POSSESSIVE = ("'s", "’s")
MAN = re.compile(r"\b(?:Mr|Sir|Lord|Herr|Monsieur|Señor)\b\.?\s*$")
WOMAN = re.compile(r"\b(?:Mrs|Ms|Miss|Lady|Dame|Frau|Madame|Mme|Señora)\b\.?\s*$")
TITLE = re.compile(r"(?:the|this|that|le|la|der|die|el)\s+(?:[\w-]+\s+){0,3}([^\W\d]{4,})", re.IGNORECASE)
APPOSITION = re.compile(r",\s+(?:(?:the|an?|his|her|its|le|la|der|die|el)\s+)?((?:[\w'’-]+\s*){1,8})")
BACK = 12
"""How many stretches back a pronoun reaches."""
REACH = 3
"""How many paragraphs back a pronoun reaches."""


class Mention(NamedTuple):
    """A name in the document, and the canonical name it has in `entities`."""

    start: int
    end: int
    label: str
    entity: str


class People:
    """The names of a document, asked for who speaks. Voices are asked for in the order of the document."""

    def __init__(self, text: str, found: Sequence[Stretch], mentions: Sequence[Mention]) -> None:
        self.text = text
        self.found = found
        self.mentions = sorted(m for m in mentions if m.label in SPEAKERS and m.entity)
        self.spoke: dict[int, str] = {}
        self.sides: dict[str, int] = {}

    def who(self, voice: Voice) -> tuple[str | None, bool]:
        """The canonical name of a speaker, None if there is none, and whether it was only inferred."""
        if voice.speaker is None:
            return None, False
        said = self.text[slice(*voice.speaker)].lower()
        if said in HE or said in SHE or said in IT:
            entity, inferred = self._antecedent(voice.stretch, voice.speaker[0], said), True
        else:
            entity, inferred = self._named(voice.speaker), False
            if entity is None:
                entity, inferred = self._titled(voice.speaker), True
        if entity is not None:
            self.spoke[voice.stretch] = entity
        return entity, inferred and entity is not None

    def _named(self, span: Span) -> str | None:
        """The name that is the head of a phrase."""
        cut = ENDS_HEAD.search(self.text, span[0] + 1, span[1])
        head = cut.start() if cut else span[1]
        inside = [m for m in self._between(span[0] - 60, span[1]) if m.end > span[0] and m.start < head <= m.end + 2]
        named = [m for m in inside if m.end >= head or self.text[m.end : head] in POSSESSIVE]
        return named[-1].entity if named else None

    def _between(self, start: int, end: int) -> list[Mention]:
        first, last = (bisect_left(self.mentions, (place,)) for place in (start, end))
        return self.mentions[first:last]

    def _antecedent(self, number: int, place: int, pronoun: str) -> str | None:
        """The last fitting name before a pronoun: who spoke last, else the first name of the nearest sentence."""
        paragraph = self.found[number].paragraph
        wanted = ("ORG", "GPE") if pronoun in IT else ("PERSON",)
        for back in range(number, max(number - BACK, -1), -1):
            stretch = self.found[back]
            if paragraph - stretch.paragraph > REACH:
                break
            named = [
                m
                for m in self._between(stretch.start, min(stretch.end, place))
                if m.label in wanted and not any(q.outer[0] <= m.start < q.outer[1] for q in stretch.quotations)
            ]
            named.sort(key=lambda m: (self.text[m.end : m.end + 2] in POSSESSIVE, m.start))
            spoke = self.spoke.get(back) if back < number else None
            candidates = [spoke] if spoke in self._people and pronoun not in IT else []
            fitting = [entity for entity in (*candidates, *(m.entity for m in named)) if self._fits(entity, pronoun)]
            if fitting:
                return fitting[0]
        return None

    def _fits(self, entity: str, pronoun: str) -> bool:
        """Whether a pronoun can stand for a name; where nothing tells, it can."""
        if pronoun in IT:
            return True
        side = self.sides.get(entity)
        if side is None:
            side = self.sides[entity] = self._side(entity)
        return side >= 0 if pronoun in HE else side <= 0

    def _side(self, entity: str) -> int:
        """1 if an honorific in the document or a first name tells that a person is a man, -1 a woman, 0 if none does."""
        told = 0
        for mention in self._people.get(entity, []):
            before = self.text[max(mention.start - 9, 0) : mention.start]
            own = self.text[mention.start : mention.end].partition(" ")[0]
            told += any(MAN.search(said) is not None for said in (before, own))
            told -= any(WOMAN.search(said) is not None for said in (before, own))
        names = words("en")
        first = entity.partition(" ")[0].lower()
        return (told > 0) - (told < 0) or (first in names.he) - (first in names.she)

    @cached_property
    def _people(self) -> dict[str, list[Mention]]:
        people: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            if mention.label == "PERSON":
                people.setdefault(mention.entity, []).append(mention)
        return people

    def _titled(self, span: Span) -> str | None:
        """Who holds a title ("the minister"), if the document gives it to one person alone."""
        title = TITLE.fullmatch(self.text, *span)
        holders = self._titles.get(title[1].lower(), set()) if title else set()
        return next(iter(holders)) if len(holders) == 1 else None

    @cached_property
    def _titles(self) -> dict[str, set[str]]:
        """Words that stand before a person's name or in a remark after it, and who is called so."""
        titles: dict[str, set[str]] = {}
        for mention in self.mentions:
            if mention.label == "PERSON":
                before = re.search(r"([^\W\d]{4,})\s+$", self.text[max(mention.start - 30, 0) : mention.start])
                after = APPOSITION.match(self.text, mention.end, mention.end + 90)
                for word in [*(before.groups() if before else ()), *(after[1].split() if after else ())]:
                    titles.setdefault(word.lower(), set()).add(mention.entity)
        return titles
