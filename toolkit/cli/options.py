"""The commands and their options, each with an example."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from toolkit.cli import commands
from toolkit.log import toolkit_version

Parser = argparse.ArgumentParser


def parser(words: Sequence[str]) -> Parser:
    """The parser of a command line, with the settings of the analysis that its `words` name."""
    made = Parser(
        "toolkit",
        **_shown(
            "News articles to frames, frames to evidence-backed charts.", "toolkit run topic_mix article.txt -o mix.svg"
        ),
    )
    made.add_argument("--version", action="version", version=f"toolkit {toolkit_version()}")
    added = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (function, says, example, options) in COMMANDS.items():
        one: Parser = added.add_parser(name, help=says, **_shown(says, example))
        one.set_defaults(command=function)
        if options:
            options(one)
        if name == "run" and words[:1] == ["run"]:
            _settings(one, words[1:])
    return made


def _shown(says: str, example: str) -> dict[str, Any]:
    """What `--help` shows of a command."""
    return {
        "description": says,
        "epilog": f"example: {example}",
        "formatter_class": argparse.RawDescriptionHelpFormatter,
    }


def _source(parser: Parser) -> None:
    """What says which articles, and how they are loaded."""
    parser.add_argument("source", metavar="SRC", help="a file, folder, pattern, archive, address or saved corpus")
    parser.add_argument("--topics", help="a codebook: a TOML file, or the name of a bundled one")
    parser.add_argument("--recognizer", default="auto", choices=["auto", "builtin", "spacy"], help="what finds names")
    parser.add_argument(
        "--columns", nargs="+", metavar="FIELD=NAME", help="which field of the source is which, as text=body"
    )
    parser.add_argument("--language", metavar="CODE", help="the language of articles that do not say theirs")
    parser.add_argument("--dedupe", default="mark", choices=["mark", "drop", "off"], help="what is done with copies")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="a folder that keeps what was done, for the next time"
    )
    parser.add_argument(
        "--workers", type=int, metavar="N", help="how many processes do the work; all processors by default"
    )
    parser.add_argument(
        "--executor",
        metavar="MODULE:NAME",
        help="a function that makes an executor, as my_cluster:executor, to work elsewhere",
    )
    parser.add_argument("--quiet", action="store_true", help="show no progress")


def _settings(parser: Parser, words: Sequence[str]) -> None:
    """An option for each setting of the analysis that the command line names."""
    from toolkit.registry import registry

    named = next((word for word in words if not word.startswith("-")), "")
    plugin = registry.of("analysis").get(named)
    for name, setting in plugin.settings.items() if plugin else ():
        choices = f"; one of {', '.join(map(str, setting.choices))}" if setting.choices else ""
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            dest=f"setting_{name}",
            metavar="VALUE",
            help=f"default {setting.default}{choices}",
        )


def _load(parser: Parser) -> None:
    _source(parser)
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="DIR", help="the folder to write the corpus to"
    )
    parser.add_argument(
        "--frames", nargs="+", default=(), metavar="NAME", help="what else to find and save, such as quotes or places"
    )


def _run(parser: Parser) -> None:
    parser.add_argument("analysis", help="its name; `toolkit plugins` lists them")
    _check(parser)


def _check(parser: Parser) -> None:
    _source(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="what to write; the suffix picks the format")


def _report(parser: Parser) -> None:
    _source(parser)
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="the report to write")
    parser.add_argument("--title", help="its title")
    parser.add_argument("--compare", metavar="COLUMN", help="put the values of a column of documents side by side")
    parser.add_argument("--theme", help="house, plain, dark, high-contrast, print, or a TOML file")
    parser.add_argument("--since", type=Path, metavar="PAGE", help="an earlier report; what changed is said")


def _new(parser: Parser) -> None:
    parser.add_argument("name", help="what it is called: lower-case letters, digits and _")
    parser.add_argument("--kind", default="analysis", help="analysis, annotator, loader or exporter")
    parser.add_argument("--dist", action="store_true", help="write a whole distribution that can be published")
    parser.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="where to write it")


def _check_plugin(parser: Parser) -> None:
    parser.add_argument("path", type=Path, help="the file of the plugin")


def _lab(parser: Parser) -> None:
    parser.add_argument("source", nargs="?", help="articles to make a notebook for")


Command = tuple[Callable[[argparse.Namespace], int], str, str, Callable[[Parser], None] | None]

COMMANDS: dict[str, Command] = {
    "load": (
        commands.load,
        "Load articles and save them as a corpus. Run again after it was stopped, it goes on where it was.",
        "toolkit load articles/ -o corpus/",
        _load,
    ),
    "run": (
        commands.run,
        "Run an analysis; print its frame, or write it to a file.",
        "toolkit run topic_mix corpus/ --by outlet -o mix.svg",
        _run,
    ),
    "check": (
        commands.check,
        "Say what may be wrong with articles, the worst first, and what to do; exit code 1 if something is serious.",
        "toolkit check articles/ -o check.csv",
        _check,
    ),
    "report": (
        commands.report,
        "Write a report of a corpus; the suffix picks the format: html, pdf, docx, md or ipynb.",
        "toolkit report seeds/kremlin-talks.txt -o report.html",
        _report,
    ),
    "plugins": (
        commands.plugins,
        "List the plugins, with the time that each took to load; exit code 1 if one is off because it is broken.",
        "toolkit plugins",
        None,
    ),
    "new": (
        commands.new,
        "Write a plugin that already works, with its test, for you to change.",
        "toolkit new sentence_lengths --kind analysis",
        _new,
    ),
    "check-plugin": (
        commands.check_plugin,
        "Check a plugin file against the contract.",
        "toolkit check-plugin my_plugins/top_words.py",
        _check_plugin,
    ),
    "lab": (
        commands.lab,
        "Open JupyterLab on the notebooks, copied here if there are none.",
        "toolkit lab articles/",
        _lab,
    ),
}
"""What each command does, what is said of it, an example, and what adds its options, if it has any."""
