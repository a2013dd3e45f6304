"""Frames and drawings: images, text boxes, formulas and embedded objects (ODF 1.3, part 3, 10)."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.lengths import given_size, length, rotated
from publish.readers.odt.names import DRAW, FO, MATH, OFFICE, STYLE, SVG, TABLE, TEXT, XLINK, millimetres
from publish.readers.odt.scope import Scope
from publish.readers.office.formulas import FORMULA
from publish.readers.raster import AS_STORED, Shape, printed_size
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LINES = frozenset({"line", "connector", "measure"})
"""Drawings that are decoration, so that nothing is lost without them."""

ALTERNATIVES = frozenset(
    {DRAW + "text-box", TABLE + "table", DRAW + "image", DRAW + "object", DRAW + "object-ole"}
)
"""Children of a frame that can be shown."""

_CLIP = re.compile(r"rect\(\s*([^,\s)]+)[\s,]+([^,\s)]+)[\s,]+([^,\s)]+)[\s,]+([^,\s)]+)\s*\)")
_ROTATE = re.compile(r"rotate\s*\(\s*(-?[\d.eE+-]+)\s*\)")


class Found(Struct):
    """Content of a drawing."""

    inlines: list[n.Inline] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    """Elements that contain blocks, in order."""


class Frames:
    """Reader of the frames of one story."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def read(self, element: Element, span: Span, *, hidden: bool) -> Found:
        """Return the content of a frame, a drawing or a group of drawings.

        Args:
            element: The drawing.
            span: Position of its anchor.
            hidden: Whether it is not shown, so that only its text boxes matter, for their numbers.
        """
        found = Found()
        if hidden:
            boxes = (DRAW + "text-box", DRAW + "custom-shape")
            found.boxes = [box for box in element.iter(*boxes) if has_text(box)]
        else:
            self._read(element, found, span)
        return found

    def _read(self, element: Element, found: Found, span: Span) -> None:
        name = local(element)
        if name == "frame":
            self._frame(element, found, span)
        elif name in {"g", "a"}:
            for child in element:
                if isinstance(child.tag, str) and child.tag.startswith(DRAW):
                    self._read(child, found, span)
        elif name == "control":
            text = self.scope.control_text(element.get(DRAW + "control", ""))
            self.scope.report("PUB-R041", f"Form control is not published: '{text[:40]}'", span)
            self.scope.leave_out("PUB-R041", text, span)
        elif element.tag.startswith(DRAW):
            if has_text(element):
                found.boxes.append(element)
            elif name not in LINES and not name.startswith(("enhanced", "glue")):
                self.scope.count("PUB-R041", "Drawing without text is not published", span)

    def _frame(self, frame: Element, found: Found, span: Span) -> None:
        """Read a frame. Its children are alternatives, of which LibreOffice shows the first."""
        shown = next((child for child in frame if child.tag in ALTERNATIVES), None)
        if shown is None:
            return
        if shown.tag == DRAW + "text-box":
            found.boxes += [shown] if has_text(shown) else []
        elif shown.tag == TABLE + "table":
            found.boxes.append(frame)
        elif shown.tag == DRAW + "image":
            found.inlines.append(self._image(frame, span))
        elif (formula := self._formula(shown)) is not None:
            number = len(self.scope.formulas)
            self.scope.formulas.append(formula)
            found.inlines.append(n.RawInline(FORMULA, f"{number} inline", span=span))
        else:
            self._object(frame, shown, found, span)

    def _object(self, frame: Element, element: Element, found: Found, span: Span) -> None:
        """Publish the image of an embedded object, else its alternative text."""
        root = self.scope.package.object(element) if element.tag == DRAW + "object" else None
        body = root.find(OFFICE + "body") if root is not None else None
        kind = local(body[0]) if body is not None and len(body) else "object"
        self.scope.report(
            "PUB-R041", f"Embedded {kind} is not published; its image is published instead", span
        )
        if frame.find(DRAW + "image") is not None:
            found.inlines.append(self._image(frame, span))
        elif alt := alternative(frame):
            found.inlines.append(n.Image("object", alt, span=span))

    def _formula(self, element: Element) -> Element | None:
        root = self.scope.package.object(element) if element.tag == DRAW + "object" else None
        return root if root is not None and root.tag == MATH + "math" else None

    def _image(self, frame: Element, span: Span) -> n.Image:
        name, alt = "", alternative(frame)
        for image in frame.findall(DRAW + "image"):
            address = image.get(XLINK + "href", "")
            data = self.scope.package.data(image)
            name = (
                self.scope.package.find(image)
                or address.removeprefix("./")
                or f"image-{len(self.scope.images.loaded) + 1}"
            )
            if data is None:
                outside = ":" in address.partition("/")[0]
                code = "PUB-R014" if outside else "PUB-R012"
                what = "Image not in the file" if outside else "Image not found"
                self.scope.report(code, f"{what}: '{address}'", span)
                continue
            shape = self._shape(frame, data)
            if shown := self.scope.images.add_shaped(name, data, shape, span):
                name = shown
                break
            if shape != AS_STORED:
                message = f"Cannot cut or rotate image '{name}' as LibreOffice shows it; it is left out"
                self.scope.report("PUB-R041", message, span)
        decorative = any(str(key).endswith("}decorative") and value == "true" for key, value in frame.items())
        if not alt and not decorative:
            self.scope.report("PUB-R019", f"Image '{name}' has no alternative text", span)
        wide, high = (millimetres(frame.get(SVG + side, "")) for side in ("width", "height"))
        turned = rotation_of(frame)
        width, height = given_size(self.scope.images.loaded.get(name), *rotated(wide, high, turned))
        relative = length(frame.get(STYLE + "rel-width", ""))
        if relative.endswith("%"):
            width, height = relative, ""
        return n.Image(name, "" if decorative else alt, "", width, height, decorative, span=span)

    def _shape(self, frame: Element, data: bytes) -> Shape:
        """Return how LibreOffice shows an image: cut (20.179), mirrored (20.363) and rotated (19.228)."""
        style = frame.get(DRAW + "style-name", "")

        def given(attribute: str) -> str:
            return self.scope.styles.property("graphic", style, "graphic", attribute)

        crop = (0.0, 0.0, 0.0, 0.0)
        clip = _CLIP.search(given(FO + "clip"))
        if clip is not None:
            top, right, bottom, left = (max(millimetres(part), 0.0) for part in clip.groups())
            width, height = printed_size(data)
            if width and height:
                crop = (left / width, top / height, right / width, bottom / height)
        mirror = given(STYLE + "mirror").split()
        return Shape(
            crop, any(m.startswith("horizontal") for m in mirror), "vertical" in mirror, rotation_of(frame)
        )


def rotation_of(frame: Element) -> float:
    """Return the clockwise rotation of a frame in degrees; in the file, a positive angle turns against the clock (19.228)."""
    turned = _ROTATE.search(frame.get(DRAW + "transform", ""))
    return round(-math.degrees(float(turned[1])), 2) % 360 if turned is not None else 0.0


def has_text(element: Element) -> bool:
    """Return whether a drawing contains paragraphs with text, images or tables."""
    return any(
        "".join(str(t) for t in p.itertext()).strip() or next(p.iter(DRAW + "image"), None) is not None
        for p in element.iter(TEXT + "p", TEXT + "h")
    )


def alternative(frame: Element) -> str:
    """Return the alternative text of a frame: its description, else its title."""
    for name in ("desc", "title"):
        text = " ".join((frame.findtext(SVG + name) or "").split())
        if text:
            return text
    return ""
