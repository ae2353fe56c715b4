"""Texts as pieces of words."""

import pytest

from toolkit.topics import wordpiece

CASES = {
    "The talks, again": "[CLS] the talks , again [SEP]",
    "Élysée Σ İ": "[CLS] ely ##see σ i [SEP]",
    "unnegotiable\x00\u200b": "[CLS] un ##ne ##go ##tia ##ble [SEP]",
    "北京 会 $5": "[CLS] 北 京 会 $ 5 [SEP]",
    "a" * 101: "[CLS] [UNK] [SEP]",
    " \n": "[CLS] [SEP]",
}


def told(text: str, most: int = 128) -> str:
    names = list(wordpiece.pieces())
    return " ".join(names[number] for number in wordpiece.numbers(text, most))


@pytest.mark.parametrize("text", CASES)
def test_a_text_is_taken_apart_as_the_model_was_taught(text):
    assert told(text) == CASES[text]


def test_a_long_text_is_cut_and_still_ends():
    assert told("talks " * 50, most=4) == "[CLS] talks talks [SEP]"


def test_the_pieces_are_numbered_as_in_the_model():
    known = wordpiece.pieces()
    assert (len(known), known["[CLS]"], known["the"]) == (30522, 101, 1996)
