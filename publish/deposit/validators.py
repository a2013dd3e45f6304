"""External validators, if they are installed on this machine. Their results go into the package as events."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from publish.deposit.content import Event
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make

SECONDS = 300


class Validator(Struct, frozen=True):
    """A program whose exit code states whether a file conforms to its standard."""

    program: str
    suffix: str
    arguments: tuple[str, ...]
    standard: str


VALIDATORS: tuple[Validator, ...] = (
    Validator("verapdf", ".pdf", ("--flavour", "2a", "--format", "text"), "PDF/A-2a (ISO 19005-2)"),
    Validator("verapdf", ".pdf", ("--flavour", "ua1", "--format", "text"), "PDF/UA-1 (ISO 14289-1)"),
    Validator("epubcheck", ".epub", (), "EPUB 3.3"),
)


def validated(path: Path, name: str, variant: str) -> Iterator[Event]:
    """Yield the results of the validators for a file, under its name in the package.

    Raises:
        PublishError: PUB-D005, if a validator rejects the file.
    """
    for validator in (v for v in VALIDATORS if name.endswith(v.suffix)):
        program = shutil.which(validator.program)
        if program is None or (validator.suffix == ".pdf" and variant not in {"", "2a"}):
            continue
        done = subprocess.run(  # noqa: S603 - the program is from the table
            [program, *validator.arguments, path],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip()
            message = f"{validator.program} rejects {name}: {said[-300:]}"
            raise PublishError(make("PUB-D005", message, source=name))
        detail = f"against {validator.standard}"
        yield Event("validation", detail, "pass", agent=_version(program, validator), files=(name,))


def _version(program: str, validator: Validator) -> str:
    done = subprocess.run(  # noqa: S603 - the program is from the table
        [program, "--version"], capture_output=True, text=True, timeout=60, check=False
    )
    line = next(iter(done.stdout.strip().splitlines()), "") if not done.returncode else ""
    return f"{validator.program} {line.removeprefix(validator.program).strip()}".strip()
