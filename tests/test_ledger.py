"""The ledger: what the user decides on names holds in every frame, for new articles, and in a file one can read."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit import Decision, Ledger

PESKOV = "Dmitry Peskov spoke in Moscow. Peskov said the talks would go on. Putin's spokesman left."
PUTIN = "Vladimir Putin met Nikolai Peskov in Sochi. The U.S. and Iran were not there."


def corpus(*texts, **settings):
    return tk.load(
        [{"id": str(n), "text": text} for n, text in enumerate(texts)], recognizer="builtin", progress=False, **settings
    )


def names(corpus, doc_id="0"):
    return corpus.entities.filter(doc_id=doc_id).select("text", "entity").rows()


def by_user(corpus):
    return corpus.entities.filter(found_by="user").select("text", "entity").rows()


def test_merged_names_are_one_with_the_id_and_country_of_the_second():
    made = corpus("Officials in Kiev agreed. The Americans left Gorlby.", "Ukraine's Kyiv was calm.").merge(
        "Americans", "United States"
    )
    assert by_user(made) == [("Americans", "United States")]
    assert made.entities.filter(found_by="user").select("country", "confidence").rows() == [("USA", 1.0)]
    merged = corpus(PESKOV, PUTIN).merge("Nikolai Peskov", "Dmitry Peskov")
    assert merged.entities.filter(found_by="user").select("entity", "entity_id").rows() == [
        ("Dmitry Peskov", "person:dmitry-peskov")
    ]


def test_a_renamed_name_keeps_its_id_and_country():
    before = corpus("Iran agreed. Iran signed.")
    after = before.rename("Iran", "Islamic Republic of Iran")
    assert after.entities["entity"].to_list() == ["Islamic Republic of Iran"] * 2
    assert after.entities.select("entity_id", "country").equals(before.entities.select("entity_id", "country"))


def test_a_split_of_what_is_not_there_is_refused():
    corpus = tk.load([{"id": "a", "text": "Smith met John Smith in Paris."}], recognizer="builtin", progress=False)
    with pytest.raises(tk.SettingError, match="called 'Nope'"):
        corpus.split("John Smith", "Nope")
    with pytest.raises(tk.SettingError, match="no document 'zz'"):
        corpus.split("John Smith", "Smith", doc_id="zz")


def test_a_split_takes_out_what_is_written_so_in_one_document_or_in_all():
    own = corpus(PESKOV, PESKOV.replace("Moscow", "Sochi"))
    assert by_user(own.split("Dmitry Peskov", "Peskov")) == [("Peskov", "Peskov")] * 2
    one = own.split("Dmitry Peskov", "Peskov", doc_id="1", becomes="Ivan Peskov")
    assert one.entities.filter(found_by="user").select("doc_id", "entity", "entity_id").rows() == [
        ("1", "Ivan Peskov", "person:ivan-peskov")
    ]


def test_what_is_ignored_is_gone_and_comes_back_when_that_is_forgotten():
    own = corpus(PESKOV)
    less = own.ignore("Moscow")
    assert "Moscow" not in less.entities["entity"]
    assert less.forget("Moscow").entities.equals(own.entities)
    assert less.forget("Moscow").fingerprint == own.fingerprint != less.fingerprint


def test_watched_names_are_found_as_written_and_longer_names_are_left_alone():
    own = corpus(PESKOV, PUTIN, "PUTIN’S SPOKESMAN and Putin’s spokesman; Peskovsky.")
    watched = own.watch({"Dmitry Peskov": ["Peskov", "Putin's spokesman"]})
    assert by_user(watched) == [
        (text, "Dmitry Peskov") for text in ("Dmitry Peskov", "Peskov", "Putin's spokesman", "Putin’s spokesman")
    ]
    assert set(watched.entities.filter(found_by="user")["label"].cast(pl.String)) == {"PERSON"}
    assert "Nikolai Peskov" in watched.entities["entity"]
    texts = watched.entities.join(watched.documents.select("doc_id", whole="text"), on="doc_id")
    cut = texts.select(pl.col("whole").str.slice(pl.col("start"), pl.col("end") - pl.col("start")) == pl.col("text"))
    assert cut.to_series().all()
    inside = watched.entities.join(watched.sentences, on=["doc_id", "sent_id"], suffix="_s")
    assert inside.height == watched.entities.height
    assert (inside["start"] >= inside["start_s"]).all()
    assert (inside["start"] < inside["end_s"]).all()


def test_merges_are_followed_to_the_end_whatever_their_order():
    own = corpus("Iran and Oman and France agreed.")
    one, two = own.merge("Iran", "Oman").merge("Oman", "France"), own.merge("Oman", "France").merge("Iran", "Oman")
    assert one.entities["entity"].to_list() == ["France"] * 3
    assert one.entities.equals(two.entities)
    assert one.fingerprint == two.fingerprint


def test_a_decision_takes_the_place_of_its_opposite_and_circles_are_refused():
    own = corpus("Iran and Oman and France agreed.")
    assert own.merge("Iran", "Oman").merge("Oman", "Iran").entities["entity"].to_list() == ["Iran", "Iran", "France"]
    with pytest.raises(
        tk.SettingError, match=r"'France' cannot become 'Iran', which the ledger makes 'France' in turn"
    ):
        own.merge("Iran", "Oman").merge("Oman", "France").merge("France", "Iran")


def test_a_name_that_is_nowhere_is_refused_with_those_most_like_it():
    with pytest.raises(
        tk.SettingError, match=r"Nothing in the corpus is called 'Dmitri Peskov'; most like it are 'Dmitry Peskov'"
    ):
        corpus(PESKOV).merge("Dmitri Peskov", "Peskov")
    assert len(corpus(PESKOV).watch({"Angela Merkel": []}).ledger) == 1


def test_decisions_hold_for_added_articles_and_old_rows_stay():
    old = corpus(PESKOV).merge("Moscow", "Kremlin").watch({"Dmitry Peskov": "the spokesman"})
    new = old.add([{"id": "9", "text": "In Moscow the spokesman was silent."}], progress=False)
    assert names(new, "9") == [("Moscow", "Kremlin"), ("the spokesman", "Dmitry Peskov")]
    assert new.entities.filter(doc_id="0").equals(old.entities)
    assert new.refit().entities.equals(new.entities)


def test_decisions_hold_in_analyses_topics_and_saved_corpora(tmp_path):
    own = corpus("Iran agreed to it. The weather was fine.", "Rain fell in Paris.", topics={"Iran": ["country:IRN"]})
    less = own.ignore("Iran")
    assert own.topics.filter(topic="Iran", doc_id="0").height
    assert less.topics.filter(topic="Iran").is_empty()
    assert less.topics.filter(doc_id="1").equals(own.topics.filter(doc_id="1"))
    assert less.topics.equals(less.retopic({"Iran": ["country:IRN"]}).topics)
    assert "Iran" not in tk.analyses.entity_ranking(less).frame["entity"]
    less.save(tmp_path / "saved")
    again = tk.open(tmp_path / "saved")
    assert again.ledger.decisions == less.ledger.decisions
    assert again.entities.equals(less.entities)
    assert again.fingerprint == less.fingerprint


def test_a_ledger_with_a_file_is_saved_at_every_decision_and_read_again(tmp_path):
    path = tmp_path / "names.csv"
    own = corpus(PESKOV).with_ledger(path)
    assert not path.exists()
    decided = own.merge("Moscow", "Kremlin").ignore("Kremlin")
    assert (
        path.read_text() == "decision,name,becomes,written,doc_id,label\nignore,Kremlin,,,,\nmerge,Moscow,Kremlin,,,\n"
    )
    assert corpus(PESKOV).with_ledger(path).entities.equals(decided.entities)
    decided.forget("Kremlin")
    assert len(Ledger.read(path)) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("decision,name,becomes\nmerge,Iran,\n", r"Line 2 of the ledger .*: A merge needs name and becomes; becomes is empty"),
        ("decision,name\nfuse,Iran\n", r"Line 2 .*There is no decision 'fuse'; there are merge, split"),
        ("decision,becomes\nmerge,Iran\n", r"Line 2 of .* needs name and becomes; name is empty"),
        (f"decision,name\nmerge,{'a' * 140_000}\n", r"is no table that can be read: field larger"),
        ("a;b\n1;2\n", r"has the columns 'a;b'; it must have decision, name"),
        ("decision,name,becomes\nmerge,A,A\n", r"A merge cannot make 'A' itself"),
        ("decision,name,written,label\nwatch,A,B,CAT\n", r"There is no label 'CAT'; there are PERSON"),
        ("decision,name,becomes\nmerge,A,B\nmerge,B,C\nmerge,C,A\n", r"'C' cannot become 'A'"),
    ],
)  # fmt: skip
def test_a_ledger_that_cannot_be_read_says_why_and_where(tmp_path, text, sentence):
    (tmp_path / "l.csv").write_text(text)
    with pytest.raises(tk.SettingError, match=sentence):
        corpus(PESKOV).with_ledger(tmp_path / "l.csv")


def test_a_ledger_as_spreadsheets_write_it_is_read(tmp_path):
    (tmp_path / "l.csv").write_bytes(b"\xef\xbb\xbfname,decision,becomes\r\nIran,merge,Oman\r\n,,\r\n")
    assert Ledger.read(tmp_path / "l.csv").decisions == (Decision("merge", "Iran", "Oman"),)


word = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(word, word), max_size=6))
def test_what_is_saved_is_what_is_read(tmp_path_factory, pairs):
    made = [Decision("watch", name, written=form) for name, form in pairs if name != ""]
    ledger = Ledger().with_decisions(made)
    path = ledger.save(tmp_path_factory.mktemp("l") / "ledger.csv")
    assert sorted(Ledger.read(path).decisions) == sorted(ledger.decisions)


def test_one_enormous_sentence_is_watched_dated_and_decided_on():
    own = tk.load(
        [{"text": "word Paris on Wednesday said " * 3000, "published": "2026-02-06"}],
        recognizer="builtin",
        progress=False,
    )
    watched = own.watch({"City of Light": ["Paris"]}, label="GPE").merge("City of Light", "Paris")
    assert watched.entities.filter(found_by="user").height == 3000
    assert watched.frame("dates")["first_day"].n_unique() == 1


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Peskov", "Dmitry", "spoke in", "Putin's", ".", "the talks", "Moscow. Peskov"]),
        min_size=1,
        max_size=4,
    )
)
def test_watched_mentions_never_overlap(forms):
    entities = corpus(PESKOV).watch({"It": forms}, label="OTHER").entities
    assert (entities["start"].shift(-1).drop_nulls() >= entities["end"].head(-1)).all()


def test_a_ledger_shows_itself_in_words_and_escaped():
    ledger = corpus(PESKOV).merge("Moscow", "<script>").ledger
    assert repr(ledger) == "Ledger of 1 decision\n  Moscow is merged into <script>"
    assert "<script>" not in ledger._repr_mimebundle_()["text/html"]
