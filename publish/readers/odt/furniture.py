"""Headers and footers of the page styles that a text uses, which contain for example the date of a letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.readers.odt.names import DRAW, OFFICE, STYLE, TEXT
from publish.readers.odt.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

STANDARD = "Standard"
"""Name of the page style of the first page, unless a paragraph sets another."""


def furniture(styles: Styles, body: Element, kind: str) -> str:
    """Return the lines of all headers or footers that are shown, each line once.

    Args:
        styles: Styles of the file.
        body: Text of the file.
        kind: `header` or `footer`.
    """
    lines: dict[str, None] = {}
    for master in _used(styles, body):
        for name in (kind, f"{kind}-first", f"{kind}-left"):
            part = master.find(STYLE + name)
            if part is not None and part.get(STYLE + "display") != "false":
                lines.update(dict.fromkeys(_lines(part)))
    return "\n".join(lines)


def _used(styles: Styles, body: Element) -> Iterator[Element]:
    """Yield the page styles of a text, with those that follow them."""
    masters = {master.get(STYLE + "name", ""): master for master in styles.masters}
    names = [e.get(TEXT + "style-name", "") for e in body.iter(TEXT + "p", TEXT + "h")]
    used = [styles.master_of(name) for name in dict.fromkeys(names)]
    queue = [next(iter(filter(None, used)), ""), STANDARD, *used]
    seen: set[str] = set()
    while queue:
        name = queue.pop(0)
        if name in masters and name not in seen:
            seen.add(name)
            yield masters[name]
            queue.append(masters[name].get(STYLE + "next-style-name", ""))


def _lines(part: Element) -> Iterator[str]:
    for paragraph in part.iter(TEXT + "p", TEXT + "h"):
        text = " ".join("".join(_own(paragraph)).split())
        if text:
            yield text


def _own(element: Element) -> Iterator[str]:
    """Yield the characters of a paragraph, without those of frames that are anchored in it."""
    yield element.text or ""
    for child in element:
        if child.tag in {TEXT + "s", TEXT + "tab", TEXT + "line-break"}:
            yield " "
        elif isinstance(child.tag, str) and not child.tag.startswith((DRAW, OFFICE)):
            yield from _own(child)
        yield child.tail or ""
