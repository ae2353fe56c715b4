"""What was learned from the whole corpus and is applied document by document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from toolkit.topics import Meaning, Model


class Stored(NamedTuple):
    """A topic model as its files hold it, of whichever kind."""

    frames: dict[str, pl.DataFrame]
    told: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Stored:
        """The files of a folder."""
        frames = {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
        return cls(frames, {} if "meaning" in frames else json.loads((folder / "model.json").read_text("utf8")))

    @property
    def model(self) -> Model | Meaning:
        """The model."""
        from toolkit.topics import Meaning, Model

        if "meaning" in self.frames:
            return Meaning.stored(self.frames["meaning"])
        return Model.stored(self.told, self.frames["words"], self.frames["card"])


@dataclass(frozen=True)
class Fit:
    """Each outlet's furniture (lines that repeat), the names joined across documents, and the topic model; None if not fitted.

    `learned` is the topic model, or its files, which become the model when `topic_model` is first asked for.
    """

    furniture: pl.DataFrame | None = None
    names: pl.DataFrame | None = None
    learned: Model | Meaning | Stored | None = None

    @cached_property
    def topic_model(self) -> Model | Meaning | None:
        """What was learned of the topics' words, or what they mean."""
        return self.learned.model if isinstance(self.learned, Stored) else self.learned

    def save(self, folder: Path) -> None:
        """Write what was fitted to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in (("furniture", self.furniture), ("names", self.names)):
            if frame is not None:
                frame.write_parquet(folder / f"{name}.parquet")
        if self.topic_model is not None:
            self.topic_model.save(folder / "topic_model")

    @classmethod
    def load(cls, folder: Path) -> Fit:
        """What `save` wrote."""
        furniture, names, model = folder / "furniture.parquet", folder / "names.parquet", folder / "topic_model"
        return cls(
            pl.read_parquet(furniture) if furniture.exists() else None,
            pl.read_parquet(names) if names.exists() else None,
            Stored.read(model) if model.exists() else None,
        )
