"""Coverage-guided fuzzing of quotations and their speakers, from sentences and names that a rule of thumb finds.

That leaves out all of loading, so that many texts are tried in a second. `python fuzz/quotes.py folder -max_total_time=600`.
"""

import re
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["toolkit_quotes"]):
    import polars as pl
    from toolkit_quotes import QUOTES, _rows

LANGUAGES = (None, "en", "fr", "de", "es", "zh", "ja", "ru")


def one(data: bytes) -> None:
    """The first byte picks a language, the rest is the text."""
    text = data[1:].decode("utf8", errors="replace")
    if not text.strip():
        return
    batch = pl.DataFrame([document(text, LANGUAGES[data[0] % len(LANGUAGES)])], infer_schema_length=None)
    found = pl.DataFrame(list(_rows(batch, False)), schema=QUOTES.schema, orient="row")
    for row in found.iter_rows(named=True):
        if row["text"] != text[row["start"] : row["end"]] or not row["text"]:
            raise ValueError(f"{row['text']!r} does not stand at {row['start']}")
        if row["speaker"] is not None and row["speaker"] != text[row["speaker_start"] : row["speaker_end"]]:
            raise ValueError(f"the speaker {row['speaker']!r} does not stand at {row['speaker_start']}")
        if not 0 <= row["confidence"] <= 1:
            raise ValueError(f"a confidence of {row['confidence']}")


def document(text: str, language: str | None) -> dict[str, object]:
    """What the annotator knows of a document: a sentence up to each full stop, a paragraph a line, capitals as names."""
    places = [match.span() for match in re.finditer(r"[^\s.][^.\n]*\.?", text)] or [(0, len(text))]
    names = list(re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)*", text))
    return {
        "doc_id": "a",
        "text": text,
        "language": language,
        "start": [start for start, _ in places],
        "end": [end for _, end in places],
        "paragraph": [text.count("\n", 0, start) for start, _ in places],
        "sent_id": list(range(len(places))),
        "reports": [True] * len(places),
        "mentions": [{"start": m.start(), "end": m.end(), "label": "PERSON", "entity": m[0]} for m in names],
    }


if __name__ == "__main__":
    for given in sys.argv[1:]:
        if Path(given).is_dir():
            said = "“We agreed,” said Ana Bell, the envoy. “On Wednesday.”\nHe added that gas fell. According to Bell: 'no'."
            (Path(given) / "seed-en").write_bytes(b"\1" + said.encode())
            (Path(given) / "seed-fr").write_bytes(b"\2" + "« Non », dit-il. — Oui, a dit Anne.".encode())
            (Path(given) / "seed-zh").write_bytes(b"\5" + "王毅说：“谈判将继续。”他说，“好”。".encode())
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
