"""Coverage-guided fuzzing of every loader that reads bytes: `make fuzz`. Nothing may raise, hang, or lose the good beside the bad.

Run by hand: `python fuzz/loaders.py corpus-folder -max_total_time=600`. It begins from the files of the tests, of every
format. A crash is written as a file; keep it as a test.
"""

import io
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["toolkit"]):
    from toolkit.article import Source
    from toolkit.loaders import Reading, read
    from toolkit.registry import registry

    LOADERS = tuple(registry.of("loader").values())
    SUFFIXES = sorted({s for plugin in LOADERS for s in plugin.declared.suffixes if s.startswith(".")})

FILES = Path(__file__).parents[1] / "tests" / "data" / "loaders"
LARGEST = 65_536


def one(data: bytes) -> None:
    """Read bytes under a suffix that the first byte picks: articles or problems come out, never an exception."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
    source = Source(f"fuzz{suffix}", opener=lambda: io.BytesIO(data[1:]))
    for article in read(source, Reading([], {}, LOADERS)):
        if not isinstance(article.text, str):
            raise TypeError(f"{suffix} gave a text that is a {type(article.text).__name__}")


def sow(folder: Path) -> None:
    """Put a file of every format there, each behind the byte that picks its suffix."""
    for path in sorted(FILES.iterdir()):
        if path.suffix in SUFFIXES and path.stat().st_size < LARGEST:
            seed = bytes([SUFFIXES.index(path.suffix)]) + path.read_bytes()
            (folder / f"seed-{path.name}").write_bytes(seed)


if __name__ == "__main__":
    for given in sys.argv[1:]:
        if Path(given).is_dir():
            sow(Path(given))
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
