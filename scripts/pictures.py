"""Draws the pictures of the documents, so that they show what the code does today.

Those of office formats, pages and PDF are drawn by LibreOffice, Chromium and poppler, as a reader's machine would; each is
left as it was where the program is not there.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import toolkit as tk

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
RESOLUTION = 72
"""Pixels an inch of a page: what is legible on a screen, and small in the repository."""


def main() -> None:
    """Draw each picture anew."""
    PICTURES.mkdir(exist_ok=True)
    article = tk.load(ROOT / "seeds" / "kremlin-talks.txt", recognizer="builtin")
    mix = tk.analyses.topic_mix(article).titled(
        title="One article, three topics", subtitle="Share of its words that are about each"
    )
    mix.save(PICTURES / "topic-mix.svg")
    corpus = tk.sample().retopic("mission")
    outlets = tk.analyses.topic_mix(corpus, by="outlet").titled(
        title="What four outlets write about", subtitle="Share of words about each topic"
    )
    for theme in ("plain", "dark", "high-contrast", "print"):
        outlets.save(PICTURES / f"theme-{theme}.svg", preset="column", theme=theme)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for suffix in (".docx", ".pptx", ".xlsx"):
            seen(outlets.save(folder / f"figure{suffix}"))
        report = {"title": "Ten weeks of talks", "analyses": ["topic_mix", "volume", "entity_ranking"]}
        for suffix in (".html", ".pdf"):
            seen(tk.report(corpus, folder / f"report{suffix}", **report))


def seen(path: Path) -> None:
    """The first page of a file as a reader sees it: `figure.docx` becomes `figure-docx.png` among the pictures."""
    target = PICTURES / f"{path.stem}-{path.suffix[1:]}.png"
    if path.suffix == ".html":
        ran("chromium", "--headless", "--no-sandbox", "--window-size=900,1100", f"--screenshot={target}", path.as_uri())
        return
    if path.suffix != ".pdf":
        ran("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path))
        path = path.with_suffix(".pdf")
    if path.exists():
        ran("pdftoppm", "-png", "-r", str(RESOLUTION), "-singlefile", str(path), str(target.with_suffix("")))


def ran(program: str, *words: str) -> None:
    """Run a program, or say that it is not there."""
    if shutil.which(program) is None:
        print(f"{program} is not installed; what it draws is left as it was")
        return
    subprocess.run([program, *words], check=True, capture_output=True, timeout=300)


if __name__ == "__main__":
    main()
