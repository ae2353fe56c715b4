"""Who is named together with whom."""

from pathlib import Path
from typing import Annotated, Any, Literal

import altair as alt
import numpy as np
import polars as pl

from toolkit import (
    Corpus,
    MissingExtra,
    Names,
    Range,
    Result,
    SettingError,
    analysis,
    charts,
    exporter,
    pairs,
    schema,
    theme,
)

Within = Literal["sentence", "article"]
WIDTH, HEIGHT = 680, 520
LINKS = 90
"""Of more links than this, the strongest are drawn."""
MARGIN = 0.08
"""Of the plot, on each side of the outermost points."""
NARROW, FULL = 260, 0.8
"""Points of width at which no name is to lie on another, those of a plot in a column; and how much of a plot names may take:
where they take more of it, what counts is a wider plot, and where they take more of the widest, they may overlap."""
LETTER, LINE, GAP = 6.6, 14, 3
"""Points: width and height of a letter of a name, and what is between name and point."""
SMALLEST, LARGEST = 40, 900
"""Square points of the smallest point and of the largest."""
PAGE = alt.expr("background || 'white'")
"""What the text of the theme is to be read on."""


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


def graph(frame: pl.DataFrame):  # type: ignore[no-untyped-def]
    """The pairs as a networkx graph, each once, with their numbers."""
    try:
        import networkx as nx
    except ImportError:
        raise MissingExtra("Drawing and saving a network", "network") from None
    made = nx.Graph()
    about = [name for name in ("label", "community", "count") if name in frame.columns]
    for row in frame.unique("entity", maintain_order=True).iter_rows(named=True):
        made.add_node(row["entity"], **{name: row[name] for name in about if row[name] is not None})
    for row in frame.filter(pl.col("entity") < pl.col("other")).iter_rows(named=True):
        numbers = {name: row[name] for name in ("together", "npmi", "low", "high", "articles") if row[name] is not None}
        made.add_edge(row["entity"], row["other"], **numbers, weight=max(row["npmi"] or 0.0, 0.01))
    return made


def placed(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Each entity with its community, the largest first, and its place, from 0 to 1."""
    names = {"entity": pl.String, "community": pl.Int64, "x": pl.Float64, "y": pl.Float64}
    if frame.is_empty():
        return pl.DataFrame(schema=names)
    made = graph(frame)
    import networkx as nx

    strong = made.copy()
    strong.remove_edges_from([(a, b) for a, b, told in made.edges(data=True) if told.get("npmi", 1.0) <= 0])
    groups = sorted(
        nx.community.louvain_communities(strong, weight="weight", seed=seed),
        key=lambda group: (-len(group), min(group)),
    )
    community = {name: number for number, group in enumerate(groups, 1) for name in group}
    where = nx.spring_layout(made, weight="weight", k=1.6 / len(made) ** 0.5, iterations=200, seed=seed)
    rows = [(name, community[name], *(float(end) for end in where[name])) for name in made]
    found = pl.DataFrame(rows, schema=names, orient="row")
    axis = [_spread(pl.col(name)) for name in ("x", "y")]
    found = found.with_columns(axis).with_columns(pl.col("x", "y").fill_nan(0.5))
    x, y = apart(found, [made.nodes[name].get("count", 1) for name in made])
    return found.with_columns(x=x, y=y).with_columns(pl.col("x", "y").round(4))


def _spread(end: pl.Expr) -> pl.Expr:
    """Places from 0 to 1, half by distance and half by order: a few far off leave the crowd its room."""
    return ((end - end.min()) / (end.max() - end.min()) + (end.rank() - 1) / (pl.len() - 1)) / 2


def apart(found: pl.DataFrame, counts: list[int], steps: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Places, from 0 to 1, at which no point with its name lies on another one's, as far as there is room.

    Each is a box; two that overlap are pushed from one another, where the least is needed, by half of it in each step.
    """
    radius = np.sqrt((SMALLEST + (LARGEST - SMALLEST) * np.array(counts) / max(counts)) / np.pi)
    wide = np.maximum(found["entity"].str.len_chars().to_numpy() * LETTER, 2 * radius)
    half = np.stack([wide, 2 * radius + LINE + GAP], axis=1) / 2 + 1
    area = 4 * half.prod(axis=1).sum() / FULL
    inner = np.array([NARROW, HEIGHT]) / (1 + 2 * MARGIN)
    inner[0] = min(max(inner[0], area / inner[1]), WIDTH / (1 + 2 * MARGIN))
    half *= min(1, np.sqrt(inner.prod() / area))
    rise = np.array([0, (LINE + GAP) / 2])  # the name is above its point
    boxes, least = found.select("x", "y").to_numpy() * inner + rise, rise
    later = np.sign(np.arange(len(boxes))[:, None] - np.arange(len(boxes)))[:, :, None]
    for _ in range(steps):
        away = boxes[:, None] - boxes
        over = half[:, None] + half - np.abs(away)
        over *= (over.min(axis=2, keepdims=True) > 0) & (later != 0)
        if not over.any():
            break
        least_over = over == over.min(axis=2, keepdims=True)
        push = over * least_over * np.where(away == 0, later, np.sign(away))
        boxes = np.clip(boxes + push.sum(axis=1) / 4, least, least + inner)
    x, y = ((boxes - rise) / inner).T
    return x, y


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


def network(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A point for each entity, as large as it is often named, and a line for each pair, as wide as it is often together."""
    communities = [str(number) for number in sorted(frame["community"].unique())]
    colors = theme.colors(communities)
    color = alt.Color(
        "group:N",
        title="Community",
        scale=alt.Scale(domain=communities, range=[colors[number] for number in communities]),
    )
    span = alt.Scale(domain=[-MARGIN, 1 + MARGIN])
    x, y = (alt.X("x:Q", axis=None, scale=span), alt.Y("y:Q", axis=None, scale=span))
    numbers = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("npmi", "low", "high")]
    links = (
        alt.Chart(frame)
        .transform_filter("datum.entity < datum.other")
        .transform_window(rank="row_number()", sort=[alt.SortField("npmi", order="descending")])
        .transform_filter(f"datum.rank <= {LINKS}")
        .mark_rule(color=theme.COLOR_OTHER, opacity=0.45)
        .encode(
            x=x, y=y, x2=alt.X2("other_x:Q"), y2=alt.Y2("other_y:Q"),
            strokeWidth=alt.StrokeWidth("together:Q", title="Together", scale=alt.Scale(range=[0.6, 7]), legend=alt.Legend(values=charts.extremes(frame["together"]), format="d")),
            tooltip=[alt.Tooltip("entity:N"), alt.Tooltip("other:N"), alt.Tooltip("together:Q"), *numbers, alt.Tooltip("articles:Q")],
        )
    )  # fmt: skip
    base = (
        alt.Chart(frame)
        .transform_aggregate(
            groupby=["entity", "label", "community", "x", "y", "count"], links="count()", strongest="max(npmi)"
        )
        .transform_calculate(group="toString(datum.community)")
        .encode(x=x, y=y)
    )
    size = alt.Size(
        "count:Q",
        title="Named",
        scale=alt.Scale(range=[SMALLEST, LARGEST], zero=True),
        legend=alt.Legend(values=charts.extremes(frame["count"]), format="d", symbolFillColor=theme.MUTED),
    )
    tips = ["entity:N", "label:N", "count:Q", "links:Q", "community:Q"]
    nodes = base.mark_circle(opacity=0.95, stroke=PAGE, strokeWidth=1).encode(
        size=size, color=color, tooltip=charts.tips(tips)
    )
    above = alt.expr("-3 - sqrt(scale('size', datum.count) / PI)")  # the radius of its point
    written: dict[str, Any] = {"dy": above, "baseline": "bottom", "fontSize": 11.5, "fontWeight": 600}
    text = base.encode(text=alt.Text("entity:N"))
    halo = text.mark_text(**written, color=PAGE, stroke=PAGE, strokeWidth=3.5, strokeJoin="round", aria=False)
    names = text.mark_text(**written)
    drawn: alt.typing.ChartType = alt.layer(links, nodes, halo, names).properties(width=WIDTH, height=HEIGHT)
    return drawn


def matrix(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A cell for each pair, those of a community beside one another, coloured by npmi."""
    order = frame.sort("community", -pl.col("count"), "entity")["entity"].unique(maintain_order=True).to_list()
    turn = {name: number for number, name in enumerate(order)}
    rows = frame.sort(pl.col("entity").replace_strict(turn, return_dtype=pl.Int64))
    numbers = [alt.Tooltip(f"{name}:Q", format=".2f") for name in ("npmi", "low", "high")]
    most = max([0.1, *frame["npmi"].drop_nulls().abs().to_list()])
    middle = theme.DIVERGING[len(theme.DIVERGING) // 2]
    scale = alt.Scale(domain=[-most, 0, most], range=[theme.DIVERGING[0], middle, theme.DIVERGING[-1]])
    color = alt.Color("npmi:Q", title="NPMI", scale=scale, legend=alt.Legend(format=".1f", gradientLength=80))
    drawn: alt.typing.ChartType = charts.cells(
        rows,
        rows=["entity"],
        columns=["other"],
        number="together",
        form=",d",
        color=(color, f"abs(datum.npmi) > {most} * 0.6"),
        order=order,
        tips=["entity:N", "other:N", "together:Q", *numbers, "articles:Q"],
    )
    return drawn.properties(width=alt.Step(34))


@exporter(suffixes=(".gexf", ".graphml"))
def graphs(result: Result, path: Path) -> Path:
    """A network for Gephi and its like: GEXF or GraphML, nodes with label, community and count, links with their numbers."""
    if not {"entity", "other", "together", "npmi"} <= set(result.frame.columns):
        raise SettingError(f"{path.suffix} holds networks; this result is not one: save that of entity_network.")
    made = graph(result.frame)
    import networkx as nx

    (nx.write_gexf if path.suffix == ".gexf" else nx.write_graphml_xml)(made, path)
    return path
