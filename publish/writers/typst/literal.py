"""Values in Typst's language (https://typst.app/docs/reference/syntax/)."""

from __future__ import annotations

from collections.abc import Iterable


def string(text: str) -> str:
    """Return a string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    # Control characters would make Typst stop reading the file.
    return (
        '"'
        + "".join(
            c if c.isprintable() or c in "\n\t" or ord(c) > 0x9F else f"\\u{{{ord(c):x}}}" for c in escaped
        )
        + '"'
    )


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
