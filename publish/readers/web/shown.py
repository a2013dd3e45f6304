"""Prepare a page so that pandoc reads what a browser shows: columns, list numbers, and no hidden elements."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from publish.model.account import AccountEntry
from publish.readers.trees import remove
from publish.readers.web.sheets import hidden_by_sheets, hides

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PLAIN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
"""What a census recognises too."""

UNSHOWN = frozenset({"template", "noscript", "datalist"})
"""Elements that a browser does not show."""

TYPE = "{http://www.idpf.org/2007/ops}type"
"""Attribute with the role of an element in EPUB."""

MAX_COLUMNS = 1000
"""Maximum number of columns of a table (HTML, 4.9.11)."""


def remove_hidden(body: Element, sheets: Sequence[str] = ()) -> tuple[int, list[AccountEntry]]:
    """Remove elements that a browser does not show.

    Args:
        body: The content of a page.
        sheets: Texts of the style sheets that the page links.

    Returns:
        The number of those that contain text, and the content that only CSS hides, which a census does not parse.
    """
    count = 0
    account: list[AccountEntry] = []
    by_sheets = set(hidden_by_sheets(body.getroottree().getroot(), sheets))
    for element in list(body.iter(etree.Element)):
        style = element.get("style") or ""
        plain = element.get("hidden") is not None or element.tag in UNSHOWN or _PLAIN.search(style)
        closed = element.get("popover") is not None
        is_hidden = plain or closed or hides(style) or element in by_sheets
        if element.getparent() is None or not is_hidden or _is_outside(element, body):
            continue
        count += bool("".join(map(str, element.itertext())).strip())
        account += [] if plain else _content("PUB-R036", element)
        remove(element)
    return count, account


def _is_outside(element: Element, body: Element) -> bool:
    """Return whether an element is in one that was removed."""
    return body is not element and body not in element.iterancestors()


def _content(code: str, element: Element) -> list[AccountEntry]:
    """Return the words, links and images of an element that is left out."""
    words = " ".join(" ".join(map(str, element.itertext())).split())
    out = [AccountEntry(code, words)] if words else []
    links = (link.get("href") or "" for link in element.iter("a"))
    out += (AccountEntry(code, href, "link") for href in links if href)
    return out + [AccountEntry(code, "", "image")] * sum(1 for _ in element.iter("img"))


def remove_navigation(body: Element) -> list[AccountEntry]:
    """Remove the navigation of a page, which pandoc drops; return its words and the addresses of its links."""
    out: list[AccountEntry] = []
    for element in list(body.iter("nav")):
        if element.getparent() is None:
            continue
        out += _content("PUB-R064", element)
        remove(element)
    return out


def drop_roles(body: Element) -> None:
    """Remove the roles of EPUB that are no longer needed, because pandoc drops title pages and lists with a role."""
    for element in body.iter(etree.Element):
        for name in (TYPE, "epub:type"):
            element.attrib.pop(name, "")
        if element.tag == "main":
            element.tag = "div"  # pandoc drops everything outside a main element


def complete_columns(body: Element) -> None:
    """Give each table with `col` elements one for each of its columns, because pandoc drops the cells of other columns.

    Pandoc takes the number of columns from the rows. If cells that cover several rows make a table wider than each of its
    rows, the first row gets empty cells.
    """
    for table in body.iter("table"):
        columns = [x for x in table.iter("col", "colgroup") if x.tag == "col" or x.find("col") is None]
        count = max(map(_columns, [table, *table.iter("thead", "tbody", "tfoot")]), default=0)
        rows = list(table.iter("tr"))
        if count > max(map(_width, rows), default=0):
            rows[0].extend(
                etree.Element(rows[0][-1].tag if len(rows[0]) else "td")
                for _ in range(count - _width(rows[0]))
            )
        if not columns:
            continue
        wide: list[Element] = []
        for column in columns:
            copies = min(max(_number(column.get("span"), 1), 1), MAX_COLUMNS)
            wide += (_column(column) for _ in range(copies))
        wide = [*wide[:count], *(etree.Element("col") for _ in range(count - len(wide)))]
        for group in [x for x in table if x.tag in {"col", "colgroup"}]:
            table.remove(group)
        group = etree.Element("colgroup")
        group.extend(wide)
        at = 1 if len(table) and table[0].tag == "caption" else 0
        table.insert(at, group)


def _column(given: Element) -> Element:
    column = etree.Element("col")
    for name in ("width", "style", "align"):
        if given.get(name):
            column.set(name, given.get(name, ""))
    return column


def _columns(section: Element) -> int:
    """Return the number of columns of the rows of a section, with the cells that reach into them from rows above."""
    count = 0
    until: dict[int, int] = {}
    """For each column, the row at which the cell from above ends."""
    for number, row in enumerate(child for child in section if child.tag == "tr"):
        at = 0
        for cell in (child for child in row if child.tag in {"td", "th"}):
            while until.get(at, 0) > number:
                at += 1
            across = min(max(_number(cell.get("colspan"), 1), 1), MAX_COLUMNS)
            down = max(_number(cell.get("rowspan"), 1), 1)
            if down > 1:
                until |= dict.fromkeys(range(at, at + across), number + down)
            at += across
            count = max(count, at)
    return count


def _width(row: Element) -> int:
    cells = (cell for cell in row if cell.tag in {"td", "th"})
    return sum(min(max(_number(cell.get("colspan"), 1), 1), MAX_COLUMNS) for cell in cells)


def number_items(body: Element) -> None:
    """Divide lists with numbers at items (`value`, `reversed`), because pandoc reads only the first number of a list."""
    for ordered in list(body.iter("ol")):
        items = [item for item in ordered if item.tag == "li"]
        down = ordered.get("reversed") is not None
        parent = ordered.getparent()
        if parent is None or not (down or any(item.get("value") for item in items)):
            continue
        number = _number(ordered.get("start"), len(items) if down else 1)
        last: Element | None = None
        lists: list[Element] = []
        for item in items:
            given = item.get("value")
            number = _number(given, number)
            if last is None or given is not None or down:
                last = etree.Element("ol", {"start": str(number), "type": ordered.get("type") or "1"})
                lists.append(last)
            last.append(copy.deepcopy(item))
            last[-1].attrib.pop("value", "")
            number += -1 if down else 1
        for new in lists:
            ordered.addprevious(new)
        if lists:
            lists[-1].tail = ordered.tail
        parent.remove(ordered)


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\s*-?\d{1,6}\s*", text) else default
