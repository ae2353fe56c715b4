import io
import json as codec
import tracemalloc
from itertools import chain, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source
from toolkit.loaders.json import json

A = {"title": "A", "body": "The ferry talks resumed."}
B = {"title": "B", "body": "The ferry is late."}
BOTH = [("A", A["body"]), ("B", B["body"])]


def file(tmp_path, content, name="news.json"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(articles):
    return [(article.title, article.text) for article in articles]


SHAPES = {
    "a list": codec.dumps([A, B]),
    "a pretty list": codec.dumps([A, B], indent=2),
    "an object with a list inside": codec.dumps({"status": "ok", "articles": [A, B]}),
    "a list deep inside": codec.dumps({"response": {"docs": {"items": [A, B]}}}),
    "an object of objects": codec.dumps({"a1": A, "a2": B}),
    "one a line": f"{codec.dumps(A)}\n{codec.dumps(B)}\n",
    "one after another": codec.dumps(A, indent=1) + codec.dumps(B, indent=1),
    "records of a search engine": "".join(
        codec.dumps({"_id": n, "_source": part}) + "\n" for n, part in enumerate((A, B))
    ),
    "a sequence of RFC 7464": f"\x1e{codec.dumps(A)}\n\x1e{codec.dumps(B)}\n",
    "with a mark and UTF-16": codec.dumps([A, B]).encode("utf-16"),
    "a feed": codec.dumps(
        {"version": "1.1", "title": "Feed", "items": [{"title": a["title"], "content_text": a["body"]} for a in (A, B)]}
    ),
}


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("name", ["news.json", "news.txt"])
def test_articles_are_found_in_any_shape_and_under_any_name(tmp_path, content, name):
    assert rows(read(file(tmp_path, content, name))[0]) == BOTH


def test_one_object_is_one_article_and_the_fields_of_web_interfaces_are_known(tmp_path):
    content = {"source": {"id": None, "name": "Gazette"}, "author": None, "content": "<p>Talks.</p><h2>Again</h2><p>More.</p>",
               "publishedAt": "2026-01-12T10:00:00Z", "url": "https://g.example/a", "tags": ["ferry"]}  # fmt: skip
    (article,), _ = read(file(tmp_path, codec.dumps(content)))
    assert (article.outlet, article.url, article.meta) == ("Gazette", "https://g.example/a", {"tags": ["ferry"]})
    assert article.text == "Talks.\n\nAgain\n\nMore."
    assert article.blocks == [("body", 0, 6), ("heading", 8, 13), ("body", 15, 20)]
    assert article.published.hour == 10


def test_texts_alone_are_articles(tmp_path):
    assert rows(read(file(tmp_path, '["One text.", "Another."]'))[0]) == [(None, "One text."), (None, "Another.")]


def test_a_broken_line_is_named_and_the_rest_loaded(tmp_path):
    articles, said = read(file(tmp_path, f"{codec.dumps(A)}\n{{broken\n\n3\n{codec.dumps(B)}\n", "a.jsonl"))
    assert rows(articles) == BOTH
    assert said[1:] == [
        "skipped: is no valid JSON in line 2, left out.",
        "skipped: holds neither an object nor a text in line 4, left out.",
    ]


def test_a_broken_item_of_a_list_is_named_and_so_is_a_half_written_end(tmp_path):
    content = f'[{codec.dumps(A)},\n{{"title": nonsense}},\n{codec.dumps(B)}, {{"title": "C", "bo'
    articles, said = read(file(tmp_path, content))
    assert rows(articles) == BOTH
    assert said[1:] == ["skipped: is no valid JSON in 2 items (2, 4), left out."]


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"a":' * 100_000, "[]", "{}", '{"a": 1}', f"[{'9' * 10_000}]", '{"text": ', "nul"]
)
def test_what_holds_no_article_is_told_and_never_raises(tmp_path, content):
    articles, said = read(file(tmp_path, content))
    assert articles == [] or content == "nul"
    assert said or content == "nul"


def test_a_list_is_read_item_by_item_in_bounded_memory():
    """A file of 150 MB on one line holds no more than a few of its pieces in memory."""
    item = codec.dumps({"title": "A", "text": "word " * 2000}).encode() + b","

    class Stream(io.RawIOBase):
        parts = chain([b"["], repeat(item, 15_000), [b"{}]"])
        rest = b""

        def readable(self):
            return True

        def readinto(self, buffer):
            self.rest = self.rest or next(self.parts, b"")
            part, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
            buffer[: len(part)] = part
            return len(part)

    source = Source("long.json", opener=lambda: io.BufferedReader(Stream()))
    articles = json(source)
    for _ in range(200):
        next(articles)
    tracemalloc.start()
    assert sum(1 for _, article in zip(range(500), articles, strict=False) if article.title == "A") == 500
    assert tracemalloc.get_traced_memory()[1] < 30e6
    tracemalloc.stop()


def test_a_line_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.loaders.lines.LONGEST", 1000)
    articles, said = read(
        file(tmp_path, f'{codec.dumps(A)}\n{{"text": "{"x" * 5000}"}}\n{codec.dumps(B)}\n', "a.jsonl")
    )
    assert rows(articles) == BOTH
    assert any("in line 2, left out" in sentence for sentence in said)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"title": st.text(min_size=1), "text": st.text(), "extra": st.integers() | st.lists(st.text())}
        ),
        max_size=6,
    ),
    st.sampled_from([None, 2]),
    st.integers(1, 50),
)
def test_a_list_comes_back_whole_wherever_the_pieces_are_cut(items, indent, chunk):
    import toolkit.loaders.json as module

    before, module.CHUNK = module.CHUNK, chunk
    try:
        articles, _ = read(Source("a.json", opener=lambda: io.BytesIO(codec.dumps(items, indent=indent).encode())))
    finally:
        module.CHUNK = before
    assert len(articles) == len(items)
