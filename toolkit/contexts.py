"""Whether a sentence ends at a place, judged by the few words on either side of it."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

import polars as pl

from toolkit.characters import FULLS, STOPS

QUOTE = r"""["'“”‘’„«»‹›]"""
CLOSER = rf"(?:{QUOTE}|[)\]}}」』】*_])"
OPENER = rf"(?:{QUOTE}|[(\[{{「『【*_¿¡])"
SMILE = r"""(?:[:;=8][-'o^]?[()\[\]DPpO3/|*]+|<3|\^\^|[\x{1F1E6}-\x{1FAFF}\x{2600}-\x{27BF}\x{FE0F}]+)"""
NOTE = r"\[(?:\d{1,3}|\.\.\.|…)\]"
TAIL = rf"""(?:{CLOSER}|\s?{NOTE}|\s?{SMILE}|\s["”’»)\]]+)*"""
"""What may stand between a stop and the end of its sentence: closing quotes, a note's number, a smile."""

WORD = r"""(?:^|[\s"'“‘„«‹(\[{*_/—–-])([^\s"“„«(\[{*_/—–]*)\.$"""
SAID = (
    "said|says|say|asked|asks|ask|wrote|writes|added|adds|told|replied|replies|answered|cried|shouted|tweeted|demanded"
    "|wondered|exclaimed|recalled|continued|whispered|yelled|joked|explained|declared|insisted"
)
ORDINAL = (
    r"^(?:[Jj]anuar|[Ff]ebruar|[Mm]ärz|[Aa]pril|[Mm]ai|[Jj]uni|[Jj]uli|[Aa]ugust|[Ss]eptember|[Oo]ktober|[Nn]ovember"
    r"|[Dd]ezember|Jahrhundert|Jahrestag|Mal|Platz|Lebensjahr|Geburtstag|Weltkrieg|Spieltag|Minute|Runde|Klasse|FC|Liga)"
)
"""German words before which `3.` means the third."""

CLOCK = (
    r"^\(?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|(?:[ECMP][SD]?T|GMT|UTC|BST|CET|Eastern|Pacific|Central|Mountain|Local)\b)"
)
"""What goes on after `5 p.m.`."""

PRONOUN = r"^(?:i|i'm|im|it|its|it's|they|you|we|he|she|this|that|there|my|if|so|but)\b"
PLAIN = r"""^["“'‘(]?\p{Ll}[\p{Ll}'’]*(?:[\s.,;:!?)-]|$)"""
"""A word in small letters throughout: no iPhone, no address."""

RULER = r"(?:[-=_*~#+<>]{4,}|\*\*\*)"
STAMP = r"\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d\d"
LINK = r"[<(\[]?(?:https?://|www\.\w)"
BULLET = r"(?:[•●▪◦‣■►]\s?|\d{1,2}\)\s)\S"
LABEL = r"\(?(?:Image|Photo|Photograph|Picture|Credit|Source|Video|File|IMAGE|PHOTO)s?(?: by| credit| courtesy)?: "
"""A picture's label, which begins a sentence whatever stands before it."""

FAREWELL = r"(?:\b(?i:regards|sincerely|respectfully|faithfully|cordially|truly)|(?:^|[.!?]\s)(?i:thanks)),$"
DOMAIN = r"^(?i:com|org|net|edu|gov|co|uk|html?|php|js|py|de|fr|io|tv|info)\b"


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, list[str]]:
    """The groups of `data/abbreviations.toml`, each a list of words; those with a capital also all in capitals."""
    text = (files("toolkit") / "data" / "abbreviations.toml").read_text(encoding="utf-8")
    groups = {group: words.split() for group, words in tomllib.loads(text).items()}
    return {group: [*words, *(word.upper() for word in words if not word.islower())] for group, words in groups.items()}


def abbreviated(words: pl.Series) -> pl.Series:
    """Which of these words, written without their last full stop, may be abbreviations."""
    known = [word for group, words in abbreviations().items() if group != "starter" for word in words]
    words = words.str.strip_chars_start("\"'“”‘’„«‹([{*_/—–-")
    return words.is_in(known) | words.str.to_lowercase().is_in(known)


def ends(left: pl.Series, right: pl.Series, *, link: pl.Series, glued: pl.Series) -> pl.Series:
    """Whether a sentence ends between `left` and `right`, the characters before and after a place.

    `link` says that the left side ends in an address, `glued` that no blank stands between the two.
    """
    frame = pl.DataFrame({"left": left, "right": right, "link": link, "glued": glued}).with_columns(
        word=pl.col("left").str.extract(WORD).fill_null(""),
        next=pl.col("right").str.extract(rf"^(?:{OPENER}|[-–—•]\s?)*([^\s\p{{P}}]+)").fill_null(""),
        anew=_after(rf"^(?:{RULER}(?:\s|$)|{LINK}|{BULLET}|{LABEL}|{STAMP})"),
    )
    frame = frame.with_columns(
        low=pl.col("word").str.to_lowercase(),
        capital=pl.col("next").str.contains(r"^\p{Ll}{0,2}[\p{Lu}\p{Lt}]"),
        small=pl.col("next").str.contains(r"^(?:\p{Ll}{3}|\p{Ll}{1,2}(?:\P{Lu}|$))"),
        starter=pl.col("next").str.to_lowercase().is_in(abbreviations()["starter"]),
    )
    return frame.select(
        end=pl.when(_after(rf"^(?:[)\]}}」』】]|(?:{NOTE}|{SMILE}|{QUOTE}|[,;:%])(?:\s|$))")).then(False)
        .when(_before(rf"[。｡！？．।॥។៕]{TAIL}$")).then(~(_before("[」』）]$") & _after(r"^\p{Hiragana}")))
        .when("glued").then(_after_lost_blank())
        .when(_before(rf"(?:^|\s){RULER}$")).then(True)
        .when(~_before(rf"[{STOPS}{FULLS}]{TAIL}$")).then(_without_stop())
        .when(pl.col("anew") | _before(rf"\s{SMILE}$")).then(True)
        .when(_before(rf"[!?؟‼⁇⁈⁉][.!?]*{TAIL}$")).then(_after_shout())
        .when(_before(rf"(?:\.\.|…|\. \.){TAIL}$")).then(~pl.col("small") & (pl.col("next") != ""))
        .otherwise(_after_full_stop())
    )["end"]  # fmt: skip


def _before(pattern: str) -> pl.Expr:
    return pl.col("left").str.contains(pattern)


def _after(pattern: str) -> pl.Expr:
    return pl.col("right").str.contains(pattern)


def _among(*groups: str) -> pl.Expr:
    """Whether the word before the stop is in these groups, as written or in small letters."""
    known = [word for group in groups for word in abbreviations()[group]]
    return pl.col("word").is_in(known) | pl.col("low").is_in(known)


def _after_full_stop() -> pl.Expr:
    initial = pl.col("word").str.contains(r"^\p{L}\p{M}?$")
    acronym = pl.col("word").str.contains(r"^(?:\p{L}{1,2}\.)+\p{L}{1,2}$")
    return (
        pl.when("small").then(_before_small_letter())
        .when(_before(r"(?:^|[a-z]{4}[)”\"]?[.!?:;]\s)\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})\.$")).then(False)
        .when(_among("closing")).then(~_after(CLOCK))
        .when(_after(r"^\p{Nd}")).then(~(initial | acronym | _among("title", "inner", "number", "ending")))
        .when(_among("title", "inner") | _after(r"^\p{Lu}{1,2}\.")).then(False)
        .when(initial | acronym | _among("ending")).then(pl.col("starter") & ~_after("^[-–—]"))
        .when(pl.col("word").str.contains(r"^\d{1,2}$")).then(~_after(ORDINAL))
        .otherwise(True)
    )  # fmt: skip


def _before_small_letter() -> pl.Expr:
    """A new sentence may begin with a small letter in letters and posts, if the word before is a word and in full."""
    vowel = pl.col("low").str.contains(r"[aeiouyäöüáéíóúàèìòùâêîôûåæøœ]")
    word = vowel & pl.col("word").str.contains(r"^\p{Ll}{2,}(?:['’-]\p{Ll}+)*$")
    ordinal = pl.col("word").str.contains(r"^\d+(?:st|nd|rd|th)$")
    name = pl.col("word").str.contains(r"^[\p{L}\d-]{4,}$") & _after(PRONOUN)
    quoted = _before(r"""\p{Ll}["”]\.$""")
    known = _among("title", "inner", "number", "ending", "closing")
    return _after(PLAIN) & ((_before(r"\.$") & (word | ordinal | name) & ~known) | quoted)


def _after_shout() -> pl.Expr:
    said = _before(rf"{QUOTE}$") & _after(rf"^(?:\p{{Lu}}[\p{{L}}.'’-]*,? ){{1,4}}(?:{SAID})\b")
    bare = _before(r"[^\"”’»][.!?]$")
    brand = _before(rf"\b(?:{'|'.join(abbreviations()['brand'])})!$")
    return (
        pl.when("small").then(bare & _after(PLAIN) & ~brand)
        .otherwise(~said & (~brand | pl.col("starter")))
    )  # fmt: skip


def _after_lost_blank() -> pl.Expr:
    address = (
        _before(r"(?:[/@]|www\.)\S*$") | _before(r"\w\.\w+\.$") | _after(rf"^\S*[/@=]|{DOMAIN}|^\p{{L}}+\.\p{{L}}")
    )
    capital = pl.col("capital") & _after(r"^(?:\p{Lu}\p{Ll}+|[IA])[\s’'.,;:?!]")
    small = pl.col("small") & _after(r"^\p{Ll}+[\s’']")
    return ~address & (capital | small | _after(r"^[\p{Han}\p{Hiragana}\p{Katakana}]"))


def _without_stop() -> pl.Expr:
    stamp = _after(rf"^{STAMP}")
    return (
        pl.when("link").then(pl.col("capital") | pl.col("anew"))
        .when(stamp).then(_before(r"(?:\p{Lu}\p{L}*|\S@\S+)$"))
        .when("anew").then(_before(r"""[\p{L}\p{N})”"]$""") & ~_after(rf"^{LINK}"))
        .otherwise(pl.col("capital") & (_before(rf"{STAMP}(?::\d\d)? [AP]M$") | _before(FAREWELL) | _before(rf"\s{SMILE}$")))
    )  # fmt: skip
