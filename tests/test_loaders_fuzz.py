"""Any bytes under any name: nothing raises, nothing hangs, and what gives no article is told."""

import gzip
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source
from toolkit.registry import registry

DATA = Path(__file__).parent / "data" / "loaders"
SUFFIXES = sorted(
    {
        suffix
        for plugin in registry.of("loader").values()
        for suffix in plugin.declared.suffixes
        if suffix.startswith(".")
    }
)
SLOW = timedelta(seconds=20)


def parquet(write):
    out = io.BytesIO()
    write(pl.DataFrame({"title": ["A", "B"], "text": ["One ferry.", "Two ferries."]}), out)
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jsonl", '{"text": "One ferry."}\n')
    return out.getvalue()


SEEDS = {
    "a.parquet": parquet(pl.DataFrame.write_parquet),
    "a.arrow": parquet(pl.DataFrame.write_ipc),
    "a.xlsx": (DATA / "table.xlsx").read_bytes(),
    "a.xls": (DATA / "table.xls").read_bytes(),
    "a.zip": zipped(),
    "a.jsonl.gz": gzip.compress(b'{"text": "One ferry."}\n'),
    "a.json": b'{"articles": [{"title": "A", "text": "One ferry."}, {"title": "B", "text": "Two."}]}',
    "a.csv": b'title,text,date\nA,"One, ferry",2026-01-12\n',
    "a.html": b"<html><head><title>A</title></head><body><article><p>One ferry is late today, they said.</p></article></body></html>",
}


def told(raw, name):
    articles, said = read(Source(name, opener=lambda: io.BytesIO(raw)))
    assert articles or said
    for article in articles:
        assert isinstance(article.text, str)


@settings(max_examples=200, deadline=SLOW, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_any_bytes_under_any_suffix_are_read_or_told(raw, suffix):
    told(raw, f"any{suffix}")


@settings(max_examples=150, deadline=SLOW, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300), st.sampled_from(SUFFIXES))
def test_any_text_under_any_suffix_is_read_or_told(text, suffix):
    told(text.encode("utf-8", "surrogatepass"), f"any{suffix}")


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=40, deadline=SLOW, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_file_with_some_bytes_changed_is_read_or_told(name, data):
    raw = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    told(bytes(raw), name)
