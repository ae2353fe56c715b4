import ftfy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.loaders import encodings
from toolkit.loaders.mend import SUSPECT, mend

TEXTS = {
    "cp1252": "Le président a déclaré que la réunion s’était très bien passée, malgré l’été brûlant à Genève.",
    "latin-1": "Die Gespräche über die Grenze wurden gestern fortgeführt, sagte der Außenminister in München.",
    "cp1250": "Rząd ogłosił nową ustawę, która wejdzie w życie jesienią; święta są już blisko, żółte liście spadają.",
    "iso8859-2": "Rząd ogłosił nową ustawę, która wejdzie w życie jesienią; święta są już blisko, żółte liście spadają.",
    "cp1251": "Президент заявил, что переговоры продолжатся на следующей неделе в Женеве.",
    "koi8-r": "Президент заявил, что переговоры продолжатся на следующей неделе в Женеве.",
    "cp1253": "Ο πρόεδρος δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα.",
    "cp1254": "Cumhurbaşkanı görüşmelerin gelecek hafta Cenevre'de süreceğini söyledi; ışıklar söndü.",
    "shift_jis": "大統領は来週ジュネーブで会談を続けると述べた。",
    "gb18030": "总统表示，会谈将于下周在日内瓦继续举行。",
    "big5": "總統表示，會談將於下週在日內瓦繼續舉行。",
    "euc_kr": "대통령은 다음 주 제네바에서 회담을 계속하겠다고 말했다.",
    "cp1256": "قال الرئيس إن المحادثات ستستمر الأسبوع المقبل في جنيف.",
}
ITALIAN = "Così ha detto il presidente: lunedì sarà la città più importante, perché è così; venerdì no."


@pytest.mark.parametrize(("encoding", "text"), [*TEXTS.items(), ("cp1252", ITALIAN)])
def test_text_older_than_utf8_is_read_in_the_encoding_it_is_in(encoding, text):
    found, note = encodings.decode(text.encode(encoding))
    assert found == text
    assert note.startswith("is not UTF-8; it was read as ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_word(encoding):
    text = "“The ferry is late,” she said. " * 3
    assert encodings.decode(text.encode(encoding)) == (text, None)


def test_a_single_bad_byte_spoils_no_more_than_itself():
    found, note = encodings.decode("Überfahrt ".encode() * 100 + b"\xff")
    assert found == "Überfahrt " * 100 + "\ufffd"
    assert note == "has bytes that are not UTF-8; each was replaced by U+FFFD"


@given(st.binary(max_size=300))
def test_any_bytes_are_read(raw):
    assert isinstance(encodings.decode(raw)[0], str)
    assert encodings.is_binary(raw) in (True, False)


MENDED = {
    "cafÃ© â€œquotedâ€\x9d": "café “quoted”",
    "one\r\ntwo\rthree\u2028four": "one\ntwo\nthree\nfour",
    "one \t\n\n\n\n two\f": "one\n\n two",
    "\ufb01ne &amp; dandy": "fine & dandy",
    "e\u0301tude": "étude",
    "bell\x07 and \x00nul": "bell and nul",
    "“quotes” – ‘kept’ …": "“quotes” – ‘kept’ …",
    "你好，世界！（是）": "你好，世界！（是）",
}


@pytest.mark.parametrize("text", MENDED)
def test_text_from_a_file_is_mended(text):
    assert mend(text) == MENDED[text]


@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x3000), max_size=20))
def test_mending_twice_changes_nothing_more(text):
    assert mend(mend(text)) == mend(text)


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(TEXTS.values())),
    st.integers(0, 60),
    st.integers(1, 15),
    st.sampled_from(["latin-1", "cp1252", "cp1250", "cp1251", "mac_roman", "cp437", "iso8859-2"]),
)
def test_no_line_that_ftfy_would_mend_is_kept_from_it(text, start, length, encoding):
    broken = text[start : start + length].encode().decode(encoding, errors="ignore").replace("\n", "")
    fixed = ftfy.fix_text(broken, uncurl_quotes=False, fix_character_width=False)
    assert fixed == broken or SUSPECT.search(broken) or set(broken) & set("\r\v\f\x85\u2028\u2029")
