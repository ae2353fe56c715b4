import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def docx(body, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def p(text, run="", paragraph=""):
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def given_bytes(raw, name="a.docx"):
    return read(Source(name, opener=lambda: io.BytesIO(raw)))


def kinds(article):
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def test_styles_make_titles_headings_lists_quotations_and_captions():
    (article,), said = read(DATA / "report.docx")
    assert said == []
    assert [kind for kind, _ in kinds(article)] == [
        "title", "standfirst", "heading", "body", "list", "list", "quote", "caption", "heading", "body",
    ]  # fmt: skip
    assert (article.title, article.author) == ("The winter timetable", "Mara Quill")
    assert (article.published, article.date_source) == (datetime(2026, 1, 12, 8, 30, tzinfo=UTC), "metadata")


STYLES = f"""<w:styles {W}>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Mine"><w:name w:val="Zwischentitel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:styleId="Level"><w:name w:val="Eigene"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>"""
PARAGRAPHS = [  # what a paragraph is in the file, what it is
    (p("Über uns", paragraph='<w:pStyle w:val="berschrift1"/>'), ("heading", "Über uns")),
    (p("Based on it", paragraph='<w:pStyle w:val="Mine"/>'), ("heading", "Based on it")),
    (p("By its level", paragraph='<w:pStyle w:val="Level"/>'), ("heading", "By its level")),
    (p("On itself.", paragraph='<w:pStyle w:val="Loop"/>'), ("body", "On itself.")),
    (p("Level nine.", paragraph='<w:outlineLvl w:val="9"/>'), ("body", "Level nine.")),
    (p("An item", paragraph="<w:numPr/>"), ("list", "An item")),
    (p("Bold and short", run="<w:b/>"), ("heading", "Bold and short")),
    (p("Bold, but a sentence.", run="<w:b/>"), ("body", "Bold, but a sentence.")),
    (p("Not bold", run='<w:b w:val="0"/>'), ("body", "Not bold")),
    (p("Hidden", run="<w:vanish/>"), None),
    ("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>Added.</w:t></w:r></w:ins></w:p>", ("body", "Added.")),
    ("<w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>and more.</w:t></w:r></w:p>", ("body", "A link and more.")),
    ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a table.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", ("body", "In a table.")),
    ("<w:p><mc:AlternateContent><mc:Fallback><w:r><w:t>Twice.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>", None),
]  # fmt: skip


def test_paragraphs_are_what_word_shows_them_as():
    (article,), _ = given_bytes(docx(p("First.") + "".join(given for given, _ in PARAGRAPHS), word__styles=STYLES))
    assert kinds(article) == [("body", "First."), *(wanted for _, wanted in PARAGRAPHS if wanted)]


def test_a_text_box_is_a_paragraph_of_its_own():
    box = "<w:p><w:r><w:t>Around </w:t></w:r><w:r><w:drawing><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:drawing></w:r><w:r><w:t>it.</w:t></w:r></w:p>"
    assert kinds(given_bytes(docx(box))[0][0]) == [("body", "Around it."), ("body", "In the box.")]


def test_the_title_comes_from_style_properties_or_first_heading():
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator></c>'
    for told, author, title, by in (
        ("Told apart", "Ida Holm", "Told apart", "Ida Holm"),
        ("Microsoft Word - x.doc", "Administrator", "A first heading", None),
        ("Untitled", "python-docx", "A first heading", None),
    ):
        raw = docx(p("A first heading", run="<w:b/>") + p("Text."), docProps__core=core.format(told, author))
        article = given_bytes(raw)[0][0]
        assert (article.title, article.author) == (title, by)


BAD = {
    "half-written": ((DATA / "report.docx").read_bytes()[:20_000], "is no Word document, or broken or only partly written"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "before 2007": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "is in the format Word had before 2007"),
    "empty": (docx(""), "holds no text"),
    "a bomb of zeros": (docx("\0" * 140_000_000), "unpacks to more than 128 MB"),
    "a bomb of tags": (docx("<w:a/>" * 4_000_001), "has more than 4,000,000 tags"),
    "a paragraph of runs": (docx("<w:p>" + "<w:r/>" * 250_000 + "</w:p>"), "more than 200,000 parts"),
}  # fmt: skip


@pytest.mark.parametrize("why", BAD)
def test_what_cannot_be_read_is_told_in_a_sentence(why):
    raw, sentence = BAD[why]
    articles, said = given_bytes(raw)
    assert articles == []
    assert len(said) == 1
    assert said[0].startswith("skipped: ")
    assert sentence in said[0]


def test_a_bomb_of_entities_stays_small():
    laughs = "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "lol"}{("&a" + str(n - 1) + ";") * 9 if n else ""}">'
        for n in range(12)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<!DOCTYPE x [{laughs}]><w:document {W}>{p('&a11;')}{p('ok')}</w:document>"
        )
    articles, said = given_bytes(out.getvalue())
    assert said or sum(len(article.text) for article in articles) < 50_000_000


def test_nothing_of_the_machine_is_read_through_an_entity(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><w:document {W}>{p("&s;")}{p("Plain.")}</w:document>',
        )
    (article,), _ = given_bytes(out.getvalue())
    assert article.text == "Plain."


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="<&>"), max_size=30), max_size=8))
def test_blocks_are_where_they_say(texts):
    articles, _ = given_bytes(docx("".join(map(p, texts))))
    for article in articles:
        for _, start, end in article.blocks:
            assert article.text[start:end] == article.text[start:end].strip() != ""
        covered = {place for _, start, end in article.blocks for place in range(start, end)}
        assert all(letter.isspace() for place, letter in enumerate(article.text) if place not in covered)
