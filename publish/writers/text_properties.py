"""Properties of text that writers for office programs collect from the inlines around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.language import runs_to_the_left


class TextProperties(Struct, frozen=True):
    """Properties of text in addition to those of its paragraph."""

    style: str = ""
    """Character style."""
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    strike: bool = False
    underline: bool = False
    superscript: bool = False
    subscript: bool = False
    right_to_left: bool = False
    language: str = ""

    def but(self, **changes: object) -> Self:
        """Return a copy with these changes."""
        return replace(self, **changes)

    def spoken(self, attrs: n.Attrs) -> Self:
        """Return a copy with the language and direction from attributes."""
        language = attrs.get("lang")
        if not (language or attrs.get("dir")):
            return self
        return self.but(language=language or self.language, right_to_left=runs_to_the_left(attrs))


STYLED: dict[type[n.StyledInline], Callable[[Any, n.Node], Any]] = {
    n.Emphasis: lambda around, _: around.but(italic=not around.italic),
    n.Strong: lambda around, _: around.but(bold=True),
    n.SmallCaps: lambda around, _: around.but(small_caps=True),
    n.Superscript: lambda around, _: around.but(superscript=True),
    n.Subscript: lambda around, _: around.but(subscript=True),
    n.Underline: lambda around, _: around.but(underline=True),
    n.Strikethrough: lambda around, _: around.but(strike=True),
    n.InlineQuote: lambda around, inline: around.spoken(inline.attrs),
}
"""Properties of text in each styled inline, from the properties around it."""
