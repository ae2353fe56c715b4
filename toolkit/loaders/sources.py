"""Whatever a user hands over, as a stream of sources: files, folders, patterns, objects in memory, and lists of these."""

from __future__ import annotations

import glob
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from toolkit.article import Article, Problem, Source
from toolkit.loaders import passed_over
from toolkit.loaders.frames import is_frame, is_series
from toolkit.loaders.objects import is_article

PATH_LIKE = re.compile(r"^\S+$|\.[A-Za-z]\w{0,6}$")
SURELY_PATH = re.compile(r"^\S*(/|\\)\S*$|^\S+\.[A-Za-z]\w{1,7}$")
ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]+://\S+$", re.IGNORECASE)


@dataclass
class File(Source):
    """A file on disk."""

    path: Path = Path()
    _stream: BinaryIO | None = None

    def open(self) -> BinaryIO:
        """A fresh binary stream over the file."""
        self._stream = super().open()
        return self._stream

    @property
    def size(self) -> int:
        """Its bytes; 0 if it is gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    @property
    def read_so_far(self) -> int:
        """Its bytes up to where the stream stands that was opened last."""
        return 0 if self._stream is None or self._stream.closed else self._stream.tell()


def sources(given: Any, problems: list[Problem]) -> Iterator[Source]:
    """The sources in what the user gave, in a fixed order; what is missing or passed over goes to `problems`.

    Raises FileNotFoundError if the one path or pattern given does not exist; in a list it is a problem, and the rest is read.
    """
    if isinstance(given, (str, Path)):
        yield from _named(given, problems)
    elif isinstance(given, Source):
        yield given
    elif isinstance(given, (bytes, bytearray)) or hasattr(given, "read"):
        yield _stream(given)
    elif is_series(given):
        yield from (
            Source(f"memory[{number}]", value=text) for number, text in enumerate(given) if isinstance(text, str)
        )
    elif _is_many(given):
        for number, item in enumerate(sorted(given, key=repr) if isinstance(given, (set, frozenset)) else given):
            yield from _item(item, number, problems)
    else:
        yield Source(_kind(given), value=given)


def _is_many(given: Any) -> bool:
    return (
        isinstance(given, Iterable)
        and not isinstance(given, (Mapping, Article))
        and not is_frame(given)
        and not is_article(given)
    )


def _stream(given: Any) -> Source:
    """Bytes, or an open file, as a source; the file is read once."""
    raw = given if isinstance(given, (bytes, bytearray)) else given.read()
    raw = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else bytes(raw)
    return Source(str(getattr(given, "name", "memory")), opener=lambda: io.BytesIO(raw))


def _kind(value: Any) -> str:
    return "memory" if isinstance(value, (str, Mapping, Article)) else type(value).__name__


def _item(item: Any, number: int, problems: list[Problem]) -> Iterator[Source]:
    if isinstance(item, Path) or (isinstance(item, str) and _is_surely_path(item)):
        try:
            yield from _named(item, problems)
        except FileNotFoundError as error:
            problems.append(Problem(str(item), "skipped", str(error)))
    elif isinstance(item, (bytes, bytearray, Source)) or hasattr(item, "read"):
        yield from sources(item, problems)
    else:
        yield Source(f"{_kind(item)}[{number}]", value=item)


def is_path(text: str) -> bool:
    """Whether a string names a file, folder, pattern or address, rather than being an article's text."""
    return _one_line(text) and (bool(PATH_LIKE.search(text)) or _exists(text))


def _is_surely_path(text: str) -> bool:
    """The same for one of many strings, which are likelier to be texts: `Iran` is one, `iran.txt` is not."""
    return _one_line(text) and (bool(SURELY_PATH.search(text)) or _exists(text))


def _one_line(text: str) -> bool:
    return "\n" not in text and "\0" not in text and len(text) <= 1024 and bool(text.strip())


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:
        return False


def _named(given: str | Path, problems: list[Problem]) -> Iterator[Source]:
    name = str(given)
    path = Path(name).expanduser()
    if isinstance(given, str) and not is_path(given):
        yield Source("memory", value=given)
    elif ADDRESS.match(name):
        yield Source(name)
    elif path.is_dir():
        yield from _folder(path, problems)
    elif path.exists():
        yield file(path)
    else:
        yield from _pattern(name)


def _pattern(name: str) -> Iterator[Source]:
    matches = sorted(glob.glob(str(Path(name).expanduser()), recursive=True)) if glob.has_magic(name) else []
    if not matches:
        what = "No file matches the pattern" if glob.has_magic(name) else "There is no file or folder"
        raise FileNotFoundError(
            f"{what} {name!r}{_nearby(Path(name))}. To load a text rather than a file, pass it in a list: tk.load([text])."
        )
    for match in matches:
        if Path(match).is_file():
            yield file(Path(match))


def _nearby(path: Path) -> str:
    """What does exist where the path was looked for."""
    folder = next((parent for parent in path.expanduser().parents if parent.is_dir()), None)
    if folder is None or glob.has_magic(str(path)):
        return ""
    names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f"; the folder {folder.resolve().name or folder} holds {shown or 'nothing'}"


def are_files(given: Any) -> bool:
    """Whether what the user gave names files and nothing else: a path, a pattern, or a list of these."""
    if isinstance(given, (list, tuple)):
        return all(isinstance(item, Path) or (isinstance(item, str) and _is_surely_path(item)) for item in given)
    return isinstance(given, Path) or (isinstance(given, str) and is_path(given))


def file(path: Path) -> File:
    """The source that a file is."""
    return File(str(path), opener=lambda: path.open("rb"), path=path)


def _folder(folder: Path, problems: list[Problem]) -> Iterator[Source]:
    """Every file below a folder, by name; what is hidden or no article is passed over and listed; no link is followed twice."""
    yield from map(file, _walk(folder, set(), problems))


def _walk(folder: Path, seen: set[Path], problems: list[Problem]) -> Iterator[Path]:
    real = folder.resolve()
    if real in seen:
        problems.append(Problem(str(folder), "passed over", "is a link to a folder that is read already."))
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(str(folder), "skipped", f"cannot be read: {error.strerror}."))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if why := passed_over.folder(entry.name, names) if entry.is_dir() else passed_over.file(entry.name):
            problems.append(Problem(str(entry), "passed over", why))
        elif entry.is_dir():
            yield from _walk(entry, seen, problems)
        elif entry.is_file():
            yield entry
        else:
            problems.append(Problem(str(entry), "passed over", "is neither a file nor a folder, or a broken link."))
