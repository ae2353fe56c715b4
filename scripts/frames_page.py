"""Writes docs/frames.md from the schema, so that page and code cannot differ."""

from pathlib import Path

from toolkit import schema

PAGE = Path(__file__).parents[1] / "docs" / "frames.md"
HEAD = """# Frames

Everything in a corpus is a polars frame, joinable on `doc_id` and on (`doc_id`, `sent_id`). Offsets count characters (Unicode
code points) of `documents.text`, and `documents.text[start:end] == text` always holds. This page is written from the schema.
"""


def page() -> str:
    """The page: a table for each frame."""
    tables = [*schema.CORE.values(), schema.DOCUMENT_TOPICS, schema.PROBLEMS, schema.JUDGEMENTS]
    return HEAD + "".join(_section(table) for table in tables)


def _section(table: schema.Table) -> str:
    rows = "".join(f"| `{c.name}` | {_named(c)} | {c.doc} |\n" for c in table.columns)
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    return f"\n## {table.name}\n\n{table.doc}{key}\n\n| column | type | what it holds |\n|---|---|---|\n{rows}"


def _named(column: schema.Column) -> str:
    text = str(column.dtype)
    return "Enum" if text.startswith("Enum") else text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf8")
