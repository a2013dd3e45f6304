"""Measure how the work grows with the size of a document: `python -m benchmarks.growth [--calls] [--times N] [WORD …]`.

For each shape (`benchmarks.shapes`) and each step, the result is the exponent of the growth between two sizes: 1 is linear,
2 is quadratic. By default the work is processor time. With `--calls` it is the number of calls of Python and C functions,
which does not depend on the machine; `tests/test_growth.py` uses it. Words select shapes and steps by name.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import math
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import publish
from benchmarks.shapes import SHAPES, manuscript
from publish.engine.source_proof import prove_source
from publish.verify import compare, expect
from publish.verify.extractors.registry import EXTRACTORS, extract

WRITTEN = {
    "docx": "docx",
    "html": "html",
    "epub": "epub",
    "akn": "akn.xml",
    "odt": "odt",
    "op": "op.xml",
    "markdown": "md",
    "json": "json",
    "pdf": "pdf",
    "pdf by typst": "pdf",
}
"""Formats to write, and the suffix with which they are read again."""

UNREAD = frozenset({"markdown"})
"""Formats that are not read again: Markdown is read first."""

LIMIT = 1.15
"""Largest exponent of linear work: sorting and hash tables that grow add a little."""

Measure = Callable[[Callable[[], Any]], tuple[float, Any]]
"""Function that does work, and returns its amount and its result."""


class Growth(NamedTuple):
    """The amounts of work of one step for a shape of two sizes."""

    shape: str
    step: str
    small: float
    large: float
    times: int
    """Ratio of the sizes."""

    @property
    def exponent(self) -> float:
        """Exponent of the growth."""
        return math.log(max(self.large, 1e-9) / max(self.small, 1e-9)) / math.log(self.times)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Do work; return its processor time in seconds."""
    gc.collect()
    gc.disable()  # collections come at different times for different sizes
    start = time.process_time()
    try:
        result = work()
        return time.process_time() - start, result
    finally:
        gc.enable()


def calls(work: Callable[[], Any]) -> tuple[float, Any]:
    """Do work; return the number of calls of Python and C functions."""
    profile = cProfile.Profile()
    result = profile.runcall(work)
    return float(pstats.Stats(profile).total_calls), result  # type: ignore[attr-defined]


def amounts(
    shape: str, count: int, measure: Measure, formats: Sequence[str] = tuple(WRITTEN)
) -> dict[str, float]:
    """Return the work of each step for one manuscript: readers, numbering, writers, extractors and comparison."""
    found: dict[str, float] = {}
    found["read markdown"], result = measure(lambda: publish.read(manuscript(shape, count), name="a.md"))
    found["number"], plain = measure(lambda: publish.prepare(result.document))
    typeset = publish.prepare(result.document, pdf_engine="typst")
    expected = expect(plain.numbered)
    extractable = {entry.format for entry in EXTRACTORS}
    for name in formats:
        kind, _, engine = name.partition(" by ")
        prepared = typeset if engine else plain
        found[f"write {name}"], output = measure(
            lambda prepared=prepared, kind=kind: publish.write(prepared, kind)  # type: ignore[misc]
        )
        file = f"a.{WRITTEN[name]}"
        if kind in extractable:
            found[f"extract {name}"], seen = measure(
                lambda file=file, data=output.data: extract(Path(file), data)  # type: ignore[misc]
            )
            found[f"compare {name}"], findings = measure(lambda seen=seen: compare(expected, seen))  # type: ignore[misc]
            if findings:
                raise AssertionError(f"{shape} in {name}: {findings[0].message}")
        if name not in UNREAD:
            found[f"read {name}"], _ = measure(
                lambda file=file, data=output.data: publish.read(data, name=file)  # type: ignore[misc]
            )
            again = publish.prepare(output.data, name=file)
            found[f"census {name}"], _ = measure(lambda again=again: prove_source(again))  # type: ignore[misc]
    return found


def growth(
    shape: str, measure: Measure, *, times: int = 2, scale: float = 1, formats: Sequence[str] = tuple(WRITTEN)
) -> list[Growth]:
    """Return the growth of each step for a shape.

    Args:
        shape: Name of the shape.
        measure: How to measure work.
        times: Ratio of the sizes.
        scale: Factor for the smaller size.
        formats: Formats to write and to read again.
    """
    count = round(SHAPES[shape][1] * scale)
    small, large = (amounts(shape, size, measure, formats) for size in (count, count * times))
    return [Growth(shape, step, small[step], large[step], times) for step in small]


def main() -> None:
    """Print a line for each shape and step."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument(
        "words", nargs="*", help="only shapes and steps whose names contain one of these words"
    )
    parser.add_argument("--calls", action="store_true", help="count calls instead of seconds")
    parser.add_argument("--times", type=int, default=4, help="ratio of the two sizes")
    parser.add_argument("--scale", type=float, default=4, help="factor for the smaller size")
    parser.add_argument(
        "--formats", nargs="+", default=list(WRITTEN), help="formats to write and to read again"
    )
    options = parser.parse_args()
    measure = calls if options.calls else seconds
    for shape in SHAPES:
        amounts(shape, 4, measure, options.formats)  # exclude imports and caches
        for found in growth(
            shape, measure, times=options.times, scale=options.scale, formats=options.formats
        ):
            if not options.words or any(word in f"{shape} {found.step}" for word in options.words):
                mark = "!" if found.exponent > LIMIT else ""
                sys.stdout.write(
                    f"{shape:12}{found.step:18}{found.small:12.3f}{found.large:12.3f}{found.exponent:7.2f} {mark}\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main()
