"""An edition becomes articles, paragraph by paragraph; what has no text is named."""

import json

import toolkit_courant

import toolkit as tk

EDITION = {
    "format": "courant-export",
    "date": "2026-02-03",
    "stories": [
        {
            "key": "c1",
            "headline": "Ferry talks resume",
            "desk": "Harbour",
            "paragraphs": [
                {"kind": "p", "text": "The harbour board met on Monday."},
                {"kind": "h2", "text": "What comes next"},
                {"kind": "figcaption", "text": "The old ferry in its dock."},
            ],
        },
        {"key": "c2", "headline": "An empty one", "paragraphs": []},
    ],
}


def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_courant)


def test_an_edition_is_read_with_kinds_and_the_empty_story_named(tmp_path):
    tk.use(toolkit_courant)
    path = tmp_path / "edition.json"
    path.write_text(json.dumps(EDITION), encoding="utf8")
    corpus = tk.load(path, recognizer="builtin")
    assert corpus.documents.select("doc_id", "title", "outlet", "section").rows() == [
        ("c1", "Ferry talks resume", "The Courant", "Harbour")
    ]
    assert {"body", "heading", "caption"} <= set(corpus.sentences["kind"])
    assert "story without text ('An empty one')" in corpus.problems["problem"][0]


def test_other_json_is_left_to_others(tmp_path):
    tk.use(toolkit_courant)
    path = tmp_path / "other.json"
    path.write_text(json.dumps([{"text": "A text of another paper."}]), encoding="utf8")
    assert len(tk.load(path, recognizer="builtin")) == 1
