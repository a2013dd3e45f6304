"""Formulas of office files: placeholders in the text until pandoc has converted all formulas of a file together."""

from __future__ import annotations

from typing import Any

from publish.model import nodes as n

FORMULA = "formula"
"""Format of the placeholder of a formula; its text is the number of the formula, and `inline` or `display`."""


def tex_of(block: dict[str, Any]) -> str | None:
    """Return the TeX of a paragraph of pandoc's tree with one formula; None for any other paragraph."""
    content = block.get("c")
    inlines = content if isinstance(content, list) else []
    found = [x for x in inlines if isinstance(x, dict) and x.get("t") == "Math"]
    return str(found[0]["c"][1]).strip().removesuffix("{}") or None if len(found) == 1 else None


def placed(placeholder: n.RawInline, tex: str | None, letters: str) -> n.Inline:
    """Return what replaces a placeholder: the formula, or its characters if pandoc cannot convert it."""
    if tex is None:
        return n.Text(letters, span=placeholder.span)
    return n.Math(tex, display=placeholder.text.endswith("display"), span=placeholder.span)
