"""The comparisons of `python -m benchmarks`, as data."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pypandoc

from benchmarks import papers

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
FIVE = ("pdf", "docx", "epub", "akn", "html")


class Row(NamedTuple):
    """One comparison."""

    name: str
    ours: list[str]
    peer: list[str]
    rounds: int = ROUNDS
    times: int = 1
    """Number of builds by publish in one process; if it is not 1, the result is the cost of one build without the start."""


class Paper(NamedTuple):
    """A manuscript, and the number of rounds to measure it."""

    name: str
    make: Callable[[], str]
    rounds: int


PAPERS = (
    Paper("seed", papers.plain, ROUNDS),
    Paper("seed × 10", lambda: papers.repeated(10), ROUNDS),
    Paper("seed × 100", lambda: papers.repeated(100), 2),
    Paper("122 notes", lambda: papers.book(122), 2),
    Paper("10,000 notes", lambda: papers.book(10_000), 1),
    Paper("table of 3,000 × 5 cells", lambda: papers.table(3000), 2),
)


class Rows:
    """The comparisons, with their manuscripts in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pandoc = pypandoc.get_pandoc_path()
        self.typst = _typst(folder)
        self.weasyprint = Path(sys.executable).parent / "weasyprint"
        self.paths: dict[str, Path] = {}
        for k, paper in enumerate(PAPERS):
            self.paths[paper.name] = folder / f"paper-{k}.md"
            self.paths[paper.name].write_text(paper.make(), "utf-8")

    def all(self) -> Iterator[Row]:
        """Yield all comparisons."""
        yield Row("bare start: --version", _publish("--version"), [sys.executable, "-c", "pass"])
        yield Row("bare start: --help", _publish("--help"), [sys.executable, "-c", "pass"])
        for paper in PAPERS:
            yield from self._formats(paper)
        yield from self._warm_formats()
        yield from self._commands()
        yield from self._pdf()
        yield from self._all_formats()

    def _formats(self, paper: Paper) -> Iterator[Row]:
        source = self.paths[paper.name]
        for kind in ("docx", "epub", "html"):
            theirs = [self.pandoc, source.name, "-s", "-o", f"peer.{kind}"]
            yield Row(f"{paper.name}: {kind}, against pandoc", _build(source, kind), theirs, paper.rounds)
        theirs = [self.pandoc, source.name, "-o", "peer.epub"]
        name = f"{paper.name}: akn, against pandoc's epub"
        yield Row(name, _build(source, "akn"), theirs, paper.rounds)

    def _warm_formats(self) -> Iterator[Row]:
        seed = self.paths["seed"]
        for kind in ("docx", "epub", "html", "akn"):
            theirs = [self.pandoc, seed.name, "-s", "-o", f"peer.{'epub' if kind == 'akn' else kind}"]
            against = "pandoc's epub" if kind == "akn" else "pandoc"
            yield Row(f"seed, warm: {kind}, against {against}", _warm(seed, kind), theirs, 3, 40)

    def _commands(self) -> Iterator[Row]:
        ten = self.paths["seed × 10"]
        subprocess.run([self.pandoc, ten.name, "-o", "given.docx"], cwd=self.folder, check=True)
        yield Row(
            "seed × 10: check, against pandoc's native output",
            _publish("check", ten.name, "--profile", "generic"),
            [self.pandoc, ten.name, "-t", "native", "-o", "peer.native"],
            3,
        )
        yield Row(
            "seed × 10: docx to html, against pandoc",
            _build(self.folder / "given.docx", "html"),
            [self.pandoc, "given.docx", "-s", "-o", "peer.html"],
            3,
        )

    def _pdf(self) -> Iterator[Row]:
        for name, rounds in (
            ("seed", 3),
            ("seed × 10", 2),
            ("seed × 100", 1),
            ("table of 3,000 × 5 cells", 1),
        ):
            source = self.paths[name]
            theirs = [self.pandoc, source.name, "-s", "-o", "peer-typst.pdf", f"--pdf-engine={self.typst}"]
            ours = [*_build(source, "pdf"), "--pdf-engine", "typst"]
            yield Row(f"{name}: pdf by Typst, against pandoc and Typst", ours, theirs, rounds)
        for name, rounds in (("seed", 3), ("seed × 10", 2), ("seed × 100", 1)):
            source = self.paths[name]
            stock = [self.pandoc, source.name, "-s", "-o", "peer.pdf", f"--pdf-engine={self.weasyprint}"]
            yield Row(f"{name}: pdf, against pandoc and WeasyPrint", _build(source, "pdf"), stock, rounds)
        seed = self.paths["seed"]
        stock = [self.pandoc, seed.name, "-s", "-o", "peer.pdf", f"--pdf-engine={self.weasyprint}"]
        yield Row("seed, warm: pdf, against pandoc and WeasyPrint", _warm(seed, "pdf"), stock, 2, 10)
        office = shutil.which("soffice")
        if office:
            subprocess.run([self.pandoc, seed.name, "-o", "office.docx"], cwd=self.folder, check=True)
            profile = f"-env:UserInstallation=file://{self.folder}/profile"
            theirs = [
                office,
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "office.docx",
                "--outdir",
                "office",
            ]
            yield Row("seed: pdf, against LibreOffice", _build(seed, "pdf"), theirs, 2)

    def _all_formats(self) -> Iterator[Row]:
        """Yield builds of five formats that publish reads back, against three formats of pandoc, which it does not read back."""
        engines = {"typst": self.typst, "weasyprint": self.weasyprint}
        for name in ("seed", "seed × 10"):
            source = self.paths[name]
            for engine, path in engines.items():
                three = " && ".join(
                    f"'{self.pandoc}' {source.name} -s -o all.{kind}{f' --pdf-engine={path}' if kind == 'pdf' else ''}"
                    for kind in ("docx", "epub", "pdf")
                )
                theirs = ["sh", "-c", three]
                what = f"five formats with verification (pdf by {engine}), against three of pandoc"
                if name == "seed":
                    yield Row(
                        f"seed, warm: {what}", _warm(source, *FIVE, engine=engine, verify=True), theirs, 3, 10
                    )
                else:
                    ours = [*_build(source, "all", verify=True), "--pdf-engine", engine]
                    yield Row(f"{name}: {what}", ours, theirs, 2)
                    without = [*_build(source, "all"), "--pdf-engine", engine]
                    yield Row(
                        f"{name}: five formats (pdf by {engine}), with against without verification",
                        ours,
                        without,
                        2,
                    )


def _publish(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).parent / "publish"), *arguments]


def _warm(source: Path, *kinds: str, engine: str = "weasyprint", verify: bool = False) -> list[str]:
    """Return the command for many builds in one process; the caller appends the count."""
    verified = "verify" if verify else "no-verify"
    script = str(ROOT / "benchmarks" / "warm.py")
    return [sys.executable, script, source.name, ",".join(kinds), engine, verified]


def _build(source: Path, kind: str, *, verify: bool = False) -> list[str]:
    """Return the command for a build; without verification if the peer does not verify its output either."""
    command = _publish(
        "build", source.name, "-t", kind, "-o", "ours", "--quiet", "--no-references", "--profile", "generic"
    )
    return command if verify else [*command, "--no-verify"]


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
