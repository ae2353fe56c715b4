"""A plugin's settings: read from its signature, checked, and parsed from the command line."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from toolkit.errors import PluginError, SettingError

RESERVED = ("where", "dedupe", "compare")
"""Settings that belong to the caller; no plugin may have one of these names."""


@dataclass(frozen=True)
class Range:
    """The least and the greatest value a number may take: `Annotated[int, Range(1, 50)]`."""

    least: float
    greatest: float


@dataclass(frozen=True)
class Choice:
    """A value chosen from what the corpus holds: a column, a topic, an entity or a grouping."""

    what: Literal["column", "topic", "entity", "group"]


Column = Annotated[str, Choice("column")]
"""The name of a column of `documents`."""
Topic = Annotated[str, Choice("topic")]
"""The name of a topic of the codebook."""
Entity = Annotated[str, Choice("entity")]
"""The canonical name of an entity."""
By = Annotated[str | list[str], Choice("group")]
"""What to group by: all, document, section, outlet, language, topic, day, week, month, any column of `documents`, or a list of two."""
Names = Literal[
    "names", "people", "organisations", "places",
    "PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "EVENT", "WORK", "PRODUCT", "LAW",
]  # fmt: skip
"""Which names: all of them, people, organisations, places, or those of one label."""
Count = Literal["words", "sentences", "articles", "stories"]
"""What is counted: words, sentences, articles each once, or stories (an article and its copies) each once."""


@dataclass(frozen=True)
class Setting:
    """One keyword-only parameter of a plugin: name, type, default, and the marks on its annotation."""

    name: str
    type: Any
    default: Any
    marks: tuple[Any, ...] = ()

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values a `Literal` admits; empty for any other type."""
        return tuple(
            value for kind in alternatives(self.type) if get_origin(kind) is Literal for value in get_args(kind)
        )


def alternatives(kind: Any) -> tuple[Any, ...]:
    """The types a union admits, None left out; the type itself if it is no union."""
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(part for part in get_args(kind) if part is not type(None))
    return (kind,)


def settings(function: Callable[..., Any]) -> dict[str, Setting]:
    """The settings of a plugin: its keyword-only parameters by name.

    Raises PluginError, in one sentence, for a setting without default or annotation, or with a reserved name.
    """
    name = getattr(function, "__name__", repr(function))
    try:
        signature = inspect.signature(function, eval_str=True)
    except (NameError, TypeError, SyntaxError, AttributeError) as error:
        raise PluginError(
            f"The annotations of {name} cannot be read: {error}. Import every name they use at the top of the file."
        ) from error
    found = {}
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY:
            found[parameter.name] = _setting(name, parameter)
        elif parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            raise PluginError(
                f"{name} takes {parameter}; name each setting instead, keyword-only, with a default and a type."
            )
    return found


def _setting(plugin: str, parameter: inspect.Parameter) -> Setting:
    if parameter.name in RESERVED:
        raise PluginError(f"{plugin} has a setting named {parameter.name!r}, which belongs to the caller; rename it.")
    if parameter.default is parameter.empty:
        raise PluginError(f"The setting {parameter.name!r} of {plugin} has no default; give it one.")
    if parameter.annotation is parameter.empty:
        raise PluginError(
            f"The setting {parameter.name!r} of {plugin} has no type; annotate it, for example `{parameter.name}: int`."
        )
    kind, marks = parameter.annotation, ()
    if get_origin(kind) is Annotated:
        kind, *rest = get_args(kind)
        marks = tuple(rest)
    return Setting(parameter.name, kind, parameter.default, marks)


def checked(plugin: str, declared: Mapping[str, Setting], given: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting of a call, defaults filled in; raises SettingError for an unknown name or a value out of bounds."""
    unknown = [name for name in given if name not in declared]
    if unknown:
        known = ", ".join(declared) or "none"
        raise SettingError(f"{plugin} has no setting {unknown[0]!r}; its settings are: {known}.")
    for name, value in given.items():
        _check(plugin, declared[name], value)
    return {name: given.get(name, setting.default) for name, setting in declared.items()}


def _check(plugin: str, setting: Setting, value: Any) -> None:
    if value is setting.default or value == setting.default:
        return
    if not any(_fits(kind, value) for kind in alternatives(setting.type)) and not (
        value is None and optional(setting.type)
    ):
        raise SettingError(f"{plugin} got {setting.name}={value!r}; it must be {_wanted(setting)}.")
    for mark in setting.marks:
        if isinstance(mark, Range) and not mark.least <= value <= mark.greatest:
            raise SettingError(
                f"{plugin} got {setting.name}={value!r}; it must be between {mark.least:g} and {mark.greatest:g}."
            )


def _wanted(setting: Setting) -> str:
    """What a value must be, for a message."""
    return " or ".join(map(repr, setting.choices)) or f"of type {_named(setting.type)}"


def optional(kind: Any) -> bool:
    """Whether a type admits None."""
    return get_origin(kind) in (Union, types.UnionType) and type(None) in get_args(kind)


def _named(kind: Any) -> str:
    return " or ".join(
        getattr(part, "__name__", str(part)) if get_origin(part) is None else str(part) for part in alternatives(kind)
    )


def _fits(kind: Any, value: Any) -> bool:
    origin = get_origin(kind)
    if kind is Any:
        return True
    if origin is Annotated:
        return _fits(get_args(kind)[0], value)
    if origin is Literal:
        return value in get_args(kind)
    if origin in (list, tuple):
        inner = get_args(kind)[0] if get_args(kind) else Any
        return isinstance(value, (list, tuple)) and all(_fits(inner, item) for item in value)
    if kind is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, origin or kind)


def parsed(plugin: str, setting: Setting, text: str) -> Any:
    """The value that `text`, from the command line, stands for; raises SettingError if it cannot be one."""
    for kind in alternatives(setting.type):
        try:
            return parse(kind, text)
        except ValueError:
            continue
    raise SettingError(f"{plugin} got {setting.name}={text!r}; it must be {_wanted(setting)}.")


def parse(kind: Any, text: str) -> Any:
    """The value of a type that `text` stands for; raises ValueError if it cannot be one."""
    origin = get_origin(kind)
    if origin is Annotated:
        return parse(get_args(kind)[0], text)
    if origin is Literal:
        for value in get_args(kind):
            if str(value) == text:
                return value
        raise ValueError(text)
    if origin in (list, tuple):
        return [parse(get_args(kind)[0] if get_args(kind) else str, part.strip()) for part in text.split(",")]
    if kind is bool:
        if text.lower() not in ("true", "yes", "1", "false", "no", "0"):
            raise ValueError(text)
        return text.lower() in ("true", "yes", "1")
    if kind is date:
        return date.fromisoformat(text)
    return kind(text) if kind in (int, float, str) else text
