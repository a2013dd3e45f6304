"""Batches on a real Dask scheduler with real workers, one of which is killed; and URLs on a local S3 server."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from publish.engine.batch.chunk import Answer, Chunk, do
from publish.request import Limits
from publish.storage import as_path
from tests.engine.test_batch import PICTURE, paper
from tests.support import job

COUNT = 500
Build = Callable[..., subprocess.Popen[str]]


class Dask:
    """A scheduler and two workers with one thread each, all in separate processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = folder / "scheduler.json"
        self.processes = [self.start("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")]
        wait_for(self.known.exists, "a scheduler")
        self.address = str(json.loads(self.known.read_text("utf-8"))["address"]).replace("tcp://", "dask://")
        self.processes += [self.worker(name) for name in ("one", "two")]

    def worker(self, name: str) -> subprocess.Popen[bytes]:
        own = self.folder / name
        own.mkdir()
        options = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(own), "--name", name)
        # A separate working folder shows that no path depends on where a worker was started.
        return self.start("worker", *options, cwd=own)

    def start(self, what: str, *options: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{what}",
            "--scheduler-file",
            str(self.known),
            *options,
        ]
        log = (self.folder / f"{what}.log").open("ab")
        return subprocess.Popen(
            command, cwd=cwd or self.folder, stdout=log, stderr=log, start_new_session=True
        )

    def stop(self) -> None:
        for process in self.processes:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all its children, as if the machine had failed."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(there: Callable[[], object], what: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.1)


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    (tmp_path / "dask").mkdir()
    cluster = Dask(tmp_path / "dask")
    yield cluster
    cluster.stop()


def start(*arguments: str, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "publish", "build", *arguments]
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.timeout(600)
def test_batch_completes_after_a_worker_is_killed(dask: Dask, tmp_path: Path) -> None:
    for k in range(COUNT):
        paper(tmp_path / "papers", f"p{k:03}.md")
    options = ("papers", "-t", "html", "-t", "akn", "-o", "out", "--executor", dask.address)
    run = start(*options, "--report", "report.jsonl", cwd=tmp_path)
    out = tmp_path / "out"
    wait_for(lambda: out.exists() and len(list(out.glob("*.html"))) > COUNT // 5, "the first hundred papers")
    kill(dask.processes[2])
    said, complaints = run.communicate(timeout=400)
    assert run.returncode == 0, complaints + said
    assert f"{COUNT} done, 0 unchanged, 0 failed" in said

    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text("utf-8").splitlines()]
    assert sorted(Path(line["source"]).stem for line in lines) == [f"p{k:03}" for k in range(COUNT)]
    assert {line["status"] for line in lines} == {"done"}
    assert all(line["agrees"] for line in lines)
    assert {path.name for path in out.iterdir() if path.is_file()} == {
        f"p{k:03}{suffix}" for k in range(COUNT) for suffix in (".html", ".akn.xml", ".verify.json")
    }
    for path in out.glob("*.akn.xml"):
        etree.parse(path)
    again = start(*options, cwd=tmp_path)
    assert "0 done, 500 unchanged, 0 failed" in again.communicate(timeout=100)[0]


@pytest.mark.timeout(300)
def test_failed_job_does_not_affect_other_jobs(dask: Dask, tmp_path: Path) -> None:
    sources = [paper(tmp_path / "papers", f"p{k}.md") for k in range(3)]
    sources.append(paper(tmp_path / "papers", "slow.md", "| a |\n" * 400_000))
    (tmp_path / "papers" / "empty.md").write_text("", "utf-8")
    run = start(
        "papers",
        "-t",
        "html",
        "-o",
        "out",
        "--executor",
        dask.address,
        "--timeout",
        "4",
        "--report",
        "r.jsonl",
        cwd=tmp_path,
    )
    _, complaints = run.communicate(timeout=200)
    assert run.returncode == 1
    lines = {
        Path(line["source"]).stem: line
        for line in map(json.loads, (tmp_path / "r.jsonl").read_text("utf-8").splitlines())
    }
    assert {name for name, line in lines.items() if line["status"] == "done"} == {"p0", "p1", "p2"}
    assert [d["code"] for d in lines["empty"]["diagnostics"]] == ["PUB-R003"]
    assert "PUB-B001" in complaints or "PUB-R031" in complaints


@pytest.mark.parametrize("address", ["dask://127.0.0.1:9", "ray://127.0.0.1:9"])
def test_unreachable_cluster_is_reported(address: str, tmp_path: Path) -> None:
    paper(tmp_path, "a.md")
    run = start("a.md", "-t", "html", "--executor", address, cwd=tmp_path)
    _, complaints = run.communicate(timeout=100)
    assert run.returncode == (1 if address.startswith("dask") else 2)
    assert ("PUB-C003" if address.startswith("dask") else "PUB-C001") in complaints
    assert "Traceback" not in complaints


def test_chunk_returns_an_answer_per_job_and_rejects_another_version(tmp_path: Path) -> None:
    import msgspec

    sources = [paper(tmp_path, "a.md"), tmp_path / "missing.md"]
    jobs = tuple(job(str(s), ("html",), str(tmp_path / "out")) for s in sources)
    answers = [
        msgspec.json.decode(line, type=Answer) for line in do(msgspec.json.encode(Chunk(jobs, Limits())))
    ]
    assert [a.done is not None and a.done.ok for a in answers] == [True, False]
    assert answers[1].done is not None
    assert [d.code for d in answers[1].done.diagnostics] == ["PUB-R001"]
    with pytest.raises(RuntimeError, match=r"version 0\.0\.1 is required"):
        do(msgspec.json.encode(Chunk(jobs, Limits(), "0.0.1")))


# URLs


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a local S3 server (moto, with the real protocol) and yield the environment variables that point to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("moto_server"), "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path_factory.mktemp("s3"),
    )
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return True
        except OSError:
            return False

    wait_for(answers, "an S3 server")
    request = urllib.request.Request(f"{url}/office", method="PUT")
    urllib.request.urlopen(request, timeout=5).close()
    yield {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.kill()
    server.wait()


def test_build_reads_from_and_writes_to_s3(
    s3: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    root = "s3://office/in"
    text = "---\ntitle: {0}\nlang: nl\n---\n\n![Een kaart](dagen.png)\n\nTekst {0}.[^1]\n\n[^1]: Noot.\n"
    for name in ("a", "2024/b"):
        as_path(f"{root}/{name}.md").write_text(text.format(name), "utf-8")
    as_path(f"{root}/dagen.png").write_bytes(PICTURE.read_bytes())
    as_path(f"{root}/2024/dagen.png").write_bytes(PICTURE.read_bytes())
    options = (f"{root}/", "-t", "html", "-t", "akn", "-t", "docx", "-o", "s3://office/out", "-j", "2")

    run = start(*options, cwd=tmp_path)
    said, complaints = run.communicate(timeout=200)
    assert run.returncode == 0, complaints
    assert "2 done, 0 unchanged, 0 failed" in said
    written = {
        str(p).removeprefix("s3://office/out/") for p in as_path("s3://office/out").rglob("*") if p.is_file()
    }
    assert {"a.html", "2024/b.html", "2024/b.akn.xml", "a.docx", "a.verify.json"} <= written
    assert not [name for name in written if name.endswith(".part")]
    assert as_path("s3://office/out/2024/b.html").read_bytes().count(b"data:image/png") == 1

    again = start(*options, cwd=tmp_path)
    assert "0 done, 2 unchanged" in again.communicate(timeout=100)[0]
    as_path(f"{root}/a.md").write_text(text.format("changed"), "utf-8")
    third = start(*options, cwd=tmp_path)
    assert "1 done, 1 unchanged" in third.communicate(timeout=100)[0]


def test_file_url_is_built_and_wrong_urls_are_reported(tmp_path: Path) -> None:
    paper(tmp_path, "a.md")
    run = start(f"file://{tmp_path}/a.md", "-t", "html", "-o", f"file://{tmp_path}/out", cwd=tmp_path)
    assert run.wait(60) == 0
    assert (tmp_path / "out" / "a.html").is_file()
    for source, code in (("s3://nowhere.invalid/a.md", "PUB-R0"), ("nosuch://a/b.md", "PUB-C003")):
        bad = start(
            source, "-t", "html", cwd=tmp_path, AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_MAX_ATTEMPTS="1"
        )
        _, complaints = bad.communicate(timeout=100)
        assert bad.returncode == 1
        assert code in complaints
        assert "Traceback" not in complaints
