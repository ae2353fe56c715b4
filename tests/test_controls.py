"""Settings are read from signatures, checked, parsed and shown as widgets."""

from datetime import date
from typing import Annotated, Literal

import pytest

from toolkit.controls import By, Range, checked, parsed, settings
from toolkit.errors import PluginError, SettingError


def plugin(
    corpus, *, top: Annotated[int, Range(1, 50)] = 20, by: By = "all", measure: Literal["share", "sentences"] = "share",
    since: date | None = None, skip: list[str] | None = None, exact: bool = False, least: float = 0.5,
):  # fmt: skip
    """A plugin with a setting of each type."""


SETTINGS = settings(plugin)


def test_settings_are_the_keyword_only_parameters_with_type_default_and_marks():
    assert list(SETTINGS) == ["top", "by", "measure", "since", "skip", "exact", "least"]
    assert SETTINGS["top"].default == 20
    assert SETTINGS["top"].marks == (Range(1, 50),)
    assert SETTINGS["measure"].choices == ("share", "sentences")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"topp": 3}, "plugin has no setting 'topp'; its settings are: top, by"),
        ({"top": 51}, "top=51; it must be between 1 and 50"),
        ({"top": "many"}, "top='many'; it must be of type int"),
        ({"top": True}, "top=True; it must be of type int"),
        ({"measure": "words"}, "measure='words'; it must be 'share' or 'sentences'"),
        ({"skip": [1]}, "skip=[1]; it must be of type list[str]"),
    ],
)
def test_a_value_that_a_setting_does_not_admit_is_refused_in_a_sentence(given, says):
    with pytest.raises(SettingError, match=r".*") as caught:
        checked("plugin", SETTINGS, given)
    assert says in str(caught.value)


def test_a_call_has_every_setting_defaults_filled_in():
    assert checked("plugin", SETTINGS, {"top": 3, "by": ["outlet", "week"], "least": 1, "since": date(2026, 2, 4)}) == {
        "top": 3, "by": ["outlet", "week"], "measure": "share", "since": date(2026, 2, 4), "skip": None, "exact": False, "least": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("top", "7", 7), ("by", "outlet", "outlet"), ("measure", "sentences", "sentences"), ("since", "2026-02-04", date(2026, 2, 4)),
        ("skip", "the, of", ["the", "of"]), ("exact", "yes", True), ("least", "0.25", 0.25),
    ],
)  # fmt: skip
def test_the_command_line_gives_text_that_is_parsed_by_type(name, text, value):
    assert parsed("plugin", SETTINGS[name], text) == value


def test_text_that_is_no_value_of_a_setting_is_refused_in_a_sentence():
    with pytest.raises(SettingError, match="measure='x'; it must be 'share' or 'sentences'"):
        parsed("plugin", SETTINGS["measure"], "x")


def no_default(corpus, *, top: int):
    """No default."""


def no_type(corpus, *, top=20):
    """No type."""


def reserved(corpus, *, where: str = ""):
    """The caller's."""


def handed_through(corpus, **settings):
    """Anything."""


def unknown_name(corpus, *, top: "Missing" = 1):  # noqa: F821
    """An annotation that is not there."""


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (no_default, "'top' of no_default has no default"),
        (no_type, "'top' of no_type has no type"),
        (reserved, "'where', which belongs to the caller"),
        (handed_through, "name each setting instead"),
        (unknown_name, "annotations of unknown_name cannot be read"),
    ],
)
def test_a_signature_that_breaks_the_contract_is_refused_in_a_sentence(function, says):
    with pytest.raises(PluginError, match=says):
        settings(function)
