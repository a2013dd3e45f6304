"""Text for a terminal: characters that would control the terminal, or reorder its line, are shown as escapes."""

from __future__ import annotations

import re

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters (ECMA-48), separators and controls of direction (UAX #9), and bytes of names that are not UTF-8."""

_BREAKS = str.maketrans({"\n": "\\n", "\t": " "})


def printable(text: str) -> str:
    r"""Return text with controls as `\u001b`, which is also a valid escape in a JSON string; line breaks stay."""
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def one_line(text: str) -> str:
    """Return text that cannot begin another line of output."""
    return printable(text).translate(_BREAKS)
