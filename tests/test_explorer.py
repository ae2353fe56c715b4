"""The explorer without a browser: what is set and picked in it, by the calls that the browser would make."""

import asyncio
import datetime
import gc
import threading
import weakref

import ipywidgets
import polars as pl
import pytest

import toolkit as tk
from toolkit.explorer import code, panel, picks, work
from toolkit.registry import registry


@pytest.fixture(scope="module")
def corpus():
    return tk.sample()


@pytest.fixture
def explore(corpus, monkeypatch):
    monkeypatch.setattr(panel, "SLOW", 60)  # on a busy machine anything is slow, and would wait for Run
    opened = []

    def explore_(*given, **more):
        opened.append(tk.explore(corpus, *given, **more))
        return opened[-1]

    yield explore_
    for one in opened:
        one.close()


def pick(panel, **values):
    """What the browser tells when marks with these values are clicked."""
    panel.chart.children[0].picked = {
        name: {"values": value if isinstance(value, list) else [value], "range": False}
        for name, value in values.items()
    }


def run(text, corpus):
    """What a piece of code defines, run as a cell of its own."""
    space = {"corpus": corpus}
    exec(text, space)
    return space


def test_the_code_of_an_explorer_gives_what_it_shows(explore, corpus):
    explorer = explore("topic_mix", where={"outlet": "Corvane Wire", "since": "2026-01-10"})
    panel = explorer.panels[0]
    panel.settings.set({"by": ["week"], "measure": "sentences"})
    panel.chosen.set({"dedupe": "stories"})
    pick(panel, topic="Iran")
    told = run(explorer.code, corpus)
    assert told["topic_mix"].frame.equals(explorer.result.frame)
    assert told["selected"].equals(explorer.selected)
    assert set(explorer.selected["topic"]) == {"Iran"}
    assert set(explorer.selected["outlet"]) == {"Corvane Wire"}


@pytest.mark.parametrize(
    ("set_to", "where"),
    [
        ({"text": "uranium"}, {"text": "uranium"}),
        ({"topic": ["Iran", "France"]}, {"topic": ["Iran", "France"]}),
        ({"outlet": ["Pellhaven Echo"], "language": ["de"]}, {"outlet": "Pellhaven Echo", "language": "de"}),
        ({"entity": ["Kremlin"]}, {"entity": "Kremlin"}),
        ({"published": ["2026-01-10", None]}, {"since": "2026-01-10"}),
        ({"published": ["2026-01-10", "2026-02-01"]}, {"since": "2026-01-10", "until": "2026-02-01"}),
    ],
)
def test_filters_are_the_conditions_of_where(explore, corpus, set_to, where):
    explorer = explore()
    explorer.filters.form.set(set_to)
    assert explorer.where == where
    expected = tk.analyses.topic_mix(corpus, where=where)
    assert explorer.result.frame.equals(expected.frame)
    assert f">{len(corpus.where(**where))} of {len(corpus)} articles<" in explorer._size.value


def test_what_was_slow_waits_for_run_in_the_browser_but_not_when_it_is_set_by_code(explore, corpus, monkeypatch):
    explorer = explore()
    monkeypatch.setattr(panel, "SLOW", 0)
    explorer.filters.form.set({"topic": ["Iran"]})
    assert explorer.panels[0].status.state == "waiting"
    assert explorer.result.frame.equals(tk.analyses.topic_mix(corpus).frame)
    explorer.where = {"topic": "France"}
    assert explorer.panels[0].status.state == "ready"
    assert explorer.result.frame.equals(tk.analyses.topic_mix(corpus, where={"topic": "France"}).frame)
    explorer.filters.form.set({"topic": ["Iran"]})
    explorer.panels[0].status._act(None, {"kind": "run"}, None)
    assert explorer.result.frame.equals(tk.analyses.topic_mix(corpus, where={"topic": "Iran"}).frame)


@pytest.mark.long
@pytest.mark.parametrize("analysis", [*registry.of("analysis")])
def test_the_code_of_every_analysis_gives_what_it_shows_with_marks_picked(explore, corpus, analysis):
    explorer = explore(analysis)
    keys, frame = explorer.result.keys, explorer.result.frame
    for rows in ([], [0], [0, 1]):
        marks = {key: [told(frame[key][row]) for row in rows if row < frame.height] for key in keys if rows}
        pick(explorer.panels[0], **marks)
        assert explorer.selection.keys() == (set(keys) if rows else set())
        coded = run(explorer.code, corpus)
        assert coded[analysis].frame.equals(frame)
        assert coded["selected"].equals(explorer.selected)
        assert not explorer.selected.is_empty()


def told(value):
    """A value of a mark as the browser tells it: a day as its midnight."""
    return {"time": f"{value.isoformat()[:10]}T00:00:00"} if isinstance(value, datetime.date) else value


def test_evidence_by_a_column_of_articles_has_that_column_once(explore):
    explorer = explore("keyness")
    pick(explorer.panels[0], outlet="Pellhaven Echo")
    assert "outlet_right" not in explorer.selected.columns
    assert set(explorer.selected["outlet"]) == {"Pellhaven Echo"}


def test_what_is_picked_in_one_chart_filters_the_others(corpus):
    board = tk.dashboard(corpus, ["topic_mix", "volume", "entity_ranking"])
    mix, volume, names = board.panels
    pick(mix, topic="Iran")
    behind = {"doc_id": mix.selected["doc_id"].unique(maintain_order=True).to_list()}
    assert volume.result.frame.equals(tk.analyses.volume(corpus, where=behind).frame)
    assert names.result.frame.equals(tk.analyses.entity_ranking(corpus, where=behind).frame)
    pick(mix)
    assert volume.result.frame.equals(tk.analyses.volume(corpus).frame)
    board.close()


def test_a_plugin_used_in_a_cell_is_offered_at_once_and_one_that_fails_does_so_in_its_own_panel(explore, own_registry):
    explorer = explore()

    @tk.analysis
    def breaks_here(corpus: tk.Corpus, *, top: int = 3) -> tk.Result:
        """An analysis that fails."""
        raise ZeroDivisionError("by nought")

    tk.use(breaks_here)
    assert "breaks_here" in explorer.panels[0].chosen.fields[0]["choices"]
    failing = explorer.add("breaks_here")
    assert failing.status.state == "failed"
    assert failing.status.message == "breaks_here failed: ZeroDivisionError: by nought"
    assert "breaks_here" in failing.status.detail
    assert explorer.panels[0].result is not None
    assert explorer.panels[0].status.state == "ready"


def test_a_figure_saved_while_the_analysis_runs_is_that_analysis_s(corpus, own_registry, monkeypatch, tmp_path):
    begun, go = threading.Event(), threading.Event()

    @tk.analysis
    def takes_its_time(corpus: tk.Corpus, *, top: int = 3) -> tk.Result:
        """An analysis that is not done when Save is pressed."""
        begun.set()
        go.wait(60)
        return tk.Result(pl.DataFrame({"late": ["yes"]}))

    async def save():
        explorer = tk.explore(corpus)
        explorer.wait()
        panel = explorer.panels[0]
        panel.chosen.set({"analysis": "takes_its_time"})
        assert begun.wait(60)
        panel.file.set({"path": str(tmp_path / "saved.csv")})
        threading.Timer(0.2, go.set).start()
        panel.save.click()
        explorer.close()

    tk.use(takes_its_time)
    asyncio.run(save())
    assert "late" in (tmp_path / "saved.csv").read_text("utf8")


def test_a_loop_that_is_busy_for_long_does_not_hold_on_to_answers_that_were_waited_for():
    class Large:
        pass

    answers = []

    def make():
        answers.append(weakref.ref(made := Large()))
        return made

    async def busy():
        jobs = work.Work()
        for _ in range(3):
            jobs.ask("one", make, lambda answer, _: None)
            jobs.wait()
        gc.collect()
        return [answer() for answer in answers]

    assert asyncio.run(busy()) == [None, None, None]


def test_what_cannot_be_opened_is_told_in_one_sentence_and_leaves_nothing_behind(corpus, recwarn):
    for ask, says in (
        (lambda: tk.explore(corpus, "nope"), "There is no analysis 'nope'"),
        (lambda: tk.dashboard(corpus, [tk.analyses.volume]), "is no analysis's name and no result"),
        (lambda: tk.explore("x"), "A str is no corpus"),
    ):
        with pytest.raises((tk.ToolkitError, AttributeError), match=says):
            ask()
        gc.collect()
    assert not [warned for warned in recwarn if "unraisable" in str(warned.category).lower()]


def test_a_filter_of_numbers_stays_one_of_numbers(explore, corpus):
    explorer = explore("volume", where={"words": corpus.documents["words"][0]})
    assert explorer.where == {"words": corpus.documents["words"][0]}
    assert explorer.result.frame["amount"].sum() == len(corpus.where(**explorer.where))


def test_a_drag_over_time_that_ends_within_a_period_is_told_as_the_days_of_its_periods(corpus):
    result = tk.analyses.topic_trend(corpus, per="week")
    weeks = result.frame["week"].unique().sort()
    drag = {"week": (weeks[1] - datetime.timedelta(days=2), weeks[3] + datetime.timedelta(days=2))}
    told = picks.conditions(drag, result.sentences(**drag), corpus, {})
    assert told == {"since": str(weeks[1]), "until": str(weeks[3] + datetime.timedelta(days=6))}


def test_closing_an_explorer_frees_every_widget_it_made(corpus):
    before = {*ipywidgets.widgets.widget._instances}
    board = tk.dashboard(corpus, ["topic_mix", "volume"])
    board.panels[0].shows.value = True
    board.read(corpus.documents["doc_id"][0])
    assert {*ipywidgets.widgets.widget._instances} > before
    board.close()
    assert {*ipywidgets.widgets.widget._instances} == before


@pytest.mark.parametrize("application", [tk.explore, tk.workbench, tk.review, tk.validate])
def test_an_application_says_in_plain_text_what_it_is_and_is_freed_when_it_is_closed(corpus, application):
    before = {*ipywidgets.widgets.widget._instances}
    opened = application(corpus)
    told = opened._repr_mimebundle_()["text/plain"]
    assert told.endswith("It is alive where its cell runs.")
    assert "=" not in told
    opened.close()
    assert {*ipywidgets.widgets.widget._instances} == before


def test_every_filter_has_a_tip(explore):
    explorer = explore(where={"section": "World", "doc_id": ["a"] * 30})
    assert [field["name"] for field in explorer.filters.form.fields if not field["tip"]] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Iran", '"Iran"'),
        ('a "b"', "'a \"b\"'"),
        ("it's", '"it\'s"'),
        ("a\\b\n", '"a\\\\b\\n"'),
        (["a", 1], '["a", 1]'),
        (("a",), '("a",)'),
        ({"a": None}, '{"a": None}'),
        (datetime.date(2026, 1, 2), "datetime.date(2026, 1, 2)"),
    ],
)
def test_values_are_written_as_python(value, text):
    assert code.written(value) == text
    assert eval(text) == value
