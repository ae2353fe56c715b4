"""A mention while it is being worked on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Mention:
    """A name in a document: where it stands, what it is, and what it means once that is known."""

    start: int
    end: int
    text: str
    label: str
    found_by: str
    confidence: float
    entity: str | None = None
    entity_id: str | None = None
    country: str | None = None
    role: str = "name"

    def row(self) -> tuple[object, ...]:
        """The columns of `entities` from `start` on."""
        own = (self.start, self.end, self.text, self.label, self.entity, self.entity_id, self.country, self.role)
        return (*own, self.found_by, round(self.confidence, 3))
