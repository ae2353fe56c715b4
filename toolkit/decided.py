"""The user's decisions on names, applied to the mentions."""

from __future__ import annotations

import re

import polars as pl

from toolkit.entities.spelling import slug
from toolkit.ledger import Ledger
from toolkit.schema import ENTITIES, Label

STRETCH = 64
"""Characters of a stretch of text in which overlapping mentions are looked for."""
IDENTITY = ("label", "entity_id", "country")


def apply(
    ledger: Ledger,
    entities: pl.DataFrame,
    mentions: pl.DataFrame,
    documents: pl.DataFrame,
    sentences: pl.DataFrame,
    *,
    known: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """`entities` as the ledger wants them; what it changes is `found_by` user, with confidence 1.

    `mentions` are the same mentions before names were joined over documents: a split can name what one was called then.
    A name that a mention is given brings its label, id and country along, as most mentions in `known` (`entities`, if not
    given) have them; a person that nobody has mentioned gets an id from the name.
    """
    if not len(ledger):
        return entities
    identities = _identities(entities if known is None else pl.concat([known, entities]))
    own = entities.with_columns(within=mentions["entity"], to=pl.lit(None, pl.String))
    own = _watched(own, ledger, documents, sentences, identities)
    own = _split(own, ledger)
    becoming = ledger.becoming()
    if becoming:
        called = pl.coalesce("to", "entity")
        named = {name: to for name, to in becoming.items() if to is not None}
        dropped = [name for name, to in becoming.items() if to is None]
        own = own.filter(~called.is_in(dropped).fill_null(False))
        own = own.with_columns(to=called.replace_strict(named, default=pl.col("to"), return_dtype=pl.String))
    return _given(own, identities).select(ENTITIES.schema.names())


def _identities(known: pl.DataFrame) -> pl.DataFrame:
    """What each name is, by most of its mentions."""
    counts = known.drop_nulls("entity").group_by("entity", *IDENTITY).len()
    order = ["len", pl.col("label").cast(pl.String), "entity_id", "country"]
    best = counts.sort(order, descending=[True, False, False, False], nulls_last=True)
    return best.unique("entity", keep="first", maintain_order=True).drop("len")


def _watched(
    own: pl.DataFrame, ledger: Ledger, documents: pl.DataFrame, sentences: pl.DataFrame, identities: pl.DataFrame
) -> pl.DataFrame:
    """The mentions with those of watched names among them: they take the place of what they overlap, but for longer names."""
    watched = {made.written: made for made in ledger if made.decision == "watch"}
    if not watched:
        return own
    labels = dict(identities.select("entity", pl.col("label").cast(pl.String)).iter_rows())
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(_loose, sorted(watched, key=len, reverse=True)))})(?!\w)")
    folded = {_plain(form): made for form, made in watched.items()}
    # The expression leaves out nearly all documents; offsets in characters come from Python, for polars has them in bytes.
    holding = documents.filter(pl.col("text").str.contains_any([form.split()[0] for form in map(_first, watched)]))
    rows = []
    for doc_id, text in holding.select("doc_id", "text").iter_rows():
        for match in pattern.finditer(text):
            made = folded[_plain(match.group())]
            label = made.label or labels.get(made.name) or "OTHER"
            rows.append((doc_id, match.start(), match.end(), match.group(), label, made.name))
    columns = {
        "doc_id": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "text": pl.String,
        "label": pl.String,
        "to": pl.String,
    }
    hits = pl.DataFrame(rows, schema=columns, orient="row").with_columns(pl.col("label").cast(Label))
    pairs = _overlapping(own.select("doc_id", "start", "end"), hits.select("doc_id", "start", "end"))
    within = (pl.col("start") <= pl.col("start_hit")) & (pl.col("end") >= pl.col("end_hit"))
    longer = within & (pl.col("end") - pl.col("start") > pl.col("end_hit") - pl.col("start_hit"))
    hits = hits.join(
        pairs.filter(longer).select("doc_id", "start_hit", "end_hit"),
        left_on=["doc_id", "start", "end"], right_on=["doc_id", "start_hit", "end_hit"], how="anti",
    )  # fmt: skip
    covered = pairs.join(hits, left_on=["doc_id", "start_hit"], right_on=["doc_id", "start"], how="semi")
    kept = own.join(covered, on=["doc_id", "start", "end"], how="anti", maintain_order="left")
    cuts = sentences.select("doc_id", "sent_id", pl.col("start").alias("cut")).sort("cut")
    found = hits.sort("start").join_asof(
        cuts, left_on="start", right_on="cut", by="doc_id", strategy="backward", check_sortedness=False
    )
    found = found.with_columns(entity="to", within="text", role=pl.lit("name")).drop("cut")
    place = documents.select("doc_id").with_row_index("place")
    return (
        pl.concat([kept, found], how="diagonal")
        .join(place, on="doc_id", how="left", maintain_order="left")
        .sort("place", "start")
        .select(own.columns)
    )


def _overlapping(spans: pl.DataFrame, hits: pl.DataFrame) -> pl.DataFrame:
    """The pairs of a span and a hit that share a character: `doc_id`, `start`, `end`, `start_hit`, `end_hit`.

    They are met by the stretches of text that each touches, so that a long document costs no more than short ones.
    """
    touched = pl.int_ranges(pl.col("start") // STRETCH, (pl.col("end") - 1) // STRETCH + 1).alias("stretch")
    here, there = (frame.with_columns(touched).explode("stretch") for frame in (spans, hits))
    pairs = here.join(there, on=["doc_id", "stretch"], suffix="_hit").drop("stretch").unique()
    return pairs.filter((pl.col("start") < pl.col("end_hit")) & (pl.col("end") > pl.col("start_hit")))


def _split(own: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """The mentions that a split takes out of a name, each with the name `to` that it becomes."""
    splits = [
        (made.name, made.written, made.doc_id or None, made.becomes) for made in ledger if made.decision == "split"
    ]
    if not splits:
        return own
    columns = ["name", "form", "only", "becomes"]
    table = pl.DataFrame(splits, schema=dict.fromkeys(columns, pl.String), orient="row")
    numbered = own.with_row_index("row")
    pairs = numbered.join(table, left_on="entity", right_on="name").filter(
        ((pl.col("text") == pl.col("form")) | (pl.col("within") == pl.col("form")))
        & (pl.col("only").is_null() | (pl.col("only") == pl.col("doc_id")))
    )
    # What is decided for one document comes before what is decided for all.
    chosen = pairs.sort("only", "becomes", nulls_last=True).unique("row", keep="first", maintain_order=True)
    return (
        numbered.join(chosen.select("row", "becomes"), on="row", how="left", maintain_order="left")
        .with_columns(
            to=pl.coalesce("becomes", "to"),
            **{name: pl.when(pl.col("becomes").is_null()).then(name) for name in ("entity_id", "country")},
        )
        .select(own.columns)
    )


def _given(own: pl.DataFrame, identities: pl.DataFrame) -> pl.DataFrame:
    """The mentions under the names they are given, with what goes with these."""
    named = pl.col("to").is_not_null()
    whose = identities.rename({name: f"its_{name}" for name in IDENTITY})
    joined = own.join(whose, left_on="to", right_on="entity", how="left", maintain_order="left")
    known = pl.col("its_label").is_not_null()
    made = pl.col("to").map_elements(lambda name: f"person:{slug(name)}", return_dtype=pl.String)
    label = pl.when(known & ~(pl.col("found_by").is_null())).then("its_label").otherwise("label")
    new_id = pl.when(known).then("its_entity_id").when(pl.col("label") == "PERSON").then(made).otherwise("entity_id")
    return joined.with_columns(
        label=pl.when(named).then(label).otherwise("label"),
        entity=pl.coalesce("to", "entity"),
        entity_id=pl.when(named).then(new_id).otherwise("entity_id"),
        country=pl.when(named & known).then("its_country").otherwise("country"),
        found_by=pl.when(named).then(pl.lit("user")).otherwise("found_by"),
        confidence=pl.when(named).then(pl.lit(1.0)).otherwise("confidence"),
    )


def _plain(form: str) -> str:
    return " ".join(form.replace("’", "'").split())


def _loose(form: str) -> str:
    """A form as a pattern for which apostrophes and white space may be any."""
    return r"\s+".join(re.escape(word).replace("'", "['’]") for word in _plain(form).split())


def _first(form: str) -> str:
    """What of a form must stand in a text as it is: its first word up to an apostrophe."""
    return re.split("['’]", form.strip())[0] or form
