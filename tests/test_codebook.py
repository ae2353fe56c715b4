"""What a codebook is read from, what it refuses, and what its seeds match."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import CodebookError
from toolkit.topics import Codebook, hits
from toolkit.topics.seeds import folded, plain

TOML = """[topics."Peace talks"]
seeds = ["talks", "truce"]
not   = ["pay talks"]
[topics.Iran]
seeds = ["Iran*"]
"""


@pytest.mark.parametrize(
    "source",
    [
        TOML,
        {"Peace talks": {"seeds": ["talks", "truce"], "not": ["pay talks"]}, "Iran": ["Iran*"]},
        {"topics": {"Peace talks": {"seeds": ["talks", "truce"], "not": ["pay talks"]}, "Iran": ["Iran*"]}},
    ],
)
def test_text_and_dict_give_the_same_codebook(source: object) -> None:
    codebook = Codebook.read(source)
    assert codebook.topics == ("Peace talks", "Iran")
    assert codebook == Codebook.read(TOML)
    assert codebook.fingerprint == Codebook.read(TOML).fingerprint


def test_a_list_of_names_are_their_own_seeds() -> None:
    assert Codebook.read(["Iran", "France"]) == Codebook.read({"Iran": ["Iran"], "France": ["France"]})


def test_a_topic_without_seeds_is_its_own_seed() -> None:
    assert Codebook.read("[topics.Iran]\n").entries[0].seeds == ("Iran",)


def test_a_saved_codebook_is_read_back(tmp_path) -> None:
    codebook = Codebook.read(TOML)
    assert Codebook.read(codebook.save(tmp_path / "mine.toml")) == codebook
    assert Codebook.read(str(tmp_path / "mine.toml")) == codebook


def test_the_codebook_of_the_mission_is_the_printed_one() -> None:
    printed = {
        "Peace talks": {
            "seeds": ["talks", "negotiat*", "truce", "ceasefire", "delegation*", "Abu Dhabi"],
            "not": ["pay talks"],
        },
        "Iran": ["Iran*", "Tehran", "uranium", "nuclear deal"],
        "France": ["country:FRA", "Élysée"],
    }
    assert Codebook.read("mission") == Codebook.read(printed)
    assert Codebook.read(None).topics[:3] == ("Peace talks", "Iran", "France")


def test_bundled_codebooks_are_read_and_the_default_holds_two_of_them() -> None:
    mission, news, countries = (Codebook.read(name) for name in ("mission", "news", "countries"))
    assert Codebook.read().entries == mission.entries + news.entries
    assert len(countries) == 249
    assert dict(zip(countries.topics, countries.entries, strict=True))["France"].seeds == ("country:FRA",)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nope", "no codebook 'nope'.*bundled ones are mission"),
        ('[topics.A]\nseeds = ["a"\n[topics.B]\n', "not valid TOML.*line 3"),
        ('[topics.A]\nseeds = ["a"]\n[topics.Other]\nseeds = ["b"]', r"'Other' is reserved.*line 3, column 9"),
        ('[topics.A]\nseeds = ["a"]\nseen = ["b"]', r"key 'seen' \(line 3, column 1\)"),
        ('[topics.A]\nseeds = "a"', r"write a list.*"),
        ('[topics.A]\nseeds = ["a", "*"]', r"'\*' has no letter or digit.*line 2, column 16"),
        ('[topics.A]\nseeds = ["country:France"]', r"not an entity seed.*line 2, column 11"),
        ("[topic.A]\nseeds = []", "no table of topics"),
        (["a", "a"], "listed twice"),
        ([1], "1 is no name"),
        ([None], "None is no name"),
        ({"": ["a"]}, "empty name"),
        ({"A": [1]}, "holds 1"),
        (3, "cannot be read from int"),
    ],
)
def test_a_wrong_codebook_is_refused_in_a_sentence(source: object, message: str) -> None:
    with pytest.raises(CodebookError, match=message):
        Codebook.read(source)


def test_diff_says_what_is_added_and_removed() -> None:
    new = Codebook.read({"Peace talks": ["talks", "ceasefire"], "France": ["Paris"]})
    changes = set(Codebook.read(TOML).diff(new).iter_rows())
    assert ("Peace talks", "seeds", "ceasefire", "added") in changes
    assert ("Peace talks", "not", "pay talks", "removed") in changes
    assert ("Iran", "topic", "Iran", "removed") in changes
    assert len(changes) == 7


def test_the_notebook_view_escapes_what_the_user_wrote() -> None:
    view = Codebook.read({"<b>A</b>": ["<script>x"]})._repr_html_()
    assert "<script>" not in view
    assert "<b>A" not in view


word = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12)


@given(st.dictionaries(word, st.lists(word, max_size=4), max_size=4))
def test_any_codebook_survives_toml(source: dict[str, list[str]]) -> None:
    try:
        codebook = Codebook.read(dict(source))
    except CodebookError:
        return
    assert Codebook.read(codebook.to_toml()) == codebook


def units(*texts: str) -> pl.DataFrame:
    return pl.DataFrame({"at": range(len(texts)), "start": 0, "text": texts}).cast({"at": pl.UInt32, "start": pl.Int64})


def matched(seed: str, text: str, *, but: tuple[str, ...] = ()) -> list[str]:
    codebook = Codebook.read({"A": {"seeds": [seed], "not": list(but)}})
    return [text[start:end] for start, end in hits.find(units(text), None, codebook).select("start", "end").iter_rows()]


@pytest.mark.parametrize(
    ("seed", "text", "expected"),
    [
        ("talks", "Talks, small-talks; stalks talkshow", ["Talks", "talks"]),
        ("Iran*", "Iranians in IRAN, not in Tirana", ["Iranians", "IRAN"]),
        ("*truce", "an energytruce, a truce, truces", ["energytruce", "truce"]),
        ("ne*t*r", "A negotiator and a neuter", ["negotiator", "neuter"]),
        ("Abu Dhabi", "Abu\u00a0Dhabi, Abu\n  Dhabi, AbuDhabi", ["Abu\u00a0Dhabi", "Abu\n  Dhabi"]),
        ("nuclear deal*", "the nuclear dealers of a nuclear\tdeal", ["nuclear dealers", "nuclear\tdeal"]),
        ("peace * plan", "a peace and plan, peace new plan", ["peace and plan", "peace new plan"]),
        ("Élysée", "élysée E\u0301lyse\u0301e Elysee", ["élysée", "E\u0301lyse\u0301e"]),
        ("Ukraine-Russia", "Ukraine–Russia and Ukraine—Russia", ["Ukraine–Russia", "Ukraine—Russia"]),
        ("Iran's", "Iran’s and Iran's", ["Iran’s", "Iran's"]),
        ("US", "Tell us: US troops, the U.S., USA", ["US"]),
        ("U.S.", "the U.S. of us.", ["U.S."]),
        ("=Polish", "polish the Polish POLISH", ["Polish"]),
        ("C++", "C, C++ and C+", ["C++"]),
        ("a.c", "abc a.c (a.c)", ["a.c", "a.c"]),
        ("(foo|bar)[", "foo bar (foo|bar)[", ["(foo|bar)["]),
        ("中国", "在中国经济 in China", ["中国"]),
        ("Иран*", "в Иране и иранский, Тиран", ["Иране", "иранский"]),
        ("हिन्दी", "हिन्दी हिन्दीभाषी", ["हिन्दी"]),
        ("हिन्द", "हिन्दी", []),
        ("إيران", "في إيران اليوم", ["إيران"]),
        ("istanbul", "İSTANBUL", ["İSTANBUL"]),
        ("ὁδός", "ΟΔΌΣ ὉΔΌΣ", ["ὉΔΌΣ"]),
    ],
)
def test_a_seed_matches_whole_words_and_folds_case_and_typography(seed: str, text: str, expected: list[str]) -> None:
    assert matched(seed, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pay talks and peace talks", ["talks"]),
        ("pay talks", []),
        ("talks on wages: talks, and a strike", []),
        ("talks", ["talks"]),
    ],
)
def test_an_exclusion_strikes_the_hits_it_covers_or_else_its_sentence(text: str, expected: list[str]) -> None:
    assert matched("talks", text, but=("pay talks", "strike")) == expected


def test_an_entity_seed_matches_country_and_id() -> None:
    text = "Peskov on Paris"
    entities = pl.DataFrame(
        {
            "doc_id": "a",
            "sent_id": [0, 0],
            "start": [0, 10],
            "end": [6, 15],
            "country": [None, "FRA"],
            "entity_id": ["person:dmitry-peskov", "geonames:2988507"],
        }
    )
    codebook = Codebook.read(
        {"Man": ["entity:person:dmitry-peskov"], "Land": ["country:fra"], "Same": ["entity:country:FRA"]}
    )
    found = hits.find(units(text).with_columns(doc_id=pl.lit("a"), sent_id=pl.lit(0, pl.Int64)), entities, codebook)
    assert found.select("topic", "start", "end").rows() == [("Land", 10, 15), ("Man", 0, 6), ("Same", 10, 15)]


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    for case in (True, False):
        made = pl.select(folded(pl.lit(text), case=case)).item()
        assert len(made) == len(text)
        assert made == plain(text, case=case)


@given(st.text(alphabet="aB é中*.–- '’\n", max_size=12), st.text(alphabet="aB é中.—-  ’\n", max_size=40))
def test_what_a_seed_matches_stands_where_it_says(seed: str, text: str) -> None:
    try:
        found = matched(seed, text)
    except CodebookError:
        return
    for match in found:
        assert match
        assert match in text


def test_a_codebook_is_edited_by_term_and_topic_and_stays_itself() -> None:
    book = Codebook.read(TOML)
    edited = book.with_term("Iran", " Tehran ").without_term("Peace talks", "pay talks").with_topic("Energy")
    edited = edited.with_term("Energy", "oil painting", part="not")
    assert edited == Codebook.read(
        {
            "Peace talks": ["talks", "truce"],
            "Iran": ["Iran*", "Tehran"],
            "Energy": {"seeds": ["Energy"], "not": ["oil painting"]},
        }
    )
    assert (
        edited.without_topic("Energy").without_term("Iran", "Tehran").with_term("Peace talks", "pay talks", part="not")
        == book
    )
    assert book == Codebook.read(TOML)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda book: book.with_term("Irn", "Tehran"), "There is no topic 'Irn'; there are Peace talks, Iran."),
        (lambda book: book.with_term("Iran", "Iran*"), "Iran has 'Iran*' already, among its seeds."),
        (lambda book: book.with_term("Peace talks", "pay talks"), "Peace talks has 'pay talks' already, among its not."),
        (lambda book: book.with_term("Iran", "  "), "has no letter or digit"),
        (lambda book: book.with_term("Iran", "entity:"), "is not an entity seed"),
        (lambda book: book.without_term("Iran", "iran*"), "Iran has no 'iran*'; it has Iran*."),
        (lambda book: book.without_topic("other"), "There is no topic 'other'"),
        (lambda book: book.with_topic("Iran"), "The topic 'Iran' is there already"),
        (lambda book: book.with_topic("Other"), "reserved"),
        (lambda book: book.with_topic(" "), "no letter or digit"),
    ],
)  # fmt: skip
def test_an_edit_that_cannot_be_made_says_why(edit, says) -> None:
    with pytest.raises(CodebookError, match=re.escape(says)):
        edit(Codebook.read(TOML))
