"""A file that is to be written: its folder is made, and what stands in the way is told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path


@contextmanager
def written(path: str | PathLike[str]) -> Iterator[Path]:
    """The path to write to, its folder there. Raises OSError, in a sentence, if it cannot be written.

    >>> import tempfile
    >>> with written(tempfile.mkdtemp() + "/new/note.txt") as target:
    ...     _ = target.write_text("Gas fell.")
    >>> target.name
    'note.txt'
    """
    target = Path(path).expanduser()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield target
    except OSError as error:
        named = error.filename2 or error.filename
        if named is None or not _is_near(Path(named), target):
            raise
        why = f"{error.strerror}: {str(named)!r}" if str(named) != str(target) else error.strerror
        raise OSError(f"{str(target)!r} cannot be written ({why}); choose another file or folder.") from error


def _is_near(path: Path, target: Path) -> bool:
    """Whether a path is the target, in it, beside it, or one of the folders that it lies in."""
    return path.is_relative_to(target) or path.parent == target.parent or target.is_relative_to(path)
