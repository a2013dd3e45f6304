"""Compare publish with its peers, alternately, on one machine, as whole processes: `python -m benchmarks [--write] [ROW …]`.

The result is the ratio of processor time: the time of publish divided by the time of its peer. `--write` writes the
table to docs/performance.md, with the date and the machine.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pypandoc

from benchmarks.rows import ROOT, Row, Rows

TABLE = ROOT / "docs" / "performance.md"
MARK = "<!-- what follows is written by `python -m benchmarks --write` -->"


class Cost(NamedTuple):
    """Cost of one process."""

    cpu: float
    """Processor time of the process and its children, in seconds."""
    megabytes: float
    """Maximum memory of the process."""


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command once.

    Raises:
        RuntimeError: if the command fails.
    """
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaints = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {complaints.decode(errors='replace')[-400:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measured(row: Row, folder: Path) -> tuple[Cost, Cost]:
    """Return the lowest cost of both programs; they run alternately, so that other load on the machine affects both."""
    pairs = [(_one_time(row, folder), cost(row.peer, folder)) for _ in range(row.rounds)]
    ours, peers = zip(*pairs, strict=True)
    return min(ours), min(peers)


def _one_time(row: Row, folder: Path) -> Cost:
    """Return the cost of one build by publish; in a warm process, calculate it from the costs of many builds and of one."""
    if row.times == 1:
        return cost(row.ours, folder)
    once, often = (cost([*row.ours, str(count)], folder) for count in (1, 1 + row.times))
    return Cost((often.cpu - once.cpu) / row.times, often.megabytes)


def table(found: list[tuple[Row, Cost, Cost]]) -> str:
    """Return the results as a Markdown table."""
    lines = [
        "| what | publish, CPU s | peer, CPU s | ratio | publish, MB | peer, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row, ours, peer in found:
        lines.append(
            f"| {row.name} | {ours.cpu:.2f} | {peer.cpu:.2f} | {ours.cpu / peer.cpu:.2f} | {ours.megabytes:.0f} | {peer.megabytes:.0f} |"
        )
    return "\n".join(lines)


def machine() -> str:
    """Return the date and the machine of the measurement."""
    cores = len(os.sched_getaffinity(0))
    today = dt.datetime.now(dt.UTC).date().isoformat()
    pandoc = pypandoc.get_pandoc_version()
    return (
        f"{today}; {cores} cores, {platform.machine()}, Python {platform.python_version()}, pandoc {pandoc}."
    )


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", help="only rows whose names hold one of these words")
    parser.add_argument("--write", action="store_true", help=f"put the table into {TABLE.relative_to(ROOT)}")
    options = parser.parse_args()
    compileall.compile_dir(ROOT / "publish", quiet=2)  # as the bootstrap does at installation
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = [
            r for r in Rows(folder).all() if not options.rows or any(word in r.name for word in options.rows)
        ]
        found: list[tuple[Row, Cost, Cost]] = []
        for row in chosen:
            found.append((row, *measured(row, folder)))
            _, ours, peer = found[-1]
            sys.stderr.write(f"{row.name}: {ours.cpu:.2f} s and {peer.cpu:.2f} s\n")
    text = f"{machine()}\n\n{table(found)}\n"
    if options.write:
        head, _, _ = TABLE.read_text("utf-8").partition(MARK)
        TABLE.write_text(f"{head}{MARK}\n\n{text}", "utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
