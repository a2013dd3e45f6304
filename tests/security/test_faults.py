"""Faults of the machine and of the user: one clear line and the right exit code, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publish import temporary
from tests.conftest import ROOT

pytestmark = pytest.mark.timeout(300)

PUBLISH = [sys.executable, "-m", "publish"]
DEAD = 2**22 + 1
"""Number of a process that cannot exist: larger than the kernel's limit."""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a shell, in a folder with a paper `a.md`."""
    (folder / "a.md").write_text("---\ntitle: T\n---\n\nTekst[^a].\n\n[^a]: Noot.\n")
    return subprocess.run(
        ["bash", "-c", command.replace("PUBLISH", " ".join(PUBLISH))],
        cwd=folder,
        env=environment(TMPDIR=str(folder)),
        timeout=60,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("PUBLISH formats > /dev/full", 1, b"No space left on device"),
        ("PUBLISH --help > /dev/full", 1, b"No space left on device"),
        ("PUBLISH build a.md -t html -o - > /dev/full", 1, b"No space left on device"),
        ("PUBLISH build a.md -t html >&-", 0, b""),
        ("PUBLISH build a.md -t html >&- 2>&-", 0, b""),
        ("PUBLISH --version >&-", 0, b""),
        ("PUBLISH build a.md -t html -o uit 2>/dev/full", 0, b""),
        ("PUBLISH formats | true", 0, b""),
        ("LC_ALL=C PYTHONUTF8=0 PUBLISH build a.md -t html -o $'\\xc3\\xa9'", 0, b""),
        ("cp a.md $'b\\xff.md'; PUBLISH build $'b\\xff.md' -t html -o uit", 0, b""),
        ("cp a.md $'b\\xff.md'; PUBLISH check $'b\\xff.md' --format json", 0, b""),
        ("cp a.md $'b\\xff.md'; PUBLISH check $'b\\xff.md' --format sarif", 0, b""),
        ("cp a.md $'b\\xff.md'; PUBLISH inspect $'b\\xff.md'", 0, b""),
        ("PUBLISH build $(printf 'x%.0s' {1..5000}).md", 1, b"File name too long"),
        ("PUBLISH build /dev/zero -t html", 1, b"not a regular file"),
        ("PUBLISH build s3://bucket/a.md", 1, b"s3://bucket/a.md"),
        ("PUBLISH build nosuch://bucket/a.md", 1, b"PUB-C003"),
        ("PUBLISH build . -t html -o nosuch://uit", 1, b"PUB-C003"),
        ("mkdir in; mv a.md in; PUBLISH build in -t html -o uit; echo x > uit/.publish/manifest.sqlite; "
         "PUBLISH build in -t html -o uit", 1, b"manifest"),
        ("mkdir $(printf 'x%.0s' {1..100}) in; mv a.md in; TMPDIR=$PWD/$(printf 'x%.0s' {1..100}) PUBLISH build in -t html "
         "-o uit", 0, b""),
        ("ulimit -n 24; PUBLISH build a.md -t html -o uit", 0, b""),
        ("PUBLISH verify a.md", 1, b""),
        ("mkfifo pijp; PUBLISH build pijp -t html", 1, b"not a regular file"),
    ],
)  # fmt: skip
def test_faults_are_reported(command: str, code: int, message: bytes, tmp_path: Path) -> None:
    done = shell(command, tmp_path)
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")
    assert message in done.stderr
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("delay", [0.3, 1.0])
def test_interrupted_command_leaves_nothing(number: int, code: int, delay: float, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: T\n---\n\n" + "Tekst en nog meer[^a].\n\n" * 3000 + "[^a]: Noot.\n"
    )
    process = subprocess.Popen(
        [*PUBLISH, "build", "a.md", "-o", "uit"],
        cwd=tmp_path,
        env=environment(TMPDIR=str(tmp_path)),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A shell that runs the tests in the background makes them ignore SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no other threads
    )
    time.sleep(delay)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    if process.returncode == -number:
        pytest.skip("the signal came before the program had started")
    assert process.returncode == code
    assert errors.decode().splitlines()[-1:] == ["interrupted"]
    assert b"Traceback" not in errors
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "uit") == ["a.md"]
    assert not list(tmp_path.rglob("*.part"))


def left_behind(folder: Path, name: str, *, age: float = 0.0) -> Path:
    """Make a file or folder as a killed run leaves it."""
    path = folder / name
    if name.startswith("publish-"):
        path.mkdir()
        (path / "inhoud").write_bytes(b"x")
    else:
        path.write_bytes(b"x")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_next_run_removes_what_a_killed_run_left_behind(tmp_path: Path) -> None:
    """Only files of ended processes and old files go; those of running processes and of other programs stay."""
    machine = temporary.made_by().partition("-")[0]
    output = tmp_path / "uit"
    output.mkdir()
    gone = [
        left_behind(output, f".a.html.{machine}-{DEAD}-0f.part"),
        left_behind(output, f".a.html.{'0' * 8}-{DEAD}-0f.part", age=2 * temporary.OLD),
        left_behind(output, f".a.html.{'0' * 32}.part", age=2 * temporary.OLD),
        left_behind(tmp_path, f"publish-{machine}-{DEAD}-abc_def1"),
    ]
    stays = [
        left_behind(output, f".a.html.{machine}-{os.getpid()}-0f.part"),
        left_behind(output, f".a.html.{'0' * 8}-{DEAD}-0f.part".replace(".a", ".b")),
        left_behind(output, ".eigen.part", age=2 * temporary.OLD),
        left_behind(tmp_path, f"publish-{machine}-{os.getpid()}-abcdefgh"),
        left_behind(tmp_path, "publish-eigen", age=2 * temporary.OLD),
    ]
    assert shell("PUBLISH build a.md -t html -o uit", tmp_path).returncode == 0
    assert [path.name for path in gone if path.exists()] == []
    assert [path.name for path in stays if not path.exists()] == []
