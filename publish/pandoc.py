"""Run pandoc, which publish uses for some source formats, some output formats and formulas; all else works without it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.process import limit_processor_time


def run_pandoc(
    arguments: Sequence[str],
    data: bytes,
    seconds: float,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run pandoc without a shell.

    Args:
        arguments: Options of pandoc.
        data: The file, for its standard input.
        seconds: Time limit.
        folder: Current folder of pandoc.
        environment: All environment variables; None for those of this process.

    Raises:
        PublishError: PUB-C004, if pandoc is not installed.
        subprocess.CalledProcessError: if pandoc rejects the file; its message is in `stderr`.
        subprocess.TimeoutExpired: if pandoc exceeds the time limit.
    """
    try:
        import pypandoc

        program = pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        hint = f"Run: {sys.executable} -m pip install pypandoc_binary"
        raise PublishError(make("PUB-C004", "Program not installed: pandoc", hint=hint)) from None
    command = [program, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - the path comes from pypandoc, and no shell runs
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder, env=environment
    ) as process:
        # pandoc also ends if this process is killed and can no longer end it.
        limit_processor_time(process.pid, seconds)
        try:
            output, errors = process.communicate(data, timeout=seconds)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output, errors)
    return subprocess.CompletedProcess(command, 0, output, errors)
