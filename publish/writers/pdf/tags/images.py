"""Images without an alternative text: they are not read aloud."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Tree


def drop_decorative_images(tree: Tree) -> None:
    """Remove images without an alternative text from the tree: a figure needs one (ISO 14289-1, 7.3).

    Decorative images have none. For an image that lacks it, a diagnostic asks for it; publish does not invent it.
    """
    for element, parent in list(tree.descendants(tree.document)):
        html = tree.html(element)
        if element["S"] == "/Figure" and html is not None and html.tag == "img" and not html.get("alt"):
            parent["K"] = pydyf.Array([kid for kid in parent["K"] if kid != element.reference])
