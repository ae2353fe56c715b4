"""The stages that make a corpus, and a version of each, so that a newer toolkit knows what an older one made otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

VERSIONS: Mapping[str, int] = {
    "articles": 1,
    "sentences": 1,
    "mentions": 2,
    "sketches": 1,
    "copies": 1,
    "furniture": 1,
    "names": 1,
    "topics": 1,
}
"""Each stage's number, raised whenever what it gives for the same articles changes; a release that raises none reuses all.

`articles` is all that is read: texts, dates, outlets, languages, paragraphs and their kinds. `sketches` are what copies are
found by.
"""
SHARD = ("articles", "sentences", "mentions", "sketches")
"""The stages that look at one article at a time: a cache keeps what they give."""
FITTED = ("copies", "furniture", "names", "topics")
"""Those that look at all."""
BUILT_ON = {
    "articles": (),
    "sentences": ("articles",),
    "mentions": ("sentences",),
    "sketches": ("articles",),
    "copies": ("sketches",),
    "furniture": ("sentences", "copies"),
    "names": ("mentions", "copies"),
    "topics": ("furniture", "names"),
}
"""What each stage is given, by the stages before it, which are written before it."""
FRAMES = {"articles": "documents", "copies": "documents", "furniture": "sentences", "names": "entities"}
"""The frame of a corpus that a stage's work is seen in; that of its own name, if none is told here."""
FIRST: Mapping[str, int] = dict.fromkeys(VERSIONS, 1)
"""The numbers of a corpus that was saved before there were any."""


def stale(made: Mapping[str, int]) -> tuple[str, ...]:
    """The stages that another version did otherwise, and those built on them, in their order.

    >>> stale({**VERSIONS, "names": VERSIONS["names"] - 1})
    ('names', 'topics')
    """
    found: list[str] = []
    for stage, version in VERSIONS.items():
        if made.get(stage) != version or any(before in found for before in BUILT_ON[stage]):
            found.append(stage)
    return tuple(found)


def frames(stages: Iterable[str]) -> tuple[str, ...]:
    """The core frames in which the work of some stages is seen."""
    seen = {FRAMES.get(stage, stage) for stage in stages}
    return tuple(name for name in ("documents", "sentences", "entities", "topics") if name in seen)


def said(made: Mapping[str, int], by: str) -> str:
    """One sentence on what another version (`by`) made otherwise, and what to do about it; empty if nothing."""
    old = stale(made)
    if not old:
        return ""
    what = ", ".join(frames(old)) or ", ".join(old)
    if "articles" in old:
        return f"Made by toolkit {by}, which reads articles otherwise: {what} are stale. Load the sources again with tk.load(...)."
    return (
        f"Made by toolkit {by}, which does otherwise: {what}. corpus.renew() makes them anew, and nothing before them."
    )
