"""What a program of someone else may look like. Checked by `mypy --strict` from outside, against the installed package."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, assert_type

import altair as alt
import polars as pl

import toolkit as tk


@tk.analysis(needs=("documents.outlet",))
def long_sentences(
    corpus: tk.Corpus,
    *,
    by: tk.By = "outlet",
    count: tk.Count = "sentences",
    kind: tk.Names = "people",
    least: Annotated[int, tk.Range(1, 60)] = 20,
    order: Literal["most", "least"] = "most",
) -> tk.Result:
    """How many long sentences each group has."""
    rows = corpus.grouped(by, count).filter(pl.col("words") >= least)
    groups = corpus.groups(by)
    frame = rows.group_by(groups).agg(pl.col("amount").sum()).sort("amount", descending=order == "most").collect()
    chart = alt.Chart(frame).mark_bar().encode(x="amount:Q", y=alt.Y(f"{groups[0]}:N", sort=None))
    note = f"{corpus.mentions(kind).select(pl.len()).collect().item()} mentions of {kind}."
    return tk.Result(frame, chart, note=note, evidence=rows.select("doc_id", "sent_id", *groups))


@tk.annotator
def shouted(corpus: tk.Corpus) -> pl.DataFrame:
    """Which sentences shout."""
    return corpus.sentences.select("doc_id", "sent_id", loud=pl.col("text").str.contains("!"))


@tk.loader(suffixes=(".lines",))
def lines(source: tk.Source) -> Iterator[tk.Article]:
    """A file of one article a line."""
    with source.open() as stream:
        for line in stream.read().decode("utf8", "replace").splitlines():
            yield tk.Article(line, outlet=source.name)


@tk.exporter(suffixes=(".count",))
def count(result: tk.Result, path: Path) -> Path:
    """The number of rows."""
    path.write_text(str(result.frame.height), encoding="utf8")
    return path


def main(folder: Path) -> None:
    """Use of every part of the public face; each assertion is false for a type checker that sees Any."""
    codebook = assert_type(tk.Codebook.read({"Iran": ["Iran*", "Tehran"]}), tk.Codebook)
    corpus = assert_type(
        tk.load(folder, topics=codebook, dedupe="drop", topic_model="seeds", progress=False), tk.Corpus
    )
    assert_type(tk.open(folder), tk.Corpus)
    assert_type(tk.sample(), tk.Corpus)
    assert_type(corpus.where(topic="Iran", since="2026-02-01", section="World"), tk.Corpus)
    assert_type(corpus.sentences, pl.DataFrame)
    assert_type(corpus.scan("entities"), pl.LazyFrame)
    assert_type(corpus.frame("quotes", parser="none"), pl.DataFrame)
    assert_type(corpus.merge("U.S.", "United States"), tk.Corpus)
    assert_type(corpus.check(), tk.Result)
    assert_type(corpus.fingerprint, str)
    assert_type(corpus.save(folder), Path | str)

    tk.use(long_sentences)
    own = assert_type(long_sentences(corpus, least=3), tk.Result)
    mix = assert_type(
        tk.analyses.topic_mix(corpus, by="section", where={"outlet": "Echo"}, compare="outlet"), tk.Result
    )
    assert_type(tk.analyses["topic_mix"](corpus), tk.Result)
    assert_type(mix.frame, pl.DataFrame)
    assert_type(mix.sentences(topic="Iran"), pl.DataFrame)
    assert_type(mix.titled(title="Mix").styled(theme="plain"), tk.Result)
    assert_type(mix.save(folder / "mix.svg"), Path)
    assert_type(mix.view().selected, pl.DataFrame)

    sides = assert_type(tk.compare(corpus, tk.sample(), names=("ours", "theirs")), tk.Result)
    assert_type(tk.report(corpus, folder / "report.html", analyses=["topic_mix", own, sides]), Path)
    assert_type(tk.replay(folder / "mix.svg", corpus).same, bool)
    explorer = tk.explore(corpus, mix, where={"topic": "Iran"})
    assert_type(explorer.selected, pl.DataFrame)
    assert_type(explorer.result, tk.Result | None)
    assert_type(tk.dashboard(corpus, ["topic_mix", "volume"]).code, str)
    assert_type(tk.validate(corpus, n=10).corpus, tk.Corpus)
    assert_type(tk.check_plugin(long_sentences), pl.DataFrame)
    assert_type(tk.plugins.table(), pl.DataFrame)

    ledger = assert_type(tk.Ledger.read(folder / "ledger.csv"), tk.Ledger)
    changed = ledger.with_decisions([tk.Decision("merge", "U.S.", "United States")])
    assert_type(corpus.with_ledger(changed, save=True), tk.Corpus)
    assert_type(tk.discover(corpus, extra=3).codebook, tk.Codebook)
    assert_type(tk.__version__, str)
    try:
        tk.load("nowhere")
    except tk.ToolkitError as error:
        print(error)


def wrong(corpus: tk.Corpus) -> None:
    """What a type checker must find: an ignored line in which it finds nothing is an error, too."""
    tk.lod("articles/")  # type: ignore[attr-defined]
    tk.load("articles/", dedupe="of")  # type: ignore[arg-type]
    corpus.where(since=3)  # type: ignore[arg-type]
    print(tk.Codebook.read({"Iran": ["Iran*"]}).topic)  # type: ignore[attr-defined]
    tk.analyses.topic_mix("articles/")  # type: ignore[arg-type]
    tk.Decision("merges", "U.S.")  # type: ignore[arg-type]
