"""A mail message to an article."""

from __future__ import annotations

import re
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from itertools import groupby, islice

from toolkit.article import Article
from toolkit.loaders import fragment
from toolkit.loaders.dates import moment
from toolkit.loaders.encodings import decode
from toolkit.loaders.paragraphs import Paragraph, joined, short, unwrapped

LONGEST_FIELD = 2000
"""Characters of a field that are decoded."""

UNREADABLE = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What the standard library raises for messages that are broken, or nested too deeply."""

PARTS = 500
"""Parts of a message that are looked at."""

LISTS = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")
"""Fields that a newsletter has and a letter has not."""

FURNITURE = re.compile(
    r"unsubscribe|(view|read|open)\b.{0,40}\b(browser|online)\b|(update|manage|change)\b.{0,30}\bpreferences|(manage|cancel)\b.{0,20}\bsubscription"
    r"|(you are|you.re|you have) (receiving|received|getting|subscribed)|this (e-?mail|message|newsletter) (was|is) (sent|intended)|privacy policy"
    r"|forwarded this|add us to your|all rights reserved|^(copyright\b|©|\(c\) )|abmelden|abbestellen|im browser|désinscri|désabonn"
    r"|dans (votre|le) navigateur|darse de baja|cancelar (la )?suscripción|en (su|el|tu) navegador|annulla l.iscrizione|afmelden",
    re.I,
)
LONGEST = 60
"""A paragraph of more words is no furniture, whatever it mentions."""

SIGNATURE = re.compile(r"^-- ?$", re.M)
URL = re.compile(r"https?://\S+")


def read(raw: bytes) -> tuple[Article, str | None]:
    """The article that a message is, and a sentence on its attachments if it has any."""
    told = BytesParser(policy=policy.compat32).parsebytes(raw)
    plain, html, attached = _parts(told)
    text, blocks = joined(_better(_html(html), _plain(plain)))
    sender, address = _sender(told)
    listed = any(told.get(name) for name in LISTS)
    published = _date(told)
    article = Article(
        text,
        id=_field(told, "Message-ID").strip("<> ") or None,
        title=_field(told, "Subject") or None,
        published=published,
        date_source="source" if published else None,
        outlet=sender or address or None if listed else None,
        author=None if listed else sender or address or None,
        url=_field(told, "Archived-At").strip("<> ") or None,
        meta={"from": address} if address else {},
        blocks=blocks,
    )
    names = ", ".join(attached[:3]) + (f" and {len(attached) - 3} more" if len(attached) > 3 else "")
    return article, f"has attachments ({names}), which were not read." if attached else None


def _parts(told: Message) -> tuple[str, str, list[str]]:
    """The first plain text, the first HTML text, and the names of what is attached."""
    texts: dict[str, str] = {}
    attached: list[str] = []
    for part in islice(told.walk(), PARTS):
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or (
            kind.split("/")[0] not in ("text", "image") and told is not part
        ):
            attached.append(_name(part) or kind)
        elif kind in ("text/plain", "text/html") and kind not in texts:
            texts[kind] = _text(part)
    return texts.get("text/plain", ""), texts.get("text/html", ""), attached


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", errors="replace")
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError):
        charset = None
    return decode(raw, charset)[0]


def _name(part: Message) -> str:
    try:
        return short(str(part.get_filename() or "")) or ""
    except (LookupError, ValueError, TypeError):
        return ""


def _field(told: Message, name: str) -> str:
    """A field as text on one line; words in any encoding are decoded, and broken ones left as they are."""
    value = told.get(name)
    if value is None:
        return ""
    text = str(value)[:LONGEST_FIELD]
    try:
        return short(str(make_header(decode_header(text)))) or ""
    except (LookupError, ValueError, MessageError):
        return short(text) or ""


def _sender(told: Message) -> tuple[str, str]:
    """Name and address of who sent a message."""
    try:
        found = getaddresses([_field(told, "From")])[:1]
    except (ValueError, IndexError, TypeError, RecursionError):
        found = []
    name, address = found[0] if found else ("", "")
    return short(name) or "", short(address) or ""


def _date(told: Message) -> datetime | None:
    value = _field(told, "Date")
    try:
        return moment(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return moment(value)


def _html(html: str) -> list[Paragraph]:
    return [("other" if _furniture(text) else kind, text) for kind, text in fragment.paragraphs(html)]


def _plain(text: str) -> list[Paragraph]:
    """The paragraphs of a plain text; what it quotes and what stands below the mark of the signature are known as such."""
    letter, *signature = SIGNATURE.split(text, maxsplit=1)
    paragraphs: list[Paragraph] = []
    for quoted, lines in groupby(letter.splitlines(), key=lambda words: words.startswith(">")):
        for part in unwrapped("\n".join(words.lstrip("> ") if quoted else words for words in lines)):
            paragraphs.append(("quote" if quoted else "other" if _furniture(part) else "body", part))
    return paragraphs + [("other", part) for text in signature for part in unwrapped(text)]


def _furniture(text: str) -> bool:
    return len(text.split()) <= LONGEST and bool(FURNITURE.search(text))


def _better(html: list[Paragraph], plain: list[Paragraph]) -> list[Paragraph]:
    """The HTML, which knows headings and lists, unless it says less than half of what the plain text does."""
    return html if 2 * _words(html) >= _words(plain) and html else plain


def _words(paragraphs: list[Paragraph]) -> int:
    return sum(len(URL.sub("", text).split()) for kind, text in paragraphs if kind != "other")
