"""How names are written: identifiers, bare forms, and a skeleton that spellings of one name share."""

from __future__ import annotations

import re
import unicodedata

COMPANY = (
    "inc inc. incorporated corp corp. corporation co co. company ltd ltd. limited plc llc llp group holdings holding ag "
    "gmbh sa s.a. spa s.p.a. nv n.v. ab asa oyj bhd"
)
LEGAL = frozenset(COMPANY.split())
"""Words at the end of a company's name that say what kind of company it is."""

SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:iy|yy|ij|ii|yi|ie|y|j)(?=\b)", "i"), (r"y(?=[aeou])|i(?=[aeou])|j(?=[aeou])", "i"), (r"ks", "x"), (r"kh", "h"),
        (r"ph", "f"), (r"ou|oo", "u"), (r"w", "v"), (r"ck", "k"), (r"dzh|dj", "j"), (r"tch|tsch", "ch"), (r"sch", "sh"),
        (r"ei|ey", "i"), (r"y", "i"), (r"q", "k"), (r"oe", "o"), (r"ue", "u"), (r"ae", "a"),
    )
)  # fmt: skip
"""Ways in which one sound is put into Latin letters."""


def slug(text: str) -> str:
    """`text` as an identifier: lower case, words joined by hyphens.

    >>> slug("Dmitry Peskov"), slug("Reporters Without Borders")
    ('dmitry-peskov', 'reporters-without-borders')
    """
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")


def plain(text: str) -> str:
    """`text` in lower case, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(str.maketrans("łøđıß", "lodis")))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def skeleton(name: str) -> str:
    """What the spellings of one name in Latin letters have in common; a middle initial is left out.

    >>> skeleton("Volodymyr Zelenskyy") == skeleton("Volodymyr Zelensky") == skeleton("Volodimir Zelenskiy")
    True
    >>> skeleton("Alexei Navalny") == skeleton("Aleksey Navalnyy")
    True
    >>> skeleton("John Brown") == skeleton("Joan Brown")
    False
    """
    text = re.sub(r"[^\w\s]", "", plain(re.sub(r"\s\w\.?(?=\s)", "", name)))
    for pattern, sound in SOUNDS:
        text = pattern.sub(sound, text)
    return re.sub(r"(\w)\1+", r"\1", text)


def near(one: str, other: str) -> bool:
    """Whether two longer words differ by a slip: one letter, two from eight letters on, the first letter being the same.

    >>> near("maurer", "mauer"), near("buchtmann", "bauchtman"), near("hill", "hall"), near("karter", "carter")
    (True, True, False, False)
    """
    size = min(len(one), len(other))
    most = 0 if size < 5 else 1 if size < 8 else 2
    if one[:1] != other[:1] or abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row[0] = row[0], place
        for at, against in enumerate(other, 1):
            last, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, last + (letter != against))
    return row[-1] <= most


def stem(name: str) -> str:
    """An organisation's name in lower case without what says what kind of company it is.

    >>> stem("Stelco Inc."), stem("The Body Shop plc")
    ('stelco', 'body shop')
    """
    words = name.replace(",", " ").casefold().split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL:
        words = words[:-1]
    return " ".join(words)
