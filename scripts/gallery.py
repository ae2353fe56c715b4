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

CHAPTERS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "What is it about?": (
        "Topics are yours: a name and the words that speak for it. Everything here can be asked of your own codebook, too.",
        {
            "topic_mix": ("What are the articles about?", ""),
            "topic_trend": ("How does each topic's share change?", 'per="week"'),
            "topic_by": ("Who writes how much about what?", 'by="outlet"'),
            "topic_overlap": ("Which topics come up together?", ""),
            "emerging_topics": ("Which topics have become more frequent?", ""),
            "topic_discovery": ("What are the articles about, without a codebook?", ""),
            "topic_quality": ("How far can each topic be trusted?", ""),
            "document_map": ("Which articles are alike?", ""),
        },
    ),
    "Who and where?": (
        "Names are joined before they are counted: *Peskov* and *Putin's spokesman* are one man.",
        {
            "entity_ranking": ("Who and what is named most?", ""),
            "entity_trend": ("How does the naming of names change?", ""),
            "entity_topic": ("Which names come up with which topics?", ""),
            "entity_network": ("Who is named together with whom?", ""),
            "entity_profile": ("Who is someone: with whom, on what, when, and saying what?", ""),
            "place_map": ("Where does it happen?", ""),
        },
    ),
    "Who says what?": (
        "Quotations, direct and reported, each with its speaker, where the article tells.",
        {
            "said_by": ("Who is quoted, and how much?", ""),
            "quote_list": ("What was said, and by whom?", ""),
            "voice_concentration": ("Do a few voices make up most of what is quoted?", ""),
        },
    ),
    "In which words?": (
        "Words tell outlets apart before anybody has read them. Each number has its interval, where there are articles enough.",
        {
            "top_words": ("Which words are used most?", ""),
            "keyness": ("Which words set each outlet apart?", 'by="outlet"'),
            "word_shift": ("Which words make two outlets differ?", ""),
            "collocates": ("What stands near a name?", 'find="entity:Ukraine"'),
            "concordance": ("In which turns of phrase does a word stand?", 'find="gas", sort="right"'),
            "dispersion": ("Do many use a word, or a few much?", ""),
            "ngram_trend": ("How does the use of words change?", 'terms=["gas", "truce"], per="week"'),
            "tone": ("How dark or bright are the words?", 'by="outlet"'),
            "tone_toward": ("Among what words does a name stand?", ""),
            "lexical_diversity": ("Who has the most varied words?", 'by="outlet"'),
            "readability": ("Who is hard to read?", 'by="outlet"'),
        },
    ),
    "When, and who was first?": (
        "Articles over time, the days that they speak of, and the stories that several outlets tell.",
        {
            "volume": ("How much was published, and when?", 'by="outlet"'),
            "peaks": ("When was more published than usual, and why?", "least=1.5"),
            "timeline": ("What happened when?", ""),
            "stories": ("Which stories are told, and what did each report add?", ""),
            "lead_lag": ("Who reports a story first?", ""),
            "similarity": ("Which outlets write alike?", 'by="outlet"'),
            "headline_body": ("What do headlines say that their articles do not?", "top=12"),
            "summary": ("What do the articles say, in a few sentences?", 'by="outlet", top=2'),
        },
    ),
}
"""Each chapter with a sentence on it, and its analyses, each with the question that it answers and its settings."""
LAST = "And two of anything?"
OPENING = """# Gallery

**What can I ask?** Every analysis there is, on the sample corpus, whose articles are fictional: four outlets, ten weeks. You need
not run it all: run the next cell, then leaf through it, and run what makes you curious. Each answer is a line of code; its chart
tells numbers when you hover, and `.sentences()` tells what is behind it."""
EXERCISE = """## Exercise

Choose the question that you would ask first of your own articles. Ask it here of one outlet alone -
`where={"outlet": "Corvane Wire"}` - then of all four side by side, `compare="outlet"`. Do the sentences behind the largest bar,
`result.sentences(...)`, bear out what the chart made you think?

Next: [06 Exploring](06_explore.ipynb), the same by mouse."""
COMPARE = (
    'tk.compare(corpus.where(outlet="Pellhaven Echo"), corpus.where(outlet="Corvane Wire"), names=("Echo", "Wire"))'
)


def chapters() -> dict[str, tuple[str, dict[str, tuple[str, str]]]]:
    """Each chapter with a sentence and its analyses by name: question and code; those of no chapter ask what they say of themselves."""
    found = analyses()
    known = {name for _, asked in CHAPTERS.values() for name in asked}
    last = {name: (plugin.summary, "") for name, plugin in found.items() if name not in known}
    made = {
        title: (
            said,
            {name: (question, _call(name, settings)) for name, (question, settings) in asked.items() if name in found},
        )
        for title, (said, asked) in (
            CHAPTERS | {LAST: ("Two corpora, two outlets, two months: side by side.", last)}
        ).items()
    }
    made[LAST][1]["compare"] = ("What sets two outlets apart?", COMPARE)
    return made


def _call(name: str, settings: str) -> str:
    return f"tk.analyses.{name}(corpus{', ' * bool(settings)}{settings})"


def entries() -> dict[str, tuple[str, str]]:
    """Each analysis by name: its question and its code."""
    return {name: entry for _, asked in chapters().values() for name, entry in asked.items()}


def analyses() -> dict[str, object]:
    from toolkit.registry import registry

    return {name: plugin for name, plugin in registry.of("analysis").items() if plugin.origin == "bundled"}


def page() -> str:
    """The page of the documents."""
    parts = [f"{HEAD}\n```python\n{START}\n```\n"]
    for title, (said, asked) in chapters().items():
        parts.append(f"\n## {title}\n\n{said}\n")
        for name, (question, code) in asked.items():
            parts.append(f"\n### {question}\n\n![{name}](pictures/gallery/{name}.svg)\n\n```python\n{code}\n```\n")
    return "".join(parts)


def notebook() -> str:
    """The same as a notebook, without outputs."""
    cells = [
        cell(
            "markdown",
            OPENING,
        )
    ]
    cells.append(cell("code", "import toolkit as tk\n\ntk.notebook()\ncorpus = tk.sample()"))
    for title, (said, asked) in chapters().items():
        head = f"## {title}\n\n{said}\n\n"
        for question, code in asked.values():
            cells += [cell("markdown", f"{head}### {question}"), cell("code", code)]
            head = ""
    cells.append(cell("markdown", EXERCISE))
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
