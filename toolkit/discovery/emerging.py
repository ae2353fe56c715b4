"""Which topics have become more frequent since a day."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from toolkit.association import adjusted, log_likelihood, p_value
from toolkit.errors import SettingError

EMERGING = pl.Schema(
    {
        "topic": pl.String, "id": pl.String, "before": pl.Float64, "since": pl.Float64, "ratio": pl.Float64, "p": pl.Float64,
        "first": pl.Date,
    }
)  # fmt: skip


def emerged(held: pl.DataFrame, since: datetime, names: list[str], ids: list[str]) -> pl.DataFrame:
    """What `Discovery.emerging` gives, from a row for each article: `published`, and for each id whether it holds the topic."""
    new = held["published"] >= since
    sizes = (held.height - int(new.sum()), int(new.sum()))
    if not all(sizes):
        raise SettingError(
            f"{sizes[0]:,} dated articles lie before {since:%Y-%m-%d} and {sizes[1]:,} since; both are needed."
        )
    rows = [
        (
            name,
            id_,
            int((held[id_] & ~new).sum()),
            int((held[id_] & new).sum()),
            held["published"].filter(held[id_]).min(),
        )
        for name, id_ in zip(names, ids, strict=True)
    ]
    told = pl.DataFrame(rows, schema=["topic", "id", "old", "new", "first"], orient="row")
    both = pl.col("old") + pl.col("new")
    g2 = log_likelihood(pl.col("new"), both, pl.lit(sizes[1]), pl.lit(held.height))
    rate = [(pl.col(count) + 0.5) / (size + 0.5) for count, size in (("old", sizes[0]), ("new", sizes[1]))]
    return (
        told.with_columns(
            before=pl.col("old") / sizes[0], since=pl.col("new") / sizes[1], ratio=rate[1] / rate[0], g2=g2
        )
        .with_columns(p=adjusted(p_value(pl.col("g2"))))
        .sort(pl.col("ratio") > 1, "g2", "topic", descending=[True, True, False])
        .select(pl.col(name).cast(dtype) for name, dtype in EMERGING.items())
    )
