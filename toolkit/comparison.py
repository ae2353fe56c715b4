"""What sets two corpora apart: one sheet of topics, names, places, voices, words, tone and timing, each row with its interval."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import association, receipt, schema, side_by_side, theme
from toolkit.caller import context
from toolkit.corpus import Corpus
from toolkit.errors import MissingExtra, SettingError
from toolkit.lexicon import lexicon, valences
from toolkit.log import toolkit_version
from toolkit.resampling import interval, numbered, summed
from toolkit.result import Result
from toolkit.sums import stable_sum

if TYPE_CHECKING:
    import altair as alt

    from toolkit.resampling import Array

LEAST = 3
"""What occurs fewer times in both together is not compared."""
TRIED = 5
"""So many times as many items as are shown are resampled: the most distinctive by log likelihood."""
SENTENCE = ["doc_id", "sent_id"]


def _topics(corpus: Corpus) -> pl.LazyFrame:
    weights = corpus.scan("topics").select(*SENTENCE, item="topic", weight="weight")
    rows = corpus.grouped().join(weights, on=SENTENCE, maintain_order="left_right")
    return rows.select(*SENTENCE, "item", n=pl.col("words") * pl.col("weight"), holds=pl.col("weight") >= schema.HOLDS)


def _named(kind: Any) -> Callable[[Corpus], pl.LazyFrame]:
    return lambda corpus: _once(corpus.mentions(kind).select(*SENTENCE, item="entity"))


def _voices(corpus: Corpus) -> pl.LazyFrame:
    return _once(corpus.scan("quotes").select(*SENTENCE, item="speaker_entity").drop_nulls("item"))


def _words(corpus: Corpus) -> pl.LazyFrame:
    return _once(corpus.words().select(*SENTENCE, item="word"))


def _tone(corpus: Corpus) -> pl.LazyFrame:
    side = pl.when(pl.col("value") > 0).then(pl.lit("positive words")).otherwise(pl.lit("negative words"))
    counted = corpus.grouped().select(SENTENCE)
    return _once(
        valences(corpus).join(counted, on=SENTENCE, how="semi", maintain_order="left").select(*SENTENCE, item=side)
    )


def _english(corpus: Corpus) -> Corpus:
    """What the lexicon of valences is for."""
    return corpus.filter(pl.col("language").fill_null("en") == "en")


def _timing(corpus: Corpus) -> pl.LazyFrame:
    day = pl.col("published").dt.strftime("%A")
    dated = corpus.scan("documents").filter(pl.col("published").is_not_null()).select("doc_id", item=day)
    rows = corpus.grouped().select(SENTENCE).join(dated, on="doc_id", maintain_order="left")
    return rows.select(*SENTENCE, "item", n=1.0 / pl.len().over("doc_id"), holds=pl.lit(True))


def _once(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.with_columns(n=pl.lit(1.0), holds=pl.lit(True))


ASPECTS: dict[str, Callable[[Corpus], pl.LazyFrame]] = {
    "topics": _topics, "people": _named("people"), "organisations": _named("organisations"), "places": _named("places"),
    "voices": _voices, "words": _words, "tone": _tone, "timing": _timing,
}  # fmt: skip
"""What is compared: a row for each time that an item is there, `n` what it adds, `holds` whether it is evidence."""
EVERY = tuple(ASPECTS)
PER = {"topics": 100.0, "timing": 100.0}
"""A rate is how often in 1,000 words, but for these."""


def compare(
    a: Corpus, b: Corpus, *, names: Sequence[str] = ("a", "b"), aspects: Sequence[str] = EVERY, top: int = 6,
    resamples: int = 200, seed: int = 0,
) -> Result:  # fmt: skip
    """What sets two corpora apart: topics, people, organisations, places, voices, words, tone and the days of publication.

    Gives a row for each aspect and each of its `top` items that differ most surely: `aspect`, `item`, `rate_a` and `rate_b`
    (times in 1,000 words; topics in 100 words, timing in 100 articles), `log_ratio` (how many doublings lie between them:
    1 is twice as often in `a`, -1 in `b`), its interval `low` to `high` (95%, bootstrap over the articles of both; none
    below 5 articles), `articles_a` and `articles_b` (that have it). First come the items whose interval lies furthest from
    0; one that reaches 0 may be chance. `result.sentences(aspect="words", item="gas")` are those of both, told apart by the
    column `corpus`, which has the `names`. Voices need the quotes to be found, which takes a while for a large corpus. Tone
    is how often words stand that `tk.valences` has as positive or negative, in English articles; it needs the extra `tone`,
    and is left out without it unless `aspects` names it.

    Raises SettingError for an aspect that there is not.
    """
    began = time.perf_counter()
    unknown = [aspect for aspect in aspects if aspect not in ASPECTS]
    if unknown or len(names) != 2 or names[0] == names[1]:
        wrong = f"aspects={unknown!r}" if unknown else f"names={names!r}"
        raise SettingError(f"compare got {wrong}; the aspects are {', '.join(ASPECTS)}, and names are two that differ.")
    parts = dict(zip(names, (a, b), strict=True))
    for name, part in parts.items():
        if not isinstance(part, Corpus):
            raise SettingError(
                f"compare got {part!r} as {name}; both are to be a corpus, such as one of corpus.where(...)."
            )
    aspects, left_out = _possible(aspects)
    sheets = [_sheet(parts, aspect, top, resamples, seed) for aspect in aspects]
    frame = pl.concat([sheet for sheet, _ in sheets]) if sheets else pl.DataFrame(schema=SCHEMA)
    evidence = pl.concat([rows for _, rows in sheets]) if sheets else None
    settings = {"names": list(names), "aspects": list(aspects), "top": top, "resamples": resamples, "seed": seed}
    told = {"plugin": "compare", "title": f"What sets {names[0]} apart from {names[1]}", "version": toolkit_version()}
    seconds = (time.perf_counter() - began) / 2
    made = {name: receipt.of(part, frame, settings=settings, seconds=seconds, **told) for name, part in parts.items()}
    surroundings = pl.concat([side_by_side.named(context(part), name) for name, part in parts.items()])
    return Result(
        frame,
        chart(frame, names),
        note=" ".join(filter(None, [_remark(parts, frame), left_out])) or None,
        evidence=evidence,
        receipt=receipt.together(made),
        context=surroundings,
    )


def _possible(aspects: Sequence[str]) -> tuple[Sequence[str], str | None]:
    """The aspects without tone if its extra is missing and nobody asked for it by name, and a sentence that says so."""
    if aspects is not EVERY:
        return aspects, None
    try:
        lexicon()
    except MissingExtra as error:
        return [aspect for aspect in aspects if aspect != "tone"], f"Tone is left out: {error}"
    return aspects, None


SCHEMA = pl.Schema(
    {"aspect": pl.String, "item": pl.String, "rate_a": pl.Float64, "rate_b": pl.Float64, "log_ratio": pl.Float64,
     "low": pl.Float64, "high": pl.Float64, "articles_a": pl.Int64, "articles_b": pl.Int64}
)  # fmt: skip


def _sheet(
    parts: dict[str, Corpus], aspect: str, top: int, resamples: int, seed: int
) -> tuple[pl.DataFrame, pl.LazyFrame]:
    """The rows of one aspect, and their evidence."""
    if aspect == "tone":
        parts = {name: _english(part) for name, part in parts.items()}
    marks = pl.concat([side_by_side.named(ASPECTS[aspect](part), name) for name, part in parts.items()], how="vertical")
    marks = marks.drop_nulls("item")
    size = pl.col("words").sum() if aspect != "timing" else pl.lit(1, dtype=pl.Int64)
    articles = pl.concat([
        side_by_side.named(part.grouped().group_by("doc_id").agg(n=size).sort("doc_id"), name) for name, part in parts.items()
    ]).collect()  # fmt: skip
    articles = articles.join(
        numbered(articles, [schema.CORPUS, "doc_id"]), on=[schema.CORPUS, "doc_id"], maintain_order="left"
    )
    names = list(parts)
    totals = [float(articles.filter(pl.col(schema.CORPUS) == name)["n"].sum()) for name in names]
    counts = (
        marks.group_by("item")
        .agg(
            *[
                stable_sum(pl.col("n").filter(pl.col(schema.CORPUS) == name)).alias(side)
                for side, name in zip("ab", names, strict=True)
            ]
        )
        .collect()
    )
    both = pl.col("a") + pl.col("b")
    strength = association.log_likelihood(pl.col("a"), pl.lit(totals[0]), both, pl.lit(sum(totals)))
    tried = (
        counts.filter(both >= LEAST, pl.lit(min(totals, default=0) > 0))
        .with_columns(pl.col("item").cast(pl.String), strength=strength)
        .sort(-pl.col("strength"), "item")
        .head(TRIED * top)
        .with_row_index("number")
    )
    wanted = marks.filter(pl.col("item").is_in(tried["item"].implode())).with_columns(pl.col("item").cast(pl.String))
    used = (
        wanted.group_by(schema.CORPUS, "doc_id", "item").agg(stable_sum(pl.col("n")), pl.col("holds").any()).collect()
        .join(articles.drop("n"), on=[schema.CORPUS, "doc_id"])
        .join(tried.select("item", "number"), on="item")
        .sort("article", "number")
    )  # fmt: skip
    ends = _intervals(used, articles, tried.height, names, resamples, seed)
    seen = [used.filter(pl.col(schema.CORPUS) == name, "holds").group_by("item").agg(pl.len().cast(pl.Int64).alias(f"articles_{side}"))
            for side, name in zip("ab", names, strict=True)]  # fmt: skip
    enough = min(articles.filter(pl.col(schema.CORPUS) == name).height for name in names) >= schema.FEW
    per = PER.get(aspect, 1000.0)
    found = tried.with_columns(
        aspect=pl.lit(aspect),
        rate_a=per * pl.col("a") / totals[0],
        rate_b=per * pl.col("b") / totals[1],
        log_ratio=association.log_ratio(pl.col("a"), pl.lit(totals[0]), pl.col("b"), pl.lit(totals[1])),
        **{end.name: end if enough else pl.lit(None, pl.Float64) for end in ends},
    )
    for table in seen:
        found = found.join(table, on="item", how="left", maintain_order="left")
    sure = (
        pl.when(pl.col("low") * pl.col("high") > 0).then(pl.min_horizontal(pl.col("low", "high").abs())).otherwise(0.0)
    )
    frame = found.with_columns(pl.col("articles_a", "articles_b").fill_null(0)).sort(
        -sure.fill_null(0.0), -pl.col("strength"), "item"
    )
    frame = frame.head(top).select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    evidence = wanted.filter("holds", pl.col("item").is_in(frame["item"].implode()))
    columns = [schema.CORPUS, *SENTENCE, pl.lit(aspect).alias("aspect"), "item"]
    return frame, evidence.select(columns).unique(maintain_order=True)


def _intervals(
    used: pl.DataFrame, articles: pl.DataFrame, items: int, names: list[str], resamples: int, seed: int
) -> list[pl.Series]:
    """The range of each log ratio over resamples of the articles of both."""
    import numpy as np

    sides = [pl.col(schema.CORPUS) == name for name in names]
    amounts = [summed(used.filter(side), "number", items) for side in sides]
    wholes = [summed(articles.filter(side).with_columns(all=0), "all", 1) for side in sides]

    def log_ratios(drawn: Array) -> Array:
        first, second = (
            np.maximum(amount(drawn), 0.5) / whole(drawn) for amount, whole in zip(amounts, wholes, strict=True)
        )
        ratio: Array = np.log2(first / second)
        return ratio

    return interval(log_ratios, articles["article"].n_unique(), resamples=resamples, seed=seed)


def _remark(parts: dict[str, Corpus], frame: pl.DataFrame) -> str | None:
    """What a reader should know: articles in both, too few articles, and how many rows may be chance."""
    first, second = (part.scan("documents").select("doc_id") for part in parts.values())
    shared = first.join(second, on="doc_id", how="semi").select(pl.len()).collect().item()
    none = [name for name, part in parts.items() if not len(part)]
    if none:
        return f"{' and '.join(none)} has no article, so there is nothing to compare."
    few = [name for name, part in parts.items() if len(part) < schema.FEW]
    chance = frame.filter(pl.col("low") <= 0, pl.col("high") >= 0).height
    said = [
        f"{receipt.count(shared, 'article')} are in both." if shared else "",
        f"{' and '.join(few)}: fewer than {schema.FEW} articles, so no intervals." if few else "",
        f"{chance:,} of {frame.height:,} differences may be chance: their interval reaches 0." if chance else "",
    ]
    return " ".join(filter(None, said)) or None


def chart(frame: pl.DataFrame, names: Sequence[str]) -> alt.typing.ChartType:
    """A panel for each aspect: for each item in which of the two it is more frequent, how many times, and the interval."""
    import altair as alt

    times = "datum.value == 0 ? 'alike' : '×' + format(pow(2, abs(datum.value)), '.2~f')"
    side = alt.ColorValue(theme.PALETTE[1], condition={"test": "datum.log_ratio > 0", "value": theme.PALETTE[0]})
    title = f"← more in {names[1]}   ·   times as frequent   ·   more in {names[0]} →"
    numbers = [alt.Tooltip(f"{name}:Q", format=",.2f") for name in ("rate_a", "rate_b", "log_ratio", "low", "high")]
    base = (
        alt.Chart(frame)
        .transform_calculate(zero="0")
        .encode(
            x=alt.X("log_ratio:Q", title="Log ratio", axis=alt.Axis(title=title, labelExpr=times, tickMinStep=1)),
            y=alt.Y("item:N", sort=None, title=None),
            tooltip=[
                alt.Tooltip("aspect"),
                alt.Tooltip("item"),
                *numbers,
                alt.Tooltip("articles_a:Q"),
                alt.Tooltip("articles_b:Q"),
            ],
        )
    )
    zero = base.mark_rule(color=theme.MUTED).encode(x=alt.X("zero:Q"), y=alt.Undefined)
    span = base.mark_rule(strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"), color=side)
    point = base.mark_point(size=50, opacity=1, filled=True).encode(color=side)
    aspects = frame["aspect"].unique(maintain_order=True).to_list()
    drawn: alt.typing.ChartType = (
        alt.layer(zero, span, point)
        .properties(width=300, height=alt.Step(22))
        .facet(
            facet=alt.Facet("aspect:N", sort=aspects, header=alt.Header(title=None, labelAnchor="start")),
            columns=2,
            spacing=24,
        )
        .resolve_scale(y="independent")
    )
    return drawn
