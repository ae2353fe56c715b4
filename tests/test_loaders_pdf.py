import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

pytest.importorskip("pypdfium2")
DATA = Path(__file__).parent / "data" / "loaders"
RAW = (DATA / "article.pdf").read_bytes()


def given_pdf(raw, name="a.pdf"):
    return read(Source(name, opener=lambda: io.BytesIO(raw)))


def kinds(article):
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def printed(content, pages=1, info=""):
    """A PDF of pages that all show this content, without tables of where things are: a reader has to look for them."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    objects = ["1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj"]
    objects += [
        f"{3 + n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 90 0 R/Resources<</Font<</F 91 0 R/B 92 0 R>>>>>>endobj"
        for n in range(pages)
    ]
    objects += [f"90 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj"]
    objects += [
        f"{n} 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica{bold}>>endobj" for n, bold in ((91, ""), (92, "-Bold"))
    ]
    return (
        "%PDF-1.4\n" + "\n".join(objects) + f"\n93 0 obj<<{info}>>endobj\ntrailer<</Root 1 0 R/Info 93 0 R>>"
    ).encode("latin-1")


def lines(*texts, x=50, y=700, size=10, font="F", leading=12):
    return "".join(
        f"BT /{font} {size} Tf 1 0 0 1 {x} {y - leading * n} Tm ({text}) Tj ET\n" for n, text in enumerate(texts)
    )


def test_lines_are_put_together_to_paragraphs_and_divided_words_to_words():
    (article,), said = read(DATA / "article.pdf")
    assert said == []
    assert (article.title, article.author) == ("Quiet on the quay", "Mara Quill")
    blocks = kinds(article)
    assert [kind for kind, _ in blocks] == ["title", *["heading", "body"] * 6]
    assert blocks[1] == ("heading", "An announcement (a)")
    assert blocks[2][1].startswith(
        "The harbour had been quiet since the beginning of the week, and nobody on the quay expected an announcement. When it came"
    )
    assert (
        "Responsibility for the winter timetable, she said, lies with neither of the two companies alone."
        in blocks[2][1]
    )
    assert "-" not in article.text


def test_running_heads_and_page_numbers_are_left_out():
    (article,), _ = read(DATA / "article.pdf")
    assert "THE HARBOUR GAZETTE" not in article.text
    assert not any(text.strip().isdigit() for text in article.text.split("\n\n"))


def test_the_day_it_was_made_is_taken_with_its_zone():
    raw = printed(lines("A line of text."), info="/CreationDate(D:20260112083000+01'00')")
    (article,), _ = given_pdf(raw)
    assert (article.published, article.date_source) == (datetime(2026, 1, 12, 7, 30, tzinfo=UTC), "metadata")


LAYOUTS = {
    "a gap ends a paragraph": (
        lines("The harbour was quiet", "since Monday.") + lines("Nobody knew why.", y=650),
        ["The harbour was quiet since Monday.", "Nobody knew why."],
    ),
    "an indent after a full stop begins one": (
        lines("The harbour was quiet", "since Monday.") + lines("Nobody knew", x=62, y=676) + lines("why it was so.", y=664),
        ["The harbour was quiet since Monday.", "Nobody knew why it was so."],
    ),
    "a paragraph goes on in the next column": (
        lines("The harbour was quiet and") + lines("empty since Monday.", x=320, y=700),
        ["The harbour was quiet and empty since Monday."],
    ),
    "a hyphen that the text writes elsewhere stays": (
        lines("The well-known ferry is late. A well-", "known captain said so. It is un-", "usual for him, who is seldom 3-", "4 days late."),
        ["The well-known ferry is late. A well-known captain said so. It is unusual for him, who is seldom 3-4 days late."],
    ),
    "bold and capitals make headings": (
        lines("First words of the text here.", "They go on for a second line of it.") + lines("A bold line", y=650, font="B")
        + lines("And more words that follow below it.", y=630) + lines("ALL CAPITALS", y=600) + lines("The last words of the text.", y=570),
        ["First words of the text here. They go on for a second line of it.", "# A bold line", "And more words that follow below it.", "# ALL CAPITALS", "The last words of the text."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", LAYOUTS)
def test_layout(what):
    content, wanted = LAYOUTS[what]
    (article,), _ = given_pdf(printed(content))
    assert [("# " if kind in ("heading", "title") else "") + text for kind, text in kinds(article)] == wanted


BAD = {
    "a scan": ((DATA / "scan.pdf").read_bytes(), "holds no text (pages: 1): it is a scan"),
    "locked": ((DATA / "locked.pdf").read_bytes(), "is protected by a password"),
    "half-written": (RAW[:300], "is no PDF, or broken or only partly written"),
    "a page tree in a ring": (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 999999999/Kids[2 0 R 2 0 R]>>endobj trailer<</Root 1 0 R>>", ""),
    "brackets": (b"%PDF-1.4\n1 0 obj " + b"[" * 300_000, ""),
    "noise": (b"%PDF-1.4\n" + bytes(range(256)) * 4000, ""),
}  # fmt: skip


@pytest.mark.parametrize("why", BAD)
def test_what_cannot_be_read_is_told_in_a_sentence(why):
    raw, sentence = BAD[why]
    articles, said = given_pdf(raw)
    assert articles == []
    assert len(said) == 1
    assert said[0].startswith("skipped: ")
    assert sentence in said[0]


def test_a_pdf_cut_before_its_tables_is_still_read():
    (article,), _ = given_pdf(RAW[: RAW.rindex(b"xref")])
    assert article.text.startswith("Quiet on the quay")


def test_pages_that_may_be_scans_are_told():
    raw = printed(lines("A line of text."), pages=5)
    blank = raw
    for page in (3, 4, 5):
        blank = blank.replace(
            f"{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 90 0 R".encode(),
            f"{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]".encode(),
        )
    _, said = given_pdf(blank)
    assert said == ["note: holds no text on 3 of 5 pages, which may be scans."]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_file_with_some_bytes_changed_is_read_or_told(data):
    raw = bytearray(RAW)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    articles, said = given_pdf(bytes(raw))
    assert articles or said
