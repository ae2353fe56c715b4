"""Writes a result as data: CSV, Parquet, or the chart's Vega-Lite specification as JSON."""

import json
from pathlib import Path

from toolkit import Result, charts, exporter


@exporter(suffixes=(".csv",))
def csv(result: Result, path: Path) -> Path:
    """The frame as CSV, UTF-8, one header row; nested columns as JSON. The receipt lies beside it, as `NAME.csv-metadata.json`."""
    result.flat.write_csv(path)
    if result.receipt:
        told = {"@context": "http://www.w3.org/ns/csvw", "url": path.name, "dc:title": result.words.title}
        result.receipt.beside(path).write_text(
            json.dumps(told | _provenance(result), ensure_ascii=False, indent=1), encoding="utf8"
        )
    return path


@exporter(suffixes=(".parquet",))
def parquet(result: Result, path: Path) -> Path:
    """The frame as Parquet, its receipt in the file's metadata."""
    words = {"title": result.words.title or "", "description": result.alt, "receipt": result.stamp}
    result.frame.write_parquet(path, metadata=words)
    return path


@exporter(suffixes=(".json",))
def vega_lite(result: Result, path: Path) -> Path:
    """The figure as Vega-Lite JSON, its data inside; alt text in `description`, the receipt in `usermeta`."""
    spec = charts.themed(result.drawing, result.style.theme)
    spec["description"] = result.alt
    spec["usermeta"] = spec.get("usermeta", {}) | _provenance(result)
    path.write_text(json.dumps(spec, ensure_ascii=False, indent=1, default=str), encoding="utf8")
    return path


def _provenance(result: Result) -> dict[str, object]:
    """The receipt to read, and the same for `tk.replay`."""
    return {"receipt": json.loads(result.receipt.to_json()), "stamp": result.stamp} if result.receipt else {}
