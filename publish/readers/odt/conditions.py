"""Conditions and visibility: what LibreOffice shows of content that can be hidden (ODF 1.3, part 3, 7.7 and 19.778).

LibreOffice evaluates conditions when it opens a file. publish evaluates constants only; for other conditions it uses the
state that is stored in the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publish.readers.odt.names import TEXT

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_EQUAL = re.compile(r'("[^"]*"|-?\d+(?:\.\d+)?)\s*(==|!=|EQ|NEQ)\s*("[^"]*"|-?\d+(?:\.\d+)?)')
_TRUE, _FALSE = frozenset({"TRUE", "1"}), frozenset({"FALSE", "0"})


def holds(condition: str) -> bool | None:
    """Return whether a condition without variables is true; None for other conditions."""
    text = condition.partition(":")[2] if re.match(r"[a-z]+:", condition) else condition
    text = text.strip().strip('"').strip()
    if text.upper() in _TRUE | _FALSE:
        return text.upper() in _TRUE
    match = _EQUAL.fullmatch(text)
    return (match[1] == match[3]) == (match[2] in {"==", "EQ"}) if match else None


def is_hidden_field(element: Element) -> bool:
    """Return whether a field for hidden text, or for a hidden paragraph, hides it."""
    result = holds(element.get(TEXT + "condition", ""))
    return element.get(TEXT + "is-hidden") == "true" if result is None else result


def is_hidden_section(section: Element) -> bool:
    """Return whether LibreOffice hides a section."""
    display = section.get(TEXT + "display", "true")
    if display == "true":
        return False
    condition = section.get(TEXT + "condition", "")
    return not (condition and holds(condition) is False)


def hides_paragraph(paragraph: Element) -> bool:
    """Return whether a field in a paragraph hides all of it."""
    return any(is_hidden_field(e) for e in paragraph.iter(TEXT + "hidden-paragraph"))


def conditional_text(element: Element) -> str:
    """Return the text that a conditional text shows."""
    result = holds(element.get(TEXT + "condition", ""))
    if result is None:
        return "".join(str(t) for t in element.itertext())
    return element.get(TEXT + f"string-value-if-{'true' if result else 'false'}", "")
