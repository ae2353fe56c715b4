"""Which names were joined, how, and how risky each join is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from toolkit.receipt import count

if TYPE_CHECKING:
    from toolkit.corpus import Corpus

HOW = {
    "surname": 0.5, "spelling": 0.4, "acronym": 0.3, "short form": 0.2,
    "surname in the article": 0.15, "alias in the article": 0.25, "known alias": 0.1,
}  # fmt: skip
"""How risky a join is before anything else is known of it, by how it was made; any other way over articles is `OTHER`."""
OTHER = 0.4
RIVAL = 0.6
"""What each other name that is written so as well, or has the same surname, leaves of the trust in a join."""
SENTENCES = 3
"""Sentences shown for each side of a join."""
SHOWN = ("name", "written", "how", "mentions", "articles", "rivals", "risk")


def joins(corpus: Corpus) -> pl.DataFrame:
    """What is written otherwise than the name it was joined to, the riskiest first.

    `name` is the canonical name, `written` the form (a name that some article used, where names were joined over articles),
    `label`, `how` it was joined, `mentions` and `articles` with the form, `rivals` other names that it could mean, `risk`
    0..1: an order, not a probability. What the user has decided on is left out.
    """
    mentions = corpus.scan("mentions").select("doc_id", "start", within="entity").unique(["doc_id", "start"])
    own = corpus.scan("entities").filter(pl.col("found_by") != "user").drop_nulls("entity")
    own = own.with_columns(label=pl.col("label").cast(pl.String)).join(mentions, on=["doc_id", "start"], how="left")
    across = pl.col("within").is_not_null() & (pl.col("within") != pl.col("entity"))
    text = pl.col("text").str.replace(r"['’]s?$", "")
    rows = own.with_columns(across=across, written=pl.when(across).then("within").otherwise(text))
    names = rows.select("label", "entity").unique()
    fitted = corpus.fit.names
    reasons = pl.LazyFrame(schema={"label": pl.String, "written": pl.String, "reason": pl.String})
    if fitted is not None:
        reasons = fitted.lazy().select("label", written="entity", reason="reason").unique(["label", "written"])
    surname = pl.col("name").str.ends_with(pl.format(" {}", pl.col("written"))) & (pl.col("label") == "PERSON")
    known = pl.col("entity_id").str.contains(r"^(?:country|geonames|wikidata|org|body):")
    within = (
        pl.when(surname).then(pl.lit("surname in the article"))
        .when(known).then(pl.lit("known alias"))
        .otherwise(pl.lit("alias in the article"))
    )  # fmt: skip
    joined = (
        rows.filter(pl.col("across") | (pl.col("role") == "alias") | (pl.col("label") == "PERSON"))
        .filter(pl.col("written").str.to_lowercase() != pl.col("entity").str.to_lowercase())
        .group_by("label", "written", "across", name="entity")
        .agg(
            mentions=pl.len().cast(pl.Int64),
            articles=pl.col("doc_id").n_unique().cast(pl.Int64),
            entity_id=pl.col("entity_id").first(),
        )
        .join(reasons, on=["label", "written"], how="left")
        .with_columns(how=pl.when("across").then(pl.coalesce("reason", pl.lit("over articles"))).otherwise(within))
        .join(_rivals(names, rows), on=["label", "written", "name"], how="left")
    )
    decided = [
        (made.name, made.written) for made in corpus.ledger if made.decision in ("keep", "split") and not made.doc_id
    ]
    done = pl.LazyFrame(decided, schema={"name": pl.String, "written": pl.String}, orient="row")
    base = pl.col("how").replace_strict(HOW, default=OTHER, return_dtype=pl.Float64)
    rivals = pl.col("rivals").fill_null(0).cast(pl.Int64)
    return (
        joined.join(done, on=["name", "written"], how="anti")
        .with_columns(rivals=rivals, risk=(1 - (1 - base) * RIVAL ** rivals.clip(0, 3)).round(3))
        .sort(["risk", "mentions", "name", "written"], descending=[True, True, False, False])
        .select("name", "written", "label", *SHOWN[2:])
        .collect()
    )


def _rivals(names: pl.LazyFrame, rows: pl.LazyFrame) -> pl.LazyFrame:
    """How many other names of the same kind a form could mean: they are written so somewhere, or end in the same word."""
    forms = rows.select("label", "written", name="entity").unique()
    last = names.with_columns(last=pl.col("entity").str.split(" ").list.last().str.to_lowercase())
    alike = forms.join(names, left_on=["label", "written"], right_on=["label", "entity"], how="semi")
    same_form = forms.join(forms.rename({"name": "other"}), on=["label", "written"])
    ending = forms.with_columns(last=pl.col("written").str.split(" ").list.last().str.to_lowercase())
    same_end = ending.filter(pl.col("label") == "PERSON").join(last.rename({"entity": "other"}), on=["label", "last"])
    own = ["label", "written", "name", "other"]
    bare = alike.filter(pl.col("written") != pl.col("name")).with_columns(other="written")
    found = pl.concat([same_form.select(own), same_end.select(own), bare.select(own)]).unique()
    others = (pl.col("other") != pl.col("name")) & (pl.col("other") != pl.col("written"))
    return found.filter(others).group_by("label", "written", "name").agg(rivals=pl.len())


def sentences(corpus: Corpus, name: str, written: str) -> pl.DataFrame:
    """Sentences in which the form stands, then some with the name itself: `what`, `text`, `marks`, `title`, `outlet`, `published`."""
    mentions = corpus.scan("mentions").select("doc_id", "start", within="entity").unique(["doc_id", "start"])
    own = corpus.scan("entities").filter(pl.col("entity") == name).join(mentions, on=["doc_id", "start"], how="left")
    form = (pl.col("within") == written) | (pl.col("text").str.replace(r"['’]s?$", "") == written)
    what = pl.when(form.fill_null(False)).then(pl.lit(written)).otherwise(pl.lit(name))
    places = own.select("doc_id", "sent_id", "start", "end", what=what)
    kept = places.sort("doc_id", "start").group_by("what", "doc_id", "sent_id", maintain_order=True).agg("start", "end")
    # One sentence an article first: what differs between articles is what a join can have wrong.
    kept = kept.with_columns(turn=pl.col("sent_id").rank("ordinal").over("what", "doc_id")).sort("turn", "doc_id")
    kept = kept.filter(pl.int_range(pl.len()).over("what") < SENTENCES)
    told = kept.join(
        corpus.scan("sentences").select("doc_id", "sent_id", "text", begin="start"), on=["doc_id", "sent_id"]
    ).join(corpus.scan("documents").select("doc_id", "title", "outlet", "published", "url"), on="doc_id")
    marks = (
        told.explode("start", "end")
        .group_by("what", "doc_id", "sent_id")
        .agg(marks=pl.struct(start=pl.col("start") - pl.col("begin"), end=pl.col("end") - pl.col("begin"), kind="what"))
    )
    order = pl.col("what") != written
    return (
        told.join(marks, on=["what", "doc_id", "sent_id"])
        .sort(order, "turn", "doc_id")
        .drop("start", "end", "turn", "begin")
        .collect()
    )


def said(join: dict[str, object]) -> str:
    """A join as a sentence."""
    mentions, articles = count(int(str(join["mentions"])), "mention"), count(int(str(join["articles"])), "article")
    rivals = f"; {join['rivals']} other names could be meant" if join["rivals"] else ""
    return f"Is {join['written']!r} {join['name']}? Joined by {join['how']}: {mentions} in {articles}{rivals}."
