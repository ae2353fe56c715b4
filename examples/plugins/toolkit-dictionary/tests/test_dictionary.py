"""Words and stems are counted by category and sentence; a broken file is named with its line."""

import pytest
import toolkit_dictionary
from toolkit_dictionary import read

import toolkit as tk

TEXT = "The minister may go. It is clearly, certainly so. Nobody spoke of it again that day."


def test_it_keeps_the_contract():
    tk.check_plugin(toolkit_dictionary)


def test_words_and_stems_are_counted_by_sentence():
    tk.use(toolkit_dictionary)
    found = tk.load(TEXT, recognizer="builtin").frame("dictionary")
    assert found.select("sent_id", "category", "count").rows() == [(0, "hedged", 1), (1, "firm", 2)]


@pytest.mark.parametrize(
    ("text", "says"),
    [("may 1", "there are 0"), ("%\n1 hedged\n%\nmay 1\nmust 2\n", "line 5: there is no category '2'; there are 1")],
)
def test_a_file_of_another_shape_is_refused(text, says, tmp_path):
    path = tmp_path / "a.dic"
    path.write_text(text, encoding="utf8")
    with pytest.raises(ValueError, match=says):
        read(path)
