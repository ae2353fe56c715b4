"""Records, which rows of a table are too, to articles."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from itertools import chain, islice
from typing import Any

from toolkit.article import Article, Source
from toolkit.errors import SettingError
from toolkit.loaders import columns, dates, fields

Record = Mapping[str, Any]


def articles(
    source: Source, records: Iterable[Mapping[Any, Any]], wanted: Mapping[str, str] | None, *, mended: bool
) -> Generator[Article, None, bool]:
    """An article for every record, columns chosen by the first hundred; what was chosen is told once.

    A source whose records have neither text nor title is skipped, and so is one without the column that `wanted` names.
    Returns whether there was any record, for the caller to say why if there was none.
    """
    stream = (fields.flat(record) for record in records)
    sample = list(islice(stream, columns.SAMPLE))
    if not sample:
        return False
    names = list(dict.fromkeys(name for record in sample for name in record))
    try:
        chosen = columns.choose(names, sample, wanted)
    except SettingError as error:
        source.problem(str(error), "skipped")
        return True
    if not {"text", "title"} & set(chosen):
        source.problem(columns.nothing(names), "skipped")
        return True
    columns.note(source, names, chosen)
    first = dates.day_first(record.get(chosen["published"]) for record in sample) if "published" in chosen else None
    for record in chain(sample, stream):
        yield fields.build(record, _of(record, chosen), mended=mended, day_first=first)
    return True


def _of(record: Record, chosen: Mapping[str, str]) -> Mapping[str, str]:
    """The chosen columns; in a record of another make than the sample, those it has, and beside them its own by name."""
    if all(name in record for name in chosen.values()):
        return chosen
    return {**fields.of(record), **{field: name for field, name in chosen.items() if name in record}}
