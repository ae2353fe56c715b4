import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.loaders.fragment import paragraphs
from toolkit.loaders.markup import Elements, root
from toolkit.loaders.paragraphs import joined, kind_of_style, short, unwrapped

KIND = st.sampled_from(["body", "heading", "list"])


@given(st.lists(st.tuples(KIND, st.text(max_size=40)), max_size=12))
def test_joined_paragraphs_lie_where_they_say_and_cover_the_text(given_paragraphs):
    text, blocks = joined(given_paragraphs)
    assert "\n\n".join(text[start:end] for _, start, end in blocks) == text
    assert all(text[start:end].strip() == text[start:end] != "" for _, start, end in blocks)


def test_joined_paragraphs_are_mended_and_blank_ones_left_out():
    assert joined([("body", "The  cafÃ©\n\n was\x00 shut."), ("list", " \n"), ("heading", "Ａ　title")]) == (
        "The café\nwas shut.\n\nＡ title",
        [("body", 0, 18), ("heading", 20, 27)],
    )


WRAPPED = """The talks in the old customs house began at nine on Monday,
and by ten o'clock the room was full. Nobody left it early this
time.
A second paragraph begins on a line of its own and it goes on to
the next.

A third stands below a blank line."""


def test_wrapped_lines_are_put_together():
    assert unwrapped(WRAPPED) == [
        "The talks in the old customs house began at nine on Monday, and by ten o'clock the room was full. Nobody left it early this time.",
        "A second paragraph begins on a line of its own and it goes on to the next.",
        "A third stands below a blank line.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph a line, and this one is so long that no margin has wrapped it, whatever the others may look like to the eye.\nA second.",
        "First line.\nSecond line.\nThird line.",
        "https://gazette.example/" + "a" * 200 + "\nFirst.\nSecond.",
    ],
)
def test_lines_that_no_margin_wrapped_stay_apart(text):
    assert unwrapped(text) == text.split("\n")


@given(st.text(st.sampled_from("ab .\n\x0b\u2028"), max_size=200))
def test_unwrapping_loses_no_word(text):
    assert " ".join(unwrapped(text)).split() == text.split()


def test_a_short_field_is_one_line():
    assert short("  Ferry\n talks  ") == "Ferry talks"
    assert short(" \n") is None
    assert len(short("x" * 10**7)) == 2000


@pytest.mark.parametrize(
    ("name", "kind"),
    [("heading 1", "heading"), ("Title", "title"), ("Subtitle", "standfirst"), ("List Bullet", "list"), ("caption", "caption"),
     ("Intense Quote", "quote"), ("toc 1", "other"), ("Normal", None), ("Body Text", None)],
)  # fmt: skip
def test_styles_by_their_names(name, kind):
    assert kind_of_style(name) == kind


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("", []),
        ("Plain text only", [("body", "Plain text only")]),
        ("<p>A</p><p>B<br>b</p>C<br><br>D", [("body", "A"), ("body", "B\nb"), ("body", "C"), ("body", "D")]),
        ("<h2>A</h2><ul><li><p>B</p></li></ul>", [("heading", "A"), ("list", "B")]),
        ("<table><tr><td>A</td><td>B</td></tr></table>", [("body", "A"), ("body", "B")]),
        ("<p>A<script>b</script> c<style>d</style></p>", [("body", "A c")]),
        ("<p>A <b>b</b>\n<i>c</i></p>", [("body", "A b c")]),
        ("<div><span class='enHeadline'>A</span></div>", [("heading", "A")]),
        ("&lt;p&gt; &amp; &nbsp;x", [("body", "<p> & x")]),
    ],
)
def test_a_fragment_of_html_to_paragraphs(html, wanted):
    assert paragraphs(html) == wanted


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"<rss>", "rss"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- <feed> --><!DOCTYPE a [<!ENTITY b 'c'>]><a:feed x='1'>", "feed"),
        ("<feed>".encode("utf-16"), "feed"),
        (b"text <rss>", None),
        (b"<!---->" * 1000 + b"<!", None),
        (b"", None),
    ],
)
def test_the_root_of_what_begins_like_xml(raw, name):
    assert root(raw) == name


def test_elements_are_those_asked_for_and_the_outermost():
    found = Elements(b"<a x='1'><b>1<c>2</c>3<b>4</b></b><d><b>5</b></d><b>6", "b", unread="d")
    assert ["".join(element.itertext()) for element in found] == ["1234", "6"]
    assert found.attributes == {"x": "1"}
    assert found.faults
