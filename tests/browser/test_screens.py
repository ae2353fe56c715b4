"""The comparison of screenshots itself: what it lets pass, and what it does not."""

from io import BytesIO

import numpy as np
import pytest
import screens
from PIL import Image, ImageDraw


def drawn(
    *, down: int = 0, paper: int = 255, ink: int = 60, bars: bool = True, rows: int = 12, size=(800, 700)
) -> bytes:
    """A page with a column of controls, a chart and a table, as big blocks."""
    page = Image.new("L", size, paper)
    pen = ImageDraw.Draw(page)
    for at in range(10):
        pen.rectangle((20, 30 + 40 * at + down, 160, 48 + 40 * at + down), outline=ink, width=2)
    for at in range(5 if bars else 0):
        pen.rectangle((260, 40 + 44 * at + down, 700 - 90 * at, 70 + 44 * at + down), fill=ink)
    for at in range(rows):
        pen.line((260, 330 + 26 * at + down, 760, 330 + 26 * at + down), fill=ink, width=5)
    return png(page)


def png(page: Image.Image) -> bytes:
    file = BytesIO()
    page.save(file, "PNG")
    return file.getvalue()


def scrambled(picture: bytes, seed: int) -> bytes:
    """The same picture with its sixteenths in another order."""
    tiles = np.asarray(Image.open(BytesIO(picture)))
    height, width = tiles.shape[0] // 4, tiles.shape[1] // 4
    parts = [
        tiles[y : y + height, x : x + width] for y in range(0, 4 * height, height) for x in range(0, 4 * width, width)
    ]
    order = np.random.default_rng(seed).permutation(16)
    return png(Image.fromarray(np.block([[parts[order[4 * y + x]] for x in range(4)] for y in range(4)])))


@pytest.fixture
def known(tmp_path, monkeypatch):
    """A known picture named page, in folders of its own."""
    monkeypatch.setattr(screens, "KNOWN", tmp_path / "known")
    monkeypatch.setattr(screens, "SCREENS", tmp_path)
    monkeypatch.setenv("TOOLKIT_SCREENS", "renew")
    assert screens.compared("page", drawn()) is None
    monkeypatch.delenv("TOOLKIT_SCREENS")
    return tmp_path


SAME = {"the same": {}, "a line lower": {"down": 18}, "fainter": {"ink": 100}, "a row more": {"rows": 13}}
OTHER = {"without a chart": {"bars": False}, "without a table": {"rows": 0}, "of another height": {"size": (800, 1200)}}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_another_machine_changes_passes(known, change):
    assert screens.compared("page", drawn(**change)) is None
    assert not (known / "page.seen.png").exists()


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_a_block_that_is_missing_is_told(known, change):
    assert screens.compared("page", drawn(**change)).startswith("page ")


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_a_blank_picture_is_told_and_both_are_kept(known, paper):
    told = screens.compared("page", png(Image.new("L", (800, 700), paper)))
    assert told.startswith("page looks different: 1.00 from what is known, where 0.4 is the most allowed.")
    assert {"page.known.png", "page.seen.png"} <= {file.name for file in known.iterdir()}


@pytest.mark.parametrize("seed", range(10))
def test_a_scrambled_picture_is_told(known, seed):
    assert "looks different" in screens.compared("page", scrambled(drawn(), seed))


def test_a_picture_that_nobody_has_seen_is_told(known):
    assert screens.compared("other", drawn()).startswith("Nothing says how other should look")


def test_a_dark_page_is_known_by_its_own_blocks():
    light, dark = screens.thumbnail(drawn()), screens.thumbnail(drawn(paper=20, ink=215))
    assert screens.distance(light, dark) < 0.05


def test_renewing_leaves_alone_what_looks_the_same(known, monkeypatch):
    monkeypatch.setenv("TOOLKIT_SCREENS", "renew")
    before = (known / "known" / "page.png").read_bytes()
    screens.compared("page", drawn(ink=62))
    assert (known / "known" / "page.png").read_bytes() == before
    screens.compared("page", drawn(bars=False))
    assert (known / "known" / "page.png").read_bytes() != before


@pytest.mark.long
def test_a_browser_test_whose_picture_is_blank_fails_and_one_that_looks_as_it_did_passes(page, known, monkeypatch):
    monkeypatch.setenv("TOOLKIT_SCREENS", "renew")
    page.page.set_content(
        "<main style='height: 600px'>" + "<p style='background: #333; width: 60%'>Bar</p>" * 9 + "</main>"
    )
    page.picture("bars", "main")
    monkeypatch.delenv("TOOLKIT_SCREENS")
    page.page.add_style_tag(content="p { font: 19px monospace }")
    page.picture("bars", "main")
    page.page.evaluate("document.querySelector('main').replaceChildren()")
    with pytest.raises(AssertionError, match="bars looks different"):
        page.picture("bars", "main")
    monkeypatch.setenv("TOOLKIT_SCREENS", "off")
    page.picture("bars", "main")
