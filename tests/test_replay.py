"""A figure's file carries its receipt, and is drawn again from it."""

import polars as pl
import pytest

import toolkit as tk
from toolkit import receipt
from toolkit.errors import ToolkitError

ARTICLES = [{"id": "a", "text": "The talks resumed in Geneva.", "outlet": "North"}, {"id": "b", "text": "Iran was not invited.", "outlet": "South"}]  # fmt: skip


@pytest.fixture(scope="module")
def two() -> tk.Corpus:
    return tk.load(ARTICLES, topics="mission", recognizer="builtin", progress=False)


@pytest.fixture(scope="module")
def mix(two) -> tk.Result:
    return tk.analyses.topic_mix(two, by="outlet", where={"outlet": ["North", "South"]}, dedupe="stories")


def suffixes():
    from toolkit.registry import registry

    any_figure = [
        plugin for name, plugin in registry.of("exporter").items() if name != "graphs"
    ]  # which saves networks
    return sorted({suffix for plugin in any_figure for suffix in plugin.declared.suffixes})


@pytest.mark.parametrize("suffix", suffixes())
def test_every_format_carries_the_receipt_and_is_drawn_again_from_it(mix, two, suffix, tmp_path):
    path = mix.save(tmp_path / f"mix{suffix}")
    found = receipt.read(path)
    assert found.settings == mix.receipt.settings
    assert (found.where, found.dedupe, found.fingerprint) == (mix.receipt.where, "stories", mix.receipt.fingerprint)
    again = tk.replay(path, two)
    assert again.same
    assert again.differences == []
    assert again.result.frame.equals(mix.frame)


def test_other_numbers_are_said_with_what_changed(mix, two, tmp_path):
    path = mix.save(tmp_path / "mix.svg")
    grown = two.add([{"id": "c", "text": "France spoke of Iran.", "outlet": "South"}], progress=False)
    again = tk.replay(path, grown)
    assert not again.same
    assert "The number of articles changed: 2 then, 3 now." in again.differences
    assert "The numbers have changed." in repr(again)


def test_a_file_without_a_receipt_is_said_and_so_is_none(two, tmp_path):
    (tmp_path / "other.svg").write_text("<svg></svg>")
    with pytest.raises(ToolkitError, match="carries no receipt"):
        tk.replay(tmp_path / "other.svg", two)
    (tmp_path / "bad.svg").write_text("toolkit-receipt:bm90IGpzb24=;")
    with pytest.raises(ToolkitError, match="carries no receipt"):
        tk.replay(tmp_path / "bad.svg", two)
    with pytest.raises(FileNotFoundError):
        tk.replay(tmp_path / "none.svg", two)


def test_a_hash_of_numbers_sees_a_change_and_no_noise():
    frame = pl.DataFrame({"topic": ["a"], "share": [1 / 3]})
    assert receipt.digest(frame) == receipt.digest(frame.with_columns(pl.col("share") + 1e-15))
    assert receipt.digest(frame) != receipt.digest(frame.with_columns(pl.col("share") + 1e-6))
    assert receipt.digest(frame) != receipt.digest(frame.rename({"share": "part"}))
