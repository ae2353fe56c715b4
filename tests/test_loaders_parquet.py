import gzip
from datetime import UTC, datetime

import polars as pl
import pytest
from reads import read

from toolkit.loaders import frames

TABLE = pl.DataFrame(
    {
        "nr": [1, 2],
        "headline": ["Ferry", "Dues"],
        "body": ["The ferry talks resumed.\r\n", "The caf\u00c3\u00a9 pays more."],
        "published": [datetime(2026, 1, 12, 10, tzinfo=UTC), None],
        "tags": [["ferry"], None],
    }
)
WRITERS = {
    "a.parquet": pl.DataFrame.write_parquet,
    "a.arrow": pl.DataFrame.write_ipc,
    "a.feather": pl.DataFrame.write_ipc,
    "a.arrows": pl.DataFrame.write_ipc_stream,
    "nameless": pl.DataFrame.write_parquet,
}


@pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=WRITERS)
def test_a_row_is_an_article_whose_text_is_mended(tmp_path, name, write):
    write(TABLE, tmp_path / name)
    articles, said = read(tmp_path / name)
    assert [article.text for article in articles] == ["The ferry talks resumed.", "The café pays more."]
    assert articles[0].meta == {"nr": 1, "tags": ["ferry"]}
    assert (articles[0].published, articles[1].published) == (datetime(2026, 1, 12, 10, tzinfo=UTC), None)
    assert said == [
        "note: gives text from 'body', title from 'headline'; kept as meta: 'nr', 'tags'. Say otherwise with columns={...}."
    ]


def test_a_table_is_read_some_rows_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(frames, "ROWS", 10)
    pl.DataFrame({"text": [f"text {n}" for n in range(105)]}).write_parquet(tmp_path / "a.parquet", row_group_size=7)
    assert [article.text for article in read(tmp_path / "a.parquet")[0]] == [f"text {n}" for n in range(105)]


def test_a_packed_table_is_read(tmp_path):
    TABLE.write_parquet(tmp_path / "a.parquet")
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress((tmp_path / "a.parquet").read_bytes()))
    assert len(read(tmp_path / "a.parquet.gz")[0]) == 2


def test_bytes_are_read_as_text(tmp_path):
    pl.DataFrame({"text": ["café".encode()]}).write_parquet(tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet")[0][0].text == "café"


def broken(raw):
    return {
        "half-written": (
            raw[:-20],
            "skipped: is a Parquet file that was not written to its end, so nothing of it can be read.",
        ),
        "with a broken foot": (raw[:-300] + bytes(292) + raw[-8:], "skipped: is damaged: "),
        "four bytes": (b"PAR1", "skipped: is damaged: "),
        "an old Feather": (
            b"FEA1" + bytes(100),
            "skipped: is Feather of version 1, which is no longer read; write it anew as Parquet.",
        ),
        "half an Arrow file": (b"ARROW1\0\0" + bytes(100), "skipped: is damaged: "),
    }


@pytest.mark.parametrize("case", broken(b""))
def test_a_broken_table_is_told_in_one_sentence_and_the_rest_loaded(tmp_path, case):
    TABLE.write_parquet(tmp_path / "good.parquet")
    raw, sentence = broken((tmp_path / "good.parquet").read_bytes())[case]
    (tmp_path / "bad.parquet").write_bytes(raw)
    articles, said = read(tmp_path)
    assert len(articles) == 2
    assert len(said) == 2
    assert said[0].startswith(sentence)
