"""The samples of documents, feeds, mail, web archives and press databases with some bytes changed: read or told, never raised."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"
SAMPLES = [
    "crawl.wacz", "crawl.warc.gz", "factiva_codes.html", "factiva_codes.txt", "factiva_display.html", "factiva_display.txt", "letters.mbox",
    "news.atom", "news.json", "news.rss", "newsletter.eml", "nexis_old.txt", "nexis_uni.docx", "report.docx", "sitemap.xml",
]  # fmt: skip
MARKS = st.sampled_from([b"\0", b"<", b">", b"&", b"{", b"}", b"\\", b"\n", b'"', b"\xff\xfe", b"From ", b"--"])


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_sample_is_read_or_told(name, data):
    raw = bytearray((DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw)))
        raw[place : place + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=8) | MARKS)
    del raw[data.draw(st.integers(len(raw) // 2, len(raw) * 4)) :]
    articles, said = read(Source(name, opener=lambda: io.BytesIO(bytes(raw))))
    assert articles or said
    assert not any("cannot be read: " in sentence for sentence in said)
    for article in articles:
        assert all(
            article.text[start:end].strip() == article.text[start:end] != "" for _, start, end in article.blocks or ()
        )
