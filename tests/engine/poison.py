"""Simulate failures that a batch must survive; the name of the manuscript selects the failure."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from publish.engine.batch.work import Done, work
from publish.request import Request


def poisoned(job: Request) -> Done:
    """Publish a manuscript, unless its name selects a failure."""
    name = Path(job.source).stem
    if name.startswith("segfault"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if name.startswith("once") and not Path(job.output, "died").exists():
        Path(job.output, "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("hang"):
        time.sleep(600)
    if name.startswith("memory"):
        bytearray(8 * 1024**3)
    if name.startswith("error"):
        raise ZeroDivisionError("by zero")
    return work(job)
