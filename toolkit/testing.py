"""The contract that every plugin keeps, checked: one line of an author's test."""

from __future__ import annotations

import inspect
import io
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

from toolkit.article import Article, Source
from toolkit.caller import analyses, run
from toolkit.controls import checked
from toolkit.corpus import Corpus
from toolkit.encodings import fields
from toolkit.errors import NeedsError, PluginError, SettingError
from toolkit.kinds import declaration
from toolkit.loading import load, sample
from toolkit.plugin import Plugin, code_version, files, import_file, own_functions
from toolkit.registry import Registry, registry
from toolkit.result import Result

ONE = "Talks resume\n\nThe envoy said the talks would resume on Monday in Geneva. France welcomed the news. Iran did not comment."
HOSTILE = (
    "<script>alert(1)</script> & </style>\n\nThe minister said “<img src=x onerror=alert(1)>” in Paris. "
    "Visit javascript:alert(1) or =HYPERLINK('x'), and {{constructor}} too. \u202eTehran\u202c \U0001f600 agreed."
)
FOREIGN = [
    "伊朗外长周三在日内瓦表示，谈判将继续。",
    "قال الوزير إن المحادثات ستستأنف في باريس يوم الاثنين.",
    "Переговоры продолжатся в Париже, сообщил представитель МИД.",
]


@dataclass(frozen=True)
class Check:
    """One point of the contract, for one plugin: whether it holds, and if not, why."""

    plugin: str
    point: str
    holds: bool
    why: str = ""


@cache
def corpora() -> dict[str, Corpus]:
    """The corpora that plugins are tried on: the sample, and the awkward ones."""

    def made(*articles: Any) -> Corpus:
        return load(list(articles), recognizer="builtin", progress=False)

    return {
        "the sample corpus": sample(),
        "an empty corpus": made(),
        "one article": made({"text": ONE, "published": "2026-02-02", "outlet": "A"}),
        "undated articles": made(ONE, ONE + " More followed."),
        "texts in other scripts": made(*FOREIGN),
        "hostile text": made(Article(HOSTILE, title="</title><script>", outlet="<b>", url="javascript:alert(1)")),
        "an article without text": made({"text": "", "title": "Only a headline"}),
    }


def check_plugin(plugin: ModuleType | Callable[..., Any] | str | Path) -> pl.DataFrame:
    """The contract, point by point, for a module, a plugin file or a decorated function.

    Gives `plugin`, `point`, `holds`, `why`. Raises PluginError that names every point that does not hold, so that in a test
    `tk.check_plugin(module)` is enough.
    """
    checks = list(points(plugin))
    failed = [f"{check.plugin}: {check.point} - {check.why}" for check in checks if not check.holds]
    if failed:
        raise PluginError(f"{len(failed)} of {len(checks)} points do not hold:\n" + "\n".join(failed))
    return pl.DataFrame(
        [(c.plugin, c.point, c.holds, c.why) for c in checks], schema=["plugin", "point", "holds", "why"], orient="row"
    )


def points(thing: ModuleType | Callable[..., Any] | str | Path) -> Iterator[Check]:
    """Every point of the contract, tried."""
    try:
        plugins = _plugins(thing)
    except (Exception, SystemExit) as error:
        yield Check(
            str(getattr(thing, "__name__", thing)), "it can be loaded", False, f"{type(error).__name__}: {error}"
        )
        return
    with _lent(plugins):
        for plugin in plugins:
            yield from _of_one(plugin)


def _of_one(plugin: Plugin) -> Iterator[Check]:
    yield Check(plugin.name, "it can be loaded", True)
    point = "it has a docstring whose first line says what comes out"
    yield Check(plugin.name, point, bool(plugin.summary), "write one; menus show it")
    corpora()  # their cost is not the plugin's
    began, memory = time.perf_counter(), _peak()
    for point, trial in TRIALS[plugin.kind](plugin):
        yield _tried(plugin, point, trial)
    cost = f"all of it took {time.perf_counter() - began:.1f} s and {_peak() - memory:,.0f} MB more memory"
    yield Check(plugin.name, cost, True)


@contextmanager
def _lent(plugins: list[Plugin]) -> Iterator[None]:
    """Let analyses ask for the frames of annotators that are checked with them and are not installed yet."""
    have = registry.of("annotator")
    lent = [plugin for plugin in plugins if plugin.kind == "annotator" and plugin.name not in have]
    registry.plugins += lent
    try:
        yield
    finally:
        registry.plugins = [plugin for plugin in registry.plugins if plugin not in lent]


def _plugins(thing: ModuleType | Callable[..., Any] | str | Path) -> list[Plugin]:
    """The plugins in it, from a registry of their own, so that none of the session's is replaced."""
    modules = [import_file(file) for file in files(Path(thing))] if isinstance(thing, (str, Path)) else [thing]
    functions = [
        function
        for module in modules
        for function in (own_functions(module) if isinstance(module, ModuleType) else [module])
    ]
    apart = Registry()
    apart._waiting = []
    made = [plugin for function in functions if declaration(function) for plugin in apart.use(function)]
    if not made:
        raise PluginError(
            "it has no plugin; decorate a function with @tk.analysis, @tk.annotator, @tk.loader or @tk.exporter"
        )
    return [Plugin(p.name, p.kind, p.function, p.origin, p.source, code_version(p.function)) for p in made]


def _peak() -> float:
    """The most memory that this process has had at once, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)


Trial = Callable[[], str | None]
"""Tries one point: gives None if it holds, else what is wrong."""


def _tried(plugin: Plugin, point: str, trial: Trial) -> Check:
    try:
        wrong = trial()
    except (Exception, SystemExit) as error:
        wrong = f"it raised {type(error).__name__}: {error}"
    return Check(plugin.name, point, wrong is None, wrong or "")


def _analysis(plugin: Plugin) -> Iterator[tuple[str, Trial]]:
    for name, corpus in corpora().items():
        yield f"it answers for {name}", partial(_answers, plugin, corpus)
    yield "it gives the same frame twice", partial(_same, plugin)
    yield "its evidence leads to sentences", partial(_evidence, plugin)
    yield "its chart draws the numbers of its frame alone", partial(_drawn, plugin)
    yield "its picture is not blank", partial(_picture, plugin)
    yield "its settings can be set in the explorer", partial(_widgets, plugin)


def _answer(plugin: Plugin, corpus: Corpus) -> Result | None:
    """The result of the plugin's own code, past the cache; None if the corpus lacks what it says it needs."""
    try:
        return run(plugin, corpus, checked(plugin.name, plugin.settings, {}))
    except NeedsError:
        return None


def _answers(plugin: Plugin, corpus: Corpus) -> str | None:
    result = _answer(plugin, corpus)
    if result is not None:
        if not isinstance(result.frame, pl.DataFrame):
            return f"its frame is a {type(result.frame).__name__}; it must be a polars DataFrame"
        _ = result.figure if result.chart is None else result.chart.to_dict()
        repr(result)
    return None


def _on_sample(plugin: Plugin) -> Result:
    result = _answer(plugin, corpora()["the sample corpus"])
    if result is None:
        raise PluginError("the sample corpus lacks what it needs, so it cannot be checked")
    return result


def _same(plugin: Plugin) -> str | None:
    return (
        None
        if _on_sample(plugin).frame.equals(_on_sample(plugin).frame)
        else "two calls on the same corpus gave different frames"
    )


def _evidence(plugin: Plugin) -> str | None:
    result = _on_sample(plugin)
    if result.evidence is None or result.frame.is_empty():
        return None
    if not {"doc_id", "sent_id"} <= set(result.evidence.lazy().collect_schema().names()):
        return "its evidence has no doc_id and sent_id"
    if not result.keys and result.frame.height > 1:
        return f"its evidence shares no column with its frame ({', '.join(result.frame.columns)}), so no mark leads to a sentence"
    if not result.sentences().height:
        return "none of its evidence is a sentence of the corpus"
    marks = result.frame.select(result.keys).unique(maintain_order=True)
    if result.keys and result.marks(marks, shown=1).is_empty():
        return f"no row of its frame has the {' and '.join(result.keys)} of any of its evidence, so no mark leads to a sentence"
    return None


def _drawn(plugin: Plugin) -> str | None:
    result = _on_sample(plugin)
    if result.chart is None:
        return "it gave no chart"
    foreign = sorted(fields(result.chart.to_dict()) - set(result.frame.columns))
    if foreign:
        return f"its chart draws {', '.join(foreign)}, which the frame does not have"
    shared = [name for name in result.frame.columns if name in result.drawn.columns]
    lost = result.drawn.select(shared).join(result.frame, on=shared, how="anti", nulls_equal=True)
    return f"its chart draws {lost.height} rows whose numbers are not those of the frame" if lost.height else None


def _picture(plugin: Plugin) -> str | None:
    from toolkit import charts

    svg = charts.svg(_on_sample(plugin).figure, title="", desc="")
    return None if re.search(r"role-mark[^>]*><(path|text|image)", svg) else "nothing is drawn"


def _widgets(plugin: Plugin) -> str | None:
    from toolkit.widgets.settings import field, value

    for name, setting in plugin.settings.items():
        back = value(setting, field(setting, lambda _: [])["value"])
        if back != setting.default and back != [setting.default]:
            return f"the control of {name} turns its default {setting.default!r} into {back!r}; give it another type"
    return None


def _annotator(plugin: Plugin) -> Iterator[tuple[str, Trial]]:
    for name, corpus in corpora().items():
        yield f"it gives a keyed frame for {name}", partial(_annotated, plugin, corpus)


def _annotated(plugin: Plugin, corpus: Corpus) -> str | None:
    frame = plugin.function(corpus, **checked(plugin.name, plugin.settings, {}))
    if not isinstance(frame, pl.DataFrame) or "doc_id" not in frame.columns:
        return "it must give a polars DataFrame with doc_id, and sent_id where a row is about a sentence"
    keys = [key for key in ("doc_id", "sent_id") if key in frame.columns]
    lost = frame.join(corpus.sentences if len(keys) == 2 else corpus.documents, on=keys, how="anti")
    return f"{lost.height} of its rows are about documents or sentences that do not exist" if lost.height else None


def _loader(plugin: Plugin) -> Iterator[tuple[str, Trial]]:
    for name, raw in {"an empty file": b"", "random bytes": bytes(range(256)) * 4, "a text": b"A text.\n"}.items():
        suffix = next(iter(plugin.declared.suffixes), ".txt")
        yield (
            f"it reads or passes on {name}",
            partial(_loaded, plugin, Source(f"x{suffix}", opener=partial(io.BytesIO, raw))),
        )


def _loaded(plugin: Plugin, source: Source) -> str | None:
    given = plugin.function(source)
    if given is None:
        return None
    items = (
        [given]
        if isinstance(given, (Article, dict)) or (not inspect.isgenerator(given) and not hasattr(given, "__iter__"))
        else list(given)
    )
    strange = [item for item in items if not isinstance(item, (Article, dict, Source))]
    return f"it gave a {type(strange[0]).__name__}; it must give tk.Articles, dicts or tk.Sources" if strange else None


def _exporter(plugin: Plugin) -> Iterator[tuple[str, Trial]]:
    for name, corpus in corpora().items():
        yield f"it writes a result of {name}", partial(_exported, plugin, corpus)


def _exported(plugin: Plugin, corpus: Corpus) -> str | None:
    result = analyses["topic_mix"](corpus)
    if not plugin.declared.suffixes:
        return "it declares no suffix; say @tk.exporter(suffixes=('.svg',))"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"figure{plugin.declared.suffixes[0]}"
        try:
            written = plugin.function(result, path)
        except SettingError:  # a sentence about what it does write is an answer, too
            return None
        if written is None or not Path(written).exists():
            return f"it gave {written!r}; it must write the file and give its path"
        return None if Path(written).stat().st_size else "the file it wrote is empty"


TRIALS: dict[str, Callable[[Plugin], Iterator[tuple[str, Trial]]]] = {
    "analysis": _analysis, "annotator": _annotator, "loader": _loader, "exporter": _exporter,
}  # fmt: skip
