"""Tracked changes: accept or reject all of them before the text is read (ODF 1.3, part 3, 5.5).

Deleted content is stored apart from the text, with a mark at its place; some programs leave it in the text between two
marks. Inserted content is in the text, between two marks.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from publish.readers.odt.names import DC, DRAW, OFFICE, TABLE, TEXT, XML
from publish.readers.trees import local, remove

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PARAGRAPHS = (TEXT + "p", TEXT + "h")
MARKS = (TEXT + "change", TEXT + "change-start", TEXT + "change-end")

STORIES = frozenset(
    {
        TABLE + "table-cell", TABLE + "covered-table-cell", TEXT + "note-body", DRAW + "text-box", OFFICE + "text",
        OFFICE + "annotation", TEXT + "section",
    }
)  # fmt: skip
"""Elements whose paragraphs never join with a paragraph outside."""

KINDS = {"insertion": "insertions", "deletion": "deletions", "format-change": "formatting changes"}


class Change(NamedTuple):
    """A tracked change."""

    name: str
    """`insertion`, `deletion` or `format-change`."""
    author: str
    content: Element
    start: Element
    """Mark at which the change begins."""
    end: Element
    """Mark at which it ends; the same mark for content that is stored apart."""


def changes_in(body: Element) -> Iterator[Change]:
    """Yield the tracked changes of a text in document order; marks without a recorded change have no effect."""
    recorded: dict[str, Element] = {}
    for region in body.iter(TEXT + "changed-region"):
        for name in (region.get(XML + "id"), region.get(TEXT + "id")):
            if name and len(region):
                recorded.setdefault(name, region[0])
    opened: dict[str, Element] = {}
    for mark in list(body.iter(*MARKS)):
        identifier = mark.get(TEXT + "change-id", "")
        content = recorded.get(identifier)
        if content is None:
            continue
        if mark.tag == TEXT + "change-start":
            opened[identifier] = mark
        elif mark.tag == TEXT + "change":
            yield _change(content, mark, mark)
        elif identifier in opened:
            yield _change(content, opened.pop(identifier), mark)


def _change(content: Element, start: Element, end: Element) -> Change:
    author = content.findtext(f".//{DC}creator") or ""
    return Change(local(content), author, content, start, end)


def settle(body: Element, how: str) -> None:
    """Accept or reject all tracked changes of a text, in place.

    Args:
        body: The text.
        how: `accept` or `reject`.
    """
    found = list(changes_in(body))
    if how == "reject":
        for change in found:
            if change.name == "deletion" and change.start is change.end:
                _restore(change)
    dropped = "insertion" if how == "reject" else "deletion"
    for change in found:
        there = _is_inside(change.start, body) and _is_inside(change.end, body)
        if change.name == dropped and change.start is not change.end and there:
            _take_out(change.start, change.end)
    for element in list(body.iter(TEXT + "tracked-changes", *MARKS)):
        remove(element)


def _is_inside(element: Element, body: Element) -> bool:
    return any(ancestor is body for ancestor in element.iterancestors())


# Restore deleted content


def _restore(change: Change) -> None:
    """Put deleted content back at its mark."""
    mark = change.end
    blocks = [copy.deepcopy(e) for e in change.content if e.tag != OFFICE + "change-info" and local(e)]
    paragraph = _paragraph_of(mark)
    if paragraph is None:
        for block in blocks:
            block.tail = None
            mark.addprevious(block)
        return
    if not blocks:
        return
    first = blocks.pop(0) if blocks[0].tag in PARAGRAPHS else None
    if first is not None:
        _insert_before(mark, first)
    if not blocks:
        return
    rest = _split(paragraph, mark)
    last = blocks.pop() if blocks[-1].tag in PARAGRAPHS else None
    if last is not None:
        _prepend(rest, last)
    at = paragraph
    for block in blocks:
        block.tail = None
        at.addnext(block)
        at = block


def _insert_before(mark: Element, source: Element) -> None:
    """Move the content of a paragraph to the place before a mark."""
    if source.text:
        before, parent = mark.getprevious(), mark.getparent()
        if before is not None:
            before.tail = (before.tail or "") + source.text
        elif parent is not None:
            parent.text = (parent.text or "") + source.text
    for child in list(source):
        tail = child.tail
        mark.addprevious(child)
        child.tail = tail


def _prepend(paragraph: Element, source: Element) -> None:
    """Move the content of a paragraph to the beginning of another."""
    children = list(source)
    if children:
        children[-1].tail = (children[-1].tail or "") + (paragraph.text or "")
        paragraph.text = source.text
        paragraph[:0] = children
    else:
        paragraph.text = (source.text or "") + (paragraph.text or "")


def _split(paragraph: Element, mark: Element) -> Element:
    """Split a paragraph after a mark, with the elements around the mark; return the second part."""
    right: Element | None = None
    node = mark
    while node is not paragraph:
        parent = node.getparent()
        assert parent is not None, "Mark must be in the paragraph"
        half = parent.makeelement(parent.tag, {str(k): str(v) for k, v in parent.attrib.items()})
        following = list(node.itersiblings())
        if right is None:
            half.text, mark.tail = mark.tail, None
        else:
            half.append(right)
            right.tail, node.tail = node.tail, None
        half.extend(following)
        right, node = half, parent
    assert right is not None, "Mark must be in the paragraph"
    paragraph.addnext(right)
    right.tail, paragraph.tail = paragraph.tail, None
    return right


# Remove inserted content


def _take_out(start: Element, end: Element) -> None:
    """Remove everything between two marks, and join the paragraphs in which they are."""
    ancestors = [start, *start.iterancestors()]
    common = next(a for a in end.iterancestors() if a in ancestors)
    node = start
    while node.getparent() is not common:
        _clear_after(node)
        parent = node.getparent()
        assert parent is not None, "Marks must have a common ancestor"
        node = parent
    last = end
    while last.getparent() is not common:
        _clear_before(last)
        parent = last.getparent()
        assert parent is not None, "Marks must have a common ancestor"
        last = parent
    node.tail = None
    while (between := node.getnext()) is not None and between is not last:
        common.remove(between)
    first, second = _paragraph_of(start), _paragraph_of(end)
    if first is not None and second is not None and first is not second and _story(first) is _story(second):
        _join(first, second)


def _clear_after(node: Element) -> None:
    node.tail = None
    parent = node.getparent()
    if parent is not None:
        for sibling in list(node.itersiblings()):
            parent.remove(sibling)


def _clear_before(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.text = None
        for sibling in list(node.itersiblings(preceding=True)):
            parent.remove(sibling)


def _join(first: Element, second: Element) -> None:
    """Append the content of a paragraph to another, and remove it with the elements that become empty."""
    if second.text:
        if len(first):
            first[-1].tail = (first[-1].tail or "") + second.text
        else:
            first.text = (first.text or "") + second.text
    first.extend(list(second))
    empty: Element | None = second
    while empty is not None and empty.tag not in STORIES and not len(empty):
        parent = empty.getparent()
        if parent is not None:
            parent.remove(empty)
        empty = parent


def _paragraph_of(element: Element) -> Element | None:
    """Return the paragraph or heading that contains an element, within the same story."""
    for ancestor in element.iterancestors():
        if ancestor.tag in PARAGRAPHS:
            return ancestor
        if ancestor.tag in STORIES:
            return None
    return None


def _story(element: Element) -> Element | None:
    return next((a for a in element.iterancestors() if a.tag in STORIES), None)
