"""Subjects and clauses by a dependency parser, for the sentences in which someone says something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit import parser
from toolkit_quotes.marks import Span

BATCH = 32
LONGEST = 3000
"""How many characters a stretch may have to be parsed."""
SUBJECTS = ("nsubj", "csubj")
CLIMBS = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "aux")
"""How a verb without a subject of its own hangs on one that has it."""
REMARKS = ("relcl", "appos", "acl", "punct", "cc", "parataxis", "advcl")
"""What says more about a speaker and is not part of the phrase, if it comes after."""


@dataclass(frozen=True, slots=True)
class Parse:
    """What a parser found in a stretch, by the place of the verb in it: who its subject is, and the clause it brings in."""

    subjects: dict[int, Span] = field(default_factory=dict)
    clauses: dict[int, Span] = field(default_factory=dict)


def parses(texts: Sequence[str], verbs: Sequence[frozenset[int]]) -> list[Parse]:
    """What the installed parser finds in each text at the places of its verbs, both in characters of the text."""
    pipeline = parser()
    if pipeline is None:
        return [Parse() for _ in texts]
    documents = pipeline.pipe(texts, batch_size=BATCH)
    return [_read(document, wanted) for document, wanted in zip(documents, verbs, strict=True)]


def _read(document: Any, verbs: frozenset[int]) -> Parse:
    found = Parse()
    for token in document:
        place = token.idx
        if place not in verbs:
            continue
        named = _subject(token)
        if named is not None:
            found.subjects[place] = named
        clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
        if clause is not None:
            edge = clause.right_edge
            found.clauses[place] = (clause.left_edge.idx, edge.idx + len(edge))
    return found


def _subject(verb: Any) -> Span | None:
    """Who does what a verb says, in characters of the parsed text."""
    token = verb
    for _ in range(6):
        subject = next((child for child in token.children if child.dep_ in SUBJECTS), None)
        if subject is None and any(child.dep_ == "nsubjpass" for child in token.children):
            agent = next((child for child in token.children if child.dep_ == "agent"), None)
            subject = next(iter(agent.children), None) if agent is not None else None
            if subject is None:
                return None
        if subject is not None:
            if subject.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
                subject = token.head
            return _phrase(subject)
        if token.dep_ == "acl":
            return _phrase(token.head)
        if token.dep_ not in CLIMBS or token.head is token:
            return None
        token = token.head
    return None


def _phrase(head: Any) -> Span:
    """A noun with what belongs to it, later remarks left out."""
    last = head
    for child in head.rights:
        if child.dep_ in REMARKS:
            break
        last = child.right_edge
    first = head.left_edge
    return first.idx, last.idx + len(last)
