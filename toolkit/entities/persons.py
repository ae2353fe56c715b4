"""People of one document: full names joined with each other, and bare names with the full ones."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from toolkit.entities.lexicon import BIT, USUAL, hashed, lexicon
from toolkit.entities.mention import Mention
from toolkit.entities.spelling import near, skeleton, slug

SUFFIX = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
HONORIFIC = frozenset(
    ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "dame", "lord", "lady", "president"]
)
SHORT = {
    "abe": "abraham", "al": "albert", "alex": "alexander", "andy": "andrew", "ben": "benjamin", "bernie": "bernard", "beth": "elizabeth",
    "bill": "william", "bob": "robert", "bobby": "robert", "charlie": "charles", "chris": "christopher", "chuck": "charles", "dan": "daniel",
    "danny": "daniel", "dave": "david", "dick": "richard", "don": "donald", "ed": "edward", "fred": "frederick", "gene": "eugene",
    "greg": "gregory", "jack": "john", "jeff": "jeffrey", "jerry": "gerald", "jim": "james", "jimmy": "james", "joe": "joseph", "jon": "jonathan",
    "kate": "katherine", "ken": "kenneth", "larry": "lawrence", "liz": "elizabeth", "matt": "matthew", "mike": "michael", "nick": "nicholas",
    "pat": "patrick", "pete": "peter", "phil": "philip", "ray": "raymond", "rick": "richard", "rob": "robert", "ron": "ronald", "sam": "samuel",
    "steve": "steven", "sue": "susan", "ted": "edward", "tim": "timothy", "tom": "thomas", "tommy": "thomas", "tony": "anthony", "will": "william",
}  # fmt: skip
"""Short first names and one long form of each."""

Words = tuple[str, ...]


@lru_cache(maxsize=4096)
def is_office(word: str) -> bool:
    """Whether a word before a name says what the person is: an honorific, or a common word that is nobody's name."""
    if word.casefold() in HONORIFIC:
        return True
    classes = int(lexicon().of(hashed([word.casefold()]))[0])
    return word[:1].isupper() and bool(classes & USUAL) and not classes & (BIT["given"] | BIT["surname"])


def own(text: str) -> list[str]:
    """The words of a name that are the person's own.

    >>> own("NASA Administrator Charles Bolden"), own("Administrator Bolden"), own("Ludwig van Beethoven")
    (['Charles', 'Bolden'], ['Bolden'], ['Ludwig', 'van', 'Beethoven'])
    """
    parts = text.replace("’", "'").split()
    cut = max((place for place, part in enumerate(parts[:-2], 1) if is_office(part)), default=0)
    while cut < len(parts) - 1 and is_office(parts[cut]):
        cut += 1
    return parts[cut:]


def words(name: str) -> Words:
    """The words of a name in lower case, without what stands before it and suffixes after it."""
    parts = [part.casefold() for part in own(name)]
    while len(parts) > 1 and parts[-1] in SUFFIX:
        parts = parts[:-1]
    return tuple(parts)


def proper(text: str) -> str:
    """A person's name without what stands before it, and not in capitals."""
    return " ".join(part.title() if part.isupper() and len(part) > 3 else part for part in own(text))


def same_person(one: Words, other: Words) -> bool:
    """Whether two full names may be one person's: the surname is the same, the first names are, or one is short for the
    other or its initial, or they are spellings of one name or differ by a slip inside the first name.

    >>> same_person(words("George W. Bush"), words("George Bush")), same_person(words("J. Hill"), words("Joan Hill"))
    (True, True)
    >>> same_person(words("Bill Clinton"), words("Hillary Clinton"))
    False
    """
    first, second = one[0].rstrip("."), other[0].rstrip(".")
    if one[-1] == other[-1]:
        initial = 1 in (len(first), len(second)) and first[0] == second[0]
        slip = len(first) == len(second) and first[-1] == second[-1] and near(first, second)
        return (
            initial
            or SHORT.get(first, first) == SHORT.get(second, second)
            or skeleton(first) == skeleton(second)
            or slip
        )
    return first == second and skeleton(one[-1]) == skeleton(other[-1])


def people(mentions: list[Mention]) -> None:
    """Give the persons among `mentions` their full names and ids, in place.

    A bare surname or first name goes to the full name that has it and was written last; failing that, to the first one
    that follows; failing that, to the only full name whose surname it misspells.
    """
    persons = [(mention, words(mention.text)) for mention in mentions if mention.label == "PERSON"]
    shown: dict[Words, str] = {}
    group: dict[Words, Words] = {}
    for mention, name in persons:
        if len(name) < 2:
            continue
        head = group.get(name) or next((other for other in shown if same_person(name, other)), name)
        group[name] = head
        text = proper(mention.text)
        if len(text) > len(shown.get(head, "")) and not (head in shown and mention.text.isupper()):
            shown[head] = text
    parts: dict[str, Words] = {}
    for name, head in reversed(group.items()):
        for part in bare(name):
            parts[part] = head
    for mention, name in persons:
        full = group.get(name) if len(name) > 1 else None
        if full:
            parts.update(dict.fromkeys(bare(name), full))
        else:
            full = parts.get(" ".join(name)) or misspelled(name, group)
        mention.entity = shown[full] if full else proper(mention.text)
        mention.entity_id = f"person:{slug(mention.entity)}" if " " in mention.entity else None


def misspelled(name: Words, group: dict[Words, Words]) -> Words | None:
    """The one person of whose surname `name` is a slip."""
    meant = {head for full, head in group.items() if near(name[-1], full[-1])} if len(name) == 1 else set()
    return meant.pop() if len(meant) == 1 else None


def bare(name: Words) -> list[str]:
    """The forms in which a full name comes back: first name, surname, all but the first name."""
    return [name[0], " ".join(name[1:]), name[-1]]


def surnames(mentions: list[Mention]) -> dict[str, set[str]]:
    """For every bare form of a full name in the document the full names that have it."""
    out: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.label == "PERSON" and len(name := words(mention.text)) > 1:
            for part in bare(name)[1:]:
                out[part].add(mention.text)
    return out
