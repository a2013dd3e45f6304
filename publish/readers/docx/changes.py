"""Tracked changes: accept or reject all of them in a part before it is read (ECMA-376, part 1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from publish.readers.docx.names import OM, W, value
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

INSERTED = frozenset({"ins", "moveTo", "cellIns"})
DELETED = frozenset({"del", "moveFrom", "cellDel"})

FORMATTED = frozenset(
    {
        "rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "sectPrChange", "tblGridChange",
        "numberingChange", "cellMerge",
    }
)  # fmt: skip
"""Elements that contain earlier properties, or that mark merged cells."""

ALL = tuple(W + name for name in sorted(INSERTED | DELETED | FORMATTED))

DROPPED: dict[str, frozenset[str]] = {"accept": DELETED, "reject": INSERTED}
"""Changes whose content is left out, by the setting of the user."""

MARKERS = frozenset(
    [
        "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd",
        *(f"{kind}Range{end}" for kind in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom",
          "customXmlMoveTo") for end in ("Start", "End")),
    ]
)  # fmt: skip
"""Elements between paragraphs that do not separate them."""

OWN = {
    "pPr": frozenset({"rPr", "sectPr"}),
    "sectPr": frozenset({"headerReference", "footerReference"}),
    "tcPr": frozenset({"cellIns", "cellDel"}),
    "trPr": frozenset({"ins", "del"}),
    "rPr": frozenset({"ins", "del", "moveFrom", "moveTo"}),
}
"""Properties that earlier properties do not contain: they stay when a change is rejected."""


class Change(NamedTuple):
    """A tracked change."""

    name: str
    author: str
    paragraph: int
    """Number of the paragraph that contains it or precedes it, from 1."""

    @property
    def kind(self) -> str:
        """What was changed, for a message."""
        if self.name in FORMATTED:
            return "formatting changes"
        return "insertions" if self.name in INSERTED else "deletions"


def changes_in(root: Element) -> Iterator[Change]:
    """Yield the tracked changes of a part in document order."""
    paragraph = 0
    for element in root.iter(W + "p", *ALL):
        if element.tag == W + "p":
            paragraph += 1
        else:
            yield Change(local(element), value(element, "author"), max(paragraph, 1))


def settle(root: Element, how: str) -> None:
    """Accept or reject all tracked changes of a part, in place.

    Args:
        root: The part.
        how: `accept` or `reject`.
    """
    dropped = DROPPED[how]
    for element in list(root.iter(*ALL)):
        name, parent = local(element), element.getparent()
        holder = local(parent) if parent is not None else ""
        if parent is None or holder == "rPr":
            continue  # the mark of a paragraph, or the properties of a run
        if name in FORMATTED:
            continue
        if holder in {"trPr", "tcPr"}:
            _mark(element, parent.getparent(), dropped=name in dropped)
        elif holder == "numPr":
            _mark(element, parent, dropped=name in dropped)
        elif parent.tag == OM + "ctrlPr":
            properties = parent.getparent()
            _mark(
                element, properties.getparent() if properties is not None else None, dropped=name in dropped
            )
        elif name in dropped:
            parent.remove(element)
        else:
            _unwrap(element, parent)
    for change in list(root.iter(*(W + name for name in FORMATTED))):
        _settle_properties(change, rejected=how == "reject")
    _remove_empty_rows(root)
    for paragraph in list(root.iter(W + "p")):
        _settle_end(paragraph, dropped)


def _mark(mark: Element, marked: Element | None, *, dropped: bool) -> None:
    """Settle a change whose mark is among the properties of a row, cell, numbering or formula."""
    above = marked.getparent() if marked is not None else None
    parent = mark.getparent()
    if dropped and marked is not None and above is not None:
        above.remove(marked)
    elif parent is not None:
        parent.remove(mark)


def _unwrap(element: Element, parent: Element) -> None:
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def _settle_properties(change: Element, *, rejected: bool) -> None:
    holder = change.getparent()
    if holder is None:
        return
    holder.remove(change)
    if local(change) == "cellMerge":
        _settle_merge(change, holder, "vMergeOrig" if rejected else "vMerge")
        return
    earlier = next(iter(change), None)
    if not rejected or earlier is None or local(earlier) != local(holder):
        return
    kept = OWN.get(local(holder), frozenset())
    for child in list(holder):
        if local(child) not in kept:
            holder.remove(child)
    holder[:0] = list(earlier)


def _settle_merge(change: Element, properties: Element, attribute: str) -> None:
    """Merge a cell with the cell above it, or separate it, as a change of merged cells says (17.13.5.3)."""
    merged = {"rest": "restart", "cont": "continue"}.get(value(change, attribute), "")
    for existing in properties.findall(W + "vMerge"):
        properties.remove(existing)
    if merged:
        properties.append(properties.makeelement(W + "vMerge", {W + "val": merged}))


def _remove_empty_rows(root: Element) -> None:
    """Remove rows whose cells were all removed, and then tables without rows."""
    for name, content in (("tr", "tc"), ("tbl", "tr")):
        for element in list(root.iter(W + name)):
            parent = element.getparent()
            if parent is not None and next(element.iter(W + content), None) is None:
                parent.remove(element)


def _settle_end(paragraph: Element, dropped: frozenset[str]) -> None:
    """Join a paragraph with the next one of the same container if its end is dropped (17.13.5.15).

    At the end of a cell, a note or the body, and before a table, the paragraph stays.
    """
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    marks = [] if properties is None else [x for x in properties if local(x) in INSERTED | DELETED]
    after = _next_paragraph(paragraph)
    if any(local(mark) in dropped for mark in marks) and after is not None:
        own = after.find(W + "pPr")
        start = 0 if own is None else after.index(own) + 1
        after[start:start] = [child for child in paragraph if child.tag != W + "pPr"]
        parent = paragraph.getparent()
        if parent is not None:
            parent.remove(paragraph)
        return
    for mark in marks:
        if properties is not None:
            properties.remove(mark)


def _next_paragraph(paragraph: Element) -> Element | None:
    after = paragraph.getnext()
    while after is not None and local(after) in MARKERS:
        after = after.getnext()
    return after if after is not None and after.tag == W + "p" else None
