"""Coverage-guided fuzzing of what is made of a text: sentences, names, topics, quotations, places and days in it.

Any text must become a corpus that keeps the promises of the frames' page. `python fuzz/articles.py folder -max_total_time=600`.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

with atheris.instrument_imports(include=["toolkit", "toolkit_quotes", "toolkit_dates", "toolkit_places"]):
    import invariants

    import toolkit as tk

    # What is imported when it is first needed has to be so here, or it is not measured.
    FIRST = tk.load(["“No,” said Ana Bell in Paris on Wednesday."], recognizer="builtin", progress=False)
    for name in ("quotes", "dates", "places"):
        FIRST.frame(name)

SAMPLE = Path(__file__).parents[1] / "seeds" / "kremlin-talks.txt"


def one(data: bytes) -> None:
    """Read bytes as a text, an article a NUL, and check every frame."""
    # As dicts: a plain string that names a file, a folder or an address would be read as that.
    texts = [{"text": text} for text in data.decode("utf8", errors="replace").split("\0")]
    corpus = tk.load(texts, recognizer="builtin", executor=1, progress=False)
    broken = [said for said in corpus.problems["problem"] if "could not be analysed" in said]
    if broken:
        raise ValueError(broken[0])
    invariants.check(corpus)
    for name in ("quotes", "dates", "places"):
        settings = {"parser": "none"} if name == "quotes" else {}
        invariants.check_texts(name, corpus.frame(name, **settings), corpus.documents)


if __name__ == "__main__":
    for given in sys.argv[1:]:
        if Path(given).is_dir():
            (Path(given) / "seed-article").write_bytes(SAMPLE.read_bytes()[:2000])
            (Path(given) / "seed-quotes").write_bytes(
                "“We agreed,” said Ana Bell. “On Wednesday.”\0« Non », dit-il.".encode()
            )
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
