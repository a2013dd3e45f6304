"""Output of the commands: results on standard output, diagnostics on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publish.cli import exits
from publish.diagnostics import Diagnostic, Severity, has_errors
from publish.diagnostics.render import as_json, as_sarif, as_text
from publish.storage import MEGABYTE, read_regular
from publish.terminal import one_line, printable

if TYPE_CHECKING:
    from publish.verify.source.proof import SourceProof


MOST_TEXT = 50 * MEGABYTE
"""Largest file from which an excerpt is shown."""


def say(text: str) -> None:
    """Write one line to standard output. Nothing in it can control the terminal or begin another line."""
    sys.stdout.write(f"{one_line(text)}\n")


def say_lines(text: str) -> None:
    """Write lines to standard output, such as a table or JSON. Nothing in them can control the terminal."""
    sys.stdout.write(f"{printable(text)}\n")


def say_coloured(text: str) -> None:
    """Write text with colours to standard output; the caller has made everything else in it printable."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """Write text and a line break to standard error, next to the diagnostics."""
    sys.stderr.write(f"{printable(text)}\n")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 note`, `2 notes`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def report(diagnostics: Sequence[Diagnostic], form: str = "text", *, quiet: bool = False) -> None:
    """Print diagnostics: as text on standard error, in other formats on standard output."""
    shown = [d for d in diagnostics if not quiet or d.severity is Severity.ERROR]
    if form == "json":
        say_lines(as_json(shown))
    elif form == "sarif":
        from publish.version import __version__

        say_lines(as_sarif(shown, __version__))
    elif shown:
        note(as_text(shown, _sources(shown)))


def _sources(diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """Return the text of the files that diagnostics refer to; skip files that are not text."""
    out: dict[str, str] = {}
    for name in {d.source for d in diagnostics if d.span is not None}:
        try:
            out[name] = read_regular(Path(name), MOST_TEXT).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError, ValueError):
            continue
    return out


def accounted(proof: SourceProof) -> str:
    """Return how many words of the source are accounted for, for the last line of a verification."""
    return f"{proof.accounted:,} of {proof.words:,} source words accounted for"


def exit_code(diagnostics: Iterable[Diagnostic]) -> int:
    """Return 2 if the command is wrong, 1 if a document or an output has an error, else 0."""
    found = list(diagnostics)
    if any(d.code in exits.USAGE_CODES and d.severity is Severity.ERROR for d in found):
        return exits.USAGE
    return exits.ERROR if has_errors(found) else exits.OK


def complain(diagnostics: Sequence[Diagnostic]) -> int:
    """Print diagnostics and return their exit code."""
    report(diagnostics)
    return exit_code(diagnostics) or exits.ERROR


def columns(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with aligned columns."""
    lines = [[one_line(cell) for cell in line] for line in (head, *rows)]
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines
    )
