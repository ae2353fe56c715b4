"""Coverage-guided fuzzing of codebooks and ledgers: a text is read, or refused in a sentence; what is read can be written and used.

`python fuzz/codebook.py folder -max_total_time=600`.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["toolkit"]):
    import toolkit as tk
    from toolkit.ledger import Ledger, _parsed

    TEXT = "Polish talks in Paris. The US and Iran, WHO said, negotiated.\n\nGas (oil) fell."
    CORPUS = tk.load([TEXT], recognizer="builtin", progress=False)  # imports what is measured


def one(data: bytes) -> None:
    """The first byte says whether the rest is a codebook or a ledger."""
    text = data[1:].decode("utf8", errors="replace")
    if data[:1] < b"\x80":
        codebook(text)
    else:
        ledger(text)


def codebook(text: str) -> None:
    """Read, written, read again, scored."""
    try:
        book = tk.Codebook.read(f"{text}\n")
    except tk.errors.CodebookError:
        return
    again = tk.Codebook.read(book.to_toml())
    if again != book:
        raise ValueError(f"{book!r} is written as {book.to_toml()!r}, which is another")
    weights = CORPUS.retopic(book).topics.group_by("doc_id", "sent_id").agg(sum=tk.schema.pl.col("weight").sum())
    if weights.filter((tk.schema.pl.col("sum") - 1).abs() > 1e-9).height:
        raise ValueError(f"weights under {text!r} do not sum to 1")


def ledger(text: str) -> None:
    """Read, applied, written, read again."""
    try:
        book = Ledger().with_decisions(_parsed(text, "ledger.csv"))
    except tk.errors.SettingError:
        return
    CORPUS.with_ledger(book)
    again = Ledger().with_decisions(_parsed(book.csv(), "ledger.csv"))
    if {*again} != {*book}:
        raise ValueError(f"{book!r} is written as {book.csv()!r}, which is another")


if __name__ == "__main__":
    for given in sys.argv[1:]:
        if Path(given).is_dir():
            toml = '[topics.Iran]\nseeds = ["Iran*", "country:IRN", "=Polish", "peace talks"]\nnot = ["pay talks"]\n'
            (Path(given) / "seed-codebook").write_bytes(b"\0" + toml.encode())
            rows = "decision,name,becomes,written,doc_id,label\nmerge,Iran,Persia,,,\nwatch,WHO,,WHO,,ORG\nignore,Paris,,,,\n"
            (Path(given) / "seed-ledger").write_bytes(b"\xff" + rows.encode())
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
