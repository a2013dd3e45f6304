"""What the writers of bodies are given: one document that is about to get its content."""

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
    """A document, or a component of one."""

    element: Element
    """The document element; its metadata are there."""
    content: AknContent
    jurisdiction: Jurisdiction
    title: tuple[n.Inline, ...]
    subtitle: str
    front: tuple[n.Block, ...]
    blocks: tuple[n.Block, ...]
    language: str
    speakers: Speakers
    component: Callable[[Element, n.Section, int], None]
    """Writes a section as a component, with a number, into the element of a collection."""
    prefix: str = ""
    """How the eIds of a component begin, such as `cmp_1`."""

    def eid(self, name: str) -> str:
        """The eId of an element that stands once in a document."""
        return f"{self.prefix}__{name}" if self.prefix else name

    def sub(self, name: str, eid: str) -> Element:
        """A new top part of the document, with its language."""
        language = {f"{{{XML}}}lang": self.language} if self.language else {}
        return sub(self.element, name, {"eId": self.eid(eid)} | language)

    def opening(self, name: str = "preface", wrappers: Mapping[str, str] = NO_WRAPPERS) -> Element | None:
        """Append the preface, or the header of a judgment, with title and front matter; None where there is nothing to say.

        Args:
            name: The element.
            wrappers: Elements that hold what a paragraph says, by the paragraph's role.
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
    """The place of the first section among blocks; where there is none, how many blocks there are."""
    return next((k for k, block in enumerate(blocks) if isinstance(block, n.Section)), len(blocks))


def starts_with(title: str, words: tuple[str, ...]) -> str:
    """The one of these words with which a heading begins; empty where it begins with none of them."""
    lowered = title.lower()
    found = [
        word
        for word in words
        if lowered.startswith(word) and not lowered[len(word) : len(word) + 1].isalpha()
    ]
    return max(found, key=len, default="")
