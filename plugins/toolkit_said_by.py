"""Who is heard, and how much."""

from typing import Annotated, Literal

import altair as alt
import polars as pl

from toolkit import By, Corpus, Count, Range, Result, Topic, analysis, charts, division, schema, theme, voices


@analysis
def said_by(
    corpus: Corpus,
    *,
    topic: Topic = "",
    by: By = "all",
    count: Count = "words",
    kind: Literal["all", "direct", "indirect", "mixed"] = "all",
    parser: Literal["auto", "none"] = "auto",
    top: Annotated[int, Range(1, 100)] = 15,
    resamples: Annotated[int, Range(0, 2000)] = 200,
    seed: int = 0,
) -> Result:
    """Who is heard, and how much.

    Gives a row for each group of `by` and each speaker, most first: the group, `speaker` (canonical name; `not named` for
    speakers without one, `other` for all beyond the `top`), `amount` (quoted words, quotations, or articles or stories, in
    each of which the quotations share equally), `share` (of all that is quoted in the group; sums to 1), its interval `low`
    to `high`, `quotes` (quotations), `articles` (that quote the speaker), and what the share is of: `total`, from
    `of_articles` (that quote anyone).

    `topic` keeps quotations that begin in a sentence on this topic. `kind` takes direct, indirect (reported) or mixed quotations alone; `parser` is the setting of `quotes`. By topic, a
    quotation counts for the topics of the sentence it begins in. Intervals (95%) are a bootstrap over articles, from 5 on.
    """
    spoken = voices(corpus, by=by, count=count, kind=kind, topic=topic, parser=parser)
    groups = corpus.groups(by)
    told = division(
        spoken,
        key=["speaker"],
        groups=groups,
        apart=["not named"],
        also=["quote"],
        top=top,
        resamples=resamples,
        seed=seed,
    )
    frame = told.frame.rename({"mentions": "quotes"})
    drawn = table(frame, [group for group in groups if group != "doc_id"]) if groups else bars(frame, count)
    return Result(
        frame, drawn, note=" ".join(filter(None, [remark(spoken, topic), told.note])) or None, evidence=told.evidence
    )


def remark(spoken: pl.LazyFrame, topic: str) -> str | None:
    """How many quotations have no speaker with a name."""
    about = f" on {topic}" if topic else ""
    once = spoken.select("doc_id", "sent_id", "quote", "speaker").unique()
    every, bare = once.select(pl.len(), bare=(pl.col("speaker") == "not named").sum()).collect().row(0)
    if not every:
        return f"Nobody is quoted{about}."
    return f"{bare:,} of {every:,} quotations{about} name no speaker." if bare else None


def bars(frame: pl.DataFrame, count: str) -> alt.typing.ChartType:
    """A bar for each speaker with its interval; grey for those without a name and all others."""
    unit = {"words": "quoted words", "sentences": "quotations"}.get(count, f"{count} that quote")
    plain = f"indexof(['{schema.OTHER}', 'not named'], datum.speaker) >= 0"
    rows = (
        alt.Chart(frame)
        .transform_calculate(
            end="isValid(datum.high) ? datum.high : datum.share",
            says="format(datum.share, '.1~%') + '  ·  ' + format(datum.amount, ',.1~f')",
        )
        .encode(
            x=alt.X("share:Q", title=f"Share of {unit}, and how many", axis=alt.Axis(format=".1~%")),
            y=alt.Y("speaker:N", sort=None, title=None),
            tooltip=charts.tips(tips([])),
        )
    )
    color = alt.ColorValue(theme.PALETTE[0], condition={"test": plain, "value": theme.COLOR_OTHER})
    span = rows.mark_rule(color=theme.MUTED, strokeWidth=1.5).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))
    text = rows.mark_text(align="left", dx=6).encode(x=alt.X("end:Q"), text=alt.Text("says:N"))
    return alt.layer(rows.mark_bar().encode(color=color), span, text).properties(width=480)


def table(frame: pl.DataFrame, groups: list[str]) -> alt.typing.ChartType:
    """A cell for each speaker and group; the colours tell apart those that have a name."""
    named = frame.filter(~pl.col("speaker").is_in([schema.OTHER, "not named"]))
    most = max(named["share"].to_list(), default=1.0)
    drawn: alt.typing.ChartType = charts.cells(
        frame,
        rows=["speaker"],
        columns=groups,
        number="share",
        span=("low", "high"),
        form=".0%" if most > 0.1 else ".1%",
        color=charts.ramp(named, "share", title="Share"),
        tips=tips(groups),
    )
    return drawn


def tips(groups: list[str]) -> list[str | alt.Tooltip]:
    shares: list[str | alt.Tooltip] = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    quotes = alt.Tooltip("quotes:Q", title="Quotations", format=",d")
    amount = alt.Tooltip("amount:Q", format=",.1~f")
    return [*groups, "speaker:N", amount, *shares, quotes, "articles:Q", "of_articles:Q"]
