"""The public face is typed: a program of someone else, checked from outside against the installed package, finds no Any."""

import shutil
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent / "data" / "outside.py"


@pytest.mark.long
def test_a_program_that_uses_the_toolkit_passes_a_strict_type_checker_far_from_our_code(apart):
    apart.install("mypy")
    shutil.copy(PROGRAM, apart.home / "outside.py")
    assert "Success" in apart.run(apart.python, "-m", "mypy", "--strict", "--config-file=", "outside.py")
