"""Run a job in a new process, so that limits of time and memory hold: for servers that receive files from others."""

from __future__ import annotations

import pickle
import subprocess
import sys

from publish.diagnostics import PublishError
from publish.engine.job import Result, run, run_in_memory
from publish.limits import died, memory_exceeded, time_exceeded
from publish.process import collect_rarely, limit_memory, module_command, write_no_core
from publish.request import Limits, Request


def run_isolated(request: Request, limits: Limits, *, in_memory: bool = False) -> Result:
    """Run a job in a new process.

    Args:
        request: The request.
        limits: The limits of the process.
        in_memory: Whether to return the files as bytes and write nothing to disk.

    Raises:
        PublishError: PUB-B001, PUB-B002 or PUB-B003, if the job exceeds a limit or its process dies.
    """
    try:
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            module_command("publish.engine.isolation"),
            input=pickle.dumps((request, limits, in_memory)),
            stdout=subprocess.PIPE,
            timeout=limits.timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PublishError(time_exceeded(limits.timeout, request.source)) from None
    if done.returncode:
        raise PublishError(died(done.returncode, request.source, limits.memory))
    result: Result = pickle.loads(done.stdout)  # noqa: S301 - written by our own process
    return result


def main() -> None:
    """Read a job from standard input, run it, and write its result to standard output."""
    output = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints
    request, limits, in_memory = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - written by our own process
    collect_rarely()
    write_no_core()
    limit_memory(limits.memory)
    try:
        result = (run_in_memory if in_memory else run)(request)
        answer = pickle.dumps(result)
    except MemoryError:
        answer = pickle.dumps(Result(request.source, (), (memory_exceeded(request.source),)))
    output.write(answer)


if __name__ == "__main__":
    main()
