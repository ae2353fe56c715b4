"""Hours are counted, the widget follows the outlet chosen, and the figure is written as text."""

import toolkit_clock
from toolkit_clock import grid, watch

import toolkit as tk


def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_clock)


def test_hours_are_counted_and_written_as_text(tmp_path):
    tk.use(toolkit_clock)
    corpus = tk.load(
        [{"text": "One.", "published": "2026-02-02T09:10:00Z"}, {"text": "Two.", "published": "2026-02-02T09:50:00Z"},
         {"text": "Three.", "published": "2026-02-08T23:00:00Z"}],
        recognizer="builtin",
    )  # fmt: skip
    result = tk.analyses.clock(corpus)
    assert result.frame.rows() == [("Mon", 9, 2), ("Sun", 23, 1)]
    assert result.sentences(day="Mon", hour=9).height == 2
    lines = grid(result.frame).splitlines()
    assert lines[0] == "Mon |         █              |"
    assert lines[6] == "Sun |                       ▒|"
    assert "Mon |" in result.save(tmp_path / "clock.txt").read_text(encoding="utf8")


def test_the_widget_shows_the_outlet_that_is_chosen():
    tk.use(toolkit_clock)
    chosen, shown = watch(tk.sample()).children
    before = shown.children[0]
    chosen.value = chosen.options[1]
    assert shown.children[0] is not before
