"""Values in Typst's language (https://typst.app/docs/reference/syntax/)."""

from __future__ import annotations

from collections.abc import Iterable


def string(text: str) -> str:
    """A string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    # What is no character of a text at all would end Typst's reading of the file.
    return (
        '"'
        + "".join(
            c if c.isprintable() or c in "\n\t" or ord(c) > 0x9F else f"\\u{{{ord(c):x}}}" for c in escaped
        )
        + '"'
    )


def text(characters: str) -> str:
    """Text as it is: within a string nothing is markup, and no quotation mark or dash is made into another."""
    return f"#{string(characters)};" if characters else ""


def label(name: str) -> str:
    """The name of a place, as links have it."""
    return f"label({string(name)})"


def array(values: Iterable[str]) -> str:
    """An array of expressions; one of a single value needs its comma."""
    listed = list(values)
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def pt(value: float) -> str:
    """A length in points."""
    return f"{value:g}pt"
