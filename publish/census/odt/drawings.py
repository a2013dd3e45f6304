"""Images in frames, and the words of form controls."""

from __future__ import annotations

import hashlib
import math
import re

from publish.census.odt.package import Element, Package, at, q, short
from publish.census.odt.styles import Styles
from publish.census.types import SourceImage
from publish.diagnostics.types import Span

LENGTHS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
"""Millimetres in each unit."""


def image_in(frame: Element, package: Package, styles: Styles, span: Span | None) -> SourceImage | None:
    """Return the image that a frame shows; None if it shows none."""
    image = frame.find(q("draw:image"))
    alt = " ".join((frame.findtext(q("svg:desc")) or frame.findtext(q("svg:title")) or "").split())
    if image is None and not alt:
        return None
    data = package.bytes_of(image) if image is not None else b""
    name = package.member(image) if image is not None else "object"
    width, height = (_millimetres(at(frame, f"svg:{side}")) for side in ("width", "height"))
    digest = hashlib.sha256(data).hexdigest() if data else ""
    turn = re.search(r"rotate\s*\(\s*(-?[\d.]+)", at(frame, "draw:transform"))
    rotation = -math.degrees(float(turn[1])) if turn else 0.0  # a positive angle turns against the clock
    crop = _crop(styles, at(frame, "draw:style-name"))
    return SourceImage(digest, name, width, height, crop, rotation, alt, span)


def _crop(styles: Styles, style: str) -> tuple[float, float, float, float]:
    """Return the lengths that are cut away, in millimetres; the size of the stored image is not needed."""
    sides = re.findall(r"-?[\d.]+[a-z]*", styles.given("graphic", style, "graphic", "fo:clip") or "")
    if len(sides) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    top, right, bottom, left = (max(_millimetres(side), 0.0) for side in sides)
    return left, top, right, bottom


def words_in(control: Element) -> str:
    """Return the words in a form control."""
    kind = short(control)
    if kind in {"form:checkbox", "form:radio", "form:button", "form:fixed-text"}:
        return at(control, "form:label")
    if kind == "form:listbox":
        chosen = [e for e in control if "true" in {at(e, "form:current-selected"), at(e, "form:selected")}]
        return " ".join(at(e, "form:label") for e in chosen)
    return (
        "".join(control.itertext()).strip() or at(control, "form:current-value") or at(control, "form:value")
    )


def _millimetres(length: str) -> float:
    try:
        return float(length[:-2]) * LENGTHS[length[-2:]]
    except (ValueError, KeyError):
        return 0.0
