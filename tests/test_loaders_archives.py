import bz2
import gzip
import io
import lzma
import subprocess
import tarfile
import zipfile
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source
from toolkit.loaders import members

LINES = b'{"title": "A", "text": "One ferry."}\n{"title": "B", "text": "Two ferries."}\n'
TEXTS = ["One ferry.", "Two ferries."]


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def source(raw, name="a"):
    return Source(name, opener=lambda: io.BytesIO(raw))


PACKED = {
    "zip": zipped({"a.jsonl": LINES}),
    "tar": tarred({"a.jsonl": LINES}),
    "tar.gz": tarred({"a.jsonl": LINES}, "w:gz"),
    "tar.bz2": tarred({"a.jsonl": LINES}, "w:bz2"),
    "tar.xz": tarred({"a.jsonl": LINES}, "w:xz"),
    "gz": gzip.compress(LINES),
    "bz2": bz2.compress(LINES),
    "xz": lzma.compress(LINES),
    "gz in zip": zipped({"a.jsonl.gz": gzip.compress(LINES)}),
    "zip in tar.gz": tarred({"a.zip": zipped({"a.jsonl": LINES})}, "w:gz"),
}


@pytest.mark.parametrize("raw", PACKED.values(), ids=PACKED)
def test_what_is_packed_is_read_whatever_it_is_called(raw):
    articles, _ = read(source(raw))
    assert [article.text for article in articles] == TEXTS
    assert articles[0].source.startswith("a/")
    assert articles[0].source.endswith("a.jsonl") or articles[0].source == "a/a"


def test_the_rules_of_folders_hold_in_archives(tmp_path):
    files = {
        "b.txt": "B text.",
        "README.md": "x",
        ".hidden/a.txt": "x",
        "__MACOSX/._b.txt": "x",
        "settings.toml": "x",
        "sub/a.txt": "A text.",
    }
    articles, said = read(source(zipped(files), "news.zip"))
    assert [(article.source, article.text) for article in articles] == [
        ("news.zip/b.txt", "B text."),
        ("news.zip/sub/a.txt", "A text."),
    ]
    assert [sentence.split(":")[0] for sentence in said] == ["passed over"] * 4


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("name", ["../../etc/evil.txt", "/etc/evil.txt", "C:\\etc\\evil.txt", "a/../../evil.txt"])
def test_a_name_that_leads_out_of_the_archive_is_harmless_and_told(tmp_path, monkeypatch, pack, name):
    monkeypatch.chdir(tmp_path)
    articles, said = read(source(pack({name: b"Harmless."})))
    assert [article.text for article in articles] == ["Harmless."]
    assert any("which leads out of the archive" in sentence for sentence in said)
    assert ".." not in articles[0].source
    assert list(tmp_path.iterdir()) == []


def test_links_in_a_tar_are_passed_over():
    assert "passed over: is a link or a device, not a file." in read(source(tarred({"a.txt": b"x y"})))[1]


def test_a_large_member_of_a_tar_is_read_from_its_place(monkeypatch):
    monkeypatch.setattr("toolkit.loaders.tar.IN_MEMORY", 3)
    for mode in ("w", "w:gz"):
        articles, _ = read(source(tarred({"a.txt": b"First text.", "b.jsonl": LINES}, mode)))
        assert [article.text for article in articles] == ["First text.", *TEXTS]


def test_a_protected_member_is_named_and_the_rest_read(tmp_path):
    raw = bytearray(zipped({"locked.txt": "x", "open.txt": "Open."}))
    at = raw.index(b"PK\x01\x02")
    raw[6] |= 1
    raw[at + 8] |= 1
    articles, said = read(source(bytes(raw)))
    assert [article.text for article in articles] == ["Open."]
    assert said == ["skipped: is protected by a password."]


def test_archives_in_archives_are_read_so_deep_and_no_deeper():
    raw = zipped({"a.txt": "Deep."})
    for depth in range(7):
        articles, said = read(source(raw))
        assert (len(articles), said) == ((1, []) if depth < 4 else (0, ["skipped: lies in more than 4 archives."]))
        raw = zipped({"a.zip": raw})


BOMBS = {
    "one member": gzip.compress(b"0" * 40_000_000),
    "a bomb in a bomb": gzip.compress(gzip.compress(b"0" * 40_000_000)),
    "many members": zipped({f"{n}.jsonl": b"0" * 4_000_000 for n in range(10)}),
    "a bomb in a zip": zipped({"a.gz": gzip.compress(b"0" * 40_000_000)}),
}


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_read_no_further_than_its_allowance(monkeypatch, raw):
    monkeypatch.setattr(members, "FREE", 1_000_000)
    monkeypatch.setattr(members, "RATIO", 10)
    articles, said = read(source(raw, "bomb"))
    assert articles == []
    assert sum("as a zip bomb does" in sentence for sentence in said) == 1


def test_an_archive_that_packs_well_is_no_bomb():
    raw = zipped({f"{n}.txt": "The ferry is late again. " * 4000 for n in range(20)})
    assert len(read(source(raw))[0]) == 20


def test_what_was_torn_off_is_told_and_what_lies_before_is_read():
    random = Random(1)
    lines = b"".join(b'{"text": "ferry %d"}\n' % random.randrange(10**18) for _ in range(500))
    articles, said = read(source(gzip.compress(lines)[:4000], "a.jsonl.gz"))
    assert 100 < len(articles) < 500
    assert said[0] == "repaired: is broken off or damaged; what lies before was read."


@pytest.mark.parametrize("name", ["half.zip", "half.tar", "half.tar.gz"])
def test_a_half_written_archive_is_told(tmp_path, name):
    raw = {"half.zip": PACKED["zip"], "half.tar": PACKED["tar"][:540], "half.tar.gz": PACKED["tar.gz"]}[name]
    (tmp_path / name).write_bytes(raw[: len(raw) // 2] if name != "half.tar" else raw)
    (tmp_path / "good.txt").write_text("Good.")
    articles, said = read(tmp_path)
    assert [article.text for article in articles] == ["Good."]
    assert said


def test_a_tar_made_by_tar_is_read(tmp_path):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("A text.")
    subprocess.run(["tar", "czf", tmp_path / "news.tgz", "-C", tmp_path, "news"], check=True)
    assert [article.text for article in read(tmp_path / "news.tgz")[0]] == ["A text."]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(PACKED)), st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
def test_a_damaged_archive_never_raises(kind, place, bytes_):
    raw = bytearray(PACKED[kind])
    place %= len(raw)
    raw[place : place + len(bytes_)] = bytes_
    articles, said = read(source(bytes(raw), f"a.{kind.split()[0]}"))
    assert articles or said
