"""Chunk of jobs that a cluster worker runs one after the other in a separate process.

Other users may share the workers of a cluster. If a manuscript crashed a worker, their work would be lost too. So each
chunk runs in a child process with a pool of one worker, which may die as on a single machine. The child writes one line
per job, so that finished jobs are not lost if the child itself is killed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import msgspec
from msgspec import Struct

from publish.diagnostics import Diagnostic
from publish.diagnostics.codes import make
from publish.engine.batch.work import Done
from publish.process import module_command
from publish.request import Limits, Request
from publish.version import __version__


class Chunk(Struct, frozen=True):
    """Jobs to run, and the version of publish that must run them."""

    requests: tuple[Request, ...]
    limits: Limits
    version: str = __version__


class Answer(Struct, frozen=True):
    """Result of one job: an outcome, or a `JobFailure`."""

    done: Done | None = None
    failure: Diagnostic | None = None
    again: bool = False


def do(chunk: bytes) -> list[bytes]:
    """Run a chunk in a child process. A cluster worker calls this function.

    Args:
        chunk: A `Chunk` as JSON.

    Returns:
        An `Answer` as JSON for each job, in the order of the jobs.

    Raises:
        RuntimeError: if the worker has another version of publish.
    """
    asked = msgspec.json.decode(chunk, type=Chunk)
    if asked.version != __version__:
        raise RuntimeError(
            f"Worker runs version {__version__} of publish; version {asked.version} is required"
        )
    command = module_command("publish.engine.batch.chunk")
    done = subprocess.run(  # noqa: S603 - fixed command, no shell
        command, input=chunk, capture_output=True, check=False
    )
    answers = done.stdout.splitlines()[: len(asked.requests)]
    said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
    message = f"Worker process ended ({done.returncode}) {said[0]}"
    lost = (
        Answer(failure=make("PUB-B002", message, source=request.source), again=True)
        for request in asked.requests[len(answers) :]
    )
    return answers + [msgspec.json.encode(answer) for answer in lost]


def main() -> None:
    """Read a chunk from standard input, run it, and write one line per job to standard output."""
    from publish.engine.batch.job_failure import JobFailure, outcome
    from publish.engine.batch.pool import Processes

    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Chunk)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    pool = Processes(1, asked.limits)
    for request in asked.requests:
        try:
            answer = Answer(done=outcome(pool.submit(request), request.source, asked.limits))
        except JobFailure as fate:
            answer = Answer(failure=fate.diagnostic, again=fate.again)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
    pool.stop(now=False)


def _end_with(parent: int) -> None:
    """Exit when the parent process ends, because nothing reads the answers any more."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main()
