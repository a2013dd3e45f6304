"""Limits of time and memory hold for a whole command and for isolated jobs, also in code that Python cannot interrupt."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import publish
from publish.diagnostics import PublishError
from tests.conftest import ROOT
from tests.support import codes

pytestmark = pytest.mark.timeout(300)

PLUGIN = '''
"""A writer that asks for more than it may have."""
import ctypes, os, signal, time
from publish.writers.base import Output

def write(document, context):
    how = os.environ["HOW"]
    if how == "sleep":
        time.sleep(60)
    elif how == "sleep in C":
        libc = ctypes.CDLL(None)
        while True:
            libc.sleep(60)
    elif how == "sleep for ever":
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        ctypes.PyDLL(None).sleep(60)  # holds the lock of the interpreter
    elif how == "memory":
        held = [bytearray(1_000_000) for _ in range(600)]
    elif how == "memory in C":
        libc = ctypes.CDLL(None)
        libc.malloc.restype = ctypes.c_void_p
        if libc.malloc(ctypes.c_size_t(600_000_000)) is None:
            os.abort()
    elif how == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif how.startswith("exit"):
        os._exit(int(how.split()[1]))
    return Output(b"x")

write.suffix = ".greedy"
'''
REGISTERED = "[publish.writers]\ngreedy = greedy:write\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a folder with a paper and a plug-in whose writer is greedy."""
    (tmp_path / "a.md").write_text("---\ntitle: T\n---\n\nTekst[^a].\n\n[^a]: Noot.\n")
    lib = tmp_path / "lib"
    (lib / "greedy-1.dist-info").mkdir(parents=True)
    (lib / "greedy.py").write_text(PLUGIN)
    (lib / "greedy-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: greedy\nVersion: 1\n")
    (lib / "greedy-1.dist-info/entry_points.txt").write_text(REGISTERED)
    return tmp_path


def environment(office: Path, how: str) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), str(office / "lib")])
    return {**os.environ, "PYTHONPATH": path, "HOW": how, "TMPDIR": str(office)}


def command(office: Path, how: str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "publish", "build", "a.md", *more, "-t", "greedy", "-o", "uit"],
        cwd=office, env=environment(office, how), capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip


TIMEOUT = ("--timeout", "1")
MEMORY = ("--memory", "300")


@pytest.mark.parametrize(
    ("how", "options", "code", "said"),
    [
        ("nothing", (), "", ""),
        ("sleep", TIMEOUT, "PUB-B001", "Time limit exceeded: 1 seconds"),
        ("sleep in C", TIMEOUT, "PUB-B001", "raise the limit with --timeout"),
        ("sleep for ever", TIMEOUT, "PUB-B001", "a.md"),
        ("memory", MEMORY, "PUB-B003", "Memory limit exceeded: 300 MB"),
        ("memory in C", MEMORY, "PUB-B002", "raise the limit with --memory"),
        ("crash", (), "PUB-B002", "Process died (SIGSEGV)"),
    ],
)
def test_a_command_ends_at_its_limits(
    how: str, options: tuple[str, ...], code: str, said: str, office: Path
) -> None:
    begun = time.monotonic()
    done = command(office, how, *options)
    assert done.returncode == (1 if code else 0), done.stderr
    assert code in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert time.monotonic() - begun < 40
    left = {path.name for path in office.iterdir()} - {"a.md", "lib", "uit"}
    assert not left


def test_a_limit_stops_only_its_manuscript(office: Path) -> None:
    (office / "b.md").write_bytes((office / "a.md").read_bytes())
    (office / "lib/greedy.py").write_text(
        (office / "lib/greedy.py").read_text().replace('os.environ["HOW"]', "{'a.md': 'sleep'}.get(document.document.source, '')")
    )  # fmt: skip
    done = command(office, "", "b.md", *TIMEOUT)
    assert done.returncode == 1
    assert "a.md: error: PUB-B001" in done.stderr
    assert [path.name for path in (office / "uit").iterdir()] == ["b.greedy"]


def test_the_exit_code_is_that_of_the_command(office: Path) -> None:
    assert command(office, "exit 7").returncode == 7


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_user_can_end_a_command_that_does_not_react(number: int, office: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "publish", "build", "a.md", "-t", "greedy", "-o", "uit"],
        cwd=office,
        env=environment(office, "sleep for ever"),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no other threads
    )
    time.sleep(3)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (128 + number, "interrupted\n")


def test_the_command_ends_with_its_parent(office: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "publish", "build", "a.md", "-t", "greedy", "-o", "uit"],
        cwd=office,
        env=environment(office, "sleep"),
    )
    time.sleep(3)
    (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    process.wait()
    time.sleep(1)
    assert not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text()


@pytest.mark.parametrize(
    "given", [("--timeout", "0"), ("--memory", "-1"), ("--timeout", "nan"), ("--memory", "veel")]
)
def test_wrong_limits_are_rejected(given: tuple[str, str], office: Path) -> None:
    done = command(office, "nothing", *given)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (office / "uit").exists()


@pytest.mark.parametrize("where", ["file", "environment"])
def test_limits_in_settings(where: str, office: Path) -> None:
    env = environment(office, "sleep")
    if where == "file":
        (office / "publish.toml").write_text("timeout = 1.5\n")
    else:
        env["PUBLISH_TIMEOUT"] = "1.5"
    done = subprocess.run(
        [sys.executable, "-m", "publish", "build", "a.md", "-t", "greedy"],
        cwd=office, env=env, capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert "Time limit exceeded: 1.5 seconds" in done.stderr


MANY = "---\ntitle: T\n---\n\n" + "Tekst en nog meer[^a].\n\n" * 20_000 + "[^a]: Noot.\n"


def bag(folder: Path, payload: dict[str, bytes]) -> None:
    """Write a bag with its manifests."""

    def manifest(files: dict[str, bytes]) -> bytes:
        return "".join(f"{hashlib.sha512(d).hexdigest()}  {n}\n" for n, d in files.items()).encode()

    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha512.txt": manifest(payload),
    }
    for name, data in {**payload, **tags, "tagmanifest-sha512.txt": manifest(tags)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("name", ["check", "inspect", "verify", "diff", "ingest", "deposit"])
def test_each_command_has_limits(name: str, office: Path) -> None:
    (office / "groot.md").write_text(MANY)
    publish.convert(office / "a.md", "html", office / "a.html", verify=False)
    page = b"<p>" + b"<b>x</b> " * 2_000_000
    bag(office / "pakket", {"data/publication/a.html": page, "data/publication/a.xhtml": page})
    words = {
        "verify": ["a.html", "--source", "groot.md"],
        "diff": ["a.md", "groot.md"],
        "ingest": ["pakket"],
        "deposit": ["groot.md", "-o", "uit"],
    }.get(name, ["groot.md"])
    done = subprocess.run(
        [sys.executable, "-m", "publish", name, *words, "--timeout", "0.5"],
        cwd=office, env=environment(office, ""), capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
    assert "PUB-B001" in done.stderr, done.stderr
    assert done.returncode == (2 if name == "diff" else 1)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("limits", "code"), [(publish.Limits(timeout=0.3), "PUB-B001"), (publish.Limits(memory=150), "PUB-B003")]
)
@pytest.mark.parametrize("output", [True, False])
def test_isolated_jobs_have_limits(limits: publish.Limits, code: str, output: bool, tmp_path: Path) -> None:  # noqa: FBT001
    with pytest.raises(PublishError) as caught:
        publish.convert(
            MANY.encode(), "docx", tmp_path / "uit" if output else None, name="groot.md", limits=limits
        )
    assert set(codes(caught.value.diagnostics)) & {code, "PUB-B002"}
    assert not list(tmp_path.rglob("*.docx"))


def test_isolated_jobs_give_the_same_result(tmp_path: Path) -> None:
    data, limits = b"---\ntitle: T\ndate: 2024-01-02\n---\n\nTekst[^a].\n\n[^a]: Noot.\n", publish.Limits()
    here = publish.convert(data, ["html", "akn"], None, name="a.md")
    there = publish.convert(data, ["html", "akn"], None, name="a.md", limits=limits)
    assert {k: o.data for k, o in here.outputs.items()} == {k: o.data for k, o in there.outputs.items()}
    assert there.report == here.report
    publish.convert(data, "html", tmp_path / "b.html", name="a.md", limits=limits)
    assert (tmp_path / "b.html").stat().st_size
