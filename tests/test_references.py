"""Measures of the analyses beside those of the field's libraries, on small corpora."""

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit as tk

TOY = {"North": "aa aa aa bb bb cc cc cc cc cc cc dd ee ff gg hh hh", "South": "aa aa bb cc cc dd dd dd dd ee ff hh"}
"""The counts of the example that quanteda tests its keyness with."""


def made(outlets):
    articles = [{"outlet": outlet, "text": text} for outlet, texts in outlets.items() for text in texts]
    return tk.load(articles, recognizer="builtin", dedupe="off", progress=False)


def turned(text):
    """Ten articles of the same words, each beginning with another, since the same sentence in all would be furniture."""
    words = text.split()
    return [f"{' '.join([*words[n:], *words[:n]]).capitalize()}." for n in range(10)]


def test_keyness_is_the_likelihood_ratio_of_scipy_s_contingency_tables():
    stats = pytest.importorskip("scipy.stats")
    corpus = made({outlet: turned(text) for outlet, text in TOY.items()})
    frame = tk.analyses.keyness(corpus, least=1, every=True, resamples=0).frame
    assert set(frame["word"]) >= {"cc", "dd"}
    for word, outlet, score in frame.select("word", "outlet", "log_likelihood").iter_rows():
        mine, other = (10 * TOY[name].split().count(word) for name in ([outlet, *({*TOY} - {outlet})]))
        sizes = [10 * len(TOY[name].split()) for name in ([outlet, *({*TOY} - {outlet})])]
        table = [[mine, other], [sizes[0] - mine, sizes[1] - other]]
        assert score == pytest.approx(
            stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_corrected_p_values_are_scipy_s(values):
    stats = pytest.importorskip("scipy.stats")
    found = pl.DataFrame({"p": values}).select(q=tk.association.adjusted(pl.col("p")))["q"]
    assert found.to_list() == pytest.approx(stats.false_discovery_control(values).tolist(), abs=1e-12)


def test_likeness_is_the_cosine_of_scikit_learn_s_tf_idf():
    text = pytest.importorskip("sklearn.feature_extraction.text")
    texts = {"North": "gas gas pipes leak prices", "South": "oil wells burn prices prices", "East": "gas wells leak"}
    frame = tk.analyses.similarity(made({outlet: [f"{words.capitalize()}."] for outlet, words in texts.items()})).frame
    weights = text.TfidfVectorizer(sublinear_tf=True).fit_transform(texts.values()).toarray()
    expected = {(a, b): x @ y for a, x in zip(texts, weights, strict=True) for b, y in zip(texts, weights, strict=True)}
    assert frame.height == 6
    for first, second, value in frame.select("first", "second", "similarity").iter_rows():
        assert value == pytest.approx(expected[first, second])


def test_neighbours_on_the_map_are_neighbours_in_scikit_learn_s_sense():
    manifold = pytest.importorskip("sklearn.manifold")
    from toolkit_document_map import embedded

    random = np.random.default_rng(0)
    points = np.concatenate([random.normal(5 * n, 1, (40, 6)) for n in range(3)])
    assert manifold.trustworthiness(points, embedded(points), n_neighbors=10) > 0.9


def test_a_word_shift_adds_up_to_scipy_s_jensen_shannon_distance_squared():
    distance = pytest.importorskip("scipy.spatial.distance")
    texts = {"North": "Gas gas gas oil coal.", "South": "Oil oil oil coal coal wood."}
    frame = tk.analyses.word_shift(made({outlet: [text] for outlet, text in texts.items()})).frame
    shares = [[text.lower().count(word) for word in ("gas", "oil", "coal", "wood")] for text in texts.values()]
    assert frame["shift"].abs().sum() == pytest.approx(1000 * distance.jensenshannon(*shares, base=2) ** 2)


def test_the_bootstrap_is_scipy_s_percentile_interval():
    stats = pytest.importorskip("scipy.stats")
    named = np.random.default_rng(1).gamma(2.0, size=60)
    low, high = tk.bootstrap(lambda drawn: drawn @ named[:, None] / len(named), len(named), resamples=4000)
    theirs = stats.bootstrap((named,), np.mean, method="percentile", n_resamples=4000, rng=np.random.default_rng(2))
    assert (low[0], high[0]) == pytest.approx(tuple(theirs.confidence_interval), rel=0.03)


def test_lix_is_textstat_s():
    textstat = pytest.importorskip("textstat", reason="textstat fetches a dictionary for its other measures")
    text = "The delegation returned to Geneva. Negotiators described the agreement as fragile. The rain fell on the empty harbour."
    assert tk.analyses.readability(made({"North": [text]})).frame["lix"].item() == pytest.approx(
        textstat.lix(text), abs=0.1
    )


def test_communities_part_the_network_at_least_as_well_as_networkx_s_greedy_ones():
    rows = [
        "Iran met France.",
        "Iran met France and Italy.",
        "Italy met Iran.",
        "China met India.",
        "India met Japan and China.",
    ]
    corpus = tk.load(rows * 2, recognizer="builtin", dedupe="off", progress=False)
    frame = tk.analyses.entity_network(corpus, least=1, resamples=0).frame
    graph = nx.Graph()
    for first, second, npmi in frame.filter(pl.col("npmi") > 0).select("entity", "other", "npmi").iter_rows():
        graph.add_edge(first, second, weight=npmi)
    groups = frame.group_by("community").agg(pl.col("entity").unique())["entity"].to_list()
    mine = nx.community.modularity(graph, groups)
    theirs = nx.community.modularity(graph, nx.community.greedy_modularity_communities(graph, weight="weight"))
    assert mine >= theirs - 1e-9
