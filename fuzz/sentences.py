"""Coverage-guided fuzzing of paragraphs and sentences alone, blocks given by a loader included: offsets always hold.

`python fuzz/sentences.py folder -max_total_time=600`.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

with atheris.instrument_imports(include=["toolkit.blocks", "toolkit.sentences", "toolkit.boundaries"]):
    import invariants

    from toolkit import blocks, schema, sentences
    from toolkit.article import Article
    from toolkit.shard import Numbered, Recipe, frame

KINDS = (*schema.KINDS, "unheard of")


def one(data: bytes) -> None:
    """The first six bytes are two blocks that a loader might claim, right or wrong; the rest is the text."""
    text = data[6:].decode("utf8", errors="replace")
    claimed = (
        [(KINDS[a % len(KINDS)], b - 3, c) for a, b, c in (data[0:3], data[3:6]) if a < 128] if len(data) > 6 else []
    )
    documents = frame([Numbered("a", Article(text, blocks=claimed or None))], Recipe())
    split = sentences.split(documents, blocks.find(documents))
    invariants.check_places("sentences", split, documents)
    invariants.check_coverage(documents, split)


if __name__ == "__main__":
    for given in sys.argv[1:]:
        if Path(given).is_dir():
            text = "Talks resume\n\nBy Ana Bell\n\nGENEVA (AP) — Mr. Bell said: “No.” He left at 5 p.m. U.S. envoys stayed.\n\n- One\n- Two"
            (Path(given) / "seed-text").write_bytes(bytes((200, 0, 0, 200, 0, 0)) + text.encode())
            (Path(given) / "seed-blocks").write_bytes(bytes((3, 3, 12, 6, 14, 30)) + text.encode())
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
