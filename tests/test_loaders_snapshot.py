"""Pages saved as one file: `ferry.mhtml` is as Chromium wrote it, `ferry.webarchive` a binary property list as Safari writes."""

import io
import plistlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"
URL = "https://gazette.example/2026/01/12/ferry"


def given_as(raw, name="a"):
    return read(Source(name, opener=lambda: io.BytesIO(raw)))


@pytest.mark.parametrize("name", ["ferry.mhtml", "ferry.webarchive"])
@pytest.mark.parametrize("renamed", [True, False])
def test_it_is_read_as_the_page_that_it_is(name, renamed):
    (article,), said = given_as((DATA / name).read_bytes(), "ferry" if renamed else name)
    assert (article.title, article.url, said) == ("Ferry talks resume", URL, [])
    assert article.text.startswith("The harbour had been quiet")
    assert article.source.startswith("ferry")
    assert (article.author, article.outlet) != ("Saved by Blink", "Saved by Blink")


def test_when_it_was_saved_is_kept_and_is_no_date_of_publication():
    (article,), _ = read(DATA / "ferry.mhtml")
    assert article.meta["captured"].startswith("2026-11-26T")
    assert article.published is None or article.published.date().isoformat() == "2026-01-12"


def test_the_encoding_that_its_container_names_is_believed():
    page = "<html><body><article><p>Die Fähre fährt wieder, sagte der Bürgermeister am Montag.</p></article></body></html>".encode(
        "utf-16-le"
    )
    main = {"WebResourceData": page, "WebResourceURL": URL, "WebResourceTextEncodingName": "UTF-16LE"}
    (article,), _ = given_as(plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY))
    assert article.text == "Die Fähre fährt wieder, sagte der Bürgermeister am Montag."


def test_a_letter_with_pictures_in_it_is_no_saved_page():
    raw = b"From: a@b.example\nTo: b@b.example\nSubject: Dues\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>Dues rise.</p>\n--x--\n"
    (article,), _ = given_as(raw, "a.eml")
    assert (article.title, article.text) == ("Dues", "Dues rise.")


BROKEN = {
    "a.mhtml": b"From: <Saved by Blink>\nSubject: A\nContent-Type: text/plain\n\nNo page.",
    "b.webarchive": b"bplist00WebMainResource\0\0\0",
    "c.webarchive": plistlib.dumps({"WebMainResource": {"WebResourceData": 3}}, fmt=plistlib.FMT_BINARY),
    "d.webarchive": plistlib.dumps(["WebMainResource"], fmt=plistlib.FMT_BINARY),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_without_a_page_is_told(name):
    assert given_as(BROKEN[name], name) == ([], ["skipped: holds no page, or is broken."])


@pytest.mark.parametrize("name", ["ferry.mhtml", "ferry.webarchive"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_one_is_read_or_told(name, data):
    raw = bytearray((DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    articles, said = given_as(bytes(raw), name)
    assert articles or said
