"""Some jobs, done one after the other by a process of their own: what a worker of a cluster is handed.

The workers of a cluster are not ours: one that a manuscript takes down would take others' work with it. So each chunk is a child
process, with a pool of one worker in it, which may die as it may on one machine. Its answer is a line for each job, so that what was done
before the child itself was killed is not lost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import msgspec
from msgspec import Struct

from publish.engine.batch.work import Done
from publish.request import Request
from publish.version import __version__


class Chunk(Struct, frozen=True):
    """What is to be done, and by which version."""

    requests: tuple[Request, ...]
    seconds: float
    megabytes: int
    version: str = __version__


class Answer(Struct, frozen=True):
    """What came of one job: an outcome, or the code and message of a fate."""

    done: Done | None = None
    code: str = ""
    message: str = ""
    again: bool = False


def do(chunk: bytes) -> list[bytes]:
    """Do a chunk in a child process; for a worker of a cluster.

    Args:
        chunk: A `Chunk` as JSON.

    Returns:
        An `Answer` as JSON for each job, in their order.

    Raises:
        RuntimeError: the worker has another version of publish.
    """
    asked = msgspec.json.decode(chunk, type=Chunk)
    if asked.version != __version__:
        raise RuntimeError(f"Worker has publish {__version__}, not {asked.version}")
    command = [sys.executable, "-m", "publish.engine.batch.chunk"]
    done = subprocess.run(  # noqa: S603 - our own module
        command, input=chunk, capture_output=True, check=False
    )
    answers = done.stdout.splitlines()[: len(asked.requests)]
    said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
    lost = Answer(code="PUB-B002", message=f"Worker process ended ({done.returncode}) {said[0]}", again=True)
    return answers + [msgspec.json.encode(lost)] * (len(asked.requests) - len(answers))


def main() -> None:
    """Do the chunk on standard input; a line for each job on standard output."""
    from publish.engine.batch.job_failure import JobFailure, outcome
    from publish.engine.batch.pool import Processes

    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Chunk)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    pool = Processes(1, asked.seconds, asked.megabytes)
    for request in asked.requests:
        try:
            answer = Answer(done=outcome(pool.submit(request)))
        except JobFailure as fate:
            answer = Answer(code=fate.code, message=fate.message, again=fate.again)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
    pool.stop(now=False)


def _end_with(parent: int) -> None:
    """A child whose worker was killed has no one to answer to."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main()
