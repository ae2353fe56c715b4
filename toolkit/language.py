"""Which language a text is in, found offline from the letters it is made of."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = (
    "af am ar az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky lb lo "
    "lt lv mk ml mn mr ms mt my ne nl nn no or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tk tl tr tt ug uk ur uz vi "
    "zh zxx"
)
"""What is told apart: languages of ISO 639-1 in which newspapers appear, and `zxx`, no language."""
NAMED = {"nn": "no", "zxx": None}
"""Bokmål and Nynorsk are both Norwegian."""
SURE = 0.6
"""How probable the likeliest language has to be."""
SAMPLE = 80
"""Characters looked at, at most, from the beginning and again from the middle of a text; twice as many add nothing."""
ADDRESS = r"(?:https?://|www\.)\S+|\S+@\S+|[#@]\w+"
"""What says nothing about the language it stands in."""
FEW = 8
"""Fewer letters are too few to tell; characters of Chinese, Japanese and Korean count for four."""
WIDE = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"


def resolve(documents: pl.DataFrame) -> pl.DataFrame:
    """Documents with `language` filled where it is null."""
    unknown = documents["language"].is_null()
    found = documents["language"].scatter(unknown.arg_true(), identify(documents["text"].filter(unknown)))
    return documents.with_columns(language=found)


def identify(texts: pl.Series) -> pl.Series:
    """The ISO 639-1 code of each text's language; null if it is too short, unclear, or has no words.

    The model is py3langid's: naive Bayes over byte n-grams, 5 MB, BSD licence (Lui and Baldwin 2011).

    >>> identify(pl.Series(["The bridge stays closed.", "Die Brücke bleibt gesperrt.", "OK"])).to_list()
    ['en', 'de', None]
    """
    text = pl.col("text").str.replace_all(ADDRESS, " ").str.strip_chars()
    middle = text.str.len_chars() // 2
    first, second = text.str.slice(0, pl.min_horizontal(middle, SAMPLE)), text.str.slice(middle, SAMPLE)
    looked_at = pl.Series("text", texts, dtype=pl.String).to_frame().select(text=first + second)
    letters = pl.col("text").str.count_matches(r"\p{L}") + 3 * pl.col("text").str.count_matches(WIDE)
    enough = pl.when(letters >= FEW).then("text")
    told = [None if text is None else _asked(text) for text in looked_at.select(enough).to_series()]
    return pl.Series(texts.name, told, dtype=pl.String)


def _asked(text: str) -> str | None:
    language, probability = _model().classify(text)
    return NAMED.get(language, language) if probability >= SURE else None


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(LANGUAGES.split())
    return model
