"""The review of names: the riskiest joins first, and what a decision does."""

import polars as pl

import toolkit as tk

PESKOV = "Dmitry Peskov spoke in Moscow. Peskov said the talks would go on."


def corpus(*texts):
    return tk.load([{"id": str(n), "text": text} for n, text in enumerate(texts)], recognizer="builtin", progress=False)


def joins(review):
    return review.joins.select("written", "name").rows()


def test_what_could_mean_another_comes_first():
    pikes = ["Desmond Pike spoke. Pike left.", "Anna Pike arrived in Oslo. Pike was late.", PESKOV]
    review = tk.review(corpus(*pikes))
    assert [written for written, _ in joins(review)] == ["Pike", "Pike", "Peskov"]
    assert review.joins["rivals"].to_list() == [1, 1, 0]
    assert review.joins["risk"].is_sorted(descending=True)


def test_its_sentences_hold_the_form_first_and_mark_it():
    shown = tk.review(corpus(PESKOV))._sentences.frame
    assert shown["what"].to_list() == ["Peskov", "Dmitry Peskov"]
    row = shown.row(0, named=True)
    assert [row["text"][mark["start"] : mark["end"]] for mark in row["marks"]] == ["Peskov"]


def test_a_right_join_is_kept_in_the_file_and_not_asked_again(tmp_path):
    path = tmp_path / "names.csv"
    own = corpus(PESKOV).with_ledger(path)
    review = tk.review(own)
    assert joins(review) == [("Peskov", "Dmitry Peskov")]
    review.right()
    assert joins(review) == []
    assert review.current is None
    assert "keep,Dmitry Peskov,,Peskov,," in path.read_text()
    assert review.corpus.entities.equals(own.entities)
    assert joins(tk.review(corpus(PESKOV).with_ledger(path))) == []
    review.undo()
    assert joins(review) == [("Peskov", "Dmitry Peskov")]
    assert "Peskov" not in path.read_text()


def test_a_wrong_join_is_split_in_all_articles_or_in_one():
    review = tk.review(corpus(PESKOV, PESKOV.replace("Moscow", "Oslo")))
    review.apart_here()
    assert review.corpus.entities.filter(found_by="user").select("doc_id", "entity").rows() == [("0", "Peskov")]
    review.apart()
    assert review.corpus.entities.filter(found_by="user")["doc_id"].to_list() == ["0", "1"]
    assert joins(review) == []


def test_the_join_selected_is_the_one_decided_on():
    review = tk.review(corpus(PESKOV, "Desmond Pike spoke. Pike left."))
    review._list.chosen = [review.joins["written"].to_list().index("Pike")]
    review.ignore()
    assert set(review.corpus.entities.filter(pl.col("label").cast(pl.String) == "PERSON")["entity"]) == {
        "Dmitry Peskov"
    }


def test_the_static_table_is_escaped_and_holds_a_sentence():
    review = tk.review(corpus("<script>alert(1)</script> Dmitry Peskov spoke. Peskov <b>left</b>."))
    assert "<script>" not in review.static()
    assert "Peskov &lt;b&gt;left&lt;/b&gt;" in review.static()


def test_a_corpus_without_names_has_nothing_to_review():
    review = tk.review(corpus("It rained."))
    assert review.joins.is_empty()
    for act in (review.right, review.apart, review.apart_here, review.ignore, review.undo):
        act()
    assert len(review.corpus.ledger) == 0
