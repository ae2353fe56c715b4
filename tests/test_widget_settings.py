"""Settings as controls: which control each type gets, what is set in it, and what its tip says."""

import inspect
from datetime import date
from typing import Annotated, Literal

import pytest

import toolkit as tk
from toolkit.controls import settings
from toolkit.registry import registry
from toolkit.widgets.settings import field, tip, value


def every(
    *,
    flag: bool = False,
    number: int = 3,
    least: Annotated[float | None, tk.Range(0, 9)] = None,
    part: Annotated[float, tk.Range(0, 1)] = 0.5,
    top: Annotated[int, tk.Range(1, 50)] = 20,
    how: Literal["a", "b"] = "a",
    words: list[str] | None = None,
    days: list[date] = [],  # noqa: B006 - a setting's default is never changed
    since: date | None = None,
    column: tk.Column = "outlet",
    topic: tk.Topic = "",
    by: tk.By = "all",
) -> None: ...


DECLARED = settings(every)
CONTROLS = {
    "flag": ("check", True, True),
    "number": ("number", 7, 7),
    "least": ("number", None, None),
    "part": ("range", 0.25, 0.25),
    "top": ("range", 30, 30),
    "how": ("choice", "b", "b"),
    "words": ("names", ["gas", "oil"], ["gas", "oil"]),
    "days": ("names", ["2026-01-02"], [date(2026, 1, 2)]),
    "since": ("date", "2026-01-02", date(2026, 1, 2)),
    "column": ("name", "section", "section"),
    "topic": ("name", "Iran", "Iran"),
    "by": ("names", ["outlet", "week"], ["outlet", "week"]),
}


@pytest.mark.parametrize("name", DECLARED)
def test_each_type_of_setting_has_a_control_that_gives_its_type_back(name):
    kind, told, meant = CONTROLS[name]
    made = field(DECLARED[name], lambda what: [what])
    assert made["kind"] == kind
    assert value(DECLARED[name], told) == meant
    assert value(DECLARED[name], made["value"]) == DECLARED[name].default


def test_a_range_has_its_bounds_and_a_menu_its_choices():
    assert (field(DECLARED["top"], list)["least"], field(DECLARED["top"], list)["greatest"]) == (1, 50)
    assert (field(DECLARED["least"], list)["least"], field(DECLARED["least"], list)["greatest"]) == (0, 9)
    assert field(DECLARED["how"], list)["choices"] == ["a", "b"]
    assert field(DECLARED["by"], lambda what: [what])["choices"] == ["group"]


@pytest.mark.parametrize(
    ("docstring", "name", "says"),
    [
        ("Words. `top` are shown; of them `least` are said.", "top", "top are shown"),
        ("Of `least` words. `least` is how often.", "least", "least is how often."),
        ("Gives a row for each of the `top` words: `word`.", "top", "How many are given at most, the largest first"),
        ("Gives a row for each of `terms`: " + "word " * 40, "terms", "Gives a row for each of terms"),
        ("Nothing of the kind.", "strange", ""),
    ],
)
def test_a_tip_is_what_the_docstring_says_of_a_setting(docstring, name, says):
    assert tip(docstring, name) == says


@pytest.mark.parametrize("analysis", [*registry.of("analysis")])
def test_every_setting_of_a_bundled_analysis_has_a_tip(analysis):
    plugin = registry.of("analysis")[analysis]
    told = inspect.getdoc(plugin.function)
    assert [name for name in plugin.settings if not tip(told, name)] == []
