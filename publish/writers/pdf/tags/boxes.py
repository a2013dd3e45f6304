"""Position of images and formulas on the page."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Tree, number

POINTS = 0.75
"""Size of a CSS pixel in points."""


def place_boxes(tree: Tree) -> None:
    """Convert each BBox to points from the lower left corner of the page (ISO 32000-1, table 344).

    WeasyPrint writes it in CSS pixels from the upper left corner.
    """
    for element, _ in tree.descendants(tree.document):
        attributes = element.get("A")
        if not isinstance(attributes, dict) or "BBox" not in attributes:
            continue
        height = tree.objects[number(element["Pg"])]["MediaBox"][3]
        left, top, right, bottom = attributes["BBox"]
        box = (left * POINTS, height - bottom * POINTS, right * POINTS, height - top * POINTS)
        attributes["BBox"] = pydyf.Array([round(value, 3) for value in box])
