"""Measure the census as a share of a build: `python -m benchmarks.census`.

CPU time of one process. A share is a ratio within one run, so that it depends little on the machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import publish
from benchmarks import papers
from publish.engine.job import run_in_memory
from publish.engine.pipeline import prepare
from publish.engine.source_proof import prove_source
from publish.request import Request

ROUNDS = 3
FIVE = ("pdf", "docx", "epub", "akn", "html")
TEXTS = ("docx", "epub", "akn", "html")


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU time of the fastest of several rounds, in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def sources(folder: Path) -> dict[str, Path]:
    """Write the sources: a paper in each format that a census counts."""
    paths = {"seed.md": folder / "seed.md", "seed × 10.md": folder / "ten.md"}
    paths["seed.md"].write_text(papers.plain(), "utf-8")
    paths["seed × 10.md"].write_text(papers.repeated(10), "utf-8")
    for form, suffix in (
        ("docx", "docx"),
        ("html", "html"),
        ("epub", "epub"),
        ("akn", "xml"),
        ("pdf", "pdf"),
        ("rst", "rst"),
    ):
        name = f"seed × 10.{suffix}"
        paths[name] = folder / f"ten.{suffix}"
        paths[name].write_bytes(publish.write(publish.read(paths["seed × 10.md"]).document, form).data)
    return paths


def main() -> None:
    """Print a table: source, time of census and comparison, and its share of two builds."""
    with tempfile.TemporaryDirectory() as name:
        rows = [("source", "census", "of five formats", "of five with Typst", "of four without PDF")]
        for source, path in sources(Path(name)).items():
            prepared = prepare(Request(source=str(path), formats=()))
            census = cpu(lambda given=prepared: prove_source(given))  # type: ignore[misc]
            shares = []
            for formats, engine in ((FIVE, "weasyprint"), (FIVE, "typst"), (TEXTS, "weasyprint")):
                asked = Request(source=str(path), formats=formats, options={"pdf": {"engine": engine}})
                shares.append(f"{100 * census / cpu(lambda given=asked: run_in_memory(given)):.0f} %")  # type: ignore[misc]
            rows.append((source, f"{1000 * census:.0f} ms", *shares))
    for row in rows:
        sys.stdout.write("| " + " | ".join(row) + " |\n")


if __name__ == "__main__":
    main()
