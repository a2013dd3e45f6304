"""Runs: characters with their properties, as strings of WordprocessingML."""

from __future__ import annotations

import re

from publish.markup import escape, quoteattr
from publish.model.language import RTL_LETTERS
from publish.writers.text_properties import TextProperties

_TOKENS = {
    "\t": "<w:tab/>",
    "\n": "<w:br/>",
    "\u00ad": "<w:softHyphen/>",
    "\u2011": "<w:noBreakHyphen/>",
}
_SPLIT = re.compile("([\t\n\u00ad\u2011])")


class Properties(TextProperties, frozen=True):
    """Properties of a run, written in the order of the schema (CT_RPr)."""

    def xml(self) -> str:
        """Return the `w:rPr` element, or an empty string."""
        out = f'<w:rStyle w:val="{self.style}"/>' if self.style else ""
        # Letters of right-to-left scripts have separate switches (ECMA-376-1, 17.3.2.2).
        complex_too = self.right_to_left
        out += ("<w:b/>" + "<w:bCs/>" * complex_too) if self.bold else ""
        out += ("<w:i/>" + "<w:iCs/>" * complex_too) if self.italic else ""
        out += "<w:smallCaps/>" if self.small_caps else ""
        out += "<w:strike/>" if self.strike else ""
        out += '<w:u w:val="single"/>' if self.underline else ""
        out += '<w:vertAlign w:val="superscript"/>' if self.superscript else ""
        out += '<w:vertAlign w:val="subscript"/>' if self.subscript and not self.superscript else ""
        out += "<w:rtl/>" if self.right_to_left else ""
        kind = "bidi" if self.right_to_left else "val"
        out += f"<w:lang w:{kind}={quoteattr(self.language)}/>" if self.language else ""
        return f"<w:rPr>{out}</w:rPr>" if out else ""


PLAIN = Properties()
CALL = Properties(style="FootnoteReference")


def text(characters: str) -> str:
    """Return the content of a run for these characters."""
    return "".join(
        _TOKENS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _SPLIT.split(characters)
        if part
    )


def run(characters: str, properties: Properties = PLAIN) -> str:
    """Return a run, or an empty string if there are no characters."""
    return f"<w:r>{properties.xml()}{text(characters)}</w:r>" if characters else ""


_LEFTWARD = re.compile(f"([{RTL_LETTERS}](?:[^A-Za-z{RTL_LETTERS}]*[{RTL_LETTERS}])*)")


def text_run(characters: str, properties: Properties = PLAIN) -> str:
    """Return runs for a text, with right-to-left parts marked, because Word does not detect them."""
    if properties.right_to_left or _LEFTWARD.search(characters) is None:
        return run(characters, properties)
    parts = _LEFTWARD.split(characters)
    return "".join(run(part, properties.but(right_to_left=k % 2 == 1)) for k, part in enumerate(parts))


def field(instruction: str, shown: str, properties: Properties = PLAIN) -> str:
    """Return a complex field with its cached result (ECMA-376-1, 17.16.18)."""
    block_format = properties.xml()

    def char(kind: str) -> str:
        return f'<w:r>{block_format}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r>{block_format}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return f"{char('begin')}{code}{char('separate')}{run(shown, properties)}{char('end')}"


def letters(characters: str) -> str:
    """Return one `w:t` for each character.

    LibreOffice 7.4 recognises the text after a reference with `customMarkFollows` as its marker only if each character is a
    separate element. It prints a longer text twice.
    """
    return "".join(f"<w:t>{escape(character)}</w:t>" for character in characters)


def only_in_word(characters: str, properties: Properties) -> str:
    """Return a run that Word shows and LibreOffice does not (ISO/IEC 29500-3, 7.6).

    For the literal marker at the start of a note: LibreOffice 7.4 inserts that marker automatically. Word 2013 and later know
    the namespace that the choice requires; LibreOffice uses the empty fallback.
    """
    choice = f'<mc:Choice Requires="w15">{text(characters)}</mc:Choice>'
    return f"<w:r>{properties.xml()}<mc:AlternateContent>{choice}<mc:Fallback/></mc:AlternateContent></w:r>"
