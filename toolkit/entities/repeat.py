"""Names found once are found wherever the document has them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from toolkit.entities.lexicon import BIT
from toolkit.entities.page import Page
from toolkit.entities.span import Span

LONGEST = 5
CONFIDENT = 0.5
"""How sure a name must be, once, for its repetition to be taken as one."""


def repeated(page: Page, spans: list[Span]) -> list[Span]:
    """`spans` and, for what they leave, the places where the document repeats one of them or a person's surname.

    A repetition is written the same, letter for letter, and begins with a capital; a common word must be one that the
    document does not also write in lower case.
    """
    tokens = page.tokens
    exact, document, classes = tokens.exact, page.document, page.classes
    ballots: dict[tuple[int, tuple[int, ...]], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    covered = np.zeros(len(tokens), bool)
    for span in spans:
        covered[span.first : span.end] = True
        size = span.end - span.first
        if size > LONGEST or span.confidence < CONFIDENT:
            continue
        own = int(document[span.first])
        key = tuple(exact[span.first : span.end].tolist())
        ballots[own, key][span.label] += span.confidence
        if span.label in ("PER", "PERSON") and size > 1 and tokens.capital[span.end - 1]:
            ballots[own, key[-1:]][span.label] += span.confidence
    starts: dict[tuple[int, int], set[int]] = defaultdict(set)
    for own, key in ballots:
        starts[own, key[0]].add(len(key))
    free = np.flatnonzero(tokens.capital & tokens.word & ~covered & (page.sentence >= 0) & ~page.shouted)
    doubtful = (classes & (BIT["common"] | BIT["usual"] | BIT["month"] | BIT["weekday"] | BIT["title"])) != 0
    out = list(spans)
    until = -1
    for at, own, first in zip(free.tolist(), document[free].tolist(), exact[free].tolist(), strict=True):
        if at < until or (own, first) not in starts:
            continue
        for size in sorted(starts[own, first], reverse=True):
            if size == 1 and doubtful[at]:
                continue
            ballot = ballots.get((own, tuple(exact[at : at + size].tolist())))
            if ballot and not covered[at : at + size].any():
                label = max(ballot, key=lambda kind: (ballot[kind], kind))
                out.append(Span(at, at + size, label, 0.6, "alias"))
                until = at + size
                break
    return sorted(out)
