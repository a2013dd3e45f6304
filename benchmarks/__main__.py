"""publish and its peers in turn, in one run on one machine, as whole processes: `python -m benchmarks [--write] [ROW …]`.

What counts is the ratio of processor time: that of publish divided by that of its peer. `--write` puts the table into
docs/performance.md, with the date and the machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pypandoc

from benchmarks import papers

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "performance.md"
ROUNDS = 5
MARK = "<!-- what follows is written by `python -m benchmarks --write` -->"


class Cost(NamedTuple):
    """What a process cost."""

    cpu: float
    """Seconds of processor time, of the process and its children."""
    megabytes: float
    """The most memory that it had."""


class Row(NamedTuple):
    """One comparison."""

    name: str
    ours: list[str]
    peer: list[str]
    rounds: int = ROUNDS
    times: int = 1
    """How often our side does its work in one process: what counts then is one time of it, without the start."""


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command once.

    Raises:
        RuntimeError: the command fails: what does not work is not measured.
    """
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaints = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {complaints.decode(errors='replace')[-400:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measured(row: Row, folder: Path) -> tuple[Cost, Cost]:
    """The least cost of both sides, run in turn so that what else the machine does falls on both."""
    pairs = [(_one_time(row, folder), cost(row.peer, folder)) for _ in range(row.rounds)]
    ours, peers = zip(*pairs, strict=True)
    return min(ours), min(peers)


def _one_time(row: Row, folder: Path) -> Cost:
    """What our side costs; in a warm process the difference between many times and one, for one time."""
    if row.times == 1:
        return cost(row.ours, folder)
    once, often = (cost([*row.ours, str(count)], folder) for count in (1, 1 + row.times))
    return Cost((often.cpu - once.cpu) / row.times, often.megabytes)


def rows(folder: Path) -> list[Row]:
    """The comparisons, and the manuscripts that they need."""
    pandoc = pypandoc.get_pandoc_path()
    manuscripts: dict[str, Callable[[], str]] = {
        "seed": papers.plain,
        "seed × 10": lambda: papers.repeated(10),
        "seed × 100": lambda: papers.repeated(100),
        "122 notes": lambda: papers.book(122),
        "10,000 notes": lambda: papers.book(10_000),
    }
    out = [
        Row("bare start: --version", _publish("--version"), [sys.executable, "-c", "pass"]),
        Row("bare start: --help", _publish("--help"), [sys.executable, "-c", "pass"]),
    ]
    for k, (name, make) in enumerate(manuscripts.items()):
        source = folder / f"paper-{k}.md"
        source.write_text(make(), "utf-8")
        rounds = ROUNDS if k < 2 else 2 if k < 4 else 1
        for kind in ("docx", "epub", "html"):
            theirs = [pandoc, source.name, "-s", "-o", f"peer.{kind}"]
            out.append(Row(f"{name}: {kind}, against pandoc", _build(source, kind), theirs, rounds))
        out.append(
            Row(
                f"{name}: akn, against pandoc's epub",
                _build(source, "akn"),
                [pandoc, source.name, "-o", "peer.epub"],
                rounds,
            )
        )
    seed, ten, hundred = (folder / f"paper-{k}.md" for k in range(3))
    for kind in ("docx", "epub", "html", "akn"):
        theirs = [pandoc, seed.name, "-s", "-o", f"peer.{'epub' if kind == 'akn' else kind}"]
        against = "pandoc's epub" if kind == "akn" else "pandoc"
        out.append(Row(f"seed, warm: {kind}, against {against}", _warm(seed, kind), theirs, 3, 40))
    typst = _typst(folder)
    for name, source, rounds in (("seed", seed, 3), ("seed × 10", ten, 2), ("seed × 100", hundred, 1)):
        theirs = [pandoc, source.name, "-s", "-o", "peer-typst.pdf", f"--pdf-engine={typst}"]
        out.append(
            Row(
                f"{name}: pdf by Typst, against pandoc and Typst",
                [*_build(source, "pdf"), "--pdf-engine", "typst"],
                theirs,
                rounds,
            )
        )
    three = " && ".join(
        f"'{pandoc}' {seed.name} -s -o all.{kind}{f' --pdf-engine={typst}' if kind == 'pdf' else ''}"
        for kind in ("docx", "epub", "pdf")
    )
    out.append(
        Row(
            "seed, warm: all five (pdf by Typst), against pandoc's docx, epub and pdf by Typst",
            _warm(seed, "pdf", "docx", "epub", "akn", "html", engine="typst"),
            ["sh", "-c", three],
            3,
            20,
        )
    )
    weasyprint = Path(sys.executable).parent / "weasyprint"
    for name, source, rounds in (("seed", seed, 3), ("seed × 10", ten, 2), ("seed × 100", hundred, 1)):
        stock = [pandoc, source.name, "-s", "-o", "peer.pdf", f"--pdf-engine={weasyprint}"]
        out.append(Row(f"{name}: pdf, against pandoc and WeasyPrint", _build(source, "pdf"), stock, rounds))
    stock = [pandoc, seed.name, "-s", "-o", "peer.pdf", f"--pdf-engine={weasyprint}"]
    out.append(Row("seed, warm: pdf, against pandoc and WeasyPrint", _warm(seed, "pdf"), stock, 2, 10))
    office = shutil.which("soffice")
    if office:
        subprocess.run([pandoc, seed.name, "-o", "office.docx"], cwd=folder, check=True)
        theirs = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        out.append(
            Row(
                "seed: pdf, against LibreOffice",
                _build(seed, "pdf"),
                [*theirs, "office.docx", "--outdir", "office"],
                2,
            )
        )
    return out


def _publish(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "publish"), *arguments]


def _warm(source: Path, *kinds: str, engine: str = "weasyprint") -> list[str]:
    """Made many times in one process; the count comes last."""
    return [sys.executable, str(ROOT / "benchmarks" / "warm.py"), source.name, ",".join(kinds), engine]


def _typst(folder: Path) -> Path:
    """A command `typst`, as pandoc asks for one: the same library as ours, and Python's start besides."""
    path = folder / "typst"
    path.write_text(
        f"#!{sys.executable}\nimport sys, typst\n"
        "names = [word for word in sys.argv[2:] if not word.startswith('-')]\n"
        "typst.compile(names[-2], output=names[-1])\n",
        "utf-8",
    )
    path.chmod(0o755)
    return path


def _build(source: Path, kind: str) -> list[str]:
    """Made and not read back: no peer reads its files back."""
    return _publish(
        "build",
        source.name,
        "-t",
        kind,
        "-o",
        "ours",
        "--quiet",
        "--no-verify",
        "--no-references",
        "--profile",
        "generic",
    )


def table(found: list[tuple[Row, Cost, Cost]]) -> str:
    """The results as a table of Markdown."""
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
    """Where and when it was measured."""
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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = [r for r in rows(folder) if not options.rows or any(word in r.name for word in options.rows)]
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
