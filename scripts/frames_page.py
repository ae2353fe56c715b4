"""Writes docs/frames.md from the schema, so that page and code cannot differ."""

from importlib import import_module
from pathlib import Path

from toolkit import schema
from toolkit.plugin import Plugin
from toolkit.registry import registry

PAGE = Path(__file__).parents[1] / "docs" / "frames.md"
HEAD = """# Frames

Everything in a corpus is a polars frame, joinable on `doc_id` and on (`doc_id`, `sent_id`). Offsets count characters (Unicode
code points) of `documents.text`, and `documents.text[start:end] == text` always holds. `corpus.frame(NAME)` gives each by name. This
page is written from the schema, and from the annotators that come with the toolkit.
"""


def page() -> str:
    """The page: a table for each frame."""
    own = [schema.DOCUMENT_TOPICS, schema.WORDS, schema.COPIES, schema.PROBLEMS, schema.JUDGEMENTS]
    annotators = [plugin for plugin in registry.of("annotator").values() if plugin.origin == "bundled"]
    tables = [*schema.CORE.values(), *own, *(table for plugin in annotators for table in _tables(plugin))]
    return HEAD + "".join(_section(table) for table in tables)


def _tables(plugin: Plugin) -> list[schema.Table]:
    """The schema that an annotator's file has of its frame."""
    module = import_module(plugin.function.__module__)
    return [value for value in vars(module).values() if isinstance(value, schema.Table) and value.name == plugin.name]


def _section(table: schema.Table) -> str:
    rows = "".join(f"| `{c.name}` | {_named(c)} | {c.doc} |\n" for c in table.columns)
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    return f"\n## {table.name}\n\n{table.doc}{key}\n\n| column | type | what it holds |\n|---|---|---|\n{rows}"


def _named(column: schema.Column) -> str:
    text = str(column.dtype)
    return "Enum" if text.startswith("Enum") else text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
