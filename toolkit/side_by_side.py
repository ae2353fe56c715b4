"""Several sub-corpora side by side: which they are, and the answers for each put into one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Literal

import polars as pl

from toolkit import receipt, schema
from toolkit.corpus import Corpus
from toolkit.encodings import units
from toolkit.errors import SettingError
from toolkit.result import Result

Compare = str | Mapping[str, Mapping[str, Any] | Corpus]
"""A column of `documents`, whose values make the sub-corpora; or each by name: its conditions (as `where`), or a corpus."""

MOST = 6
"""The largest so many values of a column are compared."""
SLIMMER = {1: 1.0, 2: 0.62}
"""What is left of a chart's width if there are so many in a row; half of it if there are more."""
WIDE = 640
"""Charts wider than this, as wide as they have columns, or with panels in columns of their own, stand one below the other."""


def parts(corpus: Corpus, compare: Compare, chosen: Callable[[Corpus], Corpus]) -> tuple[dict[str, Corpus], str | None]:
    """Each sub-corpus by its name, and a sentence on the articles that are in none of them because of the column.

    `chosen` makes of a corpus of its own what `corpus` was made already: what meets the call's conditions. Raises
    SettingError if there are not two of them at least.
    """
    note = None
    if isinstance(compare, str):
        compare, note = _values(corpus, compare)
    if len(compare) < 2:
        raise SettingError(
            f"compare names {len(compare)} where two sub-corpora are the least; name each with its conditions, "
            "as in compare={'before': {'until': '2026-01-31'}, 'after': {'since': '2026-02-01'}}, or give a column."
        )
    made = {n: chosen(part) if isinstance(part, Corpus) else corpus.where(**part) for n, part in compare.items()}
    return made, note


def _values(corpus: Corpus, column: str) -> tuple[dict[str, dict[str, Any]], str | None]:
    """The largest values of a column as conditions, and what is left out."""
    documents = corpus.scan("documents")
    if column not in documents.collect_schema():
        raise SettingError(
            f"There is no column {column!r} to compare by; there are {', '.join(documents.collect_schema().names())}."
        )
    sizes = documents.group_by(column).len().sort(["len", column], descending=[True, False]).collect()
    given, bare = sizes.drop_nulls(column), int(sizes.filter(pl.col(column).is_null())["len"].sum())
    said = [f"The {MOST} largest of {given.height:,} values of {column} are compared."] if given.height > MOST else []
    said += [f"{receipt.count(bare, 'article')} without {column} left out."] if bare else []
    return {str(value): {column: value} for value in given[column].head(MOST)}, " ".join(said) or None


def together(results: Mapping[str, Result], compare: Compare, note: str | None) -> Result:
    """One answer of several: frames and evidence stacked under a first column `corpus`, charts side by side.

    Raises SettingError if the frames have different columns.
    """
    first = next(iter(results))
    for name, result in results.items():
        if result.frame.columns != results[first].frame.columns:
            raise SettingError(
                f"The answer for {name!r} has the columns {', '.join(result.frame.columns)}, that for {first!r} has "
                f"{', '.join(results[first].frame.columns)}; give the setting that decides, such as per='week', a value."
            )
    frame = pl.concat(
        [named(result.frame.lazy(), name) for name, result in results.items()], how="vertical_relaxed"
    ).collect()
    made = receipt.together({name: result.receipt for name, result in results.items() if result.receipt})
    return replace(
        results[first],
        frame=frame,
        chart=_charts(results),
        note=_notes(results, note),
        evidence=_stacked({name: result.evidence for name, result in results.items()}),
        context=_stacked({name: result.context for name, result in results.items()}),
        receipt=replace(made, compare=_asked(compare), numbers=receipt.digest(frame)),
    )


def _asked(compare: Compare) -> str | dict[str, Any]:
    """What was to be compared, as a receipt holds it: a corpus of its own by its fingerprint."""
    if isinstance(compare, str):
        return compare
    return {name: part.fingerprint if isinstance(part, Corpus) else dict(part) for name, part in compare.items()}


def named(frame: pl.LazyFrame, name: str) -> pl.LazyFrame:
    """The rows of a sub-corpus, its name in the column `corpus`."""
    return frame.select(pl.lit(name).alias(schema.CORPUS), pl.all())


def _stacked(frames: Mapping[str, pl.DataFrame | pl.LazyFrame | None]) -> pl.LazyFrame | None:
    there = [named(frame.lazy(), name) for name, frame in frames.items() if frame is not None]
    return pl.concat(there, how="vertical_relaxed") if there else None


def _notes(results: Mapping[str, Result], note: str | None) -> str | None:
    """What the notes say, once if it is the same for all."""
    notes = {name: result.note for name, result in results.items() if result.note}
    alike = len(notes) == len(results) and len(set(notes.values())) == 1
    said = [next(iter(notes.values()))] if alike else [f"{name}: {text}" for name, text in notes.items()]
    return " ".join([*said, *([note] if note else [])]) or None


def _charts(results: Mapping[str, Result]) -> Any:
    """The charts in a row, wide ones in a column, each under its name, on the same scale where they measure; none if no answer has one."""
    import altair as alt

    drawn = {name: result.chart for name, result in results.items() if result.chart is not None and len(result.frame)}
    if not drawn:
        return None
    wide = any(map(_wide, drawn.values()))
    columns = 1 if wide else len(drawn) if len(drawn) < 4 else 2
    factor = 1.0 if wide else SLIMMER.get(len(drawn), 0.5)
    panels = [_panel(chart, name, factor) for name, chart in drawn.items()]
    row = alt.concat(*panels, columns=columns, spacing=28)
    x, y = (_scale(panels, axis) for axis in ("x", "y"))
    return row.resolve_scale(color="independent", x=x, y=y)


def _panel(chart: Any, name: str, factor: float) -> Any:
    """A chart under its name, slimmer, its rows telling which corpus they are of: a click leads to that one's evidence."""
    import altair as alt

    made = _slimmer(chart.copy(deep=True, ignore=["data"]), factor)
    step = alt.CalculateTransform(calculate=json.dumps(name), **{"as": schema.CORPUS})
    made.transform = [step, *(made.transform if isinstance(made.transform, list) else [])]
    return made.properties(title=alt.TitleParams(name, anchor="start", fontSize=14))


def _wide(chart: Any) -> bool:
    """Whether a chart takes a row of its own."""
    import altair as alt

    width = getattr(chart, "width", 0)
    broad = isinstance(width, (int, float)) and width > WIDE
    return broad or isinstance(width, alt.Step) or isinstance(chart, alt.ConcatChart)


def _slimmer(chart: Any, factor: float) -> Any:
    for part in ("layer", "hconcat", "vconcat", "concat"):
        for inner in getattr(chart, part, None) or []:
            _slimmer(inner, factor)
    if getattr(chart, "spec", None) is not None:
        _slimmer(chart.spec, factor)
    if isinstance(getattr(chart, "width", None), (int, float)):
        chart.width = round(chart.width * factor)
    return chart


def _scale(panels: list[Any], axis: str) -> Literal["shared", "independent"]:
    """How panels measure along an axis: amounts and times on one scale, since they are to be compared."""
    channels = [next((encoding.get(axis) for _, encoding in units(panel.to_dict())), None) for panel in panels]
    measure = ("quantitative", "temporal")
    one = all(isinstance(channel, dict) and channel.get("type") in measure for channel in channels)
    return "shared" if one else "independent"
