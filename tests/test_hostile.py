"""Broken and hostile files among good ones: a sentence for each, bounded memory and time, and the good ones loaded."""

import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest
from reads import read

import toolkit as tk

DATA = Path(__file__).parent / "data" / "loaders"
GOOD = "The ferry is late again, the mayor said on Tuesday, and nobody at the harbour could say why."


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with gzip.open(out, "wb") as packed:
        packed.write(b'{"text": "One."}\n')
        for _ in range(600):
            packed.write(b"0" * 10**6)
    return out.getvalue()


def nested(depth):
    raw = zipped({"a.txt": GOOD})
    for _ in range(depth):
        raw = zipped({"a.zip": raw})
    return raw


def locked():
    """An archive whose only member says that it is encrypted."""
    raw = bytearray(zipped({"a.txt": GOOD}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def parquet():
    out = io.BytesIO()
    pl.DataFrame({"title": ["A"] * 500, "text": [GOOD] * 500}).write_parquet(out)
    return out.getvalue()


def cfb(name):
    return (DATA / name).read_bytes()


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "l" * 100}">' for n in range(9))
FEED = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/hostname">{}]><rss version="2.0"><channel><title>N</title>{}</channel></rss>'
ITEM = f"<item><title>A</title><description>{GOOD}</description></item>"
HEAD = "<html><head><title>Ferry</title></head><body>"

CASES = {
    "bomb.jsonl.gz": (bomb, "skipped", "as a zip bomb does"),
    "bomb.zip": (lambda: zipped({"a.txt": b"0" * 50_000_000}), "skipped", "is larger than 16 MB"),
    "nested.zip": (lambda: nested(40), "skipped", "lies in more than 4 archives"),
    "out.zip": (lambda: zipped({"../../out.txt": GOOD}), "repaired", "leads out of the archive"),
    "locked.zip": (locked, "skipped", "is protected by a password"),
    "broken.zip": (lambda: b"PK\x03\x04" + bytes(200), "skipped", "is a broken zip archive"),
    "empty.zip": (lambda: zipped({}), "skipped", "is an empty zip archive"),
    "deep.json": (lambda: b"[" * 200_000 + b"]" * 200_000, "skipped", "is no valid JSON in item 1"),
    "deep.jsonl": (lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b'\n{"text": "One."}', "skipped", "no valid JSON in line 1"),
    "deep.html": (lambda: (HEAD + "<div>" * 150_000).encode(), "skipped", "is a page without an article"),
    "wide.html": (lambda: (HEAD + "<b></b>" * 150_000).encode(), "skipped", "has more than 200,000 tags"),
    "long.txt": (lambda: b"a" * 17_000_000, "skipped", "is larger than 16 MB"),
    "long.csv": (lambda: b"title,text\nA," + b"a" * 17_000_000 + b"\nB,One.\n", "skipped", "more than 16 MB in line 2"),
    "long.jsonl": (lambda: b'{"text": "' + b"a" * 17_000_000 + b'"}\n{"text": "One."}', "skipped", "more than 16 MB in line 1"),
    "scan.pdf": (lambda: cfb("scan.pdf"), "skipped", "it is a scan"),
    "locked.pdf": (lambda: cfb("locked.pdf"), "skipped", "is protected by a password"),
    "locked.xlsx": (lambda: cfb("locked.xlsx"), "skipped", "is protected by a password"),
    "half.pdf": (lambda: cfb("article.pdf")[:300], "skipped", "only partly written"),
    "half.parquet": (lambda: parquet()[: len(parquet()) // 2], "skipped", "was not written to its end"),
    "half.xlsx": (lambda: cfb("table.xlsx")[:2000], "skipped", "broken|damaged|partly"),
    "half.docx": (lambda: cfb("report.docx")[:2000], "skipped", "broken|damaged|partly"),
    "nul.txt": (lambda: GOOD.replace(" ", "\0 ", 1).encode(), "repaired", "has NUL bytes"),
    "nul.csv": (lambda: b"title,text\nA,One\0 ferry.\n", "repaired", "has NUL bytes in line 2"),
    "nul.html": (lambda: f"{HEAD}<p>{GOOD}\0</p>".encode(), "repaired", "has NUL bytes"),
    "zeros.txt": (lambda: bytes(5000), "skipped", "is not text"),
    "mixed.csv": (lambda: "title,text\nA,Zürich\n".encode("cp1252") + "B,Köln\n".encode(), "repaired", "not UTF-8 in line 2"),
    "mixed.jsonl": (lambda: '{"text": "Zürich"}\n'.encode("cp1252") + '{"text": "Köln"}'.encode(), "repaired", "not UTF-8 in line 1"),
    "mixed.txt": (lambda: "Zürich ist nah.\n".encode("cp1252") + "Köln ist fern, sagte “sie”.".encode(), "repaired", "is not UTF-8"),
    "short.csv": (lambda: b"title,text,date\nA,One\nB,Two,2026-01-02\n", "repaired", "fewer cells than columns in line 2"),
    "long_row.csv": (lambda: b"title,text\nA,One,more\nB,Two\n", "repaired", "more cells than columns in line 2"),
    "quote.csv": (lambda: b'title,text\nA,"One\nB,Two\n', "repaired", "quotation mark out of place in line 2"),
    "twice.jsonl": (lambda: b'{"id": "a", "text": "One."}\n{"id": "a", "text": "Two."}', "repaired", "it is kept as 'a-2'"),
    "laughs.rss": (lambda: FEED.format(ENTITIES, ITEM + ITEM.replace("A<", "&l8;<")).encode(), "repaired", "is not well-formed XML"),
}  # fmt: skip
"""Each file, what is done about it, and what is said."""

CLEAN = {
    "script.html": f"{HEAD}<script>alert(1)</script><article><p onclick='x()'>{GOOD}</p><script>evil()</script><p>{GOOD.upper()}</p></article>",
    "spy.rss": FEED.format("", ITEM.replace("A<", "&file;<")),
    "good.txt": GOOD,
}
"""Files whose hostile part does no harm and leaves no trace: scripts never run, and nothing of the machine is read."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "in"
    folder.mkdir()
    for name, (made, _, _) in CASES.items():
        (folder / name).write_bytes(made())
    for name, text in CLEAN.items():
        (folder / name).write_text(text, encoding="utf8")
    (folder / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    yield tk.load(folder, recognizer="builtin", progress=False)
    shutil.rmtree(folder)


def about(corpus, name):
    """What was said of a file: (action, sentence), but for notes and for what is said of any text that comes twice."""
    mine = corpus.problems.filter(pl.col("source").str.contains(rf"/in/{re.escape(name)}(?:[/#]|$)"))
    return [
        (action, said) for _, action, said in mine.iter_rows() if action != "note" and "has the content of" not in said
    ]


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_says_what_is_wrong(corpus, name):
    [(action, said)] = about(corpus, name)
    assert action == CASES[name][1]
    assert re.search(CASES[name][2], said)
    assert said.endswith(".")
    assert "Error" not in said
    assert "\n" not in said


@pytest.mark.parametrize("name", CLEAN)
def test_what_does_no_harm_is_read(corpus, name):
    mine = corpus.documents.filter(pl.col("source").str.ends_with(name))
    assert GOOD in mine["text"].item()
    assert not re.search("alert|evil|onclick", mine["text"].item())
    assert os.uname().nodename not in (mine["title"].item() or "")
    assert about(corpus, name) == []


def test_links_that_go_in_circles_are_followed_once(corpus):
    assert about(corpus, "loop") == [("passed over", "is a link to a folder that is read already.")]
    assert about(corpus, "self") == [("passed over", "is neither a file nor a folder, or a broken link.")]
    assert corpus.documents["source"].n_unique() == len(corpus)


def test_the_good_beside_the_bad_is_loaded(corpus):
    texts = set(corpus.documents["text"])
    assert {"One.", "Two.", "One", "Two", "Zürich", "Köln", "One ferry.", GOOD} <= texts
    assert corpus.documents.filter(pl.col("text") == GOOD).height >= 4
    assert corpus.problems.filter(pl.col("action") == "skipped").height == sum(
        case[1] == "skipped" for case in CASES.values()
    )


LINES = {
    "a.txt": b"",
    "a.json": b'{"text": "',
    "b.json": b'[{"text": "One."}, {"text": "',
    "a.jsonl": b'{"text": "One."}\n{"text": "',
    "a.csv": b'title,text\nA,One.\nB,"',
    "a.tsv": b"title\ttext\nA\tOne.\nB\t",
    "a.html": b"<html><body><p>",
    "a.rss": b'<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><item><title>A</title><description>',
    "a.rtf": b"{\\rtf1 ",
    "a.eml": b"From: a@b.c\nTo: b@b.c\nSubject: A\n\n",
    "a.mbox": b"From a@b.c Mon Feb  2 10:00:00 2026\nFrom: a@b.c\nSubject: A\n\nOne.\n\nFrom a@b.c Mon Feb  2 10:00:00 2026\nSubject: B\n\n",
    "a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999000\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    "a.pdf": b"%PDF-1.4\n",
}  # fmt: skip
"""How a file of each format begins that goes on with one line of a gigabyte."""

MEASURE = """
import io, json, re, sys
from toolkit import Source, loaders

class Gigabyte(io.RawIOBase):
    def __init__(self, head):
        self.head, self.left = head, 10**9
    def readable(self):
        return True
    def readinto(self, buffer):
        piece = (self.head or b"word " * (len(buffer) // 5 + 1))[: min(len(buffer), self.left)]
        self.head, self.left = self.head[len(piece) :], self.left - len(piece)
        buffer[: len(piece)] = piece
        return len(piece)

name, head = sys.argv[1], bytes.fromhex(sys.argv[2])
problems = []
given = Source(name, opener=lambda: io.BufferedReader(Gigabyte(head)))
texts = [article.text for article in loaders.load(given, problems, {})]
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
print(json.dumps([texts, [p.problem for p in problems if p.action != "note"], peak]))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="memory is not measured there")
@pytest.mark.parametrize("name", LINES)
def test_a_line_of_a_gigabyte_is_told_and_takes_bounded_memory_and_time(name):
    command = [sys.executable, "-c", MEASURE, name, LINES[name].hex()]
    texts, said, kilobytes = json.loads(subprocess.check_output(command, timeout=180))
    assert texts == (["One."] if b"One." in LINES[name] else [])
    assert len(said) == 1
    assert re.search("larger|more than|empty, broken or too large", said[0])
    assert kilobytes < 800_000


def test_a_protected_or_unreadable_file_costs_only_itself(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text("Secret.")
    (tmp_path / "b.txt").chmod(0)
    os.mkfifo(tmp_path / "c.txt")
    articles, said = read(tmp_path)
    assert articles[0].text == GOOD
    assert said[-1] == "passed over: is neither a file nor a folder, or a broken link."


def test_a_text_that_is_handed_over_as_such_is_never_looked_up_as_a_path(tmp_path):
    (tmp_path / "secret.txt").write_text("Nobody should read this.")
    corpus = tk.load([{"text": str(tmp_path / "secret.txt")}, {"text": "/"}], recognizer="builtin", progress=False)
    assert corpus.documents["text"].to_list() == [str(tmp_path / "secret.txt"), "/"]
