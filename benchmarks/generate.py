"""News corpora of any size, made from a seed, with known topics, planted names and copies with known edits.

    python benchmarks/generate.py 100000 --words 40 -o articles.jsonl

or, without a file, `for article in articles(100_000, words=40): ...`. Every article is a dict of the columns that a
source would give (id, title, text, published, outlet, author, section, language, url) and, under `truth`, of what is
known about it:

- `topics`: the topics it was made of, the main one first;
- `sentences`: for each sentence of the text, in order, its topic, or None if it is about none of them;
- `entities`: [name, label] of every person, place and organisation planted in the text;
- `copy_of`: the id of the article it was copied from, or None; `edit`: what was done to the copy, one of EDITS.

Articles come in the order of publication: fewer at weekends, more on the days of PEAKS, when half are about the first
topic. A topic in ENTERS appears only after that part of the period. Each outlet has topics it prefers. Words are drawn
by Zipf's law (probability proportional to 1 / rank) from the lists in words.toml and from invented names.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

EDITS = ("exact", "headline", "cut tail", "reordered", "edited")
"""Nothing changed; another headline; and, with another headline, the last third left out, paragraphs in another order,
or one word changed in every third sentence."""
PEAKS = (0.14, 0.45, 0.86)
ENTERS = {"France": 0.4}
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
PLANTED = {"s": "PERSON", "c": "GPE", "o": "ORG"}


class Template(NamedTuple):
    """A sentence with gaps, for one topic: what may stand in each gap, and which gaps hold names (place, label)."""

    text: str
    gaps: list[tuple[list[str], int]]
    names: list[tuple[int, str]]


class Sentence(NamedTuple):
    text: str
    topic: str | None


class Story(NamedTuple):
    """An article before it is printed; copies are made from it."""

    id: str
    outlet: int
    topics: list[str]
    title: str
    paragraphs: list[list[Sentence]]
    entities: dict[str, str]
    copy_of: str | None = None
    edit: str | None = None


def articles(
    n: int,
    *,
    words: int = 250,
    seed: int = 0,
    outlets: int = 4,
    copies: float = 0.1,
    topics: Sequence[str] | None = None,
    start: date = date(2026, 1, 5),
    days: int = 70,
) -> Iterator[dict[str, Any]]:
    """`n` articles of about `words` words, in the order of publication; the same for the same settings.

    `copies` is the share that are copies of one of the thousand originals before them, printed by another outlet if
    there is one. `topics` are some of those in words.toml, all by default; `start` is the first of `days` days.

    >>> first, second = articles(2, words=40)
    >>> first["id"], first["published"], sorted(first["truth"])
    ('00000000', '2026-01-21T06:00:00+00:00', ['copy_of', 'edit', 'entities', 'sentences', 'topics'])
    """
    writer = Writer(Random(seed), words, list(topics or WORDS["topics"]))
    known = WORDS["outlets"] + [f"The {name} Post" for name in NAMES[-outlets:]]
    recent: deque[Story] = deque(maxlen=1000)
    printed = 0
    for day, count, part, peak in _days(n, start, days):
        for k in range(count):
            id_, outlet = f"{printed:08d}", int(writer.random() * outlets)
            if recent and writer.random() < copies:
                source = recent[int(writer.random() * len(recent))]
                story = writer.copy(source, id_, outlet if outlet != source.outlet else (outlet + 1) % outlets)
            else:
                story = writer.story(id_, outlet, writer.topic(outlet, outlets, part, peak))
                recent.append(story)
            yield _print(story, known[story.outlet], day, 21600 + 57600 * k // count)
            printed += 1


class Writer:
    """Makes stories and copies of them, drawing on one random source."""

    def __init__(self, source: Random, words: int, topics: list[str]) -> None:
        self.random = source.random
        self.words = words
        self.topics = topics
        self.templates = {topic: _templates(topic) for topic in topics}

    def topic(self, outlet: int, outlets: int, part: float, peak: bool) -> str:
        """A topic for an article of this outlet at this part of the period."""
        if peak and self.random() < 0.5:
            return self.topics[0]
        while True:
            index = int(self.random() * len(self.topics))
            if index % outlets != outlet and self.random() < 0.5:
                continue
            if part >= ENTERS.get(self.topics[index], 0.0) or len(self.topics) == 1:
                return self.topics[index]

    def story(self, id_: str, outlet: int, topic: str) -> Story:
        """An article of its own: on its topic, at times with a second one, and with sentences about neither."""
        random = self.random
        second = self.topics[int(random() * len(self.topics))] if random() < 0.2 else topic
        second = topic if second in ENTERS else second
        people = PEOPLE[topic]
        speakers = [people[int(len(people) * random() ** 2)] for _ in range(2)]
        entities: dict[str, str] = {}
        paragraphs: list[list[Sentence]] = []
        wanted = self.words * (0.7 + 0.6 * random())
        length = 0
        while length < wanted:
            paragraph = []
            for _ in range(1 if self.words < 120 else 1 + int(3 * random())):
                share = random()
                about = topic if length == 0 or share < 0.5 else second if share < 0.7 else None
                text = self.fill("topical" if about else "background", about or topic, speakers, entities)
                paragraph.append(Sentence(text, about))
                length += text.count(" ") + 1
            paragraphs.append(paragraph)
        told = any(sentence.topic == second for paragraph in paragraphs for sentence in paragraph)
        topics = [topic, second] if second != topic and told else [topic]
        return Story(id_, outlet, topics, self.headline(topic), paragraphs, entities)

    def copy(self, source: Story, id_: str, outlet: int) -> Story:
        """A copy under its own id; an article too short for an edit of its body gets another headline alone."""
        edit = EDITS[int(self.random() * len(EDITS))]
        paragraphs = self.changed(edit, source.paragraphs)
        if edit not in ("exact", "headline") and paragraphs == source.paragraphs:
            edit = "headline"
        title = source.title if edit == "exact" else self.headline(source.topics[0])
        text = "\n".join(sentence.text for paragraph in paragraphs for sentence in paragraph)
        told = {sentence.topic for paragraph in paragraphs for sentence in paragraph}
        topics = [topic for topic in source.topics if topic in told]
        entities = {name: label for name, label in source.entities.items() if name in text}
        return Story(id_, outlet, topics, title, paragraphs, entities, source.id, edit)

    def changed(self, edit: str, paragraphs: list[list[Sentence]]) -> list[list[Sentence]]:
        """The paragraphs after an edit of the body."""
        if edit == "cut tail":
            left = (2 * sum(map(len, paragraphs)) + 2) // 3
            starts = accumulate(map(len, paragraphs), initial=0)
            return [p[: left - start] for p, start in zip(paragraphs, starts, strict=False) if start < left]
        if edit == "reordered":
            first = 1 + int(self.random() * max(len(paragraphs) - 1, 1))
            return paragraphs[first:] + paragraphs[:first]
        if edit == "edited":
            starts = accumulate(map(len, paragraphs), initial=0)
            return [
                [self.reworded(s) if i % 3 == 0 else s for i, s in enumerate(p, start)]
                for p, start in zip(paragraphs, starts, strict=False)
            ]
        return paragraphs

    def reworded(self, sentence: Sentence) -> Sentence:
        """The sentence with one general noun or adjective replaced by another; as it is if it has none."""
        found = [word for word in re.findall(r"(?<= )[a-z]+(?= )", sentence.text) if word in REPLACED]
        if not found:
            return sentence
        old = found[int(self.random() * len(found))]
        return sentence._replace(text=sentence.text.replace(f" {old} ", f" {REPLACED[old]} ", 1))

    def headline(self, topic: str) -> str:
        people = PEOPLE[topic]
        return self.fill("headlines", topic, [people[int(len(people) * self.random() ** 2)]], {})

    def fill(self, kind: str, topic: str, speakers: list[str], entities: dict[str, str]) -> str:
        """A template of this kind with its gaps filled; names go into `entities`, known speakers by surname."""
        random = self.random
        templates = self.templates[topic][kind]
        text, gaps, names = templates[int(random() * len(templates))]
        words = [draws[int(random() * size)] for draws, size in gaps]
        for place, label in names:
            if label == "PERSON":
                name = speakers[int(random() * len(speakers))]
                words[place] = name.split()[-1] if name in entities else name
                entities[name] = label
            else:
                entities[words[place]] = label
        return text % tuple(words)


@cache
def zipf(words: tuple[str, ...]) -> list[str]:
    """A list from which an even draw follows Zipf's law: each word in proportion to 1 / rank."""
    size = max(1024, 4 * len(words))
    upto = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    draws: list[str] = []
    for word, part in zip(words, upto, strict=True):
        draws += [word] * (round(size * part / upto[-1]) - len(draws))
    return draws


def _templates(topic: str) -> dict[str, list[Template]]:
    """The templates of words.toml for one topic."""
    about = WORDS["topics"][topic]
    at = 40 * list(WORDS["topics"]).index(topic)
    organisations = [f"{NAMES[at + i]} {kind}" for i, kind in enumerate(WORDS["organisations"])]
    own = {"t": about["nouns"].split(), "p": about["phrases"], "c": about["places"], "o": organisations, "s": [""]}
    words = GENERAL | {gap: tuple(listed) for gap, listed in own.items()}
    return {kind: [_template(line, words) for line in WORDS[kind]] for kind in ("topical", "background", "headlines")}


def _template(line: str, words: dict[str, tuple[str, ...]]) -> Template:
    gaps = re.findall(r"\{(\w+)\}", line)
    draws = [zipf(words[gap]) for gap in gaps]
    if line.startswith("{"):
        draws[0] = zipf(tuple(word[:1].upper() + word[1:] for word in words[gaps[0]]))
    names = [(place, PLANTED[gap]) for place, gap in enumerate(gaps) if gap in PLANTED]
    return Template(re.sub(r"\{\w+\}", "%s", line), [(drawn, len(drawn)) for drawn in draws], names)


def _names(count: int) -> list[str]:
    """Invented names, all different."""
    first, middle, last = (WORDS["syllables"][place].split() for place in ("first", "middle", "last"))
    every = [a + b + c + d for b in middle for c in middle for d in last for a in first]
    return [every[i * 27_413 % len(every)] for i in range(count)]


def _general() -> dict[str, tuple[str, ...]]:
    """What may stand in the gaps that are the same for every topic."""
    nouns, adjectives = WORDS["nouns"].split(), WORDS["adjectives"].split()
    words = {
        "n": nouns,
        "ns": [re.sub("(?<=[^aeiou])y$", "ie", re.sub("(?<=[csh]h)$|(?<=[sx])$", "e", noun)) + "s" for noun in nouns],
        "a": adjectives,
        "an": [("an " if word[0] in "aeiou" else "a ") + word for word in adjectives],
        "v": WORDS["verbs"].split(),
        "d": WORDS["adverbs"].split(),
        "w": WORDS["days"],
        "x": dict.fromkeys(f"{round(2 * 1.012**i):,}" for i in range(1, 800)),
        "z": NAMES[2000:],
    }
    return {gap: tuple(listed) for gap, listed in words.items()}


def _people(topic: str) -> list[str]:
    first = WORDS["first"].split()
    at = 1000 + 40 * list(WORDS["topics"]).index(topic)
    return [f"{first[(at + 7 * i) % len(first)]} {NAMES[at + i]}" for i in range(40)]


def _replaced(words: list[str]) -> dict[str, str]:
    """For each word the next one that begins likewise, with a vowel or not."""
    alike = [[word for word in words if (word[0] in "aeiou") is vowel] for vowel in (True, False)]
    return {old: new for group in alike for old, new in zip(group, group[1:] + group[:1], strict=True)}


def _days(n: int, start: date, days: int) -> Iterator[tuple[date, int, float, bool]]:
    """For every day: the date, how many articles, the part of the period before it, and whether it is a peak."""
    dates = [start + timedelta(i) for i in range(days)]
    peaks = {int(part * days) for part in PEAKS}
    weights = [2.2 if i in peaks else {5: 0.45, 6: 0.3}.get(day.weekday(), 1.0) for i, day in enumerate(dates)]
    total = list(accumulate(weights, initial=0.0))
    for i, day in enumerate(dates):
        yield day, round(n * total[i + 1] / total[-1]) - round(n * total[i] / total[-1]), i / days, i in peaks


def _print(story: Story, outlet: str, day: date, second: int) -> dict[str, Any]:
    host = outlet.removeprefix("The ").replace(" & ", "-").replace(" ", "-").lower()
    return {
        "id": story.id,
        "title": story.title,
        "text": "\n\n".join([" ".join([sentence.text for sentence in paragraph]) for paragraph in story.paragraphs]),
        "published": f"{day}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}+00:00",
        "outlet": outlet,
        "author": None,
        "section": WORDS["topics"][story.topics[0]]["section"],
        "language": "en",
        "url": f"https://{host}.example.org/{day}/{story.id}",
        "truth": {
            "topics": story.topics,
            "sentences": [sentence.topic for paragraph in story.paragraphs for sentence in paragraph],
            "entities": [list(pair) for pair in story.entities.items()],
            "copy_of": story.copy_of,
            "edit": story.edit,
        },
    }


NAMES = _names(22_000)
GENERAL = _general()
PEOPLE = {topic: _people(topic) for topic in WORDS["topics"]}
REPLACED = _replaced(WORDS["nouns"].split()) | _replaced(WORDS["adjectives"].split())


def main() -> None:
    """Write a corpus as JSON Lines."""
    parser = argparse.ArgumentParser(description="Write a corpus of made-up news articles as JSON Lines.")
    parser.add_argument("n", type=int, help="how many articles")
    parser.add_argument("--words", type=int, default=250, help="words an article, about (250)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed, the same corpus (0)")
    parser.add_argument("--outlets", type=int, default=4, help="how many outlets (4)")
    parser.add_argument("--copies", type=float, default=0.1, help="share of copies (0.1)")
    parser.add_argument("-o", "--output", help="a file; the standard output if left out")
    given = parser.parse_args()
    made = articles(given.n, words=given.words, seed=given.seed, outlets=given.outlets, copies=given.copies)
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in made)
    with open(given.output or sys.stdout.fileno(), "w", encoding="utf-8") as file:
        while block := "".join(islice(lines, 10_000)):
            file.write(block)


if __name__ == "__main__":
    main()
