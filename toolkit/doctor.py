"""What may be wrong with a corpus before anything is counted in it, and what to do about each."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from toolkit import dates

if TYPE_CHECKING:
    import altair as alt

SEVERITIES = ("serious", "warning", "note", "fine")
EXAMPLES = 5
"""How many documents a row names."""
SHORT = 20
"""Words; fewer are suspicious, and so is less than a fifth of what is usual for the outlet."""
LONG = 20
"""Times the usual length, from LONG_WORDS words on."""
LONG_WORDS = 3000
CUT = (
    r"(?i)(?:\[?(?:…|\.\.\.)\]?|\[\+?\d+ char\w*\]|(?:read|see|show) (?:more|on|the full \w+)|continue reading|weiterlesen|mehr lesen|"
    r"lire la suite|leer más|seguir leyendo|leggi tutto|continua a leggere|ler mais|lees verder|читать далее)\W*$|[^\n]{60}[\p{Latin}\p{Cyrillic}\p{Greek},]\s*$"
)
"""Ends of texts that were cut: dots, a count of what is missing, an invitation to read on, a long line without its stop."""
BROKEN = r"\x{FFFD}|Ã[\x{80}-\x{BF}ƒ‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\x{80}-\x{BF}œ™˜“”–—¦¢]|Â[\x{A0}-\x{BF}]|ï»¿|[ÐÑ][\x{80}-\x{BF}][ÐÑ]"
"""U+FFFD, and UTF-8 that was read as Windows-1252 or Latin-1."""
MARKUP = r"(?i)</?(?:p|div|span|br|a|b|i|em|strong|img|li|ul|h[1-6]|script|style|table|td)(?:\s[^<>\n]{0,200})?/?>|&(?:amp|quot|nbsp|lt|gt|#\d{2,5});"


@lru_cache(maxsize=1)
def _checks() -> pl.DataFrame:
    """What is looked for, as in `data/checks.toml`: `check`, `serious`, `below`, `advice`."""
    read = tomllib.loads((Path(__file__).parent / "data" / "checks.toml").read_text(encoding="utf-8"))
    return pl.DataFrame(
        [{"check": name, **told} for name, told in read.items()], schema_overrides={"serious": pl.Float64}
    )


def check(
    documents: pl.DataFrame, sentences: pl.DataFrame, problems: pl.DataFrame, *, today: date | None = None
) -> pl.DataFrame:
    """A row for each thing that may be wrong, the worst first: of how many articles it is true, of which, and what to do.

    Columns: `check`, `count` (articles; days, for days missing; inputs, for inputs skipped), `share` (of all of these),
    `severity` (serious, warning, note, fine), `examples` (up to five `doc_id`s), `advice`. `today` decides which dates
    are in the future.
    """
    today = today or datetime.now(UTC).date()
    missing, days = _days_missing(documents)
    skipped = problems.filter(pl.col("action") == "skipped").with_columns(
        check=pl.lit("inputs skipped"), doc_id=pl.lit(None, pl.String)
    )
    skipped = skipped.select("check", "doc_id")
    found = pl.concat(
        [
            _of_texts(documents),
            _of_columns(documents),
            _of_dates(documents, today),
            _of_furniture(sentences),
            missing,
            skipped,
        ]
    )
    counted = found.group_by("check").agg(
        count=pl.len().cast(pl.Int64), examples=pl.col("doc_id").drop_nulls().unique(maintain_order=True).head(EXAMPLES)
    )
    of = {"days missing": days, "inputs skipped": len(documents) + len(skipped)}
    share = pl.col("count") / pl.col("check").replace_strict(of, default=len(documents), return_dtype=pl.Int64).clip(1)
    severity = (
        pl.when(pl.col("count") == 0)
        .then(pl.lit("fine"))
        .when(pl.col("share") >= pl.col("serious"))
        .then(pl.lit("serious"))
        .otherwise("below")
    )
    return (
        _checks()
        .join(counted, on="check", how="left", maintain_order="left")
        .with_columns(pl.col("count").fill_null(0), pl.col("examples").fill_null([]))
        .with_columns(share=share)
        .with_columns(severity=severity.cast(pl.Enum(SEVERITIES)))
        .sort("severity", "count", descending=[False, True], maintain_order=True)
        .select("check", "count", "share", "severity", "examples", "advice")
    )


def _of_texts(documents: pl.DataFrame) -> pl.DataFrame:
    text, words = pl.col("text"), pl.col("words")
    usual = words.filter(words > 0).median().over("outlet")
    empty = ~text.str.contains(r"\S").fill_null(False)
    return _long(
        documents,
        {
            "no text": empty,
            "short text": ~empty & ((words < SHORT) | (words < usual / 5)),
            "cut text": text.str.tail(200).str.contains(CUT),
            "very long text": (words > LONG_WORDS) & (words > LONG * usual),
            "broken characters": text.str.contains(BROKEN),
            "markup in the text": text.str.contains(MARKUP),
        },
    )


def _of_columns(documents: pl.DataFrame) -> pl.DataFrame:
    most = pl.col("language").drop_nulls().mode().sort().first()
    return _long(
        documents,
        {
            "no outlet": pl.col("outlet").is_null(),
            "no title": pl.col("title").is_null(),
            "no language": pl.col("language").is_null() & (pl.col("words") > 0),
            "other language": pl.col("language") != most,
            "names not read": ~pl.col("language").str.starts_with("en"),
            "copies": pl.col("duplicate_of").is_not_null(),
        },
    )


def _of_dates(documents: pl.DataFrame, today: date) -> pl.DataFrame:
    names = {
        "missing": "no date",
        "future": "future date",
        "impossible": "impossible date",
        "midnight": "only a day",
        "piled": "piled-up dates",
    }
    return dates.flags(documents, today).select(check=pl.col("flag").replace_strict(names), doc_id="doc_id")


def _of_furniture(sentences: pl.DataFrame) -> pl.DataFrame:
    aside = pl.col("words").filter(pl.col("kind") == "other").sum()
    mostly = sentences.group_by("doc_id", maintain_order=True).agg(mostly=2 * aside > pl.col("words").sum())
    return _long(mostly, {"mostly furniture": pl.col("mostly")})


def _days_missing(documents: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The days on which an outlet should have something, each with its last document before, and how many days there are in all."""
    day = pl.col("published").dt.date()
    dated = documents.drop_nulls("published").sort("published", "doc_id").select("doc_id", "outlet", day=day)
    last = (
        dated.group_by("outlet", "day", maintain_order=True)
        .last()
        .with_columns(first_day=pl.col("day") + timedelta(days=1))
    )
    gaps = dates.gaps(documents).join(
        last, on=["outlet", "first_day"], how="left", nulls_equal=True, maintain_order="left"
    )
    spans = dated.group_by("outlet").agg(days=(pl.col("day").max() - pl.col("day").min()).dt.total_days() + 1)
    every = gaps.select(check=pl.lit("days missing"), doc_id=pl.col("doc_id").repeat_by("days")).explode("doc_id")
    return every, int(spans["days"].sum())


def _long(documents: pl.DataFrame, checks: dict[str, pl.Expr]) -> pl.DataFrame:
    """`check` and `doc_id` for each document of which it is true."""
    told = documents.select("doc_id", **checks).unpivot(index="doc_id", variable_name="check").filter("value")
    return told.select("check", "doc_id")


def chart(checked: pl.DataFrame) -> alt.typing.ChartType:
    """What `check` found, as bars of shares with the counts behind them, the worst on top; what is fine is left out."""
    import altair as alt

    from toolkit.theme import COLOR_OTHER, MUTED, PALETTE

    found = checked.filter(pl.col("severity") != "fine")
    if found.is_empty():
        says = pl.DataFrame({"says": [f"Nothing was found in {len(checked)} checks."]})
        empty: alt.Chart = alt.Chart(says).mark_text(fontSize=13, color=MUTED).encode(text=alt.Text("says:N"))
        return empty
    colors = alt.Scale(domain=list(SEVERITIES[:3]), range=[PALETTE[1], PALETTE[0], COLOR_OTHER])
    base = alt.Chart(found).encode(
        x=alt.X("share:Q", title="share of all", axis=alt.Axis(format="%")),
        y=alt.Y("check:N", title=None, sort=found["check"].to_list()),
        tooltip=[
            alt.Tooltip("check:N"),
            alt.Tooltip("count:Q"),
            alt.Tooltip("share:Q", format=".1%"),
            alt.Tooltip("severity:N"),
            alt.Tooltip("advice:N"),
        ],
    )
    bars = base.mark_bar().encode(color=alt.Color("severity:N", title=None, scale=colors))
    return alt.layer(bars, base.mark_text(align="left", dx=4).encode(text=alt.Text("count:Q", format=",")))
