"""Drawings: images with their alternative text, and text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree
from msgspec.structs import replace

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.lengths import given_size, millimetres, of_css, rotated
from publish.readers.docx.names import MC, OFFICE, SVG, VML, WP, A, R, W, number
from publish.readers.docx.package import Relation
from publish.readers.docx.scope import Scope, Story
from publish.readers.office.chart_drawing import HEIGHT, WIDTH, draw
from publish.readers.office.charts import chart_of
from publish.readers.office.diagram_drawing import draw_diagram
from publish.readers.raster import AS_STORED, Shape
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "w16se", "a14", "wp14", "aink"})
"""Extensions of Word of which at least text and images are read."""

PIXELS = 96 / 25.4
"""Pixels in a millimetre."""

MOST_DESCRIBED = 4000
"""Maximum number of characters of the description of a chart."""

EMU = 36000
"""English Metric Units in a millimetre (20.1.2.1)."""

_CHARTS = ("chart", "diagram", "chartex")


class Drawings:
    """Reader of the drawings of one story."""

    def __init__(self, scope: Scope, story: Story) -> None:
        self.scope = scope
        self.story = story

    def choice(self, alternatives: Element) -> Element:
        """Return the alternative to read from an `mc:AlternateContent` element (ISO/IEC 29500-3, 7.6)."""
        for option in alternatives.findall(MC + "Choice"):
            if set((option.get("Requires") or "").split()) <= UNDERSTOOD:
                return option
        fallback = alternatives.find(MC + "Fallback")
        return fallback if fallback is not None else alternatives

    def _inside(self, element: Element) -> Iterator[Element]:
        """Yield all descendants, with one alternative of each choice, and without the content of text boxes."""
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
        """Return the contents of the text boxes of a drawing, and its other text in the form of text boxes."""
        out: list[Element] = []
        elements = list(self._inside(drawing))
        if _is_hidden(elements):
            words = (t.text or "" for e in elements if e.tag == W + "txbxContent" for t in e.iter(W + "t"))
            self.scope.leave_out("PUB-R036", " ".join(words), None)
            return []
        for element in elements:
            if element.tag == W + "txbxContent" and _has_text(element):
                out.append(element)
            elif element.tag == A + "txBody":
                lines = ["".join(t.text or "" for t in p.iter(A + "t")) for p in element.iter(A + "p")]
                out += [_box(lines)] if any(line.strip() for line in lines) else []
            elif element.tag == VML + "textpath" and (element.get("string") or "").strip():
                out.append(_box([element.get("string", "")]))
        return out

    def images(self, drawing: Element, span: Span | None) -> Iterator[n.Image]:
        """Yield the images of a drawing; report content that cannot be shown, and use its alternative text instead."""
        elements = list(self._inside(drawing))
        if _is_hidden(elements):
            self.scope.count("PUB-R036", "Hidden drawing is left out", span)
            for element in elements:
                if self._relations(element):
                    self.scope.leave_out("PUB-R036", "", span, "image")
            return
        alt, decorative = _alternative(elements), _is_decorative(elements)
        extent = _extent(elements)
        found = False
        for element in elements:
            relations = self._relations(element)
            if relations:
                found = True
                image = self._picture(relations, alt, _shape(element), span, decorative=decorative)
                yield self._sized(image, extent, _shape(element))
        kind = next(
            (k for e in elements for k in _CHARTS if local(e) in {"chart", "relIds"} and k in str(e.tag)), ""
        )
        if kind and not found:
            yield from self._chart(elements, kind, alt, extent, span)
        for element in elements:
            if element.tag == OFFICE + "OLEObject":
                program = element.get("ProgID", "another program")
                self.scope.report(
                    "PUB-R041",
                    f"Embedded object ({program}) is not published; its image is published instead",
                    span,
                )

    def _chart(
        self, elements: list[Element], kind: str, alt: str, extent: tuple[float, float], span: Span | None
    ) -> Iterator[n.Image]:
        """Yield the drawing of a chart or diagram; report what cannot be drawn, and use its alternative text instead."""
        for part in self._parts(elements):
            root = self.scope.package.tree(part)
            drawn, described = draw_diagram(root) if kind == "diagram" else self._drawn(root, extent)
            name = f"{part.removeprefix('word/').removesuffix('.xml')}.svg"
            if drawn and self.scope.images.add(name, drawn.encode(), span):
                text = f"{alt}. {described}" if alt and described not in alt else alt or described
                self.scope.add(f"{kind} data", text.removeprefix(alt), span)
                yield n.Image(name, text[:MOST_DESCRIBED], *self._given(name, extent), span=span)
                return
        self.scope.report("PUB-R070", f"Cannot draw this {kind}" + (f": '{alt}'" if alt else ""), span)
        if alt:
            yield n.Image(f"{kind}", alt, span=span)

    def _drawn(self, root: Element, extent: tuple[float, float]) -> tuple[str, str]:
        """Return the drawing of a chart and its data in words; empty if publish does not draw this kind."""
        chart = chart_of(root, self.scope.run_formats.language)
        if chart is None:
            return "", ""
        wide, high = (side * PIXELS for side in extent)
        return draw(chart, wide or WIDTH, high or HEIGHT), chart.described()

    def _parts(self, elements: list[Element]) -> Iterator[str]:
        """Yield the parts with the data of charts, and with the drawings of diagrams, in the file."""
        for element in elements:
            found = self._inside_part(element.get(R + ("id" if local(element) == "chart" else "dm"), ""))
            if found and local(element) == "relIds":
                data = self.scope.package.tree(found)
                found = next(
                    (self._inside_part(e.get("relId", "")) for e in data.iter("{*}dataModelExt")), ""
                )
            if found:
                yield found

    def _inside_part(self, identifier: str) -> str:
        """Return the name of a part; empty if the file lacks it."""
        relation = self.story.relations.get(identifier)
        if relation is None or relation.outside or relation.target not in self.scope.package.archive.names:
            return ""
        return relation.target

    def _given(self, name: str, extent: tuple[float, float]) -> tuple[str, str, str]:
        """Return title, width and height of an image."""
        return ("", *given_size(self.scope.images.loaded.get(name), *extent))

    def _relations(self, element: Element) -> list[Relation]:
        """Return the targets of an image element, best first: a vector image before the same raster image."""
        if element.tag == A + "blip":
            vector = next(element.iter(SVG + "svgBlip"), None)
            identifiers = [vector.get(R + "embed", "")] if vector is not None else []
            identifiers += [element.get(R + "embed", ""), element.get(R + "link", "")]
        elif element.tag == VML + "imagedata":
            identifiers = [element.get(R + "id", ""), element.get(R + "pict", "")]
        else:
            return []
        return [self.story.relations[i] for i in identifiers if i in self.story.relations]

    def _sized(self, image: n.Image, extent: tuple[float, float], shape: Shape) -> n.Image:
        """Return an image with the size that the drawing shows it in, if it differs from that of the file."""
        # The extent is that of the image before it is rotated (20.4.2.7).
        shown = rotated(*extent, shape.rotation)
        width, height = given_size(self.scope.images.loaded.get(image.source), *shown)
        return replace(image, width=width, height=height)

    def _picture(
        self, relations: list[Relation], alt: str, shape: Shape, span: Span | None, *, decorative: bool
    ) -> n.Image:
        for relation in relations:
            name = relation.target.removeprefix("word/")
            if relation.outside:
                self.scope.report("PUB-R014", f"Image not in the file: '{relation.target}'", span)
            elif relation.target not in self.scope.package.archive.names:
                self.scope.report("PUB-R012", f"Image not found: '{relation.target}'", span)
            elif shown := self.scope.images.add_shaped(
                name, self.scope.package.archive.read(relation.target), shape, span
            ):
                name = shown
                break
            elif shape != AS_STORED:
                message = f"Cannot cut or rotate image '{name}' as Word shows it; it is left out"
                self.scope.report("PUB-R041", message, span)
        if not alt and not decorative:
            self.scope.report("PUB-R019", f"Image '{name}' has no alternative text", span)
        return n.Image(name, "" if decorative else alt, decorative=decorative, span=span)


def _extent(elements: list[Element]) -> tuple[float, float]:
    """Return width and height of a drawing in millimetres (20.4.2.7; in VML, points in the style); 0 if unknown.

    A group has one extent for several images, whose sizes are then unknown.
    """
    if sum(element.tag in {A + "blip", VML + "imagedata"} for element in elements) > 1:
        return 0.0, 0.0
    for element in elements:
        if element.tag == WP + "extent":
            return number(element.get("cx", ""), 0) / EMU, number(element.get("cy", ""), 0) / EMU
        if element.tag == VML + "shape":
            width, height = of_css(element.get("style") or "")
            return millimetres(width, 0), millimetres(height, 0)
    return 0.0, 0.0


def _is_decorative(elements: list[Element]) -> bool:
    """Return whether the author marked a drawing as decorative ([MS-DOCX], 2.7)."""
    return any(local(e) == "decorative" and e.get("val") in {"1", "true"} for e in elements)


def _shape(element: Element) -> Shape:
    """Return how Word shows an image: its crop (20.1.8.55), reflection and rotation (20.1.7.6); in VML, its crop (19.1.2.11)."""
    if element.tag == VML + "imagedata":
        left, top, right, bottom = (
            max(_fraction(element.get(f"crop{side}", "")), 0.0) for side in ("left", "top", "right", "bottom")
        )
        return Shape((left, top, right, bottom))
    fill = element.getparent()
    picture = fill.getparent() if fill is not None else None
    if element.tag != A + "blip" or fill is None or picture is None:
        return AS_STORED
    cut = fill.find(A + "srcRect")
    left, top, right, bottom = (
        max(_thousandths(cut.get(side, "")), 0.0) if cut is not None else 0.0 for side in "ltrb"
    )
    parts = picture if local(picture) == "pic" else ()
    form = next((e for child in parts if local(child) == "spPr" for e in child if local(e) == "xfrm"), None)
    if form is None:
        return Shape((left, top, right, bottom))
    return Shape(
        (left, top, right, bottom),
        form.get("flipH") in {"1", "true"},
        form.get("flipV") in {"1", "true"},
        number(form.get("rot", ""), 0) / 60000,
    )


def _thousandths(text: str) -> float:
    """Return a percentage: in thousandths of a percent, or with a sign as in the strict form (22.9.2.9)."""
    return _decimal(text[:-1]) / 100 if text.endswith("%") else number(text, 0) / 100000


def _fraction(text: str) -> float:
    """Return a fraction of VML: a decimal number, or a number of 1/65536 with an `f` (19.1.2.11)."""
    return _decimal(text[:-1]) / 65536 if text.endswith("f") else _decimal(text)


def _decimal(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _is_hidden(elements: list[Element]) -> bool:
    """Return whether Word does not show a drawing (20.4.2.5; in VML, the visibility in the style)."""
    return any(
        (e.tag == WP + "docPr" and e.get("hidden") in {"1", "true"})
        or (e.tag == VML + "shape" and "visibility:hidden" in (e.get("style") or "").replace(" ", ""))
        for e in elements
    )


def _box(lines: list[str]) -> Element:
    """Return text of a drawing (a canvas of DrawingML, or WordArt of VML) in the form of a text box."""
    box = etree.Element(W + "txbxContent")
    for line in lines:
        run = etree.SubElement(etree.SubElement(box, W + "p"), W + "r")
        etree.SubElement(run, W + "t").text = line
    return box


def _has_text(box: Element) -> bool:
    return any(
        e.tag in {W + "t", W + "drawing", W + "pict"} for e in box.iter(W + "t", W + "drawing", W + "pict")
    )


def _alternative(elements: list[Element]) -> str:
    """Return the alternative text of a drawing."""
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
