"""Articles already in memory: strings, dicts and `Article`s."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.article import Article, Source
from toolkit.errors import SettingError
from toolkit.kinds import loader
from toolkit.loaders import fields
from toolkit.loaders.columns import choose


@loader(claims=lambda source: isinstance(source.value, (str, Mapping, Article)))
def memory(source: Source, *, columns: dict[str, str] | None = None) -> Iterator[Article]:
    """A string, a dict of fields, or an Article; its text is kept code point for code point."""
    value = source.value
    if isinstance(value, Article):
        yield value
    elif isinstance(value, str):
        yield Article(value)
    else:
        yield from _record(source, fields.flat(value), columns or {})


def _record(source: Source, record: Mapping[str, Any], wanted: Mapping[str, str]) -> Iterator[Article]:
    """The article in a dict. Of the columns that the user names it may lack any but the text."""
    given = {field: name for field, name in wanted.items() if name in record or field == "text"}
    chosen = fields.of(record) | given
    try:
        if "text" not in chosen or given:
            chosen = choose(list(record), [record], given)
        yield fields.build(record, chosen)
    except SettingError as error:
        source.problem(str(error), "skipped")
