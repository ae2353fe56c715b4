"""The house theme: what it promises to readers, measured."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest

from toolkit import theme
from toolkit.errors import SettingError

# Machado, Oliveira & Fernandes 2009, severity 1.0: what readers with each kind of colour blindness see, in linear RGB.
SEEN = {
    "all colours": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
CONES = np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]])
OKLAB = np.array([[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]])


def linear(color):
    part = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def luminance(color):
    return float(linear(color) @ [0.2126, 0.7152, 0.0722])


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def distance(one, other, seen):
    """How far apart two colours look, in hundredths of Oklab (Ottosson 2020)."""
    first, second = (OKLAB @ np.cbrt(CONES @ np.clip(np.array(seen) @ linear(color), 0, 1)) for color in (one, other))
    return 100 * float(np.linalg.norm(first - second))


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_any_two_of_the_first_eight_colours_differ_for_readers_with_any_colour_vision(seen):
    closest = min(distance(*pair, seen) for pair in combinations([*theme.PALETTE[:8], theme.COLOR_OTHER], 2))
    assert closest > 6


def test_any_two_of_all_colours_differ_for_readers_who_see_every_colour():
    everything = np.eye(3)
    closest = min(distance(*pair, everything) for pair in combinations([*theme.PALETTE, theme.COLOR_OTHER], 2))
    assert closest > 8


@pytest.mark.parametrize("page", [theme.HOUSE, theme.NIGHT], ids=["light", "dark"])
def test_marks_and_text_stand_out_from_the_page(page):
    assert min(contrast(color, page.background) for color in [*theme.PALETTE, theme.COLOR_OTHER]) > 2.6
    assert min(contrast(getattr(page, ink), page.background) for ink in ("text", "quiet")) > 4.5


def families(part):
    if isinstance(part, dict):
        for name, value in part.items():
            yield from [value] if name.lower().endswith("font") else families(value)


@pytest.mark.parametrize("name", theme.names())
def test_every_font_has_a_generic_one_behind_it(name):
    found = list(families(theme.read(name).config()))
    assert found
    assert all(family.endswith(", sans-serif") for family in found)


def test_dark_and_light_differ_in_colours_alone():
    light, dark = theme.HOUSE.config(), theme.NIGHT.config()
    assert light["background"] != dark["background"]
    assert light["axis"]["labelFontSize"] == dark["axis"]["labelFontSize"] >= 12
    assert light["axis"]["labelColor"] != dark["axis"]["labelColor"]


def test_a_theme_of_ones_own_says_what_differs_from_the_house(tmp_path):
    own = tmp_path / "ours.toml"
    own.write_text('palette = ["#aa0000"]\nbackground = "#fffaf0"\n')
    ours = theme.read(own)
    assert (ours.name, ours.palette, ours.background, ours.font) == ("ours", ("#aa0000",), "#fffaf0", theme.FONT)
    assert not ours.dark
    assert theme.NIGHT.dark


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("colour = '#123456'", "has colour = '#123456'; a theme has font, background"),
        ("text = 'red'", "has text = 'red'"),
        ("ramp = []", "has ramp = "),
        ("palette = '#123456'", "has palette = "),
        ("font = 'a}</style>'", "has font = "),
        ("= 3", "There is no theme"),
    ],
)
def test_a_theme_that_cannot_be_read_is_said_in_a_sentence(tmp_path, text, says):
    own = tmp_path / "ours.toml"
    own.write_text(text)
    with pytest.raises(SettingError, match=re.escape(says)):
        theme.read(own)
    with pytest.raises(SettingError, match="there are dark, high-contrast, house, plain, print"):
        theme.read("sepia")


def test_high_contrast_keeps_every_colour_readable_as_text():
    strong = theme.read("high-contrast")
    assert min(contrast(color, strong.background) for color in [*strong.palette, strong.other]) >= 4.5


def test_neighbours_stay_apart_in_black_and_white():
    greys = theme.read("print").palette
    assert min(contrast(*pair) for pair in pairwise(greys)) > 1.5


def test_colours_follow_the_names_and_leave_other_grey():
    names = [f"topic {at}" for at in range(len(theme.PALETTE) + 1)]
    colors = theme.colors(["other", *names])
    assert colors["other"] == theme.COLOR_OTHER
    assert [colors[name] for name in names] == [*theme.PALETTE, theme.PALETTE[0]]
