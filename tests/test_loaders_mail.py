import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source

DATA = Path(__file__).parent / "data" / "loaders"
HEAD = "From: Mara Quill <mara@gazette.example>\nTo: desk@gazette.example\nSubject: Notes\nDate: Mon, 12 Jan 2026 09:00:00 +0000\n"


def given_mail(text, name="a.eml"):
    return read(Source(name, opener=lambda: io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def kinds(article):
    return [(kind, article.text[start:end]) for kind, start, end in article.blocks]


def test_a_newsletter_gives_its_html_with_headings_and_sets_its_furniture_aside():
    (article,), said = read(DATA / "newsletter.eml")
    assert said == []
    assert kinds(article) == [
        ("other", "View this email in your browser"),
        ("heading", "1. Ferries"),
        ("body", "Negotiators met again on Monday in the café at the quay."),
        ("body", "Nobody left the room early this time."),
        ("heading", "2. Dues"),
        ("body", "Harbour dues will rise in April."),
        ("body", "Fishing boats are exempt."),
        ("other", "You are receiving this email because you signed up. Unsubscribe"),
    ]
    assert (article.title, article.outlet, article.author) == (
        "Ferries, dues — and a storm",
        "The Harbour Brief ⚓",
        None,
    )
    assert article.published == datetime(2026, 1, 12, 6, 30, tzinfo=UTC)
    assert article.id == "1.20260112@brief.example"


def test_a_mailbox_gives_every_message():
    (first, second), said = read(DATA / "letters.mbox")
    assert kinds(first) == [
        ("body", "The talks began at nine. By ten the room was full, and somebody had opened the windows to the yard."),
        ("body", "From the yard came the noise of a truck."),
        ("quote", "Was the minister there?"),
        ("quote", "I could not see her."),
        ("body", "No, she was not."),
        ("other", "Mara Quill"),
        ("other", "The Harbour Gazette"),
    ]
    assert (first.author, first.outlet) == ("Mara Quill", None)
    assert second.text == "Dues rise in April."
    assert said == ["passed over: has attachments in 1 of 2 messages; they were not read."]


def test_the_plain_text_is_taken_where_the_html_says_next_to_nothing():
    text = (
        HEAD
        + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe talks began at nine.\nBy ten the room was full.\n\n"
        + "--b\nContent-Type: text/html\n\n<img src=x>\n--b--\n"
    )
    assert given_mail(text)[0][0].text == "The talks began at nine.\n\nBy ten the room was full."


CHARSETS = [
    ("iso-8859-1", "Café am Kai"),
    ("koi8-r", "Паром снова ходит"),
    ("shift_jis", "フェリーの交渉"),
    ("no-such-charset", "Plain words"),
]


@pytest.mark.parametrize(("charset", "text"), CHARSETS)
def test_letters_of_any_charset(charset, text):
    raw = text.encode(charset if charset != "no-such-charset" else "utf-8")
    mail = (
        (HEAD + f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n").encode()
        + raw
        + b"\n"
    )
    assert given_mail(mail)[0][0].text == text


BAD = {
    "outlook": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.msg", "is in Outlook's own format"),
    "nested": ((HEAD + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)) + "\nx\n" * 9).encode(), "a.eml", "nested too deeply"),
    "empty": (b"To: a@b.example\n\n", "a.eml", "is a message without a subject or a text"),
    "a mailbox with one huge message": (b"From a@b.c Mon Jan 12 09:00:00 2026\nA: b\n\n" + b"x" * 70_000_000, "a.mbox", "empty, broken or too large"),
    "a million tags": ((HEAD + "Content-Type: text/html\n\n").encode() + b"<p>" * 1_000_001, "a.eml", "has more than 1,000,000 tags"),
}  # fmt: skip


@pytest.mark.parametrize("why", BAD)
def test_what_cannot_be_read_is_told_in_a_sentence(why):
    raw, name, sentence = BAD[why]
    articles, said = given_mail(raw, name)
    assert articles == []
    assert len(said) == 1
    assert sentence in said[0]


def test_hostile_fields_are_cut_and_the_message_is_read():
    for field in (
        "Subject: " + "=?utf-8?q?x?= " * 100_000,
        "From: " + "(" * 100_000,
        "Date: " + "9" * 100_000,
        "X: y\n" * 50_000,
    ):
        (article,), _ = given_mail(f"To: a@b.example\nCc: a\nMessage-ID: <x>\nReply-To: a\n{field}\n\nThe text.\n")
        assert article.text == "The text."


def test_attachments_are_named():
    mail = (
        HEAD
        + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText.\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=dues.pdf\n\nx\n--b--\n"
    )
    _, said = given_mail(mail)
    assert said == ["passed over: has attachments (dues.pdf), which were not read."]


def test_a_text_that_begins_like_mail_without_being_it_is_a_text():
    (article,), _ = given_mail("Note: this is a text.\nAnd it goes on for a while, as texts do.", "note.txt")
    assert article.text.startswith("Note: this is a text.")


PARTS = st.sampled_from(
    ["--b\n", "--b--\n", "\n", "Content-Type: text/html; charset=x\n", "Content-Type: multipart/mixed; boundary=b\n", "Content-Transfer-Encoding: base64\n",
     "Content-Type: message/rfc822\n", "Content-Disposition: attachment; filename*=utf-8''%ff\n", "Subject: =?x?q?=ff?=\n", "From: <<>>,;:\n", "Date: 99 Foo\n", "text\n", "\x00\n", "=\n"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, max_size=25))
def test_any_order_of_parts_is_read_or_told(parts):
    articles, said = given_mail(HEAD + "".join(parts))
    assert articles or said
