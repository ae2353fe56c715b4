"""The map: articles that use the same words lie together, and the same corpus gives the same map."""

import numpy as np
from test_topic_discovery import ABOUT, made

import toolkit as tk


def test_articles_of_one_kind_lie_nearer_to_each_other_than_to_the_rest():
    frame = tk.analyses.document_map(made()).frame
    texts = dict(made().documents.select("doc_id", "text").iter_rows())
    kind = np.array(
        [
            next(
                n
                for n, words in enumerate(ABOUT.values())
                if words[0] in texts[doc].lower() or words[1] in texts[doc].lower()
            )
            for doc in frame["doc_id"]
        ]
    )
    places = frame.select("x", "y").to_numpy()
    centres = np.stack([places[kind == number].mean(axis=0) for number in range(len(ABOUT))])
    nearest = ((places[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
    assert (nearest == kind).mean() > 0.95
    assert (places == tk.analyses.document_map(made()).frame.select("x", "y").to_numpy()).all()


def test_a_few_articles_have_no_map(corpus):
    assert tk.analyses.document_map(corpus).note == "A map takes 10 articles with words or more; this corpus has 1."
