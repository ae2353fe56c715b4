import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source


def given_text(text, name="a.rtf"):
    return read(Source(name, opener=lambda: io.BytesIO(text.encode("latin-1"))))


def kinds(text):
    (article,), _ = given_text(text)
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def body(text):
    return "\n".join(part for _, part in kinds(f"{{\\rtf1\\ansi\\ansicpg1252 {text}}}"))


TEXTS = [  # what stands in the file, what it says
    (r"Caf\'e9 \u8217?s \ldblquote word\rdblquote\emdash x", "Café ’s “word”—x"),
    (r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1 \'cf\'f0\'e8\'e2\'e5\'f2 \f0 \'e9", "Привет é"),
    (r"{\fonttbl{\f3\fcharset128 G;}}{\f3\'93\'fa\'96\'7b}", "日本"),
    (r"\uc2\u8364ab \uc0\u8364 x", "€ €x"),
    (r"\u55357?\u56832?", "😀"),
    (r"\u-3913?", "\uf0b7"),
    (r"a\~b\_c\-d", "a b-cd"),
    (r"one\line two\tab three", "one\ntwo three"),
    (r"{\field{\*\fldinst HYPERLINK \"https://x.example\"}{\fldrslt shown}}", "shown"),
    (r"seen {\v hidden}{\*\unknown gone}{\footnote a note}{\pict ffd8}{\header top}again", "seen again"),
    (r"\bin4 }}}}after", "after"),
    (r"\{braces\} and \\", "{braces} and \\"),
    (r"a}b", "ab"),
]


@pytest.mark.parametrize(("text", "said"), TEXTS)
def test_letters_signs_and_groups(text, said):
    assert body(text).replace("\xa0", " ") == said


def test_headings_are_known_by_style_outline_and_bold_type_and_lists_by_their_marks():
    assert kinds(
        r"{\rtf1{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Caption;}}"
        r"\pard First words here.\par\pard\s1 Styled\par\pard\s2 Under a picture\par\pard\outlinelevel0 Outlined\par"
        r"\pard {\b Bold}\par\pard {\b Bold, but a sentence.}\par\pard{\listtext\'b7}An item\par\pard Last words.\par}"
    ) == [
        ("body", "First words here."),
        ("heading", "Styled"),
        ("caption", "Under a picture"),
        ("heading", "Outlined"),
        ("heading", "Bold"),
        ("body", "Bold, but a sentence."),
        ("list", "An item"),
        ("body", "Last words."),
    ]


def test_title_author_and_day_come_from_the_properties():
    (article,), _ = given_text(
        r"{\rtf1{\info{\title The winter timetable}{\author Mara Quill}{\creatim\yr2026\mo1\dy12\hr8\min30}}Text.\par}"
    )
    assert (article.title, article.author, article.published) == (
        "The winter timetable",
        "Mara Quill",
        datetime(2026, 1, 12, 8, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{\\rtf1 " + "{" * 3000, "groups nested more than 2000 deep"),
        ("{\\rtf1}", "holds no text"),
        ("{\\rtf1 " + "\\pict" * 10 + "}", "holds no text"),
        ("{\\rtf1 \\bin999999999 x", "holds no text"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(text, why):
    articles, said = given_text(text)
    assert articles == []
    assert len(said) == 1
    assert why in said[0]


def test_a_file_that_breaks_off_gives_what_there_is():
    assert kinds(r"{\rtf1 {\b Whole}\par Half a sent") == [("title", "Whole"), ("body", "Half a sent")]


WORDS = st.sampled_from(
    ["\\par ", "\\b ", "{", "}", "\\*", "\\u8217?", "\\u-99999999?", "\\uc9 ", "\\'e9", "\\'", "\\bin3 ", "\\fonttbl", "\\f1 ", "\\fcharset999 ", "\\ansicpg99999 ", "\\stylesheet", "\\s1 ", "\\info", "\\creatim", "\\yr99999 ", "\\", "text ", "\x00", "\xff"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_order_of_control_words_is_read_or_told(words):
    articles, said = given_text("{\\rtf1 " + "".join(words))
    assert articles or said
