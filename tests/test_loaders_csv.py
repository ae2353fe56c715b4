import csv as writer
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reads import read

from toolkit import Source
from toolkit.loaders.csv import csv, separator
from toolkit.loaders.table import distinct

PROSE = "The ferry talks in Port Ellery resumed on Monday, said the islanders."


def table(tmp_path, content, name="table.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(articles):
    return [(article.title, article.text) for article in articles]


def test_a_row_is_an_article_and_the_guess_is_told_once(tmp_path):
    articles, said = read(
        table(tmp_path, f'nr,Headline,body,date\n7,"Ferry, again","{PROSE}\nA ""second"" line.",2026-01-12\n')
    )
    (article,) = articles
    assert (article.title, article.text) == ("Ferry, again", f'{PROSE}\nA "second" line.')
    assert article.published.isoformat() == "2026-01-12T00:00:00+00:00"
    assert article.meta == {"nr": "7"}
    assert said == [
        "note: gives text from 'body', title from 'Headline', published from 'date'; kept as meta: 'nr'. Say otherwise with columns={...}."
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_common_mark_divides_cells(tmp_path, mark):
    content = mark.join(("title", "text", "url")) + "\n" + mark.join(("A", f'"{PROSE}"', "https://a.example/b")) + "\n"
    articles, _ = read(table(tmp_path, content, "table.txt"))
    assert rows(articles) == [("A", PROSE)]


CASES = {
    "a byte-order mark": "\ufefftitle,text\nA,b\n".encode(),
    "UTF-16": "title,text\nA,b\n".encode("utf-16"),
    "line ends of old Macs": b"title,text\rA,b\r",
    "line ends of Windows": b"title,text\r\nA,b\r\n",
    "NUL bytes": b"title,text\nA,\0b\n",
    "a title above": b"Export of the archive\n\ntitle,text\nA,b\n",
    "no last line end": b"title,text\nA,b",
    "blank lines": b"\n\ntitle,text\n\n\nA,b\n\n",
}


@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_a_table_is_read_whatever_program_wrote_it(tmp_path, content):
    assert rows(read(table(tmp_path, content))[0]) == [("A", "b")]


def test_a_line_in_another_encoding_spoils_no_other(tmp_path):
    articles, said = read(table(tmp_path, b"title,text\nA,caf\xc3\xa9\nB,caf\xe9\nC,tea\n"))
    assert rows(articles) == [("A", "café"), ("B", "café"), ("C", "tea")]
    assert said == ["repaired: is not UTF-8 in line 3, read as cp1252."]


def test_rows_of_another_width_are_kept_and_named(tmp_path):
    articles, said = read(table(tmp_path, "title,text\nA,b\nC\nD,e,f\n"))
    assert rows(articles) == [("A", "b"), ("C", ""), ("D", "e")]
    assert articles[2].meta == {"more": ["f"]}
    assert said == [
        "repaired: has fewer cells than columns in line 3; the missing ones are empty.",
        "repaired: has more cells than columns in line 4; the last are in meta as 'more'.",
    ]


def test_a_quotation_mark_that_never_closes_spoils_its_own_line_only(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.loaders.csv.MOST_LINES", 100)
    lines = "".join(f"T{n},text {n}\n" for n in range(300))
    articles, said = read(table(tmp_path, f'title,text\nA,"open\n{lines}'))
    assert rows(articles)[:2] == [("A", "open"), ("T0", "text 0")]
    assert len(articles) == 301
    assert said == ["repaired: has a quotation mark out of place in line 2; each was read as far as its own line goes."]


def test_columns_that_no_name_explains_are_known_by_what_they_hold(tmp_path):
    content = (
        f'a,b,c,d\nx,"{PROSE}",13.01.2026,A title of words\ny,"{PROSE} Again.",02.01.2026,Another title of words\n'
    )
    articles, said = read(table(tmp_path, content))
    assert articles[1].text.endswith("Again.")
    assert [article.published.day for article in articles] == [13, 2]
    assert articles[0].title == "A title of words"
    assert said[0].startswith("note: gives text from 'b', title from 'd', published from 'c'")


def test_a_table_without_names_is_read_by_what_it_holds(tmp_path):
    articles, said = read(table(tmp_path, f'1,2026-01-12,"{PROSE}"\n2,2026-01-13,"{PROSE} Again."\n'))
    assert [article.text for article in articles] == [PROSE, f"{PROSE} Again."]
    assert any("has no row of column names" in sentence for sentence in said)


def test_columns_named_alike_get_numbers(tmp_path):
    articles, said = read(table(tmp_path, "title,text,text\nA,b,c\n"))
    assert (articles[0].text, articles[0].meta) == ("b", {"text (2)": "c"})
    assert "repaired: has several columns named 'text'; the later ones got a number." in said


def test_the_user_says_which_column_is_the_text(tmp_path):
    articles, _ = read(table(tmp_path, f'text,comment\nA,"{PROSE}"\n'), {"text": "comment"})
    assert articles[0].text == PROSE


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"text": "bdy"}, "skipped: columns takes text from 'bdy', which is not there; there are 'title', 'text'."),
        (
            {"txt": "text"},
            "skipped: columns names the field 'txt'; the fields are text, id, title, published, outlet, author, section, language, url.",
        ),
    ],
)
def test_an_unknown_column_is_told_in_one_sentence(tmp_path, columns, sentence):
    assert read(table(tmp_path, "title,text\nA,b\n"), columns) == ([], [sentence])


def test_a_table_without_text_says_what_it_has(tmp_path):
    assert read(table(tmp_path, "a,b\n1,2\n3,4\n"))[1] == [
        "skipped: has no column that looks like a text; there are 'a', 'b'. Say which it is with columns={'text': ...}."
    ]


def test_prose_that_is_named_csv_is_a_text(tmp_path):
    articles, _ = read(table(tmp_path, f"{PROSE}\nAnd it went on.\n"))
    assert articles[0].text == f"{PROSE}\nAnd it went on."


def test_a_table_is_read_as_it_comes():
    def endless():
        yield b"title,text\n"
        while True:
            yield b"A,some words\n"

    class Stream(io.RawIOBase):
        parts = endless()

        def readable(self):
            return True

        def readinto(self, buffer):
            part = next(self.parts)
            buffer[: len(part)] = part
            return len(part)

    source = Source("endless.csv", opener=lambda: io.BufferedReader(Stream()))
    source._head = b"title,text\nA,some words\n"
    articles = csv(source)
    assert [next(articles).title for _ in range(1000)] == ["A"] * 1000


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)] * 2), min_size=1, max_size=5
    ),
    st.sampled_from(",;\t|"),
)
def test_what_a_writer_quotes_is_read_back(cells, mark):
    out = io.StringIO()
    writer.writer(out, delimiter=mark, quoting=writer.QUOTE_ALL).writerows([("id", "text"), *cells])
    raw = out.getvalue().encode()
    articles, said = read(Source("table.csv", opener=lambda: io.BytesIO(raw)))
    assert len(articles) == len(cells)
    assert not [sentence for sentence in said if not sentence.startswith("note")]


def test_the_mark_is_the_one_that_cuts_evenly():
    assert separator("title;text\nA, b, c;d\nE;f, g\n") == ";"


@given(st.lists(st.text(max_size=3), max_size=20))
def test_names_are_made_different(names):
    made = distinct(names)
    assert len(set(made)) == len(made) == len(names)
