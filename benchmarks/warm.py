"""Publish a manuscript many times in one process: `python benchmarks/warm.py SOURCE FORMAT[,FORMAT …] ENGINE verify|no-verify COUNT`."""

from __future__ import annotations

import sys

import publish


def main() -> None:
    """Read, number and write the manuscript each time, as a worker of a batch does; do not keep results between builds."""
    source, kinds, engine, verified, count = sys.argv[1:]
    for _ in range(int(count)):
        publish.convert(
            source,
            kinds.split(","),
            "warm",
            verify=verified == "verify",
            profile="generic",
            pdf_engine=engine,
        )


if __name__ == "__main__":
    main()
