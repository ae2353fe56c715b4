"""Other tools that tell topics from seed words: one of them answers tasks, in an environment of its own.

    .venv-peers/bin/python benchmarks/topic_peers.py corex|lda|bertopic

`make peers` makes that environment. A task is a line of JSON on standard input - `texts`, `seeds` (a list for each topic) and,
for those that need it, `vectors` (a .npy file: a vector for each text, then one for each topic's seeds) - and the answer a line
on standard output: the number of each text's topic, and the seconds of the processor that it took. Every tool is
used as its own documentation shows.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Task = dict[str, Any]


def corex(task: Task) -> Sequence[int]:
    """CorEx with the seeds as anchors and a free topic more; Gallagher et al., TACL 2017."""
    from corextopic.corextopic import Corex
    from sklearn.feature_extraction.text import CountVectorizer

    words = CountVectorizer(stop_words="english", max_features=20_000, binary=True)
    table = words.fit_transform(task["texts"])
    known = list(words.get_feature_names_out())
    anchors = [[seed.lower() for seed in seeds if seed.lower() in words.vocabulary_] for seeds in task["seeds"]]
    model = Corex(n_hidden=len(anchors) + 1, seed=1, max_iter=100)
    model.fit(table, words=known, anchors=anchors, anchor_strength=4)
    return model.p_y_given_x[:, : len(anchors)].argmax(axis=1).tolist()


def lda(task: Task) -> Sequence[int]:
    """LDA with a prior on the seeds, as keyATM has it, and a free topic more; tomotopy's `set_word_prior`."""
    import tomotopy
    from sklearn.feature_extraction.text import CountVectorizer

    split = CountVectorizer(stop_words="english").build_analyzer()
    topics = len(task["seeds"])
    model = tomotopy.LDAModel(k=topics + 1, min_df=3, seed=1)
    for text in task["texts"]:
        model.add_doc(split(text) or ["nothing"])
    for topic, seeds in enumerate(task["seeds"]):
        for seed in seeds:
            model.set_word_prior(seed.lower(), [1.0 if topic == other else 0.1 for other in range(topics + 1)])
    model.train(500, workers=1)
    return [int(np.argmax(text.get_topic_dist()[:topics])) for text in model.docs]


def bertopic(task: Task) -> Sequence[int]:
    """BERTopic guided by the seeds: each text's cluster, named by the seeds nearest to it, clusters for outliers too."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    texts, topics = task["texts"], len(task["seeds"])
    vectors = np.load(task["vectors"])
    seeded = vectors[len(texts) :]

    class Given(BaseEmbedder):
        """The vectors of the seeds, made beforehand by the same model as those of the texts."""

        def embed(self, documents: Sequence[str], verbose: bool = False) -> Any:
            return seeded[: len(documents)]

    model = BERTopic(
        embedding_model=Given(),
        seed_topic_list=task["seeds"],
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1),
        vectorizer_model=CountVectorizer(stop_words="english"),
    )
    found, _ = model.fit_transform(texts, embeddings=vectors[: len(texts)].copy())
    if -1 in found and max(found) >= 0:
        found = model.reduce_outliers(texts, found, strategy="embeddings", embeddings=vectors[: len(texts)])
    near = model.topic_embeddings_[model._outliers :] @ seeded.T
    nearest = near.argmax(axis=1) if len(near) else np.zeros(1, int)
    return [int(nearest[max(cluster, 0)]) % topics for cluster in found]


PEERS: dict[str, Callable[[Task], Sequence[int]]] = {"corex": corex, "lda": lda, "bertopic": bertopic}


def main() -> None:
    """Answer the tasks on standard input until it ends; what a tool prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        began = time.process_time()
        told = PEERS[sys.argv[1]](json.loads(line))
        print(json.dumps({"told": told, "seconds": time.process_time() - began}), file=answers, flush=True)


if __name__ == "__main__":
    main()
