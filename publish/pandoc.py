"""Run pandoc, which publish uses for some source formats, some output formats and formulas; all else works without it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make


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
    return subprocess.run(  # noqa: S603 - the path comes from pypandoc, and no shell runs
        [program, *arguments],
        input=data,
        capture_output=True,
        timeout=seconds,
        check=True,
        cwd=folder,
        env=environment,
    )
