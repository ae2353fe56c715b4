import gzip
import io
import zipfile
from pathlib import Path

import pytest
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"
PAGE = "<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>The harbour had been quiet since Monday, and nobody on the quay expected number {0}.</p></article></body></html>"


def record(
    body,
    *,
    url="https://gazette.example/a",
    kind="response",
    head="HTTP/1.1 200 OK\r\nContent-Type: text/html",
    length=None,
):
    payload = (head.encode() + b"\r\n\r\n" if head else b"") + (body if isinstance(body, bytes) else body.encode())
    fields = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-13T06:00:00Z\r\nContent-Length: {length or len(payload)}"
    return fields.encode() + b"\r\n\r\n" + payload + b"\r\n\r\n"


def given(raw, name="crawl.warc"):
    articles, said = read(Source(name, opener=lambda: io.BytesIO(raw)))
    return articles, said


def numbers(articles):
    return [article.title for article in articles]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.wacz"])
def test_pages_come_with_their_address_and_when_they_were_got(name):
    articles, said = read(DATA / name)
    assert [(article.title, article.url) for article in articles] == [
        ("Ferry talks resume", "https://gazette.example/2026/01/12/ferry"),
        ("Dues", "https://gazette.example/dues"),
    ]
    assert articles[0].text.startswith("The harbour had been quiet since the beginning of the week")
    assert articles[0].meta["captured"] == "2026-01-13T06:00:00Z"
    assert articles[0].source.endswith("/2.html")
    assert said == ["passed over: has records of something else than an HTML page got with success (2)."]


def test_a_web_archive_within_an_archive_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(DATA / "crawl.wacz", "inner/crawl.wacz")
        archive.write(DATA / "crawl.warc.gz", "crawl.warc.gz")
    assert len(read(tmp_path / "all.zip")[0]) == 4


def test_the_encoding_that_the_server_named_goes_before_a_guess():
    page = PAGE.format("Übermut").encode("iso-8859-2")
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-2"
    assert numbers(given(record(page, head=head))[0]) == ["Übermut"]


def test_resources_are_pages_and_requests_and_notices_are_not():
    raw = b"".join(
        [
            record("software: x", kind="warcinfo", head=""),
            record("", kind="request", head="GET / HTTP/1.1"),
            record(PAGE.format("One"), kind="resource", head="").replace(
                b"WARC-Date", b"Content-Type: text/html\r\nWARC-Date"
            ),
            record(PAGE.format("Two")),
            record("", kind="revisit"),
        ]
    )
    assert numbers(given(raw)[0]) == ["One", "Two"]


one, two, three = (record(PAGE.format(name)) for name in ("One", "Two", "Three"))
flipped = bytearray(gzip.compress(two))
flipped[40] ^= 0xFF
BROKEN = {
    "a length that is no number": ("a.warc", one + two.replace(b"Content-Length: ", b"Content-Length: x") + three, 2),
    "a length that is too long": ("a.warc", one + record("x", length=10**15) + three, 2),
    "a record without a length": ("a.warc", one + b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + three, 2),
    "junk between records": ("a.warc", one + b"junk\n" * 1000 + three, 2),
    "an answer that is none": ("a.warc", one + record("x", head="nonsense") + three, 2),
    "an end in the middle": ("a.warc", one + three + two[:300], 2),
    "a gzip member with a wrong byte": ("a.warc.gz", gzip.compress(one) + bytes(flipped) + gzip.compress(three), 2),
    "a gzip member cut off": ("a.warc.gz", gzip.compress(one) + gzip.compress(two)[:80] + gzip.compress(three), 2),
    "one gzip over all, cut off": ("a.warc.gz", gzip.compress(one + two + three)[:-12], 2),
}  # fmt: skip


@pytest.mark.parametrize("why", BROKEN)
def test_broken_records_are_told_and_the_rest_is_read(why):
    name, raw, left = BROKEN[why]
    articles, said = given(raw, name)
    assert len(articles) >= left
    assert numbers(articles)[0] == "One"
    if "gzip over all" not in why:
        assert "Three" in numbers(articles)
    if "junk" not in why:
        assert any("broken" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("raw", "name", "why"),
    [
        (b"not an archive", "a.wacz", None),
        (b"PK\x03\x04 broken", "a.wacz", "is no WACZ package"),
        (b"\x28\xb5\x2f\xfd rest", "a.warc", "is packed with Zstandard"),
        (gzip.compress(b"\0" * 10**8), "a.warc.gz", "holds no record"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4000000000\r\n\r\n", "a.warc", "broken (no. 1 of 1)"),
        (record(b"x" * 40_000_000), "a.warc", "larger than 32 MB"),
        (
            record(
                gzip.compress(b" " * 10**8), head="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip"
            ),
            "a.warc",
            "broken",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(raw, name, why):
    articles, said = given(raw, name)
    assert why is None or (articles == [] and any(why in sentence for sentence in said))


def test_a_source_gives_its_articles_what_its_container_told_of_it():
    source = Source(
        "a.html",
        opener=lambda: io.BytesIO(PAGE.format("One").encode()),
        meta={"url": "https://gazette.example/a", "title": "Told", "crawl": "2026-01"},
    )
    (article,), _ = read(source)
    assert (article.title, article.url, article.meta["crawl"]) == ("One", "https://gazette.example/a", "2026-01")
