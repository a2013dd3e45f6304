"""Text with its properties, as strings of OpenDocument."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from publish.markup import escape, quoteattr
from publish.model.language import runs_to_the_left
from publish.model.nodes import Attrs
from publish.style.odt import language

_TOKENS = re.compile("([\t\n]| {2,})")
_CONTROLS = {"\t": "<text:tab/>", "\n": "<text:line-break/>"}


class Properties(Struct, frozen=True):
    """Properties of text in addition to those of its paragraph."""

    style: str = ""
    """Character style, as a user sees it."""
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    strike: bool = False
    underline: bool = False
    superscript: bool = False
    subscript: bool = False
    language: str = ""
    right_to_left: bool = False

    def but(self, **changes: object) -> Properties:
        """Return a copy with these changes."""
        return replace(self, **changes)

    def spoken(self, attrs: Attrs) -> Properties:
        """Return a copy with the language and direction from attributes."""
        tag = attrs.get("lang")
        if not (tag or attrs.get("dir")):
            return self
        return self.but(language=tag or self.language, right_to_left=runs_to_the_left(attrs))

    @property
    def attributes(self) -> str:
        """The properties as attributes of `style:text-properties`; the style is not among them."""
        found = [
            'fo:font-weight="bold" style:font-weight-complex="bold"' if self.bold else "",
            'fo:font-style="italic" style:font-style-complex="italic"' if self.italic else "",
            'fo:font-variant="small-caps"' if self.small_caps else "",
            'style:text-line-through-style="solid" style:text-line-through-type="single"'
            if self.strike
            else "",
            'style:text-underline-style="solid" style:text-underline-width="auto" '
            'style:text-underline-color="font-color"'
            if self.underline
            else "",
            'style:text-position="super 58%"'
            if self.superscript
            else 'style:text-position="sub 58%"'
            if self.subscript
            else "",
            language(self.language) if self.language else "",
        ]
        return " ".join(filter(None, found))


PLAIN = Properties()


def text(characters: str) -> str:
    """Return characters; white space that a program would collapse becomes elements (6.1.2)."""
    return "".join(
        _CONTROLS.get(part)
        or (f' <text:s text:c="{len(part) - 1}"/>' if part.startswith("  ") else escape(part))
        for part in _TOKENS.split(characters)
    )


def inner_link(target: str, content: str) -> str:
    """Return a link to a place in the document, without the look of links to addresses."""
    style = 'text:style-name="Internal_20_link" text:visited-style-name="Internal_20_link"'
    return f'<text:a xlink:type="simple" xlink:href={quoteattr(f"#{target}")} {style}>{content}</text:a>'
