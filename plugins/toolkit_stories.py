"""Which stories the articles tell: reports of one event together, with what each added."""

from typing import Annotated

import altair as alt
import polars as pl

from toolkit import Corpus, Range, Result, analysis, charts

TERMS, COMMONEST = 12, 60
"""An article is known by so many of its words, and by none that more articles than that have it among theirs."""
SHARED = 3
NEW = 4
"""A sentence is news if so many of its words were in no article of the story before."""
LEADS = ["standfirst", "body"]


@analysis(needs=("documents.published",))
def stories(
    corpus: Corpus,
    *,
    days: Annotated[int, Range(1, 60)] = 4,
    alike: Annotated[float, Range(0.1, 1.0)] = 0.35,
    top: Annotated[int, Range(1, 100)] = 15,
    sentences: Annotated[int, Range(1, 10)] = 3,
) -> Result:
    """Which stories the articles tell: reports of one event together, with what each added.

    Gives a row for each of the `top` stories with most articles, of two at least: `story` (its first headline), `articles`,
    `copies` (of them), `outlets`, `first_day` and `last_day`, `words` (that most of them share), `digest` (its first sentence
    and, of what later articles added, the `sentences` - 1 that were news when they were printed), and `doc_id` (of the first).

    An article joins the story of the earlier one, at most `days` before, that is most like it, if they share the part `alike` of
    the tf-idf weight of their twelve weightiest words (single-pass clustering as in topic detection and tracking, Allan et
    al. 1998); a copy joins that of its original. Articles without a date are in no story; the note counts them. Stories have no
    interval: their articles are counted, not estimated, and a resample of the articles would tell other stories.
    """
    terms, told = known_by(corpus), dated(corpus)
    parents = pl.concat([likest(terms, told, days, alike), copies(told)]).unique(
        "doc_id", keep="last", maintain_order=True
    )
    members = roots(told, parents)
    sizes = sized(members)
    largest = sizes.sort(-pl.col("articles"), "first_day", "root").head(top)
    kept = members.join(largest.select("root"), on="root", how="semi", maintain_order="left")
    named = told.select(root="doc_id", story=pl.coalesce("title", "doc_id"))
    frame = largest
    for more in (named, common(terms, kept), digests(corpus, kept, sentences)):
        frame = frame.join(more, on="root", how="left", maintain_order="left")
    frame = frame.select(
        "story", "articles", "copies", "outlets", "first_day", "last_day", "words", "digest", doc_id="root"
    )
    evidence = (
        corpus.grouped()
        .select("doc_id", "sent_id")
        .join(kept.lazy().select("doc_id", "root"), on="doc_id", maintain_order="left")
        .join(frame.lazy().select("story", root="doc_id"), on="root", maintain_order="left")
        .select("doc_id", "sent_id", "story")
    )
    return Result(frame, chart(frame), note=remark(sizes, told.height, len(corpus)), evidence=evidence)


def sized(members: pl.DataFrame) -> pl.DataFrame:
    """The stories of two articles or more, with how many these are, whose, and of which days."""
    sizes = members.group_by("root").agg(
        articles=pl.len().cast(pl.Int64),
        copies=pl.col("duplicate_of").is_not_null().sum().cast(pl.Int64),
        outlets=pl.col("outlet").n_unique().cast(pl.Int64),
        first_day=pl.col("published").min().dt.date(),
        last_day=pl.col("published").max().dt.date(),
    )
    return sizes.filter(pl.col("articles") > 1)


def common(terms: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The words that most articles of each story are known by: `root`, `words`."""
    return (
        terms.join(members.select("doc_id", "root"), on="doc_id")
        .group_by("root", "word")
        .agg(n=pl.len().cast(pl.Int64), weight=pl.col("weight").sum())
        .filter(pl.col("n") > 1)
        .sort("root", -pl.col("n"), -pl.col("weight"), "word")
        .group_by("root", maintain_order=True)
        .agg(words=pl.col("word").head(5).str.join(", "))
    )


def remark(sizes: pl.DataFrame, told: int, every: int) -> str:
    """How many stories there are, and how many articles could be in none."""
    note = f"{sizes.height:,} stories of two articles or more, with {sizes['articles'].sum():,} of {every:,} articles."
    return note if told == every else f"{note} {every - told:,} articles have no date and are left out."


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A bar for each story."""
    days = [alt.Tooltip(f"{name}:T", format="%-d %b %Y") for name in ("first_day", "last_day")]
    tips = ["story", "articles:Q", "copies:Q", "outlets:Q", *days, "words", "digest"]
    return charts.ranked(frame, name="story", number="articles", title="Articles", tips=tips)


def dated(corpus: Corpus) -> pl.DataFrame:
    """The articles with a date, the earliest first, numbered."""
    documents = corpus.scan("documents").filter(pl.col("published").is_not_null())
    told = documents.select("doc_id", "title", "outlet", "published", "duplicate_of").sort("published", "doc_id")
    return told.with_row_index("turn").collect()


def known_by(corpus: Corpus) -> pl.DataFrame:
    """The weightiest words of each article: `doc_id`, `word`, `weight`."""
    counts = corpus.words().group_by("doc_id", "word").agg(n=pl.len()).collect(engine="streaming")
    spread = counts.group_by("word").agg(articles=pl.len())
    size = counts["doc_id"].n_unique()
    weight = (1 + pl.col("n").log()) * ((1 + size) / (1 + pl.col("articles"))).log()
    rows = (
        counts.join(spread, on="word")
        .filter(pl.col("articles") > 1)
        .with_columns(weight=weight, word=pl.col("word").cast(pl.String))
    )
    return (
        rows.sort("doc_id", -pl.col("weight"), "word")
        .filter(pl.int_range(pl.len()).over("doc_id") < TERMS)
        .select("doc_id", "word", "weight")
    )


def likest(terms: pl.DataFrame, told: pl.DataFrame, days: int, alike: float) -> pl.DataFrame:
    """For each article the earlier one that is most like it, if one is like it enough: `doc_id`, `parent`."""
    rows = (
        terms.filter(pl.len().over("word") <= COMMONEST)
        .join(told.select("doc_id", "turn", "published"), on="doc_id")
        .select("turn", "word", "weight", "published")
    )
    whole = (
        terms.group_by("doc_id")
        .agg(whole=pl.col("weight").sum())
        .join(told.select("doc_id", "turn"), on="doc_id")
        .select("turn", "whole")
    )
    near = pl.col("published") - pl.col("published_before") <= pl.duration(days=days)
    pairs = (
        rows.lazy()
        .join(rows.lazy(), on="word", suffix="_before")
        .filter(pl.col("turn_before") < pl.col("turn"), near)
        .group_by("turn", "turn_before")
        .agg(shared=pl.min_horizontal("weight", "weight_before").sum(), n=pl.len())
        .filter(pl.col("n") >= SHARED)
        .join(whole.lazy(), on="turn")
        .join(whole.lazy().rename({"turn": "turn_before", "whole": "whole_before"}), on="turn_before")
        .with_columns(part=pl.col("shared") / pl.min_horizontal("whole", "whole_before"))
        .filter(pl.col("part") >= alike)
        .sort("turn", -pl.col("part"), "turn_before")
        .unique("turn", keep="first", maintain_order=True)
        .collect(engine="streaming")
    )
    names = told.select("turn", "doc_id")
    before = names.rename({"turn": "turn_before", "doc_id": "parent"})
    return (
        pairs.sort("turn")
        .join(names, on="turn", maintain_order="left")
        .join(before, on="turn_before", maintain_order="left")
        .select("doc_id", "parent")
    )


def copies(told: pl.DataFrame) -> pl.DataFrame:
    """Each copy with its original."""
    there = told.filter(pl.col("duplicate_of").is_in(told["doc_id"].implode()))
    return there.select("doc_id", parent="duplicate_of")


def roots(told: pl.DataFrame, parents: pl.DataFrame) -> pl.DataFrame:
    """The articles with the first one of their story, which parents lead to."""
    above = dict(parents.iter_rows())
    found: dict[str, str] = {}
    for doc_id in told["doc_id"]:
        path = [doc_id]
        while path[-1] in above and path[-1] not in found and above[path[-1]] not in path:
            path.append(above[path[-1]])
        root = found.get(path[-1], path[-1])
        found.update(dict.fromkeys(path, root))
    return told.with_columns(root=pl.Series([found[doc_id] for doc_id in told["doc_id"]], dtype=pl.String))


def digests(corpus: Corpus, members: pl.DataFrame, most: int) -> pl.DataFrame:
    """What each story's articles said first: `root`, `digest`."""
    originals = members.filter(pl.col("duplicate_of").is_null() | (pl.col("doc_id") == pl.col("root"))).lazy()
    texts = corpus.scan("sentences").filter(pl.col("kind").is_in(LEADS)).select("doc_id", "sent_id", "text")
    told = (
        corpus.words()
        .group_by("doc_id", "sent_id")
        .agg(words=pl.col("word").cast(pl.String))
        .join(originals.select("doc_id", "root", "turn"), on="doc_id")
        .join(texts, on=["doc_id", "sent_id"])
        .sort("root", "turn", "sent_id")
        .collect()
    )
    made = []
    for (root,), rows in told.group_by("root", maintain_order=True):
        said: set[str] = set()
        taken: list[str] = []
        for _, article in rows.group_by("turn", maintain_order=True):
            news = [(len(set(words) - said), text) for words, text in article.select("words", "text").iter_rows()]
            best = (1, news[0][1]) if not taken else max(news, key=lambda pair: pair[0])
            if len(taken) < most and (not taken or best[0] >= NEW):
                taken.append(best[1])
            said.update(word for words in article["words"] for word in words)
        made.append((root, " … ".join(taken)))
    return pl.DataFrame(made, schema={"root": pl.String, "digest": pl.String}, orient="row")
