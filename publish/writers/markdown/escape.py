"""Escapes for characters with a meaning in Markdown."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"[\\`*_\[\]<>$|{}^~&]")
_HEADING = re.compile(r"[\\`*_\[\]<>$|{}^~&#]")
_START = re.compile(
    r"(?P<sign>[-+=#:(])|(?P<label>[0-9]{1,9}|[A-Za-z]{1,8})(?P<end>[.)])|(?P<caption>[^\W\d_]+\s?)(?P<colon>:)"
)
"""Start of a line that begins a heading, list, quotation, definition or caption."""


def escaped(text: str, *, heading: bool = False) -> str:
    """Return a text with escapes for use within a line."""
    pattern = _HEADING if heading else _ANYWHERE
    return pattern.sub(lambda match: f"\\{match[0]}", text.replace("\n", " "))


def line(text: str) -> str:
    """Return a line of Markdown that is a paragraph, whatever its first characters are."""
    match = _START.match(text)
    if match is None:
        return text
    for name in ("sign", "end", "colon"):
        if match[name]:
            at = match.start(name)
            return f"{text[:at]}\\{text[at:]}"
    return text


def code(text: str) -> str:
    """Return inline code."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = (
        " "
        if text.startswith("`") or text.endswith("`") or (text.strip() and text[0] == text[-1] == " ")
        else ""
    )
    return f"{fence}{pad}{text}{pad}{fence}"


def fence(text: str) -> str:
    """Return the fence of a code block."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    return "`" * (longest + 1)


def address(href: str) -> str:
    """Return the address of a link, for use in round brackets."""
    if re.search(r"[\s()<>\\]", href):
        return "<" + re.sub(r"[<>\\\n]", lambda match: f"%{ord(match[0]):02X}", href) + ">"
    return href


def value(text: str) -> str:
    """Return the value of an attribute or a title, in quotation marks."""
    return '"' + re.sub(r'[\\"]', lambda match: f"\\{match[0]}", " ".join(text.split())) + '"'
