"""How often each name comes up over time."""

from typing import Annotated, Literal

import polars as pl

from toolkit import Corpus, Count, Names, Range, Result, SettingError, analyses, analysis, charts, coverage, theme

Per = Literal["auto", "day", "week", "month", "year"]
Scale = Literal["own", "shared"]


@analysis(needs=("documents.published",))
def entity_trend(
    corpus: Corpus,
    *,
    kind: Names = "names",
    entities: list[str] = [],  # noqa: B006 - a default is never changed: settings are copied
    per: Per = "auto",
    count: Count = "sentences",
    scale: Scale = "own",
    top: Annotated[int, Range(1, 20)] = 6,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """How often each name comes up over time.

    Gives a row for each period from the first to the last and each entity: the first day of the period under its name
    (`day`, `week`, `month`, `year`), `entity`, `amount` (the sentences, articles or stories that name it, or the words of such
    sentences), `share` (of all that was published in the period; entities share sentences, so shares do not sum to 1), its
    interval `low` to `high` (95%, bootstrap over articles, from 5 on), `mentions`, `articles` (that name it), and what the
    share is of: `total`, from `of_articles`. In a period without articles the share is null, and the line is broken.

    The `top` most named of the `kind` are given, or the `entities` that are listed. Periods are those of `volume`; articles
    without a date are in none, and the note counts them. `scale` draws each on a scale of its own, or all on one.
    """
    published = analyses.volume(corpus, per=per, count=count)
    period = published.frame.columns[0]
    found = corpus.mentions(kind)
    if entities:
        missing = sorted(set(entities) - set(found.select("entity").unique().collect()["entity"]))
        if missing:
            raise SettingError(
                f"entity_trend got {missing[0]!r}, which no article names so; corpus.choices('entity') lists names."
            )
        found, top = found.filter(pl.col("entity").is_in(entities)), len(entities)
    seen = coverage(
        corpus, found, key=["entity"], by=period, count=count, top=top, most=3000, resamples=resamples, seed=seed
    )
    names = seen.frame["entity"].unique(maintain_order=True)
    frame = (
        published.frame.select(period)
        .join(names.to_frame(), how="cross", maintain_order="left_right")
        .join(seen.frame, on=[period, "entity"], how="left", maintain_order="left")
        .with_columns(pl.col("amount", "mentions", "articles", "total", "of_articles").fill_null(0))
    )
    note = " ".join(filter(None, [published.note, charts.thin(frame, period, "of_articles")])) or None
    drawn = charts.trends(
        frame, period, of="entity", size="of_articles", colors=theme.colors(names), count=count, scale=scale,
        numbers=["amount", "articles"],
    )  # fmt: skip
    return Result(frame, drawn, note=note, evidence=seen.evidence.filter(pl.col(period).is_not_null()))
