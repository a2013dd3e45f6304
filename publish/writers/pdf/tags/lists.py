"""Lists: an item has one Lbl and one LBody, and the LBody contains nested lists (ISO 32000-1, table 336)."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree


def wrap_list_bodies(tree: Tree) -> None:
    """Put the content of an LI, except its Lbl, into one LBody."""
    for item, _ in list(tree.descendants(tree.document)):
        if item["S"] != "/LI":
            continue
        kids = [(kid, tree.element(kid)) for kid in item["K"]]
        loose = [kid for kid, e in kids if e is None or e["S"] not in {"/Lbl", "/LBody"}]
        if loose:
            _move(tree, loose, item, _list_body(tree, item))


def _list_body(tree: Tree, item: Object) -> Object:
    """Return the LBody of a list item; create it if it does not exist."""
    for kid in item["K"]:
        element = tree.element(kid)
        if element is not None and element["S"] == "/LBody":
            return element
    body = tree.make("/LBody", item, item["Pg"], [])
    item["K"].append(body.reference)
    return body


def _move(tree: Tree, loose: list[Object], item: Object, body: Object) -> None:
    order = [kid for kid in item["K"] if kid in loose or kid == body.reference]
    content: list[Object] = []
    for kid in order:
        content += list(body["K"]) if kid == body.reference else [kid]
        element = tree.element(kid)
        if element is not None and kid != body.reference:
            element["P"] = body.reference
    body["K"] = pydyf.Array(content)
    item["K"] = pydyf.Array([kid for kid in item["K"] if kid not in loose])


def nest_lists(tree: Tree) -> None:
    """Move a nested list to its position in the item that contains it; WeasyPrint puts it after the item."""
    for outer, _ in list(tree.descendants(tree.document)):
        if outer["S"] != "/L":
            continue
        elements = [e for kid in outer["K"] if (e := tree.element(kid)) is not None]
        items = [e for e in elements if e["S"] == "/LI" and tree.html(e) is not None]
        owners = {child: item for item in items for child in tree.html(item)}
        for nested in elements:
            item = owners.get(tree.html(nested))
            if nested["S"] == "/L" and item is not None:
                _nest(tree, outer, nested, item)


def _nest(tree: Tree, outer: Object, nested: Object, item: Object) -> None:
    order = {child: k for k, child in enumerate(tree.html(item))}
    place = order[tree.html(nested)]
    body = _list_body(tree, item)
    later = [k for k, kid in enumerate(body["K"]) if order.get(tree.html(tree.element(kid)), -1) > place]
    outer["K"].remove(nested.reference)
    body["K"].insert(later[0] if later else len(body["K"]), nested.reference)
    nested["P"] = body.reference
