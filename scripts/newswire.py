"""Made-up agency copy to train on: the patterns of newswire.txt filled with random names, and real documents renamed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import polars as pl

PATTERNS = Path(__file__).parent / "newswire.txt"
DATA = Path(__file__).parents[1] / "toolkit" / "data" / "gazetteer"
KIND = {
    **dict.fromkeys("PSG", "PER"),
    **dict.fromkeys("CNRLc", "LOC"),
    **dict.fromkeys("OKAYBUTV", "ORG"),
    **dict.fromkeys("DQEX", "MISC"),
}
SLOT = re.compile(r"\{(date|[A-Za-z])\}|19##|#|%")
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
Name = tuple[list[str], str | None]
"""Words and the kind of name they are, None for none."""


class Names:
    """Draws random names of every kind from the gazetteer."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        names = pl.read_parquet(DATA / "names.parquet")
        words = pl.read_parquet(DATA / "words.parquet")
        cities = pl.read_parquet(DATA / "cities.parquet").filter(pl.col("entity").is_null())
        self.known = {kind: frame["name"].to_list() for (kind,), frame in sorted(names.group_by("kind"))}
        self.known = {kind: sorted(set(values)) for kind, values in self.known.items()}
        self.word = {kind: frame["word"].to_list() for (kind,), frame in sorted(words.group_by("class"))}
        self.word = {kind: sorted(values) for kind, values in self.word.items()}
        large = cities.filter(pl.col("population") >= 150_000).sort("geonames_id")
        self.large, self.weight = large["name"].to_list(), large["population"].sqrt().to_list()
        self.small = cities.filter(pl.col("population") < 150_000).sort("geonames_id")["name"].to_list()
        common = set(self.word["common"]) | set(self.word["usual"])
        for kind in ("given", "surname"):
            self.word[kind] = [w for w in self.word[kind] if w[:1].isupper() and w.lower() not in common and len(w) > 2]
        self.common = [w for w in self.word["common"] if 3 < len(w) < 9]
        self.adjectives = [
            w for w in self.known["demonym"] if not w.endswith("s") and "-" not in w and not w.endswith("man")
        ]
        self.peoples = [w for w in self.known["demonym"] if w.endswith("s")]

    def pick(self, *kinds: str) -> str:
        return self.dice.choice(self.known[self.dice.choice(kinds)])

    def one(self, *options: str) -> str:
        return self.dice.choice(options)

    def given(self) -> str:
        return self.dice.choice(self.word["given"])

    def surname(self) -> str:
        name = self.dice.choice(self.word["surname"])
        roll = self.dice.random()
        if roll < 0.03:
            return f"{name}-{self.dice.choice(self.word['surname'])}"
        if roll < 0.05:
            return f"{self.one('al', 'el', 'Al', 'El')}-{name}"
        if roll < 0.07:
            return f"{self.one('van', 'de', 'von', 'van der', 'de la', 'dos', 'Abu', 'bin')} {name}"
        return f"{self.one('Mc', 'O’', 'Mac')}{name}" if roll < 0.08 else name

    def person(self) -> str:
        roll = self.dice.random()
        if roll < 0.04:
            return f"{self.given()} {self.one(*'ABCDEFGHJKLMPRSTW')}. {self.surname()}"
        if roll < 0.08:
            return f"{self.given()} {self.surname()} {self.surname()}"
        if roll < 0.11:
            return f"{self.one(*'ABCDEFGHJKLMPRSTW')}. {self.surname()}"
        if roll < 0.14:
            return f"{self.given()}-{self.given()} {self.surname()}"
        if roll < 0.18:
            return f"{self.one('Kim', 'Lee', 'Park', 'Chen', 'Wang', 'Li', 'Zhang', 'Liu', 'Choi', 'Nguyen', 'Ma', 'Xu')} {self.one('Jong', 'Min', 'Wei', 'Xiao', 'Ji', 'Young', 'Jun', 'Hui', 'Van')}{self.one('-', ' ')}{self.one('hyun', 'ming', 'ho', 'ling', 'soo', 'jun', 'feng', 'hua')}"
        return f"{self.given()} {self.surname()}"

    def city(self) -> str:
        return (
            self.dice.choices(self.large, self.weight)[0] if self.dice.random() < 0.85 else self.dice.choice(self.small)
        )

    def acronym(self) -> str:
        return "".join(self.dice.choice("ABCDEFGHIKLMNOPRSTUV") for _ in range(self.dice.choice((3, 3, 3, 4, 5))))

    def title_words(self, count: int) -> str:
        return " ".join(self.dice.choice(self.common).title() for _ in range(count))

    def company(self) -> str:
        roll = self.dice.random()
        if roll < 0.35:
            return self.pick("company")
        stem = self.one(
            self.surname(),
            self.title_words(1),
            self.city(),
            self.acronym(),
            f"{self.surname()} & {self.surname()}",
            f"{self.title_words(1)}{self.one('tech', 'com', 'soft', 'co', 'ex', 'on')}",
        )
        if roll < 0.45:
            return stem
        return f"{stem} {self.one('Inc', 'Inc.', 'Corp', 'Corp.', 'Co', 'Ltd', 'Plc', 'AG', 'SA', 'Group', 'Holdings', 'Industries', 'Bank', 'Airlines', 'Motors', 'Oil', 'Steel', 'Telecom', 'Securities', 'International', 'Systems', 'Brothers', 'Energy', 'Insurance', 'Airways', 'Resources', 'Pharmaceuticals')}"

    def agency(self) -> str:
        topic = self.one(
            "Foreign",
            "Defence",
            "Defense",
            "Interior",
            "Finance",
            "Health",
            "Justice",
            "Trade",
            "Agriculture",
            "Education",
            "Labour",
            "Energy",
            "Transport",
            "Culture",
        )
        return self.one(
            self.pick("agency"), self.pick("agency"), f"{topic} Ministry", f"Ministry of {topic}", f"Department of {topic}", f"{topic} Department",
            f"Central Bank of {self.country()}", f"Bank of {self.country()}", f"{self.city()} Police Department", f"National {topic} Council", f"{topic} Commission", f"{self.city()} City Council", f"{self.city()} High Court", self.acronym(),
        )  # fmt: skip

    def party(self) -> str:
        if self.dice.random() < 0.4:
            return self.pick("group")
        return self.one(
            f"{self.one('Democratic', 'National', 'Social Democratic', 'Liberal', 'Workers', 'Peasants', 'Freedom', 'Reform', 'Popular', 'Islamic', 'Christian Democratic', 'Unity', 'Justice')} {self.one('Party', 'Front', 'Movement', 'Union', 'Alliance', 'Congress', 'League')}",
            f"{self.country()} Liberation Front", f"{self.adjective()} People's Party", self.acronym(), f"Movement for {self.one('Democracy', 'Change', 'Freedom', 'Justice')}",
        )  # fmt: skip

    def country(self) -> str:
        return self.pick("country")

    def adjective(self) -> str:
        return self.dice.choice(self.adjectives)

    def organisation(self) -> str:
        return self.one(
            self.pick("body"), self.pick("agency"), self.party(), self.company(), self.acronym(),
            f"University of {self.city()}", f"{self.city()} University", f"{self.surname()} Institute", f"{self.surname()} Foundation",
            f"{self.country()} Red Cross", f"{self.adjective()} Football Association", f"{self.one('National', 'International', 'European', 'World', 'Royal')} {self.one('Union', 'Federation', 'Association', 'Council', 'Institute', 'Society')} of {self.title_words(1)}",
            f"{self.city()} {self.one('College', 'School', 'Museum', 'Opera', 'Symphony Orchestra', 'Chamber of Commerce', 'Stock Exchange')}", f"{self.one('Institute', 'Centre', 'Center', 'Committee', 'Society')} for {self.title_words(1)} {self.one('Studies', 'Research', 'Rights', 'Affairs')}",
        )  # fmt: skip

    def outlet(self) -> str:
        if self.dice.random() < 0.7:
            return self.pick("outlet")
        return f"{self.city()} {self.one('Times', 'Herald', 'Post', 'Daily News', 'Tribune', 'Gazette', 'Star', 'Journal', 'Observer')}"

    def team(self) -> str:
        roll = self.dice.random()
        if roll < 0.5:
            return self.pick("team")
        if roll < 0.75:
            return self.city()
        return self.one(
            f"{self.city()} {self.one('United', 'City', 'FC', 'Town', 'Rovers', 'Athletic', 'Wanderers')}",
            f"{self.one('FC', 'AC', 'Real', 'Dynamo', 'Sporting', 'Spartak', 'Racing', 'Inter', 'SV', 'Atletico')} {self.city()}",
            f"{self.city()} {self.one('Lions', 'Bears', 'Sharks', 'Hawks', 'Stars', 'Kings', 'Eagles', 'Bulls', 'Tigers', 'Rockets')}",
            self.surname(),
        )

    def event(self) -> str:
        if self.dice.random() < 0.5:
            return self.pick("competition", "event")
        return self.one(
            f"{self.adjective()} Open", f"{self.country()} Open", f"{self.city()} Open", f"{self.city()} Marathon", f"{self.adjective()} Grand Prix", f"{self.city()} Masters",
            f"World {self.one('Swimming', 'Athletics', 'Skating', 'Ski', 'Cycling', 'Junior')} Championships", f"{self.surname()} {self.one('Cup', 'Trophy', 'Classic', 'Memorial')}", f"{self.adjective()} Cup", f"{self.one('Asian', 'European', 'African', 'World')} {self.one('Cup', 'Games', 'Championships', 'Championship')}",
        )  # fmt: skip

    def site(self) -> str:
        if self.dice.random() < 0.3:
            return self.pick("site")
        return f"{self.one(self.surname(), self.city(), self.title_words(1))} {self.one('Stadium', 'Airport', 'Bridge', 'Park', 'Cathedral', 'Square', 'Street', 'Palace', 'Hall', 'Arena', 'Prison', 'Avenue', 'Castle', 'International Airport')}"

    def work(self) -> str:
        if self.dice.random() < 0.4:
            return self.pick("product", "work", "prize", "law")
        return self.one(
            f"The {self.title_words(1)}",
            f"The {self.title_words(2)}",
            self.title_words(2),
            f"{self.title_words(1)} of {self.title_words(1)}",
            f"{self.title_words(1)} {self.dice.randint(2, 900)}",
            f"{self.acronym()}-{self.dice.randint(2, 90)}",
        )

    def region(self) -> str:
        return self.one(
            self.pick("area"),
            self.pick("area"),
            self.pick("state"),
            f"{self.surname()} {self.one('Valley', 'River', 'Island', 'Mountains', 'province', 'Bay')}",
            f"{self.one('Lake', 'Mount', 'Cape')} {self.surname()}",
        )

    def draw(self, slot: str) -> str:
        return {
            "P": self.person, "S": self.surname, "G": self.given, "C": self.city, "c": lambda: self.city().upper(), "N": self.country, "R": self.region,
            "L": self.site, "O": self.organisation, "K": self.company, "A": self.agency, "Y": self.party, "B": lambda: self.pick("body"),
            "U": self.outlet, "T": self.team, "V": self.city, "D": self.adjective, "Q": lambda: self.dice.choice(self.peoples), "E": self.event, "X": self.work,
        }[slot]()  # fmt: skip


Sentence = tuple[list[str], list[str]]
"""Words and their IOB2 tags."""


def written(dice: random.Random, documents: int) -> list[list[Sentence]]:
    """Made-up documents: headlines and lines of one section; names come back, people then often by surname."""
    names = Names(dice)
    sections: dict[str, list[str]] = {}
    for line in PATTERNS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            sections[line.strip("[]")] = current = []
        elif line and not line.startswith("#  ") and not line.startswith("# "):
            current.append(line)
    bodies = [name for name in sections if name not in ("headlines", "datelines")]
    out = []
    for _ in range(documents):
        section = dice.choice(bodies)
        lines = [dice.choice(sections["headlines"]), *dice.sample(sections["datelines"], 2)]
        lines += dice.choices(sections[section], k=dice.randint(5, 12))
        said: dict[str, list[str]] = {}
        out.append([filled(line, names, said) for line in lines])
    return out


def filled(line: str, names: Names, said: dict[str, list[str]]) -> Sentence:
    dice = names.dice
    words: list[str] = []
    tags: list[str] = []
    shout = line.startswith("^")
    line = line.lstrip("^~")

    def add(text: str, kind: str | None) -> None:
        for place, word in enumerate(pieces(text)):
            words.append(word.upper() if shout else word)
            tags.append("O" if kind is None else f"{'I' if place else 'B'}-{kind}")

    at = 0
    for match in SLOT.finditer(line):
        add(line[at : match.start()], None)
        at = match.end()
        slot = match[1]
        if slot is None:
            text = match[0]
            add(
                f"19{dice.randint(10, 99)}"
                if text == "19##"
                else number(dice)
                if text == "#"
                else str(dice.randint(2, 12)),
                None,
            )
        elif slot == "date":
            add(f"{dice.randint(1990, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}", None)
        elif slot == "W":
            add(dice.choice(WEEKDAYS), None)
        elif slot == "M":
            add(dice.choice(MONTHS), None)
        else:
            add(again(slot, names, said), KIND[slot])
    add(line[at:], None)
    return words, tags


def again(slot: str, names: Names, said: dict[str, list[str]]) -> str:
    """A name for a slot: often one that the document has already."""
    dice = names.dice
    key = {"c": "C"}.get(slot, slot)
    if slot == "S" and said.get("P") and dice.random() < 0.6:
        return " ".join(dice.choice(said["P"]).split()[1:])
    if said.get(key) and slot not in "G" and dice.random() < 0.35:
        text = dice.choice(said[key])
    else:
        text = names.draw(key)
        said.setdefault(key, []).append(text)
    return text.upper() if slot == "c" else text


def number(dice: random.Random) -> str:
    return dice.choice(
        (
            str(dice.randint(1, 99)),
            str(dice.randint(100, 999)),
            f"{dice.randint(1, 99)},{dice.randint(100, 999)}",
            f"{dice.randint(1, 99)}.{dice.randint(0, 9)}",
        )
    )


def pieces(text: str) -> list[str]:
    """`text` as the tokens of a treebank: a possessive and marks on their own."""
    return re.findall(r"'s\b|[\w.&’'/-]+(?<!['’])|\S", re.sub(r"(\w)('s)\b", r"\1 \2", text))


def renamed(sentences: list[Sentence], names: Names) -> list[Sentence]:
    """The sentences of a document with its names replaced by others of their kind, the same by the same."""
    dice = names.dice
    other: dict[tuple[str, str], str] = {}
    demonyms = set(names.known["demonym"])
    out = []
    for words, tags in sentences:
        new_words: list[str] = []
        new_tags: list[str] = []
        at = 0
        while at < len(words):
            if not tags[at].startswith("B"):
                new_words.append(words[at])
                new_tags.append(tags[at])
                at += 1
                continue
            end = at + 1
            while end < len(words) and tags[end].startswith("I"):
                end += 1
            kind, text = tags[at][2:], " ".join(words[at:end])
            if (kind, text) not in other:
                slot = {
                    "PER": "P" if end - at > 1 else "S",
                    "LOC": dice.choice("CCNNR"),
                    "ORG": dice.choice("OKKATUYB"),
                    "MISC": "D" if text in demonyms else "",
                }[kind]
                other[kind, text] = (
                    names.draw(slot) if slot and words[at][:1].isupper() and dice.random() < 0.7 else text
                )
            fresh = other[kind, text].split() if other[kind, text] == text else pieces(other[kind, text])
            new_words += fresh
            new_tags += [f"{'I' if place else 'B'}-{kind}" for place in range(len(fresh))]
            at = end
        out.append((new_words, new_tags))
    return out
