"""Images and text boxes in a drawing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from publish.census.docx.package import MC, Element, Package, R, W, integer, name_of
from publish.census.types import SourceImage
from publish.diagnostics.types import Span

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"

KNOWN = frozenset({"wps", "wpg", "wpc", "wpi", "w14", "w15", "w16", "w16se", "a14", "wp14", "aink"})
"""Extensions that current versions of Word display."""

_POINTS = re.compile(r"(?:^|;)\s*(width|height):\s*([\d.]+)pt")

NOT_CUT = (0.0, 0.0, 0.0, 0.0)

EMU = 36000
"""English Metric Units in a millimetre (20.1.2.1)."""


def shown_choice(element: Element) -> tuple[Element | None, list[Element]]:
    """Return the alternative that Word displays (ISO/IEC 29500-3, 7.6), and the others."""
    branches = [*element.findall(MC + "Choice"), *element.findall(MC + "Fallback")]
    chosen = next(
        (b for b in branches if b.tag == MC + "Fallback" or set((b.get("Requires") or "").split()) <= KNOWN),
        None,
    )
    return chosen, [b for b in branches if b is not chosen]


def parts(drawing: Element) -> Iterator[Element]:
    """Yield the descendants that Word displays, in order, without the content of text boxes."""
    for child in drawing:
        if child.tag == MC + "AlternateContent":
            chosen, _ = shown_choice(child)
            if chosen is not None:
                yield from parts(chosen)
            continue
        yield child
        if child.tag != W + "txbxContent":
            yield from parts(child)


def texts(drawing: Element) -> Iterator[str]:
    """Yield the text that is not in text boxes: that of a canvas in DrawingML (20.1.2.2.40), and WordArt in VML (19.1.2.22)."""
    for element in parts(drawing):
        if element.tag == A + "t":
            yield element.text or ""
        elif element.tag == A + "p":
            yield " "
        elif element.tag == V + "textpath":
            yield f" {element.get('string') or ''} "


def images(
    drawing: Element, relations: dict[str, tuple[str, str, bool]], package: Package, span: Span
) -> Iterator[SourceImage]:
    """Yield the images of a drawing."""
    width = height = 0.0
    crop, rotation = NOT_CUT, 0.0
    alt = ""
    for element in parts(drawing):
        if element.tag == WP + "docPr":
            alt = element.get("descr") or ""
        if element.tag == WP + "extent":
            width, height = integer(element.get("cx", "")) / EMU, integer(element.get("cy", "")) / EMU
        elif element.tag == V + "shape":
            width, height = _styled(element.get("style") or "")
        elif name_of(element) == "pic":
            crop, rotation = _crop(element), _rotation(element)
        if element.tag == A + "blip":
            identifier = element.get(R + "embed") or element.get(R + "link") or ""
        elif element.tag == V + "imagedata":
            identifier = element.get(R + "id") or element.get(R + "pict") or ""
        else:
            continue
        if identifier in relations:
            target = relations[identifier][1]
            data = package.zip.read(target) if target in package.names else b""
            digest = hashlib.sha256(data).hexdigest() if data else ""
            yield SourceImage(digest, target, width, height, crop, rotation, alt, span)
        crop, rotation = NOT_CUT, 0.0


def _styled(style: str) -> tuple[float, float]:
    """Return width and height in millimetres of a drawing in VML, which gives them in points."""
    sizes = {name: float(points) * 25.4 / 72 for name, points in _POINTS.findall(style)}
    return sizes.get("width", 0.0), sizes.get("height", 0.0)


def _crop(picture: Element) -> tuple[float, float, float, float]:
    for element in picture.iter(A + "srcRect"):
        left, top, right, bottom = (max(integer(element.get(side, "")), 0) / 100000 for side in "ltrb")
        return left, top, right, bottom
    return NOT_CUT


def _rotation(picture: Element) -> float:
    turned = (e.get("rot") for e in picture.iter() if name_of(e) == "xfrm")
    return next((integer(angle) / 60000 for angle in turned if angle), 0.0)
