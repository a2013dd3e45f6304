"""Tables: the scope of header cells."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Tree


def give_header_scopes(tree: Tree) -> None:
    """Set the scope of each header cell to column or row (ISO 14289-1, 7.5).

    WeasyPrint names header cells by page, so a cell on a later page would refer to a header that does not exist.
    """
    for element, _ in list(tree.descendants(tree.document)):
        attributes = element.get("A")
        if element["S"] == "/TH":
            element.pop("ID", None)
            html = tree.html(element)
            scope = "/Row" if html is not None and html.get("scope") == "row" else "/Column"
            element["A"] = pydyf.Dictionary({**(attributes or {}), "O": "/Table", "Scope": scope})
        elif element["S"] == "/TD" and attributes is not None:
            attributes.pop("Headers", None)
            if set(attributes) == {"O"}:
                del element["A"]
