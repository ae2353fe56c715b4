"""The ledger: what the user decided on names, as a small table that a person can read, edit and version."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

from toolkit.errors import SettingError
from toolkit.schema import LABELS
from toolkit.tables import table
from toolkit.target import written

Kind = Literal["merge", "split", "rename", "ignore", "watch", "keep"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, order=True)
class Decision:
    """One decision on a name; "" where a field does not apply.

    merge: mentions that go by `name` are those of `becomes`. rename: `name` is called `becomes` from now on. split: the
    mentions of `name` that are `written` so, in the document `doc_id` or in all, are `becomes` instead. ignore: mentions
    that go by `name` are dropped. watch: wherever `written` stands in a text, it is a mention of `name`, of this `label`.
    keep: the mentions of `name` that are `written` so are rightly its own; nothing changes, and no review asks again.
    """

    decision: Kind
    name: str
    becomes: str = ""
    written: str = ""
    doc_id: str = ""
    label: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """What it decides on: a later decision on the same takes its place."""
        if self.decision == "watch":
            return ("watch", self.written)
        if self.decision in ("split", "keep"):
            return ("split", self.name, self.written, self.doc_id)
        return ("name", self.name)


FIELDS = tuple(field.name for field in fields(Decision))
NEEDED = {
    "merge": ("name", "becomes"), "rename": ("name", "becomes"), "ignore": ("name",), "watch": ("name", "written"),
    "split": ("name", "written", "becomes"), "keep": ("name", "written"),
}  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """Decisions on names, in a file if `path` says so. Their order does not matter; `len` and iteration go over them.

    They are applied so: watched names are found, splits are made, merges and renames are followed to their end, and what is
    ignored is dropped.
    """

    decisions: tuple[Decision, ...] = ()
    path: Path | None = None

    def __len__(self) -> int:
        return len(self.decisions)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.decisions)

    @property
    def fingerprint(self) -> str:
        """A hash of the decisions; "" if there are none."""
        told = repr(sorted(self.decisions)).encode()
        return hashlib.blake2b(told, digest_size=8).hexdigest() if self.decisions else ""

    def becoming(self) -> dict[str, str | None]:
        """What each name that is merged, renamed or ignored is called in the end; None if it is dropped."""
        direct = {made.name: made.becomes or None for made in self.decisions if made.place[0] == "name"}

        def end(name: str) -> str | None:
            found: str | None = name
            while found is not None and found in direct:
                found = direct[found]
            return found

        return {name: end(name) for name in direct}

    def with_decisions(self, made: Iterable[Decision]) -> Ledger:
        """The ledger with more decisions; one takes the place of an older one on the same name, or of its opposite.

        Raises SettingError if a decision lacks a field, or if names would become each other in a circle.
        """
        kept = {decision.place: decision for decision in self.decisions}
        for decision in made:
            _check(decision)
            undone = decision.written if decision.decision == "split" else decision.becomes
            older = kept.get(("name", undone))
            if older and older.becomes == decision.name:
                del kept[older.place]
            kept[decision.place] = decision
            if decision.place[0] == "name":
                _check_circle(kept, decision)
        return replace(self, decisions=tuple(kept.values()))

    def without(self, *names: str) -> Ledger:
        """The ledger without the decisions that bear on these names. Raises SettingError for one it does not have."""
        for name in names:
            if not any(name in (made.name, made.written) for made in self.decisions):
                raise SettingError(f"The ledger decides nothing on {name!r}; it decides on {self._names()}.")
        return replace(
            self, decisions=tuple(made for made in self.decisions if not {made.name, made.written} & set(names))
        )

    def _names(self) -> str:
        named = list(dict.fromkeys(made.written or made.name for made in self.decisions))
        return ", ".join(map(repr, named[:8])) + (" ..." if len(named) > 8 else "") if named else "nothing yet"

    # The file

    @classmethod
    def read(cls, path: str | Path) -> Ledger:
        """The ledger in a CSV file, which it will be saved to; an empty one if there is no such file yet.

        The columns are decision, name, becomes, written, doc_id, label; those that are not needed may be missing. Raises
        SettingError, naming the line, if one cannot be read.
        """
        path = Path(path).expanduser()
        if not path.exists():
            if not path.parent.is_dir():
                raise SettingError(f"There is no folder {str(path.parent)!r} for the ledger; make it first.")
            return cls(path=path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"The ledger {str(path)!r} cannot be read: {error}.") from error
        return cls((), path).with_decisions(_parsed(text, str(path)))

    def csv(self) -> str:
        """The ledger as CSV, sorted, so that two versions of it are easy to compare."""
        out = io.StringIO()
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(FIELDS)
        rows.writerows([getattr(made, name) for name in FIELDS] for made in sorted(self.decisions))
        return out.getvalue()

    def save(self, path: str | Path | None = None) -> Path:
        """Write the ledger as CSV to `path`, or to the file it came from; gives the path.

        Raises SettingError if it has neither, and OSError, in a sentence, if it cannot be written.
        """
        wanted = path or self.path
        if wanted is None:
            raise SettingError('This ledger has no file yet; say where: ledger.save("ledger.csv").')
        with written(wanted) as target:
            temporary = target.with_name(f".{target.name}.{os.getpid()}")
            try:
                temporary.write_text(self.csv(), encoding="utf8")
                os.replace(temporary, target)
            finally:
                temporary.unlink(missing_ok=True)
        return target

    # What it says

    def __repr__(self) -> str:
        where = f", in {self.path}" if self.path else ""
        head = f"Ledger of {len(self)} decision{'' if len(self) == 1 else 's'}{where}"
        return "\n".join([head, *(f"  {told(made)}" for made in sorted(self.decisions))])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._html()}

    def _html(self) -> str:
        head = repr(self).partition("\n")[0]
        rows = [[getattr(made, name) for name in FIELDS] for made in sorted(self.decisions)]
        return table(FIELDS, rows, caption=head)


def told(made: Decision) -> str:
    """A decision as a sentence."""
    if made.decision == "watch":
        return f"{made.written} is watched as {made.name}"
    if made.decision == "keep":
        return f"{made.written} is rightly {made.name}"
    if made.decision == "split":
        where = f" in {made.doc_id}" if made.doc_id else ""
        return f"{made.written}{where} is {made.becomes}, not {made.name}"
    return {
        "merge": f"{made.name} is merged into {made.becomes}",
        "rename": f"{made.name} is called {made.becomes}",
        "ignore": f"{made.name} is ignored",
    }[made.decision]


def merged(names: str | Sequence[str], into: str) -> list[Decision]:
    """Decisions that these names are one."""
    return [Decision("merge", name, into) for name in ([names] if isinstance(names, str) else names)]


def watched(names: Mapping[str, str | Sequence[str]], label: str) -> list[Decision]:
    """Decisions to find these names wherever they or one of their forms are written."""
    return [
        Decision("watch", name, written=form, label=label)
        for name, forms in names.items()
        for form in dict.fromkeys([name, *([forms] if isinstance(forms, str) else forms)])
    ]


def _parsed(text: str, where: str) -> list[Decision]:
    try:
        return _decisions(csv.DictReader(io.StringIO(text, newline=""), strict=False), where)
    except csv.Error as error:
        raise SettingError(f"The ledger {where!r} is no table that can be read: {error}.") from error


def _decisions(rows: csv.DictReader[str], where: str) -> list[Decision]:
    unknown = [name for name in rows.fieldnames or () if name and name.strip() not in FIELDS]
    if unknown or "decision" not in [name.strip() for name in rows.fieldnames or ["decision"]]:
        found = ", ".join(map(repr, rows.fieldnames or ()))
        raise SettingError(f"The ledger {where!r} has the columns {found}; it must have {', '.join(FIELDS)}.")
    made = []
    for row in rows:
        given = {
            name.strip(): (value or "").strip() for name, value in row.items() if name and not isinstance(value, list)
        }
        if not any(given.values()):
            continue
        try:
            made.append(Decision(**{"name": "", **given}))  # type: ignore[arg-type]
            _check(made[-1])
        except SettingError as error:
            raise SettingError(f"Line {rows.line_num} of the ledger {where!r}: {error}") from error
    return made


def _check(made: Decision) -> None:
    if made.decision not in KINDS:
        raise SettingError(f"There is no decision {made.decision!r}; there are {', '.join(KINDS)}.")
    for name in FIELDS:
        if not isinstance(getattr(made, name), str):
            raise SettingError(f"A {made.decision} got {getattr(made, name)!r} as its {name}; it must be text.")
    missing = [name for name in NEEDED[made.decision] if not getattr(made, name).strip()]
    if missing:
        raise SettingError(
            f"A {made.decision} needs {' and '.join(NEEDED[made.decision])}; {' and '.join(missing)} is empty."
        )
    if made.label and made.label not in LABELS:
        raise SettingError(f"There is no label {made.label!r}; there are {', '.join(LABELS)}.")
    if made.name == made.becomes:
        raise SettingError(f"A {made.decision} cannot make {made.name!r} itself.")


def _check_circle(kept: Mapping[tuple[str, ...], Decision], made: Decision) -> None:
    """Raise SettingError if a name would become itself again."""
    name, seen = made.becomes, {made.name}
    while name and name not in seen:
        seen.add(name)
        step = kept.get(("name", name))
        name = step.becomes if step else ""
    if name == made.name:
        raise SettingError(
            f"{made.name!r} cannot become {made.becomes!r}, which the ledger makes {made.name!r} in turn."
        )
