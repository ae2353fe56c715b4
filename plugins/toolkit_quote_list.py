"""What was said, and by whom."""

from typing import Annotated, Literal

import altair as alt
import polars as pl

from toolkit import Corpus, Entity, Range, Result, SettingError, Topic, analysis, schema, theme

REACH = 96
"""How many characters of a quotation are drawn."""
LINE = 34


@analysis
def quote_list(
    corpus: Corpus,
    *,
    speaker: Entity = "",
    topic: Topic = "",
    kind: Literal["all", "direct", "indirect", "mixed"] = "all",
    order: Literal["surest", "newest", "oldest"] = "surest",
    least: Annotated[float, Range(0.0, 1.0)] = 0.0,
    parser: Literal["auto", "none"] = "auto",
    top: Annotated[int, Range(1, 500)] = 25,
) -> Result:
    """What was said, and by whom.

    Gives a row for each of the first `top` quotations: `speaker` (canonical name, else as written, else null), `text` (what was
    said), `kind` (direct, indirect, mixed), `cue` (said, according to ...), `confidence` (0..1 that the speaker is right),
    `published`, `outlet`, `title`, `doc_id`, `sent_id`, `start`, `end`.

    `speaker` and `topic` take those of one speaker, or in sentences for which a topic holds; `least` those at least so sure.
    `order` is surest (whole quotations of a named speaker first), newest or oldest; undated ones come last. Captions,
    credits and page furniture do not count; articles that repeat another are left out with dedupe="stories".
    """
    if topic and topic not in (known := [*corpus.codebook.topics, schema.OTHER]):
        raise SettingError(f"There is no topic {topic!r} in the codebook; there are {', '.join(known)}.")
    documents = corpus.scan("documents").select("doc_id", "published", "outlet", "title")
    rows = corpus.frame("quotes", parser=parser).lazy()
    rows = rows.join(
        corpus.grouped().select("doc_id", "sent_id"), on=["doc_id", "sent_id"], how="semi", maintain_order="left"
    )
    if topic:
        holds = corpus.scan("topics").filter(pl.col("topic") == topic, pl.col("weight") >= schema.HOLDS)
        rows = rows.join(holds, on=["doc_id", "sent_id"], how="semi", maintain_order="left")
    named = pl.col("speaker_entity").is_not_null()
    rows = rows.with_columns(named=named, speaker=pl.coalesce("speaker_entity", "speaker"))
    rows = rows.filter(pl.col("confidence") >= least, pl.lit(kind == "all") | (pl.col("kind") == kind))
    found = (rows.filter(pl.col("speaker") == speaker) if speaker else rows).join(
        documents, on="doc_id", maintain_order="left"
    )
    every = found.collect()
    first = {
        "surest": [~pl.col("named"), pl.col("kind") != "direct", -pl.col("confidence"), pl.col("published")],
        "newest": [-pl.col("published").dt.epoch()],
        "oldest": [pl.col("published")],
    }[order]
    frame = every.sort(*first, "doc_id", "start", nulls_last=True, maintain_order=True).head(top).select(COLUMNS)
    return Result(
        frame,
        chart(frame),
        note=remark(every, frame, speaker),
        evidence=frame.select("doc_id", "sent_id", "start", "speaker"),
    )


COLUMNS = (
    "speaker",
    "text",
    "kind",
    "cue",
    "confidence",
    "published",
    "outlet",
    "title",
    "doc_id",
    "sent_id",
    "start",
    "end",
)


def remark(every: pl.DataFrame, frame: pl.DataFrame, speaker: str) -> str:
    """How many quotations there are, how many are shown, and how many have no date."""
    whose = f" of {speaker}" if speaker else ""
    if every.is_empty():
        return f"There is no quotation{whose} that meets these conditions."
    articles = every["doc_id"].n_unique()
    said = f"{every.height:,} quotations{whose} in {articles:,} article{'s' if articles > 1 else ''}"
    said += f"; {frame.height:,} are shown." if frame.height < every.height else "."
    bare = every["published"].null_count()
    return f"{said} {bare:,} have no date." if bare else said


def chart(frame: pl.DataFrame) -> alt.typing.ChartType:
    """A line for each quotation: who, what, and where it was published."""
    told = [name for name in ("outlet", "published") if frame[name].null_count() < frame.height]
    day = "(datum.published ? timeFormat(toDate(datum.published), '%-d %b %Y') : '')"
    source = " + ' · ' + ".join({"outlet": "(datum.outlet || '')", "published": day}[name] for name in told) or "''"
    marks = "datum.kind == 'direct' ? ['“', '”'] : ['', '']"
    base = (
        alt.Chart(frame)
        .transform_window(line="row_number()")
        .transform_calculate(marks=marks, who="datum.speaker || 'speaker not known'", where=source)
        .transform_calculate(said=f"datum.marks[0] + truncate(replace(datum.text, /\\s+/g, ' '), {REACH}, 'right', '…') + datum.marks[1]")
        .encode(
            y=alt.Y("line:O", axis=None),
            tooltip=[alt.Tooltip("speaker:N"), alt.Tooltip("text:N"), alt.Tooltip("kind:N"), alt.Tooltip("cue:N"), alt.Tooltip("confidence:Q", format=".2f"), alt.Tooltip("title:N"), alt.Tooltip("outlet:N"),
                     alt.Tooltip("published:T", format="%-d %b %Y")],
        )
    )  # fmt: skip
    who = base.mark_text(align="left", fontWeight=600, dy=-7, limit=330, color=theme.PALETTE[0]).encode(
        x=alt.XValue(0), text=alt.Text("who:N")
    )
    where = base.mark_text(align="right", fontSize=11, dy=-7, color=theme.MUTED, limit=320).encode(
        x=alt.XValue(660), text=alt.Text("where:N")
    )
    said = base.mark_text(align="left", dy=8, limit=660).encode(x=alt.XValue(0), text=alt.Text("said:N"))
    layers = [said, who, *([where] if told else [])]
    drawn: alt.typing.ChartType = alt.layer(*layers).properties(width=660, height=alt.Step(LINE + 6))
    return drawn
