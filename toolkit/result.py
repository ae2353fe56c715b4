"""The answer of an analysis: a frame, the chart drawn from it, and the evidence behind each number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from toolkit import alttext, figure, schema, style
from toolkit.controls import checked
from toolkit.encodings import percents
from toolkit.errors import SettingError
from toolkit.figure import Titles
from toolkit.pack import packed
from toolkit.plugin import Plugin
from toolkit.receipt import Receipt
from toolkit.registry import registry
from toolkit.style import Style
from toolkit.target import written

if TYPE_CHECKING:
    import altair as alt

    from toolkit.widgets.linked import LinkedView

PLACE = ("doc_id", "sent_id")
EVIDENCE = ("doc_id", "sent_id", "text", "title", "outlet", "published", "url", "start", "end")
"""What `Result.sentences` joins to the evidence."""


@dataclass(frozen=True, eq=False)
class Result:
    """What an analysis gives.

    `frame` is the answer as polars frame; `chart` a plain Altair chart drawn from it; `note` a remark the reader should
    see; `evidence` a frame of `doc_id`, `sent_id` and columns that `frame` has too, which say what each sentence is
    evidence for; `receipt` (added by the caller) what it was computed from; `measure` the column that the words on the
    chart tell of, where it is not the first number drawn. `frame, chart = result` works.
    """

    frame: pl.DataFrame
    chart: alt.typing.ChartType | None = None
    note: str | None = None
    evidence: pl.DataFrame | pl.LazyFrame | None = None
    receipt: Receipt | None = None
    titles: Titles = field(default=Titles())
    style: Style = field(default=Style())
    context: pl.LazyFrame | None = field(default=None, repr=False)
    measure: str | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter((self.frame, self.chart))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that frame and evidence share: what `sentences` can be asked by."""
        if self.evidence is None:
            return ()
        return tuple(name for name in self.evidence.lazy().collect_schema().names() if name in self.frame.columns)

    def sentences(self, **keys: Any) -> pl.DataFrame:
        """The sentences behind the whole result or, with keys, behind one mark: `mix.sentences(topic="Iran")`.

        Gives the evidence's columns and `text`, `title`, `outlet`, `published`, `url`, `start`, `end`, in the corpus's
        order. A value may be a list (any of these) or a pair of two dates or numbers in a tuple (from, to).
        Raises SettingError for an unknown key, or if the analysis gave no evidence.
        """
        if self.evidence is None or self.context is None:
            name = self.receipt.plugin if self.receipt else "This result"
            raise SettingError(
                f"{name} gave no evidence, so there are no sentences to show; its numbers are in result.frame."
            )
        unknown = [key for key in keys if key not in self.keys]
        if unknown:
            raise SettingError(
                f"There is no key {unknown[0]!r} to find sentences by; the keys are: {', '.join(self.keys) or 'none'}."
            )
        found = self.evidence.lazy().filter(matching(keys))
        return self._located(found)

    def marks(self, frame: pl.DataFrame, *, shown: int) -> pl.DataFrame:
        """Up to `shown` sentences behind each row of a frame of keys: `mark` (the row's number), `behind` (how many), the sentence."""
        if self.evidence is None or self.context is None or frame.is_empty():
            return pl.DataFrame(schema={"mark": pl.UInt32, "behind": pl.UInt32})
        wanted = frame.lazy().with_row_index("mark")
        found = self.evidence.lazy().join(wanted, on=frame.columns, nulls_equal=True, maintain_order="left")
        first = found.with_columns(behind=pl.len().over("mark")).filter(pl.int_range(pl.len()).over("mark") < shown)
        place = [name for name in (*PLACE, schema.CORPUS) if name in first.collect_schema()]
        return self._located(first.select("mark", "behind", *place).collect().lazy()).sort("mark", maintain_order=True)

    def _located(self, found: pl.LazyFrame) -> pl.DataFrame:
        """Evidence with its sentences: their text, place and article, in the corpus's order."""
        columns = found.collect_schema()
        context = pl.LazyFrame() if self.context is None else self.context
        if "doc_id" not in columns:
            return context.head(0).join(found, how="cross").collect()
        on = [*PLACE, *([schema.CORPUS] if schema.CORPUS in columns else [])]
        # What the evidence says of a sentence, such as its group, goes before what its article says under the same name.
        context = context.drop([name for name in columns if name not in on], strict=False)
        return context.join(found, on=on, how="inner", maintain_order="left_right").collect()

    def titled(self, **words: str) -> Result:
        """The same result with its own title, subtitle, source, note, byline, alt text or logo (a picture's path)."""
        known = [f.name for f in fields(Titles)]
        unknown = [name for name in words if name not in known]
        if unknown:
            raise SettingError(f"A figure has no {unknown[0]!r}; it has {', '.join(known)}.")
        return replace(self, titles=replace(self.titles, **words))

    @property
    def words(self) -> Titles:
        """The words around the figure, those not given filled in from the receipt."""
        mine, receipt = self.titles, self.receipt
        return Titles(
            title=mine.title or (receipt.title if receipt else "Result"),
            subtitle=mine.subtitle,
            source=mine.source or (receipt.source_line(self.style.locale) if receipt else None),
            note=mine.note or self.note,
            byline=mine.byline,
            logo=mine.logo,
        )

    def styled(
        self, *, theme: str | Path | None = None, preset: str | None = None, locale: str | None = None
    ) -> Result:
        """The same result in another theme, size or language of numbers and dates; what is not named stays as it is.

        `theme` is house, plain, dark, high-contrast, print, or a TOML file of yours; `preset` column, full, slide, square
        or print; `locale` de, en, es or fr. Raises SettingError, naming what exists, for any other.
        """
        return replace(self, style=style.changed(self.style, look=theme, size=preset, language=locale))

    @cached_property
    def spec(self) -> dict[str, Any] | None:
        """The chart as Vega-Lite, its data inside; None if there is no chart or nothing to draw."""
        from toolkit import charts

        return None if self.chart is None or self.frame.is_empty() else charts.specification(self.chart)

    @property
    def drawn(self) -> pl.DataFrame:
        """The rows of the frame that the chart draws: some may be noise, such as topics that were not found."""
        data = getattr(self.chart, "data", None)
        return data if isinstance(data, pl.DataFrame) and data.schema == self.frame.schema else self.frame

    @property
    def figure(self) -> dict[str, Any]:
        """The chart as it is shown and exported, as Vega-Lite: with title, source line and note; a sentence if there is nothing to draw."""
        return self._dressed(self.words, style.width(self.style))

    @property
    def drawing(self) -> dict[str, Any]:
        """The figure as Vega-Lite in its size and language; whoever draws it puts `style.theme` under it."""
        return style.drawn(partial(self._dressed, self.words), self.style)

    @property
    def bare(self) -> dict[str, Any]:
        """The drawing without the words around it, for documents that have a place of their own for these."""
        return style.drawn(partial(self._dressed, Titles()), self.style)

    def _dressed(self, words: Titles, width: float) -> dict[str, Any]:
        return figure.dressed(self.spec, self.frame, words, width=width)

    @property
    def axes(self) -> tuple[str, dict[str, str]]:
        """What kind of mark the chart draws, and which column of the frame is on x, y and colour."""
        return alttext.axes(self.drawn, self.spec)

    @property
    def finding(self) -> list[alttext.Piece]:
        """What stands out, in pieces of a sentence, those that tell of one mark with its row."""
        return alttext.pieces(self.drawn, self.spec, keys=self.keys, measure=self.measure)

    @property
    def flat(self) -> pl.DataFrame:
        """The frame with nested columns as JSON, for tables that hold plain values."""
        nested = [column for column in self.frame if column.dtype.is_nested()]
        return self.frame.with_columns(_json(column) for column in nested)

    @property
    def printed(self) -> pl.DataFrame:
        """The frame as text, for tables in documents: shares in per cent, moments as days, nothing where a value is missing."""
        shares = _shares(self.frame.columns, percents(self.spec or {}))
        return self.flat.select(_printed(column, column.name in shares) for column in self.flat)

    @property
    def alt(self) -> str:
        """The chart in words: the author's, or written from the frame."""
        return self.titles.alt or alttext.describe(
            self.drawn, self.spec, self.words.title or "", keys=self.keys, measure=self.measure
        )

    @property
    def stamp(self) -> str:
        """The receipt in letters that any file can hold; `tk.replay` finds them there."""
        return self.receipt.stamp if self.receipt else ""

    def view(self) -> LinkedView:
        """The ipywidgets view: the chart and, below it, the evidence of the mark that is clicked; `.selected` is a frame."""
        from toolkit import widgets

        return widgets.view(self.figure, self._evidence_of, self.keys, alt=self.alt)

    def _evidence_of(self, selection: dict[str, Any]) -> pl.DataFrame:
        return self.sentences(**{key: value for key, value in selection.items() if key in self.keys})

    def save(
        self,
        path: str | Path,
        *,
        pack: bool = False,
        theme: str | Path | None = None,
        preset: str | None = None,
        locale: str | None = None,
        **settings: Any,
    ) -> Path:
        """Write the result to a file; the suffix picks the exporter (svg, png, pdf, html, json, csv, xlsx ...). Gives the path.

        With `pack`, `path` is a folder that gets the figure in every format, with a README. `theme`, `preset` and `locale`
        are those of `styled`; further settings are the exporter's, such as `scale` for PNG. Raises SettingError for a
        suffix or a setting that does not exist, MissingExtra for a format whose extra is not installed, and OSError if
        the file cannot be written.
        """
        target, styled = Path(path).expanduser(), self.styled(theme=theme, preset=preset, locale=locale)
        if pack:
            return packed(styled, target)
        exporter = exporter_for(target)
        given = checked(exporter.name, exporter.settings, settings)
        with written(target) as ready:
            return Path(exporter.function(styled, ready, **given))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        from toolkit import charts

        data, metadata = charts.bundle(self.figure, alt=self.alt, text=repr(self))
        return data, metadata | ({"toolkit": {"receipt": self.receipt.told}} if self.receipt else {})

    def __repr__(self) -> str:
        words = self.words
        lines = [words.title or "Result", str(self.frame), words.source or "", words.note or ""]
        return "\n".join(line for line in lines if line)


def exporter_for(path: Path) -> Plugin:
    """The exporter that writes files of this suffix; raises SettingError, naming those that exist, if none does."""
    exporters = registry.of("exporter")
    for plugin in exporters.values():
        if path.suffix.lower() in plugin.declared.suffixes:
            return plugin
    known = sorted(suffix for plugin in exporters.values() for suffix in plugin.declared.suffixes)
    raise SettingError(
        f"No exporter writes {path.suffix or 'a file without suffix'} ({str(path)!r}); there are exporters for {', '.join(known)}."
    )


def _json(column: pl.Series) -> pl.Series:
    said = [None if value is None else json.dumps(value, default=str, ensure_ascii=False) for value in column.to_list()]
    return pl.Series(column.name, said, dtype=pl.String)


def _shares(names: list[str], drawn: set[str]) -> set[str]:
    """The columns in per cent: shares, what the chart has so, and their intervals: `low` and `high` stand after their number."""
    shares = {name for name in names if alttext.is_share(name)} | drawn
    if "low" in names[1:] and names[names.index("low") - 1] in shares:
        shares |= {"low", "high"}
    return shares | {f"{name}_{end}" for name in shares for end in ("low", "high")}


def _printed(column: pl.Series, share: bool) -> pl.Series:
    form = (
        "{:.1%}"
        if share and column.dtype.is_float()
        else "{:,.4g}"
        if column.dtype.is_float()
        else "{:%Y-%m-%d}"
        if column.dtype == pl.Datetime
        else "{}"
    )
    return pl.Series(column.name, ["" if value is None else form.format(value) for value in column], dtype=pl.String)


def matching(keys: Mapping[str, Any]) -> pl.Expr:
    """Which rows have these values: of a list any, of a pair in a tuple those from one to the other."""
    return pl.all_horizontal([_matches(key, value) for key, value in keys.items()] or pl.lit(True))


def _matches(key: str, value: Any) -> pl.Expr:
    column = pl.col(key)
    if isinstance(value, list):
        return column.is_in(value)
    if isinstance(value, tuple):
        return column.is_between(*value)
    return column.is_null() if value is None else column == value
