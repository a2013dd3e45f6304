"""Position of a token in a style file."""

from __future__ import annotations

import re

from publish.diagnostics import Span

_TABLE = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def token_position(text: str, path: str) -> Span | None:
    """Return the line and column of a token.

    Args:
        text: The style file.
        path: The token as msgspec names it, such as `$.body.size` or `$.headings[1].size`.

    Returns:
        The position of the key, or of its table; None if the file contains neither.
    """
    steps = [name or f"#{index}" for name, index in _STEP.findall(path)]
    names = [step for step in steps if not step.startswith("#")]
    best: tuple[int, Span] | None = None
    table: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        header, key = _TABLE.match(line), _KEY.match(line)
        if header is not None:
            table = [part.strip('" ') for part in re.split(r"\.(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", header[2])]
            here, column = table, line.index("[") + 1
        elif key is not None:
            here, column = [*table, key[1].strip('"')], line.index(key[1]) + 1
        else:
            continue
        if here and here == names[: len(here)] and (best is None or len(here) > best[0]):
            best = len(here), Span(number, column)
    return best[1] if best is not None else None
