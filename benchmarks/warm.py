"""The seed, published many times in one process: `python benchmarks/warm.py SOURCE FORMAT[,FORMAT …] ENGINE COUNT`."""

from __future__ import annotations

import sys

import publish


def main() -> None:
    """Read, number and write each time, as a worker of a batch does; nothing is kept from one time to the next."""
    source, kinds, engine, count = sys.argv[1:]
    for _ in range(int(count)):
        publish.convert(source, kinds.split(","), "warm", verify=False, profile="generic", pdf_engine=engine)


if __name__ == "__main__":
    main()
