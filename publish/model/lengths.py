"""Lengths of images: millimetres, or a share of the width of the text."""

from __future__ import annotations

import math
import re

from publish.model.nodes import Image
from publish.model.resources import Resource

MILLIMETRES = {
    "mm": 1.0,
    "cm": 10.0,
    "in": 25.4,
    "pt": 25.4 / 72,
    "pc": 25.4 / 6,
    "px": 25.4 / 96,
    "": 25.4 / 96,
}
"""Millimetres of each unit of CSS (CSS Values 4, 6.2); a number without a unit is in pixels, as in HTML."""

PER_PIXEL = MILLIMETRES["px"]
LARGEST = 2000.0
"""Largest length in millimetres that is kept."""

SAME = 0.02
"""Relative difference below which a length is that of the image itself."""

_DECLARATION = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+\s*(?:%|[a-z]*))", re.IGNORECASE)

_LENGTH = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*(%|[a-z]{0,2})\s*", re.IGNORECASE)


def length(text: str) -> str:
    """Return a length in the form `40mm` or `50%`; empty if the text is no length that can be shown."""
    match = _LENGTH.fullmatch(text)
    unit = match[2].lower() if match else ""
    if match is None or (unit != "%" and unit not in MILLIMETRES):
        return ""
    number = float(match[1].replace(",", "."))
    if unit == "%":
        return f"{_short(number)}%" if 0 < number <= 100 else ""
    return in_millimetres(number * MILLIMETRES[unit])


def in_millimetres(number: float) -> str:
    """Return a number of millimetres as a length; empty if it is too small or too large to be shown."""
    return f"{_short(number)}mm" if 0.1 <= number <= LARGEST else ""


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def millimetres(text: str, whole: float) -> float:
    """Return a length of the model in millimetres; 0 if it is empty. A percentage is a share of `whole`."""
    text = length(text)
    if text.endswith("%"):
        return float(text[:-1]) / 100 * whole
    return float(text.removesuffix("mm")) if text else 0.0


def as_css(image: Image) -> str:
    """Return the size of an image as CSS declarations; empty if it has none."""
    # A model in JSON can contain any text as a length.
    sizes = (("width", length(image.width)), ("height", length(image.height)))
    return "; ".join(f"{name}: {given}" for name, given in sizes if given)


def of_css(style: str) -> tuple[str, str]:
    """Return width and height that CSS declarations give."""
    found = {name.lower(): given for name, given in _DECLARATION.findall(style)}
    return length(found.get("width", "")), length(found.get("height", ""))


def shown_size(image: Image, resource: Resource, width: float, height: float) -> tuple[float, float]:
    """Return width and height of an image on a page, in millimetres.

    An image without a size has 96 pixels per inch. A missing side follows from the other one. An image is never larger than
    the text area.

    Args:
        image: The image.
        resource: Its file.
        width: Width of the text area.
        height: Height of the text area.
    """
    own = max(resource.width, 1) * PER_PIXEL, max(resource.height, 1) * PER_PIXEL
    wide, high = millimetres(image.width, width), millimetres(image.height, height)
    if not wide and not high:
        wide, high = own
    wide = wide or high * own[0] / own[1]
    high = high or wide * own[1] / own[0]
    scale = min(1.0, width / wide, height / high)
    return wide * scale, high * scale


def given_size(resource: Resource | None, wide: float, high: float) -> tuple[str, str]:
    """Return the lengths of an image that a source shows with this size in millimetres, as short as possible.

    Both are empty if this is the size of the image itself; the height is empty if it follows from the width.
    """
    if resource is None or not wide or not high:
        return (in_millimetres(wide) if wide else "", in_millimetres(high) if high else "")
    own = max(resource.width, 1) * PER_PIXEL, max(resource.height, 1) * PER_PIXEL
    if _is_same(wide, own[0]) and _is_same(high, own[1]):
        return "", ""
    follows = _is_same(high, wide * own[1] / own[0])
    return in_millimetres(wide), "" if follows else in_millimetres(high)


def rotated(wide: float, high: float, degrees: float) -> tuple[float, float]:
    """Return width and height of the box around a rotated rectangle."""
    angle = math.radians(degrees % 180)
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    return wide * cosine + high * sine, wide * sine + high * cosine


def _is_same(first: float, second: float) -> bool:
    return abs(first - second) <= SAME * max(first, second)
