"""Compare publish with its peers, alternately, on one machine, as whole processes: `python -m benchmarks [--write] [ROW …]`.

The result is the ratio of processor time: the time of publish divided by the time of its peer. `--write` writes the
table to docs/performance.md, with the date and the machine.
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
    """Cost of one process."""

    cpu: float
    """Processor time of the process and its children, in seconds."""
    megabytes: float
    """Maximum memory of the process."""


class Row(NamedTuple):
    """One comparison."""

    name: str
    ours: list[str]
    peer: list[str]
    rounds: int = ROUNDS
    times: int = 1
    """Number of builds by publish in one process; if it is not 1, the result is the cost of one build without the start."""


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


def rows(folder: Path) -> list[Row]:
    """Return the comparisons, and write the manuscripts that they need."""
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
    """Return the command for many builds in one process; the caller appends the count."""
    return [sys.executable, str(ROOT / "benchmarks" / "warm.py"), source.name, ",".join(kinds), engine]


def _typst(folder: Path) -> Path:
    """Write a command `typst` for pandoc; it uses the same library as publish and also needs the start of Python."""
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
    """Return the command for a build without verification, because no peer verifies its output."""
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
