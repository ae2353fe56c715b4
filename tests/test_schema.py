"""A frame has its columns in their order, or a sentence says what is wrong with it."""

import polars as pl
import pytest

from toolkit import schema
from toolkit.errors import SchemaError

TABLE = schema.Table(
    "things",
    "One row per thing.",
    ("name",),
    (schema.Column("name", pl.String, "its name"), schema.Column("size", pl.Int64, "its size")),
)


def test_columns_come_in_their_order_and_type_and_a_missing_one_is_null():
    made = TABLE.conform(pl.DataFrame({"size": pl.Series([1, 2], dtype=pl.Int8), "name": ["a", "b"]}))
    assert made.schema == TABLE.schema == {"name": pl.String, "size": pl.Int64}
    assert made.rows() == [("a", 1), ("b", 2)]
    bare = TABLE.conform(pl.DataFrame({"name": ["a", "b"]}))
    assert bare.schema == TABLE.schema
    assert bare.rows() == [("a", None), ("b", None)]


def test_the_empty_frame_has_the_same_schema():
    assert TABLE.empty().schema == TABLE.schema
    assert TABLE.empty().height == 0


def test_an_unknown_column_is_refused_with_those_that_there_are():
    with pytest.raises(SchemaError, match=r"things has no column 'x', 'y'; it has name, size\."):
        TABLE.conform(pl.DataFrame({"name": ["a"], "x": [1], "y": [2]}))


def test_a_column_that_cannot_be_cast_is_refused_with_the_reason():
    with pytest.raises(SchemaError, match=r"things cannot be made from these columns: .*many"):
        TABLE.conform(pl.DataFrame({"size": ["many"]}))


@pytest.mark.parametrize(
    "table", [value for value in vars(schema).values() if isinstance(value, schema.Table)], ids=lambda t: t.name
)
def test_every_table_has_distinct_columns_that_are_told_of_and_a_key_among_them(table):
    names = [column.name for column in table.columns]
    assert len({*names}) == len(names) == len(table.schema)
    assert {*table.key} <= {*names}
    assert all(column.doc.strip() for column in table.columns)
    assert table.doc.endswith(".")


def test_what_counts_are_kinds_and_what_is_no_name_is_a_label():
    assert {*schema.COUNTED} == {*schema.KINDS} - {"heading", "caption", "credit", "other"}
    assert {*schema.AMOUNTS} < {*schema.LABELS}


def test_the_bounds_that_docstrings_and_pages_tell_are_those_of_the_code():
    assert (schema.HOLDS, schema.FEW) == (0.3, 5)


def test_a_table_is_a_value_that_nobody_changes():
    with pytest.raises(AttributeError):
        TABLE.name = "other"
    with pytest.raises(AttributeError):
        TABLE.columns[0].name = "other"
