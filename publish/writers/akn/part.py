"""Input of the functions that write a body: one document and its content."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.akn.jurisdictions import Jurisdiction
from publish.akn.names import XML
from publish.model import nodes as n
from publish.writers.akn.content import AknContent
from publish.writers.akn.speakers import Speakers
from publish.writers.akn.xml import sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


NO_WRAPPERS: Mapping[str, str] = {}


class Part(Struct, frozen=True):
    """A document or a component of a document."""

    element: Element
    """Document element, which already contains the metadata."""
    content: AknContent
    jurisdiction: Jurisdiction
    title: tuple[n.Inline, ...]
    subtitle: str
    front: tuple[n.Block, ...]
    blocks: tuple[n.Block, ...]
    language: str
    speakers: Speakers
    component: Callable[[Element, n.Section, int], None]
    """Function that writes a section as a component with a number into the element of a collection."""
    prefix: str = ""
    """Prefix of the eIds of a component, such as `cmp_1`."""

    def eid(self, name: str) -> str:
        """Return the eId of an element that occurs once in a document."""
        return f"{self.prefix}__{name}" if self.prefix else name

    def sub(self, name: str, eid: str) -> Element:
        """Append a top-level part of the document, with its language."""
        language = {f"{{{XML}}}lang": self.language} if self.language else {}
        return sub(self.element, name, {"eId": self.eid(eid)} | language)

    def opening(self, name: str = "preface", wrappers: Mapping[str, str] = NO_WRAPPERS) -> Element | None:
        """Append the preface, or the header of a judgment, with title and front matter; return None if there is no content.

        Args:
            name: The element.
            wrappers: Elements for the content of a paragraph, by the role of the paragraph.
        """
        if not (self.title or self.front or self.subtitle):
            return None
        element = self.sub(name, name)
        self.content.title(element, self.title, self.subtitle, self.eid(name))
        context = self.eid(name)
        for block in self.front:
            tag = wrappers.get(block.role) if isinstance(block, n.Paragraph) else None
            if tag and isinstance(block, n.Paragraph):
                holder = sub(element, "p", {"eId": self.content.ids.new("p", context)})
                inner = sub(holder, tag, {"eId": self.content.ids.new(tag, context)})
                self.content.inlines(inner, block.inlines, context)
            else:
                self.content.block(element, block, context)
        return element


def first_section(blocks: Sequence[n.Block]) -> int:
    """Return the position of the first section among blocks, or the number of blocks if there is no section."""
    return next((k for k, block in enumerate(blocks) if isinstance(block, n.Section)), len(blocks))


def starts_with(title: str, words: tuple[str, ...]) -> str:
    """Return the longest of these words at the start of a heading, or an empty string."""
    lowered = title.lower()
    found = [
        word
        for word in words
        if lowered.startswith(word) and not lowered[len(word) : len(word) + 1].isalpha()
    ]
    return max(found, key=len, default="")
