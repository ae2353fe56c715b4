"""Bytes to text, in whatever encoding they are."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x85"))
CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "big5", "gb18030", "euc_jp", "shift_jis", "euc_kr",
]  # fmt: skip
"""The encodings that news was kept in before UTF-8, one of each family."""

SAMPLE = 200_000
ISO_CENTRAL = re.compile(r"(?<=\w)[±¶¼¦](?=\w)")
CENTRAL = re.compile(r"(?<=\w)[¹³º¿]|[¹³º¿](?=\w)|[šžý]")


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding: many control bytes, or NUL bytes in what is not Unicode."""
    if any(head.startswith(bom) for bom, _ in BOMS):
        return False
    if encoding := wide(head):
        head = head.decode(encoding, errors="ignore").encode()
    elif b"\0" in head and not is_utf8(head):
        return True
    return len(head) - len(head.translate(None, CONTROL)) > 0.02 * len(head)


def wide(head: bytes) -> str | None:
    """UTF-16 without a mark, if every other byte is mostly NUL: the encoding's name, else None."""
    sample = head[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if len(sample) < 8 or max(odd, even) <= 0.4 * (len(sample) // 2) or min(odd, even) >= 0.1 * (len(sample) // 2):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def marked(head: bytes) -> str | None:
    """The encoding that a byte-order mark, or the pattern of UTF-16, shows; None if there is neither."""
    return next((encoding for bom, encoding in BOMS if head.startswith(bom)), wide(head))


def peek(head: bytes) -> str:
    """The first bytes of a file as text, good enough to see what it is: what is not Unicode is taken for Western."""
    return head.decode(marked(head) or ("utf-8" if is_utf8(head) else "cp1252"), errors="replace").lstrip("\ufeff")


def is_utf8(head: bytes) -> bool:
    """Whether the first bytes of a file are UTF-8; the last of them may be half a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def decode(raw: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text of bytes, and a note if it took anything but UTF-8 or what was declared to read them.

    Tried in turn: a byte-order mark or the pattern of UTF-16, the declared encoding, UTF-8, the likeliest of the encodings
    that were used before it. Nothing raises; a byte that fits none becomes U+FFFD.
    """
    sure = marked(raw)
    if sure:
        return raw.decode(sure, errors="replace"), None
    for encoding in filter(None, ("utf-8", declared)):
        try:
            return raw.decode(encoding), None
        except (UnicodeError, LookupError):
            continue
    if len(raw.decode("utf-8", errors="ignore").encode()) > 0.995 * len(raw):
        return raw.decode("utf-8", errors="replace"), "has bytes that are not UTF-8; each was replaced by U+FFFD"
    encoding = likely(raw)
    return raw.decode(encoding, errors="replace"), f"is not UTF-8; it was read as {encoding.replace('_', '-')}"


def likely(raw: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8 (charset-normalizer; Latin alphabets are told apart by rule)."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:SAMPLE], cp_isolation=CANDIDATES).best()
    return best.encoding if best and best.encoding not in ("cp1250", "cp1252") else _latin(raw[:SAMPLE])


def _latin(raw: bytes) -> str:
    """Western or Central European: read as Western, the letters of the latter are signs inside words, or š ž ý are common."""
    western = raw.decode("cp1252", errors="replace")
    letters = len(re.findall(r"[^\x00-\xbf\u2000-\u206f]", western)) + 1
    if len(ISO_CENTRAL.findall(western)) > 0.1 * letters:
        return "iso8859_2"
    return "cp1250" if len(CENTRAL.findall(western)) > 0.15 * letters else "cp1252"
