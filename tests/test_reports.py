"""A report in each of its formats: what it says, what it carries, and that a failure is a line of it."""

import json
import re
from html.parser import HTMLParser

import altair as alt
import nbformat
import polars as pl
import pytest

import toolkit as tk
from toolkit import receipt
from toolkit.errors import SettingError, ToolkitError
from toolkit.reports import writing

BAD = '</script><script>alert(1)</script><img src=x onerror=alert(2)> $parts #read("/etc/passwd") [x](javascript:alert(3))'
CHOSEN = ["topic_mix", "entity_ranking"]


@pytest.fixture(scope="module")
def hostile() -> tk.Corpus:
    articles = [{"text": f"{BAD} talks in Geneva.", "title": BAD, "outlet": BAD, "published": "2026-02-03"}]
    return tk.load(articles, topics={BAD: ["talks"]}, recognizer="builtin", progress=False)


@pytest.fixture(scope="module")
def page(sample, tmp_path_factory) -> str:
    return tk.report(sample, tmp_path_factory.mktemp("report") / "a.html").read_text("utf8")


class Ids(HTMLParser):
    """The ids of a page, and the places that it points to."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.ids += [named["id"]] if "id" in named else []
        self.links += [named["href"]] if "href" in named else []


def test_every_number_of_the_findings_leads_to_its_sentences(page):
    found = Ids(page)
    assert len(found.ids) == len(set(found.ids))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert sum(link.startswith("#evidence-0-") for link in found.links) >= 3


def test_a_page_has_contents_findings_methods_and_the_doctors_word(page):
    for said in ("Key findings", "Methods and limits", "What may be wrong with the corpus", "The sentences behind it"):
        assert said in page
    assert page.count('id="tk-vega"') == 1
    assert "default-src 'none'" in page
    assert len(page) < 4_000_000


def test_what_names_no_mark_is_no_key_finding(sample, tmp_path):
    lines = tk.analyses.concordance(sample)
    text = tk.report(sample, tmp_path / "a.md", analyses=["topic_mix", lines]).read_text("utf8")
    findings = text.split("## Key findings")[1].split("##")[0]
    assert findings.count("\n- ") == 1
    assert "Peace talks" in findings


def test_evidence_is_the_sentences_of_the_mark_and_says_how_many_more(sample):
    from toolkit.reports.content import SHOWN, Part

    mix = tk.analyses.topic_mix(sample)
    marks = {mark.name: mark for mark in Part("mix", mix).marks}
    behind = mix.sentences(topic="Iran")
    assert len(marks["Iran"].sentences) + marks["Iran"].more == behind.height
    assert [row["text"] for row in marks["Iran"].sentences] == behind["text"].head(SHOWN).to_list()


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx", ".md", ".ipynb"])
def test_every_format_is_written_with_a_failure_as_a_line_of_it(corpus, suffix, own_registry, tmp_path):
    @tk.analysis
    def broken(corpus):
        """It breaks."""
        raise ValueError("no luck today")

    @tk.analysis
    def undrawn(corpus):
        """It gives a chart that cannot be drawn."""
        frame = pl.DataFrame({"a": [1]})
        return tk.Result(frame, alt.Chart(frame).mark_bar().encode(x="a:Q").transform_filter("datum.a >"))

    own_registry.use(undrawn)
    own_registry.use(broken)
    path = tk.report(corpus, tmp_path / f"report{suffix}", analyses=[*CHOSEN, "broken", "undrawn"])
    assert path.stat().st_size > 1000
    if suffix in (".html", ".md", ".ipynb"):
        assert "no luck today" in path.read_text("utf8")
        assert "undrawn" in path.read_text("utf8") or suffix == ".ipynb"


def test_a_pdf_is_tagged_and_holds_the_words(corpus, tmp_path):
    raw = tk.report(corpus, tmp_path / "a.pdf", analyses=CHOSEN, title="The talks, read closely").read_bytes()
    assert raw.startswith(b"%PDF")
    assert b"/StructTreeRoot" in raw


def test_markdown_shows_its_pictures_and_escapes_text(hostile, tmp_path):
    text = tk.report(hostile, tmp_path / "a.md", analyses=["topic_mix"]).read_text("utf8")
    pictures = re.findall(r"\]\((a-figures/[^)]+)\)", text)
    assert pictures
    assert all((tmp_path / picture).read_bytes().startswith(b"\x89PNG") for picture in pictures)
    assert "<script" not in re.sub(r"\\<", "", text)


def test_a_notebook_makes_the_report_anew(corpus, tmp_path):
    from nbclient import NotebookClient

    path = tk.report(corpus, tmp_path / "a.ipynb", analyses=["topic_mix"])
    made = nbformat.read(path, as_version=4)
    nbformat.validate(made)
    NotebookClient(made, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert "application/vnd.vega.v5+json" in json.dumps(made.cells[-1].outputs)


def test_hostile_text_stays_text_in_a_page_and_in_print(hostile, tmp_path):
    text = tk.report(hostile, tmp_path / "a.html", title=BAD).read_text("utf8")
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    for suffix in (".pdf", ".docx"):
        assert tk.report(hostile, tmp_path / f"a{suffix}", title=BAD, analyses=["topic_mix"]).stat().st_size > 1000


def test_a_template_of_ones_own_takes_the_parts(corpus, tmp_path):
    own = tmp_path / "ours.html"
    own.write_text("<main><h1>Our paper: $title</h1>$parts<p>$$5</p></main>")
    text = tk.report(corpus, tmp_path / "a.html", analyses=CHOSEN, title="T", template=own).read_text("utf8")
    assert "<h1>Our paper: T</h1>" in text
    assert "<p>$5</p>" in text
    own.write_text("<main>$title</main>")
    with pytest.raises(SettingError, match=r"has no \$parts"):
        tk.report(corpus, tmp_path / "a.html", analyses=CHOSEN, template=own)
    with pytest.raises(SettingError, match="cannot be read"):
        tk.report(corpus, tmp_path / "a.html", analyses=CHOSEN, template=tmp_path / "none.html")


def test_what_changed_since_an_earlier_page_is_said(tmp_path):
    articles = [{"id": "a", "text": "The talks resumed in Geneva.", "outlet": "North"}]
    before = tk.load(articles, topics="mission", recognizer="builtin", progress=False)
    after = before.add([{"id": "b", "text": "Iran was not invited, Tehran said.", "outlet": "South"}], progress=False)
    old = tk.report(before, tmp_path / "old.html", analyses=["topic_mix"])
    text = tk.report(after, tmp_path / "new.html", analyses=["topic_mix"], since=old).read_text("utf8")
    assert "The corpus has 2 articles, 1 more than the 1 before." in text
    assert "Iran from 0" in text
    again = tk.report(before, tmp_path / "again.html", analyses=["topic_mix"], since=old).read_text("utf8")
    assert "the same numbers" in again
    (tmp_path / "none.html").write_text("<p>nothing</p>")
    with pytest.raises(ToolkitError, match=r"is no report that tk\.report wrote"):
        tk.report(after, tmp_path / "new.html", analyses=["topic_mix"], since=tmp_path / "none.html")
    with pytest.raises(ToolkitError, match=r"The earlier report '.*gone\.html' cannot be read: No such file"):
        tk.report(after, tmp_path / "new.html", analyses=["topic_mix"], since=tmp_path / "gone.html")


def test_the_receipts_of_all_figures_are_in_the_page(page):
    plugins = [told.plugin for told in receipt.stamps(page.encode())]
    assert {"topic_mix", "entity_ranking", "volume"} <= set(plugins)


def test_analyses_that_run_two_at_a_time_give_the_page_that_they_give_one_by_one(tmp_path, monkeypatch):
    def made(at_a_time: int) -> str:
        monkeypatch.setattr(writing, "AT_A_TIME", at_a_time)
        text = tk.report(tk.sample().where(language="en"), tmp_path / "a.html").read_text("utf8")
        return re.sub(r"toolkit-receipt:[\w+/=]+", "", text)  # which tells how long each took

    assert made(1) == made(2)


def test_what_was_asked_for_wrongly_is_told_before_anything_is_made(corpus, tmp_path):
    for asked, says in (
        ({"analyses": ["topic_mixx"]}, "no analysis 'topic_mixx'"),
        ({"compare": "nix"}, "no column 'nix'"),
    ):
        with pytest.raises((SettingError, AttributeError), match=says):
            tk.report(corpus, tmp_path / "new" / "a.html", **asked)
    assert not (tmp_path / "new").exists()


def test_the_folder_of_a_report_is_made_and_one_that_cannot_be_is_told_in_a_sentence(corpus, tmp_path):
    assert tk.report(corpus, tmp_path / "new" / "a.md", analyses=CHOSEN).exists()
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match=r"a\.html' cannot be written \(.*file'\); choose another file or folder"):
        tk.report(corpus, tmp_path / "file" / "a.html", analyses=CHOSEN)


def test_an_unknown_format_lists_what_exists(corpus, tmp_path):
    with pytest.raises(SettingError, match=r"No report is written as \.odt .*there are \.html, .*\.pdf"):
        tk.report(corpus, tmp_path / "a.odt")


def test_an_empty_corpus_has_a_report_too(empty, tmp_path):
    assert "Nothing to draw" in tk.report(empty, tmp_path / "a.html", analyses=CHOSEN).read_text("utf8")
