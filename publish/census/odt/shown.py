"""Whether LibreOffice shows content that can be hidden."""

from __future__ import annotations

import re

from publish.census.odt.package import Element, at

_COMPARED = re.compile(r"(\"[^\"]*\"|[\d.]+)(==|!=)(\"[^\"]*\"|[\d.]+)")


def truth(element: Element) -> bool | None:
    """Return whether the condition of an element is true; None if it depends on variables."""
    text = re.sub(r"^[a-z]+:", "", at(element, "text:condition"))
    text = text.replace(" EQ ", "==").replace(" NEQ ", "!=").replace(" ", "")
    word = text.strip('"').upper()
    if word in {"TRUE", "1", "FALSE", "0"}:
        return word in {"TRUE", "1"}
    found = _COMPARED.fullmatch(text)
    return None if found is None else (found[1] == found[3]) == (found[2] == "==")


def hides(field: Element) -> bool:
    """Return whether a field hides its text or its paragraph."""
    found = truth(field)
    return found if found is not None else at(field, "text:is-hidden") == "true"


def section_hides(section: Element) -> bool:
    """Return whether a section is hidden."""
    if at(section, "text:display", "true") == "true":
        return False
    return not (at(section, "text:condition") and truth(section) is False)


def choice(field: Element) -> str:
    """Return what a conditional text shows."""
    found = truth(field)
    if found is None:
        return "".join(field.itertext())
    return at(field, f"text:string-value-if-{str(found).lower()}")
