"""Lines of Markdown: patterns of the lines that begin a block, and functions to take markup away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

FENCE = re.compile(r"\s*(`{3,}(?!.*`)|~{3,})")
NOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]:[ \t]?(.*)")
REFERENCE = re.compile(
    r" {0,3}\[([^\]\[^][^\]\[]*)\]:\s*<?(\S+?)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?\s*$"
)
DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
HEADING = re.compile(r" {0,3}#{1,6}(?:\s+(.*?))?(?:\s+#+)?\s*")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
ITEM = re.compile(
    r"(?P<indent>\s*)(?:(?P<bullet>[-*+])|(?P<label>\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,6})[.)]|\d{1,3}(?:[a-z]{1,2}|bis|ter|quater)[.)]|\d{1,3}[°º]))(?P<gap>\s+|$)"
)
END_ATTRIBUTES = re.compile(r"(?:[ \t]+|(?<![\]\s`*_]))\{[^{}]*\}[ \t]*$")
ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\s*")
CAPTION = re.compile(r"\s*(Table|Tabel|Tableau|Tabelle|Figure|Figuur|Abbildung)?\s*:\s+(?=\S)")
PAGE_BREAK = re.compile(r"\s*\\(?:newpage|pagebreak|clearpage)\s*")
HTML = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    r"figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|"
    r"noframes|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|"
    r"tr|track|ul)(?:[\s>]|/>|$)",
    re.IGNORECASE,
)
RAISED = re.compile(r"\s*<sup>\s*(\d{1,4}|[*†‡§]{1,4}|[a-z])\s*</sup>")


class Line(Struct, frozen=True):
    """A line and its number from 1."""

    number: int
    text: str


def is_definition(text: str) -> bool:
    """Return whether a line defines a note or a link."""
    return REFERENCE.match(text) is not None or NOTE.match(text) is not None


def unquoted(text: str) -> str:
    """Return a line without the marks of quotations."""
    return re.sub(r"^(?:\s{0,3}>\s?)+", "", text)


def without_markers(text: str) -> str:
    """Return a row without the markers of the list items that it begins."""
    text = unquoted(text)
    while (item := ITEM.match(text)) is not None and item["gap"]:
        text = text[item.end() :]
    return text


def is_code(text: str, lines: Sequence[Line], index: int) -> bool:
    """Return whether an indented line is code: it is indented by four spaces, and no list item precedes it."""
    if not text.startswith("    "):
        return False
    for line in reversed(lines[:index]):
        before = unquoted(line.text)
        if before.strip() and not before.startswith("    "):
            return (
                ITEM.match(before) is None and not re.match(r"\s*:\s", before) and not before.startswith(" ")
            )
    return True


def cells(text: str) -> list[str]:
    """Divide a row at the bars that are not escaped, also in code (GitHub Flavored Markdown 0.29, 4.10)."""
    guarded = text.strip().replace("\\|", "\ue002")
    guarded = guarded.removeprefix("|").removesuffix("|")
    return [cell.replace("\ue002", "|") for cell in guarded.split("|")]


def fence_of(text: str) -> str:
    """Return the characters that open or close a block of code; empty if the line does neither."""
    match = FENCE.match(without_markers(text))
    return match[1] if match else ""
