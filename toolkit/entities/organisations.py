"""Organisations of one document: acronyms and short forms joined with the long form."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from toolkit.entities.mention import Mention
from toolkit.entities.spelling import stem

HEADS = frozenset([
    "agency", "alliance", "association", "authority", "bank", "board", "bureau", "chamber",
    "club", "coalition", "college", "commission", "committee", "company", "council", "court",
    "department", "federation", "foundation", "front", "fund", "group", "institute", "league",
    "ministry", "movement", "museum", "office", "orchestra", "organisation", "organization", "party",
    "school", "society", "trust", "union", "university",
])  # fmt: skip
"""Words that stand for the organisation of whose name they are the head: the Commission, the University."""

PREPOSITIONS = frozenset(["of", "for", "on", "in", "at", "against", "de", "du", "del"])
THINGS = frozenset(["ORG", "GPE", "LOC", "FAC", "EVENT", "WORK", "LAW", "PRODUCT", "OTHER"])
"""Labels of names that have acronyms and short forms."""


def initials(name: str) -> str:
    """The capitals that an acronym of `name` has.

    >>> initials("International Atomic Energy Agency"), initials("University of Southern Indiana")
    ('IAEA', 'USI')
    """
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())


def spells(acronym: str, name: str) -> bool:
    """Whether the letters of `acronym` come in `name` in this order, beginning with its first."""
    letters = iter(name.casefold())
    return name[:1].casefold() == acronym[:1].casefold() and all(letter in letters for letter in acronym.casefold())


def organisations(mentions: list[Mention], text: str) -> None:
    """Give acronyms and short forms among `mentions` the long form as their entity, in place.

    A short form is one without Inc and the like, the first word of a company's name, a part of one name only (the
    Security Council, the Andy Warhol Foundation for what has more to its name), or the head of a name (the Commission)
    that only one organisation named so far has. An acronym may stand for any name but a person's.
    """
    things = [mention for mention in mentions if mention.label in THINGS]
    forms = short_forms([mention for mention in things if " " in mention.text and not mention.text.isupper()])
    for mention, after in pairwise(mentions):
        between = text[mention.end : after.start].strip()
        if mention.label == "ORG" and between == "(" and text[after.end : after.end + 2].strip()[:1] == ")":
            plain = after.text.replace(".", "")
            if plain.isupper() and len(plain) > 1 and spells(plain, mention.text):
                forms[plain] = mention
                after.label = "ORG"
    last: dict[str, Mention] = {}
    for mention in things:
        plain = mention.text.replace(".", "")
        key = plain if plain.isupper() else stem(mention.text)
        whole = forms.get(key)
        if whole is None and mention.label == "ORG" and " " not in mention.text:
            whole = last.get(key)
        if whole and whole.text != mention.text and (plain.isupper() or whole.label == mention.label):
            mention.entity, mention.role, mention.label = " ".join(whole.text.split()), "alias", whole.label
        if mention.label == "ORG" and " " in mention.text:
            last.update(dict.fromkeys(heads(stem(mention.text)), mention))


def short_forms(long: list[Mention]) -> dict[str, Mention]:
    """The forms in which long names come back, each with the first mention of the name it stands for."""
    forms: dict[str, Mention] = {}
    parts: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in long:
        name = " ".join(mention.text.split())
        first = initials(name)
        if len(first) > 2 or (len(first) > 1 and mention.label == "ORG"):
            forms.setdefault(first, mention)
        if mention.label == "ORG":
            bare = stem(name)
            forms.setdefault(bare, mention)
            if bare != name.casefold() and len(start := name.split()[0]) > 3:
                forms.setdefault(start.casefold(), mention)
        for part in contained(name):
            parts[part].setdefault(stem(name), mention)
    for part, wholes in parts.items():
        if len(wholes) == 1:
            forms[part] = next(iter(wholes.values()))
    return forms


def contained(name: str) -> list[str]:
    """The shorter names that a long one ends with, or begins with before a preposition.

    >>> contained("UN Security Council"), contained("Andy Warhol Foundation for the Visual Arts")
    (['security council'], ['andy warhol foundation'])
    """
    words = name.split()
    ends = [words[at:] for at in range(1, len(words) - 1) if words[at][:1].isupper()]
    begins = [words[:at] for at in range(2, len(words)) if words[at] in PREPOSITIONS]
    small = [word for word in words if word in PREPOSITIONS]
    return [stem(" ".join(part)) for part in (begins if small else ends)]


def heads(name: str) -> list[str]:
    """The word that stands for an organisation by itself: the last, or the first before a preposition."""
    words = name.split()
    return [word for word in (words[-1], words[0] if words[1:2] and words[1] in PREPOSITIONS else "") if word in HEADS]
