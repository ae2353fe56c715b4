"""Where the points of a network lie: by forces, then pushed apart until their names can be read."""

import numpy as np
import polars as pl

from toolkit import MissingExtra

WIDTH, HEIGHT = 680, 520
"""Points of the plot."""
MARGIN = 0.08
"""Of the plot, on each side of the outermost points."""
NARROW, FULL = 260, 0.8
"""Points of width at which no name is to lie on another, those of a plot in a column; and how much of a plot names may take:
where they take more of it, what counts is a wider plot, and where they take more of the widest, they may overlap."""
LETTER, LINE, GAP = 6.6, 14, 3
"""Points: width and height of a letter of a name, and what is between name and point."""
SMALLEST, LARGEST = 40, 900
"""Square points of the smallest point and of the largest."""


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
