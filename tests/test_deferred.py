"""Altair is imported without a grammar that takes longer than the rest of it, and jsonschema checks what it checked before."""

import subprocess
import sys

import pytest

CHECK = """
import sys
{first}
print("altair" in sys.modules, "rfc3987_syntax" in sys.modules)
from jsonschema import FormatChecker
iri = FormatChecker()
print(iri.conforms("https://example.org/é", "iri"), iri.conforms("no iri", "iri"), iri.conforms("a b", "iri-reference"))
print("rfc3987_syntax" in sys.modules, hasattr(sys.modules["rfc3987_syntax"], "parse"))
"""


@pytest.mark.parametrize(
    "first",
    ["import toolkit as tk; tk.notebook()", "from toolkit.registry import registry; registry.of('analysis')"],
    ids=["notebook", "analyses"],
)
def test_a_grammar_that_altair_does_not_need_is_imported_when_it_is_asked_for(first):
    pytest.importorskip("rfc3987_syntax")
    done = subprocess.run([sys.executable, "-c", CHECK.format(first=first)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True False", "True False False", "True True"]
