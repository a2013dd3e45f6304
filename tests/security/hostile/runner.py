"""Run a command in a process of its own, and measure it."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import socket
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

SECONDS = 60
"""Time limit of a command."""

PRELOADED = [
    "publish.cli.build",
    "publish.cli.ingest",
    "publish.cli.deposit",
    "publish.verify.report",
    __name__,
]


class Outcome(NamedTuple):
    """What a command did."""

    code: int
    """Exit code; -1 if it was ended at the time limit or died."""
    printed: str
    seconds: float
    """Processor time."""
    megabytes: int
    """Peak memory."""
    network: bool
    """Whether it tried to reach the network."""


def run(words: Sequence[str], folder: Path) -> Outcome:
    """Run a command in a folder."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    mine, theirs = context.Pipe()
    process = context.Process(target=_work, args=([*words], str(folder), theirs))
    process.start()
    theirs.close()
    try:
        if mine.poll(SECONDS):
            return Outcome(*mine.recv())
    except EOFError:
        pass
    finally:
        process.kill()
        process.join()
    return Outcome(-1, f"ended: {process.exitcode}", SECONDS, 0, network=False)


def _work(words: list[str], folder: str, answer: Connection) -> None:
    from publish.cli.parser import run as run_command
    from publish.process import limit_memory, peak_memory

    tried = False

    def refuse(*_: object, **__: object) -> None:
        nonlocal tried
        tried = True
        raise OSError("no network")

    os.chdir(folder)
    socket.socket.connect = refuse  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = refuse  # type: ignore[assignment]
    limit_memory(2000)
    text = io.TextIOWrapper(io.BytesIO(), "utf-8", errors="backslashreplace")
    begun = time.process_time()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        try:
            code = run_command(words)
        except BaseException:  # noqa: BLE001 - the test looks for any exception
            import traceback

            traceback.print_exc(file=text)
            code = -1
    text.flush()
    printed = text.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    answer.send((code, printed, time.process_time() - begun, peak_memory(), tried))
