"""Names joined across documents, where the evidence allows it."""

from __future__ import annotations

import polars as pl

from toolkit.entities.spelling import skeleton, slug, stem

NAMES = pl.Schema(
    {
        "label": pl.String,
        "entity": pl.String,
        "name": pl.String,
        "entity_id": pl.String,
        "reason": pl.String,
        "documents": pl.Int64,
        "support": pl.Int64,
    }
)
"""A decision: mentions of `label` called `entity` are `name`. `reason` is surname, spelling, acronym or short form,
`documents` is how many documents it touches, `support` how many have the name it is joined to."""

SHARED = 0.2
"""Two spellings are one name if the documents of both share this part of the places and organisations they name."""

FEWEST = 0.1
"""A surname alone is joined to the only full name with it if that is in so many documents for each with the surname."""


def fit(entities: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Decisions on names that are one over several documents, to be stored and applied with `apply`.

    Spellings of one name (Volodymyr Zelensky, Zelenskyy) are joined if they sound alike, never stand in one document and
    their documents name the same places and organisations. A surname that stands alone in a document is joined to the
    full name if no other full name in the corpus has it. An acronym and a company's short form are joined to the long
    form if every document that spells it out agrees. Copies of an article count once. Depends on no order.
    """
    own = entities
    if "duplicate_of" in documents.columns:
        own = entities.join(documents.filter(pl.col("duplicate_of").is_null()), on="doc_id", how="semi")
    own = own.select("doc_id", pl.col("label").cast(pl.String), "text", "entity", "entity_id", "role").drop_nulls(
        "entity"
    )
    spellings = _spellings(own)
    settled = apply(own, spellings)
    parts = [spellings, _surnames(settled), _acronyms(settled), _short_forms(settled)]
    decided = pl.concat([part.select(NAMES.names()).cast(NAMES) for part in parts])
    # A name joined to one that is joined itself goes all the way.
    onward = decided.select("label", pl.col("entity").alias("name"), onward="name", onward_id="entity_id")
    return (
        decided.unique(["label", "entity"], keep="first", maintain_order=True)
        .join(onward.unique(["label", "name"], keep="first", maintain_order=True), on=["label", "name"], how="left")
        .with_columns(name=pl.coalesce("onward", "name"), entity_id=pl.coalesce("onward_id", "entity_id"))
        .filter(pl.col("entity") != pl.col("name"))
        .select(NAMES.names())
        .sort("label", "entity")
    )


def apply(entities: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """`entities` with the canonical names that `names` decided on; nothing else changes."""
    if names.is_empty():
        return entities
    decided = names.select(
        pl.col("label").cast(entities.schema["label"]), "entity", decided="name", decided_id="entity_id"
    )
    return (
        entities.join(decided, on=["label", "entity"], how="left", maintain_order="left")
        .with_columns(
            entity=pl.coalesce("decided", "entity"),
            entity_id=pl.when(pl.col("decided").is_null()).then("entity_id").otherwise("decided_id"),
        )
        .select(entities.columns)
    )


def _documents(own: pl.DataFrame, label: str) -> pl.DataFrame:
    """`entity` and how many documents have it, for one label; names that the gazetteer knows are left out."""
    unknown = pl.col("entity_id").is_null() | pl.col("entity_id").str.starts_with("person:")
    names = own.filter((pl.col("label") == label) & unknown)
    return names.group_by("entity").agg(documents=pl.col("doc_id").n_unique().cast(pl.Int64)).sort("entity")


def _spellings(own: pl.DataFrame) -> pl.DataFrame:
    """Full names of people that sound alike and keep the same company."""
    people = _documents(own, "PERSON").filter(pl.col("entity").str.contains(" "))
    people = people.with_columns(skeleton=pl.Series([skeleton(name) for name in people["entity"]], dtype=pl.String))
    pairs = people.join(people, on="skeleton", suffix="_other").filter(
        (pl.col("documents_other") > pl.col("documents"))
        | ((pl.col("documents_other") == pl.col("documents")) & (pl.col("entity_other") < pl.col("entity")))
    )
    # One spelling joins the commonest of its skeleton only, so that decisions do not form chains.
    pairs = pairs.sort("documents_other", "entity_other", descending=[True, False]).unique(
        "entity", keep="first", maintain_order=True
    )
    if pairs.is_empty():
        return NAMES.to_frame()
    where = own.filter(pl.col("label") == "PERSON").select("entity", "doc_id").unique()
    company = own.filter(pl.col("entity_id").is_not_null() & (pl.col("label") != "PERSON"))
    company = company.select("doc_id", "entity_id").unique()

    def around(name: str) -> pl.DataFrame:
        seen = pairs.select(pl.col(name).alias("entity")).unique().join(where, on="entity").join(company, on="doc_id")
        return seen.select(pl.col("entity").alias(name), "entity_id").unique()

    both = (
        pairs.join(around("entity"), on="entity")
        .join(around("entity_other"), on=["entity_other", "entity_id"])
        .group_by("entity")
        .len("both")
    )
    fewer = around("entity").group_by("entity").len("own")
    apart = pairs.join(where, on="entity").join(
        where.rename({"entity": "entity_other"}), on=["entity_other", "doc_id"], how="semi"
    )
    return (
        pairs.join(apart, on="entity", how="anti")
        .join(both, on="entity")
        .join(fewer, on="entity")
        .filter((pl.col("both") >= 2) & (pl.col("both") >= SHARED * pl.col("own")))
        .select(
            label=pl.lit("PERSON"),
            entity="entity",
            name="entity_other",
            entity_id=_person("entity_other"),
            reason=pl.lit("spelling"),
            documents="documents",
            support="documents_other",
        )
        .sort("entity")
        .cast(NAMES)
    )


def _surnames(own: pl.DataFrame) -> pl.DataFrame:
    """Surnames that stand alone, for which the whole corpus has one full name only."""
    people = _documents(own, "PERSON")
    full = people.filter(pl.col("entity").str.contains(" "))
    bare = people.filter(~pl.col("entity").str.contains(" "))
    sole = (
        full.with_columns(surname=pl.col("entity").str.split(" ").list.last().str.to_lowercase())
        .group_by("surname")
        .agg(names=pl.len(), name=pl.col("entity").first(), support=pl.col("documents").first())
        .filter(pl.col("names") == 1)
    )
    return (
        bare.with_columns(surname=pl.col("entity").str.to_lowercase())
        .join(sole, on="surname")
        .filter(pl.col("support") >= FEWEST * pl.col("documents"))
        .select(
            label=pl.lit("PERSON"),
            entity="entity",
            name="name",
            entity_id=_person("name"),
            reason=pl.lit("surname"),
            documents="documents",
            support="support",
        )
    )


def _acronyms(own: pl.DataFrame) -> pl.DataFrame:
    """Acronyms that every document which spells them out spells out alike."""
    told = own.filter((pl.col("label") == "ORG") & (pl.col("role") == "alias") & pl.col("entity_id").is_null())
    told = told.filter(pl.col("text").str.contains(r"^[\p{Lu}.&-]{2,10}$") & (pl.col("text") != pl.col("entity")))
    sole = (
        told.group_by(entity=pl.col("text"))
        .agg(names=pl.col("entity").n_unique(), name=pl.col("entity").min(), support=pl.col("doc_id").n_unique())
        .filter(pl.col("names") == 1)
    )
    return (
        _documents(own, "ORG")
        .join(sole, on="entity")
        .select(
            label=pl.lit("ORG"),
            entity="entity",
            name="name",
            entity_id=pl.lit(None, pl.String),
            reason=pl.lit("acronym"),
            documents="documents",
            support="support",
        )
    )


def _short_forms(own: pl.DataFrame) -> pl.DataFrame:
    """Companies with and without Inc, Ltd and the like: all go by the name that most documents use."""
    names = _documents(own, "ORG")
    names = names.with_columns(stem=pl.Series([stem(name) for name in names["entity"]], dtype=pl.String))
    best = names.sort("documents", "entity", descending=[True, False]).group_by("stem", maintain_order=True).first()
    return (
        names.join(best.select("stem", name="entity", support="documents"), on="stem")
        .filter(pl.col("entity") != pl.col("name"))
        .select(
            label=pl.lit("ORG"),
            entity="entity",
            name="name",
            entity_id=pl.lit(None, pl.String),
            reason=pl.lit("short form"),
            documents="documents",
            support="support",
        )
    )


def _person(column: str) -> pl.Expr:
    return pl.col(column).map_elements(lambda name: f"person:{slug(name)}", return_dtype=pl.String)
