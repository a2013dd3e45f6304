"""Values in Typst's language (https://typst.app/docs/reference/syntax/)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Characters that would make Typst stop reading the file."""


def string(text: str) -> str:
    """Return a string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = _CONTROL.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", escaped)
    return f'"{escaped}"'


def text(characters: str) -> str:
    """Return text without changes: a string contains no markup, and Typst does not replace its quotation marks and dashes."""
    return f"#{string(characters)};" if characters else ""


def label(name: str) -> str:
    """Return the label of a position, for use in links."""
    return f"label({string(name)})"


def array(values: Iterable[str]) -> str:
    """Return an array of expressions; an array of a single value needs a comma."""
    listed = list(values)
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def pt(value: float) -> str:
    """Return a length in points."""
    return f"{value:g}pt"
