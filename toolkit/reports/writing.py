"""Runs analyses on a corpus and writes what they gave as a report, in the format of the file's suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from toolkit import side_by_side
from toolkit import theme as themes
from toolkit.caller import analyses as all_analyses
from toolkit.caller import check_needs
from toolkit.corpus import Corpus
from toolkit.errors import NeedsError, SettingError
from toolkit.plugin import Plugin
from toolkit.registry import registry
from toolkit.reports import changes
from toolkit.reports import page as pages
from toolkit.reports.content import Part, Report
from toolkit.reports.document import docx
from toolkit.reports.markdown import markdown
from toolkit.reports.printed import pdf
from toolkit.reports.recreated import notebook
from toolkit.result import Result
from toolkit.target import written

CHOSEN = (
    "topic_mix", "topic_trend", "topic_by", "entity_ranking", "entity_network", "place_map", "said_by", "keyness",
    "volume", "peaks",
)  # fmt: skip
"""The bundled analyses that a report has unasked, in this order; a user's own and installed ones follow."""
AT_A_TIME = 2
"""Analyses that run at a time: while one is drawn another is counted."""
SUFFIXES = (".html", ".htm", ".pdf", ".docx", ".md", ".ipynb")


def report(
    corpus: Corpus,
    path: str | Path,
    *,
    analyses: Sequence[str | Result] | None = None,
    compare: str | Mapping[str, Any] | None = None,
    title: str | None = None,
    template: str | Path | None = None,
    theme: str | Path | None = None,
    since: str | Path | None = None,
) -> Path:
    """A report with every figure, its evidence and what it was computed from; the suffix picks the format. Gives the path.

    A page (.html: self-contained, offline, interactive), a PDF (.pdf), a Word document (.docx), Markdown with a folder of
    pictures (.md), or a notebook that makes it anew (.ipynb). `analyses` are names or results, in the order they are to
    stand; without them, a choice of the bundled ones that the corpus can support, and every plugin of your own. `compare` puts parts of the corpus side by side in each,
    as every analysis takes it. `template` is an HTML file with $parts where the figures go. `since` is an earlier page:
    what changed is said. An analysis that fails is a visible line in the report.

    Raises SettingError for a suffix, theme or template that does not exist, ToolkitError if `since` is no page of a report,
    and OSError if the file cannot be written.
    """
    target = Path(path).expanduser()
    if target.suffix.lower() not in SUFFIXES:
        raise SettingError(
            f"No report is written as {target.suffix or 'a file without suffix'} ({str(target)!r}); there are {', '.join(SUFFIXES)}."
        )
    look = themes.read(theme) if theme else themes.HOUSE
    items = supported(corpus) if analyses is None else analyses
    _check_asked(corpus, items, compare)
    frame = pages.template(Path(template).expanduser()) if template else pages.template()
    before = changes.earlier(Path(since).expanduser()) if since else {}
    with written(target) as place:
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            parts = list(pool.map(lambda item: _tried(corpus, item, compare, look), items))
        made = Report(title or _title(corpus), corpus, parts, changes.since(before, parts))
        writers: dict[str, Callable[[], str | bytes]] = {
            ".pdf": lambda: pdf(made, look=look),
            ".docx": lambda: docx(made, look=look),
            ".md": lambda: markdown(made, place, look=look),
            ".ipynb": lambda: notebook(made, place),
        }
        text = writers.get(
            place.suffix.lower(),
            lambda: pages.page(made, frame, look=look),
        )()
        place.write_bytes(text.encode() if isinstance(text, str) else text)
    return place


def _check_asked(corpus: Corpus, items: Sequence[str | Result], compare: Any) -> None:
    """Raise what is wrong with what was asked for, which is no failure of an analysis."""
    for item in items:
        if isinstance(item, str):
            _ = all_analyses[item]
    if compare is not None:
        side_by_side.parts(corpus, compare, lambda part: part)


def supported(corpus: Corpus) -> list[str]:
    """The analyses of a report without a list: those that the corpus has what it takes for, such as dates for a trend."""
    plugins = registry.of("analysis")
    others = [name for name, plugin in plugins.items() if plugin.origin != "bundled" and name not in CHOSEN]
    ordered = [*(name for name in CHOSEN if name in plugins), *others]
    return [name for name in ordered if _has_needs(plugins[name], corpus)]


def _has_needs(plugin: Plugin, corpus: Corpus) -> bool:
    try:
        check_needs(plugin, corpus)
    except NeedsError:
        return False
    return True


def _tried(corpus: Corpus, item: str | Result, compare: Any, look: themes.Theme) -> Part:
    """What an analysis gave or, if it failed, why: a failure is a line of the report, never its end."""
    try:
        result = item if isinstance(item, Result) else all_analyses[item](corpus, **_asked(compare))
        part = Part(result.words.title or "Result", result)
        return part.tried(look)
    except Exception as error:  # isolation: one analysis never ends a report
        name = item.words.title or "Result" if isinstance(item, Result) else item.replace("_", " ")
        return Part(name, why=f"{error}" or type(error).__name__)


def _asked(compare: Any) -> dict[str, Any]:
    return {} if compare is None else {"compare": compare}


def _title(corpus: Corpus) -> str:
    summary = corpus.summary
    if summary.documents == 1 and summary.titles:
        return summary.titles[0]
    return f"{summary.documents:,} articles"
