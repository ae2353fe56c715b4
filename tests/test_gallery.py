"""The gallery shows every analysis there is, and is what its script makes."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
gallery = pytest.importorskip("gallery")


def test_page_and_notebook_are_what_the_script_makes_today():
    assert gallery.PAGE.read_text(encoding="utf8") == gallery.page(), "run python scripts/gallery.py"
    assert gallery.NOTEBOOK.read_text(encoding="utf8") == gallery.notebook(), "run python scripts/gallery.py"


def test_each_analysis_has_a_picture():
    missing = [name for name in gallery.entries() if not (gallery.PICTURES / f"{name}.svg").is_file()]
    assert missing == [], "run python scripts/gallery.py"
