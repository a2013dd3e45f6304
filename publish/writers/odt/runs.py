"""Text with its properties, as strings of OpenDocument."""

from __future__ import annotations

import re

from publish.markup import escape, quoteattr
from publish.style.odt import language
from publish.writers.text_properties import TextProperties

_TOKENS = re.compile("([\t\n]| {2,})")
_CONTROLS = {"\t": "<text:tab/>", "\n": "<text:line-break/>"}


class Properties(TextProperties, frozen=True):
    """Properties of text in OpenDocument; the style has the name that a user sees."""

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
