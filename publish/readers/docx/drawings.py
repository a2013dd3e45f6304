"""Drawings: pictures with their alternative text, and text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.readers.docx.names import MC, OFFICE, SVG, VML, WP, A, R, W
from publish.readers.docx.package import Relation
from publish.readers.docx.scope import Scope, Story
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "w16se", "a14", "wp14", "aink"})
"""Extensions of Word of which at least text and pictures are read."""

_CHARTS = ("chart", "diagram", "chartex")


class Drawings:
    """Reads the drawings of one story."""

    def __init__(self, scope: Scope, story: Story) -> None:
        self.scope = scope
        self.story = story

    def choice(self, alternatives: Element) -> Element:
        """The one of several ways to say the same that is read (ISO/IEC 29500-3, 7.6)."""
        for option in alternatives.findall(MC + "Choice"):
            if set((option.get("Requires") or "").split()) <= UNDERSTOOD:
                return option
        fallback = alternatives.find(MC + "Fallback")
        return fallback if fallback is not None else alternatives

    def _inside(self, element: Element) -> Iterator[Element]:
        """All elements within, each way of saying the same once, and nothing of what stands in a text box."""
        for child in element:
            if not local(child):
                continue
            if child.tag == MC + "AlternateContent":
                yield from self._inside(self.choice(child))
                continue
            yield child
            if child.tag != W + "txbxContent":
                yield from self._inside(child)

    def boxes(self, drawing: Element) -> list[Element]:
        """The contents of its text boxes."""
        return [e for e in self._inside(drawing) if e.tag == W + "txbxContent" and _has_text(e)]

    def images(self, drawing: Element, span: Span | None) -> Iterator[n.Image]:
        """Its pictures; what cannot be shown is named, with its alternative text in its place."""
        elements = list(self._inside(drawing))
        alt = _alternative(elements)
        found = False
        for element in elements:
            relations = self._relations(element)
            if relations:
                found = True
                yield self._picture(relations, alt, span)
        kind = next(
            (k for e in elements for k in _CHARTS if local(e) in {"chart", "relIds"} and k in str(e.tag)), ""
        )
        if kind and not found:
            self.scope.report("PUB-R041", f"Cannot publish this {kind}" + (f": '{alt}'" if alt else ""), span)
            if alt:
                yield n.Image(f"{kind}", alt, span=span)
        for element in elements:
            if element.tag == OFFICE + "OLEObject":
                program = element.get("ProgID", "another program")
                self.scope.report(
                    "PUB-R041",
                    f"Embedded object ({program}) is not published; its image is published instead",
                    span,
                )

    def _relations(self, element: Element) -> list[Relation]:
        """What a picture element points at, the best first: a drawing in lines before the same in points."""
        if element.tag == A + "blip":
            vector = next(element.iter(SVG + "svgBlip"), None)
            identifiers = [vector.get(R + "embed", "")] if vector is not None else []
            identifiers += [element.get(R + "embed", ""), element.get(R + "link", "")]
        elif element.tag == VML + "imagedata":
            identifiers = [element.get(R + "id", ""), element.get(R + "pict", "")]
        else:
            return []
        return [self.story.relations[i] for i in identifiers if i in self.story.relations]

    def _picture(self, relations: list[Relation], alt: str, span: Span | None) -> n.Image:
        for relation in relations:
            name = relation.target.removeprefix("word/")
            if relation.outside:
                self.scope.report("PUB-R014", f"Image not in the file: '{relation.target}'", span)
            elif relation.target not in self.scope.package.archive.names:
                self.scope.report("PUB-R012", f"Image not found: '{relation.target}'", span)
            elif self.scope.images.add(name, self.scope.package.archive.read(relation.target), span):
                break
        if not alt:
            self.scope.report("PUB-R019", f"Image '{name}' has no alternative text", span)
        return n.Image(name, alt, span=span)


def _has_text(box: Element) -> bool:
    return any(
        e.tag in {W + "t", W + "drawing", W + "pict"} for e in box.iter(W + "t", W + "drawing", W + "pict")
    )


def _alternative(elements: list[Element]) -> str:
    """What is said of a drawing for people who do not see it."""
    for element in elements:
        if element.tag == WP + "docPr":
            text = element.get("descr") or element.get("title") or ""
        elif element.tag.startswith(VML):
            text = element.get("alt") or element.get(OFFICE + "title") or ""
        else:
            continue
        if text.strip():
            return " ".join(text.split())
    return ""
