"""A corpus through any order of its operations: places, keys and sums hold, and what is the same has the same fingerprint."""

import shutil
import tempfile
from pathlib import Path

import invariants
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import toolkit as tk

TEXTS = [
    "The talks resumed in Geneva. Iran did not comment.",
    "Talks resume\n\nBy Ana Bell\n\nPresident Dmitry Orlov met Ms. Bell. Orlov said: “No.” Gas fell.",
    "Gas prices rose in France and the U.S. on Monday.\n\n- One\n- Two",
    "伊朗外长周三在日内瓦表示，谈判将继续。",
    "Orlov and Iran. 😀 Élysée talks — “oui”, said Bell.\r\n\r\nOrlov left.",
    "",
]
TITLES = [None, "Talks", "Iran and gas"]
BOOKS = [{"Talks": ["talks", "negotiat*"], "Iran": ["country:IRN"]}, ["France"], {"Gas": ["gas", "oil"]}, {}]
articles = st.lists(
    st.fixed_dictionaries(
        {"text": st.sampled_from(TEXTS), "title": st.sampled_from(TITLES), "outlet": st.sampled_from(["A", "B", None])},
        optional={"id": st.sampled_from("abc"), "published": st.sampled_from(["2026-02-01", "2026-02-03"])},
    ),
    max_size=3,
)


class States(RuleBasedStateMachine):
    """One corpus, and what is done with it."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="states-"))

    def teardown(self):
        shutil.rmtree(self.folder)

    @initialize(given=articles, book=st.sampled_from(BOOKS), dedupe=st.sampled_from(["mark", "drop", "off"]))
    def load(self, given, book, dedupe):
        self.corpus = tk.load(given, topics=book, recognizer="builtin", dedupe=dedupe, executor=1, progress=False)

    @rule(given=articles)
    def add(self, given):
        before = self.corpus
        self.corpus = before.add(given, progress=False)
        for name in ("documents", "sentences", "entities", "topics"):
            old = self.corpus.frame(name).filter(tk.schema.pl.col("doc_id").is_in(before.documents["doc_id"].to_list()))
            assert old.equals(before.frame(name)), f"adding changed old rows of {name}"

    @rule()
    def add_again(self):
        rows = self.corpus.documents.select("title", "text", "outlet", id="doc_id").to_dicts()
        assert len(self.corpus.add(rows, progress=False)) == len(self.corpus)

    @rule(
        where=st.sampled_from(
            [{"topic": "Talks"}, {"country": "IRN"}, {"outlet": "A"}, {"text": "gas"}, {"since": "2026-02-02"}]
        )
    )
    def where(self, where):
        if where.get("topic", "Talks") in self.corpus.codebook.topics:
            part = self.corpus.where(**where)
            assert len(part) <= len(self.corpus)
            assert part.where(**where).fingerprint == part.fingerprint
            self.corpus = part

    @rule(data=st.data(), act=st.sampled_from(["merge", "rename", "ignore", "split", "watch"]))
    def decide(self, data, act):
        names = sorted(self.corpus.entities["entity"].drop_nulls().unique())
        if not names:
            return
        name = data.draw(st.sampled_from(names))
        try:
            self.corpus = {
                "merge": lambda: self.corpus.merge(name, names[0]),
                "rename": lambda: self.corpus.rename(name, f"{name} II"),
                "ignore": lambda: self.corpus.ignore(name),
                "split": lambda: self.corpus.split(name, "Orlov"),
                "watch": lambda: self.corpus.watch({name: ["Ms. Bell", "talks"]}, label="ORG"),
            }[act]()
        except tk.errors.SettingError:
            return  # a circle, or a name made itself: refused in a sentence

    @rule(book=st.sampled_from(BOOKS))
    def retopic(self, book):
        self.corpus = self.corpus.retopic(book)
        assert self.corpus.retopic(book).fingerprint == self.corpus.fingerprint

    @rule()
    def refit(self):
        self.corpus = self.corpus.refit()

    @rule()
    def save_and_open(self):
        before = self.corpus.documents, len(self.corpus)
        opened = tk.open(self.corpus.save(self.folder / "corpus"))
        assert (self.corpus.scan("documents").collect().equals(before[0]), len(self.corpus)) == (True, before[1])
        for name in ("documents", "sentences", "entities", "topics", "document_topics", "words"):
            assert opened.frame(name).equals(self.corpus.frame(name)), f"{name} was opened as something else"
        assert opened.fingerprint == self.corpus.fingerprint
        self.corpus = opened

    @invariant()
    def the_promises_hold(self):
        invariants.check(self.corpus)


@pytest.mark.long
def test_whatever_is_done_to_a_corpus_its_promises_hold():
    from hypothesis.stateful import run_state_machine_as_test

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        States,
        settings=settings(
            max_examples=30, stateful_step_count=8, print_blob=True, deadline=None, suppress_health_check=quiet
        ),
    )
