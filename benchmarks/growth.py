"""Measure how the time grows with the number of notes: `python -m benchmarks.growth [COUNT …]`.

This is not a test, because a slow machine must not fail a build. The last column is the result: the factor by which the
time grows for ten times as many notes. 10 is linear.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import publish
from publish.readers.base import Source
from publish.readers.markdown.reader import read
from publish.resolve import resolve
from publish.verify import compare, expect, extract

FORMATS = ("docx", "epub", "akn", "html")
T = TypeVar("T")


def manuscript(count: int) -> str:
    """Return chapters of twenty paragraphs, each with a note; every tenth paragraph calls an earlier note again."""
    out = ["---\ntitle: Veel noten\nlang: nl\n---\n"]
    for k in range(1, count + 1):
        if k % 20 == 1:
            out.append(f"# Hoofdstuk {k // 20 + 1}\n")
        again = f" Zie noot {k - 5}.[^{k - 5}]" if k % 10 == 0 else ""
        out.append(
            f"Alinea {k} met enkele woorden en een noot.[^{k}]{again}\n\n[^{k}]: Noot {k}, met een adres: <https://example.org/{k}>.\n"
        )
    return "\n".join(out)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the processor time of the work in seconds, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def measure(count: int) -> dict[str, float]:
    """Return the seconds of each step for a manuscript with this number of notes."""
    times: dict[str, float] = {}
    source = Source("benchmark.md", manuscript(count).encode(), None)
    times["read"], result = timed(lambda: read(source))
    times["resolve"], resolved = timed(lambda: resolve(result.document))
    document = resolved.document
    expected = expect(document)
    for name in FORMATS:
        times[name], output = timed(lambda name=name: publish.write(document, name))  # type: ignore[misc]
        path = Path("benchmark.akn.xml" if name == "akn" else f"benchmark.{name}")
        times[f"verify {name}"], findings = timed(
            lambda path=path, data=output.data: compare(expected, extract(path, data))  # type: ignore[misc]
        )
        assert findings == [], findings[:3]
    return times


def main(counts: list[int]) -> None:
    """Print a table with a row per step, a column per count, and the growth between the last two counts."""
    measure(10)  # exclude the time of imports
    columns = [measure(count) for count in counts]
    lines = ["".join(["step".ljust(14), *(f"{count:>10}" for count in counts), "    growth"])]
    for step in columns[0]:
        growth = columns[-1][step] / columns[-2][step] if len(columns) > 1 else 0.0
        times = "".join(f"{column[step]:9.2f}s" for column in columns)
        lines.append(f"{step.ljust(14)}{times}{growth:10.1f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100, 1000, 10_000])
