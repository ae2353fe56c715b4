"""Screenshots compared loosely: where on a picture there is something and how dense it is, not which pixels it is made of.

A picture becomes a grey thumbnail, whose cells are the means of about 20 x 20 pixels. Fonts, versions of JupyterLab and a line
more or less move things by a cell and change no block; a chart that is missing, an empty table or panels that lie over each
other do. Measured: 0.01 to 0.17 with every text in another font (a typewriter's, or a serif one on a system without the usual
font), 0.15 to 0.27 between the light and the dark theme; with its sixteenths in another order 0.55 at least; a blank page 1.
The thumbnails in tests/data/screens are what each picture looked like when a person last looked at it.
Browser tests compare with them, not under `TOOLKIT_SCREENS=off`, and make them anew under `TOOLKIT_SCREENS=renew`.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

ROOT = Path(__file__).parents[2]
SCREENS, KNOWN = ROOT / "out" / "screens", ROOT / "tests" / "data" / "screens"
CELL = 20
"""Pixels of a picture, in each direction, that one cell of its thumbnail stands for."""
TOLERANCE = 0.4
"""How far apart two pictures may be: 0 is the same, 1 has nothing in common."""
STRETCH = 1.3
"""How much wider or higher one may be than the other."""
PARTS, EMPTY = 4, 0.2
"""A picture has so many parts each way; one that was full and has less of its ink than this is empty."""
SHIFT = 2
"""Cells by which everything may have moved."""


def thumbnail(png: bytes) -> Image.Image:
    """A small grey picture of a picture."""
    whole = Image.open(BytesIO(png)).convert("L")
    return whole.resize((max(1, whole.width // CELL), max(1, whole.height // CELL)), Image.Resampling.BOX)


def distance(one: Image.Image, other: Image.Image) -> float:
    """How differently ink lies on two thumbnails, from 0, the same, to 1, nothing in common, and beyond.

    Ink is how far a cell is from the page's own grey, so that a dark page is as good as a light one; its root, so that text
    counts beside bars. The distance is 1 minus the correlation of both, at the shift of a few cells that suits best.
    """
    a, b = _centred(one), _centred(other.resize(one.size, Image.Resampling.BOX))
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    if not size:
        return float(a.any() or b.any())
    moves = [(down, right) for down in range(-SHIFT, SHIFT + 1) for right in range(-1, 2)]
    return 1 - max(float((a * np.roll(b, move, axis=(0, 1))).sum()) for move in moves) / size


def emptied(known: Image.Image, seen: Image.Image) -> str:
    """Where there is next to nothing on a picture that had much there: in words; "" if nowhere."""
    was, now = _parts(known), _parts(seen)
    lost = np.argwhere((was > was.mean()) & (now < EMPTY * was))
    if not lost.size:
        return ""
    row, column = lost[0]
    return f"part {column + 1} of {PARTS} from the left, {row + 1} of {PARTS} from the top"


def _parts(picture: Image.Image) -> np.ndarray:
    """The mean ink of each of the parts of a picture."""
    ink = Image.fromarray(_ink(picture).astype("float32"))
    return np.asarray(ink.resize((PARTS, PARTS), Image.Resampling.BOX))


def _ink(picture: Image.Image) -> np.ndarray:
    page = int(np.median(np.asarray(picture)))
    ink = np.abs(np.asarray(picture, dtype=float) - page)
    spread = Image.fromarray(ink.clip(0, 255).astype("uint8")).filter(ImageFilter.BoxBlur(1))
    return np.sqrt(np.asarray(spread, dtype=float))


def _centred(picture: Image.Image) -> np.ndarray:
    """Where there is more or less than the mean on a picture; nothing on a blank one."""
    ink = _ink(picture)
    return ink - ink.mean()


def compared(name: str, png: bytes) -> str | None:
    """What is wrong with the picture of this name, in a sentence; None if it looks as it is known to.

    With TOOLKIT_SCREENS=renew it becomes what is known.
    """
    seen, file = thumbnail(png), KNOWN / f"{name}.png"
    if os.environ.get("TOOLKIT_SCREENS") == "renew":
        KNOWN.mkdir(parents=True, exist_ok=True)
        if not file.exists() or distance(Image.open(file), seen) > TOLERANCE / 8:
            seen.save(file, optimize=True)
        return None
    if not file.exists():
        return f"Nothing says how {name} should look: run the test with TOOLKIT_SCREENS=renew and look at out/screens/{name}.png."
    known = Image.open(file)
    wrong = _wrong(known, seen)
    if wrong is None:
        return None
    for kind, picture in (("known", known), ("seen", seen)):
        large = picture.resize((picture.width * CELL // 2, picture.height * CELL // 2), Image.Resampling.NEAREST)
        large.save(SCREENS / f"{name}.{kind}.png")
    return (
        f"{name} {wrong}. See out/screens/{name}.png, and {name}.known.png beside {name}.seen.png there; "
        "if it is right so, run the test with TOOLKIT_SCREENS=renew."
    )


def _wrong(known: Image.Image, seen: Image.Image) -> str | None:
    for side, was, now in (("wide", known.width, seen.width), ("high", known.height, seen.height)):
        if max(was, now) > STRETCH * min(was, now) + 1:
            return f"is {now * CELL} pixels {side}, where {was * CELL} are known"
    apart, empty = distance(known, seen), emptied(known, seen)
    if apart <= TOLERANCE:
        return f"is all but empty in {empty}" if empty else None
    return f"looks different: {apart:.2f} from what is known, where {TOLERANCE} is the most allowed"
