import io
import zipfile
from pathlib import Path

import pytest
from reads import read

pytest.importorskip("fastexcel")
DATA = Path(__file__).parent / "data" / "loaders"
FERRY = "The ferry talks resumed on Monday, a week after they had broken off."


@pytest.mark.parametrize("name", ["table.xlsx", "table.ods", "table.xls"])
def test_a_spreadsheet_is_read_row_by_row(name):
    articles, _ = read(DATA / name)
    assert [(article.id, article.title) for article in articles] == [("1", "Ferry talks resume"), ("2", "Dues rise")]
    assert articles[0].text == FERRY
    assert articles[1].text == "Every boat pays more.\nNobody was asked."
    assert [article.published.isoformat() for article in articles] == [
        "2026-01-12T10:30:00+00:00",
        "2026-01-13T00:00:00+00:00",
    ]


def test_sheets_without_articles_and_rows_above_the_names_are_told():
    _, said = read(DATA / "table.xlsx")
    assert "note: names its columns in row 2; what lies above was passed over." in said
    assert (
        "skipped: has no column that looks like a text; there are 'port', 'boats'. Say which it is with columns={'text': ...}."
        in said
    )
    assert "skipped: holds no articles." in said


def test_a_spreadsheet_is_known_by_what_it_is(tmp_path):
    (tmp_path / "export.dat").write_bytes((DATA / "table.xlsx").read_bytes())
    assert len(read(tmp_path / "export.dat")[0]) == 2


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "/", 1), content)
    return out.getvalue()


BAD = {
    "protected": ((DATA / "locked.xlsx").read_bytes(), "skipped: is protected by a password."),
    "half-written": ((DATA / "table.xlsx").read_bytes()[:3000], "skipped: is damaged: "),
    "hollow": (zipped(**{"xl_workbook.xml": "<workbook/>"}), "skipped: is damaged: "),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path, case):
    raw, sentence = BAD[case]
    (tmp_path / "a.xlsx").write_bytes(raw)
    articles, said = read(tmp_path / "a.xlsx")
    assert articles == []
    assert len(said) == 1
    assert said[0].startswith(sentence)


def test_a_spreadsheet_that_unpacks_to_more_than_a_spreadsheet_does_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.loaders.excel.MOST_UNPACKED", 1000)
    articles, said = read(DATA / "table.xlsx")
    assert (articles, len(said)) == ([], 1)
