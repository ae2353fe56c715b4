"""Makes the gallery by running it: a picture, a question and the code of every analysis, as a page and as a notebook."""

import json
from pathlib import Path

import toolkit as tk

ROOT = Path(__file__).parents[1]
PAGE, NOTEBOOK, PICTURES = ROOT / "docs/gallery.md", ROOT / "notebooks/05_gallery.ipynb", ROOT / "docs/pictures/gallery"
HEAD = """# Gallery

What can be asked of a corpus, and what the answer looks like: every analysis there is, on the sample corpus, whose articles are
fictional. Each is one line of code, gives a frame, a chart and the sentences behind it (`result.sentences(...)`), and takes
`where=`, `dedupe=` and `compare=` beside its own settings. Page and notebook are made by `scripts/gallery.py`.
"""
START = "import toolkit as tk\n\ncorpus = tk.sample()"

QUESTIONS = {
    "topic_mix": ("What are the articles about?", ""),
    "topic_trend": ("How does each topic's share change?", 'per="week"'),
    "topic_by": ("Who writes how much about what?", 'by="outlet"'),
    "entity_ranking": ("Who and what is named most?", ""),
    "keyness": ("Which words set each outlet apart?", 'by="outlet"'),
    "top_words": ("Which words are used most?", ""),
    "collocates": ("What stands near a name?", 'find="entity:Ukraine"'),
    "concordance": ("In which turns of phrase does a word stand?", 'find="gas", sort="right"'),
    "volume": ("How much was published, and when?", 'by="outlet"'),
    "dispersion": ("Do many use a word, or a few much?", ""),
    "word_shift": ("Which words make two outlets differ?", ""),
    "lexical_diversity": ("Who has the most varied words?", 'by="outlet"'),
    "readability": ("Who is hard to read?", 'by="outlet"'),
    "ngram_trend": ("How does the use of words change?", 'terms=["gas", "truce"], per="week"'),
    "similarity": ("Which outlets write alike?", 'by="outlet"'),
    "lead_lag": ("Who reports a story first?", ""),
    "headline_body": ("What do headlines say that their articles do not?", "top=12"),
    "said_by": ("Who is quoted, and how much?", ""),
    "entity_trend": ("How does the naming of names change?", ""),
    "entity_profile": ("Who is someone: with whom, on what, when, and saying what?", ""),
    "tone": ("How dark or bright are the words?", 'by="outlet"'),
    "tone_toward": ("Among what words does a name stand?", ""),
    "summary": ("What do the articles say, in a few sentences?", 'by="outlet", top=2'),
    "timeline": ("What happened when?", ""),
    "stories": ("Which stories are told, and what did each report add?", ""),
    "topic_discovery": ("What are the articles about, without a codebook?", ""),
    "document_map": ("Which articles are alike?", ""),
    "peaks": ("When was more published than usual, and why?", "least=1.5"),
}
"""Each analysis with the question that it answers and the settings it is shown with."""
COMPARE = (
    'tk.compare(corpus.where(outlet="Pellhaven Echo"), corpus.where(outlet="Corvane Wire"), names=("Echo", "Wire"))'
)


def entries() -> dict[str, tuple[str, str]]:
    """Each analysis by name: its question and its code; one without a question of its own asks what its summary says."""
    asked = {name: QUESTIONS.get(name, (plugin.summary, "")) for name, plugin in analyses().items()}
    order = [*[name for name in QUESTIONS if name in asked], *[name for name in asked if name not in QUESTIONS]]
    made = {
        name: (asked[name][0], f"tk.analyses.{name}(corpus{', ' * bool(asked[name][1])}{asked[name][1]})")
        for name in order
    }
    return made | {"compare": ("What sets two outlets apart?", COMPARE)}


def analyses() -> dict[str, object]:
    from toolkit.registry import registry

    return {name: plugin for name, plugin in registry.of("analysis").items() if plugin.origin == "bundled"}


def page() -> str:
    """The page of the documents."""
    parts = [f"{HEAD}\n```python\n{START}\n```\n"]
    for name, (question, code) in entries().items():
        parts.append(f"\n## {question}\n\n![{name}](pictures/gallery/{name}.svg)\n\n```python\n{code}\n```\n")
    return "".join(parts)


def notebook() -> str:
    """The same as a notebook, without outputs."""
    cells = [
        cell(
            "markdown",
            "# Gallery\n\n**What can I ask?** Every analysis there is, on the sample corpus, whose articles are fictional.",
        )
    ]
    cells.append(cell("code", "import toolkit as tk\n\ntk.notebook()\ncorpus = tk.sample()"))
    for question, code in entries().values():
        cells += [cell("markdown", f"## {question}"), cell("code", code)]
    for number, made in enumerate(cells):
        made["id"] = f"cell-{number}"
    told = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return (
        json.dumps({"cells": cells, "metadata": told, "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=False)
        + "\n"
    )


def cell(kind: str, source: str) -> dict[str, object]:
    lines = source.splitlines(keepends=True)
    bare: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": lines}
    return bare | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def main() -> None:
    """Write page, notebook and pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    names = {"tk": tk, "corpus": tk.sample()}
    for name, (question, code) in entries().items():
        eval(code, names).titled(title=question).save(PICTURES / f"{name}.svg")
    PAGE.write_text(page(), encoding="utf8")
    NOTEBOOK.write_text(notebook(), encoding="utf8")


if __name__ == "__main__":
    main()
