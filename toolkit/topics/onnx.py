"""The tables of numbers in an ONNX file, read without a library for it.

An ONNX file is a protobuf message (onnx.proto, ONNX 1; Protocol Buffers, Encoding): field 7 of the model is its graph, field 5
of the graph each table, and of a table field 1 are its sides, 2 its type, 8 its name and 9 its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

GRAPH, TABLE = 7, 5
SIDES, TYPE, NAME, NUMBERS = 1, 2, 8, 9
TYPES = {1: np.float32, 3: np.int8, 7: np.int64}
"""The types of numbers that are read; a table of another is passed over."""


def tables(path: Path) -> dict[str, npt.NDArray[Any]]:
    """The tables of a file, by name, in its order."""
    made = {}
    for number, graph in fields(memoryview(path.read_bytes())):
        for inner, table in fields(graph) if number == GRAPH else ():
            if inner == TABLE:
                parts = list(fields(table))
                last = dict(parts)
                if last[TYPE] in TYPES:
                    sides = [side for part, side in parts if part == SIDES]
                    made[bytes(last[NAME]).decode()] = np.frombuffer(last[NUMBERS], TYPES[last[TYPE]]).reshape(sides)
    return made


def fields(message: memoryview) -> Iterator[tuple[int, Any]]:
    """The fields of a protobuf message: the number of each, and an int or the bytes of what it holds."""
    at = 0
    while at < len(message):
        key, at = _integer(message, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _integer(message, at)
            yield number, value
        else:
            size, at = _integer(message, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
            yield number, message[at : at + size]
            at += size


def _integer(message: memoryview, at: int) -> tuple[int, int]:
    """An integer of seven bits a byte, and where the next field begins."""
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
