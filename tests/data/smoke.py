"""A little of everything, with the versions that are installed: run in environments that have the oldest or newest of all."""

import asyncio
import re
import sys
from pathlib import Path

import altair as alt

import toolkit as tk
from toolkit.charts import VEGA_MIME

here = Path(sys.argv[1])
corpus = tk.open(tk.sample().save(here / "corpus"))
assert corpus.where(topic="Iran", since="2026-02-01").documents.height
assert corpus.add([{"text": "Gas prices fell in Vienna on Monday.", "outlet": "Desk"}], progress=False).refit()
for name in ("quotes", "places", "dates", "document_topics"):
    assert corpus.frame(name).height, name

answered = []
for name in dir(tk.analyses):
    try:
        result = tk.analyses[name](corpus)
    except (tk.MissingExtra, tk.NeedsError):
        continue
    shown, _ = result._repr_mimebundle_()
    assert VEGA_MIME in shown, name
    assert result.save(here / f"{name}.svg").stat().st_size > 1000, name
    answered.append(name)
assert len(answered) > 25, answered

mix = tk.analyses.topic_mix(corpus, by="outlet", compare={"a": {"topic": "Iran"}, "b": {"topic": "France"}})
for suffix in ("png", "pdf", "html", "json", "csv", "parquet"):
    assert mix.save(here / f"mix.{suffix}").stat().st_size > 100, suffix
assert tk.replay(here / "topic_mix.svg", corpus).same
assert tk.compare(corpus.where(outlet="Pellhaven Echo"), corpus.where(outlet="Corvane Wire")).frame.height
assert tk.report(corpus, here / "report.html", analyses=["topic_mix", "entity_ranking"]).stat().st_size > 100_000
assert set(tk.check_plugin(Path(__file__).with_name("toolkit_firsts.py"))["holds"]) == {True}


async def explored() -> None:
    explorer = tk.explore(corpus)
    explorer.where = {"topic": "Iran"}
    explorer.wait()
    everything = explorer.selected.height
    explorer.panels[0].chart.children[0].set_trait("picked", {"topic": {"values": ["Iran"], "range": False}})
    assert 0 < explorer.selected.height < everything
    explorer.close()


asyncio.run(explored())
with alt.renderers.enable(), alt.theme.enable():
    tk.notebook()
    alt.Chart(corpus.documents.select("words")).mark_bar().encode(x="words:Q").to_dict()
lab = Path(sys.prefix, "share/jupyter/lab/static")
assert any(re.search(re.escape(VEGA_MIME), file.read_text("utf8", errors="ignore")) for file in lab.glob("*.js"))
print("all of it worked")
