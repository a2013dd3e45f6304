"""Acts and bills: a hierarchy of chapters, articles and sections, each with its number, heading and content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from publish.model import nodes as n
from publish.model import roles
from publish.model.outline import ungrouped
from publish.model.text import plain_text, split, trimmed
from publish.model.walk import inlines_in
from publish.writers.akn.part import Part, first_section, starts_with
from publish.writers.akn.xml import sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ELEMENTS = ("book", "part", "title", "chapter", "section", "article")
"""Elements of the hierarchy that the heading of a section can name, from outermost to innermost."""

GLOBAL = frozenset({"article"})
"""Elements that are numbered through the whole document, so their eIds need no prefix (Naming Convention, 5.4.3)."""

_NUMBER = re.compile(
    r"\s*(?P<number>\d[\w.:/-]*\w|\d|[IVXLCDM]+[a-z]?|[A-Z])(?P<end>[.:)]?)(?=\s|$)\s*(?:[–—-]\s+)?"
)
"""Number after the name of an element: digits, a Roman numeral or a letter."""


def write(part: Part) -> None:
    """Append preface, preamble and body."""
    part.opening()
    blocks = ungrouped(part.blocks)
    first = first_section(blocks)
    content = part.content
    if 0 < first < len(blocks):
        content.blocks(part.sub("preamble", "preamble"), blocks[:first], part.eid("preamble"))
        blocks = blocks[first:]
    body = part.sub("body", "body")
    _children(body, part, blocks, part.prefix)
    if not len(body):
        _loose(body, part, (), part.prefix)


def _children(parent: Element, part: Part, blocks: tuple[n.Block, ...], context: str) -> None:
    """Append sections as elements of the hierarchy, and the blocks between them as separate containers."""
    loose: list[n.Block] = []
    for block in blocks:
        if isinstance(block, n.Section):
            if loose:
                _loose(parent, part, tuple(loose), context)
                loose.clear()
            _section(parent, part, block, context)
        else:
            loose.append(block)
    if loose:
        _loose(parent, part, tuple(loose), context)


def _loose(parent: Element, part: Part, blocks: tuple[n.Block, ...], context: str) -> None:
    eid = part.content.ids.new("hcontainer", context)
    element = sub(parent, "hcontainer", {"eId": eid, "name": "text"})
    _content(element, part, blocks, eid)


def _content(element: Element, part: Part, blocks: tuple[n.Block, ...], context: str) -> None:
    holder = sub(element, "content", {"eId": part.content.ids.new("content", context)})
    part.content.blocks(holder, blocks, context)
    if not len(holder):
        part.content.empty(holder, context)


def _section(parent: Element, part: Part, section: n.Section, context: str) -> None:
    content = part.content
    name, num, heading = head_of(section.title, part)
    prefix = "" if name in GLOBAL else context
    eid = content.ids.of_number(name, _digits(plain_text(num)), prefix)
    element = sub(parent, name, {"eId": eid} | ({"name": "section"} if name == "hcontainer" else {}))
    content.remember(section, element)
    if num:
        content.inlines(sub(element, "num", {"eId": f"{eid}__num"}), num, eid)
    if plain_text(heading).strip() or not num:
        content.inlines(sub(element, "heading", {"eId": f"{eid}__heading"}), heading, eid)
    blocks = ungrouped(section.blocks)
    first = first_section(blocks)
    if first == len(blocks):
        if blocks:
            _content(element, part, blocks, eid)
        return
    if first:
        holder = sub(element, "intro", {"eId": content.ids.new("intro", eid)})
        content.blocks(holder, blocks[:first], eid)
    _children(element, part, blocks[first:], eid)


def head_of(
    title: tuple[n.Inline, ...], part: Part
) -> tuple[str, tuple[n.Inline, ...], tuple[n.Inline, ...]]:
    """Return the element that a heading names, its printed number ("Artikel 3."), and the rest of the heading."""
    label = roles.label_of(title)
    if label:
        return "section", trimmed(label), title[1:]
    text = plain_text(title)
    for name in ELEMENTS:
        word = starts_with(text, part.jurisdiction.containers.get(name, ()))
        match = _NUMBER.match(text, len(word)) if word else None
        if match:
            number, rest = split(title, match.end("end"))
            _, heading = split(rest, match.end() - match.end("end"))
            if _links(number) + _links(heading) == _links(title):
                return name, number, heading
    return "hcontainer", (), title


def _links(inlines: tuple[n.Inline, ...]) -> int:
    """Return the number of links in a text; a link that was split in two counts twice."""
    kinds = (n.Link, n.CrossReference, n.Citation, n.NoteCrossReference)
    return sum(isinstance(inline, kinds) for inline in inlines_in(inlines))


def _digits(printed: str) -> str:
    """Return the number in "Artikel 3." or "§ 2.1": the last word of the printed text."""
    return printed.rsplit(maxsplit=1)[-1] if printed.split() else ""
