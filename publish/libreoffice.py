"""Run LibreOffice, which publish uses to draw images in the formats of Windows (EMF, WMF); all else works without it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.process import limit_processor_time

PROGRAMS = ("soffice", "libreoffice")

KEPT = ("PATH", "LANG", "LC_ALL", "SystemRoot", "TEMP", "TMP")
"""Environment variables that LibreOffice gets."""


def convert(source: Path, form: str, folder: Path, seconds: float) -> Path:
    """Convert a file with LibreOffice, with a profile of its own.

    Args:
        source: The file.
        form: The suffix of the result, without a dot.
        folder: An empty folder for the result and the profile.
        seconds: Time limit.

    Raises:
        PublishError: PUB-C004, if LibreOffice is not installed.
        OSError: if it cannot convert the file, or takes too long.
    """
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), "")
    if not program:
        hint = "Install LibreOffice (Writer is enough)"
        raise PublishError(make("PUB-C004", "Program not installed: LibreOffice", hint=hint))
    profile = (folder / "profile").resolve().as_uri()
    options = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
    command = [
        program, f"-env:UserInstallation={profile}", *options, "--convert-to", form, "--outdir", str(folder), str(source),
    ]  # fmt: skip
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(folder)}
    with subprocess.Popen(  # noqa: S603 - no shell; the arguments are paths that publish made
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        limit_processor_time(process.pid, seconds)
        try:
            process.wait(seconds)
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise TimeoutError(f"LibreOffice took longer than {seconds:g} seconds") from None
            raise
    made = folder / f"{source.stem}.{form}"
    if not made.is_file():
        raise OSError(f"LibreOffice made no file (exit code {process.returncode})")
    return made


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the program that it starts."""
    import signal

    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):  # it has ended, or the system has no process groups
        process.kill()
