"""What `make demo` runs: one article through everything, from text to chart and report."""

from pathlib import Path

import polars as pl

import toolkit as tk

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "seeds" / "kremlin-talks.txt"


def main() -> None:
    """Load the article, print the frames' heads, write the chart and the report."""
    out = Path("out")
    out.mkdir(exist_ok=True)
    corpus = tk.load(ARTICLE)
    print(corpus, "\n")
    with pl.Config(tbl_rows=6, tbl_cols=8, fmt_str_lengths=48, tbl_hide_column_data_types=True, tbl_width_chars=150):
        for name in ("documents", "sentences", "entities", "topics"):
            frame = corpus.frame(name)
            hidden = [
                column for column in ("doc_id", "source", "meta", "paragraph", "confidence") if column in frame.columns
            ]
            print(f"corpus.{name}\n{frame.drop(hidden).head(6)}\n")
        mix = tk.analyses.topic_mix(corpus)
        print(f"tk.analyses.topic_mix(corpus)\n{mix.frame}\n")
    written = [mix.save(out / f"topic-mix{suffix}") for suffix in (".svg", ".png", ".html")]
    written.append(tk.report(corpus, out / "report.html"))
    print("Written:", *(f"  {path}" for path in written), sep="\n")
    print("\nOpen out/report.html in a browser. For the notebook: make lab")


if __name__ == "__main__":
    main()
