"""The four kinds of plugin: their decorators and hookspecs, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, overload

import pluggy

PROJECT = "toolkit"
Kind = Literal["loader", "annotator", "analysis", "exporter"]
F = TypeVar("F", bound=Callable[..., Any])

_spec = pluggy.HookspecMarker(PROJECT)
_implementation = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True)
class Declaration:
    """What a decorator was told about its function."""

    kind: Kind
    needs: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    claims: Callable[[Any], bool] | None = None


class Hooks:
    """The hookspecs: the positional arguments of each kind; settings are each plugin's own."""

    @_spec
    def loader(self, source: Any) -> Any:
        """`tk.Article`s (or dicts), or None if the source is not its own."""

    @_spec
    def annotator(self, corpus: Any) -> Any:
        """A frame keyed by `doc_id` or (`doc_id`, `sent_id`)."""

    @_spec
    def analysis(self, corpus: Any) -> Any:
        """A `tk.Result`: a frame, a chart and the evidence."""

    @_spec
    def exporter(self, result: Any, path: Any) -> Any:
        """The path written."""


def declaration(function: object) -> Declaration | None:
    """What the decorator of `function` was told; None if it is no plugin."""
    return getattr(function, "toolkit_declaration", None)


def _declare(function: F, declared: Declaration) -> F:
    function.toolkit_declaration = declared  # type: ignore[attr-defined]
    return _implementation(function, specname=declared.kind)


@overload
def loader(function: F) -> F: ...
@overload
def loader(*, suffixes: Sequence[str] = (), claims: Callable[[Any], bool] | None = None) -> Callable[[F], F]: ...
def loader(
    function: F | None = None, *, suffixes: Sequence[str] = (), claims: Callable[[Any], bool] | None = None
) -> Any:
    """Make a function `(source, *, settings)` a loader: it gives `tk.Article`s, or None if the source is not its own.

    `suffixes` are the file names it reads; `claims` looks at a `tk.Source` and says whether it is this loader's.
    """
    declared = Declaration("loader", suffixes=tuple(suffixes), claims=claims)
    return (lambda f: _declare(f, declared)) if function is None else _declare(function, declared)


@overload
def annotator(function: F) -> F: ...
@overload
def annotator(*, needs: Sequence[str] = ()) -> Callable[[F], F]: ...
def annotator(function: F | None = None, *, needs: Sequence[str] = ()) -> Any:
    """Make a function `(corpus, *, settings)` an annotator: it gives a frame keyed by `doc_id` or (`doc_id`, `sent_id`).

    `needs` names the columns (`documents.published`) and frames (`quotes`) it cannot do without.
    """
    declared = Declaration("annotator", needs=tuple(needs))
    return (lambda f: _declare(f, declared)) if function is None else _declare(function, declared)


@overload
def analysis(function: F) -> F: ...
@overload
def analysis(*, needs: Sequence[str] = ()) -> Callable[[F], F]: ...
def analysis(function: F | None = None, *, needs: Sequence[str] = ()) -> Any:
    """Make a function `(corpus, *, settings)` an analysis: it gives a `tk.Result`.

    `needs` names the columns (`documents.published`) and frames (`quotes`) it cannot do without.
    """
    declared = Declaration("analysis", needs=tuple(needs))
    return (lambda f: _declare(f, declared)) if function is None else _declare(function, declared)


@overload
def exporter(function: F) -> F: ...
@overload
def exporter(*, suffixes: Sequence[str]) -> Callable[[F], F]: ...
def exporter(function: F | None = None, *, suffixes: Sequence[str] = ()) -> Any:
    """Make a function `(result, path, *, settings)` an exporter: it writes the file and gives its path.

    `suffixes` are the file names it writes, such as `(".svg",)`.
    """
    declared = Declaration("exporter", suffixes=tuple(suffixes))
    return (lambda f: _declare(f, declared)) if function is None else _declare(function, declared)
