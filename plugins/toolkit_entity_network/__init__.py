"""Who is named together with whom."""

from pathlib import Path
from typing import Annotated, Literal

import polars as pl

from toolkit import Corpus, Names, Range, Result, SettingError, analysis, exporter, pairs, schema
from toolkit_entity_network.drawing import LINKS, matrix, network
from toolkit_entity_network.layout import graph, placed

Within = Literal["sentence", "article"]


@analysis
def entity_network(
    corpus: Corpus,
    *,
    kind: Names = "names",
    within: Within = "sentence",
    show: Literal["network", "matrix"] = "network",
    top: Annotated[int, Range(2, 100)] = 30,
    least: Annotated[int, Range(1, 1000)] = 2,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Who is named together with whom.

    Gives a row for each pair of the `top` most named entities, in both directions, that a sentence (or article) names
    together at least `least` times: `entity`, `other`, `together` (how often), `npmi` (how much more often than by chance:
    1 always, 0 as by chance, below 0 less; Bouma 2009), its interval `low` to `high`, `articles` (with the pair), `count` and
    `other_count` (of each); and of `entity` its `label`, `community`, and place in the picture, `x` and `y` (`other_x`,
    `other_y`).

    Communities are those of Louvain modularity (Blondel et al. 2008) over links weighed by npmi, where it is above 0; the
    picture is laid out by forces (Fruchterman and Reingold 1991) and its names pushed apart. `within` says whether together is in one sentence or
    in one article; `show` draws the network or the matrix. Intervals (95%) are a bootstrap over articles, for pairs in 5 and
    more. Saved as .gexf or .graphml, it opens in Gephi and its like. Needs the extra `network`.
    """
    mentions = corpus.mentions(kind)
    found = pairs(corpus, mentions, key="entity", within=within, top=top, least=least, resamples=resamples, seed=seed)
    labels = mentions.group_by("entity").agg(label=pl.col("label").cast(pl.String).mode().sort().first())
    frame = found.frame.join(placed(found.frame, seed), on="entity", how="left", maintain_order="left")
    places = frame.select(other="entity", other_x="x", other_y="y").unique()
    frame = (
        frame.join(places, on="other", how="left", maintain_order="left")
        .join(labels.collect(), on="entity", how="left", maintain_order="left")
        .select(*found.frame.columns, "label", "community", "x", "y", "other_x", "other_y")
    )
    draw = network if show == "network" else matrix
    return Result(frame, draw(frame), note=remark(found.things, frame), evidence=found.evidence)


def remark(things: pl.DataFrame, frame: pl.DataFrame) -> str | None:
    """Which entities stand alone, and what the pairs rest on."""
    once, few = frame.height // 2, frame.filter(pl.col("low").is_null()).height // 2
    if not once:
        return "No two entities are named together so often; take a smaller `least`, or within='article'."
    alone = things.height - frame["entity"].n_unique()
    said = (
        [f"{alone:,} of the {things.height:,} most named stand with none of the others and are not drawn."]
        if alone
        else []
    )
    if once > LINKS:
        said.append(f"The {LINKS} strongest of {once:,} links are drawn.")
    if few:
        said.append(f"{few:,} of {once:,} pairs are in fewer than {schema.FEW} articles, and have no interval.")
    return " ".join(said) or None


@exporter(suffixes=(".gexf", ".graphml"))
def graphs(result: Result, path: Path) -> Path:
    """A network for Gephi and its like: GEXF or GraphML, nodes with label, community and count, links with their numbers."""
    if not {"entity", "other", "together", "npmi"} <= set(result.frame.columns):
        raise SettingError(f"{path.suffix} holds networks; this result is not one: save that of entity_network.")
    made = graph(result.frame)
    import networkx as nx

    (nx.write_gexf if path.suffix == ".gexf" else nx.write_graphml_xml)(made, path)
    return path
