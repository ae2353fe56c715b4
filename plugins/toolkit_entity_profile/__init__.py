"""Who someone is in the articles: with whom, on what topics, when, and what they said."""

from typing import Annotated, Literal

import polars as pl

from toolkit import Corpus, Entity, Range, Result, analysis, schema
from toolkit_entity_profile.drawing import chart
from toolkit_entity_profile.gathered import SCHEMA, SENTENCE, chosen, parts, periods, quotations, shares, usual

Per = Literal["auto", "day", "week", "month", "year"]


@analysis
def entity_profile(
    corpus: Corpus,
    *,
    entity: Entity = "",
    per: Per = "auto",
    parser: Literal["auto", "none"] = "auto",
    top: Annotated[int, Range(1, 50)] = 8,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Who someone is in the articles: named with whom, on what topics and when, and what they said.

    Gives a row for each `item` of each `aspect` of an `entity` (a canonical name; the person named most if none is given):

    - `when`: each period of `volume`, its first `day`; `share` of the period's articles that name it, null where there are none;
    - `named with`: the `top` names in the same sentences; `share` of its sentences that name both;
    - `topic`: every topic of the codebook and `other`; `share` of its sentences, which sums to 1;
    - `written`: the `top` ways it is written; `share` of its mentions;
    - `said`: up to `top` quotations of it, the surest first, each once; no share, but a `kind` (direct, indirect, mixed) and
      the `day`, `outlet` and `title` of the article.

    `low` to `high` is the interval of a share (95%, bootstrap over articles; none if fewer than 5 articles stand behind it),
    `usual` the same share in all sentences of the corpus (of names and topics), `amount` what the share counts (articles,
    sentences or mentions), `articles` those behind the item, `of_articles` those behind the whole. Captions, credits and page
    furniture do not count. Raises SettingError for a name that no sentence has. `parser` is the setting of `quotes`.
    """
    name, mentions = chosen(corpus, entity)
    if not name:
        return Result(pl.DataFrame(schema=SCHEMA), note="No name is found in any sentence.")
    mine = mentions.select(SENTENCE).unique(maintain_order=True)
    marks, wholes = parts(corpus, name, mentions, mine, top)
    said = quotations(corpus, name, parser, top)
    when, seen, period = periods(corpus, name, per, resamples, seed)
    tables = [when, shares(marks, wholes, usual(corpus, marks), resamples, seed), said]
    columns = [pl.col(column).cast(dtype) for column, dtype in SCHEMA.items() if column != "entity"]
    frame = pl.concat([table.select(pl.lit(name).alias("entity"), *columns) for table in tables])
    held = marks.filter("holds").join(frame, on=["aspect", "item"], how="semi", maintain_order="left")
    evidence = pl.concat([rows.select(*SENTENCE, "aspect", "item") for rows in (seen, held, said)])
    note = remark(corpus, name, mentions)
    made = Result(frame, chart(frame, period), note=note, evidence=evidence.unique(maintain_order=True))
    return made.titled(title=f"{name}: with whom, on what topics, when, and what was said")


def remark(corpus: Corpus, name: str, mentions: pl.DataFrame) -> str:
    """What it is, how often and where it is named, and what this rests on."""
    label = str(mentions["label"].mode().sort()[0])
    country = mentions["country"].drop_nulls().mode().sort().to_list()
    kind = f"{label}, {country[0]}" if country else label
    inside = mentions["doc_id"].n_unique()
    said = [f"{name} ({kind}): {mentions.height:,} mentions in {inside:,} of {len(corpus):,} articles."]
    dated = (
        corpus.scan("documents")
        .join(mentions.lazy(), on="doc_id", how="semi")
        .select("published")
        .collect()["published"]
    )
    first, last, bare = dated.min(), dated.max(), dated.null_count()
    if first is not None and last is not None:
        said.append(f"First on {first:%-d %b %Y}, last on {last:%-d %b %Y}.")  # type: ignore[str-bytes-safe]
    if bare:
        said.append(f"{bare:,} of these articles without a date {'are' if bare > 1 else 'is'} in no period.")
    if inside < schema.FEW:
        said.append(f"Fewer than {schema.FEW} articles: too few for intervals.")
    return " ".join(said)
