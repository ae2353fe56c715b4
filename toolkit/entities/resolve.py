"""Within one document: one label per name, names joined, and what they mean."""

from __future__ import annotations

from collections import defaultdict

from toolkit.entities.labels import AMOUNTS
from toolkit.entities.meaning import meanings
from toolkit.entities.mention import Mention
from toolkit.entities.organisations import organisations
from toolkit.entities.persons import people, surnames

LISTED = 3.0
"""What a label from the gazetteer weighs in the vote, and half of what a full name weighs for its surname."""


def resolve(mentions: list[Mention], text: str) -> None:
    """Give each mention of one document its label, canonical name, id, country and role, in place."""
    vote(mentions)
    people(mentions)
    organisations(mentions, text)
    meanings(mentions, text)


def vote(mentions: list[Mention]) -> None:
    """One label per name in a document: the one that most of its mentions have, by confidence.

    A bare name that a full name in the document ends with is a person, unless the gazetteer spoke for it.
    """
    ballots: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    listed: set[str] = set()
    named = [mention for mention in mentions if mention.label not in AMOUNTS]
    for mention in named:
        sure = mention.found_by == "gazetteer"
        ballots[mention.text.casefold()][mention.label] += LISTED if sure else mention.confidence
        if sure:
            listed.add(mention.text.casefold())
    for name in surnames(named):
        if name in ballots and name not in listed:
            ballots[name]["PERSON"] += LISTED / 2
    for mention in named:
        ballot = ballots[mention.text.casefold()]
        if len(ballot) > 1:
            mention.label = max(ballot, key=lambda label: (ballot[label], label))
