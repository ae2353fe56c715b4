"""Tables of numbers out of an ONNX file."""

import numpy as np

from toolkit.topics import onnx


def field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return bytes([number << 3, content])
    size = len(content)
    return bytes([number << 3 | 2]) + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])) + content


def table(name: str, kind: int, numbers: np.ndarray) -> bytes:
    sides = b"".join(field(1, side) for side in numbers.shape)
    return field(5, sides + field(2, kind) + field(8, name.encode()) + field(9, numbers.tobytes()))


def test_the_tables_of_a_file_are_read_by_name(tmp_path):
    whole = np.arange(-100, 100, dtype=np.int8).reshape(2, 100)
    scale = np.array([[0.5], [2.0]], dtype=np.float32)
    flag = table("flag", 9, np.array([True]))
    graph = field(7, table("whole", 3, whole) + flag + table("scale", 1, scale))
    path = tmp_path / "model.onnx"
    path.write_bytes(field(1, 8) + b"\x15abcd" + graph)
    read = onnx.tables(path)
    assert list(read) == ["whole", "scale"]
    assert np.array_equal(read["whole"], whole)
    assert np.array_equal(read["scale"], scale)
