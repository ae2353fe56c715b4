"""What was learned from the whole corpus and is applied document by document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from toolkit.topics import Meaning, Model


@dataclass(frozen=True)
class Fit:
    """Each outlet's furniture (lines that repeat), the names joined across documents, and the topic model; None if not fitted."""

    furniture: pl.DataFrame | None = None
    names: pl.DataFrame | None = None
    topic_model: Model | Meaning | None = None

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
            _model(model) if model.exists() else None,
        )


def _model(folder: Path) -> Model | Meaning:
    """The topic model in a folder, of whichever kind."""
    return Meaning.load(folder) if (folder / "meaning.parquet").exists() else Model.load(folder)
