"""Where on its page a picture or a formula stands."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Tree, number

POINTS = 0.75
"""A CSS pixel in points."""


def place_boxes(tree: Tree) -> None:
    """Give each BBox in points from the page's lower left corner (ISO 32000-1, table 344).

    WeasyPrint gives it in CSS pixels from the upper left corner.
    """
    for element, _ in tree.descendants(tree.document):
        attributes = element.get("A")
        if not isinstance(attributes, dict) or "BBox" not in attributes:
            continue
        height = tree.objects[number(element["Pg"])]["MediaBox"][3]
        left, top, right, bottom = attributes["BBox"]
        box = (left * POINTS, height - bottom * POINTS, right * POINTS, height - top * POINTS)
        attributes["BBox"] = pydyf.Array([round(value, 3) for value in box])
