import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"


def given_feed(text, name="feed.xml"):
    return read(Source(name, opener=lambda: io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def kinds(article):
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def test_rss_gives_content_before_summary_and_says_what_is_missing():
    (first, second, third), said = read(DATA / "news.rss")
    assert kinds(first) == [
        ("body", "Negotiators for the two ferry companies met again on Monday."),
        ("heading", "A sort of progress"),
        ("quote", "Nobody left the room early this time."),
        ("list", "Six crossings"),
        ("list", "Four boats"),
    ]
    assert (first.id, first.title, first.author, first.section) == (
        "gazette-1",
        "Ferry talks & tea",
        "Mara Quill",
        "Harbour",
    )
    assert (first.outlet, first.language) == ("The Harbour Gazette", "en")
    assert first.published == datetime(2026, 1, 12, 20, 50, tzinfo=UTC)
    assert (second.author, second.url) == ("Tom Oakes", "https://gazette.example/2026/02/03/dues")
    assert second.text == "Dues will rise by four per cent in April more"
    assert (third.text, third.url) == ("", "https://gazette.example/pictures/1")
    assert said == [
        "note: gives only a summary for 1 of its 3 entries; that is their text.",
        "note: gives only a title for 1 of its 3 entries; they have no text.",
    ]


def test_atom_gives_text_html_and_xhtml():
    (first, second), said = read(DATA / "news.atom")
    assert (first.title, first.author, first.section, first.language) == (
        "Fähre fährt wieder",
        "Jana Brandt, Ole Sand",
        "Lokales",
        "de",
    )
    assert first.published == datetime(2026, 2, 27, 8, 30, tzinfo=UTC)
    assert kinds(first)[0] == ("body", "Die Fähre nach Ellery fährt seit Freitag wieder.")
    assert second.text == "A first paragraph.\n\nA second one: 3 < 4."
    assert (second.language, second.published) == ("en", datetime(2026, 3, 1, tzinfo=UTC))
    assert said == []


def test_json_feed_is_known_by_its_version():
    (first, second, third), said = read(DATA / "news.json")
    assert (first.title, first.author, first.outlet) == (
        "Storm closes the pier",
        "Ida Holm, Per Lind",
        "The Northern Post",
    )
    assert first.published == datetime(2026, 1, 14, 12, tzinfo=UTC)
    assert len(kinds(first)) == 2
    assert (second.id, second.language, second.text) == ("2", "sv", "A note without a title.")
    assert third.text == "Only a line."
    assert said == ["note: gives only a summary for 1 of its 3 entries; that is their text."]


RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Old Post</title><link>https://old.example/</link><dc:language>en</dc:language></channel>
<image><title>Not the feed's title</title></image>
<item rdf:about="y"><title>Dues</title><link>https://old.example/1</link><dc:date>2003-05-01T10:00:00Z</dc:date><description>Dues rise.</description></item></rdf:RDF>"""


def test_the_oldest_feeds_are_read():
    (article,), _ = given_feed(RDF)
    assert (article.outlet, article.title, article.url, article.language) == (
        "Old Post",
        "Dues",
        "https://old.example/1",
        "en",
    )
    assert article.published == datetime(2003, 5, 1, 10, tzinfo=UTC)


ITEM = "<rss><channel><title>P</title><item><title>{}</title><description>{}</description></item></channel></rss>"
BROKEN = [  # what is broken about a feed, what is read all the same
    ("\n\n<?xml version='1.0'?>" + ITEM.format("A", "Text."), "Text."),
    (ITEM.format("A & B", "Text &nbsp; here."), "Text here."),
    (ITEM.format("A", "Text.")[:-20], "Text."),
    ("\ufeff" + ITEM.format("A", "Text."), "Text."),
    (ITEM.format("A", "Text.").encode("utf-16"), "Text."),
    ("<!-- a --><?x y?><!DOCTYPE rss [<!ENTITY e 'Text.'>]>" + ITEM.format("A", "Text."), "Text."),
]


@pytest.mark.parametrize(("feed", "text"), BROKEN)
def test_broken_feeds_are_read_as_far_as_they_go(feed, text):
    articles, _ = given_feed(feed)
    assert articles[0].text == text


def test_what_is_broken_is_said():
    _, said = given_feed(ITEM.format("A & B", "T"))
    assert any("is not well-formed XML (xmlParseEntityRef: no name)" in sentence for sentence in said)


def test_a_long_description_is_the_article():
    articles, said = given_feed(ITEM.format("A", "word " * 200))
    assert said == []
    assert articles[0].meta == {}


BAD = {
    "no entries": ("<rss><channel><title>P</title></channel></rss>", "is a feed without entries"),
    "no list": (json.dumps({"version": "https://jsonfeed.org/version/1", "items": 3}), "it has no list of items"),
    "nested": ('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000, "recursion"),
    "many tags": ("<rss>" + "<b/>" * 4_000_001, "has more than 4,000,000 tags"),
    "one entry of parts": ("<rss><item>" + "<category>x</category>" * 210_000, "more than 200,000 parts"),
    "deep": ("<rss>" + "<b>" * 50_000, "is a feed without entries"),
}


@pytest.mark.parametrize("why", BAD)
def test_what_cannot_be_read_is_told_in_a_sentence(why):
    text, sentence = BAD[why]
    articles, said = given_feed(text)
    assert articles == []
    assert any(sentence in problem for problem in said)


def test_scripts_and_hidden_text_are_no_article():
    html = "&lt;script>x()&lt;/script>&lt;p style='display: none'>Hidden.&lt;/p>&lt;p hidden>Also.&lt;/p>&lt;p>Seen.&lt;/p>"
    assert given_feed(ITEM.format("A", html))[0][0].text == "Seen."


def test_a_sitemap_says_how_many_pages_it_lists_and_fetches_nothing():
    articles, said = read(DATA / "sitemap.xml")
    assert articles == []
    assert said == [
        "skipped: is a sitemap: it lists the addresses of pages (2) and holds no text. Nothing is fetched unasked; give tk.load the addresses to fetch them."
    ]
    _, said = given_feed("<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>")
    assert "the addresses of other sitemaps (1)" in said[0]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<item>",
                "</item>",
                "<title>",
                "</title>",
                "<![CDATA[",
                "]]>",
                "&amp;",
                "&x;",
                "<!--",
                "<link href='",
                "text",
                "\x00",
                "é",
            ]
        ),
        max_size=30,
    )
)
def test_any_order_of_marks_is_read_or_told(parts):
    articles, said = given_feed("<rss><channel>" + "".join(parts))
    assert articles or said
