"""What a profile is made of: mentions, what stands beside them, quotations, and shares with their intervals."""

from difflib import get_close_matches

import polars as pl

from toolkit import Corpus, NeedsError, SettingError, analyses, interval, numbered, schema, summed

SENTENCE = ["doc_id", "sent_id"]
KEYS = {"doc_id": pl.String, "sent_id": pl.Int64, "aspect": pl.String, "item": pl.String}
SCHEMA = pl.Schema(
    {"entity": pl.String, "aspect": pl.String, "item": pl.String, "day": pl.Date, "amount": pl.Float64, "share": pl.Float64,
     "low": pl.Float64, "high": pl.Float64, "usual": pl.Float64, "articles": pl.Int64, "of_articles": pl.Int64,
     "kind": pl.String, "outlet": pl.String, "title": pl.String}
)  # fmt: skip


def chosen(corpus: Corpus, entity: str) -> tuple[str, pl.DataFrame]:
    """The canonical name that is asked for, or of whoever is named most, and its mentions; empty if there are no names."""
    named = corpus.mentions()
    if not entity:
        counts = named.group_by("entity").agg(
            person=(pl.col("label") == "PERSON").mean() > 0.5, n=pl.len().cast(pl.Int64)
        )
        most = counts.sort(~pl.col("person"), -pl.col("n"), "entity").head(1).collect()
        entity = most.item(0, "entity") if most.height else ""
    mentions = named.filter((pl.col("entity") == entity) | (pl.col("entity_id") == entity)).collect()
    if entity and mentions.is_empty():
        like = get_close_matches(entity, corpus.choices("entity"), 3, 0.4)
        such = f"; most like it are {', '.join(map(repr, like))}" if like else ""
        raise SettingError(f"entity_profile got entity={entity!r}, which no sentence names{such}.")
    return (mentions.item(0, "entity") if entity else ""), mentions


def parts(
    corpus: Corpus, name: str, mentions: pl.DataFrame, mine: pl.DataFrame, top: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What each sentence adds to each item (`n`, and whether it is evidence, `holds`), and each article to the wholes."""
    here = mine.lazy()
    others = corpus.mentions().filter(pl.col("entity") != name).select(*SENTENCE, item="entity").unique()
    together = others.join(here, on=SENTENCE, how="semi").collect()
    most = together.group_by("item").len().sort(-pl.col("len").cast(pl.Int64), "item").head(top)
    together = together.join(most, on="item", how="semi").select(*SENTENCE, "item", n=pl.lit(1.0), holds=True)
    weights = corpus.scan("topics").join(here, on=SENTENCE, how="semi", maintain_order="left")
    topics = weights.select(*SENTENCE, item="topic", n="weight", holds=pl.col("weight") >= schema.HOLDS).collect()
    forms = mentions.select(*SENTENCE, item=pl.col("text").str.replace_all(r"\s+", " "))
    usual_forms = forms.group_by("item").len().sort(-pl.col("len").cast(pl.Int64), "item").head(top)
    written = forms.join(usual_forms, on="item", how="semi").with_columns(n=pl.lit(1.0), holds=True)
    listed = {"named with": together, "topic": topics, "written": written}
    marks = pl.concat([rows.select(pl.lit(aspect).alias("aspect"), *rows.columns) for aspect, rows in listed.items()])
    sizes = {"named with": mine, "topic": mine, "written": mentions}
    wholes = pl.concat([rows.group_by("doc_id").agg(n=pl.len().cast(pl.Float64)).select(pl.lit(aspect).alias("aspect"), "doc_id", "n")
                        for aspect, rows in sizes.items()])  # fmt: skip
    return marks.sort("aspect", *SENTENCE, "item"), wholes.sort("aspect", "doc_id")


def shares(marks: pl.DataFrame, wholes: pl.DataFrame, known: pl.DataFrame, resamples: int, seed: int) -> pl.DataFrame:
    """Each item's share of its whole, with its interval; topics as the codebook has them, other items most first."""
    articles = numbered(wholes.sort("doc_id"))
    aspects = pl.DataFrame({"aspect": ["named with", "topic", "written"]}).with_row_index("whole")
    held = marks.group_by("aspect", "item").agg(
        amount=pl.col("n").sum().round(6), articles=pl.col("doc_id").filter("holds").n_unique().cast(pl.Int64)
    )
    totals = wholes.group_by("aspect").agg(total=pl.col("n").sum(), of_articles=pl.len().cast(pl.Int64))
    table = (
        held.join(known, on=["aspect", "item"], how="full", coalesce=True)
        .with_columns(pl.col("amount", "articles").fill_null(0))
        .join(totals, on="aspect")
        .join(aspects, on="aspect")
        .sort("whole", pl.col("turn").fill_null(0), -pl.col("amount"), "item")
        .with_row_index("cell")
    )
    each = marks.join(articles, on="doc_id")
    part_of = summed(each.join(table.select("aspect", "item", "cell"), on=["aspect", "item"]), "cell", table.height)
    whole_of = summed(wholes.join(articles, on="doc_id").join(aspects, on="aspect"), "whole", aspects.height)
    whole = table["whole"].to_numpy()
    ends = interval(
        lambda drawn: part_of(drawn) / whole_of(drawn)[:, whole],
        articles["article"].n_unique(),
        resamples=resamples,
        seed=seed,
    )
    enough = pl.col("of_articles") >= schema.FEW
    none = {"day": pl.lit(None, pl.Date), **dict.fromkeys(("kind", "outlet", "title"), pl.lit(None, pl.String))}
    return table.with_columns(ends, **none).with_columns(
        pl.when(enough).then(pl.col("low", "high")), share=pl.col("amount") / pl.col("total")
    )


def usual(corpus: Corpus, marks: pl.DataFrame) -> pl.DataFrame:
    """How large the share of each name and topic is in all sentences: `aspect`, `item`, `usual`, topics in their `turn`."""
    counted = corpus.grouped().select(SENTENCE)
    names = marks.filter(aspect="named with").select(pl.col("item").unique(maintain_order=True))
    named = corpus.mentions().select(*SENTENCE, item="entity").join(names.lazy(), on="item", how="semi").unique()
    weights = (
        corpus.scan("topics").join(counted, on=SENTENCE, how="semi").group_by("topic").agg(n=pl.col("weight").sum())
    )
    size, of_names, of_topics = pl.collect_all(
        [counted.select(pl.len()), named.group_by("item").agg(n=pl.len()), weights]
    )
    topics = pl.DataFrame({"item": [*corpus.codebook.topics, schema.OTHER]}).with_row_index("turn")
    topics = topics.join(of_topics.rename({"topic": "item"}), on="item", how="left").with_columns(
        pl.col("n").fill_null(0)
    )
    share = (pl.col("n") / max(size.item(), 1)).round(9)
    return pl.concat(
        [
            of_names.select(pl.lit("named with").alias("aspect"), "item", usual=share),
            topics.select(pl.lit("topic").alias("aspect"), "item", "turn", usual=share),
        ],
        how="diagonal",
    )


def periods(corpus: Corpus, name: str, per: str, resamples: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame, str]:
    """The share of each period's articles that name it, the sentences that do, and the period; nothing without dates."""
    try:
        trend = analyses.entity_trend(
            corpus, entities=[name], per=per, count="articles", resamples=resamples, seed=seed
        )
    except NeedsError:
        return pl.DataFrame(schema=SCHEMA), pl.DataFrame(schema=KEYS), ""
    period = trend.frame.columns[0]
    told = {"aspect": pl.lit("when"), "item": pl.col(period).dt.to_string("%Y-%m-%d")}
    nothing = {column: pl.lit(None) for column in ("usual", "kind", "outlet", "title")}
    evidence = pl.LazyFrame(schema=KEYS) if trend.evidence is None else trend.evidence.lazy()
    return (
        trend.frame.with_columns(day=pl.col(period), **told, **nothing),
        evidence.with_columns(**told).collect(),
        period,
    )


def quotations(corpus: Corpus, name: str, parser: str, top: int) -> pl.DataFrame:
    """What it said: each quotation once, with its place and article."""
    found = analyses.quote_list(corpus, speaker=name, parser=parser, top=500).frame.unique(
        "text", keep="first", maintain_order=True
    )
    return found.head(top).select(
        "doc_id", "sent_id", "kind", "outlet", "title",
        aspect=pl.lit("said"), item="text", day=pl.col("published").dt.date(), articles=pl.lit(1), of_articles=pl.lit(None, pl.Int64),
        **{number: pl.lit(None, pl.Float64) for number in ("amount", "share", "low", "high", "usual")},
    )  # fmt: skip
