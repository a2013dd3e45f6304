"""Decode the bytes of a text file strictly."""

from __future__ import annotations

import re

from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.readers.base import Source

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Characters that XML 1.0 forbids, or that only some programs treat as line ends."""
_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
"""Characters that some programs treat as line ends; `decode` replaces each by a space, because no format can contain it."""


def decode(source: Source, *, keep: str = "") -> tuple[str, list[Diagnostic]]:
    """Decode a source as UTF-8, with line feeds as line ends and without the characters in `FORBIDDEN`.

    Args:
        source: The manuscript.
        keep: Forbidden characters that the reader uses and that are kept.

    Raises:
        PublishError: PUB-R003, if it contains no text; PUB-R004, if it is not UTF-8.
    """
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source.data[: error.start]
        span = Span(before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        message = f"Byte 0x{source.data[error.start]:02x} is not UTF-8"
        hint = "Convert the file, for example with `iconv -f WINDOWS-1252 -t UTF-8`"
        raise PublishError(make("PUB-R004", message, span=span, source=source.name, hint=hint)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise PublishError(make("PUB-R003", "Manuscript is empty", source=source.name))
    found: list[Diagnostic] = []
    for match in FORBIDDEN.finditer(text):
        if match.group() in keep:
            continue
        line = text.count("\n", 0, match.start()) + 1
        span = Span(line, match.start() - text.rfind("\n", 0, match.start()))
        done = "replaced by a space" if match.group() in _LINE_ENDS else "removed"
        message = f"Control character U+{ord(match.group()):04X} was {done}"
        found.append(make("PUB-R018", message, span=span, source=source.name))
    return without_forbidden(text, keep=keep), found


def without_forbidden(text: str, *, keep: str = "") -> str:
    """Remove the characters that no format can contain, or replace them by a space if they are line ends."""

    def instead(match: re.Match[str]) -> str:
        return match[0] if match[0] in keep else " " if match[0] in _LINE_ENDS else ""

    return FORBIDDEN.sub(instead, text)
