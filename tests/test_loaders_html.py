import io
import json
from datetime import UTC, datetime

import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

pytest.importorskip("trafilatura")
BODY = [
    "Negotiators for the two ferry companies met again on Monday in the old customs house of Port Ellery.",
    "It was the third meeting since the talks had broken off over the price of the winter timetable.",
    "Nobody left the room early this time, said Ines Falk, who speaks for the islanders who use the boats.",
    "The company had promised six crossings a day in October, and by December there were four of them.",
    "The port authority will publish the figures in spring, a spokesman said when he was asked about it.",
]
LD = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {
    "@type": ["NewsArticle"], "headline": "Ferry talks resume", "datePublished": "2026-01-12T21:50:00+01:00",
    "author": {"@type": "Person", "name": "Mara Quill"}, "articleSection": "Harbour", "inLanguage": "en-GB"}]}  # fmt: skip
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry talks resume | Harbour Gazette</title>
<meta property="og:site_name" content="Harbour Gazette"><link rel="canonical" href="https://gazette.example/ferry">
<script type="application/ld+json">{json.dumps(LD)}</script><script>document.title = "evil"; throw 1</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Ferry talks resume</h1><p class="standfirst">Two companies, one customs house, and a winter without boats.</p>
<figure><img src="a.jpg"><figcaption>The old customs house in Port Ellery.</figcaption></figure>
<p>{BODY[0]}</p><p>{BODY[1]}</p>
<div class="newsletter-signup"><h3>Stay afloat</h3><p>Get the harbour news by post.</p></div>
<h2>A sort of progress</h2><p>{BODY[2]}</p>
<blockquote class="twitter-tweet"><p>We were told that it was the weather, and it was not the weather.</p></blockquote>
<p>Read more: <a href="/dues">Dues rise for every boat in the harbour</a></p>
<p>{BODY[3]}</p><ul><li>Monday to Friday there are four crossings a day</li><li>On Sunday there are two crossings</li></ul>
<figure><img src="b.jpg"><figcaption>The ferry Ellery II at the quay.</figcaption></figure><p>{BODY[4]}</p>
<h2>More from the harbour</h2><ul><li><a href="/a">Seven ways to tie a knot</a></li><li><a href="/b">A lighthouse is sold</a></li></ul>
</article></main><footer><p>© 2026 Harbour Gazette. All rights reserved.</p></footer></body></html>"""


def page(markup, name="page.html"):
    raw = markup if isinstance(markup, bytes) else markup.encode()
    return Source(name, opener=lambda: io.BytesIO(raw))


def kinds(article):
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def test_a_page_is_its_article_with_every_paragraph_of_its_kind():
    (article,), said = read(page(PAGE))
    assert kinds(article) == [
        ("standfirst", "Two companies, one customs house, and a winter without boats."),
        ("caption", "The old customs house in Port Ellery."),
        ("body", BODY[0]),
        ("body", BODY[1]),
        ("heading", "A sort of progress"),
        ("body", BODY[2]),
        ("quote", "We were told that it was the weather, and it was not the weather."),
        ("body", BODY[3]),
        ("list", "Monday to Friday there are four crossings a day"),
        ("list", "On Sunday there are two crossings"),
        ("caption", "The ferry Ellery II at the quay."),
        ("body", BODY[4]),
    ]
    assert article.text == "\n\n".join(text for _, text in kinds(article))
    assert said == []


def test_a_page_says_who_wrote_it_when_and_where():
    (article,), _ = read(page(PAGE))
    assert (article.title, article.outlet, article.author) == ("Ferry talks resume", "Harbour Gazette", "Mara Quill")
    assert (article.section, article.language, article.url) == ("Harbour", "en", "https://gazette.example/ferry")
    assert (article.published, article.date_source) == (datetime(2026, 1, 12, 20, 50, tzinfo=UTC), "page")


DATES = {
    '<meta property="article:published_time" content="2026-01-12T20:50:00Z">': datetime(2026, 1, 12, 20, 50, tzinfo=UTC),
    '<meta name="date" content="2026-01-12">': datetime(2026, 1, 12, tzinfo=UTC),
    '<meta itemprop="datePublished" content="2026-01-12T20:50:00-05:00">': datetime(2026, 1, 13, 1, 50, tzinfo=UTC),
    '<meta property="article:modified_time" content="2026-02-12"><meta property="article:published_time" content="2026-01-12">': datetime(2026, 1, 12, tzinfo=UTC),
}  # fmt: skip


@pytest.mark.parametrize("head", DATES)
def test_the_date_is_that_of_publication(head):
    markup = (
        f"<html><head>{head}</head><body><article>{''.join(f'<p>{text}</p>' for text in BODY)}</article></body></html>"
    )
    assert read(page(markup))[0][0].published == DATES[head]


ENCODED = {
    "declared": ('<html><head><meta charset="windows-1252"></head>', "cp1252", []),
    "declared the old way": (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
        "cp1252",
        [],
    ),
    "UTF-8 declared otherwise": ('<html><head><meta charset="iso-8859-1"></head>', "utf-8", []),
    "not declared": ("<html><head></head>", "cp1252", ["repaired: is not UTF-8; it was read as cp1252."]),
    "UTF-16": ("<html><head></head>", "utf-16", []),
}


@pytest.mark.parametrize("case", ENCODED)
def test_any_encoding_is_read(case):
    head, encoding, expected = ENCODED[case]
    text = "The café “Zur Fähre” was closed when the talks on the crossing were held in it on Monday."
    (article,), said = read(
        page(f"{head}<body><article>{f'<p>{text}</p>'}<p>{BODY[0]}</p><p>{BODY[1]}</p></article>".encode(encoding))
    )
    assert text in article.text
    assert said == expected


def test_a_page_is_known_by_what_it_is():
    for name in ("page", "page.txt", "page.php"):
        assert (
            read(page(f"<!-- saved from url=(0029)https://gazette.example/ferry -->\n{PAGE}", name))[0][0].title
            == "Ferry talks resume"
        )


def test_where_a_browser_saved_a_page_from_is_its_address():
    markup = f"<!-- saved from url=(0023)https://gazette.example/a -->\n<html><body><article>{''.join(f'<p>{t}</p>' for t in BODY)}</article></body></html>"
    assert read(page(markup))[0][0].url == "https://gazette.example/a"


def test_a_page_that_shows_its_text_by_script_gives_what_it_tells_search_engines():
    told = {"@type": "NewsArticle", "headline": "Ferry", "articleBody": "\n".join(BODY)}
    markup = f'<html><head><script type="application/ld+json">{json.dumps(told)}</script></head><body><div id="app"></div></body></html>'
    assert read(page(markup))[0][0].text == "\n\n".join(BODY)


EMPTY = {
    "no article": "<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "nothing": "<html></html>",
    "a script alone": "<html><script>alert(1)</script></html>",
    "more tags than a page has": "<html>" + "<p>x" * 200_001,
}


@pytest.mark.parametrize("markup", EMPTY.values(), ids=EMPTY)
def test_a_page_without_an_article_is_told_in_one_sentence(markup):
    articles, said = read(page(markup))
    assert (articles, len(said)) == ([], 1)
    assert said[0].startswith("skipped: ")


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    assert "needs the extra 'loaders'" in read(page(PAGE))[1][0]


TAGS = [
    "html",
    "body",
    "article",
    "p",
    "h1",
    "h2",
    "ul",
    "li",
    "a",
    "table",
    "tr",
    "td",
    "blockquote",
    "figure",
    "figcaption",
    "div",
    "br",
    "span",
]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map("<{}>".format),
        st.sampled_from(TAGS).map("</{}>".format),
        st.text(max_size=30),
        st.sampled_from(BODY),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_blocks_lie_in_the_text_one_after_another_whatever_the_markup(markup):
    articles, said = read(page(f"<html><body>{markup}"))
    assert articles or said
    for article in articles:
        ends = [0, *(place for _, start, end in article.blocks for place in (start, end))]
        assert ends == sorted(ends)
        assert ends[-1] <= len(article.text)
        assert all(article.text[start:end].strip() == article.text[start:end] for _, start, end in article.blocks)


def test_the_text_of_news_pages_is_better_than_that_of_trafilatura_alone(gold):
    rows = {row["system"]: row for row in pages.run()}
    best = max(rows["trafilatura"]["f1"], rows["trafilatura, precise"]["f1"])
    assert rows["toolkit"]["f1"] >= max(best, 97)
    assert rows["toolkit without captions"]["f1"] >= 98
    assert rows["toolkit"]["titled"] == 100
    assert rows["toolkit"]["dated"] >= 95
