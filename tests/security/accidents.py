"""Accidents: kill, concurrent runs and full disks. `python -m tests.security.accidents kills|runs|disk COUNT` repeats them.

`tests/security/test_accidents.py` runs a few of each.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from random import Random

from lxml import etree

from tests.conftest import ROOT, SEED
from tests.deposit.conftest import VALUES

LONGEST = {"single": 2.5, "batch": 4.0, "deposit": 6.0, "verify": 2.0}
"""Seconds after which a command is killed at the latest."""


class Office:
    """A folder with manuscripts, temporary files and outputs, and the commands that work in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        (folder / "in").mkdir(parents=True)
        self.temporary.mkdir()
        for k in range(3):
            (folder / f"in/p{k}.md").write_bytes(SEED.read_bytes())
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.temporary),
            "SOURCE_DATE_EPOCH": "1700000000",
        }

    def command(self, name: str, output: Path | None = None) -> list[str]:
        """Return a command line that writes below a folder."""
        uit = output or self.folder / name
        values = [word for key, value in VALUES.items() for word in ("--set", f"{key}={value}")]
        words = {
            "single": ["build", "in/p0.md", "-t", "all", "-o", str(uit)],
            "batch": ["build", "in", "-t", "html", "-t", "docx", "-o", str(uit), "-j", "2", "--force"],
            "deposit": ["deposit", "in/p1.md", "-t", "html", "-t", "docx", "-o", str(uit), *values],
            "verify": ["check", "in/p0.md", "in/p1.md", "in/p2.md"],
        }
        return [sys.executable, "-m", "publish", *words[name]]

    def start(self, name: str, output: Path | None = None) -> subprocess.Popen[str]:
        """Start a command in a process group of its own."""
        return subprocess.Popen(
            self.command(name, output),
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def left_behind(self) -> list[str]:
        """Return incomplete files and temporary folders."""
        found = [*self.folder.rglob("*.part"), *self.temporary.iterdir()]
        return sorted(str(path.relative_to(self.folder)) for path in found)


def damaged(folder: Path) -> list[str]:
    """Return the publications below a folder that are not whole."""
    out = []
    for path in folder.rglob("*"):
        if ".part" in str(path.relative_to(folder)) or not path.is_file():
            continue
        try:
            if path.suffix in {".docx", ".epub"}:
                with zipfile.ZipFile(path) as archive:
                    whole = archive.testzip() is None
            elif path.suffix == ".pdf":
                whole = path.read_bytes().rstrip().endswith(b"%%EOF")
            elif path.suffix in {".xml", ".html"}:
                whole = bool(etree.fromstring(path.read_bytes(), etree.HTMLParser(recover=True)).tag)
                whole = whole and path.read_bytes().rstrip().endswith(b">")
            else:
                continue
        except (zipfile.BadZipFile, etree.LxmlError, ValueError):
            whole = False
        if not whole:
            out.append(str(path))
    return out


def kills(office: Office, count: int, seed: int = 1) -> list[str]:
    """Kill commands at random moments, run each again, and return what is wrong."""
    rng, faults = Random(seed), []
    for k in range(count):
        name = rng.choice(sorted(LONGEST))
        process = office.start(name)
        time.sleep(rng.uniform(0.05, LONGEST[name]))
        if k % 2:
            process.kill()  # the parent only
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        faults += [f"kill {k} of {name}: damaged {path}" for path in damaged(office.folder)]
    time.sleep(1.5)  # children of a killed parent end by themselves
    for name in sorted(LONGEST):
        process = office.start(name)
        printed, _ = process.communicate()
        if process.returncode:
            faults.append(f"{name} after the kills: exit code {process.returncode}: {printed}")
    return faults + [f"left behind: {path}" for path in office.left_behind()]


def runs(office: Office, rounds: int) -> list[str]:
    """Run four commands at the same time, three of them with the same output, and return what is wrong."""
    faults: list[str] = []
    expected: dict[str, bytes] = {}
    for k in range(rounds):
        names = ("single", "single", "batch", "deposit")
        same = office.folder / "same"
        started = [office.start(name, None if name == "deposit" else same) for name in names]
        for name, process in zip(names, started, strict=True):
            printed, _ = process.communicate()
            if process.returncode:
                faults.append(f"round {k}: {name}: exit code {process.returncode}: {printed}")
        found = {path.name: path.read_bytes() for path in same.iterdir() if path.is_file()}
        expected = expected or found
        faults += [
            f"round {k}: {name} differs"
            for name in sorted(found.keys() | expected.keys())
            if found.get(name) != expected.get(name)
        ]
        faults += [f"round {k}: damaged {path}" for path in damaged(office.folder)]
    return faults + [f"left behind: {path}" for path in office.left_behind()]


def disk(office: Office, sizes: list[int]) -> list[str]:
    """Run commands with outputs and temporary files on disks of some sizes in KiB, and return what is wrong.

    Raises:
        PermissionError: if this user cannot mount a disk.
    """
    faults: list[str] = []
    for size in sizes:
        for name in ("single", "batch", "deposit"):
            small = office.folder / "disk"
            small.mkdir(exist_ok=True)
            mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(small)]
            if subprocess.run(mount, capture_output=True, check=False).returncode:
                raise PermissionError("cannot mount a disk")
            try:
                faults += [f"disk of {size} KiB, {name}: {fault}" for fault in _on_disk(office, name, small)]
            finally:
                subprocess.run(["umount", str(small)], check=True)
    return faults


def _on_disk(office: Office, name: str, small: Path) -> list[str]:
    (small / "tmp").mkdir()
    (small / "uit").mkdir()
    (small / "uit/p0.html").write_text("<p>oud</p>")
    office.environment["TMPDIR"] = str(small / "tmp")
    try:
        process = office.start(name, small / "uit")
        printed, _ = process.communicate()
    finally:
        office.environment["TMPDIR"] = str(office.temporary)
    faults = [] if process.returncode in {0, 1} else [f"exit code {process.returncode}: {printed}"]
    if "Traceback" in printed or (process.returncode and "error" not in printed):
        faults.append(printed)
    faults += [f"left behind: {path.name}" for path in small.rglob("*.part")]
    faults += [f"left behind: {path.name}" for path in (small / "tmp").iterdir()]
    return faults + [f"damaged: {path}" for path in damaged(small)]


def main(what: str, count: str) -> int:
    """Repeat accidents; print what is wrong."""
    with tempfile.TemporaryDirectory() as made:
        office = Office(Path(made) / "office")
        if what == "kills":
            faults = kills(office, int(count), seed=os.getpid())
        elif what == "runs":
            faults = runs(office, int(count))
        else:
            faults = disk(office, [round(8 * 1.6**k) for k in range(int(count))])
        print("\n".join(faults))
        print(f"{what}: {count} rounds, {len(faults)} faults")
        shutil.rmtree(office.folder, ignore_errors=True)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
