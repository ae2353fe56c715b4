from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SettingError
from toolkit.loaders import fields
from toolkit.loaders.columns import choose
from toolkit.loaders.dates import day_first, moment

PROSE = "The ferry talks in Port Ellery resumed on Monday, said the islanders."
NAMES = {
    "our own": (["doc_id", "title", "text", "published"], {"id": "doc_id", "title": "title", "text": "text", "published": "published"}),
    "in capitals and camels": (["ID", "Headline", "articleBody", "datePublished"], {"id": "ID", "title": "Headline", "text": "articleBody", "published": "datePublished"}),
    "nested": (["fields.body", "webTitle", "webUrl"], {"text": "fields.body", "title": "webTitle", "url": "webUrl"}),
    "with blanks": (["Publication Date", "Source Name", "Full Text"], {"published": "Publication Date", "outlet": "Source Name", "text": "Full Text"}),
    "of another language": (["Titel", "Inhalt", "Datum", "Zeitung"], {"title": "Titel", "text": "Inhalt", "published": "Datum", "outlet": "Zeitung"}),
    "of nothing": (["a", "b"], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMES)
def test_fields_are_known_by_the_names_that_exports_give_them(case):
    names, found = NAMES[case]
    assert fields.guess(names) == found


def test_what_a_column_holds_goes_before_its_name():
    rows = [{"article": 4711, "words": PROSE, "date": "Monday", "when": "2026-01-12"}] * 2
    assert choose(list(rows[0]), rows) == {"text": "words", "published": "when"}


def test_a_column_of_blanks_is_not_the_text():
    rows = [{"text": "", "body": PROSE}]
    assert choose(["text", "body"], rows) == {"text": "body"}


def test_what_the_user_says_goes_before_everything():
    rows = [{"text": PROSE, "comment": "No."}]
    assert choose(["text", "comment"], rows, {"text": "comment"})["text"] == "comment"
    with pytest.raises(SettingError, match=r"'note'.*there are 'text', 'comment'"):
        choose(["text", "comment"], rows, {"text": "note"})


def test_what_no_field_takes_is_kept_and_a_missing_text_is_empty():
    article = fields.article({"_id": 7.0, "headline": " A\n title ", "boats": 3, "blank": None, "nan": float("nan")})
    assert (article.id, article.title, article.text, article.meta) == ("7", "A title", "", {"boats": 3})


@given(st.text())
def test_a_text_in_memory_is_never_changed(text):
    assert fields.article({"text": text}).text == text


WRITTEN = {
    "2026-01-12": datetime(2026, 1, 12),
    "20260112": datetime(2026, 1, 12),
    "2026-01-12T10:00:00+02:00": datetime(2026, 1, 12, 8),
    "Mon, 12 Jan 2026 10:00:00 GMT": datetime(2026, 1, 12, 10),
    "January 12, 2026 10:30 a.m. ET": datetime(2026, 1, 12, 15, 30),
    "July 12, 2026 10:30 a.m. ET": datetime(2026, 7, 12, 14, 30),
    "Published on January 12, 2026 at 10:15 PM EST": datetime(2026, 1, 13, 3, 15),
    "12 janvier 2026, 18:30 CET": datetime(2026, 1, 12, 17, 30),
    "12. März 2026": datetime(2026, 3, 12),
    "12 de mayo de 2026": datetime(2026, 5, 12),
    "12 января 2026 года": datetime(2026, 1, 12),
    "3.4.2026": datetime(2026, 4, 3),
    "3/4/2026": datetime(2026, 3, 4),
    "January 2026": datetime(2026, 1, 1),
    "1768212000": datetime(2026, 1, 12, 10),
    "1768212000000": datetime(2026, 1, 12, 10),
    1768212000: datetime(2026, 1, 12, 10),
    date(2026, 1, 12): datetime(2026, 1, 12),
    datetime(2026, 1, 12, 10): datetime(2026, 1, 12, 10),
    **dict.fromkeys(["", "Monday", "12 January", "10:30", "2026", "yesterday", "2026-13-45", "x" * 500, 12, True, None, "0001-01-01T00:00:00+14:00"]),
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_a_date_is_read_as_sources_write_it_and_none_is_made_up(written):
    expected = WRITTEN[written]
    assert moment(written) == (expected and expected.replace(tzinfo=UTC))


def test_a_column_shows_whether_the_day_comes_first():
    assert day_first(["03/04/2026", "25/12/2025"]) is True
    assert day_first(["03/04/2026", "12/25/2025"]) is False
    assert day_first(["03/04/2026", "soon"]) is None
    assert moment("03/04/2026", day_first=True) == datetime(2026, 4, 3, tzinfo=UTC)


@given(st.text(max_size=40) | st.integers() | st.floats() | st.datetimes() | st.dates())
def test_any_date_is_in_utc_or_none(value):
    found = moment(value)
    assert found is None or found.utcoffset().total_seconds() == 0
