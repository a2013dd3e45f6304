"""Fuzz one target guided by coverage: `python -m tests.fuzz.guided TARGET SECONDS`. Needs atheris, which is not installed by default.

The fuzzer chooses the random numbers of the targets, so its inputs are damaged files and not damaged bytes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

import atheris


class Chosen(Random):
    """Random numbers that the fuzzer chooses; after its last byte, all are 0."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self.data = data
        self.place = 0

    def getrandbits(self, k: int) -> int:
        """Return a number of k bits from the next bytes."""
        size = (k + 7) // 8
        part = self.data[self.place : self.place + size]
        self.place += size
        return int.from_bytes(part, "little") & ((1 << k) - 1)

    def random(self) -> float:
        """Return a number from 0 to 1."""
        return self.getrandbits(32) / 2**32


def main(target: str, seconds: str) -> None:
    """Run the fuzzer for some time; libFuzzer ends with an exit code other than 0 at the first fault."""
    with atheris.instrument_imports(include=["publish"]):
        from tests.fuzz.rounds import attempt
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))

    def once(data: bytes) -> None:
        _, fault = attempt(target, Chosen(data), folder)
        if fault:
            raise RuntimeError(fault)

    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", "-max_len=256", "-timeout=60", "-rss_limit_mb=2000"], once
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
