import io
import zipfile

import pytest
from reads import read

from toolkit import Source


def texts(given):
    return [article.text for article in read(given)[0]]


def test_a_folder_is_read_with_its_folders_by_name(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text("Second.")
    (tmp_path / "a.txt").write_text("First.")
    for name in ("README.md", "settings.toml", ".hidden"):
        (tmp_path / name).write_text("Passed over.")
    articles, said = read(tmp_path)
    assert [article.text for article in articles] == ["First.", "Second."]
    assert [sentence.partition(":")[0] for sentence in said] == ["passed over"] * 3


PAGE = "<html><body><article><p>The ferry to Port Ellery is late again, the mayor said on Monday.</p></article></body></html>"
SAVED = {
    "ferry.html": PAGE,
    "ferry_files/frame.html": PAGE.replace("ferry", "advertisement"),
    "ferry_files/logo.png": "not a picture",
    "tram_files/notes.txt": "These are notes.",
    "theme/site.css": "body { color: red }",
    "theme/app.js": "var ferry = 1;",
    "theme/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'><text>Port Ellery</text></svg>",
}


@pytest.mark.parametrize("packed", [False, True])
def test_the_parts_that_a_browser_saves_beside_a_page_are_no_articles(tmp_path, packed):
    if packed:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name, content in SAVED.items():
                archive.writestr(f"pages/{name}", content)
    else:
        for name, content in SAVED.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content)
    articles, said = read(tmp_path)
    assert [article.source.rsplit("/", 1)[-1] for article in articles] == ["ferry.html", "notes.txt"]
    assert set(said) == {
        "passed over: holds the parts of the page 'ferry.html', which is read.",
        "passed over: is a program, a style, a font or a drawing, not an article.",
    }


def test_a_file_that_the_user_names_is_read_whatever_it_is_called(tmp_path):
    (tmp_path / "readme.py").write_text("The ferry is late.")
    assert texts(tmp_path / "readme.py") == ["The ferry is late."]


def test_a_link_to_a_folder_above_is_followed_once(tmp_path):
    (tmp_path / "a.txt").write_text("First.")
    (tmp_path / "loop").symlink_to(tmp_path)
    articles, said = read(tmp_path)
    assert (len(articles), said) == (1, ["passed over: is a link to a folder that is read already."])


def test_a_pattern_names_files(tmp_path):
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(name)
    assert texts(str(tmp_path / "*.txt")) == ["a.txt", "b.txt"]


def test_a_missing_file_is_an_error_alone_and_a_problem_in_a_list(tmp_path):
    with pytest.raises(FileNotFoundError, match="There is no file or folder"):
        read(tmp_path / "none.txt")
    (tmp_path / "a.txt").write_text("First.")
    articles, said = read([tmp_path / "none.txt", tmp_path / "a.txt"])
    assert (len(articles), len(said)) == (1, 1)


@pytest.mark.parametrize(
    "text", ["Iran", "U.S.", "The talks ended.", "He saw it.com", "Two\nlines.txt", "50/50 odds", ""]
)
def test_a_string_in_a_list_is_a_text_unless_it_can_only_be_a_path(text):
    assert texts([text]) == [text]


@pytest.mark.parametrize(
    "many", [["a b", "c d"], ("a b", "c d"), {"c d", "a b"}, iter(["a b", "c d"]), dict.fromkeys(["a b", "c d"]).keys()]
)
def test_any_iterable_of_strings_is_many_texts_in_a_fixed_order(many):
    assert texts(many) == ["a b", "c d"]


def test_bytes_open_files_and_sources_are_read_as_files_are(tmp_path):
    table = b'{"title": "A", "text": "One ferry."}\n'
    (tmp_path / "a.jsonl").write_bytes(table)
    with (tmp_path / "a.jsonl").open("rb") as file:
        for given in (table, file, io.StringIO(table.decode()), Source("x", opener=lambda: io.BytesIO(table)), [table]):
            assert texts(given) == ["One ferry."]


def test_a_dict_lacks_what_it_lacks_but_not_the_text_that_the_user_names():
    given = [{"body": "One.", "desk": "news"}, {"body": "Two."}, {"story": "Three."}]
    articles, said = read(given, {"text": "body", "section": "desk"})
    assert [(article.text, article.section) for article in articles] == [("One.", "news"), ("Two.", None)]
    assert said == ["skipped: columns takes text from 'body', which is not there; there are 'story'."]


def test_what_a_container_tells_of_a_source_completes_its_article():
    source = Source(
        "x.txt", opener=lambda: io.BytesIO(b"Some text."), meta={"url": "https://a.example", "captured": "today"}
    )
    (article,), _ = read(source)
    assert (article.url, article.meta) == ("https://a.example", {"captured": "today"})
