"""Formulas: drawings with a text alternative."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Tree


def tag_formulas(tree: Tree) -> None:
    """Tag each drawn formula as a Formula (ISO 32000-1, 14.8.4.5; ISO 14289-1, 7.7).

    Its alternative text is its TeX, which the layout engine took from the title of the drawing. Its replacement text is the
    same formula in one line of characters, for programs that extract text.
    """
    for element, _ in tree.descendants(tree.document):
        html = tree.html(element)
        if element["S"] == "/Figure" and html is not None and html.get("data-linear"):
            element["S"] = "/Formula"
            element["ActualText"] = pydyf.String(html.get("data-linear"))
